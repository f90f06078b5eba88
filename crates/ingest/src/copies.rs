//! Near-copies: the same wire text run twice, with small edits.
//!
//! `MinHash` (Broder 1997) over shingles of three words, with banding to find candidates. Everything is a
//! function of the texts and their order: the hashes have fixed seeds. A document costs about 700 bytes
//! whatever its length, and a copy costs nothing, since only originals are kept.

use std::collections::HashMap;

use model::{Document, DocumentId};
use unicode_segmentation::UnicodeSegmentation;

const BANDS: usize = 20;
/// With 6 rows, texts that share .8 of their shingles are found with probability .997, of .6 with .62, and of
/// .3 with .015.
const ROWS: usize = 6;
const HASHES: usize = BANDS * ROWS;
const SHINGLE_WORDS: usize = 3;
/// Share of shingles in common from which a text is a copy. One changed word in twelve leaves about .6; two
/// reports that agencies wrote independently about one event share less than .1.
const COPY_SHARE: f64 = 0.6;

/// Finds near-copies among documents shown to it one after another.
#[derive(Default)]
pub struct CopyFinder {
    /// From a band's hash to the first original with it.
    bands: HashMap<u64, u32>,
    originals: Vec<Original>,
}

struct Original {
    id: DocumentId,
    signature: [u16; HASHES],
    shingles: u32,
}

impl CopyFinder {
    /// A finder that has seen nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many originals it has seen.
    pub fn originals(&self) -> usize {
        self.originals.len()
    }

    /// The earlier document of which this one is a near-copy; remembers it as an original where there is none.
    /// A document read twice is a copy of nothing: it is the same document.
    pub fn see(&mut self, doc: &Document) -> Option<DocumentId> {
        let (minima, shingles) = minima(doc.text())?;
        let keys: Vec<u64> = minima.chunks_exact(ROWS).enumerate().map(|(band, rows)| band_key(band, rows)).collect();
        let signature: [u16; HASHES] = std::array::from_fn(|i| fold(minima[i]));
        let mut candidates: Vec<u32> = keys.iter().filter_map(|key| self.bands.get(key).copied()).collect();
        candidates.sort_unstable();
        candidates.dedup();
        for candidate in candidates {
            let original = &self.originals[candidate as usize];
            if original.id == *doc.id() {
                return None;
            }
            let same = original.signature.iter().zip(&signature).filter(|(a, b)| a == b).count();
            // Texts of a few words must be alike to the word: one shingle more or less says little there.
            let enough = if shingles.min(original.shingles) < 20 { 0.95 } else { COPY_SHARE };
            if same as f64 >= enough * HASHES as f64 {
                return Some(original.id.clone());
            }
        }
        let Ok(place) = u32::try_from(self.originals.len()) else { return None };
        self.originals.push(Original { id: doc.id().clone(), signature, shingles });
        for key in keys {
            self.bands.entry(key).or_insert(place);
        }
        None
    }

    /// Sets `copy_of` by [`Self::see`].
    pub fn mark(&mut self, doc: &mut Document) {
        doc.copy_of = self.see(doc);
    }
}

/// The least hash of the text's shingles under each of the hash functions, and the number of shingles.
/// `None` for a text without words.
fn minima(text: &str) -> Option<([u32; HASHES], u32)> {
    let words: Vec<u64> = text.unicode_words().map(|word| hash(word.to_lowercase().as_bytes())).collect();
    if words.is_empty() {
        return None;
    }
    let mut minima = [u32::MAX; HASHES];
    let mut shingles = 0_u32;
    let width = SHINGLE_WORDS.min(words.len());
    for shingle in words.windows(width) {
        shingles = shingles.saturating_add(1);
        let base = shingle.iter().fold(0_u64, |sum, word| mix(sum ^ word));
        // Two halves of one hash make as many as are needed (Kirsch and Mitzenmacher 2008).
        let (mut value, step) = (base, mix(base) | 1);
        for least in &mut minima {
            value = value.wrapping_add(step);
            let upper = (mix(value) >> 32) as u32;
            *least = (*least).min(upper);
        }
    }
    Some((minima, shingles))
}

fn band_key(band: usize, rows: &[u32]) -> u64 {
    rows.iter().fold(mix(band as u64 + 1), |sum, row| mix(sum ^ u64::from(*row)))
}

#[expect(clippy::cast_possible_truncation, reason = "sixteen bits of a hash are kept on purpose")]
fn fold(hash: u32) -> u16 {
    (hash ^ (hash >> 16)) as u16
}

/// FNV-1a.
fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |sum, byte| (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The finisher of `SplitMix64` (Steele, Lea and Flood 2014).
fn mix(value: u64) -> u64 {
    let value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

#[cfg(test)]
mod tests {
    use model::document::Metadata;

    use super::*;

    fn doc(text: &str, publisher: &str) -> Document {
        Document::new(text.to_owned(), Metadata { publisher: Some(publisher.to_owned()), ..Metadata::default() })
    }

    fn wire(edit: impl Fn(usize, &str) -> String) -> String {
        let sentence = "Officials in the border town said the crossing would stay shut for a further week while talks on \
            the terms of a truce went on in the Gulf and traders counted lorries of fruit that had spoiled in the heat";
        let mut n = 0;
        (0..6)
            .map(|round| {
                sentence
                    .split(' ')
                    .map(|w| {
                        n += 1;
                        edit(n, &format!("{w}{round}"))
                    })
                    .collect::<Vec<_>>()
                    .join(" ")
            })
            .collect::<Vec<_>>()
            .join(". ")
    }

    #[test]
    fn a_wire_text_with_small_edits_is_a_copy_and_another_report_is_not() {
        let mut finder = CopyFinder::new();
        let first = doc(&wire(|_, w| w.to_owned()), "One");
        assert_eq!(finder.see(&first), None);
        assert_eq!(finder.see(&first), None, "read again, it is itself");
        let edited = doc(&wire(|n, w| if n % 25 == 0 { "changed".to_owned() } else { w.to_owned() }), "Two");
        assert_eq!(finder.see(&edited).as_ref(), Some(first.id()));
        let other = doc(&wire(|n, w| if n % 3 == 0 { format!("{w}x") } else { w.to_owned() }), "Three");
        assert_eq!(finder.see(&other), None);
        assert_eq!(finder.see(&doc("", "Four")), None);
        assert_eq!(finder.originals(), 2);
    }

    #[test]
    fn short_texts_must_be_alike() {
        let mut finder = CopyFinder::new();
        let first = doc("Six killed in blast in Quetta, police say", "One");
        finder.see(&first);
        assert_eq!(finder.see(&doc("Six killed in blast in Quetta, police say.", "Two")).as_ref(), Some(first.id()));
        assert_eq!(finder.see(&doc("Nine killed in blast in Quetta, police say", "Three")), None);
    }
}
