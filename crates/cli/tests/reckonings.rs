//! Cycles, forecasts with their record, and what-ifs, from the command line: on made-up rows whose cycles are known.
#![cfg(feature = "lake")]

use std::collections::BTreeSet;
use std::fmt::Write;

use serde_json::Value;

mod binary;
use binary::{Folder, annalist, done, words};

/// Rows of GED, with these columns filled.
const HEAD: [&str; 20] = [
    "id",
    "year",
    "type_of_violence",
    "conflict_name",
    "dyad_name",
    "side_a",
    "side_b",
    "where_prec",
    "adm_1",
    "latitude",
    "longitude",
    "country",
    "country_id",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "best",
    "high",
    "low",
];

/// Days from the first of January 2010 on.
const DAYS: i32 = 1_400;

/// A table of made-up rows: in two provinces something happens every third day or so, by itself or a day or two after
/// something else; the same each time.
fn table(from: i32, to: i32) -> String {
    let columns = model::Dataset::Ged.columns();
    let mut text = columns.join(",") + "\n";
    let mut state = 7_u64;
    let mut random = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        f64::from(u32::try_from(state >> 33).unwrap_or(0)) / f64::from(1_u32 << 31)
    };
    let mut rates = [0.0_f64; 2];
    for day in 0..DAYS {
        let date = jiff::civil::date(2010, 1, 1).saturating_add(jiff::Span::new().days(day));
        let mut came = [0.0; 2];
        for province in 0..2 {
            let happens = random() < (0.15 + rates[province]).min(0.9);
            let dead = (1.0 + random() * 9.0).floor();
            if !happens {
                continue;
            }
            came[province] = 1.0;
            if !(from..to).contains(&day) {
                continue;
            }
            let (name, lat) = [("Kurram", "33.8"), ("Orakzai", "33.6")][province];
            let cells = [
                format!("{day}{province}"),
                date.year().to_string(),
                "1".into(),
                "Pakistan: Government".into(),
                "Government of Pakistan - TTP".into(),
                "Government of Pakistan".into(),
                "TTP".into(),
                "1".into(),
                name.into(),
                lat.into(),
                "70.5".into(),
                "Pakistan".into(),
                "770".into(),
                "1".into(),
                "1".into(),
                date.to_string(),
                date.to_string(),
                dead.to_string(),
                dead.to_string(),
                dead.to_string(),
            ];
            let row: Vec<&str> = columns
                .iter()
                .map(|column| HEAD.iter().position(|name| name == column).map_or("", |at| cells[at].as_str()))
                .collect();
            writeln!(text, "{}", row.join(",")).expect("a row");
        }
        // What happens in Kurram brings more of itself, half of it within a day and a half; Orakzai goes its own way.
        rates = [(rates[0] + 0.35 * came[0]) * 0.6, rates[1] * 0.6];
    }
    text
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|e| panic!("{e}: {text}"))
}

fn lake(folder: &Folder, from: i32, to: i32, release: &str) -> String {
    let lake = folder.lake();
    let file = folder.file(&format!("made_up_{release}.csv"), &table(from, to));
    done(&["import", "ged", &file, "--release", "1", "--lake", &lake]);
    lake
}

#[test]
fn cycles_show_the_constant_baseline_beside_one_that_moves_and_speak_of_no_attack_where_nobody_began() {
    let folder = Folder::new("reckonings-cycles");
    let lake = lake(&folder, 0, DAYS, "all");
    let told = json(&done(&["cycles", "--by", "admin1", "--format", "json", "--lake", &lake]));
    let answer = &told["answer"];
    assert_eq!(answer["language"], "excitation");
    assert_eq!(answer["choices"]["constant"]["baseline"], "constant");
    assert!(answer["choices"]["varying"].as_array().is_some_and(|moving| !moving.is_empty()));
    let entry = |of: &str, by: &str| {
        let entries = answer["entries"].as_array().expect("entries");
        let is = |e: &&Value, field: &str, name: &str| e[field].as_str().is_some_and(|n| n.contains(name));
        entries.iter().find(|e| is(e, "of", of) && is(e, "by", by)).expect("an entry").clone()
    };
    assert_eq!(entry("Kurram", "Kurram")["is_told"], true, "what happens there brings more of itself");
    assert_eq!(entry("Orakzai", "Kurram")["is_told"], false, "made up without a tie between them");
    // Each number of what came opens the rows that it counts.
    let over_time = answer["over_time"].as_array().expect("streams");
    let periods = || over_time.iter().flat_map(|stream| stream["periods"].as_array().expect("periods"));
    for period in periods().filter(|p| p["events"].as_f64().is_some_and(|n| n > 0.0)) {
        assert!(period["evidence"].as_array().is_some_and(|ids| !ids.is_empty()), "{period}");
    }
    for form in ["table", "csv", "svg"] {
        let text = done(&["cycles", "--by", "admin1", "--format", form, "--lake", &lake]);
        assert!(text.contains("Kurram") && !text.to_lowercase().contains("attack"), "{form}: {text}");
    }
    let refused = annalist(&["cycles", "--by", "directed", "--lake", &lake]);
    assert_eq!(refused.status.code(), Some(2), "GED names no initiators: {}", words(&refused));
}

#[test]
fn forecasts_are_kept_once_see_nothing_later_and_are_set_beside_what_came() {
    let folder = Folder::new("reckonings-forecast");
    let lake = lake(&folder, 0, 1_200, "first");
    let ask = |more: &[&str]| {
        let mut arguments =
            vec!["forecast", "--unit", "admin1", "--month", "2012-12", "--leads", "1-4", "--lake", &lake];
        arguments.extend(more);
        annalist(&arguments)
    };
    let first = ask(&["--format", "json", "--keep"]);
    assert!(first.status.success() && words(&first).contains("the forecast is kept"), "{}", words(&first));
    let again = ask(&["--format", "json", "--keep"]);
    assert!(words(&again).contains("kept before"), "{}", words(&again));
    let told = json(&String::from_utf8(first.stdout).expect("UTF-8"));
    let units = told["answer"]["units"].as_array().expect("units");
    assert_eq!(units.len(), 2);
    for unit in units {
        assert!(
            unit["shown"].as_str().is_some_and(|s| !s.is_empty()),
            "whether it beats its baselines stands beside it"
        );
        let months: Vec<&str> =
            unit["ahead"].as_array().expect("months").iter().filter_map(|m| m["month"].as_str()).collect();
        assert_eq!(months, ["2013-01", "2013-02", "2013-03", "2013-04"]);
    }
    // Later rows change nothing of what is foretold from the same month.
    done(&["import", "ged", &folder.file("later.csv", &table(1_200, DAYS)), "--release", "1", "--lake", &lake]);
    let later = json(&String::from_utf8(ask(&["--format", "json"]).stdout).expect("UTF-8"));
    let medians = |told: &Value| -> Vec<String> {
        let units = told["answer"]["units"].as_array().expect("units");
        units
            .iter()
            .flat_map(|u| u["ahead"].as_array().expect("months"))
            .map(|m| m["median_deaths"].to_string())
            .collect()
    };
    assert_eq!(medians(&told), medians(&later), "nothing sees beyond its month");

    let record = json(&done(&["forecast", "record", "--format", "json", "--lake", &lake]));
    let resolved = record["answer"]["resolved"].as_array().expect("forecasts that are resolved");
    assert_eq!(resolved.len(), 8, "{record}");
    let other = annalist(&["forecast", "record", "--about", "IND", "--lake", &lake]);
    assert!(words(&other).contains("no such forecast about IND is kept"), "it is counted otherwise: {}", words(&other));
    let units: BTreeSet<&str> = resolved.iter().filter_map(|r| r["unit"].as_str()).collect();
    assert_eq!(units.len(), 2);
    assert!(resolved.iter().all(|r| r["crps"].is_number() && r["outcome"]["deaths"].is_number()), "{record}");
    assert!(record["answer"]["baselines"].as_array().is_some_and(|b| b.len() >= 4), "misses and baselines are told");
}

#[test]
fn what_if_labels_what_is_assumed_and_refuses_what_nothing_bears() {
    let folder = Folder::new("reckonings-whatif");
    let lake = lake(&folder, 0, DAYS, "all");
    let ask = |package: &str| {
        annalist(&[
            "whatif",
            "--by",
            "admin1",
            "--package",
            package,
            "--days",
            "30",
            "--format",
            "json",
            "--lake",
            &lake,
        ])
    };
    let output = ask("truce::ceasefire:30d=0.2..0.4");
    assert!(output.status.success(), "{}", words(&output));
    let told = json(&String::from_utf8(output.stdout).expect("UTF-8"));
    let outcomes = told["answer"]["outcomes"].as_array().expect("packages");
    assert_eq!(outcomes.len(), 2, "no lever stands beside it");
    assert_eq!(outcomes[1]["levers"][0]["basis"], "assumed");
    let contrast = &told["answer"]["contrasts"][0];
    assert!(contrast["fewer"].as_f64().is_some_and(|share| share > 0.9), "{contrast}");
    let text = told.to_string();
    assert!(!text.contains(" causes ") && !text.contains("will cause"), "futures, not causes");
    assert!(told["answer"]["flags"].as_array().is_some_and(|f| !f.is_empty()), "no episode bears it, and that is said");

    let refused = ask("ceasefire:30d");
    assert_eq!(refused.status.code(), Some(2));
    assert!(words(&refused).contains("has no range"), "{}", words(&refused));
    let wrong = ask("bribes:TTP=0.5");
    assert!(words(&wrong).contains("ceasefire"), "the valid levers are named: {}", words(&wrong));
}
