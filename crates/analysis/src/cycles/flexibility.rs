//! How freely the baseline may move, chosen by how well it foretells what was held out.
//!
//! Slow change looks like excitation to a baseline that cannot move: in a bad year each event is followed by others, whether
//! or not it brought them. A baseline that moves too freely follows single bursts and leaves nothing to excitation. So
//! baselines of ever more knots are fitted, each five times with every fifth block of time held out, and the one under
//! which the held-out events are likeliest is taken. What comes out under the others stands beside it, always.
//!
//! Which baseline foretells best is itself not certain. Each gets a weight: its held-out likelihood over the sum of all, in
//! the mean of reckonings in which each block counts as often as chance has it (pseudo-BMA+ with Bayesian bootstrap: Yao et
//! al. 2018, Bayesian Analysis 13: 917). Intervals and tests take in all that weigh anything (`intervals`).
//!
//! Blocks are short, sixty in all, so that a held-out one lies between others that were seen: the question is how freely
//! the baseline moves, not whether it can be foretold for years. Inside a held-out block, events still excite each other.

use serde::Serialize;

use super::fit::{Row, each, fit, fit_from, process};
use super::likelihood::log_likelihood;
use super::process::Process;
use super::stationary;
use super::streams::{Resolution, Streams};
use super::tape::Tape;
use crate::incidents::measure::random::Random;

/// Folds: each fifth of the blocks is held out once.
const FOLDS: usize = 5;

/// Blocks. About two lie between neighbouring knots of the freest baseline, so that a held-out block never hides a knot.
const BLOCKS: usize = 60;

/// Knots that are tried, first the constant and the straight line; then each baseline can bend at twice as many places.
const LADDER: [usize; 7] = [1, 2, 3, 5, 9, 17, 33];

/// Events of the thinnest stream for each knot, at least: fewer would let a knot rest on less than a burst.
const EVENTS_A_KNOT: f64 = 10.0;

/// Whether a baseline may move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Moves {
    /// Constant: what changes slowly passes for excitation. Never to be told alone.
    Constant,
    /// A broken line.
    Varying,
}

/// What comes out with one baseline.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Choice {
    /// Whether it may move.
    pub baseline: Moves,
    /// Knots; 1 is the constant.
    pub knots: usize,
    /// Log-likelihood of what was held out, summed over folds and streams: the higher, the better foretold.
    pub held_out: f64,
    /// How much it counts in intervals and tests; all weights add up to 1.
    pub weight: f64,
    /// Log-likelihood of all.
    pub log_likelihood: f64,
    /// The branching matrix, row by row what excites a stream.
    pub branching: Vec<Vec<f64>>,
    /// Half-lives in days; `None` where nothing excites the stream.
    pub half_lives_days: Vec<Option<f64>>,
    /// The branching matrix's spectral radius.
    pub spectral_radius: f64,
}

/// All baselines that were tried. There is always the constant one and at least one that moves, so that none can be told
/// without the other.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Choices {
    constant: Choice,
    varying: Vec<Choice>,
    /// Knots of the one that foretells best.
    chosen_knots: usize,
}

impl Choices {
    /// The constant baseline.
    pub fn constant(&self) -> &Choice {
        &self.constant
    }

    /// Those that move, the stiffest first; at least one.
    pub fn varying(&self) -> &[Choice] {
        &self.varying
    }

    /// All, the constant one first.
    pub fn all(&self) -> impl Iterator<Item = &Choice> {
        std::iter::once(&self.constant).chain(&self.varying)
    }

    /// The one that foretells best.
    pub fn chosen(&self) -> &Choice {
        self.all().find(|choice| choice.knots == self.chosen_knots).unwrap_or(&self.constant)
    }
}

/// A baseline with its weight and its fit.
pub(super) struct Weighed {
    pub weight: f64,
    pub rows: Vec<Row>,
    pub process: Process,
}

/// All choices, the fit of the one that foretells best, and the fits that weigh anything, it among them.
pub(super) struct Chosen {
    pub choices: Choices,
    pub best: usize,
    pub weighed: Vec<Weighed>,
}

/// Weights under this are left out: they move an end of an interval by less than its own error.
const LEAST_WEIGHT: f64 = 0.01;

/// Fits with each baseline and chooses.
pub(super) fn choose(streams: &Streams, threads: usize) -> Chosen {
    let thinnest = streams.counts().into_iter().fold(f64::INFINITY, f64::min);
    let ladder = LADDER.iter().filter(|&&knots| knots <= 2 || knots as f64 * EVENTS_A_KNOT <= thinnest);
    let mut by_block: Vec<Vec<f64>> = Vec::new();
    let mut tried: Vec<(Choice, Vec<Row>, Process)> = ladder
        .map(|&knots| {
            let fitted = each(streams.len(), threads, |of| stream(streams, of, knots));
            let blocks: Vec<f64> = (0..BLOCKS).map(|block| fitted.iter().map(|f| f.1[block]).sum()).collect();
            let held_out = blocks.iter().sum();
            by_block.push(blocks);
            let log_likelihood = fitted.iter().map(|f| f.2).sum();
            let rows: Vec<Row> = fitted.into_iter().map(|f| f.0).collect();
            let process = process(streams, &rows);
            let is_excited = |of: usize| process.branching[of].iter().any(|g| *g > 0.0);
            let choice = Choice {
                baseline: if knots == 1 { Moves::Constant } else { Moves::Varying },
                knots,
                held_out,
                weight: 0.0,
                log_likelihood,
                branching: process.branching.clone(),
                half_lives_days: (0..rows.len()).map(|of| is_excited(of).then(|| process.half_life_days(of))).collect(),
                spectral_radius: stationary::spectral_radius(&process.branching),
            };
            (choice, rows, process)
        })
        .collect();
    let best = (0..tried.len()).fold(0, |best, i| if tried[i].0.held_out > tried[best].0.held_out { i } else { best });
    let chosen_knots = tried[best].0.knots;
    for ((choice, ..), weight) in tried.iter_mut().zip(weights(&by_block)) {
        choice.weight = weight;
    }
    let mut choices: Vec<Choice> = Vec::new();
    let mut weighed = Vec::new();
    let mut at = 0;
    for (choice, rows, process) in tried {
        if choice.knots == chosen_knots {
            at = weighed.len();
        }
        if choice.weight >= LEAST_WEIGHT || choice.knots == chosen_knots {
            weighed.push(Weighed { weight: choice.weight, rows, process });
        }
        choices.push(choice);
    }
    let kept: f64 = weighed.iter().map(|w| w.weight).sum();
    for fitted in &mut weighed {
        fitted.weight /= kept;
    }
    let constant = choices.remove(0);
    Chosen { choices: Choices { constant, varying: choices, chosen_knots }, best: at, weighed }
}

/// Reckonings in which each block counts as often as chance has it. Weights are then known to two digits.
const RECKONINGS: usize = 500;

/// Seed of these, so that an answer is the same each time.
const SEED: u64 = 0xb10c;

/// The weight of each baseline, from the held-out log-likelihood of each block.
fn weights(by_block: &[Vec<f64>]) -> Vec<f64> {
    let mut random = Random::new(SEED);
    let mut weights = vec![0.0; by_block.len()];
    for _ in 0..RECKONINGS {
        // Exponential numbers over their sum are even on the simplex: the Bayesian bootstrap of Rubin (1981).
        let counts: Vec<f64> = (0..BLOCKS).map(|_| -(1.0 - random.unit()).ln()).collect();
        let all: f64 = counts.iter().sum();
        let sum = |blocks: &Vec<f64>| blocks.iter().zip(&counts).map(|(x, n)| x * n).sum::<f64>() * BLOCKS as f64 / all;
        let sums: Vec<f64> = by_block.iter().map(sum).collect();
        let most = sums.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let total: f64 = sums.iter().map(|sum| (sum - most).exp()).sum();
        for (weight, sum) in weights.iter_mut().zip(sums) {
            *weight += (sum - most).exp() / total / RECKONINGS as f64;
        }
    }
    weights
}

/// One stream's fit to all, the log-likelihood of each block when it was held out, and that of all.
fn stream(streams: &Streams, of: usize, knots: usize) -> (Row, Vec<f64>, f64) {
    let all = Tape::new(streams, of, knots, &streams.observed);
    let row = fit(streams, of, &all);
    let mut held_out = vec![0.0; BLOCKS];
    for fold in 0..FOLDS {
        let seen = stretches(streams, |block| block % FOLDS != fold);
        let row = fit_from(streams, &Tape::new(streams, of, knots, &seen), &row.at);
        for (block, held_out) in held_out.iter_mut().enumerate().skip(fold).step_by(FOLDS) {
            let stretches = stretches(streams, |this| this == block);
            if !stretches.is_empty() {
                *held_out = log_likelihood(&Tape::new(streams, of, knots, &stretches), &row.at);
            }
        }
    }
    let log_likelihood = log_likelihood(&all, &row.at);
    (row, held_out, log_likelihood)
}

/// The observed stretches within the blocks that are wanted.
fn stretches(streams: &Streams, is_wanted: impl Fn(usize) -> bool) -> Vec<(f64, f64)> {
    let span = streams.span_days;
    let end = |block: usize| {
        let at = span * block as f64 / BLOCKS as f64;
        // Days are not cut.
        if streams.resolution == Resolution::Daily { at.round() } else { at }
    };
    let mut found: Vec<(f64, f64)> = Vec::new();
    for block in (0..BLOCKS).filter(|block| is_wanted(*block)) {
        for &(from, to) in &streams.observed {
            let (from, to) = (from.max(end(block)), to.min(end(block + 1)));
            if to <= from {
                continue;
            }
            match found.last_mut() {
                Some((_, last)) if *last >= from => *last = to,
                _ => found.push((from, to)),
            }
        }
    }
    found
}
