//! Correlation of two series of counts.

/// Under so many points a correlation says nothing.
const FEWEST: usize = 3;

/// Pearson's correlation; `None` under three points, or where a series does not vary.
pub(super) fn pearson(a: &[f64], b: &[f64]) -> Option<f64> {
    if a.len() < FEWEST || a.len() != b.len() {
        return None;
    }
    let mean = |xs: &[f64]| xs.iter().sum::<f64>() / xs.len() as f64;
    let (mean_a, mean_b) = (mean(a), mean(b));
    let squares = |xs: &[f64], mean: f64| xs.iter().map(|x| (x - mean).powi(2)).sum::<f64>();
    let together: f64 = a.iter().zip(b).map(|(x, y)| (x - mean_a) * (y - mean_b)).sum();
    let apart = (squares(a, mean_a) * squares(b, mean_b)).sqrt();
    (apart > 0.0).then(|| (together / apart).clamp(-1.0, 1.0))
}

/// Spearman's: Pearson's of the ranks, equal values sharing theirs.
pub(super) fn spearman(a: &[f64], b: &[f64]) -> Option<f64> {
    pearson(&ranks(a), &ranks(b))
}

fn ranks(xs: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..xs.len()).collect();
    order.sort_by(|&i, &j| xs[i].total_cmp(&xs[j]));
    let mut ranks = vec![0.0; xs.len()];
    let mut below = 0;
    for same in order.chunk_by(|&i, &j| xs[i].total_cmp(&xs[j]).is_eq()) {
        let rank = below as f64 + f64::midpoint(same.len() as f64, 1.0);
        for &i in same {
            ranks[i] = rank;
        }
        below += same.len();
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values() {
        assert_eq!(pearson(&[1.0, 2.0], &[1.0, 2.0]), None);
        assert_eq!(pearson(&[1.0, 1.0, 1.0], &[1.0, 2.0, 3.0]), None);
        assert!((pearson(&[1.0, 2.0, 3.0], &[2.0, 4.0, 6.0]).unwrap() - 1.0).abs() < 1e-12);
        assert!((pearson(&[1.0, 2.0, 3.0], &[3.0, 2.0, 1.0]).unwrap() + 1.0).abs() < 1e-12);
        assert_eq!(ranks(&[10.0, 20.0, 10.0, 30.0]), [1.5, 3.0, 1.5, 4.0]);
        // By hand: ranks 1 2 3 4 and 1 3 2 4.
        assert!((spearman(&[1.0, 2.0, 3.0, 4.0], &[1.0, 8.0, 3.0, 100.0]).unwrap() - 0.8).abs() < 1e-12);
    }
}
