//! A lake as it shows itself as of a time, for any number of questions: what was weighed and fetched once is kept.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use analysis::Report;
use jiff::civil::Date;
use lake::{AsOf, Lake, View};
use model::{DocumentId, When};
use tokio::runtime::Handle;

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
        })
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

    /// Why the ids of incidents were not kept in the lake, where it was weighed and they were not.
    pub fn not_kept(&self) -> Option<&str> {
        self.weighing.get()?.not_kept.as_deref()
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
