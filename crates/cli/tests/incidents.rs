//! Claims of one happening side by side: whatever the order in which reports come, under ids that stay, as people decide.
#![cfg(feature = "lake")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use model::{Incident, Standing};

mod binary;
use binary::{Folder, annalist, done, words};

const EARLY: [&str; 3] = [
    "data/samples/2024-12-22-frontier-wire-makeen.txt",
    "data/samples/2024-12-25-kabul-lantern-barmal.txt",
    "data/samples/2025-10-15-frontier-wire-ceasefire.txt",
];
const LATE: [&str; 3] = [
    "data/samples/2024-12-26-indus-ledger-barmal.html",
    "data/samples/2025-10-16-indus-ledger-ceasefire.txt",
    "data/samples/2025-10-17-ridge-line-monitor-unama.html",
];

fn read(lake: &str, reports: &[&str]) {
    done(&[&["read"], reports, &["--format", "jsonl", "--lake", lake]].concat());
}

fn incidents(lake: &str, more: &[&str]) -> Vec<Incident> {
    let printed = done(&[&["incidents", "--format", "jsonl", "--lake", lake], more].concat());
    printed.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"))).collect()
}

fn claims_of(incident: &Incident) -> BTreeSet<String> {
    incident.accounts.iter().flat_map(|a| &a.claims).map(ToString::to_string).collect()
}

fn by_id(incidents: &[Incident]) -> BTreeMap<String, BTreeSet<String>> {
    incidents.iter().map(|i| (i.id.to_string(), claims_of(i))).collect()
}

/// The incidents of several claims.
fn of_several(incidents: &[Incident]) -> Vec<&Incident> {
    incidents.iter().filter(|i| claims_of(i).len() > 1).collect()
}

#[test]
fn the_order_of_reports_changes_no_membership_and_ids_stay() {
    let folder = Folder::new("incidents-order");
    let (grown, at_once) = (folder.path("grown"), folder.path("at-once"));
    read(&grown, &LATE);
    let first = by_id(&incidents(&grown, &[]));
    read(&grown, &EARLY);
    let then = incidents(&grown, &[]);
    read(&at_once, &EARLY);
    read(&at_once, &LATE);
    let whole = incidents(&at_once, &[]);
    let groups = |all: &[Incident]| by_id(all).into_values().collect::<BTreeSet<_>>();
    assert_eq!(groups(&then), groups(&whole));
    assert!(of_several(&whole).len() >= 8, "reports of one happening come together");

    let then = by_id(&then);
    for (id, claims) in first {
        if let Some(now) = then.get(&id) {
            assert!(claims.iter().any(|c| now.contains(c)), "{id} holds what it was made for");
        } else {
            assert!(done(&["show", &id, "--lake", &grown]).contains("another name"), "{id} is an alias");
        }
    }
    assert_eq!(by_id(&incidents(&grown, &[])), then, "asked again, the same");
}

#[test]
fn people_join_split_and_pin_and_later_reports_respect_it() {
    let folder = Folder::new("incidents-decided");
    let lake = folder.lake();
    read(&lake, &EARLY);
    let before = incidents(&lake, &[]);
    let (a, b) = (before[0].id.to_string(), before[1].id.to_string());
    let reason = ["--reason", "the same raid", "--by", "a tester", "--lake", &lake];
    let joined = done(&[&["incidents", "join", &a, &b], &reason[..]].concat());
    let decision = joined.split_whitespace().next().expect("its id");
    let after = by_id(&incidents(&lake, &[]));
    assert_eq!(after.len(), before.len() - 1);
    let both: BTreeSet<String> = claims_of(&before[0]).union(&claims_of(&before[1])).cloned().collect();
    assert!(after.values().any(|claims| *claims == both), "joined");
    for id in [&a, &b] {
        assert!(done(&["show", id, "--lake", &lake]).contains("the same raid"), "{id} shows the decision");
    }

    read(&lake, &LATE);
    assert!(
        by_id(&incidents(&lake, &[])).values().any(|claims| claims.is_superset(&both)),
        "it holds on later reports"
    );
    done(&["restore", decision, "--reason", "it was not", "--by", "a tester", "--lake", &lake]);
    let restored = by_id(&incidents(&lake, &[]));
    assert!(!restored.values().any(|claims| claims.is_superset(&both)), "taken back");

    let all = incidents(&lake, &[]);
    let several = of_several(&all)[0];
    let (id, claims) = (several.id.to_string(), claims_of(several));
    let out = claims.iter().next_back().expect("a claim");
    done(&[&["incidents", "split", &id, out], &reason[..]].concat());
    let split = by_id(&incidents(&lake, &[]));
    assert!(split.values().any(|c| c.len() == 1 && c.contains(out)), "taken out");
    assert!(split.contains_key(&id), "the rest keeps the id");

    let folder = Folder::new("incidents-pinned");
    let lake = folder.lake();
    read(&lake, &EARLY[..1]);
    let pinned = incidents(&lake, &["--type", "ASSAULT"]);
    for incident in &pinned {
        done(&["incidents", "pin", incident.id.as_str(), "--reason", "as it is", "--by", "a tester", "--lake", &lake]);
    }
    read(&lake, &LATE[..1]);
    let now = by_id(&incidents(&lake, &[]));
    for incident in &pinned {
        assert_eq!(now.get(incident.id.as_str()), Some(&claims_of(incident)), "nothing came in, nothing went out");
    }
}

/// What is not said to have happened is no incident, however often one asks: an incident lost all its claims once, and came
/// back at the next question.
#[test]
fn an_incident_amended_away_stays_away_and_comes_back_when_that_is_taken_back() {
    let folder = Folder::new("incidents-amended");
    let lake = folder.lake();
    read(&lake, &EARLY);
    let before = by_id(&incidents(&lake, &[]));
    let (id, claims) = before.iter().find(|(_, claims)| claims.len() == 1).expect("an incident of one claim");
    let claim = claims.first().expect("it");
    let because = ["--reason", "only planned", "--by", "a tester", "--lake", &lake];
    done(&[&["amend", claim, "--field", "status", "--value", "planned"], &because[..]].concat());
    for time in ["first", "second"] {
        let now = incidents(&lake, &[]);
        assert!(now.iter().all(|i| !claims_of(i).contains(claim)), "asked for the {time} time, {id} is there");
        assert_eq!(now.len(), before.len() - 1);
    }
    done(&[&["restore", claim], &because[..]].concat());
    assert_eq!(by_id(&incidents(&lake, &[])), before, "taken back");
}

#[test]
fn an_incident_is_found_shown_and_explained() {
    let folder = Folder::new("incidents-shown");
    let lake = folder.lake();
    read(&lake, &EARLY);
    read(&lake, &LATE);
    let all = incidents(&lake, &[]);
    assert!(incidents(&lake, &["--about", "TTP"]).len() < all.len());
    assert!(incidents(&lake, &["--as-of", "2024-12-25"]).len() < all.len(), "as of a day, what was published by then");
    let corroborated = incidents(&lake, &["--standing", "corroborated"]);
    assert!(corroborated.iter().all(|i| i.standing == Standing::Corroborated) && !corroborated.is_empty());

    let several = of_several(&all)[0];
    let shown = done(&["show", several.id.as_str(), "--lake", &lake]);
    for claim in claims_of(several) {
        assert!(shown.contains(&claim), "each claim with its words: {shown}");
    }
    let explained = done(&["incidents", "explain", several.id.as_str(), "--lake", &lake]);
    for field in ["type", "time", "place", "effects", "sum"] {
        assert!(explained.contains(field), "{explained}");
    }
    let apart = done(&["incidents", "explain", all[0].id.as_str(), all[1].id.as_str(), "--lake", &lake]);
    assert!(apart.contains("of two incidents"), "{apart}");
    for format in ["table", "csv", "geojson"] {
        assert!(!done(&["incidents", "--format", format, "--lake", &lake]).is_empty(), "{format}");
    }
    for wrong in [
        &["show", "inc_000000000000000000000000"][..],
        &["incidents", "explain", "inc_000000000000000000000000"],
        &["incidents", "--standing", "true"],
        &["incidents", "join", all[0].id.as_str(), "--reason", "alone"],
    ] {
        let output = annalist(&[wrong, &["--lake", &lake]].concat());
        assert_eq!(output.status.code(), Some(2), "{wrong:?}: {}", words(&output));
    }
}

/// What comes together of the bundled reports: a regression test, not a measure, since we wrote both.
#[test]
fn the_bundled_reports_come_together_as_before() {
    let folder = Folder::new("incidents-samples");
    let lake = folder.lake();
    let mut samples: Vec<String> = std::fs::read_dir(binary::root().join("data/samples"))
        .expect("the samples")
        .map(|entry| entry.expect("an entry").file_name().to_str().expect("UTF-8").to_owned())
        .filter(|name| name != "README.md")
        .map(|name| format!("data/samples/{name}"))
        .collect();
    samples.sort();
    read(&lake, &samples.iter().map(String::as_str).collect::<Vec<_>>());
    let told: BTreeMap<String, String> = done(&["claims", "--format", "jsonl", "--lake", &lake])
        .lines()
        .map(|line| serde_json::from_str::<model::record::ClaimRecord>(line).expect("a claim"))
        .map(|c| {
            (
                c.id.to_string(),
                format!("{} {:?}", c.published.map_or_else(String::new, |p| p.to_string()), c.evidence.text),
            )
        })
        .collect();
    let mut lines = String::new();
    for incident in of_several(&incidents(&lake, &[])) {
        writeln!(lines, "{} · {}\n  {}", incident.code, incident.standing.as_str(), incident.grounds).expect("a text");
        for claim in claims_of(incident) {
            writeln!(lines, "  - {}", told[&claim]).expect("a text");
        }
    }
    insta::assert_snapshot!(lines);
}
