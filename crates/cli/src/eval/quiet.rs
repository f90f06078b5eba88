//! False events: how many sentences of ordinary news (sport, business, science, culture, weather) get any event.
//! The sentences are committed as ids and offsets (`eval/gold/quiet.tsv`); the words are read from the articles.

use std::collections::HashMap;
use std::path::Path;

use anyhow::{Context, bail};
use model::document::Metadata;
use model::{Document, Proposition, Span};
use pipeline::{Engine, Worker};
use serde::Deserialize;

use super::Report;

#[derive(Deserialize)]
struct Page {
    #[serde(rename = "articleBody")]
    body: String,
}

/// Codes every sentence by itself, as a report of one sentence.
pub fn rate(rows: &Path, wikinews: &[std::path::PathBuf], benchmark: &Path, engine: &Engine) -> anyhow::Result<Report> {
    let mut texts: HashMap<(String, String), String> = HashMap::new();
    for path in wikinews {
        let mut reader = csv::Reader::from_path(path).with_context(|| format!("reading {}", path.display()))?;
        for row in reader.records() {
            let row = row.with_context(|| format!("reading {}", path.display()))?;
            let (Some(url), Some(text)) = (row.get(0), row.get(3)) else { continue };
            let article = url.rsplit('/').next().unwrap_or(url).to_owned();
            texts.insert(("wikinews".to_owned(), article), text.to_owned());
        }
    }
    let content = std::fs::read_to_string(benchmark).with_context(|| format!("reading {}", benchmark.display()))?;
    let pages: HashMap<String, Page> =
        serde_json::from_str(&content).with_context(|| format!("reading {}", benchmark.display()))?;
    texts.extend(pages.into_iter().map(|(id, page)| (("benchmark".to_owned(), id), page.body)));

    let content = std::fs::read_to_string(rows).with_context(|| format!("reading {}", rows.display()))?;
    let worker = Worker::new();
    let mut report = Report::default();
    let (mut all, mut with_event) = (0usize, 0usize);
    for line in content.lines().skip(1) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [source, article, start, end] = fields[..] else {
            bail!("{}: a row of {} columns where 4 are due: {line}", rows.display(), fields.len());
        };
        let text =
            texts.get(&(source.to_owned(), article.to_owned())).with_context(|| format!("no article {article}"))?;
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
