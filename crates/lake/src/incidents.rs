//! Which claims are of one incident: what a weighing found is added, the last that was said of a claim holds.
//!
//! The table `memberships` has two kinds of row: a claim's membership of an incident, and an alias, the id under which
//! an incident was known before it was joined to another or split from one. How claims are weighed is not known here.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use model::{ClaimId, IncidentId};

use crate::ask::View;
use crate::decisions::{self, Groupings};
use crate::error::LakeError;
use crate::moment::Moment;
use crate::rows::{DecisionRow, MembershipRow, from_batch};
use crate::schema::Table;
use crate::session::rows;
use crate::store::Lake;
use crate::write::{append, properties};

/// What was decided or read again in this time before a weighing was kept may not have been seen by it.
const UNSURE_SECONDS: i64 = 600;

/// What the lake knows of incidents.
#[derive(Clone, Debug, Default)]
pub struct Memberships {
    /// The incident of each claim that was ever weighed, and the first of the claims that were weighed together with it.
    pub of: HashMap<ClaimId, (IncidentId, ClaimId)>,
    /// Ids under which incidents were known, and what these are called now.
    pub aliases: HashMap<IncidentId, IncidentId>,
    /// Until when all is surely taken in: some minutes before the last of this was found, since what was weighed was
    /// looked at before that. `None` where nothing was ever weighed.
    pub last: Option<Moment>,
    /// What weighed last, as it calls itself.
    pub weigher: Option<String>,
    /// What people had decided by then.
    pub groupings: Groupings,
}

impl Memberships {
    /// The groups in their parts, as the last weighing left them.
    pub fn parts(&self) -> Vec<Vec<Vec<ClaimId>>> {
        let mut parts: BTreeMap<&ClaimId, BTreeMap<&IncidentId, Vec<ClaimId>>> = BTreeMap::new();
        for (claim, (incident, part)) in &self.of {
            parts.entry(part).or_default().entry(incident).or_default().push(claim.clone());
        }
        let sorted = |mut claims: Vec<ClaimId>| {
            claims.sort_unstable();
            claims
        };
        parts.into_values().map(|groups| groups.into_values().map(sorted).collect()).collect()
    }

    /// The id that an incident has now.
    pub fn current<'a>(&'a self, id: &'a IncidentId) -> &'a IncidentId {
        let mut id = id;
        // An alias of an alias; never more of them than there are aliases.
        for _ in 0..self.aliases.len() {
            match self.aliases.get(id) {
                Some(next) if next != id => id = next,
                _ => break,
            }
        }
        id
    }
}

/// What a weighing changes.
#[derive(Clone, Debug, Default)]
pub struct Weighed {
    /// Claims whose incident or part is new or another than before: claim, incident, first claim of the part.
    pub members: Vec<(ClaimId, IncidentId, ClaimId)>,
    /// Old id, the id that holds its claims now, why.
    pub aliases: Vec<(IncidentId, IncidentId, String)>,
}

impl Weighed {
    /// Whether it changes nothing.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty() && self.aliases.is_empty()
    }
}

impl View {
    /// The memberships that had been found by then.
    pub async fn memberships(&self) -> Result<Memberships, LakeError> {
        let mut known = Memberships::default();
        for batch in rows(&self.session, "SELECT * FROM memberships_told ORDER BY recorded, claim, incident").await? {
            for row in from_batch::<MembershipRow>(&batch)? {
                let stored = |e: &dyn std::fmt::Display| LakeError::stored("the memberships of incidents", &e);
                let claim_id = |id: String| ClaimId::try_from(id).map_err(|e| stored(&e));
                let incident = IncidentId::try_from(row.incident).map_err(|e| stored(&e))?;
                known.last = known.last.max(Some(row.recorded));
                if let Some(claim) = row.claim {
                    let claim = claim_id(claim)?;
                    let part = row.part.map_or_else(|| Ok(claim.clone()), claim_id)?;
                    known.of.insert(claim, (incident, part));
                    known.weigher = row.weigher.or(known.weigher);
                } else if let Some(alias) = row.alias {
                    known.aliases.insert(IncidentId::try_from(alias).map_err(|e| stored(&e))?, incident);
                }
            }
        }
        known.last = known.last.map(|last| last.plus_seconds(-UNSURE_SECONDS));
        let mut decisions = decisions::all(&self.session).await?;
        decisions.retain(|d| known.last.is_some_and(|last| d.recorded <= last));
        known.groupings = decisions::groupings(&decisions)?;
        Ok(known)
    }

    /// What people have decided by then, in order.
    pub async fn decisions(&self) -> Result<Vec<DecisionRow>, LakeError> {
        decisions::all(&self.session).await
    }

    /// What people have decided about incidents by then.
    pub async fn groupings(&self) -> Result<Groupings, LakeError> {
        decisions::groupings(&self.decisions().await?)
    }
}

impl Lake {
    /// Keeps what a weighing found, by the weigher of this name, in one commit. False if another process was quicker: then it is to be weighed anew.
    pub async fn keep_weighed(&mut self, weighed: &Weighed, by: &str, clock: Timestamp) -> Result<bool, LakeError> {
        if weighed.is_empty() {
            return Ok(true);
        }
        self.address().require_conditional_put().await?;
        let recorded = Moment::at(clock);
        let aliases = weighed.aliases.iter().map(|(old, new, why)| MembershipRow {
            incident: new.to_string(),
            claim: None,
            part: None,
            weigher: None,
            alias: Some(old.to_string()),
            why: Some(why.clone()),
            recorded,
        });
        let members = weighed.members.iter().map(|(claim, incident, part)| MembershipRow {
            incident: incident.to_string(),
            claim: Some(claim.to_string()),
            part: Some(part.to_string()),
            weigher: Some(by.to_owned()),
            alias: None,
            why: None,
            recorded,
        });
        let rows: Vec<MembershipRow> = aliases.chain(members).collect();
        let kept = append(self, Table::Memberships, &rows, properties()).await?;
        if !kept {
            self.refresh().await?;
        }
        Ok(kept)
    }
}
