//! Borders of states, which are told by the states on both sides and not by a name of their own.

use model::{CountryCode, Upos};

use super::mention::Words;
use super::{PlaceMention, Relation};
use crate::gazetteer::{EntryKind, Gazetteer};

/// A country by its name or demonym.
fn state(word: &str, gazetteer: &Gazetteer) -> Option<CountryCode> {
    gazetteer
        .demonym(word)
        .or_else(|| gazetteer.lookup(word).into_iter().find(|e| e.kind == EntryKind::Country).and_then(|e| e.country))
}

/// Borders of states: "the border between A and B", "the A-B border", "the Afghan border", "A's border with B".
pub(super) fn borders(words: &Words, gazetteer: &Gazetteer) -> Vec<PlaceMention> {
    let mut found: Vec<PlaceMention> = Vec::new();
    for at in 0..words.len() {
        if !matches!(words.low(at).as_str(), "border" | "frontier" | "borders" | "borderlands")
            || words.sentence.tokens[at].upos == Upos::Verb
        {
            continue;
        }
        // The name of a crossing or a town of the border is its own mention.
        if matches!(
            words.low(at + 1).as_str(),
            "crossing"
                | "town"
                | "city"
                | "village"
                | "crossings"
                | "guards"
                | "guard"
                | "police"
                | "forces"
                | "force"
                | "post"
                | "posts"
                | "troops"
        ) {
            continue;
        }
        let mut range = at..at + 1;
        let mut states = Vec::new();
        if at > 0 {
            // one token: "Afghan-Pakistani"
            let before = words.word(at - 1).replace(['–', '‑'], "-");
            if let Some((a, b)) = before.split_once('-').and_then(|(a, b)| state(a, gazetteer).zip(state(b, gazetteer)))
            {
                states = vec![a, b];
                range.start = at - 1;
            } else if at >= 3 && matches!(words.word(at - 2), "-" | "–") {
                if let Some((a, b)) = state(words.word(at - 3), gazetteer).zip(state(words.word(at - 1), gazetteer)) {
                    states = vec![a, b];
                    range.start = at - 3;
                }
            } else if words.capital(at - 1)
                && let Some(a) = state(words.word(at - 1), gazetteer)
            {
                states = vec![a];
                range.start = at - 1;
            } else if matches!(words.word(at - 1), "'s" | "’s")
                && at >= 2
                && let Some(a) = state(words.word(at - 2), gazetteer)
            {
                states = vec![a];
                range.start = at - 2;
            }
        }
        let mut next = at + 1;
        let take = |next: &mut usize| {
            if words.low(*next) == "the" {
                *next += 1;
            }
            for length in (1..=3).rev() {
                if *next + length <= words.len()
                    && words.capital(*next)
                    && words.word(*next + length - 1).chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '.'))
                    && words.word(*next + length - 1) != "."
                    && let Some(code) = state(words.slice(&(*next..*next + length)), gazetteer)
                {
                    *next += length;
                    return Some(code);
                }
            }
            None
        };
        match words.low(next).as_str() {
            "between" => {
                next += 1;
                if let Some(a) = take(&mut next)
                    && words.low(next) == "and"
                {
                    next += 1;
                    if let Some(b) = take(&mut next) {
                        states = vec![a, b];
                        range.end = next;
                    }
                }
            }
            "with" => {
                next += 1;
                if let Some(b) = take(&mut next) {
                    states.push(b);
                    range.end = next;
                }
            }
            _ => {}
        }
        states.dedup();
        if states.is_empty() || found.last().is_some_and(|m| m.tokens.end > range.start) {
            continue;
        }
        if let Some(span) = words.span(&range) {
            found.push(PlaceMention {
                name: words.slice(&range).to_owned(),
                tokens: range,
                span,
                name_span: span,
                cue: Some(EntryKind::Border),
                within: Vec::new(),
                relation: Relation::Border(states),
                tagged: false,
            });
        }
    }
    found
}
