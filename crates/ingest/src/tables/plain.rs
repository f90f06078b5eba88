//! The short way through rows as nearly all of them are: eight bytes at a time, cells copied in stretches.
//!
//! What is out of the ordinary (a quote within a cell, words after a closing quote, a row that is not wholly at hand)
//! is left to `csv-core`, which reads every row that is read here in the same way; a test holds the two together.

use memchr::memchr;

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// Marks the zero bytes of a word by their highest bit. No bit is carried from one byte to the next, so that all marks
/// are true and not the lowest alone.
fn zeros(word: u64) -> u64 {
    !(((word & !HIGH) + !HIGH) | word | !HIGH)
}

/// Calls for the place of every such byte, in order. Cells have some six bytes: too few for a search of its own each.
pub(super) fn each(byte: u8, bytes: &[u8], mut found: impl FnMut(usize)) {
    let pattern = ONES * u64::from(byte);
    let (words, rest) = bytes.as_chunks::<8>();
    for (i, word) in words.iter().enumerate() {
        let mut marks = zeros(u64::from_le_bytes(*word) ^ pattern);
        while marks != 0 {
            found(8 * i + marks.trailing_zeros() as usize / 8);
            marks &= marks - 1;
        }
    }
    let base = 8 * words.len();
    for (i, _) in rest.iter().enumerate().filter(|(_, b)| **b == byte) {
        found(base + i);
    }
}

/// How many bytes go before the first delimiter, quote or line end.
fn bare(bytes: &[u8], delimiter: u8) -> usize {
    let stops = [delimiter, b'"', b'\n', b'\r'];
    let patterns = stops.map(|b| ONES * u64::from(b));
    let (words, rest) = bytes.as_chunks::<8>();
    for (i, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        let marks = patterns.iter().fold(0, |marks, pattern| marks | zeros(word ^ pattern));
        if marks != 0 {
            return 8 * i + marks.trailing_zeros() as usize / 8;
        }
    }
    8 * words.len() + rest.iter().position(|b| stops.contains(b)).unwrap_or(rest.len())
}

/// Reads the first row of these bytes: its cells with their quotes undone are added to `cells`, and where each ends, from
/// the start of the row's cells, to `ends`. Gives where the row ends and where the next one begins; `None`, with part of a
/// row left in both, where the row has to go the long way.
pub(super) fn row(bytes: &[u8], delimiter: u8, cells: &mut Vec<u8>, ends: &mut Vec<u32>) -> Option<(usize, usize)> {
    let first = cells.len();
    let mut at = 0;
    loop {
        if bytes.get(at) == Some(&b'"') {
            at += 1;
            loop {
                let quote = at + memchr(b'"', &bytes[at..])?;
                cells.extend_from_slice(&bytes[at..quote]);
                at = quote + 1;
                if bytes.get(at) != Some(&b'"') {
                    break;
                }
                // Doubled: a quote of the text.
                cells.push(b'"');
                at += 1;
            }
        } else {
            let length = bare(&bytes[at..], delimiter);
            cells.extend_from_slice(&bytes[at..at + length]);
            at += length;
        }
        ends.push(u32::try_from(cells.len() - first).ok()?);
        match bytes.get(at)? {
            b if *b == delimiter => at += 1,
            b'\n' => return Some((at, at + 1)),
            b'\r' if bytes.get(at + 1) == Some(&b'\n') => return Some((at, at + 2)),
            _ => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use csv_core::{ReadRecordResult, ReaderBuilder};

    use super::*;

    /// A row as `csv-core` reads it.
    fn long_way(bytes: &[u8]) -> (Vec<u8>, Vec<u32>) {
        let (mut out, mut ends) = (vec![0; 1000], vec![0; 100]);
        let mut reader = ReaderBuilder::new().delimiter(b',').build();
        let (result, _, written, found) = reader.read_record(bytes, &mut out, &mut ends);
        assert_eq!(result, ReadRecordResult::Record);
        (out[..written].to_vec(), ends[..found].iter().map(|e| u32::try_from(*e).unwrap()).collect())
    }

    #[test]
    fn rows_are_read_as_the_long_way_reads_them() {
        for text in [
            "a,b,c\nnext",
            ",,\r\nnext",
            "\"a, \"\"b\"\"\",c,\"\",\"over\ntwo lines\"\n",
            "a longer cell without quotes, and one more,\"\"\"\"\n",
            "\u{e4},\u{6f22}\u{5b57} \u{80}\u{ff},x\n",
            "one\n",
        ] {
            let (mut cells, mut ends) = (b"before".to_vec(), vec![7]);
            let (end, next) = row(text.as_bytes(), b',', &mut cells, &mut ends).unwrap_or_else(|| panic!("{text}"));
            assert!(text[end..next].ends_with('\n') && text[end..next].trim().is_empty(), "{text}");
            assert_eq!((cells[6..].to_vec(), ends[1..].to_vec()), long_way(text.as_bytes()), "{text}");
        }
        for text in ["a\"b,c\n", "\"a\" b,c\n", "a,b", "\"a,b\n", "a\rb\n", "", "\"a\""] {
            assert_eq!(row(text.as_bytes(), b',', &mut Vec::new(), &mut Vec::new()), None, "{text}");
        }
    }

    #[test]
    fn every_byte_is_found_wherever_it_lies() {
        for sought in [b'\t', 0, 0x7f, 0x80, 0xff] {
            for length in 0..40 {
                for step in 1..9 {
                    // Neighbours that differ by one bit are those which a carry would mark.
                    let bytes: Vec<u8> = (0..length).map(|i| if i % step == 0 { sought } else { sought ^ 1 }).collect();
                    let mut found = Vec::new();
                    each(sought, &bytes, |at| found.push(at));
                    assert_eq!(found, (0..length).step_by(step).collect::<Vec<_>>());
                }
            }
        }
    }
}
