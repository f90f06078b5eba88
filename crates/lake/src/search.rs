//! Full text over documents and claims.
//!
//! The index is a cache beside the lake, made of rows of every run and stamped with the batch up to which it goes. It
//! is caught up, or thrown away and made again, when somebody searches; one process writes it, others meanwhile search
//! what is there. What is found is then asked of the views, so that dates, runs and decisions hold for it too.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use model::record::ClaimRecord;
use serde::{Deserialize, Serialize};
use tantivy::collector::{DocSetCollector, TopDocs};
use tantivy::directory::MmapDirectory;
use tantivy::query::{Query, QueryParser};
use tantivy::schema::{Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions, Value};
use tantivy::snippet::SnippetGenerator;
use tantivy::tokenizer::TokenizerManager;
use tantivy::{Index, IndexWriter, TantivyDocument, TantivyError};

use crate::ask::View;
use crate::boxed;
use crate::error::LakeError;
use crate::rows::DocumentRow;
use crate::schema::Table;
use crate::session::{column, plain};
use crate::store::Lake;
use crate::views::AsOf;
use crate::write::batch_number;

/// The version of the index's fields: another one is made again.
const FIELDS: u32 = 1;
/// What the writer may hold in memory before it writes a segment.
const HEAP: usize = 64 << 20;
/// The most characters of a document that are shown around what was found.
const SNIPPET: usize = 240;

/// What to search.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// Documents and claims.
    #[default]
    Both,
    /// Documents: titles and texts.
    Documents,
    /// Claims: their words.
    Claims,
}

/// Something found.
#[derive(Clone, Debug)]
pub struct Found {
    /// How well it fits (BM25); comparable within one search.
    pub score: f32,
    /// The claim, where one was found; else the document was.
    pub claim: Option<ClaimRecord>,
    /// The document, of a claim its own.
    pub document: DocumentRow,
    /// The words around, and the byte ranges in them that fit.
    pub snippet: String,
    /// Byte ranges of `snippet`.
    pub highlights: Vec<(usize, usize)>,
}

/// What a search brought.
#[derive(Clone, Debug)]
pub struct Results {
    /// The best first.
    pub found: Vec<Found>,
    /// Another process is writing the index, so that the newest batches may be missing here.
    pub behind: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Stamp {
    fields: u32,
    batch: i64,
}

struct Fields {
    id: Field,
    kind: Field,
    title: Field,
    body: Field,
}

fn fields() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let text = TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer("en_stem")
            .set_index_option(IndexRecordOption::WithFreqsAndPositions),
    );
    let fields = Fields {
        id: schema.add_text_field("id", STRING | STORED),
        kind: schema.add_text_field("kind", STRING),
        title: schema.add_text_field("title", text.clone()),
        body: schema.add_text_field("body", text),
    };
    (schema.build(), fields)
}

fn trouble(attempt: &str, error: &TantivyError) -> LakeError {
    LakeError::environment(attempt.to_owned(), error, "delete the index: it is made again by the next search")
}

impl Lake {
    /// Where the index of a lake in a folder is; another place is the caller's to name.
    pub fn index_folder(&self) -> Option<PathBuf> {
        self.address().local().map(|folder| folder.join("_index"))
    }

    /// Searches for words (`"…"` for a phrase, `-word` to exclude, `OR`), the best first.
    #[boxed]
    pub async fn search(
        &self,
        as_of: &AsOf,
        folder: &Path,
        words: &str,
        scope: Scope,
        limit: usize,
    ) -> Result<Results, LakeError> {
        self.search_in(&self.view(as_of).await?, folder, words, scope, limit).await
    }

    /// Ids of the claims whose words fit, of every run; and whether another process is writing the index, so that the newest
    /// batches may be missing.
    #[boxed]
    pub async fn claims_with(&self, folder: &Path, words: &str) -> Result<(Vec<String>, bool), LakeError> {
        let (index, behind) = self.index(folder).await?;
        let (_, fields) = fields();
        let reader = index.reader().map_err(|e| trouble("opening the index", &e))?;
        let searcher = reader.searcher();
        let query = parsed(&index, &fields, words, Scope::Claims)?;
        let hits = searcher.search(&query, &DocSetCollector).map_err(|e| trouble("searching", &e))?;
        let mut ids = Vec::with_capacity(hits.len());
        for at in hits {
            let stored: TantivyDocument = searcher.doc(at).map_err(|e| trouble("reading the index", &e))?;
            ids.extend(stored.get_first(fields.id).and_then(|v| v.as_str()).map(str::to_owned));
        }
        ids.sort_unstable();
        ids.dedup();
        Ok((ids, behind))
    }

    /// Searches what a view shows; the best first.
    #[boxed]
    pub async fn search_in(
        &self,
        view: &View,
        folder: &Path,
        words: &str,
        scope: Scope,
        limit: usize,
    ) -> Result<Results, LakeError> {
        let (index, behind) = self.index(folder).await?;
        let (_, fields) = fields();
        let reader = index.reader().map_err(|e| trouble("opening the index", &e))?;
        let searcher = reader.searcher();
        let query = parsed(&index, &fields, words, scope)?;
        let body = parser(&index, &fields).parse_query(words).unwrap_or_else(|_| query.box_clone());
        let mut snippets = SnippetGenerator::create(&searcher, &body, fields.body)
            .map_err(|e| trouble("preparing to show what is found", &e))?;
        snippets.set_max_num_chars(SNIPPET);

        let mut found: Vec<Found> = Vec::new();
        let mut asked = limit.saturating_mul(2).max(20);
        loop {
            let hits = searcher
                .search(&query, &TopDocs::with_limit(asked).order_by_score())
                .map_err(|e| trouble("searching", &e))?;
            let exhausted = hits.len() < asked;
            let mut ids: Vec<(f32, String)> = Vec::new();
            for (score, at) in hits {
                let stored: TantivyDocument = searcher.doc(at).map_err(|e| trouble("reading the index", &e))?;
                let id = stored.get_first(fields.id).and_then(|v| v.as_str()).unwrap_or_default().to_owned();
                if !ids.iter().any(|(_, known)| *known == id) {
                    ids.push((score, id));
                }
            }
            found.clear();
            stand(view, ids, &snippets, limit, &mut found).await?;
            if found.len() >= limit || exhausted {
                return Ok(Results { found, behind });
            }
            asked = asked.saturating_mul(4);
        }
    }

    /// The index, brought up to the lake's newest batch. True where another process is at it.
    async fn index(&self, folder: &Path) -> Result<(Index, bool), LakeError> {
        let batch = batch_number(self, Table::Claims).await?;
        let wanted = Stamp { fields: FIELDS, batch };
        if let Some(index) = opened(folder)
            && let Some(stamp) = stamp(&index)
            && stamp.fields == FIELDS
            && stamp.batch <= batch
            && let Some(result) = self.catch_up(index, stamp, wanted).await?
        {
            return Ok(result);
        }
        // None, of another version, ahead of a lake that was mended, or not of as many rows: made anew.
        let attempt =
            |e: &dyn std::fmt::Display| LakeError::storage(format!("making an index in {}", folder.display()), &e);
        if folder.exists() {
            std::fs::remove_dir_all(folder).map_err(|e| attempt(&e))?;
        }
        std::fs::create_dir_all(folder).map_err(|e| attempt(&e))?;
        let directory = MmapDirectory::open(folder).map_err(|e| attempt(&e))?;
        let index = Index::create(directory, fields().0, tantivy::IndexSettings::default()).map_err(|e| attempt(&e))?;
        let result = self.catch_up(index, Stamp { fields: FIELDS, batch: 0 }, wanted).await?;
        result.ok_or_else(|| LakeError::Ours("a new index has not as many entries as the lake has rows".to_owned()))
    }

    /// Adds what came in since the stamp. `None` where the index then has not as many entries as the lake has rows.
    async fn catch_up(&self, index: Index, stamp: Stamp, wanted: Stamp) -> Result<Option<(Index, bool)>, LakeError> {
        let session = plain(self).await?;
        if stamp != wanted {
            let mut writer: IndexWriter = match index.writer_with_num_threads(1, HEAP) {
                Ok(writer) => writer,
                Err(TantivyError::LockFailure(..)) => return Ok(Some((index, true))),
                Err(e) => return Err(trouble("writing the index", &e)),
            };
            let since = stamp.batch;
            let documents = format!("SELECT id, coalesce(title, ''), text FROM documents_all WHERE batch > {since}");
            self.add(&session, &mut writer, "document", &documents).await?;
            let claims = format!("SELECT id, '', evidence['text'] FROM claims_all WHERE batch > {since}");
            self.add(&session, &mut writer, "claim", &claims).await?;
            let payload = serde_json::to_string(&wanted).map_err(|e| LakeError::ours("stamping the index", &e))?;
            let mut commit = writer.prepare_commit().map_err(|e| trouble("writing the index", &e))?;
            commit.set_payload(&payload);
            commit.commit().map_err(|e| trouble("writing the index", &e))?;
            writer.wait_merging_threads().map_err(|e| trouble("writing the index", &e))?;
        }
        let rows = "SELECT CAST((SELECT count(*) FROM documents_all) + (SELECT count(*) FROM claims_all) AS VARCHAR)";
        let rows: u64 = column(&session, rows).await?.first().and_then(|n| n.parse().ok()).unwrap_or(0);
        let reader = index.reader().map_err(|e| trouble("opening the index", &e))?;
        Ok((reader.searcher().num_docs() == rows).then_some((index, false)))
    }

    async fn add(
        &self,
        session: &datafusion::prelude::SessionContext,
        writer: &mut IndexWriter,
        kind: &str,
        sql: &str,
    ) -> Result<(), LakeError> {
        use deltalake::arrow::array::AsArray;
        use deltalake::arrow::compute::cast;
        use deltalake::arrow::datatypes::DataType;
        let (_, fields) = fields();
        let mut answer = crate::ask::answer(session, sql).await?;
        while let Some(batch) = answer.next().await? {
            let texts = (0..3)
                .map(|i| cast(batch.column(i), &DataType::Utf8))
                .collect::<Result<Vec<_>, _>>()
                .map_err(|e| LakeError::ours("reading words for the index", &e))?;
            for row in 0..batch.num_rows() {
                let text = |i: usize| texts[i].as_string::<i32>().value(row);
                let mut entry = TantivyDocument::default();
                entry.add_text(fields.id, text(0));
                entry.add_text(fields.kind, kind);
                entry.add_text(fields.title, text(1));
                entry.add_text(fields.body, text(2));
                writer.add_document(entry).map_err(|e| trouble("writing the index", &e))?;
            }
        }
        Ok(())
    }
}

/// Of these hits those that a view shows, with their words.
async fn stand(
    view: &View,
    hits: Vec<(f32, String)>,
    snippets: &SnippetGenerator,
    limit: usize,
    found: &mut Vec<Found>,
) -> Result<(), LakeError> {
    let (claims, mut documents): (Vec<String>, Vec<String>) =
        hits.iter().map(|(_, id)| id.clone()).partition(|id| id.starts_with("clm_"));
    let mut by_id: HashMap<String, ClaimRecord> = HashMap::new();
    for (id, (claim, _)) in view.by_ids(&claims).await? {
        documents.push(claim.document.to_string());
        by_id.insert(id, claim);
    }
    let documents = view.whole_documents(&documents).await?;
    for (score, id) in hits {
        if found.len() == limit {
            break;
        }
        let claim = by_id.remove(&id);
        let of = claim.as_ref().map_or(id, |c| c.document.to_string());
        if !of.starts_with("doc_") {
            continue;
        }
        let Some(document) = documents.get(&of) else { continue };
        let words = claim.as_ref().map_or(document.text.as_str(), |c| c.evidence.text.as_str());
        let snippet = snippets.snippet(words);
        let highlights = snippet.highlighted().iter().map(|r| (r.start, r.end)).collect();
        let shown = if snippet.fragment().is_empty() {
            words.chars().take(SNIPPET).collect()
        } else {
            snippet.fragment().to_owned()
        };
        found.push(Found { score, claim, document: document.clone(), snippet: shown, highlights });
    }
    Ok(())
}

fn parser(index: &Index, fields: &Fields) -> QueryParser {
    let mut parser = QueryParser::for_index(index, vec![fields.title, fields.body]);
    parser.set_conjunction_by_default();
    parser.set_field_boost(fields.title, 2.0);
    parser
}

fn parsed(index: &Index, fields: &Fields, words: &str, scope: Scope) -> Result<Box<dyn Query>, LakeError> {
    let kind = match scope {
        Scope::Both => String::new(),
        Scope::Documents => " AND kind:document".to_owned(),
        Scope::Claims => " AND kind:claim".to_owned(),
    };
    parser(index, fields)
        .parse_query(&format!("({words}){kind}"))
        .map_err(|e| LakeError::Asked(format!("`{words}` cannot be searched for: {e}; put a phrase in \"quotes\"")))
}

fn opened(folder: &Path) -> Option<Index> {
    let index = Index::open_in_dir(folder).ok()?;
    (index.schema() == fields().0 && TokenizerManager::default().get("en_stem").is_some()).then_some(index)
}

fn stamp(index: &Index) -> Option<Stamp> {
    serde_json::from_str(&index.load_metas().ok()?.payload?).ok()
}
