//! Ceasefires from claims that say what a careful coder would have read: clocks to the hour, accounts side by side.

use analysis::ceasefires::breaches::{Ground, Position};
use analysis::ceasefires::outcome::End;
use analysis::ceasefires::saying::{Act, Stance};
use analysis::ceasefires::timeline::State;
use analysis::ceasefires::{Ceasefire, Definitions, Relation, ceasefires};
use analysis::incidents::measure::made::{Made, claim, document_id, party};
use analysis::incidents::{NoFacts, account};
use analysis::{Report, Told};
use model::record::TermsRecord;
use model::{Attitude, DocumentId, Incident, IncidentId, Status, When};
use proptest::prelude::*;

fn when(text: &str) -> When {
    text.parse().unwrap()
}

/// What is done to a ceasefire between A and B.
fn truce(name: &str, act: &str) -> Made {
    with(claim(name).code("AGREE").by("AAA").by("BBB"), act)
}

fn with(mut made: Made, act: &str) -> Made {
    made.0.terms = Some(TermsRecord {
        act: Some(act.to_owned()),
        form: None,
        from: None,
        to: None,
        duration_hours: None,
        area: None,
        mediator: None,
    });
    made
}

trait Terms {
    fn terms(self, change: impl FnOnce(&mut TermsRecord)) -> Self;
    fn hours(self, hours: f64) -> Self;
    fn from(self, text: &str) -> Self;
}

impl Terms for Made {
    fn terms(mut self, change: impl FnOnce(&mut TermsRecord)) -> Self {
        change(self.0.terms.as_mut().unwrap());
        self
    }
    fn hours(self, hours: f64) -> Self {
        self.terms(|t| t.duration_hours = Some(hours))
    }
    fn from(self, text: &str) -> Self {
        self.terms(|t| t.from = Some(when(text)))
    }
}

struct World {
    claims: Vec<(Made, &'static str, Option<DocumentId>)>,
    incidents: Vec<Vec<&'static str>>,
    reports: Vec<(&'static str, &'static str)>,
}

impl World {
    fn of(claims: Vec<Made>) -> Self {
        let claims = claims.into_iter().map(|c| (c, "Gazette", None)).collect();
        Self { claims, incidents: Vec::new(), reports: Vec::new() }
    }

    /// Claims, by name, that are of one incident.
    fn incident(mut self, names: &[&'static str]) -> Self {
        self.incidents.push(names.to_vec());
        self
    }

    /// A report, by the document's name, of a day.
    fn report(mut self, document: &'static str, day: &'static str) -> Self {
        self.reports.push((document, day));
        self
    }

    fn ceasefires(&self, as_of: &str) -> Vec<Ceasefire> {
        self.by(&Definitions::embedded(), as_of)
    }

    fn by(&self, definitions: &Definitions, as_of: &str) -> Vec<Ceasefire> {
        let told: Vec<Told> = self
            .claims
            .iter()
            .map(|(made, publisher, copy)| Told { claim: &made.0, publisher: Some(publisher), copy_of: copy.as_ref() })
            .collect();
        let incident = |names: &Vec<&str>| -> Incident {
            let ids: Vec<String> = names.iter().map(|n| format!("clm_{n}")).collect();
            let of: Vec<Told> = told.iter().filter(|t| ids.iter().any(|i| i == t.claim.id.as_str())).copied().collect();
            account(IncidentId::try_from(format!("inc_{}", names[0])).unwrap(), &of, &NoFacts)
        };
        let incidents: Vec<Incident> = self.incidents.iter().map(incident).collect();
        let report = |(document, day): &(&str, &str)| Report {
            id: document_id(document),
            publisher: Some("Gazette".to_owned()),
            published: day.parse().ok(),
            language: None,
            copy: false,
            dataset: None,
        };
        let reports: Vec<Report> = self.reports.iter().map(report).collect();
        ceasefires(&told, &incidents, &reports, definitions, when(as_of))
    }

    fn one(&self, as_of: &str) -> Ceasefire {
        let mut found = self.ceasefires(as_of);
        assert_eq!(found.len(), 1, "{found:#?}");
        found.remove(0)
    }
}

/// The truce of 48 hours: agreed on the 15th, in force from 18:00 in the zone five hours ahead.
fn two_days() -> Vec<Made> {
    vec![
        truce("agreed", "declared").on("2025-10-15").hours(48.0).published("2025-10-15"),
        truce("began", "effective")
            .from("2025-10-15T18:00:00+05:00")
            .said_by("AAA.GOV", Attitude::Asserts)
            .published("2025-10-15"),
    ]
}

/// How a ceasefire stood, at clock times and days: `time => state`, a line each.
fn check(ceasefire: &Ceasefire, expected: &str) {
    for line in expected.lines().map(str::trim).filter(|l| !l.is_empty()) {
        let (at, state) = line.split_once(" => ").unwrap();
        let found = ceasefire.state_at(when(at));
        let printed = serde_json::to_value(found.state).unwrap();
        assert_eq!(printed.as_str().unwrap(), state, "at {at}: {:?}", found.why);
    }
}

#[test]
fn a_truce_of_48_hours_lapses_to_the_minute() {
    let truce = World::of(two_days()).one("2025-10-31");
    let until = truce.clock.until.as_ref().unwrap();
    assert_eq!(until.at.words(), "2025-10-17T18:00:00+05:00");
    assert_eq!(until.claims.len(), 2, "the duration and the beginning");
    assert_eq!(truce.clock.zone.as_deref(), Some("+05:00"));
    check(
        &truce,
        "2025-10-14 => not_yet
         2025-10-15T17:59:00+05:00 => not_yet
         2025-10-15T13:00:00Z => in_force
         2025-10-15 => in_force
         2025-10-17T12:59:00Z => in_force
         2025-10-17T18:00:00+05:00 => lapsed
         2025-10-17 => lapsed
         2025-11-01 => unknown",
    );
    assert_eq!((truce.outcome.end, truce.outcome.days), (Some(End::Lapsed), Some(2.0)));
    let row = truce.duration().unwrap();
    assert_eq!((row.time, row.end), (2.0, Some(End::Lapsed)));
}

#[test]
fn a_beginning_known_to_the_day_leaves_the_day_open() {
    let truce = World::of(vec![truce("a", "declared").on("2025-10-15").published("2025-10-16")]).one("2025-10-31");
    check(
        &truce,
        "2025-10-14 => not_yet
         2025-10-15T12:00:00Z => unknown
         2025-10-15 => in_force
         2025-10-16T00:00:00Z => in_force",
    );
    assert!(truce.clock.begins.unwrap().why.contains("reckoned from its declaration"));
    assert_eq!((truce.outcome.end, truce.outcome.days), (None, Some(16.0)));
}

fn extended() -> Vec<Made> {
    let mut claims = two_days();
    claims.push(truce("longer", "extended").said_by("AAA.GOV", Attitude::Asserts).published("2025-10-18"));
    claims.push(truce("longer_too", "extended").said_by("BBB.GOV", Attitude::Asserts).published("2025-10-18"));
    claims.push(truce("no_word", "extended").status(Status::DidNotOccur).published("2025-10-18"));
    claims.push(
        with(claim("due"), "lapsed")
            .status(Status::Planned)
            .between("2025-10-17T18:00:00", "2025-10-17T21:59:00")
            .published("2025-10-18")
            .in_document("longer"),
    );
    claims
}

#[test]
fn an_extension_is_said_by_somebody_and_denied_by_somebody() {
    let truce = World::of(extended()).one("2025-10-31");
    check(
        &truce,
        "2025-10-17T17:59:00+05:00 => in_force
         2025-10-17T18:00:00+05:00 => extended
         2025-10-18 => extended",
    );
    let then = truce.state_at(when("2025-10-17T20:00:00+05:00"));
    let by: Vec<&str> = then.by.iter().map(|v| v.who.as_str()).collect();
    assert_eq!(by, ["AAA.GOV", "BBB.GOV"]);
    assert_eq!(then.against[0].status, Status::DidNotOccur);
    assert_eq!(then.claims.len(), 3);
    // "Due to expire on Friday evening" agrees with 48 hours, and makes them no less exact.
    let until = truce.clock.until.as_ref().unwrap();
    assert_eq!(until.at.words(), "2025-10-17T18:00:00+05:00");
    assert_eq!(until.claims.len(), 3);
    assert!(
        truce
            .outcome
            .doubt
            .as_deref()
            .unwrap()
            .starts_with("It lapsed 2025-10-17T18:00:00+05:00 if it was not extended")
    );
}

#[test]
fn an_extension_that_is_only_denied_is_none() {
    let mut claims = two_days();
    claims.push(truce("no", "extended").said_by("BBB.GOV", Attitude::Denies).published("2025-10-18"));
    let truce = World::of(claims).one("2025-10-31");
    assert_eq!(truce.state_at(when("2025-10-18")).state, State::Lapsed);
    assert_eq!(truce.timeline[1].against[0].who, "BBB.GOV");
}

#[test]
fn a_declaration_may_say_from_when_and_until_when() {
    let told =
        truce("all", "declared").on("2025-10-14").hours(48.0).from("2025-10-15T18:00:00+05:00").published("2025-10-14");
    let truce = World::of(vec![told.terms(|t| t.to = Some(when("2025-10-17T18:00:00+05:00")))]).one("2025-10-31");
    check(
        &truce,
        "2025-10-14 => not_yet
         2025-10-15T18:00:00+05:00 => in_force
         2025-10-17T18:00:00+05:00 => lapsed",
    );
    assert!(truce.clock.begins.unwrap().why.starts_with("It took effect then"));
}

#[test]
fn truces_days_apart_stay_apart_and_the_second_follows() {
    let mut claims = extended();
    // Told without a date, as news of the day.
    claims.push(truce("doha", "declared").said_by("CCC.GOV", Attitude::Asserts).published("2025-10-19"));
    claims.push(truce("kept", "extended").said_by("DDD.GOV", Attitude::Asserts).published("2025-10-31"));
    let found = World::of(claims).ceasefires("2025-11-10");
    let [first, second] = &found[..] else { panic!("{found:#?}") };
    assert_eq!(first.outcome.end, Some(End::Replaced));
    let before = second.before.as_ref().unwrap();
    assert_eq!((&before.ceasefire, before.relation), (&first.id, Relation::Follows));
    // What keeps a truce up is of the one that holds, and changes nothing of its state.
    assert!(second.clock.said(Act::Extended, Stance::Said).any(|s| s.voices[0].who == "DDD.GOV"));
    check(
        second,
        "2025-10-17 => not_yet
         2025-10-18T12:00:00Z => unknown
         2025-10-19 => in_force
         2025-11-05 => in_force",
    );
    assert_eq!(first.state_at(when("2025-10-20")).state, State::Replaced);
}

#[test]
fn one_agreement_told_again_is_one_truce() {
    let mut claims = two_days();
    claims.push(truce("again", "declared").hours(48.0).published("2025-10-17"));
    claims.push(truce("dated", "declared").on("2025-10-16").hours(48.0).published("2025-10-20"));
    let truce = World::of(claims).one("2025-10-31");
    // Two days are told for it; the beginning is that which has its hour.
    assert_eq!(truce.clock.said(Act::Declared, Stance::Said).count(), 3);
    assert_eq!(truce.clock.begins.unwrap().at.words(), "2025-10-15T18:00:00+05:00");
}

#[test]
fn what_is_only_wanted_makes_no_truce_and_what_was_ended_makes_one() {
    let wanted = [Status::Demanded, Status::Possible, Status::Hypothetical, Status::Planned];
    let claims = wanted.iter().enumerate().map(|(i, s)| truce(&format!("w{i}"), "declared").status(*s)).collect();
    assert!(World::of(claims).ceasefires("2025-10-31").is_empty());
    let ended =
        with(claim("ended").code("SANCTION").by("GRP").against("AAA.GOV").between("2022-11-01", "2022-11-30"), "ended");
    let truce = World::of(vec![ended.published("2024-12-22")]).one("2025-10-31");
    check(
        &truce,
        "2022-10-01 => unknown
         2022-11-10 => unknown
         2022-12-01 => ended",
    );
    assert_eq!((truce.outcome.end, truce.outcome.days), (Some(End::Collapsed), None));
    assert_eq!(truce.parties.iter().map(|s| s.key.as_str()).collect::<Vec<_>>(), ["AAA", "GRP"]);
}

#[test]
fn a_copy_is_no_second_voice_and_conflicting_hours_stand_side_by_side() {
    let mut claims = two_days();
    claims.push(truce("late", "effective").from("2025-10-16T06:00:00+05:00").published("2025-10-16"));
    let mut world = World::of(claims);
    let copy = truce("copied", "effective").from("2025-10-16T06:00:00+05:00").published("2025-10-16");
    world.claims.push((copy, "Echo", Some(document_id("late"))));
    world.claims.push((truce("third", "effective").from("2025-10-15T18:00:00+05:00"), "Wire", None));
    let truce = world.one("2025-10-31");
    let begins = truce.clock.begins.as_ref().unwrap();
    assert_eq!(begins.at.words(), "2025-10-15T18:00:00+05:00");
    assert!(begins.why.contains("; 2025-10-16T06:00:00+05:00 according to Echo"), "{}", begins.why);
    let said: Vec<_> = truce.clock.said(Act::Effective, Stance::Said).collect();
    assert_eq!(said.len(), 2);
    assert!(said[1].voices.iter().any(|v| v.copy && v.who == "Echo"));
}

/// Strikes of A on B's soil in the evening of the 17th, which B calls a breach and A does not deny.
fn broken() -> World {
    let mut claims = extended();
    claims.push(
        with(claim("broke").by("AAA").said_by("BBB.GOV", Attitude::Asserts), "violated")
            .between("2025-10-17T18:30:00", "2025-10-17T23:59:00")
            .province("BBB", "South")
            .published("2025-10-18"),
    );
    claims.push(
        claim("strike")
            .by("AAA.MIL")
            .on("2025-10-17")
            .province("BBB", "South")
            .civilians_killed(10.0)
            .published("2025-10-18"),
    );
    claims.push(
        claim("denial")
            .by("AAA.MIL")
            .on("2025-10-17")
            .province("BBB", "South")
            .said_by("AAA.GOV", Attitude::Denies)
            .published("2025-10-18"),
    );
    World::of(claims).incident(&["strike", "denial"]).incident(&["broke"])
}

#[test]
fn a_breach_has_its_accuser_its_accused_and_its_denial() {
    let truce = broken().one("2025-10-31");
    let [breach] = &truce.breaches[..] else { panic!("{:#?}", truce.breaches) };
    let ids: Vec<&str> = breach.incidents.iter().map(IncidentId::as_str).collect();
    assert_eq!(ids, ["inc_strike", "inc_broke"]);
    assert_eq!((breach.accused.join(" "), breach.against.join(" ")), ("AAA".to_owned(), "BBB".to_owned()));
    let [Ground::Stated { accusers }, Ground::ByDefinition { why }] = &breach.grounds[..] else {
        panic!("{:#?}", breach.grounds)
    };
    assert_eq!(accusers[0].who, "BBB.GOV");
    assert!(why.contains("while an extension is spoken of"), "{why}");
    // After the 48 hours, and inside them only if they were extended.
    assert_eq!(breach.position, Position::InExtension);
    assert_eq!(breach.denied_by[0].who, "AAA.GOV");
    assert_eq!(breach.dead, Some((10.0, Some(10.0))));
}

#[test]
fn a_hostile_incident_in_the_clock_is_a_breach_by_definition_and_others_are_apart() {
    let mut claims = two_days();
    claims.push(claim("shots").by("BBB.MIL").against("AAA.MIL").on("2025-10-16").published("2025-10-16"));
    claims.push(claim("raid").by("GRP").against("AAA.MIL").on("2025-10-16").published("2025-10-16"));
    claims.push(claim("gunmen").against("AAA.MIL").on("2025-10-16").published("2025-10-16"));
    claims.push(claim("before").by("BBB.MIL").against("AAA.MIL").on("2025-10-14").published("2025-10-15"));
    claims.push(claim("that_day").by("BBB.MIL").against("AAA.MIL").on("2025-10-15").published("2025-10-15"));
    claims.push(
        claim("vague").by("BBB.MIL").against("AAA.MIL").between("2025-10-01", "2025-10-31").published("2025-10-31"),
    );
    let mut harbours =
        claim("harbours").code("HARBOURS").by("BBB").against("GRP").said_by("AAA.GOV", Attitude::Alleges);
    harbours.0.kind = "tie".into();
    claims.push(harbours);
    let world = World::of(claims);
    let world =
        ["shots", "raid", "gunmen", "before", "that_day", "vague"].iter().fold(world, |w, name| w.incident(&[name]));
    let truce = world.one("2025-10-31");
    let breaches: Vec<(&str, Position)> =
        truce.breaches.iter().map(|b| (b.incidents[0].as_str(), b.position)).collect();
    assert_eq!(breaches, [("inc_that_day", Position::OnTheEdge), ("inc_shots", Position::Inside)]);
    assert!(truce.breaches.iter().all(|b| matches!(b.grounds[..], [Ground::ByDefinition { .. }])));
    let others: Vec<(&str, usize)> = truce.by_others.iter().map(|o| (o.incident.as_str(), o.group.len())).collect();
    assert_eq!(others, [("inc_gunmen", 0), ("inc_raid", 1)]);
    let belonging = &truce.by_others[1].belonging[0];
    assert_eq!(
        (belonging.party.as_str(), belonging.tie.as_str(), belonging.said_by[0].who.as_str()),
        ("BBB", "HARBOURS", "AAA.GOV")
    );
    // Grace takes the first hours out.
    let mut lenient = Definitions::embedded();
    lenient.violation.grace_hours = 48;
    assert!(world.by(&lenient, "2025-10-31")[0].breaches.is_empty());
}

#[test]
fn so_many_violations_are_a_collapse() {
    let mut claims = vec![truce("agreed", "declared").on("2025-10-01").published("2025-10-01")];
    let days = ["2025-10-03", "2025-10-10", "2025-10-12", "2025-10-13"];
    let names = ["s0", "s1", "s2", "s3"];
    for (name, day) in names.iter().zip(days) {
        claims.push(claim(name).by("BBB.MIL").against("AAA.MIL").on(day).killed(9.0).published(day));
    }
    let world = names.iter().fold(World::of(claims), |w, n| w.incident(&[n]));
    let truce = world.one("2025-10-31");
    let collapse = truce.collapse.as_ref().unwrap();
    assert_eq!(collapse.at.words(), "2025-10-13");
    assert_eq!((collapse.incidents.len(), collapse.dead), (3, 27.0));
    assert_eq!((truce.outcome.end, truce.outcome.days), (Some(End::Collapsed), Some(12.0)));
    // Nobody said that it was over: how it stood is not what the definition says.
    assert_eq!(truce.state_at(when("2025-10-20")).state, State::InForce);
}

#[test]
fn no_report_is_no_quiet() {
    let mut claims = vec![truce("agreed", "declared").on("2025-10-10").published("2025-10-10")];
    claims.push(claim("before").by("BBB.MIL").against("AAA.MIL").on("2025-10-04").published("2025-10-05"));
    claims.push(claim("after").by("BBB.MIL").against("AAA.MIL").on("2025-10-30").published("2025-10-30"));
    for name in ["r1", "r2"] {
        claims.push(claim(name).code("CONSULT").by("AAA").published("2025-10-12"));
    }
    let world = World::of(claims)
        .incident(&["before"])
        .incident(&["after"])
        .report("agreed", "2025-10-10")
        .report("before", "2025-10-05")
        .report("after", "2025-10-30")
        .report("r1", "2025-10-14")
        .report("r2", "2025-10-18")
        .report("of_others", "2025-10-22");
    let truce = world.one("2025-11-05");
    let (before, after) = (truce.quiet_before.unwrap(), truce.quiet_after.unwrap());
    assert_eq!((before.days, before.bounded_by.unwrap().as_str()), (6, "inc_before"));
    assert_eq!((after.days, after.bounded_by.as_ref().unwrap().as_str()), (20, "inc_after"));
    assert!(after.words.contains("no report was read for 2025-10-19 to 2025-10-26"), "{}", after.words);
    let lulls: Vec<(String, i64)> = truce.lulls.iter().map(|l| (l.days.from.to_string(), l.length)).collect();
    assert_eq!(lulls, [("2025-10-10".to_owned(), 9)]);
}

#[test]
fn what_names_one_side_or_none_comes_to_the_truce_of_its_report() {
    let mut claims = two_days();
    // "The 48-hour truce, which began at 6 p.m. on Wednesday": the report names both elsewhere.
    claims
        .push(with(claim("bare"), "effective").from("2025-10-15T18:00:00").published("2025-10-18").in_document("late"));
    claims.push(claim("talks").code("CONSULT").by("AAA").against("BBB").published("2025-10-18").in_document("late"));
    claims.push(with(claim("elsewhere"), "effective").from("2025-10-15T18:00:00").published("2025-10-18"));
    let truce = World::of(claims).one("2025-10-31");
    let ids: Vec<&str> = truce.claims.iter().map(model::ClaimId::as_str).collect();
    assert_eq!(ids, ["clm_agreed", "clm_bare", "clm_began"]);
    // The same hour, without its zone, is no other hour.
    assert_eq!(truce.clock.said(Act::Effective, Stance::Said).count(), 1);
}

#[test]
fn a_movement_in_power_is_its_state() {
    let mut of_movement = party("MOVEMENT");
    of_movement.acts_as = model::PartyId::new("BBB.GOV").ok();
    let mut claims = two_days();
    let mut over = with(claim("over").by("AAA").code("SANCTION").on("2025-10-16").published("2025-10-16"), "ended");
    over.0.recipient.push(of_movement);
    claims.push(over);
    let truce = World::of(claims).one("2025-10-31");
    assert_eq!(truce.outcome.end, Some(End::Collapsed));
    assert_eq!(truce.parties[1].named.len(), 2);
}

proptest! {
    /// In whatever order claims come, the answer is the same.
    #[test]
    fn order_is_of_no_consequence(order in Just((0..9_usize).collect::<Vec<_>>()).prop_shuffle()) {
        let world = broken();
        let expected = serde_json::to_value(world.ceasefires("2025-10-31")).unwrap();
        let mut shuffled = broken();
        prop_assert_eq!(shuffled.claims.len(), order.len());
        let claims = std::mem::take(&mut shuffled.claims);
        shuffled.claims = order.iter().map(|&i| claims[i].clone()).collect();
        shuffled.incidents.reverse();
        prop_assert_eq!(serde_json::to_value(shuffled.ceasefires("2025-10-31")).unwrap(), expected);
    }
}
