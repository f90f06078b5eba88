//! `annalist ceasefires`: each ceasefire with its clock, who accuses whom of breaking it; and how long many of them held.

use std::path::PathBuf;

use ::answers::CeasefiresAsked;
use analysis::ceasefires::Definitions;
use anyhow::Context;
use clap::{Args, Subcommand};
use model::When;

use super::answers::Asking;
use crate::Done;

/// Arguments of `annalist ceasefires`.
#[derive(Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct CeasefiresArguments {
    /// What is asked of them together; `None` tells each.
    #[command(subcommand)]
    action: Option<Action>,
    #[command(flatten)]
    each: EachArguments,
}

/// What is asked of many.
#[derive(Subcommand)]
pub enum Action {
    /// How long they held: the share that still holds after a time, and in which ways they ended.
    Survival(SurvivalArguments),
}

/// Arguments of the ceasefires one by one.
#[derive(Args)]
struct EachArguments {
    #[command(flatten)]
    asking: Asking,
    #[command(flatten)]
    defined: Defined,
    /// Say how each stood at this time: at the end of a day, or at a clock time with its zone.
    #[arg(long, value_name = "TIME")]
    at: Option<When>,
}

/// Arguments of `annalist ceasefires survival`.
#[derive(Args)]
pub struct SurvivalArguments {
    #[command(flatten)]
    asking: Asking,
    #[command(flatten)]
    defined: Defined,
}

/// What counts as what.
#[derive(Args)]
struct Defined {
    /// A file of definitions of one's own (violation, lull, collapse), in the form of data/ceasefires/definitions.toml.
    #[arg(long, value_name = "FILE")]
    definitions: Option<PathBuf>,
}

impl Defined {
    fn read(&self) -> anyhow::Result<Definitions> {
        let Some(path) = &self.definitions else { return Ok(Definitions::embedded()) };
        let attempt = || format!("reading definitions from {}", path.display());
        let text = std::fs::read_to_string(path).with_context(attempt)?;
        Definitions::parse(&text).with_context(attempt)
    }
}

/// Runs the command.
pub fn run(arguments: &CeasefiresArguments) -> anyhow::Result<Done> {
    match &arguments.action {
        None => {
            let EachArguments { asking, defined, at } = &arguments.each;
            let asked = CeasefiresAsked { definitions: defined.read()?, at: *at };
            asking.answer(|desk, question| ::answers::ceasefires(desk, question, &asked))
        }
        Some(Action::Survival(SurvivalArguments { asking, defined })) => {
            let definitions = defined.read()?;
            asking.answer(|desk, question| ::answers::survival(desk, question, &definitions))
        }
    }
}
