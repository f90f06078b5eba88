//! Records as the contract has them, apart from the columns of storage.

use lake::{DecisionRow, DocumentRow, Head};
use serde_json::{Value, json};

/// A decision: its value is JSON, not text.
pub fn decision(decision: &DecisionRow) -> Value {
    let value = decision.value.as_ref().and_then(|v| serde_json::from_str::<Value>(v).ok());
    json!({
        "id": decision.id, "target": decision.target, "action": decision.action, "field": decision.field,
        "value": value, "by": decision.by, "reason": decision.reason, "recorded": decision.recorded.when(),
    })
}

/// A document.
pub fn document(doc: &DocumentRow) -> Value {
    let problems: Vec<_> = doc.problems.iter().map(|p| json!({"kind": p.kind, "detail": p.detail})).collect();
    json!({
        "id": doc.id, "source_id": doc.source_id, "url": doc.url, "title": doc.title, "publisher": doc.publisher,
        "published": doc.published, "recorded": doc.recorded.when(), "language": doc.language, "text": doc.text,
        "copy_of": doc.copy_of, "problems": problems,
    })
}

/// A document without its text, with the number of claims that stand in it.
pub fn head(head: &Head) -> Value {
    let problems: Vec<_> = head.problems.iter().map(|p| json!({"kind": p.kind, "detail": p.detail})).collect();
    json!({
        "id": head.id, "title": head.title, "publisher": head.publisher, "published": head.published, "url": head.url,
        "language": head.language, "copy_of": head.copy_of, "problems": problems, "claims": head.claims,
    })
}
