//! Places of a report: which names are places, and which place each of them is.
//!
//! [`mentions`] finds the names of a sentence with the words around them that say what they are ("district", "near",
//! "along the border"). [`StoryPlaces`] takes all mentions of a report and settles names of several meanings by the
//! countries in play, how well known each is, what else is near, and what the text nests it in. It does not decide
//! which place is an event's. A name that no gazetteer holds keeps its words and nothing else.

mod borders;
mod dress;
mod mention;
mod names;
mod nest;
mod resolve;
pub mod score;
mod venues;

use std::ops::Range;

use model::{CountryCode, Span};

pub use mention::{adjectives_with, mentions, mentions_with, toponyms_with};
pub use resolve::StoryPlaces;
pub(crate) use resolve::priogrid;
pub use venues::{Venue, venue};

use crate::gazetteer::EntryKind;

/// A place as a sentence names it.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceMention {
    /// First token, and one past the last, of the whole expression ("Sangin, Helmand").
    pub tokens: Range<usize>,
    /// The whole expression.
    pub span: Span,
    /// The name proper ("Sangin").
    pub name: String,
    /// Where the name stands.
    pub name_span: Span,
    /// What the word beside it says it is ("district").
    pub cue: Option<EntryKind>,
    /// Names of what holds it, from the smallest ("Helmand").
    pub within: Vec<String>,
    /// How the place lies to the name.
    pub relation: Relation,
    /// Whether the tagger took the name for a place.
    pub tagged: bool,
}

/// How a place lies to the name that it is told by.
#[derive(Clone, Debug, PartialEq)]
pub enum Relation {
    /// It is the named place.
    At,
    /// Near, outside, on the outskirts of it.
    Near,
    /// So many kilometres from it, in a direction in degrees from north where one is given.
    Offset {
        /// Distance.
        km: f64,
        /// Direction.
        bearing: Option<f64>,
    },
    /// On the border of these countries (one where the text names one).
    Border(Vec<CountryCode>),
}

#[cfg(test)]
mod tests;
