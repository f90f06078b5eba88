//! `annalist read`: reports in, claims out.

use std::io::{IsTerminal, Write};
use std::ops::ControlFlow;

use anyhow::Context;
use clap::{Args, ValueEnum};
use ingest::Source;
use model::record::ClaimRecord;
use model::{Document, When};
use pipeline::{Engine, Reading, Settings};

use crate::keep::Keeper;
use crate::{Done, table};

/// Arguments of `annalist read`.
#[derive(Args)]
pub struct ReadArguments {
    /// Files, folders, http(s) addresses, or - for standard input. Plain text, Markdown, HTML, RSS, Atom,
    /// JSON Feed, WARC and JSON Lines are told apart by their content; .gz and .zst are unpacked.
    #[arg(required = true, value_name = "PATH|URL|-")]
    sources: Vec<String>,
    #[command(flatten)]
    assume: Assume,
    #[command(flatten)]
    more: crate::actors::MoreActors,
    #[command(flatten)]
    keeping: crate::keep::Keeping,
    /// How to print: a table for people, or one JSON record a line.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Worker threads; as many as there are processors if not given. Results do not depend on it.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    threads: Option<u16>,
}

/// What to assume of documents that do not say.
#[derive(Args)]
pub struct Assume {
    /// Publication date of documents that carry none: 2025-10-19 or RFC 3339.
    #[arg(long, value_name = "DATE")]
    published: Option<When>,
    /// Publisher of documents that name none.
    #[arg(long, value_name = "NAME")]
    publisher: Option<String>,
    /// Let addresses lead to this machine and to private networks.
    #[arg(long)]
    allow_private_addresses: bool,
}

impl Assume {
    /// The options of reading that these arguments ask for.
    pub fn options(&self) -> ingest::Options {
        ingest::Options {
            published: self.published,
            publisher: self.publisher.clone(),
            allow_private_addresses: self.allow_private_addresses,
            ..ingest::Options::default()
        }
    }
}

/// How to print claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Table,
    /// One JSON record a line.
    Jsonl,
}

/// Runs the command.
pub fn run(arguments: &ReadArguments) -> anyhow::Result<Done> {
    let sources = arguments
        .sources
        .iter()
        .map(|s| Source::parse(s))
        .collect::<Result<Vec<_>, _>>()
        .context("reading the arguments")?;
    let engine = Engine::load_with(arguments.more.catalogue()?)?;
    let threads =
        arguments.threads.map_or_else(|| std::thread::available_parallelism().map_or(1, usize::from), usize::from);
    let mut keeper = Keeper::open(&arguments.keeping, engine.run())?;
    let settings = Settings { ingest: arguments.assume.options(), threads, known: keeper.known() };

    let progress = Progress::start(arguments.format == Format::Table);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut failure: Option<anyhow::Error> = None;
    let mut count = Count::default();
    pipeline::read(&engine, &sources, &settings, &mut |reading| {
        let written = match &reading {
            Reading::Skipped(skipped) => {
                progress.say(&format!("annalist: skipped {skipped}"));
                count.skipped += 1;
                Ok(())
            }
            Reading::Failed { source_name, error } => {
                progress.say(&format!("annalist: skipped {source_name}: {error}"));
                count.skipped += 1;
                Ok(())
            }
            Reading::Known(document) => {
                count.known += 1;
                keeper.met(document);
                Ok(())
            }
            Reading::Read { document, source_name, claims, sentences } => {
                let claims: Vec<ClaimRecord> = claims.iter().map(ClaimRecord::from).collect();
                count.documents += 1;
                count.sentences += sentences;
                count.claims += claims.len();
                for problem in &document.problems {
                    progress.say(&format!("annalist: {source_name}: {}: {}", problem.kind.as_str(), problem.detail));
                }
                // What is kept is safe before it is printed away: a reader who closes the pipe loses nothing.
                let kept = keeper.add(document, *sentences, &claims);
                let printed = print(&mut out, arguments.format, document, &claims);
                kept.and(printed.context("writing claims to standard output"))
            }
        };
        progress.tick(&count);
        if let Err(error) = written {
            failure = Some(error);
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    });
    let kept = keeper.finish(&mut |document, claims| {
        print(&mut out, arguments.format, document, claims).context("writing claims to standard output")
    });
    progress.finish();
    if let Some(error) = failure {
        return Err(error);
    }
    let kept = kept?;
    eprintln!(
        "annalist: {} read, {} skipped; {} sentences, {} claims",
        counted(count.documents, "document"),
        count.skipped,
        count.sentences,
        count.claims
    );
    if let Some(kept) = kept {
        eprintln!("annalist: {kept}");
    }
    Ok(if count.skipped > 0 || count.documents + count.known == 0 { Done::WithFailures } else { Done::Clean })
}

fn print(out: &mut impl Write, format: Format, doc: &Document, claims: &[ClaimRecord]) -> std::io::Result<()> {
    match format {
        Format::Jsonl => claims.iter().try_for_each(|claim| {
            serde_json::to_writer(&mut *out, claim)?;
            out.write_all(b"\n")
        })?,
        Format::Table => table::document(out, doc, claims)?,
    }
    out.flush()
}

/// A number with its noun.
pub fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

#[derive(Default)]
struct Count {
    documents: usize,
    /// Read before, and in the lake.
    known: usize,
    skipped: usize,
    sentences: usize,
    claims: usize,
}

/// A line of progress on stderr, only where somebody watches and the data go elsewhere.
struct Progress(Option<indicatif::ProgressBar>);

impl Progress {
    fn start(prints_to_terminal: bool) -> Self {
        let watched = std::io::stderr().is_terminal() && !(prints_to_terminal && std::io::stdout().is_terminal());
        Self(watched.then(indicatif::ProgressBar::new_spinner))
    }

    fn tick(&self, count: &Count) {
        if let Some(bar) = &self.0 {
            bar.set_message(format!(
                "{} documents, {} claims, {} skipped",
                count.documents, count.claims, count.skipped
            ));
            bar.tick();
        }
    }

    fn say(&self, line: &str) {
        match &self.0 {
            Some(bar) => bar.suspend(|| eprintln!("{line}")),
            None => eprintln!("{line}"),
        }
    }

    fn finish(&self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}
