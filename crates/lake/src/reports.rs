//! The documents of a lake without their texts: who published what when, in which language.

use serde::Deserialize;

use crate::ask::View;
use crate::boxed;
use crate::error::LakeError;
use crate::rows::from_batch;
use crate::session::rows;

/// A document without its text.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ReportRow {
    /// Its id.
    pub id: String,
    /// Who published it.
    pub publisher: Option<String>,
    /// When, as it says.
    pub published: Option<String>,
    /// Its language.
    pub language: Option<String>,
    /// The document of which it is a near-copy.
    pub copy_of: Option<String>,
    /// The data set whose rows it holds; `None` for a report that was read.
    pub dataset: Option<String>,
}

const REPORTS: &str = "SELECT d.id, d.publisher, d.published, d.language, d.copy_of, r.dataset FROM documents d \
    LEFT JOIN (SELECT document, min(row['dataset']) AS dataset FROM claims WHERE row IS NOT NULL GROUP BY document) r \
    ON r.document = d.id ORDER BY d.id";

impl View {
    /// Every document that is seen as of then, in the order of ids.
    #[boxed]
    pub async fn reports(&self) -> Result<Vec<ReportRow>, LakeError> {
        let mut reports = Vec::new();
        for batch in rows(&self.session, REPORTS).await? {
            reports.extend(from_batch::<ReportRow>(&batch)?);
        }
        Ok(reports)
    }
}
