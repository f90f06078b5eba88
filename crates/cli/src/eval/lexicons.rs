//! The example sentences of the governing and reporting words: some claim must have the status, or the attitude,
//! that the entry says its word gives.

use model::document::Metadata;
use model::{Attitude, Claim, Document, Status};
use pipeline::{Engine, Worker};

use super::Report;

const GOVERNORS: &str = include_str!("../../../../data/lexicons/governors.tsv");
const REPORTING: &str = include_str!("../../../../data/lexicons/reporting.tsv");

/// Checks every example and counter-example of both lists.
pub fn examples(engine: &Engine) -> Report {
    let worker = Worker::new();
    let mut report = Report::default();
    let (mut right, mut all) = (0, 0);
    let (mut spared, mut counter) = (0, 0);
    for [lemma, effect, _, example, against] in rows::<5>(GOVERNORS) {
        let (yes, no) = (claims(engine, &worker, example), claims(engine, &worker, against));
        // An effect leaves the happening as real as its governing word: the example is told as having occurred.
        let wanted = match effect {
            "same_if_past" => Status::Possible,
            effect => effect.parse().unwrap_or(Status::Occurred),
        };
        let has = |claims: &[Claim]| claims.iter().any(|c| c.proposition.kind() != "statement" && c.status == wanted);
        tally(&mut report, &mut right, &mut all, has(&yes), &format!("{lemma}\t{effect}\t{example}"));
        tally(&mut report, &mut spared, &mut counter, !has(&no), &format!("{lemma}\tnot {effect}\t{against}"));
    }
    report.figure("governors", f64::from(right) / f64::from(all.max(1)));
    report.figure("governors_spared", f64::from(spared) / f64::from(counter.max(1)));
    let (mut right, mut all) = (0, 0);
    let (mut spared, mut counter) = (0, 0);
    for [lemma, _, attitude, _, example, against] in rows::<6>(REPORTING) {
        let Ok(attitude) = attitude.parse::<Attitude>() else { continue };
        // What asserts gives a statement at the least; the others show on what they pass on.
        let met = claims(engine, &worker, example).iter().any(|c| {
            c.attitude == attitude
                && (attitude != Attitude::Asserts || c.proposition.kind() == "statement" || c.asserter.is_some())
        });
        tally(&mut report, &mut right, &mut all, met, &format!("{lemma}\t{attitude}\t{example}"));
        // In the counter-example the attack stands in the publication's own voice.
        let lent = claims(engine, &worker, against).iter().any(|c| {
            c.proposition.code() == Some("ASSAULT") && (c.attitude != Attitude::Asserts || c.asserter.is_some())
        });
        tally(&mut report, &mut spared, &mut counter, !lent, &format!("{lemma}\tnot {attitude}\t{against}"));
    }
    report.figure("reporting", f64::from(right) / f64::from(all.max(1)));
    report.figure("reporting_spared", f64::from(spared) / f64::from(counter.max(1)));
    report
}

fn tally(report: &mut Report, right: &mut u32, all: &mut u32, met: bool, row: &str) {
    *all += 1;
    *right += u32::from(met);
    if !met {
        report.items.push(format!("missed\t{row}"));
    }
}

fn rows<const N: usize>(table: &str) -> impl Iterator<Item = [&str; N]> {
    table.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split('\t').collect::<Vec<_>>().try_into().ok())
}

fn claims(engine: &Engine, worker: &Worker, sentence: &str) -> Vec<Claim> {
    let doc =
        Document::new(sentence.to_owned(), Metadata { published: "2025-10-19".parse().ok(), ..Metadata::default() });
    engine.annotate(&doc, worker).map(|annotated| engine.code(&doc, &annotated)).unwrap_or_default()
}
