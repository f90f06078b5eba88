//! What the data allow at 95 %: positions of a change, and levels of a segment.
//!
//! **Positions.** Between its neighbours, a change may be where the likelihood is not much less than where it is greatest:
//! where twice the difference of their logarithms is at most c = −2 ln(1 − √0.95) = 7.35. That inverts a likelihood-ratio
//! test of each position (Siegmund 1988, International Statistical Review 56: 31; Eo and Morley 2015, Quantitative
//! Economics 6: 463). The value is Hansen's (2000, Econometrica 68: 575, theorem 2): away from the true position, the
//! ratio walks up on either side to a greatest value that is below x with the probability 1 − exp(−x/2), so that both
//! sides are with its square. For small changes in long segments this is exact; else the walk goes in steps and reaches
//! less far, so that sets are rather too wide: for any distribution with known levels, exp(−x/2) is a bound (Ville's
//! inequality for likelihood ratios). A set need not be one stretch. In simulations (`tests.rs`, 20,000 series a case,
//! segments of 60 points) sets hold the true position in 95 to 99 % where as many changes are found as there are, the most
//! where they are large.
//!
//! **Levels.** For counts Garwood's exact interval (1936, Biometrika 28: 437) of the sum; with a dispersion other than 1,
//! that of the sum over the dispersion. Under L2 the mean with 1.96 standard errors. In the same simulations these hold the
//! level in 94 to 95 %, and in 92 % at the smallest changes: of those, the ones are found that look larger than they are.

use super::pelt::poisson;
use super::{Cost, gamma};

/// −2 ln(1 − √0.95).
const RATIO: f64 = 7.352_276_694_155_739;

/// Two-sided 95 % of the normal distribution.
const NORMAL: f64 = 1.959_963_984_540_054;

/// The rate a point at 95 %, of `n` points with that sum and a variance of `times` their mean.
pub(super) fn rate(sum: f64, n: usize, times: f64) -> (f64, f64) {
    let counted = sum / times;
    let each = times / n as f64;
    (gamma::quantile(0.025, -NORMAL, counted) * each, gamma::quantile(0.975, NORMAL, counted + 1.0) * each)
}

/// The mean at 95 %, of `n` points with that sum and variance.
pub(super) fn mean(sum: f64, n: usize, variance: f64) -> (f64, f64) {
    let n = n as f64;
    let off = NORMAL * (variance / n).sqrt();
    (sum / n - off, sum / n + off)
}

/// Positions at which one change of level in the points may be, as stretches with first and last. Both sides keep
/// `min_size` points. `scale` is the variance of the points (L2), or how many times their mean it is (Poisson).
pub(super) fn positions(points: &[f64], cost: Cost, min_size: usize, scale: f64) -> Vec<(usize, usize)> {
    // Twice the negative log-likelihood, times the scale.
    let upto = one_level(points.iter().copied(), cost);
    let mut from = one_level(points.iter().rev().copied(), cost);
    from.reverse();
    let places = min_size..=points.len() - min_size;
    let twice = |at: usize| upto[at] + from[at];
    let best = places.clone().map(twice).fold(f64::INFINITY, f64::min);
    let mut stretches: Vec<(usize, usize)> = Vec::new();
    for at in places.filter(|&at| twice(at) <= best + RATIO * scale) {
        match stretches.last_mut() {
            Some((_, last)) if *last + 1 == at => *last = at,
            _ => stretches.push((at, at)),
        }
    }
    stretches
}

/// Twice the negative log-likelihood of one level, times the scale, for the first 0, 1, 2 … points.
fn one_level(points: impl Iterator<Item = f64>, cost: Cost) -> Vec<f64> {
    let (mut n, mut mean, mut squares, mut sum) = (0.0, 0.0, 0.0, 0.0);
    let taken = points.map(|x| {
        n += 1.0;
        sum += x;
        let off = x - mean;
        mean += off / n;
        squares += off * (x - mean);
        match cost {
            Cost::L2 => squares,
            Cost::Poisson => 2.0 * poisson(sum, n),
        }
    });
    std::iter::once(0.0).chain(taken).collect()
}
