//! `annalist changes`: a period against those before it.

use analysis::changes::{Known, Settings, changes};
use analysis::series::Undated;
use clap::Args;
use jiff::civil::Date;
use present::WhatChanged;

use super::answers::rows::{Rows, Sources};
use super::answers::{Asking, gather};
use super::runtime;
use crate::Done;

/// Arguments of `annalist changes`.
#[derive(Args)]
pub struct ChangesArguments {
    #[command(flatten)]
    asking: Asking,
    #[command(flatten)]
    sources: Sources,
    /// Days of the period that is compared, up to the as-of day; that of the last report if none is given.
    #[arg(long, value_name = "N", default_value_t = 7, value_parser = clap::value_parser!(u16).range(1..=366))]
    days: u16,
    /// The last day of the period; the as-of day, else that of the last report, if not given.
    #[arg(long, value_name = "DATE")]
    last: Option<Date>,
    /// How many periods before it is compared with, each number by itself.
    #[arg(long, value_name = "N", value_delimiter = ',', default_values_t = [4, 52])]
    before: Vec<usize>,
    /// Leave what no text dates out, instead of putting it on the day of its first report.
    #[arg(long)]
    dated_only: bool,
}

/// Runs the command.
pub fn run(arguments: &ChangesArguments) -> anyhow::Result<Done> {
    let runtime = runtime()?;
    let Asking { place, as_of, which, out } = &arguments.asking;
    let mut lake = place.open(&runtime)?;
    let as_of = as_of.as_of()?;
    let rows = Rows::fetch(&runtime, &mut lake, &as_of, which, &arguments.sources)?;
    let Some(day) = arguments.last.or_else(|| gather::day_of(&as_of, &rows.reports)) else {
        eprintln!("annalist: the lake holds no report with a date: nothing can be compared");
        return Ok(Done::Clean);
    };
    let undated = if arguments.dated_only { Undated::NotPlaced } else { Undated::OnReport };
    let settings = Settings { days: arguments.days, undated, before: arguments.before.clone(), ..Settings::default() };
    let known =
        Known { rows: &rows.gathered.rows, disputes: &rows.disputes, denials: &rows.denials, reports: &rows.reports };
    let changes = changes(known, day, &settings);
    let mut grounds = rows.grounds(&as_of, which, "what changed");
    grounds.method = changes.method();
    grounds.caveats.extend(changes.caveats());
    out.write(&WhatChanged { changes }, &grounds)?;
    Ok(Done::Clean)
}
