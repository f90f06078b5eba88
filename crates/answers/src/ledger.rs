//! What is kept of every incident while a lake is asked many questions: each in brief, and as it is counted.
//!
//! It is made in one pass over the claims. A claim waits until all of its incident's have come, and reports come by date, so
//! that few wait at a time.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::panic::resume_unwind;
use std::sync::{Arc, PoisonError};

use analysis::Told;
use analysis::changes::Dispute;
use analysis::publishers::Publishers;
use analysis::series::{Counted, NotCounted};
use model::record::ClaimRecord;
use model::{ClaimId, DocumentId, Incident, IncidentId};

use crate::cycles::threads;
use crate::{Accounts, AnswerError, Brief, Desk, Known, Weighing};

/// More incidents than these are not asked for one by one: all claims are passed over instead.
const ONE_BY_ONE: usize = 20_000;

/// Fewer groups than these are not worth a thread.
const FEWEST_EACH: usize = 500;

/// What is kept of an incident.
#[derive(Debug)]
pub struct Entry {
    /// In brief.
    pub brief: Brief,
    /// What reports tell of it, rows of data sets left out; `None` where only rows do.
    pub(crate) own: Option<Own>,
    /// What it was made from: another value where a claim came in, or was read again.
    stamp: u64,
}

/// An incident as it is counted from reports alone.
#[derive(Clone, Debug)]
pub(crate) struct Own {
    /// The row, or why there is none.
    pub counted: Result<Arc<Counted>, NotCounted>,
    /// Who denies it, where somebody involved does.
    pub dispute: Option<Dispute>,
    /// The document of each of its claims.
    pub documents: Box<[DocumentId]>,
}

impl Own {
    /// An incident of reports with the claims that it was made of.
    fn of(id: &IncidentId, told: &[Told]) -> Self {
        Self::accounted(&analysis::incidents::account(id.clone(), told, &Known::of(told)), told)
    }

    /// The same where the account is made already.
    pub fn accounted(incident: &Incident, told: &[Told]) -> Self {
        let facts = Known::of(told);
        Self {
            counted: Counted::of_incident(incident, told, &facts).map(Arc::new),
            dispute: Dispute::of(incident, told, &facts),
            documents: told.iter().map(|t| t.claim.document.clone()).collect(),
        }
    }
}

impl Entry {
    fn of(accounts: &Accounts, id: &IncidentId, claims: &[ClaimId], stamp: u64) -> Self {
        let told = accounts.told(claims);
        let incident = accounts.incident(id, claims);
        let brief = Brief::of(&incident, &told);
        let all = told.len();
        let own: Vec<Told> = told.into_iter().filter(|t| t.claim.row.is_none()).collect();
        let own = match own.len() {
            0 => None,
            // Reports alone tell of it.
            n if n == all => Some(Own::accounted(&incident, &own)),
            _ => Some(Own::of(id, &own)),
        };
        Self { brief, own, stamp }
    }
}

/// Every incident of a desk, in the order of the weighing's groups; those that stand as `before` had them are taken from there.
pub(crate) fn entries(desk: &Desk, before: &HashMap<IncidentId, Arc<Entry>>) -> Result<Vec<Arc<Entry>>, AnswerError> {
    let weighing = desk.weighing()?;
    // What somebody decided about may say something else by now.
    let decided: BTreeSet<String> =
        desk.handle.block_on(desk.view().decisions())?.into_iter().map(|d| d.target).collect();
    let touched = |claims: &[ClaimId]| claims.iter().any(|c| decided.contains(c.as_str()));
    let mut entries: Vec<Option<Arc<Entry>>> = Vec::with_capacity(weighing.groups.len());
    let mut missing = Vec::new();
    for (at, (id, claims)) in weighing.groups.iter().enumerate() {
        let known = before.get(id).filter(|entry| entry.stamp == weighing.stamps[at] && !touched(claims));
        if known.is_none() {
            missing.push(at);
        }
        entries.push(known.cloned());
    }
    if missing.len() > ONE_BY_ONE {
        pass_over(desk, weighing, &missing, &mut |accounts, groups| {
            keep(&mut entries, made(weighing, accounts, groups));
        })?;
        // A claim that another process added while it was weighed is not among those passed over: its incident is made of the rest.
        missing.retain(|&at| entries[at].is_none());
    }
    for groups in weighing.portions(&missing) {
        keep(&mut entries, made(weighing, &Accounts::of(desk, groups)?, groups));
    }
    Ok(entries.into_iter().flatten().collect())
}

fn keep(entries: &mut [Option<Arc<Entry>>], made: Vec<(usize, Entry)>) {
    for (at, entry) in made {
        entries[at] = Some(Arc::new(entry));
    }
}

/// The entries of some groups, made on all cores.
fn made(weighing: &Weighing, accounts: &Accounts, groups: &[usize]) -> Vec<(usize, Entry)> {
    let of = |&at: &usize| {
        let (id, claims) = &weighing.groups[at];
        (at, Entry::of(accounts, id, claims, weighing.stamps[at]))
    };
    let threads = threads().min(groups.len() / FEWEST_EACH);
    if threads < 2 {
        return groups.iter().map(of).collect();
    }
    std::thread::scope(|scope| {
        let each = groups.chunks(groups.len().div_ceil(threads));
        let parts: Vec<_> = each.map(|part| scope.spawn(move || part.iter().map(of).collect::<Vec<_>>())).collect();
        let made = |part: std::thread::ScopedJoinHandle<'_, Vec<_>>| part.join().unwrap_or_else(|e| resume_unwind(e));
        parts.into_iter().flat_map(made).collect()
    })
}

/// Gives each of these groups out with its claims, as soon as all of them have come by.
fn pass_over(
    desk: &Desk,
    weighing: &Weighing,
    groups: &[usize],
    keep: &mut impl FnMut(&Accounts, &[usize]),
) -> Result<(), AnswerError> {
    learn_wires(desk, weighing)?;
    let wanted: HashSet<usize> = groups.iter().copied().collect();
    let mut waiting: HashMap<usize, Vec<(ClaimRecord, Option<String>)>> = HashMap::new();
    let events = lake::Filter { kind: Some("event".to_owned()), ..lake::Filter::default() };
    let mut answer = desk.handle.block_on(desk.view().unordered(&events))?;
    while let Some(told) = desk.handle.block_on(answer.told())? {
        let mut whole = Vec::new();
        for (claim, publisher) in told {
            let Some(&at) = weighing.of.get(&claim.id).filter(|at| wanted.contains(at)) else { continue };
            let claims = waiting.entry(at).or_default();
            claims.push((claim, publisher));
            if claims.len() == weighing.groups[at].1.len() {
                whole.push(at);
            }
        }
        let claims = whole.iter().filter_map(|at| waiting.remove(at)).flatten();
        keep(&Accounts::of_claims(desk, claims)?, &whole);
    }
    Ok(())
}

/// Looks through all reports for the agencies that they say they relay, of which that is not known yet.
fn learn_wires(desk: &Desk, weighing: &Weighing) -> Result<(), AnswerError> {
    let wires = || weighing.wires.lock().unwrap_or_else(PoisonError::into_inner);
    let reports = desk.reports()?.iter().filter(|r| r.dataset.is_none());
    let missing: Vec<String> = {
        let known = wires();
        reports.map(|r| r.id.to_string()).filter(|id| !known.contains_key(id)).collect()
    };
    desk.handle.block_on(desk.view().each_text(&missing, |id, text| {
        let wire = Publishers::embedded().relayed_wire(text);
        wires().insert(id.to_owned(), wire.map(|wire| wire.name.as_str().to_owned()));
    }))?;
    Ok(())
}
