//! How widely points spread about their level, whether or not one knows where the level changes.

use super::{Settings, pelt};

/// A median absolute deviation of normal noise times this is its standard deviation: 1 / Φ⁻¹(3/4).
const MAD_TO_SIGMA: f64 = 1.482_602_218_505_602;

/// How often the dispersion is looked at anew; mostly two or three rounds are enough.
const ROUNDS: usize = 10;

/// Variance of noise from first differences, whose median absolute deviation a few changes hardly move. Where more than
/// half of the differences are the same, as in counts with many zeros, from the mean of their squares (von Neumann 1941),
/// into which changes go. 0 for a constant series and under two points.
pub(super) fn variance(series: &[f64]) -> f64 {
    let mut differences: Vec<f64> = series.windows(2).map(|w| w[1] - w[0]).collect();
    if differences.is_empty() {
        return 0.0;
    }
    let squares: f64 = differences.iter().map(|d| d * d).sum();
    let middle = median(&mut differences);
    for d in &mut differences {
        *d = (*d - middle).abs();
    }
    let sigma = MAD_TO_SIGMA * median(&mut differences);
    // A difference of two points has twice the variance of one.
    if sigma > 0.0 { sigma * sigma / 2.0 } else { squares / differences.len() as f64 / 2.0 }
}

/// How points lie about the means of their pieces.
pub(super) struct AboutLevels {
    /// Their variance; `None` where each point is a piece.
    pub(super) variance: Option<f64>,
    /// Correlation of each with the next of its piece; `None` where all lie on their means.
    pub(super) serial: Option<f64>,
}

/// Looks at pieces, each from a position to before another.
pub(super) fn about_levels(series: &[f64], pieces: impl Iterator<Item = (usize, usize)>) -> AboutLevels {
    let (mut squares, mut products, mut free) = (0.0, 0.0, 0);
    for (from, to) in pieces {
        let piece = &series[from..to];
        let level = mean(piece);
        squares += piece.iter().map(|x| (x - level) * (x - level)).sum::<f64>();
        products += piece.windows(2).map(|w| (w[0] - level) * (w[1] - level)).sum::<f64>();
        free += piece.len() - 1;
    }
    AboutLevels {
        variance: (free > 0).then(|| squares / free as f64),
        serial: (squares > 0.0).then(|| products / squares),
    }
}

/// How many times their mean the variance of counts is; `None` where there are no two points of a piece with a count.
///
/// The changes must be known to tell it, and it to find the changes. So it begins with the squared differences of
/// neighbours over their sums, which levels do not touch but for the steps themselves, finds the changes with that, and
/// goes on with Pearson's statistic over its degrees of freedom about the levels found (Wedderburn 1974, Biometrika 61:
/// 439), until the changes stay. Differences alone would not see that neighbours are alike, and would go by the highest
/// levels alone, where counts spread the most.
pub(super) fn dispersion(series: &[f64], settings: &Settings) -> Option<f64> {
    let log_n = (series.len().max(1) as f64).ln();
    let mut times = of_differences(series)?;
    let mut ends = Vec::new();
    for _ in 0..ROUNDS {
        let found = pelt::ends(series, settings, times.max(1.0) * log_n);
        if found == ends {
            break;
        }
        let before = times;
        times = pearson(series, &found)?;
        ends = found;
        if before <= 1.0 && times <= 1.0 {
            // The next round would be this one again.
            break;
        }
    }
    Some(times)
}

fn of_differences(series: &[f64]) -> Option<f64> {
    let squares: f64 = series.windows(2).map(|w| (w[1] - w[0]) * (w[1] - w[0])).sum();
    let sums: f64 = series.windows(2).map(|w| w[0] + w[1]).sum();
    (sums > 0.0).then(|| squares / sums)
}

fn pearson(series: &[f64], ends: &[usize]) -> Option<f64> {
    let (mut statistic, mut free, mut from) = (0.0, 0, 0);
    for &to in ends {
        let piece = &series[from..to];
        let level = mean(piece);
        // A stretch of zeros says nothing about spread.
        if level > 0.0 {
            statistic += piece.iter().map(|x| (x - level) * (x - level)).sum::<f64>() / level;
            free += piece.len() - 1;
        }
        from = to;
    }
    (free > 0).then(|| statistic / free as f64)
}

fn mean(points: &[f64]) -> f64 {
    points.iter().sum::<f64>() / points.len() as f64
}

/// The middle of numbers, of which there is at least one; they are put in another order.
fn median(numbers: &mut [f64]) -> f64 {
    let half = numbers.len() / 2;
    let odd = !numbers.len().is_multiple_of(2);
    let (below, &mut middle, _) = numbers.select_nth_unstable_by(half, f64::total_cmp);
    if odd { middle } else { f64::midpoint(below.iter().copied().fold(f64::NEG_INFINITY, f64::max), middle) }
}
