//! Where rows begin and end in a stream of bytes.
//!
//! Without quotes a row is a line. With quotes a cell may hold line ends: `csv-core` finds the end of the row and
//! undoes the quotes in one go. A quote that is opened and not closed would swallow all that follows: a row that comes
//! out over several lines with the wrong number of cells, or that outgrows [`ROW_BYTES`], is given up as its first
//! line alone, and reading goes on with the next.

use std::io::Read;
use std::ops::ControlFlow;
use std::sync::Arc;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use encoding_rs::WINDOWS_1252;
use memchr::{memchr, memchr_iter};
use model::RowFault;

use super::chunk::{Chunk, Found, as_u32, wrong_width};
use super::plain;
use super::shape::Layout;
use super::{ROW_BYTES, ended};
use crate::packed;

/// How much is read at a time.
const BLOCK: usize = 1 << 18;

/// The most bytes of one chunk, which long rows reach before their number does.
const CHUNK_BYTES: usize = 4 << 20;

/// The most cells of one row that are told apart.
const CELLS: usize = 4096;

/// A stream of bytes, some of which are at hand.
pub(super) struct Rows<R> {
    input: R,
    buffer: Vec<u8>,
    /// Where the next row begins.
    at: usize,
    /// How much of the buffer is filled.
    filled: usize,
    /// The line of `at`.
    line: u64,
    is_done: bool,
    broken: Option<String>,
}

/// The end of one row, or that there is none.
enum Step {
    Row { end: usize, next: usize, cells: usize, ends: usize },
    Fault { why: String, next: usize },
    End,
}

impl<R: Read> Rows<R> {
    pub(super) fn new(input: R) -> Self {
        Self { input, buffer: Vec::new(), at: 0, filled: 0, line: 1, is_done: false, broken: None }
    }

    /// The bytes at hand from the next row on.
    pub(super) fn ahead(&self) -> &[u8] {
        &self.buffer[self.at..self.filled]
    }

    /// Why the stream broke off, if it did.
    pub(super) fn broken(&self) -> Option<String> {
        self.broken.clone()
    }

    /// Leaves out a byte order mark.
    pub(super) fn skip_mark(&mut self) {
        if self.ahead().starts_with(b"\xef\xbb\xbf") {
            self.at += 3;
        }
    }

    /// Reads one block more; whether there was any.
    pub(super) fn fill(&mut self) -> bool {
        if self.buffer.len() < self.filled + BLOCK {
            self.buffer.resize((self.filled + BLOCK).max(2 * self.buffer.len()), 0);
        }
        let from = self.filled;
        // Whole blocks, so that a slow pipe does not make the head of a table look like all of it.
        while !self.is_done && self.filled < from + BLOCK {
            match self.input.read(&mut self.buffer[self.filled..from + BLOCK]) {
                Ok(0) => self.is_done = true,
                Ok(n) => self.filled += n,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.is_done = true;
                    self.broken = Some(packed::reason(&error).to_string());
                }
            }
        }
        self.filled > from
    }

    /// Hands out all rows in chunks; how many there were.
    pub(super) fn chunks(
        &mut self,
        layout: &Arc<Layout>,
        file: &str,
        chunk_rows: usize,
        emit: &mut dyn FnMut(Chunk) -> ControlFlow<()>,
    ) -> u64 {
        let file: Arc<str> = Arc::from(file);
        let mut finder = Finder::new(layout);
        let mut found_rows = 0;
        let mut header: Vec<u8> = Vec::new();
        let mut is_first = true;
        // The next chunk takes about as much room as the last one.
        let mut room = (0, 0);
        loop {
            self.forget();
            let mut rows: Vec<Found> = Vec::with_capacity(chunk_rows);
            let mut faults = Vec::new();
            let (mut cells, mut ends) = (Vec::with_capacity(room.0), Vec::with_capacity(room.1));
            let mut is_last = false;
            while rows.len() < chunk_rows && self.at < CHUNK_BYTES {
                self.skip_blank_lines();
                let start = self.at;
                let (step, reach) = match finder.next(self, &mut cells, &mut ends) {
                    Step::End => {
                        is_last = true;
                        break;
                    }
                    Step::Fault { why, next } => {
                        faults.push(RowFault::new(self.line, why));
                        found_rows += 1;
                        (None, next)
                    }
                    Step::Row { end, next, cells, ends } => (Some((end, cells, ends)), next),
                };
                let line = self.line;
                let line_ends = |from, to| memchr_iter(b'\n', &self.buffer[from..to]).count() as u64;
                let lines = line_ends(start, step.map_or(reach, |(end, ..)| end));
                self.line += lines + step.map_or(0, |(end, ..)| line_ends(end, reach));
                self.at = reach;
                let Some((end, first_cell, first_end)) = step else { continue };
                let raw = &self.buffer[start..end];
                // The header, a copy of it where files were joined, and the tags that HDX puts under it.
                let is_header = is_first && layout.header;
                is_first = false;
                if is_header {
                    header = raw.to_vec();
                }
                let is_tags = raw.contains(&b'#') && is_tags(raw, layout.delimiter);
                if is_header || (layout.header && raw == header) || (found_rows == 0 && layout.header && is_tags) {
                    cells.truncate(first_cell);
                    ends.truncate(first_end);
                    continue;
                }
                found_rows += 1;
                rows.push(Found {
                    line,
                    last_line: line + lines,
                    start: as_u32(start),
                    end: as_u32(end),
                    cells: as_u32(first_cell),
                    first_end: as_u32(first_end),
                    ends: as_u32(ends.len() - first_end),
                });
            }
            if is_last && let Some(why) = self.broken.take() {
                faults.push(ended(self.line, &why));
            }
            room = (cells.len() + cells.len() / 8, ends.len() + ends.len() / 8);
            if !rows.is_empty() || !faults.is_empty() {
                let chunk = self.cut(rows, faults, cells, ends, layout, &file);
                if emit(chunk).is_break() {
                    return found_rows;
                }
            }
            if is_last {
                return found_rows;
            }
        }
    }

    /// Drops what was handed out.
    fn forget(&mut self) {
        self.buffer.copy_within(self.at..self.filled, 0);
        self.filled -= self.at;
        self.at = 0;
    }

    fn skip_blank_lines(&mut self) {
        loop {
            while self.at < self.filled && matches!(self.buffer[self.at], b'\n' | b'\r') {
                self.line += u64::from(self.buffer[self.at] == b'\n');
                self.at += 1;
            }
            if self.at < self.filled || !self.fill() {
                return;
            }
        }
    }

    fn cut(
        &self,
        mut rows: Vec<Found>,
        faults: Vec<RowFault>,
        cells: Vec<u8>,
        ends: Vec<u32>,
        layout: &Arc<Layout>,
        file: &Arc<str>,
    ) -> Chunk {
        let (first, last) = rows.first().zip(rows.last()).map_or((0, 0), |(a, b)| (a.start, b.end));
        let bytes = self.buffer[first as usize..last as usize].to_vec();
        for row in &mut rows {
            row.start -= first;
            row.end -= first;
        }
        let mut chunk = Chunk {
            text: String::new(),
            file: Arc::clone(file),
            layout: Arc::clone(layout),
            faults,
            rows,
            cells: String::new(),
            ends,
        };
        match (String::from_utf8(bytes), String::from_utf8(cells)) {
            (Ok(text), Ok(cells)) => (chunk.text, chunk.cells) = (text, cells),
            (text, cells) => {
                let bytes = |r: Result<String, std::string::FromUtf8Error>| {
                    r.map_or_else(std::string::FromUtf8Error::into_bytes, String::into_bytes)
                };
                decode(&mut chunk, &bytes(text), &bytes(cells));
            }
        }
        chunk
    }
}

/// Puts a chunk together whose bytes are not all UTF-8: older releases come in the code page of Western Windows. Row
/// by row and cell by cell, since files were joined from several sources.
fn decode(chunk: &mut Chunk, bytes: &[u8], cells: &[u8]) {
    let text_of = |bytes: &[u8]| match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    };
    for row in &mut chunk.rows {
        let raw = text_of(&bytes[row.start as usize..row.end as usize]);
        if !chunk.text.is_empty() {
            chunk.text.push('\n');
        }
        row.start = as_u32(chunk.text.len());
        chunk.text.push_str(&raw);
        row.end = as_u32(chunk.text.len());
        let base = row.cells as usize;
        row.cells = as_u32(chunk.cells.len());
        let mut from = 0;
        for end in &mut chunk.ends[row.first_end as usize..(row.first_end + row.ends) as usize] {
            chunk.cells.push_str(&text_of(&cells[base + from..base + *end as usize]));
            from = *end as usize;
            *end = as_u32(chunk.cells.len()) - row.cells;
        }
    }
}

/// Whether a row holds nothing but HXL tags.
fn is_tags(raw: &[u8], delimiter: u8) -> bool {
    raw.split(|b| *b == delimiter).all(|cell| matches!(cell.trim_ascii(), [] | [b'#' | b'"', ..]))
}

/// Finds the end of a row.
struct Finder {
    quoted: Option<Box<Quoted>>,
    width: usize,
}

struct Quoted {
    delimiter: u8,
    reader: Reader,
    out: Vec<u8>,
    ends: Vec<usize>,
}

impl Finder {
    fn new(layout: &Layout) -> Self {
        let quoted = layout.quoted.then(|| {
            let reader = ReaderBuilder::new().delimiter(layout.delimiter).build();
            Box::new(Quoted { delimiter: layout.delimiter, reader, out: vec![0; 1 << 16], ends: vec![0; 256] })
        });
        Self { quoted, width: layout.columns.len() }
    }

    fn next<R: Read>(&mut self, rows: &mut Rows<R>, cells: &mut Vec<u8>, ends: &mut Vec<u32>) -> Step {
        match &mut self.quoted {
            None => line(rows, 0),
            Some(quoted) => quoted.next(rows, self.width, cells, ends),
        }
    }
}

/// The next line as a row; up to `known` bytes of it hold no line end.
fn line<R: Read>(rows: &mut Rows<R>, mut known: usize) -> Step {
    loop {
        let ahead = rows.ahead();
        if let Some(found) = memchr(b'\n', &ahead[known.min(ahead.len())..]) {
            let end = rows.at + known + found;
            let has_return = end > rows.at && rows.buffer[end - 1] == b'\r';
            return Step::Row { end: end - usize::from(has_return), next: end + 1, cells: 0, ends: 0 };
        }
        known = ahead.len();
        if known > ROW_BYTES {
            return Step::Fault { why: too_long(), next: rows.filled };
        }
        if !rows.fill() {
            return if known == 0 {
                Step::End
            } else {
                Step::Row { end: rows.filled, next: rows.filled, cells: 0, ends: 0 }
            };
        }
    }
}

fn too_long() -> String {
    format!("the row is longer than {ROW_BYTES} bytes; see whether a quote is missing at its end")
}

impl Quoted {
    fn next<R: Read>(
        &mut self,
        rows: &mut Rows<R>,
        width: usize,
        cells: &mut Vec<u8>,
        all_ends: &mut Vec<u32>,
    ) -> Step {
        // Nearly every row is quoted as it should be and wholly at hand; all others go the long way.
        let (first_cell, first_end) = (cells.len(), all_ends.len());
        if let Some((end, next)) = plain::row(rows.ahead(), self.delimiter, cells, all_ends) {
            let (end, next) = (rows.at + end, rows.at + next);
            let found = all_ends.len() - first_end;
            if found != width && memchr(b'\n', &rows.buffer[rows.at..end]).is_some() {
                cells.truncate(first_cell);
                all_ends.truncate(first_end);
                return first_line_lost(rows, &wrong_width(found, width));
            }
            return Step::Row { end, next, cells: first_cell, ends: first_end };
        }
        cells.truncate(first_cell);
        all_ends.truncate(first_end);
        self.reader.reset();
        let (mut read, mut out, mut ends) = (rows.at, 0, 0);
        loop {
            let (result, taken, written, found) =
                self.reader.read_record(&rows.buffer[read..rows.filled], &mut self.out[out..], &mut self.ends[ends..]);
            read += taken;
            out += written;
            ends += found;
            let is_over = read - rows.at > ROW_BYTES;
            match result {
                ReadRecordResult::Record => {
                    let end = rows.at + without_line_ends(&rows.buffer[rows.at..read]).len();
                    if ends != width && memchr(b'\n', &rows.buffer[rows.at..end]).is_some() {
                        return first_line_lost(rows, &wrong_width(ends, width));
                    }
                    cells.extend_from_slice(&self.out[..out]);
                    all_ends.extend(self.ends[..ends].iter().map(|&e| as_u32(e)));
                    return Step::Row { end, next: read, cells: first_cell, ends: first_end };
                }
                ReadRecordResult::End => return Step::End,
                _ if is_over || ends >= CELLS => return first_line_lost(rows, &too_long()),
                ReadRecordResult::OutputFull => self.out.resize(2 * self.out.len(), 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(2 * self.ends.len(), 0),
                // An empty read after this tells the reader that the input is at its end.
                ReadRecordResult::InputEmpty => {
                    rows.fill();
                }
            }
        }
    }
}

/// Gives up the first line of what was thought a row.
fn first_line_lost<R: Read>(rows: &mut Rows<R>, why: &str) -> Step {
    match line(rows, 0) {
        Step::Row { next, .. } => Step::Fault { why: why.to_owned(), next },
        other => other,
    }
}

/// Bytes without the line ends after them.
fn without_line_ends(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().rposition(|b| !matches!(b, b'\n' | b'\r')).map_or(0, |i| i + 1);
    &bytes[..end]
}
