//! The longest time phrase at a piece: the readers of each kind, tried together.
//!
//! Each reader takes the longest phrase of its kind that begins at the cursor, or nothing.

use jiff::civil::Date;

use super::calendar::{day_of_month, iso, named_day, slashed, weekday_phrase};
use super::clock::clock;
use super::holiday::holiday;
use super::period::{quarter, reference, repeated, season_phrase, year_phrase};
use super::relative::{ago, length, relative_period};
use super::value::Value;
use crate::numbers::lex::{Cursor, Piece};

/// What is known where a phrase is read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context<'a> {
    /// The day of writing.
    pub anchor: Option<Date>,
    /// The day that an earlier sentence told.
    pub day: Option<Date>,
    /// The last time that the text spoke of.
    pub reference: Option<&'a Value>,
    /// Whether the clause speaks of what is to come.
    pub future: bool,
}

/// A phrase that was read: one past its last piece, and its meaning.
pub(super) type Read = Option<(usize, Value)>;

/// The longest phrase that begins at piece `at`.
pub(super) fn read(pieces: &[Piece], at: usize, context: Context) -> Read {
    let c = Cursor::new(pieces, at);
    let readers: [fn(Cursor, Context) -> Read; 15] = [
        iso,
        slashed,
        clock,
        day_of_month,
        weekday_phrase,
        named_day,
        relative_period,
        ago,
        length,
        year_phrase,
        quarter,
        season_phrase,
        holiday,
        repeated,
        reference,
    ];
    let mut best: Read = None;
    for reader in readers {
        if let Some((end, value)) = reader(c, context)
            && end > at
            && best.as_ref().is_none_or(|(e, _)| end > *e)
        {
            best = Some((end, value));
        }
    }
    best
}

/// A day that exists.
pub(super) fn day(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok()
}

/// A whole number of one or two figures between two bounds.
pub(super) fn small(c: &mut Cursor, low: u32, high: u32) -> Option<i8> {
    let start = c.at;
    let value = c.figure(|f| f.len() <= 2 && !f.contains(['.', ','])).filter(|n| (low..=high).contains(n));
    if value.is_none() {
        c.at = start;
    }
    value.and_then(|v| i8::try_from(v).ok())
}
