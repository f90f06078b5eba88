//! Ceasefires of the bundled reports, and how long they held, as people see them.

use std::collections::{BTreeMap, BTreeSet};

use analysis::ceasefires::{Definitions, caveats, ceasefires, method};
use analysis::incidents::{Constraints, Corpus, NoFacts, account, weigh};
use analysis::{Grounds, Report, Told};
use model::record::ClaimRecord;
use model::{ClaimId, DocumentId, Incident, IncidentId, When};
use present::{Answer, Ceasefires, Survival};

/// Claims of the bundled reports, and who published each.
const CLAIMS: &str = include_str!("../../analysis/tests/fixtures/samples.claims.jsonl");
const PUBLISHERS: &str = include_str!("../../analysis/tests/fixtures/samples.publishers.tsv");
/// A report that is near another, word by word.
const COPY: (&str, &str) = ("doc_fe9ec5fcfe2076e7fa12497e", "doc_dc3a3d4aa2e13e99c5364d72");

fn when(text: &str) -> When {
    text.parse().expect("a date")
}

/// The ceasefires with the words behind them, and what they rest on.
fn answer(at: Option<When>) -> (Ceasefires, Grounds) {
    let claims: Vec<ClaimRecord> = CLAIMS.lines().map(|l| serde_json::from_str(l).expect("a claim")).collect();
    let publishers: BTreeMap<&str, &str> = PUBLISHERS.lines().filter_map(|line| line.split_once('\t')).collect();
    let original = DocumentId::try_from(COPY.1.to_owned()).expect("an id");
    let told: Vec<Told> = claims
        .iter()
        .map(|claim| Told {
            claim,
            publisher: publishers.get(claim.document.as_str()).copied(),
            copy_of: (claim.document.as_str() == COPY.0).then_some(&original),
        })
        .collect();
    let mut corpus = Corpus::default();
    for t in &told {
        corpus.add(t.claim, t.copy_of);
    }
    let by_id: BTreeMap<&ClaimId, &Told> = told.iter().map(|t| (&t.claim.id, t)).collect();
    let weighed = weigh(&corpus, &Constraints::default());
    let incident = |claims: &[ClaimId]| -> Incident {
        let of: Vec<Told> = claims.iter().map(|c| *by_id[c]).collect();
        account(IncidentId::of([claims[0].as_str().as_bytes()]), &of, &NoFacts)
    };
    let incidents: Vec<Incident> = weighed.clusters().map(incident).collect();
    let mut seen = BTreeSet::new();
    let report = |t: &Told| Report {
        id: t.claim.document.clone(),
        publisher: t.publisher.map(str::to_owned),
        published: t.claim.published.map(When::date),
        language: Some("eng".to_owned()),
        copy: t.copy_of.is_some(),
        dataset: None,
    };
    let reports: Vec<Report> = told.iter().filter(|t| seen.insert(t.claim.document.clone())).map(report).collect();
    let definitions = Definitions::embedded();
    let found = ceasefires(&told, &incidents, &reports, &definitions, when("2025-11-12"));
    let mut grounds = Grounds {
        asked: "every ceasefire".to_owned(),
        as_of: Some(when("2025-11-12")),
        incidents: Some(incidents.len()),
        method: method(&definitions),
        caveats: caveats(&found),
        ..Grounds::default()
    };
    grounds.count(told.iter().map(|t| &t.claim.document), &reports);
    (Ceasefires::of(found, &told, at), grounds)
}

fn shown(answer: &impl Answer) -> String {
    let mut table = Vec::new();
    answer.table(&mut table).expect("a table is written");
    let (columns, rows) = answer.rows();
    assert!(rows.iter().all(|row| row.len() == columns.len()));
    let text = String::from_utf8(table).expect("a table is text");
    let wide: Vec<&str> = text.lines().filter(|l| l.chars().count() > 122).collect();
    assert!(wide.is_empty(), "{wide:#?}");
    text
}

/// Where a person is to look at it, the figure is written there as a picture, in two widths.
fn drawn(answer: &impl Answer, grounds: &Grounds, name: &str) -> String {
    if let Some(folder) = option_env!("FIGURES") {
        for width in [860, 390] {
            let picture = chart::png(&answer.figure(grounds, width), 1.5).expect("a figure is drawn");
            std::fs::write(format!("{folder}/{name}-{width}.png"), picture).expect("the folder is there");
        }
    }
    answer.figure(grounds, 860)
}

#[test]
fn the_truces_of_the_reports() {
    let (answer, grounds) = answer(Some(when("2025-10-17T18:00:00+05:00")));
    insta::assert_snapshot!("ceasefires", shown(&answer));
    insta::assert_snapshot!("ceasefires_figure", drawn(&answer, &grounds, "ceasefires"));
    // Whatever somebody says has its words.
    let (columns, rows) = answer.rows();
    let at = |name: &str| columns.iter().position(|c| *c == name).expect("a column");
    let said: Vec<&Vec<String>> = rows.iter().filter(|r| !r[at("who")].is_empty()).collect();
    assert!(!said.is_empty() && said.iter().all(|r| !r[at("words")].is_empty()));
}

#[test]
fn one_truce_has_a_clock_of_its_own() {
    let (mut answer, grounds) = answer(None);
    answer.ceasefires.retain(|c| c.clock.durations.first().is_some_and(|d| (d.hours - 48.0).abs() < 1e-9));
    insta::assert_snapshot!("ceasefire_figure", drawn(&answer, &grounds, "ceasefire"));
}

#[test]
fn how_long_they_held() {
    let (answer, grounds) = answer(None);
    let survival = Survival::of(&answer.ceasefires);
    insta::assert_snapshot!("survival", shown(&survival));
    insta::assert_snapshot!("survival_figure", drawn(&survival, &grounds, "survival"));
}

#[test]
fn an_empty_answer_says_so() {
    let none = Ceasefires::of(Vec::new(), &[], None);
    assert_eq!(shown(&none), "No ceasefire.\n");
    assert_eq!(shown(&Survival::of(&[])), "No ceasefire of which a beginning is told.\n");
    let grounds = Grounds::default();
    assert!(none.figure(&grounds, 390).contains("No ceasefire with a beginning that is told."));
    assert!(Survival::of(&[]).figure(&grounds, 390).starts_with("<svg "));
}
