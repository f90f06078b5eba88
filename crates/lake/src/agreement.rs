//! What people decided beside what the coder had, field by field.

use model::record::ClaimRecord;
use serde_json::Value;

use crate::ask::Filter;
use crate::boxed;
use crate::decisions;
use crate::error::LakeError;
use crate::moment::Moment;
use crate::rows::{ClaimRow, from_batch};
use crate::session::rows;
use crate::store::Lake;
use crate::views::{self, AsOf};

/// One field of one claim that a person decided about.
#[derive(Clone, Debug)]
pub struct Agreement {
    /// The claim.
    pub claim: String,
    /// Its kind.
    pub kind: String,
    /// Its type, as coded.
    pub code: Option<String>,
    /// The field; `claim` where the whole was rejected.
    pub field: String,
    /// What the coder had, as JSON; `made` for a whole claim.
    pub coder: String,
    /// What the person has, as JSON; `rejected` for a whole claim.
    pub person: String,
    /// Whether they are the same.
    pub agree: bool,
    /// Who decided.
    pub by: String,
    /// When.
    pub recorded: Moment,
    /// The coder's name.
    pub coded_by: String,
}

impl Lake {
    /// Every field about which a decision stands: the last decision on it, beside what the coder had.
    #[boxed]
    pub async fn agreement(&self, as_of: &AsOf) -> Result<Vec<Agreement>, LakeError> {
        let session = views::session(self, as_of).await?;
        let all = decisions::all(&session).await?;
        let standing = decisions::standing(&session).await?;
        let filter = Filter { ids: standing.keys().cloned().collect(), ..Filter::default() };
        let mut agreements = Vec::new();
        for batch in rows(&session, &format!("SELECT * FROM claims_coded WHERE {}", filter.condition())).await? {
            for row in from_batch::<ClaimRow>(&batch)? {
                let claim = ClaimRecord::try_from(row)?;
                let id = claim.id.to_string();
                let Some(stands) = standing.get(&id) else { continue };
                let coded = serde_json::to_value(&claim).map_err(|e| LakeError::ours("writing a claim", &e))?;
                let mut fields: Vec<(&str, String, String)> = stands
                    .amendments
                    .iter()
                    .map(|(field, value)| (field.as_str(), coded[field].to_string(), value.to_string()))
                    .collect();
                if stands.rejected {
                    fields.push(("claim", "made".to_owned(), "rejected".to_owned()));
                }
                for (field, coder, person) in fields {
                    let action = if field == "claim" { "reject" } else { "amend" };
                    let decision = all.iter().rev().find(|d| {
                        d.target == id && d.action == action && (field == "claim" || d.field.as_deref() == Some(field))
                    });
                    let Some(decision) = decision else { continue };
                    agreements.push(Agreement {
                        claim: id.clone(),
                        kind: claim.kind.to_string(),
                        code: claim.code.as_ref().map(ToString::to_string),
                        field: field.to_owned(),
                        agree: same(&coder, &person),
                        coder,
                        person,
                        by: decision.by.clone(),
                        recorded: decision.recorded,
                        coded_by: claim.coder.to_string(),
                    });
                }
            }
        }
        agreements.sort_by(|a, b| (a.recorded, &a.claim, &a.field).cmp(&(b.recorded, &b.claim, &b.field)));
        Ok(agreements)
    }
}

/// Whether two values mean the same: parties by their ids where both have them, everything else as written.
fn same(coder: &str, person: &str) -> bool {
    fn ids(value: &Value) -> Option<Vec<&Value>> {
        match value {
            Value::Array(parties) => parties.iter().map(|p| p.get("id").filter(|id| id.is_string())).collect(),
            Value::Object(party) => party.get("id").filter(|id| id.is_string()).map(|id| vec![id]),
            _ => None,
        }
    }
    let read = |text: &str| serde_json::from_str::<Value>(text).ok();
    match (read(coder), read(person)) {
        (Some(a), Some(b)) => a == b || ids(&a).filter(|i| !i.is_empty()).is_some_and(|i| Some(i) == ids(&b)),
        _ => coder == person,
    }
}
