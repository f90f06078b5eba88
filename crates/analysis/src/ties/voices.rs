//! Who says it: one voice for each party, publication in its own words, or named source, and since when it says so.
//!
//! Parties speak with one voice by their whole (`PAK.MIL` and `PAK.GOV` are Pakistan's). An unnamed source is one voice
//! within a report and another in the next, since nobody knows whether it spoke twice. Near-copies add neither claims nor
//! publishers.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use model::{Attitude, ClaimId, DocumentId, PartyId, When};
use serde::Serialize;

use super::party::{Key, plain};
use crate::incidents::PublisherFacts;
use crate::incidents::account::label;
use crate::incidents::independence::Told;

/// One claimant with what it says in one direction: that a tie is, that it is not, that it is over.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Voice {
    /// Who speaks, by name.
    pub who: String,
    /// The party that speaks, or for which the publication speaks.
    pub party: Option<Key>,
    /// Ids of the parts that spoke, where parties spoke.
    pub spoke_as: Vec<String>,
    /// Whether it is a publication in its own voice.
    pub own_voice: bool,
    /// What it does with the tie, each attitude once.
    pub attitudes: Vec<Attitude>,
    /// First day on which it was published; `None` where no report is dated.
    pub first_said: Option<Date>,
    /// Last day. Long silence ends nothing: the reader judges.
    pub last_said: Option<Date>,
    /// Whether this is still what it said last; one that later said otherwise does not stand by it.
    pub stands: bool,
    /// Why it may have an interest; `None` where nothing shows one.
    pub interest: Option<Interest>,
    /// Publications that carry it.
    pub publishers: Vec<String>,
    /// The claims, in the order in which they were published.
    pub claims: Vec<ClaimId>,
}

/// Why a claimant may have an interest in what is believed of a tie.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Interest {
    /// It is an end of the tie, or speaks for one.
    Party,
    /// It is told to fight, or to be at odds with, an end of the tie.
    Opponent {
        /// The end, by name.
        of: String,
        /// Claims that say so, the earliest first, five at most.
        shown_by: Vec<ClaimId>,
    },
}

/// What tells voices apart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Speaker {
    Party(Key),
    Named(String),
    Publication(String),
    /// An unnamed source of a report, by its words.
    Unnamed(DocumentId, String),
}

impl Speaker {
    /// Who speaks in a claim.
    pub(super) fn of(told: &Told, facts: &dyn PublisherFacts) -> Self {
        let claim = told.claim;
        if let Some(party) = &claim.asserter {
            return match (Key::of(party), party.proper_name()) {
                (Some(key), _) => Self::Party(key),
                (None, Some(name)) => Self::Named(plain(name)),
                (None, None) => {
                    Self::Unnamed(claim.document.clone(), party.mention.as_deref().map(plain).unwrap_or_default())
                }
            };
        }
        match told.publisher {
            Some(name) if told.is_own_voice() => {
                Self::Publication(facts.publication(name).unwrap_or_else(|| plain(name)))
            }
            _ => Self::Unnamed(claim.document.clone(), String::new()),
        }
    }

    /// The party that speaks, or for which the publication speaks.
    pub(super) fn party(&self, told: &Told, facts: &dyn PublisherFacts) -> Option<Key> {
        match self {
            Self::Party(key) => Some(key.clone()),
            Self::Publication(_) => told.publisher.and_then(|name| facts.party(name)).map(|id| Key::of_id(&id)),
            _ => None,
        }
    }
}

/// A voice of one speaker's claims, in the order in which they were published; `name` is the party's, where one speaks.
pub(super) fn voice(claims: &[&Told], name: Option<String>, stands: bool, facts: &dyn PublisherFacts) -> Voice {
    let first = claims[0];
    let days: BTreeSet<Date> = claims.iter().filter_map(|t| published(t)).collect();
    let parties = || claims.iter().filter_map(|t| t.claim.asserter.as_ref());
    let spoke_as: BTreeSet<&PartyId> = parties().filter_map(|p| p.id.as_ref()).collect();
    let attitudes: BTreeSet<Attitude> = claims.iter().map(|t| t.claim.attitude).collect();
    let publishers: BTreeSet<&str> = claims.iter().filter_map(|t| t.publisher).collect();
    Voice {
        who: name.unwrap_or_else(|| label(first)),
        party: Speaker::of(first, facts).party(first, facts),
        spoke_as: spoke_as.into_iter().map(ToString::to_string).collect(),
        own_voice: first.is_own_voice(),
        attitudes: attitudes.into_iter().collect(),
        first_said: days.first().copied(),
        last_said: days.last().copied(),
        stands,
        interest: None,
        publishers: publishers.into_iter().map(str::to_owned).collect(),
        claims: claims.iter().map(|t| t.claim.id.clone()).collect(),
    }
}

/// The day on which a claim was published.
pub(super) fn published(told: &Told) -> Option<Date> {
    told.claim.published.map(When::date)
}

/// Claims in the order of publication and id, each once, those of near-copies left out; of copies whose original is not
/// there, the one with the lowest id stands in for it.
pub(super) fn originals<'a, 'b>(told: &'b [Told<'a>]) -> Vec<&'b Told<'a>> {
    let documents: BTreeSet<&DocumentId> =
        told.iter().filter(|t| t.copy_of.is_none()).map(|t| &t.claim.document).collect();
    let mut stand_ins: BTreeMap<&DocumentId, &DocumentId> = BTreeMap::new();
    for t in told {
        if let Some(original) = t.copy_of {
            let lowest = stand_ins.entry(original).or_insert(&t.claim.document);
            *lowest = (*lowest).min(&t.claim.document);
        }
    }
    let counts = |t: &&Told| match t.copy_of {
        None => true,
        Some(original) => !documents.contains(original) && stand_ins.get(original) == Some(&&t.claim.document),
    };
    let mut kept: Vec<&Told> = told.iter().filter(counts).collect();
    kept.sort_by(|a, b| (published(a), &a.claim.id).cmp(&(published(b), &b.claim.id)));
    kept.dedup_by(|a, b| a.claim.id == b.claim.id);
    kept
}
