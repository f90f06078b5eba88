//! Judgements of cause and effect as a signed, dated, attributed graph.
//!
//! In: claims of kind `cause`, the claims around them (which name the parties that a phrase mentions), the incidents of
//! the claims that a phrase links to, and the lexicon of [`Concepts`]. Out: a [`Graph`]. Its nodes are what is moved, each
//! with every phrase that was taken for it and why; its edges are what moves what in which direction, each with every
//! judgement behind it and every judgement against it. [`Graph::loops`] finds what feeds back, [`Graph::paths`] by what
//! steps a lever is said to work.
//!
//! Refused: no strength and no probability, since the claims give none; no cause that nobody names, so that what follows
//! in time is never joined; no merging of phrases but by the rules of `nodes`. An edge says that somebody judges so, not
//! that it is so. A chain of edges may be pieced together from people who do not agree with one another: it says so.

mod chains;
mod concepts;
mod loops;
mod method;
mod nodes;
pub(crate) mod parties;
mod paths;
pub(crate) mod pattern;

use std::collections::BTreeMap;

use model::{Attitude, ClaimId, DocumentId, Incident, IncidentId, Polarity, Status, When};
use serde::Serialize;

use crate::Told;
pub use chains::{Chain, Chains, Sign, Step};
pub use concepts::{Concept, Concepts, Examples, Whose};
pub use loops::LOOP_STEPS;
use nodes::Placed;
pub use nodes::{Node, PhraseAt, Side};
pub use parties::Voice;
use parties::Voices;
pub use paths::{PATH_STEPS, Paths, Selected};
pub use pattern::LexiconError;

/// A judgement that one thing raises or lowers another.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Judgement {
    /// The claim.
    pub claim: ClaimId,
    /// Who judges: the asserter, else the publication.
    pub by: Voice,
    /// The publication in which it stands.
    pub publisher: Option<String>,
    /// What the judge does with it.
    pub attitude: Attitude,
    /// What is said of its reality: `occurred` looks back, `possible` and `hypothetical` look ahead.
    pub status: Status,
    /// When it was published.
    pub published: Option<When>,
    /// The sentence.
    pub words: String,
    /// The words of the cause.
    pub cause: String,
    /// The words of the effect.
    pub effect: String,
    /// The sign in the words of the claim, before phrases that say less of something turned it.
    pub said: Polarity,
    /// The document of which its document is a near-copy. Such a judgement is nobody's second.
    pub copy_of: Option<DocumentId>,
}

/// What moves what, in which direction, in whose judgement.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Edge {
    /// The cause, as a position in the graph's nodes.
    pub from: usize,
    /// The effect.
    pub to: usize,
    /// Whether more of the cause is said to raise or lower the effect.
    pub polarity: Polarity,
    /// Judgements that it is so, by day and id.
    pub says: Vec<Judgement>,
    /// Judgements that it is not: denied or doubted, or said not to have been.
    pub denies: Vec<Judgement>,
    /// The edge of the other sign between the two, as a position in the graph's edges.
    pub contrary: Option<usize>,
}

impl Edge {
    /// Who judges so, each once, near-copies left out.
    pub fn voices(&self) -> Vec<Voice> {
        distinct(self.says.iter().filter(|j| j.copy_of.is_none()).map(|j| j.by.clone()))
    }
}

/// What moves what, as many people judge it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Graph {
    /// What is moved, by id.
    pub nodes: Vec<Node>,
    /// What moves what; by cause, effect and sign.
    pub edges: Vec<Edge>,
    /// Judgements that their own judge took back; they make no edge.
    pub retracted: Vec<Judgement>,
    /// Judgements of which a side has no word of content; they make no edge.
    pub unread: Vec<ClaimId>,
}

/// Sets judgements of cause and effect side by side. Claims of other kinds lend the parties and incidents of phrases; the
/// order in which any come does not matter.
pub fn graph(told: &[Told], incidents: &[Incident], concepts: &Concepts) -> Graph {
    let mut causes: Vec<&Told> = told.iter().filter(|t| t.claim.kind == "cause").collect();
    causes.sort_by_key(|t| (t.claim.published.map(When::date), &t.claim.id));
    causes.dedup_by_key(|t| &t.claim.id);
    let (nodes, placed, unread) = nodes::place(told, &causes, incidents, concepts);
    let voices = Voices::of(told);
    let mut edges: BTreeMap<(usize, usize, Polarity), Edge> = BTreeMap::new();
    let mut retracted = Vec::new();
    for t in causes {
        let Some(Placed { cause, effect, turned }) = placed.get(&t.claim.id).copied() else { continue };
        let Some(judgement) = judgement(t, &voices) else { continue };
        if t.claim.attitude == Attitude::Retracts {
            retracted.push(judgement);
            continue;
        }
        let polarity = if turned { other(judgement.said) } else { judgement.said };
        let edge = edges.entry((cause, effect, polarity)).or_insert_with(|| Edge {
            from: cause,
            to: effect,
            polarity,
            says: Vec::new(),
            denies: Vec::new(),
            contrary: None,
        });
        if is_against(&judgement) { &mut edge.denies } else { &mut edge.says }.push(judgement);
    }
    let keys: Vec<(usize, usize, Polarity)> = edges.keys().copied().collect();
    let mut edges: Vec<Edge> = edges.into_values().collect();
    for (edge, (from, to, polarity)) in edges.iter_mut().zip(&keys) {
        edge.contrary = keys.binary_search(&(*from, *to, other(*polarity))).ok();
    }
    take_back(&mut edges, &retracted);
    Graph { nodes, edges, retracted, unread }
}

/// Leaves out of the edges what its own judge took back later, in the same words for cause and effect.
fn take_back(edges: &mut [Edge], retracted: &[Judgement]) {
    let gone = |j: &Judgement| {
        retracted.iter().any(|r| {
            let later = match (r.published, j.published) {
                (Some(r), Some(j)) => r.date() >= j.date(),
                _ => true,
            };
            r.by == j.by && r.cause == j.cause && r.effect == j.effect && later
        })
    };
    for edge in edges {
        edge.says.retain(|j| !gone(j));
    }
}

fn judgement(told: &Told, voices: &Voices) -> Option<Judgement> {
    let claim = told.claim;
    Some(Judgement {
        claim: claim.id.clone(),
        by: voices.voice(told),
        publisher: told.publisher.map(str::to_owned),
        attitude: claim.attitude,
        status: claim.status,
        published: claim.published,
        words: claim.evidence.text.clone(),
        cause: claim.cause.as_ref()?.text.clone(),
        effect: claim.effect.as_ref()?.text.clone(),
        said: claim.polarity?,
        copy_of: told.copy_of.cloned(),
    })
}

/// Whether a judgement speaks against its edge. Who denies that it is not so says that it is.
fn is_against(judgement: &Judgement) -> bool {
    let denies = matches!(judgement.attitude, Attitude::Denies | Attitude::Doubts);
    denies != matches!(judgement.status, Status::DidNotOccur | Status::Cancelled)
}

/// The opposite sign.
fn other(polarity: Polarity) -> Polarity {
    match polarity {
        Polarity::Raises => Polarity::Lowers,
        Polarity::Lowers => Polarity::Raises,
    }
}

/// Each once, in order.
fn distinct<T: Ord>(all: impl Iterator<Item = T>) -> Vec<T> {
    let mut all: Vec<T> = all.collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Claims that belong to incidents.
pub(crate) fn by_claim(incidents: &[Incident]) -> BTreeMap<&ClaimId, &IncidentId> {
    let accounts = incidents.iter().flat_map(|i| i.accounts.iter().map(move |a| (i, a)));
    accounts.flat_map(|(i, a)| a.claims.iter().map(move |c| (c, &i.id))).collect()
}
