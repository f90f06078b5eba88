//! `annalist export`: claims of events as rows of somebody else's data set.

use std::io::{BufWriter, Write};
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use coding::catalogue::Catalogue;
use model::Dataset;
use pipeline::Exporter;

use super::super::which::Which;
use super::super::{AsOfArguments, Where, runtime};
use crate::Done;
use crate::read::counted;

/// Arguments of `annalist export`.
#[derive(Args)]
pub struct ExportArguments {
    /// The shape: ged, acled, gdelt, polecat, icews; or claims, as JSON Lines.
    #[arg(value_name = "DATASET|claims", value_parser = shape)]
    shape: Shape,
    /// A file to write to instead of standard output.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    place: Where,
    #[command(flatten)]
    as_of: AsOfArguments,
}

/// What is written.
#[derive(Clone, Copy, Debug)]
enum Shape {
    Claims,
    Rows(Dataset),
}

fn shape(text: &str) -> Result<Shape, String> {
    match text {
        "claims" => Ok(Shape::Claims),
        "gdelt-mentions" => Err("mentions are of articles, which claims do not name; export gdelt".to_owned()),
        _ => super::dataset(text).map(Shape::Rows),
    }
}

/// Runs the command.
pub fn run(arguments: &ExportArguments) -> anyhow::Result<Done> {
    let runtime = runtime()?;
    let lake = arguments.place.open(&runtime)?;
    let filter = arguments.which.filter(matches!(arguments.shape, Shape::Rows(_)).then_some("event"));
    let mut answer = runtime.block_on(lake.claims(&arguments.as_of.as_of()?, &filter))?;
    let mut out: Box<dyn Write> = match &arguments.out {
        Some(path) => Box::new(BufWriter::new(
            std::fs::File::create(path).with_context(|| format!("writing {}", path.display()))?,
        )),
        None => Box::new(BufWriter::new(std::io::stdout())),
    };
    match arguments.shape {
        Shape::Claims => {
            let (mut written, mut restricted) = (0, 0);
            while let Some(claims) = runtime.block_on(answer.claims())? {
                for claim in &claims {
                    if claim.row.as_ref().is_some_and(|row| row.restricted) {
                        restricted += 1;
                        continue;
                    }
                    serde_json::to_writer(&mut out, claim)?;
                    out.write_all(b"\n")?;
                    written += 1;
                }
            }
            out.flush()?;
            eprintln!("annalist: {} written", counted(written, "claim"));
            if restricted > 0 {
                eprintln!(
                    "annalist: {} left out: the terms of their data set forbid passing them on",
                    counted(restricted, "claim")
                );
            }
        }
        Shape::Rows(dataset) => {
            let mut exporter = Exporter::new(dataset, Catalogue::embedded(), out)?;
            while let Some(claims) = runtime.block_on(answer.claims())? {
                for claim in &claims {
                    exporter.write(claim)?;
                }
            }
            let summary = exporter.finish()?;
            super::say_losses(dataset, "export");
            let rows = usize::try_from(summary.rows).unwrap_or(usize::MAX);
            eprintln!("annalist: {} written in the shape of {}", counted(rows, "row"), dataset.name());
            for (reason, left_out) in &summary.left_out {
                eprintln!("annalist: {left_out} left out: {reason}");
            }
        }
    }
    Ok(Done::Clean)
}
