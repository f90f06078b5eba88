//! Reports are read for whoever looks on, and kept if that is wanted.

use std::convert::Infallible;

use axum::Json;
use axum::extract::{FromRequest, Multipart, Path, Request, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use lake::Writer;
use model::When;
use pipeline::{Options, Source};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio_stream::wrappers::ReceiverStream;
use utoipa::ToSchema;

use crate::problem::Problem;
use crate::readings::Readings;
use crate::state::App;

/// Bytes of one request to read; more is for the command line.
pub const MOST_BYTES: usize = 64 << 20;

/// What is to be read: a text, or an address.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ToRead {
    /// The text of a report.
    text: Option<String>,
    /// Its headline.
    title: Option<String>,
    /// Who published it; of an address, where the page does not say.
    publisher: Option<String>,
    /// When: a date or RFC 3339; of an address, where the page does not say.
    published: Option<String>,
    /// An http or https address.
    url: Option<String>,
}

/// Begins to read a text, an address, or files; what comes of it is told by the events of the reading.
#[utoipa::path(post, path = "/api/v1/read", request_body = ToRead,
    responses((status = 202, body = Value), (status = 400, body = Value), (status = 503, body = Value)))]
pub async fn read(State(app): State<App>, request: Request) -> Response {
    let begun = match sources(request).await {
        Ok((sources, options)) => {
            let options = Options { allow_private_addresses: app.settings.allow_private_addresses, ..options };
            Readings::start(&app, sources, options)
        }
        Err(problem) => Err(problem),
    };
    match begun {
        Ok(reading) => (StatusCode::ACCEPTED, Json(json!({"reading": reading}))).into_response(),
        Err(problem) => problem.into_response(),
    }
}

async fn sources(request: Request) -> Result<(Vec<Source>, Options), Problem> {
    let media = request.headers().get(CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
    if media.starts_with("multipart/form-data") {
        return files(request).await;
    }
    let Json(asked) = Json::<ToRead>::from_request(request, &())
        .await
        .map_err(|e| Problem::new(e.status(), format!("what to read is JSON or files: {}", e.body_text())))?;
    let options = options(asked.published.as_deref(), asked.publisher.clone())?;
    let source = match (asked.url, asked.text) {
        (Some(url), None) => match Source::parse(url.trim()) {
            Ok(source @ Source::Address(_)) => source,
            // Never a file of this machine.
            Ok(_) => return Err(Problem::asked(format!("`{url}` is no http or https address"))),
            Err(e) => return Err(Problem::asked(e.to_string())),
        },
        (None, Some(text)) if !text.trim().is_empty() => {
            let line = json!({
                "text": text, "title": asked.title, "publisher": asked.publisher, "published": asked.published,
            });
            Source::Given { name: "the pasted text.jsonl".to_owned(), bytes: format!("{line}\n").into_bytes() }
        }
        _ => return Err(Problem::asked("either a `text` that is not empty or a `url` is read")),
    };
    Ok((vec![source], options))
}

fn options(day: Option<&str>, name: Option<String>) -> Result<Options, Problem> {
    let mut options = Options { publisher: name.filter(|name| !name.trim().is_empty()), ..Options::default() };
    if let Some(day) = day.map(str::trim).filter(|day| !day.is_empty()) {
        let when = day.parse::<When>().map_err(|e| Problem::asked(format!("`published`: {e}")))?;
        options.published = Some(when);
    }
    Ok(options)
}

async fn files(request: Request) -> Result<(Vec<Source>, Options), Problem> {
    let wrong = |e: &dyn std::fmt::Display| Problem::asked(format!("the files cannot be read as a form: {e}"));
    let mut form = Multipart::from_request(request, &()).await.map_err(|e| wrong(&e))?;
    let (mut sources, mut day, mut publisher) = (Vec::new(), None, None);
    while let Some(field) = form.next_field().await.map_err(|e| wrong(&e.body_text()))? {
        let name = field.name().unwrap_or_default().to_owned();
        if let Some(file) = field.file_name().map(str::to_owned) {
            let bytes = field.bytes().await.map_err(|e| wrong(&e.body_text()))?.to_vec();
            sources.push(Source::Given { name: file, bytes });
            continue;
        }
        let text = field.text().await.map_err(|e| wrong(&e.body_text()))?;
        match name.as_str() {
            "published" => day = Some(text),
            "publisher" => publisher = Some(text),
            _ => {
                return Err(Problem::asked(format!(
                    "`{name}` is no field here; there are: files, published, publisher"
                )));
            }
        }
    }
    if sources.is_empty() {
        return Err(Problem::asked("the form holds no file"));
    }
    Ok((sources, options(day.as_deref(), publisher)?))
}

/// What comes of a reading, as it comes, from the beginning: progress, document, skipped, end.
#[utoipa::path(get, path = "/api/v1/read/{reading}/events", params(("reading" = String, Path, description = "rd_…")),
    responses((status = 200, content_type = "text/event-stream", body = String), (status = 404, body = Value)))]
pub async fn events(State(app): State<App>, Path(id): Path<String>) -> Response {
    let reading = match app.readings.find(&id) {
        Ok(reading) => reading,
        Err(problem) => return problem.into_response(),
    };
    let (send, receive) = tokio::sync::mpsc::channel::<Result<Event, Infallible>>(16);
    tokio::spawn(async move {
        let mut more = reading.watch();
        let mut at = 0;
        loop {
            while let Some((kind, data)) = reading.event(at) {
                at += 1;
                let event = Event::default().event(kind).id(at.to_string()).data(data.to_string());
                // Nobody looks on any more.
                if send.send(Ok(event)).await.is_err() {
                    return;
                }
                if kind == "end" {
                    return;
                }
            }
            if more.changed().await.is_err() {
                return;
            }
        }
    });
    Sse::new(ReceiverStream::new(receive)).keep_alive(KeepAlive::default()).into_response()
}

/// Keeps what was read in the lake.
#[utoipa::path(post, path = "/api/v1/read/{reading}/keep", params(("reading" = String, Path, description = "rd_…")),
    responses((status = 200, body = Value), (status = 404, body = Value), (status = 409, body = Value)))]
pub async fn keep(State(app): State<App>, Path(id): Path<String>) -> Response {
    match kept(&app, &id).await {
        Ok(told) => Json(told).into_response(),
        Err(problem) => problem.into_response(),
    }
}

async fn kept(app: &App, id: &str) -> Result<Value, Problem> {
    if !app.readings.find(id)?.has_ended() {
        return Err(Problem::new(
            StatusCode::CONFLICT,
            format!("{id} is still being read: wait for its end, or discard it"),
        ));
    }
    let reading = app.readings.take(id)?;
    let pending = reading.pending();
    let of = app.clone();
    let done = app
        .change(move |handle, lake| {
            let run = of.readings.engine()?.run().clone();
            let mut kept = lake::Kept::default();
            if !pending.is_empty() {
                handle.block_on(async {
                    let mut writer = Writer::new(lake, run, Timestamp::now).await?;
                    kept = writer.keep(pending).await?;
                    Ok::<_, lake::LakeError>(())
                })?;
            }
            Ok(kept)
        })
        .await;
    match done {
        Ok(kept) => Ok(json!({"documents": kept.documents, "claims": kept.claims, "known": kept.known})),
        Err(problem) => {
            app.readings.put_back(id, reading);
            Err(problem)
        }
    }
}

/// Discards what was read, or stops the reading.
#[utoipa::path(delete, path = "/api/v1/read/{reading}", params(("reading" = String, Path, description = "rd_…")),
    responses((status = 204), (status = 404, body = Value)))]
pub async fn discard(State(app): State<App>, Path(id): Path<String>) -> Response {
    match app.readings.take(&id) {
        Ok(reading) => {
            reading.discard();
            StatusCode::NO_CONTENT.into_response()
        }
        Err(problem) => problem.into_response(),
    }
}
