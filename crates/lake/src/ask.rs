//! Questions of a lake: claims by filter, one SELECT, one record with all that belongs to it.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use datafusion::common::JoinType;
use datafusion::dataframe::DataFrame;
use datafusion::execution::SendableRecordBatchStream;
use datafusion::execution::context::SQLOptions;
use datafusion::physical_plan::EmptyRecordBatchStream;
use datafusion::prelude::SessionContext;
use deltalake::arrow::array::{ArrayRef, AsArray, RecordBatch, StringArray};
use deltalake::arrow::compute::cast;
use deltalake::arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use futures::StreamExt;
use jiff::civil::Date;
use model::PartyId;
use model::record::ClaimRecord;
use tokio::sync::OnceCell;
use tokio::task::JoinHandle;

use crate::boxed;
use crate::decisions;
use crate::error::LakeError;
use crate::moment::days;
use crate::rows::{ClaimRow, DecisionRow, DocumentRow, ReadingRow, from_batch};
use crate::session::rows;
use crate::store::Lake;
use crate::views::{self, AsOf};

/// How long one SELECT may take.
pub const PATIENCE: Duration = Duration::from_mins(2);

/// Which claims are asked for; what is empty asks for nothing.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// `event`, `tie`, `figure`, `commitment`, `cause`, `statement`.
    pub kind: Option<String>,
    /// Parties that must all be in it as actor, recipient or intermediary, themselves or a part of them.
    pub about: Vec<PartyId>,
    /// A country's code, or the name of a place, a department or a province.
    pub place: Option<String>,
    /// From this day on: of the happening, else of the publication.
    pub from: Option<Date>,
    /// Up to this day.
    pub to: Option<Date>,
    /// Types, as the contract names them.
    pub types: Vec<String>,
    /// Who says so: a party or a part of it.
    pub asserter: Option<PartyId>,
    /// Statuses.
    pub statuses: Vec<String>,
    /// Attitudes.
    pub attitudes: Vec<String>,
    /// Ids of claims.
    pub ids: Vec<String>,
    /// Ids of documents.
    pub documents: Vec<String>,
    /// Publishers of the documents that they stand in.
    pub publishers: Vec<String>,
    /// Coded with at least this confidence.
    pub min_confidence: Option<f64>,
    /// Rows of this data set; `Some(None)` is what was read from reports and is no row.
    pub dataset: Option<Option<String>>,
    /// No more than this many.
    pub limit: Option<usize>,
}

impl Filter {
    /// The condition in SQL, on the view `claims`.
    pub fn condition(&self) -> String {
        let mut all = Vec::new();
        let mut one_of = |column: &str, values: &[String]| {
            if !values.is_empty() {
                all.push(among(column, values));
            }
        };
        one_of("kind", self.kind.as_slice());
        one_of("type", &self.types);
        one_of("status", &self.statuses);
        one_of("attitude", &self.attitudes);
        one_of("id", &self.ids);
        one_of("document", &self.documents);
        one_of("publisher", &self.publishers);
        match &self.dataset {
            None => {}
            Some(None) => all.push("row IS NULL".to_owned()),
            Some(Some(set)) => all.push(format!("row['dataset'] = {}", quoted(set))),
        }
        // A number that SQL cannot write asks for nothing.
        all.extend(self.min_confidence.filter(|c| c.is_finite()).map(|c| format!("confidence >= CAST({c} AS DOUBLE)")));
        all.extend(self.about.iter().map(|party| format!("array_has(about, {})", quoted(party.as_str()))));
        if let Some(party) = &self.asserter {
            let id = quoted(party.as_str());
            all.push(format!("(asserter['id'] = {id} OR starts_with(asserter['id'], {id} || '.'))"));
        }
        if let Some(place) = &self.place {
            let name = quoted(&place.to_lowercase());
            all.push(format!(
                "(array_has(countries, {}) OR id IN (SELECT claim FROM places WHERE {name} IN \
                 (lower(name), lower(admin1), lower(admin2), lower(mention))))",
                quoted(&place.to_uppercase())
            ));
        }
        let day = |date: Date| format!("arrow_cast({}, 'Date32')", days(date));
        all.extend(self.from.map(|from| format!("coalesce(to_day, from_day, published_day) >= {}", day(from))));
        all.extend(self.to.map(|to| format!("coalesce(from_day, to_day, published_day) <= {}", day(to))));
        if all.is_empty() { "true".to_owned() } else { all.join(" AND ") }
    }
}

/// A text as SQL writes it.
pub(crate) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// More values than these are joined with instead of listed: Delta takes a list apart value by value, one call within another,
/// and some thousands of them overflow a thread's stack.
const LISTED: usize = 200;

/// The condition that a column has one of these values, of which there is at least one.
pub(crate) fn among(column: &str, values: &[String]) -> String {
    if values.len() > LISTED && !values.iter().any(|value| value.contains(' ')) {
        return format!("{column} IN (SELECT unnest(string_to_array({}, ' ')))", quoted(&values.join(" ")));
    }
    let list = values.iter().map(|value| quoted(value)).collect::<Vec<_>>().join(", ");
    format!("{column} IN ({list})")
}

/// Claims with the publisher of each one's document.
type Told = Vec<(ClaimRecord, Option<String>)>;

/// An answer that comes batch by batch.
pub struct Answer {
    stream: SendableRecordBatchStream,
    /// Claims that were in memory, which come first, and alone.
    held: Option<Told>,
    /// Batches that are being turned into records, in their order: it takes longer than to bring them.
    turning: VecDeque<JoinHandle<Result<Told, LakeError>>>,
}

impl Answer {
    /// Its columns.
    pub fn schema(&self) -> SchemaRef {
        self.stream.schema()
    }

    /// The next batch of rows; `None` at the end.
    #[boxed]
    pub async fn next(&mut self) -> Result<Option<RecordBatch>, LakeError> {
        let batch = self.stream.next().await.transpose();
        batch.map_err(|e| LakeError::storage("asking the lake", &plainly(&e)))
    }

    /// The next claims with the publisher of each one's document, where the answer is of whole claims; `None` at the end.
    #[boxed]
    pub async fn told(&mut self) -> Result<Option<Told>, LakeError> {
        if let Some(held) = self.held.take() {
            return Ok(Some(held));
        }
        let most = std::thread::available_parallelism().map_or(1, usize::from);
        while self.turning.len() < most {
            let Some(batch) = self.next().await? else { break };
            self.turning.push_back(tokio::task::spawn_blocking(move || told(&batch)));
        }
        let Some(first) = self.turning.pop_front() else { return Ok(None) };
        first.await.map_err(|e| LakeError::ours("turning columns into claims", &e))?.map(Some)
    }

    /// The next claims, where the answer is of whole claims; `None` at the end.
    #[boxed]
    pub async fn claims(&mut self) -> Result<Option<Vec<ClaimRecord>>, LakeError> {
        let told = self.told().await?;
        Ok(told.map(|told| told.into_iter().map(|(claim, _)| claim).collect()))
    }
}

fn told(batch: &RecordBatch) -> Result<Told, LakeError> {
    let told = |mut row: ClaimRow| {
        let publisher = row.publisher.take();
        Ok((ClaimRecord::try_from(row)?, publisher))
    };
    from_batch::<ClaimRow>(batch)?.into_iter().map(told).collect()
}

/// Everything about one claim.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The claim as it stands, or as the coder made it where a person has rejected it.
    pub claim: ClaimRecord,
    /// Whether it stands in the views: neither rejected nor superseded by a later run.
    pub stands: bool,
    /// Its document.
    pub document: Option<DocumentRow>,
    /// Claims that it links to, and that link to it.
    pub linked: Vec<ClaimRecord>,
    /// What people decided about it, in order.
    pub decisions: Vec<DecisionRow>,
}

impl Lake {
    /// What it shows as of then.
    #[boxed]
    pub async fn view(&self, as_of: &AsOf) -> Result<View, LakeError> {
        let session = views::session(self, as_of).await?;
        Ok(View { session, seen: views::seen(as_of), light: OnceCell::new(), held: OnceCell::new() })
    }

    /// Claims by filter, in the order of their happening.
    #[boxed]
    pub async fn claims(&self, as_of: &AsOf, filter: &Filter) -> Result<Answer, LakeError> {
        let session = views::session(self, as_of).await?;
        answer(&session, &selection(filter)).await
    }

    /// The claims of a filter that is known to bring few.
    #[boxed]
    pub async fn few_claims(&self, as_of: &AsOf, filter: &Filter) -> Result<Vec<ClaimRecord>, LakeError> {
        let mut answer = self.claims(as_of, filter).await?;
        let mut all = Vec::new();
        while let Some(claims) = answer.claims().await? {
            all.extend(claims);
        }
        Ok(all)
    }

    /// One SELECT over the views: no definition, no change, no setting.
    #[boxed]
    pub async fn query(&self, as_of: &AsOf, sql: &str) -> Result<Answer, LakeError> {
        let session = views::session(self, as_of).await?;
        let only_select = SQLOptions::new().with_allow_ddl(false).with_allow_dml(false).with_allow_statements(false);
        let asked = |e: &datafusion::error::DataFusionError| {
            LakeError::Asked(format!(
                "the lake cannot answer that: {}\n  one SELECT may be asked, of: documents claims events ties figures \
                 commitments causes statements effects parties places links sources memberships readings decisions states",
                plainly(e)
            ))
        };
        let frame = session.sql_with_options(sql, only_select).await.map_err(|e| asked(&e))?;
        let stream = frame.execute_stream().await.map_err(|e| asked(&e))?;
        Ok(Answer { stream, held: None, turning: VecDeque::new() })
    }

    /// The decisions that are seen as of then, in order.
    #[boxed]
    pub async fn decisions(&self, as_of: &AsOf) -> Result<Vec<DecisionRow>, LakeError> {
        decisions::all(&views::session(self, as_of).await?).await
    }

    /// One claim with its document, its links and its decisions; `None` where no run made it.
    #[boxed]
    pub async fn show(&self, as_of: &AsOf, id: &str) -> Result<Option<Shown>, LakeError> {
        self.view(as_of).await?.show(id).await
    }

    /// A document and who read it, by its id.
    #[boxed]
    pub async fn show_document(
        &self,
        as_of: &AsOf,
        id: &str,
    ) -> Result<Option<(DocumentRow, Vec<ReadingRow>)>, LakeError> {
        self.view(as_of).await?.show_document(id).await
    }
}

/// What a lake shows as of a day, for several questions in a row: dates, runs and decisions are looked at once.
pub struct View {
    pub(crate) session: SessionContext,
    /// The condition on rows that are seen as of then.
    pub(crate) seen: String,
    /// Whether the columns that filters look at are in memory.
    pub(crate) light: OnceCell<()>,
    /// All claims in memory, by id, where that is wanted.
    pub(crate) held: OnceCell<HashMap<String, (ClaimRecord, Option<String>)>>,
}

impl View {
    /// One claim with its document, its links and its decisions; `None` where no run made it.
    #[boxed]
    pub async fn show(&self, id: &str) -> Result<Option<Shown>, LakeError> {
        let session = &self.session;
        let filter = Filter { ids: vec![id.to_owned()], ..Filter::default() };
        let standing = collect(session, &selection(&filter)).await?.pop();
        let stands = standing.is_some();
        let claim = if stands {
            standing
        } else {
            // Rejected, or superseded by a later run: as it was coded last.
            let sql = format!(
                "SELECT * FROM claims_all WHERE {} AND id = {} ORDER BY recorded DESC LIMIT 1",
                self.seen,
                quoted(id)
            );
            collect(session, &sql).await?.pop()
        };
        let Some(claim) = claim else { return Ok(None) };
        let mut ids: Vec<String> =
            claim.links.iter().filter_map(|l| l.claim.as_ref().map(ToString::to_string)).collect();
        // Claims link to claims of their own document.
        let to = format!(
            "SELECT claim FROM links WHERE to_claim = {} AND document = {}",
            quoted(id),
            quoted(claim.document.as_str())
        );
        ids.extend(crate::session::column(session, &to).await?);
        let linked = if ids.is_empty() {
            Vec::new()
        } else {
            collect(session, &selection(&Filter { ids, ..Filter::default() })).await?
        };
        let mut decisions = decisions::all(session).await?;
        decisions.retain(|d| d.target == id);
        let document = self.document(claim.document.as_str()).await?;
        Ok(Some(Shown { claim, stands, document, linked, decisions }))
    }

    /// A document and who read it, by its id.
    #[boxed]
    pub async fn show_document(&self, id: &str) -> Result<Option<(DocumentRow, Vec<ReadingRow>)>, LakeError> {
        let Some(document) = self.document(id).await? else { return Ok(None) };
        let sql = format!("SELECT * FROM readings WHERE document = {} ORDER BY recorded", quoted(id));
        let mut readings = Vec::new();
        for batch in rows(&self.session, &sql).await? {
            readings.extend(from_batch::<ReadingRow>(&batch)?);
        }
        Ok(Some((document, readings)))
    }

    async fn document(&self, id: &str) -> Result<Option<DocumentRow>, LakeError> {
        let sql = format!("SELECT * FROM documents WHERE id = {} LIMIT 1", quoted(id));
        let found = rows(&self.session, &sql).await?;
        let rows = found.iter().map(from_batch::<DocumentRow>).collect::<Result<Vec<_>, _>>()?;
        Ok(rows.into_iter().flatten().next())
    }

    /// Claims by filter in no order, so that any number of them is had in little memory.
    #[boxed]
    pub async fn unordered(&self, filter: &Filter) -> Result<Answer, LakeError> {
        if let Some(held) = self.held.get() {
            let ids = self.claim_ids(filter).await?;
            let told = ids.iter().filter_map(|id| held.get(id).cloned()).collect();
            let stream = Box::pin(EmptyRecordBatchStream::new(SchemaRef::new(Schema::empty())));
            return Ok(Answer { stream, held: Some(told), turning: VecDeque::new() });
        }
        let rest = Filter { ids: Vec::new(), ..filter.clone() };
        if filter.ids.len() > LISTED {
            let claims = format!("SELECT * FROM claims WHERE {}", rest.condition());
            return streamed(self.having("id", &filter.ids, &claims).await?).await;
        }
        answer(&self.session, &format!("SELECT * FROM claims WHERE {}", filter.condition())).await
    }

    /// The rows of a selection whose column has one of these values. The values are what is held in memory, however many rows
    /// the selection brings: in SQL the planner, which knows the length of neither, may hold the rows.
    pub(crate) async fn having(&self, column: &str, values: &[String], sql: &str) -> Result<DataFrame, LakeError> {
        let schema = Schema::new(vec![Field::new("wanted", DataType::Utf8, false)]);
        let values: ArrayRef = Arc::new(StringArray::from_iter_values(values));
        let ours = |e: &dyn std::fmt::Display| LakeError::ours("naming what is wanted", &e);
        let batch = RecordBatch::try_new(Arc::new(schema), vec![values]).map_err(|e| ours(&e))?;
        let wanted = self.session.read_batch(batch).map_err(|e| ours(&e))?;
        let rows = self.session.sql(sql).await.map_err(|e| LakeError::storage("asking the lake", &plainly(&e)))?;
        wanted.join(rows, JoinType::RightSemi, &["wanted"], &[column], None).map_err(|e| ours(&e))
    }

    /// Ids of the claims of a filter.
    #[boxed]
    pub async fn claim_ids(&self, filter: &Filter) -> Result<Vec<String>, LakeError> {
        let sql = format!("SELECT id FROM {} WHERE {}", self.lightest(), filter.condition());
        crate::session::column(&self.session, &sql).await
    }

    /// Documents that are near-copies, each with the id of its original.
    #[boxed]
    pub async fn copies(&self) -> Result<HashMap<String, String>, LakeError> {
        let sql = "SELECT id || ' ' || copy_of FROM documents WHERE copy_of IS NOT NULL";
        let pairs = crate::session::column(&self.session, sql).await?;
        Ok(pairs.iter().filter_map(|p| p.split_once(' ')).map(|(a, b)| (a.to_owned(), b.to_owned())).collect())
    }

    /// Texts of documents, by id.
    #[boxed]
    pub async fn texts(&self, ids: &[String]) -> Result<HashMap<String, String>, LakeError> {
        Ok(self.whole_documents(ids).await?.into_iter().map(|(id, d)| (id, d.text)).collect())
    }

    /// Gives out the texts of documents with their ids, in no order.
    pub async fn each_text(&self, ids: &[String], mut each: impl FnMut(&str, &str)) -> Result<(), LakeError> {
        if ids.is_empty() {
            return Ok(());
        }
        let mut answer = streamed(self.having("id", ids, "SELECT id, text FROM documents").await?).await?;
        while let Some(batch) = answer.next().await? {
            let text =
                |at: usize| cast(batch.column(at), &DataType::Utf8).map_err(|e| LakeError::ours("reading texts", &e));
            let (ids, texts) = (text(0)?, text(1)?);
            for (id, text) in ids.as_string::<i32>().iter().zip(texts.as_string::<i32>()) {
                if let (Some(id), Some(text)) = (id, text) {
                    each(id, text);
                }
            }
        }
        Ok(())
    }

    /// Documents with their texts, by id.
    #[boxed]
    pub async fn whole_documents(&self, ids: &[String]) -> Result<HashMap<String, DocumentRow>, LakeError> {
        let mut documents = HashMap::new();
        if !ids.is_empty() {
            let found = self.having("id", ids, "SELECT * FROM documents").await?.collect().await;
            for batch in found.map_err(|e| LakeError::storage("asking the lake", &plainly(&e)))? {
                documents.extend(from_batch::<DocumentRow>(&batch)?.into_iter().map(|d| (d.id.clone(), d)));
            }
        }
        Ok(documents)
    }
}

fn selection(filter: &Filter) -> String {
    let limit = filter.limit.map(|n| format!(" LIMIT {n}")).unwrap_or_default();
    format!(
        "SELECT * FROM claims WHERE {} ORDER BY coalesce(from_day, published_day), document, evidence['start'], id{limit}",
        filter.condition()
    )
}

pub(crate) async fn answer(session: &SessionContext, sql: &str) -> Result<Answer, LakeError> {
    let asking = |e: &datafusion::error::DataFusionError| LakeError::storage("asking the lake", &plainly(e));
    streamed(session.sql(sql).await.map_err(|e| asking(&e))?).await
}

async fn streamed(frame: DataFrame) -> Result<Answer, LakeError> {
    let stream = frame.execute_stream().await.map_err(|e| LakeError::storage("asking the lake", &plainly(&e)))?;
    Ok(Answer { stream, held: None, turning: VecDeque::new() })
}

async fn collect(session: &SessionContext, sql: &str) -> Result<Vec<ClaimRecord>, LakeError> {
    let mut answer = answer(session, sql).await?;
    let mut all = Vec::new();
    while let Some(claims) = answer.claims().await? {
        all.extend(claims);
    }
    Ok(all)
}

/// The error without the wrappers that repeat one another.
fn plainly(error: &datafusion::error::DataFusionError) -> String {
    error.strip_backtrace()
}
