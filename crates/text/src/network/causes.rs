//! The tagger of causes: a light head on the states of words that the heads of tags and names read as well.
//!
//! States narrow to a small width and pass one layer of attention; from these come the sentence's probability of telling
//! cause and effect, each word's of being the signal ("led", "because"), and, for the signals, where cause and effect
//! begin and end: the product of what the signal asks for and what every word offers, as pointers. Sums of floats run
//! inside one sentence in the order of its words, so that its neighbours change nothing.

use std::ops::Range;

use model::{CausalRelation, Causality};

use crate::TextError;
use crate::network::dense::{Dense, Multiplier, Quantised};
use crate::network::encoder::{Layer, Norm, Room};
use crate::network::floats;
use crate::network::weights::Weights;

/// Words below this probability of being a signal are not followed up: the lowest at which anything is asked of them
/// stands well above.
const SIGNAL: f32 = 0.25;

/// Ends that a signal points at: first and last word of the cause, then of the effect.
const ENDS: usize = 4;

/// The loaded head.
pub struct Tagger {
    input: Dense,
    input_norm: Norm,
    layer: Layer,
    /// Weight, then bias, of a word's share in the sentence.
    share: Vec<f32>,
    /// The same of the sentence: over the root's row, the words' rows by their shares, and the greatest of each column.
    sentence: Vec<f32>,
    /// The same of the signal.
    signal: Vec<f32>,
    /// What a word asks for and offers as an end, side by side for each end, then each end's own score of the word.
    ends: Dense,
    width: usize,
    pointer: usize,
}

impl Tagger {
    /// Loads the weights that `training/causes.py` writes.
    pub fn load(weights: &Weights<'_>) -> Result<Self, TextError> {
        let input = Dense::load(weights, "input")?;
        let width = input.width_out();
        let ends = Dense::load(weights, "ends")?;
        let pointer = ends.width_out().saturating_sub(ENDS) / (2 * ENDS);
        if width == 0 || width % floats::SIZE != 0 || ends.width_out() != ENDS * (2 * pointer + 1) {
            return Err(weights.broken(format!("width {width} and ends of {} do not fit", ends.width_out())));
        }
        Ok(Self {
            input_norm: Norm::load(weights, "input_norm", width)?,
            layer: Layer::load(weights, "layer", width)?,
            share: weights.row("share", width + 1)?,
            sentence: weights.row("sentence", 3 * width + 1)?,
            signal: weights.row("signal", width + 1)?,
            input,
            ends,
            width,
            pointer,
        })
    }

    /// What sentences tell, from their words' states in turn, each sentence's root first; `lengths`: rows of each.
    pub fn run(
        &self,
        multiply: &Multiplier,
        words: &Quantised,
        lengths: &[usize],
    ) -> Result<Vec<Causality>, TextError> {
        let mut states = Vec::with_capacity(words.rows() * self.width);
        self.input.each(multiply, words, |_, row| {
            floats::gelu(row);
            self.input_norm.run(row);
            states.extend_from_slice(row);
        })?;
        self.layer.run(multiply, &mut states, &mut Room::new(multiply), lengths)?;
        let mut found = Vec::with_capacity(lengths.len());
        let mut start = 0;
        for &length in lengths {
            let rows = &states[start * self.width..(start + length) * self.width];
            start += length;
            // A sentence's first row is its root, no word of it: it can be neither signal nor the end of a side.
            let signals: Vec<(usize, f32)> = rows
                .chunks_exact(self.width)
                .enumerate()
                .skip(1)
                .map(|(word, row)| (word, logistic(affine(&self.signal, row))))
                .filter(|(_, p)| *p >= SIGNAL)
                .collect();
            let relations = if signals.is_empty() { Vec::new() } else { self.relations(multiply, rows, &signals)? };
            found.push(Causality { probability: self.probability(rows), relations });
        }
        Ok(found)
    }

    fn probability(&self, rows: &[f32]) -> f32 {
        let shares: Vec<f32> = rows.chunks_exact(self.width).map(|row| affine(&self.share, row)).collect();
        let top = shares.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let shares: Vec<f32> = shares.iter().map(|s| (s - top).exp()).collect();
        let sum: f32 = shares.iter().sum();
        let mut pooled = rows[..self.width].to_vec();
        pooled.resize(2 * self.width, 0.0);
        pooled.resize(3 * self.width, f32::NEG_INFINITY);
        for (row, share) in rows.chunks_exact(self.width).zip(shares) {
            for (i, &x) in row.iter().enumerate() {
                pooled[self.width + i] += x * share / sum;
                let most = &mut pooled[2 * self.width + i];
                *most = most.max(x);
            }
        }
        logistic(affine(&self.sentence, &pooled))
    }

    fn relations(
        &self,
        multiply: &Multiplier,
        rows: &[f32],
        signals: &[(usize, f32)],
    ) -> Result<Vec<CausalRelation>, TextError> {
        let mut bytes = multiply.rows();
        rows.chunks_exact(self.width).for_each(|row| bytes.push(row));
        let mut ends = Vec::with_capacity(bytes.rows() * self.ends.width_out());
        self.ends.each(multiply, &bytes, |_, row| ends.extend_from_slice(row))?;
        let (all, one) = (self.ends.width_out(), self.pointer);
        let scale = 1.0 / (one as f32).sqrt();
        Ok(signals
            .iter()
            .filter_map(|&(signal, probability)| {
                let asks = &ends[signal * all..signal * all + ENDS * one];
                let scores: [Vec<f32>; ENDS] = std::array::from_fn(|end| {
                    let asked = &asks[end * one..(end + 1) * one];
                    // The first row again: the root is no end, so that places below count words.
                    log_softmax(ends.chunks_exact(all).skip(1).map(|row| {
                        let offered = &row[(ENDS + end) * one..(ENDS + end + 1) * one];
                        floats::dot(asked, offered) * scale + row[2 * ENDS * one + end]
                    }))
                });
                let (cause, effect, fit) = sides(&scores)?;
                Some(CausalRelation { signal: signal - 1, probability, cause, effect, fit: fit.exp() })
            })
            .collect())
    }
}

/// Product of a row with weights whose last number is the bias.
fn affine(weights: &[f32], row: &[f32]) -> f32 {
    floats::dot(&weights[..row.len()], row) + weights[row.len()]
}

fn logistic(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

fn log_softmax(scores: impl Iterator<Item = f32>) -> Vec<f32> {
    let scores: Vec<f32> = scores.collect();
    let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let sum = scores.iter().map(|s| (s - top).exp()).sum::<f32>().ln();
    scores.iter().map(|s| s - top - sum).collect()
}

/// A row of words with its score.
type Best = Option<(f32, Range<usize>)>;

/// The best two rows of words that share none, from scores of every word as first and last of the cause and of the
/// effect; and the sum of their scores. `None` where there is but one word.
fn sides(
    [cause_first, cause_last, effect_first, effect_last]: &[Vec<f32>; ENDS],
) -> Option<(Range<usize>, Range<usize>, f32)> {
    let (cause_before, cause_after) = (before(cause_first, cause_last), after(cause_first, cause_last));
    let (effect_before, effect_after) = (before(effect_first, effect_last), after(effect_first, effect_last));
    let mut best: Option<(Range<usize>, Range<usize>, f32)> = None;
    let mut offer = |cause: &Best, effect: &Best| {
        if let (Some((a, cause)), Some((b, effect))) = (cause, effect)
            && best.as_ref().is_none_or(|(.., score)| a + b > *score)
        {
            best = Some((cause.clone(), effect.clone(), a + b));
        }
    };
    for cut in 1..cause_first.len() {
        offer(&cause_before[cut], &effect_after[cut]);
        offer(&cause_after[cut], &effect_before[cut]);
    }
    best
}

/// For each cut, the best row of words before it.
fn before(first: &[f32], last: &[f32]) -> Vec<Best> {
    let mut best: Vec<Best> = vec![None];
    let mut start = 0;
    for word in 0..first.len() {
        if first[word] > first[start] {
            start = word;
        }
        let score = first[start] + last[word];
        let kept = best[word].clone().filter(|(kept, _)| *kept >= score);
        best.push(kept.or(Some((score, start..word + 1))));
    }
    best
}

/// For each cut, the best row of words after it.
fn after(first: &[f32], last: &[f32]) -> Vec<Best> {
    let mut best: Vec<Best> = vec![None; first.len() + 1];
    let mut end = first.len().saturating_sub(1);
    for word in (0..first.len()).rev() {
        if last[word] > last[end] {
            end = word;
        }
        let score = first[word] + last[end];
        let kept = best[word + 1].clone().filter(|(kept, _)| *kept >= score);
        best[word] = kept.or(Some((score, word..end + 1)));
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sides_are_the_best_two_rows_that_share_no_word() {
        // The effect's best row lies inside the cause's: the second best is taken.
        let row = |at: usize| (0..6).map(|i| if i == at { 0.0 } else { -5.0 }).collect::<Vec<f32>>();
        let mut effect_first = row(2);
        effect_first[5] = -1.0;
        let mut effect_last = row(3);
        effect_last[5] = -1.0;
        let (cause, effect, score) = sides(&[row(1), row(4), effect_first, effect_last]).unwrap();
        assert_eq!((cause, effect), (1..5, 5..6));
        assert!((score + 2.0).abs() < 1e-6);
        assert!(sides(&[vec![0.0], vec![0.0], vec![0.0], vec![0.0]]).is_none());
    }

    #[test]
    fn each_side_is_as_good_as_any_by_trial() {
        let value = |i: usize| ((i * 7919 % 101) as f32) / 10.0 - 5.0;
        let scores: [Vec<f32>; ENDS] = std::array::from_fn(|end| (0..9).map(|i| value(end * 31 + i * 3)).collect());
        let (.., found) = sides(&scores).unwrap();
        let rows = || (0..9).flat_map(|a| (a..9).map(move |b| (a, b)));
        let best = rows()
            .flat_map(|(a, b)| rows().map(move |(c, d)| (a, b, c, d)))
            .filter(|(a, b, c, d)| b < c || d < a)
            .map(|(a, b, c, d)| scores[0][a] + scores[1][b] + scores[2][c] + scores[3][d])
            .fold(f32::NEG_INFINITY, f32::max);
        assert!((found - best).abs() < 1e-4, "{found} is not {best}");
    }
}
