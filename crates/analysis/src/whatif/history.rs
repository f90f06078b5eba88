//! What happened when a lever was really pulled: an event study over its episodes.
//!
//! The days of an episode, at most so many from its start, are its window. The self-exciting model is fitted to all days
//! outside of the windows, so that what the lever did cannot pass for a baseline; then it is asked how many events it would
//! have expected on each day inside, given what had really happened up to the day before. The effect is the logarithm of what
//! came over what was expected, all episodes together. It is a factor of a day's rate given the days before: what it does in
//! the end, when fewer attacks bring fewer replies, comes out of the futures.
//!
//! **The interval** takes the greatest of three variances: of the jackknife over episodes, which knows that episodes differ
//! and that days of one are not independent; of counts alone, as wild as the fit found them; and of as many windows of the same
//! lengths drawn at random from the other days (placebos), which is what a lever that does nothing gives. Student's
//! distribution with episodes less one degrees of freedom makes the ends.
//!
//! It cannot know why a lever was pulled when it was. If truces are called when fighting is about to ebb, the ebb is in the
//! effect.

use jiff::civil::Date;
use serde::Serialize;

use super::Refused;
use super::lever::What;
use crate::cycles::measure::one_fit;
use crate::cycles::{Process, Streams};
use crate::forecast::random::Random;
use crate::interval::FEWEST;
use crate::normal::student;

/// Episodes from which an effect is used in futures.
pub const ENOUGH: usize = 10;

/// Days of an episode that are looked at, at most: what a lever does is asked of its beginning.
pub const WINDOW_DAYS: u16 = 30;

/// Windows may be so large a part of the observed days; more would leave the model nothing to be fitted to.
const MOST_COVERED: f64 = 0.5;

/// Sets of placebo windows; the deviation of two hundred is known to a twentieth.
const PLACEBOS: usize = 200;

/// What the random numbers are for.
const PURPOSE: u64 = 0x91ac;

/// A time at which a lever was really pulled.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Episode {
    /// What was done.
    pub what: What,
    /// The first day.
    pub from: Date,
    /// The last day, as it was announced or is known; `None` where nobody says.
    pub to: Option<Date>,
    /// Who says so.
    pub source: String,
    /// Ids of the claims and incidents that say so; none where a table does.
    pub evidence: Vec<String>,
}

/// One episode beside what the model expected.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Window {
    /// Days from the start of the streams: the first, and the one after the last.
    pub days: (usize, usize),
    /// Events that came.
    pub came: f64,
    /// Events that were expected.
    pub expected: f64,
}

/// What a lever did.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Effect {
    /// Episodes that lie in the days looked at; those that overlap are one.
    pub windows: Vec<Window>,
    /// Episodes that were left out: outside of the observed days.
    pub left_out: usize,
    /// Logarithm of what came over what was expected.
    pub log_ratio: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// Deviation of the true effect from episode to episode, on the logarithm.
    pub between: f64,
    /// The ratio's 95 % interval.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
    /// How often windows drawn at random were as far from 1 as the lever's; `None` where the days outside have no room for them.
    pub placebo_share: Option<f64>,
    /// Least and greatest ratio of a single episode.
    pub observed: (f64, f64),
}

impl Window {
    fn ratio(&self) -> f64 {
        (self.came + 0.5) / (self.expected + 0.5)
    }
}

impl Effect {
    /// What came over what was expected.
    pub fn ratio(&self) -> f64 {
        self.log_ratio.exp()
    }

    /// Whether there are episodes enough for futures.
    pub fn is_enough(&self) -> bool {
        self.windows.len() >= ENOUGH
    }

    /// Deviation of the logarithm in one further episode: what is not known of the mean, and how episodes differ; so scaled
    /// that 1.96 of it are the 97.5 % of Student's distribution.
    pub fn deviation(&self) -> f64 {
        let own = self.standard_error.hypot(self.between);
        own * student(0.975, self.windows.len() as f64 - 1.0) / student(0.975, 1e9)
    }
}

/// How many episodes lie in the days looked at; those that overlap are one.
pub fn known(streams: &Streams, episodes: &[&Episode], window_days: u16) -> usize {
    windows(streams, episodes, window_days).map_or(0, |(windows, _)| windows.len())
}

/// What episodes of one lever did to some streams; `None` where fewer than four lie in the days looked at, which show nothing.
pub fn effect(
    streams: &Streams,
    knots: usize,
    episodes: &[&Episode],
    of: &[usize],
    window_days: u16,
    seed: u64,
) -> Result<Option<Effect>, Refused> {
    if episodes.is_empty() {
        return Ok(None);
    }
    let (windows, left_out) = windows(streams, episodes, window_days)?;
    if windows.len() < FEWEST {
        return Ok(None);
    }
    let covered: usize = windows.iter().map(|(from, to)| to - from).sum();
    let outside = without(streams.stretches(), &windows);
    let observed: f64 = streams.stretches().iter().map(|(from, to)| to - from).sum();
    if covered as f64 > MOST_COVERED * observed {
        return Err(Refused::Covered { covered, observed });
    }
    let process = one_fit(&streams.clone().observed(&outside)?, knots, 1).process;
    let counts = streams.counts_by_day();
    let (came, expected) = by_day(&process, &counts, of);
    let sum = |values: &[f64], (from, to): (usize, usize)| -> f64 { values[from..to].iter().sum() };
    let windows: Vec<Window> = windows
        .into_iter()
        .map(|days| Window { days, came: sum(&came, days), expected: sum(&expected, days) })
        .collect();
    let all_came: f64 = windows.iter().map(|w| w.came).sum();
    let all_expected: f64 = windows.iter().map(|w| w.expected).sum();
    let log_ratio = ((all_came + 0.5) / (all_expected + 0.5)).ln();
    let wild = dispersion(&came, &expected, &outside);
    let placebos = placebos(&came, &expected, &outside, &windows, seed);
    let n = windows.len() as f64;
    let jackknife = {
        let without: Vec<f64> =
            windows.iter().map(|w| ((all_came - w.came + 0.5) / (all_expected - w.expected + 0.5)).ln()).collect();
        let mean = without.iter().sum::<f64>() / n;
        (n - 1.0) / n * without.iter().map(|x| (x - mean).powi(2)).sum::<f64>()
    };
    let of_counts = wild / (all_came + 0.5);
    let share = |sum: f64| placebos.as_ref().map(|placebos| sum / placebos.len() as f64);
    let of_placebos = share(placebos.iter().flatten().map(|x| x * x).sum()).unwrap_or(0.0);
    let standard_error = jackknife.max(of_counts).max(of_placebos).sqrt();
    let between = between(&windows, log_ratio.exp(), wild).sqrt();
    let reach = student(0.975, n - 1.0) * standard_error;
    let as_far = placebos.iter().flatten().filter(|x| x.abs() >= log_ratio.abs()).count();
    let ratios = || windows.iter().map(Window::ratio);
    let observed = (ratios().fold(f64::INFINITY, f64::min), ratios().fold(0.0, f64::max));
    Ok(Some(Effect {
        left_out,
        log_ratio,
        standard_error,
        between,
        low: (log_ratio - reach).exp(),
        high: (log_ratio + reach).exp(),
        placebo_share: share(as_far as f64),
        observed,
        windows,
    }))
}

/// Days of the windows in order and apart, and how many episodes lie outside of what was observed.
fn windows(
    streams: &Streams,
    episodes: &[&Episode],
    window_days: u16,
) -> Result<(Vec<(usize, usize)>, usize), Refused> {
    let first = streams.first_day().ok_or(Refused::NoCalendar)?;
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut left_out = 0;
    for episode in episodes {
        let day_of = |day: Date| first.until(day).map_or(-1, |span| i64::from(span.get_days()));
        let from = day_of(episode.from);
        let longest = from + i64::from(window_days);
        let to = episode.to.map_or(longest, |to| longest.min(day_of(to) + 1)).max(from + 1);
        let is_seen = streams.stretches().iter().any(|(a, b)| *a <= from as f64 && to as f64 <= *b);
        match (usize::try_from(from), usize::try_from(to)) {
            (Ok(from), Ok(to)) if is_seen => found.push((from, to)),
            _ => left_out += 1,
        }
    }
    found.sort_unstable();
    let mut apart: Vec<(usize, usize)> = Vec::new();
    for (from, to) in found {
        match apart.last_mut() {
            Some((_, end)) if from < *end => *end = to.max(*end),
            _ => apart.push((from, to)),
        }
    }
    Ok((apart, left_out))
}

/// The stretches without the windows.
fn without(stretches: &[(f64, f64)], windows: &[(usize, usize)]) -> Vec<(f64, f64)> {
    let mut left = Vec::new();
    for &(from, to) in stretches {
        let mut at = from;
        for &(a, b) in windows.iter().filter(|(a, b)| (*b as f64) > from && (*a as f64) < to) {
            if a as f64 > at {
                left.push((at, a as f64));
            }
            at = at.max(b as f64);
        }
        if to > at {
            left.push((at, to));
        }
    }
    left
}

/// Of some streams together, what came on each day and what was expected, given the days before.
fn by_day(process: &Process, counts: &[Vec<u32>], of: &[usize]) -> (Vec<f64>, Vec<f64>) {
    let days = counts.first().map_or(0, Vec::len);
    let mut came = vec![0.0; days];
    let mut expected = vec![0.0; days];
    for &of in of {
        let decay = process.decays_per_day[of];
        let (kept, scale) = ((-decay).exp(), decay.exp_m1());
        let mut left = vec![0.0; counts.len()];
        for day in 0..days {
            let excited: f64 = left.iter().zip(&process.branching[of]).map(|(left, g)| left * g).sum();
            expected[day] += process.baselines[of].at(day as f64 + 0.5) + scale * excited;
            came[day] += f64::from(counts[of][day]);
            for (left, counts) in left.iter_mut().zip(counts) {
                *left = (*left + f64::from(counts[day])) * kept;
            }
        }
    }
    (came, expected)
}

/// How much more days vary than Poisson's, outside of the windows; from 1 on.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole days")]
fn dispersion(came: &[f64], expected: &[f64], outside: &[(f64, f64)]) -> f64 {
    let days = outside.iter().flat_map(|(from, to)| *from as usize..*to as usize);
    let (sum, number) = days.fold((0.0, 0.0), |(sum, number), day| {
        (sum + (came[day] - expected[day]).powi(2) / expected[day].max(1e-9), number + 1.0)
    });
    (sum / f64::max(number, 1.0)).max(1.0)
}

/// Variance of the logarithm of the effect between episodes: what is left of squares when the counts' own are taken off
/// (method of moments).
fn between(windows: &[Window], ratio: f64, wild: f64) -> f64 {
    let (mut extra, mut weight) = (0.0, 0.0);
    for window in windows {
        let mean = ratio * window.expected;
        extra += (window.came - mean).powi(2) - wild * mean;
        weight += mean * mean;
    }
    // A variance of the ratio, over its square, is one of the logarithm as long as it is small.
    (extra / f64::max(weight, 1e-9)).max(0.0).ln_1p()
}

/// Effects of windows of the same lengths at random in the days outside; `None` where one of them fits nowhere.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole days")]
fn placebos(came: &[f64], expected: &[f64], outside: &[(f64, f64)], windows: &[Window], seed: u64) -> Option<Vec<f64>> {
    let upto = |values: &[f64]| {
        let mut sum = 0.0;
        let sums = values.iter().map(|x| {
            sum += x;
            sum
        });
        std::iter::once(0.0).chain(sums).collect::<Vec<f64>>()
    };
    let (came, expected) = (upto(came), upto(expected));
    let mut random = Random::new(seed, PURPOSE);
    let mut found = Vec::with_capacity(PLACEBOS);
    for _ in 0..PLACEBOS {
        let (mut a, mut b) = (0.0, 0.0);
        for window in windows {
            let long = window.days.1 - window.days.0;
            // Starts from which so many days lie in one stretch outside.
            let starts = |(from, to): &(f64, f64)| (*to as usize - *from as usize + 1).saturating_sub(long);
            let all: usize = outside.iter().map(starts).sum();
            if all == 0 {
                return None;
            }
            let mut at = random.below(all);
            for stretch in outside {
                let here = starts(stretch);
                if at < here {
                    let from = stretch.0 as usize + at;
                    a += came[from + long] - came[from];
                    b += expected[from + long] - expected[from];
                    break;
                }
                at -= here;
            }
        }
        found.push(((a + 0.5) / (b + 0.5)).ln());
    }
    Some(found)
}
