//! `annalist figures`: claims of aggregates, one by one, and beside what the lake counts.

use clap::Subcommand;

use super::answers::Asking;
use super::ask;
use crate::Done;

/// What is asked of them together.
#[derive(Subcommand)]
pub enum Action {
    /// Each figure beside what the lake counts in its window, and why the two may differ.
    Beside(Asking),
}

/// Runs the command.
pub fn run(arguments: &ask::Together<Action>) -> anyhow::Result<Done> {
    match &arguments.action {
        None => ask::run(&arguments.ask, Some("figure")),
        Some(Action::Beside(asking)) => asking.answer(::answers::figures),
    }
}
