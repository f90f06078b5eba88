//! Where a moment lies, and how an axis from hours to centuries is labelled: clock times with their day, ISO days,
//! "Oct 2025", years.

use jiff::SignedDuration;
use jiff::civil::{Date, DateTime, Time};

use crate::font;
use crate::font::Weight;
use crate::style::SMALL;

const DAY: f64 = 86_400.0;

/// The moments of a figure on a straight line of pixels.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TimeScale {
    /// First and last moment.
    pub from: DateTime,
    pub to: DateTime,
    /// Where these lie.
    pub range: (f64, f64),
    /// Between where labels may be written: a little more.
    pub labels: (f64, f64),
}

/// A place on an axis of time with what stands under it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TimeTick {
    pub x: f64,
    /// One line, or two where the clock time stands above its day.
    pub lines: Vec<String>,
}

/// Midnight at which a day begins.
pub(crate) fn morning(day: Date) -> DateTime {
    day.to_datetime(Time::midnight())
}

/// Midnight at which a day ends.
pub(crate) fn evening(day: Date) -> DateTime {
    morning(day.tomorrow().unwrap_or(day))
}

fn seconds(from: DateTime, to: DateTime) -> f64 {
    to.duration_since(from).as_secs_f64()
}

impl TimeScale {
    /// Where a moment lies; beyond the ends it stays at the end.
    pub fn at(&self, moment: DateTime) -> f64 {
        let span = seconds(self.from, self.to);
        let share = if span > 0.0 { (seconds(self.from, moment) / span).clamp(0.0, 1.0) } else { 0.0 };
        self.range.0 + share * (self.range.1 - self.range.0)
    }

    /// The closest ticks whose labels do not touch, in the step that is natural to a calendar.
    pub fn ticks(&self) -> Vec<TimeTick> {
        let span = seconds(self.from, self.to).max(1.0);
        for &(unit, count) in STEPS {
            // Each label takes at least 30 pixels.
            if span / (unit.seconds() * f64::from(count)) > (self.range.1 - self.range.0) / 30.0 + 2.0 {
                continue;
            }
            let ticks = self.every(unit, count);
            if ticks.len() >= 2 && apart(&ticks, self.labels) {
                return ticks;
            }
            // A coarser step has no more of them.
            if ticks.len() < 2 {
                break;
            }
        }
        // Both ends, where the calendar has no two round places between them.
        let ends = [self.from, self.to].map(|end| TimeTick { x: self.at(end), lines: Unit::finest(end).label(end) });
        if ends[0].lines != ends[1].lines && apart(&ends, self.labels) { ends.to_vec() } else { ends[..1].to_vec() }
    }

    fn every(&self, unit: Unit, count: i32) -> Vec<TimeTick> {
        let mut ticks = Vec::new();
        let mut next = unit.first(self.from, count);
        while let Some(moment) = next.filter(|moment| *moment <= self.to) {
            if moment >= self.from {
                ticks.push(TimeTick { x: self.at(moment), lines: unit.label(moment) });
            }
            next = unit.after(moment, count);
        }
        ticks
    }
}

/// Whether labels that are centred on their ticks, and kept within bounds, leave room between them.
pub(crate) fn apart(ticks: &[TimeTick], bounds: (f64, f64)) -> bool {
    ticks.windows(2).all(|pair| {
        let [a, b] = [&pair[0], &pair[1]].map(|tick| (label_centre(tick, bounds), tick.wide()));
        b.0 - a.0 >= f64::midpoint(a.1, b.1) + 10.0
    })
}

/// Where the middle of a tick's label is: at the tick, or as far in as keeps it within bounds.
pub(crate) fn label_centre(tick: &TimeTick, bounds: (f64, f64)) -> f64 {
    let half = tick.wide() / 2.0;
    let (low, high) = (bounds.0 + half, bounds.1 - half);
    if low < high { tick.x.clamp(low, high) } else { f64::midpoint(bounds.0, bounds.1) }
}

impl TimeTick {
    fn wide(&self) -> f64 {
        self.lines.iter().map(|line| font::room(line, SMALL, Weight::Regular)).fold(0.0, f64::max)
    }
}

/// A unit of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

/// Steps that a reader of clocks and calendars expects, from fine to coarse.
const STEPS: &[(Unit, i32)] = &[
    (Unit::Minute, 1),
    (Unit::Minute, 5),
    (Unit::Minute, 15),
    (Unit::Minute, 30),
    (Unit::Hour, 1),
    (Unit::Hour, 3),
    (Unit::Hour, 6),
    (Unit::Hour, 12),
    (Unit::Day, 1),
    (Unit::Day, 2),
    (Unit::Week, 1),
    (Unit::Week, 2),
    (Unit::Month, 1),
    (Unit::Month, 2),
    (Unit::Month, 3),
    (Unit::Month, 6),
    (Unit::Year, 1),
    (Unit::Year, 2),
    (Unit::Year, 5),
    (Unit::Year, 10),
    (Unit::Year, 20),
    (Unit::Year, 50),
    (Unit::Year, 100),
    (Unit::Year, 500),
    (Unit::Year, 1000),
    (Unit::Year, 5000),
];

impl Unit {
    fn seconds(self) -> f64 {
        match self {
            Self::Minute => 60.0,
            Self::Hour => 3600.0,
            Self::Day => DAY,
            Self::Week => 7.0 * DAY,
            Self::Month => 30.0 * DAY,
            Self::Year => 365.0 * DAY,
        }
    }

    /// The coarsest unit that says a moment whole.
    fn finest(moment: DateTime) -> Self {
        if moment.time() == Time::midnight() { Self::Day } else { Self::Minute }
    }

    /// How a moment is written where ticks are a unit apart.
    pub fn label(self, moment: DateTime) -> Vec<String> {
        match self {
            Self::Minute | Self::Hour => {
                vec![format!("{:02}:{:02}", moment.hour(), moment.minute()), moment.date().to_string()]
            }
            Self::Day | Self::Week => vec![moment.date().to_string()],
            Self::Month => vec![month(moment.date())],
            Self::Year => vec![moment.year().to_string()],
        }
    }

    /// The last round moment that is not after `from`.
    fn first(self, from: DateTime, count: i32) -> Option<DateTime> {
        let day = from.date();
        let whole = |n: i32| n - n.rem_euclid(count);
        match self {
            Self::Minute | Self::Hour => {
                let minutes = i32::from(from.hour()) * 60 + i32::from(from.minute());
                let step = if self == Self::Minute { count } else { count * 60 };
                morning(day).checked_add(SignedDuration::from_mins(i64::from(minutes - minutes.rem_euclid(step)))).ok()
            }
            Self::Day | Self::Week => {
                // Days since a Monday, so that weeks begin on one; the same phase wherever the axis begins.
                let monday = jiff::civil::date(1970, 1, 5);
                let days = day.duration_since(monday).as_hours() / 24;
                let step = i64::from(if self == Self::Week { count * 7 } else { count });
                morning(monday).checked_add(SignedDuration::from_hours(24 * (days - days.rem_euclid(step)))).ok()
            }
            Self::Month => {
                let month = whole(i32::from(day.month()) - 1) + 1;
                Date::new(day.year(), i8::try_from(month).ok()?, 1).ok().map(morning)
            }
            Self::Year => Date::new(i16::try_from(whole(i32::from(day.year()))).ok()?, 1, 1).ok().map(morning),
        }
    }

    fn after(self, moment: DateTime, count: i32) -> Option<DateTime> {
        let hours = |n: i64| moment.checked_add(SignedDuration::from_hours(n)).ok();
        let day = moment.date();
        match self {
            Self::Minute => moment.checked_add(SignedDuration::from_mins(i64::from(count))).ok(),
            Self::Hour => hours(i64::from(count)),
            Self::Day => hours(24 * i64::from(count)),
            Self::Week => hours(24 * 7 * i64::from(count)),
            Self::Month => {
                let months = i32::from(day.month()) - 1 + count;
                let year = i16::try_from(i32::from(day.year()) + months / 12).ok()?;
                Date::new(year, i8::try_from(months % 12 + 1).ok()?, 1).ok().map(morning)
            }
            Self::Year => Date::new(i16::try_from(i32::from(day.year()) + count).ok()?, 1, 1).ok().map(morning),
        }
    }
}

/// "Oct 2025".
pub(crate) fn month(day: Date) -> String {
    const NAMES: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let name = usize::try_from(day.month() - 1).ok().and_then(|m| NAMES.get(m)).unwrap_or(&"");
    format!("{name} {}", day.year())
}

/// A moment in words: the day, with the clock time where there is one.
pub(crate) fn moment(at: DateTime) -> String {
    if at.time() == Time::midnight() {
        at.date().to_string()
    } else {
        format!("{} {:02}:{:02}", at.date(), at.hour(), at.minute())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn scale(from: DateTime, to: DateTime, width: f64) -> TimeScale {
        TimeScale { from, to, range: (0.0, width), labels: (0.0, width) }
    }

    fn labels(from: DateTime, to: DateTime, width: f64) -> Vec<String> {
        scale(from, to, width).ticks().into_iter().map(|t| t.lines.join(" ")).collect()
    }

    #[test]
    fn an_axis_speaks_in_the_unit_of_its_length() {
        let at = |y, m, d, h| date(y, m, d).at(h, 0, 0, 0);
        assert_eq!(
            labels(at(2025, 10, 15, 18), at(2025, 10, 17, 18), 400.0),
            ["00:00 2025-10-16", "12:00 2025-10-16", "00:00 2025-10-17", "12:00 2025-10-17"]
        );
        assert_eq!(labels(at(2025, 10, 1, 0), at(2025, 11, 1, 0), 400.0).last().expect("ticks"), "2025-10-27");
        assert_eq!(labels(at(2024, 11, 1, 0), at(2025, 11, 1, 0), 400.0)[1], "Apr 2025");
        assert_eq!(
            labels(at(1989, 1, 1, 0), at(2015, 1, 1, 0), 400.0),
            ["1990", "1995", "2000", "2005", "2010", "2015"]
        );
        assert_eq!(labels(at(2025, 10, 15, 0), at(2025, 10, 15, 0), 400.0), ["2025-10-15"]);
    }

    proptest! {
        #[test]
        fn no_two_labels_touch_or_read_alike(day in -700_000_i64..700_000, hours in 1_i64..4_000_000, width in 120.0_f64..2000.0) {
            let from = morning(date(1970, 1, 1)).checked_add(SignedDuration::from_hours(24 * day)).expect("in range");
            let to = from.checked_add(SignedDuration::from_hours(hours)).expect("in range");
            let ticks = scale(from, to, width).ticks();
            prop_assert!(!ticks.is_empty());
            prop_assert!(apart(&ticks, (0.0, width)));
            prop_assert!(ticks.windows(2).all(|pair| pair[0].lines != pair[1].lines && pair[0].x < pair[1].x));
        }
    }
}
