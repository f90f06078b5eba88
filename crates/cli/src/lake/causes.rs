//! `annalist causes`: claims of cause and effect, one by one, and as a graph of judgements.

use clap::{Args, Subcommand};

use super::answers::Asking;
use super::ask;
use crate::Done;

/// What is asked of them together.
#[derive(Subcommand)]
pub enum Action {
    /// Judgements as a signed graph, each with who judges so.
    Graph(Asking),
    /// What feeds back on itself, named.
    Loops(Asking),
    /// By what steps a lever works, in whose judgement.
    Paths(PathsArguments),
}

/// Arguments of `annalist causes paths`.
#[derive(Args)]
pub struct PathsArguments {
    #[command(flatten)]
    asking: Asking,
    /// The lever: a concept (data/causes/concepts.toml) or words of a judgement, such as strikes or pressure.
    #[arg(long, value_name = "CONCEPT|WORDS")]
    lever: String,
    /// What it is to move; everything if not given.
    #[arg(long, value_name = "CONCEPT|WORDS")]
    outcome: Option<String>,
}

/// Runs the command.
pub fn run(arguments: &ask::Together<Action>) -> anyhow::Result<Done> {
    match &arguments.action {
        None => ask::run(&arguments.ask, Some("cause")),
        Some(Action::Graph(asking)) => asking.answer(::answers::causes),
        Some(Action::Loops(asking)) => asking.answer(::answers::loops),
        Some(Action::Paths(PathsArguments { asking, lever, outcome })) => {
            asking.answer(|desk, question| ::answers::paths(desk, question, lever, outcome.as_deref()))
        }
    }
}
