//! Which phrases are one thing that is moved.
//!
//! Two phrases are one node, in this order:
//!
//! 1. by **concept**: the lexicon takes both for the same thing, and the parties by which the concept is told apart are
//!    the same. A phrase that names fewer of them joins the only one that names all of its own; where there are several,
//!    it stays by itself.
//! 2. by **event**: a phrase without a concept is linked to a claim of an event whose type has one.
//! 3. by **incident**: both are linked to claims of one happening.
//! 4. by **words**: the same words of content and the same parties, without articles, number and words like "further".
//!
//! Everything else stays apart, since a wrong merger makes a loop that nobody asserted, and a missed one is seen at once.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use model::record::{CausalPartRecord, ClaimRecord};
use model::{ClaimId, Incident, IncidentId};
use serde::Serialize;

use super::by_claim;
use super::concepts::{Concept, Concepts, Reading, Whose};
use super::parties::{Mentions, roots};
use super::pattern::Word;
use crate::Told;

/// A side of a judgement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// What moves.
    Cause,
    /// What is moved.
    Effect,
}

/// Words that were taken for a node, and why.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct PhraseAt {
    /// The words.
    pub text: String,
    /// The claim in which they stand.
    pub claim: ClaimId,
    /// On which side.
    pub side: Side,
    /// Whether they say less of what the node is ("reopening the crossing" of closed crossings).
    pub less: bool,
    /// The claim that they make on their own.
    pub linked: Option<ClaimId>,
    /// The incident of that claim.
    pub incident: Option<IncidentId>,
    /// Why they were taken for this node.
    pub why: String,
}

/// What is moved.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Node {
    /// `concept`, `concept:PARTIES`, an incident's or claim's id, or `words:` and the words.
    pub id: String,
    /// The concept, if one fits.
    pub concept: Option<String>,
    /// Roots of the parties by which it is told apart.
    pub parties: Vec<String>,
    /// What more of it is called.
    pub name: String,
    /// What less of it is called.
    pub less_name: String,
    /// Every phrase, by text and claim.
    pub phrases: Vec<PhraseAt>,
}

/// Where a claim's two sides are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Placed {
    pub cause: usize,
    pub effect: usize,
    /// Whether exactly one of the phrases says less of its node.
    pub turned: bool,
}

/// One side of a claim on its way to a node.
struct Phrase<'a> {
    claim: &'a ClaimId,
    side: Side,
    part: &'a CausalPartRecord,
    incident: Option<&'a IncidentId>,
    concept: Option<usize>,
    less: bool,
    parties: BTreeSet<String>,
    why: String,
    /// Words of the node, where neither concept nor happening makes it.
    words: Vec<String>,
}

/// The nodes of the sides of some claims, by id; where each claim's sides are; claims of which a side cannot be read.
pub(super) fn place(
    told: &[Told],
    causes: &[&Told],
    incidents: &[Incident],
    concepts: &Concepts,
) -> (Vec<Node>, BTreeMap<ClaimId, Placed>, Vec<ClaimId>) {
    let claims: HashMap<&ClaimId, &ClaimRecord> = told.iter().map(|t| (&t.claim.id, t.claim)).collect();
    let happenings = by_claim(incidents);
    let mentions = Mentions::of(told, "cause");
    let mut phrases: Vec<Phrase> = Vec::new();
    let mut unread = Vec::new();
    for t in causes {
        let sides = [(Side::Cause, &t.claim.cause), (Side::Effect, &t.claim.effect)];
        let read = sides.map(|(side, part)| {
            let part = part.as_ref()?;
            let linked = part.claim.as_ref().and_then(|id| claims.get(id).copied());
            let incident = part.claim.as_ref().and_then(|id| happenings.get(id).copied());
            phrase(t.claim, side, part, linked, incident, &mentions, concepts)
        });
        match read {
            [Some(cause), Some(effect)] => phrases.extend([cause, effect]),
            _ => unread.push(t.claim.id.clone()),
        }
    }
    join_parties(&mut phrases);
    let mut by_id: BTreeMap<String, Vec<&Phrase>> = BTreeMap::new();
    for phrase in &phrases {
        by_id.entry(id(phrase, concepts)).or_default().push(phrase);
    }
    let at: HashMap<&str, usize> = by_id.keys().enumerate().map(|(i, id)| (id.as_str(), i)).collect();
    let mut placed = BTreeMap::new();
    for pair in phrases.chunks_exact(2) {
        let [cause, effect] = [&pair[0], &pair[1]].map(|p| at[id(p, concepts).as_str()]);
        placed.insert(pair[0].claim.clone(), Placed { cause, effect, turned: pair[0].less != pair[1].less });
    }
    let nodes = by_id.iter().map(|(id, phrases)| node(id, phrases, concepts)).collect();
    (nodes, placed, unread)
}

fn phrase<'a>(
    claim: &'a ClaimRecord,
    side: Side,
    part: &'a CausalPartRecord,
    linked: Option<&ClaimRecord>,
    incident: Option<&'a IncidentId>,
    mentions: &Mentions,
    concepts: &Concepts,
) -> Option<Phrase<'a>> {
    let reading = concepts.read(&part.text)?;
    let named = mentions.within(&claim.document, part.span, &reading.words);
    let by_words = reading.concept.map(|at| (at, reading.less));
    let by_event = || linked.and_then(|l| concepts.of_event(l));
    let found = by_words.or_else(by_event);
    let why = match (by_words, found, linked) {
        (Some(_), ..) => format!("by the words “{}”", reading.by.join("”, “")),
        (None, Some(_), Some(l)) => format!("by the {} that it tells of", l.code.as_deref().unwrap_or_default()),
        _ if incident.is_some() => "by the incident that it tells of".to_owned(),
        _ if linked.is_some() => "by the claim that it makes".to_owned(),
        _ => "by its own words".to_owned(),
    };
    let concept = found.map(|(at, _)| at);
    let whose = concept.map(|at| concepts.all()[at].whose);
    let parties = match whose {
        Some(whose) => parties_of(whose, &reading, &named, linked),
        None => named.iter().map(|(_, root)| root.clone()).collect(),
    };
    let owners: BTreeSet<usize> = named.iter().flat_map(|(at, _)| at.clone()).collect();
    let words = concepts.content(&reading, &owners);
    if words.is_empty() && parties.is_empty() && concept.is_none() && incident.is_none() {
        return None;
    }
    let less = found.map_or(reading.less, |(_, less)| less);
    Some(Phrase { claim: &claim.id, side, part, incident, concept, less, parties, why, words })
}

/// The parties by which a concept's nodes are told apart: as the words have them, else as the linked claim does.
fn parties_of(
    whose: Whose,
    reading: &Reading,
    named: &[(std::ops::Range<usize>, String)],
    linked: Option<&ClaimRecord>,
) -> BTreeSet<String> {
    let words = &reading.words;
    // The word before the mention, without its article.
    let before = |at: usize| words[..at].iter().rev().map(|w| w.text.as_str()).find(|w| *w != "the");
    let owns = |at: &std::ops::Range<usize>| {
        at.end <= reading.head + 1
            || before(at.start) == Some("by")
            || (whose == Whose::Holder && before(at.start) == Some("of"))
            || words[at.clone()].last().is_some_and(|w: &Word| w.owns)
    };
    let own: BTreeSet<String> = match whose {
        Whose::Nobody => return BTreeSet::new(),
        Whose::Sides => named.iter().map(|(_, root)| root.clone()).collect(),
        Whose::Doer | Whose::Holder => named.iter().filter(|(at, _)| owns(at)).map(|(_, root)| root.clone()).collect(),
    };
    match linked.filter(|_| own.is_empty()) {
        Some(l) if whose == Whose::Sides => roots(&l.actor).union(&roots(&l.recipient)).cloned().collect(),
        Some(l) if whose == Whose::Doer && l.direction.is_none() && !l.reciprocal => roots(&l.actor),
        _ => own,
    }
}

/// A phrase that names fewer parties joins the only fuller set that holds all of its own.
fn join_parties(phrases: &mut [Phrase]) {
    let mut sets: BTreeMap<usize, BTreeSet<BTreeSet<String>>> = BTreeMap::new();
    for phrase in phrases.iter() {
        if let Some(concept) = phrase.concept {
            sets.entry(concept).or_default().insert(phrase.parties.clone());
        }
    }
    for phrase in phrases {
        let Some(all) = phrase.concept.and_then(|c| sets.get(&c)) else { continue };
        let fuller = |set: &&BTreeSet<String>| set.len() > phrase.parties.len() && set.is_superset(&phrase.parties);
        // Of those that hold it, only such as no other holds in turn.
        let widest = |set: &&BTreeSet<String>| !all.iter().any(|s| s.len() > set.len() && s.is_superset(set));
        let mut candidates = all.iter().filter(fuller).filter(widest);
        if let (Some(only), None) = (candidates.next(), candidates.next()) {
            let named: Vec<&str> = only.iter().map(String::as_str).collect();
            phrase.why = format!("{}; no other than {} is named so", phrase.why, named.join(", "));
            phrase.parties.clone_from(only);
        }
    }
}

fn id(phrase: &Phrase, concepts: &Concepts) -> String {
    let parties: Vec<&str> = phrase.parties.iter().map(String::as_str).collect();
    match (phrase.concept, phrase.incident, &phrase.part.claim) {
        (Some(at), ..) if parties.is_empty() => concepts.all()[at].id.clone(),
        (Some(at), ..) => format!("{}:{}", concepts.all()[at].id, parties.join("+")),
        (None, Some(incident), _) => incident.to_string(),
        (None, None, Some(claim)) => claim.to_string(),
        (None, None, None) => format!("words:{}", [parties.join("+"), phrase.words.join(" ")].join(" ").trim()),
    }
}

fn node(id: &str, phrases: &[&Phrase], concepts: &Concepts) -> Node {
    let concept: Option<&Concept> = phrases[0].concept.map(|at| &concepts.all()[at]);
    let parties: Vec<String> = match concept {
        Some(_) => phrases[0].parties.iter().cloned().collect(),
        None => phrases.iter().flat_map(|p| p.parties.iter().cloned()).collect::<BTreeSet<_>>().into_iter().collect(),
    };
    let owned = |name: &str| match parties.as_slice() {
        [] => name.to_owned(),
        parties => format!("{name} ({})", parties.join(", ")),
    };
    // The plainest words that anybody used.
    let shortest = || {
        let straight = phrases.iter().filter(|p| !p.less).chain(phrases.iter());
        straight.map(|p| p.part.text.as_str()).min_by_key(|t| (t.chars().count(), *t)).unwrap_or_default()
    };
    let (name, less_name) = match concept {
        Some(concept) => (owned(&concept.name), owned(&concept.less_name)),
        None => (format!("“{}”", shortest()), format!("less of “{}”", shortest())),
    };
    let mut all: Vec<PhraseAt> = phrases
        .iter()
        .map(|p| PhraseAt {
            text: p.part.text.clone(),
            claim: p.claim.clone(),
            side: p.side,
            less: p.less,
            linked: p.part.claim.clone(),
            incident: p.incident.cloned(),
            why: p.why.clone(),
        })
        .collect();
    all.sort_unstable();
    Node { id: id.to_owned(), concept: concept.map(|c| c.id.clone()), parties, name, less_name, phrases: all }
}
