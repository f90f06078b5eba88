//! Forecasts from one month after another, each scored where its outcome is known.

use serde::Serialize;

use super::{Forecast, Model, Month, Panel, Past, Refused, forecast_with, scores};

/// One forecast of one unit and month, beside what came.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cell {
    /// Number of the unit in its panel.
    pub unit: usize,
    /// The last month that was seen.
    pub as_of: Month,
    /// Months ahead.
    pub lead: u32,
    /// The month forecast.
    pub target: Month,
    /// Deaths that came.
    pub outcome: f64,
    /// CRPS, in deaths.
    pub crps: f64,
    /// CRPS of ln(1 + deaths).
    pub crps_log: f64,
    /// Ignorance, in bits.
    pub ignorance: f64,
    /// Interval score of the central 90 %, in deaths.
    pub interval_score: f64,
    /// Shares of the samples below the outcome, and not above it.
    pub place: (f64, f64),
    /// Whether any sample is above 0.
    pub expects_any: bool,
    /// Quantiles at the ends of the intervals whose coverage is told ([`super::calibration::CENTRAL`]).
    pub intervals: [(f64, f64); super::calibration::CENTRAL.len()],
}

/// Means over cells.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Means {
    /// How many cells.
    pub cells: usize,
    /// CRPS, in deaths.
    pub crps: f64,
    /// CRPS of ln(1 + deaths).
    pub crps_log: f64,
    /// Ignorance, in bits.
    pub ignorance: f64,
    /// Interval score of the central 90 %, in deaths: MIS.
    pub interval_score: f64,
}

/// Forecasts from each of these months.
pub fn forecasts<'p>(
    model: &Model,
    panel: &'p Panel,
    as_of: &[Month],
    leads: &[u32],
    draws: usize,
    seed: u64,
    past: &mut Past<'p>,
) -> Result<Vec<Forecast>, Refused> {
    as_of.iter().map(|&month| forecast_with(model, panel.as_of(month)?, leads, draws, seed, past)).collect()
}

/// Scores whatever of a forecast has come to be known.
pub fn score(forecast: &Forecast, panel: &Panel) -> Vec<Cell> {
    let mut cells = Vec::new();
    for unit in 0..forecast.units() {
        for (at, &lead) in forecast.leads().iter().enumerate() {
            let target = forecast.target(at);
            if let (Some(samples), Some(outcome)) = (forecast.samples(unit, at), panel.outcome(unit, target)) {
                cells.push(cell(samples, unit, forecast.as_of(), lead, target, outcome));
            }
        }
    }
    cells
}

/// Scores of one forecast of one unit and month.
pub(super) fn cell(samples: &[f64], unit: usize, as_of: Month, lead: u32, target: Month, outcome: f64) -> Cell {
    Cell {
        unit,
        as_of,
        lead,
        target,
        outcome,
        crps: scores::crps(samples, outcome),
        crps_log: scores::crps_log(samples, outcome),
        ignorance: scores::ignorance(samples, outcome),
        interval_score: scores::interval_score(samples, outcome),
        place: scores::place(samples, outcome),
        expects_any: samples.last().is_some_and(|&x| x > 0.0),
        intervals: super::calibration::CENTRAL.map(|share| {
            let outside = (1.0 - share) / 2.0;
            (scores::quantile(samples, outside), scores::quantile(samples, 1.0 - outside))
        }),
    }
}

/// Means over cells, each counting the same; `None` of none.
pub fn means<'c>(cells: impl IntoIterator<Item = &'c Cell>) -> Option<Means> {
    let mut sums = Means { cells: 0, crps: 0.0, crps_log: 0.0, ignorance: 0.0, interval_score: 0.0 };
    for cell in cells {
        sums.cells += 1;
        sums.crps += cell.crps;
        sums.crps_log += cell.crps_log;
        sums.ignorance += cell.ignorance;
        sums.interval_score += cell.interval_score;
    }
    let n = sums.cells as f64;
    (sums.cells > 0).then(|| Means {
        cells: sums.cells,
        crps: sums.crps / n,
        crps_log: sums.crps_log / n,
        ignorance: sums.ignorance / n,
        interval_score: sums.interval_score / n,
    })
}
