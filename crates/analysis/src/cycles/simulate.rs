//! Made-up events of a known process: for tests, for measures of the fit, and for futures under a lever.
//!
//! Timed events by clusters (Hawkes and Oakes 1974, Journal of Applied Probability 11: 493): those that happen by themselves
//! come from the baseline, and each event brings a Poisson number of others after exponential waits. Daily counts one day
//! after the other. The same seed gives the same events on every machine.

use thiserror::Error;

use super::Refused;
use super::process::{Process, middle, scale};
use super::streams::{Resolution, Streams};
use crate::incidents::measure::random::Random;

/// A run with more events than this has run away.
pub const MOST_EVENTS: usize = 20_000_000;

/// Why nothing was made.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum NotSimulated {
    /// Events brought events until there were too many.
    #[error(
        "more than {MOST_EVENTS} events came; the spectral radius of the branching matrix is {spectral_radius:.3} \
         (below 1, make the stretch shorter)"
    )]
    RanAway {
        /// The spectral radius.
        spectral_radius: f64,
    },
    /// What came is no input for a fit.
    #[error(transparent)]
    Refused(#[from] Refused),
}

/// Times in days of the events of each stream.
pub fn timed(process: &Process, span_days: f64, seed: u64) -> Result<Vec<Vec<f64>>, NotSimulated> {
    let mut random = Random::new(seed);
    let mut times: Vec<Vec<f64>> = Vec::with_capacity(process.baselines.len());
    let mut waiting: Vec<(usize, f64)> = Vec::new();
    for (stream, baseline) in process.baselines.iter().enumerate() {
        let highest = baseline.heights_per_day.iter().copied().fold(0.0, f64::max);
        let mut own = Vec::new();
        let mut time = 0.0;
        // Without a rate, the first wait never ends.
        loop {
            time += wait(&mut random) / highest;
            if time.is_nan() || time >= span_days {
                break;
            }
            if random.unit() * highest < baseline.at(time) {
                own.push(time);
                waiting.push((stream, time));
            }
        }
        times.push(own);
    }
    let mut events = waiting.len();
    while let Some((by, time)) = waiting.pop() {
        for (of, own) in times.iter_mut().enumerate() {
            for _ in 0..poisson(process.branching[of][by], &mut random) {
                let later = time + wait(&mut random) / process.decays_per_day[of];
                if later < span_days {
                    own.push(later);
                    waiting.push((of, later));
                    events += 1;
                }
            }
        }
        if events > MOST_EVENTS {
            return Err(NotSimulated::RanAway { spectral_radius: process.spectral_radius() });
        }
    }
    for own in &mut times {
        own.sort_unstable_by(f64::total_cmp);
    }
    Ok(times)
}

/// Counts of so many days of each stream.
pub fn daily(process: &Process, days: usize, seed: u64) -> Result<Vec<Vec<u32>>, NotSimulated> {
    let mut random = Random::new(seed);
    let streams = process.baselines.len();
    let mut counts = vec![Vec::with_capacity(days); streams];
    // Row by row, what is left of each stream's earlier events: Σ count × exp(-β lag).
    let mut left = vec![vec![0.0; streams]; streams];
    let mut events = 0_usize;
    for day in 0..days {
        let mut today = Vec::with_capacity(streams);
        for of in 0..streams {
            let times = scale(process.resolution, process.decays_per_day[of]);
            let excited: f64 = left[of].iter().zip(&process.branching[of]).map(|(left, g)| g * left).sum();
            let rate = process.baselines[of].at(middle(Resolution::Daily, day as f64)) + times * excited;
            if rate > 1e7 {
                return Err(NotSimulated::RanAway { spectral_radius: process.spectral_radius() });
            }
            today.push(poisson(rate, &mut random));
        }
        for of in 0..streams {
            let kept = (-process.decays_per_day[of]).exp();
            for (left, count) in left[of].iter_mut().zip(&today) {
                *left = (*left + f64::from(*count)) * kept;
            }
        }
        for (counts, count) in counts.iter_mut().zip(&today) {
            counts.push(*count);
            events += *count as usize;
        }
        if events > MOST_EVENTS {
            return Err(NotSimulated::RanAway { spectral_radius: process.spectral_radius() });
        }
    }
    Ok(counts)
}

/// Made-up streams, of the resolution of the process, ready to be fitted.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number of days")]
pub fn streams(process: &Process, span_days: f64, seed: u64) -> Result<Streams, NotSimulated> {
    let names: Vec<String> = (1..=process.baselines.len()).map(|n| format!("stream {n}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    Ok(match process.resolution {
        Resolution::Timed => Streams::timed(&names, &timed(process, span_days, seed)?, span_days)?,
        Resolution::Daily => Streams::daily(&names, &daily(process, span_days as usize, seed)?)?,
    })
}

/// A wait with the mean 1.
fn wait(random: &mut Random) -> f64 {
    -(1.0 - random.unit()).ln()
}

/// A Poisson number, by the waits that fit into the mean; large means in pieces, so that the product stays a number.
pub(super) fn poisson(mean: f64, random: &mut Random) -> u32 {
    let mut left = mean;
    let mut number = 0;
    while left > 0.0 {
        let piece = left.min(500.0);
        left -= piece;
        let least = (-piece).exp();
        let mut product = random.unit();
        while product > least {
            number += 1;
            product *= random.unit();
        }
    }
    number
}
