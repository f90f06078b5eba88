//! Rows of documents, readings and decisions.

use model::record::{DocumentRecord, ProblemRecord};
use model::{Document, DocumentId, RunId};
use serde::{Deserialize, Serialize};

use crate::moment::{Moment, days};

/// A document as stored; the fields are those of the record.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of the record, but where a comment says otherwise")]
pub struct DocumentRow {
    pub id: String,
    pub source_id: Option<String>,
    pub url: Option<String>,
    pub title: Option<String>,
    pub publisher: Option<String>,
    pub published: Option<String>,
    /// The day of `published`.
    pub published_day: Option<i32>,
    /// The moment of `published`, where it names an hour.
    pub published_at: Option<Moment>,
    pub recorded: Moment,
    /// The batch that it was kept with.
    pub batch: i64,
    pub language: Option<String>,
    pub text: String,
    pub copy_of: Option<String>,
    pub problems: Vec<ProblemRow>,
}

/// A problem of a document.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ProblemRow {
    /// What kind of oddity.
    pub kind: String,
    /// In words.
    pub detail: String,
}

impl DocumentRow {
    /// The row of a document that is kept at `recorded`.
    pub fn new(doc: &Document, recorded: Moment, batch: i64) -> Self {
        let DocumentRecord {
            id, source_id, url, title, publisher, published, language, text, copy_of, problems, ..
        } = DocumentRecord::from(doc);
        Self {
            id: id.to_string(),
            source_id,
            url,
            title,
            publisher,
            published: published.map(|p| p.to_string()),
            published_day: published.map(|p| days(p.date())),
            published_at: published.and_then(Moment::of_hour),
            recorded,
            batch,
            language,
            text,
            copy_of: copy_of.map(|c| c.to_string()),
            problems: problems
                .into_iter()
                .map(|ProblemRecord { kind, detail }| ProblemRow { kind: kind.to_owned(), detail })
                .collect(),
        }
    }
}

/// That a run has read a document, and what it found: the mark that makes a second reading add nothing.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReadingRow {
    /// The document.
    pub document: String,
    /// The run: coder, model and catalogue.
    pub run: String,
    /// When its claims entered the lake.
    pub recorded: Moment,
    /// How many sentences it has.
    pub sentences: i64,
    /// How many claims were made of it.
    pub claims: i64,
    /// The batch that it was kept with.
    pub batch: i64,
}

impl ReadingRow {
    /// The pair that is kept once.
    pub fn key(&self) -> (String, String) {
        (self.document.clone(), self.run.clone())
    }

    /// The key of a document read by a run.
    pub fn key_of(doc: &DocumentId, run: &RunId) -> (String, String) {
        (doc.to_string(), run.to_string())
    }
}

/// That a claim is of an incident, or that an incident was known by another id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MembershipRow {
    /// The incident's id.
    pub incident: String,
    /// The claim; null in the row of an alias.
    pub claim: Option<String>,
    /// The first of the claims that were weighed together with it; null in the row of an alias.
    pub part: Option<String>,
    /// What weighed it: its fingerprint; null in the row of an alias.
    pub weigher: Option<String>,
    /// The id by which it was known; null in the row of a claim.
    pub alias: Option<String>,
    /// Why there is an alias.
    pub why: Option<String>,
    /// When this was found.
    pub recorded: Moment,
}

/// What a person decided about a record; added, never overwritten.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionRow {
    /// The decision's own id.
    pub id: String,
    /// The record that it is about.
    pub target: String,
    /// `amend`, `reject`, `restore`, `join`, `split` or `pin`.
    pub action: String,
    /// The field that is amended, as the record names it.
    pub field: Option<String>,
    /// Its new value, as JSON.
    pub value: Option<String>,
    /// Who decided.
    pub by: String,
    /// Why.
    pub reason: String,
    /// When the decision entered the lake.
    pub recorded: Moment,
}
