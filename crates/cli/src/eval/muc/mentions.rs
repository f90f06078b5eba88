//! Words of a mention: lemmas, without articles, without what stands behind.

use std::ops::Range;

use model::{Sentence, Upos};

pub(super) fn lemma(sentence: &Sentence, index: usize) -> String {
    sentence.tokens[index].lemma.to_lowercase()
}

/// A mention without a place or a purpose behind its head.
pub(super) fn narrow(sentence: &Sentence, range: Range<usize>, head: usize) -> Range<usize> {
    let cut = (head + 1..range.end).find(|i| {
        let token = &sentence.tokens[*i];
        token.upos == Upos::Adp && !matches!(token.lemma.to_lowercase().as_str(), "of" | "for" | "to")
            || token.upos == Upos::Punct && token.lemma != "-" && token.lemma != "'"
    });
    range.start..cut.unwrap_or(range.end).max(head + 1)
}

/// Without an article at its start.
pub(super) fn bare(text: &str) -> String {
    let mut text = text.trim();
    while let Some((first, rest)) = text.split_once(' ') {
        if !matches!(first, "THE" | "A" | "AN" | "SO-CALLED" | "THESE" | "THOSE" | "THIS") {
            break;
        }
        text = rest;
    }
    text.trim_matches(|c: char| c == '"' || c == ',' || c == '[' || c == ']' || c.is_whitespace()).to_owned()
}
