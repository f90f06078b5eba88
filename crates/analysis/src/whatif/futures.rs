//! Futures of a self-exciting process, day after day, the same chance for each package.
//!
//! Future *i* has its own draw of the parameters, its own course of the baselines, its own strength of each lever, and for each
//! day and stream its own chance between 0 and 1, from which a count follows by the quantile of the day's distribution. All
//! packages share them (common random numbers), so that what differs between two packages in one future is the levers' doing
//! in the model and not luck.
//!
//! **The baseline beyond the last day** sets out from its last height and wanders: its logarithm takes normal steps whose
//! variance is that of the fitted steps from knot to knot, spread evenly over the days between; its mean stays where it was. A
//! constant baseline stays. **Counts of a day** vary as much more than Poisson's as the fit found.
//!
//! A day's rate is capped at twenty times the most that was ever counted on a day, and at least a hundred; a future that came
//! there is counted as capped.

use super::about::{Part, Target};
use super::lever::Range;
use crate::cycles::fit::each;
use crate::cycles::{Drawn, Posterior, Process, Streams, spectral_radius};
use crate::forecast::random::Random;
use crate::normal::{count, deviations};

/// Futures that one thread takes at a time.
const TOGETHER: usize = 64;

/// The cap of a day's rate: times the most that was counted on a day, and at least.
const CAP: (f64, f64) = (20.0, 100.0);

/// What a knot's height is told from at the least: half an event, so that the logarithm of a height near 0 does not run off.
const HALF_EVENT: f64 = 0.5;

/// A day's excitation that is less than this part is nothing.
const NOTHING: f64 = 40.0;

/// What the random numbers are for.
const PURPOSE: u64 = 0xf07_0000_0000;

/// How strong a lever is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Strength {
    Assumed(Range),
    /// Logarithm and its deviation.
    Estimated(f64, f64),
}

/// A lever, ready to be pulled.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Pull {
    /// The same number for the same lever in each package.
    pub key: usize,
    pub targets: Vec<Target>,
    pub days: Option<usize>,
    pub strength: Strength,
}

/// Counts of each package, future after future, day after day, stream after stream.
pub(super) struct Ensemble {
    pub streams: usize,
    pub days: usize,
    pub futures: usize,
    pub counts: Vec<Vec<u32>>,
    /// Of each package: in how many futures a rate was capped, and in how many events bring events without end.
    pub capped: Vec<usize>,
    pub endless: Vec<usize>,
}

impl Ensemble {
    /// Events of some streams in days from and to (the one after the last) of each future.
    pub fn sums(&self, package: usize, of: &[usize], (from, to): (usize, usize)) -> Vec<f64> {
        let counts = &self.counts[package];
        (0..self.futures)
            .map(|future| {
                let start = future * self.days * self.streams;
                let days = (from..to).map(|day| start + day * self.streams);
                days.map(|at| of.iter().map(|s| f64::from(counts[at + s])).sum::<f64>()).sum()
            })
            .collect()
    }
}

/// Makes futures; the result is the same for any number of threads.
pub(super) fn ensemble(
    streams: &Streams,
    posterior: &Posterior,
    packages: &[Vec<Pull>],
    (futures, days): (usize, usize),
    seed: u64,
    threads: usize,
) -> Ensemble {
    let n = streams.len();
    let parameters = posterior.draws(futures, seed, threads);
    let past = Past::of(streams);
    let wander: Vec<Vec<f64>> = (0..posterior.choices()).map(|choice| wander(posterior.fitted(choice).0)).collect();
    let levers = packages.iter().flatten().map(|pull| pull.key + 1).max().unwrap_or(0);
    let chunks = each(futures.div_ceil(TOGETHER), threads, |chunk| {
        let mut made = Made::of(packages.len());
        let first = chunk * TOGETHER;
        for (future, drawn) in (first..).zip(&parameters[first..(first + TOGETHER).min(futures)]) {
            let chance = Chance::of(seed, future, (days, n, levers));
            let one = Future::of(drawn, posterior, &past, &wander[drawn.choice], &chance);
            for (package, pulls) in packages.iter().enumerate() {
                one.run(pulls, &chance, package, &mut made);
            }
        }
        made
    });
    let mut all = Made::of(packages.len());
    for made in chunks {
        for (package, counts) in made.counts.into_iter().enumerate() {
            all.counts[package].extend(counts);
            all.capped[package] += made.capped[package];
            all.endless[package] += made.endless[package];
        }
    }
    Ensemble { streams: n, days, futures, counts: all.counts, capped: all.capped, endless: all.endless }
}

struct Made {
    counts: Vec<Vec<u32>>,
    capped: Vec<usize>,
    endless: Vec<usize>,
}

impl Made {
    fn of(packages: usize) -> Self {
        Self { counts: vec![Vec::new(); packages], capped: vec![0; packages], endless: vec![0; packages] }
    }
}

/// What happened, seen from the end.
struct Past {
    /// Of each stream, days before the first future day, nearest first, with their counts.
    events: Vec<Vec<(f64, f64)>>,
    most_per_day: f64,
}

impl Past {
    fn of(streams: &Streams) -> Self {
        let counts = streams.counts_by_day();
        let days = counts.first().map_or(0, Vec::len);
        let events = counts.iter().map(|counts| {
            let days = counts.iter().enumerate().rev().filter(|(_, count)| **count > 0);
            days.map(|(day, count)| ((days_before(day, counts.len())), f64::from(*count))).collect()
        });
        let most = counts.iter().flatten().max().copied().unwrap_or(0);
        debug_assert!(days > 0, "streams have days");
        Self { events: events.collect(), most_per_day: f64::from(most) }
    }
}

fn days_before(day: usize, days: usize) -> f64 {
    (days - day) as f64
}

/// The deviation of a baseline's logarithm after one day, stream by stream.
pub(super) fn wander(process: &Process) -> Vec<f64> {
    process
        .baselines
        .iter()
        .map(|baseline| {
            let heights = &baseline.heights_per_day;
            if heights.len() < 2 {
                return 0.0;
            }
            let width = baseline.span_days / (heights.len() - 1) as f64;
            let log = |height: f64| (height + HALF_EVENT / width).ln();
            let squares: f64 = heights.windows(2).map(|h| (log(h[1]) - log(h[0])).powi(2)).sum();
            (squares / (heights.len() - 1) as f64 / width).sqrt()
        })
        .collect()
}

/// One future's luck.
struct Chance {
    /// Of each lever, from 0 to 1.
    levers: Vec<f64>,
    /// Day after day, stream after stream: steps of the baselines, and places of the counts.
    steps: Vec<f64>,
    places: Vec<f64>,
}

impl Chance {
    fn of(seed: u64, future: usize, (days, streams, levers): (usize, usize, usize)) -> Self {
        let mut random = Random::new(seed, PURPOSE + future as u64);
        // Steps and places come first, so that further levers change nothing for those that were there.
        let steps = (0..days * streams).map(|_| random.normal()).collect();
        let places = (0..days * streams).map(|_| random.unit()).collect();
        Self { steps, places, levers: (0..levers).map(|_| random.unit()).collect() }
    }
}

/// What a future has before a lever is pulled.
struct Future<'a> {
    process: &'a Process,
    /// Day after day, stream after stream.
    baseline: Vec<f64>,
    /// Row by row, what is left of each stream's events.
    left: Vec<f64>,
    dispersion: Vec<f64>,
    cap: f64,
}

impl<'a> Future<'a> {
    fn of(drawn: &'a Drawn, posterior: &Posterior, past: &Past, wander: &[f64], chance: &Chance) -> Self {
        let process = &drawn.process;
        let n = process.baselines.len();
        let mut left = vec![0.0; n * n];
        for of in 0..n {
            let decay = process.decays_per_day[of];
            for (by, events) in past.events.iter().enumerate() {
                let near = events.iter().take_while(|(lag, _)| decay * lag < NOTHING);
                left[of * n + by] = near.map(|(lag, number)| number * (-decay * lag).exp()).sum();
            }
        }
        let last: Vec<f64> = process.baselines.iter().map(|baseline| baseline.at(baseline.span_days)).collect();
        let mut log = vec![0.0; n];
        let mut baseline = Vec::with_capacity(chance.steps.len());
        for steps in chance.steps.chunks(n) {
            for of in 0..n {
                log[of] += wander[of] * steps[of] - wander[of] * wander[of] / 2.0;
                baseline.push(last[of] * log[of].exp());
            }
        }
        Self {
            process,
            baseline,
            left,
            dispersion: (0..n).map(|of| posterior.dispersion(drawn.choice, of)).collect(),
            cap: (CAP.0 * past.most_per_day).max(CAP.1),
        }
    }

    /// Plays the future with a package and writes its counts.
    fn run(&self, pulls: &[Pull], chance: &Chance, package: usize, made: &mut Made) {
        let n = self.dispersion.len();
        let mut left = self.left.clone();
        let kept: Vec<f64> = self.process.decays_per_day.iter().map(|decay| (-decay).exp()).collect();
        let scale: Vec<f64> = self.process.decays_per_day.iter().map(|decay| decay.exp_m1()).collect();
        let factors: Vec<f64> = pulls.iter().map(|pull| pull.strength.factor(chance.levers[pull.key])).collect();
        let mut acting = Acting::on(self.process, pulls, &factors, 0);
        made.endless[package] +=
            usize::from(spectral_radius(&acting.branching_after(self.process, pulls, &factors)) >= 1.0);
        let mut is_capped = false;
        let mut today = vec![0_u32; n];
        for (day, (baseline, places)) in self.baseline.chunks(n).zip(chance.places.chunks(n)).enumerate() {
            if pulls.iter().any(|pull| pull.days == Some(day)) {
                acting = Acting::on(self.process, pulls, &factors, day);
            }
            for of in 0..n {
                let row = of * n..(of + 1) * n;
                let excited: f64 = left[row.clone()].iter().zip(&acting.branching[row]).map(|(x, g)| x * g).sum();
                let rate = baseline[of] * acting.baseline[of] + scale[of] * excited;
                is_capped |= rate > self.cap;
                today[of] = count(rate.min(self.cap), self.dispersion[of], places[of]);
            }
            for of in 0..n {
                for (left, count) in left[of * n..(of + 1) * n].iter_mut().zip(&today) {
                    *left = (*left + f64::from(*count)) * kept[of];
                }
            }
            made.counts[package].extend_from_slice(&today);
        }
        made.capped[package] += usize::from(is_capped);
    }
}

impl Strength {
    /// The factor at a share of what it may be.
    pub fn factor(self, share: f64) -> f64 {
        match self {
            Self::Assumed(range) => range.at(share),
            Self::Estimated(log, deviation) => (log + deviation * deviations(share)).exp(),
        }
    }
}

/// The process under the levers that hold on a day: factors of the baselines, and the branching matrix row by row.
pub(super) struct Acting {
    pub baseline: Vec<f64>,
    pub branching: Vec<f64>,
}

impl Acting {
    pub fn on(process: &Process, pulls: &[Pull], factors: &[f64], day: usize) -> Self {
        let n = process.baselines.len();
        let mut acting = Self { baseline: vec![1.0; n], branching: process.branching.concat() };
        for (pull, factor) in pulls.iter().zip(factors).filter(|(pull, _)| pull.days.is_none_or(|days| day < days)) {
            for Target { of, part } in &pull.targets {
                let mut excite = |by: usize| acting.branching[of * n + by] *= factor;
                match part {
                    Part::Baseline => acting.baseline[*of] *= factor,
                    Part::Branching { by } => by.iter().for_each(|by| excite(*by)),
                    Part::Rate => {
                        (0..n).for_each(&mut excite);
                        acting.baseline[*of] *= factor;
                    }
                }
            }
        }
        acting
    }

    /// The branching matrix when all levers that run out have done so.
    fn branching_after(&self, process: &Process, pulls: &[Pull], factors: &[f64]) -> Vec<Vec<f64>> {
        let n = self.baseline.len();
        let after = Self::on(process, pulls, factors, usize::MAX);
        after.branching.chunks(n).map(<[f64]>::to_vec).collect()
    }
}
