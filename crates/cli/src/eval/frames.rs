//! The example sentences of the frames: a positive one must bring up its code, a negative one must not.

use std::collections::BTreeMap;

use coding::frames::{Frame, Kind};
use model::document::Metadata;
use model::{Claim, Document, Proposition};
use pipeline::{Engine, Worker};

use super::Report;

/// Checks every example of every frame.
pub fn examples(engine: &Engine) -> Report {
    let worker = Worker::new();
    let mut report = Report::default();
    let mut counts: BTreeMap<&'static str, [usize; 4]> = BTreeMap::new(); // yes right, yes, no right, no
    for frame in engine.coder().frames().all() {
        let code = code(frame);
        for example in &frame.yes {
            let (sentence, expected) = example.split_once(" => ").unwrap_or((example, ""));
            let claims = claims(engine, &worker, sentence);
            let met = claims.iter().any(|c| c.proposition.code() == Some(code) && meets(c, expected));
            let row = counts.entry(code).or_default();
            row[0] += usize::from(met);
            row[1] += 1;
            if !met {
                report.items.push(format!("{code}\tmissed\t{example}\t{}", coded(&claims)));
            }
        }
        for sentence in &frame.no {
            let claims = claims(engine, &worker, sentence);
            let coded_here = claims.iter().any(|c| c.proposition.code() == Some(code));
            let row = counts.entry(code).or_default();
            row[2] += usize::from(!coded_here);
            row[3] += 1;
            if coded_here {
                report.items.push(format!("{code}\twrongly coded\t{sentence}\t{}", coded(&claims)));
            }
        }
    }
    let total = counts.values().fold([0; 4], |sum, row| std::array::from_fn(|i| sum[i] + row[i]));
    report.figure("positive", total[0] as f64 / total[1].max(1) as f64);
    report.figure("negative", total[2] as f64 / total[3].max(1) as f64);
    for (code, [yes, yes_all, no, no_all]) in &counts {
        report.details.push(format!("{code:<20} {yes}/{yes_all} positive, {no}/{no_all} negative"));
    }
    report
}

fn code(frame: &Frame) -> &'static str {
    match frame.kind {
        Kind::Event(event) => event.as_str(),
        Kind::Tie(tie) => tie.as_str(),
    }
}

fn claims(engine: &Engine, worker: &Worker, sentence: &str) -> Vec<Claim> {
    let published = "2025-10-19".parse().ok();
    let doc = Document::new(sentence.to_owned(), Metadata { published, ..Metadata::default() });
    engine.annotate(&doc, worker).map(|annotated| engine.code(&doc, &annotated)).unwrap_or_default()
}

/// Whether a claim has what an example expects of it: `actor=PAK.MIL recipient=TTP modes=aerial status=planned`.
fn meets(claim: &Claim, expected: &str) -> bool {
    expected.split_whitespace().all(|pair| {
        let Some((key, value)) = pair.split_once('=') else { return true };
        let wanted: Vec<&str> = value.split('+').collect();
        let ids = |parties: &[model::Party]| {
            parties.iter().filter_map(|p| p.id.as_ref().map(ToString::to_string)).collect::<Vec<_>>()
        };
        let has_all = |have: &[String]| wanted.iter().all(|w| have.iter().any(|h| h == w));
        match key {
            "actor" => has_all(&ids(&claim.actor)),
            "recipient" => has_all(&ids(&claim.recipient)),
            "modes" => has_all(&claim.modes),
            "status" => claim.status.as_str() == value,
            "attitude" => claim.attitude.as_str() == value,
            _ => false,
        }
    })
}

fn coded(claims: &[Claim]) -> String {
    let one = |c: &Claim| {
        let parties = |p: &[model::Party]| {
            p.iter()
                .map(|p| p.id.as_ref().map_or_else(|| p.mention.clone().unwrap_or_default(), ToString::to_string))
                .collect::<Vec<_>>()
                .join("+")
        };
        let code = match &c.proposition {
            Proposition::Statement(_) => "statement",
            other => other.code().unwrap_or(other.kind()),
        };
        format!("{code}[{}→{};{};{}]", parties(&c.actor), parties(&c.recipient), c.modes.join("+"), c.status)
    };
    claims.iter().map(one).collect::<Vec<_>>().join(" ")
}
