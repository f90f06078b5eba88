//! How likely a sentence is to hold a causal claim: a logistic regression over words, word pairs and paths of the
//! dependency tree, all hashed into one row of weights.
//!
//! The weights (`data/models/causal.bin`) are trained by `training/causes.py` on the very features that this file
//! computes, so that training and reading cannot drift apart. It judges whole sentences and knows no spans.

use model::{Deprel, NameKind, Sentence, Upos};

use crate::syntax;

/// How many weights there are; features share one by their hash.
pub const BUCKETS: usize = 1 << 18;

const WEIGHTS: &[u8] = include_bytes!("../../../../data/models/causal.bin");

/// The weights, once read.
#[derive(Debug)]
pub struct Judge {
    bias: f32,
    scale: f32,
    weights: &'static [u8],
}

impl Judge {
    /// The weights that come along: bias and scale as little-endian floats, then one signed byte a bucket. A file of
    /// another length judges nothing (every sentence gets one half).
    pub fn embedded() -> Self {
        let float = |at: usize| WEIGHTS.get(at..at + 4).and_then(|b| b.try_into().ok()).map_or(0.0, f32::from_le_bytes);
        match WEIGHTS.get(8..).filter(|w| w.len() == BUCKETS) {
            Some(weights) => Self { bias: float(0), scale: float(4), weights },
            None => Self { bias: 0.0, scale: 0.0, weights: &[] },
        }
    }

    /// The probability, as annotators of protest and conflict news see it, that the sentence tells cause and effect.
    pub fn probability(&self, features: &[u32]) -> f32 {
        let sum: f32 = features
            .iter()
            .filter_map(|&f| self.weights.get(f as usize))
            .map(|&w| f32::from(i8::from_le_bytes([w])))
            .sum();
        // Rows have unit length in training.
        let norm = (features.len().max(1) as f32).sqrt();
        1.0 / (1.0 + (-(self.bias + self.scale * sum / norm)).exp())
    }

    /// The same for a sentence.
    pub fn judge(&self, sentence: &Sentence) -> f32 {
        self.probability(&features(sentence))
    }
}

/// The features of a sentence as buckets, sorted, each once.
pub fn features(sentence: &Sentence) -> Vec<u32> {
    let words: Vec<String> = (0..sentence.tokens.len()).map(|i| word(sentence, i)).collect();
    let mut out = Vec::with_capacity(words.len() * 12);
    let mut add = |parts: &[&str]| out.push(bucket(parts));
    for i in 0..words.len() {
        let w = words[i].as_str();
        add(&["w", w]);
        if let Some(next) = words.get(i + 1) {
            add(&["ww", w, next]);
            if let Some(third) = words.get(i + 2) {
                add(&["www", w, next, third]);
                add(&["w.w", w, third]);
            }
        }
        let token = &sentence.tokens[i];
        let relation = token.deprel.as_str();
        let Some(up) = syntax::head(sentence, i) else {
            add(&["root", w, token.upos.as_str()]);
            continue;
        };
        let head = words[up].as_str();
        let tag = token.upos.as_str();
        match token.deprel {
            Deprel::Punct | Deprel::Det => {}
            // A connective: what it marks, and what that hangs on.
            Deprel::Mark | Deprel::Case => {
                let marked = &sentence.tokens[up];
                let over = syntax::head(sentence, up);
                let above = over.map_or("-", |o| words[o].as_str());
                let above_tag = over.map_or("-", |o| sentence.tokens[o].upos.as_str());
                let form = marked.feats.get("VerbForm").unwrap_or("-");
                let side = if over.is_some_and(|o| o > up) { "<" } else { ">" };
                add(&["m", w, marked.deprel.as_str(), above_tag, side]);
                add(&["mf", w, marked.deprel.as_str(), form]);
                add(&["mh", w, head]);
                add(&["ma", w, above]);
                add(&["mha", head, w, above]);
            }
            _ => {
                add(&["d", relation, w]);
                add(&["dh", relation, w, head]);
                add(&["ph", relation, head]);
                add(&["pt", relation, head, tag]);
            }
        }
        if syntax::CLAUSAL.contains(&token.deprel) {
            let form = token.feats.get("VerbForm").unwrap_or("-");
            let tense = token.feats.get("Tense").unwrap_or("-");
            let comma = i > 0 && sentence.tokens[..i].iter().rev().take(3).any(|t| t.lemma == ",");
            let mark = sentence
                .children(i)
                .find(|(_, t)| matches!(t.deprel, Deprel::Mark))
                .map_or("-", |(m, _)| words[m].as_str());
            let side = if i < up { "<" } else { ">" };
            add(&["c", relation, form, tense, side, if comma { "," } else { "" }]);
            add(&["cm", relation, mark, side, sentence.tokens[up].upos.as_str()]);
            add(&["cv", relation, mark, w]);
            add(&["ch", relation, mark, head]);
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// A word without what is its own alone: names and numbers by kind.
fn word(sentence: &Sentence, index: usize) -> String {
    let token = &sentence.tokens[index];
    if token.upos == Upos::Num {
        return "0".to_owned();
    }
    match sentence.names.iter().find(|n| n.tokens.contains(&index)).map(|n| n.kind) {
        Some(NameKind::Person) => "PER".to_owned(),
        Some(NameKind::Organisation) => "ORG".to_owned(),
        Some(NameKind::Place) => "LOC".to_owned(),
        None => token.lemma.to_lowercase(),
    }
}

/// FNV-1a over the parts, a zero byte between them.
fn bucket(parts: &[&str]) -> u32 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for part in parts {
        for &byte in part.as_bytes().iter().chain(&[0]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    u32::try_from(((hash >> 32) ^ hash) & (BUCKETS as u64 - 1)).unwrap_or(0)
}
