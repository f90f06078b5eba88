//! A period against those before it.

use analysis::changes::{self, Known, Settings};
use analysis::series::Undated;
use jiff::civil::Date;
use present::WhatChanged;

use crate::rows::Rows;
use crate::{AnswerError, Desk, Grounded, Question, Source};

/// Which period, and what it is compared with.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangesAsked {
    /// Sources to count; all that the lake holds where none is named.
    pub sources: Vec<Source>,
    /// Days of the period.
    pub days: u16,
    /// Its last day; the as-of day, else that of the last report, if not given.
    pub last: Option<Date>,
    /// How many periods before it is compared with, each number by itself.
    pub before: Vec<usize>,
    /// Whether what no text dates is left out, instead of standing on the day of its first report.
    pub dated_only: bool,
}

/// What changed; `None` where the lake holds no report with a date.
pub fn changes(
    desk: &Desk,
    question: &Question,
    asked: &ChangesAsked,
) -> Result<Option<Grounded<WhatChanged>>, AnswerError> {
    let rows = Rows::fetch(desk, question, &asked.sources)?;
    let Some(day) = asked.last.map_or_else(|| desk.day(), |day| Ok(Some(day)))? else { return Ok(None) };
    let undated = if asked.dated_only { Undated::NotPlaced } else { Undated::OnReport };
    let settings = Settings { days: asked.days, undated, before: asked.before.clone(), ..Settings::default() };
    let reports = desk.reports()?;
    let known = Known { rows: &rows.gathered.rows, disputes: &rows.disputes, denials: &rows.denials, reports };
    let changes = changes::changes(known, day, &settings);
    let mut grounds = rows.grounds(desk, question, "what changed")?;
    grounds.method = changes.method();
    grounds.caveats.extend(changes.caveats());
    Ok(Some(Grounded { grounds, answer: WhatChanged { changes } }))
}
