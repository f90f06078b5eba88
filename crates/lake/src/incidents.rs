//! Which claims are of one incident: what a weighing found is added, the last that was said of a claim holds.
//!
//! The table `memberships` has two kinds of row: a claim's membership of an incident, and an alias, the id under which
//! an incident was known before it was joined to another or split from one. How claims are weighed is not known here.

use std::collections::{BTreeMap, HashMap};

use deltalake::arrow::array::{Array, ArrayRef, AsArray};
use deltalake::arrow::compute::cast;
use deltalake::arrow::datatypes::{DataType, Int64Type};
use deltalake::kernel::Transaction;
use jiff::Timestamp;
use model::{ClaimId, IncidentId};

use crate::ask::View;
use crate::boxed;
use crate::decisions::{self, Groupings};
use crate::error::LakeError;
use crate::moment::Moment;
use crate::rows::{DecisionRow, MembershipRow};
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

    /// The groups, each under the id that it has now, in no order.
    pub fn groups(&self) -> Vec<(IncidentId, Vec<ClaimId>)> {
        let mut places: HashMap<&IncidentId, usize> = HashMap::new();
        let mut groups: Vec<(IncidentId, Vec<ClaimId>)> = Vec::new();
        for (claim, (incident, _)) in &self.of {
            let id = self.current(incident);
            let place = *places.entry(id).or_insert_with(|| {
                groups.push((id.clone(), Vec::new()));
                groups.len() - 1
            });
            groups[place].1.push(claim.clone());
        }
        for (_, claims) in &mut groups {
            claims.sort_unstable();
        }
        groups
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
    #[boxed]
    pub async fn memberships(&self) -> Result<Memberships, LakeError> {
        let mut known = Memberships::default();
        let stored = |e: &dyn std::fmt::Display| LakeError::stored("the memberships of incidents", &e);
        let claim_id = |id: &str| ClaimId::try_from(id.to_owned()).map_err(|e| stored(&e));
        let incident_id = |id: &str| IncidentId::try_from(id.to_owned()).map_err(|e| stored(&e));
        // There is a row for every claim: column by column they are read in a fraction of the time that records take.
        let sql = "SELECT incident, claim, part, weigher, alias, arrow_cast(recorded, 'Int64') FROM memberships_told \
                   ORDER BY recorded, claim, incident";
        for batch in rows(&self.session, sql).await? {
            let texts: Vec<ArrayRef> = (0..5)
                .map(|at| cast(batch.column(at), &DataType::Utf8).map_err(|e| stored(&e)))
                .collect::<Result<_, LakeError>>()?;
            let text = |at: usize, row: usize| {
                let column = texts[at].as_string::<i32>();
                (!column.is_null(row)).then(|| column.value(row))
            };
            known.of.reserve(batch.num_rows());
            for (row, recorded) in batch.column(5).as_primitive::<Int64Type>().iter().enumerate() {
                let incident = incident_id(text(0, row).unwrap_or_default())?;
                known.last = known.last.max(recorded.map(Moment::of_microseconds));
                if let Some(claim) = text(1, row) {
                    let claim = claim_id(claim)?;
                    let part = text(2, row).map_or_else(|| Ok(claim.clone()), claim_id)?;
                    known.of.insert(claim, (incident, part));
                    if let Some(weigher) = text(3, row).filter(|w| known.weigher.as_deref() != Some(*w)) {
                        known.weigher = Some(weigher.to_owned());
                    }
                } else if let Some(alias) = text(4, row) {
                    known.aliases.insert(incident_id(alias)?, incident);
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
    #[boxed]
    pub async fn decisions(&self) -> Result<Vec<DecisionRow>, LakeError> {
        decisions::all(&self.session).await
    }

    /// What people have decided about incidents by then.
    #[boxed]
    pub async fn groupings(&self) -> Result<Groupings, LakeError> {
        decisions::groupings(&self.decisions().await?)
    }
}

impl Lake {
    /// Whether all that the lake holds in this state was before whoever weighed last: then there is nothing to weigh.
    #[boxed]
    pub async fn is_weighed(&self) -> Result<bool, LakeError> {
        let state = self.table(Table::Memberships);
        let read = |e| LakeError::storage("reading the log of memberships", &e);
        for table in weighed_tables() {
            let snapshot = state.snapshot().map_err(read)?;
            let seen = snapshot.transaction_version(state.log_store().as_ref(), seen(table)).await.map_err(read)?;
            if seen.is_none() || seen != version_of(self, table) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Keeps what a weighing of this state found, by the weigher of this name, in one commit. False if another process was
    /// quicker: then it is to be weighed anew.
    #[boxed]
    pub async fn keep_weighed(&mut self, weighed: &Weighed, by: &str, clock: Timestamp) -> Result<bool, LakeError> {
        if weighed.is_empty() && self.is_weighed().await? {
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
        let seen: Vec<Transaction> = weighed_tables()
            .filter_map(|table| Some(Transaction::new(seen(table), version_of(self, table)?)))
            .collect();
        let kept = append(self, Table::Memberships, &rows, properties().with_application_transactions(seen)).await?;
        if !kept {
            self.refresh().await?;
        }
        Ok(kept)
    }
}

/// The tables that a weighing looks at.
fn weighed_tables() -> impl Iterator<Item = Table> {
    Table::ALL.into_iter().filter(|table| *table != Table::Memberships)
}

/// The name under which the log of memberships says up to which commit of a table was weighed.
fn seen(table: Table) -> String {
    format!("weighed-{}", table.name())
}

fn version_of(lake: &Lake, table: Table) -> Option<i64> {
    lake.table(table).version().and_then(|version| i64::try_from(version).ok())
}
