//! `annalist figures`: claims of aggregates, one by one, and beside what the lake counts.

use analysis::figures::{self, Counted};
use clap::Subcommand;
use present::Figures;

use super::answers::{Asking, gather};
use super::ask;
use super::which::Which;
use crate::Done;

/// What is asked of them together.
#[derive(Subcommand)]
pub enum Action {
    /// Each figure beside what the lake counts in its window, and why the two may differ.
    Beside(Asking),
}

/// Runs the command.
pub fn run(arguments: &ask::Together<Action>) -> anyhow::Result<Done> {
    let Some(Action::Beside(asking)) = &arguments.action else { return ask::run(&arguments.ask, Some("figure")) };
    // Every incident: a figure may be of a window and parties of its own.
    let (gathered, incidents) = gather::claims_and_incidents(asking, &Which::anything())?;
    let found = figures::beside(&gathered.told(), &incidents, &gathered.reports, &Counted::embedded()?);
    let mut grounds = gathered.grounds(&asking.which, "figures beside counts");
    grounds.incidents = Some(incidents.len());
    (grounds.method, grounds.caveats) = (figures::method(), figures::caveats(&found));
    asking.out.write(&Figures(found), &grounds)?;
    Ok(Done::Clean)
}
