//! Documents: a page of them, or one with its text and all that it claims.

use std::collections::BTreeSet;

use answers::{records, sheet};
use axum::extract::{Path, State};
use axum::response::Response;
use lake::Filter;
use model::DocumentId;
use serde_json::{Map, Value, json};

use super::parameters;
use crate::asked::{Asked, flags};
use crate::care;
use crate::command::Command;
use crate::cursor::{Page, written};
use crate::problem::Problem;
use crate::shown::{self, Form, Shown};
use crate::state::App;

/// Documents, the last published first; of a question, those in which a claim stands that fits.
#[utoipa::path(get, path = "/api/v1/documents", params(parameters::Question, parameters::Page),
    responses((status = 200, body = Value), (status = 400, body = Value)))]
pub async fn documents(State(app): State<App>, asked: Asked) -> Response {
    app.answer(asked, |asked, ctx| {
        let form = shown::form_of_list(asked)?;
        let page = Page::<(i32, String)>::of(asked, form)?;
        let question = asked.question()?;
        asked.done()?;
        let (view, wait) = (ctx.desk.view(), ctx.desk.handle());
        let filter = (question != answers::Question::default()).then(|| question.filter(None));
        let after = page.after.as_ref().map(|(day, id)| (*day, id.as_str()));
        let mut found = wait.block_on(view.documents(filter.as_ref(), after, page.limit))?;
        care::heads(&ctx.desk, found.iter_mut().map(|head| (head.id.as_str(), &mut head.title, &mut head.url)))?;
        let full = found.len() == page.limit;
        let next = found.last().filter(|_| full).map(|head| written(&(head.day, &head.id)));
        match form {
            Form::Csv => {
                let rows: Vec<Vec<String>> = found.iter().map(sheet::document).collect();
                Shown::csv(&sheet::DOCUMENT, &rows)
            }
            Form::Jsonl | Form::Svg => Shown::jsonl(found.iter().map(records::head)),
            Form::Json => {
                let total = wait.block_on(view.count_documents(filter.as_ref()))?;
                let standing = filter
                    .map(|filter| format!(" WHERE id IN (SELECT document FROM claims WHERE {})", filter.condition()))
                    .unwrap_or_default();
                let sql = format!(
                    "SELECT id, title, publisher, published, language, copy_of FROM documents{standing} \
                     ORDER BY published_day DESC NULLS LAST, id"
                );
                let command = flags(Command::new("query").word(&sql), &answers::Question::default(), ctx.desk.as_of());
                shown::list(
                    &command,
                    &found.iter().map(records::head).collect::<Vec<_>>(),
                    next.as_deref(),
                    total,
                    None,
                    ctx.app.settings.public,
                )
            }
        }
    })
    .await
}

/// One document with its text, its claims, its near-copies and the incidents that its claims are of.
#[utoipa::path(get, path = "/api/v1/documents/{id}", params(("id" = String, Path, description = "doc_…"), parameters::AsOf, parameters::RecordForm),
    responses((status = 200, body = Value), (status = 404, body = Value)))]
pub async fn document(State(app): State<App>, Path(id): Path<String>, asked: Asked) -> Response {
    app.answer(asked, move |asked, ctx| {
        let form = shown::form_of_record(asked)?;
        asked.done()?;
        let (desk, view, wait) = (&ctx.desk, ctx.desk.view(), ctx.desk.handle());
        let missing = || Problem::missing(format!("the lake holds no document {id} (as of then, if a date was given)"));
        let (mut doc, readings) = wait.block_on(view.show_document(&id))?.ok_or_else(missing)?;
        let mut copies = wait.block_on(view.copies_of(&id))?;
        let heads = copies.iter_mut().map(|head| (head.id.as_str(), &mut head.title, &mut head.url));
        care::heads(desk, heads.chain([(doc.id.as_str(), &mut doc.title, &mut doc.url)]))?;
        let filter = Filter { documents: vec![id.clone()], ..Filter::default() };
        let mut claims = Vec::new();
        let mut answer = wait.block_on(view.unordered(&filter))?;
        while let Some(more) = wait.block_on(answer.claims())? {
            claims.extend(more);
        }
        care::claims(desk, &mut claims)?;
        claims.sort_by_key(|c| c.evidence.span);
        if form == Form::Csv {
            return shown::claims(&claims, ctx.app.settings.public);
        }
        let weighing = desk.weighing()?;
        let incidents: Map<String, Value> = claims
            .iter()
            .filter_map(|c| Some((c.id.to_string(), json!(weighing.groups[*weighing.of.get(&c.id)?].0))))
            .collect();
        let ids: BTreeSet<&str> = claims.iter().map(|c| c.id.as_str()).collect();
        let mut decisions = wait.block_on(view.decisions())?;
        // Of rejected claims, too, which no longer stand: they are of this document by their id alone.
        let of_it = wait.block_on(view.ids_ever_of(&id))?;
        decisions.retain(|d| ids.contains(d.target.as_str()) || of_it.contains(&d.target));
        care::decisions(desk, &DocumentId::try_from(id.clone()).into_iter().collect::<Vec<_>>(), &mut decisions)?;
        let mut record = records::document(&doc);
        if ctx.app.settings.public {
            // The text is its publisher's: a sentence of each claim is quoted, and no more.
            record["text"] = json!("");
        }
        let readings: Vec<Value> = readings
            .iter()
            .map(|r| json!({"run": r.run, "recorded": r.recorded.when(), "sentences": r.sentences, "claims": r.claims}))
            .collect();
        let told = json!({
            "command": Command::new("show").word(&id).to_string(), "document": record, "claims": claims,
            "decisions": decisions.iter().map(records::decision).collect::<Vec<_>>(),
            "copies": copies.iter().map(records::head).collect::<Vec<_>>(),
            "incidents": incidents, "readings": readings,
        });
        shown::value(told, ctx.app.settings.public)
    })
    .await
}
