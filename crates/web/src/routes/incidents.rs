//! Incidents: a page of them, or one whole.

use std::cmp::Reverse;

use answers::{Accounts, Brief, Order, Place, records, sheet};
use axum::extract::{Path, State};
use axum::response::Response;
use model::{DocumentId, IncidentId, Standing};
use serde_json::{Value, json};

use super::parameters;
use crate::asked::{Asked, flags};
use crate::care;
use crate::command::Command;
use crate::cursor::{Page, written};
use crate::problem::Problem;
use crate::shown::{self, Form, Shown};
use crate::state::App;

/// The standings by their words.
pub const STANDINGS: [(&str, Standing); 5] = [
    ("retracted", Standing::Retracted),
    ("denied", Standing::Denied),
    ("disputed", Standing::Disputed),
    ("corroborated", Standing::Corroborated),
    ("reported", Standing::Reported),
];

/// How the incidents are to stand that are asked for.
pub fn standings(asked: &mut Asked) -> Result<Vec<Standing>, Problem> {
    let words = asked.values::<String>("standing")?;
    let standing = |word: &String| {
        let found = STANDINGS.iter().find(|(known, _)| known == word).map(|(_, standing)| *standing);
        found.ok_or_else(|| {
            Problem::asked(format!("`standing={word}` is none of: {}", STANDINGS.map(|(w, _)| w).join(", ")))
        })
    };
    words.iter().map(standing).collect()
}

/// Incidents of which a claim fits, the most recent, the gravest or the most disputed first.
#[utoipa::path(get, path = "/api/v1/incidents", params(parameters::Question, parameters::Incidents, parameters::Page),
    responses((status = 200, body = Value), (status = 400, body = Value)))]
pub async fn incidents(State(app): State<App>, asked: Asked) -> Response {
    app.answer(asked, |asked, ctx| {
        let form = shown::form_of_list(asked)?;
        let page = Page::<(u64, u64, i32, IncidentId)>::of(asked, form)?;
        let question = asked.question()?;
        let standings = standings(asked)?;
        let order = asked.word("sort", &Order::WORDS)?.unwrap_or_default();
        asked.done()?;
        let command = flags(Command::new("incidents"), &question, ctx.desk.as_of())
            .list("--standing", &standings.iter().map(|s| s.as_str()).collect::<Vec<_>>())
            .option("--sort", Some(order.as_str()));
        let desk = &ctx.desk;
        let mut briefs = answers::chosen(desk, &question.filter(Some("event")))?;
        briefs.retain(|brief| standings.is_empty() || standings.contains(&brief.standing));
        let total = briefs.len();
        let mut placed: Vec<(Place, &Brief)> = briefs.into_iter().map(|brief| (order.place(brief), brief)).collect();
        if let Some((first, second, day, id)) = page.after {
            let after: Place = (first, second, day, Reverse(id));
            placed.retain(|(place, _)| *place < after);
        }
        placed.sort_unstable_by(|(a, _), (b, _)| b.cmp(a));
        let more = placed.len() > page.limit;
        placed.truncate(page.limit);
        let next = placed
            .last()
            .filter(|_| more)
            .map(|((first, second, day, Reverse(id)), _)| written(&(first, second, day, id)));

        let weighing = desk.weighing()?;
        let mut groups = Vec::with_capacity(placed.len());
        for (_, brief) in &placed {
            groups.extend(desk.group(&brief.id)?);
        }
        let public = ctx.app.settings.public;
        let (mut items, mut rows) = (Vec::new(), Vec::new());
        let mut at = 0;
        for portion in weighing.portions(&groups) {
            let accounts = Accounts::of(desk, portion)?;
            for &group in portion {
                let (id, claims) = &weighing.groups[group];
                let (incident, brief) = (accounts.incident(id, claims), placed[at].1);
                at += 1;
                match form {
                    Form::Csv if public => rows.push(sheet::incident(&care::record(incident)?)),
                    Form::Csv => rows.push(sheet::incident(&incident)),
                    Form::Jsonl | Form::Svg => items.push(json!(incident)),
                    Form::Json => items.push(json!({
                        "incident": incident, "reports": brief.reports, "publishers": brief.publishers,
                        "dead": brief.dead.map(|(low, high)| json!({"low": low, "high": high})),
                        "words": care::phrase(&brief.words, public), "first_told": brief.first_told,
                    })),
                }
            }
        }
        match form {
            Form::Csv => Shown::csv(&sheet::INCIDENT, &rows),
            Form::Jsonl | Form::Svg => {
                if public {
                    items.iter_mut().for_each(care::coarsen);
                }
                Shown::jsonl(items)
            }
            Form::Json => {
                let grounds = answers::grounds_of_incidents(desk, &question, total)?;
                shown::list(&command, &items, next.as_deref(), total, Some(&grounds), public)
            }
        }
    })
    .await
}

/// One incident whole: its claims, tolls, denials, replies, and why its claims are held to be of one happening.
#[utoipa::path(get, path = "/api/v1/incidents/{id}", params(("id" = String, Path, description = "inc_…"), parameters::AsOf, parameters::RecordForm),
    responses((status = 200, body = Value), (status = 404, body = Value)))]
pub async fn incident(State(app): State<App>, Path(id): Path<String>, asked: Asked) -> Response {
    app.answer(asked, move |asked, ctx| {
        let form = shown::form_of_record(asked)?;
        asked.done()?;
        let desk = &ctx.desk;
        let named = IncidentId::try_from(id.clone()).map_err(|e| Problem::missing(e.to_string()))?;
        let mut whole = answers::incident(desk, &named)?.ok_or_else(|| {
            Problem::missing(format!("the lake holds no incident {id} (as of then, if a date was given)"))
        })?;
        if form == Form::Csv {
            return shown::claims(whole.claims.iter().map(|m| &m.claim), ctx.app.settings.public);
        }
        let documents: Vec<String> = whole.claims.iter().map(|m| m.claim.document.to_string()).collect();
        let mut heads = desk.handle().block_on(desk.view().heads(&documents))?;
        care::heads(desk, heads.values_mut().map(|head| (head.id.as_str(), &mut head.title, &mut head.url)))?;
        let of: Vec<DocumentId> = whole.claims.iter().map(|m| m.claim.document.clone()).collect();
        care::decisions(desk, &of, &mut whole.decisions)?;
        let claims: Vec<Value> = whole
            .claims
            .iter()
            .map(|m| {
                let head = heads.get(m.claim.document.as_str());
                json!({
                    "claim": m.claim, "publisher": m.publisher, "title": head.and_then(|h| h.title.as_ref()),
                    "url": head.and_then(|h| h.url.as_ref()), "copy": m.copy,
                })
            })
            .collect();
        let told = json!({
            "command": Command::new("show").word(&id).to_string(),
            "incident": whole.incident, "words": care::phrase(&whole.words, ctx.app.settings.public), "standing_why": whole.incident.grounds, "claims": claims,
            "tolls": whole.tolls, "denials": whole.denials,
            "replies": {"to": whole.replies_to, "from": whole.replies_from}, "explain": whole.explain,
            "decisions": whole.decisions.iter().map(records::decision).collect::<Vec<_>>(),
        });
        shown::value(told, ctx.app.settings.public)
    })
    .await
}
