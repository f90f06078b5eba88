//! What an incident is made of, and what may be held of it.

use analysis::incidents::independence::Told;
use analysis::incidents::measure::made::{Made, claim, document_id, effect, party};
use analysis::incidents::{NoFacts, PublisherFacts, account};
use model::record::{AttributionRecord, EffectRecord};
use model::{Attitude, DocumentId, EffectKind, Incident, IncidentId, PartyId, Standing, Status};

/// A made-up world of publications: Wire is an agency, Echo and Mirror have one owner, Herald is the voice of A's state.
struct Facts;

impl PublisherFacts for Facts {
    fn publication(&self, name: &str) -> Option<String> {
        ["Wire", "Echo", "Mirror", "Herald", "Gazette"].contains(&name).then(|| name.to_owned())
    }
    fn owner(&self, publisher: &str) -> Option<String> {
        ["Echo", "Mirror"].contains(&publisher).then(|| "Glass Group".to_owned())
    }
    fn party(&self, publisher: &str) -> Option<PartyId> {
        (publisher == "Herald").then(|| PartyId::new("AAA.GOV").unwrap())
    }
    fn is_wire(&self, publisher: &str) -> bool {
        publisher == "Wire"
    }
}

/// A's army struck B and killed twelve; each claim in a report of its own.
fn strike(name: &str, day: u32) -> Made {
    claim(name).by("AAA.MIL").against("BBB").on("2025-10-15").killed(12.0).published(&format!("2025-10-{day:02}"))
}

fn incident(claims: &[(Made, &str)], facts: &dyn PublisherFacts) -> Incident {
    copied(&claims.iter().map(|(made, publisher)| (made.clone(), *publisher, None)).collect::<Vec<_>>(), facts)
}

fn copied(claims: &[(Made, &str, Option<DocumentId>)], facts: &dyn PublisherFacts) -> Incident {
    let told: Vec<Told> = claims
        .iter()
        .map(|(made, publisher, copy)| Told { claim: &made.0, publisher: Some(publisher), copy_of: copy.as_ref() })
        .collect();
    account(IncidentId::of([b"x".as_slice()]), &told, facts)
}

fn check(claims: &[(Made, &str)], standing: Standing) {
    let found = incident(claims, &Facts);
    assert_eq!(found.standing, standing, "{}", found.grounds);
}

/// Passed on by another publication: "Wire reported".
fn relayed(made: Made, wire: &str) -> Made {
    made.said_by(wire, Attitude::Asserts)
}

#[test]
fn one_voice_reports_and_two_corroborate() {
    check(&[(strike("a", 15), "Gazette")], Standing::Reported);
    check(&[(strike("a", 15), "Gazette"), (strike("b", 15), "Wire")], Standing::Corroborated);
    check(&[(strike("a", 15), "Gazette"), (strike("b", 16), "Gazette")], Standing::Reported);
    check(&[(strike("a", 15), "Echo"), (strike("b", 15), "Mirror")], Standing::Reported);
    // Where nothing is known of owners, two names are two.
    let unknown = incident(&[(strike("a", 15), "Echo"), (strike("b", 15), "Mirror")], &NoFacts);
    assert_eq!(unknown.standing, Standing::Corroborated);
    assert_eq!(unknown.grounds, "Echo and Mirror say so, and share no parent, owner or quoted source.");
}

#[test]
fn relays_copies_and_rows_corroborate_nothing() {
    check(
        &[(relayed(strike("a", 15), "Wire"), "Gazette"), (relayed(strike("b", 15), "Wire"), "Echo")],
        Standing::Reported,
    );
    check(&[(strike("a", 15), "Wire"), (relayed(strike("b", 15), "Wire"), "Echo")], Standing::Reported);
    let copy = (strike("b", 15), "Echo", Some(document_id("a")));
    let of_copies = copied(&[(strike("a", 15), "Wire", None), copy], &Facts);
    assert_eq!((of_copies.standing, of_copies.publishers), (Standing::Reported, vec!["Wire".to_owned()]));
    check(&[(strike("a", 15), "Wire"), (strike("b", 15).row("ged", "22.1", "7"), "UCDP")], Standing::Reported);
    // Two outlets that quote one spokesman have one source, and a report adds nothing to whom it quotes.
    let spokesman = |name: &str| strike(name, 15).said_by("BBB.POL", Attitude::Asserts);
    check(&[(spokesman("a"), "Gazette"), (spokesman("b"), "Wire")], Standing::Reported);
    check(
        &[(spokesman("a").in_document("one"), "Gazette"), (strike("b", 15).in_document("one"), "Gazette")],
        Standing::Reported,
    );
    // "Officials" and "reports" may be anybody.
    let unnamed = |name: &str, words: &str| {
        let mut made = strike(name, 15).said_by("X", Attitude::Asserts);
        made.0.asserter = Some(model::record::PartyRecord { id: None, mention: Some(words.into()), ..party("X") });
        made.0.attribution[0].party.clone_from(&made.0.asserter);
        made
    };
    check(&[(strike("a", 15), "Gazette"), (unnamed("b", "Officials"), "Wire")], Standing::Reported);
    check(&[(strike("a", 15), "Gazette"), (unnamed("b", "Mayor Doe"), "Wire")], Standing::Corroborated);
    let mut hearsay = strike("b", 15);
    hearsay.0.attribution.push(AttributionRecord { party: None, attitude: Attitude::Asserts, span: None });
    check(&[(strike("a", 15), "Gazette"), (hearsay, "Wire")], Standing::Reported);
}

#[test]
fn parties_are_independent_by_root() {
    let said = |name: &str, by: &str| strike(name, 15).said_by(by, Attitude::Asserts);
    check(&[(said("a", "BBB.POL"), "Gazette"), (said("b", "BBB.GOV"), "Wire")], Standing::Reported);
    check(&[(said("a", "BBB.POL"), "Gazette"), (said("b", "AAA.MIL"), "Wire")], Standing::Corroborated);
    check(&[(said("a", "BBB.POL"), "Gazette"), (said("b", "UNO").in_document("a"), "Gazette")], Standing::Corroborated);
    // A state's broadcaster speaks for the state.
    check(&[(said("a", "AAA.MIL"), "Gazette"), (strike("b", 15), "Herald")], Standing::Reported);
    let alleged = said("b", "CCC").attitude(Attitude::Alleges);
    check(&[(said("a", "BBB.POL"), "Gazette"), (alleged, "Wire")], Standing::Reported);
}

#[test]
fn who_is_involved_disputes_and_others_do_not() {
    let denied = |by: &str| claim("d").by("AAA.MIL").against("BBB").on("2025-10-15").said_by(by, Attitude::Denies);
    check(&[(strike("a", 15), "Gazette"), (strike("b", 15), "Wire"), (denied("AAA.GOV"), "Wire")], Standing::Disputed);
    check(&[(strike("a", 15), "Gazette"), (denied("BBB.MIL"), "Wire")], Standing::Disputed);
    check(&[(strike("a", 15), "Gazette"), (denied("CCC"), "Wire")], Standing::Reported);
    check(
        &[
            (strike("a", 15), "Gazette"),
            (claim("d").by("AAA.MIL").status(Status::DidNotOccur).published("2025-10-16"), "Herald"),
        ],
        Standing::Disputed,
    );
    check(&[(denied("AAA.GOV"), "Wire")], Standing::Denied);
    // Differing tolls dispute the toll.
    let other = claim("b").by("AAA.MIL").against("BBB").on("2025-10-15").killed(40.0);
    let found = incident(&[(strike("a", 15), "Gazette"), (other, "Wire")], &Facts);
    assert_eq!(found.standing, Standing::Corroborated);
    assert_eq!((found.effects[0].low, found.effects[0].high), (Some(12.0), Some(40.0)));
    assert_eq!(found.effects[0].by, ["Gazette", "Wire"]);
}

#[test]
fn what_was_taken_back_does_not_stand() {
    let said = strike("a", 15).said_by("BBB.POL", Attitude::Asserts);
    let back = strike("r", 17).said_by("BBB.POL", Attitude::Retracts);
    check(&[(said.clone(), "Gazette"), (back.clone(), "Wire")], Standing::Retracted);
    // On the same day, the hour of only one of the two known: by the day.
    let at_noon = said.clone().published("2025-10-17T12:00:00Z");
    check(&[(at_noon, "Gazette"), (back.clone(), "Wire")], Standing::Retracted);
    check(&[(said.clone(), "Gazette"), (back.clone(), "Wire"), (strike("b", 16), "Gazette")], Standing::Reported);
    // Said again after it was taken back.
    let again = strike("b", 18).said_by("BBB.POL", Attitude::Asserts);
    check(&[(said, "Gazette"), (back, "Wire"), (again, "Gazette")], Standing::Reported);
}

#[test]
fn what_was_taken_back_brings_no_effects() {
    let first = strike("a", 15).said_by("AAA.MIL", Attitude::Asserts);
    let taken_back = strike("b", 16).said_by("AAA.MIL", Attitude::Retracts);
    let other = claim("c").by("AAA.MIL").against("BBB").on("2025-10-15").killed(3.0).published("2025-10-16");
    let found = incident(&[(first, "Wire"), (taken_back, "Wire"), (other, "Gazette")], &Facts);
    assert_eq!(found.accounts.len(), 3, "who said what stays told");
    let killed: Vec<_> = found.effects.iter().map(|e| (e.low, e.high, e.by.clone())).collect();
    assert_eq!(killed, [(Some(3.0), Some(3.0), vec!["Gazette".to_owned()])]);
}

#[test]
fn against_its_own_interest() {
    let own = |made: Made| made.said_by("AAA.MIL", Attitude::Confirms);
    let civilians = claim("a").by("AAA.MIL").against("BBB").civilians_killed(5.0);
    check(&[(own(civilians.clone()), "Gazette")], Standing::Corroborated);
    // A boast is none, nor are the victim's own losses.
    check(&[(own(strike("a", 15)), "Gazette")], Standing::Reported);
    check(&[(civilians.clone().said_by("BBB.GOV", Attitude::Confirms), "Gazette")], Standing::Reported);
    check(&[(own(civilians).undirected(), "Gazette")], Standing::Reported);
}

#[test]
fn tolls_are_revised_and_parts_not_added() {
    let toll = |name: &str, day: u32, n: f64| claim(name).killed(n).published(&format!("2025-10-{day:02}"));
    let running = EffectRecord { cumulative: true, ..effect(EffectKind::Killed, 17.0, 17.0) };
    let with_parts = claim("d")
        .with(effect(EffectKind::Injured, 30.0, 30.0))
        .with(effect(EffectKind::Killed, 20.0, 24.0))
        .with(EffectRecord { part_of: Some(1), ..effect(EffectKind::Killed, 6.0, 6.0) })
        .published("2025-10-18");
    let found = incident(
        &[
            (claim("c").with(effect(EffectKind::Killed, 2.0, 2.0)).with(running).published("2025-10-17"), "Gazette"),
            (toll("a", 15, 12.0), "Gazette"),
            (with_parts, "Gazette"),
            (toll("b", 16, 12.0), "Gazette"),
        ],
        &Facts,
    );
    assert_eq!(found.accounts.len(), 1);
    let account = &found.accounts[0];
    let tolls: Vec<(String, Option<f64>, Option<f64>)> =
        account.tolls.iter().map(|t| (t.published.unwrap().to_string(), t.low, t.high)).collect();
    let expected = [("2025-10-15", 12.0, 12.0), ("2025-10-17", 17.0, 17.0), ("2025-10-18", 20.0, 24.0)];
    assert_eq!(tolls, expected.map(|(day, low, high)| (day.to_owned(), Some(low), Some(high))));
    assert_eq!(account.claims.len(), 4);
    let last: Vec<(EffectKind, Option<f64>, Option<usize>)> =
        account.effects.iter().map(|e| (e.kind, e.low, e.part_of)).collect();
    assert_eq!(
        last,
        [
            (EffectKind::Killed, Some(20.0), None),
            (EffectKind::Killed, Some(6.0), Some(0)),
            (EffectKind::Injured, Some(30.0), None),
        ]
    );
    assert_eq!((found.effects[0].low, found.effects[0].high), (Some(20.0), Some(24.0)));
}

#[test]
fn fields_come_from_the_most_exact_and_nothing_is_averaged() {
    let vague = claim("a").between("2025-10-01", "2025-10-31").province("AFG", "Kandahar").by("AAA").killed(10.0);
    let exact =
        claim("b").on("2025-10-15").town("AFG", "Kandahar", "Spin Boldak", (31.0, 66.4)).by("AAA").mode("aerial");
    let blames = claim("c").on("2025-10-15").by("CCC").said_by("AAA.GOV", Attitude::Asserts);
    let found = incident(&[(vague, "Gazette"), (exact, "Wire"), (blames, "Wire")], &Facts);
    assert_eq!(found.from.unwrap().to_string(), "2025-10-15");
    assert_eq!(found.places[0].name.as_deref(), Some("Spin Boldak"));
    let actors: Vec<String> = found.actor.iter().map(|p| p.id.as_ref().unwrap().to_string()).collect();
    assert_eq!(actors, ["AAA", "CCC"], "each account's own");
    assert_eq!(found.accounts.len(), 3);
    assert_eq!((found.accounts[0].publisher.as_deref(), &found.accounts[0].claimant), (Some("Gazette"), &None));
    assert_eq!(found.accounts[2].claimant, Some(party("AAA.GOV")));
    assert_eq!((found.code.as_str(), found.modes.len()), ("ASSAULT", 1));
}
