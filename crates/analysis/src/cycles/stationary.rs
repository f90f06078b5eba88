//! Whether a process comes to rest, and at which level: the spectral radius of its branching matrix and `(I - G)⁻¹ μ`.
//!
//! Refused: a long-run level where the spectral radius is 1 or more, since there is none.

use serde::Serialize;
use thiserror::Error;

/// Squarings of the matrix: its 2⁴⁰-th power tells the radius to twelve digits, whatever its shape.
const SQUARINGS: i32 = 40;

/// Why there is no long-run level.
#[derive(Clone, Debug, Error, PartialEq, Serialize)]
pub enum NotStationary {
    /// Each event brings one or more, all in all.
    #[error(
        "the branching matrix has the spectral radius {spectral_radius:.3}; from 1 on events bring events without end, \
         and there is no long-run level"
    )]
    Explosive {
        /// The spectral radius.
        spectral_radius: f64,
    },
    /// The caller's matrix and baselines do not belong together.
    #[error(
        "the branching matrix must have {streams} rows of {streams} entries from 0 on, and as many baselines from 0 on"
    )]
    Shape {
        /// How many baselines there are.
        streams: usize,
    },
}

/// The largest eigenvalue of a matrix of entries from 0 on, by its powers (Gelfand's formula): sure also where the matrix is
/// triangular or its streams excite each other in turn, which the power method is not.
pub fn spectral_radius(branching: &[Vec<f64>]) -> f64 {
    let mut power: Vec<Vec<f64>> = branching.to_vec();
    // The logarithm of the norm of G^(2^k) is `2^k × log`.
    let mut log = 0.0;
    for squared in 0..=SQUARINGS {
        let norm = power.iter().map(|row| row.iter().sum::<f64>()).fold(0.0, f64::max);
        if norm <= 0.0 {
            return 0.0;
        }
        log += norm.ln() / 2.0_f64.powi(squared);
        for x in power.iter_mut().flatten() {
            *x /= norm;
        }
        power = product(&power, &power);
    }
    log.exp()
}

/// Events a day of each stream in the long run: `(I - G)⁻¹ μ`.
#[expect(clippy::needless_range_loop, reason = "two rows of one matrix")]
pub fn stationary_mean(branching: &[Vec<f64>], baselines_per_day: &[f64]) -> Result<Vec<f64>, NotStationary> {
    let streams = baselines_per_day.len();
    let valid = |x: &f64| x.is_finite() && *x >= 0.0;
    let fits = branching.len() == streams && branching.iter().all(|row| row.len() == streams && row.iter().all(valid));
    if !fits || !baselines_per_day.iter().all(valid) {
        return Err(NotStationary::Shape { streams });
    }
    let spectral_radius = spectral_radius(branching);
    // A hair below 1, rounding decides; such a level would be one in name only.
    if spectral_radius >= 1.0 - 1e-9 {
        return Err(NotStationary::Explosive { spectral_radius });
    }
    let mut matrix: Vec<Vec<f64>> =
        (0..streams).map(|i| (0..streams).map(|j| f64::from(u8::from(i == j)) - branching[i][j]).collect()).collect();
    let mut mean = baselines_per_day.to_vec();
    // I - G is an M-matrix, which elimination without exchange of rows solves stably.
    for i in 0..streams {
        for below in i + 1..streams {
            let times = matrix[below][i] / matrix[i][i];
            for j in i..streams {
                matrix[below][j] -= times * matrix[i][j];
            }
            mean[below] -= times * mean[i];
        }
    }
    for i in (0..streams).rev() {
        let rest: f64 = (i + 1..streams).map(|j| matrix[i][j] * mean[j]).sum();
        mean[i] = (mean[i] - rest) / matrix[i][i];
    }
    Ok(mean)
}

fn product(a: &[Vec<f64>], b: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let cell = |row: &Vec<f64>, j: usize| row.iter().zip(b).map(|(x, below)| x * below[j]).sum();
    a.iter().map(|row| (0..b.len()).map(|j| cell(row, j)).collect()).collect()
}
