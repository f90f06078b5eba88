//! `annalist eval`: scores every task against open gold data and holds the figures against the floors.
//!
//! Gold data stay where they are (`--data`); a suite whose data are absent is skipped and says so.
//! Floors live in `eval/floors.toml` and only rise.

mod causes;
mod confidence;
mod contract;
mod event_places;
mod events;
mod examples;
mod frames;
mod gold;
mod hard;
mod incidents;
mod lexicons;
mod muc;
mod news;
mod news_places;
mod quiet;
mod reality;
mod references;
mod suites;
mod ties;
mod toponyms;
mod uds;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use pipeline::Engine;

use crate::Done;

/// Arguments of `annalist eval`.
#[derive(Args)]
pub struct EvalArguments {
    /// Suites to run: all of them if none is named.
    #[arg(value_name = "SUITE", value_parser = clap::builder::PossibleValuesParser::new(suites::NAMES))]
    suites: Vec<String>,
    /// Folder of the gold data.
    #[arg(long, value_name = "DIR", default_value = "../shared/data")]
    data: PathBuf,
    /// Write one file of per-item results a suite into this folder.
    #[arg(long, value_name = "DIR")]
    items: Option<PathBuf>,
    /// File of floors; figures below one fail the run.
    #[arg(long, value_name = "FILE", default_value = "eval/floors.toml")]
    floors: PathBuf,
}

/// What a suite measured.
#[derive(Debug, Default)]
pub struct Report {
    /// Named figures, in order of print.
    pub figures: Vec<(String, f64)>,
    /// Rows of detail (per class, per corpus), printed as they are.
    pub details: Vec<String>,
    /// One line an item, without the words of the data: id, then what happened to it.
    pub items: Vec<String>,
}

impl Report {
    /// Adds a figure.
    pub fn figure(&mut self, name: &str, value: f64) {
        self.figures.push((name.to_owned(), value));
    }
}

/// Runs the command.
pub fn run(arguments: &EvalArguments) -> anyhow::Result<Done> {
    let floors = read_floors(&arguments.floors)?;
    let engine = Engine::load()?;
    let mut out = std::io::stdout().lock();
    let mut done = Done::Clean;
    let chosen: Vec<&str> = if arguments.suites.is_empty() {
        suites::NAMES.to_vec()
    } else {
        arguments.suites.iter().map(String::as_str).collect()
    };
    for suite in chosen {
        let report = match suites::run(suite, &arguments.data, &engine) {
            Ok(report) => report,
            Err(suites::Unmeasured::Absent(path)) => {
                eprintln!("annalist: {suite}: skipped: {} is absent; see --data", path.display());
                continue;
            }
            Err(suites::Unmeasured::Failed(error)) => {
                eprintln!("annalist: {suite}: {error:#}");
                done = Done::WithFailures;
                continue;
            }
        };
        writeln!(out, "{suite}")?;
        let none = BTreeMap::new();
        let floors = floors.get(suite).unwrap_or(&none);
        for (name, value) in &report.figures {
            match floors.get(name) {
                Some(floor) if value < floor => {
                    writeln!(out, "  {name:<28} {value:.4}  BELOW the floor {floor}")?;
                    done = Done::WithFailures;
                }
                Some(floor) => writeln!(out, "  {name:<28} {value:.4}  (floor {floor})")?,
                None => writeln!(out, "  {name:<28} {value:.4}")?,
            }
        }
        for line in &report.details {
            writeln!(out, "    {line}")?;
        }
        if let Some(folder) = &arguments.items {
            std::fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
            let path = folder.join(format!("{suite}.tsv"));
            let mut lines = report.items.join("\n");
            lines.push('\n');
            std::fs::write(&path, lines).with_context(|| format!("writing {}", path.display()))?;
        }
    }
    Ok(done)
}

type Floors = BTreeMap<String, BTreeMap<String, f64>>;

fn read_floors(path: &Path) -> anyhow::Result<Floors> {
    match std::fs::read_to_string(path) {
        Ok(content) => toml::from_str(&content).with_context(|| format!("reading the floors in {}", path.display())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            eprintln!("annalist: no floors: {} is absent", path.display());
            Ok(Floors::new())
        }
        Err(error) => Err(error).with_context(|| format!("reading the floors in {}", path.display())),
    }
}

/// Precision, recall and F1 of counts.
#[derive(Clone, Copy, Debug, Default)]
pub struct Prf {
    /// Found and right.
    pub right: usize,
    /// Found.
    pub found: usize,
    /// In the gold data.
    pub gold: usize,
}

impl Prf {
    /// Right among found; 0 where nothing was found.
    pub fn precision(self) -> f64 {
        if self.found == 0 { 0.0 } else { self.right as f64 / self.found as f64 }
    }

    /// Right among gold; 0 where there is none.
    pub fn recall(self) -> f64 {
        if self.gold == 0 { 0.0 } else { self.right as f64 / self.gold as f64 }
    }

    /// Their harmonic mean.
    pub fn f1(self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) }
    }
}
