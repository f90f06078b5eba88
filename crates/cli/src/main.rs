//! The one binary, `annalist`: reads the command line, calls the libraries, prints.
//!
//! stdout is for data, stderr for words. Exit 0: done; 1: done, with failures that were named; 2: could
//! not run (wrong arguments, broken installation).

mod actors;
mod eval;
mod inspect;
#[cfg(feature = "lake")]
mod keep;
#[cfg(not(feature = "lake"))]
#[path = "keep_nothing.rs"]
mod keep;
#[cfg(feature = "lake")]
mod lake;
mod read;
mod table;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Keeps an account of a conflict from the reports about it.
#[derive(Parser)]
#[command(name = "annalist", version, about, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Read reports and print what they claim, each claim with the words it stands on.
    Read(read::ReadArguments),
    /// Print what a stage of reading makes of one report.
    Inspect(inspect::InspectArguments),
    /// List the parties of the catalogue, look names up, try files of your own.
    Actors(actors::ActorsArguments),
    #[cfg(feature = "lake")]
    #[command(flatten)]
    Lake(lake::LakeCommand),
    /// Score the program against open gold data.
    Eval(eval::EvalArguments),
}

fn main() -> ExitCode {
    // Clap prints the valid choices and exits with 2 on wrong arguments.
    let arguments = Arguments::parse();
    let done = match arguments.command {
        Command::Read(arguments) => read::run(&arguments),
        Command::Inspect(arguments) => inspect::run(&arguments),
        Command::Actors(arguments) => actors::run(&arguments),
        #[cfg(feature = "lake")]
        Command::Lake(command) => lake::run(&command),
        Command::Eval(arguments) => eval::run(&arguments),
    };
    match done {
        Ok(Done::Clean) => ExitCode::SUCCESS,
        Ok(Done::WithFailures) => ExitCode::from(1),
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("annalist: {error:#}");
            ExitCode::from(2)
        }
    }
}

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// Nothing failed.
    Clean,
    /// Something failed and was named; the rest was done.
    WithFailures,
}

/// Whether the reader of our output went away ("annalist read … | head"): no failure of ours.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    use std::io::ErrorKind::BrokenPipe;
    error.chain().any(|cause| {
        let io = cause.downcast_ref::<std::io::Error>().map(std::io::Error::kind);
        let json = || cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
        let csv = || match cause.downcast_ref::<csv::Error>().map(csv::Error::kind) {
            Some(csv::ErrorKind::Io(io)) => Some(io.kind()),
            _ => None,
        };
        io.or_else(json).or_else(csv) == Some(BrokenPipe)
    })
}
