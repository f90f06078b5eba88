//! Cycles of attack and reply: how many further events one event brings, of its own kind and of others, and how soon.
//!
//! [`Streams`] go in, timed events or daily counts ([`streams_of_rows`] makes them of a series' rows); a [`Report`] comes out. The
//! model is a multivariate self-exciting process (Hawkes 1971, Biometrika 58: 83) with exponential kernels; see
//! [`Process`] for its formula. What there is to know of each part stands at the head of its file:
//!
//! - `flexibility`: **a baseline that moves**, as freely as what was held out bears out. Under a constant baseline slow
//!   change passes for excitation; so a report always holds both, and its type cannot be made with one alone ([`Choices`]).
//! - `intervals`: 95 % intervals by profile likelihood, and which entries are more than chance.
//! - `goodness`: whether events look as the model would have made them.
//! - `replies`: stated replies beside inferred ones.
//! - `simulate`: made-up events of a known process, by a seed.
//! - `posterior`: what else the parameters may be, for futures.
//!
//! Where initiators are known, the words are of attack and reply; else of excitation between streams ([`Language`]).
//!
//! Refused ([`Refused`]): streams too thin to tell anything, more of them than can be told apart, times out of range. It does
//! not say that an event caused another: something that neither stream shows may have moved both.

mod exponential;
pub(crate) mod fit;
mod flexibility;
mod goodness;
mod intervals;
mod likelihood;
pub mod measure;
mod newton;
mod over_time;
mod posterior;
mod process;
mod radius;
mod replies;
mod rows;
mod shifts;
mod simulate;
mod stated;
mod stationary;
mod streams;
mod tape;
#[cfg(test)]
mod tests;

use jiff::civil::Date;
use serde::Serialize;
use thiserror::Error;

pub use flexibility::{Choice, Choices, Moves};
pub use goodness::Goodness;
pub use intervals::Within;
pub use over_time::{InPeriod, OverTime, over_time, unit_for};
pub use posterior::{Drawn, Posterior};
pub use process::{Baseline, Process};
pub use replies::{FOUND, Inferred, Replies, Stated, replies};
pub use rows::{Asked, Unplaced, streams_of_rows};
pub use simulate::{MOST_EVENTS, NotSimulated, daily, streams as simulated_streams, timed};
pub use stated::stated;
pub use stationary::{NotStationary, spectral_radius, stationary_mean};
pub use streams::{FEWEST_EVENTS, Language, MOST_STREAMS, Resolution, Streams};

/// An entry of the branching matrix counts as told where chance alone gives as much in at most so many of a hundred cases.
pub const CHANCE: f64 = 0.05;

/// Below this, the model and the events do not go together, and the report says so.
const POOR_FIT: f64 = 0.05;

/// From this dispersion on, days vary more than excitation from day to day explains, and the report says so. The value
/// that `changepoints` warns of.
const WIDE: f64 = 1.5;

/// Why nothing was fitted.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum Refused {
    /// No row makes an event.
    #[error("no row of this source counts; ask for other classes of events, days or parties")]
    NoRows,
    /// Nothing happens often enough.
    #[error(
        "{rows} rows count, and no stream of them has the {FEWEST_EVENTS} events without which nothing can be told; ask for other \
         classes of events, more days or wider streams, or read more"
    )]
    TooFew {
        /// Rows that count and have a day.
        rows: usize,
    },
    /// Too few or too many streams.
    #[error("{streams} streams; from 1 to {MOST_STREAMS} can be fitted together")]
    Number {
        /// How many.
        streams: usize,
    },
    /// Names and streams do not go together.
    #[error("{names} names for {streams} streams")]
    Names {
        /// How many names.
        names: usize,
        /// How many streams.
        streams: usize,
    },
    /// A stream tells too little.
    #[error(
        "{stream} has {events} events in the days looked at; with fewer than {FEWEST_EVENTS} nothing can be told: leave it out, or look at more days"
    )]
    Thin {
        /// Which.
        stream: String,
        /// How many it has.
        events: f64,
    },
    /// No stretch to look at.
    #[error("a stretch of {days} days; it must be longer than 0 and finite")]
    Span {
        /// Its length.
        days: f64,
    },
    /// A time that cannot be.
    #[error("{stream} has an event at {days} days; times must lie from 0 to {span_days}")]
    Outside {
        /// Of which stream.
        stream: String,
        /// The time.
        days: f64,
        /// The length of the stretch.
        span_days: f64,
    },
    /// Counts of different lengths.
    #[error("one stream has counts of {days} days and another of {other}; all must have the same")]
    Uneven {
        /// Days of the first.
        days: usize,
        /// Days of the other.
        other: usize,
    },
    /// Nothing is known of any day.
    #[error(
        "no day of the stretch is covered by what was read or by the data set; without that, no happening is no zero"
    )]
    NotCovered,
    /// Observed stretches that make no sense.
    #[error(
        "observed from {from} to {to} days; stretches must be in order, apart, within the whole, and of whole days for daily counts"
    )]
    Stretch {
        /// From.
        from: f64,
        /// To.
        to: f64,
    },
}

/// How many further events of one stream an event of another brings.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Entry {
    /// The stream that is excited.
    pub of: String,
    /// The stream that excites it.
    pub by: String,
    /// How many, with what the data allow at 95 %.
    pub branching: Within,
    /// How often chance alone would give as much.
    pub p_value: f64,
    /// Whether that is at most [`CHANCE`].
    pub is_told: bool,
    /// The same in words.
    pub words: String,
}

/// One stream.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Stream {
    /// Its name.
    pub name: String,
    /// Its events.
    pub events: f64,
    /// Days after which half of what an event brings to it has come; `None` where nothing excites it.
    pub half_life_days: Option<Within>,
    /// How many of its events happen by themselves, as a share.
    pub share_by_itself: f64,
    /// How well the model fits.
    pub goodness: Goodness,
}

/// The long run, if nothing changed any more.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LongRun {
    /// Events a day of each stream.
    EventsPerDay(Vec<f64>),
    /// There is none, and why.
    None(String),
}

/// What is told of cycles. Made by [`report`] alone, so that it always holds the constant baseline beside those that move.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// What may be said of it.
    pub language: Language,
    /// Whether times are known within the day.
    pub resolution: Resolution,
    /// The first day; `None` where times are not of the calendar.
    pub first_day: Option<Date>,
    /// How long a stretch was looked at.
    pub span_days: f64,
    /// The branching matrix with each baseline.
    pub choices: Choices,
    /// Of the baseline that foretells best: each stream.
    pub streams: Vec<Stream>,
    /// Each entry of the branching matrix, row by row the stream that is excited.
    pub entries: Vec<Entry>,
    /// The branching matrix's spectral radius.
    pub spectral_radius: f64,
    /// The same with what the data allow at 95 %, from what they allow of the entries.
    pub spectral_radius_within: Within,
    /// The same in words.
    pub spectral_radius_words: String,
    /// The long run, with baselines at their means.
    pub long_run: LongRun,
    /// What to heed.
    pub warnings: Vec<String>,
    /// The fitted model.
    pub process: Process,
}

/// Fits baselines of ever more knots, chooses, and tells what comes out. The result is the same for any number of threads.
pub fn report(streams: &Streams, threads: usize) -> Report {
    fitted(streams, threads).0
}

/// The same, with what else the parameters may be.
pub fn fitted(streams: &Streams, threads: usize) -> (Report, Posterior) {
    let flexibility::Chosen { choices, best, mut weighed } = flexibility::choose(streams, threads);
    let posterior = Posterior::of(streams, &weighed);
    let n = streams.len();
    let found = fit::each(n, threads, |of| row_intervals(streams, &weighed, best, of));
    let flexibility::Weighed { rows, process, .. } = weighed.swap_remove(best);
    let goodness: Vec<Goodness> = (0..n).map(|of| goodness::goodness(streams, &process, of)).collect();
    let counts = streams.counts();
    let mut told = Vec::with_capacity(n);
    let mut entries = Vec::with_capacity(n * n);
    let within: Vec<Vec<Within>> = found.iter().map(|row| row.branching.clone()).collect();
    let is_told: Vec<Vec<bool>> = found.iter().map(|row| row.p_values.iter().map(|p| *p <= CHANCE).collect()).collect();
    let spectral_radius_within = radius::within(&within, &is_told);
    for (of, row) in found.into_iter().enumerate() {
        for (by, (branching, p_value)) in row.branching.into_iter().zip(row.p_values).enumerate() {
            let (of, by) = (streams.names[of].clone(), streams.names[by].clone());
            let is_told = p_value <= CHANCE;
            let words = words(streams.language, &of, &by, branching, is_told);
            entries.push(Entry { of, by, branching, p_value, is_told, words });
        }
        let knots = rows[of].knots(n);
        let tape = tape::Tape::new(streams, of, knots, &streams.observed);
        told.push(Stream {
            name: streams.names[of].clone(),
            events: counts[of],
            half_life_days: row.half_life_days,
            share_by_itself: (tape.baseline(&rows[of].at[..knots]) / tape.events).min(1.0),
            goodness: goodness[of],
        });
    }
    let spectral_radius = process.spectral_radius();
    let long_run = process.stationary_mean().map_or_else(|why| LongRun::None(why.to_string()), LongRun::EventsPerDay);
    let warnings = warnings(streams, &choices, &rows, &told);
    let report = Report {
        language: streams.language,
        resolution: streams.resolution,
        first_day: streams.first_day,
        span_days: streams.span_days,
        choices,
        streams: told,
        entries,
        spectral_radius,
        spectral_radius_words: words_of_radius(spectral_radius_within),
        spectral_radius_within,
        long_run,
        warnings,
        process,
    };
    (report, posterior)
}

/// What the parameters may be, without intervals and tests of single entries, which take half of the time of a report.
pub fn posterior(streams: &Streams, threads: usize) -> Posterior {
    Posterior::of(streams, &flexibility::choose(streams, threads).weighed)
}

/// What the data say of one stream's row.
struct RowIntervals {
    branching: Vec<Within>,
    p_values: Vec<f64>,
    half_life_days: Option<Within>,
}

/// Intervals of one row over all baselines that weigh anything; best values are those of the best one.
fn row_intervals(streams: &Streams, weighed: &[flexibility::Weighed], best: usize, of: usize) -> RowIntervals {
    let n = streams.len();
    let curves: Vec<(f64, intervals::RowCurves)> = weighed
        .iter()
        .map(|fitted| {
            let row = &fitted.rows[of];
            let tape = tape::Tape::new(streams, of, row.knots(n), &streams.observed);
            let dispersion = goodness::goodness(streams, &fitted.process, of).dispersion.unwrap_or(1.0).max(1.0);
            (fitted.weight, intervals::curves(&tape, row, dispersion))
        })
        .collect();
    let bounds = &weighed[best].rows[of].bounds;
    let ends = |index: usize| (bounds.low[index], bounds.high[index]);
    let knots = weighed[best].rows[of].knots(n);
    let branching = (0..n)
        .map(|by| {
            let each: Vec<(f64, intervals::Curve)> =
                curves.iter().map(|(weight, c)| (*weight, c.branching[by])).collect();
            let (low, high) = intervals::average(&each, ends(knots + by));
            Within { best: curves[best].1.branching[by].best, low: low.unwrap_or(0.0), high }
        })
        .collect();
    let p_values = (0..n).map(|by| curves.iter().map(|(weight, c)| weight * c.p_values[by]).sum()).collect();
    let decays: Vec<(f64, intervals::Curve)> =
        curves.iter().filter_map(|(weight, c)| c.log_decay.map(|curve| (*weight, curve))).collect();
    let all: f64 = decays.iter().map(|(weight, _)| weight).sum();
    let decays: Vec<(f64, intervals::Curve)> = decays.into_iter().map(|(weight, c)| (weight / all, c)).collect();
    let half_life_days = curves[best].1.log_decay.map(|curve| {
        let days = |log_decay: f64| std::f64::consts::LN_2 / log_decay.exp();
        let (slowest, fastest) = intervals::average(&decays, ends(knots + n));
        Within { best: days(curve.best), low: days(fastest.unwrap_or(bounds.high[knots + n])), high: slowest.map(days) }
    });
    RowIntervals { branching, p_values, half_life_days }
}

/// The spectral radius in words.
fn words_of_radius(Within { best, low, high }: Within) -> String {
    let range = match high {
        Some(high) => format!("{best:.2} ({low:.2} to {high:.2})"),
        None => format!("{best:.2} ({low:.2} or more)"),
    };
    let rest = match high {
        Some(high) if high < 1.0 => "what one event sets off comes to rest",
        _ if low >= 1.0 => "what one event sets off does not come to rest",
        _ => "whether what one event sets off comes to rest is not told",
    };
    format!("each event brings {range} further ones at each step, all streams together; {rest}")
}

/// An entry in words.
fn words(language: Language, of: &str, by: &str, branching: Within, is_told: bool) -> String {
    let range = match branching.high {
        Some(high) => format!("{:.2} ({:.2} to {high:.2})", branching.best, branching.low),
        None => format!("{:.2} ({:.2} or more)", branching.best, branching.low),
    };
    let doubt = if is_told { "" } else { "; no more than chance gives" };
    match language {
        Language::AttackAndReply if of == by => {
            format!("an attack {by} is followed by {range} more of the same{doubt}")
        }
        Language::AttackAndReply => format!("an attack {by} is followed by {range} attacks {of}{doubt}"),
        Language::Excitation => format!("an event {} excites {range} events {}{doubt}", within(by), within(of)),
    }
}

/// "in Kurram, PAK" is a place already, "PAK – TTP" is none.
fn within(stream: &str) -> String {
    if stream.starts_with("in ") { stream.to_owned() } else { format!("in {stream}") }
}

fn warnings(streams: &Streams, choices: &Choices, rows: &[fit::Row], told: &[Stream]) -> Vec<String> {
    let mut warnings = Vec::new();
    if choices.chosen().baseline == Moves::Constant {
        warnings.push(
            "a constant baseline foretells best; slow change that these events do not show would still pass for excitation"
                .to_owned(),
        );
    }
    if choices.varying().last().is_some_and(|freest| freest.knots == choices.chosen().knots) {
        warnings.push(
            "the freest baseline that was tried foretells best; with one still freer, excitation might be less"
                .to_owned(),
        );
    }
    for (stream, row) in told.iter().zip(rows) {
        let name = &stream.name;
        if !row.has_converged {
            warnings.push(format!("{name}: the search for the greatest likelihood did not come to its end"));
        }
        if stream.goodness.p_value < POOR_FIT {
            warnings.push(format!("{name}: the events do not look as the model would have made them"));
        }
        if let Some(times) = stream.goodness.dispersion.filter(|times| *times >= WIDE) {
            warnings
                .push(format!("{name}: days vary {times:.1} times as much as the model has it; intervals are widened"));
        }
        let (longest, shortest) = fit::half_lives(streams);
        if let Some(half_life) = stream.half_life_days {
            if streams.resolution == Resolution::Daily && half_life.best <= shortest * (1.0 + 1e-9) {
                warnings
                    .push(format!("{name}: the half-life is a day or less; counts of days cannot tell how much less"));
            }
            if streams.resolution == Resolution::Timed && half_life.best <= shortest * (1.0 + 1e-9) {
                warnings.push(format!(
                    "{name}: the half-life is as short as is looked for; a few events close together may make it"
                ));
            }
            if half_life.best >= longest * (1.0 - 1e-9) {
                warnings.push(format!("{name}: the half-life is as long as can be told; this may be slow change"));
            }
        }
    }
    warnings
}
