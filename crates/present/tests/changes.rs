//! What changed in the bundled reports, as people see it.

mod weighed;

use analysis::Grounds;
use analysis::Told;
use analysis::changes::{Denial, Dispute, Known, Settings, changes};
use analysis::incidents::NoFacts;
use analysis::series::Gathered;
use jiff::civil::date;
use present::{Answer, WhatChanged};

fn changed() -> (WhatChanged, Grounds) {
    let claims = weighed::claims();
    let reports = weighed::reports(&claims);
    let mut gathered = Gathered::default();
    let disputes: Vec<Option<Dispute>> = weighed::each(&claims, |incident, told| {
        gathered.incident(incident, told, &NoFacts);
        Dispute::of(incident, told, &NoFacts)
    });
    let disputes: Vec<Dispute> = disputes.into_iter().flatten().collect();
    let told = |claim| Told { claim, publisher: None, copy_of: None };
    let denials: Vec<Denial> = claims.iter().filter_map(|claim| Denial::of(&told(claim))).collect();
    let known = Known { rows: &gathered.rows, disputes: &disputes, denials: &denials, reports: &reports };
    let changes = changes(known, date(2025, 10, 19), &Settings::default());
    let mut grounds = Grounds { incidents: Some(gathered.rows.len()), ..Grounds::default() };
    grounds.count(claims.iter().map(|c| &c.document), &reports);
    (WhatChanged { changes }, grounds)
}

#[test]
fn a_week_as_a_table() {
    let (answer, _) = changed();
    let mut out = Vec::new();
    answer.table(&mut out).expect("a vector takes all");
    let table = String::from_utf8(out).expect("text");
    assert!(table.lines().all(|line| line.chars().count() <= 130), "{table}");
    insta::assert_snapshot!(table);
    insta::assert_snapshot!("what_it_cannot_say", answer.changes.caveats().join("\n"));
}

#[test]
fn rows_have_a_cell_a_column() {
    let (head, rows) = changed().0.rows();
    assert!(!rows.is_empty() && rows.iter().all(|row| row.len() == head.len()));
}

#[test]
fn the_figure_is_drawn_the_same() {
    let (answer, grounds) = changed();
    insta::assert_snapshot!(answer.figure(&grounds, 860));
}
