//! What people decide about claims (amend a field, reject a claim, restore what was) and about incidents (join, split,
//! pin). Decisions are added, never overwritten; their order in time says what stands.

use std::collections::{BTreeMap, HashMap, HashSet};

use datafusion::prelude::SessionContext;
use jiff::Timestamp;
use model::record::{ClaimRecord, PartyRecord};
use model::{ClaimId, EventType, PartyId, TieType};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::boxed;
use crate::error::LakeError;
use crate::moment::Moment;
use crate::rows::{DecisionRow, from_batch};
use crate::session::rows;
use crate::store::Lake;
use crate::write;

/// Fields of a claim that a person may amend. What was said where, and by which coder, is not a matter of opinion.
pub const AMENDABLE: [&str; 18] = [
    "type",
    "modes",
    "contexts",
    "reciprocal",
    "direction",
    "actor",
    "recipient",
    "via",
    "places",
    "time",
    "effects",
    "status",
    "asserter",
    "attitude",
    "count",
    "polarity",
    "instrument",
    "terms",
];

/// What is to be decided.
#[derive(Clone, Debug, PartialEq)]
pub enum Choice {
    /// A field has another value.
    Amend {
        /// One of `AMENDABLE`.
        field: String,
        /// Its value as the record has it.
        value: Value,
    },
    /// The claim was not made.
    Reject,
    /// What was decided about a claim or an incident, or one decision, no longer holds.
    Restore,
    /// Claims are of one happening: those of the incidents that are joined.
    Join(Vec<ClaimId>),
    /// Claims of an incident are another happening than the rest of it.
    Split {
        /// Those that are taken out, together.
        out: Vec<ClaimId>,
        /// Those that stay.
        rest: Vec<ClaimId>,
    },
    /// An incident is as it is: these claims, and no other, whatever is read later.
    Pin(Vec<ClaimId>),
}

/// What people decided about which claims are of one happening, restored decisions left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Groupings {
    /// Claims that are of one happening, list by list.
    pub joined: Vec<Vec<ClaimId>>,
    /// Claims that are of another happening than those beside them.
    pub split: Vec<(Vec<ClaimId>, Vec<ClaimId>)>,
    /// Claims that are together and alone.
    pub pinned: Vec<Vec<ClaimId>>,
}

/// What stands of the decisions about a claim.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Standing {
    /// It is rejected.
    pub rejected: bool,
    /// The amended fields.
    pub amendments: BTreeMap<String, Value>,
}

/// Adds a decision about a claim (or, to restore, about a decision) and returns it.
#[boxed]
pub async fn decide(
    lake: &mut Lake,
    target: &str,
    choice: &Choice,
    by: &str,
    reason: &str,
    clock: Timestamp,
) -> Result<DecisionRow, LakeError> {
    let (action, field, value) = match choice {
        Choice::Amend { field, value } => ("amend", Some(field.clone()), Some(value.to_string())),
        Choice::Reject => ("reject", None, None),
        Choice::Restore => ("restore", None, None),
        Choice::Join(claims) => ("join", None, Some(json!(claims).to_string())),
        Choice::Split { out, rest } => ("split", None, Some(json!({"out": out, "rest": rest}).to_string())),
        Choice::Pin(claims) => ("pin", None, Some(json!(claims).to_string())),
    };
    for (what, text) in [("reason", reason), ("name", by)] {
        if text.trim().is_empty() {
            return Err(LakeError::Asked(format!("a decision needs a {what}: who reads it later will ask for it")));
        }
    }
    let recorded = Moment::at(clock);
    let micros = recorded.microseconds().to_string();
    let fields = [target, action, field.as_deref().unwrap_or(""), value.as_deref().unwrap_or(""), by, reason, &micros];
    let hash = fields.iter().fold(blake3::Hasher::new(), |mut hasher, field| {
        hasher.update(&(field.len() as u64).to_le_bytes()).update(field.as_bytes());
        hasher
    });
    let decision = DecisionRow {
        id: format!("dec_{}", &hash.finalize().to_hex()[..24]),
        target: target.to_owned(),
        action: action.to_owned(),
        field,
        value,
        by: by.to_owned(),
        reason: reason.to_owned(),
        recorded,
    };
    write::keep_decision(lake, &decision).await?;
    Ok(decision)
}

/// The value of a field as a person types it: JSON; or a bare word, which is a text; or for parties their ids.
pub fn value(field: &str, typed: &str) -> Result<Value, LakeError> {
    if !AMENDABLE.contains(&field) {
        return Err(LakeError::Asked(format!("`{field}` cannot be amended; the fields are: {}", AMENDABLE.join(" "))));
    }
    if let Ok(value) = serde_json::from_str(typed) {
        return Ok(value);
    }
    let ids = || typed.split(',').map(str::trim).filter(|id| !id.is_empty());
    match field {
        "actor" | "recipient" | "via" => ids().map(party).collect::<Result<Vec<_>, _>>().map(Value::Array),
        "asserter" => party(typed.trim()),
        "modes" | "contexts" => Ok(Value::Array(ids().map(|word| Value::String(word.to_owned())).collect())),
        _ => Ok(Value::String(typed.to_owned())),
    }
}

/// A party that is known by its id alone.
fn party(id: &str) -> Result<Value, LakeError> {
    let id = PartyId::new(id).map_err(|e| LakeError::Asked(e.to_string()))?;
    let record = PartyRecord {
        mention: None,
        span: None,
        id: Some(id),
        name: None,
        country: None,
        acts_as: None,
        based_in: None,
        sectors: Vec::new(),
    };
    serde_json::to_value(record).map_err(|e| LakeError::ours("writing a party", &e))
}

/// The claim with its amended fields; an error where a value does not fit its field.
pub fn amended(record: ClaimRecord, standing: &Standing) -> Result<ClaimRecord, LakeError> {
    if standing.amendments.is_empty() {
        return Ok(record);
    }
    let id = record.id.to_string();
    let mut json = serde_json::to_value(&record).map_err(|e| LakeError::ours("writing a claim", &e))?;
    for (field, value) in &standing.amendments {
        json[field] = value.clone();
    }
    let fits = |e: &dyn std::fmt::Display| LakeError::Asked(format!("that does not fit the claim {id}: {e}"));
    let record: ClaimRecord = serde_json::from_value(json).map_err(|e| fits(&e))?;
    if let Some(code) = &record.code {
        match record.kind.as_str() {
            "event" => drop(code.parse::<EventType>().map_err(|e| fits(&e))?),
            "tie" => drop(code.parse::<TieType>().map_err(|e| fits(&e))?),
            _ => {}
        }
    }
    Ok(record)
}

/// Every decision that a session sees, in the order in which they were made.
pub(crate) async fn all(session: &SessionContext) -> Result<Vec<DecisionRow>, LakeError> {
    let mut decisions = Vec::new();
    for batch in rows(session, "SELECT * FROM decisions ORDER BY recorded, id").await? {
        decisions.extend(from_batch::<DecisionRow>(&batch)?);
    }
    Ok(decisions)
}

/// What stands, by claim; claims about which nothing stands are left out.
pub(crate) async fn standing(session: &SessionContext) -> Result<HashMap<String, Standing>, LakeError> {
    Ok(fold(&all(session).await?))
}

/// What these decisions, in order, say of which claims are of one happening.
pub(crate) fn groupings(decisions: &[DecisionRow]) -> Result<Groupings, LakeError> {
    #[derive(Deserialize)]
    struct Sides {
        out: Vec<ClaimId>,
        rest: Vec<ClaimId>,
    }
    let undone = undone(decisions);
    let mut standing: Vec<&DecisionRow> = Vec::new();
    for decision in decisions.iter().filter(|d| !undone.contains(d.id.as_str())) {
        match decision.action.as_str() {
            "join" | "split" | "pin" => standing.push(decision),
            "restore" => standing.retain(|d| d.target != decision.target),
            _ => {}
        }
    }
    let mut groupings = Groupings::default();
    for decision in standing {
        let value = decision.value.as_deref().unwrap_or("null");
        let stored = |e: &dyn std::fmt::Display| LakeError::stored(&format!("the decision {}", decision.id), &e);
        let claims = || serde_json::from_str::<Vec<ClaimId>>(value).map_err(|e| stored(&e));
        match decision.action.as_str() {
            "join" => groupings.joined.push(claims()?),
            "pin" => groupings.pinned.push(claims()?),
            _ => {
                let Sides { out, rest } = serde_json::from_str(value).map_err(|e| stored(&e))?;
                groupings.split.push((out, rest));
            }
        }
    }
    Ok(groupings)
}

/// What stands after these decisions, in order.
fn fold(decisions: &[DecisionRow]) -> HashMap<String, Standing> {
    let undone: HashSet<&str> = undone(decisions);
    let mut standing: HashMap<String, Standing> = HashMap::new();
    for decision in decisions.iter().filter(|d| !undone.contains(d.id.as_str())) {
        let claim = standing.entry(decision.target.clone()).or_default();
        match (decision.action.as_str(), &decision.field, &decision.value) {
            ("reject", ..) => claim.rejected = true,
            ("restore", ..) => *claim = Standing::default(),
            ("amend", Some(field), Some(value)) => {
                if let Ok(value) = serde_json::from_str(value) {
                    claim.amendments.insert(field.clone(), value);
                }
            }
            // Other actions are about other records.
            _ => {}
        }
    }
    standing.retain(|_, s| *s != Standing::default());
    standing
}

/// Decisions that a later one has restored, which may itself have been restored.
fn undone(decisions: &[DecisionRow]) -> HashSet<&str> {
    let mut undone = HashSet::new();
    for decision in decisions.iter().rev() {
        if decision.action == "restore" && decision.target.starts_with("dec_") && !undone.contains(decision.id.as_str())
        {
            undone.insert(decision.target.as_str());
        }
    }
    undone
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decision(id: &str, target: &str, action: &str, amend: Option<(&str, &str)>) -> DecisionRow {
        DecisionRow {
            id: id.to_owned(),
            target: target.to_owned(),
            action: action.to_owned(),
            field: amend.map(|(f, _)| f.to_owned()),
            value: amend.map(|(_, v)| v.to_owned()),
            by: "a person".to_owned(),
            reason: "a reason".to_owned(),
            recorded: Moment::at(Timestamp::UNIX_EPOCH),
        }
    }

    #[test]
    fn what_people_say_of_incidents_holds_until_it_is_restored() {
        let incident = |id: &str, action: &str, value: &str| DecisionRow {
            value: Some(value.to_owned()),
            ..decision(id, "inc_1", action, None)
        };
        let all = [
            incident("dec_1", "join", r#"["clm_a","clm_b"]"#),
            incident("dec_2", "split", r#"{"out":["clm_c"],"rest":["clm_a"]}"#),
            decision("dec_3", "dec_2", "restore", None),
            decision("dec_4", "inc_1", "restore", None),
        ];
        let of = |n: usize| groupings(&all[..n]).expect("they read");
        assert_eq!(of(2).joined[0].len(), 2);
        assert_eq!(of(2).split[0].0[0].as_str(), "clm_c");
        assert!(of(3).split.is_empty() && of(3).joined.len() == 1);
        assert_eq!(of(4), Groupings::default());
    }

    #[test]
    fn later_decisions_hold_and_what_is_restored_is_as_it_was() {
        let all = [
            decision("dec_1", "clm_a", "reject", None),
            decision("dec_2", "clm_b", "amend", Some(("status", "\"planned\""))),
            decision("dec_3", "clm_b", "amend", Some(("status", "\"threatened\""))),
            decision("dec_4", "clm_a", "restore", None),
            decision("dec_5", "dec_3", "restore", None),
        ];
        let standing = |n: usize| fold(&all[..n]);
        assert!(standing(1)["clm_a"].rejected);
        assert_eq!(standing(3)["clm_b"].amendments["status"], "threatened");
        assert!(!standing(4).contains_key("clm_a"));
        assert_eq!(standing(5)["clm_b"].amendments["status"], "planned", "only the later amendment was undone");
    }
}
