//! In which order incidents are shown: what is recent, what is grave, what is disputed.

use std::cmp::Reverse;

use jiff::civil::Date;
use model::IncidentId;

use crate::Brief;

/// An order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The last day first.
    #[default]
    Recent,
    /// The most dead first, then by what kind of deed it is.
    Gravity,
    /// What somebody involved denies first, then by how far the tolls lie apart.
    Dispute,
}

/// Where an incident stands in an order, the greatest first: by the order's own measures, then the later, then by id. It hangs
/// on the incident alone, so that a place stays one while others come in.
pub type Place = (u64, u64, i32, Reverse<IncidentId>);

impl Order {
    /// The orders by their words.
    pub const WORDS: [(&'static str, Self); 3] =
        [("recent", Self::Recent), ("gravity", Self::Gravity), ("dispute", Self::Dispute)];

    /// Its word.
    pub fn as_str(self) -> &'static str {
        Self::WORDS.into_iter().find(|(_, order)| *order == self).map_or("recent", |(word, _)| word)
    }

    /// Where an incident stands in it.
    pub fn place(self, brief: &Brief) -> Place {
        let day = brief.day().map_or(i32::MIN, ordinal);
        let (first, second) = match self {
            Self::Recent => (0, 0),
            Self::Gravity => (brief.gravity().0, brief.gravity().1.into()),
            Self::Dispute => (brief.dispute().0.into(), brief.dispute().1),
        };
        (first, second, day, Reverse(brief.id.clone()))
    }
}

/// A day as a number in the order of days.
fn ordinal(day: Date) -> i32 {
    i32::from(day.year()) * 400 + i32::from(day.day_of_year())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_keep_their_order_as_numbers() {
        let day = |text: &str| text.parse::<Date>().map(ordinal).ok();
        assert!(day("2024-12-31") < day("2025-01-01") && day("-0001-01-01") < day("0001-01-01"));
    }
}
