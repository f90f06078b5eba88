//! Figures that reports give, beside what the lake counts.

use analysis::figures::{self, Counted};
use present::Figures;

use crate::{AnswerError, Desk, Grounded, Question, gather};

/// Each figure beside what the lake counts in its window, and why the two may differ.
pub fn figures(desk: &Desk, question: &Question) -> Result<Grounded<Figures>, AnswerError> {
    let gathered = gather::Gathered::around(desk, question)?;
    // Every incident: a figure may be of a window and parties of its own.
    let incidents = gather::own_incidents(desk, &Question::default())?;
    let found = figures::beside(&gathered.told(), &incidents, desk.reports()?, &Counted::embedded()?);
    let mut grounds = gathered.grounds(question, "figures beside counts")?;
    grounds.incidents = Some(incidents.len());
    (grounds.method, grounds.caveats) = (figures::method(), figures::caveats(&found));
    Ok(Grounded { grounds, answer: Figures(found) })
}
