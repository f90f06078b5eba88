//! `annalist ties`: claims of lasting relations, one by one, and what they come to.

use clap::{Args, Subcommand};

use super::answers::Asking;
use super::ask;
use crate::Done;

/// Arguments of `annalist ties`.
#[derive(Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct TiesArguments {
    #[command(subcommand)]
    action: Option<Action>,
    #[command(flatten)]
    ask: ask::AskArguments,
}

/// What is asked of them together.
#[derive(Subcommand)]
enum Action {
    /// Each tie as a stretch of time: who asserts it, who denies it, since when, last said.
    Spans(Asking),
    /// Where two parties grew warmer or colder, with the sentences behind it.
    Shifts(Asking),
    /// Which ties stand on a day, with their signs, and the triads that they make.
    Network(Asking),
    /// Who depends on what, and when it was closed and opened.
    Leverage(Asking),
}

/// Runs the command.
pub fn run(arguments: &TiesArguments) -> anyhow::Result<Done> {
    match &arguments.action {
        None => ask::run(&arguments.ask, Some("tie")),
        Some(Action::Spans(_)) => anyhow::bail!("not yet"),
        Some(Action::Shifts(_)) => anyhow::bail!("not yet"),
        Some(Action::Network(_)) => anyhow::bail!("not yet"),
        Some(Action::Leverage(_)) => anyhow::bail!("not yet"),
    }
}
