//! The long run as a check: what is reckoned as `(I − G)⁻¹ μ` and what the simulation comes to must be the same.
//!
//! Both take the fit of the baseline that weighs most, its last height held, and each lasting lever at the middle of its
//! strength; levers that run out are over by then. Where the spectral radius is 1 or more there is no long run, and none is
//! given.

use super::answer::{Check, LongRun};
use super::futures::{Acting, Pull};
use crate::cycles::{Posterior, spectral_radius, stationary_mean};
use crate::forecast::random::Random;
use crate::normal::count;

/// Runs, and days of each, of which the first ones are not looked at.
const RUNS: usize = 40;
const DAYS: usize = 700;
const BEFORE: usize = 200;

/// Standard errors within which both agree: one of 16,000 checks fails by chance.
const WITHIN: f64 = 4.0;

/// The rate beyond which a run is no use.
const CAP: f64 = 1e5;

/// What the random numbers are for.
const PURPOSE: u64 = 0x1e7e1;

/// The check of each package.
pub(super) fn checks(
    posterior: &Posterior,
    streams: &[String],
    names: &[(String, Option<String>)],
    packages: &[Vec<Pull>],
    seed: u64,
) -> Vec<Check> {
    let choice = posterior.heaviest();
    let process = posterior.fitted(choice).0;
    let n = streams.len();
    let last: Vec<f64> = process.baselines.iter().map(|baseline| baseline.at(baseline.span_days)).collect();
    let of_package = |pulls: &Vec<Pull>| {
        let factors: Vec<f64> = pulls.iter().map(|pull| pull.strength.factor(0.5)).collect();
        let acting = Acting::on(process, pulls, &factors, usize::MAX);
        let baseline: Vec<f64> = last.iter().zip(&acting.baseline).map(|(height, factor)| height * factor).collect();
        let branching: Vec<Vec<f64>> = acting.branching.chunks(n).map(<[f64]>::to_vec).collect();
        let spectral_radius = spectral_radius(&branching);
        let Ok(reckoned) = stationary_mean(&branching, &baseline) else { return (spectral_radius, Vec::new()) };
        let dispersion: Vec<f64> = (0..n).map(|of| posterior.dispersion(choice, of)).collect();
        let means = simulated(&branching, &baseline, &process.decays_per_day, &dispersion, &reckoned, seed);
        let long_runs =
            means.into_iter().zip(reckoned).zip(streams).map(|(((simulated, standard_error), reckoned), stream)| {
                let agrees = (simulated - reckoned).abs() <= WITHIN * standard_error + 1e-9;
                LongRun { stream: stream.clone(), reckoned, simulated, standard_error, agrees }
            });
        (spectral_radius, long_runs.collect())
    };
    let each = packages.iter().zip(names).map(|(pulls, (name, _))| {
        let (spectral_radius, streams) = of_package(pulls);
        Check { package: name.clone(), spectral_radius, streams }
    });
    each.collect()
}

/// Mean events a day of each stream over runs, with the standard error between runs.
fn simulated(
    branching: &[Vec<f64>],
    baseline: &[f64],
    decays: &[f64],
    dispersion: &[f64],
    start: &[f64],
    seed: u64,
) -> Vec<(f64, f64)> {
    let n = baseline.len();
    let mut means = vec![Vec::with_capacity(RUNS); n];
    for run in 0..RUNS {
        let mut random = Random::new(seed, PURPOSE + run as u64);
        // What is left of earlier events if all had gone on as reckoned, so that a run need not find its level.
        let mut left: Vec<Vec<f64>> =
            decays.iter().map(|decay| start.iter().map(|mean| mean / decay.exp_m1()).collect()).collect();
        let mut sums = vec![0.0; n];
        for day in 0..DAYS {
            let today: Vec<f64> = (0..n)
                .map(|of| {
                    let excited: f64 = left[of].iter().zip(&branching[of]).map(|(x, g)| x * g).sum();
                    let rate = (baseline[of] + decays[of].exp_m1() * excited).min(CAP);
                    f64::from(count(rate, dispersion[of], random.unit()))
                })
                .collect();
            for (left, decay) in left.iter_mut().zip(decays) {
                for (left, count) in left.iter_mut().zip(&today) {
                    *left = (*left + count) * (-decay).exp();
                }
            }
            if day >= BEFORE {
                sums.iter_mut().zip(&today).for_each(|(sum, count)| *sum += count);
            }
        }
        means.iter_mut().zip(&sums).for_each(|(means, sum)| means.push(sum / (DAYS - BEFORE) as f64));
    }
    let of_runs = |means: Vec<f64>| {
        let mean = means.iter().sum::<f64>() / RUNS as f64;
        let variance = means.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (RUNS - 1) as f64;
        (mean, (variance / RUNS as f64).sqrt())
    };
    means.into_iter().map(of_runs).collect()
}
