//! Holds `docs/contract.md` to its word: every worked example is valid against the public schema, every
//! span gives the words beside it, and the program's own types carry each claim without loss.

use std::fs;
use std::path::Path;

use jsonschema::Validator;
use model::record::ClaimRecord;
use model::span::Span;
use serde_json::{Value, json};

/// One worked example of the page.
struct Example {
    title: String,
    text: String,
    published: String,
    claims: Vec<Value>,
}

fn read(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs").join(name);
    fs::read_to_string(&path).unwrap_or_else(|e| panic!("cannot read {}: {e}", path.display()))
}

/// The schema of one record. The whole schema says only that none of three fits; a part says which field is wrong.
fn validator(record: &str) -> Validator {
    let whole: Value = serde_json::from_str(&read("records.schema.json")).expect("the schema is JSON");
    let part = json!({
        "$schema": whole["$schema"], "$defs": whole["$defs"], "$ref": format!("#/$defs/{record}"),
    });
    jsonschema::validator_for(&part).expect("the schema is one")
}

/// The contents of the fenced blocks of `page` that are marked as `language`.
fn blocks<'a>(page: &'a str, language: &str) -> Vec<&'a str> {
    let open = format!("```{language}\n");
    page.split(&open).skip(1).map(|rest| rest.split("\n```").next().unwrap_or(rest)).collect()
}

fn examples() -> Vec<Example> {
    let page = read("contract.md");
    let mut found = Vec::new();
    for section in page.split("\n### ").skip(1).filter(|s| s.starts_with(|c: char| c.is_ascii_digit())) {
        let title = section.lines().next().unwrap_or_default().to_owned();
        let published = section
            .lines()
            .find_map(|line| line.strip_prefix("Published: "))
            .unwrap_or_else(|| panic!("{title}: no line `Published: …`"));
        let [text] = blocks(section, "text")[..] else { panic!("{title}: not one text block") };
        let [claims] = blocks(section, "jsonl")[..] else { panic!("{title}: not one jsonl block") };
        let claims = claims
            .lines()
            .map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{title}: {e} in {line}")))
            .collect();
        found.push(Example { title, text: text.to_owned(), published: published.to_owned(), claims });
    }
    found
}

/// Every object within `value` that carries a span, with that span.
fn spanned<'a>(value: &'a Value, found: &mut Vec<(&'a Value, usize, usize)>) {
    match value {
        Value::Object(fields) => {
            if let Some([start, end]) = fields.get("span").and_then(Value::as_array).map(Vec::as_slice) {
                let byte = |v: &Value| usize::try_from(v.as_u64().expect("a byte")).expect("a byte");
                found.push((value, byte(start), byte(end)));
            }
            fields.values().for_each(|v| spanned(v, found));
        }
        Value::Array(items) => items.iter().for_each(|v| spanned(v, found)),
        _ => {}
    }
}

/// The same value with all numbers as floats: JSON does not tell 12 from 12.0.
fn as_floats(value: &Value) -> Value {
    match value {
        Value::Number(n) => json!(n.as_f64()),
        Value::Array(items) => items.iter().map(as_floats).collect(),
        Value::Object(fields) => fields.iter().map(|(k, v)| (k.clone(), as_floats(v))).collect(),
        other => other.clone(),
    }
}

fn assert_valid(validator: &Validator, record: &Value, whose: &str) {
    let faults: Vec<String> = validator.iter_errors(record).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(faults.is_empty(), "{whose}: {}\n{}", record["id"], faults.join("\n"));
}

#[test]
fn the_page_numbers_its_examples_and_covers_every_kind() {
    let examples = examples();
    assert!(examples.len() >= 20, "only {} examples", examples.len());
    for (i, example) in examples.iter().enumerate() {
        assert!(example.title.starts_with(&format!("{}. ", i + 1)), "`{}` is example {}", example.title, i + 1);
        assert!(!example.claims.is_empty(), "{}", example.title);
    }
    for kind in ["event", "tie", "figure", "commitment", "cause", "statement"] {
        assert!(examples.iter().flat_map(|e| &e.claims).any(|c| c["kind"] == kind), "no {kind}");
    }
}

#[test]
fn every_record_is_valid() {
    let claim = validator("claim");
    for example in examples() {
        for record in &example.claims {
            assert_valid(&claim, record, &example.title);
            assert_eq!(record["published"], example.published, "{}", example.title);
        }
    }
    let page = read("contract.md");
    let records: Vec<Value> =
        blocks(&page, "json").into_iter().map(|b| serde_json::from_str(b).expect("JSON")).collect();
    let [document, decision] = &records[..] else { panic!("a document and a decision, not {}", records.len()) };
    assert_valid(&validator("document"), document, "the document");
    assert_valid(&validator("decision"), decision, "the decision");
}

#[test]
fn the_schema_refuses_what_the_contract_rules_out() {
    let claim = validator("claim");
    let examples = examples();
    let good = &examples[0].claims[1];
    for (field, bad) in [
        ("kind", json!("rumour")),
        ("type", json!("HARBOURS")),
        ("status", json!("probable")),
        ("confidence", json!(1.5)),
        ("id", json!("1a")),
        ("reciprocal", json!(true)),
    ] {
        let mut record = good.clone();
        record[field] = bad.clone();
        assert!(!claim.is_valid(&record), "{field}: {bad} passes");
    }
}

#[test]
fn every_span_gives_the_words_beside_it() {
    for Example { title, text, claims, .. } in examples() {
        for claim in &claims {
            let mut found = Vec::new();
            spanned(claim, &mut found);
            for (value, start, end) in found {
                let span = Span::new(&text, start, end).unwrap_or_else(|e| panic!("{title}: {e}"));
                assert!(!span.is_empty(), "{title}: an empty span in {value}");
                for words in ["text", "mention"].iter().filter_map(|field| value[field].as_str()) {
                    assert_eq!(span.of(&text), words, "{title}");
                }
            }
        }
    }
}

#[test]
fn links_and_sources_hold_together() {
    for Example { title, claims, .. } in examples() {
        let mut ids: Vec<&str> = claims.iter().filter_map(|c| c["id"].as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), claims.len(), "{title}: two claims of one id");
        for claim in &claims {
            let linked = claim["links"].as_array().into_iter().flatten().map(|link| &link["claim"]);
            let caused = [&claim["cause"]["claim"], &claim["effect"]["claim"]];
            for other in linked.chain(caused).filter_map(Value::as_str) {
                assert!(ids.contains(&other), "{title}: {other} is no claim of the example");
                assert_ne!(claim["id"], other, "{title}: a claim that points at itself");
            }
            assert_eq!(claim["document"], claims[0]["document"], "{title}");
            // The asserter is the innermost source; without sources it is the publication's own voice.
            let innermost = claim["attribution"].as_array().and_then(|sources| sources.last());
            assert_eq!(claim["asserter"], innermost.map_or(Value::Null, |s| s["party"].clone()), "{title}");
            if let Some(source) = innermost {
                assert_eq!(claim["attitude"], source["attitude"], "{title}");
            }
            for part in claim["effects"].as_array().into_iter().flatten().filter_map(|e| e["part_of"].as_u64()) {
                let total = usize::try_from(part).expect("an index");
                assert!(claim["effects"][total].is_object(), "{title}: part of no effect");
            }
        }
    }
}

#[test]
fn the_types_carry_every_claim_without_loss() {
    for Example { title, claims, .. } in examples() {
        for claim in claims {
            let record: ClaimRecord = serde_json::from_value(claim.clone())
                .unwrap_or_else(|e| panic!("{title}: {} is no claim: {e}", claim["id"]));
            let printed = serde_json::to_value(&record).expect("a record prints");
            assert_eq!(as_floats(&printed), as_floats(&claim), "{title}");
        }
    }
}
