//! Intervals of a mean difference, from groups that do not hang on each other: countries with all their months, years,
//! episodes. Many groups are drawn anew. Of few, drawing anew knows too little of what else there might have been: the jackknife's
//! deviation and Student's distribution take its place. Of fewer than four there is no interval.

use crate::forecast::random::Random;
use crate::forecast::scores::quantile;
use crate::normal::student;

/// Groups are drawn anew so often: the ends of a 95 % interval then move by some hundredths of its width.
const RESAMPLES: usize = 4000;

/// From so many groups on they are drawn anew.
const MANY: usize = 10;

/// Fewer groups than these have no interval; from here on the approximation of Student's distribution is good.
pub(crate) const FEWEST: usize = 4;

/// Differences of a group.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Group {
    /// Their sum.
    pub sum: f64,
    /// Their number.
    pub n: f64,
}

/// How an interval is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum How {
    /// By drawing groups anew.
    Drawn,
    /// By Student's distribution.
    Student,
}

impl How {
    /// How it is reached with so many groups.
    pub fn of(groups: usize) -> Self {
        if groups >= MANY { Self::Drawn } else { Self::Student }
    }

    /// The 95 % interval of the mean over all groups.
    pub fn interval(self, groups: &[Group], seed: u64, purpose: u64) -> Option<(f64, f64)> {
        if groups.len() < FEWEST {
            return None;
        }
        Some(match self {
            Self::Drawn => drawn(groups, &mut Random::new(seed, purpose)),
            Self::Student => students(groups),
        })
    }
}

fn drawn(groups: &[Group], random: &mut Random) -> (f64, f64) {
    let mut means: Vec<f64> = (0..RESAMPLES)
        .map(|_| {
            let (mut sum, mut n) = (0.0, 0.0);
            for _ in 0..groups.len() {
                let group = groups[random.below(groups.len())];
                sum += group.sum;
                n += group.n;
            }
            sum / n
        })
        .collect();
    means.sort_unstable_by(f64::total_cmp);
    (quantile(&means, 0.025), quantile(&means, 0.975))
}

fn students(groups: &[Group]) -> (f64, f64) {
    let (sum, n) = groups.iter().fold((0.0, 0.0), |(sum, n), group| (sum + group.sum, n + group.n));
    let k = groups.len() as f64;
    let without: Vec<f64> = groups.iter().map(|group| (sum - group.sum) / (n - group.n)).collect();
    let mean = without.iter().sum::<f64>() / k;
    let variance = (k - 1.0) / k * without.iter().map(|w| (w - mean).powi(2)).sum::<f64>();
    let reach = student(0.975, k - 1.0) * variance.sqrt();
    (sum / n - reach, sum / n + reach)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(differences: &[f64]) -> Vec<Group> {
        differences.iter().map(|&sum| Group { sum, n: 1.0 }).collect()
    }

    #[test]
    fn few_groups_are_not_drawn_anew_and_fewer_have_no_interval() {
        // Every draw of these five lies below zero; what is known of them does not.
        let five = groups(&[-0.1, -0.1, -0.1, -0.1, -5.0]);
        let (low, high) = How::of(5).interval(&five, 1, 1).expect("an interval");
        assert!(low < -3.7 && high > 1.6, "{low} to {high}");
        assert!(drawn(&five, &mut Random::new(1, 1)).1 < 0.0);
        assert_eq!(How::of(3).interval(&five[..3], 1, 1), None);
    }

    #[test]
    fn many_groups_say_nearly_the_same_either_way() {
        let many = groups(&(0..40).map(|i| f64::from(i * 7 % 13) - 6.0).collect::<Vec<f64>>());
        let (a, b) = How::of(40).interval(&many, 1, 1).expect("an interval");
        let (c, d) = How::Student.interval(&many, 1, 1).expect("an interval");
        assert!((a - c).abs() < 0.1 && (b - d).abs() < 0.1, "{a} to {b}, {c} to {d}");
    }
}
