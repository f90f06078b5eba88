//! `annalist import`: event data sets of others in, each row a claim of the data set.

use std::io::Write;
use std::ops::ControlFlow;

use anyhow::Context;
use clap::Args;
use coding::catalogue::Catalogue;
use ingest::Source;
use model::{Dataset, When};
use pipeline::{ImportOptions, import};

use crate::keep::{Keeper, Keeping};
use crate::read::Format;
use crate::{Done, table};

/// So many faulty rows of a file are named; the rest is counted.
const NAMED: u64 = 50;

/// Arguments of `annalist import`.
#[derive(Args)]
pub struct ImportArguments {
    /// The data set: ged, acled, gdelt, gdelt-mentions, polecat or icews.
    #[arg(value_name = "DATASET", value_parser = super::dataset)]
    dataset: Dataset,
    /// Its files, plain, .gz, .zst or .zip.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<String>,
    /// The release, such as 25.1.
    #[arg(long, value_name = "NAME")]
    release: Option<String>,
    /// The day on which it was released: what `--as-of` goes by, for rows that carry no date of publication.
    #[arg(long, value_name = "DATE")]
    published: Option<When>,
    #[command(flatten)]
    keeping: Keeping,
    /// Print the claims, too.
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Worker threads; as many as there are processors if not given. Results do not depend on it.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    threads: Option<u16>,
}

/// Runs the command.
pub fn run(arguments: &ImportArguments) -> anyhow::Result<Done> {
    let catalogue = Catalogue::embedded();
    let threads =
        arguments.threads.map_or_else(|| std::thread::available_parallelism().map_or(1, usize::from), usize::from);
    let options = ImportOptions {
        dataset: Some(arguments.dataset),
        release: arguments.release.clone(),
        published: arguments.published,
        threads,
        ..ImportOptions::default()
    };
    let mut keeper = Keeper::open(&arguments.keeping, &coding::crosswalk::run(arguments.dataset, catalogue))?;
    let known = keeper.known();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut done = Done::Clean;
    let mut taken = 0;
    for file in &arguments.files {
        let source = Source::parse(file).context("reading the arguments")?;
        let (mut named, mut failure) = (0, None);
        let summary = import(&source, &options, catalogue, &mut |imported| {
            for fault in imported.faults {
                if named < NAMED {
                    eprintln!("annalist: {file}: {fault}");
                }
                named += 1;
            }
            let Some(doc) = imported.document else { return ControlFlow::Continue(()) };
            let new = known.as_ref().is_none_or(|known| !known(doc.id()));
            let kept = if new { keeper.add(&doc, imported.claims.len(), &imported.claims) } else { Ok(()) };
            let printed = match arguments.format {
                None => Ok(()),
                Some(Format::Table) => table::document(&mut out, &doc, &imported.claims),
                Some(Format::Jsonl) => imported.claims.iter().try_for_each(|claim| {
                    serde_json::to_writer(&mut out, claim)?;
                    out.write_all(b"\n")
                }),
            };
            match kept.and(printed.context("writing claims to standard output")) {
                Ok(()) => ControlFlow::Continue(()),
                Err(error) => {
                    failure = Some(error);
                    ControlFlow::Break(())
                }
            }
        });
        if let Some(error) = failure {
            return Err(error);
        }
        match summary {
            Ok(summary) => {
                if !summary.table.unknown.is_empty() {
                    eprintln!("annalist: {file}: columns left aside: {}", summary.table.unknown.join(", "));
                }
                if summary.faults > NAMED {
                    eprintln!("annalist: {file}: {} more rows could not be taken", summary.faults - NAMED);
                }
                if let Some(mentions) = &summary.mentions {
                    eprintln!(
                        "annalist: {file}: mentions carry no event and become no claims: {} of {} events by {} sources, \
                         {} events by one source alone",
                        mentions.mentions, mentions.events, mentions.sources, mentions.single_source
                    );
                }
                eprintln!(
                    "annalist: {file}: {} of {} rows taken, {} not",
                    summary.claims, summary.table.rows, summary.faults
                );
                taken += summary.claims;
                if summary.faults > 0 {
                    done = Done::WithFailures;
                }
            }
            Err(error) => {
                eprintln!("annalist: {error}");
                done = Done::WithFailures;
            }
        }
    }
    out.flush()?;
    if taken > 0 {
        super::say_losses(arguments.dataset, "import");
    }
    eprintln!("annalist: terms of {}: {}", arguments.dataset.name(), arguments.dataset.terms());
    if arguments.dataset.is_restricted() {
        eprintln!("annalist: by these terms its rows stay out of exports, briefs and comparisons");
    }
    if let Some(kept) = keeper.finish(&mut |_, _| Ok(()))? {
        eprintln!("annalist: {kept}");
    }
    Ok(done)
}
