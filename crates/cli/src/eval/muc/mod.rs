//! MUC-4: claims of terrorist incidents as the templates of the fourth Message Understanding Conference,
//! scored on all slots by its published guidelines.
//!
//! Developed on the development messages alone (`dev`, an eighth of them drawn by hash); `tst1` and `tst2`
//! are read for their figures only.

mod compare;
mod doers;
mod hits;
mod incident;
mod mentions;
mod places;
mod reports;
mod score;
mod slots;
mod telling;
mod template;
mod untold;
mod words;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Context;
use coding::status::Governors;
use model::{Annotated, Claim, Document};
use pipeline::{Engine, Worker};

use super::Report;
use places::Areas;
use reports::Message;
use score::{Scored, total};
use template::{SLOTS, Template, slot};
use words::Words;

/// Months as the task writes them.
const MONTHS: [&str; 12] = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

/// One in so many development messages is scored.
const SAMPLE: u64 = 8;

/// Scores the development sample and the two test sets.
pub fn templates(folder: &Path, engine: &Engine) -> anyhow::Result<Report> {
    let mut report = Report::default();
    let task = Task::load(folder)?;
    let worker = Worker::new();
    for set in ["dev", "tst1", "tst2"] {
        let mut messages = messages(folder, set)?;
        if set == "dev" {
            messages.retain(|m| is_sampled(&m.id));
        }
        let keys = keys(folder, set)?;
        let mut sum = Scored::default();
        for message in &messages {
            let doc = message.document();
            let annotated = engine.annotate(&doc, &worker)?;
            let claims = engine.code(&doc, &annotated);
            let responses = task.respond(message, &doc, &annotated, &claims);
            let wanted = keys.get(&message.id).map_or(&[][..], Vec::as_slice);
            let scored = score::message(&responses, wanted);
            let all = total(&scored.all());
            report.items.push(format!(
                "{}\tkey={}\tresponse={}\tcor={}\tpar={}\tinc={}\tmis={}\tspu={}",
                message.id,
                wanted.len(),
                responses.len(),
                all.correct,
                all.partial,
                all.incorrect,
                all.missing,
                all.spurious
            ));
            sum.add(&scored);
        }
        figures(set, &sum, &mut report);
    }
    Ok(report)
}

/// Whether a development message is in the sample: by a hash of its id.
pub fn is_sampled(id: &str) -> bool {
    let hash = id.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    (hash ^ (hash >> 29) ^ (hash >> 47)) % SAMPLE == 0
}

/// What answering needs besides a message: word lists and the task's places.
pub struct Task {
    words: Words,
    areas: Areas,
    governors: Governors,
}

impl Task {
    /// Loads them.
    pub fn load(folder: &Path) -> anyhow::Result<Self> {
        let areas = Areas::load(folder).with_context(|| format!("reading the places below {}", folder.display()))?;
        let governors = Governors::parse(include_str!("../../../../../data/lexicons/governors.tsv"));
        Ok(Self { words: Words::embedded(), areas, governors })
    }

    /// The templates of a message.
    pub fn respond(&self, message: &Message, doc: &Document, annotated: &Annotated, claims: &[Claim]) -> Vec<Template> {
        let country = self.areas.country_of(message.town.as_deref(), &message.text);
        let view = incident::View {
            doc,
            annotated,
            words: &self.words,
            areas: &self.areas,
            governors: &self.governors,
            country: country.as_deref(),
            town: message.town.as_deref(),
        };
        let story = slots::Story { message: &message.id, date: message.date, country: country.as_deref() };
        incident::incidents(&view, claims).iter().map(|i| slots::template(&story, i)).collect()
    }
}

/// The messages of a set.
pub fn messages(folder: &Path, set: &str) -> anyhow::Result<Vec<Message>> {
    let files = files(folder, set, |name| !name.starts_with("key") && name.contains("muc"))?;
    let mut messages = Vec::new();
    for content in files {
        messages.extend(reports::read(&content));
    }
    Ok(messages)
}

/// The keys of a set by message.
pub fn keys(folder: &Path, set: &str) -> anyhow::Result<BTreeMap<String, Vec<Template>>> {
    let mut keys: BTreeMap<String, Vec<Template>> = BTreeMap::new();
    for content in files(folder, set, |name| name.starts_with("key"))? {
        for template in template::read(&content) {
            keys.entry(template.message.clone()).or_default().push(template);
        }
    }
    Ok(keys)
}

fn files(folder: &Path, set: &str, wanted: impl Fn(&str) -> bool) -> anyhow::Result<Vec<String>> {
    let folder: PathBuf = folder.join("TASK/CORPORA").join(set);
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(&folder).with_context(|| format!("reading {}", folder.display()))? {
        paths.push(entry?.path());
    }
    paths.retain(|p| p.file_name().is_some_and(|n| wanted(&n.to_string_lossy())));
    // The keys of these messages are missing from the set.
    paths.retain(|p| !p.to_string_lossy().contains("0601"));
    paths.sort();
    let read = |p: &PathBuf| std::fs::read(p).with_context(|| format!("reading {}", p.display()));
    paths.iter().map(|p| read(p).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())).collect()
}

fn figures(set: &str, sum: &Scored, report: &mut Report) {
    let all = total(&sum.all());
    report.figure(&format!("{set}_recall"), all.recall());
    report.figure(&format!("{set}_precision"), all.precision());
    report.figure(&format!("{set}_f1"), all.f1());
    let [matched, missing, spurious] = sum.templates;
    let only = total(&sum.matched);
    report.details.push(format!(
        "{set}: {matched} templates side by side, {missing} missing, {spurious} spurious; of those side by side R {:.3} P {:.3}",
        only.recall(),
        only.precision()
    ));
    for (number, tally) in sum.all().iter().enumerate().skip(slot::DATE) {
        report.details.push(format!(
            "{set} {:<18} R {:.2} P {:.2} (cor {} par {} inc {} mis {} spu {})",
            SLOTS[number],
            tally.recall(),
            tally.precision(),
            tally.correct,
            tally.partial,
            tally.incorrect,
            tally.missing,
            tally.spurious
        ));
    }
}
