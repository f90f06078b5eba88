//! A value with what is known of it: its bounds, what stands behind it, and whether it is known at all.

use crate::frame::Behind;
use crate::number;
use crate::scale::Kind;

/// A value with what is known of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    /// The value; `None` (or not finite) where it is not known.
    pub value: Option<f64>,
    /// The lowest that it may be.
    pub low: Option<f64>,
    /// The highest that it may be.
    pub high: Option<f64>,
    /// More words for the tooltip.
    pub note: Option<String>,
    /// What stands behind it.
    pub behind: Behind,
}

impl Cell {
    /// A value that is known.
    pub fn of(value: f64) -> Self {
        Self { value: Some(value), ..Self::default() }
    }

    /// A value that is not known.
    pub fn unknown() -> Self {
        Self::default()
    }

    /// A value with its lowest and highest.
    pub fn between(value: f64, low: f64, high: f64) -> Self {
        Self { value: Some(value), low: Some(low), high: Some(high), ..Self::default() }
    }

    /// The same, with what stands behind it.
    #[must_use]
    pub fn behind(self, behind: Behind) -> Self {
        Self { behind, ..self }
    }

    /// The value, if it is known and finite.
    pub(crate) fn known(&self) -> Option<f64> {
        self.value.filter(|value| value.is_finite())
    }

    /// Low and high, if the value is known and at least one of them is; the value stands in for the other.
    pub(crate) fn bounds(&self) -> Option<(f64, f64)> {
        let value = self.known()?;
        let (low, high) = (self.low.filter(|v| v.is_finite()), self.high.filter(|v| v.is_finite()));
        (low.is_some() || high.is_some()).then(|| (low.unwrap_or(value).min(value), high.unwrap_or(value).max(value)))
    }

    /// The value in words, with its bounds.
    pub(crate) fn words(&self, measure: Measure) -> String {
        let say = |value| if measure == Measure::Share { number::percent(value) } else { number::plain(value) };
        let Some(value) = self.known() else { return "not known".to_owned() };
        let bounds = self.bounds().map(|(low, high)| format!(" ({} to {})", say(low), say(high)));
        say(value) + &bounds.unwrap_or_default()
    }
}

/// A kind of number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Measure {
    /// Whole things: whole ticks.
    #[default]
    Count,
    /// Shares of one, printed as per cent.
    Share,
    /// Any number.
    Number,
}

impl Measure {
    pub(crate) fn kind(self) -> Kind {
        match self {
            Self::Count => Kind::Whole,
            Self::Share => Kind::Share,
            Self::Number => Kind::Any,
        }
    }
}
