//! `annalist changes`: a period against those before it.

use clap::Args;

use super::answers::Asking;
use crate::Done;

/// Arguments of `annalist changes`.
#[derive(Args)]
pub struct ChangesArguments {
    #[command(flatten)]
    asking: Asking,
}

/// Runs the command.
pub fn run(_: &ChangesArguments) -> anyhow::Result<Done> {
    anyhow::bail!("not yet")
}
