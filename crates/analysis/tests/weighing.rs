//! What is one happening and what is two, in made-up claims of few words.

use std::collections::{BTreeMap, BTreeSet};

use analysis::incidents::measure::made::{Made, claim, claim_id, document_id};
use analysis::incidents::{Constraints, Corpus, Field, Happening, Verdict, Weighed, explain, mint, weigh, weigh_with};
use model::{Attitude, ClaimId, DocumentId, IncidentId, Status};

fn corpus(claims: &[Made]) -> Corpus {
    let mut corpus = Corpus::default();
    for made in claims {
        corpus.add(&made.0, None);
    }
    corpus
}

fn names(weighed: &Weighed) -> Vec<String> {
    let name = |id: &ClaimId| id.as_str().trim_start_matches("clm_").to_owned();
    weighed.clusters().map(|group| group.iter().map(name).collect::<Vec<_>>().join(" ")).collect()
}

/// Claims by name, weighed, must come out in these groups.
fn check(claims: &[Made], groups: &[&str]) {
    check_under(claims, &Constraints::default(), groups);
}

fn check_under(claims: &[Made], constraints: &Constraints, groups: &[&str]) {
    let found = names(&weigh(&corpus(claims), constraints));
    if found != groups {
        let corpus = corpus(claims);
        let (a, b) = (corpus.find(&claims[0].0.id).unwrap(), corpus.find(&claims[1].0.id).unwrap());
        panic!("{found:?}, not {groups:?}; the first two: {:#?}", explain(&corpus, a, b));
    }
}

const SANGIN: (f64, f64) = (32.07, 64.83);
const MUSA_QALA: (f64, f64) = (32.37, 64.75);

/// A drone strike that killed 24 Taliban, of which more is to be said.
fn strike(name: &str) -> Made {
    claim(name).by("USA.MIL").against("TALIBAN").mode("aerial").killed(24.0)
}

#[test]
fn vague_and_exact_words_may_tell_of_one_happening() {
    let exact = strike("exact").on("2009-03-18").town("AFG", "Helmand", "Sangin", SANGIN);
    let in_march = strike("march").between("2009-03-01", "2009-03-31").town("AFG", "Helmand", "Sangin", SANGIN);
    let in_helmand = strike("province").on("2009-03-18").province("AFG", "Helmand");
    let vague = strike("vague").between("2009-03-01", "2009-03-31").province("AFG", "Helmand province");
    check(&[exact.clone(), in_march, in_helmand], &["exact march province"]);
    check(&[exact.clone(), vague], &["exact vague"]);
    // Another month, another province, another country: never.
    let april = strike("april").between("2009-04-01", "2009-04-30").province("AFG", "Helmand");
    let farah = strike("farah").on("2009-03-18").province("AFG", "Farah");
    let pakistan = strike("pakistan").on("2009-03-18").province("PAK", "Helmand");
    check(&[april, exact.clone(), farah, pakistan], &["april", "exact", "farah", "pakistan"]);
    // As vague as that, without a toll, two claims are not taken for one, though nothing speaks against it.
    let say_little = |name: &str| claim(name).by("USA.MIL").against("TALIBAN");
    let little = say_little("little").between("2009-03-01", "2009-03-31").province("AFG", "Helmand");
    let other = say_little("other").on("2009-03-18").town("AFG", "Helmand", "Sangin", SANGIN);
    check(&[little.clone(), other.clone()], &["little", "other"]);
    let corpus = corpus(&[little, other]);
    let found = explain(&corpus, corpus.find(&claim_id("little")).unwrap(), corpus.find(&claim_id("other")).unwrap());
    assert!(found.sum.is_some_and(|sum| sum > 0.0) && !found.is_one(), "{found:#?}");
}

#[test]
fn a_vague_claim_does_not_bridge_two_exact_ones() {
    let early = strike("early").on("2009-03-02").town("AFG", "Helmand", "Sangin", SANGIN);
    let late = strike("late").on("2009-03-18").town("AFG", "Helmand", "Sangin", SANGIN);
    let vague = strike("vague").between("2009-03-01", "2009-03-31").province("AFG", "Helmand");
    check(&[early, late, vague], &["early vague", "late"]);
}

#[test]
fn a_chain_of_days_is_not_one_happening() {
    let day = |n: u32| {
        strike(&format!("day{n}")).on(&format!("2009-03-{:02}", 10 + n)).town("AFG", "Helmand", "Sangin", SANGIN)
    };
    let groups = weigh(&corpus(&(0..8).map(day).collect::<Vec<_>>()), &Constraints::default());
    for group in groups.clusters() {
        assert!(group.len() <= 3, "{group:?}");
    }
}

#[test]
fn two_happenings_of_one_report_stay_two() {
    let in_report = |name: &str| strike(name).in_document("report").on("2009-03-18");
    let sangin = in_report("a").town("AFG", "Helmand", "Sangin", SANGIN);
    let musa_qala = in_report("b").town("AFG", "Helmand", "Musa Qala", MUSA_QALA);
    check(&[sangin.clone(), musa_qala.clone()], &["a", "b"]);
    // A second report of the one goes to it and does not join the two.
    let again = strike("c").on("2009-03-18").town("AFG", "Helmand", "Sangin", SANGIN);
    check(&[again, musa_qala, sangin.clone()], &["a c", "b"]);
    // The next day is another day in one narrator's mouth, though it may be a slip in another's.
    let next = in_report("d").on("2009-03-19").town("AFG", "Helmand", "Sangin", SANGIN);
    check(&[sangin.clone(), next.clone()], &["a", "d"]);
    check(&[sangin.clone(), next.in_document("other")], &["a d"]);
    // What a report itself links is one.
    let linked = in_report("e").town("AFG", "Helmand", "Musa Qala", MUSA_QALA).same_as("a");
    check(&[sangin, linked], &["a e"]);
}

#[test]
fn what_did_not_happen_yet_is_no_happening() {
    for status in [
        Status::Planned,
        Status::Promised,
        Status::Threatened,
        Status::Demanded,
        Status::Possible,
        Status::Hypothetical,
    ] {
        assert!(!Happening::is_told_by(&strike("a").status(status).0), "{status}");
    }
    for status in [Status::Occurred, Status::Ongoing, Status::DidNotOccur, Status::Cancelled] {
        assert!(Happening::is_told_by(&strike("a").status(status).0), "{status}");
    }
    // A denial belongs to what it denies.
    let here = |m: Made| m.on("2009-03-18").town("AFG", "Helmand", "Sangin", SANGIN);
    let denial = claim("denial").by("USA.MIL").said_by("USA.MIL", Attitude::Denies);
    check(&[here(strike("a")), here(denial)], &["a denial"]);
    check(&[here(strike("a")), here(strike("b")).code("ACCUSE")], &["a", "b"]);
}

#[test]
fn rows_of_one_release_stay_two_and_one_row_over_releases_is_one() {
    let row = |name: &str, release: &str, key: &str| {
        strike(name).on("2009-03-18").town("AFG", "Helmand", "Sangin", SANGIN).row("ged", release, key)
    };
    check(&[row("a", "22.1", "1"), row("b", "22.1", "2")], &["a", "b"]);
    let moved = strike("c").on("2009-04-20").province("AFG", "Farah").row("ged", "23.1", "1");
    check(&[row("a", "22.1", "1"), row("b", "22.1", "2"), moved], &["a c", "b"]);
}

#[test]
fn parties_are_hierarchies_and_blame_may_differ() {
    let at = |m: Made| m.on("2009-03-18").town("AFG", "Helmand", "Sangin", SANGIN).killed(24.0);
    let (army, state) = (at(claim("army").by("PAK.MIL")), at(claim("state").by("PAK")));
    check(&[army.clone(), state.clone()], &["army state"]);
    let corpus = corpus(&[army, state, at(claim("other").by("IND"))]);
    let find = |name: &str| corpus.find(&claim_id(name)).unwrap();
    let actor = |a, b| explain(&corpus, find(a), find(b)).lines.into_iter().find(|l| l.field == Field::Actor).unwrap();
    assert_eq!(actor("army", "state").verdict, Verdict::Near);
    let contrary = actor("army", "other");
    assert_eq!((contrary.verdict, contrary.weight < 0.0), (Verdict::Differs, true));
    // A clash has no first side.
    let clash = |name: &str, a: &str, b: &str| at(claim(name).by(a).against(b).undirected());
    check(&[clash("x", "PAK.MIL", "TTP"), clash("y", "TTP", "PAK")], &["x y"]);
}

#[test]
fn claimants_may_have_their_own_tolls() {
    let at =
        |m: Made| m.on("2025-10-15").town("AFG", "Kandahar", "Spin Boldak", (31.0, 66.4)).by("PAK.MIL").against("AFG");
    let (kabul, islamabad) = (at(claim("a")).killed(12.0), at(claim("b")).killed(40.0));
    check(&[kabul.clone(), islamabad.clone()], &["a", "b"]);
    check(&[kabul.said_by("AFG.GOV", Attitude::Asserts), islamabad.said_by("PAK.MIL", Attitude::Asserts)], &["a b"]);
}

#[test]
fn two_sides_accounts_of_one_raid_abroad_are_one() {
    let raid = |name: &str, by: &str| {
        let mut made = claim(name).by(by).mode("aerial");
        made.0.actor[0].country = model::CountryCode::new("PAK").ok();
        made
    };
    let islamabad = raid("a", "PAK.MIL")
        .against("TTP")
        .on("2024-12-25")
        .province("AFG", "Paktika")
        .killed(22.0)
        .words("Pakistani jets struck seven sites of militants in Paktika, killing 22, the army said")
        .said_by("PAK.MIL", Attitude::Asserts);
    let kabul = raid("b", "PAK")
        .between("2024-12-24", "2024-12-25")
        .town("AFG", "Paktika", "Barmal", (32.6, 69.1))
        .killed(46.0)
        .words("Pakistani jets bombed villages in Barmal of Paktika, killing 46 people, Kabul said")
        .said_by("AFG.GOV", Attitude::Asserts);
    let next_month = raid("c", "PAK").on("2025-01-20").province("AFG", "Paktika").killed(5.0);
    check(&[islamabad, kabul, next_month], &["a b", "c"]);
}

#[test]
fn near_copies_in_the_same_words_are_one() {
    let mut corpus = Corpus::default();
    let one = claim("a").words("six men were killed near the bazaar").killed(6.0).published("2009-03-18");
    let other = claim("b").words("six men were killed near the bazaar").killed(6.0).published("2009-03-19");
    let copy: DocumentId = document_id("a");
    corpus.add(&one.0, None);
    corpus.add(&other.0, Some(&copy));
    assert_eq!(names(&weigh(&corpus, &Constraints::default())), ["a b"]);
}

#[test]
fn decisions_come_first() {
    let at = |name: &str, day: &str| strike(name).on(day).town("AFG", "Helmand", "Sangin", SANGIN);
    let claims = [at("a", "2009-03-18"), at("b", "2009-03-18"), at("c", "2009-03-18"), at("d", "2010-01-01")];
    let id = claim_id;
    let pairs = |list: &[(&str, &str)]| list.iter().map(|(a, b)| (id(a), id(b))).collect::<Vec<_>>();
    check(&claims, &["a b c", "d"]);
    let under = |must: &[(&str, &str)], cannot: &[(&str, &str)], pinned: &[&[&str]]| Constraints {
        must: pairs(must),
        cannot: pairs(cannot),
        pinned: pinned.iter().map(|set| set.iter().map(|name| id(name)).collect()).collect(),
    };
    check_under(&claims, &under(&[("a", "d")], &[], &[]), &["a d", "b c"]);
    check_under(&claims, &under(&[], &[("a", "b"), ("b", "c")], &[]), &["a c", "b", "d"]);
    check_under(&claims, &under(&[], &[], &[&["a", "d"]]), &["a d", "b c"]);
    check_under(&claims, &under(&[], &[], &[&["b"]]), &["a c", "b", "d"]);
    // A separation goes before a union, claims that are not there are passed over.
    check_under(&claims, &under(&[("a", "b"), ("a", "zz")], &[("a", "b")], &[]), &["a c", "b", "d"]);
}

#[test]
fn threads_do_not_matter() {
    let claims: Vec<Made> = (0..200_u32)
        .map(|n| {
            let day = format!("2009-03-{:02}", 1 + n % 28);
            strike(&format!("{n:03}")).on(&day).town("AFG", "Helmand", &format!("town {}", n % 7), SANGIN)
        })
        .collect();
    let corpus = corpus(&claims);
    let one = weigh_with(&corpus, &Constraints::default(), 1);
    assert_eq!(one, weigh_with(&corpus, &Constraints::default(), 4));
}

#[test]
fn ids_survive_growth_joining_and_splitting() {
    let id = |name: &str| claim_id(name);
    let (a, b, c, d) = (id("a"), id("b"), id("c"), id("d"));
    let days: BTreeMap<ClaimId, &str> =
        BTreeMap::from([(a.clone(), "2009-03-20"), (b.clone(), "2009-03-19"), (c.clone(), "2009-03-21")]);
    let published = |claim: &ClaimId| days.get(claim).map(|d| d.parse().unwrap());
    let incident = |first: &ClaimId| IncidentId::of([first.as_str().as_bytes()]);
    let run = |groups: &[&[ClaimId]], previous: &BTreeMap<ClaimId, IncidentId>| {
        mint(groups, &published, previous, &BTreeSet::new())
    };
    let none = BTreeMap::new();
    let first = run(&[&[a.clone(), b.clone()], std::slice::from_ref(&c)], &none);
    assert_eq!(first.ids, [incident(&b), incident(&c)], "by publication, then by id");
    let before = BTreeMap::from([
        (a.clone(), first.ids[0].clone()),
        (b.clone(), first.ids[0].clone()),
        (c.clone(), first.ids[1].clone()),
    ]);
    let grown = run(&[&[a.clone(), b.clone(), d.clone()], std::slice::from_ref(&c)], &before);
    assert_eq!((&grown.ids, grown.aliases.is_empty()), (&first.ids, true));
    let joined = run(&[&[a.clone(), b.clone(), c.clone()]], &before);
    assert_eq!(joined.ids, [first.ids[0].clone()]);
    assert_eq!(joined.aliases.len(), 1);
    assert_eq!((&joined.aliases[0].old, &joined.aliases[0].new), (&first.ids[1], &first.ids[0]));
    // The part with b, for which the id was made, is the smaller: the id stays with the bigger, and b's is a new one.
    let split_before: BTreeMap<ClaimId, IncidentId> =
        [&a, &b, &c].into_iter().map(|claim| (claim.clone(), first.ids[0].clone())).collect();
    let split = run(&[&[a.clone(), c.clone()], std::slice::from_ref(&b)], &split_before);
    assert_eq!(split.ids[0], first.ids[0]);
    assert!(split.ids[1] != first.ids[0] && split.aliases.len() == 1, "{split:?}");
}
