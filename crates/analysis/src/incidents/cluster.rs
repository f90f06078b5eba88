//! Claims that may be one happening, grouped: average-link agglomeration that no pair within a group may speak against.
//!
//! Average link and not single link, since happenings follow one another and a chain of near ones would join a whole war;
//! and no group holds two claims that exclude each other, so that one vague claim cannot bridge two exact ones. Decisions
//! come first: what is pinned stays as it is, what must not be one is not, then what must be one is, then what a report
//! itself links. Everything is summed in whole numbers and ties go to the lower claim id: the result is the same for any
//! order of arrival.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

use rustc_hash::{FxHashMap, FxHashSet};

use super::block::Edge;
use super::happening::{Happening, index};
use super::score::score;
use super::weights::{CAP, THRESHOLD};
use super::words::Words;

/// What is decided about claims, as positions in the list.
#[derive(Default)]
pub(super) struct Decided {
    /// Pairs that must not be one, lower first.
    pub cannot: FxHashSet<(u32, u32)>,
    /// The pinned group of a claim.
    pub pin: FxHashMap<u32, u32>,
    /// Pairs that must be one, in the order in which they are heeded.
    pub must: Vec<(u32, u32)>,
}

impl Decided {
    /// Whether a decision keeps two claims apart.
    pub(super) fn forbids(&self, a: u32, b: u32) -> bool {
        self.pin.get(&a) != self.pin.get(&b) || self.cannot.contains(&(a.min(b), a.max(b)))
    }
}

/// Sets that grow together; the lowest member stands for its set.
pub(super) struct Sets(Vec<u32>);

impl Sets {
    pub(super) fn new(len: usize) -> Self {
        Self((0..index(len)).collect())
    }

    pub(super) fn find(&mut self, mut of: u32) -> u32 {
        while self.0[of as usize] != of {
            let above = self.0[of as usize];
            self.0[of as usize] = self.0[above as usize];
            of = self.0[of as usize];
        }
        of
    }

    pub(super) fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.find(a), self.find(b));
        self.0[a.max(b) as usize] = a.min(b);
    }
}

/// The sum of the weights between two groups; `None` if any pair excludes.
type Bond = Option<i64>;

/// Mean weight, then the lower first claims first; and the two groups.
type Candidate = (i64, Reverse<(u32, u32)>, usize, usize);

struct Grouping<'a> {
    words: &'a Words,
    list: &'a [&'a Happening],
    decided: &'a Decided,
    weights: FxHashMap<(u32, u32), i32>,
    groups: Vec<Vec<u32>>,
    bonds: Vec<FxHashMap<usize, Bond>>,
    queue: BinaryHeap<Candidate>,
}

/// The groups of one connected part: `members` in order, `edges` and `must` among them.
pub(super) fn groups(
    words: &Words,
    list: &[&Happening],
    members: &[u32],
    edges: &[Edge],
    must: &[(u32, u32)],
    decided: &Decided,
) -> Vec<Vec<u32>> {
    if let [only] = members {
        return vec![vec![*only]];
    }
    let groups = forced(members, must, decided);
    let mut group_of: FxHashMap<u32, usize> = FxHashMap::default();
    for (at, group) in groups.iter().enumerate() {
        group_of.extend(group.iter().map(|&claim| (claim, at)));
    }
    let near: BTreeSet<(usize, usize)> = edges
        .iter()
        .map(|(a, b, _)| (group_of[a], group_of[b]))
        .filter(|(a, b)| a != b)
        .map(|(a, b)| (a.min(b), a.max(b)))
        .collect();
    let weights = edges.iter().map(|&(a, b, weight)| ((a, b), weight)).collect();
    let bonds = vec![FxHashMap::default(); groups.len()];
    let mut grouping = Grouping { words, list, decided, weights, groups, bonds, queue: BinaryHeap::new() };
    for (a, b) in near {
        let bond = grouping.bond(a, b);
        grouping.tie(a, b, bond);
    }
    grouping.run();
    let mut groups: Vec<Vec<u32>> = grouping.groups.into_iter().filter(|g| !g.is_empty()).collect();
    groups.sort_unstable();
    groups
}

/// Groups that are decided or stated beforehand.
fn forced(members: &[u32], must: &[(u32, u32)], decided: &Decided) -> Vec<Vec<u32>> {
    let place = |claim: u32| index(members.binary_search(&claim).expect("a link within the part"));
    let mut sets = Sets::new(members.len());
    for &(a, b) in must {
        let (a, b) = (sets.find(place(a)), sets.find(place(b)));
        if a == b {
            continue;
        }
        if !decided.cannot.is_empty() || !decided.pin.is_empty() {
            let mut of = |set: u32| -> Vec<u32> {
                (0..members.len()).filter(|&m| sets.find(index(m)) == set).map(|m| members[m]).collect()
            };
            let (one, other) = (of(a), of(b));
            if one.iter().any(|&x| other.iter().any(|&y| decided.forbids(x, y))) {
                continue;
            }
        }
        sets.join(a, b);
    }
    let mut groups: Vec<Vec<u32>> = vec![Vec::new(); members.len()];
    for (at, &claim) in members.iter().enumerate() {
        groups[sets.find(index(at)) as usize].push(claim);
    }
    groups.retain(|g| !g.is_empty());
    groups
}

impl Grouping<'_> {
    /// The weight of two claims of two groups.
    fn weight(&self, a: u32, b: u32) -> Option<i32> {
        if self.decided.forbids(a, b) {
            return None;
        }
        let (a, b) = (a.min(b), a.max(b));
        match self.weights.get(&(a, b)) {
            Some(&weight) => Some(weight),
            None => score(self.words, self.list[a as usize], self.list[b as usize]),
        }
    }

    /// All pairs between two groups.
    fn bond(&self, a: usize, b: usize) -> Bond {
        let mut sum = 0;
        for &x in &self.groups[a] {
            for &y in &self.groups[b] {
                sum += i64::from(self.weight(x, y)?.clamp(-CAP, CAP));
            }
        }
        Some(sum)
    }

    fn tie(&mut self, a: usize, b: usize, bond: Bond) {
        self.bonds[a].insert(b, bond);
        self.bonds[b].insert(a, bond);
        let pairs = i64::try_from(self.groups[a].len() * self.groups[b].len()).expect("no group is that large");
        if let Some(sum) = bond.filter(|&sum| sum >= i64::from(THRESHOLD) * pairs) {
            let (x, y) = (self.groups[a][0], self.groups[b][0]);
            // Thousandths of thousandths: means that differ by less are a tie.
            self.queue.push((sum * 1_000 / pairs, Reverse((x.min(y), x.max(y))), a, b));
        }
    }

    fn run(&mut self) {
        while let Some((_, _, a, b)) = self.queue.pop() {
            if self.groups[a].is_empty() || self.groups[b].is_empty() {
                continue;
            }
            let mut others: Vec<usize> = self.bonds[a].keys().chain(self.bonds[b].keys()).copied().collect();
            others.sort_unstable();
            others.dedup();
            others.retain(|&o| o != a && o != b);
            let joined: Vec<(usize, Bond)> = others
                .into_iter()
                .map(|other| {
                    let with = |of: usize| match self.bonds[of].get(&other) {
                        Some(&bond) => bond,
                        None => self.bond(of, other),
                    };
                    (other, with(a).and_then(|sum| Some(sum + with(b)?)))
                })
                .collect();
            let mut group = std::mem::take(&mut self.groups[a]);
            group.append(&mut self.groups[b]);
            group.sort_unstable();
            let new = self.groups.len();
            self.groups.push(group);
            self.bonds.push(FxHashMap::default());
            self.bonds[a] = FxHashMap::default();
            self.bonds[b] = FxHashMap::default();
            for (other, bond) in joined {
                self.bonds[other].remove(&a);
                self.bonds[other].remove(&b);
                self.tie(other, new, bond);
            }
        }
    }
}
