//! A month of the calendar.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A month, as "2018-01" in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Month(i32);

impl Month {
    /// Month 1 to 12 of a year; `None` for any other.
    pub fn new(year: i32, month: u32) -> Option<Self> {
        ((1..=12).contains(&month) && (0..=9999).contains(&year))
            .then(|| Self(year * 12 + i32::try_from(month).unwrap_or(1) - 1))
    }

    /// By the number that VIEWS gives it, 1 being January 1980.
    pub fn from_views(id: i32) -> Self {
        Self(1980 * 12 + id - 1)
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.0.div_euclid(12)
    }

    /// The month of the year, from 1.
    pub fn month(self) -> i32 {
        self.0.rem_euclid(12) + 1
    }

    /// The first and the last day.
    pub fn days(self) -> (Date, Date) {
        let (year, month) = (i16::try_from(self.year()).unwrap_or(i16::MAX), i8::try_from(self.month()).unwrap_or(1));
        let first = Date::new(year, month, 1).unwrap_or(Date::MAX);
        (first, first.last_of_month())
    }

    /// So many months later, or earlier.
    #[must_use]
    pub fn plus(self, months: i32) -> Self {
        Self(self.0 + months)
    }

    /// How many months later it is than another.
    pub fn since(self, other: Self) -> i32 {
        self.0 - other.0
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.month())
    }
}

impl From<Month> for String {
    fn from(month: Month) -> Self {
        month.to_string()
    }
}

impl TryFrom<String> for Month {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.split_once('-')
            .and_then(|(year, month)| Self::new(year.parse().ok()?, month.parse().ok()?))
            .ok_or_else(|| format!("{text:?} is no month; write 2018-01"))
    }
}
