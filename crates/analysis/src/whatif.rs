//! What might come under a lever: futures of the fitted self-exciting model with and without it, set side by side.
//!
//! Daily [`Streams`] with their fit ([`cycles::fitted`](crate::cycles::fitted)), real [`Episode`]s of levers and [`Package`]s
//! of levers go in; a [`WhatIf`] comes out: totals and fans of each package, contrasts between them, and flags where history
//! does not bear it. What there is to know of each part stands at the head of its file:
//!
//! - `lever`, `package`: what can be asked, in a short text.
//! - `about`: on which streams a lever acts, and on what of them.
//! - `history`, `table`: what a lever did when it was really pulled, and how episodes are written.
//! - `futures`: how futures are made, and how a baseline goes on.
//! - `flags`: what history does not bear.
//! - `level`: the long run reckoned and simulated.
//! - `backtest`: what was said before real levers, scored after.
//!
//! A lever's strength is the user's assumption, labelled so, or the estimate from ten or more episodes, labelled so; a
//! lever without either is refused. Nothing here says that a lever brings something about: what is told is what the model does
//! under an assumption. What people who know say stands beside the numbers ([`Judgement`]) and never in them.

mod about;
pub mod answer;
pub mod backtest;
mod flags;
mod futures;
pub mod history;
mod level;
pub mod lever;
pub mod package;
mod summary;
pub mod table;

use thiserror::Error;

use crate::cycles::{self, Posterior, Report, Resolution, Streams};
use about::{Part, Target};
pub use answer::{
    Basis, Check, Contrast, Fan, Flag, Judgement, Kind, LongRun, Outcome, PastDay, Pulled, Spread, Total, WhatIf,
    caveats, method,
};
use futures::{Pull, Strength};
pub use history::{ENOUGH, Effect, Episode, WINDOW_DAYS, effect};
pub use lever::{Lever, NoLever, Range, Side, What};
pub use package::{NoPackage, Package};
pub use table::{NoTable, episodes};

/// Fewest futures: the ends of a 90 % interval then have fifty beyond them.
pub const FEWEST_FUTURES: usize = 1_000;

/// Longest horizon, in days: a model of replies within weeks says nothing of other years.
pub const LONGEST_DAYS: usize = 365;

/// Packages beside the one without levers; more cannot be read side by side.
pub const MOST_PACKAGES: usize = 8;

/// Counts that are held at once: 400 MB.
const MOST_COUNTS: usize = 100_000_000;

/// Days of the past that an answer carries, at the least; else twice the horizon.
const PAST_DAYS: usize = 56;

/// The name of the package without levers.
pub const NO_LEVER: &str = "no lever";

/// What is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// The packages, in the order in which they are shown.
    pub packages: Vec<Package>,
    /// How many days from the last day of the streams on.
    pub days: usize,
    /// How many futures of each package.
    pub futures: usize,
    /// Of all that is drawn.
    pub seed: u64,
}

impl Asked {
    /// Ninety days, a thousand futures.
    pub fn new(packages: Vec<Package>) -> Self {
        Self { packages, days: 90, futures: FEWEST_FUTURES, seed: 1 }
    }
}

/// Why there is no answer.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum Refused {
    /// Times within the day.
    #[error("futures are made day by day; give daily counts, not timed events")]
    Timed,
    /// Days without dates.
    #[error("episodes have dates and these streams have none; say on which day they start")]
    NoCalendar,
    /// Nothing can be fitted.
    #[error(transparent)]
    Cycles(#[from] cycles::Refused),
    /// The lever meets no stream.
    #[error("lever {lever} acts on none of the streams: {streams}; ask for streams of those parties or places")]
    NoStream {
        /// The lever.
        lever: String,
        /// What streams there are.
        streams: String,
    },
    /// Replies cannot be told.
    #[error(
        "lever {lever} needs streams that say who did it to whom, of both sides; ask for streams by directed pairs, or use \
         pressure or ceasefire"
    )]
    NoDirection {
        /// The lever.
        lever: String,
    },
    /// No range and no history.
    #[error(
        "lever {lever} has no range, and history holds {episodes} of the {ENOUGH} episodes that an estimate needs; give a \
         range that you assume, for example {lever}=0.5..0.9"
    )]
    NoRange {
        /// The lever.
        lever: String,
        /// How many episodes there are.
        episodes: usize,
    },
    /// Windows take too much of the past.
    #[error(
        "episodes of one lever cover {covered} of {observed} observed days; the model needs at least half of them without \
         the lever: look at more days, or give an assumed range"
    )]
    Covered {
        /// Days within windows.
        covered: usize,
        /// Days that were observed.
        observed: f64,
    },
    /// A number out of range.
    #[error("{what} is {value}; it must be {valid}")]
    Setting {
        /// Which.
        what: &'static str,
        /// What it was.
        value: usize,
        /// What it may be.
        valid: String,
    },
    /// Two packages of one name.
    #[error("two packages are called {name:?}; give one of them another name before its ::")]
    Name {
        /// The name.
        name: String,
    },
}

/// What might come. The answer is the same for any number of threads.
pub fn what_if(
    streams: &Streams,
    (report, posterior): (&Report, &Posterior),
    episodes: &[Episode],
    asked: &Asked,
    threads: usize,
) -> Result<WhatIf, Refused> {
    check(streams, asked)?;
    let mut pulled: Vec<Vec<Pulled>> = vec![Vec::new()];
    let mut pulls: Vec<Vec<Pull>> = vec![Vec::new()];
    let mut seen: Vec<Lever> = Vec::new();
    for package in &asked.packages {
        let mut of_package = (Vec::new(), Vec::new());
        for lever in &package.levers {
            let key = seen.iter().position(|other| other == lever).unwrap_or_else(|| {
                seen.push(lever.clone());
                seen.len() - 1
            });
            let (told, pull) = ready(streams, posterior, lever, episodes, key, asked.seed)?;
            of_package.0.push(told);
            of_package.1.push(pull);
        }
        pulled.push(of_package.0);
        pulls.push(of_package.1);
    }
    let made = futures::ensemble(streams, posterior, &pulls, (asked.futures, asked.days), asked.seed, threads);
    let names: Vec<(String, Option<String>)> = std::iter::once((NO_LEVER.to_owned(), None))
        .chain(asked.packages.iter().map(|package| (package.name.clone(), Some(package.to_string()))))
        .collect();
    let outcomes = summary::outcomes(&made, streams.names(), &names, pulled);
    let contrasts = summary::contrasts(&made, streams, &names);
    let checks = level::checks(posterior, streams.names(), &names, &pulls, asked.seed);
    let flags = flags::flags(streams, report, &made, &outcomes, &checks);
    let first_day = streams.first_day().map(|first| first.saturating_add(jiff::Span::new().days(days(streams))));
    Ok(WhatIf {
        first_day,
        days: asked.days,
        futures: asked.futures,
        seed: asked.seed,
        language: report.language,
        streams: streams.names().to_vec(),
        past: past(streams, PAST_DAYS.max(2 * asked.days)),
        outcomes,
        contrasts,
        checks,
        flags,
        warnings: report.warnings.clone(),
        judgements: Vec::new(),
    })
}

/// The last so many days of each stream.
fn past(streams: &Streams, longest: usize) -> Vec<Vec<PastDay>> {
    let is_observed = |day: usize| streams.stretches().iter().any(|(from, to)| (*from..*to).contains(&(day as f64)));
    let of = |(stream, counts): (usize, Vec<u32>)| {
        let day = |day: usize| PastDay {
            events: is_observed(day).then(|| counts[day]),
            evidence: streams.evidence_of(stream, day).to_vec(),
        };
        (counts.len().saturating_sub(longest)..counts.len()).map(day).collect()
    };
    streams.counts_by_day().into_iter().enumerate().map(of).collect()
}

#[expect(clippy::cast_possible_truncation, reason = "a number of days")]
fn days(streams: &Streams) -> i64 {
    streams.span_days() as i64
}

fn check(streams: &Streams, asked: &Asked) -> Result<(), Refused> {
    if streams.resolution() == Resolution::Timed {
        return Err(Refused::Timed);
    }
    let within = |what, value, (least, most): (usize, usize)| {
        let valid = format!("from {least} to {most}");
        if (least..=most).contains(&value) { Ok(()) } else { Err(Refused::Setting { what, value, valid }) }
    };
    within("the number of packages", asked.packages.len(), (1, MOST_PACKAGES))?;
    within("the number of days", asked.days, (1, LONGEST_DAYS))?;
    let each = streams.len() * asked.days * (asked.packages.len() + 1);
    within("the number of futures", asked.futures, (FEWEST_FUTURES, MOST_COUNTS / each))?;
    let name = |i: usize| &asked.packages[i].name;
    let twice = (0..asked.packages.len()).find(|i| name(*i) == NO_LEVER || (0..*i).any(|j| name(j) == name(*i)));
    twice.map_or(Ok(()), |i| Err(Refused::Name { name: name(i).clone() }))
}

/// A lever with its strength, told and ready to be pulled.
fn ready(
    streams: &Streams,
    posterior: &Posterior,
    lever: &Lever,
    episodes: &[Episode],
    key: usize,
    seed: u64,
) -> Result<(Pulled, Pull), Refused> {
    let targets = about::targets(lever, streams.names())?;
    let like: Vec<&Episode> = episodes.iter().filter(|episode| lever.is_like(&episode.what)).collect();
    let of: Vec<usize> = targets.iter().map(|target| target.of).collect();
    let knots = posterior.fitted(posterior.heaviest()).0.baselines[0].heights_per_day.len();
    let known = history::known(streams, &like, WINDOW_DAYS);
    let effect = match effect(streams, knots, &like, &of, WINDOW_DAYS, seed) {
        Ok(effect) => effect,
        // What somebody assumes needs no history.
        Err(_) if lever.assumed.is_some() => None,
        Err(refused) => return Err(refused),
    };
    let (strength, targets) = match (lever.assumed, &effect) {
        (Some(range), _) => (Strength::Assumed(range), targets),
        (None, Some(effect)) if effect.is_enough() => {
            let rate = targets.into_iter().map(|target| Target { part: Part::Rate, ..target });
            (Strength::Estimated(effect.log_ratio, effect.deviation()), rate.collect())
        }
        _ => return Err(Refused::NoRange { lever: lever.to_string(), episodes: known }),
    };
    let basis = if lever.assumed.is_some() { Basis::Assumed } else { Basis::Estimated { episodes: known } };
    let on = of.iter().map(|of| streams.names()[*of].clone()).collect();
    let ends = (strength.factor(0.025), strength.factor(0.975));
    let ends = lever.assumed.map_or(ends, |range| (range.low(), range.high()));
    let mut evidence: Vec<String> = like.iter().flat_map(|episode| episode.evidence.iter().cloned()).collect();
    evidence.sort_unstable();
    evidence.dedup();
    let told = Pulled { lever: lever.clone(), basis, low: ends.0, high: ends.1, on, known, effect, evidence };
    Ok((told, Pull { key, targets, days: lever.days.map(usize::from), strength }))
}
