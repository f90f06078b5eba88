//! A lake as it shows itself as of a time, for any number of questions: what was weighed and fetched once is kept.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use analysis::Report;
use analysis::publishers::Publishers;
use jiff::civil::Date;
use lake::{AsOf, Lake, View};
use model::{DocumentId, IncidentId, When};
use tokio::runtime::Handle;

use crate::care::Care;
use crate::ledger::{self, Entry};
use crate::{AnswerError, Brief, Weighing, weigh};

/// A lake, asked as of a time.
pub struct Desk {
    pub(crate) handle: Handle,
    lake: Mutex<Lake>,
    as_of: AsOf,
    view: View,
    weighing: OnceLock<Weighing>,
    reports: OnceLock<Vec<Report>>,
    originals: OnceLock<HashMap<DocumentId, DocumentId>>,
    entries: OnceLock<Vec<Arc<Entry>>>,
    at: OnceLock<HashMap<IncidentId, usize>>,
    ranks: OnceLock<Vec<u32>>,
    publications: OnceLock<BTreeSet<String>>,
    entering: Mutex<()>,
    care: OnceLock<Care>,
}

impl Desk {
    /// The state that a lake was opened or refreshed in, as of then.
    pub fn new(handle: Handle, lake: Lake, as_of: AsOf) -> Result<Self, AnswerError> {
        let view = handle.block_on(lake.view(&as_of))?;
        Ok(Self {
            handle,
            lake: Mutex::new(lake),
            as_of,
            view,
            weighing: OnceLock::new(),
            reports: OnceLock::new(),
            originals: OnceLock::new(),
            entries: OnceLock::new(),
            at: OnceLock::new(),
            ranks: OnceLock::new(),
            publications: OnceLock::new(),
            entering: Mutex::new(()),
            care: OnceLock::new(),
        })
    }

    /// The runtime that it waits on.
    pub fn handle(&self) -> &Handle {
        &self.handle
    }

    /// As of when it is asked.
    pub fn as_of(&self) -> &AsOf {
        &self.as_of
    }

    /// What it shows, for questions of one's own.
    pub fn view(&self) -> &View {
        &self.view
    }

    /// Its claims, put into incidents; the ids of these are kept in the lake where it is asked as of now.
    pub fn weighing(&self) -> Result<&Weighing, AnswerError> {
        if let Some(weighing) = self.weighing.get() {
            return Ok(weighing);
        }
        let mut lake = self.locked();
        // Whoever waited for the lake meanwhile finds it weighed.
        if let Some(weighing) = self.weighing.get() {
            return Ok(weighing);
        }
        let weighing = weigh(&self.handle, &mut lake, &self.as_of)?;
        Ok(self.weighing.get_or_init(|| weighing))
    }

    /// Every incident, in the order of the weighing's groups.
    pub fn entries(&self) -> Result<&[Arc<Entry>], AnswerError> {
        if let Some(entries) = self.entries.get() {
            return Ok(entries);
        }
        self.entered(&HashMap::new())
    }

    /// Every incident, once; those that stand as `known` has them are taken from there.
    fn entered(&self, known: &HashMap<IncidentId, Arc<Entry>>) -> Result<&[Arc<Entry>], AnswerError> {
        let _alone = self.entering.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(entries) = self.entries.get() {
            return Ok(entries);
        }
        let entries = ledger::entries(self, known)?;
        Ok(self.entries.get_or_init(|| entries))
    }

    /// Does what answers would else have to wait for, taking from an earlier desk what stands as it was there.
    pub fn prepare(&self, before: Option<&Desk>) -> Result<(), AnswerError> {
        let mut known = HashMap::new();
        if let Some(before) = before {
            let entries = before.entries.get().into_iter().flatten();
            known.extend(entries.map(|entry| (entry.brief.id.clone(), Arc::clone(entry))));
            if let Some(weighing) = before.weighing.get() {
                let wires = weighing.wires.lock().unwrap_or_else(PoisonError::into_inner).clone();
                *self.weighing()?.wires.lock().unwrap_or_else(PoisonError::into_inner) = wires;
            }
        }
        self.reports()?;
        self.originals()?;
        self.entered(&known)?;
        self.ranks()?;
        self.publications()?;
        Ok(())
    }

    /// Of each of the weighing's groups, where its incident stands in the order of all ids.
    pub(crate) fn ranks(&self) -> Result<&[u32], AnswerError> {
        let groups = &self.weighing()?.groups;
        Ok(self.ranks.get_or_init(|| {
            let mut order: Vec<u32> = (0..u32::try_from(groups.len()).unwrap_or(u32::MAX)).collect();
            order.sort_unstable_by_key(|&at| &groups[at as usize].0);
            let mut ranks = vec![0; groups.len()];
            for (rank, at) in (0..).zip(order) {
                ranks[at as usize] = rank;
            }
            ranks
        }))
    }

    /// Ids of the publications of which a report is there.
    pub(crate) fn publications(&self) -> Result<&BTreeSet<String>, AnswerError> {
        let reports = self.reports()?;
        Ok(self.publications.get_or_init(|| {
            let publishers = Publishers::embedded();
            let found = reports.iter().filter_map(|r| publishers.find(r.publisher.as_deref(), None, r.published));
            found.map(|p| p.id.as_str().to_owned()).collect()
        }))
    }

    /// Every incident, where that was asked for before.
    pub(crate) fn known_entries(&self) -> Option<&[Arc<Entry>]> {
        self.entries.get().map(Vec::as_slice)
    }

    /// An incident in brief by its id, or an alias of it.
    pub fn brief(&self, id: &IncidentId) -> Result<Option<&Brief>, AnswerError> {
        let entries = self.entries()?;
        Ok(self.group(id)?.and_then(|at| entries.get(at)).map(|entry| &entry.brief))
    }

    /// Where the group of an incident stands in the weighing; the id may be an alias.
    pub fn group(&self, id: &IncidentId) -> Result<Option<usize>, AnswerError> {
        let weighing = self.weighing()?;
        let at =
            self.at.get_or_init(|| weighing.groups.iter().enumerate().map(|(at, (id, _))| (id.clone(), at)).collect());
        Ok(at.get(weighing.known.current(id)).copied())
    }

    /// Why the ids of incidents were not kept in the lake, where it was weighed and they were not.
    pub fn not_kept(&self) -> Option<&str> {
        self.weighing.get()?.not_kept.as_deref()
    }

    /// What is withheld of its claims, where it is asked for others than those on this machine.
    pub fn care(&self) -> Result<Option<&Care>, AnswerError> {
        if !self.as_of.open {
            return Ok(None);
        }
        if let Some(care) = self.care.get() {
            return Ok(Some(care));
        }
        let care = Care::of(&self.handle, &self.view)?;
        Ok(Some(self.care.get_or_init(|| care)))
    }

    /// How many rows of data sets are left out because their terms keep them from being shown to others.
    pub fn withheld_rows(&self) -> Result<usize, AnswerError> {
        if !self.as_of.open {
            return Ok(0);
        }
        let all = AsOf { open: false, ..self.as_of.clone() };
        let whole = self.handle.block_on(self.locked().view(&all))?;
        let count = |view: &View| self.handle.block_on(view.count(&lake::Filter::default()));
        Ok(count(&whole)?.saturating_sub(count(&self.view)?))
    }

    /// Every document as of then.
    pub fn reports(&self) -> Result<&[Report], AnswerError> {
        if let Some(reports) = self.reports.get() {
            return Ok(reports);
        }
        let reports = reports(&self.handle, &self.view)?;
        Ok(self.reports.get_or_init(|| reports))
    }

    /// Near-copies with their originals.
    pub fn originals(&self) -> Result<&HashMap<DocumentId, DocumentId>, AnswerError> {
        if let Some(originals) = self.originals.get() {
            return Ok(originals);
        }
        let copies: BTreeMap<String, String> = self.handle.block_on(self.view.copies())?.into_iter().collect();
        let pairs = copies.into_iter().map(|(copy, of)| Ok((DocumentId::try_from(copy)?, DocumentId::try_from(of)?)));
        let originals = pairs.collect::<Result<_, model::id::IdError>>()?;
        Ok(self.originals.get_or_init(|| originals))
    }

    /// The day as of which something is told: the one asked for, else the day of the last report or row, so that the same
    /// lake gives the same answer whenever it is asked.
    pub fn day(&self) -> Result<Option<Date>, AnswerError> {
        let last = self.reports()?.iter().filter_map(|r| r.published).max();
        Ok(self.as_of.published.map(When::date).or(last))
    }

    /// The day of the last report that was read, as of the day that is asked.
    pub fn last_report(&self) -> Result<Option<Date>, AnswerError> {
        let read = self.reports()?.iter().filter(|r| r.dataset.is_none()).filter_map(|r| r.published).max();
        Ok(read.into_iter().chain(self.as_of.published.map(When::date)).min())
    }

    /// The lake, in the state that is asked.
    pub fn lake(&self) -> Lake {
        self.locked().clone()
    }

    fn locked(&self) -> MutexGuard<'_, Lake> {
        // A snapshot is whole whatever became of whoever held it.
        self.lake.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn reports(handle: &Handle, view: &View) -> Result<Vec<Report>, AnswerError> {
    let rows = handle.block_on(view.reports())?;
    rows.into_iter()
        .map(|row| {
            Ok(Report {
                id: DocumentId::try_from(row.id)?,
                publisher: row.publisher,
                published: row.published.and_then(|p| p.parse::<When>().ok()).map(When::date),
                language: row.language,
                copy: row.copy_of.is_some(),
                dataset: row.dataset,
            })
        })
        .collect()
}
