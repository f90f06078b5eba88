//! What the lake holds.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::response::Response;
use serde_json::{Value, json};

use super::parameters;
use crate::asked::Asked;
use crate::shown;
use crate::state::App;

/// Most parties that are named.
const PARTIES: usize = 200;

/// What the lake holds: how much, of whom, from when to when.
#[utoipa::path(get, path = "/api/v1/lake", params(parameters::AsOf), responses((status = 200, body = Value)))]
pub async fn lake(State(app): State<App>, asked: Asked) -> Response {
    app.answer(asked, |asked, ctx| {
        asked.done()?;
        let (desk, public) = (&ctx.desk, ctx.app.settings.public);
        let (view, wait) = (desk.view(), desk.handle());
        let reports = desk.reports()?;
        let days = || reports.iter().filter_map(|r| r.published);
        let mut languages: BTreeMap<&str, usize> = BTreeMap::new();
        for report in reports {
            *languages.entry(report.language.as_deref().unwrap_or("?")).or_default() += 1;
        }
        let mut languages: Vec<(&str, usize)> = languages.into_iter().collect();
        languages.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        let parties = wait.block_on(view.parties(PARTIES))?;
        let parties: Vec<Value> = parties.iter().map(|p| json!({"id": p.id, "name": p.name, "claims": p.n})).collect();
        let publishers = wait.block_on(view.publishers())?;
        let publishers: Vec<Value> = publishers.iter().map(|p| json!({"name": p.id, "documents": p.n})).collect();
        let datasets = wait.block_on(view.datasets())?;
        let datasets: Vec<Value> = datasets.iter().map(|d| json!({"id": d.id, "rows": d.n})).collect();
        let languages: Vec<Value> = languages.iter().map(|(code, n)| json!({"code": code, "documents": n})).collect();
        let address = ctx.state.lake.address();
        let address = address.local().map_or_else(|| address.url().to_string(), |path| path.display().to_string());
        let told = json!({
            "command": "annalist lake info",
            // Where it lies is nobody's business beyond this machine.
            "address": if public { Value::Null } else { json!(address) },
            "version": &*ctx.state.number,
            "documents": reports.len(),
            "claims": wait.block_on(view.count(&::lake::Filter::default()))?,
            "incidents": desk.weighing()?.groups.len(),
            "decisions": wait.block_on(view.decisions())?.len(),
            "first": days().min(), "last": days().max(),
            "parties": parties, "publishers": publishers, "languages": languages, "datasets": datasets,
            "annalist": env!("CARGO_PKG_VERSION"), "public": public, "tiles": ctx.app.settings.tiles.is_some(),
        });
        shown::value(told, public)
    })
    .await
}
