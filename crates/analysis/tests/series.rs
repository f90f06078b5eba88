//! What is counted, where it stands in time, and what is zero or missing.

use analysis::Report;
use analysis::changepoints::{Cost, Penalty};
use analysis::incidents::independence::Told;
use analysis::incidents::measure::made::{Made, claim, claim_id, document_id, effect, party};
use analysis::incidents::{NoFacts, account};
use analysis::series::{
    By, Counted, CountedId, Course, Gathered, Key, LevelsAsked, Measure, NotCounted, Series, Settings, Undated, Unit,
    Window, course,
};
use jiff::ToSpan;
use jiff::civil::Date;
use model::record::{EffectRecord, LinkRecord};
use model::{Attitude, Basis, EffectKind, IncidentId, PartyId, Rel, Status};
use proptest::prelude::*;

fn told(made: &Made) -> Told<'_> {
    Told { claim: &made.0, publisher: Some("Gazette"), copy_of: None }
}

fn incident(claims: &[Made]) -> Result<Counted, NotCounted> {
    let told: Vec<Told> = claims.iter().map(told).collect();
    Counted::of_incident(&account(IncidentId::of([b"x".as_slice()]), &told, &NoFacts), &told, &NoFacts)
}

fn rows(claims: &[Made]) -> Vec<Counted> {
    claims.iter().map(|made| Counted::of_claim(&told(made)).expect("it happened")).collect()
}

fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

fn report(name: &str, day: &str) -> Report {
    let (publisher, language) = (Some("Gazette".to_owned()), Some("eng".to_owned()));
    Report { id: document_id(name), publisher, published: Some(date(day)), language, copy: false, dataset: None }
}

fn count(made: &[Made], reports: &[Report], by: By, unit: Unit) -> Course {
    course(&rows(made), reports, &Settings::new(by, unit))
}

/// The happenings of each period; `-` is missing.
fn shown(course: &Course, series: &Series) -> String {
    let values = series.values(course.periods.len(), |counts| Some(counts.rows as f64));
    values.iter().map(|v| v.map_or("-".to_owned(), |v| v.to_string())).collect::<Vec<_>>().join(" ")
}

fn by_key(course: &Course) -> Vec<String> {
    course.series.iter().map(|s| format!("{}: {}", s.key, shown(course, s))).collect()
}

/// A's army struck B.
fn strike(name: &str, day: &str) -> Made {
    claim(name).by("AAA.MIL").against("BBB").on(day)
}

#[test]
fn one_incident_is_one_however_many_tell_it() {
    let strike = |name: &str, published: &str| strike(name, "2025-10-15").published(published);
    let a = strike("a", "2025-10-16").killed(12.0);
    let b =
        strike("b", "2025-10-15").said_by("BBB.GOV", Attitude::Asserts).with(effect(EffectKind::Killed, 20.0, 25.0));
    let c = strike("c", "2025-10-17").said_by("AAA.MIL", Attitude::Denies);
    let row = incident(&[a, b, c]).expect("two say so");
    assert_eq!((row.claims.len(), row.first_told), (3, Some(date("2025-10-15"))));
    let dead: Vec<String> = row.dead.iter().map(|d| format!("{} {}-{:?}", d.claimant, d.low, d.high)).collect();
    assert_eq!(dead, ["BBB.GOV 20-Some(25.0)", "Gazette 12-Some(12.0)"]);
    let course = course([&row], &[], &Settings::new(By::DirectedDyad, Unit::Month));
    assert_eq!(by_key(&course), ["AAA → BBB: 1"]);
    let counts = &course.series[0].bins[0].counts;
    assert_eq!((counts.dead.low.get(), counts.dead.high.get(), counts.dead.rows), (12.0, 25.0, 1));
    assert_eq!((counts.standing.disputed, counts.ids.clone()), (1, vec![row.id.clone()]));
}

#[test]
fn what_did_not_happen_is_not_counted() {
    let strike = || strike("a", "2025-10-15");
    let check = |made: Made, reason: NotCounted| {
        assert_eq!(Counted::of_claim(&told(&made)).map(|_| ()), Err(reason.clone()));
        if reason != NotCounted::NoEvent {
            assert_eq!(incident(&[made]).map(|_| ()), Err(reason));
        }
    };
    for status in [Status::Planned, Status::Threatened, Status::Demanded, Status::DidNotOccur, Status::Cancelled] {
        check(strike().status(status), NotCounted::NoHappening);
    }
    check(strike().said_by("AAA", Attitude::Denies), NotCounted::NoHappening);
    check(strike().said_by("AAA", Attitude::Retracts), NotCounted::NoHappening);
    let mut tie = strike().code("HARBOURS");
    tie.0.kind = "tie".into();
    check(tie, NotCounted::NoEvent);
}

#[test]
fn content_is_no_second_happening() {
    let content = |name: &str, attitude| {
        let mut made = strike(name, "2025-10-15").said_by("BBB.GOV", attitude);
        let (rel, basis) = (Rel::ContentOf, Basis::Stated);
        made.0.links.push(LinkRecord { rel, claim: Some(claim_id("speech")), span: None, basis });
        made
    };
    // "B's government accused A of a strike" is an accusation; "A struck B, B's government said" is a strike.
    assert_eq!(incident(&[content("a", Attitude::Alleges)]).map(|_| ()), Err(NotCounted::OnlyAlleged));
    assert!(incident(&[content("a", Attitude::Asserts)]).is_ok());
    assert!(incident(&[content("a", Attitude::Alleges), strike("b", "2025-10-15")]).is_ok());
}

#[test]
fn rows_are_of_their_release_and_restricted_ones_stay_out() {
    let row = |name: &str, key: &str| strike(name, "2025-10-15").row("ged", "25.1", key);
    let mut restricted = strike("r", "2025-10-15").row("acled", "1", "7").killed(99.0);
    restricted.0.row.as_mut().unwrap().restricted = true;
    let mut gathered = Gathered::default();
    // A second file of the same release has row 1 again.
    for made in [row("b", "1"), row("a", "1"), row("c", "2"), restricted.clone()] {
        gathered.row(&made.0);
    }
    gathered.claim(&told(&row("d", "3")));
    let ids: Vec<String> = gathered.rows.iter().map(|r| format!("{} {}", r.id, r.source)).collect();
    assert_eq!(ids, ["clm_a ged@25.1", "clm_c ged@25.1", "clm_d ged@25.1"]);
    let said = gathered.left_out.sentences();
    assert_eq!(said[0], "1 rows of acled are left out, since its terms keep them out of answers.");
    assert_eq!(
        serde_json::to_value(&gathered.left_out).expect("JSON"),
        serde_json::json!({"reasons": {"repeated": 1}, "restricted": {"acled": 1}})
    );
    // An incident that only rows tell is counted as rows; a restricted account is taken out of one that reports tell.
    assert_eq!(incident(&[row("a", "1")]).map(|_| ()), Err(NotCounted::OnlyRows));
    let open = incident(&[strike("t", "2025-10-15").killed(3.0), restricted]).expect("a report tells it");
    assert_eq!((open.claims.len(), open.dead.len()), (1, 1));
}

#[test]
fn sides_without_a_beginner_have_no_direction() {
    let dyads = |claims: &[Made]| -> Vec<String> {
        let row = incident(claims).expect("it happened");
        row.dyads.iter().map(|d| Key::Dyad(d.clone()).to_string()).collect()
    };
    let between = |name: &str| claim(name).by("BBB.MIL").against("AAA").undirected();
    assert_eq!(dyads(&[between("a")]), ["AAA – BBB"]);
    let mut clash = claim("a").by("CCC").by("AAA").by("BBB");
    clash.0.reciprocal = true;
    assert_eq!(dyads(std::slice::from_ref(&clash)), ["AAA – BBB", "AAA – CCC", "BBB – CCC"]);
    // One claim knows who, another to whom; a third only that they fought.
    let (who, whom) = (claim("b").by("AAA.MIL"), claim("c").against("BBB.CVL"));
    assert_eq!(dyads(&[who.clone(), whom.clone(), between("d")]), ["AAA → BBB"]);
    // Each blames the other; nobody fights itself, unless a claim says so.
    let other = claim("d").by("BBB").against("AAA");
    assert_eq!(dyads(&[claim("e").by("AAA").against("BBB"), other]), ["AAA → BBB", "BBB → AAA"]);
    assert_eq!(dyads(&[claim("f").by("AAA.COP").against("AAA.CVL")]), ["AAA → AAA"]);
    // Whose people it befell is whom it was done to.
    let befell = EffectRecord { party: Some(party("BBB.MIL")), ..effect(EffectKind::Killed, 2.0, 2.0) };
    let befell = [claim("g").by("AAA").with(befell)];
    assert_eq!(dyads(&befell), ["AAA → BBB"]);
    assert_eq!(incident(&befell).expect("it happened").roots(), ["AAA", "BBB"]);
}

#[test]
fn a_party_is_counted_as_named_and_as_what_it_acts_as() {
    let mut made = claim("a").by("TALIBAN").against("PAK").on("2025-10-15");
    made.0.actor[0].acts_as = PartyId::new("AFG.GOV").ok();
    let made = [made];
    assert_eq!(by_key(&count(&made, &[], By::Party, Unit::Day)), ["AFG: 1", "PAK: 1", "TALIBAN: 1"]);
    assert_eq!(by_key(&count(&made, &[], By::Dyad, Unit::Day)), ["AFG – PAK: 1"]);
}

#[test]
fn missing_is_not_zero() {
    let made = [strike("a", "2025-10-01"), strike("b", "2025-10-29")];
    // Two weeks without a report; one of 18 October still tells of the week to the 19th, none of that to the 26th.
    let reports = [report("a", "2025-10-03"), report("b", "2025-10-18"), report("c", "2025-10-31")];
    let weekly = count(&made, &reports, By::All, Unit::Week);
    assert_eq!(by_key(&weekly), ["all: 1 - 0 - 1"]);
    let reading = &weekly.coverage.reading;
    assert_eq!((reading.without, reading.share_without), (2, Some(0.4)));
    assert_eq!(reading.periods[0].publishers.get("Gazette"), Some(&1));
    // A report of two days later covers a day; a near-copy and a data set's file never do.
    let mut others = vec![report("d", "2025-10-02"), report("e", "2025-10-02")];
    others[0].copy = true;
    others[1].dataset = Some("ged".to_owned());
    let made = [strike("a", "2025-09-29"), strike("b", "2025-10-04")];
    let daily = |reports: &[Report]| by_key(&count(&made, reports, By::All, Unit::Day));
    assert_eq!(daily(&others), ["all: 1 - - - - 1"]);
    assert_eq!(daily(&[report("f", "2025-10-03")]), ["all: 1 0 0 0 0 1"]);
}

#[test]
fn a_data_set_covers_the_days_of_its_rows_in_each_country() {
    let in_country =
        |name: &str, day: &str, country: &str| strike(name, day).row("ged", "1", name).province(country, "North");
    let made = [
        in_country("a", "2025-01-31", "AAA"),
        in_country("b", "2025-02-01", "BBB"),
        in_country("c", "2025-04-30", "BBB"),
    ];
    let monthly = count(&made, &[], By::Country, Unit::Month);
    // January is not covered from its first day, so that nothing in it would be a zero.
    assert_eq!(by_key(&monthly), ["in BBB: - 1 0 1", "in AAA: 1 - - -"]);
    let mut settings = Settings::new(By::Country, Unit::Month);
    let window = Window { from: date("2025-01-01"), to: date("2025-12-31") };
    settings.releases.insert("ged".to_owned(), window);
    assert_eq!(by_key(&course(&rows(&made), &[], &settings)), ["in BBB: 0 1 0 1", "in AAA: 1 0 0 0"]);
}

#[test]
fn what_is_known_to_a_month_belongs_to_no_day() {
    let month = claim("m").between("2025-10-01", "2025-10-31");
    let made = [claim("d").on("2025-10-15"), month, claim("u").published("2025-10-20")];
    let ids = |ids: &[CountedId]| ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
    let daily = count(&made, &[], By::All, Unit::Day);
    let rest = &daily.not_placed[0];
    assert_eq!((ids(&rest.wide), ids(&rest.undated)), ("clm_m".to_owned(), "clm_u".to_owned()));
    assert_eq!(daily.series[0].rows, 1);
    assert_eq!(by_key(&count(&made, &[], By::All, Unit::Month)), ["all: 2"]);
    // What no text dates can be put on the day of its first report, and says so.
    let mut settings = Settings::new(By::All, Unit::Month);
    settings.undated = Undated::OnReport;
    let placed = course(&rows(&made), &[], &settings);
    let counts = &placed.series[0].bins[0].counts;
    assert_eq!((counts.rows, counts.by_report), (3, 1));
    // What was told on the 20th lies before the 21st.
    let year = claim("y").between("2025-01-01", "2025-12-31").published("2025-01-20");
    assert_eq!(by_key(&count(&[year], &[], By::All, Unit::Month)), ["all: 1"]);
}

#[test]
fn hostile_and_cooperative_are_never_set_off() {
    let made = [
        strike("a", "2025-10-15").mode("aerial"),
        claim("b").code("CONSULT").mode("visit").on("2025-10-15"),
        claim("c").code("ACCUSE").on("2025-10-15"),
    ];
    let counts = &count(&made, &[], By::All, Unit::Day).series[0].bins[0].counts;
    assert_eq!((counts.hostile.rows, counts.hostile.intensity), (2, -12.0));
    assert_eq!((counts.cooperative.rows, counts.cooperative.intensity), (1, 2.5));
    assert_eq!((counts.quads.material_conflict.rows, counts.quads.verbal_conflict.rows), (1, 1));
}

#[test]
fn an_open_end_is_no_bound_and_silence_is_no_zero() {
    let least = EffectRecord { high: None, ..effect(EffectKind::Killed, 5.0, 5.0) };
    let best = EffectRecord { best: Some(4.0), ..effect(EffectKind::Killed, 2.0, 9.0) };
    let part = EffectRecord { part_of: Some(0), ..effect(EffectKind::Killed, 1.0, 1.0) };
    let made = [
        strike("a", "2025-10-15").with(least),
        strike("b", "2025-10-15").with(best).with(part),
        strike("c", "2025-10-15"),
        strike("d", "2025-10-15").killed(0.0),
    ];
    let dead = count(&made, &[], By::All, Unit::Day).series[0].bins[0].counts.dead;
    assert_eq!((dead.rows, dead.open, dead.low.get(), dead.high.get()), (3, 1, 7.0, 14.0));
    assert_eq!((dead.best_rows, dead.best.get()), (1, 4.0));
}

#[test]
fn what_the_counts_cannot_say_is_said() {
    let made = [strike("a", "2025-10-01"), claim("b").on("2025-10-20"), claim("c")];
    let course = count(&made, &[report("a", "2025-10-01")], By::Dyad, Unit::Week);
    assert!(course.method().starts_with("Counted by week, by pair of parties, each source by itself"));
    assert_eq!(
        course.caveats(),
        [
            "No report was read of 3 of 4 periods: their counts are missing, not zero.",
            "Counts of what was read rise and fall with what was read: see the reports by publisher beside them.",
            "In no period, since no text says when: 1 (claims).",
            "Without two parties that the catalogue knows: 1 (claims).",
            "A happening of several parties counts for each: series by party do not add up to a total.",
        ]
    );
    // As JSON: bins that hold something, and which periods are covered.
    let json = serde_json::to_value(&course).expect("JSON");
    let series = &json["series"][0];
    assert_eq!((&series["source"], &series["key"]["dyad"]["from"]), (&"claims".into(), &"AAA".into()));
    assert_eq!(series["covered"], serde_json::json!([[0, 0]]));
    let bin = &series["bins"][0];
    assert_eq!((&bin["period"], &bin["rows"], &bin["ids"][0]), (&0.into(), &1.into(), &"clm_a".into()));
    let empty = course_of_nothing();
    assert!(empty.periods.is_empty() && empty.coverage.reading.share_without.is_none());
}

fn course_of_nothing() -> Course {
    course(&[], &[report("a", "2025-10-01")], &Settings::new(By::All, Unit::Day))
}

/// A happening of some days, parties and dead.
fn any_strike() -> impl Strategy<Value = Made> {
    let parties = ["AAA.MIL", "AAA.CVL", "BBB", "CCC_G", "somebody"];
    let dead = prop::option::of((0u8..50, 0u8..50));
    let parts = (0i64..800, 0i64..40, any::<bool>(), (0usize..5, 0usize..5, any::<bool>()), dead, 0usize..3, 0usize..3);
    parts.prop_map(move |(day, length, exact, (from, to, mutual), dead, place, code)| {
        let first = Date::constant(2024, 1, 1).saturating_add(day.days());
        let last = first.saturating_add(if exact { 0 } else { length }.days());
        let mut made = claim("x").between(&first.to_string(), &last.to_string()).by(parties[from]).against(parties[to]);
        made = made.code(["ASSAULT", "CONSULT", "ACCUSE"][code]);
        if mutual {
            made = made.undirected();
        }
        if let Some((low, more)) = dead {
            // Nearly n is nine tenths of it, so that numbers are no whole ones.
            made = made.with(effect(EffectKind::Killed, f64::from(low) * 0.9, f64::from(low) + f64::from(more)));
        }
        if place < 2 { made.province(["AAA", "BBB"][place], "North") } else { made }
    })
}

fn any_strikes() -> impl Strategy<Value = Vec<Counted>> {
    let named = |(at, mut made): (usize, Made)| {
        made.0.id = claim_id(&at.to_string());
        made
    };
    let strikes = prop::collection::vec(any_strike(), 0..40);
    strikes.prop_map(move |made| rows(&made.into_iter().enumerate().map(named).collect::<Vec<_>>()))
}

const BYS: [By; 8] = [By::All, By::DirectedDyad, By::Dyad, By::Party, By::Country, By::Admin1, By::Cell, By::Type];

proptest! {
    #[test]
    fn every_row_is_in_one_bin_or_said_to_be_in_none(rows in any_strikes(), unit in 0usize..4, by in 0usize..8) {
        let unit = [Unit::Day, Unit::Week, Unit::Month, Unit::Year][unit];
        let mut settings = Settings::new(BYS[by], unit);
        settings.window = Some(Window { from: date("2024-02-10"), to: date("2025-06-15") });
        let course = course(&rows, &[], &settings);
        let mut placed: Vec<&CountedId> =
            course.series.iter().flat_map(|s| &s.bins).flat_map(|bin| &bin.counts.ids).collect();
        if matches!(BYS[by], By::All | By::Country | By::Admin1 | By::Cell | By::Type) {
            // These have one key a row at most.
            let before = placed.len();
            placed.sort();
            placed.dedup();
            prop_assert_eq!(before, placed.len());
        }
        placed.sort();
        placed.dedup();
        let rest: usize =
            course.not_placed.iter().map(|n| n.undated.len() + n.wide.len() + n.keyless.len() + n.outside).sum();
        prop_assert_eq!(placed.len() + rest, rows.len());
        for bin in course.series.iter().flat_map(|s| &s.bins) {
            prop_assert_eq!(bin.counts.rows, bin.counts.ids.len());
            prop_assert_eq!(bin.counts.rows, bin.counts.hostile.rows + bin.counts.cooperative.rows);
            prop_assert!(bin.counts.dead.low <= bin.counts.dead.high);
        }
    }

    #[test]
    fn the_order_of_rows_changes_nothing(
        (rows, shuffled) in any_strikes().prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle())),
        by in 0usize..8,
    ) {
        let settings = Settings::new(BYS[by], Unit::Month);
        prop_assert_eq!(course(&rows, &[], &settings), course(&shuffled, &[], &settings));
    }

    #[test]
    fn days_add_up_to_months(rows in any_strikes()) {
        let exact: Vec<&Counted> = rows.iter().filter(|r| r.days.is_some_and(|(a, b)| a == b)).collect();
        let totals = |unit: Unit| {
            let course = course(exact.iter().copied(), &[], &Settings::new(By::All, unit));
            let mut months = std::collections::BTreeMap::<String, (usize, f64, f64, f64)>::new();
            for bin in course.series.iter().flat_map(|s| &s.bins) {
                let month = months.entry(course.periods[bin.period].label[..7].to_owned()).or_default();
                let c = &bin.counts;
                month.0 += c.rows;
                month.1 += c.hostile.intensity;
                month.2 += c.dead.low.get();
                month.3 += c.dead.high.get();
            }
            months
        };
        let (daily, monthly) = (totals(Unit::Day), totals(Unit::Month));
        prop_assert_eq!(daily.len(), monthly.len());
        for ((day, a), (month, b)) in daily.iter().zip(&monthly) {
            prop_assert_eq!((day, a.0, a.1), (month, b.0, b.1));
            prop_assert!((a.2 - b.2).abs() < 1e-6 && (a.3 - b.3).abs() < 1e-6);
        }
    }

    #[test]
    fn a_party_has_at_least_what_its_dyads_have(rows in any_strikes()) {
        let of = |by: By| course(&rows, &[], &Settings::new(by, Unit::Month));
        let (parties, dyads, directed) = (of(By::Party), of(By::Dyad), of(By::DirectedDyad));
        let count = |series: &Series, period: usize| {
            series.bins.iter().find(|b| b.period == period).map_or(0, |b| b.counts.rows)
        };
        for series in &dyads.series {
            let Key::Dyad(dyad) = &series.key else { panic!("a dyad") };
            for root in [&dyad.from, &dyad.to] {
                let party = parties.series.iter().find(|s| s.key == Key::Party(root.clone())).expect("its party");
                for bin in &series.bins {
                    prop_assert!(count(party, bin.period) >= bin.counts.rows);
                }
            }
            // Both ways and no way together are the pair; no row of this test goes both ways.
            let is_of = |s: &&Series| matches!(&s.key, Key::Dyad(d) if d.both_ways() == *dyad);
            prop_assert_eq!(directed.series.iter().filter(is_of).map(|s| s.rows).sum::<usize>(), series.rows);
        }
    }
}

#[test]
fn levels_are_of_what_is_covered() {
    // Ten quiet weeks, ten loud ones; a week that nobody read of, in which something was told much later.
    let monday = |week: i64| date("2025-01-06") + week.weeks();
    let weeks = (0..20).filter(|week| *week != 13);
    let reports: Vec<Report> = weeks.clone().map(|w| report(&format!("r{w}"), &monday(w).to_string())).collect();
    let mut made = vec![strike("late", &monday(13).to_string())];
    for week in weeks {
        for n in 0..if week < 10 { 1 } else { 9 } {
            made.push(strike(&format!("w{week}n{n}"), &monday(week).to_string()));
        }
    }
    let rows = rows(&made);
    let settings = Settings { lag_days: 0, ..Settings::new(By::All, Unit::Week) };
    let course = course(&rows, &reports, &settings);
    let asked = LevelsAsked { measure: Measure::Hostile, cost: Cost::Poisson, penalty: Penalty::Schwarz, plain: false };
    let [levels] = &course.levels(asked).unwrap()[..] else { panic!("one series") };
    assert!(!course.series[0].is_covered(13), "nobody read of it");
    let [change] = &levels.found.changes[..] else { panic!("{levels:#?}") };
    assert_eq!((change.at, change.before, change.after), (10, 1.0, 9.0));
    assert_eq!(levels.segment_of(13).map(|s| s.n), Some(9), "what is not covered counts for nothing");
    assert_eq!(levels.change_at(10), Some(change));
}
