//! What a time phrase means: its days and moments, and the same as a TIMEX3 value.

use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::Offset;
use jiff::{Span as Stretch, ToSpan};
use model::{Granularity, When};

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the units are what they say")]
pub enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Night,
    Week,
    Weekend,
    Fortnight,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
    Millennium,
}

impl Unit {
    /// The unit of this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "second" => Self::Second,
            "minute" => Self::Minute,
            "hour" => Self::Hour,
            "day" => Self::Day,
            "night" => Self::Night,
            "week" => Self::Week,
            "weekend" => Self::Weekend,
            "fortnight" => Self::Fortnight,
            "month" => Self::Month,
            "quarter" => Self::Quarter,
            "year" => Self::Year,
            "decade" => Self::Decade,
            "century" => Self::Century,
            "millennium" => Self::Millennium,
            _ => return None,
        })
    }

    /// Mean length in hours.
    pub(crate) fn hours(self) -> f64 {
        match self {
            Self::Second => 1.0 / 3600.0,
            Self::Minute => 1.0 / 60.0,
            Self::Hour => 1.0,
            Self::Day => 24.0,
            Self::Night => 12.0,
            Self::Week => 168.0,
            Self::Weekend => 48.0,
            Self::Fortnight => 336.0,
            Self::Month => 730.5,
            Self::Quarter => 2191.5,
            Self::Year => 8766.0,
            Self::Decade => 87_660.0,
            Self::Century => 876_600.0,
            Self::Millennium => 8_766_000.0,
        }
    }

    /// TIMEX3's letter.
    fn letter(self) -> &'static str {
        match self {
            Self::Second => "TS",
            Self::Minute => "TM",
            Self::Hour => "TH",
            Self::Day => "D",
            Self::Night => "TNI",
            Self::Week | Self::Fortnight => "W",
            Self::Weekend => "WE",
            Self::Month => "M",
            Self::Quarter => "Q",
            Self::Year => "Y",
            Self::Decade => "DE",
            Self::Century => "CE",
            Self::Millennium => "ML",
        }
    }
}

/// A part of a day, by the conventions that [`Value::bounds`] states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// 05:00 to 11:59.
    Morning,
    /// 12:00 to 12:59.
    Midday,
    /// 12:00 to 17:59.
    Afternoon,
    /// 17:00 to 22:59.
    Evening,
    /// 18:00 to 23:59: what is told of "last night" counts for the evening's date.
    Night,
    /// 18:00 to 05:59 on the day after.
    Overnight,
}

impl Part {
    /// TIMEX3's two letters.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Morning => "MO",
            Self::Midday => "MI",
            Self::Afternoon => "AF",
            Self::Evening => "EV",
            Self::Night | Self::Overnight => "NI",
        }
    }

    pub(crate) fn from_code(code: &str) -> Option<Self> {
        [Self::Morning, Self::Midday, Self::Afternoon, Self::Evening, Self::Night]
            .into_iter()
            .find(|p| p.code() == code)
    }
}

/// A season of the northern half of the world: spring is March to May, winter December to February.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the seasons are what they say")]
pub enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

impl Season {
    pub(crate) fn from_code(code: &str) -> Option<Self> {
        Some(match code {
            "SP" => Self::Spring,
            "SU" => Self::Summer,
            "FA" => Self::Autumn,
            "WI" => Self::Winter,
            _ => return None,
        })
    }

    fn code(self) -> &'static str {
        match self {
            Self::Spring => "SP",
            Self::Summer => "SU",
            Self::Autumn => "FA",
            Self::Winter => "WI",
        }
    }

    /// First month.
    pub(crate) fn first_month(self) -> i8 {
        match self {
            Self::Spring => 3,
            Self::Summer => 6,
            Self::Autumn => 9,
            Self::Winter => 12,
        }
    }
}

/// A stretch's side of now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Up to now ("the past five days").
    Past,
    /// From now on ("the next two weeks").
    Future,
}

/// What a phrase means.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the variants' fields are what they say")]
pub enum Value {
    Day(Date),
    DayPart(Date, Part),
    /// A clock time; whether minutes were given; the offset from UTC where the text gives it.
    Clock {
        day: Option<Date>,
        hour: i8,
        minute: i8,
        exact: bool,
        offset: Option<Offset>,
    },
    /// A week by its Monday.
    Week(Date),
    /// A weekend by its Saturday.
    Weekend(Date),
    Month(i16, i8),
    Season(i16, Season),
    Quarter(i16, i8),
    Half(i16, i8),
    Year(i16),
    /// Its bounds depend on whose fiscal year it is.
    FiscalYear(i16),
    /// A decade by its first year.
    Decade(i16),
    /// A century by its first year.
    Century(i16),
    /// Days with both ends given.
    Days(Date, Date),
    /// A vague reference ("recently"), as TIMEX3 writes it.
    Vague(&'static str),
    /// A length of time; no number where it is vague ("several years").
    Duration(Option<f64>, Unit),
    /// A length of time next to now.
    Anchored(Option<f64>, Unit, Side),
    /// A repeated time, as TIMEX3 writes it.
    Set(String),
    /// A time that the text names but that cannot be placed; TIMEX3's value as far as it goes.
    Unplaced(String),
}

/// The Monday of the week of `day`.
pub(crate) fn monday(day: Date) -> Date {
    day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).unwrap_or(day)
}

/// `day` moved by a number of units; `None` past the calendar's ends.
pub(crate) fn moved(day: Date, count: i64, unit: Unit) -> Option<Date> {
    let span = |s: Result<Stretch, jiff::Error>| s.ok();
    let step = match unit {
        Unit::Second | Unit::Minute | Unit::Hour => return Some(day),
        Unit::Day | Unit::Night => span(Stretch::new().try_days(count)),
        Unit::Week | Unit::Weekend => span(Stretch::new().try_weeks(count)),
        Unit::Fortnight => span(Stretch::new().try_weeks(count.checked_mul(2)?)),
        Unit::Month => span(Stretch::new().try_months(count)),
        Unit::Quarter => span(Stretch::new().try_months(count.checked_mul(3)?)),
        Unit::Year => span(Stretch::new().try_years(count)),
        Unit::Decade => span(Stretch::new().try_years(count.checked_mul(10)?)),
        Unit::Century => span(Stretch::new().try_years(count.checked_mul(100)?)),
        Unit::Millennium => span(Stretch::new().try_years(count.checked_mul(1000)?)),
    }?;
    day.checked_add(step).ok()
}

/// The period of this unit in which `day` lies.
pub(crate) fn period(day: Date, unit: Unit) -> Value {
    match unit {
        Unit::Week | Unit::Fortnight => Value::Week(monday(day)),
        Unit::Weekend => Value::Weekend(moved(monday(day), 5, Unit::Day).unwrap_or(day)),
        Unit::Month => Value::Month(day.year(), day.month()),
        Unit::Quarter => Value::Quarter(day.year(), (day.month() - 1) / 3 + 1),
        Unit::Year => Value::Year(day.year()),
        Unit::Decade => Value::Decade(day.year() / 10 * 10),
        Unit::Century | Unit::Millennium => Value::Century(day.year() / 100 * 100),
        Unit::Night => Value::DayPart(day, Part::Night),
        _ => Value::Day(day),
    }
}

fn checked(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok()
}

fn month_end(year: i16, month: i8) -> Option<Date> {
    checked(year, month, 1).map(Date::last_of_month)
}

fn amount(count: Option<f64>, unit: Unit) -> String {
    let count = if unit == Unit::Fortnight { count.map(|n| n * 2.0) } else { count };
    let number = count.map_or_else(|| "X".to_owned(), |n| n.to_string());
    if let (Some(n), Unit::Hour) = (count, unit)
        && n > 1.0
        && (n.fract() - 0.5).abs() < 1e-9
    {
        return format!("PT{}H30M", n.trunc());
    }
    if let (Some(n), Unit::Year) = (count, unit)
        && n > 1.0
        && (n.fract() - 0.5).abs() < 1e-9
    {
        return format!("P{}Y6M", n.trunc());
    }
    if let (Some(n), Unit::Decade) = (count, unit) {
        return format!("P{}Y", n * 10.0);
    }
    let letter = unit.letter();
    match letter.strip_prefix('T') {
        Some(letter) => format!("PT{number}{letter}"),
        None => format!("P{number}{letter}"),
    }
}

impl Value {
    /// The TIMEX3 value attribute.
    pub fn timex(&self) -> String {
        match self {
            Self::Day(day) => day.to_string(),
            Self::DayPart(day, part) => format!("{day}T{}", part.code()),
            Self::Clock { day, hour, minute, .. } => {
                let day = day.map_or_else(|| "XXXX-XX-XX".to_owned(), |d| d.to_string());
                format!("{day}T{hour:02}:{minute:02}")
            }
            Self::Week(day) => {
                let week = day.iso_week_date();
                format!("{:04}-W{:02}", week.year(), week.week())
            }
            Self::Weekend(day) => {
                let week = day.iso_week_date();
                format!("{:04}-W{:02}-WE", week.year(), week.week())
            }
            Self::Month(year, month) => format!("{year:04}-{month:02}"),
            Self::Season(year, season) => format!("{year:04}-{}", season.code()),
            Self::Quarter(year, quarter) => format!("{year:04}-Q{quarter}"),
            Self::Half(year, half) => format!("{year:04}-H{half}"),
            Self::Year(year) | Self::FiscalYear(year) => format!("{year:04}"),
            Self::Decade(year) => format!("{:03}", year / 10),
            Self::Century(year) => format!("{:02}", year / 100),
            Self::Days(from, to) => format!("{from}/{to}"),
            Self::Vague(text) => (*text).to_owned(),
            Self::Anchored(None, Unit::Year, Side::Past) => "PAST_REF".to_owned(),
            Self::Duration(count, unit) | Self::Anchored(count, unit, _) => amount(*count, *unit),
            Self::Set(text) | Self::Unplaced(text) => text.clone(),
        }
    }

    /// How long it lasts, where it is a length of time.
    pub fn duration_hours(&self) -> Option<f64> {
        match self {
            Self::Duration(count, unit) | Self::Anchored(count, unit, _) => count.map(|n| n * unit.hours()),
            _ => None,
        }
    }

    /// First and last day or moment, and how fine that is. `anchor` is the day of writing.
    pub fn bounds(&self, anchor: Option<Date>) -> (Option<When>, Option<When>, Granularity) {
        use Granularity as G;
        let days = |from: Option<Date>, to: Option<Date>, g| match (from, to) {
            (Some(from), Some(to)) => (Some(When::Day(from)), Some(When::Day(to)), g),
            _ => (None, None, G::Unknown),
        };
        let months = |year: i16, first: i8, count: i8, g| {
            let last = first + count - 1;
            let (last_year, last) = if last > 12 { (year.saturating_add(1), last - 12) } else { (year, last) };
            days(checked(year, first, 1), month_end(last_year, last), g)
        };
        let years = |from: i16, to: i16, g| days(checked(from, 1, 1), checked(to, 12, 31), g);
        match *self {
            Self::Day(day) => days(Some(day), Some(day), G::Day),
            Self::DayPart(day, part) => {
                let (from, to, over) = match part {
                    Part::Morning => (5, 11, 0),
                    Part::Midday => (12, 12, 0),
                    Part::Afternoon => (12, 17, 0),
                    Part::Evening => (17, 22, 0),
                    Part::Night => (18, 23, 0),
                    Part::Overnight => (18, 5, 1),
                };
                let end = moved(day, over, Unit::Day).unwrap_or(day);
                let at = |d: Date, h, m| Some(When::At(d.at(h, m, 0, 0), None));
                (at(day, from, 0), at(end, to, 59), G::Hour)
            }
            Self::Clock { day: Some(day), hour, minute, exact, offset } => {
                let (day, hour) = if hour == 24 { (moved(day, 1, Unit::Day).unwrap_or(day), 0) } else { (day, hour) };
                let Ok(moment) = DateTime::new(day.year(), day.month(), day.day(), hour, minute, 0, 0) else {
                    return (None, None, G::Unknown);
                };
                let at = Some(When::At(moment, offset));
                (at, at, if exact { G::Minute } else { G::Hour })
            }
            Self::Week(day) => days(Some(day), moved(day, 6, Unit::Day), G::Week),
            Self::Weekend(day) => days(Some(day), moved(day, 1, Unit::Day), G::Range),
            Self::Month(year, month) => months(year, month, 1, G::Month),
            Self::Season(year, season) => months(year, season.first_month(), 3, G::Season),
            Self::Quarter(year, quarter) => months(year, quarter * 3 - 2, 3, G::Season),
            Self::Half(year, half) => months(year, half * 6 - 5, 6, G::Range),
            Self::Year(year) => years(year, year, G::Year),
            Self::FiscalYear(_) => (None, None, G::Year),
            Self::Decade(year) => years(year, year.saturating_add(9), G::Range),
            Self::Century(year) => years(year, year.saturating_add(99), G::Range),
            Self::Days(from, to) => days(Some(from), Some(to), G::Range),
            Self::Anchored(Some(count), unit, side) => {
                let Some(anchor) = anchor else { return (None, None, G::Unknown) };
                #[expect(clippy::cast_possible_truncation, reason = "rounded and bounded")]
                let count = count.ceil().clamp(0.0, 10_000.0) as i64;
                match side {
                    Side::Past => days(moved(anchor, -count, unit), Some(anchor), G::Range),
                    Side::Future => days(Some(anchor), moved(anchor, count, unit), G::Range),
                }
            }
            Self::Vague("PRESENT_REF") => days(anchor, anchor, G::Unknown),
            Self::Clock { day: None, .. }
            | Self::Anchored(None, ..)
            | Self::Vague(_)
            | Self::Duration(..)
            | Self::Set(_)
            | Self::Unplaced(_) => (None, None, G::Unknown),
        }
    }
}

/// The day of the week by ISO number (Monday is 1).
pub(crate) fn weekday(number: i8) -> Option<Weekday> {
    Weekday::from_monday_one_offset(number).ok()
}
