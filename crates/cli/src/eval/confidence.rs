//! Whether a claim's confidence means what it says: claims that two judges saw (`eval/gold/judged_last.tsv`: ids,
//! offsets, verdicts) and that the weights were not fitted to, beside the confidence that the program gives them now.
//!
//! A judged claim counts where the program still prints one of that kind and type from the same words on. Its mark is
//! the mean of both judges' (type and parties right: 1, else 0).

use std::collections::{BTreeMap, HashMap};

use anyhow::Context;
use model::document::Metadata;
use model::{Claim, Document};
use pipeline::{Engine, Worker};

use super::Report;
use super::gold::{Article, Table};

/// What the table of judged claims holds.
pub const COLUMNS: [&str; 13] = [
    "claim",
    "article",
    "start",
    "end",
    "kind",
    "type",
    "part",
    "verdict_one",
    "type_and_parties_one",
    "faults_one",
    "verdict_two",
    "type_and_parties_two",
    "faults_two",
];

/// Upper ends of the bins of the reliability table.
const BINS: [f64; 5] = [0.6, 0.7, 0.8, 0.9, 1.0];

/// Reads the judged articles and compares.
pub fn measure(judged: &Table<13>, articles: &HashMap<String, Article>, engine: &Engine) -> anyhow::Result<Report> {
    let mut by_article: BTreeMap<&str, Vec<[&str; 13]>> = BTreeMap::new();
    let mut asked = 0usize;
    for row in judged.rows() {
        let Some(row) = row? else { continue };
        asked += 1;
        by_article.entry(row[1]).or_default().push(row);
    }
    let worker = Worker::new();
    let mut pairs: Vec<(f64, f64)> = Vec::new(); // confidence, mark
    for (article, rows) in by_article {
        let Article { date, text } = articles.get(article).with_context(|| format!("no article {article}"))?;
        let published = date.get(..10).unwrap_or(date).parse().ok();
        let doc = Document::new(text.clone(), Metadata { published, ..Metadata::default() });
        let claims = engine.code(&doc, &engine.annotate(&doc, &worker)?);
        for [_, _, start, _, kind, event, _, _, one, _, _, two, _] in rows {
            let start: usize = start.parse()?;
            let same = |c: &&Claim| {
                c.evidence.span.start() == start
                    && c.proposition.kind() == kind
                    && c.proposition.code().unwrap_or("-") == event
            };
            if let Some(claim) = claims.iter().find(same) {
                pairs.push((claim.confidence, f64::midpoint(one.parse()?, two.parse()?)));
            }
        }
    }
    Ok(report(&pairs, asked))
}

#[expect(clippy::cast_precision_loss, reason = "counts of claims")]
fn report(pairs: &[(f64, f64)], asked: usize) -> Report {
    let n = pairs.len().max(1) as f64;
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len().max(1) as f64;
    let rate = mean(&pairs.iter().map(|p| p.1).collect::<Vec<_>>());
    let brier = mean(&pairs.iter().map(|(c, m)| (c - m).powi(2)).collect::<Vec<_>>());
    let base = mean(&pairs.iter().map(|(_, m)| (rate - m).powi(2)).collect::<Vec<_>>());
    let mut report = Report::default();
    let mut error = 0.0;
    let mut from = 0.0;
    for to in BINS {
        let held: Vec<&(f64, f64)> = pairs.iter().filter(|(c, _)| from < *c && *c <= to).collect();
        let (said, right) = (held.iter().map(|p| p.0).sum::<f64>(), held.iter().map(|p| p.1).sum::<f64>());
        error += (said - right).abs();
        if !held.is_empty() {
            let count = held.len() as f64;
            report.details.push(format!(
                "confidence {from:.1} to {to:.1}: {} claims, mean {:.2}, right {:.2}",
                held.len(),
                said / count,
                right / count
            ));
        }
        from = to;
    }
    report.details.push(format!("{} of {asked} judged claims are still printed", pairs.len()));
    report.figure("right", rate);
    // As a figure that rises: one less the mean distance of what is said from what is right.
    report.figure("calibrated", 1.0 - error / n);
    report.figure("brier", brier);
    report.figure("brier_of_the_mean", base);
    report.figure("ranked_right", ranked(pairs));
    report
}

/// The share of pairs of a right and a wrong claim in which the right one has the higher confidence, ties half.
#[expect(clippy::cast_precision_loss, reason = "counts of claims")]
fn ranked(pairs: &[(f64, f64)]) -> f64 {
    let (right, wrong): (Vec<_>, Vec<_>) = pairs.iter().partition(|(_, mark)| *mark > 0.5);
    let mut score = 0.0;
    for (r, _) in &right {
        for (w, _) in &wrong {
            score += if r > w { 1.0 } else { f64::from(u8::from((r - w).abs() < f64::EPSILON)) / 2.0 };
        }
    }
    score / (right.len() * wrong.len()).max(1) as f64
}
