//! `annalist commitments`: claims of duties and promises, one by one, and who says that they were kept or broken.

use analysis::commitments::{self, Duties};
use clap::{Args, Subcommand};
use present::Commitments;

use super::answers::{Asking, gather};
use super::{ask, runtime};
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
    /// Each commitment once, with the claims that it was kept or broken, and by whom.
    Kept(Asking),
}

/// Runs the command.
pub fn run(arguments: &CommitmentsArguments) -> anyhow::Result<Done> {
    let Some(Action::Kept(asking)) = &arguments.action else { return ask::run(&arguments.ask, Some("commitment")) };
    let runtime = runtime()?;
    let mut lake = asking.place.open(&runtime)?;
    let as_of = asking.as_of.as_of()?;
    let gathered = gather::Gathered::around(&runtime, &lake, &as_of, &asking.which)?;
    let incidents = gather::own_incidents(&runtime, &mut lake, &as_of, &asking.which)?;
    let day = gather::day_of(&as_of, &gathered.reports);
    let found = commitments::commitments(&gathered.told(), &incidents, &Duties::embedded()?, day);
    let mut grounds = gathered.grounds(&asking.which, "commitments");
    grounds.incidents = Some(incidents.len());
    (grounds.method, grounds.caveats) = (commitments::method(), commitments::caveats(&found));
    asking.out.write(&Commitments(found), &grounds)?;
    Ok(Done::Clean)
}
