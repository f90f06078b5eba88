//! `annalist ceasefires`: ceasefires, their clocks and their breaches.

use clap::Args;

use super::answers::Asking;
use crate::Done;

/// Arguments of `annalist ceasefires`.
#[derive(Args)]
pub struct CeasefiresArguments {
    #[command(flatten)]
    asking: Asking,
}

/// Runs the command.
pub fn run(_: &CeasefiresArguments) -> anyhow::Result<Done> {
    anyhow::bail!("not yet")
}
