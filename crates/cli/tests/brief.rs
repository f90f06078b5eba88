//! A brief as it is handed on: three forms of one paper, in which every number leads to a sentence that stands in the lake; what is
//! to be withheld is withheld, and the same lake and days give the same bytes.
#![cfg(feature = "lake")]

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

mod binary;
use binary::{Folder, annalist, done, words};

/// The week of the strikes on Barmal, of which two sides give different tolls.
const BARMAL: [&str; 7] = ["brief", "--from", "2024-12-22", "--to", "2024-12-28", "--as-of", "2024-12-28"];

/// Reads all the bundled reports.
fn read(lake: &str) {
    let mut samples: Vec<String> = std::fs::read_dir(binary::root().join("data/samples"))
        .expect("the samples")
        .filter_map(|entry| entry.expect("an entry").file_name().into_string().ok())
        .filter(|name| name != "README.md")
        .map(|name| format!("data/samples/{name}"))
        .collect();
    samples.sort();
    let mut arguments = vec!["read", "--format", "jsonl", "--lake", lake];
    arguments.extend(samples.iter().map(String::as_str));
    done(&arguments);
}

fn brief(arguments: &[&str], lake: &str) -> String {
    let arguments: Vec<&str> = arguments.iter().copied().chain(["--lake", lake]).collect();
    done(&arguments)
}

/// The body and the notes by their numbers.
fn parted(markdown: &str) -> (String, BTreeMap<String, String>) {
    let (body, notes) = markdown.split_once("\n## Notes\n").unwrap_or((markdown, ""));
    let note = |line: &str| {
        let (number, words) = line.strip_prefix("[^")?.split_once("]: ")?;
        Some((number.to_owned(), words.to_owned()))
    };
    (body.to_owned(), notes.lines().filter_map(note).collect())
}

/// The numbers of the notes that some words refer to.
fn referred(words: &str) -> BTreeSet<String> {
    words
        .match_indices("[^")
        .filter_map(|(at, mark)| Some(words[at + mark.len()..].split_once(']')?.0.to_owned()))
        .collect()
}

/// Whether words have a number that is counted or told: no part of a date, a time, a name of a week, or the rank of a heading.
fn has_number(words: &str) -> bool {
    let mut plain = String::new();
    for (at, piece) in words.split("[^").enumerate() {
        plain.push_str(if at == 0 { piece } else { piece.split_once(']').map_or("", |(_, rest)| rest) });
    }
    let is_number = |word: &&str| {
        let word = word.trim_matches(|c: char| !c.is_ascii_alphanumeric() && c != '+');
        let first = word.chars().next().is_some_and(|c| c.is_ascii_digit());
        let date_or_time =
            word.contains(':') || word.matches('-').count() == 2 || word.contains("-W") || word.starts_with('+');
        first && !date_or_time
    };
    plain.split_whitespace().any(|word| is_number(&word))
}

#[test]
fn every_number_leads_to_a_sentence_of_the_lake() {
    let folder = Folder::new("brief");
    let lake = folder.lake();
    read(&lake);
    let markdown = brief(&BARMAL, &lake);
    let (body, notes) = parted(&markdown);
    assert!(notes.len() > 10, "{markdown}");
    // What was read is told in numbers that rest on no claim: it stands under the title, beside what changed, and at the end.
    let told = body.split_once("## What stands out").expect("a first section").1;
    let told = told.split_once("## What is not known").expect("a last section").0;
    for line in told.lines().filter(|line| !line.starts_with('#')) {
        let of_reading =
            line.contains("of this period were read") || line.contains("less grave") || line.contains("“annalist");
        // The 95 of the head says how sure an interval is.
        let is_head = line.starts_with("| What | Now |");
        let of_nothing = is_head || line.starts_with("| ") && (line.contains("| 0 |") || line.contains("| – |"));
        if has_number(line) && !of_reading && !of_nothing {
            assert!(!referred(line).is_empty(), "no note stands behind: {line}");
        }
    }
    let cited = referred(&body);
    assert_eq!(cited, notes.keys().cloned().collect(), "every note is referred to, every reference has its note");

    let claims = done(&["claims", "--format", "jsonl", "--as-of", "2024-12-28", "--lake", &lake]);
    let claims: BTreeMap<String, Value> = claims
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("a claim"))
        .map(|claim| (claim["id"].as_str().expect("an id").to_owned(), claim))
        .collect();
    for (number, note) in &notes {
        let id = note.split('`').nth(1).unwrap_or_else(|| panic!("note {number} names no claim: {note}"));
        let claim = claims.get(id).unwrap_or_else(|| panic!("note {number}: the lake has no {id}"));
        let quote = note.split_once('“').and_then(|(_, rest)| Some(rest.rsplit_once("” (")?.0)).expect("a quotation");
        let quote = quote.replace('\\', "").replace("&amp;", "&");
        let whole = claim["evidence"]["text"].as_str().expect("words").split_whitespace().collect::<Vec<_>>().join(" ");
        // A name that is withheld stands as such; all around it is as it was written.
        let pieces = quote.trim_end_matches('…').split("[name withheld]").flat_map(|p| p.split("[site withheld]"));
        let mut at = 0;
        for piece in pieces {
            let found =
                whole[at..].find(piece).unwrap_or_else(|| panic!("note {number} quotes “{quote}” of “{whole}”"));
            at += found + piece.len();
        }
    }
    insta::assert_snapshot!(markdown);
}

#[test]
fn both_tolls_of_a_disputed_strike_stand_with_who_gives_them() {
    let folder = Folder::new("brief-tolls");
    let lake = folder.lake();
    read(&lake);
    let markdown = brief(&BARMAL, &lake);
    let part = markdown.split("\n### ").find(|part| part.contains("46 killed")).unwrap_or_else(|| panic!("{markdown}"));
    assert!(part.contains("*Standing:*") && part.contains("according to"), "{part}");
    let body = parted(&markdown).0;
    assert!(body.contains("46 killed") && body.contains("20 to 25 killed"), "{body}");
}

#[test]
fn three_forms_of_one_paper_the_same_each_time() {
    let folder = Folder::new("brief-forms");
    let lake = folder.lake();
    read(&lake);
    let arguments =
        ["brief", "--about", "PAK,AFG", "--from", "2025-10-11", "--to", "2025-10-19", "--as-of", "2025-10-19"];
    let mut made: Vec<BTreeMap<&str, Vec<u8>>> = Vec::new();
    for time in ["first", "second"] {
        std::fs::create_dir_all(folder.path(time)).expect("a folder");
        let mut files = BTreeMap::new();
        for ending in ["md", "html", "pdf"] {
            let path = folder.path(&format!("{time}/brief.{ending}"));
            assert_eq!(brief(&[&arguments[..], &["--out", &path]].concat(), &lake), "", "data goes to the file alone");
            files.insert(ending, std::fs::read(&path).expect("the file"));
        }
        made.push(files);
    }
    assert!(made[0] == made[1], "the same lake and days give the same bytes");
    let text = |ending: &str| String::from_utf8(made[0][ending].clone()).expect("UTF-8");

    let markdown = text("md");
    for picture in ["over-time", "ceasefires"] {
        assert!(markdown.contains(&format!("](brief-figures/{picture}.svg)")), "{markdown}");
        let svg =
            std::fs::read_to_string(folder.path(&format!("first/brief-figures/{picture}.svg"))).expect("a picture");
        assert!(svg.starts_with("<svg "));
    }

    let html = text("html");
    assert!(!html.contains("<script") && !html.contains("javascript:") && !html.contains(" onload="));
    let given = |attribute: &str| -> Vec<&str> {
        let values = html.match_indices(attribute).map(|(at, found)| &html[at + found.len()..]);
        values.filter_map(|rest| rest.split('"').next()).collect()
    };
    let links = given("href=\"");
    let ids: BTreeSet<&str> = given(" id=\"").into_iter().collect();
    for link in links {
        match link.strip_prefix('#') {
            Some(within) => assert!(ids.contains(within), "#{within} leads nowhere"),
            None => assert!(link.starts_with("https://") || link.starts_with("http://"), "{link}"),
        }
    }
    assert!(html.contains("@page") && html.contains("lang=\"en\""));

    let pdf = &made[0]["pdf"];
    assert!(pdf.starts_with(b"%PDF-1.7") && pdf.trim_ascii_end().ends_with(b"%%EOF"));
    let has = |words: &[u8]| pdf.windows(words.len()).filter(|window| *window == words).count();
    let pages = has(b"/Type /Page\n");
    assert!((2..=6).contains(&pages), "{pages} pages");
    assert!(has(b"/Lang (en)") == 1 && has(b"/Outlines") > 0 && has(b"/S /GoTo") > 20 && has(b"/S /URI") > 0);
    assert!(has(b"D:20251019") == 1, "its date is that as of which it tells");
}

#[test]
fn private_names_are_withheld_also_in_sentences_and_pictures() {
    let folder = Folder::new("brief-names");
    let lake = folder.lake();
    read(&lake);
    let all = done(&["causes", "graph", "--format", "svg", "--lake", &lake]);
    assert!(all.contains("Brandt"), "the report names a researcher");
    let markdown = brief(&["brief", "--from", "2025-10-30", "--to", "2025-11-12"], &lake);
    assert!(
        !markdown.contains("Brandt")
            && markdown.contains("[name withheld]".replace('[', "\\[").replace(']', "\\]").as_str()),
        "{markdown}"
    );
    let path = folder.path("brief.html");
    brief(&["brief", "--from", "2025-10-30", "--to", "2025-11-12", "--out", &path], &lake);
    assert!(!std::fs::read_to_string(&path).expect("the file").contains("Brandt"));
}

#[test]
fn what_cannot_be_done_is_said_before_any_work() {
    let folder = Folder::new("brief-odd");
    let lake = folder.lake();
    for (out, says) in
        [("brief.doc", ".md, .html or .pdf"), ("brief", ".md, .html or .pdf"), ("nowhere/brief.pdf", "nowhere")]
    {
        let output = annalist(&["brief", "--out", &folder.path(out), "--lake", &lake]);
        assert_eq!(output.status.code(), Some(2), "{out}");
        assert!(words(&output).contains(says), "{}", words(&output));
        assert!(output.stdout.is_empty());
    }
    let empty = folder.file("nothing.txt", "Nothing is claimed here.");
    annalist(&["read", &empty, "--format", "jsonl", "--lake", &lake]);
    for ending in ["md", "html", "pdf"] {
        let path = folder.path(&format!("empty.{ending}"));
        brief(&["brief", "--out", &path], &lake);
        assert!(std::fs::metadata(&path).is_ok_and(|file| file.len() > 500));
    }
    assert!(brief(&["brief"], &lake).contains("Nothing was found"));
    read(&lake);
    let markdown = brief(&["brief", "--about", "PAK", "--from", "1999-01-01", "--to", "1999-01-07"], &lake);
    assert!(markdown.contains("Nothing was found") && markdown.contains("no sign"), "{markdown}");
    let output = annalist(&["brief", "--from", "2025-02-01", "--to", "2025-01-01", "--lake", &lake]);
    assert_eq!(output.status.code(), Some(2));
}
