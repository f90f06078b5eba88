//! BERT's uncased word pieces of one word.
//!
//! Same rules as `WordPieces` in `training/data.py`; a golden test holds the two together. A word of very
//! many pieces (a long address) keeps its first and last ones only.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

/// The piece that opens every sentence.
pub const OPEN: u32 = 101;
/// The piece that closes every sentence.
pub const CLOSE: u32 = 102;
const UNKNOWN: u32 = 100;
/// A chunk of more characters than this is unknown as a whole (BERT's own limit).
const LONGEST_CHUNK: usize = 100;
/// Pieces that a word may have; of a longer one the first and last halves of this many are kept.
pub const MOST_PIECES: usize = 48;
/// Characters of a word that are looked at, from either end: enough for all pieces that are kept.
const MOST_BYTES: usize = 4096;

/// The vocabulary.
#[derive(Debug)]
pub struct WordPieces {
    starts: HashMap<Box<str>, u32>,
    continuations: HashMap<Box<str>, u32>,
}

impl WordPieces {
    /// From the encoder's `vocab.txt`, one piece a line.
    pub fn new(vocabulary: &str) -> Self {
        let mut starts = HashMap::with_capacity(32_768);
        let mut continuations = HashMap::with_capacity(8_192);
        for (id, piece) in (0..).zip(vocabulary.lines()) {
            match piece.strip_prefix("##") {
                Some(rest) if !rest.is_empty() => continuations.insert(rest.into(), id),
                _ => starts.insert(piece.into(), id),
            };
        }
        Self { starts, continuations }
    }

    /// Whether the vocabulary holds this as a whole word.
    pub fn is_word(&self, word: &str) -> bool {
        self.starts.contains_key(word)
    }

    /// Appends the pieces of `word`; at least one, [UNK] where nothing is left of it.
    pub fn split(&self, word: &str, out: &mut Vec<u32>) {
        let before = out.len();
        let word = clip(word);
        let mut chunk = String::new();
        for c in word.to_lowercase().nfd() {
            if c.is_ascii_alphanumeric() {
                chunk.push(c);
                continue;
            }
            let category = c.general_category();
            if category == GeneralCategory::NonspacingMark || c.general_category_group() == GeneralCategoryGroup::Other
            {
                continue;
            }
            if c.is_whitespace() {
                self.greedy(&mut chunk, out);
            } else if is_punctuation(c) || ('\u{4E00}'..='\u{9FFF}').contains(&c) {
                self.greedy(&mut chunk, out);
                chunk.push(c);
                self.greedy(&mut chunk, out);
            } else {
                chunk.push(c);
            }
        }
        self.greedy(&mut chunk, out);
        if out.len() == before {
            out.push(UNKNOWN);
        }
        let count = out.len() - before;
        if count > MOST_PIECES {
            out.drain(before + MOST_PIECES / 2..before + count - MOST_PIECES / 2);
        }
    }

    /// The longest pieces from the left; [UNK] for the whole chunk where they do not reach its end.
    fn greedy(&self, chunk: &mut String, out: &mut Vec<u32>) {
        if chunk.is_empty() {
            return;
        }
        let before = out.len();
        let mut rest = chunk.as_str();
        if rest.len() > LONGEST_CHUNK && rest.chars().count() > LONGEST_CHUNK {
            out.push(UNKNOWN);
            rest = "";
        }
        while !rest.is_empty() {
            let pieces = if out.len() == before { &self.starts } else { &self.continuations };
            let ends = rest.char_indices().rev().map(|(i, c)| i + c.len_utf8());
            let found = ends.map(|end| (end, pieces.get(&rest[..end]))).find_map(|(end, id)| id.map(|&id| (end, id)));
            if let Some((end, id)) = found {
                out.push(id);
                rest = &rest[end..];
            } else {
                out.truncate(before);
                out.push(UNKNOWN);
                break;
            }
        }
        chunk.clear();
    }
}

/// The word, or its first and last parts where it is absurdly long.
fn clip(word: &str) -> std::borrow::Cow<'_, str> {
    if word.len() <= 2 * MOST_BYTES {
        return word.into();
    }
    let head = word.floor_char_boundary(MOST_BYTES);
    let tail = word.ceil_char_boundary(word.len() - MOST_BYTES);
    format!("{}{}", &word[..head], &word[tail..]).into()
}

fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation() || c.general_category_group() == GeneralCategoryGroup::Punctuation
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(vocabulary: &[&str], word: &str, expected: &[u32]) {
        let pieces = WordPieces::new(&vocabulary.join("\n"));
        let mut out = Vec::new();
        pieces.split(word, &mut out);
        assert_eq!(out, expected, "{word:?}");
    }

    #[test]
    fn longest_pieces_from_the_left() {
        let vocabulary = ["ka", "##bul", "kab", "##ul", "-", "e", "mail"];
        check(&vocabulary, "Kabul", &[2, 3]);
        check(&vocabulary, "É-mail", &[5, 4, 6]);
        check(&vocabulary, "\u{200b}", &[UNKNOWN]);
        check(&vocabulary, "kabx", &[UNKNOWN]);
        check(&vocabulary, &"-".repeat(100_000), &[4; MOST_PIECES]);
    }
}
