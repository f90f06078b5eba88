//! What leaves this machine is coarser: where people shelter, heal, are helped or live is told to the district, private
//! persons go unnamed, and of a claim at most one sentence is quoted.
//!
//! Claims come from the desk without what it withholds ([`answers::care`]); what is here works on JSON, on the shapes of the
//! contract wherever they stand in an answer, so that no route can forget it. Rows whose terms restrict them never come so far:
//! the lake is asked without them.

use answers::care::{is_sheltered, one_sentence};
use answers::{AnswerError, Desk};
use lake::DecisionRow;
use model::DocumentId;
use model::record::{ClaimRecord, PartyRecord, PlaceRecord};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::problem::Problem;

/// Claims that come straight from the lake, without what a desk withholds.
pub fn claims<'a>(desk: &Desk, claims: impl IntoIterator<Item = &'a mut ClaimRecord>) -> Result<(), AnswerError> {
    if let Some(care) = desk.care()? {
        claims.into_iter().for_each(|claim| care.claim(claim));
    }
    Ok(())
}

/// Titles and addresses of documents that come straight from the lake, each with its document's id, likewise.
pub fn heads<'a>(
    desk: &Desk,
    heads: impl IntoIterator<Item = (&'a str, &'a mut Option<String>, &'a mut Option<String>)>,
) -> Result<(), AnswerError> {
    if let Some(care) = desk.care()? {
        heads.into_iter().for_each(|(document, title, address)| care.head(document, title, address));
    }
    Ok(())
}

/// What people decided on claims of some documents, likewise.
pub fn decisions(desk: &Desk, of: &[DocumentId], decisions: &mut [DecisionRow]) -> Result<(), AnswerError> {
    if let Some(care) = desk.care()? {
        for decision in decisions {
            care.decision(of, decision);
        }
    }
    Ok(())
}

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
        of_shape::<PlaceRecord>(fields, answers::care::place);
    }
    if fields.contains_key("sectors") && fields.contains_key("mention") {
        of_shape::<PartyRecord>(fields, answers::care::party);
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

/// Has a record of the contract coarsened; what only looks like one stays as it is.
fn of_shape<T: Serialize + DeserializeOwned>(fields: &mut Map<String, Value>, coarsen: fn(&mut T)) {
    let Ok(mut record) = serde_json::from_value::<T>(Value::Object(fields.clone())) else { return };
    coarsen(&mut record);
    if let Ok(Value::Object(coarser)) = serde_json::to_value(record) {
        fields.extend(coarser);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn hospitals_are_told_to_the_district_and_one_sentence_is_quoted() {
        let mut answer = json!({
            "places": [{"mention": "Barmal hospital", "span": [3, 9], "name": "Barmal", "admin2": "Barmal District", "lat": 32.8,
                        "lon": 69.1, "precision": "point", "radius_km": 1.0, "ids": {"geonames": 7, "pcode": null, "priogrid": null},
                        "admin1": null, "country": "AFG", "administered_by": null, "claimed_by": []}],
            "actor": [{"mention": "Gul Khan", "span": [0, 1], "id": null, "name": null, "sectors": ["CVL"], "country": null,
                       "acts_as": null, "based_in": null}],
            "evidence": {"span": [0, 9], "text": "Gen. A. Khan spoke of it. He named a man."},
        });
        coarsen(&mut answer);
        let place = &answer["places"][0];
        assert_eq!(
            (&place["name"], &place["lat"], &place["precision"]),
            (&json!("Barmal District"), &Value::Null, &json!("admin2"))
        );
        assert_eq!(answer["actor"][0]["mention"], answers::care::NAME_WITHHELD);
        assert_eq!(answer["evidence"]["text"], "Gen. A. Khan spoke of it.");
    }
}
