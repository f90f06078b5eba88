//! Incidents and ceasefires in time.

use answers::granularity;
use axum::extract::State;
use axum::response::Response;
use serde_json::{Value, json};

use super::map::limit;
use super::parameters;
use crate::asked::{Asked, flags};
use crate::command::Command;
use crate::shown;
use crate::state::App;

/// Incidents if nothing else is asked for.
const LIMIT: usize = 2_000;
/// Most incidents.
const MOST: usize = 20_000;

/// Incidents and ceasefires that fit, by party and time, with what answers what.
#[utoipa::path(get, path = "/api/v1/timeline",
    params(parameters::Question, ("limit" = Option<usize>, Query, description = "No more than this many, the gravest first.")),
    responses((status = 200, body = Value), (status = 400, body = Value)))]
pub async fn timeline(State(app): State<App>, asked: Asked) -> Response {
    app.answer(asked, |asked, ctx| {
        let question = asked.question()?;
        let limit = limit(asked, LIMIT, MOST)?;
        asked.done()?;
        let told = answers::timeline(&ctx.desk, &question, limit)?;
        let lanes: Vec<Value> =
            told.lanes.iter().map(|(key, name, n)| json!({"id": key.as_str(), "name": name, "incidents": n})).collect();
        let keys = |sides: &[(analysis::ties::Key, String)]| -> Vec<String> {
            sides.iter().map(|(key, _)| key.as_str().to_owned()).collect()
        };
        let events: Vec<Value> = told
            .events
            .iter()
            .map(|brief| {
                let (dead_low, dead_high) = brief.dead.unwrap_or_default();
                json!({
                    "id": brief.id, "from": brief.from, "to": brief.to, "granularity": granularity(brief.from, brief.to),
                    "type": brief.code, "quad": brief.quad, "actor": keys(&brief.acting), "recipient": keys(&brief.suffering),
                    "dead_low": dead_low, "dead_high": dead_high, "standing": brief.standing, "words": brief.words,
                })
            })
            .collect();
        let command = flags(Command::new("incidents"), &question, ctx.desk.as_of());
        let told = json!({
            "command": command.to_string(), "lanes": lanes, "events": events, "replies": told.replies,
            "ceasefires": told.ceasefires, "undated": told.undated, "left_out": told.left_out,
        });
        shown::value(told, ctx.app.settings.public)
    })
    .await
}
