//! Whether the words around a time speak of what is to come, so that "Friday" is the next one: read off auxiliaries,
//! plans and endings near by, without tags.

use crate::numbers::lex::Piece;

/// How far to look for a verb that says whether a clause is about the future.
const CLAUSE: usize = 16;

/// Whether the clause around piece `at` speaks of what is to come: the nearest sign before it decides, else after it.
pub(super) fn speaks_of_future(pieces: &[Piece], at: usize) -> bool {
    let back = |n: usize| at.checked_sub(n).map_or("", |i| pieces[i].low.as_str());
    let ends = |i: usize| ends_clause(pieces, i);
    let told = || (at.saturating_sub(CLAUSE)..at).rev().take_while(|&i| !ends(i)).find_map(|i| sign(pieces, i, at));
    // "by Friday", "as soon as Tuesday", "as early as next week"; but "shot by gunmen on Friday", "had filed by Friday"
    if back(1) == "by" {
        return !(1..=7).any(|n| back(n) == "had");
    }
    if back(1) == "as" && matches!(back(2), "soon" | "early") && back(3) == "as" {
        return true;
    }
    // "Wednesday's ruling" has been given.
    let owns =
        |i: usize| pieces.get(i).is_some_and(|p| p.low == "'") && pieces.get(i + 1).is_some_and(|p| p.low == "s");
    if owns(at + 1) {
        return false;
    }
    let ahead = || (at + 1..pieces.len()).take(CLAUSE).take_while(|&i| !ends(i)).find_map(|i| sign(pieces, i, at));
    // "Until Thursday, they had not spoken"
    if back(1) == "until" && (at == 1 || ends(at - 2)) {
        return ahead().unwrap_or(true);
    }
    told().or_else(ahead).unwrap_or(false)
}

/// What one word says of the time at piece `at`: to come, past, or nothing.
fn sign(pieces: &[Piece], i: usize, at: usize) -> Option<bool> {
    let before = |n: usize| i.checked_sub(n).map_or("", |b| pieces[b].low.as_str());
    let after = pieces.get(i + 1).map_or("", |p| p.low.as_str());
    let article = matches!(before(1), "a" | "an" | "the" | "its" | "their" | "his" | "her" | "this");
    match pieces[i].low.as_str() {
        // "agreed to buy it in January", "an agreement to meet on Friday"
        "agreed" | "decided" | "voted" | "pledged" | "promised" | "vowed" | "agreement" | "deal" | "decision"
            if after == "to" && at > i + 2 =>
        {
            Some(true)
        }
        // "had been due on Friday"
        "scheduled" | "planned" | "expected" | "due" | "slated" | "set"
            if before(1) == "been" && before(2) == "had" =>
        {
            Some(false)
        }
        // "announced the plan Aug. 21"
        "plan" | "plans" if article && after != "to" => None,
        // "set aside plans", "a record set on Aug. 6"
        "set" if !matches!(after, "to" | "for") => None,
        "will" | "shall" | "ll" | "scheduled" | "planned" | "planning" | "plans" | "plan" | "expected" | "expects"
        | "due" | "slated" | "upcoming" | "until" | "tomorrow" | "set" | "would" | "intends" | "hopes" | "deadline"
        | "expires" | "must" | "effective" => Some(true),
        // "guidelines to be published", "is to resume"
        "to" if after == "be" => Some(true),
        "is" | "are" if after == "to" => Some(true),
        // "when the case is heard"
        "is" | "are" if (1..=4).any(|n| matches!(before(n), "when" | "once" | "if")) => Some(true),
        "said" | "told" | "was" | "were" | "had" | "did" | "has" | "have" | "since" | "ago" | "says" | "came"
        | "went" | "took" | "began" | "fell" | "left" | "made" | "met" | "struck" | "shot" | "held" | "broke"
        | "won" | "fought" | "sent" | "gave" | "found" | "lost" | "brought" | "tried" | "fled" | "led" | "rose"
        | "drove" | "blew" | "saw" | "spoke" | "wrote" | "flew" => Some(false),
        // "a still unspecified date in January", "to be published", "will succeed"
        low if low.len() > 4 && low.ends_with("ed") && !low.ends_with("eed") && before(1) != "be" => {
            (!article && before(1) != "still").then_some(false)
        }
        _ => None,
    }
}

/// Whether a clause ends at a piece. The point of an initial ("Daniel P. Davison") or of a short form within a sentence
/// ("Peoria, Ill., bank") ends none.
fn ends_clause(pieces: &[Piece], i: usize) -> bool {
    let low = pieces[i].low.as_str();
    if low == ";" {
        return true;
    }
    let initial = i > 0 && pieces[i - 1].low.len() == 1 && pieces[i - 1].capital;
    let within = pieces.get(i + 1).is_some_and(|p| p.low == ",");
    low == "." && !initial && !within
}
