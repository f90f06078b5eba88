//! What a forecast tells of one unit: what was counted before, how many may die month by month and how sure that is, and
//! whether this way of forecasting was shown to be worth anything.
//!
//! Every count carries the ids of what was counted, where the caller knows them. Numbers of different months belong to no
//! common path: they are not to be added up.

use serde::Serialize;

use super::held_out::HeldOut;
use super::{Forecast, Month, Panel, Refused, scores};

/// Deaths in a month from which on it counts as a bad one: UCDP's threshold for an armed conflict, which is of a year.
pub const BAD_MONTH_DEATHS: f64 = 25.0;

/// What is told of one unit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Told {
    /// The unit.
    pub unit: String,
    /// The last month that was seen.
    pub as_of: Month,
    /// Months up to the as-of month, in order.
    pub past: Vec<Count>,
    /// Months ahead, in order.
    pub ahead: Vec<Ahead>,
    /// Whether the forecaster was shown to beat its baselines on months held out, in a sentence.
    pub shown: String,
}

/// Deaths counted in a month.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Count {
    /// The month.
    pub month: Month,
    /// How many; `None` where it is not known, which is no zero.
    pub deaths: Option<f64>,
    /// Ids of the claims or incidents that were counted.
    pub evidence: Vec<String>,
}

/// What may come in one month.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Ahead {
    /// Months ahead of the as-of month.
    pub lead_months: u32,
    /// The month.
    pub month: Month,
    /// As many deaths or fewer are as likely as more.
    pub median_deaths: f64,
    /// Mean of the samples.
    pub mean_deaths: f64,
    /// Between these lies the middle half.
    pub within_50_deaths: Range,
    /// Between these lie the middle nine tenths.
    pub within_90_deaths: Range,
    /// Probability that anybody dies.
    pub chance_of_any: f64,
    /// Probability of [`BAD_MONTH_DEATHS`] deaths or more.
    pub chance_of_25: f64,
    /// What came, where it is known by now.
    pub outcome: Option<Count>,
}

/// From a number to another.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Range {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Range {
    /// Whether a number lies in it, ends included.
    pub fn holds(&self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }

    /// The middle share of sorted samples.
    pub fn middle(samples: &[f64], share: f64) -> Self {
        let outside = (1.0 - share) / 2.0;
        Self { low: scores::quantile(samples, outside), high: scores::quantile(samples, 1.0 - outside) }
    }
}

/// Which ids stand behind a unit's count in a month.
pub type Evidence<'e> = &'e dyn Fn(&str, Month) -> Vec<String>;

/// What a forecast tells of units by name, in the order asked; those that it does not forecast are refused by name. The
/// last `past_months` months stand beside it. `known_until` is the last month whose count may be shown as an outcome.
pub fn told(
    forecast: &Forecast,
    panel: &Panel,
    units: &[&str],
    past_months: u32,
    known_until: Option<Month>,
    held_out: Option<&HeldOut>,
    evidence: Evidence<'_>,
) -> Result<Vec<Told>, Refused> {
    let shown = HeldOut::said(held_out);
    let one = |name: &&str| {
        let unit = panel.units().binary_search_by(|unit| unit.as_str().cmp(name)).ok();
        let unit = unit.filter(|unit| forecast.samples(*unit, 0).is_some());
        let unit = unit.ok_or_else(|| Refused::NotForecast { unit: (*name).to_owned(), as_of: forecast.as_of() })?;
        let count = |month: Month| {
            let deaths = panel.outcome(unit, month);
            let evidence = if deaths.is_some() { evidence(name, month) } else { Vec::new() };
            Count { month, deaths, evidence }
        };
        let first = forecast.as_of().plus(1 - i32::try_from(past_months).unwrap_or(0)).max(panel.first());
        let past = (0..=forecast.as_of().since(first)).map(|after| count(first.plus(after))).collect();
        let ahead = (0..forecast.leads().len()).filter_map(|at| {
            let month = forecast.target(at);
            let known = known_until.filter(|until| month <= *until).map(|_| count(month));
            let outcome = known.filter(|count| count.deaths.is_some());
            Some(ahead(forecast.samples(unit, at)?, forecast.leads()[at], month, outcome))
        });
        Ok(Told {
            unit: (*name).to_owned(),
            as_of: forecast.as_of(),
            past,
            ahead: ahead.collect(),
            shown: shown.clone(),
        })
    };
    units.iter().map(one).collect()
}

/// What sorted samples say of a month.
fn ahead(samples: &[f64], lead_months: u32, month: Month, outcome: Option<Count>) -> Ahead {
    let n = samples.len() as f64;
    let from = |least: f64| (samples.len() - samples.partition_point(|x| *x < least)) as f64 / n;
    Ahead {
        lead_months,
        month,
        median_deaths: scores::quantile(samples, 0.5),
        mean_deaths: samples.iter().sum::<f64>() / n,
        within_50_deaths: Range::middle(samples, 0.5),
        within_90_deaths: Range::middle(samples, 0.9),
        chance_of_any: from(f64::MIN_POSITIVE),
        chance_of_25: from(BAD_MONTH_DEATHS),
        outcome,
    }
}
