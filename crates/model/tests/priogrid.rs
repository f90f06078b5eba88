//! Our PRIO-GRID cells against those that UCDP gives its events, where its tables are at hand.

use std::path::{Path, PathBuf};

use model::priogrid::priogrid;

/// Data that lie beside the project, or a plain word that they do not.
fn table(part: &str) -> Option<PathBuf> {
    let found = Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .map(|above| above.join("shared/data/tables").join(part))
        .find(|path| path.exists());
    if found.is_none() {
        println!("skipped: shared/data/tables/{part} is not here");
    }
    found
}

/// The records of a CSV text; quoted cells may hold commas, quotes and line breaks.
fn records(text: &str) -> Vec<Vec<String>> {
    let (mut records, mut record, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => record.push(std::mem::take(&mut cell)),
            '\n' if !quoted => {
                record.push(std::mem::take(&mut cell));
                records.push(std::mem::take(&mut record));
            }
            '\r' if !quoted => {}
            c => cell.push(c),
        }
    }
    records
}

/// Rows whose cell is ours, rows whose point lies on the border of cells, rows that differ.
fn compared(part: &str) -> Option<(usize, usize, usize)> {
    let text = std::fs::read_to_string(table(part)?).expect("a text");
    let records = records(&text);
    let column = |name: &str| records[0].iter().position(|c| c == name).expect("UCDP's columns");
    let (lat, lon, gid) = (column("latitude"), column("longitude"), column("priogrid_gid"));
    let (mut same, mut border, mut other) = (0, 0, 0);
    for record in &records[1..] {
        let number = |i: usize| record.get(i).and_then(|c| c.parse::<f64>().ok());
        // A row of tags, or one without a place.
        let (Some(lat), Some(lon), Some(gid)) = (number(lat), number(lon), number(gid)) else { continue };
        let on_border = |degrees: f64| (degrees * 2.0 - (degrees * 2.0).round()).abs() < 1e-5;
        match priogrid(lat, lon) {
            Some(ours) if (f64::from(ours) - gid).abs() < 0.5 => same += 1,
            _ if on_border(lat) || on_border(lon) => border += 1,
            ours => {
                println!("{part}: {lat} {lon} is {gid}, ours {ours:?}");
                other += 1;
            }
        }
    }
    println!("{part}: {same} the same, {border} on a border and off, {other} off");
    Some((same, border, other))
}

#[test]
fn cells_are_those_of_ucdp() {
    let parts = [
        ("ucdp_ged_pakistan_to_2014/ged_pakistan_1989_2014.csv", 5_000),
        ("ucdp_ged_sample_23.1/ucdpged_1000.csv", 900),
        ("ucdp_ged_ukraine_22.1/conflict_data_ukr.csv", 2_000),
        ("ucdp_ged_bangladesh_hdx/tests/fixtures/conflict_data_BGD.csv", 500),
    ];
    for (part, least) in parts {
        let Some((same, border, other)) = compared(part) else { continue };
        assert!(same >= least, "{part}: only {same} rows agree");
        assert!(other == 0, "{part}: {other} rows differ away from borders");
        assert!(border * 100 <= same, "{part}: {border} rows on borders differ");
    }
}
