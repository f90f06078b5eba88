//! What a series is about: everything, a pair of parties, a party, a place, a type.

use std::fmt;

use model::{CountryCode, EventType, Text};
use serde::Serialize;

use super::counted::Counted;
use super::parties::Dyad;

/// What series are made by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// One series of all.
    All,
    /// Pairs of parties, one way; pairs of which no direction is known stand apart.
    DirectedDyad,
    /// Pairs of parties, both ways together.
    Dyad,
    /// Parties, on whichever side, as named and as the bodies as which they act.
    Party,
    /// Countries in which it happened.
    Country,
    /// First-order divisions.
    Admin1,
    /// PRIO-GRID cells, of half a degree.
    Cell,
    /// PLOVER types.
    Type,
}

/// What one series is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Key {
    /// Everything.
    All,
    /// Two parties.
    Dyad(Dyad),
    /// A party's root.
    Party(Text),
    /// A country.
    Country(CountryCode),
    /// A first-order division.
    Admin1 {
        /// The country.
        country: CountryCode,
        /// As it is written.
        name: Text,
    },
    /// A PRIO-GRID cell.
    Cell(u32),
    /// A PLOVER type.
    Type(EventType),
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Key::All => f.write_str("all"),
            Key::Dyad(Dyad { from, to, directed: true }) => write!(f, "{from} → {to}"),
            Key::Dyad(Dyad { from, to, directed: false }) => write!(f, "{from} – {to}"),
            Key::Party(party) => f.write_str(party),
            Key::Country(country) => write!(f, "in {country}"),
            Key::Admin1 { country, name } => write!(f, "in {name}, {country}"),
            Key::Cell(cell) => write!(f, "in cell {cell}"),
            Key::Type(code) => code.fmt(f),
        }
    }
}

impl By {
    /// What a row belongs to; a row of several parties belongs to several, each once.
    pub(crate) fn keys(self, row: &Counted) -> Vec<Key> {
        match self {
            By::All => vec![Key::All],
            By::DirectedDyad => row.dyads.iter().cloned().map(Key::Dyad).collect(),
            By::Dyad => {
                let mut keys: Vec<Key> = row.dyads.iter().map(|dyad| Key::Dyad(dyad.both_ways())).collect();
                keys.sort_unstable();
                keys.dedup();
                keys
            }
            By::Party => row.roots().into_iter().map(|root| Key::Party(Text::new(root))).collect(),
            By::Country => row.country.map(Key::Country).into_iter().collect(),
            By::Admin1 => {
                let division = row.country.zip(row.admin1.clone());
                division.map(|(country, name)| Key::Admin1 { country, name }).into_iter().collect()
            }
            By::Cell => row.cell.map(Key::Cell).into_iter().collect(),
            By::Type => vec![Key::Type(row.code)],
        }
    }

    /// What a row without a key lacks.
    pub(super) fn lack(self) -> &'static str {
        match self {
            By::DirectedDyad | By::Dyad => "Without two parties that the catalogue knows",
            By::Party => "Without a party that the catalogue knows",
            By::Country => "Without a country",
            By::Admin1 => "Without a first-order division",
            By::Cell => "Without a place known to its settlement",
            By::All | By::Type => "Without anything",
        }
    }
}
