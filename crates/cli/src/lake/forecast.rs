//! `annalist forecast`: deaths by month as distributions; their record; scores.

mod score;

use ::answers::Source;
use ::answers::forecast::{self, ForecastAsked, MODELS, RecordAsked};
use analysis::forecast::{Month, months_ahead};
use anyhow::Context;
use clap::{Args, Subcommand};
use jiff::Timestamp;

use super::answers::{Asking, say_not_kept};
use crate::Done;

/// Arguments of `annalist forecast`.
#[derive(Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct ForecastArguments {
    #[command(subcommand)]
    action: Option<Action>,
    #[command(flatten)]
    forecast: MakeArguments,
}

/// What is asked of forecasts.
#[derive(Subcommand)]
pub enum Action {
    /// What the forecasts kept in the lake have come to, misses included.
    Record(Box<RecordArguments>),
    /// Score the forecaster against open data, by the rules of the VIEWS prediction challenge.
    Score(score::ScoreArguments),
}

/// Arguments of `annalist forecast record`.
#[derive(Args)]
pub struct RecordArguments {
    #[command(flatten)]
    asking: Asking,
    /// Those of this source: own, ged …
    #[arg(long, value_name = "SOURCE")]
    source: Option<Source>,
    /// Those of these units; the units of which most are kept, if not given.
    #[arg(long, value_name = "UNIT", value_parser = UNITS)]
    unit: Option<String>,
    /// Those of this forecaster; of all, if not given.
    #[arg(long, value_name = "MODEL", value_parser = MODELS)]
    model: Option<String>,
}

/// What there may be a forecast for each of.
const UNITS: [&str; 5] = ["country", "pair", "admin1", "cell", "all"];

/// Arguments of a forecast.
#[derive(Args)]
struct MakeArguments {
    #[command(flatten)]
    asking: Asking,
    /// What is counted: own (the incidents of the reports that were read), ged … The only source that the lake holds, if not
    /// given.
    #[arg(long, value_name = "SOURCE")]
    source: Option<Source>,
    /// What there is a forecast for each of.
    #[arg(long, value_name = "UNIT", default_value = "country", value_parser = UNITS)]
    unit: String,
    /// The last month that the forecast sees, as 2018-10; the last that is known, if not given.
    #[arg(long, value_name = "MONTH")]
    month: Option<String>,
    /// Months ahead: one number, or a range as 3-14.
    #[arg(long, value_name = "MONTHS", default_value = "1-12")]
    leads: String,
    /// The forecaster.
    #[arg(long, value_name = "MODEL", default_value = "stack", value_parser = MODELS)]
    model: String,
    /// At most so many units, those of most deaths in the last year.
    #[arg(long, value_name = "N", default_value_t = 8)]
    most: usize,
    /// Keep the forecast in the lake, to be set beside what comes.
    #[arg(long)]
    keep: bool,
}

impl MakeArguments {
    fn asked(&self) -> anyhow::Result<ForecastAsked> {
        let month = self.month.clone().map(Month::try_from).transpose();
        let model =
            forecast::model_named(&self.model).with_context(|| format!("no forecaster is named {}", self.model))?;
        Ok(ForecastAsked {
            source: self.source,
            by: forecast::by_of(&self.unit),
            month: month.map_err(|e| anyhow::anyhow!("reading --month: {e}"))?,
            leads: months_ahead(&self.leads).map_err(|e| anyhow::anyhow!("reading --leads {}: {e}", self.leads))?,
            model,
            most: self.most,
        })
    }
}

/// Runs the command.
pub fn run(arguments: &ForecastArguments) -> anyhow::Result<Done> {
    match &arguments.action {
        Some(Action::Score(arguments)) => score::run(arguments),
        Some(Action::Record(arguments)) => {
            let RecordArguments { asking, source, unit, model } = &**arguments;
            let asked = RecordAsked {
                source: *source,
                by: unit.as_deref().map(forecast::by_of),
                model: model.as_deref().and_then(forecast::model_named),
            };
            asking.answer(|desk, question| forecast::record(desk, question, &asked))
        }
        None => {
            let MakeArguments { asking, keep, .. } = &arguments.forecast;
            let (_runtime, desk) = asking.desk()?;
            let made = forecast::forecasts(&desk, &asking.which.question(), &arguments.forecast.asked()?)?;
            say_not_kept(&desk);
            asking.out.write(&made.told.answer, &made.told.grounds)?;
            if *keep {
                let is_new = forecast::keep(&desk, &made, Timestamp::now())?;
                let said = if is_new { "the forecast is kept" } else { "the same forecast was kept before" };
                eprintln!("annalist: {said}; `annalist forecast record` tells what came of it");
            }
            Ok(Done::Clean)
        }
    }
}
