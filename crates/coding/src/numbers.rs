//! Quantities: "at least 46 people" to a lowest, highest and best number.
//!
//! Reads figures, spelled-out and mixed numbers, ranges and the words that widen them, from the words alone.
//! Leaves out what counts nothing: years, dates, clock times, percentages, sums of money, ages, ordinals.
//! It does not decide what a quantity counts beyond the noun that the caller points at.

pub(crate) mod lex;
mod read;

use std::ops::Range;

use model::{Sentence, Span, Upos};

use lex::{Piece, cut};

/// A quantity as the text gives it. An open end is `None`, as is `best` unless the text states it.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// Least.
    pub low: Option<f64>,
    /// Most.
    pub high: Option<f64>,
    /// The number that the text itself gives as its estimate ("about 50").
    pub best: Option<f64>,
    /// The words, with their modifiers.
    pub span: Span,
}

/// Every quantity of a sentence, in order, without the bare articles ("a soldier").
pub fn quantities(text: &str, sentence: &Sentence) -> Vec<Quantity> {
    in_range(text, sentence.span.start()..sentence.span.end())
}

/// Every quantity in these bytes of `text`.
pub fn in_range(text: &str, within: Range<usize>) -> Vec<Quantity> {
    read::all(text, &cut(text, within))
}

/// How many of the noun at `noun_index` the text speaks of: its own number, else 1 after "a" or "an".
///
/// Pointed at a number itself ("killed 12"), gives that. Adjectives, compounds and "of (the)" may stand between.
pub fn quantity_at(text: &str, sentence: &Sentence, noun_index: usize) -> Option<Quantity> {
    let noun = sentence.tokens.get(noun_index)?;
    let found = quantities(text, sentence);
    if let Some(own) = found.iter().find(|q| q.span.overlaps(noun.span)) {
        return Some(own.clone());
    }
    let mut index = noun_index;
    let mut of_seen = false;
    while index > 0 {
        index -= 1;
        let token = &sentence.tokens[index];
        let word = text.get(token.span.start()..token.span.end())?;
        if let Some(q) = found.iter().find(|q| q.span.overlaps(token.span)) {
            // "a 46-year-old man", "a 48-hour truce": the number measures a modifier.
            return (!joined(text, q.span.end())).then(|| q.clone());
        }
        match word.to_ascii_lowercase().as_str() {
            "a" | "an" if !of_seen => {
                return Some(Quantity { low: Some(1.0), high: Some(1.0), best: None, span: token.span });
            }
            "no" => return Some(Quantity { low: Some(0.0), high: Some(0.0), best: None, span: token.span }),
            "of" if !of_seen => of_seen = true,
            "the" | "its" | "their" | "his" | "her" | "our" | "these" | "those" if of_seen => {}
            "the" | "its" | "their" | "his" | "her" | "our" => {
                // "the three soldiers" has its number between; "dozens of the soldiers" has `of` before.
                if index == 0 || sentence.tokens[index - 1].lemma != "of" {
                    return None;
                }
            }
            "-" | "–" | "other" | "more" | "additional" | "further" => {}
            _ if of_seen => return None,
            _ if matches!(token.upos, Upos::Adj | Upos::Noun | Upos::Propn | Upos::Adv) => {}
            "'s" | "’s" => return None,
            _ if token.upos == Upos::Verb && token.deprel == model::Deprel::Amod => {}
            _ => return None,
        }
    }
    None
}

/// Whether a hyphen follows, as in "48-hour".
fn joined(text: &str, end: usize) -> bool {
    text[end..].starts_with(['-', '‑', '‐']) && text[end..].chars().nth(1).is_some_and(char::is_alphabetic)
}

/// Reads a plain whole or decimal number at the start of `pieces`; the value and how many pieces it takes.
pub(crate) fn plain_number(pieces: &[Piece]) -> Option<(f64, usize)> {
    read::number(pieces, 0).map(|n| (n.value, n.end))
}

#[cfg(test)]
mod tests;
