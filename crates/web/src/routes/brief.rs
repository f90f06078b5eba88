//! A brief to be handed on, as a file.

use std::sync::Arc;

use answers::Desk;
use axum::extract::State;
use axum::response::Response;
use lake::AsOf;
use serde_json::json;

use super::parameters;
use crate::asked::{Asked, flags};
use crate::command::Command;
use crate::problem::Problem;
use crate::shown::Shown;
use crate::state::App;

/// Where it is asked for.
pub const ADDRESS: &str = "/api/v1/brief";

/// Most incidents.
const MOST: usize = 50;

/// A form.
#[derive(Clone, Copy)]
enum Form {
    Json,
    Markdown,
    Html,
    Pdf,
}

/// A situation report with charts, and a sentence quoted behind each number: as JSON, Markdown, a page or a PDF. It shows what
/// others may see, whoever asks.
#[utoipa::path(get, path = "/api/v1/brief", params(parameters::Question, parameters::Brief),
    responses((status = 200, body = Value), (status = 400, body = Value)))]
pub async fn brief(State(app): State<App>, asked: Asked) -> Response {
    app.answer(asked, |asked, ctx| {
        let forms = [("json", Form::Json), ("md", Form::Markdown), ("html", Form::Html), ("pdf", Form::Pdf)];
        let form = asked.word("format", &forms)?.unwrap_or(Form::Json);
        let question = asked.question()?;
        let incidents = asked.value::<usize>("incidents")?.unwrap_or(8);
        asked.done()?;
        if incidents == 0 || incidents > MOST {
            return Err(Problem::asked(format!("`incidents={incidents}` is from 1 to {MOST}")));
        }
        let command = flags(Command::new("brief"), &question, ctx.desk.as_of()).option("--incidents", Some(incidents));
        // It is handed on, also from this machine: never made from what others may not see.
        let desk = if ctx.desk.as_of().open {
            Arc::clone(&ctx.desk)
        } else {
            let as_of = AsOf { open: true, ..ctx.desk.as_of().clone() };
            Arc::new(Desk::new(ctx.desk.handle().clone(), ctx.state.lake.clone(), as_of)?)
        };
        let paper = answers::situation(&desk, &question, incidents)?.paper();
        let (media, body) = match form {
            Form::Json => return Shown::json(&json!({"command": command.to_string(), "answer": paper})),
            Form::Markdown => ("text/markdown; charset=utf-8", paper.markdown(None).into_bytes()),
            Form::Html => ("text/html; charset=utf-8", paper.html().into_bytes()),
            Form::Pdf => ("application/pdf", pdf::write(&paper).map_err(Problem::ours)?),
        };
        Ok(Shown { media, body: body.into() })
    })
    .await
}
