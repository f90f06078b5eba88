//! By what parties are told apart, and how they are named.
//!
//! Ties, happenings and voices are of whole polities and groups: `AFG.GOV` and `AFG.MIL` are both of `AFG`, and a group that
//! acts as a government is that polity (the Taliban since August 2021 are `AFG`, and before are `TALIBAN`). The parts that
//! the words name stay visible beside. Whom no catalogue knows is told by name, if it is one and the name of a body;
//! "militants" and private persons are nobody.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use model::PartyId;
use model::record::PartyRecord;
use serde::Serialize;

/// A whole polity or group, or a place: `AFG`, `TTP`; for whom no catalogue knows, the name in small letters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Key(String);

impl Key {
    /// Whose part a party is; `None` for whoever has neither an id nor a name.
    pub fn of(party: &PartyRecord) -> Option<Self> {
        match party.whole() {
            Some(whole) => Some(Self(whole.to_owned())),
            None => proper_name(party).map(|name| Self(plain(name))).filter(|key| !key.0.is_empty()),
        }
    }

    /// Of a party's id.
    pub fn of_id(id: &PartyId) -> Self {
        Self(id.root().to_owned())
    }

    /// Of a place within a country.
    pub(super) fn of_place(name: &str, country: Option<&str>) -> Self {
        Self(format!("{}, {}", plain(name), country.unwrap_or("?")))
    }

    /// Of a country.
    pub fn of_country(code: model::CountryCode) -> Self {
        Self(code.as_str().to_owned())
    }

    /// As it is printed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// Sectors of people who are no body that could hold a tie.
const PRIVATE: [&str; 4] = ["CVL", "JRN", "REF", "MED"];

/// The name of a body that no catalogue knows: of a sector, which private persons lack.
fn proper_name(party: &PartyRecord) -> Option<&str> {
    let public = party.sectors.iter().any(|s| !PRIVATE.contains(&s.as_str()));
    party.proper_name().filter(|_| public)
}

/// A name as it is compared: its words in small letters, without an article.
pub(super) fn plain(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase);
    words.filter(|w| w != "the").collect::<Vec<_>>().join(" ")
}

/// How parties are called, gathered from all records in which they stand.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    seen: BTreeMap<Key, Seen>,
}

#[derive(Clone, Debug, Default)]
struct Seen {
    /// Names with how often each stands, those of the whole apart.
    whole: BTreeMap<String, usize>,
    part: BTreeMap<String, usize>,
    sectors: BTreeSet<String>,
}

impl Names {
    /// Takes a party in; gives its key.
    pub(super) fn see(&mut self, party: &PartyRecord) -> Option<Key> {
        let key = Key::of(party)?;
        let seen = self.seen.entry(key.clone()).or_default();
        if let Some(name) = party.name.as_deref().or(party.mention.as_deref()) {
            let is_whole = party.id.as_ref().is_none_or(|id| id.as_str() == key.as_str());
            let names = if is_whole { &mut seen.whole } else { &mut seen.part };
            *names.entry(name.to_owned()).or_default() += 1;
        }
        seen.sectors.extend(party.sectors.iter().map(ToString::to_string));
        Some(key)
    }

    /// The name that stands most often, one of the whole before one of a part; the key where none is known.
    pub(super) fn name(&self, key: &Key) -> String {
        let Some(seen) = self.seen.get(key) else { return key.to_string() };
        let names = if seen.whole.is_empty() { &seen.part } else { &seen.whole };
        let most = names.iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0)));
        most.map_or_else(|| key.to_string(), |(name, _)| name.clone())
    }

    /// Every party with its name.
    pub(super) fn all(&self) -> BTreeMap<Key, String> {
        self.seen.keys().map(|key| (key.clone(), self.name(key))).collect()
    }

    /// Its sectors.
    pub(super) fn sectors(&self, key: &Key) -> Vec<String> {
        self.seen.get(key).map(|seen| seen.sectors.iter().cloned().collect()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::incidents::measure::made::party;

    #[test]
    fn parts_are_of_their_whole_and_nameless_ones_are_nobody() {
        let key = |party: &PartyRecord| Key::of(party).map(|k| k.to_string());
        assert_eq!(key(&party("AFG.MIL")), Some("AFG".to_owned()));
        let ruling = PartyRecord { acts_as: PartyId::new("AFG.GOV").ok(), ..party("TALIBAN") };
        assert_eq!((key(&ruling), key(&party("TALIBAN"))), (Some("AFG".to_owned()), Some("TALIBAN".to_owned())));
        let called = |words: &str, sector: &str| PartyRecord { sectors: vec![sector.into()], ..party(words) };
        assert_eq!(key(&called("the Lunga Front", "REB")), Some("lunga front".to_owned()));
        for (words, sector) in [("Militants", "REB"), ("Amina Khan", "CVL")] {
            assert_eq!(key(&called(words, sector)), None, "{words}");
        }
        assert_eq!(key(&party("Amina Khan")), None, "no sector");
    }

    #[test]
    fn the_whole_lends_its_name() {
        let mut names = Names::default();
        let called = |id: &str, name: &str| PartyRecord { name: Some(name.into()), ..party(id) };
        let key = names.see(&called("AFG.GOV", "Government of Afghanistan")).unwrap();
        names.see(&called("AFG.GOV", "Government of Afghanistan"));
        assert_eq!(names.name(&key), "Government of Afghanistan");
        names.see(&called("AFG", "Afghanistan"));
        assert_eq!(names.name(&key), "Afghanistan");
    }
}
