//! Bytes to rows: the event data sets of others, as files come from their sites, portals and archives.
//!
//! [`read`] opens a source (plain, gzip, zstd or a zip with one table in it), tells which data set it is by its header
//! or, without one, by its shape, and hands out [`Chunk`]s of some hundred rows, in order. A chunk owns its text, which
//! is a stretch of the file unchanged, so that rows can be shown where they stand; cells are split by whoever asks for
//! a row, on any thread. Memory is bounded by the chunk: one row of more than [`ROW_BYTES`] is a fault.
//!
//! Columns go by name where there is a header: in any order, with unknown ones left aside and named once. What is
//! wrong with one row is that row's fault; what is wrong with the file before any row was found is a [`TableError`].
//!
//! What this refuses to do: mend rows with too few or too many cells, guess at columns, say what a cell means.

mod chunk;
mod plain;
mod rows;
mod shape;
#[cfg(test)]
mod tests;
mod zip;

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::ops::ControlFlow;
use std::path::Path;

use model::{Dataset, RowFault};

pub use chunk::Chunk;
pub use shape::Layout;

use crate::options::{Limits, Options};
use crate::source::Source;
use crate::{fetch, packed};

/// The most bytes of one row. The longest rows of GED, with hundreds of sources, have some 100 kilobytes.
pub const ROW_BYTES: usize = 1 << 20;

/// How to read a table.
#[derive(Clone, Copy, Debug)]
pub struct TableOptions {
    /// Which data set it is, where the caller knows; otherwise header and shape tell.
    pub dataset: Option<Dataset>,
    /// Rows of one chunk.
    pub chunk_rows: usize,
    /// Limits of unpacking.
    pub limits: Limits,
}

impl Default for TableOptions {
    fn default() -> Self {
        // Some 250 kilobytes of GED: a document that a person can still page through.
        Self { dataset: None, chunk_rows: 500, limits: Limits::default() }
    }
}

/// Why no row of a table was read.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// The file cannot be opened or read.
    #[error("{file}: cannot be read ({why}); check the path and its permissions")]
    Unreadable {
        /// The file.
        file: String,
        /// What the system says.
        why: String,
    },
    /// There is nothing in it.
    #[error("{file}: empty: there is no row in it")]
    Empty {
        /// The file.
        file: String,
    },
    /// Neither header nor shape is that of a data set that is known.
    #[error(
        "{file}: not a table that can be imported ({seen}); known are UCDP GED, ACLED, GDELT events and mentions, \
         POLECAT and ICEWS as their sites give them: CSV or tab-separated, plain, gzip or zip; GeoJSON, JSON and \
         spreadsheets are not read, so ask the site for CSV"
    )]
    Unknown {
        /// The file.
        file: String,
        /// What was seen.
        seen: String,
    },
    /// The caller named a data set whose columns are not there.
    #[error("{file}: not {dataset}: it lacks the columns {missing}; {seen}; name another data set")]
    Columns {
        /// The file.
        file: String,
        /// The data set named.
        dataset: Dataset,
        /// The columns that every file of it has.
        missing: String,
        /// What was seen.
        seen: String,
    },
}

/// What a table was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableSummary {
    /// Which data set.
    pub dataset: Dataset,
    /// Columns of the file that the data set does not know; they were left aside.
    pub unknown: Vec<String>,
    /// Columns of the data set that the file does not have.
    pub missing: Vec<&'static str>,
    /// Rows found, those with faults among them.
    pub rows: u64,
}

/// Reads the table of a source. `emit` gets chunk after chunk, in order, and stops the reading by breaking.
pub fn read(
    source: &Source,
    options: &TableOptions,
    emit: &mut dyn FnMut(Chunk) -> ControlFlow<()>,
) -> Result<TableSummary, TableError> {
    let name = source.name();
    let unreadable = |why: String| TableError::Unreadable { file: name.clone(), why };
    match source {
        Source::Path(path) => {
            if path.is_dir() {
                return Err(unreadable("a folder; give its files one by one".to_owned()));
            }
            let file = File::open(path).map_err(|e| unreadable(e.to_string()))?;
            read_from(BufReader::with_capacity(1 << 18, file), &name, options, emit)
        }
        Source::Stdin => {
            let mut bytes = BufReader::with_capacity(1 << 18, io::stdin().lock());
            read_from(&mut bytes, &name, options, emit)
        }
        Source::Given { bytes, .. } => read_from(bytes.as_slice(), &name, options, emit),
        Source::Address(url) => {
            let fetching = Options { limits: options.limits, ..Options::default() };
            let fetched = fetch::fetch(url, &fetching).map_err(|reason| unreadable(reason.to_string()))?;
            read_from(BufReader::with_capacity(1 << 18, fetched.body), &name, options, emit)
        }
    }
}

/// Reads the table in these bytes, packed or not, as if they were the content of a file of this name.
pub fn read_from<'a>(
    mut bytes: impl BufRead + 'a,
    name: &str,
    options: &TableOptions,
    emit: &mut dyn FnMut(Chunk) -> ControlFlow<()>,
) -> Result<TableSummary, TableError> {
    let file = Path::new(name).file_name().map_or_else(|| name.to_owned(), |n| n.to_string_lossy().into_owned());
    let unreadable = |why: String| TableError::Unreadable { file: name.to_owned(), why };
    let head = bytes.fill_buf().map_err(|e| unreadable(e.to_string()))?;
    let plain: Box<dyn Read + 'a> = match head {
        [0x1f, 0x8b, ..] => Box::new(packed::gzip(bytes, &options.limits)),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Box::new(packed::zstd(bytes, &options.limits)),
        [b'P', b'K', 3, 4, ..] => Box::new(zip::unzip(bytes, &options.limits)),
        _ => Box::new(bytes),
    };
    let mut rows = rows::Rows::new(plain);
    rows.fill();
    rows.skip_mark();
    if rows.ahead().iter().all(u8::is_ascii_whitespace) {
        return Err(rows.broken().map_or_else(|| TableError::Empty { file: name.to_owned() }, unreadable));
    }
    let layout = shape::tell(rows.ahead(), name, options.dataset)?;
    let summary = |rows| TableSummary {
        dataset: layout.dataset,
        unknown: layout.unknown.clone(),
        missing: layout.missing.clone(),
        rows,
    };
    let found = rows.chunks(&layout, &file, options.chunk_rows.max(1), emit);
    Ok(summary(found))
}

/// A fault of the file rather than of a row, at the line where reading ended.
fn ended(line: u64, why: &str) -> RowFault {
    RowFault::new(line, format!("the file could not be read on: {why}; what came before was read"))
}
