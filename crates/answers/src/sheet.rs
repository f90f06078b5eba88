//! Claims, incidents and decisions as rows of a spreadsheet: the same columns wherever they are written.

use lake::DecisionRow;
use model::record::{ClaimRecord, PartyRecord};
use model::{EffectKind, EffectRange, Incident};

use crate::Brief;

/// The columns of claims: a field of the record, or the foremost of a list.
pub const CLAIM: [&str; 36] = [
    "id",
    "kind",
    "type",
    "modes",
    "contexts",
    "status",
    "attitude",
    "asserter",
    "asserter_id",
    "actor",
    "actor_id",
    "recipient",
    "recipient_id",
    "via_id",
    "from",
    "to",
    "granularity",
    "place",
    "admin2",
    "admin1",
    "country",
    "lat",
    "lon",
    "precision",
    "killed_low",
    "killed_high",
    "killed_best",
    "count_low",
    "count_high",
    "polarity",
    "document",
    "source_id",
    "published",
    "recorded",
    "confidence",
    "words",
];

/// The columns of incidents.
pub const INCIDENT: [&str; 19] = [
    "id",
    "type",
    "modes",
    "from",
    "to",
    "actor_id",
    "recipient_id",
    "place",
    "admin1",
    "country",
    "lat",
    "lon",
    "precision",
    "killed_low",
    "killed_high",
    "standing",
    "claims",
    "accounts",
    "publishers",
];

/// The columns of decisions.
pub const DECISION: [&str; 8] = ["id", "target", "action", "field", "value", "by", "reason", "recorded"];

/// The columns of documents.
pub const DOCUMENT: [&str; 9] =
    ["id", "title", "publisher", "published", "url", "language", "copy_of", "problems", "claims"];

/// A claim as a row.
pub fn claim(claim: &ClaimRecord) -> Vec<String> {
    let mentions =
        |parties: &[PartyRecord]| parties.iter().filter_map(|p| p.mention.as_deref()).collect::<Vec<_>>().join("; ");
    let asserter = claim.asserter.as_slice();
    let time = claim.time.as_ref();
    let place = claim.places.first();
    let killed = model::toll::total(&claim.effects, model::EffectKind::Killed);
    let count = claim.count.as_ref();
    escaped(vec![
        claim.id.to_string(),
        claim.kind.to_string(),
        text(claim.code.as_ref()),
        claim.modes.join("; "),
        claim.contexts.join("; "),
        claim.status.to_string(),
        claim.attitude.to_string(),
        mentions(asserter),
        ids(asserter),
        mentions(&claim.actor),
        ids(&claim.actor),
        mentions(&claim.recipient),
        ids(&claim.recipient),
        ids(&claim.via),
        text(time.and_then(|t| t.from)),
        text(time.and_then(|t| t.to)),
        time.map(|t| t.granularity.as_str().to_owned()).unwrap_or_default(),
        text(place.and_then(|p| p.name.as_ref().or(p.mention.as_ref()))),
        text(place.and_then(|p| p.admin2.as_ref())),
        text(place.and_then(|p| p.admin1.as_ref())),
        text(place.and_then(|p| p.country)),
        text(place.and_then(|p| p.lat)),
        text(place.and_then(|p| p.lon)),
        text(place.and_then(|p| p.precision)),
        text(killed.and_then(|e| e.low)),
        text(killed.and_then(|e| e.high)),
        text(killed.and_then(|e| e.best)),
        text(count.and_then(|c| c.low)),
        text(count.and_then(|c| c.high)),
        text(claim.polarity),
        claim.document.to_string(),
        text(claim.source_id.as_ref()),
        text(claim.published),
        text(claim.recorded),
        claim.confidence.to_string(),
        claim.evidence.text.clone(),
    ])
}

fn killed(incident: &Incident) -> Option<&EffectRange> {
    incident.effects.iter().find(|e| e.kind == EffectKind::Killed)
}

/// An incident as a row.
pub fn incident(incident: &Incident) -> Vec<String> {
    let place = incident.places.first();
    let killed = killed(incident);
    let claims: usize = incident.accounts.iter().map(|a| a.claims.len()).sum();
    escaped(vec![
        incident.id.to_string(),
        incident.code.clone(),
        incident.modes.join("; "),
        text(incident.from),
        text(incident.to),
        ids(&incident.actor),
        ids(&incident.recipient),
        text(place.and_then(|p| p.name.as_ref().or(p.mention.as_ref()))),
        text(place.and_then(|p| p.admin1.as_ref())),
        text(place.and_then(|p| p.country)),
        text(place.and_then(|p| p.lat)),
        text(place.and_then(|p| p.lon)),
        text(place.and_then(|p| p.precision)),
        text(killed.and_then(|k| k.low)),
        text(killed.and_then(|k| k.high)),
        incident.standing.as_str().to_owned(),
        claims.to_string(),
        incident.accounts.len().to_string(),
        incident.publishers.join("; "),
    ])
}

/// The columns of incidents in brief, as a map and a timeline show them.
pub const BRIEF: [&str; 16] = [
    "id",
    "type",
    "quad",
    "from",
    "to",
    "place",
    "precision",
    "lat",
    "lon",
    "killed_low",
    "killed_high",
    "standing",
    "actor_id",
    "recipient_id",
    "claimants",
    "words",
];

/// An incident in brief as a row; `point` says where it is shown, if anywhere.
pub fn brief(brief: &Brief, point: Option<(f64, f64)>) -> Vec<String> {
    let place = brief.place.as_ref().filter(|_| point.is_some());
    let (low, high) = brief.dead.unwrap_or_default();
    escaped(vec![
        brief.id.to_string(),
        brief.code.clone(),
        text(brief.quad.map(analysis::series::Quad::as_str)),
        text(brief.from),
        text(brief.to),
        text(place.and_then(|p| p.name.as_ref().or(p.mention.as_ref()))),
        text(place.and_then(|p| p.precision)),
        text(point.map(|(lat, _)| lat)),
        text(point.map(|(_, lon)| lon)),
        text(low),
        text(high),
        brief.standing.as_str().to_owned(),
        brief.actor.join("; "),
        brief.recipient.join("; "),
        brief.claimants.join("; "),
        brief.words.clone(),
    ])
}

/// A decision as a row.
pub fn decision(decision: &DecisionRow) -> Vec<String> {
    let d = decision;
    escaped(vec![
        d.id.clone(),
        d.target.clone(),
        d.action.clone(),
        text(d.field.as_ref()),
        text(d.value.as_ref()),
        d.by.clone(),
        d.reason.clone(),
        d.recorded.when().to_string(),
    ])
}

/// A document as a row.
pub fn document(head: &lake::Head) -> Vec<String> {
    escaped(vec![
        head.id.clone(),
        text(head.title.as_ref()),
        text(head.publisher.as_ref()),
        text(head.published.as_ref()),
        text(head.url.as_ref()),
        text(head.language.as_ref()),
        text(head.copy_of.as_ref()),
        head.problems.iter().map(|p| p.kind.as_str()).collect::<Vec<_>>().join("; "),
        head.claims.to_string(),
    ])
}

/// A cell; empty where nothing is known.
fn text(value: Option<impl ToString>) -> String {
    value.map(|v| v.to_string()).unwrap_or_default()
}

fn ids(parties: &[PartyRecord]) -> String {
    parties.iter().filter_map(|p| p.id.as_ref().map(ToString::to_string)).collect::<Vec<_>>().join("; ")
}

fn escaped(cells: Vec<String>) -> Vec<String> {
    cells.into_iter().map(|cell| present::sheet::unspelled(&cell)).collect()
}
