//! `annalist amend|reject|restore|decisions`: what people decide about claims.

use std::io::Write;

use ::lake::{AMENDABLE, AsOf, Choice, DecisionRow, Lake, Standing, amended, decide};
use anyhow::bail;
use clap::Args;
use jiff::Timestamp;
use model::IncidentId;

use super::formats::{Format, Out};
use super::show::decision_json;
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
    runtime.block_on(async {
        check(&lake, &arguments.id, choice).await?;
        for target in targets(&lake, &arguments.id).await? {
            let decision = decide(&mut lake, &target, choice, &by, &arguments.reason, Timestamp::now()).await?;
            println!("{}", decision_line(&decision));
        }
        Ok(Done::Clean)
    })
}

/// What is decided about: of an incident, every id under which something was decided about it.
async fn targets(lake: &Lake, id: &str) -> anyhow::Result<Vec<String>> {
    if !id.starts_with("inc_") {
        return Ok(vec![id.to_owned()]);
    }
    let view = lake.view(&AsOf::default()).await?;
    let known = view.memberships().await?;
    let current = |id: &str| IncidentId::try_from(id.to_owned()).map(|id| known.current(&id).clone()).ok();
    let mut targets: Vec<String> = view.decisions().await?.into_iter().map(|d| d.target).collect();
    targets.retain(|target| target.starts_with("inc_") && current(target) == current(id));
    targets.sort_unstable();
    targets.dedup();
    if targets.is_empty() {
        bail!("nothing was decided about {id}; `annalist decisions` lists what was");
    }
    Ok(targets)
}

/// Refuses a decision about what is not there, or one that would leave a record that nobody can read.
async fn check(lake: &Lake, id: &str, choice: &Choice) -> anyhow::Result<()> {
    if id.starts_with("dec_") {
        if *choice != Choice::Restore {
            bail!("a decision can only be restored: it is taken back, and what was before it holds again");
        }
        let decisions = lake.decisions(&AsOf::default()).await?;
        if !decisions.iter().any(|d| d.id == id) {
            bail!("the lake holds no decision {id}; `annalist decisions` lists them");
        }
        return Ok(());
    }
    if id.starts_with("inc_") {
        if *choice != Choice::Restore {
            bail!("of an incident, decisions are restored here; `annalist incidents join|split|pin` make them");
        }
        return Ok(());
    }
    let Some(shown) = lake.show(&AsOf::default(), id).await? else {
        bail!("the lake holds no claim {id}; `annalist claims` lists what it holds");
    };
    if let Choice::Amend { field, value } = choice {
        let standing = Standing { rejected: false, amendments: [(field.clone(), value.clone())].into() };
        amended(shown.claim, &standing)?;
    }
    Ok(())
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
            csv.write_record(["id", "target", "action", "field", "value", "by", "reason", "recorded"])?;
            for d in &decisions {
                let text = |o: &Option<String>| o.clone().unwrap_or_default();
                let recorded = d.recorded.when().to_string();
                csv.write_record([
                    &d.id,
                    &d.target,
                    &d.action,
                    &text(&d.field),
                    &text(&d.value),
                    &d.by,
                    &d.reason,
                    &recorded,
                ])?;
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
