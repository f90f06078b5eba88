//! `annalist figures`: claims of aggregates, one by one, and beside what the lake counts.

use analysis::figures::{self, Counted};
use clap::{Args, Subcommand};
use present::Figures;

use super::answers::{Asking, gather};
use super::{ask, runtime};
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
    let Some(Action::Beside(asking)) = &arguments.action else { return ask::run(&arguments.ask, Some("figure")) };
    let runtime = runtime()?;
    let mut lake = asking.place.open(&runtime)?;
    let as_of = asking.as_of.as_of()?;
    let gathered = gather::Gathered::around(&runtime, &lake, &as_of, &asking.which)?;
    // Every incident: a figure may be of a window and parties of its own.
    let incidents = gather::own_incidents(&runtime, &mut lake, &as_of, &super::which::Which::anything())?;
    let found = figures::beside(&gathered.told(), &incidents, &gathered.reports, &Counted::embedded()?);
    let mut grounds = gathered.grounds(&asking.which, "figures beside counts");
    grounds.incidents = Some(incidents.len());
    (grounds.method, grounds.caveats) = (figures::method(), figures::caveats(&found));
    asking.out.write(&Figures(found), &grounds)?;
    Ok(Done::Clean)
}
