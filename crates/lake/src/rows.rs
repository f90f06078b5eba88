//! What a table's rows look like, and how records become rows and rows records again.
//!
//! Rows are storage's own structs, apart from the printed records, so that either may change without the other. A
//! row's fields are the columns of `schema.rs`, by name. Converting a record and back is identity.

mod claim;
mod document;
mod parts;

use deltalake::arrow::array::RecordBatch;
use deltalake::arrow::datatypes::SchemaRef;
use serde::Serialize;
use serde::de::DeserializeOwned;

pub use claim::ClaimRow;
pub use document::{DecisionRow, DocumentRow, MembershipRow, ProblemRow, ReadingRow};

use crate::error::LakeError;

/// Fewer rows than these are not worth a thread.
const PART: usize = 5_000;

/// Rows as Arrow columns of this schema, in their order. Many rows are turned on all cores, a batch each.
pub(crate) fn to_batches<T: Serialize + Sync>(schema: &SchemaRef, rows: &[T]) -> Result<Vec<RecordBatch>, LakeError> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let part = rows.len().div_ceil(cores).max(PART);
    std::thread::scope(|scope| {
        let parts: Vec<_> = rows.chunks(part).map(|rows| scope.spawn(|| to_batch(schema, rows))).collect();
        parts.into_iter().map(|p| p.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
    })
}

/// Rows as Arrow columns of this schema.
pub(crate) fn to_batch<T: Serialize>(schema: &SchemaRef, rows: &[T]) -> Result<RecordBatch, LakeError> {
    let fields: Vec<_> = schema.fields().iter().cloned().collect();
    serde_arrow::to_record_batch(&fields, &rows).map_err(|e| LakeError::ours("turning rows into columns", &e))
}

/// Arrow columns as rows; columns may be of any layout that holds the same values.
pub(crate) fn from_batch<T: DeserializeOwned>(batch: &RecordBatch) -> Result<Vec<T>, LakeError> {
    serde_arrow::from_record_batch(batch).map_err(|e| LakeError::ours("turning columns into rows", &e))
}
