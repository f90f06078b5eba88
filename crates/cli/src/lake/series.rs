//! `annalist series`: counts and sums over time.

use ::answers::SeriesAsked;
use analysis::changepoints::{Cost, Penalty};
use analysis::series::{By, LevelsAsked, Measure, Undated, Unit};
use clap::{Args, ValueEnum};

use super::answers::{Asking, Sources};
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
    /// Show where the level of this changed.
    #[arg(long, value_enum, value_name = "MEASURE", num_args = 0..=1, default_missing_value = "happenings")]
    change_points: Option<MeasureWord>,
    /// What makes a stretch of one level fit badly.
    #[arg(long, value_enum, default_value_t = CostWord::Poisson, requires = "change_points")]
    cost: CostWord,
    /// What one change more costs, in the units of the cost; Schwarz's criterion if not given.
    #[arg(long, value_name = "NUMBER", requires = "change_points")]
    penalty: Option<f64>,
    /// Reckon as Python's ruptures does, without allowing for counts that vary more than Poisson's.
    #[arg(long, requires = "change_points")]
    plain: bool,
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
    /// PRIO-GRID cells, of half a degree.
    Cell,
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

/// What change points are looked for in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum MeasureWord {
    /// All happenings.
    Happenings,
    /// Those of conflict.
    Hostile,
    /// Those of cooperation.
    Cooperative,
    /// The dead, at the least that anybody gives.
    Dead,
}

/// What makes a stretch of one level fit badly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum CostWord {
    /// The likelihood of counts.
    Poisson,
    /// Squared deviations.
    L2,
}

impl SeriesArguments {
    fn levels(&self) -> Option<LevelsAsked> {
        let measure = match self.change_points? {
            MeasureWord::Happenings => Measure::Happenings,
            MeasureWord::Hostile => Measure::Hostile,
            MeasureWord::Cooperative => Measure::Cooperative,
            MeasureWord::Dead => Measure::Dead,
        };
        let cost = match self.cost {
            CostWord::Poisson => Cost::Poisson,
            CostWord::L2 => Cost::L2,
        };
        let penalty = self.penalty.map_or(Penalty::Schwarz, Penalty::Given);
        Some(LevelsAsked { measure, cost, penalty, plain: self.plain })
    }
}

/// Runs the command.
pub fn run(arguments: &SeriesArguments) -> anyhow::Result<Done> {
    let by = match arguments.by {
        ByWord::All => By::All,
        ByWord::Dyad => By::Dyad,
        ByWord::Directed => By::DirectedDyad,
        ByWord::Party => By::Party,
        ByWord::Country => By::Country,
        ByWord::Admin1 => By::Admin1,
        ByWord::Cell => By::Cell,
        ByWord::Type => By::Type,
    };
    let unit = match arguments.unit {
        UnitWord::Day => Unit::Day,
        UnitWord::Week => Unit::Week,
        UnitWord::Month => Unit::Month,
        UnitWord::Year => Unit::Year,
    };
    let asked = SeriesAsked {
        sources: arguments.sources.sources.clone(),
        by,
        unit,
        undated: if arguments.undated_on_report { Undated::OnReport } else { Undated::NotPlaced },
        lag_days: arguments.lag,
        levels: arguments.levels(),
    };
    arguments.asking.answer(|desk, question| ::answers::series(desk, question, &asked))
}
