//! What a closing is said to have cost, in the words of claims.
//!
//! Three bases, from the firmest: the claim is linked to the closing or its cause is named as one, in a report that tells
//! of it; its sentence names what was closed; it stands in a report of the closing and speaks of costs. The last is near and no
//! more, and says so.

use std::collections::BTreeSet;

use model::record::ClaimRecord;
use model::{ClaimId, DocumentId, Polarity};
use serde::Serialize;

use super::{Sentence, sentence};
use crate::incidents::independence::Told;
use crate::ties::party::plain;
use crate::ties::tables::{WordClass, words_in};

/// A cost in the words of a claim.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cost {
    /// The sentence.
    pub said: Sentence,
    /// Of a cause: what is raised or lowered.
    pub effect: Option<String>,
    /// Of a cause: whether it is raised or lowered.
    pub polarity: Option<Polarity>,
    /// Of a figure: least.
    pub low: Option<f64>,
    /// Of a figure: most.
    pub high: Option<f64>,
    /// Of a figure: of what.
    pub of: Option<String>,
    /// What puts it with the closing.
    pub basis: Basis,
}

/// What puts a cost with a closing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The claim names a closing as the cause, in a report of this one.
    Stated,
    /// The sentence names what was closed.
    Named,
    /// It stands in a report of the closing, and speaks of costs.
    SameReport,
}

/// Costs of a lever with these claims of its own; `name` is its own name, as it is compared.
pub(super) fn costs(name: Option<&str>, own: &[&Told], told: &[&Told]) -> Vec<Cost> {
    let reports: BTreeSet<&DocumentId> = own.iter().map(|t| &t.claim.document).collect();
    let turns: BTreeSet<&ClaimId> = own.iter().map(|t| &t.claim.id).collect();
    let mut costs: Vec<Cost> = told
        .iter()
        .filter(|t| reports.contains(&t.claim.document))
        .filter_map(|t| Some(cost(t, basis(t.claim, &turns, name)?)))
        .collect();
    costs.sort_by(|a, b| (a.basis, a.said.published, &a.said.claim).cmp(&(b.basis, b.said.published, &b.said.claim)));
    // A figure or cause goes before the statement that holds it.
    let kept: Vec<String> = costs.iter().filter(|c| is_more(c)).map(|c| c.said.words.clone()).collect();
    costs.retain(|c| is_more(c) || !kept.iter().any(|words| c.said.words.contains(words.as_str())));
    costs
}

fn is_more(cost: &Cost) -> bool {
    cost.polarity.is_some() || cost.of.is_some()
}

fn cost(told: &Told, basis: Basis) -> Cost {
    let claim = told.claim;
    Cost {
        said: sentence(told),
        effect: claim.effect.as_ref().map(|part| part.text.clone()),
        polarity: claim.polarity,
        low: claim.count.as_ref().and_then(|c| c.low),
        high: claim.count.as_ref().and_then(|c| c.high),
        of: claim.count.as_ref().and_then(|c| c.of.clone()),
        basis,
    }
}

fn basis(claim: &ClaimRecord, turns: &BTreeSet<&ClaimId>, name: Option<&str>) -> Option<Basis> {
    let costs = |words: &str| !words_in(words, &[WordClass::Cost]).is_empty();
    let names_a_turn = |words: &str| !words_in(words, &[WordClass::Turn]).is_empty();
    let names_it = name.is_some_and(|name| plain(&claim.evidence.text).contains(name));
    match claim.kind.as_str() {
        "cause" => {
            let cause = claim.cause.as_ref()?;
            let is_linked = cause.claim.as_ref().is_some_and(|c| turns.contains(c));
            (is_linked || names_a_turn(&cause.text)).then_some(Basis::Stated)
        }
        "figure" => {
            let of = claim.count.as_ref()?.of.as_deref()?;
            match (costs(of), names_it) {
                (true, true) => Some(Basis::Named),
                (true, false) => Some(Basis::SameReport),
                _ => None,
            }
        }
        "statement" if costs(&claim.evidence.text) => {
            if names_a_turn(&claim.evidence.text) {
                Some(Basis::Stated)
            } else if names_it {
                Some(Basis::Named)
            } else {
                Some(Basis::SameReport)
            }
        }
        _ => None,
    }
}
