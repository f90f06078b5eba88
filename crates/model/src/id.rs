//! Identifiers: newtypes that cannot stand for one another, made by hashing what they identify.

use std::fmt;

use serde::{Deserialize, Serialize};

const DIGITS: &[u8; 16] = b"0123456789abcdef";

/// A prefix and a hash over fields, each preceded by its length so that no two field lists collide.
fn digest<'a>(prefix: &str, fields: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut hasher = blake3::Hasher::new();
    for field in fields {
        hasher.update(&(field.len() as u64).to_le_bytes());
        hasher.update(field);
    }
    // Put together by hand: data sets of millions of rows make millions of ids.
    let mut id = String::with_capacity(prefix.len() + 24);
    id.push_str(prefix);
    for byte in &hasher.finalize().as_bytes()[..12] {
        id.push(char::from(DIGITS[usize::from(byte >> 4)]));
        id.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    id
}

macro_rules! hashed_id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The id of whatever these fields describe, in this order.
            pub fn of<'a>(fields: impl IntoIterator<Item = &'a [u8]>) -> Self {
                Self(digest($prefix, fields))
            }

            /// The id as it is printed.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = IdError;
            fn try_from(text: String) -> Result<Self, IdError> {
                if text.starts_with($prefix) {
                    Ok(Self(text))
                } else {
                    Err(IdError { text, expected: concat!("an id that starts with ", $prefix) })
                }
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

hashed_id!(
    /// A document: hash of its text, source id or address, publisher and publication date.
    DocumentId, "doc_"
);
hashed_id!(
    /// A claim: hash of document, kind, type, evidence and party spans, attitude and status.
    ClaimId, "clm_"
);
hashed_id!(
    /// An incident: hash of the claim for which it was first made; minted once and kept while it grows.
    IncidentId, "inc_"
);
hashed_id!(
    /// A run: hash of the coder, the model and the catalogues that made a claim.
    RunId, "run_"
);

/// What is wrong with a piece of text offered as an id.
#[derive(Debug, thiserror::Error)]
#[error("`{text}` is not {expected}")]
pub struct IdError {
    text: String,
    expected: &'static str,
}

/// A party's dotted path in the actor catalogue: the polity or group first, then the part (`PAK.MIL`).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PartyId(String);

impl PartyId {
    /// Checks the form `[A-Z0-9_]+(\.[A-Z0-9_]+)*`.
    pub fn new(text: impl Into<String>) -> Result<Self, IdError> {
        let text = text.into();
        let segment =
            |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
        if text.split('.').all(segment) {
            Ok(Self(text))
        } else {
            Err(IdError { text, expected: "a dotted path of capitals, digits and underscores, such as PAK.MIL" })
        }
    }

    /// The id as it is printed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The polity or group of which this is a part: `PAK` of `PAK.MIL.AIR`.
    pub fn root(&self) -> &str {
        self.0.split('.').next().unwrap_or(&self.0)
    }

    /// Whether `self` is `other` or a part of it.
    pub fn is_within(&self, other: &PartyId) -> bool {
        self.0 == other.0 || (self.0.starts_with(&other.0) && self.0.as_bytes().get(other.0.len()) == Some(&b'.'))
    }
}

impl TryFrom<String> for PartyId {
    type Error = IdError;
    fn try_from(text: String) -> Result<Self, IdError> {
        Self::new(text)
    }
}

impl From<PartyId> for String {
    fn from(id: PartyId) -> String {
        id.0
    }
}

impl fmt::Display for PartyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An ISO 3166-1 alpha-3 country code (with 3166-3 codes of former states, and XKX for Kosovo).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CountryCode([u8; 3]);

impl CountryCode {
    /// Checks the form: three capital letters.
    pub fn new(text: &str) -> Result<Self, IdError> {
        match text.as_bytes() {
            [a, b, c] if [a, b, c].iter().all(|x| x.is_ascii_uppercase()) => Ok(Self([*a, *b, *c])),
            _ => Err(IdError { text: text.to_owned(), expected: "a country code of three capital letters" }),
        }
    }

    /// The three letters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("???")
    }
}

impl TryFrom<String> for CountryCode {
    type Error = IdError;
    fn try_from(text: String) -> Result<Self, IdError> {
        Self::new(&text)
    }
}

impl From<CountryCode> for String {
    fn from(code: CountryCode) -> String {
        code.as_str().to_owned()
    }
}

impl fmt::Debug for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn party_ids_know_their_root_and_their_whole() {
        let air = PartyId::new("PAK.MIL.AIR").unwrap();
        assert_eq!(air.root(), "PAK");
        assert!(air.is_within(&PartyId::new("PAK.MIL").unwrap()));
        assert!(!PartyId::new("PAKX.MIL").unwrap().is_within(&PartyId::new("PAK").unwrap()));
        assert!(PartyId::new("Pak.mil").is_err());
        assert!(PartyId::new("PAK..MIL").is_err());
    }

    #[test]
    fn field_boundaries_count_in_ids() {
        let one = DocumentId::of([b"ab".as_slice(), b"c"]);
        let other = DocumentId::of([b"a".as_slice(), b"bc"]);
        assert_ne!(one, other);
        assert!(one.as_str().starts_with("doc_"));
    }
}
