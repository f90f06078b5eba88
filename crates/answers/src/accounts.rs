//! The claims of some incidents fetched from the lake, and the accounts made of them.

use std::collections::{BTreeSet, HashMap};
use std::sync::PoisonError;

use analysis::incidents::independence::Told;
use analysis::incidents::{PublisherFacts, account};
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
        let mut claims = HashMap::new();
        let mut answer = handle.block_on(view.unordered(&Filter { ids, ..Filter::default() }))?;
        while let Some(told) = handle.block_on(answer.told())? {
            claims.extend(told.into_iter().map(|(claim, publisher)| (claim.id.clone(), (claim, publisher))));
        }
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
        let mut accounts = Self::fetch(desk.handle(), desk.view(), desk.weighing()?, groups)?;
        if let Some(care) = desk.care()? {
            accounts.claims.values_mut().for_each(|(claim, _)| care.claim(claim));
        }
        Ok(accounts)
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
    let texts = handle.block_on(view.texts(&missing))?;
    let mut known = known();
    for id in missing {
        let wire = texts.get(&id).and_then(|text| Publishers::embedded().relayed_wire(text));
        known.insert(id, wire.map(|wire| wire.name.as_str().to_owned()));
    }
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
