//! Whether it happened, against the factuality that Universal Decompositional Semantics gives the predicates of UD
//! EWT: a value above 0 means that annotators took it to have happened.
//!
//! The sentences are read as raw text; a predicate is met by its place in the text. What stands in EWT's training and
//! development parts may be looked at; the test part is only measured.

use std::collections::HashMap;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, bail};
use model::document::Metadata;
use model::{Document, Status};
use pipeline::{Engine, Worker};
use serde::Deserialize;

use super::Report;

#[derive(Deserialize)]
struct Factuality {
    data: HashMap<String, HashMap<String, Annotation>>,
}

#[derive(Deserialize)]
struct Annotation {
    factuality: Factual,
}

#[derive(Deserialize)]
struct Factual {
    factual: Value,
}

#[derive(Deserialize)]
struct Value {
    value: f64,
}

#[derive(Deserialize)]
struct Ids {
    sentence_id: String,
}

/// Agreement with the sign of the annotated value, by part.
pub fn score(folder: &Path, treebank: &Path, engine: &Engine) -> anyhow::Result<Report> {
    let archive = folder.join("decomp/data/2.0/normalized/sentence/annotations/factuality.zip");
    let factuality: Factuality = serde_json::from_str(&unzip(&archive)?).context("reading factuality.json")?;
    let ids: HashMap<String, Ids> = {
        let path = folder.join("decomp/data/ud_ids.json");
        serde_json::from_str(&std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?)?
    };
    let by_sentence: HashMap<&str, (&str, &HashMap<String, Annotation>)> = factuality
        .data
        .iter()
        .filter_map(|(id, predicates)| ids.get(id).map(|ids| (ids.sentence_id.as_str(), (id.as_str(), predicates))))
        .collect();
    let mut report = Report::default();
    let worker = Worker::new();
    for part in ["dev", "test"] {
        let path = treebank.join(format!("en_ewt-ud-{part}.conllu"));
        let content = std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
        // [gold happened][said to have happened]
        let mut table = [[0_usize; 2]; 2];
        let mut unmet = 0;
        for block in content.split("\n\n") {
            let Some(sentence) = sentence(block) else { continue };
            let Some((id, predicates)) = by_sentence.get(sentence.id) else { continue };
            let doc = Document::new(sentence.text.to_owned(), Metadata::default());
            let annotated = engine.annotate(&doc, &worker)?;
            let mut wanted: Vec<(usize, f64)> = predicates
                .iter()
                .filter_map(|(name, a)| Some((name.rsplit('-').next()?.parse().ok()?, a.factuality.factual.value)))
                .collect();
            wanted.sort_by_key(|w| w.0);
            let offsets: Vec<usize> =
                wanted.iter().map(|(word, _)| sentence.starts.get(word - 1).copied().unwrap_or(usize::MAX)).collect();
            let found = engine.coder().realities(&doc, &annotated, &offsets);
            for ((word, value), found) in wanted.iter().zip(found) {
                let Some(found) = found else {
                    unmet += 1;
                    continue;
                };
                let happened = matches!(found.status, Status::Occurred | Status::Ongoing);
                table[usize::from(*value > 0.0)][usize::from(happened)] += 1;
                report.items.push(format!("{id}\t{word}\tgold={}\tfound={}", *value > 0.0, found.status));
            }
        }
        figures(&mut report, part, table);
        report.details.push(format!(
            "{part}: not happened {}/{} right, happened {}/{} right, {unmet} words not met",
            table[0][0],
            table[0][0] + table[0][1],
            table[1][1],
            table[1][0] + table[1][1]
        ));
    }
    Ok(report)
}

fn figures(report: &mut Report, part: &str, table: [[usize; 2]; 2]) {
    let all = table.iter().flatten().sum::<usize>().max(1) as f64;
    let f1 = |class: usize| {
        let right = table[class][class];
        let gold: usize = table[class].iter().sum();
        let found = table[0][class] + table[1][class];
        2.0 * right as f64 / (gold + found).max(1) as f64
    };
    let happened = (table[1][0] + table[1][1]) as f64 / all;
    report.figure(&format!("{part}_accuracy"), (table[0][0] + table[1][1]) as f64 / all);
    report.figure(&format!("{part}_macro_f1"), f1(0).midpoint(f1(1)));
    report.details.push(format!(
        "{part}: always \"happened\": accuracy {happened:.3}, macro-F1 {:.3}",
        happened / (1.0 + happened)
    ));
}

struct Words<'a> {
    id: &'a str,
    text: &'a str,
    /// Where each word starts in the text.
    starts: Vec<usize>,
}

fn sentence(block: &str) -> Option<Words<'_>> {
    let comment =
        |key: &str| block.lines().find_map(|l| l.strip_prefix('#')?.trim().strip_prefix(key)?.strip_prefix(" = "));
    let (id, text) = (comment("sent_id")?, comment("text")?);
    let mut starts = Vec::new();
    let mut at = 0;
    for line in block.lines().filter(|l| !l.starts_with('#')) {
        let mut fields = line.split('\t');
        let (Some(number), Some(form)) = (fields.next(), fields.next()) else { continue };
        if number.parse::<usize>().is_err() {
            continue;
        }
        // A form that the text does not hold (a mended slip) stands where the last one ended.
        match text[at..].find(form) {
            Some(found) if found <= 40 => {
                starts.push(at + found);
                at += found + form.len();
            }
            _ => starts.push(at),
        }
    }
    Some(Words { id, text, starts })
}

/// The one file of a zip archive: its local header, then its words, deflated (method 8).
fn unzip(path: &Path) -> anyhow::Result<String> {
    let bytes = std::fs::read(path).with_context(|| format!("reading {}", path.display()))?;
    let u16_at = |at: usize| bytes.get(at..at + 2).map_or(0, |b| usize::from(b[0]) | usize::from(b[1]) << 8);
    if !bytes.starts_with(b"PK\x03\x04") || u16_at(8) != 8 {
        bail!("reading {}: no zip archive that starts with a deflated file", path.display());
    }
    let start = 30 + u16_at(26) + u16_at(28);
    let mut content = String::new();
    flate2::read::DeflateDecoder::new(bytes.get(start..).unwrap_or_default())
        .read_to_string(&mut content)
        .with_context(|| format!("unpacking {}", path.display()))?;
    Ok(content)
}
