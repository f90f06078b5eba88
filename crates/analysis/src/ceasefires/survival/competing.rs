//! Ends of several kinds: the cumulative incidence of each (Aalen and Johansen 1978), with the variance of the delta method
//! (Marubini and Valsecchi 1995, section 10.2) and log-log intervals.
//!
//! A ceasefire that another replaced can no longer collapse: to censor it would be to suppose that it could. The incidences
//! of all kinds and the share that still holds add up to one.

use serde::Serialize;

use super::{Row, SurvivalError, at_risk, check, log_log, times};

/// The incidence of every kind of end.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Competing<K> {
    /// Durations.
    pub rows: usize,
    /// Last seen without an end.
    pub censored: usize,
    /// Each kind that occurs, in its order.
    pub kinds: Vec<Incidence<K>>,
}

/// How many have ended in one way.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Incidence<K> {
    /// The way.
    pub kind: K,
    /// How many did.
    pub ended: usize,
    /// One for each time at which anything ended.
    pub steps: Vec<IncidenceStep>,
}

/// The incidence at a time.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct IncidenceStep {
    /// The time, in the unit of the rows.
    pub time: f64,
    /// Share that has ended in this way by then.
    pub share: f64,
    /// Its 95 % interval; `None` before the first such end.
    pub interval: Option<(f64, f64)>,
}

/// What happened at one time.
struct At {
    time: f64,
    /// Under observation right before.
    watched: f64,
    ended: f64,
    of_kind: f64,
    /// Share that held right before.
    before: f64,
}

/// Estimates the incidence of each kind of end.
pub fn competing<K: Ord + Clone>(rows: &[Row<K>]) -> Result<Competing<K>, SurvivalError> {
    check(rows)?;
    let mut kinds: Vec<K> = rows.iter().filter_map(|r| r.end.clone()).collect();
    kinds.sort();
    kinds.dedup();
    let of = |kind: K| {
        let ended = rows.iter().filter(|r| r.end.as_ref() == Some(&kind)).count();
        Incidence { steps: steps(rows, &kind), kind, ended }
    };
    let censored = rows.iter().filter(|r| r.end.is_none()).count();
    Ok(Competing { rows: rows.len(), censored, kinds: kinds.into_iter().map(of).collect() })
}

fn steps<K: Ord>(rows: &[Row<K>], kind: &K) -> Vec<IncidenceStep> {
    let mut ats: Vec<At> = Vec::new();
    let mut holding = 1.0;
    for time in times(rows, |r| r.end.is_some()) {
        let at = |counts: &dyn Fn(&K) -> bool| {
            let now = |r: &&Row<K>| r.time.total_cmp(&time).is_eq() && r.end.as_ref().is_some_and(counts);
            rows.iter().filter(now).count() as f64
        };
        let (ended, of_kind, watched) = (at(&|_| true), at(&|k| k == kind), at_risk(rows, time) as f64);
        ats.push(At { time, watched, ended, of_kind, before: holding });
        holding *= 1.0 - ended / watched;
    }
    let mut share = 0.0;
    let mut shares: Vec<f64> = Vec::new();
    for at in &ats {
        share += at.before * at.of_kind / at.watched;
        shares.push(share);
    }
    let step = |i: usize| {
        let interval = (shares[i] > 0.0).then(|| log_log(shares[i], variance(&ats[..=i], &shares[..=i]))).flatten();
        IncidenceStep { time: ats[i].time, share: shares[i], interval }
    };
    (0..ats.len()).map(step).collect()
}

/// The variance of the last of `shares`.
fn variance(ats: &[At], shares: &[f64]) -> f64 {
    let last = shares.last().copied().unwrap_or(0.0);
    let term = |(at, share): (&At, &f64)| {
        let (n, d, k, rest) = (at.watched, at.ended, at.of_kind, last - share);
        // Where none is left, nothing more can end and the first term is nothing.
        let of_all = if n > d { rest * rest * d / (n * (n - d)) } else { 0.0 };
        let of_kind = at.before * at.before * k * (n - k) / n.powi(3);
        of_all + of_kind - 2.0 * rest * at.before * k / (n * n)
    };
    ats.iter().zip(shares).map(term).sum::<f64>().max(0.0)
}
