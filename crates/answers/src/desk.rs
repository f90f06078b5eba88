//! A lake as it shows itself as of a time, for any number of questions: what was weighed and fetched once is kept.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use analysis::Report;
use jiff::civil::Date;
use lake::{AsOf, Lake, View};
use model::{DocumentId, IncidentId, When};
use tokio::runtime::Handle;

use crate::brief::{self, Brief};
use crate::care::Care;
use crate::{AnswerError, Weighing, weigh};

/// A lake, asked as of a time.
pub struct Desk {
    pub(crate) handle: Handle,
    lake: Mutex<Lake>,
    as_of: AsOf,
    view: View,
    weighing: OnceLock<Weighing>,
    reports: OnceLock<Vec<Report>>,
    originals: OnceLock<HashMap<DocumentId, DocumentId>>,
    briefs: OnceLock<Vec<Brief>>,
    at: OnceLock<HashMap<IncidentId, usize>>,
    briefing: Mutex<()>,
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
            briefs: OnceLock::new(),
            at: OnceLock::new(),
            briefing: Mutex::new(()),
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
        let mut lake = self.lake();
        // Whoever waited for the lake meanwhile finds it weighed.
        if let Some(weighing) = self.weighing.get() {
            return Ok(weighing);
        }
        let weighing = weigh(&self.handle, &mut lake, &self.as_of)?;
        Ok(self.weighing.get_or_init(|| weighing))
    }

    /// Every incident in brief, in the order of the weighing's groups.
    pub fn briefs(&self) -> Result<&[Brief], AnswerError> {
        self.briefed(&HashMap::new())
    }

    /// The same, taking from an earlier desk what stands as it was there.
    pub fn briefed(&self, before: &HashMap<IncidentId, Brief>) -> Result<&[Brief], AnswerError> {
        if let Some(briefs) = self.briefs.get() {
            return Ok(briefs);
        }
        let _alone = self.briefing.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(briefs) = self.briefs.get() {
            return Ok(briefs);
        }
        let briefs = brief::briefs(self, before)?;
        Ok(self.briefs.get_or_init(|| briefs))
    }

    /// What is known of each incident in brief, by id, where it was asked for.
    pub fn known_briefs(&self) -> HashMap<IncidentId, Brief> {
        self.briefs.get().into_iter().flatten().map(|brief| (brief.id.clone(), brief.clone())).collect()
    }

    /// An incident in brief by its id, or an alias of it.
    pub fn brief(&self, id: &IncidentId) -> Result<Option<&Brief>, AnswerError> {
        let briefs = self.briefs()?;
        Ok(self.group(id)?.and_then(|at| briefs.get(at)))
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
        let whole = self.handle.block_on(self.lake().view(&all))?;
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

    fn lake(&self) -> MutexGuard<'_, Lake> {
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
