//! Figures beside what incidents count, from claims and incidents written by hand.

mod contract;

use std::sync::LazyLock;

use analysis::figures::{Counted, FigureBeside, Measure, Relation, Why, beside};
use analysis::{Report, Told};
use contract::{between, called, claim, party, said_by, told};
use model::record::ClaimRecord;
use model::{DocumentId, Incident};
use serde_json::{Value, json};

fn lexicon() -> &'static Counted {
    static LEXICON: LazyLock<Counted> = LazyLock::new(|| Counted::embedded().expect("the lexicon holds"));
    &LEXICON
}

/// "The group carried out so many … from October to December", said by a monitor.
fn figure(low: f64, high: f64, of: &str, words: &str) -> Value {
    let fields = json!({
        "id": "clm_figure", "kind": "figure", "count": {"low": low, "high": high, "of": of}, "published": "2026-01-05",
        "actor": [called("the group", "GRP")], "time": between("2025-10-01", "2025-12-31"),
        "evidence": {"span": [0, words.len()], "text": words}
    });
    said_by(fields, "UNO")
}

/// An attack by the group on a day, of a standing, killing so many.
fn attack(name: &str, day: &str, standing: &str, killed: Option<(f64, f64)>) -> Value {
    let effects: Vec<Value> =
        killed.iter().map(|(low, high)| json!({"kind": "killed", "low": low, "high": high, "by": ["X"]})).collect();
    json!({
        "id": format!("inc_{name}"), "type": "ASSAULT", "modes": [], "from": day, "to": day, "places": [],
        "actor": [party("GRP")], "recipient": [party("PAK.MIL")], "accounts": [], "effects": effects, "standing": standing,
        "grounds": "", "publishers": []
    })
}

fn with(mut fields: Value, name: &str, value: Value) -> Value {
    fields[name] = value;
    fields
}

fn report(name: &str, day: &str) -> Report {
    Report {
        id: DocumentId::of([name.as_bytes()]),
        publisher: None,
        published: day.parse().ok(),
        language: None,
        copy: false,
        dataset: None,
    }
}

fn of(figure: &Value, incidents: &[Value], reports: &[Report]) -> FigureBeside {
    let claims: Vec<ClaimRecord> = vec![claim(figure)];
    let incidents: Vec<Incident> =
        incidents.iter().map(|i| serde_json::from_value(i.clone()).expect("an incident of the contract")).collect();
    beside(&told(&claims), &incidents, reports, lexicon()).remove(0)
}

fn whys(figure: &FigureBeside) -> Vec<Why> {
    figure.reasons.iter().map(|r| r.why).collect()
}

#[test]
fn words_are_counted_as_their_examples_say() {
    for (id, yes, no) in lexicon().examples() {
        let is = |example: &String| {
            let (of, sentence) = example.split_once(" // ").unwrap_or((example, example));
            lexicon().of(of, sentence).is_some_and(|thing| thing.id == id)
        };
        for example in yes {
            assert!(is(example), "{id}: {example}");
        }
        for example in no {
            assert!(!is(example), "{id}: {example}");
        }
    }
}

#[test]
fn attacks_are_counted_by_standing() {
    let found = of(
        &figure(540.0, 600.0, "attacks", "nearly 600 attacks"),
        &[
            attack("a", "2025-10-05", "reported", None),
            attack("b", "2025-11-05", "corroborated", None),
            attack("c", "2025-12-05", "disputed", None),
            attack("d", "2025-12-06", "denied", None),
            attack("e", "2026-01-02", "reported", None),
        ],
        &[],
    );
    let here = found.here.as_ref().unwrap();
    assert_eq!((here.low, here.high, found.relation), (Some(2.0), Some(3.0), Some(Relation::FewerHere)));
    assert_eq!((here.surely.reported, here.surely.corroborated, here.surely.disputed), (1, 1, 1));
    assert!(here.perhaps.incidents.is_empty());
}

#[test]
fn what_is_open_widens_the_count() {
    let undated = with(with(attack("a", "2025-10-05", "reported", None), "from", Value::Null), "to", Value::Null);
    let astride = with(attack("b", "2025-12-30", "reported", None), "to", json!("2026-01-03"));
    let unnamed = with(attack("c", "2025-10-05", "reported", None), "actor", json!([]));
    let clash = with(
        with(attack("d", "2025-10-05", "reported", None), "actor", json!([party("GRP"), party("PAK")])),
        "recipient",
        json!([]),
    );
    let anothers = with(attack("e", "2025-10-05", "reported", None), "actor", json!([party("BLA")]));
    let found = of(
        &figure(540.0, 600.0, "attacks", "nearly 600 attacks"),
        &[undated, astride, unnamed, clash, anothers, attack("f", "2025-10-05", "reported", None)],
        &[],
    );
    let here = found.here.as_ref().unwrap();
    assert_eq!((here.low, here.high), (Some(1.0), Some(5.0)));
    let open: Vec<&str> = here.perhaps.incidents.iter().map(model::IncidentId::as_str).collect();
    assert_eq!(open, ["inc_a", "inc_b", "inc_c", "inc_d"]);
    assert!(found.reasons.iter().any(|r| r.why == Why::OpenIncidents
        && r.text == "Of 1 incident no day is told: each is taken to lie in the month before it was first reported."));
}

#[test]
fn the_dead_are_summed_and_missing_is_not_zero() {
    let words = "At least 852 people were killed";
    let found = of(
        &figure(852.0, 852.0, "people", words),
        &[
            attack("a", "2025-10-05", "reported", Some((3.0, 5.0))),
            attack("b", "2025-11-05", "disputed", Some((10.0, 20.0))),
            attack("c", "2025-12-05", "reported", None),
        ],
        &[],
    );
    let here = found.here.as_ref().unwrap();
    assert_eq!((here.low, here.high, here.without_number.len()), (Some(3.0), Some(25.0), 1));
    assert!(whys(&found).contains(&Why::NoNumber));
    // A window of which nothing was read holds no zero either; one that was read does.
    let nothing = |reports: &[Report]| of(&figure(5.0, 6.0, "attacks", "attacks"), &[], reports).here.unwrap().low;
    assert_eq!((nothing(&[]), nothing(&[report("a", "2025-10-20")])), (None, Some(0.0)));
    let found = of(&figure(852.0, 852.0, "people", words), &[attack("c", "2025-12-05", "reported", None)], &[]);
    let here = found.here.unwrap();
    assert_eq!((here.low, here.high, found.relation), (None, None, None));
}

#[test]
fn people_of_a_kind_are_summed_from_accounts() {
    let account = |low: f64, category: &str| {
        json!({
            "claimant": null, "publisher": "Wire", "attitude": "asserts", "status": "occurred", "tolls": [], "claims": ["clm_z"],
            "effects": [{"kind": "killed", "low": low, "high": low, "best": null, "of": null, "party": null,
                "category": category, "part_of": null, "cumulative": false, "span": null}]
        })
    };
    let both = with(
        attack("a", "2025-10-05", "reported", Some((4.0, 30.0))),
        "accounts",
        json!([account(4.0, "civilian"), account(6.0, "civilian"), account(30.0, "combatant")]),
    );
    let found = of(&figure(37.0, 37.0, "civilians", "At least 37 civilians have been killed"), &[both], &[]);
    let here = found.here.unwrap();
    assert_eq!((here.low, here.high), (Some(4.0), Some(6.0)));
}

#[test]
fn what_is_not_counted_says_why() {
    let check = |of_words: &str, sentence: &str| {
        let found = of(&figure(10.0, 10.0, of_words, sentence), &[], &[]);
        assert!(found.here.is_none() && found.relation.is_none(), "{of_words}");
        let reason = found.reasons.iter().find(|r| r.why == Why::NotCounted).expect("a reason");
        assert_eq!(reason.claims.len(), 1);
        reason.text.clone()
    };
    assert!(check("arrests", "340 arrests").contains("do not count persons arrested"));
    check("militant groups", "At least 18 militant groups are based there");
    check("trucks", "1,200 trucks are stranded");
    check("Afghan refugees", "It hosts 1.7 million Afghan refugees");
    assert!(check("percent: Attacks", "Attacks rose by 40 percent").contains("compares two windows"));
    assert!(check("golden apples", "12 golden apples").contains("no word for anything"));
}

#[test]
fn reasons_apply_by_rule() {
    // The window is open, most months have no report, the words are narrower, and the speaker is a side.
    let since = with(
        figure(540.0, 600.0, "suicidal attacks", "nearly 600 suicidal attacks"),
        "time",
        between("2025-01-01", "2025-12-31"),
    );
    let since = said_by(with(since, "attitude", json!("alleges")), "PAK.MIL.ISPR");
    let reports = [report("a", "2025-10-01"), report("b", "2025-10-20"), report("c", "2025-11-01")];
    let found = of(&since, &[attack("a", "2025-10-05", "reported", None)], &reports);
    assert_eq!((found.reports, found.months, found.months_without_report), (3, Some(12), Some(10)));
    assert_eq!(
        whys(&found),
        [Why::Narrower, Why::FewReports, Why::GivenByParty, Why::NotAsserted, Why::OneVoice, Why::NotMerged]
    );
    let untold = with(with(figure(540.0, 600.0, "attacks", "attacks"), "time", Value::Null), "actor", json!([]));
    let found = of(&untold, &[attack("a", "2025-10-05", "reported", None)], &[]);
    assert_eq!(whys(&found)[..2], [Why::WindowNotTold, Why::ScopeNotTold]);
    assert!(!found.window.told && found.window.from.is_none());
}

#[test]
fn one_voice_gives_a_figure_once() {
    let mut claims = vec![claim(&figure(540.0, 600.0, "attacks", "nearly 600 attacks"))];
    let again = with(figure(540.0, 600.0, "Attacks", "nearly 600 attacks"), "id", json!("clm_again"));
    claims.push(claim(&with(again, "published", json!("2026-02-01"))));
    let other = said_by(with(figure(540.0, 600.0, "attacks", "nearly 600 attacks"), "id", json!("clm_other")), "PAK");
    claims.push(claim(&other));
    let original = DocumentId::try_from("doc_x".to_owned()).unwrap();
    let mut told = told(&claims);
    told[1] = Told { copy_of: Some(&original), ..told[1] };
    let found = beside(&told, &[], &[], lexicon());
    let sizes: Vec<(usize, usize)> = found.iter().map(|f| (f.claims.len(), f.copies.len())).collect();
    assert_eq!(sizes, [(2, 1), (1, 0)]);
    told.reverse();
    assert_eq!(found, beside(&told, &[], &[], lexicon()));
}

#[test]
fn a_place_holds_what_lies_in_it() {
    let place = |country: &str, admin1: Option<&str>, name: Option<&str>| {
        json!({"mention": null, "span": null, "name": name, "admin2": null, "admin1": admin1, "country": country,
            "administered_by": null, "claimed_by": [], "lat": null, "lon": null,
            "precision": if name.is_some() { "settlement" } else if admin1.is_some() { "admin1" } else { "country" },
            "radius_km": null, "ids": {"geonames": null, "pcode": null, "priogrid": null}})
    };
    let check = |figure_at: Value, incident_at: Value, wanted: (usize, usize)| {
        let figure = with(figure(5.0, 5.0, "attacks", "attacks"), "places", json!([figure_at]));
        let attack = with(attack("a", "2025-10-05", "reported", None), "places", json!([incident_at]));
        let here = of(&figure, &[attack], &[]).here.unwrap();
        assert_eq!((here.surely.incidents.len(), here.perhaps.incidents.len()), wanted);
    };
    let (country, province) = (|| place("PAK", None, None), || place("PAK", Some("Balochistan"), None));
    check(country(), place("PAK", Some("Balochistan"), Some("Quetta")), (1, 0));
    check(province(), place("PAK", Some("Balochistan"), Some("Quetta")), (1, 0));
    check(province(), country(), (0, 1));
    check(province(), place("PAK", Some("Punjab"), None), (0, 0));
    check(country(), place("AFG", None, None), (0, 0));
    assert_eq!(lexicon().of("deaths", "deaths").unwrap().measure, Measure::Killed);
}
