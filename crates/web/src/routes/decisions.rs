//! What a reader decides about claims and incidents.

use answers::decide::Grouping;
use answers::records;
use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use lake::{Choice, DecisionRow};
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::problem::Problem;
use crate::state::App;

/// A decision as it is asked for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Decided {
    /// The claim (`clm_…`) or the incident (`inc_…`); to restore, also a decision (`dec_…`).
    target: String,
    /// amend, reject, restore, join, split or pin.
    action: String,
    /// Of an amendment, the field.
    field: Option<String>,
    /// Of an amendment, the value; of a join the incidents, of a split the claims, as a list of ids.
    #[schema(value_type = Option<Object>)]
    value: Option<Value>,
    /// Why.
    reason: String,
    /// Who; the user of this machine if not given.
    by: Option<String>,
}

/// Adds a decision; it holds for whoever asks next.
#[utoipa::path(post, path = "/api/v1/decisions", request_body = Decided,
    responses((status = 201, body = Value), (status = 400, body = Value), (status = 404, body = Value)))]
pub async fn decide(State(app): State<App>, body: Result<Json<Decided>, JsonRejection>) -> Response {
    let decided = match body {
        Ok(Json(decided)) => decided,
        Err(e) => {
            return Problem::new(e.status(), format!("a decision is read as JSON: {}", e.body_text())).into_response();
        }
    };
    let by = decided.by.clone().filter(|by| !by.trim().is_empty()).unwrap_or_else(|| app.settings.by.clone());
    match app.change(move |handle, lake| keep(handle, lake, &decided, &by)).await {
        Ok(decision) => (StatusCode::CREATED, Json(records::decision(&decision))).into_response(),
        Err(problem) => problem.into_response(),
    }
}

fn keep(
    handle: &tokio::runtime::Handle,
    mut lake: lake::Lake,
    decided: &Decided,
    by: &str,
) -> Result<DecisionRow, Problem> {
    let Decided { target, action, field, value, reason, .. } = decided;
    let choice = match action.as_str() {
        "amend" => {
            let (Some(field), Some(value)) = (field, value) else {
                return Err(Problem::asked("to amend takes a `field` and a `value`"));
            };
            // Words as a person types them; anything else is the value as the record has it.
            let value = match value {
                Value::String(typed) => lake::value(field, typed)?,
                other => {
                    lake::value(field, "null")?;
                    other.clone()
                }
            };
            Choice::Amend { field: field.clone(), value }
        }
        "reject" => Choice::Reject,
        "restore" => Choice::Restore,
        "join" | "split" | "pin" => return group(handle, &mut lake, decided, by),
        other => {
            return Err(Problem::asked(format!(
                "`{other}` is no action; there are: amend, reject, restore, join, split, pin"
            )));
        }
    };
    let kept =
        answers::decide::claim(handle, &mut lake, target, &choice, by, reason).map_err(|e| unfit(e.into(), &choice))?;
    kept.into_iter().next_back().ok_or_else(|| Problem::ours("a decision was made and is not there"))
}

/// A value that does not fit its field is well written and all the same not to be kept.
fn unfit(problem: Problem, choice: &Choice) -> Problem {
    let status = match choice {
        Choice::Amend { .. } if problem.status == StatusCode::BAD_REQUEST => StatusCode::UNPROCESSABLE_ENTITY,
        _ => problem.status,
    };
    Problem { status, ..problem }
}

fn group(
    handle: &tokio::runtime::Handle,
    lake: &mut lake::Lake,
    decided: &Decided,
    by: &str,
) -> Result<DecisionRow, Problem> {
    let action = match decided.action.as_str() {
        "join" => Grouping::Join,
        "split" => Grouping::Split,
        _ => Grouping::Pin,
    };
    let mut ids = vec![decided.target.clone()];
    match &decided.value {
        None | Some(Value::Null) => {}
        Some(Value::Array(values)) => {
            for value in values {
                let id = value.as_str().ok_or_else(|| Problem::asked("`value` is a list of ids"))?;
                ids.push(id.to_owned());
            }
        }
        Some(_) => return Err(Problem::asked("`value` is a list of ids")),
    }
    Ok(answers::decide::incidents(handle, lake, &ids, action, by, &decided.reason)?)
}
