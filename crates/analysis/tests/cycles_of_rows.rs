//! Streams of the rows of a series: who did what to whom where initiators are known, and only that they fought where not.

use analysis::Report;
use analysis::cycles::{Asked, Language, Refused, Resolution, Unplaced, streams_of_rows};
use analysis::incidents::measure::made::{Made, claim};
use analysis::series::{By, Counted, Source, Unit, Window};
use jiff::ToSpan;
use jiff::civil::{Date, date};

const FIRST: Date = date(2024, 1, 1);

fn row(number: i64, days: i64, made: Made) -> Counted {
    let day = FIRST.saturating_add(days.days()).to_string();
    let made = made.on(&day).row("made", "1", &number.to_string());
    Counted::of_row(&made.0).expect("a row of an event")
}

fn id(number: i64) -> String {
    format!("{number:024x}")
}

/// AAA strikes BBB every other day, which strikes back on the next.
fn rows(is_directed: bool) -> Vec<Counted> {
    let side = |number: i64, by: &str, against: &str| {
        let made = claim(&id(number)).by(by).against(against);
        row(number, number, if is_directed { made } else { made.undirected() })
    };
    (0..60).map(|n| if n % 2 == 0 { side(n, "AAA.MIL", "BBB") } else { side(n, "BBB", "AAA.GOV") }).collect()
}

fn source() -> Source {
    Source::Dataset { dataset: "made".into(), release: Some("1".into()) }
}

#[test]
fn initiators_make_streams_of_attack_and_reply() {
    let mut rows = rows(true);
    // What is known to a week, of nobody's direction, or of another class, is in no stream.
    let week = claim(&id(100)).by("AAA").against("BBB").between("2024-01-08", "2024-01-14").row("made", "1", "100");
    rows.push(Counted::of_row(&week.0).expect("an event"));
    rows.push(row(101, 5, claim(&id(101)).by("AAA").against("BBB").undirected()));
    rows.push(row(102, 5, claim(&id(102)).by("AAA").against("BBB").code("CONSULT")));
    rows.push(row(103, 5, claim(&id(103)).by("AAA").against("CCC")));
    let (streams, left_out) =
        streams_of_rows(&rows, &[], &source(), &Asked::attacks(By::DirectedDyad)).expect("enough");
    assert_eq!(streams.names(), ["AAA → BBB", "BBB → AAA"]);
    assert_eq!(
        left_out,
        Unplaced { without_day: 1, outside: 0, without_direction: 1, of_no_stream: 1, on_days_not_covered: 0 }
    );
    assert!(streams.resolution() == Resolution::Daily && (streams.span_days() - 60.0).abs() < 1e-9);
    let told = analysis::cycles::report(&streams, 1);
    assert_eq!((told.language, told.first_day), (Language::AttackAndReply, Some(FIRST)));
    assert!((told.streams.iter().map(|s| s.events).sum::<f64>() - 60.0).abs() < 1e-9);
    assert!(told.entries[1].words.starts_with("an attack BBB → AAA is followed by"), "{}", told.entries[1].words);
    let window = Some(Window { from: FIRST, to: date(2024, 2, 19) });
    let asked = Asked { window, ..Asked::attacks(By::DirectedDyad) };
    let (streams, left_out) = streams_of_rows(&rows, &[], &source(), &asked).expect("enough");
    assert!((streams.span_days() - 50.0).abs() < 1e-9 && left_out.outside == 10);
}

#[test]
fn without_initiators_streams_excite_each_other() {
    let rows = rows(false);
    let (streams, left_out) = streams_of_rows(&rows, &[], &source(), &Asked::attacks(By::Dyad)).expect("enough");
    assert_eq!((streams.names(), left_out), (&["AAA – BBB".to_owned()][..], Unplaced::default()));
    let told = analysis::cycles::report(&streams, 1);
    assert_eq!(told.language, Language::Excitation);
    assert!(told.entries.iter().all(|entry| entry.words.contains("excites") && !entry.words.contains("attack")));
    // Attack and reply cannot be had of them.
    let refused = streams_of_rows(&rows, &[], &source(), &Asked::attacks(By::DirectedDyad)).expect_err("no directions");
    assert_eq!(refused, Refused::NoRows);
    assert!(streams_of_rows(&rows, &[], &Source::Reading, &Asked::attacks(By::Dyad)).is_err());
}

#[test]
fn days_that_nobody_covered_are_left_out() {
    // Reports of the first forty days, and of the last ten; what lies between was not read about.
    let rows: Vec<Counted> = rows(true)
        .into_iter()
        .map(|row| Counted { source: Source::Reading, ..row })
        .filter(|row| row.days.is_none_or(|(day, _)| day <= date(2024, 2, 9) || day >= date(2024, 2, 20)))
        .collect();
    let report = |number: i64, day: Date| Report {
        id: model::DocumentId::try_from(format!("doc_{number:024x}")).expect("an id"),
        publisher: Some("A".to_owned()),
        published: Some(day),
        language: Some("en".to_owned()),
        dataset: None,
        copy: false,
    };
    let read = (0..60).map(|n| report(n, FIRST.saturating_add(n.days())));
    let reports: Vec<Report> =
        read.filter(|r| r.published.is_some_and(|d| d <= date(2024, 2, 9) || d >= date(2024, 2, 23))).collect();
    let (streams, left_out) =
        streams_of_rows(&rows, &reports, &Source::Reading, &Asked::attacks(By::DirectedDyad)).expect("enough");
    assert_eq!(left_out.on_days_not_covered, 0);
    let told = analysis::cycles::report(&streams, 1);
    let days = analysis::cycles::over_time(&streams, &told.process, Unit::Day);
    let known: Vec<bool> = days[0].periods.iter().map(|period| period.events.is_some()).collect();
    // A report of 23 February covers the three days before it.
    let expected: Vec<bool> = (0..60).map(|day| !(40..50).contains(&day)).collect();
    assert_eq!(known, expected);
    // Zero is known, and each count opens what was counted.
    assert!(days[0].periods.iter().any(|period| period.events == Some(0.0)));
    let opens = |period: &analysis::cycles::InPeriod| {
        period.events.is_none_or(|events| (events - period.evidence.len() as f64).abs() < 1e-9)
    };
    assert!(days.iter().flat_map(|stream| &stream.periods).all(opens));
    // With nothing read, nothing is known.
    let refused = streams_of_rows(&rows, &[], &Source::Reading, &Asked::attacks(By::DirectedDyad)).expect_err("unread");
    assert_eq!(refused, Refused::NotCovered);
}
