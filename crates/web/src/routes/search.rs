//! Full text over documents and claims.

use std::path::PathBuf;

use answers::care::Care;
use axum::extract::State;
use axum::response::Response;
use lake::{Found, Scope};
use model::DocumentId;
use serde_json::{Value, json};

use super::parameters;
use crate::asked::Asked;
use crate::care;
use crate::command::Command;
use crate::cursor::{Page, written};
use crate::problem::Problem;
use crate::shown::{self, Form, Shown};
use crate::state::{App, Ctx};

/// Most records that a search brings, page by page.
const MOST: usize = 1_000;

/// Where the index of words is.
pub fn folder(ctx: &Ctx) -> Result<PathBuf, Problem> {
    let none = || Problem::asked("this lake has no folder for an index of words: give one to `annalist serve --index`");
    ctx.state.lake.index_folder().or_else(|| ctx.app.settings.index.clone()).ok_or_else(none)
}

/// Documents and claims with these words, the best first.
#[utoipa::path(get, path = "/api/v1/search", params(parameters::Search, parameters::AsOf, parameters::Page),
    responses((status = 200, body = Value), (status = 400, body = Value)))]
pub async fn search(State(app): State<App>, asked: Asked) -> Response {
    app.answer(asked, |asked, ctx| {
        let form = shown::form_of_list(asked)?;
        let page = Page::<(u32, String)>::of(asked, form)?;
        let words = asked.text("q")?;
        let scope = [("both", Scope::Both), ("documents", Scope::Documents), ("claims", Scope::Claims)];
        let scope = asked.word("within", &scope)?.unwrap_or_default();
        asked.done()?;
        let words =
            words.ok_or_else(|| Problem::asked("`q` says what to look for: words, or \"a phrase\" in quotes"))?;
        let folder = folder(ctx)?;
        let (desk, lake) = (&ctx.desk, &ctx.state.lake);
        let results = desk.handle().block_on(lake.search_in(desk.view(), &folder, &words, scope, MOST))?;
        if results.behind {
            ctx.passes();
        }
        let total = results.found.len();
        // The order is that of the scores; where they are equal, that of the ids.
        let place = |found: &Found| (u32::MAX - found.score.max(0.0).to_bits(), id(found));
        let mut found: Vec<((u32, String), Found)> = results.found.into_iter().map(|f| (place(&f), f)).collect();
        found.sort_by(|(a, _), (b, _)| a.cmp(b));
        if let Some(after) = page.after {
            found.retain(|(place, _)| *place > after);
        }
        let more = found.len() > page.limit;
        found.truncate(page.limit);
        let next = found.last().filter(|_| more).map(|(place, _)| written(place));
        let withheld = desk.care()?;
        let mut items: Vec<Value> = Vec::with_capacity(found.len());
        for (_, found) in &found {
            let mut item = item(found, withheld)?;
            if withheld.is_some() {
                care::coarsen(&mut item);
            }
            items.push(item);
        }
        match form {
            Form::Json => {
                let within = match scope {
                    Scope::Both => None,
                    Scope::Documents => Some("documents"),
                    Scope::Claims => Some("claims"),
                };
                let command = Command::new("search").option("--in", within).word("--").word(&words);
                shown::list(&command, &items, next.as_deref(), total, None, ctx.app.settings.public)
            }
            Form::Jsonl | Form::Svg => Shown::jsonl(items),
            Form::Csv => {
                let text = |item: &Value, field: &str| match &item[field] {
                    Value::String(text) => text.clone(),
                    Value::Null => String::new(),
                    other => other.to_string(),
                };
                let head = ["id", "kind", "title", "publisher", "published", "html", "score"];
                let rows: Vec<Vec<String>> =
                    items.iter().map(|item| head.iter().map(|field| text(item, field)).collect()).collect();
                Shown::csv(&head, &rows)
            }
        }
    })
    .await
}

fn id(found: &Found) -> String {
    found.claim.as_ref().map_or_else(|| found.document.id.clone(), |claim| claim.id.to_string())
}

fn item(found: &Found, withheld: Option<&Care>) -> Result<Value, Problem> {
    let doc = &found.document;
    let (mut title, mut html) = (doc.title.clone(), marked(found));
    if let Some(care) = withheld {
        let document = DocumentId::try_from(doc.id.clone()).map_err(Problem::ours)?;
        care.head(&doc.id, &mut title, &mut None);
        let words = care.words(&document, &found.snippet);
        // Where a name went, nothing is marked any more.
        if words != found.snippet {
            html.clear();
            escape(&words, &mut html);
        }
    }
    Ok(json!({
        "id": id(found), "kind": if found.claim.is_some() { "claim" } else { "document" }, "document": doc.id,
        "title": title, "publisher": doc.publisher, "published": doc.published, "html": html, "score": found.score,
    }))
}

/// The words around as HTML that holds nothing but text and marks.
fn marked(found: &Found) -> String {
    let (mut html, mut at) = (String::new(), 0);
    for &(start, end) in &found.highlights {
        let (Some(before), Some(words)) = (found.snippet.get(at..start), found.snippet.get(start..end)) else {
            continue;
        };
        escape(before, &mut html);
        html.push_str("<mark>");
        escape(words, &mut html);
        html.push_str("</mark>");
        at = end;
    }
    escape(found.snippet.get(at..).unwrap_or_default(), &mut html);
    html
}

fn escape(text: &str, html: &mut String) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            c => html.push(c),
        }
    }
}
