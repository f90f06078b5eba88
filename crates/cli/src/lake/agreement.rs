//! How far people agree with the coder: what was decided, field by field.

use std::collections::BTreeMap;
use std::io::Write;

use ::lake::{AsOf, Lake};
use anyhow::bail;
use tokio::runtime::Runtime;

use super::formats::{Format, Out};
use crate::Done;

/// A row: a claim's field, what the coder had and what the person has. Rejections are rows of the field `claim`.
pub fn run(runtime: &Runtime, lake: &Lake, as_of: &AsOf, out: &Out) -> anyhow::Result<Done> {
    let rows = runtime.block_on(lake.agreement(as_of))?;
    let mut writer = out.writer()?;
    match out.format() {
        Format::Csv => {
            let mut csv = csv::Writer::from_writer(&mut writer);
            csv.write_record([
                "claim", "kind", "type", "field", "coder", "person", "agree", "by", "recorded", "coded_by",
            ])?;
            for r in &rows {
                let (agree, recorded) = (r.agree.to_string(), r.recorded.when().to_string());
                let code = r.code.clone().unwrap_or_default();
                csv.write_record([
                    &r.claim,
                    &r.kind,
                    &code,
                    &r.field,
                    &r.coder,
                    &r.person,
                    &agree,
                    &r.by,
                    &recorded,
                    &r.coded_by,
                ])?;
            }
            csv.flush()?;
        }
        Format::Table => {
            let mut fields: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
            for row in &rows {
                let (agreed, all) = fields.entry(&row.field).or_default();
                *agreed += usize::from(row.agree);
                *all += 1;
            }
            writeln!(writer, "{:<12} {:>8} {:>8}", "field", "decided", "agree")?;
            for (field, (agreed, all)) in fields {
                writeln!(writer, "{field:<12} {all:>8} {agreed:>8}")?;
            }
        }
        Format::Jsonl | Format::Parquet | Format::Geojson => bail!("agreement is printed as table or csv"),
    }
    writer.flush()?;
    eprintln!("annalist: only claims that somebody decided about are counted; they are no random sample");
    Ok(Done::Clean)
}
