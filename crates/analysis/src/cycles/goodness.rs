//! Whether the events look as the fitted model would have made them.
//!
//! **Timed events**: under the model, the waits from event to event, measured on the clock of the stream's own rate, are
//! exponential with the mean 1 (time rescaling: Brown et al. 2002, Neural Computation 14: 325). Kolmogorov and Smirnov's test
//! compares them. **Daily counts**: each count's place in the Poisson distribution of its day, drawn evenly within the step
//! (Dunn and Smyth 1996, JCGS 5: 236), should be even from 0 to 1; and the variance about the day's rate should be the rate.
//!
//! Parameters are fitted to the same events, so that p-values are rather too high: a low one is bad news, a high one no proof.

use serde::Serialize;

use super::process::{Process, middle, scale};
use super::streams::{Resolution, Streams};
use super::tape::Tape;
use crate::incidents::measure::random::Random;

/// Seed of the even draws of counts, so that an answer is the same each time.
const SEED: u64 = 0x0c1c_1e5e;

/// How well the model fits one stream.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Goodness {
    /// Waits, or days, that were compared.
    pub compared: usize,
    /// The greatest distance between the distribution that was found and that of the model.
    pub distance: f64,
    /// How often chance would give as great a distance, the parameters taken for known.
    pub p_value: f64,
    /// Variance of daily counts over what the model has, 1 being Poisson's; `None` for timed events.
    pub dispersion: Option<f64>,
}

/// Compares a stream with the model.
pub(super) fn goodness(streams: &Streams, process: &Process, of: usize) -> Goodness {
    match streams.resolution {
        Resolution::Timed => {
            let waits = rescaled_waits(streams, process, of);
            let (distance, p_value) = kolmogorov_smirnov(waits.into_iter().map(|wait| -(-wait).exp_m1()).collect());
            let compared = streams.events.iter().filter(|e| e.stream == of).count();
            Goodness { compared, distance, p_value, dispersion: None }
        }
        Resolution::Daily => {
            let days = days(streams, process, of);
            let mut random = Random::new(SEED ^ of as u64);
            let places: Vec<f64> =
                days.iter().map(|&(count, rate)| place_of_count(count, rate, random.unit())).collect();
            let (distance, p_value) = kolmogorov_smirnov(places);
            // Parameters of one stream, of which those at a bound are none.
            let parameters = process.baselines[of].heights_per_day.len()
                + process.branching[of].iter().filter(|g| **g > 0.0).count()
                + 1;
            let squares: f64 = days.iter().map(|(count, rate)| (count - rate).powi(2) / rate).sum();
            let dispersion = squares / days.len().saturating_sub(parameters).max(1) as f64;
            Goodness { compared: days.len(), distance, p_value, dispersion: Some(dispersion) }
        }
    }
}

/// Waits from event to event of a stream, on the clock of its rate.
pub(super) fn rescaled_waits(streams: &Streams, process: &Process, of: usize) -> Vec<f64> {
    let baseline = &process.baselines[of];
    let decay = process.decays_per_day[of];
    let tape = Tape::new(streams, of, baseline.heights_per_day.len(), &streams.observed);
    let mut left = vec![0.0; streams.len()];
    let (mut same, mut between, mut time) = (0, 0, tape_start(&tape, streams));
    let (mut waits, mut waited, mut is_observed) = (Vec::new(), 0.0, true);
    for step in &tape.steps {
        let before = left.clone();
        let mut came = vec![0.0; streams.len()];
        for past in &tape.same[same..step.same_end as usize] {
            came[past.stream as usize] += f64::from(past.count);
            left[past.stream as usize] += f64::from(past.count);
        }
        for left in &mut left {
            *left *= (-decay * step.gap).exp();
        }
        for past in &tape.between[between..step.between_end as usize] {
            came[past.stream as usize] += f64::from(past.count);
            left[past.stream as usize] += f64::from(past.count) * (-decay * past.lag).exp();
        }
        (same, between) = (step.same_end as usize, step.between_end as usize);
        if is_observed {
            // Each event brings in all its branching times one, less what of it is still left.
            let brought = (0..left.len()).map(|j| process.branching[of][j] * (came[j] + before[j] - left[j]));
            waited += baseline.until(time + step.gap) - baseline.until(time) + brought.sum::<f64>();
        }
        time += step.gap;
        if step.count > 0.0 {
            waits.push(waited);
            waited = 0.0;
        } else {
            is_observed = step.share > 0.0;
        }
    }
    waits
}

/// The time of a tape's first step.
fn tape_start(tape: &Tape, streams: &Streams) -> f64 {
    let gaps: f64 = tape.steps.iter().map(|step| step.gap).sum();
    streams.observed.last().map_or(0.0, |(_, to)| to - gaps)
}

/// Counts and rates of the observed days.
pub(super) fn days(streams: &Streams, process: &Process, of: usize) -> Vec<(f64, f64)> {
    let decay = process.decays_per_day[of];
    let (times, kept) = (scale(Resolution::Daily, decay), (-decay).exp());
    let mut left = vec![0.0; streams.len()];
    let mut next = 0;
    let mut days = Vec::new();
    let mut day = 0.0;
    while day < streams.span_days {
        let excited: f64 = left.iter().zip(&process.branching[of]).map(|(left, g)| left * g).sum();
        let rate = process.baselines[of].at(middle(Resolution::Daily, day)) + times * excited;
        let mut count = 0.0;
        while let Some(event) = streams.events.get(next).filter(|event| event.time <= day) {
            left[event.stream] += event.count;
            if event.stream == of {
                count += event.count;
            }
            next += 1;
        }
        for left in &mut left {
            *left *= kept;
        }
        if streams.observed.iter().any(|(from, to)| (*from..*to).contains(&day)) {
            days.push((count, rate));
        }
        day += 1.0;
    }
    days
}

/// Where in its Poisson distribution a count stands, `share` of the way through its own step.
fn place_of_count(count: f64, rate: f64, share: f64) -> f64 {
    let (mut below, mut number) = (0.0, 0.0);
    let log = |n: f64| n * rate.ln() - rate - libm::lgamma(n + 1.0);
    while number < count {
        below += log(number).exp();
        number += 1.0;
    }
    (below + share * log(count).exp()).clamp(0.0, 1.0)
}

/// The greatest distance of numbers from an even distribution, and how often chance gives as much (Stephens 1970, JRSS B 32:
/// 115, for the number of points).
pub(super) fn kolmogorov_smirnov(mut places: Vec<f64>) -> (f64, f64) {
    places.sort_unstable_by(f64::total_cmp);
    let n = places.len() as f64;
    let distance = places
        .iter()
        .enumerate()
        .map(|(i, place)| (place - i as f64 / n).max((i as f64 + 1.0) / n - place))
        .fold(0.0, f64::max);
    let x = distance * (n.sqrt() + 0.12 + 0.11 / n.sqrt());
    // Kolmogorov's series; below 0.3 it is 1 to five digits.
    let p_value = if x < 0.3 || places.is_empty() {
        1.0
    } else {
        let term = |k: i32| f64::from(if k % 2 == 1 { 2 } else { -2 }) * (-2.0 * f64::from(k * k) * x * x).exp();
        (1..=20).map(term).sum::<f64>().clamp(0.0, 1.0)
    };
    (distance, p_value)
}
