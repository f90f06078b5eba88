//! `annalist causes`: claims of judgements of what moves what, one by one, and what they come to.

use clap::{Args, Subcommand};

use super::answers::Asking;
use super::ask;
use crate::Done;

/// Arguments of `annalist causes`.
#[derive(Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct CausesArguments {
    #[command(subcommand)]
    action: Option<Action>,
    #[command(flatten)]
    ask: ask::AskArguments,
}

/// What is asked of them together.
#[derive(Subcommand)]
enum Action {
    /// Judgements as a signed graph, each with who judges so.
    Graph(Asking),
    /// Circles of cause and effect, named.
    Loops(Asking),
    /// By which ways a lever works, in whose judgement.
    Paths(Asking),
}

/// Runs the command.
pub fn run(arguments: &CausesArguments) -> anyhow::Result<Done> {
    match &arguments.action {
        None => ask::run(&arguments.ask, Some("cause")),
        Some(Action::Graph(_)) => anyhow::bail!("not yet"),
        Some(Action::Loops(_)) => anyhow::bail!("not yet"),
        Some(Action::Paths(_)) => anyhow::bail!("not yet"),
    }
}
