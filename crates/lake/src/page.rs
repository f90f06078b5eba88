//! Claims and documents page by page, and counted by field, for whoever turns pages instead of reading all.
//!
//! A page is asked for by where the last one ended, by the order's own columns and the id, so that what comes in meanwhile
//! neither repeats nor hides a record. The columns that filters and orders look at are brought into memory once for a view:
//! of a million claims they are some hundred megabytes, and a page then costs milliseconds.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use datafusion::datasource::MemTable;
use deltalake::arrow::array::AsArray;
use deltalake::arrow::compute::cast;
use deltalake::arrow::datatypes::{DataType, Int32Type, Int64Type};
use model::record::ClaimRecord;
use serde::Deserialize;

use crate::ask::{Filter, View, among, answer, quoted};
use crate::boxed;
use crate::error::LakeError;
use crate::rows::{ProblemRow, from_batch};
use crate::session::rows;

/// The columns that filters and orders look at.
const LIGHT: &str = "SELECT id, document, run, kind, type, status, attitude, about, about_key, countries, from_day, to_day, \
    published_day, publisher, confidence, recorded, coalesce(evidence['start'], 0) AS start, \
    CASE WHEN asserter['id'] IS NULL THEN NULL ELSE named_struct('id', asserter['id']) END AS asserter, \
    CASE WHEN row IS NULL THEN NULL ELSE named_struct('dataset', row['dataset']) END AS row, \
    coalesce(arrow_cast(from_day, 'Int32'), arrow_cast(published_day, 'Int32'), 2147483647) AS day FROM claims";

/// Who acts in which claim.
const ACTING: &str = "SELECT DISTINCT claim, id FROM parties WHERE role = 'actor' AND id IS NOT NULL";

/// Where a page of claims ended: the order's columns.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct At {
    /// The day of the happening, else of publication, as days since 1970; the last of all where there is neither.
    pub day: i32,
    /// The document.
    pub document: String,
    /// Where the words begin.
    pub start: i64,
    /// The claim.
    pub id: String,
}

/// A field by which claims are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Facet {
    /// The kind.
    Kind,
    /// The type.
    Type,
    /// Who acts, by id.
    Actor,
    /// Who says so, by id.
    Asserter,
    /// The attitude.
    Attitude,
    /// The status.
    Status,
    /// The country.
    Country,
    /// The publisher.
    Publisher,
    /// The month of the happening, else of publication.
    Month,
}

impl Facet {
    /// Every one.
    pub const ALL: [Facet; 9] = [
        Facet::Kind,
        Facet::Type,
        Facet::Actor,
        Facet::Asserter,
        Facet::Attitude,
        Facet::Status,
        Facet::Country,
        Facet::Publisher,
        Facet::Month,
    ];

    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Facet::Kind => "kind",
            Facet::Type => "type",
            Facet::Actor => "actor",
            Facet::Asserter => "asserter",
            Facet::Attitude => "attitude",
            Facet::Status => "status",
            Facet::Country => "country",
            Facet::Publisher => "publisher",
            Facet::Month => "month",
        }
    }
}

/// Something with a count.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Named {
    /// Its id, code or name.
    pub id: String,
    /// What it is called, where that is another thing.
    pub name: Option<String>,
    /// How many.
    pub n: i64,
}

/// A document without its text.
#[derive(Clone, Debug, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of the record")]
pub struct Head {
    pub id: String,
    pub title: Option<String>,
    pub publisher: Option<String>,
    pub published: Option<String>,
    pub url: Option<String>,
    pub language: Option<String>,
    pub copy_of: Option<String>,
    pub problems: Vec<ProblemRow>,
    /// Claims that stand in it.
    pub claims: i64,
    /// The day of publication, as days since 1970, below all others where there is none: the order of pages.
    pub day: i32,
}

impl View {
    /// Brings the columns that filters look at into memory; does so once.
    #[boxed]
    pub async fn lighten(&self) -> Result<(), LakeError> {
        let light = async {
            for (name, sql) in [("light", LIGHT), ("acting", ACTING)] {
                let ours = |e: &dyn std::fmt::Display| LakeError::ours("bringing claims into memory", &e);
                let frame = self.session.sql(sql).await.map_err(|e| ours(&e))?;
                let schema = Arc::new(frame.schema().as_arrow().clone());
                let batches = frame.collect().await.map_err(|e| LakeError::storage("asking the lake", &e))?;
                let table = MemTable::try_new(schema, vec![batches]).map_err(|e| ours(&e))?;
                self.session.register_table(name, Arc::new(table)).map_err(|e| ours(&e))?;
            }
            Ok(())
        };
        self.light.get_or_try_init(|| light).await.copied()
    }

    /// Holds all claims in memory where there are no more than so many, so that questions do not go to the files; does so once.
    /// Where a claim stands several times, as of every run, they are not held.
    #[boxed]
    pub async fn hold(&self, most: usize) -> Result<(), LakeError> {
        if self.held.initialized() || self.count(&Filter::default()).await? > most {
            return Ok(());
        }
        let mut held = HashMap::new();
        let mut count = 0;
        let mut answer = answer(&self.session, "SELECT * FROM claims").await?;
        while let Some(told) = answer.told().await? {
            count += told.len();
            held.extend(told.into_iter().map(|(claim, publisher)| (claim.id.to_string(), (claim, publisher))));
        }
        if held.len() == count {
            // Another may have been quicker, with the same.
            drop(self.held.set(held));
        }
        Ok(())
    }

    /// The table that has the columns that filters look at and is quickest to ask.
    pub(crate) fn lightest(&self) -> &'static str {
        if self.light.initialized() { "light" } else { "claims" }
    }

    /// How many claims fit.
    #[boxed]
    pub async fn count(&self, filter: &Filter) -> Result<usize, LakeError> {
        self.lighten().await?;
        let sql = format!(
            "SELECT 'n' AS id, CAST(NULL AS VARCHAR) AS name, count(*) AS n FROM light WHERE {}",
            filter.condition()
        );
        Ok(self.named(&sql).await?.first().map_or(0, |n| usize::try_from(n.n).unwrap_or(0)))
    }

    /// The next claims of a filter in the order of their happening, each with where it stands in that order.
    #[boxed]
    pub async fn page(
        &self,
        filter: &Filter,
        after: Option<&At>,
        limit: usize,
    ) -> Result<Vec<(At, ClaimRecord, Option<String>)>, LakeError> {
        self.lighten().await?;
        let after = after.map_or_else(
            || "true".to_owned(),
            |at| {
                let (day, document, start, id) = (at.day, quoted(&at.document), at.start, quoted(&at.id));
                format!(
                    "(day > {day} OR (day = {day} AND (document > {document} OR (document = {document} AND \
                     (start > {start} OR (start = {start} AND id > {id}))))))"
                )
            },
        );
        let sql = format!(
            "SELECT day, document, start, id FROM light WHERE {} AND {after} ORDER BY day, document, start, id LIMIT {limit}",
            filter.condition()
        );
        let mut places: Vec<At> = Vec::new();
        for batch in rows(&self.session, &sql).await? {
            places.extend(from_batch::<At>(&batch)?);
        }
        let ids: Vec<String> = places.iter().map(|at| at.id.clone()).collect();
        let mut claims = self.by_ids(&ids).await?;
        Ok(places
            .into_iter()
            .filter_map(|at| {
                let (claim, publisher) = claims.remove(&at.id)?;
                Some((at, claim, publisher))
            })
            .collect())
    }

    /// Claims by their ids, each with the publisher of its document.
    #[boxed]
    pub async fn by_ids(&self, ids: &[String]) -> Result<HashMap<String, (ClaimRecord, Option<String>)>, LakeError> {
        let mut claims = HashMap::new();
        if ids.is_empty() {
            return Ok(claims);
        }
        if let Some(held) = self.held.get() {
            return Ok(ids.iter().filter_map(|id| Some((id.clone(), held.get(id)?.clone()))).collect());
        }
        let mut answer = self.unordered(&Filter { ids: ids.to_vec(), ..Filter::default() }).await?;
        while let Some(told) = answer.told().await? {
            claims.extend(told.into_iter().map(|(claim, publisher)| (claim.id.to_string(), (claim, publisher))));
        }
        Ok(claims)
    }

    /// Claims of a filter counted by a field: the most frequent values first.
    #[boxed]
    pub async fn facet(&self, filter: &Filter, facet: Facet, most: usize) -> Result<Vec<Named>, LakeError> {
        self.lighten().await?;
        let fits = filter.condition();
        let of = |value: &str| format!("SELECT {value} AS id FROM light WHERE {fits}");
        let from = match facet {
            Facet::Actor => format!("SELECT id FROM acting WHERE claim IN (SELECT id FROM light WHERE {fits})"),
            Facet::Country => of("unnest(countries)"),
            Facet::Asserter => of("asserter['id']"),
            Facet::Month => of("to_char(coalesce(from_day, published_day), '%Y-%m')"),
            _ => of(facet.as_str()),
        };
        let order = if facet == Facet::Month { "id" } else { "n DESC, id" };
        let sql = format!(
            "SELECT id, CAST(NULL AS VARCHAR) AS name, count(*) AS n FROM ({from}) WHERE id IS NOT NULL GROUP BY id ORDER BY {order} LIMIT {most}"
        );
        self.named(&sql).await
    }

    /// The parties that most claims name, themselves or a part of them, as actor, recipient or intermediary.
    #[boxed]
    pub async fn parties(&self, most: usize) -> Result<Vec<Named>, LakeError> {
        self.lighten().await?;
        self.named(&format!(
            "SELECT a.id AS id, p.name AS name, a.n AS n FROM (SELECT id, count(*) AS n FROM \
             (SELECT unnest(about) AS id FROM light) GROUP BY id ORDER BY n DESC, id LIMIT {most}) a LEFT JOIN \
             (SELECT id, max(name) AS name FROM parties WHERE id IS NOT NULL GROUP BY id) p ON a.id = p.id \
             ORDER BY n DESC, id"
        ))
        .await
    }

    /// Documents by publisher; those that name none are left out.
    #[boxed]
    pub async fn publishers(&self) -> Result<Vec<Named>, LakeError> {
        self.named(
            "SELECT publisher AS id, CAST(NULL AS VARCHAR) AS name, count(*) AS n FROM documents WHERE publisher IS NOT NULL \
             GROUP BY publisher ORDER BY n DESC, id",
        )
        .await
    }

    /// Rows by data set.
    #[boxed]
    pub async fn datasets(&self) -> Result<Vec<Named>, LakeError> {
        self.lighten().await?;
        self.named(
            "SELECT row['dataset'] AS id, CAST(NULL AS VARCHAR) AS name, count(*) AS n FROM light WHERE row IS NOT NULL \
             GROUP BY row['dataset'] ORDER BY n DESC, id",
        )
        .await
    }

    /// The next documents, the last published first: those in which a claim of the filter stands, where there is one.
    #[boxed]
    pub async fn documents(
        &self,
        filter: Option<&Filter>,
        after: Option<(i32, &str)>,
        limit: usize,
    ) -> Result<Vec<Head>, LakeError> {
        self.lighten().await?;
        let after = after.map_or_else(
            || "true".to_owned(),
            |(day, id)| format!("(day < {day} OR (day = {day} AND id > {}))", quoted(id)),
        );
        let sql = format!(
            "SELECT * FROM (SELECT d.id AS id, title, publisher, published, url, language, copy_of, problems, \
             coalesce(c.n, 0) AS claims, coalesce(arrow_cast(d.published_day, 'Int32'), -2147483648) AS day \
             FROM documents d LEFT JOIN (SELECT document, count(*) AS n FROM light GROUP BY document) c \
             ON c.document = d.id) WHERE {after}{} ORDER BY day DESC, id LIMIT {limit}",
            standing_in(filter)
        );
        let mut heads = Vec::new();
        for batch in rows(&self.session, &sql).await? {
            heads.extend(from_batch::<Head>(&batch)?);
        }
        Ok(heads)
    }

    /// How many documents there are: those in which a claim of the filter stands, where there is one.
    #[boxed]
    pub async fn count_documents(&self, filter: Option<&Filter>) -> Result<usize, LakeError> {
        self.lighten().await?;
        let sql = format!(
            "SELECT 'n' AS id, CAST(NULL AS VARCHAR) AS name, count(*) AS n FROM documents WHERE true{}",
            standing_in(filter)
        );
        Ok(self.named(&sql).await?.first().map_or(0, |n| usize::try_from(n.n).unwrap_or(0)))
    }

    /// The document of each claim that fits, once a claim.
    #[boxed]
    pub async fn documents_of(&self, filter: &Filter) -> Result<Vec<String>, LakeError> {
        let sql = format!("SELECT document FROM {} WHERE {}", self.lightest(), filter.condition());
        crate::session::column(&self.session, &sql).await
    }

    /// Whether a report says anything of a ceasefire's terms.
    #[boxed]
    pub async fn has_truces(&self) -> Result<bool, LakeError> {
        let sql = "SELECT id FROM claims WHERE terms IS NOT NULL AND row IS NULL LIMIT 1";
        Ok(!crate::session::column(&self.session, sql).await?.is_empty())
    }

    /// The document of each claim that was read in one of these documents, once a claim.
    #[boxed]
    pub async fn documents_among(&self, ids: &[String]) -> Result<Vec<String>, LakeError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let sql = format!("SELECT document FROM {} WHERE row IS NULL", self.lightest());
        let found = self.having("document", ids, &sql).await?.collect().await;
        crate::session::first_column(&found.map_err(|e| LakeError::storage("asking the lake", &e))?)
    }

    /// Documents by their ids, without their texts.
    #[boxed]
    pub async fn heads(&self, ids: &[String]) -> Result<HashMap<String, Head>, LakeError> {
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        self.heads_where(&among("id", ids)).await
    }

    /// Near-copies of a document, without their texts.
    #[boxed]
    pub async fn copies_of(&self, id: &str) -> Result<Vec<Head>, LakeError> {
        let mut copies: Vec<Head> =
            self.heads_where(&format!("copy_of = {}", quoted(id))).await?.into_values().collect();
        copies.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(copies)
    }

    async fn heads_where(&self, condition: &str) -> Result<HashMap<String, Head>, LakeError> {
        self.lighten().await?;
        let sql = format!(
            "SELECT d.id AS id, title, publisher, published, url, language, copy_of, problems, coalesce(c.n, 0) AS claims, \
             coalesce(arrow_cast(d.published_day, 'Int32'), -2147483648) AS day \
             FROM (SELECT * FROM documents WHERE {condition}) d \
             LEFT JOIN (SELECT document, count(*) AS n FROM light GROUP BY document) c ON c.document = d.id"
        );
        let mut heads = HashMap::new();
        for batch in rows(&self.session, &sql).await? {
            heads.extend(from_batch::<Head>(&batch)?.into_iter().map(|head| (head.id.clone(), head)));
        }
        Ok(heads)
    }

    /// Ids of the claims that any run made of a document, be they rejected or superseded.
    #[boxed]
    pub async fn ids_ever_of(&self, document: &str) -> Result<HashSet<String>, LakeError> {
        let sql = format!("SELECT DISTINCT id FROM claims_all WHERE {} AND document = {}", self.seen, quoted(document));
        Ok(crate::session::column(&self.session, &sql).await?.into_iter().collect())
    }

    /// Claims that link to others in a way, as pairs, each with its basis.
    #[boxed]
    pub async fn linked(&self, rel: &str) -> Result<Vec<(String, String, String)>, LakeError> {
        let sql = format!(
            "SELECT claim || ' ' || to_claim || ' ' || coalesce(basis, '') FROM links WHERE rel = {} AND to_claim IS NOT NULL",
            quoted(rel)
        );
        let lines = crate::session::column(&self.session, &sql).await?;
        let parts = |line: &String| {
            let mut words = line.split(' ').map(str::to_owned);
            Some((words.next()?, words.next()?, words.next().unwrap_or_default()))
        };
        Ok(lines.iter().filter_map(parts).collect())
    }

    /// When the claims of a filter entered the lake, in microseconds since 1970, and the first day that each tells of, its
    /// report's where it tells of none; by id. A claim that stands several times has entered when it last did.
    #[boxed]
    pub async fn entered(&self, filter: &Filter) -> Result<HashMap<String, (i64, Option<i32>)>, LakeError> {
        let sql = format!(
            "SELECT id, arrow_cast(recorded, 'Int64') AS recorded, \
             arrow_cast(coalesce(from_day, to_day, published_day), 'Int32') AS day FROM {} WHERE {}",
            self.lightest(),
            filter.condition()
        );
        let mut entered: HashMap<String, (i64, Option<i32>)> = HashMap::new();
        for batch in rows(&self.session, &sql).await? {
            let ids = cast(batch.column(0), &DataType::Utf8).map_err(|e| LakeError::ours("reading ids", &e))?;
            let (recorded, days) =
                (batch.column(1).as_primitive::<Int64Type>(), batch.column(2).as_primitive::<Int32Type>());
            entered.reserve(batch.num_rows());
            for ((id, at), day) in ids.as_string::<i32>().iter().zip(recorded).zip(days) {
                let (Some(id), Some(at)) = (id, at) else { continue };
                let known = entered.entry(id.to_owned()).or_insert((at, day));
                if at >= known.0 {
                    *known = (at, day);
                }
            }
        }
        Ok(entered)
    }

    async fn named(&self, sql: &str) -> Result<Vec<Named>, LakeError> {
        let mut named = Vec::new();
        for batch in rows(&self.session, sql).await? {
            named.extend(from_batch::<Named>(&batch)?);
        }
        Ok(named)
    }
}

fn standing_in(filter: Option<&Filter>) -> String {
    filter.map(|f| format!(" AND id IN (SELECT document FROM light WHERE {})", f.condition())).unwrap_or_default()
}
