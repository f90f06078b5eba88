//! Which claims a brief cites, numbered in the order in which they are first referred to.

use std::collections::BTreeMap;

use analysis::series::CountedId;
use model::{ClaimId, IncidentId};

use crate::paper::{Note, Source};

/// Most claims that are cited for one statement of one voice.
const OF_ONE: usize = 2;

/// The notes so far.
#[derive(Default)]
pub(super) struct Notes {
    order: Vec<(ClaimId, Vec<String>)>,
    numbers: BTreeMap<(ClaimId, Vec<String>), usize>,
}

impl Notes {
    /// The number of the note on a claim.
    pub fn cite(&mut self, claim: &ClaimId) -> usize {
        self.number(claim.clone(), Vec::new())
    }

    /// The numbers of the notes on the first of these claims.
    pub fn cite_all<'a>(&mut self, claims: impl IntoIterator<Item = &'a ClaimId>) -> Vec<usize> {
        claims.into_iter().take(OF_ONE).map(|claim| self.cite(claim)).collect()
    }

    /// The number of the note on what is counted: it quotes the first, and names the others.
    pub fn counted(&mut self, ids: &[CountedId], behind: &BTreeMap<IncidentId, Vec<ClaimId>>) -> Option<usize> {
        let claim = |id: &CountedId| match id {
            CountedId::Claim(claim) => Some(claim.clone()),
            CountedId::Incident(incident) => behind.get(incident)?.first().cloned(),
        };
        let (at, first) = ids.iter().enumerate().find_map(|(at, id)| Some((at, claim(id)?)))?;
        let others = ids.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, id)| id.to_string()).collect();
        Some(self.number(first, others))
    }

    /// The notes, with where their claims stand.
    pub fn finish(self, sources: &BTreeMap<ClaimId, Source>) -> Vec<Note> {
        let note =
            |(claim, counted): (ClaimId, Vec<String>)| Note { source: sources.get(&claim).cloned(), claim, counted };
        self.order.into_iter().map(note).collect()
    }

    fn number(&mut self, claim: ClaimId, counted: Vec<String>) -> usize {
        let order = &mut self.order;
        *self.numbers.entry((claim, counted)).or_insert_with_key(|key| {
            order.push(key.clone());
            order.len()
        })
    }
}
