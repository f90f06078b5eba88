//! An interval of the spectral radius, from what the data allow of each entry of the branching matrix.
//!
//! The radius grows with every entry. Its upper end is the greatest that it has where entries are as many of their own
//! deviations above their best values as make one interval together: the squares of the parts of the way to their upper ends
//! add up to at most 1; the lower end likewise. For small deviations this is the method of variance estimates recovery (Zou and
//! Donner 2008, Statistics in Medicine 27: 1693), and it goes on where the radius is no straight line of the entries: two
//! entries of which each is nothing without the other.
//!
//! **Entries that are no more than chance gives may be nothing at the lower end**, at no cost. No entry can be estimated
//! below 0, so that those that are nothing in truth come out above it half of the time, and two streams that only seem to
//! excite each other make the radius much larger.

use super::intervals::Within;
use super::stationary::spectral_radius;

/// Steps towards the greatest or the least; the direction settles in a few.
const STEPS: usize = 60;

/// Squarings by multiplication of a vector; radii of sixteen streams are then known to more digits than are shown.
const POWERS: usize = 300;

/// The interval, from the entries row by row, each with whether it is told.
pub(super) fn within(entries: &[Vec<Within>], is_told: &[Vec<bool>]) -> Within {
    let best: Vec<Vec<f64>> = entries.iter().map(|row| row.iter().map(|entry| entry.best).collect()).collect();
    let reach = |of: &dyn Fn(&Within) -> f64| -> Vec<Vec<f64>> {
        entries.iter().map(|row| row.iter().map(|entry| of(entry).max(0.0)).collect()).collect()
    };
    let is_open = entries.iter().flatten().any(|entry| entry.high.is_none());
    let up = reach(&|entry| entry.high.map_or(0.0, |high| high - entry.best));
    let down = reach(&|entry| entry.best - entry.low);
    let rows = best.iter().zip(is_told);
    let told: Vec<Vec<f64>> =
        rows.map(|(row, told)| row.iter().zip(told).map(|(g, told)| if *told { *g } else { 0.0 }).collect()).collect();
    Within {
        best: spectral_radius(&best),
        low: farthest(&told, &down, -1.0),
        high: (!is_open).then(|| farthest(&best, &up, 1.0)),
    }
}

/// The radius farthest on one side, entries moving by parts of their reach whose squares add up to 1.
fn farthest(best: &[Vec<f64>], reach: &[Vec<f64>], side: f64) -> f64 {
    let n = best.len();
    let mut parts = vec![vec![1.0 / n as f64; n]; n];
    let start = spectral_radius(best);
    let mut farthest = start;
    for _ in 0..STEPS {
        let moved: Vec<Vec<f64>> = (0..n)
            .map(|i| (0..n).map(|j| (best[i][j] + side * parts[i][j] * reach[i][j]).max(0.0)).collect())
            .collect();
        let radius = spectral_radius(&moved);
        if (radius - farthest) * side > 0.0 {
            farthest = radius;
        }
        // The radius rises by left × right of its eigenvectors for each entry; the way there takes parts like that.
        let (left, right) = (eigenvector(&moved, true), eigenvector(&moved, false));
        let mut next: Vec<Vec<f64>> =
            (0..n).map(|i| (0..n).map(|j| left[i] * right[j] * reach[i][j]).collect()).collect();
        let length = next.iter().flatten().map(|part| part * part).sum::<f64>().sqrt();
        if length <= 0.0 || !length.is_finite() {
            break;
        }
        next.iter_mut().flatten().for_each(|part| *part /= length);
        // Half of the old way is kept, so that two directions do not take turns for ever.
        for (part, next) in parts.iter_mut().flatten().zip(next.iter().flatten()) {
            *part = f64::midpoint(*part, *next);
        }
        let length = parts.iter().flatten().map(|part| part * part).sum::<f64>().sqrt();
        parts.iter_mut().flatten().for_each(|part| *part /= length);
    }
    farthest
}

/// The left or right eigenvector of the radius, of a matrix made positive by a hair so that there is but one.
fn eigenvector(matrix: &[Vec<f64>], is_left: bool) -> Vec<f64> {
    let n = matrix.len();
    let hair = 1e-9 + 1e-6 * matrix.iter().flatten().copied().fold(0.0, f64::max);
    let at = |i: usize, j: usize| hair + if is_left { matrix[j][i] } else { matrix[i][j] };
    // What is added to the diagonal keeps vectors from taking turns.
    let shift = matrix.iter().flatten().copied().fold(hair, f64::max);
    let mut vector = vec![1.0 / n as f64; n];
    for _ in 0..POWERS {
        let next: Vec<f64> =
            (0..n).map(|i| shift * vector[i] + (0..n).map(|j| at(i, j) * vector[j]).sum::<f64>()).collect();
        let length: f64 = next.iter().sum();
        vector = next.into_iter().map(|x| x / length).collect();
    }
    vector
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(best: f64, low: f64, high: f64) -> Within {
        Within { best, low, high: Some(high) }
    }

    #[test]
    fn one_stream_has_the_interval_of_its_entry() {
        let found = within(&[vec![entry(0.4, 0.2, 0.7)]], &[vec![true]]);
        assert!((found.best - 0.4).abs() < 1e-9 && (found.low - 0.2).abs() < 1e-9, "{found:?}");
        assert!((found.high.expect("an end") - 0.7).abs() < 1e-9);
    }

    #[test]
    fn two_that_excite_each_other_move_together() {
        // The radius is the root of the product; both ends lie inside of what both entries at their ends would give.
        let zero = entry(0.0, 0.0, 0.0);
        let found = within(
            &[vec![zero, entry(0.4, 0.2, 0.6)], vec![entry(0.4, 0.2, 0.6), zero]],
            &[vec![false, true], vec![true, false]],
        );
        let high = found.high.expect("an end");
        let each = 0.4 + 0.2 / 2.0_f64.sqrt();
        assert!((high - each).abs() < 1e-3 && (found.low - (0.8 - each)).abs() < 1e-2, "{found:?}");
        // Each is nothing without the other, and yet there is an upper end above nothing.
        let none = within(
            &[vec![zero, entry(0.0, 0.0, 0.3)], vec![entry(0.0, 0.0, 0.3), zero]],
            &[vec![false; 2], vec![false; 2]],
        );
        assert!(none.best <= 0.0 && none.low <= 0.0 && none.high.expect("an end") > 0.15, "{none:?}");
    }

    #[test]
    fn an_entry_without_an_upper_end_leaves_none() {
        let open = Within { best: 0.4, low: 0.2, high: None };
        assert_eq!(within(&[vec![open]], &[vec![true]]).high, None);
    }
}
