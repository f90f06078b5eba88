//! Cycles of made-up events of a known process, as people see them.

use analysis::Grounds;
use analysis::cycles::{Baseline, FOUND, Process, Resolution, Stated, Streams, Unplaced, daily, replies, report};
use jiff::civil::date;
use present::{Answer, Cycles};

mod shown;
use shown::{drawn, table};

/// Two streams over two years: the second answers the first, and the war swells and ebbs.
fn made() -> (Vec<Vec<u32>>, usize) {
    let days = 730;
    let heights = |most: f64| [0.3, 1.0, 0.5, 0.2].map(|share| share * most).to_vec();
    let baseline = |most| Baseline { span_days: days as f64, heights_per_day: heights(most) };
    let process = Process {
        resolution: Resolution::Daily,
        baselines: vec![baseline(0.5), baseline(0.25)],
        branching: vec![vec![0.2, 0.0], vec![0.5, 0.1]],
        decays_per_day: vec![0.4, 0.25],
    };
    (daily(&process, days, 7).expect("it comes to rest"), days)
}

fn streams(is_directed: bool) -> Streams {
    let (counts, _) = made();
    let names = if is_directed { ["TTP → PAK", "PAK → TTP"] } else { ["in Orakzai, PAK", "in Kurram, PAK"] };
    let mut streams = Streams::daily(&names, &counts).expect("enough events").starting(date(2009, 1, 1));
    for (stream, counts) in counts.iter().enumerate() {
        for (day, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            let ids = (0..*count).map(|i| format!("inc_{stream}{day:04}{i}"));
            streams = streams.with_evidence(stream, u32::try_from(day).expect("small"), ids);
        }
    }
    let streams = streams.observed(&[(0.0, 364.0), (392.0, 730.0)]).expect("whole days");
    if is_directed { streams.with_initiators() } else { streams }
}

/// The answer, with some replies that were stated.
fn answer(is_directed: bool) -> Cycles {
    let streams = streams(is_directed);
    let report = report(&streams, 2);
    let (counts, days) = made();
    let on = |stream: usize| (0..days).filter(|day| counts[stream][*day] > 0).collect::<Vec<_>>();
    let (first, second) = (on(0), on(1));
    let stated: Vec<Stated> = first
        .iter()
        .step_by(9)
        .filter_map(|&earlier| {
            let later = *second.iter().find(|later| **later > earlier)?;
            Some(Stated {
                earlier: format!("inc_0{earlier:04}0"),
                earlier_stream: 0,
                earlier_days: earlier as f64,
                later: format!("inc_1{later:04}0"),
                later_stream: 1,
                later_days: later as f64,
            })
        })
        .collect();
    let replies = is_directed.then(|| replies(&streams, &report.process, &stated, FOUND));
    let title = if is_directed { "Between PAK and TTP" } else { "Between two districts" };
    let not_placed = Unplaced { without_day: 12, ..Unplaced::default() };
    Cycles::new(title.to_owned(), &streams, report, not_placed, replies)
}

#[test]
fn attack_and_reply() {
    let answer = answer(true);
    insta::assert_snapshot!(table(&answer));
    insta::assert_snapshot!("what_they_cannot_say", format!("{}\n{}", answer.method(), answer.caveats().join("\n")));
    insta::assert_snapshot!("cycles_figure", drawn(&answer, "cycles"));
    // Every number of the figure opens, and what nobody observed is hatched.
    let svg = answer.figure(&Grounds::default(), 860);
    assert!(svg.contains("data-id=\"inc_0") && svg.contains("not known"));
    let counted: Vec<_> = answer.over_time.iter().flat_map(|o| &o.periods).collect();
    let events: f64 = counted.iter().filter_map(|p| p.events).sum();
    assert!(events > 100.0 && counted.iter().any(|p| p.events.is_none()));
    let opens = |p: &&&analysis::cycles::InPeriod| p.events.is_some_and(|e| e <= p.evidence.len() as f64);
    assert!(counted.iter().filter(|p| p.events.is_some()).all(|p| opens(&p)));
}

#[test]
fn nobody_attacks_where_nobody_says_who_began() {
    let answer = answer(false);
    let json = serde_json::to_string(&answer).expect("it is one object");
    let (columns, rows) = answer.rows();
    let cells = rows.iter().map(|row| row.join(" ")).collect::<Vec<_>>().join("\n");
    let figure = drawn(&answer, "excitation");
    for said in [table(&answer), cells, columns.join(" "), figure, answer.caveats().join(" "), answer.method()] {
        for word in ["attack", "reply", "replies", "Attack", "Repl"] {
            assert!(!said.contains(word), "{word}: {said}");
        }
    }
    assert!(json.contains("\"language\":\"excitation\""));
}

#[test]
fn a_row_for_each_entry_and_baseline() {
    let answer = answer(false);
    let (columns, rows) = answer.rows();
    let at = |name: &str| columns.iter().position(|c| *c == name).expect("a column");
    assert!(rows.iter().all(|row| row.len() == columns.len()));
    assert_eq!(rows.len(), 4 * answer.report.choices.all().count());
    // The constant baseline has its name, and others stand beside it.
    assert_eq!(rows.iter().filter(|row| row[at("baseline")] == "constant").count(), 4);
    assert_eq!(rows.iter().filter(|row| row[at("chosen")] == "true" && !row[at("p_value")].is_empty()).count(), 4);
}
