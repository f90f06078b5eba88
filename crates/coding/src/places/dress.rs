//! What the words around a name say of its place: its kind ("district"), and how the place lies to it ("10 km north of").

use super::mention::{Words, cue_word};
use super::names::Found;
use super::{PlaceMention, Relation};
use crate::gazetteer::{Entry, EntryKind, Gazetteer};
use crate::numbers::lex::cut;
use crate::numbers::plain_number;

/// What stands in a town and is called after it.
const FACILITIES: [&str; 20] = [
    "market",
    "airport",
    "university",
    "campus",
    "hospital",
    "cathedral",
    "square",
    "station",
    "prison",
    "stadium",
    "port",
    "harbor",
    "harbour",
    "bridge",
    "mosque",
    "church",
    "school",
    "base",
    "barracks",
    "downtown",
];

/// A name with its cue and its relation.
pub(super) fn dressed(words: &Words, name: &Found, gazetteer: &Gazetteer) -> Option<PlaceMention> {
    let mut name_span = words.span(&name.range)?;
    let mut range = name.range.clone();
    let mut cue = None;
    // "Barmal district", "Torkham border crossing", "Ghulam Khan border"
    let mut next = range.end;
    if words.low(next) == "border"
        && (cue_word(&words.low(next + 1)) == Some(EntryKind::Crossing) || words.low(next + 1) == "point")
    {
        next += 1;
    }
    if let Some(kind) = cue_word(&words.low(next)).or((next > range.end).then_some(EntryKind::Crossing)) {
        cue = Some(kind);
        range.end = next + 1;
        // "Rapides Parish", "Sarpy County": known by the whole name.
        if kind == EntryKind::Admin2 && words.capital(next) && gazetteer.knows(words.slice(&range)) {
            name_span = words.span(&range)?;
        }
    } else if words.low(next) == "border" {
        cue = Some(EntryKind::Crossing);
        range.end = next + 1;
    }
    // "the district of Barmal", "the border town of Chaman", "the Afghan capital Kabul", "the provincial capital, Gardez"
    if cue.is_none() {
        if words.before(range.start, 1) == "of" {
            cue = cue_word(&words.before(range.start, 2));
        } else if let Some(kind) = cue_word(&words.before(range.start, 1))
            .filter(|k| matches!(k, EntryKind::Settlement | EntryKind::Admin1 | EntryKind::Admin2))
        {
            cue = Some(kind);
        }
    }
    let relation = relation(words, range.start);
    let span = words.span(&range)?;
    // "San Salvador Central Market": unknown as a whole, it is where its first words are.
    let mut within = Vec::new();
    if name.range.len() > 1 && !gazetteer.knows(words.slice(&name.range)) {
        let part = (1..name.range.len()).rev().map(|n| name.range.start..name.range.start + n).find(|part| {
            let settled = |e: &Entry| matches!(e.kind, EntryKind::Settlement | EntryKind::Admin1) && e.rank < 4;
            let words = words.slice(part);
            gazetteer.knows_well(words)
                && gazetteer.lookup(words).iter().any(settled)
                && !gazetteer.lookup(words).iter().any(|e| e.kind == EntryKind::Country)
        });
        let facility = FACILITIES.contains(&words.low(name.range.end - 1).as_str());
        within.extend(part.filter(|_| facility).map(|part| words.slice(&part).to_owned()));
    }
    Some(PlaceMention {
        tokens: range,
        span,
        name: words.text.get(name_span.start()..name_span.end())?.to_owned(),
        name_span,
        cue,
        within,
        relation,
        tagged: name.tagged,
    })
}

/// Degrees from north of a direction's word.
pub(super) fn bearing(word: &str) -> Option<f64> {
    let plain: String = word.chars().filter(|c| c.is_alphabetic()).collect();
    Some(match plain.as_str() {
        "north" => 0.0,
        "northeast" => 45.0,
        "east" => 90.0,
        "southeast" => 135.0,
        "south" => 180.0,
        "southwest" => 225.0,
        "west" => 270.0,
        "northwest" => 315.0,
        _ => return None,
    })
}

/// What the words before a name say of how the place lies to it.
fn relation(words: &Words, start: usize) -> Relation {
    let mut at = start;
    if at > 0 && words.before(at, 1) == "the" {
        at -= 1;
    }
    let one = words.before(at, 1);
    let two = words.before(at, 2);
    if matches!(one.as_str(), "near" | "outside" | "around" | "nearby" | "beside")
        || (one == "to" && matches!(two.as_str(), "close" | "adjacent" | "next" | "near"))
        || (one == "of" && matches!(two.as_str(), "outskirts" | "vicinity" | "edge" | "outside" | "suburbs"))
    {
        return Relation::Near;
    }
    if one != "of" && one != "from" {
        return Relation::At;
    }
    // "10 km (6 miles) north of X", "north of X", "20 kilometres from X"
    let mut i = at - 1;
    let mut direction = None;
    let mut parts = Vec::new();
    while i > 0 && (words.word(i - 1) == "-" || bearing(&words.low(i - 1)).is_some()) {
        i -= 1;
        if words.word(i) != "-" {
            parts.push(words.low(i));
        }
    }
    if !parts.is_empty() {
        parts.reverse();
        direction = bearing(&parts.concat()).or_else(|| bearing(&parts[parts.len() - 1]));
    }
    let mut unit = i.checked_sub(1);
    if unit.is_some_and(|u| words.word(u) == ")") {
        unit = (0..i).rev().find(|&j| words.word(j) == "(").and_then(|j| j.checked_sub(1));
    }
    if let Some(u) = unit {
        let factor = match words.low(u).as_str() {
            "km" | "kms" | "kilometers" | "kilometres" | "kilometer" | "kilometre" => 1.0,
            "miles" | "mile" | "mi" => 1.609,
            "meters" | "metres" | "m" => 0.001,
            _ => 0.0,
        };
        if factor > 0.0 {
            for start in u.saturating_sub(3)..u {
                let Some(span) = words.span(&(start..u)) else { continue };
                let pieces = cut(words.text, span.start()..span.end());
                if let Some((value, length)) = plain_number(&pieces)
                    && length == pieces.len()
                {
                    return Relation::Offset { km: value * factor, bearing: direction };
                }
            }
        }
    }
    if direction.is_some() && one == "of" { Relation::Near } else { Relation::At }
}
