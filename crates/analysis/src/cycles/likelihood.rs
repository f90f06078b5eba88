//! One stream's log-likelihood with its gradient and Hessian, in one pass over its tape.
//!
//! Of each source three sums are carried from step to step (Ozaki 1979, Annals of the Institute of Statistical Mathematics
//! 31: 145): `R = Σ n exp(-β lag)`, `S = Σ n lag exp(-β lag)`, `Q = Σ n lag² exp(-β lag)`; the latter two are the derivatives
//! by the decay. What the kernels bring within a stretch follows from `R` at its ends, since each event brings in all its
//! branching times one.
//!
//! Parameters stand in the order: heights of the baseline, branching from each source, logarithm of the decay. Added is a
//! slight preference for straight baselines: see [`KINK`].

use super::exponential::decayed;
use super::newton::Local;
use super::streams::Resolution;
use super::tape::{Past, Step, Tape};

/// What a kink of the baseline as high as the mean rate costs, in units of log-likelihood: as if such kinks were normal
/// with a deviation of one mean rate, which is hardly a constraint. It lets a baseline go straight on where nothing was
/// observed, or held out.
const KINK: f64 = 0.5;

/// Steps between which exponentials are made together: so many fit into the nearest cache.
const TOGETHER: usize = 256;

/// Log-likelihood, less what kinks cost, with derivatives.
pub(super) fn local(tape: &Tape, at: &[f64]) -> Local {
    // The compiler unrolls loops of known length; streams between are padded with empty ones.
    match tape.streams {
        1 => pass::<1>(tape, at),
        2 => pass::<2>(tape, at),
        3 => pass::<3>(tape, at),
        4 => pass::<4>(tape, at),
        5 => pass::<5>(tape, at),
        6..=8 => pass::<8>(tape, at),
        _ => pass::<16>(tape, at),
    }
}

/// The log-likelihood alone, without what kinks cost: that of the data.
pub(super) fn log_likelihood(tape: &Tape, at: &[f64]) -> f64 {
    local(tape, at).value + kinks(tape, at, None) - tape.log_factorials
}

/// Σ over kinks, and its derivatives subtracted where they are asked for.
pub(super) fn kinks(tape: &Tape, at: &[f64], mut from: Option<&mut Local>) -> f64 {
    let (knots, all) = (tape.exposure.len(), at.len());
    let mean = tape.events.max(1.0) / tape.days;
    let weight = 2.0 * KINK / (mean * mean);
    let mut cost = 0.0;
    for middle in 1..knots.saturating_sub(1) {
        let shape = [(middle - 1, 1.0), (middle, -2.0), (middle + 1, 1.0)];
        let kink: f64 = shape.iter().map(|(knot, times)| times * at[*knot]).sum();
        cost += weight * kink * kink / 2.0;
        if let Some(local) = from.as_deref_mut() {
            for (i, x) in shape {
                local.gradient[i] -= weight * kink * x;
                for (j, y) in shape {
                    local.hessian[i * all + j] -= weight * x * y;
                }
            }
        }
    }
    cost
}

/// A factor of the decay, with its first and second derivative by the decay's logarithm.
type Factor = [f64; 3];

/// By what `R` is multiplied to be a rate, and by what at the ends of a stretch.
fn factors(resolution: Resolution, decay: f64) -> (Factor, Factor) {
    match resolution {
        Resolution::Timed => ([decay; 3], [1.0, 0.0, 0.0]),
        Resolution::Daily => {
            let grown = decay.exp();
            let derivatives = [decay * grown, decay * grown * (1.0 + decay)];
            ([decay.exp_m1(), derivatives[0], derivatives[1]], [grown, derivatives[0], derivatives[1]])
        }
    }
}

/// `factor × R` with its derivatives, of which `R`'s own are `-β S` and `-β S + β² Q`.
#[inline]
fn times(factor: Factor, decay: f64, r: f64, s: f64, q: f64) -> [f64; 3] {
    let (first, second) = (-decay * s, decay * decay * q - decay * s);
    [factor[0] * r, factor[1] * r + factor[0] * first, factor[2] * r + 2.0 * factor[1] * first + factor[0] * second]
}

/// Sums over the events between two knots.
struct Sums<const N: usize> {
    first: [f64; 2],
    second: [f64; 3],
    first_by: [[f64; N]; 2],
    first_decay: [f64; 2],
    by: [f64; N],
    by_by: [[f64; N]; N],
    by_decay: [f64; N],
    decay: f64,
    decay_decay: f64,
}

impl<const N: usize> Sums<N> {
    fn new() -> Self {
        Self {
            first: [0.0; 2],
            second: [0.0; 3],
            first_by: [[0.0; N]; 2],
            first_decay: [0.0; 2],
            by: [0.0; N],
            by_by: [[0.0; N]; N],
            by_decay: [0.0; N],
            decay: 0.0,
            decay_decay: 0.0,
        }
    }

    /// Puts the sums where they belong.
    fn settle(&mut self, tape: &Tape, knot: usize, into: &mut Local) {
        let (knots, streams, all) = (tape.exposure.len(), tape.streams, into.gradient.len());
        let ends = if knots == 1 { 1 } else { 2 };
        let mut pair = |i: usize, j: usize, value: f64| {
            into.hessian[i * all + j] += value;
            if i != j {
                into.hessian[j * all + i] += value;
            }
        };
        for end in 0..ends {
            for j in 0..streams {
                pair(knot + end, knots + j, self.first_by[end][j]);
            }
            pair(knot + end, all - 1, self.first_decay[end]);
            pair(knot + end, knot + end, self.second[2 * end]);
        }
        if ends == 2 {
            pair(knot, knot + 1, self.second[1]);
        }
        for i in 0..streams {
            for j in 0..=i {
                pair(knots + i, knots + j, self.by_by[i][j]);
            }
            pair(knots + i, all - 1, self.by_decay[i]);
        }
        pair(all - 1, all - 1, self.decay_decay);
        for end in 0..ends {
            into.gradient[knot + end] += self.first[end];
        }
        for j in 0..streams {
            into.gradient[knots + j] += self.by[j];
        }
        into.gradient[all - 1] += self.decay;
        *self = Self::new();
    }
}

/// What is left of earlier events at a step.
struct Left<const N: usize> {
    r: [f64; N],
    s: [f64; N],
    q: [f64; N],
}

impl<const N: usize> Left<N> {
    #[inline]
    fn after(&mut self, gap: f64, kept: f64) {
        for j in 0..N {
            let (r, s) = (self.r[j], self.s[j]);
            self.q[j] = kept * (self.q[j] + gap * (2.0 * s + gap * r));
            self.s[j] = kept * (s + gap * r);
            self.r[j] = kept * r;
        }
    }

    #[inline]
    fn add(&mut self, past: &Past, kept: f64) {
        let (j, count) = (past.stream as usize, f64::from(past.count) * kept);
        self.r[j] += count;
        self.s[j] += count * past.lag;
        self.q[j] += count * past.lag * past.lag;
    }
}

#[expect(clippy::needless_range_loop, reason = "several arrays of one known length, which the compiler unrolls")]
fn pass<const N: usize>(tape: &Tape, at: &[f64]) -> Local {
    let (knots, streams, all) = (tape.exposure.len(), tape.streams, at.len());
    let mut out = Local { value: 0.0, gradient: vec![0.0; all], hessian: vec![0.0; all * all] };
    let decay = at[all - 1].exp();
    let (rate_factor, end_factor) = factors(tape.resolution, decay);
    let mut g = [0.0; N];
    g[..streams].copy_from_slice(&at[knots..knots + streams]);

    let mut left = Left { r: [0.0; N], s: [0.0; N], q: [0.0; N] };
    let mut ends = Left { r: [0.0; N], s: [0.0; N], q: [0.0; N] };
    let mut sums = Sums::<N>::new();
    let (mut knot, mut logs, mut product) = (0, 0.0_f64, 1.0_f64);
    let (mut same, mut between) = (0, 0);
    let (mut kept, mut faded) = (Vec::with_capacity(TOGETHER), Vec::with_capacity(TOGETHER));
    for steps in tape.steps.chunks(TOGETHER) {
        decayed(decay, steps.iter().map(|step| step.gap), &mut kept);
        let first_between = between;
        let last = steps.last().map_or(between, |step| step.between_end as usize);
        decayed(decay, tape.between[between..last].iter().map(|past| past.lag), &mut faded);
        for (step, kept) in steps.iter().zip(&kept) {
            let Step { gap, share, count, same_end, between_end, .. } = *step;
            for past in &tape.same[same..same_end as usize] {
                left.r[past.stream as usize] += f64::from(past.count);
            }
            same = same_end as usize;
            left.after(gap, *kept);
            let to = between_end as usize;
            let in_between = &faded[between - first_between..to - first_between];
            for (past, exponential) in tape.between[between..to].iter().zip(in_between) {
                left.add(past, *exponential);
            }
            between = to;
            if count <= 0.0 {
                for j in 0..N {
                    ends.r[j] += share * left.r[j];
                    ends.s[j] += share * left.s[j];
                    ends.q[j] += share * left.q[j];
                }
                continue;
            }
            if step.knot as usize != knot {
                sums.settle(tape, knot, &mut out);
                knot = step.knot as usize;
            }
            let weights = [1.0 - share, share];
            let next = if knots == 1 { 0.0 } else { at[knot + 1] };
            let mut rate = at[knot] * weights[0] + next * weights[1];
            let (mut slope, mut bend) = (0.0, 0.0);
            let (mut value, mut by_decay) = ([0.0; N], [0.0; N]);
            for j in 0..N {
                let [a, first, second] = times(rate_factor, decay, left.r[j], left.s[j], left.q[j]);
                (value[j], by_decay[j]) = (a, first);
                rate += g[j] * a;
                slope += g[j] * first;
                bend += g[j] * second;
            }
            let count = f64::from(count);
            let share_of_one = count / rate;
            let squared = share_of_one / rate;
            // One logarithm for many events; a product of rates that nears the end of the numbers is settled.
            if count > 1.0 {
                logs += count * rate.ln();
            } else {
                product *= rate;
                if !(1e-200..1e200).contains(&product) {
                    logs += product.ln();
                    product = 1.0;
                }
            }
            for end in 0..2 {
                let z = weights[end] * squared;
                sums.first[end] += weights[end] * share_of_one;
                for j in 0..N {
                    sums.first_by[end][j] -= z * value[j];
                }
                sums.first_decay[end] -= z * slope;
                sums.second[2 * end] -= z * weights[end];
            }
            sums.second[1] -= weights[0] * weights[1] * squared;
            for i in 0..N {
                sums.by[i] += share_of_one * value[i];
                let z = squared * value[i];
                for j in 0..=i {
                    sums.by_by[i][j] -= z * value[j];
                }
                sums.by_decay[i] += share_of_one * by_decay[i] - z * slope;
            }
            sums.decay += share_of_one * slope;
            sums.decay_decay += share_of_one * bend - squared * slope * slope;
        }
    }
    sums.settle(tape, knot, &mut out);

    out.value = logs + product.ln() - tape.baseline(&at[..knots]);
    for (gradient, days) in out.gradient.iter_mut().zip(&tape.exposure) {
        *gradient -= days;
    }
    for j in 0..streams {
        // What the events within bring, with what is still to come from before, less what comes only after.
        let [brought, first, second] = times(end_factor, decay, ends.r[j], ends.s[j], ends.q[j]);
        let brought = tape.within[j] + brought;
        out.value -= g[j] * brought;
        out.gradient[knots + j] -= brought;
        out.gradient[all - 1] -= g[j] * first;
        out.hessian[(knots + j) * all + all - 1] -= first;
        out.hessian[(all - 1) * all + knots + j] -= first;
        out.hessian[all * all - 1] -= g[j] * second;
    }
    let cost = kinks(tape, at, Some(&mut out));
    out.value -= cost;
    if out.value.is_nan() {
        out.value = f64::NEG_INFINITY;
    }
    out
}
