//! How loops and the paths of a lever are shown: each chain with who asserts each step.

use std::io::{self, Write};

use analysis::Grounds;
use analysis::causes::{self, Chain, Edge, Graph, Selected, Sign};
use serde::Serialize;

use super::{network, shown, sign};
use crate::Answer;
use crate::grounds::counted;
use crate::said::{self, clip, ids, names};

/// What feeds back, with the graph in which it does.
#[derive(Clone, Debug, Serialize)]
pub struct Loops {
    /// The loops.
    #[serde(flatten)]
    pub loops: causes::Chains,
    /// Their graph, which has the words.
    #[serde(skip)]
    pub graph: Graph,
}

/// The paths of a lever, with the graph in which they lie.
#[derive(Clone, Debug, Serialize)]
pub struct Paths {
    /// The paths.
    #[serde(flatten)]
    pub paths: causes::Paths,
    /// Their graph, which has the words.
    #[serde(skip)]
    pub graph: Graph,
}

impl Loops {
    /// The loops of a graph.
    pub fn of(graph: Graph) -> Self {
        Self { loops: graph.loops(), graph }
    }
}

impl Answer for Loops {
    fn table(&self, out: &mut dyn Write) -> io::Result<()> {
        let most = self.loops.steps_at_most;
        if self.loops.chains.is_empty() {
            let edges = counted(self.graph.edges.len(), "edge");
            return writeln!(out, "No loop of at most {most} steps among {edges}.");
        }
        let cut = if self.loops.cut { "; there are more, and longer ones" } else { "" };
        writeln!(out, "{} of at most {most} steps{cut}", counted(self.loops.chains.len(), "loop"))?;
        chains(out, &self.graph, &self.loops.chains)
    }

    fn rows(&self) -> (Vec<&'static str>, Vec<Vec<String>>) {
        rows(&self.graph, &self.loops.chains)
    }

    fn figure(&self, grounds: &Grounds, width: u32) -> String {
        let n = counted(self.loops.chains.len(), "loop");
        network(
            &self.graph,
            &edges(&self.graph, &self.loops.chains),
            "What feeds back, in whose judgement",
            grounds,
            n,
            width,
        )
    }
}

impl Answer for Paths {
    fn table(&self, out: &mut dyn Write) -> io::Result<()> {
        let (lever, found) = (&self.paths.lever, &self.paths.paths);
        writeln!(out, "lever     {}", selected(lever))?;
        if let Some(outcome) = &self.paths.outcome {
            writeln!(out, "outcome   {}", selected(outcome))?;
        }
        let most = found.steps_at_most;
        if found.chains.is_empty() {
            return writeln!(out, "Nobody was read to say by what it works, in at most {most} steps.");
        }
        let cut = if found.cut { "; there are more, and longer ones" } else { "" };
        writeln!(out, "{} of at most {most} steps{cut}", counted(found.chains.len(), "path"))?;
        chains(out, &self.graph, &found.chains)
    }

    fn rows(&self) -> (Vec<&'static str>, Vec<Vec<String>>) {
        rows(&self.graph, &self.paths.paths.chains)
    }

    fn figure(&self, grounds: &Grounds, width: u32) -> String {
        let chains = &self.paths.paths.chains;
        let n = counted(chains.len(), "path");
        network(&self.graph, &edges(&self.graph, chains), "By what steps it is said to work", grounds, n, width)
    }
}

fn selected(selected: &Selected) -> String {
    if selected.nodes.is_empty() {
        return "nothing that anybody judges".to_owned();
    }
    let less = if selected.less { ", less of it" } else { "" };
    format!("{}{less} ({})", clip(&selected.nodes.join(", "), 70), selected.why)
}

fn word(sign: Sign) -> &'static str {
    match sign {
        Sign::Reinforcing => "reinforcing",
        Sign::Balancing => "balancing",
        Sign::Raises => "raises",
        Sign::Lowers => "lowers",
    }
}

fn chains(out: &mut dyn Write, graph: &Graph, chains: &[Chain]) -> io::Result<()> {
    for (at, chain) in chains.iter().enumerate() {
        writeln!(out)?;
        for (line, text) in said::wrap(&chain.name, 112).iter().enumerate() {
            if line == 0 { writeln!(out, "{:>2}  {text}", at + 1)? } else { writeln!(out, "    {text}")? }
        }
        let who = if chain.pieced {
            "nobody asserts all of it: pieced together from what several say".to_owned()
        } else {
            format!("asserted as a whole by {}", names(&chain.whole_by))
        };
        let end = if matches!(chain.sign, Sign::Raises | Sign::Lowers) {
            format!("{} its end; ", word(chain.sign))
        } else {
            String::new()
        };
        writeln!(out, "    {end}{who}")?;
        for step in &chain.steps {
            let edge = &graph.edges[step.edge];
            let (from, to) = (&graph.nodes[edge.from].name, &graph.nodes[edge.to].name);
            let against =
                if step.against.is_empty() { String::new() } else { format!("; against: {}", names(&step.against)) };
            writeln!(out, "    {}  {}→  {}{against}", clip(from, 40), sign(edge.polarity), clip(to, 40))?;
            for judgement in edge.says.iter().filter(|j| j.copy_of.is_none()) {
                said::write(out, "says", &shown(judgement))?;
            }
        }
    }
    Ok(())
}

fn rows(graph: &Graph, chains: &[Chain]) -> (Vec<&'static str>, Vec<Vec<String>>) {
    let columns = vec![
        "chain",
        "name",
        "works",
        "whole_by",
        "step",
        "cause",
        "sign",
        "effect",
        "by",
        "claims",
        "against",
        "against_claims",
    ];
    let all = |voices: &[causes::Voice]| voices.iter().map(|v| v.name.as_str()).collect::<Vec<_>>().join("; ");
    let mut rows = Vec::new();
    for (number, chain) in chains.iter().enumerate() {
        for (at, step) in chain.steps.iter().enumerate() {
            rows.push(vec![
                (number + 1).to_string(),
                chain.name.clone(),
                word(chain.sign).to_owned(),
                all(&chain.whole_by),
                (at + 1).to_string(),
                step.from.clone(),
                graph.edges[step.edge].polarity.to_string(),
                step.to.clone(),
                all(&step.by),
                ids(&step.claims),
                all(&step.against),
                ids(&step.against_claims),
            ]);
        }
    }
    (columns, rows)
}

/// The edges of some chains, each once.
fn edges<'a>(graph: &'a Graph, chains: &[Chain]) -> Vec<&'a Edge> {
    let mut used: Vec<usize> = chains.iter().flat_map(|c| c.steps.iter().map(|s| s.edge)).collect();
    used.sort_unstable();
    used.dedup();
    used.into_iter().map(|at| &graph.edges[at]).collect()
}
