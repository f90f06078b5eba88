//! The lake: claims are kept for ever, and any question is answered as of any date.
//!
//! Documents, claims, readings and decisions are Delta Lake tables in a folder or an object store, only ever added to,
//! and queried through DataFusion. This crate alone knows the format; it reads no report and prints nothing.
//!
//! A batch of documents is kept in one order: documents, claims, readings. The commit of claims is the moment at which
//! the batch is in: its log entry carries the readings, so that a process that dies before they are written leaves
//! nothing half-done (`write.rs`). Two writers exclude one another commit by commit: a commit that finds another
//! between its snapshot and itself is dropped, looks at what came in, and tries again with what is still new.

mod address;
mod agreement;
mod ask;
mod decisions;
mod error;
mod incidents;
mod issued;
mod mend;
mod moment;
mod out;
mod page;
mod reports;
mod rows;
mod schema;
mod search;
mod session;
mod states;
mod store;
mod tend;
mod views;
mod write;

/// Futures are boxed where this crate ends: who awaits a bare one compiles all that it runs once more, Delta and DataFusion
/// among it.
pub(crate) use async_recursion::async_recursion as boxed;

pub use address::Address;
pub use agreement::Agreement;
pub use ask::{Answer, Filter, PATIENCE, Shown, View};
pub use decisions::{AMENDABLE, Choice, Groupings, Standing, amended, decide, value};
pub use error::LakeError;
pub use incidents::{Memberships, Weighed};
pub use issued::IssuedTogether;
pub use moment::{Moment, date_of};
pub use out::{ParquetFile, json_rows, pretty};
pub use page::{At, Facet, Head, Named};
pub use reports::ReportRow;
pub use rows::{ClaimRow, DecisionRow, DocumentRow, MembershipRow, ReadingRow};
pub use schema::{Table, VERSION};
pub use search::{Found, Results, Scope};
pub use store::Lake;
pub use tend::{Info, RunInfo, TableInfo};
pub use views::{AsOf, Runs};
pub use write::{Kept, Known, Pending, Writer};
