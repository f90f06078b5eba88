//! False events: how many sentences of ordinary news (sport, business, science, culture, weather) get any event.
//! The sentences are committed as ids and offsets (`eval/gold/quiet.tsv`); the words are read from the articles.

use std::collections::HashMap;
use std::path::Path;

use anyhow::Context;
use model::document::Metadata;
use model::{Document, Proposition, Span};
use pipeline::{Engine, Worker};
use serde::Deserialize;

use super::Report;
use super::gold::{Article, Table};

#[derive(Deserialize)]
struct Page {
    #[serde(rename = "articleBody")]
    body: String,
}

/// What the table of sentences holds.
pub const COLUMNS: [&str; 4] = ["source", "article", "start", "end"];

/// Codes every sentence by itself, as a report of one sentence.
pub fn rate(
    rows: &Table<4>,
    wikinews: &HashMap<String, Article>,
    benchmark: &Path,
    engine: &Engine,
) -> anyhow::Result<Report> {
    let content = std::fs::read_to_string(benchmark).with_context(|| format!("reading {}", benchmark.display()))?;
    let pages: HashMap<String, Page> =
        serde_json::from_str(&content).with_context(|| format!("reading {}", benchmark.display()))?;
    let worker = Worker::new();
    let mut report = Report::default();
    let (mut all, mut with_event) = (0usize, 0usize);
    for row in rows.rows() {
        let Some([source, article, start, end]) = row? else { continue };
        let text = match source {
            "wikinews" => wikinews.get(article).map(|a| &a.text),
            _ => pages.get(article).map(|p| &p.body),
        };
        let text = text.with_context(|| format!("no article {article}"))?;
        let span = Span::new(text, start.parse()?, end.parse()?).with_context(|| format!("article {article}"))?;
        let doc = Document::new(span.of(text).to_owned(), Metadata::default());
        let claims = engine.code(&doc, &engine.annotate(&doc, &worker)?);
        let codes: Vec<&str> = claims
            .iter()
            .filter(|c| matches!(c.proposition, Proposition::Event(..)))
            .filter_map(|c| c.proposition.code())
            .collect();
        all += 1;
        with_event += usize::from(!codes.is_empty());
        if !codes.is_empty() {
            report.items.push(format!("{source}\t{article}\t{start}\t{end}\t{}", codes.join("+")));
        }
    }
    report.figure("without_event", 1.0 - with_event as f64 / all.max(1) as f64);
    report.details.push(format!("{with_event} of {all} sentences get an event"));
    Ok(report)
}
