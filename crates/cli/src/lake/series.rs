//! `annalist series`: counts and sums over time.

use ::lake::{AsOf, Filter, Lake};
use analysis::changepoints::{self, Cost};
use analysis::series::{By, Course, Gathered, Settings, Undated, Unit, Window, course};
use analysis::{Grounds, Report};
use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use jiff::civil::Date;
use model::{Dataset, DocumentId};
use tokio::runtime::Runtime;

use super::answers::{Asking, gather};
use super::incidents::Known;
use super::runtime;
use crate::Done;

/// Arguments of `annalist series`.
#[derive(Args)]
pub struct SeriesArguments {
    #[command(flatten)]
    asking: Asking,
    #[command(flatten)]
    source: SourceArguments,
    /// What the series are by.
    #[arg(long, value_enum, default_value_t = ByWord::All)]
    by: ByWord,
    /// How long a period is.
    #[arg(long, value_enum, default_value_t = UnitWord::Month)]
    unit: UnitWord,
    /// What is drawn, and looked at for changes.
    #[arg(long, value_enum, default_value_t = present::Measure::Events)]
    measure: present::Measure,
    /// Find where the level changed: l2 for sums, poisson for counts.
    #[arg(long, value_enum, value_name = "COST")]
    change_points: Option<CostWord>,
    /// No more than this many series, those with most first.
    #[arg(long, value_name = "N", default_value_t = 12)]
    most: usize,
}
