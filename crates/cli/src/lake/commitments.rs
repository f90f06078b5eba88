//! `annalist commitments`: claims of duties and promises, one by one, and what they come to.

use clap::{Args, Subcommand};

use super::answers::Asking;
use super::ask;
use crate::Done;

/// Arguments of `annalist commitments`.
#[derive(Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct CommitmentsArguments {
    #[command(subcommand)]
    action: Option<Action>,
    #[command(flatten)]
    ask: ask::AskArguments,
}

/// What is asked of them together.
#[derive(Subcommand)]
enum Action {
    /// Each commitment with the claims that it was kept or broken, and by whom.
    Kept(Asking),
}

/// Runs the command.
pub fn run(arguments: &CommitmentsArguments) -> anyhow::Result<Done> {
    match &arguments.action {
        None => ask::run(&arguments.ask, Some("commitment")),
        Some(Action::Kept(_)) => anyhow::bail!("not yet"),
    }
}
