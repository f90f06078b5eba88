//! What feeds back: simple loops of judgements, up to a length.
//!
//! A bounded search from each node through nodes of higher position, so that every loop is found once, at its lowest node.
//! Branches that cannot come home within the length are cut by their distance, which keeps sparse graphs quick (the bound
//! replaces the blocking of D. B. Johnson, "Finding all the elementary circuits of a directed graph", 1975).

use std::collections::VecDeque;

use super::Graph;
use super::chains::{Chains, Sign};

/// Most steps of a loop. People tell loops of two to four steps; longer ones are pieced together from so many voices that
/// they say little.
pub const LOOP_STEPS: usize = 5;

/// Most loops that are kept.
const LOOPS_AT_MOST: usize = 1_000;

impl Graph {
    /// Every simple loop of two to [`LOOP_STEPS`] steps, the shortest first. Where two edges of opposite sign join two
    /// nodes, each makes a loop of its own.
    pub fn loops(&self) -> Chains {
        let out = self.asserted();
        let mut found: Vec<Vec<usize>> = Vec::new();
        let mut cut = false;
        // Length by length, so that what is cut is the longest.
        for length in 2..=LOOP_STEPS {
            for start in 0..self.nodes.len() {
                let home = self.distances(start, &out);
                let mut path = Vec::new();
                let mut seen = vec![false; self.nodes.len()];
                let mut search = Search { graph: self, out: &out, home: &home, start, length, found: &mut found };
                cut |= !search.from(start, &mut path, &mut seen);
            }
            if cut {
                break;
            }
        }
        let chains = found.iter().map(|edges| {
            let sign = if self.lowers(edges) { Sign::Balancing } else { Sign::Reinforcing };
            let mut chain = self.chain(edges, sign, false);
            chain.name += if sign == Sign::Balancing { ", balancing" } else { ", reinforcing" };
            chain
        });
        Chains { chains: chains.collect(), steps_at_most: LOOP_STEPS, cut }
    }

    /// Steps from each node to `start` through nodes that do not come before it.
    fn distances(&self, start: usize, out: &[Vec<usize>]) -> Vec<usize> {
        let mut into = vec![Vec::new(); self.nodes.len()];
        for &edge in out.iter().skip(start).flatten() {
            into[self.edges[edge].to].push(self.edges[edge].from);
        }
        let mut distance = vec![usize::MAX; self.nodes.len()];
        distance[start] = 0;
        let mut next = VecDeque::from([start]);
        while let Some(node) = next.pop_front() {
            if distance[node] >= LOOP_STEPS {
                continue;
            }
            for &before in &into[node] {
                if before >= start && distance[before] == usize::MAX {
                    distance[before] = distance[node] + 1;
                    next.push_back(before);
                }
            }
        }
        distance
    }
}

struct Search<'a> {
    graph: &'a Graph,
    out: &'a [Vec<usize>],
    home: &'a [usize],
    start: usize,
    length: usize,
    found: &'a mut Vec<Vec<usize>>,
}

impl Search<'_> {
    /// Goes on from a node; `false` once there are too many loops.
    fn from(&mut self, node: usize, path: &mut Vec<usize>, seen: &mut [bool]) -> bool {
        seen[node] = true;
        for &edge in &self.out[node] {
            let to = self.graph.edges[edge].to;
            let left = self.length - path.len() - 1;
            let fits = if left == 0 { to == self.start } else { to > self.start && !seen[to] && self.home[to] <= left };
            if !fits {
                continue;
            }
            path.push(edge);
            if left == 0 {
                if self.found.len() == LOOPS_AT_MOST {
                    return false;
                }
                self.found.push(path.clone());
            } else if !self.from(to, path, seen) {
                return false;
            }
            path.pop();
        }
        seen[node] = false;
        true
    }
}
