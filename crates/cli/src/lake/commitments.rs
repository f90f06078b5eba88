//! `annalist commitments`: claims of duties and promises, one by one, and who says that they were kept or broken.

use clap::Subcommand;

use super::answers::Asking;
use super::ask;
use crate::Done;

/// What is asked of them together.
#[derive(Subcommand)]
pub enum Action {
    /// Each commitment once, with the claims that it was kept or broken, and by whom.
    Kept(Asking),
}

/// Runs the command.
pub fn run(arguments: &ask::Together<Action>) -> anyhow::Result<Done> {
    match &arguments.action {
        None => ask::run(&arguments.ask, Some("commitment")),
        Some(Action::Kept(asking)) => asking.answer(::answers::commitments),
    }
}
