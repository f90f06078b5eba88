//! What leaves this machine is coarser: where people shelter, heal, are helped or live is told to the district, private
//! persons go unnamed, and of a claim at most one sentence is quoted.
//!
//! It works on JSON, on the shapes of the contract wherever they stand in an answer, so that no route can forget it. Rows
//! whose terms restrict them never come so far: the lake is asked without them.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use crate::problem::Problem;

/// Words for places that would endanger people if they were known to the street.
const SHELTERED: [&str; 24] = [
    "shelter",
    "hospital",
    "clinic",
    "medical",
    "ambulance",
    "dispensary",
    "health cent",
    "health unit",
    "refugee",
    "displaced",
    "aid ",
    "relief",
    "food distribution",
    "warehouse of",
    "orphanage",
    "house of",
    "home of",
    "residence",
    "compound of",
    "homes",
    "houses",
    "madrassa",
    "school",
    "camp",
];

/// Sectors of people who hold no office: civilians, reporters, refugees.
const PRIVATE: [&str; 4] = ["CVL", "JRN", "REF", "MED"];

/// Most characters of a quotation that ends in no sentence.
const QUOTED: usize = 300;

/// Coarsens an answer in place.
pub fn coarsen(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(coarsen),
        Value::Object(fields) => {
            object(fields);
            fields.values_mut().for_each(coarsen);
        }
        _ => {}
    }
}

/// A record, coarsened by the same rules.
pub fn record<T: Serialize + DeserializeOwned>(record: T) -> Result<T, Problem> {
    let ours = |e: serde_json::Error| Problem::ours(format!("coarsening a record: {e}"));
    let mut value = serde_json::to_value(record).map_err(ours)?;
    coarsen(&mut value);
    serde_json::from_value(value).map_err(ours)
}

/// The phrase for an incident, without its place where that is one to be kept from the street.
pub fn phrase(words: &str, public: bool) -> &str {
    match words.rsplit_once(" in ") {
        Some((rest, place)) if public && is_sheltered(place) => rest,
        _ => words,
    }
}

/// Rows of an answer, of whose words one sentence a cell stays.
pub fn rows(head: &[&str], rows: &mut [Vec<String>]) {
    let of_words = |name: &str| ["words", "text", "quote", "sentence"].iter().any(|word| name.contains(word));
    for (at, _) in head.iter().enumerate().filter(|(_, name)| of_words(name)) {
        for row in rows.iter_mut() {
            if let Some(cell) = row.get_mut(at) {
                *cell = one_sentence(cell);
            }
        }
    }
}

fn object(fields: &mut Map<String, Value>) {
    if fields.contains_key("lat") && fields.contains_key("precision") && fields.contains_key("mention") {
        place(fields);
    }
    if fields.contains_key("sectors") && fields.contains_key("mention") {
        party(fields);
    }
    // Words of claims, wherever they stand: evidence, quotations, causes and their effects.
    for field in ["text", "words", "html", "quote"] {
        if let Some(Value::String(words)) = fields.get_mut(field) {
            *words = one_sentence(words);
        }
    }
    if let Some(Value::Object(words)) = fields.get_mut("words") {
        for said in words.values_mut() {
            if let Value::String(said) = said {
                *said = one_sentence(said);
            }
        }
    }
}

/// Whether the words for a place are those of a place to be kept from the street.
pub fn is_sheltered(words: &str) -> bool {
    let words = words.to_lowercase();
    SHELTERED.iter().any(|sheltered| words.contains(sheltered))
}

fn place(fields: &mut Map<String, Value>) {
    let words = |field: &str| fields.get(field).and_then(Value::as_str).unwrap_or_default();
    if !is_sheltered(&format!("{} {}", words("mention"), words("name"))) {
        return;
    }
    // To the district: its name stays, the point goes.
    let district = fields.get("admin2").cloned().unwrap_or(Value::Null);
    for (field, value) in [
        ("name", district),
        ("mention", Value::Null),
        ("span", Value::Null),
        ("lat", Value::Null),
        ("lon", Value::Null),
        ("radius_km", Value::Null),
        ("precision", json!("admin2")),
        ("ids", json!({"geonames": null, "pcode": null, "priogrid": null})),
    ] {
        fields.insert(field.to_owned(), value);
    }
}

fn party(fields: &mut Map<String, Value>) {
    let nobody_known = fields.get("id").is_none_or(Value::is_null);
    let private = fields
        .get("sectors")
        .and_then(Value::as_array)
        .is_some_and(|sectors| sectors.iter().filter_map(Value::as_str).any(|s| PRIVATE.contains(&s)));
    if nobody_known && private {
        for field in ["mention", "name", "span"] {
            fields.insert(field.to_owned(), Value::Null);
        }
    }
}

/// The first sentence of some words.
fn one_sentence(words: &str) -> String {
    let ends = words.char_indices().zip(words.chars().skip(1).map(Some).chain([None]));
    for ((at, c), next) in ends {
        let closes = matches!(c, '.' | '!' | '?') && next.is_none_or(char::is_whitespace);
        // An initial or a short title ("Gen.") ends no sentence; "it" and "UN" may.
        let before = words[..at].rsplit(char::is_whitespace).next().unwrap_or_default();
        let mut letters = before.chars();
        let title = letters.next().is_some_and(char::is_uppercase)
            && letters.next().is_none_or(char::is_lowercase)
            && before.chars().count() <= 3;
        if closes && !title {
            return words[..=at].to_owned();
        }
    }
    match words.char_indices().nth(QUOTED) {
        Some((at, _)) => format!("{}…", &words[..at]),
        None => words.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hospitals_are_told_to_the_district_and_one_sentence_is_quoted() {
        let mut answer = json!({
            "places": [{"mention": "Barmal hospital", "span": [3, 9], "name": "Barmal", "admin2": "Barmal District", "lat": 32.8,
                        "lon": 69.1, "precision": "point", "radius_km": 1.0, "ids": {"geonames": 7}}],
            "actor": [{"mention": "Gul Khan", "span": [0, 1], "id": null, "name": null, "sectors": ["CVL"]}],
            "evidence": {"span": [0, 9], "text": "Gen. A. Khan spoke of it. He named a man."},
        });
        coarsen(&mut answer);
        let place = &answer["places"][0];
        assert_eq!(
            (&place["name"], &place["lat"], &place["precision"]),
            (&json!("Barmal District"), &Value::Null, &json!("admin2"))
        );
        assert_eq!(answer["actor"][0]["mention"], Value::Null);
        assert_eq!(answer["evidence"]["text"], "Gen. A. Khan spoke of it.");
    }
}
