use std::io::{Cursor, Write};
use std::ops::ControlFlow;

use super::*;

/// What comes of a table: its summary, `line: key` of each row by the named column, and the faults.
fn check(
    bytes: &[u8],
    dataset: Option<Dataset>,
    column: &str,
) -> Result<(TableSummary, Vec<String>, Vec<String>), TableError> {
    let (mut rows, mut faults) = (Vec::new(), Vec::new());
    let options = TableOptions { dataset, chunk_rows: 3, ..TableOptions::default() };
    let summary = read_from(Cursor::new(bytes.to_vec()), "made/up.csv", &options, &mut |chunk| {
        let mut places = Vec::new();
        for i in 0..chunk.len() {
            let place = chunk.place(i);
            let column = chunk.layout.dataset.columns().iter().position(|c| *c == column).unwrap();
            match chunk.row(i, &mut places) {
                Ok(row) => {
                    assert_eq!(row.raw, &chunk.text[place.0..place.1]);
                    rows.push(format!("{}: {}", row.line, row.cell(column)));
                }
                Err(fault) => faults.push(fault.to_string()),
            }
        }
        faults.extend(chunk.faults.iter().map(ToString::to_string));
        ControlFlow::Continue(())
    })?;
    Ok((summary, rows, faults))
}

const ACLED: &str = "event_id_cnty,event_date,event_type,sub_event_type,actor1";

#[test]
fn columns_go_by_name_with_mark_quotes_and_windows_line_ends() {
    let text = format!(
        "\u{feff}{ACLED},colour,notes\r\nABC1,2024-01-02,Battles,Armed clash,A,red,\"two\r\nlines, \"\"so\"\"\"\r\n\r\nABC2,2024-01-03,Battles,Armed clash,B,,x\r\n"
    );
    let (summary, rows, faults) = check(text.as_bytes(), None, "notes").unwrap();
    assert_eq!(summary.dataset, Dataset::Acled);
    assert_eq!(summary.unknown, ["colour"]);
    assert!(summary.missing.contains(&"fatalities") && !summary.missing.contains(&"population_best"));
    assert_eq!(rows, ["2: two\r\nlines, \"so\"", "5: x"]);
    assert!(faults.is_empty(), "{faults:?}");
}

#[test]
fn tags_of_hdx_and_headers_within_are_left_out() {
    let head = "id,side_a,date_start,best\n";
    let text = format!("{head},,#date+start,\n1,A,2020-01-01,2\n{head}2,B,2020-01-02,3\n");
    let (summary, rows, _) = check(text.as_bytes(), None, "side_a").unwrap();
    assert_eq!((summary.rows, rows), (2, vec!["3: A".to_owned(), "5: B".to_owned()]));
}

#[test]
fn an_open_quote_costs_its_line_alone() {
    let text = format!(
        "{ACLED}\nA1,2024-01-02,Battles,Armed clash,\"open\nA2,2024-01-03,Battles,Armed clash,B\nA3,2024-01-04,Battles,\"x\",B\nA4,short\nA5,2024-01-03,Battles,Armed clash,B"
    );
    let (_, rows, faults) = check(text.as_bytes(), None, "event_id_cnty").unwrap();
    assert_eq!(rows, ["3: A2", "4: A3", "6: A5"]);
    assert_eq!(faults.len(), 2, "{faults:?}");
    assert!(faults.iter().any(|f| f.starts_with("line 2: the row has")), "{faults:?}");
    assert!(faults.iter().any(|f| f.starts_with("line 5: the row has 2 cells, the table 5 columns")), "{faults:?}");
}

fn by_position(width: usize, set: &[(usize, &str)], delimiter: &str) -> String {
    let mut cells = vec![String::new(); width];
    for (i, text) in set {
        cells[*i] = (*text).to_owned();
    }
    cells.join(delimiter)
}

#[test]
fn tables_without_header_go_by_position() {
    let gdelt = by_position(61, &[(0, "9"), (1, "20240102"), (26, "190"), (6, "A \"QUOTE")], "\t");
    let (summary, rows, _) = check(format!("{gdelt}\n{gdelt}\n").as_bytes(), None, "Actor1Name").unwrap();
    assert_eq!((summary.dataset, rows), (Dataset::Gdelt, vec!["1: A \"QUOTE".to_owned(), "2: A \"QUOTE".to_owned()]));
    let mentions = by_position(16, &[(0, "9"), (2, "20240102030405"), (4, "a.example")], "\t");
    assert_eq!(check(mentions.as_bytes(), None, "MentionSourceName").unwrap().0.dataset, Dataset::GdeltMentions);
    let ged = by_position(49, &[(0, "123"), (14, "A"), (38, "2024-01-02"), (44, "3")], ",");
    assert_eq!(check(ged.as_bytes(), None, "side_a").unwrap().1, ["1: A"]);
}

#[test]
fn quotes_in_tab_separated_tables_mean_something_only_where_they_hold_cells_together() {
    let head = "Event ID\tEvent Date\tEvent Type\tIntensity\tActor Name";
    let stray =
        format!("{head}\n1\t2024-01-02\tASSAULT\t-9\t\"half\n2\t2024-01-02\tASSAULT\t-9\tB\n3\t2024-01-02\tASSAULT\n");
    let (summary, rows, faults) = check(stray.as_bytes(), None, "Actor Name").unwrap();
    assert_eq!((summary.dataset, summary.unknown.len()), (Dataset::Polecat, 0));
    assert_eq!(rows, ["2: \"half", "3: B"]);
    assert_eq!(faults.len(), 1);
    let clear = format!("{head}\n1\t2024-01-02\tASSAULT\t-9\t\"a\tb\"\n2\t2024-01-02\tASSAULT\t-9\tB\n");
    assert_eq!(check(clear.as_bytes(), None, "Actor Name").unwrap().1, ["2: a\tb", "3: B"]);
}

#[test]
fn packed_tables_are_unpacked() {
    let text = format!("{ACLED}\nA1,2024-01-02,Battles,Armed clash,A\n");
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(text.as_bytes()).unwrap();
    let gzip = gzip.finish().unwrap();
    assert_eq!(check(&gzip, None, "actor1").unwrap().1, ["2: A"]);
    let (_, _, faults) = check(&gzip[..gzip.len() - 6], None, "actor1").unwrap();
    assert!(faults[0].contains("could not be read on"), "{faults:?}");
    let mut deflate = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
    deflate.write_all(text.as_bytes()).unwrap();
    let deflate = deflate.finish().unwrap();
    let entry = |name: &str| {
        // Sizes unknown at the start, as streaming packers write them.
        let mut zip = b"PK\x03\x04\x14\0\x08\0\x08\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0".to_vec();
        zip.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
        zip.extend([0, 0]);
        zip.extend(name.as_bytes());
        zip.extend(&deflate);
        zip.extend(b"PK\x07\x08");
        zip.extend([0; 12]);
        zip
    };
    let one = [entry("readme.txt"), entry("a.csv"), b"PK\x01\x02".to_vec()].concat();
    let (_, rows, faults) = check(&one, None, "actor1").unwrap();
    assert_eq!((rows, faults.len()), (vec!["2: A".to_owned()], 0));
    let (_, rows, faults) = check(&[entry("a.csv"), entry("b.csv")].concat(), None, "actor1").unwrap();
    assert_eq!(rows, ["2: A"]);
    assert!(faults[0].contains("second table"), "{faults:?}");
}

#[test]
fn other_tables_are_refused_by_name() {
    let refused = |bytes: &[u8], dataset| check(bytes, dataset, "id").unwrap_err().to_string();
    assert!(refused(b"year,adm_1,best\n2013,X,1\n", None).contains("3 cells: year | adm_1 | best"));
    assert!(refused(b"{\"type\": \"FeatureCollection\"}", None).contains("JSON"));
    assert!(refused(b" \n", None).contains("empty"));
    assert!(refused(b"id,side_a,side_b,best\n1,a,b,3\n", Some(Dataset::Ged)).contains("lacks the columns date_start"));
    assert!(refused(b"", None).contains("empty"));
}

#[test]
fn bytes_of_windows_are_read_as_such() {
    let mut bytes = format!("{ACLED}\n").into_bytes();
    bytes.extend(b"A1,2024-01-02,Battles,Armed clash,caf\xe9\nA2,2024-01-02,Battles,Armed clash,caf\xc3\xa9\n");
    assert_eq!(check(&bytes, None, "actor1").unwrap().1, ["2: café", "3: café"]);
}
