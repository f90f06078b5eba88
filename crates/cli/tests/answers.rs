//! Each figure is drawn again to the last byte from the same lake and as-of date, whatever was read later; and each names its
//! source, its period, its number and what it cannot say.
#![cfg(feature = "lake")]

use std::fmt::Write;

mod binary;
use binary::{Folder, done};

/// Every answer that has a figure.
const FIGURES: [&str; 15] = [
    "series --by all --unit week --undated-on-report",
    "series --about PAK,AFG --by directed --unit month --undated-on-report --change-points hostile",
    "changes --last 2025-10-19",
    "ties spans",
    "ties shifts --about PAK,AFG",
    "ties network --on 2025-10-19",
    "ties leverage",
    "commitments kept",
    "figures beside",
    "causes graph",
    "causes loops",
    "causes paths --lever pressure",
    "ceasefires --about PAK,AFG",
    "ceasefires --from 2025-10-01 --at 2025-10-17T12:00:00Z",
    "ceasefires survival",
];

/// The last day of what is asked.
const AS_OF: &str = "2025-10-19";

fn drawn(lake: &str) -> Vec<String> {
    let draw = |figure: &&str| {
        let arguments: Vec<&str> =
            figure.split(' ').chain(["--as-of", AS_OF, "--lake", lake, "--format", "svg"]).collect();
        done(&arguments)
    };
    let halves = FIGURES.split_at(FIGURES.len() / 2);
    std::thread::scope(|scope| {
        let other = scope.spawn(|| halves.1.iter().map(draw).collect::<Vec<_>>());
        let mut all: Vec<String> = halves.0.iter().map(draw).collect();
        all.extend(other.join().expect("the other half is drawn"));
        all
    })
}

/// Reads the bundled reports that were, or were not, published by the day.
fn read(lake: &str, by_then: bool) {
    let mut samples: Vec<String> = std::fs::read_dir(binary::root().join("data/samples"))
        .expect("the samples")
        .filter_map(|entry| entry.expect("an entry").file_name().into_string().ok())
        .filter(|name| name.starts_with("20") && (&name[..10] <= AS_OF) == by_then)
        .map(|name| format!("data/samples/{name}"))
        .collect();
    samples.sort();
    let mut arguments = vec!["read", "--format", "jsonl", "--lake", lake];
    arguments.extend(samples.iter().map(String::as_str));
    done(&arguments);
}

#[test]
fn a_figure_is_the_same_from_the_same_lake_and_day() {
    let folder = Folder::new("answers");
    let lake = folder.lake();
    read(&lake, true);
    let first = drawn(&lake);
    read(&lake, false);
    let again = drawn(&lake);
    let mut told = String::new();
    for (figure, (svg, later)) in FIGURES.iter().zip(first.iter().zip(&again)) {
        assert!(svg == later, "annalist {figure} is drawn otherwise after later reports were read");
        // The heading and the foot; the marks between are held by tests of their own.
        writeln!(told, "annalist {figure}: {} marks open", svg.matches("data-id=").count()).expect("memory");
        let texts = texts(svg);
        let foot = texts.iter().position(|t| t.starts_with("Source:")).unwrap_or_else(|| panic!("{figure}: {texts:?}"));
        for text in texts.iter().take(1).chain(&texts[foot..]) {
            writeln!(told, "   {text}").expect("memory");
        }
        assert!(texts[foot..].iter().any(|t| t.contains("n: ")), "{figure} names no number");
    }
    insta::assert_snapshot!(told);
}

/// What is written in a figure, line by line.
fn texts(svg: &str) -> Vec<String> {
    let after = svg.split("<text").skip(1).filter_map(|rest| rest.split_once('>'));
    after.filter_map(|(_, rest)| rest.split_once("</text>")).map(|(text, _)| text.to_owned()).collect()
}
