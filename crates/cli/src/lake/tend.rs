//! `annalist lake info|check|compact|vacuum`: looking after a lake.

use std::io::Write;

use clap::{Args, Subcommand};

use super::{Where, runtime, shown};
use crate::Done;

/// Arguments of `annalist lake`.
#[derive(Args)]
pub struct TendArguments {
    #[command(subcommand)]
    what: What,
    #[command(flatten)]
    place: Where,
}

#[derive(Subcommand)]
enum What {
    /// Where it is and what it holds.
    Info,
    /// Read every file and compare claims with readings; mends what can be mended, names what cannot.
    Check,
    /// Rewrite many small files as few large ones, in the order in which they are asked.
    Compact,
    /// Delete files that compaction has left behind.
    Vacuum {
        /// Keep those that were in use within so many hours: other processes may still be reading them.
        #[arg(long, default_value_t = 168, value_name = "HOURS")]
        keep_hours: u32,
    },
}

/// Runs the command.
pub fn run(arguments: &TendArguments) -> anyhow::Result<Done> {
    let runtime = runtime()?;
    let mut lake = arguments.place.open(&runtime)?;
    let mut out = std::io::stdout().lock();
    match arguments.what {
        What::Info => {
            let info = runtime.block_on(lake.info())?;
            writeln!(out, "lake       {} (version {})", shown(lake.address()), ::lake::VERSION)?;
            for table in &info.tables {
                let (name, rows, files) = (table.name, table.rows, table.files);
                let size = table.bytes as f64 / 1e6;
                writeln!(out, "{name:<10} {rows:>12} rows {files:>6} files {size:>10.1} MB, commit {}", table.version)?;
            }
            for run in &info.runs {
                writeln!(
                    out,
                    "run        {} read {} documents, {} claims, last {}",
                    run.run, run.documents, run.claims, run.last
                )?;
            }
        }
        What::Check => {
            let faults = runtime.block_on(lake.check())?;
            for fault in &faults {
                writeln!(out, "{fault}")?;
            }
            if !faults.is_empty() {
                return Ok(Done::WithFailures);
            }
            writeln!(out, "whole: every file reads, every reading has its claims, every claim is there once")?;
        }
        What::Compact => {
            for (table, before, after) in runtime.block_on(lake.compact())? {
                writeln!(out, "{table:<10} {before} files -> {after}")?;
            }
        }
        What::Vacuum { keep_hours } => {
            let deleted = runtime.block_on(lake.vacuum(keep_hours))?;
            writeln!(out, "{deleted} files deleted")?;
        }
    }
    Ok(Done::Clean)
}
