//! `annalist series`: counts and sums over time.

use analysis::series::{By, Settings, Undated, Unit, Window, course};
use anyhow::bail;
use clap::{Args, ValueEnum};
use present::OverTime;

use super::answers::Asking;
use super::answers::rows::{Rows, Sources};
use super::runtime;
use crate::Done;

/// Arguments of `annalist series`.
#[derive(Args)]
pub struct SeriesArguments {
    #[command(flatten)]
    asking: Asking,
    #[command(flatten)]
    sources: Sources,
    /// What there is a series of each of.
    #[arg(long, value_enum, default_value_t = ByWord::All)]
    by: ByWord,
    /// How long a period is.
    #[arg(long, value_enum, default_value_t = UnitWord::Month)]
    unit: UnitWord,
    /// Put what no text dates on the day of its first report.
    #[arg(long)]
    undated_on_report: bool,
    /// Days after a period within which a report still tells of it.
    #[arg(long, value_name = "DAYS", default_value_t = analysis::series::LAG_DAYS)]
    lag: u16,
}

/// What a series is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ByWord {
    /// Everything.
    All,
    /// Pairs of parties, both ways together.
    Dyad,
    /// Pairs of parties, one way.
    Directed,
    /// Parties, on whichever side.
    Party,
    /// Countries.
    Country,
    /// First-order divisions.
    Admin1,
    /// PLOVER types.
    Type,
}

/// How long a period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum UnitWord {
    /// A day.
    Day,
    /// An ISO week.
    Week,
    /// A month.
    Month,
    /// A year.
    Year,
}

/// Runs the command.
pub fn run(arguments: &SeriesArguments) -> anyhow::Result<Done> {
    let runtime = runtime()?;
    let Asking { place, as_of, which, out } = &arguments.asking;
    let mut lake = place.open(&runtime)?;
    let as_of = as_of.as_of()?;
    let window = match which.days() {
        (Some(from), Some(to)) if from > to => bail!("--from {from} comes after --to {to}"),
        (Some(from), Some(to)) => Some(Window { from, to }),
        _ => None,
    };
    let rows = Rows::fetch(&runtime, &mut lake, &as_of, which, &arguments.sources)?;
    let by = match arguments.by {
        ByWord::All => By::All,
        ByWord::Dyad => By::Dyad,
        ByWord::Directed => By::DirectedDyad,
        ByWord::Party => By::Party,
        ByWord::Country => By::Country,
        ByWord::Admin1 => By::Admin1,
        ByWord::Type => By::Type,
    };
    let unit = match arguments.unit {
        UnitWord::Day => Unit::Day,
        UnitWord::Week => Unit::Week,
        UnitWord::Month => Unit::Month,
        UnitWord::Year => Unit::Year,
    };
    let undated = if arguments.undated_on_report { Undated::OnReport } else { Undated::NotPlaced };
    let settings = Settings { undated, window, lag_days: arguments.lag, ..Settings::new(by, unit) };
    let course = course(&rows.gathered.rows, &rows.reports, &settings);
    let mut grounds = rows.grounds(&as_of, which, "happenings over time");
    grounds.method = course.method();
    let answer =
        OverTime { title: format!("Happenings{}", which.words()), course, left_out: rows.gathered.left_out.clone() };
    grounds.caveats = answer.caveats();
    out.write(&answer, &grounds)?;
    Ok(Done::Clean)
}
