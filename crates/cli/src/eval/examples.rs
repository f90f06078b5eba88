//! The example sentences of tolls and of places of happenings, which must give just what stands beside them, and those
//! of figures, commitments, causes and replies: every `yes` must give a claim of its kind (for
//! figures with the numbers behind `=>`), no `no` may.

use anyhow::Context;
use coding::rules;
use model::document::Metadata;
use model::{Claim, Document, Proposition, Rel};
use pipeline::{Engine, Worker};

use super::Report;

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
        let entries = rules::examples(&format!("{kind}.toml"), content).context("reading examples")?;
        let (mut right, mut wrong, mut yes, mut no) = (0_u32, 0_u32, 0_u32, 0_u32);
        for entry in &entries {
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
    let tolls = include_str!("../../../../data/lexicons/tolls.tsv");
    table(engine, &worker, &mut report, "tolls", tolls, effects_of);
    let happenings = include_str!("../../../../data/places/happenings.tsv");
    table(engine, &worker, &mut report, "event places", happenings, places_of);
    Ok(report)
}

/// A table of sentences and what their events should give, written by `write`.
fn table(engine: &Engine, worker: &Worker, report: &mut Report, name: &str, rows: &str, write: fn(&[Claim]) -> String) {
    let (mut right, mut all) = (0_u32, 0_u32);
    for (sentence, expected) in rows.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t')) {
        all += 1;
        let found = write(&claims(engine, worker, sentence));
        right += u32::from(found == expected);
        if found != expected {
            report.items.push(format!("{name}\t{sentence}\t{expected}\t{found}"));
        }
    }
    report.figure(name, f64::from(right) / f64::from(all.max(1)));
}

fn effects_of(claims: &[Claim]) -> String {
    let number = |n: Option<f64>| n.map(|n| n.to_string()).unwrap_or_default();
    let events = claims.iter().filter(|c| matches!(c.proposition, Proposition::Event(..)));
    let written: Vec<String> = events
        .flat_map(|c| &c.effects)
        .map(|e| {
            let part = if e.part_of.is_some() { "<" } else { "" };
            let running = if e.cumulative { "+" } else { "" };
            format!("{part}{} {}..{}{running}", e.kind, number(e.low), number(e.high))
        })
        .collect();
    if written.is_empty() { "-".to_owned() } else { written.join(";") }
}

fn places_of(claims: &[Claim]) -> String {
    let events = claims.iter().filter(|c| matches!(c.proposition, Proposition::Event(..)));
    let written: Vec<String> = events
        .map(|c| {
            let names: Vec<&str> = c.places.iter().filter_map(|p| p.name.as_deref().or(p.mention.as_deref())).collect();
            if names.is_empty() { "-".to_owned() } else { names.join("+") }
        })
        .collect();
    if written.is_empty() { "-".to_owned() } else { written.join(";") }
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
