//! What the data allow at 95 %: of each entry of the branching matrix and of each half-life, by profile likelihood; and
//! whether an entry is more than chance.
//!
//! **Intervals.** A value is allowed if the greatest likelihood with it is not much less than the greatest of all: if twice
//! the difference is at most 3.84 (χ² with one degree of freedom). All else is fitted anew for each value.
//!
//! **Zero or not.** Branching cannot be negative, so that with no excitation the estimate is 0 half of the time, and twice the
//! difference is 0 or χ²₁, each with one half (Chernoff 1954, Annals of Mathematical Statistics 25: 573; Self and Liang 1987,
//! JASA 82: 605). Where without the entry no excitation of the stream is left that could be told, its decay has no meaning
//! any more and was chosen to suit (Davies 1987, Biometrika 74: 33): then half χ²₁ and half χ²₂ is taken, which is stricter.
//!
//! **Several baselines.** Where more than one weighs something (`flexibility`), an end is where the tails beyond it, weighed,
//! come to 2.5 % (Turek and Fletcher 2012, Computational Statistics and Data Analysis 56: 2809), each tail being that of a
//! likelihood that falls as evenly from its best to its own end as it does at this end; p-values are weighed as well.
//!
//! **Counts that spread wider than Poisson's** make both too sure. For daily counts twice the difference is divided by the
//! dispersion that the fit leaves (quasi-likelihood), where that is over 1.

use serde::Serialize;

use super::fit::{Row, with_held, without_excitation};
use super::newton::Optimum;
use super::tape::Tape;

/// 95 % of χ² with one degree of freedom.
pub(super) const CHI_SQUARED: f64 = 3.841_458_820_694_124;

/// 95 % of half nothing and half χ²₁: what an entry must pass to count as told.
const TOLD: f64 = 2.705_543_454_095_404;

/// How near an end is looked for, in standard deviations: a hundredth changes coverage by less than a thousandth.
const NEAR: f64 = 0.01;

/// Most values tried for one end; five are usual.
const TRIES: usize = 30;

/// A value with what the data allow at 95 %.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Within {
    /// The value of greatest likelihood.
    pub best: f64,
    /// The least.
    pub low: f64,
    /// The most; `None` where the data set no upper end.
    pub high: Option<f64>,
}

/// A likelihood along one parameter: its best value, and on either side a value with how many deviations it is off.
#[derive(Clone, Copy, Debug)]
pub(super) struct Curve {
    pub best: f64,
    pub low: (f64, f64),
    pub high: (f64, f64),
}

impl Curve {
    /// How many deviations off a value is, below the best ones negative.
    fn off(&self, value: f64) -> f64 {
        let slope = |(end, off): (f64, f64)| off / (end - self.best).abs().max(f64::MIN_POSITIVE);
        let side = if value < self.best { self.low } else { self.high };
        (value - self.best) * slope(side)
    }
}

/// What one stream's own data say of its row, with one baseline.
pub(super) struct RowCurves {
    /// From each source.
    pub branching: Vec<Curve>,
    /// How often chance alone would give as much, from each source.
    pub p_values: Vec<f64>,
    /// Of the decay's logarithm; `None` where nothing excites it.
    pub log_decay: Option<Curve>,
}

/// The ends, over curves with their weights, between which 95 % lie; `None` where that is at or beyond a bound.
pub(super) fn average(curves: &[(f64, Curve)], (least, most): (f64, f64)) -> (Option<f64>, Option<f64>) {
    let below = |value: f64| curves.iter().map(|(weight, curve)| weight * normal(curve.off(value))).sum::<f64>();
    let above = |value: f64| curves.iter().map(|(weight, curve)| weight * normal(-curve.off(value))).sum::<f64>();
    let found = |tail: &dyn Fn(f64) -> f64, mut inside: f64, mut outside: f64| {
        if tail(outside) > TAIL {
            return None;
        }
        while (inside - outside).abs() > 1e-9 * (1.0 + inside.abs()) {
            let middle = f64::midpoint(inside, outside);
            if tail(middle) > TAIL {
                inside = middle;
            } else {
                outside = middle;
            }
        }
        Some(inside)
    };
    (found(&below, most, least), found(&above, least, most))
}

/// What lies beyond either end of a 95 % interval.
const TAIL: f64 = 0.025;

/// Of a normal distribution, what lies below so many deviations.
fn normal(deviations: f64) -> f64 {
    libm::erfc(-deviations / std::f64::consts::SQRT_2) / 2.0
}

/// Curves of one row; `dispersion` from 1 on.
pub(super) fn curves(tape: &Tape, row: &Row, dispersion: f64) -> RowCurves {
    let knots = tape.exposure.len();
    let alone = without_excitation(tape, row);
    let mut branching = Vec::new();
    let mut p_values = Vec::new();
    for source in 0..tape.streams {
        let index = knots + source;
        let best = row.at[index];
        let profile = Profile { tape, row, index, dispersion };
        let zero = with_held(tape, &row.bounds, &row.at, index, 0.0);
        // The optimum without the entry may lie on another hill of the decay; none at all is one of them.
        let without = zero.local.value.max(alone);
        let twice = (2.0 * (row.local.value - without) / dispersion).max(0.0);
        let is_decay_told = 2.0 * (without - alone) / dispersion > TOLD;
        p_values.push(if best > 0.0 { p_value(twice, is_decay_told) } else { 1.0 });
        let low = if twice <= CHI_SQUARED { (0.0, twice.sqrt()) } else { profile.end(-1.0) };
        branching.push(Curve { best, low, high: profile.end(1.0) });
    }
    let index = row.at.len() - 1;
    let is_excited = row.branching(tape.streams).iter().any(|g| *g > 0.0);
    let log_decay = is_excited.then(|| {
        let profile = Profile { tape, row, index, dispersion };
        Curve { best: row.at[index], low: profile.end(-1.0), high: profile.end(1.0) }
    });
    RowCurves { branching, p_values, log_decay }
}

/// How often chance gives so much: see the head of the file.
pub(super) fn p_value(twice: f64, is_decay_told: bool) -> f64 {
    let one = libm::erfc((twice / 2.0).sqrt());
    let p = if is_decay_told { one / 2.0 } else { f64::midpoint(one, (-twice / 2.0).exp()) };
    if twice > 0.0 { p } else { 1.0 }
}

/// The likelihood along one parameter, all others fitted anew.
struct Profile<'a> {
    tape: &'a Tape,
    row: &'a Row,
    index: usize,
    dispersion: f64,
}

impl Profile<'_> {
    /// The end of the interval on one side (1 up, -1 down), with how many deviations it is off: fewer than asked at a bound
    /// up to which everything is allowed.
    fn end(&self, side: f64) -> (f64, f64) {
        let best = self.row.at[self.index];
        let bound = if side > 0.0 { self.row.bounds.high[self.index] } else { self.row.bounds.low[self.index] };
        let aim = CHI_SQUARED.sqrt();
        // Between a value that is allowed and one that is not, with how many deviations off they are.
        let (mut inside, mut outside): ((f64, f64), Option<(f64, f64)>) = ((best, 0.0), None);
        let mut near = self.row.at.clone();
        let mut value = best + side * self.first_reach(aim);
        for _ in 0..TRIES {
            let is_at_bound = if side > 0.0 { value >= bound } else { value <= bound };
            if is_at_bound {
                value = bound;
            }
            let found: Optimum = with_held(self.tape, &self.row.bounds, &near, self.index, value);
            let twice = 2.0 * (self.row.local.value - found.local.value) / self.dispersion;
            let off = twice.max(0.0).sqrt();
            if (off - aim).abs() < NEAR || (off < aim && is_at_bound) {
                return (value, off);
            }
            near = found.at;
            if off < aim {
                inside = (value, off);
            } else {
                outside = Some((value, off));
            }
            value = match outside {
                // Deviations grow nearly evenly with the value; a step that would hardly move halves the stretch.
                Some((far, far_off)) => {
                    let share = (aim - inside.1) / (far_off - inside.1);
                    let share = if share.is_finite() { share.clamp(0.05, 0.95) } else { 0.5 };
                    inside.0 + share * (far - inside.0)
                }
                None if inside.1 > 0.1 => {
                    let reach = (inside.0 - best) * (aim / inside.1);
                    best + reach.abs().min(4.0 * (inside.0 - best).abs()) * side * 1.02
                }
                None => best + 4.0 * (inside.0 - best),
            };
        }
        // The likelihood jumps from one hill to another here: the nearer side is surely allowed.
        (inside.0, aim)
    }

    /// How far the end would be if the likelihood were a parabola, others held.
    fn first_reach(&self, aim: f64) -> f64 {
        let all = self.row.at.len();
        let bend = -self.row.local.hessian[self.index * all + self.index];
        // Others fitted anew let it reach farther; half as far again is a fair first guess.
        let reach = 1.5 * aim * (self.dispersion / bend.max(f64::MIN_POSITIVE)).sqrt();
        let widest = if self.index + 1 == all { 1.0 } else { 0.5 };
        reach.clamp(1e-6, widest)
    }
}
