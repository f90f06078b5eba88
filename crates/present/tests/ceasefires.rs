//! Ceasefires of the bundled reports, and how long they held, as people see them.

#[path = "../../analysis/tests/samples/mod.rs"]
mod samples;

use analysis::Grounds;
use analysis::ceasefires::{Definitions, caveats, ceasefires, method};
use model::When;
use present::{Answer, Ceasefires, Survival};

fn when(text: &str) -> When {
    text.parse().expect("a date")
}

/// The ceasefires with the words behind them, and what they rest on.
fn answer(at: Option<When>) -> (Ceasefires, Grounds) {
    let samples = samples::Samples::read();
    let told = samples.told();
    let (incidents, reports) = (samples::incidents(&told), samples::reports(&told));
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
