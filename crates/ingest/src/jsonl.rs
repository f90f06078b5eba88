//! JSON Lines: one report a line, as `{"id","text","title","url","publisher","published"}`.
//!
//! `text` is the document's text unchanged. Other fields are left alone. A line that is no JSON, or has no text,
//! is skipped by its number and the next is read; a line over the size limit is passed over without being held.

use std::io::{self, BufRead};

use model::{Problem, ProblemKind};
use serde_json::{Map, Value};

use crate::decode::{blank_controls, decode};
use crate::draft::Draft;
use crate::outcome::SkipReason;

/// Reads drafts from lines; `emit` gets the line number and what became of it, and says whether to go on.
pub(crate) fn read(
    input: &mut dyn BufRead,
    limit: u64,
    emit: &mut dyn FnMut(u64, Result<Draft, SkipReason>) -> bool,
) -> Result<(), (u64, io::Error)> {
    let mut number = 0;
    loop {
        number += 1;
        let mut line = Vec::new();
        match next_line(input, limit, &mut line) {
            Ok(Line::End) => return Ok(()),
            Ok(Line::Whole) => {}
            Ok(Line::TooLong) => {
                if !emit(number, Err(SkipReason::TooLarge { limit_bytes: limit })) {
                    return Ok(());
                }
                continue;
            }
            Err(error) => {
                // A last line that happens to be whole is still a report.
                let whole = serde_json::from_slice::<serde::de::IgnoredAny>(&line).is_ok();
                if whole && !emit(number, parse(&line)) {
                    return Ok(());
                }
                return Err((number, error));
            }
        }
        if line.iter().all(u8::is_ascii_whitespace) || line == b"\xef\xbb\xbf" {
            continue;
        }
        if !emit(number, parse(&line)) {
            return Ok(());
        }
    }
}

enum Line {
    Whole,
    TooLong,
    End,
}

fn next_line(input: &mut dyn BufRead, limit: u64, line: &mut Vec<u8>) -> io::Result<Line> {
    let mut any = false;
    let mut too_long = false;
    loop {
        let ahead = match input.fill_buf() {
            Ok(ahead) => ahead,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if ahead.is_empty() {
            return Ok(if too_long {
                Line::TooLong
            } else if any {
                Line::Whole
            } else {
                Line::End
            });
        }
        any = true;
        let end = ahead.iter().position(|&b| b == b'\n');
        let take = end.unwrap_or(ahead.len());
        if too_long || line.len() as u64 + take as u64 > limit {
            too_long = true;
            line.clear();
        } else {
            line.extend_from_slice(&ahead[..take]);
        }
        input.consume(end.map_or(take, |e| e + 1));
        if end.is_some() {
            return Ok(if too_long { Line::TooLong } else { Line::Whole });
        }
    }
}

fn parse(line: &[u8]) -> Result<Draft, SkipReason> {
    let decoded = decode(line, None, false);
    // Controls inside JSON strings are escaped; raw ones are a fault that has become blanks by now.
    match serde_json::from_str(&decoded.text) {
        Ok(Value::Object(object)) => {
            let mut draft = from_object(&object)?;
            draft.problems.extend(decoded.problems);
            Ok(draft)
        }
        Ok(_) => Err(SkipReason::Broken("the line is JSON but no object; write {\"id\":…,\"text\":…}".to_owned())),
        Err(error) => Err(SkipReason::Broken(format!("the line is no JSON ({error})"))),
    }
}

/// A report from a JSON object.
pub(crate) fn from_object(object: &Map<String, Value>) -> Result<Draft, SkipReason> {
    let field = |key: &str| match object.get(key) {
        Some(Value::String(text)) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        Some(Value::Number(number)) => Some(number.to_string()),
        _ => None,
    };
    let mut text = match object.get("text") {
        Some(Value::String(text)) => text.strip_prefix('\u{feff}').unwrap_or(text).to_owned(),
        Some(_) => return Err(SkipReason::Broken("`text` is no string".to_owned())),
        None => return Err(SkipReason::Broken("there is no `text`".to_owned())),
    };
    let mut problems = Vec::new();
    let controls = blank_controls(&mut text);
    if controls > 0 {
        let detail = format!("{controls} control characters were replaced by blanks");
        problems.push(Problem::new(ProblemKind::ControlCharacters, detail));
    }
    Ok(Draft {
        text,
        source_id: field("id"),
        url: field("url"),
        title: field("title"),
        publisher: field("publisher"),
        dates: field("published").into_iter().collect(),
        problems,
        has_dateline: true,
        ..Draft::default()
    })
}
