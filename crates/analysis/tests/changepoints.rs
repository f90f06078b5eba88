//! Change points are those of Python's `ruptures`, one by one (`scripts/changepoints_fixture.py` made the fixture).

use analysis::changepoints::{Cost, Penalty, Settings, change_points};
use serde::Deserialize;

#[derive(Deserialize)]
struct Fixture {
    ruptures: String,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    cost: String,
    penalty: f64,
    min_size: usize,
    jump: usize,
    changes: Vec<usize>,
    series: Vec<f64>,
}

#[test]
fn change_points_are_those_of_ruptures() {
    let fixture: Fixture =
        serde_json::from_str(include_str!("fixtures/changepoints.json")).expect("the fixture can be read");
    let mut others = Vec::new();
    for (i, case) in fixture.cases.iter().enumerate() {
        let settings = Settings {
            cost: if case.cost == "l2" { Cost::L2 } else { Cost::Poisson },
            penalty: Penalty::Given(case.penalty),
            min_size: case.min_size,
            jump: case.jump,
            ..Settings::default()
        };
        let found = change_points(&case.series, &settings).expect("a series that can be segmented");
        let changes: Vec<usize> = found.changes.iter().map(|change| change.at).collect();
        if changes != case.changes {
            let (n, expected) = (case.series.len(), &case.changes);
            others.push(format!("{i} {}, {n} points, {settings:?}: {changes:?}, not {expected:?}", case.name));
        }
    }
    let changes: usize = fixture.cases.iter().map(|case| case.changes.len()).sum();
    println!("{} series, {changes} changes as ruptures {} has them", fixture.cases.len(), fixture.ruptures);
    assert!(fixture.cases.len() > 200 && changes > 1_000);
    assert!(others.is_empty(), "other than ruptures {}:\n{}", fixture.ruptures, others.join("\n"));
}
