//! Stretches of time into which happenings are put: days, ISO weeks, months, years, or stretches of so many days.

use jiff::civil::{Date, ISOWeekDate, Weekday};
use jiff::{Span, ToSpan};
use serde::Serialize;

/// How long a period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// A calendar day.
    Day,
    /// A week from Monday to Sunday (ISO 8601).
    Week,
    /// A calendar month.
    Month,
    /// A calendar year.
    Year,
    /// So many days, in a row of such stretches of which one ends on `last`.
    Stretch {
        /// Days of a stretch, at least 1.
        days: u16,
        /// The last day of one of them.
        last: Date,
    },
}

/// From one day to another, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Window {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
}

impl Window {
    /// Whether all of these days lie within.
    pub fn holds(self, (from, to): (Date, Date)) -> bool {
        self.from <= from && to <= self.to
    }

    /// Whether any of these days lies within.
    pub fn meets(self, (from, to): (Date, Date)) -> bool {
        from <= self.to && self.from <= to
    }
}

/// One period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Period {
    /// `2025-10-15`, `2025-W42`, `2025-10`, `2025`, or first and last day.
    pub label: String,
    /// First day that is looked at.
    pub from: Date,
    /// Last day that is looked at.
    pub to: Date,
    /// Whether all of it is looked at; else the window cuts it.
    pub whole: bool,
}

impl Period {
    /// First and last day.
    pub fn days(&self) -> (Date, Date) {
        (self.from, self.to)
    }
}

const EPOCH: Date = Date::constant(1970, 1, 1);

/// Days since 1970-01-01.
fn number(date: Date) -> i32 {
    date.since(EPOCH).map_or(0, |span| span.get_days())
}

fn date(number: i32) -> Date {
    EPOCH.saturating_add(Span::new().days(number))
}

impl Unit {
    /// The number of the period in which a day lies: consecutive, from any start.
    pub fn number(self, day: Date) -> i32 {
        match self {
            Unit::Day => number(day),
            // 1970-01-01 was a Thursday.
            Unit::Week => (number(day) + 3).div_euclid(7),
            Unit::Month => i32::from(day.year()) * 12 + i32::from(day.month()) - 1,
            Unit::Year => i32::from(day.year()),
            Unit::Stretch { days, last } => (number(day) - number(last) - 1).div_euclid(i32::from(days.max(1))),
        }
    }

    /// First day of a period.
    fn first(self, number: i32) -> Date {
        let year = |year: i32| i16::try_from(year).unwrap_or(i16::MAX);
        match self {
            Unit::Day => date(number),
            Unit::Week => date(number * 7 - 3),
            Unit::Month => {
                let month = i8::try_from(number.rem_euclid(12) + 1).unwrap_or(1);
                Date::new(year(number.div_euclid(12)), month, 1).unwrap_or(Date::MAX)
            }
            Unit::Year => Date::new(year(number), 1, 1).unwrap_or(Date::MAX),
            Unit::Stretch { days, last } => {
                last.saturating_add((i64::from(number) * i64::from(days.max(1)) + 1).days())
            }
        }
    }

    /// Every period that the window meets, in order.
    pub fn periods(self, window: Window) -> Vec<Period> {
        let numbers = self.number(window.from)..=self.number(window.to);
        numbers.map(|n| self.period(n, window)).collect()
    }

    fn period(self, number: i32, window: Window) -> Period {
        let (first, last) = (self.first(number), self.first(number + 1).saturating_sub(1.day()));
        let label = match self {
            Unit::Day => first.to_string(),
            Unit::Week => {
                let week = ISOWeekDate::from(first);
                debug_assert_eq!(week.weekday(), Weekday::Monday);
                format!("{:04}-W{:02}", week.year(), week.week())
            }
            Unit::Month => format!("{:04}-{:02}", first.year(), first.month()),
            Unit::Year => format!("{:04}", first.year()),
            Unit::Stretch { .. } => format!("{first}/{last}"),
        };
        let whole = window.holds((first, last));
        Period { label, from: first.max(window.from), to: last.min(window.to), whole }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(unit: Unit, from: &str, to: &str) -> String {
        let window = Window { from: from.parse().unwrap(), to: to.parse().unwrap() };
        let label = |p: Period| format!("{}{}", p.label, if p.whole { "" } else { "*" });
        unit.periods(window).into_iter().map(label).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn periods_follow_the_calendar() {
        assert_eq!(labels(Unit::Day, "2024-02-28", "2024-03-01"), "2024-02-28 2024-02-29 2024-03-01");
        // 2025 began on a Wednesday, in the first week of the ISO year.
        assert_eq!(labels(Unit::Week, "2024-12-23", "2025-01-07"), "2024-W52 2025-W01 2025-W02*");
        assert_eq!(labels(Unit::Month, "2024-11-15", "2025-01-31"), "2024-11* 2024-12 2025-01");
        assert_eq!(labels(Unit::Year, "1969-01-01", "1970-12-31"), "1969 1970");
        let unit = Unit::Stretch { days: 7, last: "2025-10-19".parse().unwrap() };
        assert_eq!(labels(unit, "2025-10-06", "2025-10-19"), "2025-10-06/2025-10-12 2025-10-13/2025-10-19");
    }

    #[test]
    fn every_day_lies_in_the_period_of_its_number() {
        let last = "2025-10-19".parse().unwrap();
        for unit in [Unit::Day, Unit::Week, Unit::Month, Unit::Year, Unit::Stretch { days: 10, last }] {
            for n in -800..800 {
                let day = date(n * 13);
                let number = unit.number(day);
                assert!(unit.first(number) <= day && day < unit.first(number + 1), "{unit:?} {day}");
            }
        }
    }
}
