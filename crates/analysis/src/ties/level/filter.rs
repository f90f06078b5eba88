//! The Kalman filter and smoother of the local-level model, and the search for the ratio of its variances.
//!
//! Everything is scaled by the irregular's variance, which then follows in closed form. Sections cited are those of Durbin
//! and Koopman (2012).

/// Bounds of the search: the logarithm of the ratio (shock over irregular). At e^-14 a level of a thousand bins moves by
/// less than a deviation's thirtieth; at e^10 the level is the value.
const SEARCH: (f64, f64) = (-14.0, 10.0);

/// Points of the first, coarse search: the likelihood may have two tops.
const COARSE: u32 = 60;

/// Steps of the fine search. Each narrows by 0.618: the last stretch is under 1e-9 of the first.
const FINE: u32 = 44;

/// What the filter knows after a bin, scaled by the irregular's variance.
#[derive(Clone, Copy, Debug)]
struct Step {
    /// The level, given values up to this bin.
    level: f64,
    /// Its variance.
    variance: f64,
    /// What the value told, where there was one after the first.
    news: Option<News>,
    /// Whether there was a value.
    observed: bool,
}

/// A value's error against what was expected.
#[derive(Clone, Copy, Debug)]
struct News {
    error: f64,
    variance: f64,
    gain: f64,
}

/// One pass of the filter.
#[derive(Clone, Debug)]
pub(super) struct Pass {
    /// The diffuse log-likelihood, the irregular's variance being the likeliest (equation 2.63).
    pub log_likelihood: f64,
    /// The irregular's variance at weight one.
    pub variance: f64,
    /// Bins before the first value.
    before: usize,
    steps: Vec<Step>,
}

/// How large something is, and its deviation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Jump {
    pub size: f64,
    pub deviation: f64,
}

/// A bin, given all values.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Smoothed {
    /// The level and its variance.
    pub level: Option<(f64, f64)>,
    /// The value's own deviation from the level, as it fits best if it is put outside the model.
    pub irregular: Option<Jump>,
    /// The same for a step to the next bin.
    pub step: Option<Jump>,
}

impl Pass {
    /// Runs over values and weights with a ratio of the variances. There must be at least two values.
    pub(super) fn through(series: &[Option<(f64, f64)>], ratio: f64) -> Self {
        let before = series.iter().take_while(|o| o.is_none()).count();
        let mut steps: Vec<Step> = Vec::with_capacity(series.len() - before);
        let (mut squares, mut logs, mut errors) = (0.0, 0.0, 0.0);
        for observation in &series[before..] {
            let step = match (steps.last(), observation) {
                // An exact diffuse start: the first value is all that is known of the level (section 2.9).
                (None, Some((value, weight))) => {
                    Step { level: *value, variance: 1.0 / weight, news: None, observed: true }
                }
                (None, None) => unreachable!("the series starts with a value"),
                (Some(last), None) => Step { variance: last.variance + ratio, news: None, observed: false, ..*last },
                (Some(last), Some((value, weight))) => {
                    let expected = last.variance + ratio;
                    let variance = expected + 1.0 / weight;
                    let (error, gain) = (value - last.level, expected / variance);
                    squares += error * error / variance;
                    logs += variance.ln();
                    errors += 1.0;
                    Step {
                        level: last.level + gain * error,
                        variance: expected / (weight * variance),
                        news: Some(News { error, variance, gain }),
                        observed: true,
                    }
                }
            };
            steps.push(step);
        }
        let variance = squares / errors;
        // The first value's variance is that of the diffuse start, but for its weight.
        let constant = (errors + 1.0) * std::f64::consts::TAU.ln();
        let log_likelihood = -0.5 * (constant + errors + errors * variance.ln() + logs);
        Self { log_likelihood, variance, before, steps }
    }

    /// Goes back over the bins: levels, irregulars and shocks given all values (sections 2.4 and 2.5; auxiliary residuals
    /// after de Jong and Penzer 1998).
    pub(super) fn smooth(&self) -> Vec<Smoothed> {
        let mut smoothed = vec![Smoothed::default(); self.before + self.steps.len()];
        // Sum and weight of what later values say against the level as filtered.
        let (mut sum, mut weight) = (0.0, 0.0);
        let jump = |sum: f64, weight: f64| {
            (weight > 0.0).then(|| Jump { size: sum / weight, deviation: (self.variance / weight).sqrt() })
        };
        for (step, out) in self.steps.iter().zip(&mut smoothed[self.before..]).rev() {
            let variance = step.variance - step.variance * step.variance * weight;
            out.level = Some((step.level + step.variance * sum, self.variance * variance));
            out.step = jump(sum, weight);
            if let Some(News { error, variance, gain }) = step.news {
                out.irregular = jump(error / variance - gain * sum, 1.0 / variance + gain * gain * weight);
                sum = error / variance + (1.0 - gain) * sum;
                weight = 1.0 / variance + (1.0 - gain) * (1.0 - gain) * weight;
            } else if step.observed {
                out.irregular = jump(-sum, weight);
            }
        }
        smoothed
    }
}

/// The ratio of greatest likelihood: a coarse search over its logarithm, a golden section around the best, and the level
/// that does not move (0) if nothing is likelier.
pub(super) fn likeliest_ratio(series: &[Option<(f64, f64)>]) -> f64 {
    let likelihood = |ratio: f64| Pass::through(series, ratio).log_likelihood;
    let width = (SEARCH.1 - SEARCH.0) / f64::from(COARSE);
    let coarse = (0..=COARSE).map(|i| SEARCH.0 + width * f64::from(i));
    // Of equals the smaller ratio.
    let best = coarse.rev().max_by(|a, b| likelihood(a.exp()).total_cmp(&likelihood(b.exp()))).unwrap_or(SEARCH.0);
    let (mut low, mut high) = ((best - width).max(SEARCH.0), (best + width).min(SEARCH.1));
    let golden = (5.0_f64.sqrt() - 1.0) / 2.0;
    let inner = |low: f64, high: f64| (high - golden * (high - low), low + golden * (high - low));
    for _ in 0..FINE {
        let (left, right) = inner(low, high);
        if likelihood(left.exp()) >= likelihood(right.exp()) {
            high = right;
        } else {
            low = left;
        }
    }
    let ratio = f64::midpoint(low, high).exp();
    if likelihood(0.0) >= likelihood(ratio) { 0.0 } else { ratio }
}
