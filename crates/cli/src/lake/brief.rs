//! `annalist brief`: a situation report to be handed on, with charts, and a note behind each number.

mod out;

use ::answers::Desk;
use ::lake::AsOf;
use clap::Args;

use super::answers::say_not_kept;
use super::which::Which;
use super::{AsOfArguments, Where, runtime};
use crate::Done;
use out::Target;

/// Arguments of `annalist brief`.
#[derive(Args)]
pub struct BriefArguments {
    #[command(flatten)]
    place: Where,
    #[command(flatten)]
    as_of: AsOfArguments,
    #[command(flatten)]
    which: Which,
    /// How many of the gravest incidents to tell.
    #[arg(long, value_name = "N", default_value_t = 8, value_parser = clap::value_parser!(u16).range(1..=50))]
    incidents: u16,
    /// A file to write to: .md (figures beside it), .html or .pdf. Markdown on standard output, if not given.
    #[arg(long, value_name = "FILE", value_parser = Target::parse)]
    out: Option<Target>,
}

/// Runs the command.
pub fn run(arguments: &BriefArguments) -> anyhow::Result<Done> {
    // What cannot be written is said before anything is reckoned.
    if let Some(target) = &arguments.out {
        target.check()?;
    }
    let runtime = runtime()?;
    let lake = arguments.place.open(&runtime)?;
    // A brief is handed on: it shows what others may see.
    let as_of = AsOf { open: true, ..arguments.as_of.as_of()? };
    let desk = Desk::new(runtime.handle().clone(), lake, as_of)?;
    let situation = ::answers::situation(&desk, &arguments.which.question(), arguments.incidents.into())?;
    say_not_kept(&desk);
    out::write(&situation.paper(), arguments.out.as_ref())?;
    Ok(Done::Clean)
}
