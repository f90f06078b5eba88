//! What the binary promises: valid records and nothing else on stdout, every input's end named, exit codes,
//! the same claims on any number of threads.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use model::record::ClaimRecord;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn annalist(arguments: &[&str]) -> Output {
    annalist_with(arguments, b"")
}

fn annalist_with(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_annalist"))
        .args(arguments)
        .current_dir(root())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    child.stdin.take().expect("a pipe").write_all(input).ok();
    child.wait_with_output().expect("the binary ends")
}

fn schema() -> jsonschema::Validator {
    let schema = std::fs::read_to_string(root().join("docs/records.schema.json")).expect("the schema");
    let schema: serde_json::Value = serde_json::from_str(&schema).expect("JSON");
    let claim = serde_json::json!({"$schema": schema["$schema"], "$defs": schema["$defs"], "$ref": "#/$defs/claim"});
    jsonschema::validator_for(&claim).expect("a schema")
}

/// Runs `read --format jsonl` and checks each line against the schema and its own document.
fn read(arguments: &[&str]) -> (Vec<ClaimRecord>, Output) {
    let all = [&["read", "--no-store", "--format", "jsonl"], arguments].concat();
    let output = annalist(&all);
    let validator = schema();
    let text = String::from_utf8(output.stdout.clone()).expect("UTF-8");
    let claims = text
        .lines()
        .map(|line| {
            let value: serde_json::Value = serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"));
            if let Some(error) = validator.iter_errors(&value).next() {
                panic!("{error} at {}: {line}", error.instance_path());
            }
            serde_json::from_value(value).expect("a claim")
        })
        .collect();
    (claims, output)
}

fn code(output: &Output) -> Option<i32> {
    output.status.code()
}

#[test]
fn samples_give_valid_claims_on_any_number_of_threads() {
    let (claims, output) = read(&["data/samples", "--threads", "1"]);
    assert!(claims.len() > 150, "{} claims", claims.len());
    let (_, other) = read(&["data/samples", "--threads", "2"]);
    assert_eq!(output.stdout, other.stdout);
    for claim in &claims {
        assert!(!claim.evidence.text.trim().is_empty());
    }
}

#[test]
fn evidence_is_cut_from_the_text_that_was_given() {
    let report =
        "Pakistani jets bombed four places in Barmal district on Tuesday, killing 46 people, Zabihullah Mujahid said.";
    let path = std::env::temp_dir().join(format!("annalist-evidence-{}.txt", std::process::id()));
    std::fs::write(&path, report).expect("a file");
    let (claims, output) = read(&[path.to_str().expect("UTF-8"), "--published", "2024-12-25"]);
    std::fs::remove_file(&path).ok();
    assert_eq!(code(&output), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let assault = claims.iter().find(|c| c.code.as_deref() == Some("ASSAULT")).expect("the assault");
    assert_eq!(&report[assault.evidence.span.start()..assault.evidence.span.end()], assault.evidence.text);
    assert_eq!(assault.modes, ["aerial"]);
    assert_eq!(assault.effects[0].low, Some(46.0));
    assert_eq!(assault.time.as_ref().and_then(|t| t.from).map(|w| w.to_string()).as_deref(), Some("2024-12-24"));
    let actor = assault.actor[0].id.as_ref().expect("an actor");
    assert_eq!(actor.root(), "PAK");
    assert!(assault.asserter.as_ref().is_some_and(|a| a.mention.as_deref().is_some_and(|m| m.contains("Mujahid"))));
}

/// What a report says of one truce over several sentences: begun, to run out, extended, and no extension announced.
#[test]
fn a_truce_is_told_across_sentences() {
    let report = "Thailand and Cambodia agreed on Monday to a truce of 72 hours, brokered by Malaysia after two days of talks. \
        The truce took effect at 6 a.m. Thai time (2300 GMT).\n\nThe 72-hour truce, which began early on Monday, had been \
        due to expire on Friday morning. Officials on both sides said it had been extended until Sunday, but neither \
        government announced an extension.";
    let path = std::env::temp_dir().join(format!("annalist-truce-{}.txt", std::process::id()));
    std::fs::write(&path, report).expect("a file");
    // A Saturday.
    let (claims, output) = read(&[path.to_str().expect("UTF-8"), "--published", "2025-10-18"]);
    std::fs::remove_file(&path).ok();
    assert_eq!(code(&output), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let said = |claim: &ClaimRecord| {
        let terms = claim.terms.as_ref()?;
        let day = claim.time.as_ref().and_then(|t| t.from).map(|w| w.to_string());
        let or_dash = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
        Some(format!(
            "{} {} from {} to {} of {} hours, dated {}, by {}",
            or_dash(terms.act.clone()),
            claim.status,
            or_dash(terms.from.map(|w| w.to_string())),
            or_dash(terms.to.map(|w| w.to_string())),
            or_dash(terms.duration_hours.map(|h| h.to_string())),
            or_dash(day),
            or_dash(claim.asserter.as_ref().and_then(|a| a.mention.as_ref().map(ToString::to_string)))
        ))
    };
    let said: Vec<String> = claims.iter().filter_map(said).collect();
    for expected in [
        "declared occurred from - to - of 72 hours, dated 2025-10-13, by -",
        "effective occurred from 2025-10-13T06:00:00+07:00 to - of - hours, dated 2025-10-13T06:00:00+07:00, by -",
        "effective occurred from 2025-10-13 to - of 72 hours, dated 2025-10-13, by -",
        "lapsed planned from - to - of 72 hours, dated 2025-10-17T05:00:00, by -",
        "extended occurred from - to 2025-10-19 of - hours, dated -, by Officials",
        "extended did_not_occur from - to - of - hours, dated -, by -",
    ] {
        assert!(said.iter().any(|s| s == expected), "{expected}\nis not in\n{}", said.join("\n"));
    }
}

#[test]
fn each_fault_is_named_and_the_rest_goes_on() {
    let folder = std::env::temp_dir().join(format!("annalist-faults-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.join(name);
        std::fs::write(&path, bytes).expect("a file");
        path.to_str().expect("UTF-8").to_owned()
    };
    let good =
        write("good.txt", b"Militants attacked a police post near Bannu on Friday, killing two officers, police said.");
    let empty = write("empty.txt", b"");
    let binary = write("binary.dat", &[0u8, 159, 146, 150, 0, 1, 2, 3, 255, 254, 0, 0, 7, 7, 7, 200].repeat(64));
    let urdu = write(
        "urdu.txt",
        "پاکستان اور افغانستان کے درمیان سرحد پر جھڑپوں میں کئی فوجی ہلاک ہو گئے، حکام نے بتایا۔".as_bytes(),
    );
    let missing = folder.join("missing.txt").to_str().expect("UTF-8").to_owned();
    let (claims, output) = read(&[&missing, &empty, &binary, &urdu, &good, "--published", "2025-10-19"]);
    std::fs::remove_dir_all(&folder).ok();
    assert_eq!(code(&output), Some(1));
    assert!(!claims.is_empty(), "the good file is read");
    let words = String::from_utf8_lossy(&output.stderr).into_owned();
    for name in ["missing.txt", "empty.txt", "binary.dat", "urdu.txt"] {
        assert!(words.contains(name), "{name} is named in: {words}");
    }
    assert!(words.contains("ur"), "{words}");
}

#[test]
fn wrong_arguments_end_with_2_and_the_valid_choices() {
    let output = annalist(&["read", "--format", "yaml", "x"]);
    assert_eq!(code(&output), Some(2));
    let words = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(words.contains("table") && words.contains("jsonl"), "{words}");
    assert!(output.stdout.is_empty());
    assert_eq!(code(&annalist(&["read", "--published", "yesterday", "x"])), Some(2));
    assert_eq!(code(&annalist(&["inspect", "x", "--stage", "dreams"])), Some(2));
}

#[test]
fn stages_print_what_they_say() {
    let input = b"Kabul denied that it shelters the TTP.";
    let document = annalist_with(&["inspect", "-", "--stage", "document"], input);
    let record: serde_json::Value = serde_json::from_slice(&document.stdout).expect("one JSON record");
    assert_eq!(record["text"], "Kabul denied that it shelters the TTP.");
    let annotated = annalist_with(&["inspect", "-", "--stage", "annotated"], input);
    let rows = String::from_utf8(annotated.stdout).expect("UTF-8");
    let words: Vec<&str> = rows.lines().filter(|l| l.starts_with(|c: char| c.is_ascii_digit())).collect();
    assert_eq!(words.len(), 8, "{rows}");
    assert!(words.iter().all(|w| w.split('\t').count() == 10), "{rows}");
    let claims = annalist_with(&["inspect", "-", "--stage", "claims"], input);
    let codes = String::from_utf8(claims.stdout).expect("UTF-8");
    assert!(codes.contains("\"HARBOURS\"") && codes.contains("\"denies\""), "{codes}");
}

/// The quick suites; the two long ones run in `make measure`. A suite whose data are absent says that it skips.
#[test]
fn figures_stay_above_their_floors() {
    let suites = [
        "frames",
        "lexicons",
        "contract",
        "examples",
        "hard",
        "causes",
        "re3d",
        "extraction",
        "news",
        "times",
        "places",
        "actors",
        "events",
        "quiet",
        "attribution",
        "status",
        "confidence",
    ];
    let output = annalist(&[&["eval"], &suites[..]].concat());
    let figures = String::from_utf8_lossy(&output.stdout).into_owned();
    let words = String::from_utf8_lossy(&output.stderr).into_owned();
    println!("{figures}{words}");
    assert_eq!(code(&output), Some(0), "{figures}{words}");
}

#[test]
fn actors_are_looked_up_listed_and_extended() {
    let known = annalist(&["actors", "--format", "jsonl", "--date", "2025-10-19", "Pakistani and Afghan troops"]);
    assert_eq!(code(&known), Some(0));
    let ids: Vec<serde_json::Value> = String::from_utf8(known.stdout)
        .expect("UTF-8")
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON")["id"].clone())
        .collect();
    assert_eq!(ids, ["PAK.MIL", "AFG.MIL"]);

    let unknown = annalist(&["actors", "Xyzzy Front"]);
    assert_eq!(code(&unknown), Some(1));
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("no party is known as `Xyzzy Front`"));

    let listed = annalist(&["actors", "--country", "PAK", "--sector", "REB"]);
    assert_eq!(code(&listed), Some(0));
    let table = String::from_utf8(listed.stdout).expect("UTF-8");
    assert!(table.contains("TTP") && !table.contains("PTI "), "{table}");

    let folder = std::env::temp_dir().join(format!("annalist-actors-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let own = folder.join("own.tsv");
    std::fs::write(&own, "id\tname\tsectors\tcountry\taliases\nXYZ_FRONT\tXyzzy Front\tREB\tTCD\tXF\n")
        .expect("a file");
    let ucdp = folder.join("ucdp.csv");
    let rows = "ActorId,NameData,NameOrigFullEng,Org,GWNOLoc\n3,Government of X,n/a,4,483\n\
                71,TTP,Tehrik-i-Taliban Pakistan,1,770\n72,QQF,Qqq Front,1,\"483\"\n";
    std::fs::write(&ucdp, rows).expect("a file");
    let (own, ucdp) = (own.to_string_lossy().into_owned(), ucdp.to_string_lossy().into_owned());
    let extended = annalist(&["actors", "--actors", &own, "--ucdp", &ucdp, "Xyzzy Front", "Qqq Front"]);
    assert_eq!(code(&extended), Some(0), "{}", String::from_utf8_lossy(&extended.stderr));
    assert!(String::from_utf8_lossy(&extended.stderr).contains("1 actors known by name, 1 added, 1 governments"));
    assert!(String::from_utf8_lossy(&extended.stdout).contains("UCDP_72"));

    // The same file serves reading.
    let all = ["read", "--no-store", "--format", "jsonl", "--actors", &own, "-"];
    let claims =
        annalist_with(&all, b"Xyzzy Front fighters attacked an army post near Abeche on Monday, killing ten soldiers.");
    assert!(String::from_utf8_lossy(&claims.stdout).contains("XYZ_FRONT"));

    for wrong in
        [["actors", "--country", "Chad"], ["actors", "--actors", "no-such-file.tsv"], ["actors", "--date", "soon"]]
    {
        assert_eq!(code(&annalist(&wrong)), Some(2), "{wrong:?}");
    }
    std::fs::remove_dir_all(&folder).ok();
}
