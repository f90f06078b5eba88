//! How many will have died in a month to come: samples of a distribution, for each unit and each month ahead.
//!
//! A [`Panel`] of counts goes in (units by months, unknown told from zero); a forecaster is given a [`View`] of it, which
//! ends with its as-of month: no type here can show it a later one. A [`Forecast`] comes out: for each unit and lead as
//! many samples as were asked for, sorted, equally likely. [`scores`] measures them as the VIEWS prediction challenge of
//! 2023/24 did, [`rolling`] from many as-of months in turn, [`compare`] two forecasters with intervals that know that the
//! months of one country are not independent, [`record`] keeps what was forecast until it can be resolved.
//!
//! Everything is reckoned from its inputs and a seed; nothing is drawn that can be spread evenly. Samples of different
//! leads belong to no common path: sums over months cannot be made of them.
//!
//! It refuses counts that are negative or no numbers, and two counts for one unit and month. It does not know why
//! people die, sees nothing but the counts, forecasts no unit that was unknown for the whole year before, and cannot
//! say what was known at the time: where the panel is a later release, revised since, a forecast "as of" a month knows
//! what was found out about that month afterwards.

pub mod analogues;
pub mod baselines;
pub mod calibration;
pub mod compare;
pub mod counted;
pub mod held_out;
pub mod keep;
pub mod past;
pub mod record;
pub mod rolling;
pub mod samples;
pub mod scored;
pub mod scores;
pub mod shocks;
pub mod stack;
pub mod told;

mod features;
mod month;
mod panel;
pub(crate) mod random;
mod trees;

use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use month::Month;
pub use panel::{Panel, View};
pub use past::Past;
pub use samples::Forecast;

/// Months ahead that the VIEWS challenge scores: data to October, forecasts for January to December of the next year.
pub const CHALLENGE_LEADS: [u32; 12] = [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14];

/// Samples for each unit and lead. It divides 1,000, to which the ignorance score of the challenge spreads samples, and
/// is enough for its 5 % and 95 % quantiles: these lie between the 12th and 13th sample from either end.
pub const DRAWS: usize = 250;

/// The longest lead: so far ahead the challenge went, and no model here was looked at beyond it.
pub const MAX_LEAD: u32 = 14;

/// Months ahead from a text: one number, or a range as `3-14`. The error says what is wanted.
pub fn months_ahead(text: &str) -> Result<Vec<u32>, String> {
    let (from, to) = text.split_once('-').unwrap_or((text, text));
    match (from.trim().parse::<u32>(), to.trim().parse::<u32>()) {
        (Ok(from), Ok(to)) if from >= 1 && from <= to && to <= MAX_LEAD => Ok((from..=to).collect()),
        _ => Err(format!("months ahead are one number or a range, as 3-14, from 1 to {MAX_LEAD}")),
    }
}

/// A way to forecast.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Model {
    /// Nobody dies.
    Zero,
    /// Poisson about the last known month.
    LastPoisson,
    /// The last twelve months, each as likely: "conflictology" in the challenge.
    Conflictology,
    /// Negative binomial with mean and variance of the last twelve months.
    NegativeBinomial,
    /// Past months, their weight halved every so many months.
    Weighted {
        /// Months after which a month counts half.
        half_life_months: f64,
    },
    /// The same, each month times a log-normal shock: what may come is not only what was.
    Shocked(shocks::Settings),
    /// What followed in all countries after months like this one: a forest of trees with hurdle and tail.
    Analogues(analogues::Settings),
    /// A mixture of several of these, weighted by how they did from months before the as-of month.
    Stack(stack::Settings),
}

impl Model {
    /// A short name for tables.
    pub fn name(&self) -> String {
        match self {
            Self::Zero => "zero".to_owned(),
            Self::LastPoisson => "last_poisson".to_owned(),
            Self::Conflictology => "conflictology".to_owned(),
            Self::NegativeBinomial => "negative_binomial".to_owned(),
            Self::Weighted { half_life_months } => format!("weighted_{half_life_months}"),
            Self::Shocked(_) => "shocked".to_owned(),
            Self::Analogues(_) => "analogues".to_owned(),
            Self::Stack(_) => "stack".to_owned(),
        }
    }
}

/// Why there is no forecast or score.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum Refused {
    /// A count that is none.
    #[error("the count of {unit} in {month} is {value}; counts are finite and not below 0, unknown ones are left out")]
    NoCount {
        /// The unit.
        unit: String,
        /// The month.
        month: Month,
        /// The value.
        value: f64,
    },
    /// Two counts where one belongs.
    #[error("{unit} has two counts in {month}; add or choose before")]
    Twice {
        /// The unit.
        unit: String,
        /// The month.
        month: Month,
    },
    /// Nothing to forecast from.
    #[error("the panel has no rows")]
    Empty,
    /// The panel ends before.
    #[error("as of {asked}: the panel reaches from {first} to {last}")]
    Outside {
        /// The as-of month asked for.
        asked: Month,
        /// First month of the panel.
        first: Month,
        /// Last month of the panel.
        last: Month,
    },
    /// Nothing is forecast of a unit.
    #[error("{unit} is not forecast as of {as_of}: it is no unit of the panel, or nothing is known of the year before")]
    NotForecast {
        /// The unit.
        unit: String,
        /// The as-of month.
        as_of: Month,
    },
    /// A lead that no model was made for.
    #[error("a lead of {lead} months; leads are 1 to {MAX_LEAD}")]
    Lead {
        /// The lead.
        lead: u32,
    },
    /// A setting makes no sense.
    #[error("{what} is {value}, and must be {valid}")]
    Setting {
        /// Which setting.
        what: &'static str,
        /// What it was.
        value: f64,
        /// What it may be.
        valid: &'static str,
    },
    /// Stored samples that cannot be read.
    #[error("stored samples: {what}; they were written by another version or cut short")]
    Stored {
        /// What is wrong with them.
        what: String,
    },
    /// Forecasts that cannot be set side by side.
    #[error("{what}; compare forecasts of the same units, months and leads")]
    Unlike {
        /// What differs.
        what: String,
    },
}

/// Forecasts all units of a view that were known in one of its last twelve months.
pub fn forecast(model: &Model, view: View<'_>, leads: &[u32], draws: usize, seed: u64) -> Result<Forecast, Refused> {
    forecast_with(model, view, leads, draws, seed, &mut Past::default())
}

/// The same, with what was forecast from earlier months kept between calls; the answer does not depend on it.
pub fn forecast_with<'p>(
    model: &Model,
    view: View<'p>,
    leads: &[u32],
    draws: usize,
    seed: u64,
    past: &mut Past<'p>,
) -> Result<Forecast, Refused> {
    if let Some(&lead) = leads.iter().find(|l| !(1..=MAX_LEAD).contains(l)) {
        return Err(Refused::Lead { lead });
    }
    if draws == 0 {
        return Err(Refused::Setting { what: "draws", value: 0.0, valid: "1 or more" });
    }
    match model {
        Model::Zero => Ok(baselines::zero(view, leads, draws)),
        Model::LastPoisson => Ok(baselines::last_poisson(view, leads, draws)),
        Model::Conflictology => Ok(baselines::conflictology(view, leads, draws)),
        Model::NegativeBinomial => Ok(baselines::negative_binomial(view, leads, draws)),
        Model::Weighted { half_life_months } => baselines::weighted(view, leads, draws, *half_life_months),
        Model::Shocked(settings) => shocks::shocked(view, leads, draws, settings),
        Model::Analogues(settings) => analogues::analogues(view, leads, draws, seed, settings),
        Model::Stack(settings) => stack::stack(view, leads, draws, seed, settings, past),
    }
}
