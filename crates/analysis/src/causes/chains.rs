//! Chains of edges: what they say, and who says it.

use std::collections::BTreeSet;

use model::{ClaimId, Polarity};
use serde::Serialize;

use super::{Graph, Voice, distinct};

/// What a chain does as a whole: the product of its signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Sign {
    /// A loop that feeds on itself.
    Reinforcing,
    /// A loop that checks itself.
    Balancing,
    /// A path that raises its end.
    Raises,
    /// A path that lowers its end.
    Lowers,
}

/// One edge of a chain.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    /// The edge, as a position in the graph's edges.
    pub edge: usize,
    /// Id of the cause.
    pub from: String,
    /// Id of the effect.
    pub to: String,
    /// The edge's sign.
    pub polarity: Polarity,
    /// Who judges so.
    pub by: Vec<Voice>,
    /// The claims.
    pub claims: Vec<ClaimId>,
    /// Who judges otherwise: denies it, or gives it the other sign.
    pub against: Vec<Voice>,
    /// Their claims.
    pub against_claims: Vec<ClaimId>,
}

/// Edges, the end of each the beginning of the next.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Chain {
    /// In words: what more of the first is said to bring about.
    pub name: String,
    /// As a whole.
    pub sign: Sign,
    /// Its edges.
    pub steps: Vec<Step>,
    /// Who asserts every step.
    pub whole_by: Vec<Voice>,
    /// Nobody asserts all of it: it is pieced together from several.
    pub pieced: bool,
}

/// Chains, the shortest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Chains {
    /// The chains.
    pub chains: Vec<Chain>,
    /// Most steps that were looked at.
    pub steps_at_most: usize,
    /// Whether there were more chains than are kept; those that are kept are the shortest.
    pub cut: bool,
}

impl Graph {
    /// A chain of edges; `less` where it begins with less of its first node.
    pub(super) fn chain(&self, edges: &[usize], sign: Sign, less: bool) -> Chain {
        let steps: Vec<Step> = edges.iter().map(|&edge| self.step(edge)).collect();
        let mut every: Option<BTreeSet<&Voice>> = None;
        for step in &steps {
            let here: BTreeSet<&Voice> = step.by.iter().collect();
            every = Some(match every {
                None => here,
                Some(before) => before.intersection(&here).copied().collect(),
            });
        }
        let whole_by: Vec<Voice> = every.into_iter().flatten().cloned().collect();
        Chain { name: self.name(edges, less), sign, pieced: whole_by.is_empty(), whole_by, steps }
    }

    fn step(&self, at: usize) -> Step {
        let edge = &self.edges[at];
        let contrary = edge.contrary.map(|c| &self.edges[c].says);
        let against = || edge.denies.iter().chain(contrary.into_iter().flatten()).filter(|j| j.copy_of.is_none());
        Step {
            edge: at,
            from: self.nodes[edge.from].id.clone(),
            to: self.nodes[edge.to].id.clone(),
            polarity: edge.polarity,
            by: edge.voices(),
            claims: edge.says.iter().map(|j| j.claim.clone()).collect(),
            against: distinct(against().map(|j| j.by.clone())),
            against_claims: against().map(|j| j.claim.clone()).collect(),
        }
    }

    /// "closed crossings → less trade → …": each node as what more (or less) of the first makes of it.
    fn name(&self, edges: &[usize], mut less: bool) -> String {
        let called = |node: usize, less: bool| {
            let node = &self.nodes[node];
            if less { node.less_name.clone() } else { node.name.clone() }
        };
        let mut names: Vec<String> = edges.first().map(|&e| called(self.edges[e].from, less)).into_iter().collect();
        for &edge in edges {
            less ^= self.edges[edge].polarity == Polarity::Lowers;
            names.push(called(self.edges[edge].to, less));
        }
        names.join(" → ")
    }

    /// Edges that somebody asserts, out of each node.
    pub(super) fn asserted(&self) -> Vec<Vec<usize>> {
        let mut out = vec![Vec::new(); self.nodes.len()];
        for (at, edge) in self.edges.iter().enumerate() {
            // A thing that moves itself is an edge, and no chain.
            if edge.says.iter().any(|j| j.copy_of.is_none()) && edge.from != edge.to {
                out[edge.from].push(at);
            }
        }
        out
    }

    /// Whether more edges lower than not, two at a time.
    pub(super) fn lowers(&self, edges: &[usize]) -> bool {
        edges.iter().filter(|&&e| self.edges[e].polarity == Polarity::Lowers).count() % 2 == 1
    }
}
