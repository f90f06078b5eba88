//! Counts over time of the bundled reports, as people see them.

mod weighed;

use analysis::Grounds;
use analysis::changepoints::{Cost, Penalty};
use analysis::incidents::NoFacts;
use analysis::series::{By, Course, Gathered, LeftOut, LevelsAsked, Measure, Settings, Undated, Unit, course};
use present::{Answer, OverTime};

/// The bundled reports, counted.
fn counted(by: By, unit: Unit, undated: Undated) -> (OverTime, Grounds) {
    let claims = weighed::claims();
    let reports = weighed::reports(&claims);
    let mut gathered = Gathered::default();
    weighed::each(&claims, |incident, told| gathered.incident(incident, told, &NoFacts));
    let course: Course = course(gathered.rows(), &reports, &Settings { undated, ..Settings::new(by, unit) });
    let mut grounds = Grounds { incidents: Some(gathered.rows.len()), ..Grounds::default() };
    let documents: Vec<_> = gathered.rows.iter().flat_map(|r| &r.claims).collect();
    grounds.count(claims.iter().filter(|c| documents.contains(&&c.id)).map(|c| &c.document), &reports);
    (OverTime::new("What the bundled reports tell".to_owned(), course, gathered.left_out), grounds)
}

fn table(answer: &impl Answer) -> String {
    let mut out = Vec::new();
    answer.table(&mut out).expect("a vector takes all");
    String::from_utf8(out).expect("text")
}

#[test]
fn dyads_by_month_as_a_table() {
    let (answer, _) = counted(By::DirectedDyad, Unit::Month, Undated::OnReport);
    let table = table(&answer);
    assert!(table.lines().all(|line| line.chars().count() <= 120), "{table}");
    insta::assert_snapshot!(table);
    insta::assert_snapshot!("what_they_cannot_say", answer.caveats().join("\n"));
}

#[test]
fn every_number_of_the_rows_opens() {
    let (answer, _) = counted(By::All, Unit::Month, Undated::OnReport);
    let (head, rows) = answer.rows();
    let at = |name: &str| head.iter().position(|h| *h == name).expect("a column");
    for row in &rows {
        assert_eq!(row.len(), head.len());
        let happenings: usize =
            if row[at("happenings")].is_empty() { 0 } else { row[at("happenings")].parse().unwrap() };
        assert_eq!(row[at("ids")].split_whitespace().count(), happenings);
        // What is neither counted nor covered is empty, and no zero.
        assert!(row[at("covered")] == "true" || row[at("happenings")] != "0");
    }
}

#[test]
fn the_figure_is_drawn_the_same() {
    let (answer, grounds) = counted(By::All, Unit::Month, Undated::OnReport);
    let svg = answer.figure(&grounds, 860);
    assert_eq!(svg, counted(By::All, Unit::Month, Undated::OnReport).0.figure(&grounds, 860));
    insta::assert_snapshot!(svg);
}

#[test]
fn nothing_is_said_to_be_nothing() {
    let course = course([], &[], &Settings::new(By::All, Unit::Month));
    let answer = OverTime::new("Nothing".to_owned(), course, LeftOut::default());
    assert_eq!(table(&answer), "Nothing\n\nNothing was counted.\n");
    assert!(answer.rows().1.is_empty());
    assert!(answer.figure(&Grounds::default(), 390).contains("Nothing was counted."));
}

#[test]
fn levels_stand_below_their_series() {
    let (mut answer, grounds) = counted(By::All, Unit::Week, Undated::OnReport);
    let asked =
        LevelsAsked { measure: Measure::Hostile, cost: Cost::Poisson, penalty: Penalty::Given(2.0), plain: true };
    answer.levels = answer.course.levels(asked).expect("counts");
    assert!(!answer.levels[0].found.changes.is_empty(), "a low penalty cuts somewhere");
    let table = table(&answer);
    insta::assert_snapshot!(table.lines().filter(|l| l.starts_with("   level")).collect::<Vec<_>>().join("\n"));
    insta::assert_snapshot!("how_levels_are_found", format!("{}\n{}", answer.method(), answer.caveats().join("\n")));
    let (head, rows) = answer.rows();
    let at = |name: &str| head.iter().position(|h| *h == name).expect("a column");
    let changed = rows.iter().filter(|r| !r[at("changed_since")].is_empty()).count();
    assert_eq!(changed, answer.levels[0].found.changes.len());
    assert!(answer.figure(&grounds, 860).contains("moment, and when else it may have been"));
}
