//! What-ifs as people see them.

use analysis::Grounds;
use analysis::cycles::{Baseline, Process, Resolution, Streams, daily, fitted};
use analysis::whatif::{Asked, Judgement, Package, what_if};
use jiff::civil::date;
use present::{Answer, WhatIf};

fn answer(names: &[&str], has_dates: bool) -> (WhatIf, Grounds) {
    let span_days = 420.0;
    let process = Process {
        resolution: Resolution::Daily,
        baselines: vec![Baseline { span_days, heights_per_day: vec![0.5, 0.9, 0.4] }; names.len()],
        branching: vec![vec![0.6 / names.len() as f64; names.len()]; names.len()],
        decays_per_day: vec![0.3; names.len()],
    };
    let counts = daily(&process, 420, 3).expect("quiet");
    let streams = Streams::daily(names, &counts).expect("enough").with_initiators();
    let streams = if has_dates { streams.starting(date(2024, 1, 1)) } else { streams };
    let (report, posterior) = fitted(&streams, 2);
    let packages =
        ["pressure alone::pressure:TTP=0.7..0.9", "with a truce::pressure:TTP=0.7..0.9+ceasefire:14d=0.1..0.4"];
    let packages: Vec<Package> = packages.iter().map(|text| text.parse().expect("a package")).collect();
    let asked = Asked { days: 60, ..Asked::new(packages) };
    let found = what_if(&streams, (&report, &posterior), &[], &asked, 2).expect("an answer");
    let found = found.with_judgements(vec![Judgement {
        lever: "pressure:TTP".to_owned(),
        who: "an analyst <of the border>".to_owned(),
        says: "pressure hardens the group".to_owned(),
        agrees: Some(false),
        evidence: vec!["clm_1".to_owned()],
    }]);
    let shown = WhatIf::new("Assaults between PAK and TTP".to_owned(), found);
    let grounds = Grounds {
        asked: "assaults".to_owned(),
        method: shown.method(),
        caveats: shown.caveats(),
        ..Grounds::default()
    };
    (shown, grounds)
}

#[test]
fn packages_stand_side_by_side_and_say_what_they_rest_on() {
    let (shown, grounds) = answer(&["PAK → TTP", "TTP → PAK"], true);
    let mut table = Vec::new();
    shown.table(&mut table).expect("a table is written");
    let table = String::from_utf8(table).expect("a table is text");
    println!("{table}");
    let wide: Vec<&str> = table.lines().filter(|line| line.chars().count() > 122).collect();
    assert!(wide.is_empty(), "{wide:#?}");
    for expected in [
        "Assaults between PAK and TTP: 60 days from 2025-02-24, 1000 futures of each package",
        "━━ no lever",
        "━━ with a truce",
        "times 0.70 to 0.90, assumed · on TTP → PAK",
        "pressure alone beside no lever: ",
        "with a truce beside pressure alone: ",
        "no episode is known",
        "an analyst <of the border>: pressure hardens the group · the numbers go the other way · clm_1",
        "reckoned",
    ] {
        assert!(table.contains(expected), "{expected:?} is not in\n{table}");
    }
    let without_method = table.to_lowercase();
    assert!(!without_method.contains("caus"), "{table}");
    let (head, rows) = shown.rows();
    assert!(rows.iter().all(|row| row.len() == head.len()));
    // Totals and days of three packages, contrasts of three pairs in two forms; each of all and of two streams.
    assert_eq!(rows.len(), 3 * 3 * (1 + 60) + 3 * 2 * 3);
    assert!(rows.iter().any(|row| row[15] == "assumed; assumed" && row[4] == "2025-02-24" && row[5] == "2025-04-24"));
    let figure = shown.figure(&grounds, 860);
    if let Some(folder) = option_env!("FIGURES") {
        for width in [860, 390] {
            let picture = chart::png(&shown.figure(&grounds, width), 1.5).expect("a figure is drawn");
            std::fs::write(format!("{folder}/whatif-{width}.png"), picture).expect("the folder is there");
        }
    }
    assert!(figure.contains("with a truce") && figure.contains("Side by side") && figure.contains("futures"));
    assert!(chart::png(&figure, 0.5).is_ok());
    assert_eq!(figure, shown.figure(&grounds, 860));
    let json = serde_json::to_value(&shown).expect("JSON");
    assert_eq!(json["outcomes"][1]["levers"][0]["basis"], "assumed");
    assert_eq!(json["outcomes"][1]["text"], "pressure alone::pressure:TTP=0.7..0.9");
    assert_eq!(json["judgements"][0]["agrees"], false);
}

#[test]
fn without_dates_there_are_contrasts_alone() {
    let (shown, grounds) = answer(&["PAK – TTP"], false);
    let figure = shown.figure(&grounds, 390);
    assert!(figure.contains("Side by side") && !figure.contains("What if: "));
    let mut table = Vec::new();
    shown.table(&mut table).expect("a table is written");
    assert!(String::from_utf8(table).expect("text").contains("60 days, 1000 futures"));
    assert!(shown.rows().1.iter().any(|row| row[4] == "1" && row[5] == "60"));
}
