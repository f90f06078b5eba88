//! Incidents and ceasefires in time.

use answers::{granularity, sheet};
use axum::extract::State;
use axum::response::Response;
use serde_json::{Value, json};

use super::map::{limit, point};
use super::parameters;
use crate::asked::{Asked, flags};
use crate::care;
use crate::command::Command;
use crate::shown::{self, Form, Shown};
use crate::state::App;

/// Incidents if nothing else is asked for.
const LIMIT: usize = 2_000;
/// Most incidents.
const MOST: usize = 20_000;

/// Incidents and ceasefires that fit, by party and time, with what answers what.
#[utoipa::path(get, path = "/api/v1/timeline",
    params(parameters::Question, parameters::RecordForm, ("limit" = Option<usize>, Query, description = "No more than this many, the gravest first.")),
    responses((status = 200, body = Value), (status = 400, body = Value)))]
pub async fn timeline(State(app): State<App>, asked: Asked) -> Response {
    app.answer(asked, |asked, ctx| {
        let question = asked.question()?;
        let limit = limit(asked, LIMIT, MOST)?;
        let form = shown::form_of_record(asked)?;
        asked.done()?;
        let told = answers::timeline(&ctx.desk, &question, limit)?;
        let public = ctx.app.settings.public;
        if form == Form::Csv {
            let rows: Vec<Vec<String>> = told.events.iter().map(|brief| sheet::brief(brief, point(brief, public))).collect();
            return Shown::csv(&sheet::BRIEF, &rows);
        }
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
                    "dead_low": dead_low, "dead_high": dead_high, "standing": brief.standing, "words": care::phrase(&brief.words, public),
                })
            })
            .collect();
        let all = told.events.len() + told.undated + told.left_out;
        let command = flags(Command::new("incidents"), &question, ctx.desk.as_of());
        let told = json!({
            "command": command.to_string(), "grounds": answers::grounds_of_incidents(&ctx.desk, &question, all)?, "lanes": lanes, "events": events, "replies": told.replies,
            "ceasefires": told.ceasefires, "undated": told.undated, "left_out": told.left_out,
        });
        shown::value(told, public)
    })
    .await
}
