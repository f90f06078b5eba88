//! `annalist ties`: claims of lasting relations, one by one, and what they come to over time.

use ::answers::NetworkAsked;
use analysis::ties::Period;
use clap::{Args, Subcommand, ValueEnum};
use jiff::civil::Date;

use super::answers::Asking;
use super::ask;
use crate::Done;

/// What is asked of them together.
#[derive(Subcommand)]
pub enum Action {
    /// Each tie as a stretch of time: who asserts it, who denies it, since when, last said.
    Spans(Asking),
    /// How two parties stand to each other: where they grew warmer or colder, with the sentences behind it.
    Shifts(ShiftsArguments),
    /// Which ties stand on a day, with their signs, and the threes that they make.
    Network(NetworkArguments),
    /// Who depends on what, and when it was closed and opened.
    Leverage(Asking),
}

/// Arguments of `annalist ties shifts`.
#[derive(Args)]
pub struct ShiftsArguments {
    #[command(flatten)]
    asking: Asking,
    /// How long a period is.
    #[arg(long, value_enum, default_value_t = PeriodWord::Week)]
    unit: PeriodWord,
}

/// How long a period of the level is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PeriodWord {
    /// A week.
    Week,
    /// A month.
    Month,
}

/// Arguments of `annalist ties network`.
#[derive(Args)]
pub struct NetworkArguments {
    #[command(flatten)]
    asking: Asking,
    /// The day; that of the last report if not given.
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
    /// Attacks of so many days before count as hostile sides; 0 for none.
    #[arg(long, value_name = "DAYS", default_value_t = 90)]
    attacks: u16,
}

/// Runs the command.
pub fn run(arguments: &ask::Together<Action>) -> anyhow::Result<Done> {
    match &arguments.action {
        None => ask::run(&arguments.ask, Some("tie")),
        Some(Action::Spans(asking)) => asking.answer(::answers::spans),
        Some(Action::Shifts(ShiftsArguments { asking, unit })) => {
            let period = match unit {
                PeriodWord::Week => Period::Week,
                PeriodWord::Month => Period::Month,
            };
            asking.answer(|desk, question| ::answers::shifts(desk, question, period))
        }
        Some(Action::Network(NetworkArguments { asking, on, attacks })) => {
            let asked = NetworkAsked { on: *on, attacks: *attacks };
            asking.answer(|desk, question| ::answers::network(desk, question, asked))
        }
        Some(Action::Leverage(asking)) => asking.answer(::answers::leverage),
    }
}
