//! `annalist query`: one SELECT over the lake's views, bounded in time and memory.

use std::io::Write;

use ::lake::{Answer, PATIENCE, json_rows, pretty};
use anyhow::{Context, bail};
use clap::Args;

use super::formats::{Format, Out};
use super::{AsOfArguments, Where, runtime};
use crate::Done;
use crate::read::counted;

/// Arguments of `annalist query`.
#[derive(Args)]
pub struct QueryArguments {
    /// The question: one SELECT, in double quotes for the shell.
    #[arg(value_name = "SQL")]
    sql: String,
    #[command(flatten)]
    place: Where,
    #[command(flatten)]
    as_of: AsOfArguments,
    #[command(flatten)]
    out: Out,
}

/// Runs the command.
pub fn run(arguments: &QueryArguments) -> anyhow::Result<Done> {
    let runtime = runtime()?;
    let lake = arguments.place.open(&runtime)?;
    let as_of = arguments.as_of.as_of()?;
    let deadline = tokio::time::Instant::from_std(std::time::Instant::now() + PATIENCE);
    let too_long = || format!("the question took longer than {} seconds; narrow it", PATIENCE.as_secs());
    let mut answer = runtime
        .block_on(async { tokio::time::timeout_at(deadline, lake.query(&as_of, &arguments.sql)).await })
        .with_context(too_long)??;
    let rows = match arguments.out.format() {
        Format::Parquet => super::formats::parquet(&runtime, &mut answer, &arguments.out)?,
        Format::Geojson => bail!("a SELECT has no places of its own: use `annalist claims --format geojson`"),
        format => {
            let mut out = arguments.out.writer()?;
            let mut rows = 0;
            let next = |answer: &mut Answer| {
                runtime
                    .block_on(async { tokio::time::timeout_at(deadline, answer.next()).await })
                    .with_context(too_long)
            };
            if format == Format::Table {
                let mut batches = Vec::new();
                while let Some(batch) = next(&mut answer)?? {
                    rows += batch.num_rows();
                    batches.push(batch);
                }
                writeln!(out, "{}", pretty(&answer.schema(), &batches)?)?;
            } else {
                let names: Vec<String> = answer.schema().fields().iter().map(|f| f.name().clone()).collect();
                let mut csv = (format == Format::Csv).then(|| csv::Writer::from_writer(Vec::new()));
                if let Some(csv) = &mut csv {
                    csv.write_record(&names)?;
                }
                while let Some(batch) = next(&mut answer)?? {
                    rows += batch.num_rows();
                    for row in json_rows(&batch)? {
                        match &mut csv {
                            None => writeln!(out, "{}", serde_json::to_string(&row)?)?,
                            Some(csv) => csv.write_record(names.iter().map(|n| cell(row.get(n))))?,
                        }
                    }
                }
                if let Some(csv) = csv {
                    out.write_all(&csv.into_inner().map_err(|e| anyhow::anyhow!("writing CSV: {e}"))?)?;
                }
            }
            out.flush()?;
            rows
        }
    };
    eprintln!("annalist: {}", counted(rows, "row"));
    Ok(Done::Clean)
}

/// A value in a cell: texts bare, nothing for null, lists and groups as JSON.
fn cell(value: Option<&serde_json::Value>) -> String {
    match value {
        None | Some(serde_json::Value::Null) => String::new(),
        Some(serde_json::Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}
