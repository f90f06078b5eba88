//! Event data sets in and out: each row a claim of its data set, terms heeded, two sources side by side. All rows here are
//! made up.
#![cfg(feature = "lake")]

use model::Dataset;
use model::record::ClaimRecord;

mod binary;
use binary::{Folder, annalist, done, words};

/// A table of a data set with these cells by column, the rest empty.
fn table(dataset: Dataset, separator: &str, rows: &[&[(&str, &str)]]) -> String {
    let columns = &dataset.columns()[..dataset.fixed_columns()];
    let mut lines = vec![columns.join(separator)];
    for row in rows {
        let cell = |column: &&str| row.iter().find(|(name, _)| name == column).map_or("", |(_, value)| value);
        lines.push(columns.iter().map(cell).collect::<Vec<_>>().join(separator));
    }
    lines.join("\n") + "\n"
}

type Cells<'a> = Vec<(&'a str, &'a str)>;

fn ged_row<'a>(id: &'a str, day: &'a str, best: &'a str) -> Cells<'a> {
    let mut cells: Cells =
        "id=0|year=2014|type_of_violence=1|conflict_name=Pakistan: Government|dyad_name=Government of Pakistan - TTP|\
        side_a=Government of Pakistan|side_b=TTP|number_of_sources=1|where_prec=1|where_coordinates=Miran Shah town|\
        adm_1=Khyber Pakhtunkhwa|adm_2=North Waziristan|latitude=33.0|longitude=70.07|country=Pakistan|country_id=770|\
        event_clarity=1|date_prec=1|deaths_a=0|deaths_civilians=0|deaths_unknown=0|gwnoa=770"
            .split('|')
            .filter_map(|pair| pair.trim().split_once('='))
            .filter(|(name, _)| *name != "id")
            .collect();
    cells.extend([("id", id), ("date_start", day), ("date_end", day), ("deaths_b", best)]);
    cells.extend([("best", best), ("high", best), ("low", best)]);
    cells
}

fn acled_row<'a>(id: &'a str, day: &'a str) -> Cells<'a> {
    let mut cells: Cells = "year=2014|time_precision=1|disorder_type=Political violence|event_type=Battles|sub_event_type=Armed clash|\
        actor1=Military Forces of Pakistan|inter1=State forces|actor2=TTP: Tehreek-i-Taliban Pakistan|inter2=Rebel group|\
        interaction=State forces-Rebel group|iso=586|region=South Asia|country=Pakistan|admin1=Khyber Pakhtunkhwa|\
        admin2=North Waziristan|location=Miran Shah|latitude=33.0|longitude=70.07|geo_precision=1|source=A paper|\
        source_scale=National|notes=Made up.|fatalities=3|timestamp=1404259200"
        .split('|')
        .filter_map(|pair| pair.trim().split_once('='))
        .collect();
    cells.extend([("event_id_cnty", id), ("event_date", day)]);
    cells
}

fn claims(text: &str) -> Vec<ClaimRecord> {
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"))).collect()
}

#[test]
fn rows_become_claims_of_their_data_set_and_go_out_again() {
    let folder = Folder::new("exchange-ged");
    let lake = folder.lake();
    let rows = [ged_row("1", "2014-07-01", "12"), ged_row("2", "2014-07-03", "4"), ged_row("3", "no date", "1")];
    let rows: Vec<&[(&str, &str)]> = rows.iter().map(Vec::as_slice).collect();
    let file = folder.file("ged_made_up.csv", &table(Dataset::Ged, ",", &rows));
    let import = ["import", "ged", &file, "--release", "made up", "--published", "2015-06-01", "--lake", &lake];
    let output = annalist(&import);
    assert_eq!(output.status.code(), Some(1), "one row could not be taken: {}", words(&output));
    assert!(words(&output).contains("line 4") && words(&output).contains("2 of 3 rows taken"), "{}", words(&output));
    assert!(words(&annalist(&import)).contains("kept 0 new documents"), "again, it adds nothing");

    let kept = claims(&done(&["claims", "--format", "jsonl", "--lake", &lake]));
    assert_eq!(kept.len(), 2);
    let claim = &kept[0];
    let ids = |parties: &[model::record::PartyRecord]| {
        parties.iter().filter_map(|p| p.id.as_ref().map(ToString::to_string)).collect::<Vec<_>>()
    };
    assert_eq!((ids(&claim.actor), ids(&claim.recipient)), (vec!["PAK.GOV".to_owned()], vec!["TTP".to_owned()]));
    assert_eq!(claim.direction.as_deref(), Some("none"), "who began is not said");
    assert_eq!(claim.published.map(|p| p.to_string()).as_deref(), Some("2015-06-01"));
    assert_eq!(ids(claim.asserter.as_slice()), ["UCDP_GED"]);
    let row = claim.row.as_ref().expect("the row");
    assert_eq!((row.line, row.key.as_str(), row.restricted), (2, "1", false));
    assert!(claim.evidence.text.contains("2014-07-01"), "the evidence is the row itself");

    let again = folder.path("again.csv");
    done(&["export", "ged", "--out", &again, "--lake", &lake]);
    let other = folder.path("other");
    done(&["import", "ged", &again, "--release", "made up", "--published", "2015-06-01", "--lake", &other]);
    let plain = |claim: &ClaimRecord| {
        let mut json = serde_json::to_value(claim).expect("JSON");
        for field in ["id", "document", "source_id", "recorded", "evidence"] {
            json[field] = serde_json::Value::Null;
        }
        json["row"]["file"] = serde_json::Value::Null;
        json["row"]["line"] = serde_json::Value::Null;
        json
    };
    let back = claims(&done(&["claims", "--format", "jsonl", "--lake", &other]));
    assert_eq!(kept.iter().map(plain).collect::<Vec<_>>(), back.iter().map(plain).collect::<Vec<_>>());
}

#[test]
fn restricted_rows_stay_out_of_exports_and_comparisons() {
    let folder = Folder::new("exchange-acled");
    let lake = folder.lake();
    let ged = [ged_row("1", "2014-07-01", "3"), ged_row("2", "2014-08-01", "4")];
    let ged: Vec<&[(&str, &str)]> = ged.iter().map(Vec::as_slice).collect();
    let acled = [acled_row("PAK1", "01 July 2014")];
    let acled: Vec<&[(&str, &str)]> = acled.iter().map(Vec::as_slice).collect();
    let ged = folder.file("ged.csv", &table(Dataset::Ged, ",", &ged));
    // As the site gives it: with a byte order mark.
    let acled = folder.file("acled.csv", &format!("\u{feff}{}", table(Dataset::Acled, ",", &acled)));
    done(&["import", "ged", &ged, "--lake", &lake]);
    let output = annalist(&["import", "acled", &acled, "--lake", &lake]);
    assert!(output.status.success() && words(&output).contains("stay out of exports"), "{}", words(&output));
    assert_eq!(claims(&done(&["claims", "--format", "jsonl", "--lake", &lake])).len(), 3, "they are kept");

    let output = annalist(&["export", "claims", "--lake", &lake]);
    assert_eq!(String::from_utf8_lossy(&output.stdout).lines().count(), 2);
    assert!(words(&output).contains("1 claim left out"), "{}", words(&output));
    let output = annalist(&["export", "gdelt", "--lake", &lake]);
    assert_eq!(String::from_utf8_lossy(&output.stdout).lines().count(), 2);
    let output = annalist(&["compare", "ged", "acled", "--lake", &lake]);
    assert_eq!(output.status.code(), Some(2), "refused");
    assert!(words(&output).contains("terms"), "{}", words(&output));

    let brief = done(&["brief", "--from", "2014-06-01", "--to", "2014-12-31", "--lake", &lake]);
    assert!(brief.contains("1 row of data sets whose terms keep"), "{brief}");
    assert!(!brief.contains("PAK1") && !brief.contains("Made up.") && !brief.contains("A paper"), "{brief}");
}

#[test]
fn two_sources_are_compared() {
    let folder = Folder::new("exchange-compare");
    let lake = folder.lake();
    let rows = [ged_row("1", "2014-07-01", "3"), ged_row("2", "2014-08-01", "4")];
    let rows: Vec<&[(&str, &str)]> = rows.iter().map(Vec::as_slice).collect();
    let ged = folder.file("ged.csv", &table(Dataset::Ged, ",", &rows));
    done(&["import", "ged", &ged, "--published", "2015-06-01", "--lake", &lake]);
    let report = folder.file(
        "report.txt",
        "Pakistani troops killed three TTP fighters in Miran Shah on 1 July 2014, the army said.\n",
    );
    done(&["read", &report, "--published", "2014-07-02", "--lake", &lake]);
    let compared = done(&["compare", "ged", "own", "--format", "jsonl", "--lake", &lake]);
    let compared: serde_json::Value = serde_json::from_str(&compared).expect("JSON");
    assert_eq!(compared["pairs"].as_array().map(Vec::len), Some(1), "{compared:#}");
    assert_eq!(compared["all"]["a"]["only"].as_array().map(Vec::len), Some(1), "one row in GED alone");
    let table = done(&["compare", "ged", "own", "--only", "--lake", &lake]);
    assert!(table.contains("2014-08") && table.contains("only in UCDP GED"), "{table}");
    let output = annalist(&["compare", "ged", "icews", "--lake", &lake]);
    assert_eq!(output.status.code(), Some(2));
    assert!(words(&output).contains("annalist import"), "{}", words(&output));
}

#[test]
fn what_goes_out_in_any_shape_comes_in_again() {
    let folder = Folder::new("exchange-shapes");
    let lake = folder.lake();
    let report = folder.file(
        "report.txt",
        "Pakistani troops killed three TTP fighters in Miran Shah on 1 July 2014, the army said. On 3 July 2014 Pakistan and \
         Afghanistan held talks in Kabul.\n",
    );
    done(&["read", &report, "--published", "2014-07-04", "--lake", &lake]);
    for shape in ["ged", "acled", "gdelt", "polecat", "icews"] {
        let file = folder.path(shape);
        done(&["export", shape, "--out", &file, "--lake", &lake]);
        let again = annalist(&["import", shape, &file, "--no-store", "--format", "jsonl"]);
        assert_eq!(again.status.code(), Some(0), "{shape}: {}", words(&again));
        assert!(!claims(std::str::from_utf8(&again.stdout).expect("UTF-8")).is_empty(), "{shape}");
    }
}
