//! Commitments: each once, with who says that it was kept or broken.

use analysis::commitments::{self, Duties};
use present::Commitments;

use crate::{AnswerError, Desk, Grounded, Question, gather};

/// Each commitment once, with the claims that it was kept or broken, and by whom.
pub fn commitments(desk: &Desk, question: &Question) -> Result<Grounded<Commitments>, AnswerError> {
    let gathered = gather::Gathered::around(desk, question)?;
    let incidents = gather::own_incidents(desk, question)?;
    let found = commitments::commitments(&gathered.told(), &incidents, &Duties::embedded()?, desk.day()?);
    let mut grounds = gathered.grounds(question, "commitments")?;
    grounds.incidents = Some(incidents.len());
    (grounds.method, grounds.caveats) = (commitments::method(), commitments::caveats(&found));
    Ok(Grounded { grounds, answer: Commitments(found) })
}
