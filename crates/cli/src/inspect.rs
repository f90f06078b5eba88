//! `annalist inspect`: what a stage of reading makes of one report.

use std::io::Write;
use std::ops::ControlFlow;

use anyhow::Context;
use clap::{Args, ValueEnum};
use ingest::{Outcome, Source};
use model::record::{ClaimRecord, DocumentRecord};
use pipeline::{Engine, Worker};

use crate::Done;
use crate::read::Assume;

/// Arguments of `annalist inspect`.
#[derive(Args)]
pub struct InspectArguments {
    /// A file, folder, address, or - for standard input.
    #[arg(value_name = "PATH|URL|-")]
    source: String,
    /// The stage: the document as JSON, its annotation as CoNLL-U, its claims as JSON.
    #[arg(long, value_enum)]
    stage: Stage,
    #[command(flatten)]
    assume: Assume,
    #[command(flatten)]
    more: crate::actors::MoreActors,
}

/// Stages of reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Stage {
    /// The document, one JSON record a line.
    Document,
    /// Sentences, words, tags, trees and names, as CoNLL-U.
    Annotated,
    /// The claims, one JSON record a line.
    Claims,
}

/// Runs the command.
pub fn run(arguments: &InspectArguments) -> anyhow::Result<Done> {
    let source = Source::parse(&arguments.source).context("reading the arguments")?;
    let engine =
        if arguments.stage == Stage::Document { None } else { Some(Engine::load_with(arguments.more.catalogue()?)?) };
    let worker = Worker::new();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut failure = None;
    let (mut read, mut skipped) = (0, 0);
    let _ = ingest::read(&source, &arguments.assume.options(), &mut |outcome| {
        let written = match outcome {
            Outcome::Skipped(why) => {
                eprintln!("annalist: skipped {why}");
                skipped += 1;
                Ok(())
            }
            Outcome::Read { document, .. } => {
                read += 1;
                match &engine {
                    None => line(&mut out, &DocumentRecord::from(&*document)),
                    Some(engine) => match engine.annotate(&document, &worker) {
                        Err(error) => {
                            eprintln!("annalist: skipped {}: {error}", crate::table::name(&document));
                            skipped += 1;
                            Ok(())
                        }
                        Ok(annotated) if arguments.stage == Stage::Annotated => out.write_all(
                            text::conllu::write(&annotated, document.text(), document.id().as_str()).as_bytes(),
                        ),
                        Ok(annotated) => engine
                            .code(&document, &annotated)
                            .iter()
                            .try_for_each(|c| line(&mut out, &ClaimRecord::from(c))),
                    },
                }
            }
        };
        match written {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                failure = Some(error);
                ControlFlow::Break(())
            }
        }
    });
    if let Some(error) = failure {
        return Err(error).context("writing to standard output");
    }
    out.flush().context("writing to standard output")?;
    Ok(if skipped > 0 || read == 0 { Done::WithFailures } else { Done::Clean })
}

fn line(out: &mut impl Write, record: &impl serde::Serialize) -> std::io::Result<()> {
    serde_json::to_writer(&mut *out, record)?;
    out.write_all(b"\n")
}
