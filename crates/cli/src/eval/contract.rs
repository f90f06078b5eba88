//! The worked examples of `docs/contract.md`: how many of their claims the coder finds, and how many fields of the found
//! ones it gets.

use std::path::Path;

use anyhow::{Context, ensure};
use model::document::Metadata;
use model::record::{ClaimRecord, PartyRecord};
use model::{Document, When};
use pipeline::{Engine, Worker};

use super::{Prf, Report};

/// Scores the page.
pub fn examples(page: &Path, engine: &Engine) -> anyhow::Result<Report> {
    let content = std::fs::read_to_string(page).with_context(|| format!("reading {}", page.display()))?;
    let worker = Worker::new();
    let mut report = Report::default();
    let mut claims = Prf::default();
    let mut fields = [("actor", 0), ("recipient", 0), ("status", 0), ("attitude", 0), ("asserter", 0)];
    for section in content.split("\n### ").filter(|s| s.starts_with(|c: char| c.is_ascii_digit())) {
        let title = section.lines().next().unwrap_or_default();
        let (Some(text), Some(gold)) = (block(section, "text"), block(section, "jsonl")) else { continue };
        let published =
            section.lines().find_map(|l| l.strip_prefix("Published: ")).and_then(|p| p.parse::<When>().ok());
        let gold = gold.lines().map(serde_json::from_str::<ClaimRecord>).collect::<Result<Vec<_>, _>>();
        let gold = gold.with_context(|| format!("reading the records of example {title}"))?;
        let doc = Document::new(text.to_owned(), Metadata { published, ..Metadata::default() });
        let coded = engine.code(&doc, &engine.annotate(&doc, &worker)?);
        let mut found: Vec<ClaimRecord> = coded.iter().map(ClaimRecord::from).collect();
        claims.gold += gold.len();
        claims.found += found.len();
        for expected in &gold {
            // Of the claims of that kind and type, the one that agrees in most fields.
            let best = (0..found.len())
                .filter(|&i| found[i].kind == expected.kind && found[i].code == expected.code)
                .max_by_key(|&i| agreement(expected, &found[i]).iter().filter(|a| **a).count());
            let label = format!("{title}\t{} {}", expected.kind, expected.code.as_deref().unwrap_or(""));
            let Some(best) = best else {
                report.items.push(format!("{label}\tmissed"));
                continue;
            };
            claims.right += 1;
            let agrees = agreement(expected, &found.remove(best));
            let mut wrong = Vec::new();
            for ((name, right), agrees) in fields.iter_mut().zip(agrees) {
                *right += usize::from(agrees);
                if !agrees {
                    wrong.push(*name);
                }
            }
            report.items.push(format!("{label}\tfound\twrong: {}", wrong.join(" ")));
        }
        report
            .items
            .extend(found.iter().map(|c| format!("{title}\t{} {}\textra", c.kind, c.code.as_deref().unwrap_or(""))));
    }
    ensure!(claims.gold > 0, "{} holds no worked examples", page.display());
    report.figure("recall", claims.recall());
    report.figure("precision", claims.precision());
    for (name, right) in fields {
        report.figure(&format!("{name} of the found"), right as f64 / claims.right.max(1) as f64);
    }
    Ok(report)
}

fn agreement(expected: &ClaimRecord, found: &ClaimRecord) -> [bool; 5] {
    let ids = |parties: &[PartyRecord]| {
        let mut ids: Vec<String> = parties.iter().filter_map(|p| p.id.as_ref().map(ToString::to_string)).collect();
        ids.sort();
        ids
    };
    let asserter = |claim: &ClaimRecord| claim.asserter.as_ref().map(|a| a.id.as_ref().map(ToString::to_string));
    [
        ids(&expected.actor) == ids(&found.actor),
        ids(&expected.recipient) == ids(&found.recipient),
        expected.status == found.status,
        expected.attitude == found.attitude,
        asserter(expected) == asserter(found),
    ]
}

fn block<'a>(section: &'a str, language: &str) -> Option<&'a str> {
    section.split(&format!("```{language}\n")).nth(1)?.split("\n```").next()
}
