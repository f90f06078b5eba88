//! Ties as told: who says so, who denies it, since when; what stands on a day, in twos and threes.

use std::collections::BTreeMap;

use analysis::Told;
use analysis::incidents::measure::made::{Made, claim, claim_id, document_id, party, place};
use analysis::incidents::{NoFacts, PublisherFacts};
use analysis::ties::{
    Act, Balance, Interest, Network, Sign, Tie, TieStanding, Ties, Window, acts, intervals, network, triads,
};
use jiff::civil::Date;
use model::record::{AttributionRecord, LinkRecord, PartyRecord, PlaceRecord, TimeRecord};
use model::time::Granularity;
use model::{Attitude, Basis, PartyId, Precision, Rel, Status};
use proptest::prelude::*;

/// Herald is the voice of A's state.
struct Facts;

impl PublisherFacts for Facts {
    fn publication(&self, name: &str) -> Option<String> {
        (name == "Herald").then(|| name.to_owned())
    }
    fn owner(&self, _: &str) -> Option<String> {
        None
    }
    fn party(&self, publisher: &str) -> Option<PartyId> {
        (publisher == "Herald").then(|| PartyId::new("AAA.GOV").unwrap())
    }
    fn is_wire(&self, _: &str) -> bool {
        false
    }
}

/// A claim of a tie, in a report of a day of 2025.
fn tie(name: &str, code: &str, from: &str, to: &str, day: &str) -> Made {
    let mut made =
        claim(name).code(code).by(from).against(to).status(Status::Ongoing).published(&format!("2025-{day}"));
    made.0.kind = "tie".into();
    made
}

/// A tie of both sides, as the coder gives it: all parties are actors.
fn mutual(name: &str, code: &str, a: &str, b: &str, day: &str) -> Made {
    let mut made = tie(name, code, a, b, day);
    made.0.actor.append(&mut made.0.recipient);
    made.0.reciprocal = true;
    made
}

/// "AAA harbours GGG", said by C.
fn harbours(name: &str, day: &str) -> Made {
    tie(name, "HARBOURS", "AAA.GOV", "GGG", day).said_by("CCC", Attitude::Alleges)
}

fn time(made: Made, from: Option<&str>, to: Option<&str>, granularity: Granularity) -> Made {
    let mut made = made;
    let when = |text: &str| text.parse().unwrap();
    made.0.time = Some(TimeRecord { mention: None, span: None, from: from.map(when), to: to.map(when), granularity });
    made
}

fn told(claims: &[Made]) -> Vec<Told<'_>> {
    claims.iter().map(|made| Told { claim: &made.0, publisher: Some("Gazette"), copy_of: None }).collect()
}

fn ties(claims: &[Made]) -> Ties {
    let told = told(claims);
    intervals(&told, &happenings(claims), &Facts)
}

fn happenings(claims: &[Made]) -> Vec<Act> {
    acts(&told(claims), &BTreeMap::new())
}

fn only(claims: &[Made]) -> Tie {
    let mut found = ties(claims).ties;
    assert_eq!(found.len(), 1, "{found:#?}");
    found.remove(0)
}

fn check(claims: &[Made], standing: TieStanding) -> Tie {
    let tie = only(claims);
    assert_eq!(tie.standing, standing, "{tie:#?}");
    tie
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn voices(voices: &[analysis::ties::Voice]) -> Vec<(&str, usize)> {
    voices.iter().map(|v| (v.who.as_str(), v.claims.len())).collect()
}

#[test]
fn the_same_tie_told_by_several_is_one() {
    let named = |made: Made, id: &str| {
        let mut made = made;
        made.0.actor = vec![PartyRecord { name: Some(format!("Name of {id}").into()), ..party(id) }];
        made
    };
    let tie = check(
        &[
            named(harbours("a", "01-05"), "AAA.GOV"),
            named(harbours("b", "03-01"), "AAA.MIL"),
            named(harbours("c", "02-01").said_by("UNO.MT", Attitude::Asserts), "AAA"),
        ],
        TieStanding::Asserted,
    );
    assert_eq!((tie.from.key.as_str(), tie.from.name.as_str()), ("AAA", "Name of AAA"));
    assert_eq!(tie.from.named_as, ["AAA", "AAA.GOV", "AAA.MIL"], "the parts stay visible");
    assert_eq!((tie.first_said, tie.last_said), (Some(day("2025-01-05")), Some(day("2025-03-01"))));
    assert_eq!(tie.since, None, "no text says since when");
    assert_eq!(voices(&tie.asserted_by), [("CCC", 2), ("UNO", 1)]);
    assert_eq!(tie.asserted_by[1].spoke_as, ["UNO.MT"]);
    assert_eq!(tie.words, "Name of AAA harbours GGG");
}

#[test]
fn a_group_that_rules_is_its_state_and_was_itself_before() {
    let by = |name: &str, acts_as: Option<&str>| {
        let mut made = harbours(name, "01-05");
        made.0.actor = vec![PartyRecord { acts_as: acts_as.and_then(|id| PartyId::new(id).ok()), ..party("RRR") }];
        made
    };
    let found = ties(&[by("a", Some("AAA.GOV")), by("b", None)]);
    let from: Vec<&str> = found.ties.iter().map(|t| t.from.key.as_str()).collect();
    assert_eq!(from, ["AAA", "RRR"]);
    assert_eq!(found.ties[0].from.named_as, ["RRR"]);
}

#[test]
fn denials_dispute_and_alone_deny() {
    let denied = |name: &str, by: &str| tie(name, "HARBOURS", "AAA", "GGG", "02-01").said_by(by, Attitude::Denies);
    let disputed = check(&[harbours("a", "01-05"), denied("d", "AAA.GOV")], TieStanding::Disputed);
    assert_eq!(voices(&disputed.denied_by), [("AAA", 1)]);
    check(&[denied("d", "AAA.GOV")], TieStanding::Denied);
    // A plain negative of whoever never said so is a denial: "it had never financed them".
    let never =
        tie("n", "HARBOURS", "AAA", "GGG", "02-01").status(Status::DidNotOccur).said_by("AAA", Attitude::Asserts);
    let found = check(&[harbours("a", "01-05"), never], TieStanding::Disputed);
    assert_eq!(found.until, None);
    // A voice counts by its last word: who owns up does not deny any more.
    let owns_up = harbours("o", "03-01").said_by("AAA.MIL", Attitude::Confirms);
    let admitted = check(&[harbours("a", "01-05"), denied("d", "AAA.GOV"), owns_up], TieStanding::Asserted);
    assert!(!admitted.denied_by[0].stands && admitted.asserted_by.iter().all(|v| v.stands));
}

#[test]
fn silence_ends_nothing_and_words_do() {
    let said = check(&[harbours("a", "01-05")], TieStanding::Asserted);
    assert_eq!((said.until, said.last_said), (None, Some(day("2025-01-05"))));
    // Who said so says that it is so no more.
    let over = harbours("b", "06-01").status(Status::DidNotOccur);
    let ended = check(&[harbours("a", "01-05"), over.clone()], TieStanding::Ended);
    let until = ended.until.unwrap();
    assert_eq!((until.day, until.granularity), (day("2025-06-01"), None), "by the day of the report");
    // And somebody says so again.
    check(&[harbours("a", "01-05"), over, harbours("c", "07-01")], TieStanding::Asserted);
    // Anybody, in words that say so.
    let no_longer =
        tie("b", "HARBOURS", "AAA", "GGG", "06-01").status(Status::DidNotOccur).words("AAA no longer shelters GGG");
    let ended = check(&[harbours("a", "01-05"), no_longer], TieStanding::Ended);
    assert_eq!((voices(&ended.ended_by), ended.denied_by.len()), (vec![("Gazette", 1)], 0));
    // A stretch with its own ends.
    let stretch = time(harbours("s", "06-01"), Some("2015-01-01"), Some("2021-08-15"), Granularity::Range);
    let ended = check(&[stretch], TieStanding::Ended);
    assert_eq!(ended.since.unwrap().day, day("2015-01-01"));
    let until = ended.until.unwrap();
    assert_eq!((until.day, until.granularity), (day("2021-08-15"), Some(Granularity::Range)));
    check(&[harbours("a", "01-05"), harbours("b", "02-05").attitude(Attitude::Retracts)], TieStanding::TakenBack);
}

#[test]
fn since_is_what_a_text_says() {
    // "since May 2021", as it is read on the day of the report.
    let since = time(harbours("a", "01-05"), Some("2021-05-01"), Some("2025-01-05"), Granularity::Range);
    let tie = check(&[since, harbours("b", "01-01")], TieStanding::Asserted);
    let since = tie.since.unwrap();
    assert_eq!((since.day, since.claims), (day("2021-05-01"), vec![claim_id("a")]));
    assert_eq!(tie.until, None);
    // "in 2012" is neither since nor until, and says nothing of now.
    let past = time(harbours("a", "01-05"), Some("2012-01-01"), Some("2012-12-31"), Granularity::Year);
    let tie = check(&[past], TieStanding::Asserted);
    assert_eq!((tie.since, tie.until), (None, None));
    assert_eq!((tie.spans[0].from, tie.spans[0].to), (day("2012-01-01"), Some(day("2012-12-31"))));
    // "on Friday" is the present of the report.
    let friday = time(harbours("a", "01-05"), Some("2025-01-03"), Some("2025-01-03"), Granularity::Day);
    assert_eq!(only(&[friday]).spans[0].to, None);
}

#[test]
fn possible_ties_stand_apart() {
    let maybe = |name: &str| harbours(name, "01-05").status(Status::Possible);
    let tie = check(&[maybe("a"), harbours("b", "01-06").status(Status::Planned)], TieStanding::Possible);
    assert_eq!((tie.asserted_by.len(), voices(&tie.possible_by)), (0, vec![("CCC", 2)]));
    assert_eq!(tie.first_said, None);
    // That it may be so takes nothing back.
    check(&[maybe("a"), harbours("b", "01-01")], TieStanding::Asserted);
    check(&[harbours("a", "01-05").attitude(Attitude::Doubts)], TieStanding::Doubted);
}

#[test]
fn ties_of_both_sides_pair_in_either_order() {
    let found = only(&[
        tie("a", "ALLIED_WITH", "BBB", "AAA", "01-05"),
        mutual("b", "ALLIED_WITH", "AAA", "BBB.MIL", "01-06"),
        mutual("c", "ALLIED_WITH", "BBB", "AAA", "01-07"),
    ]);
    assert!(found.symmetric);
    assert_eq!((found.from.key.as_str(), found.to.key.as_str()), ("AAA", "BBB"));
    // Three who are allied are three ties; whom one arms does not arm it.
    let mut three = mutual("d", "ALLIED_WITH", "AAA", "BBB", "01-05");
    three.0.actor.push(party("CCC"));
    assert_eq!(ties(&[three]).ties.len(), 3);
    let arms = ties(&[tie("a", "ARMS", "AAA", "BBB", "01-05"), tie("b", "ARMS", "BBB", "AAA", "01-05")]);
    assert_eq!(arms.ties.len(), 2);
}

#[test]
fn who_has_an_interest_is_marked() {
    let fought = claim("f").by("CCC.MIL").against("GGG").on("2025-01-01").published("2025-01-02");
    let un = harbours("u", "01-05").said_by("UNO", Attitude::Asserts);
    let denied = harbours("d", "01-06").said_by("AAA.GOV", Attitude::Denies);
    let told_of = only(&[harbours("a", "01-05"), un, fought, denied]);
    let of = |who: &str| {
        told_of.asserted_by.iter().chain(&told_of.denied_by).find(|v| v.who == who).unwrap().interest.clone()
    };
    assert_eq!(of("CCC"), Some(Interest::Opponent { of: "GGG".to_owned(), shown_by: vec![claim_id("f")] }));
    assert_eq!((of("UNO"), of("AAA")), (None, Some(Interest::Party)));
    // A tie of enmity shows it too, and a state's outlet speaks for the state.
    let claims = [harbours("a", "01-05"), mutual("e", "HOSTILE_TO", "CCC", "AAA", "01-01"), {
        tie("h", "HARBOURS", "AAA", "GGG", "01-07").status(Status::DidNotOccur)
    }];
    let mut told = told(&claims);
    told[2].publisher = Some("Herald");
    let found = intervals(&told, &[], &Facts).ties;
    let tie = found.iter().find(|t| t.words.contains("harbours")).unwrap();
    assert!(matches!(&tie.asserted_by[0].interest, Some(Interest::Opponent { of, .. }) if of == "AAA"));
    assert_eq!((tie.denied_by[0].who.as_str(), &tie.denied_by[0].interest), ("Herald", &Some(Interest::Party)));
}

#[test]
fn copies_are_no_second_voices_and_nameless_ends_no_ties() {
    let original = document_id("a");
    let claims = [tie("a", "ARMS", "AAA", "GGG", "01-05"), tie("b", "ARMS", "AAA", "GGG", "01-06")];
    let mut copied = told(&claims);
    (copied[1].publisher, copied[1].copy_of) = (Some("Echo"), Some(&original));
    let found = intervals(&copied, &[], &NoFacts).ties;
    assert_eq!((found[0].asserted_by.len(), found[0].last_said), (1, Some(day("2025-01-05"))));
    let nameless = |name: &str, who: &str, sector: &str| {
        let mut made = tie(name, "HARBOURS", "AAA", "x", "01-05");
        made.0.recipient = vec![PartyRecord { sectors: vec![sector.into()], ..party(who) }];
        made
    };
    let found = ties(&[
        nameless("a", "Militants", "REB"),
        nameless("b", "Amina Khan", "CVL"),
        nameless("c", "the Lunga Front", "REB"),
        tie("d", "HARBOURS", "AAA.GOV", "AAA", "01-05"),
    ]);
    assert_eq!(found.ties.iter().map(|t| t.to.name.as_str()).collect::<Vec<_>>(), ["the Lunga Front"]);
    let aside: Vec<&str> = found.set_aside.iter().map(|s| s.claim.as_str()).collect();
    assert_eq!(aside, ["clm_a", "clm_b", "clm_d"]);
}

#[test]
fn a_force_holds_a_town_and_is_present_in_a_country() {
    let at = |made: Made, name: &str| {
        let mut made = made;
        made.0.recipient.clear();
        made.place(PlaceRecord { name: Some(name.into()), ..place("SDN", Precision::Settlement) })
    };
    let found = ties(&[
        at(tie("a", "CONTROLS_TERRITORY", "RSF", "x", "01-05"), "Nyala"),
        at(tie("b", "CONTROLS_TERRITORY", "RSF", "x", "01-05"), "Zalingei"),
        at(tie("c", "PRESENT_IN", "RSF", "x", "01-05"), "Nyala"),
        at(tie("d", "PRESENT_IN", "RSF", "x", "01-05"), "Zalingei"),
    ]);
    let ends: Vec<(&str, bool)> = found.ties.iter().map(|t| (t.to.key.as_str(), t.to.is_place)).collect();
    assert_eq!(ends, [("SDN", false), ("nyala, SDN", true), ("zalingei, SDN", true)]);
    assert_eq!(found.ties[0].places, ["Nyala", "Zalingei"]);
}

fn on(claims: &[Made], date: &str) -> Network {
    network(&ties(claims), day(date), None)
}

fn words(network: &Network) -> Vec<&str> {
    network.edges.iter().map(|e| e.words.as_str()).collect()
}

#[test]
fn what_stands_on_a_day() {
    let since = time(tie("s", "ARMS", "AAA", "GGG", "06-01"), Some("2020-01-01"), None, Granularity::Year);
    let past =
        time(tie("p", "FUNDS", "AAA", "GGG", "06-01"), Some("2012-01-01"), Some("2012-12-31"), Granularity::Year);
    let over = time(
        tie("o", "ALLIED_WITH", "AAA", "BBB", "06-01"),
        Some("2015-01-01"),
        Some("2021-08-15"),
        Granularity::Range,
    );
    let denied = tie("d", "RECOGNISES", "AAA", "BBB", "06-01").said_by("AAA", Attitude::Denies);
    let all = [since, past, over, denied, tie("n", "SUPPORTS", "AAA", "GGG", "06-01")];
    assert_eq!(words(&on(&all, "2012-06-30")), ["AAA funds GGG"]);
    assert_eq!(words(&on(&all, "2016-06-30")), ["AAA and BBB are allied"]);
    assert_eq!(words(&on(&all, "2022-06-30")), ["AAA arms GGG"]);
    assert_eq!(words(&on(&all, "2025-06-30")), ["AAA supports GGG", "AAA arms GGG"]);
    // Said to be over by the day of a report.
    let ended =
        [tie("a", "ARMS", "AAA", "GGG", "01-05"), tie("b", "ARMS", "AAA", "GGG", "06-01").status(Status::Cancelled)];
    assert_eq!(words(&on(&ended, "2025-05-30")), ["AAA arms GGG"]);
    assert!(on(&ended, "2025-06-30").edges.is_empty());
}

#[test]
fn an_organisation_makes_no_friends_of_its_members() {
    let member = |name: &str, of: PartyRecord| {
        let mut made = tie(name, "MEMBER_OF", "AAA", "x", "01-05");
        made.0.recipient = vec![of];
        made
    };
    let found = ties(&[
        member("a", PartyRecord { sectors: vec!["IGO".into()], ..party("UNO") }),
        member("b", PartyRecord { sectors: vec!["REB".into()], ..party("GGG") }),
    ]);
    assert_eq!(found.ties.iter().map(|t| t.sign).collect::<Vec<_>>(), [Sign::Positive, Sign::Neutral]);
}

fn described(claims: &[Made], balance: Balance) -> String {
    let mut found = triads(&on(claims, "2025-12-31"));
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].balance, balance, "{}", found[0].words);
    found.remove(0).words
}

#[test]
fn threes_are_described_in_words() {
    let friends = |name: &str, a: &str, b: &str| mutual(name, "ALLIED_WITH", a, b, "01-05");
    let foes = |name: &str, a: &str, b: &str| mutual(name, "HOSTILE_TO", a, b, "01-05");
    let ends = |words: String, end: &str| assert!(words.ends_with(end), "{words}");
    ends(
        described(
            &[friends("a", "AAA", "BBB"), friends("b", "AAA", "CCC"), friends("c", "BBB", "CCC")],
            Balance::Balanced,
        ),
        "All three stand together: balanced.",
    );
    ends(
        described(
            &[friends("a", "AAA", "BBB"), friends("b", "AAA", "CCC"), foes("c", "BBB", "CCC")],
            Balance::Unbalanced,
        ),
        "AAA stands with both BBB and CCC, who stand against each other: unbalanced.",
    );
    ends(
        described(&[foes("a", "AAA", "BBB"), friends("b", "AAA", "CCC"), foes("c", "BBB", "CCC")], Balance::Balanced),
        "AAA and CCC stand together, and both against BBB: balanced.",
    );
    ends(
        described(&[foes("a", "AAA", "BBB"), foes("b", "AAA", "CCC"), foes("c", "BBB", "CCC")], Balance::Unbalanced),
        "All three stand against each other: unbalanced by Cartwright and Harary, and not so by Davis.",
    );
    // What is disputed is believed or not.
    let disputed = [
        harbours("h", "01-05"),
        harbours("d", "01-06").said_by("AAA", Attitude::Denies),
        foes("b", "CCC", "GGG"),
        foes("c", "AAA", "CCC"),
    ];
    assert_eq!(
        described(&disputed, Balance::Balanced),
        "AAA and CCC are enemies (said by Gazette). AAA harbours GGG (said by CCC; denied by AAA). \
         CCC and GGG are enemies (said by Gazette). \
         AAA and GGG stand together, and both against CCC: balanced, if one believes that AAA harbours GGG."
    );
    let both =
        [friends("a", "AAA", "BBB"), foes("x", "AAA", "BBB"), friends("b", "AAA", "CCC"), foes("c", "BBB", "CCC")];
    ends(
        described(&both, Balance::Open),
        "How AAA and BBB stand is told both ways, so that the three are neither balanced nor unbalanced.",
    );
    assert!(triads(&on(&[friends("a", "AAA", "BBB"), foes("c", "BBB", "CCC")], "2025-12-31")).is_empty());
}

#[test]
fn hostile_deeds_set_parties_against_each_other_for_a_while() {
    let raid = |name: &str, on: &str| claim(name).by("CCC.MIL").against("GGG").on(on).published("2025-06-01");
    let claims = [harbours("h", "01-05"), raid("r", "2025-05-20"), raid("q", "2025-01-20")];
    let happened = happenings(&claims);
    let at = |date: &str| network(&ties(&claims), day(date), Some(Window { acts: &happened, days: 90 })).relations;
    let deeds = |date: &str| at(date).iter().find_map(|r| r.hostile_deeds.clone()).map(|d| d.claims);
    assert_eq!(deeds("2025-06-01"), Some(vec![claim_id("r")]));
    assert_eq!(deeds("2025-12-31"), None);
}

#[test]
fn what_is_said_in_an_accusation_is_no_second_happening() {
    let accuses = claim("a").code("ACCUSE").by("BBB").against("AAA").on("2025-01-01");
    let mut content = claim("b").by("AAA").against("BBB").on("2025-01-01").said_by("BBB", Attitude::Alleges);
    let link =
        |to: &str| LinkRecord { rel: Rel::ContentOf, claim: Some(claim_id(to)), span: None, basis: Basis::Stated };
    content.0.links.push(link("a"));
    let found = happenings(&[accuses.clone(), content.clone()]);
    assert_eq!(found.iter().map(|a| a.tone).collect::<Vec<_>>(), [-1]);
    // What a spokesman states happened.
    let mut statement = accuses;
    (statement.0.kind, statement.0.code) = ("statement".into(), None);
    assert_eq!(happenings(&[statement, content]).iter().map(|a| a.tone).collect::<Vec<_>>(), [-2]);
    let off = [
        claim("c").by("AAA").against("BBB").on("2025-01-01").status(Status::Threatened),
        claim("d").by("AAA").against("BBB").on("2025-01-01").attitude(Attitude::Denies),
        claim("e").by("AAA").against("AAA.MIL").on("2025-01-01"),
    ];
    assert!(happenings(&off).is_empty());
}

#[test]
fn claims_of_one_incident_are_one_happening() {
    let claims = [
        claim("a").by("AAA").against("BBB").between("2025-01-01", "2025-01-31").published("2025-02-01"),
        claim("b").by("AAA.MIL").against("BBB").on("2025-01-07").published("2025-01-08"),
        claim("c").by("AAA").against("BBB").on("2025-01-20").published("2025-01-21"),
    ];
    let incident = model::IncidentId::of([b"x".as_slice()]);
    let one = BTreeMap::from([(claim_id("a"), incident.clone()), (claim_id("b"), incident)]);
    let found = acts(&told(&claims), &one);
    assert_eq!(found.iter().map(|a| a.claims.len()).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(found[0].days, (day("2025-01-07"), day("2025-01-07")), "as the most exact has it");
    assert_eq!(found[0].claims, [claim_id("b"), claim_id("a")]);
}

/// Claims of ties among a few parties, said by some, in some order.
fn any_ties() -> impl Strategy<Value = Vec<Made>> {
    let code = prop::sample::select(vec!["HARBOURS", "ARMS", "ALLIED_WITH", "HOSTILE_TO"]);
    let party = || prop::sample::select(vec!["AAA", "BBB.GOV", "BBB", "GGG"]);
    let attitude =
        prop::sample::select(vec![Attitude::Asserts, Attitude::Alleges, Attitude::Denies, Attitude::Retracts]);
    let status = prop::sample::select(vec![Status::Ongoing, Status::DidNotOccur, Status::Possible, Status::Cancelled]);
    let one = (code, party(), party(), party(), attitude, status, 1_u32..28);
    prop::collection::vec(one, 1..14).prop_map(|all| {
        let made = |(at, (code, from, to, by, attitude, status, day)): (usize, (&str, &str, &str, &str, _, _, u32))| {
            tie(&format!("{at:02}"), code, from, to, &format!("03-{day:02}")).status(status).said_by(by, attitude)
        };
        all.into_iter().enumerate().map(made).collect()
    })
}

proptest! {
    #[test]
    fn the_order_of_claims_does_not_matter(claims in any_ties(), turn in 0_usize..14) {
        let mut turned = claims.clone();
        turned.rotate_left(turn % claims.len());
        turned.reverse();
        prop_assert_eq!(&ties(&claims), &ties(&turned));
        let (one, other) = (on(&claims, "2025-03-15"), on(&turned, "2025-03-15"));
        prop_assert_eq!(triads(&one), triads(&other));
        prop_assert_eq!(one, other);
    }

    #[test]
    fn every_claim_of_a_tie_is_in_a_tie_or_set_aside(claims in any_ties()) {
        let found = ties(&claims);
        let heard = found.ties.iter().flat_map(|t| {
            let lists = [&t.asserted_by, &t.denied_by, &t.ended_by, &t.doubted_by, &t.taken_back_by, &t.possible_by];
            lists.into_iter().flatten().flat_map(|v| v.claims.clone()).collect::<Vec<_>>()
        });
        let mut all: Vec<_> = heard.chain(found.set_aside.iter().map(|s| s.claim.clone())).collect();
        all.sort();
        let mut given: Vec<_> = claims.iter().map(|m| m.0.id.clone()).collect();
        given.sort();
        prop_assert_eq!(all, given);
    }
}

#[test]
fn an_unnamed_source_speaks_for_itself_alone() {
    let officials = |name: &str, day: &str, status: Status| {
        let mut made = tie(name, "ARMS", "AAA", "GGG", day).status(status);
        made.0.attribution.push(AttributionRecord { party: None, attitude: Attitude::Asserts, span: None });
        made
    };
    let claims = [officials("a", "01-05", Status::Ongoing), officials("b", "02-05", Status::DidNotOccur)];
    let tie = check(&claims, TieStanding::Disputed);
    assert_eq!((tie.asserted_by[0].who.as_str(), tie.asserted_by[0].stands), ("an unnamed source", true));
}
