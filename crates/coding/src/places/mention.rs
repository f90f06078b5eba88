//! Finds the mentions of places in a sentence: names (`names`) and borders (`borders`), dressed with the words around them
//! (`dress`), joined with what holds them (`nest`).

use std::ops::Range;

use model::{Sentence, Span};

use super::borders::borders;
use super::dress::dressed;
use super::names::{Found, tagged, untagged};
use super::nest::nested;
use super::{PlaceMention, Relation};
use crate::gazetteer::{EntryKind, Gazetteer};

/// The mentions of places in a sentence, in order, by the embedded gazetteer.
pub fn mentions(text: &str, sentence: &Sentence) -> Vec<PlaceMention> {
    mentions_with(text, sentence, Gazetteer::embedded())
}

/// The mentions of places in a sentence, in order.
pub fn mentions_with(text: &str, sentence: &Sentence, gazetteer: &Gazetteer) -> Vec<PlaceMention> {
    let words = Words { text, sentence };
    nested(&words, single(&words, gazetteer), gazetteer)
}

/// Every name of a place in a sentence by itself, in order: "Sangin, Helmand" is two. A name keeps what the whole
/// expression says of it, so that [`super::StoryPlaces`] settles both alike. Borders are no names.
pub fn toponyms_with(text: &str, sentence: &Sentence, gazetteer: &Gazetteer) -> Vec<PlaceMention> {
    let words = Words { text, sentence };
    let found = single(&words, gazetteer);
    let whole = nested(&words, found.clone(), gazetteer);
    found
        .into_iter()
        .filter(|m| !matches!(m.relation, Relation::Border(_)))
        .map(|m| whole.iter().find(|w| w.name_span == m.name_span).cloned().unwrap_or(m))
        .map(|m| {
            // "Rapides Parish", "Sangin District": a capitalised word of kind belongs to the name.
            let last = m.tokens.clone().find(|&i| words.sentence.tokens[i].span.start() >= m.name_span.end());
            let name_span = last
                .filter(|&i| words.capital(i) && cue_word(&words.low(i)).is_some())
                .map_or(m.name_span, |i| m.name_span.cover(words.sentence.tokens[i].span));
            PlaceMention { relation: Relation::At, name_span, ..m }
        })
        .collect()
}

/// Adjectives and peoples that say a country ("Afghan", "the Syrians"), which some count among the names of places.
pub fn adjectives_with(text: &str, sentence: &Sentence, gazetteer: &Gazetteer) -> Vec<PlaceMention> {
    let words = Words { text, sentence };
    (0..words.len())
        .filter(|&i| words.capital(i))
        .filter(|&i| {
            let word = words.word(i);
            gazetteer.demonym(word).or_else(|| gazetteer.demonym(word.trim_end_matches('s'))).is_some()
                && !gazetteer.knows_well(word)
        })
        .filter_map(|i| dressed(&words, &Found { range: i..i + 1, tagged: false }, gazetteer))
        .map(|m| PlaceMention { relation: Relation::At, ..m })
        .collect()
}

/// Names and borders, each by itself.
fn single(words: &Words, gazetteer: &Gazetteer) -> Vec<PlaceMention> {
    let mut found = borders(words, gazetteer);
    let taken = |found: &[PlaceMention], range: &Range<usize>| {
        found.iter().any(|m| m.tokens.start < range.end && range.start < m.tokens.end)
    };
    let mut names = tagged(words, gazetteer);
    names.extend(untagged(words, gazetteer));
    names.sort_by_key(|n| (n.range.start, std::cmp::Reverse(n.range.end)));
    for name in names {
        if taken(&found, &name.range) {
            continue;
        }
        if let Some(mention) = dressed(words, &name, gazetteer) {
            found.push(mention);
        }
    }
    found.sort_by_key(|m| m.tokens.start);
    found
}

/// A sentence and its text.
pub(super) struct Words<'a> {
    pub(super) text: &'a str,
    pub(super) sentence: &'a Sentence,
}

impl Words<'_> {
    pub(super) fn len(&self) -> usize {
        self.sentence.tokens.len()
    }

    pub(super) fn word(&self, index: usize) -> &str {
        self.sentence.tokens.get(index).and_then(|t| self.text.get(t.span.start()..t.span.end())).unwrap_or("")
    }

    pub(super) fn low(&self, index: usize) -> String {
        self.word(index).to_lowercase()
    }

    /// The word before `index`, `back` steps away (1 is next to it).
    pub(super) fn before(&self, index: usize, back: usize) -> String {
        index.checked_sub(back).map_or(String::new(), |i| self.low(i))
    }

    pub(super) fn capital(&self, index: usize) -> bool {
        self.word(index).chars().next().is_some_and(char::is_uppercase)
    }

    pub(super) fn span(&self, range: &Range<usize>) -> Option<Span> {
        let first = self.sentence.tokens.get(range.start)?;
        let last = self.sentence.tokens.get(range.end.checked_sub(1)?)?;
        Some(first.span.cover(last.span))
    }

    pub(super) fn slice(&self, range: &Range<usize>) -> &str {
        self.span(range).and_then(|s| self.text.get(s.start()..s.end())).unwrap_or("")
    }
}

/// What a word beside a name says that it is.
pub(super) fn cue_word(word: &str) -> Option<EntryKind> {
    Some(match word {
        "district" | "districts" | "county" | "counties" | "parish" | "township" | "borough" | "subdistrict"
        | "tehsil" | "agency" | "raion" | "municipality" => EntryKind::Admin2,
        "province" | "provinces" | "governorate" | "state" | "oblast" | "division" | "prefecture" | "department" => {
            EntryKind::Admin1
        }
        "city" | "town" | "village" | "camp" | "hamlet" | "suburb" | "neighborhood" | "neighbourhood"
        | "settlement" | "airport" | "capital" => EntryKind::Settlement,
        "crossing" | "checkpoint" | "gate" => EntryKind::Crossing,
        "region" | "valley" | "peninsula" | "plateau" | "forest" | "mountains" | "desert" => EntryKind::Region,
        _ => return None,
    })
}
