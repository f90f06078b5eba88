//! Identifiers: newtypes that cannot stand for one another, made by hashing what they identify.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Text;

const DIGITS: &[u8; 16] = b"0123456789abcdef";

/// The longest prefix, the hash's digits.
const PREFIX: usize = 4;
const HASH: usize = 24;

/// What is hashed at once where it fits; more goes through a hasher, to the same end. Fields of claims have some 150 bytes.
const AT_ONCE: usize = 256;

/// A prefix and a hash over fields, each preceded by its length so that no two field lists collide.
fn digest<'a>(prefix: &str, fields: impl IntoIterator<Item = &'a [u8]>) -> Text {
    let mut room = [0; AT_ONCE];
    let mut filled = 0;
    let mut fields = fields.into_iter();
    let hash = loop {
        let Some(field) = fields.next() else { break blake3::hash(&room[..filled]) };
        let length = (field.len() as u64).to_le_bytes();
        let (start, end) = (filled + length.len(), filled + length.len() + field.len());
        if end > AT_ONCE {
            let mut hasher = blake3::Hasher::new();
            hasher.update(&room[..filled]);
            for field in std::iter::once(field).chain(fields) {
                hasher.update(&(field.len() as u64).to_le_bytes());
                hasher.update(field);
            }
            break hasher.finalize();
        }
        room[filled..start].copy_from_slice(&length);
        room[start..end].copy_from_slice(field);
        filled = end;
    };
    // Put together by hand: data sets of millions of rows make millions of ids.
    let mut id = [0; PREFIX + HASH];
    id[..PREFIX].copy_from_slice(prefix.as_bytes());
    for (pair, byte) in id[PREFIX..].chunks_exact_mut(2).zip(hash.as_bytes()) {
        pair.copy_from_slice(&[DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
    }
    Text::new(std::str::from_utf8(&id).expect("a prefix and digits are ASCII"))
}

macro_rules! hashed_id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "Text")]
        pub struct $name(Text);

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

        impl TryFrom<Text> for $name {
            type Error = IdError;
            fn try_from(text: Text) -> Result<Self, IdError> {
                if text.starts_with($prefix) {
                    Ok(Self(text))
                } else {
                    Err(IdError { text: text.into(), expected: concat!("an id that starts with ", $prefix) })
                }
            }
        }

        impl TryFrom<String> for $name {
            type Error = IdError;
            fn try_from(text: String) -> Result<Self, IdError> {
                Self::try_from(Text::from(text))
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0.into()
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
#[serde(try_from = "Text")]
pub struct PartyId(Text);

impl PartyId {
    /// Checks the form `[A-Z0-9_]+(\.[A-Z0-9_]+)*`.
    pub fn new(text: impl Into<Text>) -> Result<Self, IdError> {
        let text = text.into();
        let segment =
            |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
        if text.split('.').all(segment) {
            Ok(Self(text))
        } else {
            Err(IdError {
                text: text.into(),
                expected: "a dotted path of capitals, digits and underscores, such as PAK.MIL",
            })
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
        self.0 == other.0 || (self.0.starts_with(other.as_str()) && self.0.as_bytes().get(other.0.len()) == Some(&b'.'))
    }
}

impl TryFrom<Text> for PartyId {
    type Error = IdError;
    fn try_from(text: Text) -> Result<Self, IdError> {
        Self::new(text)
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
        id.0.into()
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

    #[test]
    fn long_fields_are_hashed_as_short_ones() {
        let long = [7; 300];
        for fields in [vec![&long[..200], &long[..40], &long[..3]], vec![&long[..], b""], vec![], vec![&long[..248]]] {
            let mut hasher = blake3::Hasher::new();
            for field in &fields {
                hasher.update(&(field.len() as u64).to_le_bytes());
                hasher.update(field);
            }
            let hash = hasher.finalize().to_hex();
            assert_eq!(ClaimId::of(fields).as_str(), format!("clm_{}", &hash[..24]));
        }
    }
}
