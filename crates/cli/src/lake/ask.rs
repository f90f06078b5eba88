//! `annalist claims|ties|figures|commitments|causes`: claims by filter.

use ::lake::Filter;
use clap::{Args, Subcommand};
use model::{Attitude, PartyId, Status};

use super::formats::{ClaimSink, Format};
use super::which::Which;
use super::{AsOfArguments, Where, runtime};
use crate::Done;
use crate::read::counted;

/// Arguments of the questions.
#[derive(Args)]
pub struct AskArguments {
    #[command(flatten)]
    place: Where,
    #[command(flatten)]
    as_of: AsOfArguments,
    #[command(flatten)]
    which: Which,
    /// Who says so: a party or its parts.
    #[arg(long, value_name = "PARTY", value_parser = |id: &str| PartyId::new(id))]
    asserter: Option<PartyId>,
    /// What is said of its reality: occurred, planned, threatened …
    #[arg(long, value_delimiter = ',')]
    status: Vec<Status>,
    /// The asserter's attitude: asserts, denies …
    #[arg(long, value_delimiter = ',')]
    attitude: Vec<Attitude>,
    /// Of this kind, where claims of every kind are asked for.
    #[arg(long, value_name = "KIND", value_parser = ["event", "tie", "figure", "commitment", "cause", "statement"])]
    kind: Option<String>,
    /// In documents of this publisher.
    #[arg(long, value_name = "NAME")]
    publisher: Option<String>,
    /// In this document.
    #[arg(long, value_name = "ID")]
    document: Option<String>,
    /// With these words, as `annalist search` takes them.
    #[arg(long, value_name = "WORDS")]
    words: Option<String>,
    /// Coded with at least this confidence, from 0 to 1.
    #[arg(long, value_name = "NUMBER")]
    min_confidence: Option<f64>,
    /// No more than this many.
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    #[command(flatten)]
    out: super::formats::Out,
}

/// Claims of a kind one by one, or what they come to.
#[derive(Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Together<Action: Subcommand> {
    /// What is asked of them together; `None` lists them.
    #[command(subcommand)]
    pub action: Option<Action>,
    #[command(flatten)]
    pub ask: AskArguments,
}

/// Runs a question about one kind of claim, or about all.
pub fn run(arguments: &AskArguments, kind: Option<&str>) -> anyhow::Result<Done> {
    let runtime = runtime()?;
    let lake = arguments.place.open(&runtime)?;
    let as_of = arguments.as_of.as_of()?;
    let mut ids = Vec::new();
    if let Some(words) = &arguments.words {
        ids = super::search::claims_with(&runtime, &lake, words)?;
        if ids.is_empty() {
            // An empty list asks for everything.
            ids.push("none".to_owned());
        }
    }
    let filter = Filter {
        ids,
        publishers: arguments.publisher.iter().cloned().collect(),
        documents: arguments.document.iter().cloned().collect(),
        min_confidence: arguments.min_confidence,
        asserter: arguments.asserter.clone(),
        statuses: arguments.status.iter().map(ToString::to_string).collect(),
        attitudes: arguments.attitude.iter().map(ToString::to_string).collect(),
        limit: arguments.limit,
        ..arguments.which.filter(kind.or(arguments.kind.as_deref()))
    };
    let mut answer = runtime.block_on(lake.claims(&as_of, &filter))?;
    if arguments.out.format() == Format::Parquet {
        let rows = super::formats::parquet(&runtime, &mut answer, &arguments.out)?;
        eprintln!("annalist: {}", counted(rows, "claim"));
        return Ok(Done::Clean);
    }
    let mut sink = ClaimSink::start(&arguments.out)?;
    let mut count = 0;
    while let Some(claims) = runtime.block_on(answer.claims())? {
        count += claims.len();
        for claim in &claims {
            sink.claim(claim)?;
        }
    }
    sink.finish()?;
    eprintln!("annalist: {}", counted(count, "claim"));
    Ok(Done::Clean)
}
