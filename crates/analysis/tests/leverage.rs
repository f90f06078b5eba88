//! What is depended on, closed and opened; and how the tone between two parties shifts.

use std::collections::BTreeMap;

use analysis::Told;
use analysis::incidents::NoFacts;
use analysis::incidents::measure::made::{Made, claim, claim_id, effect, place};
use analysis::ties::leverage::{Basis, Lever, Way};
use analysis::ties::{Direction, Key, Leverage, Period, Warming, acts, intervals, leverage, warming};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use model::record::{CausalPartRecord, CountRecord, EffectRecord, PlaceRecord};
use model::{Attitude, EffectKind, Polarity, Precision, Span, Status};

fn told(claims: &[Made]) -> Vec<Told<'_>> {
    claims.iter().map(|made| Told { claim: &made.0, publisher: Some("Gazette"), copy_of: None }).collect()
}

fn levers(claims: &[Made]) -> Leverage {
    let told = told(claims);
    leverage(&told, &intervals(&told, &[], &NoFacts).ties)
}

fn only(claims: &[Made]) -> Lever {
    let mut found = levers(claims).levers;
    assert_eq!(found.len(), 1, "{found:#?}");
    found.remove(0)
}

/// A's gate at Tor, on B's side of the border, is closed or opened.
fn gate(name: &str, kind: EffectKind, day: &str) -> Made {
    let code = if kind == EffectKind::Closed { "COERCE" } else { "RETREAT" };
    let of = EffectRecord { low: None, high: None, of: Some("Tor crossing".to_owned()), ..effect(kind, 1.0, 1.0) };
    let at = PlaceRecord { name: Some("Tor".into()), ..place("BBB", Precision::Point) };
    claim(name).code(code).by("AAA").place(at).with(of).published(&format!("2025-{day}"))
}

fn tie(name: &str, code: &str, who: &str, on: &str) -> Made {
    let mut made = claim(name).code(code).by(who).against(on).status(Status::Ongoing).published("2025-01-01");
    made.0.kind = "tie".into();
    made
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// One day, as a stretch.
fn on(text: &str) -> (Date, Date) {
    (day(text), day(text))
}

use EffectKind::{Closed, Opened};

#[test]
fn a_gate_is_closed_until_somebody_says_it_was_opened() {
    let closed = [gate("a", Closed, "10-13").on("2025-10-12"), gate("b", Closed, "11-12").status(Status::Ongoing)];
    let lever = only(&closed);
    assert_eq!(
        (lever.name.as_str(), lever.is_named, lever.kinds.as_slice()),
        ("Tor", true, &["crossing".to_owned()][..])
    );
    let spell = &lever.spells[0];
    assert_eq!((lever.spells.len(), spell.closed, spell.closed_dated), (1, on("2025-10-12"), true));
    assert_eq!((spell.opened, spell.days_high, spell.last_told), (None, None, day("2025-11-12")));
    let reopened = [closed[0].clone(), closed[1].clone(), gate("c", Opened, "11-20").on("2025-11-19")];
    let spell = &only(&reopened).spells[0];
    assert_eq!((spell.opened, spell.days_low, spell.days_high), (Some(on("2025-11-19")), Some(38), Some(38)));
    assert_eq!(spell.claims, [claim_id("a"), claim_id("b"), claim_id("c")]);
    // "In October" leaves the days open; told only by the day of the report, nothing is known of how many they were.
    let vague =
        [gate("a", Closed, "11-03").between("2025-10-01", "2025-10-31"), gate("c", Opened, "11-20").on("2025-11-19")];
    let spell = &only(&vague).spells[0];
    assert_eq!((spell.days_low, spell.days_high), (Some(19), Some(49)));
    let undated = [gate("a", Closed, "10-13"), gate("c", Opened, "11-20").on("2025-11-19")];
    let spell = &only(&undated).spells[0];
    assert_eq!((spell.closed_dated, spell.days_low, spell.days_high), (false, Some(37), None));
}

#[test]
fn two_reports_of_one_closing_are_one_and_a_later_one_is_another() {
    let at = |name: &str, told: &str, on: &str| gate(name, Closed, told).on(on);
    let slip = [at("a", "10-13", "2025-10-12"), at("b", "10-14", "2025-10-13")];
    assert_eq!(only(&slip).spells.len(), 1);
    let again = [at("a", "03-05", "2025-03-04"), at("b", "10-13", "2025-10-12")];
    let spells = only(&again).spells;
    assert_eq!(spells.len(), 2);
    assert_eq!((spells[0].opened, spells[0].closed_again), (None, Some(day("2025-10-12"))), "open at some time before");
    // An opening of what nobody said was closed.
    let opened = only(&[gate("a", Opened, "10-13")]);
    assert!(opened.spells.is_empty() && opened.turns[0].way == Way::Opened);
}

#[test]
fn threats_and_denials_close_nothing() {
    let lever = only(&[
        gate("a", Closed, "10-13").status(Status::Threatened),
        gate("b", Closed, "10-14").said_by("AAA", Attitude::Denies),
    ]);
    assert!(lever.spells.is_empty() && lever.turns.is_empty());
    assert_eq!((lever.ahead.len(), lever.denied.len()), (1, 1));
    assert_eq!((lever.denied[0].who.as_str(), &lever.denied[0].claim), ("AAA", &claim_id("b")));
}

#[test]
fn things_without_a_name_lie_between_those_whom_the_claim_names() {
    let halts =
        |name: &str, words: &str| claim(name).code("SANCTION").mode("discontinue").words(words).published("2025-05-01");
    let found = levers(&[
        halts("a", "AAA suspended the water treaty with BBB").by("AAA").against("BBB"),
        halts("b", "AAA halted all trade with CCC").by("AAA").against("CCC"),
        halts("c", "AAA halted trade with BBB").by("AAA").against("BBB"),
        halts("d", "GGG ended the ceasefire with AAA").by("GGG").against("AAA"),
        claim("e").code("COERCE").mode("restrict").words("CCC banned roaming for BBB").by("CCC").against("BBB"),
        claim("f")
            .code("CONCEDE")
            .words("AAA lifted its ban on trade with CCC")
            .by("AAA")
            .against("CCC")
            .published("2025-06-01"),
    ]);
    let named: Vec<(&str, Vec<&str>)> =
        found.levers.iter().map(|l| (l.name.as_str(), l.touches.iter().map(Key::as_str).collect())).collect();
    assert_eq!(
        named,
        [
            ("roaming", vec!["BBB", "CCC"]),
            ("trade", vec!["AAA", "BBB"]),
            ("trade", vec!["AAA", "CCC"]),
            ("water", vec!["AAA", "BBB"]),
        ]
    );
    let spell = &found.levers[2].spells[0];
    assert_eq!((spell.days_low, spell.days_high), (None, None), "neither day is told");
}

#[test]
fn what_has_a_name_is_told_by_it() {
    let of = |name: &str, kind: EffectKind, of: &str, day: &str| {
        let mut made = gate(name, kind, day);
        made.0.places.clear();
        made.0.effects[0].of = Some(of.to_owned());
        made.on(&format!("2025-{day}"))
    };
    let lever = only(&[
        of("a", Closed, "Bunagana border crossing", "02-05"),
        of("b", Opened, "the crossing of Bunagana", "07-10"),
    ]);
    assert_eq!((lever.is_named, lever.spells[0].days_low), (true, Some(155)));
    let lever = only(&[of("a", Closed, "its airspace", "02-05")]);
    assert_eq!((lever.is_named, lever.name.as_str()), (false, "airspace"));
}

#[test]
fn a_dependence_has_the_levers_that_touch_both() {
    let found = levers(&[
        tie("t", "DEPENDS_ON", "BBB", "AAA").words("BBB depends on AAA for access to the sea"),
        tie("u", "DEPENDS_ON", "CCC", "AAA"),
        gate("a", Closed, "10-13").on("2025-10-12"),
    ]);
    let of: Vec<(&str, &[usize])> = found.dependences.iter().map(|d| (d.who.as_str(), d.levers.as_slice())).collect();
    assert_eq!(of, [("BBB", &[0][..]), ("CCC", &[])]);
    assert_eq!(found.dependences[0].said[0].words, "BBB depends on AAA for access to the sea");
}

#[test]
fn costs_are_quoted_with_what_puts_them_there() {
    let of_kind = |name: &str, kind: &str, words: &str| {
        let mut made = claim(name).words(words).in_document("a").published("2025-10-13");
        (made.0.kind, made.0.code) = (kind.into(), None);
        made
    };
    let mut cause = of_kind("p", "cause", "the closure drove up prices");
    let part = |text: &str| {
        let span = Span::new("the closure drove up prices", 0, 3).unwrap();
        CausalPartRecord { span, text: text.to_owned(), claim: None }
    };
    (cause.0.cause, cause.0.effect, cause.0.polarity) =
        (Some(part("the closure")), Some(part("prices")), Some(Polarity::Raises));
    let mut figure = of_kind("q", "figure", "some 5,000 containers stood there");
    figure.0.count = Some(CountRecord { low: Some(5000.0), high: Some(5000.0), of: Some("containers".to_owned()) });
    let lever = only(&[
        gate("a", Closed, "10-13"),
        cause,
        figure,
        of_kind("r", "statement", "traders at Tor counted their losses, he said"),
        of_kind("s", "statement", "talks would go on, he said"),
        of_kind("x", "statement", "prices rose, she said").in_document("elsewhere"),
    ]);
    let costs: Vec<(&str, Basis)> = lever.costs.iter().map(|c| (c.said.claim.as_str(), c.basis)).collect();
    assert_eq!(costs, [("clm_p", Basis::Stated), ("clm_r", Basis::Named), ("clm_q", Basis::SameReport)]);
    assert_eq!((lever.costs[0].effect.as_deref(), lever.costs[0].polarity), (Some("prices"), Some(Polarity::Raises)));
    assert_eq!(lever.costs[2].low, Some(5000.0));
}

/// Twenty weeks of talk and twenty of raids, a happening or two a week; nothing is told of some weeks.
fn year() -> Vec<Made> {
    let mut claims = Vec::new();
    for week in 0..40_i64 {
        let on = date(2025, 1, 6).checked_add((7 * week + week % 5).days()).unwrap().to_string();
        let (code, tone) = if week < 20 { ("CONSULT", "talks") } else { ("ASSAULT", "a raid") };
        for voice in 0..=week % 2 {
            if week % 9 != 4 {
                // Now and then a word of the other kind.
                let code = if week % 6 == 5 && voice == 1 { "AGREE" } else { code };
                let name = format!("{week:02}{voice}");
                claims.push(claim(&name).code(code).by("AAA").against("BBB").on(&on).published(&on).words(tone));
            }
        }
    }
    claims
}

fn tone(claims: &[Made], period: Period) -> Warming {
    let told = told(claims);
    let happened = acts(&told, &BTreeMap::new());
    let ties = intervals(&told, &happened, &NoFacts);
    let party = |id: &str| Key::of_id(&model::PartyId::new(id).unwrap());
    warming(&told, &happened, &ties, (&party("AAA"), &party("BBB")), period, None)
}

#[test]
fn a_shift_opens_the_sentences_that_carry_it() {
    let mut claims = year();
    let mut odds = tie("odds", "AT_ODDS_WITH", "AAA", "BBB").words("AAA and BBB fell out").published("2025-05-28");
    odds.0.actor.append(&mut odds.0.recipient);
    odds.0.reciprocal = true;
    claims.push(odds);
    let found = tone(&claims, Period::Week);
    assert_eq!((found.happenings, found.bins.len()), (54, 40));
    assert_eq!(found.bins[4].tone, None, "nothing is told, which is not a tone of zero");
    assert_eq!(found.shifts.len(), 1, "{:#?}", found.fit.unwrap().shifts);
    let shift = &found.shifts[0];
    assert_eq!((shift.direction, shift.shift.at), (Direction::Cooling, date(2025, 5, 26)));
    assert_eq!((shift.carried_by[0].words.as_str(), shift.carried_by[0].tone), ("a raid", -2));
    assert!(shift.carried_by.iter().all(|c| c.pull > 0.0 && !c.claims.is_empty()));
    assert_eq!(shift.in_words.iter().map(|w| w.words.as_str()).collect::<Vec<_>>(), ["AAA and BBB fell out"]);
    let mut turned = claims.clone();
    turned.reverse();
    assert_eq!(tone(&turned, Period::Week), found);
}

#[test]
fn from_too_little_nothing_is_estimated_and_it_says_so() {
    let found = tone(&year(), Period::Month);
    assert_eq!((found.bins.len(), found.fit, found.shifts.len()), (10, None, 0));
    assert_eq!(found.not_estimated.as_deref(), Some("10 bins have a value, and under 12 nothing is estimated"));
    let long = [claim("a").by("AAA").against("BBB").between("2025-01-01", "2025-12-31").published("2026-01-05")];
    let found = tone(&long, Period::Week);
    assert_eq!((found.happenings, found.unplaced, found.bins.len()), (0, vec![claim_id("a")], 0));
}
