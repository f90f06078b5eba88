//! Forecasts kept until their month has come, and the record that they make, misses included.
//!
//! An [`Issued`] forecast is never changed. What came is set beside it by [`resolve`] each time it is asked, from the panel
//! of that day: counts are revised, and a forecast may be resolved otherwise a year on.

use serde::{Deserialize, Serialize};

use super::compare::{Comparison, Verdict};
use super::{Forecast, Model, Month, Panel, scores};

/// One forecast of one unit and month, as it was given out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Issued {
    /// The day it was given out, as told by whoever did: RFC 3339 or a plain date.
    pub issued: String,
    /// The data that it was made from, by name and release.
    pub data: String,
    /// The last month that it saw.
    pub as_of: Month,
    /// The model with its settings.
    pub model: Model,
    /// The seed.
    pub seed: u64,
    /// The unit that it is about.
    pub unit: String,
    /// The month that it is about.
    pub target: Month,
    /// Samples of the deaths, sorted, each as likely.
    pub samples: Vec<f64>,
    /// What must stand beside the number: that the model did not beat a simpler one, where it did not.
    pub caveat: Option<String>,
}

/// A forecast and what came of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Resolved<'i> {
    /// The forecast.
    pub issued: &'i Issued,
    /// Deaths that came, as the panel has them; `None` while that is not known.
    pub outcome: Option<f64>,
    /// CRPS, in deaths.
    pub crps: Option<f64>,
    /// Whether the outcome was in the central 90 %.
    pub inside_90: Option<bool>,
}

/// What a set of forecasts has come to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Record<'i> {
    /// Each forecast, in the order given.
    pub forecasts: Vec<Resolved<'i>>,
    /// How many are resolved.
    pub resolved: usize,
    /// How many wait: their month is not over, or the panel does not know the unit in it.
    pub open: usize,
    /// Mean CRPS of those resolved, in deaths.
    pub mean_crps: Option<f64>,
    /// Share of outcomes in the central 90 %.
    pub inside_90: Option<f64>,
    /// Places in `forecasts` of those whose outcome was outside the central 90 %, worst first.
    pub misses: Vec<usize>,
}

/// Records to keep of a forecast, one for each unit and lead.
pub fn issue(
    forecast: &Forecast,
    panel: &Panel,
    model: &Model,
    seed: u64,
    (issued, data): (&str, &str),
    caveat: Option<&str>,
) -> Vec<Issued> {
    let mut records = Vec::new();
    for (unit, name) in panel.units().iter().enumerate() {
        for at in 0..forecast.leads().len() {
            let Some(samples) = forecast.samples(unit, at) else { continue };
            records.push(Issued {
                issued: issued.to_owned(),
                data: data.to_owned(),
                as_of: forecast.as_of(),
                model: model.clone(),
                seed,
                unit: name.clone(),
                target: forecast.target(at),
                samples: samples.to_vec(),
                caveat: caveat.map(str::to_owned),
            });
        }
    }
    records
}

/// Sets what came beside what was forecast.
pub fn resolve<'i>(forecasts: &'i [Issued], panel: &Panel) -> Record<'i> {
    let resolved: Vec<Resolved<'i>> = forecasts
        .iter()
        .map(|issued| {
            let unit = panel.units().binary_search(&issued.unit).ok();
            let outcome = unit.and_then(|u| panel.outcome(u, issued.target)).filter(|_| !issued.samples.is_empty());
            let inside = |y: f64| {
                let outside = scores::INTERVAL_OUTSIDE / 2.0;
                let quantile = |share| scores::quantile(&issued.samples, share);
                quantile(outside) <= y && y <= quantile(1.0 - outside)
            };
            Resolved {
                issued,
                outcome,
                crps: outcome.map(|y| scores::crps(&issued.samples, y)),
                inside_90: outcome.map(inside),
            }
        })
        .collect();
    let known: Vec<(f64, bool)> = resolved.iter().filter_map(|r| r.crps.zip(r.inside_90)).collect();
    let n = known.len() as f64;
    let mut misses: Vec<usize> = (0..resolved.len()).filter(|&i| resolved[i].inside_90 == Some(false)).collect();
    misses.sort_by(|&a, &b| resolved[b].crps.unwrap_or(0.0).total_cmp(&resolved[a].crps.unwrap_or(0.0)));
    Record {
        resolved: known.len(),
        open: resolved.len() - known.len(),
        mean_crps: (!known.is_empty()).then(|| known.iter().map(|k| k.0).sum::<f64>() / n),
        inside_90: (!known.is_empty()).then(|| known.iter().filter(|k| k.1).count() as f64 / n),
        forecasts: resolved,
        misses,
    }
}

/// The sentence that must stand beside the forecasts of a model that did not beat a baseline on months held out, or
/// `None` where it did.
pub fn caveat(model: &str, baseline: &str, held_out: &str, by: &Comparison) -> Option<String> {
    if by.verdict == Verdict::Better {
        return None;
    }
    let how = match by.verdict {
        Verdict::Worse => "did worse than",
        _ => "was not shown to beat",
    };
    Some(format!(
        "On {held_out}, {model} {how} {baseline}: mean CRPS {:.2} beside {:.2}, difference {:+.2} ({}).",
        by.ours,
        by.theirs,
        by.difference,
        by.interval()
    ))
}
