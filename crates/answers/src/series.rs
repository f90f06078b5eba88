//! Counts and sums over time, and where their level changed.

use analysis::series::{By, LevelsAsked, Settings, Undated, Unit, Window, course};
use present::OverTime;

use crate::rows::Rows;
use crate::{AnswerError, Desk, Grounded, Question, Source};

/// Which series are asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct SeriesAsked {
    /// Sources to count, each apart; all that the lake holds where none is named.
    pub sources: Vec<Source>,
    /// What there is a series of each of.
    pub by: By,
    /// How long a period is.
    pub unit: Unit,
    /// Whether what no text dates stands on the day of its first report.
    pub undated: Undated,
    /// Days after a period within which a report still tells of it.
    pub lag_days: u16,
    /// Where the level changed, if that is asked for.
    pub levels: Option<LevelsAsked>,
}

/// Counts over time.
pub fn series(desk: &Desk, question: &Question, asked: &SeriesAsked) -> Result<Grounded<OverTime>, AnswerError> {
    let window = match (question.from, question.to) {
        (Some(from), Some(to)) if from > to => {
            return Err(AnswerError::Asked(format!("--from {from} comes after --to {to}")));
        }
        (Some(from), Some(to)) => Some(Window { from, to }),
        _ => None,
    };
    let rows = Rows::fetch(desk, question, &asked.sources)?;
    let settings =
        Settings { undated: asked.undated, window, lag_days: asked.lag_days, ..Settings::new(asked.by, asked.unit) };
    let course = course(rows.gathered.rows(), desk.reports()?, &settings);
    let mut grounds = rows.grounds(desk, question, "happenings over time")?;
    let title = format!("Happenings{}", question.words());
    let mut answer = OverTime::new(title, course, rows.gathered.left_out.clone());
    if let Some(asked) = asked.levels {
        answer.levels = answer.course.levels(asked).map_err(|e| AnswerError::Asked(e.to_string()))?;
    }
    grounds.method = answer.method();
    grounds.caveats = answer.caveats();
    Ok(Grounded { grounds, answer })
}
