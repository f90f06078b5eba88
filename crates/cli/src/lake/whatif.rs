//! `annalist whatif`: futures of the fitted cycles with and without a lever, side by side.

use std::path::PathBuf;

use ::answers::whatif::WhatIfAsked;
use analysis::whatif::{FEWEST_FUTURES, LONGEST_DAYS, Package, episodes};
use anyhow::{Context, bail};
use clap::Args;

use super::answers::Asking;
use super::cycles::StreamsArguments;
use crate::Done;

/// Arguments of `annalist whatif`.
#[derive(Args)]
pub struct WhatIfArguments {
    #[command(flatten)]
    asking: Asking,
    #[command(flatten)]
    streams: StreamsArguments,
    /// A package of levers, `NAME::LEVER+LEVER` or levers alone; may be given several times. Levers: replies:PAK=0.4..0.8,
    /// pressure:TTP=0.7..0.9, ceasefire:PAK-AFG:14d=0.1..0.4, border:PAK-AFG:open, talks:PAK-AFG:60d. A range of factors is
    /// your assumption; without one, history has to tell.
    #[arg(long = "package", visible_alias = "lever", value_name = "PACKAGE", required = true)]
    packages: Vec<Package>,
    /// Days ahead.
    #[arg(long, value_name = "DAYS", default_value_t = 90)]
    days: usize,
    /// Futures of each package.
    #[arg(long, value_name = "N", default_value_t = FEWEST_FUTURES)]
    futures: usize,
    /// A table of times at which levers were really pulled (docs/whatif.md), besides those that the reports tell of.
    #[arg(long, value_name = "FILE")]
    episodes: Option<PathBuf>,
}

/// Runs the command.
pub fn run(arguments: &WhatIfArguments) -> anyhow::Result<Done> {
    let WhatIfArguments { asking, streams, packages, days, futures, episodes: table } = arguments;
    if !(1..=LONGEST_DAYS).contains(days) {
        bail!("--days {days}: from 1 to {LONGEST_DAYS}");
    }
    let episodes = match table {
        None => Vec::new(),
        Some(path) => {
            let attempt = || format!("reading episodes from {}", path.display());
            episodes(&std::fs::read_to_string(path).with_context(attempt)?).with_context(attempt)?
        }
    };
    let asked =
        WhatIfAsked { streams: streams.asked(), packages: packages.clone(), days: *days, futures: *futures, episodes };
    asking.answer(|desk, question| ::answers::whatif::what_if(desk, question, &asked))
}
