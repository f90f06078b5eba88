#![allow(dead_code, reason = "each test file takes what it needs")]
//! Claims written down as the JSON of the contract, with what is usual left out.

use analysis::Told;
use model::record::ClaimRecord;
use serde_json::{Value, json};

/// A claim of these fields; all others are as in a claim that says nothing more.
pub fn claim(fields: &Value) -> ClaimRecord {
    let mut record = json!({
        "id": "clm_x", "document": "doc_x", "source_id": null, "published": "2025-11-03", "recorded": null,
        "run": "run_hand", "kind": "event", "type": null, "modes": [], "contexts": [], "reciprocal": false, "actor": [],
        "recipient": [], "via": [], "places": [], "time": null, "effects": [], "status": "occurred", "asserter": null,
        "attitude": "asserts", "attribution": [], "links": [], "evidence": {"span": [0, 5], "text": "words"},
        "confidence": 1, "coder": "hand/1"
    });
    for (name, value) in fields.as_object().expect("fields of a claim") {
        record[name] = value.clone();
    }
    serde_json::from_value(record).expect("a claim of the contract")
}

/// A party: an id of the catalogue in capitals, else a name or description as it stands in the text.
pub fn party(words: &str) -> Value {
    let known = words.chars().all(|c| c.is_ascii_uppercase() || matches!(c, '.' | '_'));
    let id = if known { json!(words) } else { Value::Null };
    json!({"mention": words, "span": null, "id": id, "name": null, "country": null, "acts_as": null, "based_in": null,
        "sectors": []})
}

/// A party that a text calls so, of this id.
pub fn called(words: &str, id: &str) -> Value {
    let mut party = party(words);
    party["id"] = json!(id);
    party
}

/// Adds who says so.
pub fn said_by(mut fields: Value, who: &str) -> Value {
    fields["asserter"] = party(who);
    fields["attribution"] = json!([{"party": party(who), "attitude": "asserts", "span": null}]);
    fields
}

/// A day.
pub fn on(day: &str) -> Value {
    between(day, day)
}

/// A stretch of days.
pub fn between(from: &str, to: &str) -> Value {
    json!({"mention": null, "span": null, "from": from, "to": to, "granularity": "range"})
}

/// Claims as they are told, each by the publication of its document.
pub fn told(claims: &[ClaimRecord]) -> Vec<Told<'_>> {
    claims.iter().map(|claim| Told { claim, publisher: None, copy_of: None }).collect()
}
