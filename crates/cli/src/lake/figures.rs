//! `annalist figures`: claims of aggregates that reports give, one by one, and what they come to.

use clap::{Args, Subcommand};

use super::answers::Asking;
use super::ask;
use crate::Done;

/// Arguments of `annalist figures`.
#[derive(Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct FiguresArguments {
    #[command(subcommand)]
    action: Option<Action>,
    #[command(flatten)]
    ask: ask::AskArguments,
}

/// What is asked of them together.
#[derive(Subcommand)]
enum Action {
    /// Each figure beside what the lake counts in its window, and why the two may differ.
    Beside(Asking),
}

/// Runs the command.
pub fn run(arguments: &FiguresArguments) -> anyhow::Result<Done> {
    match &arguments.action {
        None => ask::run(&arguments.ask, Some("figure")),
        Some(Action::Beside(_)) => anyhow::bail!("not yet"),
    }
}
