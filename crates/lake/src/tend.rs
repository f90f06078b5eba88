//! Looking after a lake: what it holds, whether it is whole, few large files instead of many small ones.

use deltalake::operations::optimize::OptimizeType;
use deltalake::operations::vacuum::VacuumMode;
use jiff::Timestamp;
use model::When;

use crate::boxed;
use crate::error::LakeError;
use crate::moment::Moment;
use crate::schema::Table;
use crate::session::{bare, column, plain};
use crate::store::{Lake, shown};

/// What a lake holds.
#[derive(Clone, Debug)]
pub struct Info {
    /// Table by table.
    pub tables: Vec<TableInfo>,
    /// Run by run, the last to read first.
    pub runs: Vec<RunInfo>,
}

/// What a table holds.
#[derive(Clone, Debug)]
pub struct TableInfo {
    /// Its name.
    pub name: &'static str,
    /// The number of its last commit.
    pub version: u64,
    /// Rows, of every run.
    pub rows: usize,
    /// Files in use.
    pub files: usize,
    /// Their bytes.
    pub bytes: i64,
}

/// What a run has read.
#[derive(Clone, Debug)]
pub struct RunInfo {
    /// Its id.
    pub run: String,
    /// Documents read.
    pub documents: usize,
    /// Claims made.
    pub claims: usize,
    /// When it last read one.
    pub last: When,
}

impl Lake {
    /// What the lake holds.
    #[boxed]
    pub async fn info(&self) -> Result<Info, LakeError> {
        let session = plain(self).await?;
        let mut tables = Vec::new();
        for table in Table::ALL {
            let bare = bare(table);
            let state = self.table(table);
            let snapshot = state.snapshot().map_err(|e| LakeError::storage("reading the lake's state", &e))?;
            let (mut files, mut bytes) = (0, 0);
            for file in snapshot.log_data().iter() {
                files += 1;
                bytes += file.size();
            }
            let count = column(&session, &format!("SELECT CAST(count(*) AS VARCHAR) FROM {bare}")).await?;
            let rows = count.first().and_then(|n| n.parse().ok()).unwrap_or(0);
            tables.push(TableInfo { name: table.name(), version: state.version().unwrap_or(0), rows, files, bytes });
        }
        let sql = "SELECT run || ' ' || CAST(count(*) AS VARCHAR) || ' ' || CAST(sum(claims) AS VARCHAR) || ' ' || \
                   CAST(CAST(max(recorded) AS BIGINT) AS VARCHAR) FROM readings_all GROUP BY run ORDER BY max(recorded) DESC";
        let mut runs = Vec::new();
        for line in column(&session, sql).await? {
            let mut words = line.split(' ');
            let run = words.next().unwrap_or_default().to_owned();
            let mut number = || words.next().and_then(|n| n.parse::<i64>().ok()).unwrap_or(0);
            let (documents, claims, last) = (number(), number(), number());
            let last = Timestamp::from_microsecond(last)
                .map(Moment::at)
                .map_or(When::Day(jiff::civil::Date::ZERO), Moment::when);
            runs.push(RunInfo {
                run,
                documents: usize::try_from(documents).unwrap_or(0),
                claims: usize::try_from(claims).unwrap_or(0),
                last,
            });
        }
        Ok(Info { tables, runs })
    }

    /// Reads everything and names each fault; an empty list says that every file reads, every reading has its claims
    /// and its document, and every claim of a run is there once.
    #[boxed]
    pub async fn check(&self) -> Result<Vec<String>, LakeError> {
        let session = plain(self).await?;
        let mut faults = Vec::new();
        for (what, sql) in CHECKS {
            match column(&session, sql).await {
                Ok(found) => {
                    let some = found.iter().take(20).map(|id| format!("{what}: {id}"));
                    faults.extend(some);
                    if found.len() > 20 {
                        faults.push(format!("{what}: {} more", found.len() - 20));
                    }
                }
                Err(error) => faults.push(format!("{what}: not to be told, {error}")),
            }
        }
        Ok(faults)
    }

    /// Rewrites small files as large ones. Nothing is lost meanwhile: others read the old files until the commit.
    #[boxed]
    pub async fn compact(&mut self) -> Result<Vec<(&'static str, usize, usize)>, LakeError> {
        self.address().require_conditional_put().await?;
        let mut done = Vec::new();
        for table in Table::ALL {
            let attempt = |e: &dyn std::fmt::Display| LakeError::storage(format!("compacting {}", table.name()), &e);
            let before = self.table(table).snapshot().map_err(|e| attempt(&e))?.log_data().num_files();
            let (state, _) = self
                .table(table)
                .clone()
                .optimize()
                .with_type(OptimizeType::Compact)
                .with_writer_properties(crate::write::writer_properties())
                .await
                .map_err(|e| attempt(&e))?;
            self.set_table(table, state);
            let after = self.table(table).snapshot().map_err(|e| attempt(&e))?.log_data().num_files();
            done.push((table.name(), before, after));
        }
        Ok(done)
    }

    /// Deletes files that no commit of the last hours uses; how many.
    #[boxed]
    pub async fn vacuum(&mut self, keep_hours: u32) -> Result<usize, LakeError> {
        let mut deleted = 0;
        for table in Table::ALL {
            let attempt = |e: &dyn std::fmt::Display| {
                LakeError::storage(format!("vacuuming {} of {}", table.name(), shown(self.address())), &e)
            };
            // Full: files of writers that died before their commit are in no log.
            let (state, metrics) = self
                .table(table)
                .clone()
                .vacuum()
                .with_mode(VacuumMode::Full)
                .with_retention_period(chrono::Duration::hours(i64::from(keep_hours)))
                .with_enforce_retention_duration(false)
                .await
                .map_err(|e| attempt(&e))?;
            deleted += metrics.files_deleted.len();
            self.set_table(table, state);
        }
        Ok(deleted)
    }
}

/// Faults and the questions that find them.
const CHECKS: [(&str, &str); 6] = [
    (
        "a document stands in the lake more than once",
        "SELECT id FROM documents_all GROUP BY id HAVING count(*) > 1 OR max(octet_length(text)) IS NULL",
    ),
    (
        "a document was read more than once by a run",
        "SELECT document || ' by ' || run FROM readings_all GROUP BY document, run HAVING count(*) > 1",
    ),
    (
        "a claim of a run stands in the lake more than once",
        "SELECT id || ' by ' || run FROM claims_all GROUP BY id, run HAVING count(*) > 1",
    ),
    (
        "a reading has not the claims that it says",
        "SELECT r.document || ' by ' || r.run FROM readings_all r LEFT JOIN (SELECT document, run, count(evidence['text']) AS n \
         FROM claims_all GROUP BY document, run) c ON r.document = c.document AND r.run = c.run WHERE r.claims <> coalesce(c.n, 0)",
    ),
    (
        "claims have no reading",
        "SELECT DISTINCT c.document || ' by ' || c.run FROM claims_all c LEFT ANTI JOIN readings_all r \
         ON r.document = c.document AND r.run = c.run",
    ),
    (
        "a reading has no document",
        "SELECT r.document FROM readings_all r LEFT ANTI JOIN documents_all d ON r.document = d.id",
    ),
];
