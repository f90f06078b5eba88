//! The greatest value of a smooth function between bounds: projected Newton (Bertsekas 1982, SIAM Journal on Control and
//! Optimization 20: 221).
//!
//! What stands at a bound and would go beyond stays there; the others take a Newton step together, shortened until the
//! value rises enough. Where the function is not concave, the Hessian is made so by adding to its diagonal.

/// A function's value, gradient and Hessian (row by row) at a point.
#[derive(Clone, Debug)]
pub(super) struct Local {
    pub value: f64,
    pub gradient: Vec<f64>,
    pub hessian: Vec<f64>,
}

/// Where the search ended.
#[derive(Clone, Debug)]
pub(super) struct Optimum {
    pub at: Vec<f64>,
    pub local: Local,
    /// Whether no step promises more than [`ENOUGH`].
    pub has_converged: bool,
}

/// The search ends when a full Newton step promises less. In units of log-likelihood, of which two decide an interval's end.
pub(super) const ENOUGH: f64 = 1e-7;

/// Most steps; some ten are usual.
const STEPS: usize = 200;

/// How much of the promised rise a step must bring (Armijo's rule; the usual value).
const RISE: f64 = 1e-4;

/// Looks for the greatest value from a start on. What is `held` stays as it is.
pub(super) fn maximise(
    start: Vec<f64>,
    low: &[f64],
    high: &[f64],
    held: &[bool],
    mut local: impl FnMut(&[f64]) -> Local,
) -> Optimum {
    let mut at = start;
    clamp(&mut at, low, high);
    let mut here = local(&at);
    for _ in 0..STEPS {
        let step = step(&at, low, high, held, &here);
        let promised: f64 = step.iter().zip(&here.gradient).map(|(s, g)| s * g).sum();
        if promised / 2.0 < ENOUGH {
            return Optimum { at, local: here, has_converged: here_is_sound(promised) };
        }
        let mut length = 1.0;
        let there = loop {
            let mut trial: Vec<f64> = at.iter().zip(&step).map(|(x, s)| x + length * s).collect();
            clamp(&mut trial, low, high);
            let gain: f64 = trial.iter().zip(&at).zip(&here.gradient).map(|((to, from), g)| (to - from) * g).sum();
            let there = local(&trial);
            if there.value.is_finite() && there.value >= here.value + RISE * gain {
                break Some((trial, there));
            }
            length /= if there.value.is_finite() { 2.0 } else { 4.0 };
            if length < 1e-12 {
                break None;
            }
        };
        let Some((trial, there)) = there else {
            // Rounding hides what is left to gain, or the function is not smooth here.
            return Optimum { at, local: here, has_converged: promised < 1e-3 };
        };
        (at, here) = (trial, there);
    }
    Optimum { at, local: here, has_converged: false }
}

fn here_is_sound(promised: f64) -> bool {
    promised.is_finite()
}

fn clamp(at: &mut [f64], low: &[f64], high: &[f64]) {
    for ((x, low), high) in at.iter_mut().zip(low).zip(high) {
        *x = x.clamp(*low, *high);
    }
}

/// The Newton step of all that may move.
fn step(at: &[f64], low: &[f64], high: &[f64], held: &[bool], here: &Local) -> Vec<f64> {
    let n = at.len();
    let mut stays: Vec<bool> = (0..n)
        .map(|i| {
            let g = here.gradient[i];
            held[i] || (at[i] <= low[i] && g <= 0.0) || (at[i] >= high[i] && g >= 0.0)
        })
        .collect();
    loop {
        let free: Vec<usize> = (0..n).filter(|i| !stays[*i]).collect();
        let moves = solve(&free, here);
        let mut step = vec![0.0; n];
        for (i, s) in free.iter().zip(&moves) {
            step[*i] = *s;
        }
        // At a bound, the others' moves may push over it what its own gradient pulls back: it stays as well.
        let pushed: Vec<usize> = free
            .into_iter()
            .filter(|&i| (at[i] <= low[i] && step[i] < 0.0) || (at[i] >= high[i] && step[i] > 0.0))
            .collect();
        if pushed.is_empty() {
            return step;
        }
        for i in pushed {
            stays[i] = true;
        }
    }
}

/// Solves `-H s = g` over the free ones; more and more of the diagonal is added until `-H` is positive definite.
fn solve(free: &[usize], here: &Local) -> Vec<f64> {
    let (n, all) = (free.len(), here.gradient.len());
    let mut more = 0.0;
    loop {
        let mut lower = vec![0.0; n * n];
        for (i, fi) in free.iter().enumerate() {
            for (j, fj) in free.iter().enumerate().take(i + 1) {
                lower[i * n + j] = -here.hessian[fi * all + fj];
            }
            lower[i * n + i] += more * (lower[i * n + i].abs() + f64::MIN_POSITIVE);
            if more > 0.0 && lower[i * n + i] <= 0.0 {
                lower[i * n + i] = more;
            }
        }
        if cholesky(&mut lower, n) {
            let right: Vec<f64> = free.iter().map(|i| here.gradient[*i]).collect();
            return substitute(&lower, right);
        }
        more = if more == 0.0 { 1e-3 } else { more * 10.0 };
        if more > 1e12 || !more.is_finite() {
            return vec![0.0; n];
        }
    }
}

/// Cholesky's factor in place; `false` if the matrix is not positive definite.
pub(super) fn cholesky(lower: &mut [f64], n: usize) -> bool {
    for j in 0..n {
        for i in j..n {
            let inner: f64 = (0..j).map(|k| lower[i * n + k] * lower[j * n + k]).sum();
            let value = lower[i * n + j] - inner;
            if i == j {
                // What cancels to nothing but rounding is no curvature.
                if value.is_nan() || value <= 1e-13 * lower[j * n + j].abs() {
                    return false;
                }
                lower[j * n + j] = value.sqrt();
            } else {
                lower[i * n + j] = value / lower[j * n + j];
            }
        }
    }
    true
}

fn substitute(lower: &[f64], mut x: Vec<f64>) -> Vec<f64> {
    let n = x.len();
    for i in 0..n {
        let inner: f64 = (0..i).map(|k| lower[i * n + k] * x[k]).sum();
        x[i] = (x[i] - inner) / lower[i * n + i];
    }
    for i in (0..n).rev() {
        let inner: f64 = (i + 1..n).map(|k| lower[k * n + i] * x[k]).sum();
        x[i] = (x[i] - inner) / lower[i * n + i];
    }
    x
}
