//! `annalist series`: counts and sums over time.

use clap::Args;

use super::answers::Asking;
use crate::Done;

/// Arguments of `annalist series`.
#[derive(Args)]
pub struct SeriesArguments {
    #[command(flatten)]
    asking: Asking,
}

/// Runs the command.
pub fn run(_: &SeriesArguments) -> anyhow::Result<Done> {
    anyhow::bail!("not yet")
}
