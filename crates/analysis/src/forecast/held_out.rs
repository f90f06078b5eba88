//! Whether a forecaster was shown to beat what anybody could forecast, on months that it had not seen: the sentence that
//! stands beside each of its numbers.
//!
//! From earlier as-of months the forecaster and its baselines forecast what is known by now, and are compared as
//! [`super::compare`] does. An interval that includes zero shows nothing, and the sentence says so.

use serde::Serialize;

use super::compare::{Comparison, Verdict, compare};
use super::rolling::{Cell, forecasts, score};
use super::{Model, Month, Panel, Past, Refused};

/// How a forecaster did on months held out.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HeldOut {
    /// The forecaster.
    pub model: String,
    /// The months from which it forecast.
    pub as_of: Vec<Month>,
    /// The first and the last month that it was held against.
    pub first: Month,
    /// The last of them.
    pub last: Month,
    /// Forecasts of one unit and month each.
    pub cells: usize,
    /// Beside each baseline.
    pub against: Vec<Against>,
}

/// A forecaster beside a baseline.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Against {
    /// The baseline.
    pub baseline: String,
    /// By CRPS, in deaths.
    pub crps: Comparison,
    /// By CRPS of ln(1 + deaths).
    pub crps_log: Comparison,
}

/// Forecasts from earlier months and compares with baselines, over what came up to `until`. Refused where nothing of it is
/// known by then.
pub fn held_out(
    model: &Model,
    baselines: &[Model],
    panel: &Panel,
    as_of: &[Month],
    until: Month,
    leads: &[u32],
    (draws, seed): (usize, u64),
) -> Result<HeldOut, Refused> {
    let mut past = Past::default();
    let mut cells = |model: &Model| -> Result<Vec<Cell>, Refused> {
        let all = forecasts(model, panel, as_of, leads, draws, seed, &mut past)?;
        Ok(all.iter().flat_map(|forecast| score(forecast, panel)).filter(|cell| cell.target <= until).collect())
    };
    let ours = cells(model)?;
    let months = ours.iter().map(|cell| cell.target);
    let (Some(first), Some(last)) = (months.clone().min(), months.max()) else {
        return Err(Refused::Unlike { what: format!("no month that was forecast is known by {until}") });
    };
    let mut against = Vec::new();
    for baseline in baselines {
        against.push(Against::of(baseline.name(), &ours, &cells(baseline)?, seed)?);
    }
    Ok(HeldOut { model: model.name(), as_of: as_of.to_vec(), first, last, cells: ours.len(), against })
}

impl Against {
    /// Two forecasters over the same cells.
    pub(super) fn of(baseline: String, ours: &[Cell], theirs: &[Cell], seed: u64) -> Result<Self, Refused> {
        let crps = compare(ours, theirs, |cell| cell.crps, seed)?;
        let crps_log = compare(ours, theirs, |cell| cell.crps_log, seed)?;
        Ok(Self { baseline, crps, crps_log })
    }

    /// What it says: "not shown to beat conflictology (mean CRPS 14.33 beside 15.85, difference -1.52; 95 %: -3.77 to +0.17)".
    pub fn words(&self) -> String {
        let how = match self.crps.verdict {
            Verdict::Better => "shown to beat",
            Verdict::NotShown => "not shown to beat",
            Verdict::Worse => "worse than",
        };
        let Comparison { ours, theirs, difference, .. } = &self.crps;
        format!(
            "{how} {} (mean CRPS {ours:.2} beside {theirs:.2}, difference {difference:+.2}; {})",
            self.baseline,
            self.crps.interval()
        )
    }
}

impl HeldOut {
    /// The sentence that stands beside each number.
    pub fn sentence(&self) -> String {
        if self.against.is_empty() {
            return Self::said(None);
        }
        let each: Vec<String> = self.against.iter().map(Against::words).collect();
        format!("On {} to {}, held out, {} was {}.", self.first, self.last, self.model, each.join("; "))
    }

    /// The sentence, also where nothing was held out.
    pub fn said(held_out: Option<&Self>) -> String {
        held_out.map_or_else(
            || "It was not tried on months held out: nobody knows whether it beats the months before.".to_owned(),
            Self::sentence,
        )
    }
}
