//! Commands that ask or change a lake.

mod agreement;
mod answers;
mod ask;
mod brief;
mod causes;
mod ceasefires;
mod changes;
mod commitments;
mod cycles;
mod decide;
mod exchange;
mod figures;
mod forecast;
mod formats;
mod incidents;
mod query;
mod search;
mod series;
mod serve;
mod show;
mod tend;
mod ties;
mod whatif;
mod which;

use std::path::PathBuf;

use ::lake::{Address, AsOf, Lake, Runs};
use anyhow::Context;
use clap::{Args, Subcommand};
use model::{RunId, When};
use tokio::runtime::Runtime;

use crate::Done;

/// The commands.
#[derive(Subcommand)]
pub enum LakeCommand {
    /// Claims of every kind that the lake holds, by party, place and time.
    Claims(Box<ask::AskArguments>),
    /// Lasting relations: who shelters, backs, leads or opposes whom.
    Ties(Box<ask::Together<ties::Action>>),
    /// Aggregates that reports give: "nearly 600 attacks in two years".
    Figures(Box<ask::Together<figures::Action>>),
    /// Duties and promises.
    Commitments(Box<ask::Together<commitments::Action>>),
    /// What, in somebody's judgement, raises or lowers what.
    Causes(Box<ask::Together<causes::Action>>),
    /// Agreements to stop fighting: when each held, how it ended, who accuses whom of breaking it; how long they held.
    Ceasefires(Box<ceasefires::CeasefiresArguments>),
    /// Claims of one happening set side by side: who says what, who denies it, how it stands.
    Incidents(Box<incidents::IncidentsArguments>),
    /// How it went over time: counts and deaths by dyad, party or place, with what was read; where the level changed.
    Series(Box<series::SeriesArguments>),
    /// What changed: this week against the last 4 and 52, who and where is new, what is newly disputed.
    Changes(Box<changes::ChangesArguments>),
    /// How many further events one event brings, and how soon: attack and reply where the reports name who began.
    Cycles(Box<cycles::CyclesArguments>),
    /// Deaths by month to come, as distributions; their record; scores against open data.
    Forecast(Box<forecast::ForecastArguments>),
    /// What might come under a lever (fewer replies, pressure, a ceasefire, a border, talks), beside none: futures, not causes.
    Whatif(Box<whatif::WhatIfArguments>),
    /// A situation report to be handed on, with charts, and a sentence quoted behind each number.
    Brief(Box<brief::BriefArguments>),
    /// Take in an event data set of others: each row becomes a claim of the data set.
    Import(exchange::import::ImportArguments),
    /// Write events as rows of somebody else's data set, or claims as JSON Lines.
    Export(exchange::export::ExportArguments),
    /// Two sources of events side by side: by month, type and place, and what one alone has.
    Compare(exchange::compare::CompareArguments),
    /// Print one record with its words in context, what it links to and what people decided about it.
    Show(show::ShowArguments),
    /// Full text over documents and claims, with what fits marked.
    Search(search::SearchArguments),
    /// Ask one SELECT of the lake (docs/lake.md names tables and columns).
    Query(query::QueryArguments),
    /// Give a field of a claim another value; the coder's stays on record.
    Amend(decide::AmendArguments),
    /// Say that a claim was not made.
    Reject(decide::DecideArguments),
    /// Take back what was decided about a claim or an incident, or one decision.
    Restore(decide::DecideArguments),
    /// List what people decided, or how far they agree with the coder.
    Decisions(decide::DecisionsArguments),
    /// Open the account in a browser: the pages and their API, on this machine.
    Serve(serve::ServeArguments),
    /// Look after the lake: what it holds, whether it is whole, compaction.
    Lake(tend::TendArguments),
}

/// Runs a command.
pub fn run(command: &LakeCommand) -> anyhow::Result<Done> {
    match command {
        LakeCommand::Claims(arguments) => ask::run(arguments, None),
        LakeCommand::Ties(arguments) => ties::run(arguments),
        LakeCommand::Figures(arguments) => figures::run(arguments),
        LakeCommand::Commitments(arguments) => commitments::run(arguments),
        LakeCommand::Causes(arguments) => causes::run(arguments),
        LakeCommand::Ceasefires(arguments) => ceasefires::run(arguments),
        LakeCommand::Incidents(arguments) => incidents::run(arguments),
        LakeCommand::Series(arguments) => series::run(arguments),
        LakeCommand::Changes(arguments) => changes::run(arguments),
        LakeCommand::Cycles(arguments) => cycles::run(arguments),
        LakeCommand::Forecast(arguments) => forecast::run(arguments),
        LakeCommand::Whatif(arguments) => whatif::run(arguments),
        LakeCommand::Brief(arguments) => brief::run(arguments),
        LakeCommand::Import(arguments) => exchange::import::run(arguments),
        LakeCommand::Export(arguments) => exchange::export::run(arguments),
        LakeCommand::Compare(arguments) => exchange::compare::run(arguments),
        LakeCommand::Show(arguments) => show::run(arguments),
        LakeCommand::Search(arguments) => search::run(arguments),
        LakeCommand::Query(arguments) => query::run(arguments),
        LakeCommand::Amend(arguments) => decide::amend(arguments),
        LakeCommand::Reject(arguments) => decide::reject(arguments),
        LakeCommand::Restore(arguments) => decide::restore(arguments),
        LakeCommand::Decisions(arguments) => decide::list(arguments),
        LakeCommand::Serve(arguments) => serve::run(arguments),
        LakeCommand::Lake(arguments) => tend::run(arguments),
    }
}

/// Which lake.
#[derive(Args)]
pub struct Where {
    /// The lake: a folder, or `s3://bucket/prefix`. The platform's data folder if not given.
    #[arg(long, value_name = "DIR|s3://…", env = "ANNALIST_LAKE", global = true)]
    lake: Option<String>,
}

impl Where {
    /// Its address.
    pub fn address(&self) -> anyhow::Result<Address> {
        let place = match &self.lake {
            Some(place) => place.clone(),
            None => default_folder()?
                .to_str()
                .context("the platform's data folder is not UTF-8: use --lake DIR")?
                .to_owned(),
        };
        Ok(Address::parse(&place)?)
    }

    /// The lake, opened; it must be there.
    pub fn open(&self, runtime: &Runtime) -> anyhow::Result<Lake> {
        let lake = runtime.block_on(Lake::open(self.address()?))?;
        say_mended(&lake);
        Ok(lake)
    }
}

/// As of when, and by which run.
#[derive(Args)]
pub struct AsOfArguments {
    /// Only what was published by then (what has no date: recorded by then).
    #[arg(long, value_name = "DATE")]
    as_of: Option<When>,
    /// Only what the lake had recorded by then, decisions included.
    #[arg(long, value_name = "DATE")]
    known_at: Option<When>,
    /// The claims of this run, or `all` of every run, instead of each document's latest.
    #[arg(long, value_name = "RUN|all")]
    run: Option<String>,
}

impl AsOfArguments {
    /// What they ask for.
    pub fn as_of(&self) -> anyhow::Result<AsOf> {
        let runs = match self.run.as_deref() {
            None => Runs::Latest,
            Some("all") => Runs::All,
            Some(run) => Runs::One(RunId::try_from(run.to_owned()).context("reading --run")?),
        };
        Ok(AsOf { published: self.as_of, known: self.known_at, runs, open: false })
    }
}

/// Where lakes are kept that nobody named a place for.
fn default_folder() -> anyhow::Result<PathBuf> {
    let data = dirs::data_dir()
        .context("this platform names no data folder: use --lake DIR, or --no-store to keep nothing")?;
    Ok(data.join("annalist").join("lake"))
}

/// A runtime for the lake's work.
pub fn runtime() -> anyhow::Result<Runtime> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().context("starting the threads of the lake")
}

/// An address as a person would write it.
pub fn shown(address: &Address) -> String {
    address.local().map_or_else(|| address.url().to_string(), |path| path.display().to_string())
}

/// Says what had to be mended on opening.
pub fn say_mended(lake: &Lake) {
    for what in lake.mended() {
        eprintln!("annalist: mended {}: {what}", shown(lake.address()));
    }
}
