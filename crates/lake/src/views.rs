//! The views that questions are asked of: dates, runs and decisions honoured.
//!
//! `documents`, `claims`, `readings`, `decisions`, `memberships` lie over the bare tables; `events`, `ties`, `figures`, `commitments`,
//! `causes`, `statements` are claims of a kind; `parties`, `places`, `effects`, `links`, `sources` have a row for each
//! of a claim's. The columns decide what is seen, never a table's version.

use std::sync::Arc;

use datafusion::datasource::MemTable;
use datafusion::prelude::SessionContext;
use deltalake::arrow::array::{ArrayRef, RecordBatch, StringArray};
use deltalake::arrow::compute::cast;
use deltalake::arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use model::record::ClaimRecord;
use model::{RunId, When};

use crate::ask::quoted;
use crate::decisions::{self, Standing};
use crate::error::LakeError;
use crate::moment::{Moment, days};
use crate::rows::{ClaimRow, from_batch, to_batch};
use crate::schema::Table;
use crate::session::{self, rows};
use crate::store::Lake;

/// As of when, and of which run, a question is asked.
#[derive(Clone, Debug, Default)]
pub struct AsOf {
    /// Only what was published by then; what has no date counts from when it was recorded.
    pub published: Option<When>,
    /// Only what had been recorded by then: claims, and decisions about them.
    pub known: Option<When>,
    /// Whose claims.
    pub runs: Runs,
    /// Whether rows whose terms keep them from being shown to others are left out, and the documents that hold them.
    pub open: bool,
}

/// Which runs' claims are seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Runs {
    /// Of each document the claims of the run that read it last.
    #[default]
    Latest,
    /// Every run's, so that a claim may stand there several times.
    All,
    /// One run's.
    One(RunId),
}

/// A session with the views of a lake.
pub(crate) async fn session(lake: &Lake, as_of: &AsOf) -> Result<SessionContext, LakeError> {
    let session = session::plain(lake).await?;
    let known = as_of.known.map_or_else(|| "true".to_owned(), known_by);
    let seen = seen(as_of);

    let shown = if as_of.open { "id NOT IN (SELECT document FROM claims_all WHERE row['restricted'])" } else { "true" };
    view(&session, "documents", &format!("SELECT * FROM documents_all WHERE {seen} AND {shown}")).await?;
    let seen = if as_of.open { format!("{seen} AND coalesce(row['restricted'], false) = false") } else { seen };
    view(&session, "readings", &format!("SELECT * FROM readings_all WHERE {known}")).await?;
    view(&session, "decisions", &format!("SELECT * FROM decisions_all WHERE {known}")).await?;

    // The last that was told of a claim holds; `memberships_told` has all, aliases too.
    view(&session, "memberships_told", &format!("SELECT * FROM memberships_all WHERE {known}")).await?;
    view(&session, "memberships", MEMBERSHIPS).await?;

    crate::states::register(&session)?;

    let of_runs = match &as_of.runs {
        Runs::All => format!("SELECT * FROM claims_all WHERE {seen}"),
        Runs::One(run) => format!("SELECT * FROM claims_all WHERE {seen} AND run = {}", quoted(run.as_str())),
        Runs::Latest => latest(&session, &seen).await?,
    };
    view(&session, "claims_coded", &of_runs).await?;
    decided(&session).await?;

    for (name, kind) in [
        ("events", "event"),
        ("ties", "tie"),
        ("figures", "figure"),
        ("commitments", "commitment"),
        ("causes", "cause"),
        ("statements", "statement"),
    ] {
        view(&session, name, &format!("SELECT * FROM claims WHERE kind = '{kind}'")).await?;
    }
    for (name, sql) in
        [("parties", PARTIES), ("places", PLACES), ("effects", EFFECTS), ("links", LINKS), ("sources", SOURCES)]
    {
        view(&session, name, sql).await?;
    }
    Ok(session)
}

/// What is seen as of then, as a condition on documents and claims.
pub(crate) fn seen(as_of: &AsOf) -> String {
    let known = as_of.known.map_or_else(|| "true".to_owned(), known_by);
    let published = as_of.published.map_or_else(|| "true".to_owned(), published_by);
    format!("({known}) AND ({published})")
}

async fn view(session: &SessionContext, name: &str, sql: &str) -> Result<(), LakeError> {
    let made = session.sql(&format!("CREATE VIEW {name} AS {sql}")).await;
    made.map(drop).map_err(|e| LakeError::ours(&format!("making the view {name}"), &e))
}

/// Recorded by then.
fn known_by(when: When) -> String {
    let micros = Moment::last_of(when).microseconds();
    format!("recorded <= arrow_cast({micros}, 'Timestamp(Microsecond, Some(\"UTC\"))')")
}

/// Published by then: by the day, or by the moment where both hours are known.
fn published_by(when: When) -> String {
    let day = format!("coalesce(published_day, CAST(recorded AS DATE)) <= arrow_cast({}, 'Date32')", days(when.date()));
    match Moment::of_hour(when) {
        None => day,
        Some(moment) => format!(
            "CASE WHEN published_at IS NULL THEN {day} ELSE \
             published_at <= arrow_cast({}, 'Timestamp(Microsecond, Some(\"UTC\"))') END",
            moment.microseconds()
        ),
    }
}

/// Claims of each document's latest reading. Where one run has read everything, that is every claim.
async fn latest(session: &SessionContext, seen: &str) -> Result<String, LakeError> {
    let runs = session::column(session, "SELECT DISTINCT run FROM readings").await?;
    if runs.len() <= 1 {
        return Ok(format!("SELECT * FROM claims_all WHERE {seen}"));
    }
    let superseded = "SELECT document, run FROM (SELECT document, run, row_number() OVER \
                      (PARTITION BY document ORDER BY recorded DESC, batch DESC, run) AS place FROM readings) \
                      WHERE place > 1";
    let found = rows(session, superseded).await?;
    if let Some(first) = found.first() {
        let table = MemTable::try_new(first.schema(), vec![found])
            .map_err(|e| LakeError::ours("telling which readings are superseded", &e))?;
        session
            .register_table("superseded", Arc::new(table))
            .map_err(|e| LakeError::ours("telling which readings are superseded", &e))?;
        return Ok(format!(
            "SELECT c.* FROM (SELECT * FROM claims_all WHERE {seen}) c LEFT ANTI JOIN superseded s \
             ON c.document = s.document AND c.run = s.run"
        ));
    }
    Ok(format!("SELECT * FROM claims_all WHERE {seen}"))
}

/// The view `claims`: what people rejected is left out, what they amended is as they amended it.
async fn decided(session: &SessionContext) -> Result<(), LakeError> {
    let standing = decisions::standing(session).await?;
    if standing.is_empty() {
        return view(session, "claims", "SELECT * FROM claims_coded").await;
    }
    let ids: Vec<&str> = standing.keys().map(String::as_str).collect();
    memory(session, "decided", &[("id", Arc::new(StringArray::from(ids.clone())))])?;
    let amended: Vec<(&String, &Standing)> = standing.iter().filter(|(_, s)| !s.rejected).collect();
    let kept = "SELECT c.* FROM claims_coded c LEFT ANTI JOIN decided d ON c.id = d.id";
    if amended.is_empty() {
        return view(session, "claims", kept).await;
    }
    let batches = rows(session, "SELECT c.* FROM claims_coded c LEFT SEMI JOIN decided d ON c.id = d.id").await?;
    let mut changed = Vec::new();
    let mut schema = None;
    for batch in &batches {
        schema = Some(batch.schema());
        for row in from_batch::<ClaimRow>(batch)? {
            let Some(standing) = standing.get(&row.id).filter(|s| !s.rejected) else { continue };
            let (publisher, recorded, number) = (row.publisher.clone(), row.recorded, row.batch);
            let record = decisions::amended(ClaimRecord::try_from(row)?, standing)?;
            changed.push(ClaimRow::new(&record, publisher.as_deref(), recorded, number));
        }
    }
    let Some(schema) = schema.filter(|_| !changed.is_empty()) else {
        return view(session, "claims", kept).await;
    };
    let batch = like(&to_batch(&Table::Claims.schema(), &changed)?, &schema)?;
    let table = MemTable::try_new(schema, vec![vec![batch]]).map_err(|e| LakeError::ours("amending claims", &e))?;
    session.register_table("amended", Arc::new(table)).map_err(|e| LakeError::ours("amending claims", &e))?;
    view(session, "claims", &format!("{kept} UNION ALL SELECT * FROM amended")).await
}

/// The same columns in the layouts of another schema (plain strings where it has views of strings, and so on).
fn like(batch: &RecordBatch, schema: &SchemaRef) -> Result<RecordBatch, LakeError> {
    let columns = schema.fields().iter().zip(batch.columns());
    let columns: Result<Vec<ArrayRef>, _> = columns.map(|(field, column)| cast(column, field.data_type())).collect();
    columns
        .and_then(|columns| RecordBatch::try_new(Arc::clone(schema), columns))
        .map_err(|e| LakeError::ours("laying out amended claims", &e))
}

fn memory(session: &SessionContext, name: &str, columns: &[(&str, ArrayRef)]) -> Result<(), LakeError> {
    let fields: Vec<Field> = columns.iter().map(|(n, _)| Field::new(*n, DataType::Utf8, false)).collect();
    let schema = Arc::new(Schema::new(fields));
    let ours = |e: &dyn std::fmt::Display| LakeError::ours("preparing to ask", &e);
    let arrays = columns.iter().map(|(_, a)| Arc::clone(a)).collect();
    let batch = RecordBatch::try_new(Arc::clone(&schema), arrays).map_err(|e| ours(&e))?;
    let table = MemTable::try_new(schema, vec![vec![batch]]).map_err(|e| ours(&e))?;
    session.register_table(name, Arc::new(table)).map(drop).map_err(|e| ours(&e))
}

const MEMBERSHIPS: &str = "\
SELECT claim, last_value(incident ORDER BY recorded, incident) AS incident FROM memberships_told \
WHERE claim IS NOT NULL GROUP BY claim";

const PARTIES: &str = "\
SELECT claim, document, role, p['mention'] AS mention, p['id'] AS id, p['name'] AS name, p['country'] AS country, \
p['acts_as'] AS acts_as, p['based_in'] AS based_in, p['sectors'] AS sectors, p['start'] AS start_byte, p['end'] AS end_byte \
FROM (SELECT id AS claim, document, 'actor' AS role, unnest(actor) AS p FROM claims \
UNION ALL SELECT id, document, 'recipient', unnest(recipient) FROM claims \
UNION ALL SELECT id, document, 'via', unnest(via) FROM claims \
UNION ALL SELECT id, document, 'asserter', asserter FROM claims WHERE asserter IS NOT NULL)";

const PLACES: &str = "\
SELECT claim, document, p['mention'] AS mention, p['name'] AS name, p['admin2'] AS admin2, p['admin1'] AS admin1, \
p['country'] AS country, p['administered_by'] AS administered_by, p['claimed_by'] AS claimed_by, p['lat'] AS lat, \
p['lon'] AS lon, p['precision'] AS precision, p['radius_km'] AS radius_km, p['geonames'] AS geonames, \
p['pcode'] AS pcode, p['priogrid'] AS priogrid, p['start'] AS start_byte, p['end'] AS end_byte \
FROM (SELECT id AS claim, document, unnest(places) AS p FROM claims)";

const EFFECTS: &str = "\
SELECT claim, document, e['kind'] AS kind, e['low'] AS low, e['high'] AS high, e['best'] AS best, e['of'] AS of_whom, \
e['party']['id'] AS party, e['category'] AS category, e['part_of'] AS part_of, e['cumulative'] AS cumulative, \
e['start'] AS start_byte, e['end'] AS end_byte FROM (SELECT id AS claim, document, unnest(effects) AS e FROM claims)";

const LINKS: &str = "\
SELECT claim, document, l['rel'] AS rel, l['claim'] AS to_claim, l['basis'] AS basis, l['start'] AS start_byte, \
l['end'] AS end_byte FROM (SELECT id AS claim, document, unnest(links) AS l FROM claims)";

const SOURCES: &str = "\
SELECT claim, document, s['party']['id'] AS party, s['party']['mention'] AS mention, s['attitude'] AS attitude, \
s['start'] AS start_byte, s['end'] AS end_byte FROM (SELECT id AS claim, document, unnest(attribution) AS s FROM claims)";
