//! What is set right when a lake is opened: a batch that a crash cut in two, a torn log entry, a torn or missing file.
//!
//! Nothing that was committed whole is touched. Each mending is told in words (`Lake::mended`).

use std::collections::{HashMap, HashSet};

use futures::TryStreamExt;
use object_store::{ObjectMeta, ObjectStoreExt};

use crate::address::Address;
use crate::error::LakeError;
use crate::rows::ReadingRow;
use crate::schema::Table;
use crate::session;
use crate::store::{Lake, shown};
use crate::write::{append, batch_number, carried, keep_readings, properties};

/// Sets right what can be seen without reading the data. Where this user may not write, it says so and leaves it.
pub(crate) async fn mend(lake: &mut Lake) -> Result<(), LakeError> {
    match set_right(lake).await {
        Err(LakeError::Environment { attempt, why, .. }) => {
            lake.note(format!("not mended, {attempt}: {why}"));
            Ok(())
        }
        other => other,
    }
}

async fn set_right(lake: &mut Lake) -> Result<(), LakeError> {
    let mut torn = false;
    for table in Table::ALL {
        let found = torn_files(lake, table).await?;
        if found && table == Table::Readings {
            rebuild_readings(lake).await?;
        }
        torn |= found;
    }
    carry_readings(lake).await?;
    let ahead = batch_number(lake, Table::Readings).await? > batch_number(lake, Table::Claims).await?;
    if torn || ahead {
        incomplete_readings(lake).await?;
    }
    Ok(())
}

/// Writes the readings of batches whose claims are committed, where a writer died in between.
pub(crate) async fn carry_readings(lake: &mut Lake) -> Result<(), LakeError> {
    let done = batch_number(lake, Table::Readings).await?;
    let claims = batch_number(lake, Table::Claims).await?;
    if claims <= done {
        return Ok(());
    }
    let reading = |e: &dyn std::fmt::Display| LakeError::storage("reading the log of claims", &e);
    let mut missing: Vec<(i64, Vec<ReadingRow>)> = Vec::new();
    let mut history = lake.table(Table::Claims).history(None);
    while let Some(commit) = history.try_next().await.map_err(|e| reading(&e))? {
        if let Some(found) = carried(&commit.info, done)? {
            let last = found.0 == done + 1;
            missing.push(found);
            if last {
                break;
            }
        }
    }
    drop(history);
    missing.sort_by_key(|(number, _)| *number);
    for (number, rows) in missing {
        keep_readings(lake, &rows, number).await?;
        lake.note(format!("finished batch {number}, whose claims were in and not yet marked as read"));
    }
    Ok(())
}

/// Readings that a torn file held, from the log of claims.
async fn rebuild_readings(lake: &mut Lake) -> Result<(), LakeError> {
    let session = session::plain(lake).await?;
    let there = session::column(&session, "SELECT document || run FROM readings_all").await?;
    let mut there: HashSet<String> = there.into_iter().collect();
    let mut lost = Vec::new();
    let reading = |e: &dyn std::fmt::Display| LakeError::storage("reading the log of claims", &e);
    let mut history = lake.table(Table::Claims).history(None);
    // Newest first: of a document that was read again after an earlier loss, the reading that holds.
    while let Some(commit) = history.try_next().await.map_err(|e| reading(&e))? {
        if let Some((_, rows)) = carried(&commit.info, 0)? {
            lost.extend(rows.into_iter().filter(|r| there.insert(format!("{}{}", r.document, r.run))));
        }
    }
    drop(history);
    if !lost.is_empty() && !append(lake, Table::Readings, &lost, properties()).await? {
        // Another process was quicker, with the same.
        lake.refresh_table(Table::Readings).await?;
    }
    Ok(())
}

/// A last log entry that is no JSON (a disk that lost power in the middle of it) is set aside; words for it, or `None`
/// where the last entry is whole.
pub(crate) async fn torn_log_entry(address: &Address, table: Table) -> Result<Option<String>, LakeError> {
    let storage = |e: &dyn std::fmt::Display| LakeError::storage(format!("reading the log of {}", table.name()), &e);
    let entries = log_entries(address, table).await?;
    let Some(last) = entries.iter().max_by_key(|f| f.location.filename().unwrap_or_default().to_owned()) else {
        return Ok(None);
    };
    let bytes = match address.store().get(&last.location).await {
        Ok(found) => found.bytes().await.map_err(|e| storage(&e))?,
        Err(e) => return Err(storage(&e)),
    };
    let whole = !bytes.is_empty()
        && bytes
            .split(|b| *b == b'\n')
            .filter(|l| !l.is_empty())
            .all(|l| serde_json::from_slice::<serde_json::Value>(l).is_ok());
    if whole {
        return Ok(None);
    }
    let aside = object_store::path::Path::from(format!("{}.torn", last.location));
    address.store().rename(&last.location, &aside).await.map_err(|e| storage(&e))?;
    Ok(Some(format!(
        "the last log entry of {} was torn and is set aside as {aside}: what it was to add is read anew by the next `annalist read`",
        table.name()
    )))
}

/// Whether a table has been made.
pub(crate) async fn has_log(address: &Address, table: Table) -> Result<bool, LakeError> {
    Ok(!log_entries(address, table).await?.is_empty())
}

async fn log_entries(address: &Address, table: Table) -> Result<Vec<ObjectMeta>, LakeError> {
    let folder = object_store::path::Path::from(format!("{}/_delta_log", table.name()));
    let files: Result<Vec<ObjectMeta>, _> = address.store().list(Some(&folder)).try_collect().await;
    let mut files = files.map_err(|e| LakeError::storage(format!("listing the log of {}", table.name()), &e))?;
    files.retain(|f| f.location.filename().is_some_and(is_entry));
    Ok(files)
}

fn is_entry(name: &str) -> bool {
    name.strip_suffix(".json").is_some_and(|digits| digits.len() == 20 && digits.bytes().all(|b| b.is_ascii_digit()))
}

/// Takes files out of a table that are missing or not of the size that was committed. True if there were any.
async fn torn_files(lake: &mut Lake, table: Table) -> Result<bool, LakeError> {
    if wrong_files(lake, table).await?.is_empty() {
        return Ok(false);
    }
    // A file may be missing because another process has compacted the table since our snapshot.
    lake.refresh_table(table).await?;
    let wrong = wrong_files(lake, table).await?;
    if wrong.is_empty() {
        return Ok(false);
    }
    let attempt = || format!("setting aside torn files of {} in {}", table.name(), shown(lake.address()));
    for (path, there) in &wrong {
        if *there {
            let from = object_store::path::Path::from(format!("{}/{path}", table.name()));
            let aside = object_store::path::Path::from(format!("{}/_torn/{path}", table.name()));
            lake.address().store().rename(&from, &aside).await.map_err(|e| LakeError::storage(attempt(), &e))?;
        }
    }
    let (state, _) =
        lake.table(table).clone().filesystem_check().await.map_err(|e| LakeError::storage(attempt(), &e))?;
    lake.set_table(table, state);
    for (path, there) in &wrong {
        let what = if *there { "is torn and set aside under _torn" } else { "is missing" };
        lake.note(format!(
            "the file {path} of {} {what}: what it held is read anew by the next `annalist read` of the same reports",
            table.name()
        ));
    }
    Ok(true)
}

/// Files of the newest snapshot that are missing (false) or of another size than was committed (true).
async fn wrong_files(lake: &Lake, table: Table) -> Result<Vec<(String, bool)>, LakeError> {
    let storage = |e: &dyn std::fmt::Display| LakeError::storage(format!("listing the files of {}", table.name()), &e);
    let folder = object_store::path::Path::from(table.name());
    let listed: Vec<ObjectMeta> =
        lake.address().store().list(Some(&folder)).try_collect().await.map_err(|e| storage(&e))?;
    let prefix = format!("{}/", table.name());
    let sizes: HashMap<&str, u64> =
        listed.iter().filter_map(|f| Some((f.location.as_ref().strip_prefix(&prefix)?, f.size))).collect();
    let state = lake.table(table).snapshot().map_err(|e| storage(&e))?;
    let mut wrong = Vec::new();
    for file in state.log_data().iter() {
        let path = file.path().to_string();
        match sizes.get(path.as_str()) {
            None => wrong.push((path, false)),
            Some(size) if i64::try_from(*size).ok() != Some(file.size()) => wrong.push((path, true)),
            Some(_) => {}
        }
    }
    Ok(wrong)
}

/// After a loss: readings whose claims are no longer all there are taken back with what is left of their claims, so
/// that reading the document again adds each of them once.
async fn incomplete_readings(lake: &mut Lake) -> Result<(), LakeError> {
    let session = session::plain(lake).await?;
    let sql = "SELECT r.document || ' ' || r.run FROM readings_all r LEFT JOIN \
               (SELECT document, run, count(*) AS n FROM claims_all GROUP BY document, run) c \
               ON r.document = c.document AND r.run = c.run WHERE r.claims <> coalesce(c.n, 0)";
    let broken = session::column(&session, sql).await?;
    if broken.is_empty() {
        return Ok(());
    }
    let pairs: Vec<(&str, &str)> = broken.iter().filter_map(|pair| pair.split_once(' ')).collect();
    let list = pairs.iter().map(|(doc, run)| format!("'{doc}{run}'")).collect::<Vec<_>>().join(",");
    for table in [Table::Claims, Table::Readings] {
        let (state, _) = lake
            .table(table)
            .clone()
            .delete()
            .with_predicate(format!("document || run IN ({list})"))
            .await
            .map_err(|e| LakeError::storage(format!("taking back readings in {}", table.name()), &e))?;
        lake.set_table(table, state);
    }
    lake.note(format!("{} readings had lost claims and are taken back, to be read anew", pairs.len()));
    Ok(())
}
