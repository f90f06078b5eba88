//! All claims, or those that new ones touch, grouped into happenings.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};

use model::ClaimId;
use rustc_hash::FxHashMap;

use super::block::{self, Edge};
use super::cluster::{self, Decided, Sets};
use super::happening::{Corpus, Happening, index};

/// What people decided about which claims are one happening. Where decisions disagree, a pin goes before a separation and
/// a separation before a union; claims that are not there are passed over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Constraints {
    /// Pairs that are one happening.
    pub must: Vec<(ClaimId, ClaimId)>,
    /// Pairs that are not.
    pub cannot: Vec<(ClaimId, ClaimId)>,
    /// Exactly these claims stay together, and nothing else comes in. Of two pins with a claim in common the later holds.
    pub pinned: Vec<BTreeSet<ClaimId>>,
}

impl Constraints {
    /// Each decision as the claims that it names: what differs between two sets of decisions touches these claims.
    fn lines(&self) -> BTreeSet<(u8, Vec<&ClaimId>)> {
        let mut lines: BTreeSet<(u8, Vec<&ClaimId>)> = BTreeSet::new();
        lines.extend(self.must.iter().map(|(a, b)| (0, vec![a, b])));
        lines.extend(self.cannot.iter().map(|(a, b)| (1, vec![a, b])));
        lines.extend(self.pinned.iter().map(|set| (2, set.iter().collect())));
        lines
    }
}

/// Claims in groups, each group one happening.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Weighed {
    /// Groups that may come to be one when a claim is added stand together.
    parts: Vec<Vec<Vec<ClaimId>>>,
    constraints: Constraints,
}

impl Weighed {
    /// A weighing as it was kept: the groups in their parts, and the decisions that held then.
    pub fn restored(parts: Vec<Vec<Vec<ClaimId>>>, constraints: Constraints) -> Self {
        Self { parts, constraints }
    }

    /// The groups in their parts: what is added to one part cannot change another, unless it belongs to both.
    pub fn parts(&self) -> &[Vec<Vec<ClaimId>>] {
        &self.parts
    }

    /// Every group, its claims in the order of their ids; groups in the order of their parts' first claims.
    pub fn clusters(&self) -> impl Iterator<Item = &[ClaimId]> {
        self.parts.iter().flatten().map(Vec::as_slice)
    }
}

/// Groups all claims, on as many threads as there are processors.
pub fn weigh(corpus: &Corpus, constraints: &Constraints) -> Weighed {
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    weigh_with(corpus, constraints, threads)
}

/// Groups all claims on so many threads; their number does not change the result.
pub fn weigh_with(corpus: &Corpus, constraints: &Constraints, threads: usize) -> Weighed {
    let list: Vec<&Happening> = corpus.in_order().iter().map(|&i| &corpus.happenings[i as usize]).collect();
    let edges = block::edges(&corpus.words, &list, threads, &|_, _| true);
    let parts = parts(corpus, &list, &edges, constraints, threads);
    Weighed { parts, constraints: constraints.clone() }
}

/// Groups again what has changed since `previous`: claims that came or went, those named in `changed` (whose content is
/// another under the same id), and those about which something else is decided. Equal to [`weigh`] over all.
pub fn reweigh(previous: &Weighed, corpus: &Corpus, constraints: &Constraints, changed: &BTreeSet<ClaimId>) -> Weighed {
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let list: Vec<&Happening> = corpus.in_order().iter().map(|&i| &corpus.happenings[i as usize]).collect();
    let position = |claim: &ClaimId| list.binary_search_by(|h| h.claim.cmp(claim)).ok();
    // The part in which each claim was; none for new ones.
    let mut was_in: Vec<Option<u32>> = vec![None; list.len()];
    let mut touched_parts = vec![false; previous.parts.len()];
    let mut fresh = vec![true; list.len()];
    for (part, groups) in previous.parts.iter().enumerate() {
        for claim in groups.iter().flatten() {
            match position(claim) {
                Some(at) if !changed.contains(claim) => {
                    was_in[at] = Some(index(part));
                    fresh[at] = false;
                }
                Some(at) => {
                    was_in[at] = Some(index(part));
                    touched_parts[part] = true;
                }
                None => touched_parts[part] = true,
            }
        }
    }
    let (before, now) = (previous.constraints.lines(), constraints.lines());
    // A decision also counts as new when a claim that it names has only now come.
    let names_fresh = |claims: &[&ClaimId]| claims.iter().any(|c| position(c).is_some_and(|at| fresh[at]));
    let decided_anew: Vec<usize> = before
        .symmetric_difference(&now)
        .chain(now.iter().filter(|(_, claims)| names_fresh(claims)))
        .flat_map(|(_, claims)| claims)
        .filter_map(|c| position(c))
        .collect();
    let by_new = block::edges(&corpus.words, &list, threads, &|a, b| fresh[a as usize] || fresh[b as usize]);
    let links = links(&list);
    let touched_claims = by_new
        .iter()
        .flat_map(|&(a, b, _)| [a, b])
        .chain(links.iter().filter(|&&(a, b)| fresh[a as usize] || fresh[b as usize]).flat_map(|&(a, b)| [a, b]))
        .map(|claim| claim as usize)
        .chain(decided_anew);
    for claim in touched_claims {
        if let Some(part) = was_in[claim] {
            touched_parts[part as usize] = true;
        }
    }
    let is_touched = |at: usize| was_in[at].is_none_or(|part| touched_parts[part as usize]) || fresh[at];
    let again: Vec<&Happening> = (0..list.len()).filter(|&at| is_touched(at)).map(|at| list[at]).collect();
    let edges = block::edges(&corpus.words, &again, threads, &|_, _| true);
    let mut all = parts(corpus, &again, &edges, constraints, threads);
    let kept =
        previous.parts.iter().zip(&touched_parts).filter(|(_, touched)| !**touched).map(|(part, _)| part.clone());
    all.extend(kept);
    all.sort_unstable();
    Weighed { parts: all, constraints: constraints.clone() }
}

/// Pairs that reports, or keys of data sets over several releases, say are one; in order.
fn links(list: &[&Happening]) -> Vec<(u32, u32)> {
    let position = |claim: &ClaimId| list.binary_search_by(|h| h.claim.cmp(claim)).ok().map(index);
    let mut links = Vec::new();
    let mut rows: FxHashMap<u32, u32> = FxHashMap::default();
    for (at, happening) in list.iter().enumerate() {
        let at = index(at);
        for other in happening.same.iter().filter_map(position).filter(|&o| o != at) {
            links.push((at.min(other), at.max(other)));
        }
        if happening.key != 0 {
            let first = *rows.entry(happening.key).or_insert(at);
            if first != at {
                links.push((first, at));
            }
        }
    }
    links.sort_unstable();
    links.dedup();
    links
}

fn decided(list: &[&Happening], constraints: &Constraints) -> Decided {
    let position = |claim: &ClaimId| list.binary_search_by(|h| h.claim.cmp(claim)).ok().map(index);
    let pairs = |pairs: &[(ClaimId, ClaimId)]| -> BTreeSet<(u32, u32)> {
        let both = pairs.iter().filter_map(|(a, b)| position(a).zip(position(b)));
        both.filter(|(a, b)| a != b).map(|(a, b)| (a.min(b), a.max(b))).collect()
    };
    let mut pin = FxHashMap::default();
    for (number, set) in constraints.pinned.iter().enumerate() {
        pin.extend(set.iter().filter_map(position).map(|claim| (claim, index(number))));
    }
    let mut together: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (&claim, &number) in &pin {
        together.entry(number).or_default().push(claim);
    }
    let mut must: Vec<(u32, u32)> = Vec::new();
    for claims in together.values_mut() {
        claims.sort_unstable();
        must.extend(claims.windows(2).map(|w| (w[0], w[1])));
    }
    must.extend(pairs(&constraints.must));
    must.extend(links(list));
    Decided { cannot: pairs(&constraints.cannot).into_iter().collect(), pin, must }
}

/// The connected parts of the graph of candidates, each with its groups, in the order of their first claims.
fn parts(
    corpus: &Corpus,
    list: &[&Happening],
    edges: &[Edge],
    constraints: &Constraints,
    threads: usize,
) -> Vec<Vec<Vec<ClaimId>>> {
    let decided = decided(list, constraints);
    let mut sets = Sets::new(list.len());
    for (a, b) in edges.iter().map(|&(a, b, _)| (a, b)).chain(decided.must.iter().copied()) {
        sets.join(a, b);
    }
    let mut part_of_set: FxHashMap<u32, usize> = FxHashMap::default();
    let mut parts: Vec<Part> = Vec::new();
    let mut part_of = Vec::with_capacity(list.len());
    for claim in 0..index(list.len()) {
        let set = sets.find(claim);
        let part = *part_of_set.entry(set).or_insert_with(|| {
            parts.push(Part::default());
            parts.len() - 1
        });
        parts[part].members.push(claim);
        part_of.push(part);
    }
    for edge in edges {
        parts[part_of[edge.0 as usize]].edges.push(*edge);
    }
    for link in &decided.must {
        parts[part_of[link.0 as usize]].must.push(*link);
    }
    let next = AtomicUsize::new(0);
    let work = || {
        let mut mine = Vec::new();
        loop {
            let start = next.fetch_add(PARTS_A_TURN, Ordering::Relaxed);
            if start >= parts.len() {
                return mine;
            }
            // This turn's parts, under their positions among all.
            for (at, part) in parts.iter().enumerate().skip(start).take(PARTS_A_TURN) {
                let groups = cluster::groups(&corpus.words, list, &part.members, &part.edges, &part.must, &decided);
                let named = |group: Vec<u32>| group.into_iter().map(|c| list[c as usize].claim.clone()).collect();
                mine.push((at, groups.into_iter().map(named).collect::<Vec<Vec<ClaimId>>>()));
            }
        }
    };
    let mut done: Vec<(usize, Vec<Vec<ClaimId>>)> = Vec::with_capacity(parts.len());
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads.max(1)).map(|_| scope.spawn(work)).collect();
        for worker in workers {
            done.extend(worker.join().expect("grouping does not panic"));
        }
    });
    done.sort_unstable_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, groups)| groups).collect()
}

/// Small enough that two threads end together.
const PARTS_A_TURN: usize = 512;

/// A connected part of the graph of candidates.
#[derive(Default)]
struct Part {
    members: Vec<u32>,
    edges: Vec<Edge>,
    must: Vec<(u32, u32)>,
}
