//! Finds the mentions of places in a sentence.

use std::ops::Range;

use model::{CountryCode, Deprel, Head, NameKind, Sentence, Span, Upos};

use super::{PlaceMention, Relation};
use crate::gazetteer::{Entry, EntryKind, Gazetteer, key};
use crate::numbers::lex::cut;
use crate::numbers::plain_number;

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
struct Words<'a> {
    text: &'a str,
    sentence: &'a Sentence,
}

impl Words<'_> {
    fn len(&self) -> usize {
        self.sentence.tokens.len()
    }

    fn word(&self, index: usize) -> &str {
        self.sentence.tokens.get(index).and_then(|t| self.text.get(t.span.start()..t.span.end())).unwrap_or("")
    }

    fn low(&self, index: usize) -> String {
        self.word(index).to_lowercase()
    }

    /// The word before `index`, `back` steps away (1 is next to it).
    fn before(&self, index: usize, back: usize) -> String {
        index.checked_sub(back).map_or(String::new(), |i| self.low(i))
    }

    fn capital(&self, index: usize) -> bool {
        self.word(index).chars().next().is_some_and(char::is_uppercase)
    }

    fn span(&self, range: &Range<usize>) -> Option<Span> {
        let first = self.sentence.tokens.get(range.start)?;
        let last = self.sentence.tokens.get(range.end.checked_sub(1)?)?;
        Some(first.span.cover(last.span))
    }

    fn slice(&self, range: &Range<usize>) -> &str {
        self.span(range).and_then(|s| self.text.get(s.start()..s.end())).unwrap_or("")
    }
}

/// A name as tokens.
struct Found {
    range: Range<usize>,
    tagged: bool,
}

/// What a word beside a name says that it is.
fn cue_word(word: &str) -> Option<EntryKind> {
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

/// Names that the tagger took for places, cut at commas and freed of cue words.
fn tagged(words: &Words, gazetteer: &Gazetteer) -> Vec<Found> {
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
fn untagged(words: &Words, gazetteer: &Gazetteer) -> Vec<Found> {
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
fn dressed(words: &Words, name: &Found, gazetteer: &Gazetteer) -> Option<PlaceMention> {
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
fn bearing(word: &str) -> Option<f64> {
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

/// A country by its name or demonym.
fn state(word: &str, gazetteer: &Gazetteer) -> Option<CountryCode> {
    gazetteer
        .demonym(word)
        .or_else(|| gazetteer.lookup(word).into_iter().find(|e| e.kind == EntryKind::Country).and_then(|e| e.country))
}

/// Borders of states: "the border between A and B", "the A-B border", "the Afghan border", "A's border with B".
fn borders(words: &Words, gazetteer: &Gazetteer) -> Vec<PlaceMention> {
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
fn nested(words: &Words, found: Vec<PlaceMention>, gazetteer: &Gazetteer) -> Vec<PlaceMention> {
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
