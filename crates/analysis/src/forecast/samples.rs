//! What a forecast is: sorted samples by unit and lead, and how a distribution becomes such samples.

use super::Month;

/// Samples of each unit and lead from one as-of month.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecast {
    as_of: Month,
    leads: Vec<u32>,
    draws: usize,
    /// By unit: nothing where it is not forecast, else lead after lead.
    by_unit: Vec<Option<Vec<f64>>>,
}

impl Forecast {
    /// From samples by unit, lead after lead, each lead sorted.
    pub(super) fn new(as_of: Month, leads: &[u32], draws: usize, by_unit: Vec<Option<Vec<f64>>>) -> Self {
        debug_assert!(by_unit.iter().flatten().all(|s| s.len() == leads.len() * draws));
        Self { as_of, leads: leads.to_vec(), draws, by_unit }
    }

    /// The last month that was seen.
    pub fn as_of(&self) -> Month {
        self.as_of
    }

    /// Months ahead.
    pub fn leads(&self) -> &[u32] {
        &self.leads
    }

    /// Samples for each unit and lead.
    pub fn draws(&self) -> usize {
        self.draws
    }

    /// How many units, forecast or not.
    pub fn units(&self) -> usize {
        self.by_unit.len()
    }

    /// Samples of a unit at the `at`-th lead, sorted; `None` if it is not forecast.
    pub fn samples(&self, unit: usize, at: usize) -> Option<&[f64]> {
        self.by_unit.get(unit)?.as_ref()?.get(at * self.draws..(at + 1) * self.draws)
    }

    /// The month that the `at`-th lead is about.
    pub fn target(&self, at: usize) -> Month {
        self.as_of.plus(i32::try_from(self.leads[at]).unwrap_or(i32::MAX))
    }
}

/// `draws` samples at the middles of as many equal shares of a weighted distribution: the evenest there are, and no
/// chance in them. Values need not be sorted; weights are not negative and some are above 0.
pub fn spread_evenly(weighted: &mut [(f64, f64)], draws: usize) -> Vec<f64> {
    weighted.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    let whole: f64 = weighted.iter().map(|w| w.1).sum();
    let mut samples = Vec::with_capacity(draws);
    let (mut at, mut upto) = (0, weighted.first().map_or(0.0, |w| w.1));
    for i in 0..draws {
        let share = (i as f64 + 0.5) / draws as f64 * whole;
        while upto < share && at + 1 < weighted.len() {
            at += 1;
            upto += weighted[at].1;
        }
        samples.push(weighted[at].0);
    }
    samples
}

/// The same for a distribution over 0, 1, 2 …, given the chance of 0 in logarithm and the ratio of each chance to the
/// one before. Chances are carried as logarithms, so that means of many thousands do no harm.
pub fn spread_counts(log_zero: f64, log_ratio: impl Fn(f64) -> f64, most: f64, draws: usize) -> Vec<f64> {
    let mut samples = Vec::with_capacity(draws);
    let (mut count, mut log_chance) = (0.0, log_zero);
    let mut upto = log_chance.exp();
    for i in 0..draws {
        let share = (i as f64 + 0.5) / draws as f64;
        while upto < share && count < most {
            count += 1.0;
            log_chance += log_ratio(count);
            upto += log_chance.exp();
        }
        samples.push(count);
    }
    samples
}
