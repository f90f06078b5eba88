//! Two rates compared: is what was counted in one period more than chance would make of what was counted before?
//!
//! The exact conditional test of two Poisson rates (Przyborowski and Wilenski 1940, Biometrika 31): if the rate stayed the
//! same, then of all that was counted, the part that fell into the last of k + 1 periods is binomial with 1 / (k + 1). The
//! p-value is two-sided, twice the smaller tail; the ratio's interval turns Clopper and Pearson's (1934, Biometrika 26).
//!
//! Happenings come in bursts, and the dead by dozens, so that counts vary more than Poisson's: variance over mean is the
//! dispersion, at least 1, and counts are divided by it before they are tested (quasi-likelihood; Wedderburn 1974,
//! Biometrika 61). A hundred dead in one raid are then little more than one event. Tails of fractional counts are those of the
//! beta distribution, which are the binomial's at whole numbers.

use super::beta;
use serde::Serialize;

/// Part of the time in which the interval misses the ratio, were the model true.
const MISS: f64 = 0.05;

/// A rate beside an earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Ratio {
    /// How many times the earlier rate; `None` where that is 0.
    pub ratio: Option<f64>,
    /// Lower end of its 95 % interval.
    pub low: f64,
    /// Upper end; `None` is no upper end.
    pub high: Option<f64>,
    /// Two-sided. Of the dead, the larger of those with all happenings and without the deadliest that speaks for a change.
    pub p: f64,
}

/// Compares what was counted in one period with what was counted in `periods` before it, of a dispersion of at least 1.
/// `None` where nothing was counted at all or there is no period before.
pub fn compare(now: f64, before: f64, periods: usize, dispersion: f64) -> Option<Ratio> {
    if periods == 0 || now + before <= 0.0 {
        return None;
    }
    let k = periods as f64;
    let (x, y) = (now / dispersion, before / dispersion);
    let share = 1.0 / (k + 1.0);
    let p = (2.0 * at_least(x, y, share).min(at_least(y, x, 1.0 - share))).min(1.0);
    // The share at which so many, or so few, would be as odd as half of what the interval may miss.
    let low = if x > 0.0 { root(|share| at_least(x, y, share) - MISS / 2.0) } else { 0.0 };
    let high = (y > 0.0).then(|| root(|share| MISS / 2.0 - at_least(y, x, 1.0 - share)));
    let odds = |share: f64| k * share / (1.0 - share);
    Some(Ratio { ratio: (before > 0.0).then(|| now / (before / k)), low: odds(low), high: high.map(odds), p })
}

/// The chance that of `x + y` at least `x` fall where each falls with `share`.
fn at_least(x: f64, y: f64, share: f64) -> f64 {
    if x <= 0.0 { 1.0 } else { beta::below(x, y + 1.0, share) }
}

/// Where a function that rises from below 0 to above 0 between 0 and 1 crosses it.
fn root(of: impl Fn(f64) -> f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    // Forty halvings leave 1e-12.
    for _ in 0..40 {
        let middle = f64::midpoint(low, high);
        if of(middle) < 0.0 { low = middle } else { high = middle }
    }
    f64::midpoint(low, high)
}

/// How much one series varies: squared distances from its mean over the mean, and the number of free values.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Variation {
    /// Sum of squared distances over the mean.
    pub squares: f64,
    /// Values less one.
    pub free: usize,
}

impl Variation {
    /// Of the counts of periods; nothing where all are 0, or there are fewer than two.
    pub fn of(counts: &[f64]) -> Self {
        let mean = counts.iter().sum::<f64>() / counts.len().max(1) as f64;
        if counts.len() < 2 || mean <= 0.0 {
            return Self::default();
        }
        let squares = counts.iter().map(|count| (count - mean).powi(2)).sum::<f64>() / mean;
        Self { squares, free: counts.len() - 1 }
    }

    /// Of several series together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self { squares: self.squares + other.squares, free: self.free + other.free }
    }

    /// Variance over mean, at least 1; 1 where nothing is known.
    pub fn dispersion(self) -> f64 {
        if self.free == 0 { 1.0 } else { (self.squares / self.free as f64).max(1.0) }
    }
}

/// P-values adjusted so that calling all of at most q makes a share of at most q of false calls, on average (Benjamini and
/// Hochberg 1995, Journal of the Royal Statistical Society B 57); in the order in which they come. It holds for tests that
/// are independent or rise and fall together, as those of a party and its dyads do.
pub fn adjusted(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|&a, &b| p[b].total_cmp(&p[a]));
    let mut adjusted = vec![1.0; p.len()];
    let mut least = 1.0_f64;
    for (from_top, &at) in order.iter().enumerate() {
        let rank = p.len() - from_top;
        least = least.min(p[at] * p.len() as f64 / rank as f64);
        adjusted[at] = least;
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-3 * b.abs().max(1.0), "{a} is not {b}");
    }

    #[test]
    fn whole_counts_give_the_binomial_test() {
        // 10 now, 10 in the four before: of 20, at least 10 where a fifth is expected. R: 1 - pbinom(9, 20, 0.2) = 0.002595.
        let ten = compare(10.0, 10.0, 4, 1.0).unwrap();
        near(ten.p, 2.0 * 0.002_595);
        near(ten.ratio.unwrap(), 4.0);
        // Clopper and Pearson for 10 of 20: 0.2720 to 0.7280, as odds times four.
        near(ten.low, 4.0 * 0.271_96 / 0.728_04);
        near(ten.high.unwrap(), 4.0 * 0.728_04 / 0.271_96);
        // Nothing now, nothing before.
        let none = compare(0.0, 10.0, 4, 1.0).unwrap();
        near(none.p, 2.0 * 0.8_f64.powi(10));
        assert_eq!((none.low, none.ratio), (0.0, Some(0.0)));
        let new = compare(3.0, 0.0, 4, 1.0).unwrap();
        near(new.p, 2.0 * 0.2_f64.powi(3));
        assert_eq!((new.ratio, new.high), (None, None));
        assert_eq!(compare(0.0, 0.0, 4, 1.0), None);
        assert_eq!(compare(3.0, 0.0, 0, 1.0), None);
    }

    #[test]
    fn what_comes_in_bursts_says_less() {
        let (even, bursts) = (compare(12.0, 20.0, 4, 1.0).unwrap(), compare(12.0, 20.0, 4, 3.0).unwrap());
        assert!(even.p < 0.05 && bursts.p > even.p);
        assert!(bursts.low < even.low && bursts.high > even.high);
        near(Variation::of(&[3.0, 3.0, 3.0]).dispersion(), 1.0);
        near(Variation::of(&[0.0, 0.0, 9.0]).dispersion(), 9.0);
        near(Variation::of(&[]).dispersion(), 1.0);
    }

    #[test]
    fn of_many_tests_some_are_odd_by_chance() {
        let q = adjusted(&[0.01, 0.04, 0.03, 0.005]);
        for (q, expected) in q.iter().zip([0.02, 0.04, 0.04, 0.02]) {
            near(*q, expected);
        }
        assert!(adjusted(&[]).is_empty());
    }
}
