//! The product-limit estimate (Kaplan and Meier 1958), with Greenwood's variance and log-log intervals (Kalbfleisch and
//! Prentice 2002, section 1.4).

use serde::Serialize;

use super::{Estimate, Row, SurvivalError, at_risk, check, log_log, times};

/// How many still hold after each time.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct KaplanMeier {
    /// Durations.
    pub rows: usize,
    /// Those that ended.
    pub ended: usize,
    /// One for each time at which something ended or was last seen.
    pub steps: Vec<Step>,
    /// After how long half have ended.
    pub median: Estimate,
}

/// The curve at a time.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Step {
    /// The time, in the unit of the rows.
    pub time: f64,
    /// Under observation right before.
    pub at_risk: usize,
    /// Ended then.
    pub ended: usize,
    /// Last seen then.
    pub censored: usize,
    /// Share that still holds afterwards.
    pub survival: f64,
    /// Its 95 % interval; `None` before the first end, and where none is left.
    pub interval: Option<(f64, f64)>,
}

impl KaplanMeier {
    /// The share that holds at a time.
    pub fn survival_at(&self, time: f64) -> f64 {
        self.steps.iter().take_while(|s| s.time <= time).last().map_or(1.0, |s| s.survival)
    }
}

/// Estimates the curve. Whatever the end, it counts; what is seen last at the time of an end was at risk of it.
pub fn kaplan_meier<K>(rows: &[Row<K>]) -> Result<KaplanMeier, SurvivalError> {
    check(rows)?;
    let (mut survival, mut sum) = (1.0, 0.0);
    let mut steps = Vec::new();
    for time in times(rows, |_| true) {
        let at =
            |ended: bool| rows.iter().filter(|r| r.time.total_cmp(&time).is_eq() && r.end.is_some() == ended).count();
        let (ended, censored, at_risk) = (at(true), at(false), at_risk(rows, time));
        let (d, n) = (ended as f64, at_risk as f64);
        survival *= 1.0 - d / n;
        sum += d / (n * (n - d));
        let interval = if sum > 0.0 { log_log(survival, survival * survival * sum) } else { None };
        steps.push(Step { time, at_risk, ended, censored, survival, interval });
    }
    let first = |at_half: &dyn Fn(&Step) -> bool| steps.iter().find(|s| at_half(s)).map(|s| s.time);
    // A whisker above one half is one half: products of fractions do not come out exactly.
    let half = 0.5 + 1e-12;
    let median = Estimate {
        value: first(&|s| s.survival <= half),
        low: first(&|s| s.interval.is_some_and(|(low, _)| low <= half)),
        high: first(&|s| s.interval.is_some_and(|(_, high)| high <= half)),
    };
    let ended = rows.iter().filter(|r| r.end.is_some()).count();
    Ok(KaplanMeier { rows: rows.len(), ended, steps, median })
}
