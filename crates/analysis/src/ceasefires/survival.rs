//! How long things last: ceasefires, or whatever else begins, ends in one of several ways, or had not ended when it was
//! looked at.
//!
//! Rows of durations go in. [`kaplan_meier`] estimates how many still hold after a time, [`competing`] how many have ended in
//! each way, [`weibull`] fits a curve whose shape says whether the risk falls or grows with age. What had not ended is
//! censored, not dropped. A row may enter late: what could not have been seen had it ended sooner counts from then on only.
//!
//! Refused: to compare groups or to explain durations by anything; a handful of ceasefires do not bear it.

mod competing;
mod kaplan_meier;
mod weibull;

use serde::Serialize;

pub use competing::{Competing, Incidence, IncidenceStep, competing};
pub use kaplan_meier::{KaplanMeier, Step, kaplan_meier};
pub use weibull::{Weibull, weibull};

/// The 97.5 % point of the normal distribution: all intervals are of 95 %.
pub(super) const Z: f64 = 1.959_963_984_540_054;

/// One duration.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Row<K> {
    /// From when on it was under observation, in the unit of `time`; `None` from its beginning.
    pub entry: Option<f64>,
    /// How long it lasted, or had lasted when last seen, from its beginning; days, for ceasefires.
    pub time: f64,
    /// How it ended; `None` where it had not.
    pub end: Option<K>,
}

/// An estimate with its 95 % interval; an end that the data do not give is `None`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Estimate {
    /// The estimate.
    pub value: Option<f64>,
    /// Lower end.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
}

/// Why no estimate can be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SurvivalError {
    /// There are no rows.
    #[error("no durations were given")]
    Empty,
    /// A duration is negative or no number, or ends before it came under observation.
    #[error(
        "row {row}: a duration of {time}, under observation from {entry}; durations are numbers of 0 or more, above their entry"
    )]
    Time {
        /// Its place, from 0.
        row: usize,
        /// As given.
        time: String,
        /// As given.
        entry: String,
    },
    /// The Weibull curve has no place for an end at 0.
    #[error("row {row} ends at 0; the Weibull curve has no place for that: measure in hours, or take half a day")]
    Zero {
        /// Its place, from 0.
        row: usize,
    },
    /// Fewer than two different ends.
    #[error("a curve of two parameters needs ends at two different times at least; {ends} found")]
    TooFew {
        /// How many different times of ends.
        ends: usize,
    },
    /// No maximum was found.
    #[error("the likelihood has no maximum that could be reached")]
    NoMaximum,
}

/// Checks that every row has a possible duration.
fn check<K>(rows: &[Row<K>]) -> Result<(), SurvivalError> {
    if rows.is_empty() {
        return Err(SurvivalError::Empty);
    }
    let possible = |r: &Row<K>| {
        r.time.is_finite() && r.time >= 0.0 && r.entry.is_none_or(|e| e.is_finite() && e >= 0.0 && e < r.time)
    };
    match rows.iter().position(|r| !possible(r)) {
        None => Ok(()),
        Some(row) => Err(SurvivalError::Time {
            row,
            time: rows[row].time.to_string(),
            entry: rows[row].entry.map_or_else(|| "its beginning".to_owned(), |e| e.to_string()),
        }),
    }
}

/// The different times of rows, ascending.
fn times<K>(rows: &[Row<K>], counts: impl Fn(&Row<K>) -> bool) -> Vec<f64> {
    let mut times: Vec<f64> = rows.iter().filter(|r| counts(r)).map(|r| r.time).collect();
    times.sort_by(f64::total_cmp);
    times.dedup();
    times
}

/// How many are under observation right before a time: entered before it, and not gone before it.
fn at_risk<K>(rows: &[Row<K>], time: f64) -> usize {
    rows.iter().filter(|r| r.time >= time && r.entry.is_none_or(|e| e < time)).count()
}

/// The log-log interval around a probability with its variance; `None` at 0 and 1, where it has none.
fn log_log(probability: f64, variance: f64) -> Option<(f64, f64)> {
    if probability <= 0.0 || probability >= 1.0 {
        return None;
    }
    let width = Z * variance.sqrt() / (probability * probability.ln());
    // The logarithm is negative: the wider exponent gives the lower end.
    let ends = [probability.powf((-width).exp()), probability.powf(width.exp())];
    Some((ends[0].min(ends[1]), ends[0].max(ends[1])))
}
