//! The example sentences of figures, commitments, causes and replies: every `yes` must give a claim of its kind (for
//! figures with the numbers behind `=>`), no `no` may.

use anyhow::Context;
use model::document::Metadata;
use model::{Claim, Document, Proposition, Rel};
use pipeline::{Engine, Worker};
use serde::Deserialize;

use super::Report;

#[derive(Deserialize)]
struct Entry {
    #[serde(default)]
    yes: Vec<String>,
    #[serde(default)]
    no: Vec<String>,
}

type File = std::collections::BTreeMap<String, Vec<Entry>>;

/// Checks all four files.
pub fn all(engine: &Engine) -> anyhow::Result<Report> {
    let worker = Worker::new();
    let mut report = Report::default();
    let files = [
        ("figures", coding::figures::LEXICON),
        ("commitments", coding::commitments::LEXICON),
        ("causes", coding::causes::LEXICON),
        ("replies", coding::replies::LEXICON),
    ];
    for (kind, content) in files {
        let file: File = toml::from_str(content).with_context(|| format!("reading the examples of {kind}"))?;
        let (mut right, mut wrong, mut yes, mut no) = (0_u32, 0_u32, 0_u32, 0_u32);
        for entry in file.values().flatten() {
            for example in &entry.yes {
                yes += 1;
                let (sentence, expected) =
                    example.split_once(" => ").map_or((example.as_str(), None), |(s, e)| (s, Some(e)));
                let met = claims(engine, &worker, sentence).iter().any(|c| has(kind, c, expected));
                right += u32::from(met);
                if !met {
                    report.items.push(format!("{kind}\tmissed\t{example}"));
                }
            }
            for example in &entry.no {
                no += 1;
                let hit = claims(engine, &worker, example).iter().any(|c| has(kind, c, None));
                wrong += u32::from(hit);
                if hit {
                    report.items.push(format!("{kind}\tfalse\t{example}"));
                }
            }
        }
        report.figure(&format!("{kind} positive"), f64::from(right) / f64::from(yes.max(1)));
        report.figure(&format!("{kind} negative"), 1.0 - f64::from(wrong) / f64::from(no.max(1)));
    }
    Ok(report)
}

fn has(kind: &str, claim: &Claim, expected: Option<&str>) -> bool {
    match (kind, &claim.proposition) {
        ("figures", Proposition::Figure(count)) => expected.is_none_or(|expected| {
            let number = |n: Option<f64>| n.map(|n| n.to_string()).unwrap_or_default();
            let of = count.of.as_deref().unwrap_or_default();
            format!("{}..{} {of}", number(count.low), number(count.high)) == expected
        }),
        ("commitments", Proposition::Commitment(_)) | ("causes", Proposition::Cause { .. }) => true,
        ("replies", _) => claim.links.iter().any(|l| l.rel == Rel::RepliesTo),
        _ => false,
    }
}

fn claims(engine: &Engine, worker: &Worker, sentence: &str) -> Vec<Claim> {
    let doc =
        Document::new(sentence.to_owned(), Metadata { published: "2025-10-19".parse().ok(), ..Metadata::default() });
    engine.annotate(&doc, worker).map(|annotated| engine.code(&doc, &annotated)).unwrap_or_default()
}
