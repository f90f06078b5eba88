//! `annalist commitments`: claims of duties and promises, one by one, and who says that they were kept or broken.

use analysis::commitments::{self, Duties};
use clap::Subcommand;
use present::Commitments;

use super::answers::{Asking, gather};
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
    let Some(Action::Kept(asking)) = &arguments.action else { return ask::run(&arguments.ask, Some("commitment")) };
    let (gathered, incidents) = gather::claims_and_incidents(asking, &asking.which)?;
    let day = gather::day_of(&asking.as_of.as_of()?, &gathered.reports);
    let found = commitments::commitments(&gathered.told(), &incidents, &Duties::embedded()?, day);
    let mut grounds = gathered.grounds(&asking.which, "commitments");
    grounds.incidents = Some(incidents.len());
    (grounds.method, grounds.caveats) = (commitments::method(), commitments::caveats(&found));
    asking.out.write(&Commitments(found), &grounds)?;
    Ok(Done::Clean)
}
