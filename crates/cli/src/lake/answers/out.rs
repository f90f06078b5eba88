//! How an answer is written: for people, as one JSON object, as CSV, as a picture.

use std::io::{BufWriter, IsTerminal, Write};
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use serde::Serialize;

use analysis::Grounds;
use present::Answer;

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
                for line in present::grounds::words(grounds) {
                    writeln!(out, "{line}")?;
                }
            }
            Form::Json => {
                serde_json::to_writer(&mut out, &Grounded { grounds, answer })?;
                writeln!(out)?;
            }
            Form::Csv => {
                let (head, rows) = answer.rows();
                present::sheet::write(&mut out, &head, &rows)?;
            }
            Form::Svg => out.write_all(answer.figure(grounds, self.width).as_bytes())?,
            Form::Png => {
                let png = chart::png(&answer.figure(grounds, self.width), 2.0).context("drawing the picture")?;
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
