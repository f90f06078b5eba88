//! `annalist causes`: claims of cause and effect, one by one, and as a graph of judgements.

use analysis::causes::{Concepts, Graph, graph};
use clap::{Args, Subcommand};
use present::{Loops, Paths};

use super::answers::{Asking, gather};
use super::ask;
use crate::Done;

/// What is asked of them together.
#[derive(Subcommand)]
pub enum Action {
    /// Judgements as a signed graph, each with who judges so.
    Graph(Asking),
    /// What feeds back on itself, named.
    Loops(Asking),
    /// By what steps a lever works, in whose judgement.
    Paths(PathsArguments),
}

/// Arguments of `annalist causes paths`.
#[derive(Args)]
pub struct PathsArguments {
    #[command(flatten)]
    asking: Asking,
    /// The lever: a concept (data/causes/concepts.toml) or words of a judgement, such as strikes or pressure.
    #[arg(long, value_name = "CONCEPT|WORDS")]
    lever: String,
    /// What it is to move; everything if not given.
    #[arg(long, value_name = "CONCEPT|WORDS")]
    outcome: Option<String>,
}

/// Runs the command.
pub fn run(arguments: &ask::Together<Action>) -> anyhow::Result<Done> {
    match &arguments.action {
        None => ask::run(&arguments.ask, Some("cause")),
        Some(Action::Graph(asking)) => with(asking, |graph, _, grounds| asking.out.write(&graph, grounds)),
        Some(Action::Loops(asking)) => with(asking, |graph, _, grounds| asking.out.write(&Loops::of(graph), grounds)),
        Some(Action::Paths(paths)) => with(&paths.asking, |graph, concepts, grounds| {
            let found = graph.paths(&paths.lever, paths.outcome.as_deref(), concepts);
            paths.asking.out.write(&Paths { paths: found, graph }, grounds)
        }),
    }
}

fn with(
    asking: &Asking,
    answer: impl FnOnce(Graph, &Concepts, &analysis::Grounds) -> anyhow::Result<()>,
) -> anyhow::Result<Done> {
    let (gathered, incidents) = gather::claims_and_incidents(asking, &asking.which)?;
    let concepts = Concepts::embedded()?;
    let graph = graph(&gathered.told(), &incidents, &concepts);
    let mut grounds = gathered.grounds_of(&asking.which, "judgements of cause and effect", "cause");
    (grounds.method, grounds.caveats) = (graph.method(), graph.caveats());
    answer(graph, &concepts, &grounds)?;
    Ok(Done::Clean)
}
