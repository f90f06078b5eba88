//! `annalist changes`: a period against those before it.

use ::answers::{ChangesAsked, Grounded};
use clap::Args;
use jiff::civil::Date;

use super::answers::{Asking, Sources, say_not_kept};
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
    let ChangesArguments { asking, sources, days, last, before, dated_only } = arguments;
    let asked = ChangesAsked {
        sources: sources.sources.clone(),
        days: *days,
        last: *last,
        before: before.clone(),
        dated_only: *dated_only,
    };
    let (_runtime, desk) = asking.desk()?;
    let found = ::answers::changes(&desk, &asking.which.question(), &asked)?;
    say_not_kept(&desk);
    match found {
        Some(Grounded { grounds, answer }) => asking.out.write(&answer, &grounds)?,
        None => eprintln!("annalist: the lake holds no report with a date: nothing can be compared"),
    }
    Ok(Done::Clean)
}
