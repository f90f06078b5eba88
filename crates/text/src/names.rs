//! Names from word-by-word BIO scores: the best sequence in which no I stands without its B.

use std::ops::Range;

use model::NameKind;

/// Tags in the order of the model's label list: O, then B and I of each kind.
const TAGS: usize = 7;
const KINDS: [NameKind; 3] = [NameKind::Person, NameKind::Organisation, NameKind::Place];

/// Labels that the model file must list, in this order.
pub const LABELS: [&str; TAGS] = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC"];

/// Word ranges of the names, by Viterbi over `scores` (one row of logits a word).
pub fn decode(scores: &[f32]) -> Vec<(Range<usize>, NameKind)> {
    let words = scores.len() / TAGS;
    if words == 0 {
        return Vec::new();
    }
    let mut back = vec![[0_u8; TAGS]; words];
    let mut best = [0.0_f32; TAGS];
    for word in 0..words {
        let row = log_softmax(&scores[word * TAGS..(word + 1) * TAGS]);
        let before = best;
        for tag in 0..TAGS {
            let mut from = None;
            for earlier in 0..TAGS {
                let allowed = if word == 0 { earlier == 0 && !is_inside(tag) } else { follows(tag, earlier) };
                if allowed && from.is_none_or(|f: usize| before[earlier] > before[f]) {
                    from = Some(earlier);
                }
            }
            best[tag] = from.map_or(f32::NEG_INFINITY, |f| before[f] + row[tag]);
            #[expect(clippy::cast_possible_truncation, reason = "below seven")]
            {
                back[word][tag] = from.unwrap_or(0) as u8;
            }
        }
    }
    let mut tag = (0..TAGS).fold(0, |a, b| if best[b] > best[a] { b } else { a });
    let mut tags = vec![0; words];
    for word in (0..words).rev() {
        tags[word] = tag;
        tag = usize::from(back[word][tag]);
    }
    spans(&tags)
}

fn spans(tags: &[usize]) -> Vec<(Range<usize>, NameKind)> {
    let mut names: Vec<(Range<usize>, NameKind)> = Vec::new();
    for (word, &tag) in tags.iter().enumerate() {
        if tag == 0 {
            continue;
        }
        if is_inside(tag) {
            if let Some((range, _)) = names.last_mut() {
                range.end = word + 1;
            }
        } else {
            names.push((word..word + 1, KINDS[(tag - 1) / 2]));
        }
    }
    names
}

fn is_inside(tag: usize) -> bool {
    tag > 0 && tag.is_multiple_of(2)
}

fn follows(tag: usize, earlier: usize) -> bool {
    !is_inside(tag) || earlier == tag || earlier + 1 == tag
}

fn log_softmax(row: &[f32]) -> [f32; TAGS] {
    let top = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let sum = row.iter().map(|x| (x - top).exp()).sum::<f32>().ln();
    std::array::from_fn(|i| row[i] - top - sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(tags: &[usize]) -> Vec<f32> {
        tags.iter().flat_map(|&t| (0..TAGS).map(move |i| if i == t { 4.0 } else { 0.0 })).collect()
    }

    #[test]
    fn names_never_begin_inside() {
        assert_eq!(decode(&rows(&[5, 6, 0, 1])), [(0..2, NameKind::Place), (3..4, NameKind::Person)]);
        assert_eq!(decode(&rows(&[1, 1])), [(0..1, NameKind::Person), (1..2, NameKind::Person)]);
        for (range, _) in decode(&rows(&[2, 4, 6, 2])) {
            assert!(!range.is_empty());
        }
        assert!(decode(&[]).is_empty());
    }
}
