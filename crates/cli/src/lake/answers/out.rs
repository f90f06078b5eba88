//! How an answer is written: for people, as one JSON object, as CSV, as a picture.

use std::io::{BufWriter, IsTerminal, Write};
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use serde::Serialize;

use analysis::Grounds;

/// Where to and how.
#[derive(Args)]
pub struct Written {
    /// How to write it.
    #[arg(long, value_enum, default_value_t = Form::Table)]
    format: Form,
    /// A file to write to instead of standard output.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// The width of a picture in points.
    #[arg(long, value_name = "POINTS", default_value_t = 860, value_parser = clap::value_parser!(u32).range(320..=2000))]
    width: u32,
}

/// The forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// For people.
    Table,
    /// One JSON object with what it rests on.
    Json,
    /// A line a row.
    Csv,
    /// A picture of lines and text.
    Svg,
    /// The same picture in points.
    Png,
}

/// An answer with what it rests on.
#[derive(Serialize)]
struct Grounded<'a, A> {
    grounds: &'a Grounds,
    answer: &'a A,
}

/// An answer in each form. What a form cannot show, it says.
pub trait Answer: Serialize {
    /// For people, without what it rests on.
    fn table(&self, out: &mut dyn Write) -> anyhow::Result<()>;
    /// The names of the columns, and the rows.
    fn rows(&self) -> (Vec<&'static str>, Vec<Vec<String>>);
    /// The picture, so wide.
    fn picture(&self, grounds: &Grounds, width: u32) -> String;
}

impl Written {
    /// Writes an answer.
    pub fn write(&self, answer: &impl Answer, grounds: &Grounds) -> anyhow::Result<()> {
        if self.format == Form::Png && self.out.is_none() && std::io::stdout().is_terminal() {
            bail!("a PNG is no text for a terminal: use --out FILE, or > FILE");
        }
        let mut out = self.writer()?;
        match self.format {
            Form::Table => {
                answer.table(&mut out)?;
                writeln!(out)?;
                for line in words(grounds) {
                    writeln!(out, "{line}")?;
                }
            }
            Form::Json => {
                serde_json::to_writer(&mut out, &Grounded { grounds, answer })?;
                writeln!(out)?;
            }
            Form::Csv => {
                let (head, rows) = answer.rows();
                let mut csv = csv::Writer::from_writer(&mut out);
                csv.write_record(head)?;
                for row in rows {
                    csv.write_record(row.iter().map(|cell| unspelled(cell)))?;
                }
                csv.flush()?;
            }
            Form::Svg => out.write_all(answer.picture(grounds, self.width).as_bytes())?,
            Form::Png => {
                let png = chart::png(&answer.picture(grounds, self.width), 2.0).context("drawing the picture")?;
                out.write_all(&png)?;
            }
        }
        out.flush()?;
        Ok(())
    }

    fn writer(&self) -> anyhow::Result<Box<dyn Write>> {
        Ok(match &self.out {
            Some(path) => {
                let file = std::fs::File::create(path).with_context(|| format!("writing {}", path.display()))?;
                Box::new(BufWriter::new(file))
            }
            None => Box::new(BufWriter::new(std::io::stdout())),
        })
    }
}

/// A cell that a spreadsheet would take for a formula is made a text.
fn unspelled(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '@', '\t', '\r']) || (cell.starts_with('-') && cell.parse::<f64>().is_err());
    if formula { format!("'{cell}") } else { cell.to_owned() }
}

/// What an answer rests on, in lines for people.
pub fn words(grounds: &Grounds) -> Vec<String> {
    let mut lines = vec![format!("asked     {}", grounds.asked)];
    let until = match (grounds.as_of, grounds.known_at) {
        (None, None) => "all that the lake holds".to_owned(),
        (Some(day), None) => format!("as of {day}"),
        (None, Some(day)) => format!("as known at {day}"),
        (Some(day), Some(known)) => format!("as of {day}, as known at {known}"),
    };
    lines.push(format!("rests on  {}; {until}", source(grounds)));
    if !grounds.publishers.is_empty() {
        let publishers: Vec<String> = grounds.publishers.iter().map(|(name, n)| format!("{name} {n}")).collect();
        lines.push(format!("read      {}", publishers.join(", ")));
    }
    if !grounds.languages.is_empty() {
        let languages: Vec<String> = grounds.languages.iter().map(|(code, n)| format!("{code} {n}")).collect();
        lines.push(format!("languages {}; no other language is read", languages.join(", ")));
    }
    if !grounds.not_read.is_empty() {
        let (few, more) = grounds.not_read.split_at(grounds.not_read.len().min(8));
        let more = if more.is_empty() { String::new() } else { format!(" and {} more", more.len()) };
        lines.push(format!("not read  {}{more}", few.join(", ")));
    }
    if !grounds.method.is_empty() {
        lines.push(format!("method    {}", grounds.method));
    }
    lines.extend(grounds.caveats.iter().map(|caveat| format!("note      {caveat}")));
    lines
}

/// What went in, in one phrase: claims, incidents, reports, rows, and when they were published.
pub fn source(grounds: &Grounds) -> String {
    use crate::read::counted;
    let mut parts = Vec::new();
    let rows: usize = grounds.datasets.values().sum();
    if grounds.claims > rows || rows == 0 {
        parts.push(format!(
            "{} of {}",
            counted(grounds.claims - rows, "claim"),
            counted(grounds.reports, "report")
        ));
    }
    if grounds.copies > 0 {
        parts.push(counted(grounds.copies, "near-copy").replace("near-copys", "near-copies"));
    }
    parts.extend(grounds.datasets.iter().map(|(name, n)| format!("{} of {name}", counted(*n, "row"))));
    if let Some(incidents) = grounds.incidents {
        parts.push(counted(incidents, "incident"));
    }
    let published = grounds.published.map(|(a, b)| {
        if a == b { format!(", published {a}") } else { format!(", published {a} to {b}") }
    });
    parts.join(", ") + &published.unwrap_or_default()
}
