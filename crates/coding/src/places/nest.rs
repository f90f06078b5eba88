//! Which mention holds which: "Sangin, Helmand" is one place with its province, "Lahore, Punjab and Sindh" a list.

use super::mention::Words;
use super::{PlaceMention, Relation};
use crate::gazetteer::{Entry, EntryKind, Gazetteer, key};

/// Whether `outer` holds `inner`.
pub(super) fn holds(outer: &Entry, inner: &Entry) -> bool {
    if outer.country.is_none() || outer.country != inner.country {
        return false;
    }
    let same = |a: Option<&str>, b: Option<&str>| matches!((a, b), (Some(a), Some(b)) if key(a) == key(b));
    match outer.kind {
        EntryKind::Country => inner.kind != EntryKind::Country,
        EntryKind::Admin1 => {
            !matches!(inner.kind, EntryKind::Country | EntryKind::Admin1)
                && (same(outer.admin1.as_deref(), inner.admin1.as_deref())
                    || same(Some(&outer.name), inner.admin1.as_deref()))
        }
        EntryKind::Admin2 => {
            matches!(inner.kind, EntryKind::Settlement | EntryKind::Crossing)
                && (same(Some(&outer.name), inner.admin2.as_deref())
                    || outer
                        .at
                        .zip(inner.at)
                        .is_some_and(|(a, b)| crate::gazetteer::distance_km(a, b) <= outer.radius_km * 1.5))
        }
        EntryKind::Region => {
            !matches!(inner.kind, EntryKind::Country | EntryKind::Region)
                && outer
                    .at
                    .zip(inner.at)
                    .is_some_and(|(a, b)| crate::gazetteer::distance_km(a, b) <= outer.radius_km * 1.3)
        }
        _ => false,
    }
}

/// Joins a mention with the mentions that hold it: "Sangin, Helmand", "Paktika's Barmal district".
pub(super) fn nested(words: &Words, found: Vec<PlaceMention>, gazetteer: &Gazetteer) -> Vec<PlaceMention> {
    let mut out: Vec<PlaceMention> = Vec::new();
    for mut mention in found {
        let Some(last) = out.last_mut() else {
            out.push(mention);
            continue;
        };
        let border = |m: &PlaceMention| matches!(m.relation, Relation::Border(_));
        let gap: Vec<String> = (last.tokens.end..mention.tokens.start)
            .map(|i| words.low(i))
            .filter(|w| {
                !matches!(
                    w.as_str(),
                    "the"
                        | "northern"
                        | "southern"
                        | "eastern"
                        | "western"
                        | "central"
                        | "northeastern"
                        | "northwestern"
                        | "southeastern"
                        | "southwestern"
                        | "neighboring"
                        | "neighbouring"
                        | "restive"
                        | "volatile"
                        | "remote"
                        | "border"
                )
            })
            .collect();
        let gap: Vec<&str> = gap.iter().map(String::as_str).collect();
        if border(last) || border(&mention) {
            out.push(mention);
            continue;
        }
        let smallest = last.within.last().unwrap_or(&last.name).clone();
        match gap.as_slice() {
            ["'s" | "’s" | "'" | "’"] | ["'" | "’", "s"] if contained(&mention, &smallest, gazetteer) => {
                let mut within = vec![last.name.clone()];
                within.append(&mut last.within);
                mention.within = within;
                mention.tokens.start = last.tokens.start;
                mention.span = last.span.cover(mention.span);
                *last = mention;
            }
            ["," | "in" | "of" | "("] | [",", "in"]
                if contained(last, &mention.name, gazetteer) && !listing(words, &mention) =>
            {
                last.within.push(mention.name.clone());
                last.tokens.end = mention.tokens.end;
                last.span = last.span.cover(mention.span);
            }
            _ => out.push(mention),
        }
    }
    out
}

/// Whether a list goes on after the mention: "Lahore, Punjab and Sindh".
fn listing(words: &Words, mention: &PlaceMention) -> bool {
    matches!(words.low(mention.tokens.end).as_str(), "and" | "or")
        && words.capital(mention.tokens.end + 1)
        && mention.cue.is_none()
}

/// Whether some meaning of `outer` holds some meaning of the mention; an unknown tagged name is held by a division or country.
fn contained(inner: &PlaceMention, outer: &str, gazetteer: &Gazetteer) -> bool {
    if key(&inner.name) == key(outer) && inner.cue.is_none() {
        return false;
    }
    let outers = gazetteer.lookup(outer);
    let inners = gazetteer.lookup(&inner.name);
    if inners.is_empty() {
        return outers.iter().any(|o| matches!(o.kind, EntryKind::Admin1 | EntryKind::Admin2 | EntryKind::Country));
    }
    outers.iter().any(|o| inners.iter().any(|i| holds(o, i)))
        || (inner.cue.is_some_and(|c| matches!(c, EntryKind::Admin2 | EntryKind::Settlement))
            && outers.iter().any(|o| matches!(o.kind, EntryKind::Admin1) && o.own))
}
