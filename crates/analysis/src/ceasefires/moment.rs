//! Moments as exact as the text has them, on one line of seconds.
//!
//! A [`Moment`] keeps what was said (a day, a clock time, a stretch); [`Moment::span`] lays it on the line of UTC. Days,
//! and clock times without a zone, are read in a zone that is passed in: the ceasefire's own, as its claims give it.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;
use jiff::{SignedDuration, ToSpan};
use model::When;
use model::record::TimeRecord;
use serde::Serialize;

/// When something was, as the text has it: both ends inclusive, and the same where it is one day or one clock time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Moment {
    /// The first that it can have been.
    pub from: When,
    /// The last.
    pub to: When,
}

/// A stretch on the line, in seconds of UTC since 1970. A clock time has no length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Seconds {
    pub from: i64,
    pub to: i64,
}

pub(super) const HOUR: i64 = 3600;
pub(super) const DAY: i64 = 24 * HOUR;

impl Moment {
    /// One day, or one clock time.
    pub fn at(when: When) -> Self {
        Self { from: when, to: when }
    }

    /// The time of a claim; `None` where it cannot be placed. An open end is the other end.
    pub(super) fn of(time: &TimeRecord) -> Option<Self> {
        Some(Self { from: time.from.or(time.to)?, to: time.to.or(time.from)? })
    }

    /// The day of writing and the day before: what a report tells as news without a date.
    pub(super) fn news(published: When) -> Self {
        let day = published.date();
        Self { from: When::Day(day.saturating_sub(1.day())), to: When::Day(day) }
    }

    /// Where it lies on the line.
    pub(super) fn span(self, zone: Offset) -> Seconds {
        Seconds { from: start(self.from, zone), to: end(self.to, zone).max(start(self.from, zone)) }
    }

    /// So many hours later. A day stays a day: that on which its noon has moved.
    pub(super) fn later(self, hours: f64) -> Self {
        Self { from: later(self.from, hours), to: later(self.to, hours) }
    }

    /// Whether it is known to the minute.
    pub(super) fn is_exact(self) -> bool {
        matches!(self.from, When::At(..)) && self.from == self.to
    }

    /// How exactly it is known, smaller being better: a clock time with its zone, one without, then by length.
    pub(super) fn width(self) -> (i64, bool) {
        let span = self.span(Offset::UTC);
        (span.to - span.from, !matches!(self.from, When::At(_, Some(_))))
    }

    /// In words.
    pub fn words(self) -> String {
        if self.from == self.to { self.from.to_string() } else { format!("between {} and {}", self.from, self.to) }
    }
}

impl Seconds {
    pub fn overlaps(self, other: Self) -> bool {
        self.from < other.to.max(other.from + 1) && other.from < self.to.max(self.from + 1)
    }
}

/// Its first second.
pub(super) fn start(when: When, zone: Offset) -> i64 {
    match when {
        When::Day(day) => on_line(day.to_datetime(Time::midnight()), zone),
        When::At(moment, offset) => on_line(moment, offset.unwrap_or(zone)),
    }
}

/// The second after it: a day's end is the next midnight, a clock time's is itself.
pub(super) fn end(when: When, zone: Offset) -> i64 {
    match when {
        When::Day(_) => start(when, zone) + DAY,
        When::At(..) => start(when, zone),
    }
}

/// A second of the line as a clock time of a zone.
pub(super) fn clock(second: i64, zone: Offset) -> When {
    let moment = jiff::Timestamp::from_second(second).map_or(DateTime::MAX, |t| zone.to_datetime(t));
    When::At(moment, Some(zone))
}

/// The day of a second in a zone.
pub(super) fn day(second: i64, zone: Offset) -> Date {
    clock(second, zone).date()
}

/// Hours as whole seconds.
#[expect(clippy::cast_possible_truncation, reason = "a length of time in seconds fits")]
pub(super) fn seconds(hours: f64) -> i64 {
    (hours * 3600.0).round() as i64
}

/// Days from one date to another.
pub(super) fn days_between(from: Date, to: Date) -> i64 {
    i64::from((to - from).get_days())
}

fn on_line(moment: DateTime, zone: Offset) -> i64 {
    zone.to_timestamp(moment).map_or(i64::MAX / 4, jiff::Timestamp::as_second)
}

fn later(when: When, hours: f64) -> When {
    let by = SignedDuration::from_secs(seconds(hours));
    match when {
        When::Day(day) => When::Day(day.at(12, 0, 0, 0).saturating_add(by).date()),
        When::At(moment, offset) => When::At(moment.saturating_add(by), offset),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(text: &str) -> Moment {
        Moment::at(text.parse().unwrap())
    }

    #[test]
    fn hours_move_clock_times_and_days_move_days() {
        for (from, hours, to) in [
            ("2025-10-15T18:00:00+05:00", 48.0, "2025-10-17T18:00:00+05:00"),
            ("2025-10-15T18:00:00", 30.0, "2025-10-17T00:00:00"),
            ("2025-10-15", 48.0, "2025-10-17"),
            ("2025-10-15", 30.0, "2025-10-16"),
        ] {
            assert_eq!(moment(from).later(hours), moment(to), "{from} + {hours} h");
        }
    }

    #[test]
    fn a_day_is_long_and_a_clock_time_is_not() {
        let zone = Offset::constant(5);
        let day = moment("2025-10-17").span(zone);
        let six = moment("2025-10-17T18:00:00").span(zone);
        assert_eq!((day.to - day.from, six.to - six.from), (DAY, 0));
        assert_eq!(six, moment("2025-10-17T13:00:00Z").span(zone));
        assert!(day.overlaps(six) && !six.overlaps(moment("2025-10-18").span(zone)));
        assert!(moment("2025-10-17T13:00:00Z").width() < moment("2025-10-17T18:00:00").width());
    }
}
