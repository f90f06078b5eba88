//! The vocabulary of times, from `vocabulary.tsv`.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::value::{Part, Season, Unit};
use crate::numbers::lex::{Cursor, Kind};
use crate::numbers::plain_number;

/// What a word says about time; a word may say several things ("second", "march").
static WORDS: LazyLock<HashMap<&'static str, Vec<(&'static str, &'static str)>>> = LazyLock::new(|| {
    let mut words: HashMap<_, Vec<_>> = HashMap::new();
    for line in include_str!("vocabulary.tsv").lines().filter(|l| !l.starts_with('#')) {
        let mut columns = line.split('\t');
        if let (Some(word), Some(class), Some(value)) = (columns.next(), columns.next(), columns.next()) {
            words.entry(word).or_default().push((class, value));
        }
    }
    words
});

/// Phrases of a class ("reference", "set"), longest first.
pub(super) fn phrases(class: &str) -> Vec<(&'static str, &'static str)> {
    let mut list: Vec<_> = WORDS
        .iter()
        .flat_map(|(word, senses)| senses.iter().map(move |(c, value)| (*word, *c, *value)))
        .filter(|(_, c, _)| *c == class)
        .map(|(word, _, value)| (word, value))
        .collect();
    list.sort_by_key(|(word, _)| (std::cmp::Reverse(word.len()), *word));
    list
}

fn sense(word: &str, class: &str) -> Option<&'static str> {
    WORDS.get(word)?.iter().find(|(c, _)| *c == class).map(|(_, value)| *value)
}

/// Takes a word of this class; its value.
pub(super) fn take(c: &mut Cursor, class: &str) -> Option<&'static str> {
    let value = c.peek().filter(|p| p.kind == Kind::Word).and_then(|p| sense(&p.low, class))?;
    c.at += 1;
    Some(value)
}

/// A month's name, with the point of its abbreviation.
pub(super) fn month(c: &mut Cursor) -> Option<i8> {
    let word = c.low();
    let value = take(c, "month")?.parse().ok()?;
    if matches!(word.len(), 3 | 4) && !matches!(word, "may" | "june" | "july") && c.peek().is_some_and(|p| !p.space) {
        c.word(".");
    }
    Some(value)
}

/// A weekday's name.
pub(super) fn weekday(c: &mut Cursor) -> Option<i8> {
    let start = c.at;
    if let Some(day) = take(c, "weekday") {
        // "Mondays" is another word; "Monday 's" is a possessive and stays outside.
        return day.parse().ok();
    }
    // Short forms ("Sun", "Wed") count only with a point or comma and a date after them.
    let short = take(c, "weekday_short").and_then(|v| v.parse().ok());
    if short.is_some() && (c.word(".") || c.low() == ",") {
        let mut after = *c;
        after.word(",");
        let dated = month(&mut after).is_some() || after.peek().is_some_and(|p| p.kind == Kind::Figure);
        if dated {
            return short;
        }
    }
    c.at = start;
    None
}

/// A unit, singular or plural; whether it was plural.
pub(super) fn unit(c: &mut Cursor) -> Option<(Unit, bool)> {
    if let Some(name) = take(c, "unit") {
        return Unit::named(name).map(|u| (u, false));
    }
    take(c, "units").and_then(Unit::named).map(|u| (u, true))
}

/// A part of the day.
pub(super) fn part(c: &mut Cursor) -> Option<Part> {
    take(c, "part").and_then(Part::from_code)
}

/// A season.
pub(super) fn season(c: &mut Cursor) -> Option<Season> {
    take(c, "season").and_then(Season::from_code)
}

/// "21st", "third", "twenty-first".
pub(super) fn ordinal(c: &mut Cursor) -> Option<i8> {
    let start = c.at;
    if let Some(n) = c.figure(|f| f.len() <= 2)
        && matches!(c.low(), "st" | "nd" | "rd" | "th")
        && c.peek().is_some_and(|p| !p.space)
    {
        c.at += 1;
        return i8::try_from(n).ok();
    }
    c.at = start;
    let tens = match c.low() {
        "twenty" => 20,
        "thirty" => 30,
        _ => 0,
    };
    if tens > 0 {
        c.at += 1;
        c.hyphen();
    }
    if let Some(n) = take(c, "ordinal").and_then(|v| v.parse::<i8>().ok()).filter(|n| tens == 0 || *n < 10) {
        return Some(tens + n);
    }
    c.at = start;
    None
}

/// A zone's offset from UTC in minutes.
pub(super) fn zone(c: &mut Cursor) -> Option<i32> {
    take(c, "zone").and_then(|v| v.parse().ok())
}

/// A year in four figures, or in words ("nineteen ninety-seven", "two thousand three").
pub(super) fn year(c: &mut Cursor) -> Option<i16> {
    if let Some(year) = c.figure(|f| f.len() == 4 && matches!(&f[..2], "17" | "18" | "19" | "20" | "21")) {
        return i16::try_from(year).ok();
    }
    let century = match c.low() {
        "nineteen" => 1900,
        "twenty" => 2000,
        _ => return None,
    };
    let rest = c.pieces.get(c.at + 1..)?;
    let (value, length) = plain_number(rest)?;
    #[expect(clippy::cast_possible_truncation, reason = "checked to lie between 10 and 99")]
    let value = if (10.0..100.0).contains(&value) && value.fract() == 0.0 { value as i16 } else { return None };
    c.at += 1 + length;
    Some(century + value)
}
