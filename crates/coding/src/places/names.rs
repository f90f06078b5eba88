//! Which words of a sentence are names of places: those that the tagger took for places, and those that it left alone and
//! the gazetteer knows.

use std::ops::Range;

use model::{Deprel, Head, NameKind, Upos};

use super::dress::bearing;
use super::mention::{Words, cue_word};
use crate::gazetteer::{Gazetteer, key};

/// A name as tokens.
pub(super) struct Found {
    pub(super) range: Range<usize>,
    pub(super) tagged: bool,
}

/// Names that the tagger took for places, cut at commas and freed of cue words.
pub(super) fn tagged(words: &Words, gazetteer: &Gazetteer) -> Vec<Found> {
    let mut found = Vec::new();
    for name in words.sentence.names.iter().filter(|n| n.kind == NameKind::Place) {
        let end = name.tokens.end.min(words.len());
        let mut start = name.tokens.start;
        while start < end {
            let stop = (start..end).find(|&i| words.word(i) == ",").unwrap_or(end);
            let mut range = start..stop;
            start = stop + 1;
            while range.len() > 1
                && matches!(
                    words.low(range.start).as_str(),
                    "the" | "," | "northern" | "southern" | "eastern" | "western" | "central"
                )
            {
                range.start += 1;
            }
            while range.len() > 1 && matches!(words.word(range.end - 1), "'s" | "’s" | "." | "'" | "’") {
                range.end -= 1;
            }
            // "Barmal district" is Barmal, unless the gazetteer has it under its whole name.
            let cue =
                |i: usize| cue_word(&words.low(i)).is_some() || matches!(words.low(i).as_str(), "border" | "region");
            while range.len() > 1 && cue(range.end - 1) && !gazetteer.knows_well(words.slice(&range)) {
                range.end -= 1;
            }
            if range.len() > 2 && cue(range.start) && words.low(range.start + 1) == "of" {
                range.start += 2;
            }
            // "the northern", "the capital", "city of": words of kind and direction alone name nothing.
            let named = range.clone().any(|i| {
                let low = words.low(i);
                !matches!(low.as_str(), "the" | "of" | "capital" | "city" | "area" | "border" | "region")
                    && cue_word(&low).is_none()
                    && bearing(low.strip_suffix("ern").unwrap_or(&low)).is_none()
            });
            if named && words.slice(&range).chars().any(char::is_alphanumeric) {
                found.push(Found { range, tagged: true });
            }
        }
    }
    found
}

/// Words before which a capitalised name is likely a place.
const LOCATIVE: [&str; 17] = [
    "in",
    "at",
    "near",
    "from",
    "to",
    "around",
    "outside",
    "across",
    "toward",
    "towards",
    "into",
    "between",
    "throughout",
    "inside",
    "of",
    "via",
    "through",
];

/// The longest name, in tokens, that is looked for.
const LONGEST: usize = 5;

/// Names that the gazetteer knows in capitalised words that the tagger left alone.
pub(super) fn untagged(words: &Words, gazetteer: &Gazetteer) -> Vec<Found> {
    let tokens = &words.sentence.tokens;
    let mut named = vec![false; tokens.len()];
    for name in &words.sentence.names {
        for i in name.tokens.clone() {
            if let Some(slot) = named.get_mut(i) {
                *slot = true;
            }
        }
    }
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let mut step = 1;
        if !named[at] && words.capital(at) {
            for length in (1..=LONGEST.min(tokens.len() - at)).rev() {
                let range = at..at + length;
                let last = range.end - 1;
                if named[range.clone()].iter().any(|n| *n)
                    || !(words.capital(last) || words.slice(&range).contains("of "))
                {
                    continue;
                }
                if range.clone().any(|i| {
                    matches!(words.word(i), "," | "." | ";" | ":" | "(" | ")")
                        && words.word(i).len() == tokens[i].span.len()
                        && i != last
                }) && !gazetteer.knows_well(words.slice(&range))
                {
                    continue;
                }
                if believable(words, &range, gazetteer) {
                    step = length;
                    found.push(Found { range, tagged: false });
                    break;
                }
            }
        }
        at += step;
    }
    found
}

/// Short forms of the states of the USA, as their keys, that are words or names of their own.
const ABBREVIATED: [&str; 32] = [
    "ala", "ariz", "ark", "calif", "colo", "conn", "del", "fla", "ga", "ill", "ind", "kan", "ky", "la", "md", "mass",
    "mich", "minn", "miss", "mo", "mont", "neb", "nev", "okla", "ore", "pa", "tenn", "tex", "vt", "va", "wash", "wis",
];

/// Whether untagged words are a place: known well, or known and in a place's company; and no part of a longer name.
fn believable(words: &Words, range: &Range<usize>, gazetteer: &Gazetteer) -> bool {
    let tokens = &words.sentence.tokens;
    let name = words.slice(range);
    let short = name.chars().filter(|c| c.is_alphabetic()).count() < 4;
    let upper = name.chars().all(|c| !c.is_lowercase());
    let proper = range.clone().any(|i| matches!(tokens[i].upos, Upos::Propn | Upos::X));
    let cued = cue_word(&words.low(range.end)).is_some();
    if !proper && !cued {
        return false;
    }
    // "Miss", "Mass" and "Ore" are states only after a town and a comma.
    let clipped = ABBREVIATED.contains(&key(name).as_str());
    if clipped && (words.before(range.start, 1) != "," || !words.capital(range.start.wrapping_sub(2))) {
        return false;
    }
    if clipped {
        return true;
    }
    // A name within a longer one: "Lincoln Smith", "Jordan's" is not.
    let linked = |a: usize, b: usize| {
        tokens.get(a).is_some_and(|t| {
            t.head == Head::Token(b) && matches!(t.deprel, Deprel::Flat | Deprel::Compound) && t.upos == Upos::Propn
        })
    };
    let next = range.end;
    if words.capital(next)
        && cue_word(&words.low(next)).is_none()
        && range.clone().any(|i| linked(i, next) || linked(next, i))
    {
        return false;
    }
    if range.start > 0
        && words.capital(range.start - 1)
        && range.clone().any(|i| linked(i, range.start - 1) || linked(range.start - 1, i))
    {
        return false;
    }
    if gazetteer.knows_well(name) && (!short || upper) {
        return true;
    }
    let located = LOCATIVE.contains(&words.before(range.start, 1).as_str());
    !short && (cued || located) && gazetteer.knows(name)
}
