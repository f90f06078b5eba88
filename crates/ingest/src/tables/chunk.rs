//! A stretch of a table: its text, where each row stands in it, and what was wrong with the rows that are none.

use std::sync::Arc;

use model::{Row, RowFault};

use super::plain;
use super::shape::Layout;

/// Some hundred rows of a table.
#[derive(Debug)]
pub struct Chunk {
    /// The rows as they stand in the file, from the first byte of the first to the last of the last.
    pub text: String,
    /// The file's name, without its folder.
    pub file: Arc<str>,
    /// How the table is laid out.
    pub layout: Arc<Layout>,
    /// Rows that could not be told apart or read.
    pub faults: Vec<RowFault>,
    pub(super) rows: Vec<Found>,
    /// Cells of quoted tables with their quotes undone, row after row.
    pub(super) cells: String,
    /// Where each of these ends, from the start of its row's cells.
    pub(super) ends: Vec<u32>,
}

/// Where a row is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) line: u64,
    /// Its last line.
    pub(super) last_line: u64,
    /// In the text.
    pub(super) start: u32,
    pub(super) end: u32,
    /// In the cells and in their ends.
    pub(super) cells: u32,
    pub(super) first_end: u32,
    pub(super) ends: u32,
}

impl Chunk {
    /// How many rows it has.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it holds no row: what is in it then are faults.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The first and the last line of its rows.
    pub fn lines(&self) -> Option<(u64, u64)> {
        Some((self.rows.first()?.line, self.rows.last()?.last_line))
    }

    /// Where a row stands in the text.
    pub fn place(&self, index: usize) -> (usize, usize) {
        let found = self.rows[index];
        (found.start as usize, found.end as usize)
    }

    /// A row, its cells in the order of the data set. `places` is room that is used again from row to row.
    pub fn row<'a>(&'a self, index: usize, places: &'a mut Vec<[u32; 2]>) -> Result<Row<'a>, RowFault> {
        self.row_in(&self.text, index, places)
    }

    /// As [`Chunk::row`], of a chunk whose text was moved elsewhere.
    pub fn row_in<'a>(
        &'a self,
        text: &'a str,
        index: usize,
        places: &'a mut Vec<[u32; 2]>,
    ) -> Result<Row<'a>, RowFault> {
        let found = self.rows[index];
        let layout = &*self.layout;
        let raw = &text[found.start as usize..found.end as usize];
        places.clear();
        places.resize(layout.dataset.columns().len(), [0, 0]);
        let mut count = 0;
        let mut put = |start: usize, end: usize| {
            if let Some(&Some(column)) = layout.columns.get(count) {
                places[column as usize] = [as_u32(start), as_u32(end)];
            }
            count += 1;
        };
        let cells = if layout.quoted {
            let base = found.cells as usize;
            let ends = &self.ends[found.first_end as usize..(found.first_end + found.ends) as usize];
            let mut start = 0;
            for &end in ends {
                put(base + start, base + end as usize);
                start = end as usize;
            }
            self.cells.as_str()
        } else {
            let mut start = 0;
            plain::each(layout.delimiter, raw.as_bytes(), |end| {
                put(start, end);
                start = end + 1;
            });
            put(start, raw.len());
            raw
        };
        if count == layout.columns.len() {
            Ok(Row::new(found.line, raw, cells, places))
        } else {
            Err(RowFault::new(found.line, wrong_width(count, layout.columns.len())))
        }
    }
}

pub(super) fn wrong_width(count: usize, width: usize) -> String {
    format!("the row has {count} cells, the table {width} columns; see whether a separator or quote is missing")
}

/// Bounded by the chunk's size.
pub(super) fn as_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
