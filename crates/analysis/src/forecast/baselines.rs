//! The simple forecasts that any other must beat: those that the VIEWS challenge set against its entries, and two more.
//!
//! Each looks at one unit alone and says the same for every lead. None knows a place where nobody has died of late.

use super::samples::{Forecast, spread_counts, spread_evenly};
use super::{Refused, View};

/// Months that the twelve-month forecasts look back.
pub const YEAR_MONTHS: usize = 12;

/// Months that the weighted forecast looks back: with any half-life up to a year, less than 1/30 of the weight lies before.
pub const WEIGHTED_MONTHS: usize = 60;

/// Nobody dies.
pub fn zero(view: View<'_>, leads: &[u32], draws: usize) -> Forecast {
    same_for_all_leads(view, leads, draws, |_| vec![0.0; draws])
}

/// Poisson about the last known of the last twelve months.
pub fn last_poisson(view: View<'_>, leads: &[u32], draws: usize) -> Forecast {
    same_for_all_leads(view, leads, draws, |unit| {
        let last = view.recent(unit, YEAR_MONTHS).iter().rev().find_map(|c| *c).unwrap_or(0.0);
        poisson(last, draws)
    })
}

/// The last twelve months, each as likely.
pub fn conflictology(view: View<'_>, leads: &[u32], draws: usize) -> Forecast {
    same_for_all_leads(view, leads, draws, |unit| {
        let mut year: Vec<(f64, f64)> = view.recent(unit, YEAR_MONTHS).iter().flatten().map(|&c| (c, 1.0)).collect();
        spread_evenly(&mut year, draws)
    })
}

/// Negative binomial with the mean and the variance (over n - 1) of the last twelve months; Poisson where the variance is
/// not above the mean.
pub fn negative_binomial(view: View<'_>, leads: &[u32], draws: usize) -> Forecast {
    same_for_all_leads(view, leads, draws, |unit| {
        let year: Vec<f64> = view.recent(unit, YEAR_MONTHS).iter().flatten().copied().collect();
        let n = year.len() as f64;
        let mean = year.iter().sum::<f64>() / n;
        let variance = year.iter().map(|c| (c - mean).powi(2)).sum::<f64>() / (n - 1.0).max(1.0);
        if variance <= mean {
            return poisson(mean, draws);
        }
        let size = mean * mean / (variance - mean);
        let log_rest = (mean / (size + mean)).ln();
        let log_zero = size * (size / (size + mean)).ln();
        let ratio = |count: f64| ((count - 1.0 + size) / count).ln() + log_rest;
        spread_counts(log_zero, ratio, mean + 40.0 * variance.sqrt(), draws)
    })
}

/// Past months, their weight halved every `half_life_months`.
pub fn weighted(view: View<'_>, leads: &[u32], draws: usize, half_life_months: f64) -> Result<Forecast, Refused> {
    check_half_life(half_life_months)?;
    Ok(same_for_all_leads(view, leads, draws, |unit| {
        spread_evenly(&mut weighted_months(view, unit, half_life_months), draws)
    }))
}

/// Counts of the known months before, each with its weight.
pub(super) fn weighted_months(view: View<'_>, unit: usize, half_life_months: f64) -> Vec<(f64, f64)> {
    let months = view.recent(unit, WEIGHTED_MONTHS).iter().rev().enumerate();
    months.filter_map(|(ago, count)| Some(((*count)?, 0.5_f64.powf(ago as f64 / half_life_months)))).collect()
}

pub(super) fn check_half_life(half_life_months: f64) -> Result<(), Refused> {
    // A half-life of under 1/20 month leaves the last month alone, over 1,000 months all alike.
    if (0.05..=1000.0).contains(&half_life_months) {
        return Ok(());
    }
    Err(Refused::Setting { what: "half_life_months", value: half_life_months, valid: "from 0.05 to 1000" })
}

fn poisson(mean: f64, draws: usize) -> Vec<f64> {
    if mean <= 0.0 {
        return vec![0.0; draws];
    }
    // Forty standard deviations hold any share that is asked for.
    spread_counts(-mean, |count| (mean / count).ln(), mean + 40.0 * mean.sqrt() + 40.0, draws)
}

fn same_for_all_leads(view: View<'_>, leads: &[u32], draws: usize, samples: impl Fn(usize) -> Vec<f64>) -> Forecast {
    let by_unit = (0..view.units()).map(|unit| view.is_forecast(unit).then(|| samples(unit).repeat(leads.len())));
    Forecast::new(view.as_of(), leads, draws, by_unit.collect())
}
