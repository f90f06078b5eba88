//! The record of a forecaster in numbers: forecasts that were given out, each with its scores once its month has come, beside
//! what simple baselines would have said on the same day.
//!
//! Baselines are made now, from what the panel of today says of the months up to each as-of month; what was given out is
//! not touched. Where counts were revised since, baselines know the revision and the forecast does not. Cells that a baseline
//! cannot forecast are left out of its comparison, on both sides.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use jiff::civil::Date;
use serde::Serialize;

use super::calibration::{Calibration, calibration};
use super::held_out::Against;
use super::record::{Issued, resolve};
use super::rolling::{Cell, Means, cell, means};
use super::told::{Count, Evidence, Range};
use super::{Forecast, Model, Month, Panel, Past, Refused, forecast_with, scores};

/// What forecasts that were given out have come to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Scored {
    /// Each forecaster with the number of its forecasts.
    pub models: BTreeMap<String, usize>,
    /// Each data set and release with the number of forecasts made from it.
    pub data: BTreeMap<String, usize>,
    /// Resolved forecasts: misses first, the worst first, then the others in the order given.
    pub resolved: Vec<ScoredForecast>,
    /// How many of these were outside the central 90 %.
    pub misses: usize,
    /// Forecasts that wait, in the order given.
    pub open: Vec<OpenForecast>,
    /// Means over what is resolved; `None` where nothing is.
    pub means: Option<Means>,
    /// Where outcomes fell.
    pub calibration: Option<Calibration>,
    /// Baselines over the same months.
    pub baselines: Vec<Baseline>,
}

/// A forecast whose month has come.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ScoredForecast {
    /// The day it was given out.
    pub issued: String,
    /// The forecaster.
    pub model: String,
    /// The unit.
    pub unit: String,
    /// The last month that was seen.
    pub as_of: Month,
    /// The month that it is about, and what came.
    pub outcome: Count,
    /// The median that was told.
    pub median_deaths: f64,
    /// The middle half that was told.
    pub within_50_deaths: Range,
    /// The middle nine tenths that were told.
    pub within_90_deaths: Range,
    /// Whether what came was outside of these.
    pub is_miss: bool,
    /// Whether it was given out when its month was over: made from what was known before, but foretelling nothing.
    pub is_afterwards: bool,
    /// CRPS, in deaths.
    pub crps: f64,
    /// CRPS of ln(1 + deaths).
    pub crps_log: f64,
    /// Ignorance, in bits.
    pub ignorance_bits: f64,
    /// Interval score of the central 90 %, in deaths.
    pub interval_score: f64,
    /// What was said beside it when it was given out.
    pub caveat: Option<String>,
}

/// A forecast that waits.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OpenForecast {
    /// The day it was given out.
    pub issued: String,
    /// The forecaster.
    pub model: String,
    /// The unit.
    pub unit: String,
    /// The last month that was seen.
    pub as_of: Month,
    /// The month that it is about.
    pub month: Month,
    /// The median that was told.
    pub median_deaths: f64,
    /// The middle nine tenths that were told.
    pub within_90_deaths: Range,
}

/// A baseline over the months that are resolved.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Baseline {
    /// Its name.
    pub name: String,
    /// Its means; `None` where it could forecast none of them.
    pub means: Option<Means>,
    /// What was given out beside it; `None` likewise.
    pub against: Option<Against>,
    /// Where outcomes fell in it.
    pub calibration: Option<Calibration>,
    /// Resolved forecasts that it has none beside.
    pub lacking: usize,
}

/// Scores forecasts that were given out, from the panel of today. Refused where a baseline's settings make no sense.
pub fn scored(
    issued: &[Issued],
    panel: &Panel,
    baselines: &[Model],
    seed: u64,
    evidence: Evidence<'_>,
) -> Result<Scored, Refused> {
    let record = resolve(issued, panel);
    let mut cells: Vec<(&Issued, Cell)> = Vec::new();
    let (mut resolved, mut open) = (Vec::new(), Vec::new());
    let in_order: Vec<usize> = (0..record.forecasts.len()).filter(|i| !record.misses.contains(i)).collect();
    for &i in record.misses.iter().chain(&in_order) {
        let issued = record.forecasts[i].issued;
        if issued.samples.is_empty() {
            continue;
        }
        let Some(outcome) = record.forecasts[i].outcome else {
            open.push(OpenForecast {
                issued: issued.issued.clone(),
                model: issued.model.name(),
                unit: issued.unit.clone(),
                as_of: issued.as_of,
                month: issued.target,
                median_deaths: scores::quantile(&issued.samples, 0.5),
                within_90_deaths: Range::middle(&issued.samples, 0.9),
            });
            continue;
        };
        let unit = panel.units().binary_search(&issued.unit).unwrap_or(usize::MAX);
        let cell = cell(&issued.samples, unit, issued.as_of, lead(issued), issued.target, outcome);
        resolved.push(of(issued, &cell, evidence));
        cells.push((issued, cell));
    }
    let ours = || cells.iter().map(|(_, cell)| cell);
    let mut past = Past::default();
    let mut beside = Vec::new();
    for model in baselines {
        beside.push(baseline(model, &cells, panel, seed, &mut past)?);
    }
    let mut models: BTreeMap<String, usize> = BTreeMap::new();
    let mut data: BTreeMap<String, usize> = BTreeMap::new();
    for issued in issued {
        *models.entry(issued.model.name()).or_default() += 1;
        *data.entry(issued.data.clone()).or_default() += 1;
    }
    Ok(Scored {
        models,
        data,
        misses: record.misses.len(),
        resolved,
        open,
        means: means(ours()),
        calibration: calibration(ours()),
        baselines: beside,
    })
}

/// Months ahead.
fn lead(issued: &Issued) -> u32 {
    u32::try_from(issued.target.since(issued.as_of)).unwrap_or(0)
}

fn of(issued: &Issued, cell: &Cell, evidence: Evidence<'_>) -> ScoredForecast {
    let within_90_deaths = Range::middle(&issued.samples, 0.9);
    ScoredForecast {
        issued: issued.issued.clone(),
        model: issued.model.name(),
        unit: issued.unit.clone(),
        as_of: issued.as_of,
        outcome: Count {
            month: issued.target,
            deaths: Some(cell.outcome),
            evidence: evidence(&issued.unit, issued.target),
        },
        median_deaths: scores::quantile(&issued.samples, 0.5),
        within_50_deaths: Range::middle(&issued.samples, 0.5),
        within_90_deaths,
        is_miss: !within_90_deaths.holds(cell.outcome),
        is_afterwards: given_out(issued).is_some_and(|day| day > issued.target.days().1),
        crps: cell.crps,
        crps_log: cell.crps_log,
        ignorance_bits: cell.ignorance,
        interval_score: cell.interval_score,
        caveat: issued.caveat.clone(),
    }
}

/// The day on which it was given out; `None` where that is written otherwise.
fn given_out(issued: &Issued) -> Option<Date> {
    issued.issued.get(..10)?.parse().ok()
}

fn baseline<'p>(
    model: &Model,
    cells: &[(&Issued, Cell)],
    panel: &'p Panel,
    seed: u64,
    past: &mut Past<'p>,
) -> Result<Baseline, Refused> {
    let mut made: BTreeMap<(Month, u32, usize), Option<Forecast>> = BTreeMap::new();
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for (issued, ours_cell) in cells {
        let key = (issued.as_of, ours_cell.lead, issued.samples.len());
        if let Entry::Vacant(place) = made.entry(key) {
            // A month that the panel does not reach, or a lead that no baseline has, is one that it is lacking in.
            let view = panel.as_of(issued.as_of).ok();
            let forecast = view.map(|view| forecast_with(model, view, &[key.1], key.2, seed, past));
            place.insert(match forecast.transpose() {
                Err(Refused::Lead { .. }) => None,
                other => other?,
            });
        }
        let forecast = made.get(&key).and_then(Option::as_ref);
        if let Some(samples) = forecast.and_then(|forecast| forecast.samples(ours_cell.unit, 0)) {
            let Cell { unit, as_of, lead, target, outcome, .. } = *ours_cell;
            theirs.push(cell(samples, unit, as_of, lead, target, outcome));
            ours.push(ours_cell.clone());
        }
    }
    let against = (!ours.is_empty()).then(|| Against::of(model.name(), &ours, &theirs, seed)).transpose()?;
    Ok(Baseline {
        name: model.name(),
        means: means(&theirs),
        against,
        calibration: calibration(&theirs),
        lacking: cells.len() - theirs.len(),
    })
}
