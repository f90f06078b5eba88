//! Moments and stretches of time, as exact as the text makes them.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;
use serde::{Deserialize, Serialize};

use crate::span::Span;

/// A calendar day, or a moment where the hour is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum When {
    /// A day.
    Day(Date),
    /// A clock time; the offset from UTC where it is known.
    At(DateTime, Option<Offset>),
}

impl When {
    /// The calendar day, in the offset that it was written in.
    pub fn date(self) -> Date {
        match self {
            When::Day(date) => date,
            When::At(moment, _) => moment.date(),
        }
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            When::Day(date) => write!(f, "{date}"),
            When::At(moment, offset) => {
                write!(f, "{}", moment.strftime("%Y-%m-%dT%H:%M:%S"))?;
                match offset {
                    None => Ok(()),
                    Some(offset) if offset.seconds() == 0 => f.write_str("Z"),
                    Some(offset) => {
                        let minutes = offset.seconds() / 60;
                        let sign = if minutes < 0 { '-' } else { '+' };
                        write!(f, "{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
                    }
                }
            }
        }
    }
}

/// A text that is neither a plain date nor RFC 3339.
#[derive(Debug, Clone, thiserror::Error)]
#[error("`{0}` is no date; write 2025-10-19 or 2025-10-19T18:00:00Z")]
pub struct WhenError(String);

impl FromStr for When {
    type Err = WhenError;

    fn from_str(text: &str) -> Result<Self, WhenError> {
        let fail = || WhenError(text.to_owned());
        let text = text.trim();
        if text.len() == 10 {
            return text.parse::<Date>().map(When::Day).map_err(|_| fail());
        }
        if !text.is_ascii() || text.len() < 16 {
            return Err(fail());
        }
        let moment: DateTime = {
            // The clock ends where an offset begins: a Z, or a sign after the time's T.
            let end = text[10..].find(['Z', 'z', '+', '-']).map_or(text.len(), |i| i + 10);
            text[..end].trim_end().replacen(' ', "T", 1).parse().map_err(|_| fail())?
        };
        let rest = text[10..].find(['Z', 'z', '+', '-']).map_or("", |i| &text[i + 10..]);
        let offset = match rest {
            "" => None,
            "Z" | "z" => Some(Offset::UTC),
            signed => {
                let digits: String = signed[1..].chars().filter(char::is_ascii_digit).collect();
                if digits.len() != 4 {
                    return Err(fail());
                }
                let hours: i32 = digits[..2].parse().map_err(|_| fail())?;
                let minutes: i32 = digits[2..].parse().map_err(|_| fail())?;
                let sign = if signed.starts_with('-') { -1 } else { 1 };
                Some(Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).map_err(|_| fail())?)
            }
        };
        Ok(When::At(moment, offset))
    }
}

impl Serialize for When {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for When {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// How fine a time is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Granularity {
    /// To the minute.
    Minute,
    /// To the hour or part of a day.
    Hour,
    /// A day.
    Day,
    /// A week.
    Week,
    /// A month.
    Month,
    /// A season or quarter.
    Season,
    /// A year.
    Year,
    /// A stretch with its own ends.
    Range,
    /// Said, but not to be placed.
    Unknown,
}

impl Granularity {
    /// The word as it is printed.
    pub fn as_str(self) -> &'static str {
        match self {
            Granularity::Minute => "minute",
            Granularity::Hour => "hour",
            Granularity::Day => "day",
            Granularity::Week => "week",
            Granularity::Month => "month",
            Granularity::Season => "season",
            Granularity::Year => "year",
            Granularity::Range => "range",
            Granularity::Unknown => "unknown",
        }
    }
}

/// When something happened, as the text has it. `from` and `to` are inclusive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Time {
    /// The words, where there are any.
    pub mention: Option<String>,
    /// Where the words stand.
    pub span: Option<Span>,
    /// First day or moment.
    pub from: Option<When>,
    /// Last day or moment.
    pub to: Option<When>,
    /// How fine it is.
    pub granularity: Granularity,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_moments_print_as_they_were_read() {
        for text in [
            "2025-10-19",
            "2025-10-15T18:00:00Z",
            "2025-10-15T18:00:00+05:00",
            "2025-10-15T18:00:00-03:30",
            "2025-10-15T18:00:00",
        ] {
            assert_eq!(text.parse::<When>().unwrap().to_string(), text);
        }
        assert_eq!("2025-10-15T18:00:00.123+0500".parse::<When>().unwrap().to_string(), "2025-10-15T18:00:00+05:00");
        for text in ["", "2025-13-01", "yesterday", "15/10/2025", "2025-10-15T18"] {
            assert!(text.parse::<When>().is_err(), "{text}");
        }
    }
}
