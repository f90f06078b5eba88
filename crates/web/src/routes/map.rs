//! Incidents on a map.

use answers::{Brief, sheet};
use axum::extract::State;
use axum::response::Response;
use serde_json::{Value, json};

use super::incidents::standings;
use super::parameters;
use crate::asked::{Asked, flags};
use crate::care;
use crate::command::Command;
use crate::problem::Problem;
use crate::shown::{self, Form, Shown};
use crate::state::App;

/// Features if nothing else is asked for.
const LIMIT: usize = 5_000;
/// Most features.
const MOST: usize = 50_000;

/// Incidents that fit, each at its most exact place, as `GeoJSON`.
#[utoipa::path(get, path = "/api/v1/map", params(parameters::Question, parameters::Most, parameters::RecordForm),
    responses((status = 200, body = Value), (status = 400, body = Value)))]
pub async fn map(State(app): State<App>, asked: Asked) -> Response {
    app.answer(asked, |asked, ctx| {
        let question = asked.question()?;
        let standings = standings(asked)?;
        let limit = limit(asked, LIMIT, MOST)?;
        let form = shown::form_of_record(asked)?;
        asked.done()?;
        let public = ctx.app.settings.public;
        let command = flags(Command::new("incidents"), &question, ctx.desk.as_of())
            .list("--standing", &standings.iter().map(|s| s.as_str()).collect::<Vec<_>>())
            .word("--format")
            .word("geojson");
        let mut briefs = answers::chosen(&ctx.desk, &question.filter(Some("event")))?;
        briefs.retain(|brief| standings.is_empty() || standings.contains(&brief.standing));
        let total = briefs.len();
        briefs.retain(|brief| point(brief, public).is_some());
        let unplaced = total - briefs.len();
        let left_out = briefs.len().saturating_sub(limit);
        briefs.sort_by(|a, b| b.gravity().cmp(&a.gravity()).then_with(|| b.day().cmp(&a.day())).then_with(|| a.id.cmp(&b.id)));
        briefs.truncate(limit);
        if form == Form::Csv {
            let rows: Vec<Vec<String>> = briefs.iter().map(|brief| sheet::brief(brief, point(brief, public))).collect();
            return Shown::csv(&sheet::BRIEF, &rows);
        }
        let features: Vec<Value> = briefs.iter().filter_map(|brief| feature(brief, public)).collect();
        let told = json!({
            "type": "FeatureCollection", "grounds": answers::grounds_of_incidents(&ctx.desk, &question, total)?, "command": command.to_string(), "features": features, "unplaced": unplaced,
            "left_out": left_out,
        });
        shown::value(told, public)
    })
    .await
}

/// How many at most.
pub fn limit(asked: &mut Asked, unsaid: usize, most: usize) -> Result<usize, Problem> {
    match asked.value::<usize>("limit")? {
        Some(limit) if limit == 0 || limit > most => {
            Err(Problem::asked(format!("`limit={limit}` is from 1 to {most}")))
        }
        limit => Ok(limit.unwrap_or(unsaid)),
    }
}

/// Where an incident is shown.
pub fn point(brief: &Brief, public: bool) -> Option<(f64, f64)> {
    let place = brief.place.as_ref()?;
    let words =
        || format!("{} {}", place.mention.as_deref().unwrap_or_default(), place.name.as_deref().unwrap_or_default());
    if public && answers::care::is_sheltered(&words()) {
        return None;
    }
    Some((place.lat?, place.lon?))
}

fn feature(brief: &Brief, public: bool) -> Option<Value> {
    let (lat, lon) = point(brief, public)?;
    let place = brief.place.as_ref()?;
    let (dead_low, dead_high) = brief.dead.unwrap_or_default();
    Some(json!({
        "type": "Feature", "geometry": {"type": "Point", "coordinates": [lon, lat]},
        "properties": {
            "id": brief.id, "type": brief.code, "quad": brief.quad, "from": brief.from, "to": brief.to,
            "precision": place.precision, "radius_km": place.radius_km,
            "place": place.name.as_ref().or(place.mention.as_ref()), "dead_low": dead_low, "dead_high": dead_high,
            "standing": brief.standing, "actor": brief.actor, "recipient": brief.recipient,
            "claimants": brief.claimants, "words": care::phrase(&brief.words, public),
        },
    }))
}
