//! What is called a change, and what is not.

use std::sync::Arc;

use analysis::changes::{Against, Change, Changes, Denial, Dispute, Known, Settings, Verdict, changes};
use analysis::incidents::independence::Told;
use analysis::incidents::measure::made::{Made, claim, document_id};
use analysis::incidents::measure::random::Random;
use analysis::incidents::{NoFacts, account};
use analysis::series::{Counted, Key, Source};
use analysis::{Report, series};
use jiff::ToSpan;
use jiff::civil::Date;
use model::{Attitude, IncidentId, Status};
use proptest::prelude::*;

const AS_OF: Date = Date::constant(2025, 10, 19);

/// A day so many weeks before the as-of day's week, and so many days into that week.
fn day(weeks_ago: i64, into: i64) -> Date {
    AS_OF.saturating_sub(6.days()).saturating_sub((weeks_ago * 7).days()).saturating_add(into.days())
}

/// A's army struck B in the north, told the same day.
fn strike(name: &str, on: Date) -> Made {
    let day = on.to_string();
    claim(name).by("AAA.MIL").against("BBB").province("AAA", "North").on(&day).published(&day)
}

fn rows(claims: &[Made]) -> Vec<Arc<Counted>> {
    let told = |made| Told { claim: made, publisher: Some("Gazette"), copy_of: None };
    claims.iter().map(|made| Arc::new(Counted::of_claim(&told(&made.0)).expect("it happened"))).collect()
}

/// So many reports in each of the weeks, counted back from the as-of day's, which is 0.
fn reports(weeks: std::ops::Range<i64>, each: usize, publisher: &str) -> Vec<Report> {
    let report = |week: i64, n: usize| Report {
        id: document_id(&format!("{publisher} {week} {n}")),
        publisher: Some(publisher.to_owned()),
        published: Some(day(week, 6)),
        language: None,
        copy: false,
        dataset: None,
    };
    weeks.flat_map(|week| (0..each).map(move |n| report(week, n))).collect()
}

/// So many strikes in each week, the latest first.
fn weekly(counts: &[usize]) -> Vec<Made> {
    let of_week = |(week, n): (usize, &usize)| {
        let week = i64::try_from(week).expect("few");
        (0..*n)
            .map(move |i| strike(&format!("{week} {i}"), day(week, i64::try_from(i % 7).expect("few"))))
            .collect::<Vec<_>>()
    };
    counts.iter().enumerate().flat_map(of_week).collect()
}

fn change(rows: &[Arc<Counted>], reports: &[Report]) -> Changes {
    changes(Known { rows, reports, ..Known::default() }, AS_OF, &Settings::default())
}

fn of<'a>(changes: &'a Changes, key: &str) -> &'a Change {
    changes.compared.iter().find(|c| c.key.to_string() == key).unwrap_or_else(|| panic!("no {key}"))
}

fn verdicts(against: &[Against]) -> Vec<Verdict> {
    against.iter().map(|a| a.verdict).collect()
}

#[test]
fn a_rise_is_called_and_opens_what_it_rests_on() {
    let made = weekly(&[12, 2, 1, 3, 2, 2, 1, 2, 3, 2, 1, 2, 2]);
    let found = change(&rows(&made), &reports(0..53, 3, "Gazette"));
    let dyad = of(&found, "AAA – BBB");
    assert_eq!(verdicts(&dyad.rows), [Verdict::Up, Verdict::Up]);
    assert_eq!((dyad.now.ids.len(), dyad.before.len()), (12, 23));
    let last = &dyad.rows[0];
    assert_eq!((last.covered, last.before), (4, 8.0));
    let ratio = last.ratio.expect("a ratio");
    assert!(ratio.ratio == Some(6.0) && ratio.low > 1.0, "{ratio:?}");
    // All, its type, both parties, country and division rise with it.
    assert_eq!(found.compared.iter().filter(|c| c.is_called()).count(), 7);
    assert_eq!(found.looked_at, 14);
}

#[test]
fn few_are_called_nothing() {
    // Eight times as many, hardly by chance, and yet no more than four.
    let found = change(&rows(&weekly(&[4, 1, 0, 1, 0])), &reports(0..53, 3, "Gazette"));
    let dyad = of(&found, "AAA – BBB");
    assert!(dyad.rows.iter().all(|a| a.q.is_some_and(|q| q < 0.1)), "{:?}", dyad.rows);
    assert_eq!(verdicts(&dyad.rows), [Verdict::TooFew, Verdict::TooFew]);
    let found = change(&rows(&weekly(&[3, 1])), &reports(0..53, 3, "Gazette"));
    assert_eq!(verdicts(&of(&found, "AAA – BBB").rows), [Verdict::TooFew, Verdict::TooFew]);
    assert_eq!(found.looked_at, 0);
}

#[test]
fn bursts_are_no_change() {
    // Every few weeks, a dozen at once; now again.
    let bursts: Vec<usize> = (0..53).map(|week| if week % 6 == 0 { 12 } else { 0 }).collect();
    let found = change(&rows(&weekly(&bursts)), &reports(0..53, 3, "Gazette"));
    let year = &of(&found, "all").rows[1];
    assert!(year.dispersion > 8.0, "{year:?}");
    assert_eq!(year.verdict, Verdict::NotTold);
    // One raid that kills a hundred is one raid; five that kill twenty each are a change.
    let mut made = weekly(&[1; 53]);
    made[0] = made[0].clone().killed(100.0);
    for (at, made) in made.iter_mut().enumerate().skip(1) {
        *made = made.clone().killed(if at % 2 == 0 { 1.0 } else { 2.0 });
    }
    let found = change(&rows(&made), &reports(0..53, 3, "Gazette"));
    assert_eq!(verdicts(&of(&found, "all").dead), [Verdict::NotTold, Verdict::NotTold]);
    made[0] = strike("0", day(0, 0)).killed(20.0);
    made.extend((1..5).map(|n| strike(&format!("0 {n}"), day(0, n)).killed(20.0)));
    let found = change(&rows(&made), &reports(0..53, 3, "Gazette"));
    assert_eq!(of(&found, "all").dead[1].verdict, Verdict::Up);
}

/// Sixty pairs whose raids come in bursts of one to five, two bursts in three weeks, over 53 weeks; of some, this week has
/// `times` as many bursts. How many of these, and how many of the others, are called up or down.
fn called(seed: u64, raised: usize, times: usize) -> (usize, usize) {
    let mut random = Random::new(seed);
    let mut made: Vec<Made> = Vec::new();
    for pair in 0..60 {
        for week in 0..53 {
            let tries = 2 * if week == 0 && pair < raised { times } else { 1 };
            let bursts = (0..tries).filter(|_| random.one_in(3)).count();
            let raids: usize = (0..bursts).map(|_| 1 + random.below(5)).sum();
            for raid in 0..raids {
                let day = day(week, 1).to_string();
                let name = format!("{pair} {week} {raid}");
                made.push(claim(&name).by(&format!("P{pair}")).against("BBB").on(&day).published(&day));
            }
        }
    }
    let found = change(&rows(&made), &reports(0..53, 3, "Gazette"));
    let is_raised = |c: &&Change| (0..raised).any(|pair| c.key == Key::Party(format!("P{pair}").into()));
    let parties = found.compared.iter().filter(|c| matches!(&c.key, Key::Party(p) if p.starts_with('P')));
    let (true_calls, others): (Vec<&Change>, Vec<&Change>) = parties.filter(|c| c.is_called()).partition(is_raised);
    (true_calls.len(), others.len())
}

#[test]
fn where_nothing_changed_little_is_called() {
    // Of twenty worlds in which nothing changed, in two something may be called.
    let worlds = (0..20).filter(|&seed| called(seed, 0, 1).1 > 0).count();
    assert!(worlds <= 2, "{worlds}");
    // Of thirty that rise tenfold, 26 were found when this was written, among sixty pairs each, and none of the others.
    let (found, false_calls) = (0..10).map(|seed| called(seed, 3, 10)).fold((0, 0), |(a, b), (c, d)| (a + c, b + d));
    assert!(found >= 24 && false_calls <= 3, "{found} {false_calls}");
}

#[test]
fn unread_weeks_are_left_out_and_more_reading_is_said() {
    // Two of the last four weeks were not read; before, one report a week, now four.
    let mut read = reports(0..1, 4, "Gazette");
    read.extend(reports(1..3, 1, "Herald"));
    let mut made = weekly(&[8, 2, 2]);
    // Something is known of an unread week all the same: it is no measure of that week.
    made.push(strike("old", day(4, 0)));
    let found = change(&rows(&made), &read);
    let last = &of(&found, "all").rows[0];
    assert_eq!((last.covered, last.before), (2, 4.0));
    let reading = &found.reading[0];
    assert_eq!((reading.covered, reading.now, reading.before, reading.factor), (2, 4, 2, Some(4.0)));
    assert!(reading.changed && reading.gone.contains("Herald") && reading.new.contains("Gazette"));
    assert_eq!(
        found.caveats()[0],
        "4 reports of this period were read, 4.0 times as many a period as in the 4 before: counts of what was read may have \
         changed for that reason alone."
    );
    // Nothing was read of this week: nothing is compared.
    let found = change(&rows(&weekly(&[0, 5, 5])), &reports(2..20, 3, "Gazette"));
    assert!(found.compared.is_empty());
    assert_eq!(found.not_compared, [Source::Claims]);
}

#[test]
fn what_became_known_later_is_left_out_before_since_this_week_has_no_later() {
    let mut made = weekly(&[2, 2]);
    made.push(strike("late", day(1, 0)).published(&day(0, 3).to_string()));
    made.push(strike("unknown yet", day(0, 3)).published("2025-10-25"));
    let found = change(&rows(&made), &reports(0..53, 3, "Gazette"));
    let all = of(&found, "all");
    assert_eq!((all.rows[0].now, all.rows[0].before, found.known_later), (2.0, 2.0, 2));
}

#[test]
fn what_was_never_seen_is_new() {
    let mut made = weekly(&[1; 20]);
    let other = |name: &str, week: i64| {
        let day = day(week, 1).to_string();
        claim(name).by("CCC_G").against("BBB").province("AAA", "South").on(&day).published(&day)
    };
    made.push(other("new", 0));
    let read = reports(0..53, 3, "Gazette");
    let keys = |found: &Changes| -> Vec<String> { found.emerging.iter().map(|e| e.key.to_string()).collect() };
    let found = change(&rows(&made), &read);
    assert_eq!(keys(&found), ["CCC_G", "in South, AAA"]);
    assert_eq!((found.emerging[0].now.len(), found.emerging[0].covered), (1, 52));
    // Once before is hardly, if it is three times now; told only later, it was there nevertheless.
    made.push(other("before", 30).published(&day(2, 0).to_string()));
    assert!(keys(&change(&rows(&made), &read)).is_empty());
    made.extend([other("new 2", 0), other("new 3", 0)]);
    assert_eq!(keys(&change(&rows(&made), &read)), ["CCC_G", "in South, AAA"]);
    // Of one who read nothing before, all would be new.
    let found = change(&rows(&made), &reports(0..3, 3, "Gazette"));
    assert!(found.emerging.is_empty());
    assert_eq!(found.nothing_new, [Source::Claims]);
}

#[test]
fn disputes_and_denials_are_new_on_the_day_they_were_published() {
    let (said, denied) = (day(1, 0), day(0, 2));
    let made = [
        strike("a", said).said_by("BBB.GOV", Attitude::Asserts),
        strike("b", said).said_by("AAA.GOV", Attitude::Denies).published(&denied.to_string()),
    ];
    let told: Vec<Told> =
        made.iter().map(|m| Told { claim: &m.0, publisher: Some("Gazette"), copy_of: None }).collect();
    let incident = account(IncidentId::of([b"x".as_slice()]), &told, &NoFacts);
    let dispute = Dispute::of(&incident, &told, &NoFacts).expect("A is involved");
    assert_eq!((dispute.since, dispute.denials.len()), (Some(denied), 1));
    assert_eq!(dispute.denials[0].by, "AAA.GOV");
    // A plain negative of somebody named is a denial as well, a report's own is none; nor is a near-copy's.
    let negative = |made: Made| made.status(Status::DidNotOccur);
    let by_name = negative(strike("c", denied).said_by("AAA.MIL", Attitude::Asserts));
    let own = negative(strike("d", denied));
    let of = |made: &Made, copy: bool| {
        let original = document_id("original");
        Denial::of(&Told { claim: &made.0, publisher: None, copy_of: copy.then_some(&original) })
    };
    assert!(of(&by_name, false).is_some_and(|denial| denial.plain));
    assert!(of(&own, false).is_none() && of(&by_name, true).is_none());
    let denials = [of(&by_name, false).expect("a denial"), of(&made[1], false).expect("a denial")];
    let found = |as_of: Date| {
        let known = Known { disputes: std::slice::from_ref(&dispute), denials: &denials, ..Known::default() };
        let found = changes(known, as_of, &Settings::default());
        (found.disputes.len(), found.denials.len())
    };
    assert_eq!(found(AS_OF), (1, 2));
    assert_eq!(found(day(1, 6)), (0, 0));
    assert_eq!(found(day(-1, 6)), (0, 0));
}

#[test]
fn data_sets_are_compared_within_what_they_cover() {
    let row = |name: String, on: Date| {
        let made = strike(&name, on).row("ged", "25.1", &name);
        // A release comes out long after.
        made.published("2026-06-01")
    };
    let mut made: Vec<Made> = (0..60).map(|week| row(format!("w{week}"), day(week, 0))).collect();
    made.extend((0..9).map(|n| row(format!("n{n}"), day(0, 6))));
    let rows: Vec<Arc<Counted>> = made.iter().map(|m| Arc::new(Counted::of_row(&m.0).expect("a row"))).collect();
    let found = change(&rows, &[]);
    assert_eq!(verdicts(&of(&found, "AAA – BBB").rows), [Verdict::Up, Verdict::Up]);
    assert!(found.reading.is_empty());
    // A week later, the release has ended.
    let later = changes(Known { rows: &rows, ..Known::default() }, day(-1, 6), &Settings::default());
    assert_eq!((later.compared.len(), later.not_compared.len()), (0, 1));
    assert!(later.caveats()[0].starts_with("ged@25.1 does not cover this period"));
}

proptest! {
    #[test]
    fn order_changes_nothing_and_numbers_open(
        (made, shuffled) in prop::collection::vec(0usize..9, 8..20)
            .prop_map(|counts| rows(&weekly(&counts)))
            .prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle())),
    ) {
        let read = reports(0..53, 2, "Gazette");
        let found = change(&made, &read);
        prop_assert_eq!(&found, &change(&shuffled, &read));
        for change in &found.compared {
            prop_assert_eq!(change.now.rows, change.now.ids.len());
            let year = &change.rows[1];
            prop_assert!((year.before - change.before.len() as f64).abs() < 1e-9);
            prop_assert!(year.q.is_none_or(|q| q >= year.ratio.map_or(0.0, |r| r.p) - 1e-12));
            let called = matches!(year.verdict, Verdict::Up | Verdict::Down);
            prop_assert!(!called || year.q.is_some_and(|q| q <= found.false_calls));
        }
        let all = found.compared.iter().find(|c| c.key == Key::All).map_or(0, |c| c.now.rows + c.before.len());
        let rest: usize = found.not_placed.iter().map(|n: &series::NotPlaced| n.wide.len() + n.undated.len()).sum();
        prop_assert_eq!(all + rest, made.len());
    }
}
