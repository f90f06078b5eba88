//! The table of intensities against the data from which it was made, where they are at hand.

use std::collections::BTreeMap;

const TABLE: &str = include_str!("../../../data/series/intensity.tsv");
const CROSSWALK: &str = include_str!("../../../data/crosswalks/cameo.tsv");
const ICEWS: &str = "../shared/data/tables/icews_sample";

/// Two columns of a table, one a row.
fn columns(path: &str, delimiter: u8, names: [&str; 2]) -> Option<Vec<[String; 2]>> {
    // The root of the repository is two folders up.
    let bytes = std::fs::read(format!("{}/../../{ICEWS}/{path}", env!("CARGO_MANIFEST_DIR"))).ok()?;
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).quoting(delimiter == b',').from_reader(&bytes[..]);
    let header = reader.byte_headers().expect("a header").clone();
    let at = names.map(|name| header.iter().position(|cell| cell == name.as_bytes()).expect("the column"));
    let text = |cell: &[u8]| String::from_utf8_lossy(cell).into_owned();
    Some(reader.byte_records().map(|row| row.expect("a row")).map(|row| at.map(|i| text(&row[i]))).collect())
}

#[test]
fn lines_are_means_over_the_crosswalk() {
    let rows = columns("inst/extdata/events.2018.sample.tab", b'\t', ["CAMEO Code", "Intensity"]);
    let codes = columns("data-raw/cameo-codes.csv", b',', ["code", "goldstein"]);
    let (Some(rows), Some(codes)) = (rows, codes) else {
        eprintln!("skipped: there is no ICEWS sample at {ICEWS} beside the repository");
        return;
    };
    // Values in rows go before those of the list of codes.
    let mut values: BTreeMap<String, f64> = BTreeMap::new();
    for [code, value] in codes.into_iter().chain(rows) {
        values.extend(value.parse().ok().map(|value: f64| (code, value)));
    }
    let value = |code: &str| (1..=code.len()).rev().find_map(|end| values.get(&code[..end])).copied().expect("a value");
    let mut means: BTreeMap<(&str, &str), Vec<f64>> = BTreeMap::new();
    for line in CROSSWALK.lines().filter(|l| !l.starts_with('#')).skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        if let [code, kind, modes, ..] = cells[..]
            && !kind.is_empty()
        {
            for mode in std::iter::once("").chain(modes.split_whitespace()) {
                means.entry((kind, mode)).or_default().push(value(code));
            }
        }
    }
    let mut checked = 0;
    for line in TABLE.lines().filter(|l| !l.starts_with('#')).skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let codes = means.get(&(cells[0], cells[1]));
        assert_eq!(cells[4] == "cameo", codes.is_some(), "{line}");
        let Some(codes) = codes else { continue };
        let mean = codes.iter().sum::<f64>() / codes.len() as f64;
        let note = format!("{} code{}, mean {mean:.2}", codes.len(), if codes.len() == 1 { "" } else { "s" });
        assert_eq!(cells[5], note, "{line}");
        // To the nearest half; means that lie between two halves are told apart by nothing.
        let off = (mean - cells[3].parse::<f64>().expect("a number")).abs();
        assert!(off <= 0.25 + 1e-9, "{line}: {mean}");
        checked += 1;
    }
    assert!(checked > 60);
}
