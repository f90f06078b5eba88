//! Promises and duties, from claims written by hand.

mod contract;

use std::sync::LazyLock;

use analysis::commitments::{Commitment, Duties, State, Timing, commitments};
use contract::{between, called, claim, on, party, said_by, told};
use model::record::ClaimRecord;
use model::{ClaimId, Status};
use proptest::prelude::*;
use serde_json::{Value, json};

fn duties() -> &'static Duties {
    static DUTIES: LazyLock<Duties> = LazyLock::new(|| Duties::embedded().expect("the lexicon holds"));
    &DUTIES
}

/// Kabul is bound under an instrument (or none), as a report of its own tells.
fn duty(name: &str, instrument: Option<&str>, object: &str) -> Value {
    json!({
        "id": format!("clm_{name}"), "document": format!("doc_{name}"), "kind": "commitment",
        "actor": [called("Kabul", "AFG.GOV")], "status": if instrument.is_some() { "ongoing" } else { "promised" },
        "instrument": instrument, "object": {"span": [0, object.len()], "text": object},
        "evidence": {"span": [0, object.len()], "text": object}
    })
}

/// The same, said to be kept or broken by somebody.
fn kept(name: &str, instrument: Option<&str>, object: &str, who: &str, status: &str) -> Value {
    let mut fields = said_by(duty(name, instrument, object), who);
    fields["status"] = json!(status);
    fields
}

fn with(mut fields: Value, name: &str, value: Value) -> Value {
    fields[name] = value;
    fields
}

fn of(claims: &[Value]) -> Vec<Commitment> {
    let claims: Vec<ClaimRecord> = claims.iter().map(claim).collect();
    commitments(&told(&claims), &[], duties(), None)
}

fn one(claims: &[Value]) -> Commitment {
    let mut found = of(claims);
    assert_eq!(found.len(), 1, "{found:#?}");
    found.remove(0)
}

const SOIL: &str = "not allow any group to use Afghan soil against other countries";

#[test]
fn duties_take_their_examples_and_leave_the_tempting() {
    for duty in duties().all() {
        let is = |object: &str| duties().of(object).iter().any(|d| d.id == duty.id);
        for object in &duty.yes {
            assert!(is(object), "{}: {object}", duty.id);
        }
        for object in &duty.no {
            assert!(!is(object), "{}: {object}", duty.id);
        }
    }
}

#[test]
fn several_reports_of_one_duty_are_one() {
    let found = one(&[
        duty("a", Some("the Doha Agreement"), SOIL),
        with(
            duty("b", Some("the agreement signed in Doha"), "not let any armed group use its soil against others"),
            "published",
            json!("2025-12-01"),
        ),
    ]);
    assert_eq!(found.instrument.as_deref(), Some("the Doha Agreement"));
    assert_eq!((found.object.as_deref(), found.objects.len(), found.said.len()), (Some(SOIL), 2, 2));
    assert_eq!(found.duties, ["soil_not_used"]);
    assert_eq!(
        (found.state, found.grounds.as_str()),
        (State::Stands, "doc_a and doc_b say so; nobody says that it was kept or broken.")
    );
}

#[test]
fn other_duties_stay_apart() {
    let check = |a: Value, b: Value| assert_eq!(of(&[a.clone(), b.clone()]).len(), 2, "{a} {b}");
    let first = || duty("a", Some("the Doha Agreement"), SOIL);
    // Another instrument, another holder, another object, a promise beside a duty, a promise to somebody else.
    check(first(), duty("b", Some("the Geneva Accords"), SOIL));
    check(first(), with(duty("b", Some("the Doha Agreement"), SOIL), "actor", json!([party("PAK")])));
    check(first(), duty("b", Some("the Doha Agreement"), "open an embassy in Delhi"));
    check(first(), duty("b", None, SOIL));
    check(
        with(duty("a", None, SOIL), "recipient", json!([party("IND")])),
        with(duty("b", None, SOIL), "recipient", json!([party("PAK")])),
    );
    // What is promised again in another year is promised anew.
    check(duty("a", None, SOIL), with(duty("b", None, SOIL), "published", json!("2024-01-10")));
    // What is demanded or possible binds nobody.
    assert!(of(&[with(duty("a", None, SOIL), "status", json!("demanded"))]).is_empty());
}

#[test]
fn kept_and_broken_stay_in_the_mouths_of_those_who_say_so() {
    let check = |more: &[Value], state: State, grounds: &str| {
        let first = duty("a", Some("the Doha Agreement"), SOIL);
        let all: Vec<Value> = std::iter::once(first).chain(more.iter().cloned()).collect();
        let found = one(&all);
        assert_eq!((found.state, found.grounds.as_str()), (state, grounds));
    };
    let broken = |who: &str| kept("b", Some("the Doha Agreement"), SOIL, who, "did_not_occur");
    check(&[broken("PAK")], State::SaidBroken, "PAK says that it was broken; nobody denies it.");
    let denied = with(kept("c", Some("the Doha Agreement"), SOIL, "AFG", "did_not_occur"), "attitude", json!("denies"));
    check(&[broken("PAK"), denied.clone()], State::Disputed, "PAK says that it was broken; AFG says that it was not.");
    check(
        &[denied],
        State::Stands,
        "doc_a says so; AFG denies that it was broken; nobody says that it was kept or broken.",
    );
    let honoured = kept("d", None, SOIL, "UNO", "occurred");
    check(
        std::slice::from_ref(&honoured),
        State::SaidKept,
        "UNO says that it was kept; nobody says that it was broken.",
    );
    check(&[broken("PAK"), honoured], State::Disputed, "PAK says that it was broken; UNO says that it was not.");
}

#[test]
fn an_instrument_broken_as_a_whole_is_every_duty_under_it() {
    let whole = with(kept("c", Some("the Doha Agreement"), SOIL, "PAK", "did_not_occur"), "object", Value::Null);
    let found = of(&[
        duty("a", Some("the Doha Agreement"), SOIL),
        duty("b", Some("the Doha Agreement"), "release 5,000 prisoners"),
        whole.clone(),
    ]);
    assert_eq!(found.iter().map(|c| c.state).collect::<Vec<_>>(), [State::SaidBroken, State::SaidBroken]);
    // Where no duty under it is known, it is told by its breach alone.
    let found = one(&[whole]);
    assert_eq!((found.object, found.instrument.as_deref()), (None, Some("the Doha Agreement")));
}

#[test]
fn accusations_and_violations_are_heard() {
    let accused = json!({
        "id": "clm_b", "type": "ACCUSE", "actor": [party("PAK")], "recipient": [party("AFG.GOV")],
        "evidence": {"span": [0, 60], "text": "Islamabad accused Kabul of violating the Doha Agreement again"}
    });
    let found = one(&[duty("a", Some("the Doha Agreement"), SOIL), accused]);
    assert_eq!((found.state, found.broken[0].by.name.as_str()), (State::SaidBroken, "doc_x"));
    let violated = json!({
        "id": "clm_b", "type": "ASSAULT", "actor": [party("AFG.MIL")], "recipient": [party("PAK")], "time": on("2025-11-05"),
        "terms": {"act": "violated", "form": null, "from": null, "to": null, "duration_hours": null, "area": null, "mediator": null}
    });
    let truce = with(duty("a", Some("the ceasefire"), "halt all fire"), "recipient", json!([party("PAK")]));
    assert_eq!(one(&[truce.clone(), violated.clone()]).state, State::SaidBroken);
    // Of other parties, or before it began, it is another truce.
    let others = with(violated.clone(), "actor", json!([party("IND")]));
    assert_eq!(one(&[truce.clone(), others]).state, State::Stands);
    let before = with(violated, "time", on("2025-10-01"));
    assert_eq!(one(&[truce, before]).state, State::Stands);
}

#[test]
fn what_would_contradict_a_duty_is_inferred_and_moves_no_status() {
    let shelters = |attitude: &str, who: &str| {
        let fields = json!({
            "id": format!("clm_tie_{attitude}"), "kind": "tie", "type": "HARBOURS", "actor": [party("AFG")],
            "recipient": [party("TTP")], "published": "2024-12-27"
        });
        with(said_by(fields, who), "attitude", json!(attitude))
    };
    let first = duty("a", Some("the Doha Agreement"), SOIL);
    let found = one(&[first.clone(), shelters("alleges", "PAK"), shelters("denies", "AFG.GOV")]);
    assert_eq!(found.state, State::Stands);
    let [inferred] = &found.inferred[..] else { panic!("{:?}", found.inferred) };
    assert!(inferred.contradicts && inferred.inferred);
    assert_eq!(
        inferred.why,
        "HARBOURS by AFG → TTP would contradict a duty not to let its soil be used against others"
    );
    let by = |sayings: &[analysis::commitments::Saying]| sayings.iter().map(|s| s.by.name.clone()).collect::<Vec<_>>();
    assert_eq!((by(&inferred.says), by(&inferred.denies)), (vec!["PAK".to_owned()], vec!["AFG.GOV".to_owned()]));
    assert_eq!(inferred.timing, Timing::BeforeFirstReport);
    // What is only denied contradicts nothing; what went before the duty began does not either.
    assert!(one(&[first.clone(), shelters("denies", "AFG.GOV")]).inferred.is_empty());
    assert!(one(&[with(first, "time", on("2025-03-01")), shelters("alleges", "PAK")]).inferred.is_empty());
}

#[test]
fn an_attack_counts_against_those_to_whom_peace_is_owed() {
    let attack = |name: &str, on: &str| {
        json!({"id": format!("clm_{name}"), "type": "ASSAULT", "actor": [party("AFG.MIL")], "recipient": [party(on)],
            "published": "2025-11-09"})
    };
    let promise = with(duty("a", None, "not attack Pakistani forces"), "recipient", json!([party("PAK")]));
    let found = one(&[promise, attack("b", "PAK.MIL"), attack("c", "TJK")]);
    let whys: Vec<&str> = found.inferred.iter().map(|i| i.why.as_str()).collect();
    assert_eq!(whys, ["ASSAULT by AFG → PAK would contradict a duty not to attack"]);
}

#[test]
fn dates_conditions_and_ends_are_told() {
    let words = "Kabul would hold its fire as long as the other side did not break it, he said";
    let held = with(
        with(duty("a", Some("the ceasefire"), "hold its fire"), "evidence", json!({"span": [0, 70], "text": words})),
        "time",
        between("2025-10-15", "2025-10-17"),
    );
    let found = one(std::slice::from_ref(&held));
    assert_eq!(found.conditions[0].text, "as long as the other side did not break it");
    let at = |day: &str| {
        let claims = [claim(&held)];
        commitments(&told(&claims), &[], duties(), Some(day.parse().unwrap())).remove(0).state
    };
    assert_eq!((at("2025-10-17"), at("2025-10-18")), (State::Stands, State::Lapsed));
    let ended = json!({
        "id": "clm_b", "type": "SANCTION", "actor": [party("AFG")], "time": on("2025-10-16"),
        "terms": {"act": "ended", "form": null, "from": null, "to": null, "duration_hours": null, "area": null, "mediator": null}
    });
    assert_eq!(one(&[held, ended]).state, State::Withdrawn);
    let denied =
        with(said_by(duty("a", Some("the text"), "recognise the frontier"), "AFG"), "attitude", json!("denies"));
    assert_eq!(one(&[denied]).state, State::Denied);
}

fn any_claims() -> impl Strategy<Value = Vec<ClaimRecord>> {
    let object =
        prop::sample::select(vec![SOIL, "not let its soil be used", "reopen the crossing", "open the crossing"]);
    let paper = prop::sample::select(vec![None, Some("the Doha Agreement"), Some("the accord")]);
    let status = prop::sample::select(vec!["ongoing", "promised", "occurred", "did_not_occur", "demanded"]);
    let day = prop::sample::select(vec!["2025-10-01", "2025-10-20", "2025-12-24"]);
    prop::collection::vec((object, paper, status, day), 1..9).prop_map(|all| {
        let made = |(i, (object, paper, status, day)): (usize, (&str, Option<&str>, &str, &str))| {
            let fields = with(duty(&i.to_string(), paper, object), "status", json!(status));
            claim(&with(fields, "published", json!(day)))
        };
        all.into_iter().enumerate().map(made).collect()
    })
}

proptest! {
    #[test]
    fn order_does_not_matter_and_nothing_told_is_lost(claims in any_claims(), seed in any::<u64>()) {
        let found = commitments(&told(&claims), &[], duties(), None);
        let mut turned = claims.clone();
        turned.sort_by_key(|c| c.id.as_str().bytes().fold(seed, |h, b| h.rotate_left(7) ^ u64::from(b)));
        prop_assert_eq!(&found, &commitments(&told(&turned), &[], duties(), None));
        let mut heard: Vec<ClaimId> = found
            .iter()
            .flat_map(|c| [&c.said, &c.denied, &c.kept, &c.kept_denied, &c.broken, &c.broken_denied])
            .flatten()
            .map(|s| s.claim.clone())
            .collect();
        heard.sort();
        let mut binding: Vec<ClaimId> =
            claims.iter().filter(|c| c.status != Status::Demanded).map(|c| c.id.clone()).collect();
        binding.sort();
        prop_assert_eq!(heard, binding);
    }
}
