//! Moments and days as storage counts them. Clocks are passed in, so that nothing here asks for the time.

use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;
use jiff::{Timestamp, Unit};
use model::When;
use serde::{Deserialize, Serialize};

/// Microseconds since 1970 in UTC: when something entered the lake.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Moment(i64);

impl Moment {
    /// The moment of a clock.
    pub fn at(clock: Timestamp) -> Self {
        Self(clock.as_microsecond())
    }

    /// So many microseconds after the beginning of 1970.
    pub(crate) fn of_microseconds(microseconds: i64) -> Self {
        Self(microseconds)
    }

    /// The moment of a time whose hour is known, in UTC where it names no offset; `None` for a mere day.
    pub fn of_hour(when: When) -> Option<Self> {
        matches!(when, When::At(..)).then(|| Self::last_of(when))
    }

    /// The last moment of what a date or time names: the whole of a day counts.
    pub fn last_of(when: When) -> Self {
        let end = match when {
            When::Day(day) => day.to_datetime(jiff::civil::Time::MAX),
            When::At(moment, _) => moment,
        };
        let offset = match when {
            When::At(_, Some(offset)) => offset,
            _ => Offset::UTC,
        };
        Self(offset.to_timestamp(end).map_or(i64::MAX, Timestamp::as_microsecond))
    }

    /// Microseconds since 1970.
    pub fn microseconds(self) -> i64 {
        self.0
    }

    /// As records print it, to the second.
    pub fn when(self) -> When {
        let utc: DateTime = Timestamp::from_microsecond(self.0).map_or(DateTime::ZERO, |t| Offset::UTC.to_datetime(t));
        When::At(utc.round(Unit::Second).unwrap_or(utc), Some(Offset::UTC))
    }

    /// The moment this many seconds later.
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1_000_000)))
    }
}

/// Days since 1970-01-01, as Arrow's `Date32` counts them.
pub fn days(date: Date) -> i32 {
    let epoch = jiff::civil::date(1970, 1, 1);
    date.since((Unit::Day, epoch)).map_or(0, |span| span.get_days())
}

/// The day that is so many days after 1970-01-01.
pub fn date_of(days: i32) -> Date {
    jiff::civil::date(1970, 1, 1).saturating_add(jiff::Span::new().days(days))
}
