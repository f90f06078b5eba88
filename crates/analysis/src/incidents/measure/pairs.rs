//! How well a grouping agrees with a known one: precision and recall over pairs.

use std::collections::BTreeMap;

/// Pairs found and missed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pairs {
    /// Put together, and rightly.
    pub right: u64,
    /// Put together wrongly.
    pub wrong: u64,
    /// Not put together though they should be.
    pub missed: u64,
}

impl Pairs {
    /// Of those put together, how many rightly.
    pub fn precision(&self) -> f64 {
        self.right as f64 / (self.right + self.wrong).max(1) as f64
    }

    /// Of those that belong together, how many found.
    pub fn recall(&self) -> f64 {
        self.right as f64 / (self.right + self.missed).max(1) as f64
    }

    /// The harmonic mean of both.
    pub fn f1(&self) -> f64 {
        2.0 * self.right as f64 / (2 * self.right + self.wrong + self.missed).max(1) as f64
    }

    /// Counts all pairs of items, each given as (what it truly is, where it was put).
    pub fn of<T: Ord + Copy, P: Ord + Copy>(items: &[(T, P)]) -> Self {
        let (mut both, mut truth, mut put) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for &(t, p) in items {
            *both.entry((t, p)).or_insert(0_u64) += 1;
            *truth.entry(t).or_insert(0_u64) += 1;
            *put.entry(p).or_insert(0_u64) += 1;
        }
        let right = pairs(&both);
        Self { right, wrong: pairs(&put) - right, missed: pairs(&truth) - right }
    }
}

fn pairs<K>(counts: &BTreeMap<K, u64>) -> u64 {
    counts.values().map(|n| n * (n - 1) / 2).sum()
}
