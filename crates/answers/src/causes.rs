//! Judgements of cause and effect as a graph.

use analysis::causes::{Concepts, Graph, graph};
use present::{Loops, Paths};

use crate::{AnswerError, Desk, Grounded, Question, gather};

/// Judgements as a signed graph, each with who judges so.
pub fn causes(desk: &Desk, question: &Question) -> Result<Grounded<Graph>, AnswerError> {
    judged(desk, question, &Concepts::embedded()?)
}

/// What feeds back on itself in those judgements, named.
pub fn loops(desk: &Desk, question: &Question) -> Result<Grounded<Loops>, AnswerError> {
    let Grounded { grounds, answer } = causes(desk, question)?;
    Ok(Grounded { grounds, answer: Loops::of(answer) })
}

/// By what steps a lever works, in whose judgement; on everything, or on one outcome.
pub fn paths(
    desk: &Desk,
    question: &Question,
    lever: &str,
    outcome: Option<&str>,
) -> Result<Grounded<Paths>, AnswerError> {
    let concepts = Concepts::embedded()?;
    let Grounded { grounds, answer: graph } = judged(desk, question, &concepts)?;
    let paths = graph.paths(lever, outcome, &concepts);
    Ok(Grounded { grounds, answer: Paths { paths, graph } })
}

fn judged(desk: &Desk, question: &Question, concepts: &Concepts) -> Result<Grounded<Graph>, AnswerError> {
    let gathered = gather::Gathered::around(desk, question)?;
    let incidents = gather::own_incidents(desk, question)?;
    let graph = graph(&gathered.told(), &incidents, concepts);
    let mut grounds = gathered.grounds_of(question, "judgements of cause and effect", "cause")?;
    (grounds.method, grounds.caveats) = (graph.method(), graph.caveats());
    Ok(Grounded { grounds, answer: graph })
}
