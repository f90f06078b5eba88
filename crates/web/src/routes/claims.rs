//! Claims: a page of them, counted by field, or one with all that belongs to it.

use std::collections::BTreeSet;

use answers::records;
use axum::extract::{Path, State};
use axum::response::Response;
use lake::{At, Facet, Filter};
use model::{Attitude, ClaimId, PartyId, Status};
use serde_json::{Map, Value, json};

use super::parameters;
use crate::asked::{Asked, flags};
use crate::care;
use crate::command::Command;
use crate::cursor::{Page, written};
use crate::problem::Problem;
use crate::shown::{self, Form, Shown};
use crate::state::{App, Ctx};

/// Bytes of a document that are shown before and after a claim's words.
const CONTEXT: usize = 600;
/// Most values of a facet.
const VALUES: usize = 50;
/// The kinds of claims.
const KINDS: [&str; 6] = ["event", "tie", "figure", "commitment", "cause", "statement"];

/// Claims that fit, in the order of their happening.
#[utoipa::path(get, path = "/api/v1/claims", params(parameters::Question, parameters::Which, parameters::Page),
    responses((status = 200, body = Value), (status = 400, body = Value)))]
pub async fn claims(State(app): State<App>, asked: Asked) -> Response {
    app.answer(asked, |asked, ctx| {
        let form = shown::form_of_list(asked)?;
        let page = Page::<(i32, String, i64, String)>::of(asked, form)?;
        let (filter, command) = which(asked, ctx, "claims")?;
        let (view, wait) = (ctx.desk.view(), ctx.desk.handle());
        let after = page.after.map(|(day, document, start, id)| At { day, document, start, id });
        let mut found = wait.block_on(view.page(&filter, after.as_ref(), page.limit))?;
        care::claims(&ctx.desk, found.iter_mut().map(|(_, claim, _)| claim))?;
        match form {
            Form::Csv => {
                return shown::claims(found.iter().map(|(_, claim, _)| claim), ctx.app.settings.public);
            }
            Form::Jsonl | Form::Svg => {
                let records = found.into_iter().map(|(_, claim, _)| cared(json!(claim), ctx));
                return Shown::jsonl(records);
            }
            Form::Json => {}
        }
        let documents: BTreeSet<String> = found.iter().map(|(_, claim, _)| claim.document.to_string()).collect();
        let mut heads = wait.block_on(view.heads(&documents.into_iter().collect::<Vec<_>>()))?;
        care::heads(&ctx.desk, heads.values_mut().map(|head| (head.id.as_str(), &mut head.title, &mut head.url)))?;
        let full = found.len() == page.limit;
        let next = found.last().filter(|_| full).map(|(at, ..)| written(&(at.day, &at.document, at.start, &at.id)));
        let items: Vec<Value> = found
            .into_iter()
            .map(|(_, claim, publisher)| {
                let title = heads.get(claim.document.as_str()).and_then(|head| head.title.clone());
                json!({"claim": claim, "publisher": publisher, "title": title})
            })
            .collect();
        shown::list(
            &command,
            &items,
            next.as_deref(),
            wait.block_on(view.count(&filter))?,
            None,
            ctx.app.settings.public,
        )
    })
    .await
}

fn cared(mut value: Value, ctx: &Ctx) -> Value {
    if ctx.app.settings.public {
        care::coarsen(&mut value);
    }
    value
}

/// The claims that fit, counted by field.
#[utoipa::path(get, path = "/api/v1/claims/facets", params(parameters::Question, parameters::Which),
    responses((status = 200, body = Value), (status = 400, body = Value)))]
pub async fn facets(State(app): State<App>, asked: Asked) -> Response {
    app.answer(asked, |asked, ctx| {
        let (filter, command) = which(asked, ctx, "claims")?;
        let mut facets = Map::new();
        for facet in Facet::ALL {
            // Every month, so that none seems empty.
            let most = if facet == Facet::Month { 5_000 } else { VALUES };
            let found = ctx.desk.handle().block_on(ctx.desk.view().facet(&filter, facet, most))?;
            let values = found.iter().map(|named| json!({"value": named.id, "count": named.n})).collect();
            facets.insert(facet.as_str().to_owned(), Value::Array(values));
        }
        shown::value(json!({"command": command.to_string(), "facets": facets}), ctx.app.settings.public)
    })
    .await
}

/// Which claims are asked for.
fn which(asked: &mut Asked, ctx: &Ctx, command: &str) -> Result<(Filter, Command), Problem> {
    let question = asked.question()?;
    let kinds = KINDS.map(|kind| (kind, kind));
    let kind = asked.word("kind", &kinds)?;
    let asserter = asked.text("asserter")?;
    let attitudes = asked.values::<Attitude>("attitude")?;
    let statuses = asked.values::<Status>("status")?;
    let publisher = asked.text("publisher")?;
    let document = asked.text("document")?;
    let words = asked.text("q")?;
    let min_confidence = asked.value::<f64>("min_confidence")?;
    asked.done()?;
    if min_confidence.is_some_and(|c| !(0.0..=1.0).contains(&c)) {
        return Err(Problem::asked("`min_confidence` is from 0 to 1"));
    }
    let command = flags(Command::new(command).option("--kind", kind), &question, ctx.desk.as_of())
        .option("--asserter", asserter.as_ref())
        .list("--attitude", &attitudes)
        .list("--status", &statuses)
        .option("--publisher", publisher.as_ref())
        .option("--document", document.as_ref())
        .option("--words", words.as_ref())
        .option("--min-confidence", min_confidence);
    let mut filter = Filter {
        asserter: asserter
            .map(|id| PartyId::new(&id).map_err(|e| Problem::asked(format!("`asserter={id}`: {e}"))))
            .transpose()?,
        attitudes: attitudes.iter().map(ToString::to_string).collect(),
        statuses: statuses.iter().map(ToString::to_string).collect(),
        publishers: publisher.into_iter().collect(),
        documents: document.into_iter().collect(),
        min_confidence,
        ..question.filter(kind)
    };
    if let Some(words) = words {
        let folder = super::search::folder(ctx)?;
        let behind;
        (filter.ids, behind) = ctx.desk.handle().block_on(ctx.state.lake.claims_with(&folder, &words))?;
        if behind {
            ctx.passes();
        }
        if filter.ids.is_empty() {
            // Nothing has these words; an empty list of ids would ask for everything.
            filter.ids.push("none".to_owned());
        }
    }
    Ok((filter, command))
}

/// One claim with its words in context, what it links to, its incident and what people decided about it.
#[utoipa::path(get, path = "/api/v1/claims/{id}", params(("id" = String, Path, description = "clm_…"), parameters::AsOf, parameters::RecordForm),
    responses((status = 200, body = Value), (status = 404, body = Value)))]
pub async fn claim(State(app): State<App>, Path(id): Path<String>, asked: Asked) -> Response {
    app.answer(asked, move |asked, ctx| {
        let form = shown::form_of_record(asked)?;
        asked.done()?;
        let (desk, wait) = (&ctx.desk, ctx.desk.handle());
        let missing = || Problem::missing(format!("the lake holds no claim {id} (as of then, if a date was given)"));
        let known = ClaimId::try_from(id.clone()).map_err(|e| Problem::missing(e.to_string()))?;
        let mut told = wait.block_on(desk.view().show(&id))?.ok_or_else(missing)?;
        care::claims(desk, std::iter::once(&mut told.claim).chain(&mut told.linked))?;
        care::heads(desk, told.document.iter_mut().map(|doc| (doc.id.as_str(), &mut doc.title, &mut doc.url)))?;
        care::decisions(desk, std::slice::from_ref(&told.claim.document), &mut told.decisions)?;
        let claim = &told.claim;
        if form == Form::Csv {
            return shown::claims([claim].into_iter().chain(&told.linked), ctx.app.settings.public);
        }
        let links: Vec<Value> = told
            .linked
            .iter()
            .flat_map(|linked| {
                let to = claim.links.iter().filter(|l| l.claim.as_ref() == Some(&linked.id)).map(|l| (l, "to"));
                let from = linked.links.iter().filter(|l| l.claim.as_ref() == Some(&known)).map(|l| (l, "from"));
                to.chain(from)
                    .map(|(l, direction)| json!({"rel": l.rel, "basis": l.basis, "direction": direction, "claim": linked}))
                    .collect::<Vec<_>>()
            })
            .collect();
        let weighing = desk.weighing()?;
        let incident = weighing.of.get(&known).map(|&at| &weighing.groups[at].0);
        let public = ctx.app.settings.public;
        let (document, context) = match &told.document {
            None => (Value::Null, Value::Null),
            Some(doc) => {
                let head = json!({
                    "id": doc.id, "title": doc.title, "publisher": doc.publisher, "published": doc.published, "url": doc.url,
                    "language": doc.language, "copy_of": doc.copy_of,
                });
                let (from, text) = around(&doc.text, claim.evidence.span.start(), claim.evidence.span.end());
                // What stands around the words is more than the one sentence that may be quoted to others.
                let context = if public { json!({"text": claim.evidence.text, "from": claim.evidence.span.start()}) } else { json!({"text": text, "from": from}) };
                (head, context)
            }
        };
        let told = json!({
            "command": Command::new("show").word(&id).to_string(), "claim": claim, "stands": told.stands,
            "document": document, "context": context, "links": links, "incident": incident,
            "decisions": told.decisions.iter().map(records::decision).collect::<Vec<_>>(),
        });
        shown::value(told, public)
    })
    .await
}

/// The words with what stands around them, cut at characters and blanks; and where that begins.
fn around(text: &str, start: usize, end: usize) -> (usize, &str) {
    let floor = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    if start > end || end > text.len() {
        return (0, "");
    }
    let (from, to) = (floor(start.saturating_sub(CONTEXT)), floor((end + CONTEXT).min(text.len())));
    let (start, end) = (floor(start), floor(end));
    // Not in the middle of a word, where there is a blank near by.
    let from = if from == 0 { 0 } else { text[from..start].find(char::is_whitespace).map_or(from, |at| from + at) };
    let to = if to == text.len() { to } else { text[end..to].rfind(char::is_whitespace).map_or(to, |at| end + at) };
    (from, &text[from..to])
}
