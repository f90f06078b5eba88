//! Tables of others come in and go out: made-up rows of every data set, and real ones where they are at hand.
//! The rows of ACLED here are made up, as its terms ask.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use coding::catalogue::Catalogue;
use ingest::Source;
use ingest::tables::TableError;
use model::record::{ClaimRecord, PartyRecord, TextAt};
use model::{ClaimId, Dataset, Document, DocumentId, Granularity, RowFault, Span};
use pipeline::{ExportSummary, ImportOptions, ImportSummary, export, import, import_from};

#[derive(Debug, Default)]
struct Got {
    documents: Vec<Document>,
    claims: Vec<ClaimRecord>,
    faults: Vec<RowFault>,
}

/// Imports, and checks what holds for every import: each claim's evidence is its document's words.
fn gather(
    run: impl FnOnce(&mut dyn FnMut(pipeline::Imported) -> ControlFlow<()>) -> Result<ImportSummary, TableError>,
) -> Result<(Got, ImportSummary), TableError> {
    let mut got = Got::default();
    let summary = run(&mut |imported| {
        for claim in &imported.claims {
            let doc = imported.document.as_ref().expect("claims stand in a document");
            let span = claim.evidence.span;
            assert_eq!(&claim.document, doc.id());
            assert!(Span::new(doc.text(), span.start(), span.end()).is_ok());
            assert_eq!(span.of(doc.text()), claim.evidence.text);
        }
        got.documents.extend(imported.document);
        got.claims.extend(imported.claims);
        got.faults.extend(imported.faults);
        ControlFlow::Continue(())
    })?;
    assert_eq!((summary.claims, summary.faults), (got.claims.len() as u64, got.faults.len() as u64));
    assert_eq!(summary.claims + summary.faults, summary.table.rows, "every row is a claim or a fault");
    Ok((got, summary))
}

fn options(threads: usize) -> ImportOptions {
    ImportOptions { threads, published: Some("2024-06-01".parse().unwrap()), ..ImportOptions::default() }
}

fn of_text(text: &str) -> (Got, ImportSummary) {
    let bytes = Cursor::new(text.as_bytes().to_vec());
    gather(|sink| import_from(bytes, "made_up.csv", &options(2), Catalogue::embedded(), sink)).unwrap()
}

fn of_file(path: &Path) -> (Got, ImportSummary) {
    gather(|sink| import(&Source::Path(path.to_owned()), &options(2), Catalogue::embedded(), sink)).unwrap()
}

fn id(party: &PartyRecord) -> &str {
    party.id.as_ref().map_or("-", |id| id.as_str())
}

/// `actor > recipient`, or `actor = recipient` where the row gives no direction.
fn sides(claim: &ClaimRecord) -> String {
    let side = |parties: &[PartyRecord]| parties.iter().map(id).collect::<Vec<_>>().join(" ");
    let sign = if claim.direction.is_some() { "=" } else { ">" };
    format!("{} {sign} {}", side(&claim.actor), side(&claim.recipient))
}

fn what(claim: &ClaimRecord) -> String {
    [claim.code.as_deref().unwrap_or("-"), &claim.modes.join("+")].join(" ").trim_end().to_owned()
}

/// A row of a data set with these cells set by column.
fn row(dataset: Dataset, cells: &[(&str, &str)], delimiter: &str) -> String {
    let columns = &dataset.columns()[..dataset.fixed_columns()];
    let cell = |c: &&str| cells.iter().find(|(name, _)| name == c).map_or("", |(_, text)| *text).to_owned();
    columns.iter().map(cell).collect::<Vec<_>>().join(delimiter)
}

fn header(dataset: Dataset, delimiter: &str) -> String {
    dataset.columns()[..dataset.fixed_columns()].join(delimiter)
}

/// What a claim holds but for ids, evidence and where its row stands.
fn held(claims: &[ClaimRecord]) -> Vec<ClaimRecord> {
    let nothing: [&[u8]; 0] = [];
    let mut claims = claims.to_vec();
    for claim in &mut claims {
        claim.id = ClaimId::of(nothing);
        claim.document = DocumentId::of(nothing);
        claim.source_id = None;
        claim.evidence = TextAt { span: Span::new("", 0, 0).unwrap(), text: String::new() };
        if let Some(row) = &mut claim.row {
            row.file = model::Text::default();
            row.line = 0;
        }
    }
    claims
}

fn written(dataset: Dataset, claims: &[ClaimRecord]) -> (String, ExportSummary) {
    let mut out = Vec::new();
    let summary = export(dataset, claims, Catalogue::embedded(), &mut out).unwrap();
    (String::from_utf8(out).unwrap(), summary)
}

#[test]
fn acled_keeps_its_actors_apart_and_its_rows_back() {
    let base = [
        ("event_date", "03 May 2023"),
        ("year", "2023"),
        ("time_precision", "1"),
        ("country", "Pakistan"),
        ("admin1", "Balochistan"),
        ("location", "Quetta"),
        ("latitude", "30.1840"),
        ("longitude", "67.0014"),
        ("geo_precision", "1"),
    ];
    let made = |id: &str, cells: &[(&'static str, &str)]| {
        let all: Vec<(&str, &str)> =
            [("event_id_cnty", id)].into_iter().chain(base).chain(cells.iter().copied()).collect();
        row(Dataset::Acled, &all, ",")
    };
    let clash = [
        ("event_type", "Battles"),
        ("sub_event_type", "Armed clash"),
        ("actor1", "TTP: Tehreek-i-Taliban Pakistan"),
        ("inter1", "Rebel group"),
        ("actor2", "Military Forces of Pakistan (2022-)"),
        ("inter2", "State forces"),
        ("interaction", "State forces-Rebel group"),
        ("fatalities", "4"),
    ];
    let attack = [
        ("event_type", "Violence against civilians"),
        ("sub_event_type", "Attack"),
        ("actor1", "Civilians (Pakistan)"),
        ("inter1", "7"),
        ("actor2", "Unidentified Armed Group (Pakistan)"),
        ("inter2", "3"),
        ("interaction", "37"),
        ("fatalities", "0"),
    ];
    let protest = [
        ("event_type", "Protests"),
        ("sub_event_type", "Peaceful protest"),
        ("actor1", "Protesters (Pakistan)"),
        ("interaction", "60"),
    ];
    let other = [("event_type", "Strategic developments"), ("sub_event_type", "Other"), ("actor1", "X")];
    let text = format!(
        "\u{feff}{}\r\n{}\r\n{}\r\n{}\r\n{}\r\nshort,row\r\n",
        header(Dataset::Acled, ","),
        made("PAK1", &clash),
        made("PAK2", &attack),
        made("PAK3", &protest),
        made("PAK4", &other)
    );
    let (got, summary) = of_text(&text);
    assert_eq!(summary.table.dataset, Dataset::Acled);
    let shown: Vec<String> = got.claims.iter().map(|c| format!("{}: {}", what(c), sides(c))).collect();
    assert_eq!(shown, ["ASSAULT: TTP = PAK.MIL", "ASSAULT: PAK.UAF > PAK.CVL", "PROTEST demo: PAK.CVL > "]);
    let first = &got.claims[0];
    assert_eq!((first.effects[0].low, first.effects[0].high, first.effects[0].best), (Some(4.0), None, Some(4.0)));
    assert!(got.claims[1].effects.is_empty());
    assert_eq!(first.time.as_ref().unwrap().from.unwrap().to_string(), "2023-05-03");
    let place = &first.places[0];
    assert_eq!((place.name.as_deref(), place.country.map(|c| c.to_string()).as_deref()), (Some("Quetta"), Some("PAK")));
    assert_eq!(place.ids.priogrid, Some(240 * 720 + 495));
    let kept = first.row.as_ref().unwrap();
    assert!(kept.restricted && kept.terms.contains("no redistribution") && kept.key == "PAK1" && kept.line == 2);
    let faults: Vec<String> = got.faults.iter().map(ToString::to_string).collect();
    assert!(faults[0].starts_with("line 5: ACLED's `Other` fits no type"), "{faults:?}");
    assert!(faults[1].starts_with("line 6: the row has 2 cells"), "{faults:?}");
    for dataset in [Dataset::Ged, Dataset::Acled, Dataset::Gdelt, Dataset::Polecat, Dataset::Icews] {
        let (_, summary) = written(dataset, &got.claims);
        assert_eq!((summary.rows, summary.left_out.into_values().sum::<u64>()), (0, 3), "{dataset}");
    }
}

#[test]
fn gdelt_is_read_by_position_and_written_back() {
    let made = |id: &str, code: &str| {
        row(
            Dataset::Gdelt,
            &[
                ("GLOBALEVENTID", id),
                ("SQLDATE", "20240103"),
                ("Actor1Code", "PAKMIL"),
                ("Actor1Name", "PAKISTANI \"ARMY"),
                ("Actor1CountryCode", "PAK"),
                ("Actor1Type1Code", "MIL"),
                ("Actor2Code", "AFGINSTAL"),
                ("Actor2Name", "TALIBAN"),
                ("Actor2CountryCode", "AFG"),
                ("Actor2KnownGroupCode", "TAL"),
                ("Actor2Type1Code", "INS"),
                ("EventCode", code),
                ("ActionGeo_Type", "4"),
                ("ActionGeo_FullName", "Kabul, Kabol, Afghanistan"),
                ("ActionGeo_Lat", "34.5167"),
                ("ActionGeo_Long", "69.1833"),
                ("DATEADDED", "20240103153000"),
            ],
            "\t",
        )
    };
    let text = [made("1", "195"), made("2", "010"), made("3", "0841"), "x\ty".to_owned()].join("\n");
    let (got, summary) = of_text(&text);
    assert_eq!(summary.table.dataset, Dataset::Gdelt);
    let shown: Vec<String> = got.claims.iter().map(|c| format!("{}: {}", what(c), sides(c))).collect();
    assert_eq!(shown, ["ASSAULT aerial: PAK.MIL > TALIBAN", "RETREAT release: PAK.MIL > TALIBAN"]);
    assert_eq!(got.claims[0].published.unwrap().to_string(), "2024-01-03T15:30:00Z");
    let place = &got.claims[0].places[0];
    assert_eq!(
        (place.name.as_deref(), place.admin1.as_deref(), place.country.map(|c| c.to_string()).as_deref()),
        (Some("Kabul"), Some("Kabol"), Some("AFG"))
    );
    assert!(got.faults[0].why.contains("CAMEO 01") && got.faults[0].line == 2, "{:?}", got.faults);
    let (out, summary) = written(Dataset::Gdelt, &got.claims);
    assert_eq!((summary.rows, out.lines().next().unwrap().split('\t').count()), (2, 61));
    let (again, _) = of_text(&out);
    let facts = |got: &Got| -> Vec<String> {
        got.claims.iter().map(|c| format!("{} {:?} {:?} {:?}", what(c), c.time, c.places[0].lat, c.published)).collect()
    };
    assert_eq!(facts(&again), facts(&got));
}

/// What the rows written have in some columns.
fn cells(written: &str, columns: &[&str]) -> Vec<Vec<String>> {
    let mut rows = csv::Reader::from_reader(written.as_bytes());
    let head = rows.headers().unwrap().clone();
    let at = |name: &str| head.iter().position(|h| h == name).unwrap();
    let cells = |row: csv::StringRecord| columns.iter().map(|c| row[at(c)].to_owned()).collect();
    rows.records().map(|row| cells(row.unwrap())).collect()
}

#[test]
fn several_tolls_are_one_number_and_running_ones_none() {
    let (got, _) = of_text(&format!(
        "{}\n{}",
        header(Dataset::Ged, ","),
        row(
            Dataset::Ged,
            &[
                ("id", "1"),
                ("side_a", "Government of Pakistan"),
                ("side_b", "TTP"),
                ("date_start", "2014-01-02"),
                ("date_end", "2014-01-02"),
                ("best", "3"),
                ("low", "3"),
                ("high", "4"),
            ],
            ","
        )
    ));
    let mut claim = got.claims[0].clone();
    let soldiers = claim.effects[0].clone();
    let civilians = model::record::EffectRecord {
        low: Some(2.0),
        high: Some(2.0),
        best: Some(2.0),
        category: Some(model::Category::Civilian),
        ..soldiers.clone()
    };
    claim.effects = vec![soldiers.clone(), civilians];
    let (text, _) = written(Dataset::Ged, &[claim.clone()]);
    assert_eq!(cells(&text, &["best", "low", "high", "deaths_civilians"]), [["5", "5", "6", "2"]]);
    claim.effects[1].cumulative = true;
    let (_, summary) = written(Dataset::Ged, &[claim]);
    assert_eq!((summary.rows, summary.left_out.len()), (0, 1), "{:?}", summary.left_out);
}

#[test]
fn mentions_are_counted() {
    let made = |event: &str, source: &str| {
        let cells = [
            ("GLOBALEVENTID", event),
            ("MentionTimeDate", "20240103153000"),
            ("MentionSourceName", source),
            ("Confidence", "60"),
        ];
        row(Dataset::GdeltMentions, &cells, "\t")
    };
    let text = [made("1", "a.example"), made("1", "b.example"), made("2", "a.example"), made("x", "a")].join("\n");
    let mut faults = 0;
    let bytes = Cursor::new(text.into_bytes());
    let summary = import_from(bytes, "m.csv", &options(2), Catalogue::embedded(), &mut |imported| {
        faults += imported.faults.len();
        assert!(imported.document.is_none() && imported.claims.is_empty());
        ControlFlow::Continue(())
    });
    let mentions = summary.unwrap().mentions.unwrap();
    assert_eq!((mentions.mentions, mentions.events, mentions.sources, mentions.single_source, faults), (3, 2, 2, 1, 1));
}

#[test]
fn polecat_goes_there_and_back() {
    let made = |id: &str, kind: &str| {
        row(
            Dataset::Polecat,
            &[
                ("Event ID", id),
                ("Event Date", "2024-01-03"),
                ("Event Type", kind),
                ("Event Mode", "aerial"),
                ("Contexts", "military; terrorism"),
                ("Actor Name", "Pakistan Army"),
                ("Actor Country", "PAK"),
                ("Primary Actor Sector", "MIL"),
                ("Recipient Name", "A. Private Person"),
                ("Recipient Country", "None"),
                ("City", "Barmal"),
                ("Province", "Paktika"),
                ("Country", "AFG"),
                ("Latitude", "32.6"),
                ("Longitude", "69.3"),
                ("GeoNames ID", "1147288"),
                ("Publication Date", "2024-01-04"),
            ],
            "\t",
        )
    };
    let head = header(Dataset::Polecat, "\t").replace("Event Intensity", "Intensity");
    let text =
        format!("{head}\n{}\n{}\n\"stray\t1\n{}\n", made("A1", "ASSAULT"), made("A2", "DANCE"), made("A3", "ASSAULT"));
    let (got, summary) = of_text(&text);
    assert_eq!((summary.table.dataset, summary.table.unknown.len()), (Dataset::Polecat, 0));
    assert_eq!(sides(&got.claims[0]), "PAK.MIL > -");
    assert_eq!(got.claims[0].published.unwrap().to_string(), "2024-01-04");
    assert_eq!(got.claims[0].places[0].ids.geonames, Some(1_147_288));
    let lines: Vec<u64> = got.faults.iter().map(|f| f.line).collect();
    assert_eq!((got.claims.len(), lines), (2, vec![3, 4]));
    let (out, _) = written(Dataset::Polecat, &got.claims);
    let (again, _) = of_text(&out);
    assert_eq!(held(&again.claims), held(&got.claims));
}

#[test]
fn threads_change_nothing_and_breaking_off_ends() {
    let rows: Vec<String> = (0..3000)
        .map(|i| {
            let id = i.to_string();
            let cells = [
                ("id", id.as_str()),
                ("side_a", "Government of Pakistan"),
                ("side_b", "TTP"),
                ("date_start", "2014-01-02"),
                ("best", "1"),
            ];
            row(Dataset::Ged, &cells, ",")
        })
        .collect();
    let text = format!("{}\n{}\n", header(Dataset::Ged, ","), rows.join("\n"));
    let of = |threads| {
        let bytes = Cursor::new(text.clone().into_bytes());
        gather(|sink| import_from(bytes, "g.csv", &options(threads), Catalogue::embedded(), sink)).unwrap().0
    };
    let (one, three) = (of(1), of(3));
    assert_eq!((one.claims.len(), one.documents.len()), (3000, 6));
    assert_eq!(one.claims, three.claims);
    let doc = &one.documents[1];
    assert_eq!(doc.source_id.as_deref(), Some("g.csv:502-1001"));
    assert_eq!(doc.title.as_deref(), Some("g.csv, lines 502-1001"));
    assert_eq!(doc.publisher.as_deref(), Some("UCDP GED"));
    let mut chunks = 0;
    let bytes = Cursor::new(text.clone().into_bytes());
    import_from(bytes, "g.csv", &options(2), Catalogue::embedded(), &mut |_| {
        chunks += 1;
        ControlFlow::Break(())
    })
    .unwrap();
    assert_eq!(chunks, 1);
}

/// A file of the shared data beside the project, or a plain word that there is none.
fn shared(part: &str) -> Option<PathBuf> {
    let found = Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .map(|above| above.join("shared/data/tables").join(part))
        .find(|path| path.exists());
    if found.is_none() {
        println!("skipped: shared/data/tables/{part} is not here");
    }
    found
}

const GED: [(&str, u64); 5] = [
    ("ucdp_ged_pakistan_to_2014/ged_pakistan_1989_2014.csv", 5296),
    ("ucdp_ged_sample_23.1/ucdpged_1000.csv", 1000),
    ("ucdp_ged_ukraine_22.1/conflict_data_ukr.csv", 2989),
    ("ucdp_ged_bangladesh_hdx/tests/fixtures/conflict_data_BGD.csv", 601),
    ("ucdp_ged_bangladesh_hdx/tests/fixtures/download.zip", 0),
];

#[test]
fn real_ged_comes_in_whole_and_goes_there_and_back() {
    for (part, rows) in GED {
        let Some(path) = shared(part) else { continue };
        let (got, summary) = of_file(&path);
        assert_eq!(summary.table.dataset, Dataset::Ged);
        assert_eq!(got.faults, [], "{part}");
        assert!(got.claims.len() as u64 == rows || rows == 0, "{part}: {}", got.claims.len());
        let (out, exported) = written(Dataset::Ged, &got.claims);
        assert_eq!(exported.rows, summary.claims, "{part}: {:?}", exported.left_out);
        let (again, _) = of_text(&out);
        for (before, after) in held(&got.claims).iter().zip(&held(&again.claims)) {
            assert_eq!(before, after, "{part}");
        }
        assert_eq!(again.claims.len(), got.claims.len(), "{part}");
        // What the model does not hold and the sides give away: the type of violence.
        let kind = |text: &str| -> Vec<String> {
            let mut reader = csv::Reader::from_reader(text.as_bytes());
            let column = reader.headers().unwrap().iter().position(|h| h == "type_of_violence").unwrap();
            let cells = reader.records().map(|r| r.unwrap()[column].trim_end_matches(".0").to_owned());
            cells.filter(|c| !c.is_empty()).collect()
        };
        if part.ends_with("csv") {
            let text = std::fs::read_to_string(&path).unwrap();
            let pairs = kind(&text).into_iter().zip(kind(&out));
            let wrong = pairs.filter(|(a, b)| a != b).count();
            println!(
                "{part}: {} rows there and back, type of violence made again wrongly {wrong} times",
                got.claims.len()
            );
            assert!(wrong * 100 <= got.claims.len(), "{part}: {wrong}");
        }
        let named = |claims: &[ClaimRecord]| {
            let mut names: BTreeMap<String, usize> = BTreeMap::new();
            for party in claims.iter().flat_map(|c| c.actor.iter().chain(&c.recipient)).filter(|p| p.id.is_none()) {
                *names.entry(party.mention.as_deref().unwrap_or_default().to_owned()).or_default() += 1;
            }
            names
        };
        let sides: usize = got.claims.iter().map(|c| c.actor.len() + c.recipient.len()).sum();
        let unknown = named(&got.claims);
        println!("{part}: {} of {sides} sides without id: {unknown:?}", unknown.values().sum::<usize>());
        let mut known: BTreeMap<(String, String), usize> = BTreeMap::new();
        for party in got.claims.iter().flat_map(|c| c.actor.iter().chain(&c.recipient)).filter(|p| p.id.is_some()) {
            *known
                .entry((party.mention.as_deref().unwrap_or_default().to_owned(), id(party).to_owned()))
                .or_default() += 1;
        }
        println!("{part}: known {known:?}");
    }
}

#[test]
fn real_ged_says_what_its_rows_say() {
    let Some(path) = shared(GED[0].0) else { return };
    let (got, _) = of_file(&path);
    let first = got.claims.iter().find(|c| c.row.as_ref().is_some_and(|r| r.key == "59553")).unwrap();
    assert_eq!(sides(first), "IND.GOV = PAK.GOV");
    assert_eq!(first.time.as_ref().unwrap().granularity, Granularity::Day);
    let place = &first.places[0];
    assert_eq!(
        (place.name.as_deref(), place.admin2.as_deref(), place.ids.priogrid, place.radius_km),
        (Some("Kel village"), Some("Neelam district"), Some(179_789), Some(25.0))
    );
    let dead: Vec<(Option<f64>, Option<usize>)> = first.effects.iter().map(|e| (e.best, e.part_of)).collect();
    assert_eq!(dead, [(Some(2.0), None), (Some(2.0), Some(0))], "parts of 0 are left out");
    let ids: BTreeMap<String, usize> = got.claims.iter().fold(BTreeMap::new(), |mut ids, c| {
        *ids.entry(sides(c)).or_default() += 1;
        ids
    });
    assert!(ids["PAK.GOV = TTP"] > 2500, "{ids:?}");
    // A faction is no whole, a rival no namesake, and a crowd no party.
    let parties = || got.claims.iter().flat_map(|c| c.actor.iter().chain(&c.recipient));
    for (name, expected) in [
        ("TTP", "TTP"),
        ("TTP - TA", "TTP.TARIQ_AFRIDI"),
        ("Taleban", "TALIBAN"),
        ("MQM", "MQM"),
        ("MQM-H", "-"),
        ("Supporters of MQM", "-"),
        ("Forces of Momin Afridi", "-"),
        ("Civilians", "-"),
    ] {
        let party = parties().find(|p| p.mention.as_deref() == Some(name)).unwrap();
        assert_eq!(id(party), expected, "{name}");
    }
    for claim in got.claims.iter().step_by(441) {
        println!("{} {}", sides(claim), serde_json_line(claim));
    }
}

fn serde_json_line(claim: &ClaimRecord) -> String {
    let place = &claim.places[0];
    format!(
        "{:?} {:?} {:?} {:?} | {:?} | {}",
        claim.time.as_ref().and_then(|t| t.from).map(|w| w.to_string()),
        place.name,
        place.precision,
        place.country,
        claim.effects.iter().map(|e| e.best.unwrap_or(-1.0)).collect::<Vec<_>>(),
        claim.actor.iter().chain(&claim.recipient).filter_map(|p| p.mention.clone()).collect::<Vec<_>>().join(" | "),
    )
}

#[test]
fn real_icews_comes_in_with_its_statements_named() {
    let Some(path) = shared("icews_sample/inst/extdata/events.2018.sample.tab") else { return };
    let (got, summary) = of_file(&path);
    assert_eq!((summary.table.dataset, summary.table.rows), (Dataset::Icews, 3705));
    let other: Vec<&RowFault> = got.faults.iter().filter(|f| !f.why.contains("CAMEO 01")).collect();
    assert!(other.is_empty(), "{other:?}");
    println!("icews: {} claims, {} statements without an act", got.claims.len(), got.faults.len());
    let keys: std::collections::BTreeSet<&str> =
        got.claims.iter().filter_map(|c| c.row.as_ref()).map(|r| r.key.as_str()).collect();
    println!("icews: {} keys", keys.len());
    let with_id = got.claims.iter().flat_map(|c| c.actor.iter().chain(&c.recipient)).filter(|p| p.id.is_some()).count();
    println!("icews: {with_id} parties with id");
    for claim in got.claims.iter().step_by(250) {
        let names: Vec<_> = claim.actor.iter().chain(&claim.recipient).filter_map(|p| p.mention.clone()).collect();
        println!("{} {} {names:?} {:?}", what(claim), sides(claim), claim.places.first().map(|p| (&p.name, p.country)));
    }
    let (out, _) = written(Dataset::Icews, &got.claims);
    let (again, _) = of_text(&out);
    assert_eq!(again.claims.len(), got.claims.len());
    let same = got.claims.iter().zip(&again.claims).filter(|(a, b)| a.code == b.code && a.places == b.places).count();
    assert_eq!(same, got.claims.len());
}

#[test]
fn other_tables_are_refused_with_a_reason() {
    for (part, word) in [
        ("ucdp_ged_car_23.1/GEDEvent_v23_1.geojson", "JSON"),
        ("ucdp_ged_bangladesh_hdx/tests/fixtures/qc_conflict_data_BGD.csv", "3 cells"),
        ("meltt_demo/crash_data1.csv", "cells"),
    ] {
        let Some(path) = shared(part) else { continue };
        let refused =
            import(&Source::Path(path), &options(2), Catalogue::embedded(), &mut |_| ControlFlow::Continue(()));
        let why = refused.unwrap_err().to_string();
        assert!(why.contains(word), "{why}");
    }
}
