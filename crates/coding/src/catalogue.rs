//! Who is meant: the words of a noun phrase to a party of the catalogue.
//!
//! The catalogue is a set of tables under `data/parties` (states, parts of states, named groups and bodies, office
//! holders, role and body words, provinces), embedded here and open to a user's own rows. [`Catalogue::resolve`] reads
//! a noun phrase: a name found in the tables, or a role or body word joined to a polity (`Pakistani` + `army`).
//! It refuses to guess: a name that may be two parties, and that the countries in play do not settle, gets no id;
//! unknown names get `None`, and the caller keeps the words. It does not decide whether a capital acts or is a place,
//! nor where a noun phrase begins and ends.

mod build;
mod index;
mod reading;
mod resolve;
pub mod score;
mod settle;
pub mod state_numbers;
mod table;
#[cfg(test)]
mod tests;
mod ucdp;
mod words;

pub(crate) use table::{Row, rows};

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use jiff::civil::Date;
use model::{CountryCode, PartyId};

use index::{Index, Target};
pub use ucdp::Extended;

/// The embedded tables, by file name.
const TABLES: [(&str, &str); 6] = [
    ("states.tsv", include_str!("../../../data/parties/states.tsv")),
    ("parts.tsv", include_str!("../../../data/parties/parts.tsv")),
    ("groups.tsv", include_str!("../../../data/parties/groups.tsv")),
    ("leaders.tsv", include_str!("../../../data/parties/leaders.tsv")),
    ("agents.tsv", include_str!("../../../data/parties/agents.tsv")),
    ("places.tsv", include_str!("../../../data/parties/places.tsv")),
];

/// What is wrong with a table.
#[derive(Debug, thiserror::Error)]
pub enum CatalogueError {
    /// A row cannot be read.
    #[error("cannot read the party catalogue: {table}, line {line}: {why}")]
    Row {
        /// The table.
        table: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        why: String,
    },
}

/// A span of time, both ends inclusive and open where `None`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
}

impl Period {
    /// Whether a day lies in it.
    pub fn holds(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

/// A party of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its id.
    pub id: PartyId,
    /// Its name.
    pub name: String,
    /// Its home polity.
    pub country: Option<CountryCode>,
    /// PLOVER sectors while it acts for itself.
    pub sectors: Vec<String>,
    /// Other sectors that it had, and when: a movement that laid down its arms, a militia that rose.
    pub sectors_then: Vec<(Vec<String>, Period)>,
    /// Of what it is a part or branch.
    pub parent: Option<PartyId>,
    /// As which body it acted, and when.
    pub acts_as: Vec<(PartyId, Period)>,
    /// When it existed.
    pub period: Period,
    /// Gleditsch-Ward number, for states.
    pub gw: Option<u16>,
    /// Known only as a part that every state has (`PAK.COP`), by no name of its own.
    pub is_general_part: bool,
}

impl Entry {
    /// Its sectors on a day, as it acts for itself.
    pub fn sectors_on(&self, day: Option<Date>) -> &[String] {
        let then = day.and_then(|day| self.sectors_then.iter().find(|(_, period)| period.holds(day)));
        then.map_or(&self.sectors, |(sectors, _)| sectors)
    }

    /// The body as which it acts on a day.
    pub fn acts_as_on(&self, day: Option<Date>) -> Option<&PartyId> {
        let day = day?;
        self.acts_as.iter().find(|(_, period)| period.holds(day)).map(|(body, _)| body)
    }
}

/// An office holder: who held what office when.
#[derive(Clone, Debug, Default)]
struct Leader {
    terms: Vec<(usize, Period)>,
}

/// What a role or body word says of the party that it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// An institution.
    Body,
    /// A holder of public office.
    Office,
    /// Speaks or decides for what it modifies: spokesman, leader, chief.
    Voice,
    /// Some of what it modifies: group, members, supporters.
    Bunch,
    /// Troops, of a state unless a group is named.
    Force,
    /// Soldiers and officers.
    Soldier,
    /// Aircraft, ships, weapons: their owner acts.
    Gear,
    /// Guards of a border.
    Border,
    /// Armed people of no state.
    Armed,
    /// Fighters and commanders, of whatever is named.
    Fighter,
    /// A population.
    Crowd,
    /// One alone is a private person; several are a crowd.
    Person,
    /// Private persons, always.
    Private,
    /// Too wide to be a party.
    Vague,
    /// No party at all: a place, a thing, a deed.
    Thing,
}

impl Kind {
    fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "body" => Self::Body,
            "office" => Self::Office,
            "voice" => Self::Voice,
            "bunch" => Self::Bunch,
            "force" => Self::Force,
            "soldier" => Self::Soldier,
            "gear" => Self::Gear,
            "border" => Self::Border,
            "armed" => Self::Armed,
            "fighter" => Self::Fighter,
            "crowd" => Self::Crowd,
            "person" => Self::Person,
            "private" => Self::Private,
            "vague" => Self::Vague,
            "thing" => Self::Thing,
            _ => return None,
        })
    }
}

/// A row of role or body words.
#[derive(Clone, Debug)]
struct Agent {
    kind: Kind,
    part: String,
    sectors: Vec<String>,
}

/// What is known of the document when a phrase is read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context<'a> {
    /// The document's date.
    pub date: Option<Date>,
    /// Countries in play in the document, most frequent first.
    pub countries: &'a [CountryCode],
}

/// A phrase resolved; fields as in [`model::Party`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resolved {
    /// Id in the catalogue, where it is certain.
    pub id: Option<PartyId>,
    /// The catalogue's name.
    pub name: Option<String>,
    /// Home polity.
    pub country: Option<CountryCode>,
    /// The body as which it acts at the context's date.
    pub acts_as: Option<PartyId>,
    /// PLOVER sectors, the chief one first.
    pub sectors: Vec<String>,
    /// A victim, witness, reporter or other private person: never indexed, no id.
    pub is_private: bool,
    /// Named by nothing but the polity's own name, capital or people (`Russia`, `Moscow`, `the Russians`).
    pub is_bare_polity: bool,
}

/// Parties, words and how they combine.
#[derive(Clone, Debug)]
pub struct Catalogue {
    entries: Vec<Entry>,
    by_id: HashMap<String, usize>,
    agents: Vec<Agent>,
    leaders: Vec<Leader>,
    /// Office holders by surname, in lower case.
    surnames: HashMap<String, Vec<usize>>,
    index: Index,
    fingerprint: String,
}

static EMBEDDED: LazyLock<Catalogue> = LazyLock::new(|| {
    Catalogue::build()
        .unwrap_or_else(|e| panic!("the embedded party catalogue is broken, which its tests prevent: {e}"))
});

impl Catalogue {
    /// The catalogue that comes with the program, read once.
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// The catalogue with a user's own parties, in the columns of `groups.tsv` (`id`, `name` and `sectors` at least).
    /// A row whose id is known replaces that party; its aliases are added.
    pub fn extend_from_tsv(mut self, table: &str, text: &str) -> Result<Self, CatalogueError> {
        self.add_groups(table, text)?;
        self.fingerprint = hash([self.fingerprint.as_str(), text]);
        Ok(self)
    }

    /// The party with this id.
    pub fn get(&self, id: &PartyId) -> Option<&Entry> {
        self.by_id.get(id.as_str()).map(|&i| &self.entries[i])
    }

    /// Every party, states and their parts first.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The names by which a party is known, its own first.
    pub fn names_of(&self, id: &PartyId) -> Vec<&str> {
        let Some(&entry) = self.by_id.get(id.as_str()) else { return Vec::new() };
        let mut names: Vec<&str> = self.index.names_of(entry).collect();
        names.dedup();
        names
    }

    /// Parties one of whose names holds all these words, for suggestions.
    pub fn like(&self, words: &str) -> Vec<&Entry> {
        let wanted = words::words(words);
        let mut found: Vec<usize> = self.index.holding(&wanted.iter().map(|w| w.key.as_str()).collect::<Vec<_>>());
        found.sort_unstable();
        found.dedup();
        found.into_iter().map(|i| &self.entries[i]).collect()
    }

    /// Aliases of parties that are these words.
    fn targets(&self, name: &str) -> impl Iterator<Item = &index::Alias> {
        let is_party = |a: &&index::Alias| matches!(a.target, Target::Party(_) | Target::Polity { .. });
        self.index.exactly(name).filter(is_party)
    }

    /// A hash of all tables that went in.
    pub fn fingerprint(&self) -> String {
        self.fingerprint.clone()
    }

    /// Every name of a party or polity that occurs in a text, longest match first from left to right. Names that mean
    /// different parties in different countries are left out; [`Catalogue::find_in`] settles them.
    pub fn find(&self, text: &str) -> Vec<(Range<usize>, PartyId)> {
        self.find_in(text, &Context::default())
    }

    /// As [`Catalogue::find`], with the countries in play.
    pub fn find_in(&self, text: &str, context: &Context) -> Vec<(Range<usize>, PartyId)> {
        let words = words::words(text);
        let named = |alias: &index::Alias| matches!(alias.target, Target::Polity { .. } | Target::Party(_));
        let mut out = Vec::new();
        for found in self.index.scan(&words, named) {
            if let Some(target) = self.settle(&found, context, &[]) {
                let entry = match target {
                    Target::Polity { stands_for, .. } => stands_for,
                    Target::Party(entry) => entry,
                    _ => continue,
                };
                let range = words[found.from].start..words[found.to - 1].end;
                out.push((range, self.entries[entry as usize].id.clone()));
            }
        }
        out
    }
}

fn hash<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.finalize().to_hex()[..24].to_owned()
}
