//! By what steps a lever is said to work.

use std::collections::BTreeSet;

use serde::Serialize;

use super::Graph;
use super::chains::{Chain, Chains, Sign};
use super::concepts::Concepts;
use super::pattern::{singular, words};

/// Most steps of a path.
pub const PATH_STEPS: usize = 4;

/// Most paths that are kept.
const PATHS_AT_MOST: usize = 1_000;

/// The nodes that words stand for.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Selected {
    /// Ids of the nodes; empty where nobody judges anything of the kind.
    pub nodes: Vec<String>,
    /// Whether the words say less of them.
    pub less: bool,
    /// How they were found.
    pub why: String,
}

/// Paths from a lever.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Paths {
    /// What the lever was taken for.
    pub lever: Selected,
    /// What the outcome was taken for; `None` where every outcome was asked for.
    pub outcome: Option<Selected>,
    /// The paths, the shortest first. Their signs are those of pulling the lever as it is worded: for "reopening the
    /// crossing" those of less closing. Towards an outcome that is worded as less, they are of that outcome.
    #[serde(flatten)]
    pub paths: Chains,
}

impl Graph {
    /// The nodes that are meant: by id of a node or concept, else by what the lexicon takes the words for, else by phrases
    /// that hold all of the words.
    pub fn select(&self, asked: &str, concepts: &Concepts) -> Selected {
        let asked = asked.trim();
        let ids = |keep: &dyn Fn(usize) -> bool| -> Vec<String> {
            (0..self.nodes.len()).filter(|&i| keep(i)).map(|i| self.nodes[i].id.clone()).collect()
        };
        let exact = ids(&|i| self.nodes[i].id == asked || self.nodes[i].name == asked);
        if !exact.is_empty() {
            return Selected { nodes: exact, less: false, why: format!("the node {asked}") };
        }
        let of = |id: &str| ids(&|i| self.nodes[i].concept.as_deref() == Some(id));
        if concepts.by_id().contains_key(asked) {
            return Selected { nodes: of(asked), less: false, why: format!("the concept {asked}") };
        }
        // Ids of parties in capitals ("strikes PAK") leave only their nodes.
        let is_party = |word: &&str| self.nodes.iter().any(|n| n.parties.iter().any(|p| p == word));
        let (parties, rest): (Vec<&str>, Vec<&str>) = asked.split_whitespace().partition(is_party);
        if let Some((concept, less)) = concepts.of(&rest.join(" ")) {
            let nodes = ids(&|i| {
                let node = &self.nodes[i];
                let theirs = parties.is_empty() || node.parties.iter().any(|p| parties.contains(&p.as_str()));
                node.concept.as_deref() == Some(&concept.id) && theirs
            });
            return Selected { nodes, less, why: format!("the words are of the concept {}", concept.id) };
        }
        let wanted: BTreeSet<String> = words(asked).iter().map(|w| singular(&w.text)).collect();
        let holds = |i: usize| {
            !wanted.is_empty()
                && self.nodes[i].phrases.iter().any(|p| {
                    let own: BTreeSet<String> = words(&p.text).iter().map(|w| singular(&w.text)).collect();
                    wanted.is_subset(&own)
                })
        };
        Selected { nodes: ids(&holds), less: false, why: "phrases that hold these words".to_owned() }
    }

    /// Paths of at most [`PATH_STEPS`] steps from a lever to an outcome, or to everything.
    pub fn paths(&self, lever: &str, outcome: Option<&str>, concepts: &Concepts) -> Paths {
        let lever = self.select(lever, concepts);
        let outcome = outcome.map(|o| self.select(o, concepts));
        let out = self.asserted();
        let at = |ids: &[String]| -> BTreeSet<usize> {
            (0..self.nodes.len()).filter(|&i| ids.contains(&self.nodes[i].id)).collect()
        };
        let starts = at(&lever.nodes);
        let ends = outcome.as_ref().map(|o| at(&o.nodes));
        let mut paths: Vec<Vec<usize>> = Vec::new();
        let mut cut = false;
        // Length by length. A path neither comes back to where it was nor goes through another start.
        let mut open: Vec<Vec<usize>> = starts
            .iter()
            .flat_map(|&s| &out[s])
            .filter(|&&e| !starts.contains(&self.edges[e].to))
            .map(|&e| vec![e])
            .collect();
        for _ in 0..PATH_STEPS {
            let mut longer = Vec::new();
            for path in open {
                let last = self.edges[path[path.len() - 1]].to;
                let wanted = ends.as_ref().is_none_or(|ends| ends.contains(&last));
                if wanted && paths.len() == PATHS_AT_MOST {
                    cut = true;
                    break;
                }
                let visited: BTreeSet<usize> = path.iter().map(|&e| self.edges[e].to).collect();
                let reached = ends.as_ref().is_some_and(|ends| ends.contains(&last));
                for &edge in out[last].iter().filter(|_| !reached) {
                    let to = self.edges[edge].to;
                    if !visited.contains(&to) && !starts.contains(&to) {
                        longer.push([path.as_slice(), &[edge]].concat());
                    }
                }
                if wanted {
                    paths.push(path);
                }
            }
            // Far more branches than paths that anybody would read.
            if longer.len() > 100 * PATHS_AT_MOST {
                longer.truncate(100 * PATHS_AT_MOST);
                cut = true;
            }
            open = longer;
        }
        let turned = outcome.as_ref().is_some_and(|o| o.less);
        let chains: Vec<Chain> = paths
            .iter()
            .map(|edges| {
                let lowers = self.lowers(edges) ^ lever.less ^ turned;
                self.chain(edges, if lowers { Sign::Lowers } else { Sign::Raises }, lever.less)
            })
            .collect();
        Paths { lever, outcome, paths: Chains { chains, steps_at_most: PATH_STEPS, cut } }
    }
}
