//! How claims leave the program: a table for people, JSON Lines, CSV, Parquet, GeoJSON.

use std::io::{BufWriter, IsTerminal, Write};
use std::path::PathBuf;

use ::answers::sheet;
use ::lake::{Answer, ParquetFile};
use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use model::PartyId;
use model::record::{ClaimRecord, PartyRecord, PlaceRecord};
use serde_json::json;
use tokio::runtime::Runtime;

use crate::table;

/// Where to and how.
#[derive(Args)]
pub struct Out {
    /// How to print.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// A file to write to instead of standard output.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// The formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Table,
    /// One JSON record a line, as the contract has it.
    Jsonl,
    /// A line a claim, the foremost of its fields.
    Csv,
    /// The stored columns, whole.
    Parquet,
    /// A feature for each place of a claim that has a point.
    Geojson,
}

impl Out {
    /// The format.
    pub fn format(&self) -> Format {
        self.format
    }

    /// The file or standard output.
    pub fn writer(&self) -> anyhow::Result<Box<dyn Write>> {
        Ok(match &self.out {
            Some(path) => {
                let file = std::fs::File::create(path).with_context(|| format!("writing {}", path.display()))?;
                Box::new(BufWriter::new(file))
            }
            None => Box::new(BufWriter::new(std::io::stdout())),
        })
    }
}

/// Writes an answer's columns as Parquet; how many rows.
pub fn parquet(runtime: &Runtime, answer: &mut Answer, out: &Out) -> anyhow::Result<usize> {
    if out.out.is_none() && std::io::stdout().is_terminal() {
        bail!("Parquet is no text for a terminal: use --out FILE, or > FILE");
    }
    let writer: Box<dyn Write + Send> = match &out.out {
        Some(path) => Box::new(std::fs::File::create(path).with_context(|| format!("writing {}", path.display()))?),
        None => Box::new(std::io::stdout()),
    };
    let mut file = ParquetFile::start(writer, &answer.schema())?;
    let mut rows = 0;
    while let Some(batch) = runtime.block_on(answer.next())? {
        rows += batch.num_rows();
        file.add(&batch)?;
    }
    file.finish()?;
    Ok(rows)
}

/// Takes claims one by one and writes them out.
pub struct ClaimSink {
    format: Format,
    out: Output,
    first: bool,
}

enum Output {
    Plain(Box<dyn Write>),
    Csv(Box<csv::Writer<Box<dyn Write>>>),
}

impl ClaimSink {
    /// Opens the output and writes what comes before the first claim.
    pub fn start(out: &Out) -> anyhow::Result<Self> {
        let mut writer = out.writer()?;
        let output = match out.format {
            Format::Csv => {
                let mut csv = csv::Writer::from_writer(writer);
                csv.write_record(sheet::CLAIM)?;
                Output::Csv(Box::new(csv))
            }
            Format::Geojson => {
                write!(writer, "{{\"type\":\"FeatureCollection\",\"features\":[")?;
                Output::Plain(writer)
            }
            Format::Table | Format::Jsonl | Format::Parquet => Output::Plain(writer),
        };
        Ok(Self { format: out.format, out: output, first: true })
    }

    /// Writes a claim.
    pub fn claim(&mut self, claim: &ClaimRecord) -> anyhow::Result<()> {
        match &mut self.out {
            Output::Csv(csv) => csv.write_record(sheet::claim(claim))?,
            Output::Plain(out) if self.format == Format::Geojson => {
                for place in &claim.places {
                    let (Some(lat), Some(lon)) = (place.lat, place.lon) else { continue };
                    let comma = if std::mem::take(&mut self.first) { "\n" } else { ",\n" };
                    write!(out, "{comma}{}", feature(claim, place, lat, lon)?)?;
                }
            }
            Output::Plain(out) if self.format == Format::Jsonl => {
                serde_json::to_writer(&mut *out, claim)?;
                out.write_all(b"\n")?;
            }
            Output::Plain(out) => {
                let published = claim.published.map_or_else(|| "no date".to_owned(), |p| p.to_string());
                table::claim(out, claim)?;
                writeln!(out, "     from   {} · published {published}\n", claim.document)?;
            }
        }
        Ok(())
    }

    /// Writes what comes after the last claim.
    pub fn finish(self) -> anyhow::Result<()> {
        match self.out {
            Output::Csv(mut csv) => csv.flush()?,
            Output::Plain(mut out) => {
                if self.format == Format::Geojson {
                    writeln!(out, "\n]}}")?;
                }
                out.flush()?;
            }
        }
        Ok(())
    }
}

fn feature(claim: &ClaimRecord, place: &PlaceRecord, lat: f64, lon: f64) -> anyhow::Result<String> {
    let properties = json!({
        "claim": claim.id, "kind": claim.kind, "type": claim.code, "modes": claim.modes, "status": claim.status,
        "attitude": claim.attitude, "asserter": claim.asserter.as_ref().map(naming), "actor": names(&claim.actor),
        "recipient": names(&claim.recipient), "from": claim.time.as_ref().and_then(|t| t.from),
        "to": claim.time.as_ref().and_then(|t| t.to), "place": place.name.as_ref().or(place.mention.as_ref()),
        "precision": place.precision, "radius_km": place.radius_km, "published": claim.published,
        "document": claim.document, "words": claim.evidence.text,
    });
    let geometry = json!({"type": "Point", "coordinates": [lon, lat]});
    Ok(serde_json::to_string(&json!({"type": "Feature", "geometry": geometry, "properties": properties}))?)
}

fn naming(party: &PartyRecord) -> String {
    let id = party.id.as_ref().map(PartyId::as_str);
    id.or(party.mention.as_deref()).unwrap_or_default().to_owned()
}

fn names(parties: &[PartyRecord]) -> Vec<String> {
    parties.iter().map(naming).collect()
}
