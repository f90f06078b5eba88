//! What else the parameters may be: draws from an approximate posterior, for futures that must not be surer than the fit.
//!
//! Each row (what excites one stream) has its own likelihood, so that rows are drawn apart. About the optimum the likelihood
//! is taken for a normal one with the curvature found there (Laplace), divided by the dispersion of the days where that is
//! over 1. A parameter at least two deviations above its bound is taken on its logarithm; one nearer is taken as it is and cut
//! off at the bound, so that branching and baselines are never negative and a branching of 0 stays likely where the data say
//! so. A decay is on its logarithm always, with a weak preference ([`DECAY`]), since nothing else holds it where nothing excites.
//!
//! Draws come from a Gibbs sampler over the cut normal (Geweke 1991): each parameter in turn, given the others. Which baseline
//! a draw has follows the weights of `flexibility`. The same seed gives the same draws on any number of threads.
//!
//! It is an approximation: where twenty events tell of five parameters the likelihood is no normal one. Tests hold the ends of
//! its 95 % against profile likelihood.

use super::fit::{self, Row};
use super::flexibility::Weighed;
use super::goodness::goodness;
use super::newton::cholesky;
use super::process::{Baseline, Process};
use super::streams::{Resolution, Streams};
use crate::forecast::random::Random;

/// Deviations above its bound from which a parameter is taken on its logarithm.
const CLEAR: f64 = 2.0;

/// Deviation of the weak preference about the fitted decay, on its logarithm: a factor of fifty either way within 95 %.
const DECAY: f64 = 2.0;

/// Rounds of the sampler before the first draw, and from one draw to the next. A baseline and its branching may lie along a
/// ridge (correlation .95); twelve rounds leave half of that, which a thousand draws bear.
const BEFORE: usize = 60;
const BETWEEN: usize = 12;

/// Days wilder than this are taken for so wild.
const WILDEST: f64 = 20.0;

/// The fitted baselines that weigh anything, each with what else its parameters may be.
#[derive(Clone, Debug)]
pub struct Posterior {
    span_days: f64,
    resolution: Resolution,
    choices: Vec<Choice>,
}

#[derive(Clone, Debug)]
struct Choice {
    weight: f64,
    process: Process,
    rows: Vec<Shape>,
}

/// One row's likelihood about its optimum.
#[derive(Clone, Debug)]
struct Shape {
    at: Vec<f64>,
    is_log: Vec<bool>,
    /// Bounds of each, as a distance from the optimum on its scale.
    low: Vec<f64>,
    high: Vec<f64>,
    slope: Vec<f64>,
    /// Row by row, minus the second derivatives.
    precision: Vec<f64>,
    dispersion: f64,
}

/// A process as it may be.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawn {
    /// Its parameters.
    pub process: Process,
    /// Which of the fitted baselines it is drawn about, for [`Posterior::fitted`].
    pub choice: usize,
}

impl Posterior {
    pub(super) fn of(streams: &Streams, weighed: &[Weighed]) -> Self {
        let choices = weighed
            .iter()
            .map(|one| Choice {
                weight: one.weight,
                process: one.process.clone(),
                rows: (0..streams.len())
                    .map(|of| {
                        let wild = goodness(streams, &one.process, of).dispersion.unwrap_or(1.0);
                        Shape::of(&one.rows[of], streams.len(), wild.clamp(1.0, WILDEST))
                    })
                    .collect(),
            })
            .collect();
        Self { span_days: streams.span_days, resolution: streams.resolution, choices }
    }

    /// How many fitted baselines weigh anything.
    pub fn choices(&self) -> usize {
        self.choices.len()
    }

    /// The fit of a baseline, and its weight.
    pub fn fitted(&self, choice: usize) -> (&Process, f64) {
        (&self.choices[choice].process, self.choices[choice].weight)
    }

    /// The fit of the baseline that weighs most.
    pub fn heaviest(&self) -> usize {
        let weight = |i: usize| self.choices[i].weight;
        (0..self.choices.len()).fold(0, |best, i| if weight(i) > weight(best) { i } else { best })
    }

    /// How much more the days of a stream vary than Poisson's; from 1 on.
    pub fn dispersion(&self, choice: usize, stream: usize) -> f64 {
        self.choices[choice].rows[stream].dispersion
    }

    /// So many draws.
    pub fn draws(&self, number: usize, seed: u64, threads: usize) -> Vec<Drawn> {
        // Multiples of the golden section are spread as evenly as can be, whatever their number.
        let share = |i: usize| (0.5 + i as f64 * 0.618_033_988_749_894_9).fract();
        let choice_of: Vec<usize> = (0..number).map(|i| self.choice_at(share(i))).collect();
        let rows = self.choices.first().map_or(0, |c| c.rows.len());
        let jobs = self.choices.len() * rows;
        let drawn = fit::each(jobs, threads, |job| {
            let (choice, of) = (job / rows, job % rows);
            let wanted = choice_of.iter().filter(|c| **c == choice).count();
            self.choices[choice].rows[of].draws(wanted, seed, job as u64 + 1)
        });
        let mut next = vec![0; self.choices.len()];
        choice_of
            .into_iter()
            .map(|choice| {
                let at = next[choice];
                next[choice] += 1;
                let of_choice: Vec<&Vec<f64>> = (0..rows).map(|of| &drawn[choice * rows + of][at]).collect();
                Drawn { process: self.process(&of_choice), choice }
            })
            .collect()
    }

    fn choice_at(&self, share: f64) -> usize {
        let mut upto = 0.0;
        for (i, choice) in self.choices.iter().enumerate() {
            upto += choice.weight;
            if share < upto {
                return i;
            }
        }
        self.choices.len() - 1
    }

    fn process(&self, rows: &[&Vec<f64>]) -> Process {
        let n = rows.len();
        let knots = |row: &[f64]| row.len() - n - 1;
        Process {
            resolution: self.resolution,
            baselines: rows
                .iter()
                .map(|row| Baseline { span_days: self.span_days, heights_per_day: row[..knots(row)].to_vec() })
                .collect(),
            branching: rows.iter().map(|row| row[knots(row)..knots(row) + n].to_vec()).collect(),
            decays_per_day: rows.iter().map(|row| row[row.len() - 1].exp()).collect(),
        }
    }
}

impl Shape {
    fn of(row: &Row, streams: usize, dispersion: f64) -> Self {
        let all = row.at.len();
        let (gradient, hessian) = (&row.local.gradient, &row.local.hessian);
        let knots = row.knots(streams);
        let is_log: Vec<bool> = (0..all)
            .map(|i| {
                let bend = -hessian[i * all + i] / dispersion;
                let is_free = i + 1 < all && row.at[i] > row.bounds.low[i] && bend > 0.0;
                is_free && (row.at[i] - row.bounds.low[i]) * bend.sqrt() >= CLEAR
            })
            .collect();
        // By how much a parameter moves as its own scale does.
        let moves: Vec<f64> = (0..all).map(|i| if is_log[i] { row.at[i] } else { 1.0 }).collect();
        let mut precision = vec![0.0; all * all];
        for i in 0..all {
            for j in 0..all {
                precision[i * all + j] = -hessian[i * all + j] * moves[i] * moves[j] / dispersion;
            }
            if is_log[i] {
                precision[i * all + i] -= gradient[i] * moves[i] / dispersion;
            }
        }
        precision[all * all - 1] += DECAY.powi(-2);
        make_definite(&mut precision, all);
        let on_scale = |i: usize, bound: f64| {
            if is_log[i] { (bound.max(f64::MIN_POSITIVE) / row.at[i]).ln() } else { bound - row.at[i] }
        };
        let is_excited = row.branching(streams).iter().any(|g| *g > 0.0);
        let slope = (0..all)
            .map(|i| {
                // At an optimum inside its bounds a slope is nothing but rounding.
                let is_inside = row.at[i] > row.bounds.low[i] && row.at[i] < row.bounds.high[i];
                let slope = if is_inside { 0.0 } else { gradient[i] * moves[i] / dispersion };
                // Nothing tells a decay where nothing is excited.
                if i + 1 == all && !is_excited { 0.0 } else { slope }
            })
            .collect();
        debug_assert!(knots + streams + 1 == all, "heights, branching, decay");
        Self {
            low: (0..all).map(|i| on_scale(i, row.bounds.low[i])).collect(),
            high: (0..all).map(|i| on_scale(i, row.bounds.high[i])).collect(),
            at: row.at.clone(),
            is_log,
            slope,
            precision,
            dispersion,
        }
    }

    /// Parameters of so many draws, from a chain of its own.
    fn draws(&self, number: usize, seed: u64, purpose: u64) -> Vec<Vec<f64>> {
        let all = self.at.len();
        let mut random = Random::new(seed, purpose);
        let mut off = vec![0.0; all];
        let mut drawn = Vec::with_capacity(number);
        let mut rounds = BEFORE;
        while drawn.len() < number {
            for _ in 0..rounds {
                for i in 0..all {
                    let row = &self.precision[i * all..(i + 1) * all];
                    let pull: f64 = row.iter().zip(&off).map(|(p, x)| p * x).sum();
                    let mean = off[i] + (self.slope[i] - pull) / row[i];
                    off[i] = random.normal_between(mean, row[i].powf(-0.5), self.low[i], self.high[i]);
                }
            }
            rounds = BETWEEN;
            let value = |i: usize| if self.is_log[i] { self.at[i] * off[i].exp() } else { self.at[i] + off[i] };
            drawn.push((0..all).map(value).collect());
        }
        drawn
    }
}

/// Adds to the diagonal until the matrix is positive definite: there is a normal distribution only then.
fn make_definite(matrix: &mut [f64], n: usize) {
    let mut more = 1e-9;
    loop {
        let mut lower = matrix.to_vec();
        if cholesky(&mut lower, n) {
            return;
        }
        for i in 0..n {
            matrix[i * n + i] += more * matrix[i * n + i].abs().max(1e-6);
        }
        more *= 10.0;
    }
}
