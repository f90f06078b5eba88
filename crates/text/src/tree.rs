//! The best dependency tree with one root, from scores of every (word, head) pair.
//!
//! Each word first takes its best head; where that is no tree, the maximum spanning tree is found by
//! Chu-Liu and Edmonds' contraction, once for each candidate root that could
//! still win. Ties fall to the lower index, so that the result is the same on every run.

/// Heads of `words` words, 0 being the root and `i + 1` word `i`. `score(word, head)` likewise.
pub fn decode(words: usize, score: impl Fn(usize, usize) -> f32) -> Vec<usize> {
    if words == 0 {
        return Vec::new();
    }
    // log-probabilities of heads, so that a root forced on one word is weighed against the others' loss
    let size = words + 1;
    let mut scores = vec![f64::NEG_INFINITY; size * size];
    for word in 0..words {
        let row = &mut scores[(word + 1) * size..(word + 2) * size];
        for (head, cell) in row.iter_mut().enumerate() {
            if head != word + 1 {
                let value = f64::from(score(word, head));
                *cell = if value.is_finite() { value } else { -1e9 };
            }
        }
        let top = row.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let sum = row.iter().map(|x| (x - top).exp()).sum::<f64>().ln();
        for x in row {
            *x -= top + sum;
        }
    }
    let greedy: Vec<usize> = (1..size).map(|word| best_head(&scores[word * size..(word + 1) * size])).collect();
    if is_tree(&greedy) && greedy.iter().filter(|&&h| h == 0).count() == 1 {
        return greedy;
    }
    let total = |heads: &[usize]| -> f64 { heads.iter().enumerate().map(|(w, &h)| scores[(w + 1) * size + h]).sum() };
    let free = spanning(&scores, size);
    if free.iter().filter(|&&h| h == 0).count() == 1 {
        return free;
    }
    // Several roots: try the likeliest ones as the only root. A bound on what any other could reach stops early.
    let mut candidates: Vec<usize> = (1..size).collect();
    let best_other: Vec<f64> = (0..size)
        .map(|w| {
            if w == 0 {
                0.0
            } else {
                scores[w * size + 1..(w + 1) * size].iter().copied().fold(f64::NEG_INFINITY, f64::max)
            }
        })
        .collect();
    let sum_other: f64 = (1..size).map(|w| best_other[w].max(-1e9)).sum();
    let bound = |root: usize| sum_other - best_other[root].max(-1e9) + scores[root * size];
    candidates.sort_by(|&a, &b| bound(b).total_cmp(&bound(a)).then(a.cmp(&b)));
    let mut best: Option<(f64, Vec<usize>)> = None;
    for (tried, &root) in candidates.iter().enumerate() {
        if best.as_ref().is_some_and(|(found, _)| *found >= bound(root) || tried >= MOST_ROOTS) {
            break;
        }
        let mut forced = scores.clone();
        for word in 1..size {
            if word != root {
                forced[word * size] = f64::NEG_INFINITY;
            }
        }
        let heads = spanning(&forced, size);
        let value = total(&heads);
        if best.as_ref().is_none_or(|(found, _)| value > *found) {
            best = Some((value, heads));
        }
    }
    best.map_or(free, |(_, heads)| heads)
}

/// Candidate roots that are tried before the best so far is taken; keeps odd long lines in bounded time.
const MOST_ROOTS: usize = 12;

fn best_head(row: &[f64]) -> usize {
    (0..row.len()).fold(0, |a, b| if row[b] > row[a] { b } else { a })
}

fn is_tree(heads: &[usize]) -> bool {
    // 0 unseen, 1 on the present path, 2 known to reach the root
    let mut state = vec![0_u8; heads.len() + 1];
    state[0] = 2;
    for start in 1..=heads.len() {
        let mut at = start;
        while state[at] == 0 {
            state[at] = 1;
            at = heads[at - 1];
        }
        if state[at] == 1 {
            return false;
        }
        let mut at = start;
        while state[at] == 1 {
            state[at] = 2;
            at = heads[at - 1];
        }
    }
    true
}

/// A member of a contracted cycle: its original words, and its arc along the cycle (dependent, head).
type Member = (Vec<usize>, (u32, u32));

/// Maximum arborescence from node 0; `scores[dependent * size + head]`. Each contraction merges a cycle into
/// one node in place, so that the whole takes a number of steps cubic in the words at worst.
fn spanning(scores: &[f64], size: usize) -> Vec<usize> {
    let mut w = scores.to_vec();
    // for arcs between contracted nodes: which original words they join
    let mut origin: Vec<(u32, u32)> = Vec::with_capacity(size * size);
    for dependent in 0..size {
        for head in 0..size {
            #[expect(clippy::cast_possible_truncation, reason = "a sentence has far fewer words")]
            origin.push((dependent as u32, head as u32));
        }
    }
    let mut alive: Vec<usize> = (0..size).collect();
    // contracted cycles, latest last: each member's original words and its arc along the cycle
    let mut contractions: Vec<Vec<Member>> = Vec::new();
    // members of each live node, as original nodes
    let mut inside: Vec<Vec<usize>> = (0..size).map(|i| vec![i]).collect();
    let mut heads;
    loop {
        heads = vec![0; size];
        for &node in alive.iter().filter(|&&n| n != 0) {
            let mut best = usize::MAX;
            for &head in alive.iter().filter(|&&h| h != node) {
                if best == usize::MAX || w[node * size + head] > w[node * size + best] {
                    best = head;
                }
            }
            heads[node] = best;
        }
        let Some(cycle) = find_cycle(&heads, &alive) else { break };
        let keep = cycle[0];
        let in_cycle: Vec<bool> = (0..size).map(|n| cycle.contains(&n)).collect();
        contractions.push(cycle.iter().map(|&n| (inside[n].clone(), origin[n * size + heads[n]])).collect());
        for &other in alive.iter().filter(|&&n| !in_cycle[n]) {
            // arcs into the cycle: what breaking it here gains
            let mut best: Option<(f64, usize)> = None;
            for &n in &cycle {
                let value = w[n * size + other] - w[n * size + heads[n]];
                if best.is_none_or(|(b, _)| value > b) {
                    best = Some((value, n));
                }
            }
            let (value, via) = best.unwrap_or((f64::NEG_INFINITY, keep));
            let into = origin[via * size + other];
            // arcs out of the cycle
            let out =
                cycle.iter().copied().fold(keep, |a, b| if w[other * size + b] > w[other * size + a] { b } else { a });
            let (out_value, out_origin) = (w[other * size + out], origin[other * size + out]);
            w[keep * size + other] = value;
            origin[keep * size + other] = into;
            w[other * size + keep] = out_value;
            origin[other * size + keep] = out_origin;
        }
        for &n in &cycle[1..] {
            let members = std::mem::take(&mut inside[n]);
            inside[keep].extend(members);
        }
        alive.retain(|&n| n == keep || !in_cycle[n]);
    }
    // Resolve: the arcs of the contracted graph first, then each cycle, latest first, opened where it was entered.
    let mut chosen: Vec<Option<u32>> = vec![None; size];
    for &node in alive.iter().filter(|&&n| n != 0) {
        let (dependent, head) = origin[node * size + heads[node]];
        chosen[dependent as usize] = Some(head);
    }
    for cycle in contractions.iter().rev() {
        // all members keep their arc along the cycle, but the one through which the cycle was entered
        let entered: Vec<bool> =
            cycle.iter().map(|(members, _)| members.iter().any(|&m| chosen[m].is_some())).collect();
        for ((_, (dependent, head)), entered) in cycle.iter().zip(entered) {
            if !entered {
                chosen[*dependent as usize] = Some(*head);
            }
        }
    }
    (1..size).map(|n| chosen[n].map_or(0, |h| h as usize)).collect()
}

fn find_cycle(heads: &[usize], alive: &[usize]) -> Option<Vec<usize>> {
    let mut state = vec![0_u8; heads.len()];
    state[0] = 2;
    for &start in alive {
        let mut path = Vec::new();
        let mut at = start;
        while state[at] == 0 {
            state[at] = 1;
            path.push(at);
            at = heads[at];
        }
        if state[at] == 1 {
            let from = path.iter().position(|&n| n == at).unwrap_or(0);
            return Some(path[from..].to_vec());
        }
        for n in path {
            state[n] = 2;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn value(heads: &[usize], scores: &[Vec<f32>]) -> f64 {
        heads.iter().enumerate().map(|(w, &h)| f64::from(scores[w][h])).sum()
    }

    fn all(words: usize) -> Vec<Vec<usize>> {
        let mut out = vec![vec![]];
        for _ in 0..words {
            out = out.into_iter().flat_map(|t| (0..=words).map(move |h| [t.clone(), vec![h]].concat())).collect();
        }
        out.retain(|t| is_tree(t) && t.iter().filter(|&&h| h == 0).count() == 1);
        out
    }

    proptest! {
        #[test]
        fn equals_exhaustive_search(words in 1_usize..5, seed in prop::collection::vec(-5.0_f32..5.0, 20)) {
            let scores: Vec<Vec<f32>> = (0..words).map(|w| (0..=words).map(|h| seed[(w * 5 + h) % 20]).collect()).collect();
            let heads = decode(words, |w, h| scores[w][h]);
            prop_assert!(is_tree(&heads));
            let best = all(words).iter().map(|t| value(t, &scores)).fold(f64::NEG_INFINITY, f64::max);
            prop_assert!((value(&heads, &scores) - best).abs() < 1e-3, "{heads:?}");
        }

        #[test]
        fn long_sentences_give_one_root(words in 1_usize..60, seed in prop::collection::vec(-9.0_f32..9.0, 97)) {
            let heads = decode(words, |w, h| seed[(w * 31 + h * 17) % 97]);
            prop_assert!(is_tree(&heads));
            prop_assert_eq!(heads.iter().filter(|&&h| h == 0).count(), 1);
        }
    }

    #[test]
    fn odd_scores_are_no_trouble() {
        assert!(decode(0, |_, _| 0.0).is_empty());
        assert_eq!(decode(1, |_, _| f32::NAN), [0]);
        assert!(is_tree(&decode(200, |_, _| 1.0)));
    }
}
