//! The claims of some incidents fetched from the lake, and the accounts made of them.

use std::collections::{BTreeSet, HashMap};
use std::sync::PoisonError;

use analysis::incidents::independence::Told;
use analysis::incidents::{Corpus, PublisherFacts, account};
use analysis::publishers::Publishers;
use jiff::civil::Date;
use lake::{Filter, View};
use model::record::ClaimRecord;
use model::{ClaimId, DocumentId, Incident, IncidentId, PartyId};
use tokio::runtime::Handle;

use crate::{AnswerError, Desk, Weighing};

/// The claims of some incidents, each with what its document says of where it comes from.
pub struct Accounts {
    claims: HashMap<ClaimId, (ClaimRecord, Option<String>)>,
    originals: HashMap<DocumentId, DocumentId>,
}

impl Accounts {
    /// Fetches what belongs to the groups at these positions.
    pub fn fetch(handle: &Handle, view: &View, weighing: &Weighing, groups: &[usize]) -> Result<Self, AnswerError> {
        let ids = groups.iter().flat_map(|&at| &weighing.groups[at].1).map(ToString::to_string).collect();
        let mut claims = Vec::new();
        let mut answer = handle.block_on(view.unordered(&Filter { ids, ..Filter::default() }))?;
        while let Some(told) = handle.block_on(answer.told())? {
            claims.extend(told);
        }
        Self::whole(handle, view, weighing, claims)
    }

    fn whole(
        handle: &Handle,
        view: &View,
        weighing: &Weighing,
        claims: impl IntoIterator<Item = (ClaimRecord, Option<String>)>,
    ) -> Result<Self, AnswerError> {
        let claims = claims.into_iter().map(|(claim, publisher)| (claim.id.clone(), (claim, publisher)));
        let mut claims: HashMap<ClaimId, (ClaimRecord, Option<String>)> = claims.collect();
        relayed(handle, view, weighing, &mut claims)?;
        let mut originals = HashMap::new();
        for (claim, _) in claims.values() {
            if let Some(original) = weighing.copies.get(claim.document.as_str()) {
                originals.insert(claim.document.clone(), DocumentId::try_from(original.clone())?);
            }
        }
        Ok(Self { claims, originals })
    }

    /// The same of a desk, without what it withholds.
    pub fn of(desk: &Desk, groups: &[usize]) -> Result<Self, AnswerError> {
        Self::fetch(desk.handle(), desk.view(), desk.weighing()?, groups)?.with_care(desk)
    }

    /// The accounts of claims that were fetched, each with the publisher of its document, without what the desk withholds.
    pub(crate) fn of_claims(
        desk: &Desk,
        claims: impl IntoIterator<Item = (ClaimRecord, Option<String>)>,
    ) -> Result<Self, AnswerError> {
        Self::whole(desk.handle(), desk.view(), desk.weighing()?, claims)?.with_care(desk)
    }

    fn with_care(mut self, desk: &Desk) -> Result<Self, AnswerError> {
        if let Some(care) = desk.care()? {
            self.claims.values_mut().for_each(|(claim, _)| care.claim(claim));
        }
        Ok(self)
    }

    /// A claim.
    pub fn claim(&self, id: &ClaimId) -> Option<&ClaimRecord> {
        self.claims.get(id).map(|(claim, _)| claim)
    }

    /// The publication of a claim's document.
    pub fn publisher(&self, id: &ClaimId) -> Option<&str> {
        self.claims.get(id)?.1.as_deref()
    }

    /// A group's claims, each with where it comes from.
    pub fn told(&self, group: &[ClaimId]) -> Vec<Told<'_>> {
        group
            .iter()
            .filter_map(|claim| self.claims.get(claim))
            .map(|(claim, publisher)| Told {
                claim,
                publisher: publisher.as_deref(),
                copy_of: self.originals.get(&claim.document),
            })
            .collect()
    }

    /// The claims in the form in which they are weighed.
    pub fn corpus(&self) -> Corpus {
        let mut corpus = Corpus::default();
        let mut claims: Vec<&ClaimRecord> = self.claims.values().map(|(claim, _)| claim).collect();
        claims.sort_unstable_by(|a, b| a.id.cmp(&b.id));
        for claim in claims {
            corpus.add(claim, self.originals.get(&claim.document));
        }
        corpus
    }

    /// The incident that a group's claims make.
    pub fn incident(&self, id: &IncidentId, group: &[ClaimId]) -> Incident {
        let told = self.told(group);
        account(id.clone(), &told, &Known::of(&told))
    }
}

/// A report that says it relays an agency is the agency's.
fn relayed(
    handle: &Handle,
    view: &View,
    weighing: &Weighing,
    claims: &mut HashMap<ClaimId, (ClaimRecord, Option<String>)>,
) -> Result<(), AnswerError> {
    let read = claims.values().filter(|(c, _)| c.row.is_none()).map(|(c, _)| c.document.to_string());
    let documents: BTreeSet<String> = read.collect();
    let known = || weighing.wires.lock().unwrap_or_else(PoisonError::into_inner);
    let missing: Vec<String> = {
        let known = known();
        documents.into_iter().filter(|id| !known.contains_key(id)).collect()
    };
    if !missing.is_empty() {
        let texts = handle.block_on(view.texts(&missing))?;
        let mut known = known();
        for id in missing {
            let wire = texts.get(&id).and_then(|text| Publishers::embedded().relayed_wire(text));
            known.insert(id, wire.map(|wire| wire.name.as_str().to_owned()));
        }
    }
    let known = known();
    for (claim, publisher) in claims.values_mut() {
        if let Some(Some(wire)) = known.get(claim.document.as_str()) {
            *publisher = Some(wire.clone());
        }
    }
    Ok(())
}

/// The table of publishers, asked as of a day.
pub struct Known<'a> {
    publishers: &'a Publishers,
    on: Option<Date>,
}

impl Known<'static> {
    /// The table that comes along, asked who owned what as of the last report: an incident is told within days or weeks.
    pub fn of(told: &[Told]) -> Self {
        let on = told.iter().filter_map(|t| t.claim.published).map(model::When::date).max();
        Self { publishers: Publishers::embedded(), on }
    }
}

impl PublisherFacts for Known<'_> {
    fn publication(&self, name: &str) -> Option<String> {
        self.publishers.find(Some(name), None, self.on).map(|p| p.id.as_str().to_owned())
    }

    fn owner(&self, publisher: &str) -> Option<String> {
        let found = self.publishers.find(Some(publisher), None, self.on)?;
        // What one state controls speaks with one voice, whoever owns it on paper.
        if let Some(state) = self.publishers.states_of(&found.id, self.on).first() {
            return Some(format!("state of {state}"));
        }
        Some(self.publishers.owner_root(&found.id, self.on).as_str().to_owned())
    }

    fn party(&self, publisher: &str) -> Option<PartyId> {
        let found = self.publishers.find(Some(publisher), None, self.on)?;
        self.publishers.speaks_for_at(&found.id, self.on).cloned()
    }

    fn is_wire(&self, publisher: &str) -> bool {
        self.publishers.find(Some(publisher), None, self.on).is_some_and(|p| self.publishers.is_wire(&p.id))
    }
}
