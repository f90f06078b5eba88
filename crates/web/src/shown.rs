//! In which form an answer leaves: JSON, or a twin of it as CSV, JSON Lines or a picture.

use analysis::Grounds;
use answers::{Grounded, sheet};
use axum::body::Bytes;
use model::record::ClaimRecord;
use present::Answer;
use serde::Serialize;
use serde_json::{Value, json};

use crate::asked::Asked;
use crate::care;
use crate::command::Command;
use crate::problem::Problem;

/// Most rows of a CSV or JSON Lines twin in one piece; more are had by `after`, or by the command line.
pub const ROWS: usize = 20_000;

/// A form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// JSON with the command behind it.
    Json,
    /// A line a row.
    Csv,
    /// A record a line.
    Jsonl,
    /// A picture.
    Svg,
}

/// An answer, ready to go.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Its media type.
    pub media: &'static str,
    /// Its bytes.
    pub body: Bytes,
}

impl Shown {
    /// A JSON value.
    pub fn json(value: &impl Serialize) -> Result<Self, Problem> {
        let body = serde_json::to_vec(value).map_err(|e| Problem::ours(format!("writing an answer as JSON: {e}")))?;
        Ok(Self { media: "application/json", body: body.into() })
    }

    /// Rows under their head.
    pub fn csv<S: AsRef<str>>(head: &[S], rows: &[Vec<String>]) -> Result<Self, Problem> {
        let mut body = Vec::new();
        present::sheet::write(&mut body, head, rows)
            .map_err(|e| Problem::ours(format!("writing an answer as CSV: {e}")))?;
        Ok(Self { media: "text/csv; charset=utf-8", body: body.into() })
    }

    /// A record a line.
    pub fn jsonl<T: Serialize>(records: impl IntoIterator<Item = T>) -> Result<Self, Problem> {
        let mut body = Vec::new();
        for record in records {
            serde_json::to_writer(&mut body, &record)
                .map_err(|e| Problem::ours(format!("writing an answer as JSON Lines: {e}")))?;
            body.push(b'\n');
        }
        Ok(Self { media: "application/x-ndjson", body: body.into() })
    }
}

/// The form of a list.
pub fn form_of_list(asked: &mut Asked) -> Result<Form, Problem> {
    Ok(asked.word("format", &[("json", Form::Json), ("csv", Form::Csv), ("jsonl", Form::Jsonl)])?.unwrap_or(Form::Json))
}

/// The form of a record: JSON, or its claims as rows.
pub fn form_of_record(asked: &mut Asked) -> Result<Form, Problem> {
    Ok(asked.word("format", &[("json", Form::Json), ("csv", Form::Csv)])?.unwrap_or(Form::Json))
}

/// Claims as rows.
pub fn claims<'a>(claims: impl IntoIterator<Item = &'a ClaimRecord>, public: bool) -> Result<Shown, Problem> {
    let mut rows = Vec::new();
    for claim in claims {
        rows.push(if public { sheet::claim(&care::record(claim.clone())?) } else { sheet::claim(claim) });
    }
    Shown::csv(&sheet::CLAIM, &rows)
}

/// The form of an answer, and how wide a picture is.
pub fn form_of_answer(asked: &mut Asked) -> Result<(Form, u32), Problem> {
    let form = asked.word("format", &[("json", Form::Json), ("csv", Form::Csv), ("svg", Form::Svg)])?;
    let width = asked.value::<u32>("width")?.unwrap_or(860);
    if !(320..=2000).contains(&width) {
        return Err(Problem::asked(format!("`width={width}`: a picture is 320 to 2000 points wide")));
    }
    Ok((form.unwrap_or(Form::Json), width))
}

/// An answer in its form.
pub fn answer<A: Answer>(
    command: &Command,
    Grounded { grounds, answer }: &Grounded<A>,
    (form, width): (Form, u32),
    public: bool,
) -> Result<Shown, Problem> {
    match form {
        Form::Csv | Form::Jsonl => {
            let (head, mut rows) = answer.rows();
            if public {
                care::rows(&head, &mut rows);
            }
            Shown::csv(&head, &rows)
        }
        Form::Svg => Ok(Shown { media: "image/svg+xml", body: answer.figure(grounds, width).into_bytes().into() }),
        Form::Json => {
            let mut told =
                serde_json::to_value(answer).map_err(|e| Problem::ours(format!("writing an answer: {e}")))?;
            if public {
                care::coarsen(&mut told);
            }
            Shown::json(&json!({"command": command.to_string(), "grounds": grounds, "answer": told}))
        }
    }
}

/// One page of a list as JSON.
pub fn list(
    command: &Command,
    items: &[Value],
    next: Option<&str>,
    total: usize,
    grounds: Option<&Grounds>,
    public: bool,
) -> Result<Shown, Problem> {
    let mut page = json!({"command": command.to_string(), "items": items, "next": next, "total": total});
    if let Some(grounds) = grounds {
        page["grounds"] = json!(grounds);
    }
    if public {
        care::coarsen(&mut page);
    }
    Shown::json(&page)
}

/// A JSON value, coarsened where it leaves this machine.
pub fn value(mut value: Value, public: bool) -> Result<Shown, Problem> {
    if public {
        care::coarsen(&mut value);
    }
    Shown::json(&value)
}
