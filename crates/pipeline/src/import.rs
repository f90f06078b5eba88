//! Tables of others in, claims out: rows in chunks, each chunk one document, coded on several threads, in order.
//!
//! A chunk of some hundred rows becomes one document whose text is that stretch of the file, so that every claim's
//! evidence, its row, can be shown where it stands. Claims come with their row's terms; whoever keeps or passes them on
//! heeds `restricted`. Memory is bounded by the chunks in flight, whatever the size of the file.

use std::cell::RefCell;
use std::io::BufRead;
use std::ops::ControlFlow;
use std::sync::{Mutex, PoisonError};

use coding::catalogue::Catalogue;
use coding::crosswalk::{Crosswalk, MentionSummary, Mentions, Standing};
use ingest::tables::{self, Chunk, TableError, TableOptions, TableSummary};
use ingest::{Limits, Source};
use model::record::ClaimRecord;
use model::{Dataset, Document, Metadata, RowFault, Span, Text, When};

use crate::ordered;

/// How to import.
#[derive(Clone, Debug)]
pub struct ImportOptions {
    /// Which data set it is, where the caller knows; otherwise header and shape tell.
    pub dataset: Option<Dataset>,
    /// The release, as claims will name it.
    pub release: Option<String>,
    /// The day on which it was released: the publication date of rows that carry none.
    pub published: Option<When>,
    /// Worker threads; at least one.
    pub threads: usize,
    /// Limits of unpacking.
    pub limits: Limits,
}

impl Default for ImportOptions {
    fn default() -> Self {
        Self { dataset: None, release: None, published: None, threads: 1, limits: Limits::default() }
    }
}

/// What came of one chunk of rows.
#[derive(Debug)]
pub struct Imported {
    /// The document that its claims stand in; `None` where it holds no claim.
    pub document: Option<Document>,
    /// One claim for each row that could be taken, in the order of the file.
    pub claims: Vec<ClaimRecord>,
    /// The rows that could not, with line and reason.
    pub faults: Vec<RowFault>,
}

/// What came of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportSummary {
    /// The data set, its columns and how many rows it has.
    pub table: TableSummary,
    /// Rows that became claims.
    pub claims: u64,
    /// Rows that could not be taken.
    pub faults: u64,
    /// For GDELT's mentions, which become no claims, what they add up to.
    pub mentions: Option<MentionSummary>,
}

/// Imports the table of a source. `sink` gets chunk after chunk, in the order of the file, and stops the import by
/// breaking. The number of threads changes nothing but the time.
pub fn import(
    source: &Source,
    options: &ImportOptions,
    catalogue: &Catalogue,
    sink: &mut dyn FnMut(Imported) -> ControlFlow<()>,
) -> Result<ImportSummary, TableError> {
    run(|table, emit| tables::read(source, table, emit), options, catalogue, sink)
}

/// Imports the table in these bytes, packed or not, as if they were the content of a file of this name.
pub fn import_from(
    bytes: impl BufRead + Send,
    name: &str,
    options: &ImportOptions,
    catalogue: &Catalogue,
    sink: &mut dyn FnMut(Imported) -> ControlFlow<()>,
) -> Result<ImportSummary, TableError> {
    run(|table, emit| tables::read_from(bytes, name, table, emit), options, catalogue, sink)
}

fn run(
    read: impl FnOnce(&TableOptions, &mut dyn FnMut(Chunk) -> ControlFlow<()>) -> Result<TableSummary, TableError> + Send,
    options: &ImportOptions,
    catalogue: &Catalogue,
    sink: &mut dyn FnMut(Imported) -> ControlFlow<()>,
) -> Result<ImportSummary, TableError> {
    let table_options = TableOptions { dataset: options.dataset, limits: options.limits, ..TableOptions::default() };
    let table = Mutex::new(None);
    let mentions = Mutex::new(Mentions::default());
    let (mut claims, mut faults) = (0, 0);
    ordered::map(
        options.threads,
        |emit| {
            let summary = read(&table_options, emit);
            *table.lock().unwrap_or_else(PoisonError::into_inner) = Some(summary);
        },
        || RefCell::new(Coder { catalogue, crosswalk: None, places: Vec::new() }),
        |coder, chunk: Chunk| coder.borrow_mut().chunk(chunk, options, &mentions),
        &mut |imported: Imported| {
            claims += imported.claims.len() as u64;
            faults += imported.faults.len() as u64;
            sink(imported)
        },
    );
    let table = table.into_inner().unwrap_or_else(PoisonError::into_inner);
    let table = table.expect("the producer has run to its end and left what it found")?;
    let mentions = mentions.into_inner().unwrap_or_else(PoisonError::into_inner).summary();
    let mentions = (table.dataset == Dataset::GdeltMentions).then_some(mentions);
    Ok(ImportSummary { table, claims, faults, mentions })
}

/// What one thread works with: the crosswalk, made at the first chunk, and room for a row's cells.
struct Coder<'c> {
    catalogue: &'c Catalogue,
    crosswalk: Option<Crosswalk<'c>>,
    places: Vec<[u32; 2]>,
}

impl Coder<'_> {
    fn chunk(&mut self, mut chunk: Chunk, options: &ImportOptions, mentions: &Mutex<Mentions>) -> Imported {
        let dataset = chunk.layout.dataset;
        let mut faults = std::mem::take(&mut chunk.faults);
        if dataset == Dataset::GdeltMentions {
            let mut mentions = mentions.lock().unwrap_or_else(PoisonError::into_inner);
            for i in 0..chunk.len() {
                let counted = chunk.row(i, &mut self.places).and_then(|row| mentions.add(row));
                faults.extend(counted.err());
            }
            return Imported { document: None, claims: Vec::new(), faults };
        }
        let crosswalk = self.crosswalk.get_or_insert_with(|| {
            Crosswalk::new(dataset, options.release.as_deref(), options.published, self.catalogue)
        });
        let (first, last) = chunk.lines().unwrap_or_default();
        let file = Text::new(&*chunk.file);
        let source_id = Text::from(format!("{file}:{first}-{last}"));
        let metadata = Metadata {
            source_id: Some(source_id.to_string()),
            url: None,
            title: Some(format!("{}, lines {first}-{last}", chunk.file)),
            publisher: Some(dataset.name().to_owned()),
            published: options.published,
        };
        let document = Document::new(std::mem::take(&mut chunk.text), metadata);
        // The document has the text now; rows are cut out of it.
        let text = document.text();
        let mut claims = Vec::with_capacity(chunk.len());
        for i in 0..chunk.len() {
            let (start, end) = chunk.place(i);
            let claim = chunk.row_in(text, i, &mut self.places).and_then(|row| {
                let span = Span::new(text, start, end).map_err(|e| RowFault::new(row.line, e.to_string()))?;
                let at = Standing { document: document.id(), source_id: &source_id, file: &file, span };
                crosswalk.claim(row, at)
            });
            match claim {
                Ok(claim) => claims.push(claim),
                Err(fault) => faults.push(fault),
            }
        }
        faults.sort_by_key(|fault| fault.line);
        Imported { document: (!claims.is_empty()).then_some(document), claims, faults }
    }
}
