//! `annalist amend|reject|restore|decisions`: what people decide about claims.

use std::io::Write;

use ::answers::records::decision as decision_json;
use ::answers::sheet;
use ::lake::{AMENDABLE, Choice, DecisionRow};
use anyhow::bail;
use clap::Args;

use super::formats::{Format, Out};
use super::{AsOfArguments, Where, agreement, runtime};
use crate::Done;
use crate::read::counted;

/// Arguments of `annalist reject` and `restore`.
#[derive(Args)]
pub struct DecideArguments {
    /// The claim (`clm_…`); to restore, also an incident (`inc_…`) or one decision (`dec_…`).
    #[arg(value_name = "ID")]
    id: String,
    /// Why: whoever reads the decision later will ask.
    #[arg(long)]
    reason: String,
    /// Who decides; the user of this machine if not given.
    #[arg(long, value_name = "NAME", env = "ANNALIST_BY")]
    by: Option<String>,
    #[command(flatten)]
    place: Where,
}

/// Arguments of `annalist amend`.
#[derive(Args)]
pub struct AmendArguments {
    #[command(flatten)]
    decision: DecideArguments,
    /// The field, as the record names it.
    #[arg(long, value_parser = clap::builder::PossibleValuesParser::new(AMENDABLE))]
    field: String,
    /// Its value: a word, JSON as the record has it, or for parties their ids with commas between.
    #[arg(long)]
    value: String,
}

/// Arguments of `annalist decisions`.
#[derive(Args)]
pub struct DecisionsArguments {
    #[command(flatten)]
    place: Where,
    #[command(flatten)]
    as_of: AsOfArguments,
    /// Instead of the decisions, field by field what the coder had and what the person has: agreement.
    #[arg(long)]
    agreement: bool,
    #[command(flatten)]
    out: Out,
}

/// Runs `annalist amend`.
pub fn amend(arguments: &AmendArguments) -> anyhow::Result<Done> {
    let value = ::lake::value(&arguments.field, &arguments.value)?;
    run(&arguments.decision, &Choice::Amend { field: arguments.field.clone(), value })
}

/// Runs `annalist reject`.
pub fn reject(arguments: &DecideArguments) -> anyhow::Result<Done> {
    run(arguments, &Choice::Reject)
}

/// Runs `annalist restore`.
pub fn restore(arguments: &DecideArguments) -> anyhow::Result<Done> {
    run(arguments, &Choice::Restore)
}

fn run(arguments: &DecideArguments, choice: &Choice) -> anyhow::Result<Done> {
    let by = arguments.by.clone().unwrap_or_else(whoami::username);
    let runtime = runtime()?;
    let mut lake = arguments.place.open(&runtime)?;
    let decided = ::answers::decide::claim(runtime.handle(), &mut lake, &arguments.id, choice, &by, &arguments.reason)?;
    for decision in &decided {
        println!("{}", decision_line(decision));
    }
    Ok(Done::Clean)
}

/// Runs `annalist decisions`.
pub fn list(arguments: &DecisionsArguments) -> anyhow::Result<Done> {
    let runtime = runtime()?;
    let lake = arguments.place.open(&runtime)?;
    let as_of = arguments.as_of.as_of()?;
    if arguments.agreement {
        return agreement::run(&runtime, &lake, &as_of, &arguments.out);
    }
    let decisions = runtime.block_on(lake.decisions(&as_of))?;
    let mut out = arguments.out.writer()?;
    match arguments.out.format() {
        Format::Table => {
            for decision in &decisions {
                writeln!(out, "{}", decision_line(decision))?;
            }
        }
        Format::Jsonl => {
            for decision in &decisions {
                writeln!(out, "{}", decision_json(decision))?;
            }
        }
        Format::Csv => {
            let mut csv = csv::Writer::from_writer(&mut out);
            csv.write_record(sheet::DECISION)?;
            for decision in &decisions {
                csv.write_record(sheet::decision(decision))?;
            }
            csv.flush()?;
        }
        Format::Parquet | Format::Geojson => bail!("decisions are printed as table, jsonl or csv"),
    }
    out.flush()?;
    eprintln!("annalist: {}", counted(decisions.len(), "decision"));
    Ok(Done::Clean)
}

/// A decision on one line.
pub fn decision_line(decision: &DecisionRow) -> String {
    let change = match (&decision.field, &decision.value) {
        (Some(field), Some(value)) => format!(" {field} = {value}"),
        _ => String::new(),
    };
    let DecisionRow { id, target, action, by, reason, recorded, .. } = decision;
    format!("{id}  {}  {by}: {action} {target}{change} ({reason})", recorded.when())
}
