//! Times: "from 6 p.m. on Wednesday", "two days ago", "a 48-hour truce" to days, moments and lengths.
//!
//! Reads the words alone (no tags needed) and resolves them against the day of writing and what the sentence has
//! named before. What cannot be placed keeps its words: a date like 03/04/2025, whose order is unknown, is never
//! guessed, and without a day of writing only full dates resolve. It does not decide which time is an event's.
//!
//! Conventions: weeks run from Monday; seasons are those of the northern half of the world; a weekday or a month
//! without its year is the nearest one not after the day of writing, or not before it in clauses about the future.

mod calendar;
mod clock;
mod future;
mod holiday;
mod period;
mod phrase;
mod relative;
pub mod score;
mod value;
mod words;

use std::ops::Range;

use jiff::civil::Date;
use model::{Granularity, Sentence, Span, Time, When};

pub use value::{Part, Season, Side, Unit, Value};

use crate::numbers::lex::{Kind, Piece, cut};

/// What sort of time a phrase is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PhraseKind {
    /// A place on the calendar or clock, or a vague reference to one.
    Date,
    /// A length.
    Duration,
    /// A repeated time.
    Set,
}

/// A time phrase of a sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct TimePhrase {
    /// When, as the record has it. "since X" and "until X" leave the other end to what is known.
    pub time: Time,
    /// First token, and one past the last.
    pub tokens: Range<usize>,
    /// How long, for lengths of time.
    pub duration_hours: Option<f64>,
    /// What sort.
    pub kind: PhraseKind,
    /// The meaning of the phrase, before its preposition.
    pub value: Value,
}

/// What is known when a sentence's times are read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// The day of writing.
    pub anchor: Option<When>,
    /// The time that the text spoke of last, from an earlier sentence.
    pub narrative: Option<Value>,
    /// The day that an earlier sentence told: a clock time without a day is of it ("at 6 p.m.").
    pub day: Option<Date>,
    /// Whether clauses speak of what is to come; `None` reads it from words like "will" and "said".
    pub future: Option<bool>,
}

/// The time phrases of a sentence, in order.
pub fn find(text: &str, sentence: &Sentence, anchor: Option<When>) -> Vec<TimePhrase> {
    find_with(text, sentence, &Reading { anchor, ..Reading::default() })
}

/// The time phrases of a sentence, in order, with more said about how to read them.
pub fn find_with(text: &str, sentence: &Sentence, reading: &Reading) -> Vec<TimePhrase> {
    let pieces = cut(text, sentence.span.start()..sentence.span.end());
    let phrases = scan(&pieces, reading);
    let anchor = reading.anchor.map(When::date);
    let mut found: Vec<TimePhrase> = Vec::new();
    let mut at = 0;
    while at < phrases.len() {
        let one = &phrases[at];
        let joined = phrases.get(at + 1).filter(|two| connected(&pieces, one, two));
        let (from, to, end) = match joined {
            Some(two) => {
                let (from, _, _) = one.value.bounds(anchor);
                let (_, to, _) = two.value.bounds(anchor);
                // "between March and May 2024": the first has the second's year.
                let from = match (from, to) {
                    (Some(a), Some(b)) if a.date() > b.date() => {
                        let mut context = phrase_context(reading, None, Some(false));
                        let year = Value::Year(b.date().year());
                        context.reference = Some(&year);
                        phrase::read(&pieces, one.pieces.start, context).and_then(|(_, v)| v.bounds(anchor).0)
                    }
                    _ => from,
                };
                (from, to, two.pieces.end)
            }
            None => (None, None, one.pieces.end),
        };
        let Ok(span) = Span::new(text, pieces[one.pieces.start].at.start, pieces[end - 1].at.end) else {
            at += 1;
            continue;
        };
        let (from, to, granularity) = if joined.is_some() {
            let known = from.is_some() || to.is_some();
            (from, to, if known { Granularity::Range } else { Granularity::Unknown })
        } else {
            opened(&pieces, one, anchor)
        };
        let kind = kind_of(&one.value);
        found.push(TimePhrase {
            time: Time { mention: Some(span.of(text).to_owned()), span: Some(span), from, to, granularity },
            tokens: tokens_of(sentence, span),
            duration_hours: one.value.duration_hours(),
            kind,
            value: one.value.clone(),
        });
        at += if joined.is_some() { 2 } else { 1 };
    }
    found
}

fn kind_of(value: &Value) -> PhraseKind {
    match value {
        Value::Duration(..) => PhraseKind::Duration,
        Value::Set(_) => PhraseKind::Set,
        _ => PhraseKind::Date,
    }
}

fn tokens_of(sentence: &Sentence, span: Span) -> Range<usize> {
    let inside = |t: &model::Token| t.span.overlaps(span);
    let first = sentence.tokens.iter().position(inside).unwrap_or(0);
    let last = sentence.tokens.iter().rposition(inside).map_or(first, |i| i + 1);
    first..last
}

/// Bounds after the word before the phrase: "since", "until", "from", "before", "after", "by".
fn opened(pieces: &[Piece], one: &Scanned, anchor: Option<Date>) -> (Option<When>, Option<When>, Granularity) {
    let (from, to, granularity) = one.value.bounds(anchor);
    if kind_of(&one.value) != PhraseKind::Date
        || (from.is_none() && to.is_none())
        || matches!(one.value, Value::Anchored(..))
    {
        return (from, to, granularity);
    }
    let before = one.pieces.start.checked_sub(1).map_or("", |i| pieces[i].low.as_str());
    let today = anchor.map(When::Day);
    match before {
        "since" => (from, today.filter(|t| from.is_none_or(|f| f.date() <= t.date())), Granularity::Range),
        "until" | "till" | "through" => (None, to, Granularity::Range),
        "before" => (None, from, Granularity::Range),
        "after" => (to, None, Granularity::Range),
        "by" => (None, to, granularity),
        // "effective from 6 p.m. on Wednesday"
        "from" | "starting" | "beginning" | "effective" => (from, None, granularity),
        _ => (from, to, granularity),
    }
}

/// Whether two phrases are the ends of one stretch: "between X and Y", "from X to Y", "X to Y".
fn connected(pieces: &[Piece], one: &Scanned, two: &Scanned) -> bool {
    let dates = |v: &Value| !matches!(v, Value::Duration(..) | Value::Set(_) | Value::Vague(_) | Value::Anchored(..));
    if two.pieces.start != one.pieces.end + 1 || !dates(&one.value) || !dates(&two.value) {
        return false;
    }
    let before = one.pieces.start.checked_sub(1).map_or("", |i| pieces[i].low.as_str());
    match pieces[one.pieces.end].low.as_str() {
        "and" => before == "between",
        "to" | "until" | "till" | "through" | "-" => true,
        _ => false,
    }
}

/// A phrase over pieces.
pub(crate) struct Scanned {
    pub(crate) pieces: Range<usize>,
    pub(crate) value: Value,
}

fn phrase_context<'a>(reading: &Reading, reference: Option<&'a Value>, future: Option<bool>) -> phrase::Context<'a> {
    phrase::Context {
        anchor: reading.anchor.map(When::date),
        day: reading.day,
        reference,
        future: reading.future.or(future).unwrap_or(false),
    }
}

/// Reads phrases left to right, each the longest of those that begin where it begins.
pub(crate) fn scan(pieces: &[Piece], reading: &Reading) -> Vec<Scanned> {
    let mut found: Vec<Scanned> = Vec::new();
    let mut reference = reading.narrative.clone();
    let mut at = 0;
    while at < pieces.len() {
        // A figure's or word's tail ("x1990") starts no phrase.
        let inside = at > 0
            && !pieces[at].space
            && matches!(pieces[at - 1].kind, Kind::Word | Kind::Figure)
            && pieces[at].kind != Kind::Sign;
        if inside {
            at += 1;
            continue;
        }
        // A year holds for the rest of its sentence; other times for what leans on them further on.
        if at > 0 && pieces[at - 1].low == "." && pieces[at].space && matches!(reference, Some(Value::Year(_))) {
            reference.clone_from(&reading.narrative);
        }
        let context = phrase_context(reading, reference.as_ref(), Some(future::speaks_of_future(pieces, at)));
        match phrase::read(pieces, at, context) {
            Some((end, value)) if end > at => {
                // What a figure is compared with ("from 5 million a year earlier") is not what the text speaks of.
                let compared = pieces[at..end].iter().any(|p| matches!(p.low.as_str(), "ago" | "earlier"))
                    && pieces[at..end].iter().any(|p| p.low == "year");
                if kind_of(&value) == PhraseKind::Date
                    && !compared
                    && !matches!(value, Value::Vague(_) | Value::Unplaced(_) | Value::Anchored(..))
                {
                    reference = Some(value.clone());
                }
                found.push(Scanned { pieces: at..end, value });
                at = end;
            }
            _ => at += 1,
        }
    }
    found
}

#[cfg(test)]
mod tests;
