//! Adding to a lake: batches of documents with their claims, and decisions.
//!
//! Documents go first: one without claims yet does no harm. The commit of claims follows, and carries in its log entry
//! the readings, which run has read which document; then the readings are written. A process that dies before that is
//! made good by the next that opens the lake (`mend.rs`). Every commit must be the direct successor of the snapshot
//! that the writer looked at, so that what is new was decided on the newest state; otherwise it looks again.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use deltalake::kernel::Transaction;
use deltalake::kernel::transaction::{CommitBuilder, CommitProperties};
use deltalake::parquet::basic::{Compression, ZstdLevel};
use deltalake::parquet::file::properties::WriterProperties;
use deltalake::protocol::{DeltaOperation, SaveMode};
use deltalake::{DeltaTable, DeltaTableError};
use jiff::Timestamp;
use model::record::ClaimRecord;
use model::{Document, DocumentId, RunId};
use serde::Serialize;

use crate::boxed;
use crate::error::LakeError;
use crate::moment::Moment;
use crate::rows::{ClaimRow, DecisionRow, DocumentRow, ReadingRow, to_batches};
use crate::schema::Table;
use crate::session;
use crate::store::{Lake, shown};

/// The application transaction that numbers batches, in the log of claims and of readings.
pub(crate) const BATCH: &str = "annalist.batch";
/// The key under which a commit of claims carries its readings.
pub(crate) const READINGS: &str = "annalist.readings";
/// How often a commit is tried against other writers before giving up; each waits longer, some ten seconds in all.
const TRIES: u32 = 40;

/// A document as it was read by a run, to be kept.
#[derive(Clone, Debug)]
pub struct Pending {
    /// The document.
    pub document: Document,
    /// How many sentences it has.
    pub sentences: usize,
    /// What it claims.
    pub claims: Vec<ClaimRecord>,
}

/// What a commit added.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Documents that were not in the lake.
    pub documents: usize,
    /// Claims of readings that were not in the lake.
    pub claims: usize,
    /// Documents that this run had read before, or another process while we did.
    pub known: usize,
}

/// Which documents the lake holds, and which of them one run has read; shared with the threads that read.
#[derive(Clone, Debug, Default)]
pub struct Known {
    documents: HashSet<String>,
    read: HashSet<String>,
}

impl Known {
    /// Whether the run has read the document, and the lake holds its text.
    pub fn holds(&self, doc: &DocumentId) -> bool {
        self.documents.contains(doc.as_str()) && self.read.contains(doc.as_str())
    }
}

/// Adds what one run reads.
pub struct Writer {
    lake: Lake,
    run: RunId,
    known: Arc<Known>,
    clock: fn() -> Timestamp,
}

impl Writer {
    /// A writer of this run's readings; `clock` says when things enter the lake.
    #[boxed]
    pub async fn new(mut lake: Lake, run: RunId, clock: fn() -> Timestamp) -> Result<Self, LakeError> {
        let known = Arc::new(known(&mut lake, &run, None).await?);
        Ok(Self { lake, run, known, clock })
    }

    /// What the lake held of this run when the writer was made or last met another writer.
    pub fn known(&self) -> Arc<Known> {
        Arc::clone(&self.known)
    }

    /// The lake, as of the last commit.
    pub fn lake(&self) -> &Lake {
        &self.lake
    }

    /// The lake itself, when there is no more to add.
    pub fn into_lake(self) -> Lake {
        self.lake
    }

    /// Keeps a batch: all of it is in the lake when this returns, none of its claims if it fails.
    #[boxed]
    pub async fn keep(&mut self, mut batch: Vec<Pending>) -> Result<Kept, LakeError> {
        let given = batch.len();
        let mut seen = HashSet::new();
        batch.retain(|p| seen.insert(p.document.id().clone()));
        let recorded = Moment::at((self.clock)());
        let documents = self.keep_documents(&batch, recorded).await?;
        let (readings, claims) = self.keep_claims(batch, recorded).await?;
        let known = Arc::make_mut(&mut self.known);
        for reading in &readings {
            known.read.insert(reading.document.clone());
        }
        Ok(Kept { documents, claims, known: given - readings.len() })
    }

    async fn keep_documents(&mut self, batch: &[Pending], recorded: Moment) -> Result<usize, LakeError> {
        for attempt in 0..TRIES {
            let number = next_number(&self.lake).await?;
            let rows: Vec<DocumentRow> = batch
                .iter()
                .filter(|p| !self.known.documents.contains(p.document.id().as_str()))
                .map(|p| DocumentRow::new(&p.document, recorded, number))
                .collect();
            if rows.is_empty() {
                return Ok(0);
            }
            if append(&mut self.lake, Table::Documents, &rows, properties()).await? {
                let known = Arc::make_mut(&mut self.known);
                known.documents.extend(rows.iter().map(|r| r.id.clone()));
                return Ok(rows.len());
            }
            self.look_again(attempt, number).await?;
        }
        Err(self.crowded())
    }

    async fn keep_claims(
        &mut self,
        batch: Vec<Pending>,
        recorded: Moment,
    ) -> Result<(Vec<ReadingRow>, usize), LakeError> {
        for attempt in 0..TRIES {
            let number = next_number(&self.lake).await?;
            let mut readings = Vec::new();
            let mut rows = Vec::new();
            for pending in batch.iter().filter(|p| !self.known.read.contains(p.document.id().as_str())) {
                let publisher = pending.document.publisher.as_deref();
                let mut ids = HashSet::new();
                let before = rows.len();
                rows.extend(
                    pending
                        .claims
                        .iter()
                        .filter(|c| ids.insert(&c.id))
                        .map(|c| ClaimRow::new(c, publisher, recorded, number)),
                );
                readings.push(ReadingRow {
                    document: pending.document.id().to_string(),
                    run: self.run.to_string(),
                    recorded,
                    sentences: count(pending.sentences),
                    claims: count(rows.len() - before),
                    batch: number,
                });
            }
            if readings.is_empty() {
                return Ok((readings, 0));
            }
            let carried = serde_json::to_value(&readings).map_err(|e| LakeError::ours("writing readings", &e))?;
            let with = properties()
                .with_application_transaction(Transaction::new(BATCH, number))
                .with_metadata([(READINGS.to_owned(), carried)]);
            if append(&mut self.lake, Table::Claims, &rows, with).await? {
                keep_readings(&mut self.lake, &readings, number).await?;
                return Ok((readings, rows.len()));
            }
            self.look_again(attempt, number).await?;
        }
        Err(self.crowded())
    }

    /// Another writer was quicker: waits a little, and learns what it has added.
    async fn look_again(&mut self, attempt: u32, number: i64) -> Result<(), LakeError> {
        pause(attempt).await;
        self.lake.refresh().await?;
        crate::mend::carry_readings(&mut self.lake).await?;
        // Batches are numbered upwards, so that what came in has at least the number that we would have taken.
        let new = known(&mut self.lake, &self.run, Some(number)).await?;
        let known = Arc::make_mut(&mut self.known);
        known.documents.extend(new.documents);
        known.read.extend(new.read);
        Ok(())
    }

    fn crowded(&self) -> LakeError {
        crowded(&self.lake)
    }
}

/// Adds a decision.
pub(crate) async fn keep_decision(lake: &mut Lake, decision: &DecisionRow) -> Result<(), LakeError> {
    lake.address().require_conditional_put().await?;
    for attempt in 0..TRIES {
        if append(lake, Table::Decisions, std::slice::from_ref(decision), properties()).await? {
            return Ok(());
        }
        pause(attempt).await;
        lake.refresh_table(Table::Decisions).await?;
    }
    Err(crowded(lake))
}

/// Writes the readings of a batch whose claims are in, unless somebody has done so.
pub(crate) async fn keep_readings(lake: &mut Lake, readings: &[ReadingRow], number: i64) -> Result<(), LakeError> {
    for attempt in 0..TRIES {
        if batch_number(lake, Table::Readings).await? >= number {
            return Ok(());
        }
        let with = properties().with_application_transaction(Transaction::new(BATCH, number));
        if append(lake, Table::Readings, readings, with).await? {
            return Ok(());
        }
        pause(attempt).await;
        lake.refresh_table(Table::Readings).await?;
    }
    Err(crowded(lake))
}

/// The number of the last batch in a table's log; 0 in an empty one.
pub(crate) async fn batch_number(lake: &Lake, table: Table) -> Result<i64, LakeError> {
    let state = lake.table(table);
    let number = match state.snapshot() {
        Ok(snapshot) => snapshot.transaction_version(state.log_store().as_ref(), BATCH).await,
        Err(e) => Err(e),
    };
    Ok(number.map_err(|e| LakeError::storage(format!("reading the log of {}", table.name()), &e))?.unwrap_or(0))
}

/// The number of the next batch: above that of the claims, and above that of readings whose claims were torn.
async fn next_number(lake: &Lake) -> Result<i64, LakeError> {
    Ok(batch_number(lake, Table::Claims).await?.max(batch_number(lake, Table::Readings).await?) + 1)
}

/// Commits that must follow our snapshot directly.
pub(crate) fn properties() -> CommitProperties {
    CommitProperties::default().with_max_retries(0)
}

/// Adds rows in one commit. False if another commit came first: nothing was added then.
pub(crate) async fn append<T: Serialize + Sync>(
    lake: &mut Lake,
    table: Table,
    rows: &[T],
    with: CommitProperties,
) -> Result<bool, LakeError> {
    let state = lake.table(table).clone();
    let done: Result<DeltaTable, DeltaTableError> = if rows.is_empty() {
        // A batch without claims is committed all the same: its log entry carries the readings.
        commit_nothing(state, with).await
    } else {
        let batches = to_batches(&table.schema(), rows)?;
        state
            .write(batches)
            .with_save_mode(SaveMode::Append)
            .with_writer_properties(writer_properties())
            .with_commit_properties(with)
            .await
    };
    match done {
        Ok(state) => {
            lake.set_table(table, state);
            Ok(true)
        }
        Err(error) if is_conflict(&error) => Ok(false),
        Err(error) => Err(LakeError::storage(
            format!("adding to the table {} of {}", table.name(), shown(lake.address())),
            &error,
        )),
    }
}

async fn commit_nothing(mut state: DeltaTable, with: CommitProperties) -> Result<DeltaTable, DeltaTableError> {
    let operation = DeltaOperation::Write { mode: SaveMode::Append, partition_by: None, predicate: None };
    let snapshot = state.snapshot()?.clone();
    CommitBuilder::from(with).build(Some(&snapshot), state.log_store(), operation).await?;
    state.update_state().await?;
    Ok(state)
}

/// Whether a commit failed because another came first.
pub(crate) fn is_conflict(error: &DeltaTableError) -> bool {
    use deltalake::kernel::transaction::TransactionError as E;
    matches!(
        error,
        DeltaTableError::Transaction {
            source: E::MaxCommitAttempts(_) | E::VersionAlreadyExists(_) | E::CommitConflict(_)
        } | DeltaTableError::VersionAlreadyExists(_)
    )
}

/// Rows in groups small enough to be passed over by their bounds.
pub(crate) fn writer_properties() -> WriterProperties {
    WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_max_row_group_row_count(Some(131_072))
        .build()
}

/// What the lake holds of a run's, from a batch number on.
async fn known(lake: &mut Lake, run: &RunId, from: Option<i64>) -> Result<Known, LakeError> {
    let since = from.map_or_else(|| "true".to_owned(), |n| format!("batch >= {n}"));
    let session = session::plain(lake).await?;
    let documents = format!("SELECT id FROM documents_all WHERE {since}");
    let read =
        format!("SELECT document FROM readings_all WHERE run = {} AND {since}", crate::ask::quoted(run.as_str()));
    Ok(Known {
        documents: session::column(&session, &documents).await?.into_iter().collect(),
        read: session::column(&session, &read).await?.into_iter().collect(),
    })
}

/// A little longer each time, and not the same for two processes that met.
async fn pause(attempt: u32) {
    let spread = u64::from(std::process::id() % 17);
    let base = u64::from(attempt.min(10)) * 30;
    tokio::time::sleep(Duration::from_millis(5 + base + spread * u64::from(attempt % 5))).await;
}

fn crowded(lake: &Lake) -> LakeError {
    LakeError::environment(
        format!("adding to the lake at {}", shown(lake.address())),
        &"other processes committed first, forty times in a row",
        "read again when they are done: what was committed is kept",
    )
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// The readings that a commit of claims carries, by batch, newest first, for batches above `above`.
pub(crate) fn carried(
    info: &HashMap<String, serde_json::Value>,
    above: i64,
) -> Result<Option<(i64, Vec<ReadingRow>)>, LakeError> {
    let Some(value) = info.get(READINGS) else { return Ok(None) };
    let rows: Vec<ReadingRow> =
        serde_json::from_value(value.clone()).map_err(|e| LakeError::stored("the readings of a commit", &e))?;
    let number = rows.first().map_or(0, |r| r.batch);
    Ok((number > above).then_some((number, rows)))
}
