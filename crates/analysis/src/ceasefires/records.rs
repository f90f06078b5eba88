//! The records that are passed in, found by their ids.

use std::collections::BTreeMap;

use model::{ClaimId, DocumentId, Incident, IncidentId};

use super::saying::Saying;
use crate::Told;

/// Claims and incidents by id, and the incident of each claim.
#[derive(Debug)]
pub(super) struct Records<'a> {
    pub told: BTreeMap<&'a ClaimId, &'a Told<'a>>,
    pub incidents: BTreeMap<&'a IncidentId, &'a Incident>,
    pub incident_of: BTreeMap<&'a ClaimId, &'a Incident>,
}

impl<'a> Records<'a> {
    pub fn of(told: &'a [Told<'a>], incidents: &'a [Incident]) -> Self {
        let claims = |i: &'a Incident| i.accounts.iter().flat_map(|a| &a.claims).map(move |c| (c, i));
        Self {
            told: told.iter().map(|t| (&t.claim.id, t)).collect(),
            incidents: incidents.iter().map(|i| (&i.id, i)).collect(),
            incident_of: incidents.iter().flat_map(claims).collect(),
        }
    }

    pub fn document(&self, claim: &ClaimId) -> Option<&'a DocumentId> {
        self.told.get(claim).map(|t| &t.claim.document)
    }

    /// Whether an incident is told by more than claims that a ceasefire was broken.
    pub fn tells_more(&self, incident: &Incident) -> bool {
        let claims = incident.accounts.iter().flat_map(|a| &a.claims);
        claims.filter_map(|c| self.told.get(c)).any(|t| t.claim.terms.is_none())
    }

    /// Whether a report that says something of a ceasefire tells of the incident too.
    pub fn share_report(&self, saying: &Saying, incident: &Incident) -> bool {
        incident.accounts.iter().flat_map(|a| &a.claims).any(|c| self.document(c) == Some(saying.document()))
    }
}
