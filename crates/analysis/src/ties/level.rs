//! A level that moves, seen through noise, and where it jumped: the local-level model of a series with gaps.
//!
//! The model is `value = level + irregular`, `next level = level + shock` (Durbin and Koopman, *Time Series Analysis by
//! State Space Methods*, 2nd ed. 2012, chapter 2), with an exact diffuse start. A bin without a value stays without one:
//! the filter passes over it and the interval widens. A value that rests on more weighs more: the irregular's variance is
//! that of a bin of weight one, divided by the weight. Both variances are of greatest likelihood, found over their ratio
//! alone (section 2.10.2).
//!
//! **Shifts** are shocks that stand out: the smoothed shock over its deviation (Harvey and Koopman, *JBES* 10, 1992) is the
//! t-statistic of a step put there (de Jong and Penzer, *JASA* 93, 1998). A single bin that stands out, with the level
//! before and after alike, is a **one-off** and no shift.
//!
//! Refused: to estimate from fewer than [`FEWEST`] values, or from values that do not differ. The intervals take the
//! variances for known. Nothing is forecast.

mod filter;

use jiff::civil::Date;
use serde::Serialize;

use filter::Pass;

/// Values that are asked for before anything is estimated: a year of months, a quarter of weeks. Two variances from fewer
/// are guesses. In simulated series with a step of three deviations in the middle, it is found in two to four of ten at 12
/// values, in two to five of ten at 20, and in three of four at 52 where the level is otherwise still.
pub const FEWEST: usize = 12;

/// Neighbouring shocks of one sign beyond this are one shift, at the greatest: two-sided 5 % for a single shock.
const STRETCH: f64 = 1.959_963_985;

/// Half the width of an interval, in deviations: 95 % of a normal distribution.
const HALF_WIDTH: f64 = 1.959_963_985;

/// What was observed in a bin of time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Observation {
    /// First day of the bin.
    pub bin: Date,
    /// The value; `None` where nothing was observed, which is not zero.
    pub value: Option<f64>,
    /// On how much the value rests, above zero: of a mean, the number of things that it is a mean of.
    pub weight: f64,
}

/// A fitted series.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fit {
    /// Bins with a value.
    pub observed: usize,
    /// Variance of the irregular in a bin of weight one, in squared units of the values.
    pub irregular_variance: f64,
    /// Variance of the shock from one bin to the next; 0 where a level that stays is likeliest.
    pub level_variance: f64,
    /// The diffuse log-likelihood at its greatest.
    pub log_likelihood: f64,
    /// How large a t-statistic must be to be told; see [`threshold`].
    pub threshold: f64,
    /// Every bin that was given, in order.
    pub bins: Vec<Bin>,
    /// Where the level jumped, in order of time.
    pub shifts: Vec<Shift>,
    /// Bins that stand out alone, in order of time.
    pub one_offs: Vec<OneOff>,
}

/// A bin with the level behind it, given all values before and after.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Bin {
    /// First day.
    pub bin: Date,
    /// What was observed.
    pub value: Option<f64>,
    /// The smoothed level; `None` before the first value.
    pub level: Option<f64>,
    /// Lower end of its 95 % interval, the variances taken for known.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// t-statistic of the irregular; `None` where nothing was observed.
    pub irregular_t: Option<f64>,
    /// t-statistic of a step from this bin to the next; `None` before the first value and after the last.
    pub step_t: Option<f64>,
}

/// A jump of the level.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Shift {
    /// The last bin with a value before it.
    pub after: Date,
    /// The first bin with a value after it. If bins between have none, the jump may lie anywhere between.
    pub at: Date,
    /// First bin of the stretch of neighbouring shocks that would be told each for itself: the jump may be as early.
    pub from: Date,
    /// Last bin of that stretch.
    pub until: Date,
    /// By how much, in units of the values: the step that fits best, other shocks being as the model has them.
    pub size: f64,
    /// Deviation of the size.
    pub deviation: f64,
    /// Size over deviation.
    pub t: f64,
    /// Smoothed level in `after`.
    pub level_before: f64,
    /// Smoothed level in `at`.
    pub level_after: f64,
}

/// A bin that stands out while the level stays.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct OneOff {
    /// The bin.
    pub bin: Date,
    /// By how much its value differs from what its neighbours lead to expect.
    pub size: f64,
    /// Size over deviation.
    pub t: f64,
}

/// Why nothing was estimated.
#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum NotEstimated {
    /// Too little was observed.
    #[error("{observed} bins have a value, and under {needed} nothing is estimated")]
    TooFew {
        /// Bins with a value.
        observed: usize,
        /// How many are asked for.
        needed: usize,
    },
    /// All values are the same.
    #[error("every bin with a value has the same, {value}; there is nothing to estimate")]
    AllTheSame {
        /// The value.
        value: f64,
    },
    /// A bin cannot be taken in.
    #[error("the bin {bin} cannot be used: {why}")]
    Unusable {
        /// The bin.
        bin: Date,
        /// What is wrong with it.
        why: &'static str,
    },
}

/// How large the t-statistic of a shift must be in a series of so many values: `1.3 + 0.4 ln n`.
///
/// At most about one in ten series that follow the model, and so jump nowhere, has one as large somewhere: in simulations
/// (8 to 20 values; ratios of the variances 0, 0.05, 0.3 and 1, estimated anew in each) 2 to 12 of a hundred. The curve was
/// read off their ninetieth percentiles, for the worst ratio 2.3 at 12 values, 2.5 at 20, 2.8 at 40, 3.2 at 100, 3.4 at 200.
pub fn threshold(observed: usize) -> f64 {
    1.3 + 0.4 * (observed.max(1) as f64).ln()
}

/// Fits the model to bins of equal length in order of time. Missing bins must be there, without a value.
pub fn fit(observations: &[Observation]) -> Result<Fit, NotEstimated> {
    check(observations)?;
    let values: Vec<f64> = observations.iter().filter_map(|o| o.value).collect();
    let observed = values.len();
    if observed < FEWEST {
        return Err(NotEstimated::TooFew { observed, needed: FEWEST });
    }
    if values.iter().all(|v| v.total_cmp(&values[0]).is_eq()) {
        return Err(NotEstimated::AllTheSame { value: values[0] });
    }
    // The ratio that is searched for is that of a bin of mean weight, so that the scale of the weights plays no part.
    let weights = observations.iter().filter(|o| o.value.is_some()).map(|o| o.weight);
    let mean_weight = weights.sum::<f64>() / observed as f64;
    let series: Vec<Option<(f64, f64)>> =
        observations.iter().map(|o| Some((o.value?, o.weight / mean_weight))).collect();
    let ratio = filter::likeliest_ratio(&series);
    let pass = Pass::through(&series, ratio);
    let smoothed = pass.smooth();
    let bins: Vec<Bin> = observations
        .iter()
        .zip(&smoothed)
        .map(|(o, s)| {
            let half = s.level.map(|(_, variance)| HALF_WIDTH * variance.max(0.0).sqrt());
            let level = s.level.map(|(level, _)| level);
            Bin {
                bin: o.bin,
                value: o.value,
                level,
                low: level.zip(half).map(|(level, half)| level - half),
                high: level.zip(half).map(|(level, half)| level + half),
                irregular_t: s.irregular.map(|j| j.size / j.deviation),
                step_t: s.step.map(|j| j.size / j.deviation),
            }
        })
        .collect();
    let threshold = threshold(observed);
    let one_offs = bins.iter().zip(&smoothed).filter_map(|(bin, s)| {
        let (t, jump) = (bin.irregular_t?, s.irregular?);
        (t.abs() >= threshold).then_some(OneOff { bin: bin.bin, size: jump.size, t })
    });
    Ok(Fit {
        observed,
        irregular_variance: pass.variance * mean_weight,
        level_variance: pass.variance * ratio,
        log_likelihood: pass.log_likelihood,
        threshold,
        one_offs: one_offs.collect(),
        shifts: shifts(&bins, &smoothed, threshold),
        bins,
    })
}

fn check(observations: &[Observation]) -> Result<(), NotEstimated> {
    let unusable = |o: &Observation, why| Err(NotEstimated::Unusable { bin: o.bin, why });
    let after = observations.iter().skip(1);
    if let Some((_, late)) = observations.iter().zip(after).find(|(before, after)| before.bin >= after.bin) {
        return unusable(late, "bins must come in order of time, each once");
    }
    let usable = |o: &Observation, value: f64| value.is_finite() && o.weight.is_finite() && o.weight > 0.0;
    match observations.iter().find(|o| o.value.is_some_and(|value| !usable(o, value))) {
        Some(o) => unusable(o, "a value must be a finite number and its weight above zero"),
        None => Ok(()),
    }
}

/// One shift for each run of neighbouring shocks of one sign that stand out, if the greatest of them passes the threshold.
fn shifts(bins: &[Bin], smoothed: &[filter::Smoothed], threshold: f64) -> Vec<Shift> {
    // Between two values all shocks have one statistic: nothing tells them apart.
    let observed: Vec<usize> = (0..bins.len()).filter(|&i| bins[i].value.is_some()).collect();
    let steps: Vec<(usize, usize, f64)> =
        observed.windows(2).filter_map(|pair| Some((pair[0], pair[1], bins[pair[0]].step_t?))).collect();
    let stands_out = |t: f64| t.abs() >= STRETCH;
    steps
        .chunk_by(|a, b| stands_out(a.2) && stands_out(b.2) && a.2.is_sign_positive() == b.2.is_sign_positive())
        .filter_map(|run| {
            // Of equals the first: `max_by` would take the last.
            let &(before, after, t) = run.iter().rev().max_by(|a, b| a.2.abs().total_cmp(&b.2.abs()))?;
            if t.abs() < threshold {
                return None;
            }
            let jump = smoothed[before].step?;
            Some(Shift {
                after: bins[before].bin,
                at: bins[after].bin,
                from: bins[run[0].0].bin,
                until: bins[run[run.len() - 1].1].bin,
                size: jump.size,
                deviation: jump.deviation,
                t,
                level_before: bins[before].level?,
                level_after: bins[after].level?,
            })
        })
        .collect()
}
