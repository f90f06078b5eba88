//! A Weibull curve by maximum likelihood, with right-censored and late-entering rows.
//!
//! The share that holds after `t` is exp(-(t / scale)^shape): a shape below 1 says that the risk falls with age, above 1
//! that it grows, 1 that it stays (the exponential curve). Found by Newton's method in the logarithms of shape and scale,
//! halving steps that do not climb; intervals from the observed information, on the same logarithms, so that they stay above
//! 0 (Kalbfleisch and Prentice 2002, sections 3.4 and 3.6).

use serde::Serialize;

use super::{Estimate, Row, SurvivalError, Z, check, times};

/// The fitted curve.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Weibull {
    /// Durations.
    pub rows: usize,
    /// Those that ended.
    pub ended: usize,
    /// Below 1 the risk falls with age.
    pub shape: Estimate,
    /// After this time 37 % (1/e) still hold; in the unit of the rows.
    pub scale: Estimate,
    /// After how long half have ended, by the curve.
    pub median: Estimate,
    /// Natural logarithm of the likelihood.
    pub log_likelihood: f64,
    /// The same of the exponential curve, which has no shape: where it is hardly lower, the shape is not told by the data.
    pub exponential_log_likelihood: f64,
}

const STEPS: usize = 200;
const HALVINGS: usize = 40;

/// Fits the curve. Whatever the end, it counts.
pub fn weibull<K>(rows: &[Row<K>]) -> Result<Weibull, SurvivalError> {
    check(rows)?;
    let ended = rows.iter().filter(|r| r.end.is_some()).count();
    if let Some(row) = rows.iter().position(|r| r.time <= 0.0 && r.end.is_some()) {
        return Err(SurvivalError::Zero { row });
    }
    let ends = times(rows, |r| r.end.is_some()).len();
    if ends < 2 {
        return Err(SurvivalError::TooFew { ends });
    }
    let observed: f64 = rows.iter().map(|r| r.time - r.entry.unwrap_or(0.0)).sum();
    let mut at = Point { log_shape: 0.0, log_scale: (observed / ended as f64).ln() };
    let mut here = likelihood(rows, at);
    let exponential_log_likelihood = here.value;
    for _ in 0..STEPS {
        let (gradient, hessian) = (here.gradient, here.hessian);
        let determinant = hessian[0] * hessian[2] - hessian[1] * hessian[1];
        // Uphill by Newton where the surface is a dome, else along the slope.
        let step = if hessian[0] < 0.0 && determinant > 0.0 {
            [
                -(hessian[2] * gradient[0] - hessian[1] * gradient[1]) / determinant,
                -(hessian[0] * gradient[1] - hessian[1] * gradient[0]) / determinant,
            ]
        } else {
            let length = gradient[0].hypot(gradient[1]).max(1.0);
            [gradient[0] / length, gradient[1] / length]
        };
        if step[0].hypot(step[1]) < 1e-12 {
            break;
        }
        let mut factor = 1.0;
        let mut climbed = None;
        for _ in 0..HALVINGS {
            let to = Point { log_shape: at.log_shape + factor * step[0], log_scale: at.log_scale + factor * step[1] };
            let there = likelihood(rows, to);
            if there.value.is_finite() && there.value >= here.value {
                climbed = Some((to, there));
                break;
            }
            factor /= 2.0;
        }
        match climbed {
            Some((to, there)) => (at, here) = (to, there),
            None => break,
        }
    }
    let [a, b, c] = here.hessian;
    let determinant = a * c - b * b;
    let slope = here.gradient[0].abs().max(here.gradient[1].abs());
    if !(a < 0.0 && determinant > 0.0 && slope < 1e-6 * rows.len() as f64) {
        return Err(SurvivalError::NoMaximum);
    }
    // The covariance is the inverse of the negative Hessian.
    let (shape_variance, scale_variance, covariance) = (-c / determinant, -a / determinant, b / determinant);
    let shape = at.log_shape.exp();
    let lean = std::f64::consts::LN_2.ln() / shape;
    let median_variance = lean * lean * shape_variance + scale_variance - 2.0 * lean * covariance;
    Ok(Weibull {
        rows: rows.len(),
        ended,
        shape: of_log(at.log_shape, shape_variance),
        scale: of_log(at.log_scale, scale_variance),
        median: of_log(at.log_scale + lean, median_variance),
        log_likelihood: here.value,
        exponential_log_likelihood,
    })
}

fn of_log(value: f64, variance: f64) -> Estimate {
    let width = Z * variance.sqrt();
    Estimate { value: Some(value.exp()), low: Some((value - width).exp()), high: Some((value + width).exp()) }
}

#[derive(Clone, Copy)]
struct Point {
    log_shape: f64,
    log_scale: f64,
}

/// The log-likelihood at a point, its slope, and its second derivatives (shape, both, scale).
struct Likelihood {
    value: f64,
    gradient: [f64; 2],
    hessian: [f64; 3],
}

fn likelihood<K>(rows: &[Row<K>], at: Point) -> Likelihood {
    let shape = at.log_shape.exp();
    let mut sum = Likelihood { value: 0.0, gradient: [0.0; 2], hessian: [0.0; 3] };
    // The hazard summed up to a time is exp(z); it counts against a row, and for it up to its entry.
    let mut hazard = |time: f64, sign: f64| {
        if time > 0.0 {
            let z = shape * (time.ln() - at.log_scale);
            let h = sign * z.exp();
            sum.value -= h;
            sum.gradient[0] -= h * z;
            sum.gradient[1] += h * shape;
            sum.hessian[0] -= h * (z + z * z);
            sum.hessian[1] += h * shape * (1.0 + z);
            sum.hessian[2] -= h * shape * shape;
        }
    };
    for row in rows {
        hazard(row.time, 1.0);
        if let Some(entry) = row.entry {
            hazard(entry, -1.0);
        }
    }
    for row in rows.iter().filter(|r| r.end.is_some()) {
        let z = shape * (row.time.ln() - at.log_scale);
        sum.value += at.log_shape + z - row.time.ln();
        sum.gradient[0] += 1.0 + z;
        sum.gradient[1] -= shape;
        sum.hessian[0] += z;
        sum.hessian[1] -= shape;
    }
    sum
}
