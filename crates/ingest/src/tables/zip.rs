//! The table in a zip archive, as a stream: GDELT and HDX give each table in one of its own.
//!
//! Entries are read from their own headers, one after another, so that nothing need be sought in the file. The first
//! entry that can be a table is read; a second one is an error that says what to do, at the end of the first.

use std::io::{self, BufRead, Read};

use flate2::bufread::DeflateDecoder;

use crate::options::Limits;
use crate::packed;

/// The bytes of the table in a zip archive.
pub(super) fn unzip<'a>(packed: impl BufRead + 'a, limits: &Limits) -> impl Read + 'a {
    packed::capped(packed, limits, |packed| Zip { entry: Entry::Between(packed), is_read: false })
}

enum Entry<R> {
    Between(R),
    Stored(io::Take<R>),
    Deflated(Box<DeflateDecoder<R>>),
    Over,
}

struct Zip<R> {
    entry: Entry<R>,
    /// Whether a table came out.
    is_read: bool,
}

/// Endings of entries that lie beside tables.
const BESIDE: [&str; 6] = [".pdf", ".txt", ".md", ".html", ".json", ".xml"];

impl<R: BufRead> Read for Zip<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let count = match &mut self.entry {
                Entry::Over => return Ok(0),
                Entry::Stored(entry) => entry.read(buffer)?,
                Entry::Deflated(entry) => entry.read(buffer)?,
                Entry::Between(_) => 0,
            };
            if count > 0 {
                self.is_read = true;
                return Ok(count);
            }
            let packed = match std::mem::replace(&mut self.entry, Entry::Over) {
                Entry::Between(packed) => packed,
                Entry::Stored(entry) => entry.into_inner(),
                Entry::Deflated(entry) => entry.into_inner(),
                Entry::Over => return Ok(0),
            };
            self.entry = next(packed, self.is_read)?;
        }
    }
}

/// The next entry that can be a table.
fn next<R: BufRead>(mut packed: R, is_read: bool) -> io::Result<Entry<R>> {
    loop {
        let mut mark = [0; 4];
        if !whole(&mut packed, &mut mark)? {
            return Ok(Entry::Over);
        }
        // What an entry whose size was not known at its start leaves behind: mark, checksum, sizes.
        if mark == *b"PK\x07\x08" {
            whole(&mut packed, &mut [0; 12])?;
            continue;
        }
        if mark != *b"PK\x03\x04" {
            return Ok(Entry::Over);
        }
        let mut header = [0; 26];
        packed.read_exact(&mut header)?;
        let short = |at: usize| u16::from_le_bytes([header[at], header[at + 1]]);
        let [flags, method, name_length, extra_length] = [short(2), short(4), short(22), short(24)];
        let size = u64::from(u32::from_le_bytes([header[14], header[15], header[16], header[17]]));
        let mut name = vec![0; usize::from(name_length)];
        packed.read_exact(&mut name)?;
        packed.read_exact(&mut vec![0; usize::from(extra_length)])?;
        let name = String::from_utf8_lossy(&name).to_lowercase();
        let is_table = !name.ends_with('/') && !BESIDE.iter().any(|ending| name.ends_with(ending));
        if is_table && is_read {
            return Err(io::Error::other(format!(
                "the archive holds a second table, {name}; unpack it and give its tables one by one"
            )));
        }
        if flags & 1 == 1 {
            return Err(io::Error::other(format!("{name} in the archive is encrypted; unpack it first")));
        }
        match method {
            8 if is_table => return Ok(Entry::Deflated(Box::new(DeflateDecoder::new(packed)))),
            0 if is_table => return Ok(Entry::Stored(packed.take(size))),
            8 => {
                let mut entry = DeflateDecoder::new(packed);
                io::copy(&mut entry, &mut io::sink())?;
                packed = entry.into_inner();
            }
            0 => {
                io::copy(&mut packed.by_ref().take(size), &mut io::sink())?;
            }
            other => {
                return Err(io::Error::other(format!("{name} is packed by method {other}; unpack it first")));
            }
        }
    }
}

/// Fills the buffer; false where the input ended before.
fn whole(input: &mut impl Read, buffer: &mut [u8]) -> io::Result<bool> {
    match input.read_exact(buffer) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}
