//! The suites: what each needs, and how it is measured.

use std::path::{Path, PathBuf};

use pipeline::{Engine, Worker};
use text::score::{self, Casing};

use super::{Report, events, frames};

/// Names of the suites, in order of the pipeline.
pub const NAMES: [&str; 9] = ["extraction", "language", "news", "names", "times", "places", "actors", "events", "frames"];

/// Why a suite has no figures.
pub enum Unmeasured {
    /// Its data are not there.
    Absent(PathBuf),
    /// It could not be run.
    Failed(anyhow::Error),
}

impl<E: Into<anyhow::Error>> From<E> for Unmeasured {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// Runs a suite.
pub fn run(suite: &str, data: &Path, engine: &Engine) -> Result<Report, Unmeasured> {
    match suite {
        "language" => language(&need(data, "language/ud_ewt/en_ewt-ud-test.conllu")?, engine),
        "names" => names(&need(data, "language/uner_ewt/en_ewt-ud-test.iob2")?, engine),
        "events" => Ok(events::plover(&need(data, "coding/plv_train/PLV_train.tsv")?, engine)?),
        "frames" => Ok(frames::examples(engine)),
        _ => Err(Unmeasured::Failed(anyhow::anyhow!("suite {suite} is not measured yet"))),
    }
}

fn need(data: &Path, path: &str) -> Result<PathBuf, Unmeasured> {
    let path = data.join(path);
    if path.exists() { Ok(path) } else { Err(Unmeasured::Absent(path)) }
}

/// Tags, lemmas and trees with gold words, in three casings; sentence ends and words from raw text.
fn language(path: &Path, engine: &Engine) -> Result<Report, Unmeasured> {
    let content = std::fs::read_to_string(path)?;
    let worker = Worker::new();
    let mut report = Report::default();
    for casing in [Casing::AsIs, Casing::Upper, Casing::Lower] {
        let scored = score::trees(engine.text_model(), &worker, &content, casing)?;
        add(&mut report, &scored, casing);
    }
    add(&mut report, &score::raw(&content), Casing::AsIs);
    Ok(report)
}

/// Names of persons, organisations and places with gold words.
fn names(path: &Path, engine: &Engine) -> Result<Report, Unmeasured> {
    let content = std::fs::read_to_string(path)?;
    let worker = Worker::new();
    let mut report = Report::default();
    for casing in [Casing::AsIs, Casing::Upper, Casing::Lower] {
        let scored = score::names(engine.text_model(), &worker, &content, casing)?;
        add(&mut report, &scored, casing);
    }
    Ok(report)
}

/// Adds a scorer's measures as figures; classes and items only for the casing of the data.
fn add(report: &mut Report, scored: &score::Report, casing: Casing) {
    let suffix = if casing == Casing::AsIs { String::new() } else { format!("_{}", casing.as_str()) };
    for (name, measure) in &scored.measures {
        report.figure(&format!("{name}{suffix}"), measure.total.f1());
        if casing != Casing::AsIs {
            continue;
        }
        for (class, count) in &measure.classes {
            report.details.push(format!(
                "{name} {class:<16} P {:.3} R {:.3} F1 {:.3}",
                count.precision(),
                count.recall(),
                count.f1()
            ));
        }
    }
    if casing == Casing::AsIs {
        for (id, counts) in &scored.items {
            let row: Vec<String> = counts.iter().map(|(name, c)| format!("{name}={}/{}/{}", c.right, c.given, c.wanted)).collect();
            report.items.push(format!("{id}\t{}", row.join("\t")));
        }
    }
}
