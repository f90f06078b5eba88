//! What would have been said before levers that were really pulled, scored by what came after.
//!
//! For each episode the streams are cut at its first day: the fit, the effect (from episodes that were over by then, or an
//! assumed range) and the futures know nothing of it or of anything later; a test changes what came later and holds all
//! samples against those of before. Three forecasts of how many events the lever's streams have in the days after are scored by
//! CRPS: with the lever, without it, and naive (Poisson about as many as in the days before). For how long an episode was to hold
//! is taken as announced on its first day, where it says so.
//!
//! Differences are means over episodes; their 95 % intervals come from drawing episodes anew, or with fewer than ten from
//! Student's distribution. One that includes zero shows nothing, and is so called. Streams of later releases know more of the
//! past than anybody knew then; all three have that advantage.

use serde::Serialize;

use super::about;
use super::futures::{self, Pull, Strength};
use super::history::{ENOUGH, Episode, WINDOW_DAYS, effect};
use super::lever::{Lever, Range, What};
use super::{FEWEST_FUTURES, Refused};
use crate::cycles::{self, Streams};
use crate::forecast::compare::Verdict;
use crate::forecast::scores::crps;
use crate::interval::{Group, How};
use crate::normal::count;

/// What the random numbers are for.
const PURPOSE: u64 = 0xbac7;

/// How to score.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Days after the first day of the lever that are foretold.
    pub days: usize,
    /// Days that must lie before an episode.
    pub least_days: usize,
    /// What is assumed where too few episodes were over; `None` leaves those out.
    pub assumed: Option<Range>,
    /// Futures of each forecast.
    pub futures: usize,
    /// Of all that is drawn.
    pub seed: u64,
}

impl Settings {
    /// Thirty days ahead from at least a year, and no assumption.
    pub fn new() -> Self {
        Self { days: 30, least_days: 365, assumed: None, futures: FEWEST_FUTURES, seed: 1 }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self::new()
    }
}

/// One episode, foretold and scored.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Scored {
    /// The episode.
    pub episode: Episode,
    /// What its strength rested on: so many episodes, or `None` for the assumption.
    pub estimated_from: Option<usize>,
    /// Median factor.
    pub factor: f64,
    /// Events that came.
    pub came: f64,
    /// Samples with the lever, sorted.
    pub with: Vec<f64>,
    /// Samples without, sorted.
    pub without: Vec<f64>,
    /// Samples of the naive forecast, sorted.
    pub naive: Vec<f64>,
    /// Their CRPS, in events: with, without, naive.
    pub crps: (f64, f64, f64),
}

/// An episode that was not scored.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Skipped {
    /// Which.
    pub episode: Episode,
    /// Why.
    pub why: String,
}

/// One forecast beside another.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Compared {
    /// The mean of the one's CRPS less the other's: below 0 it is better.
    pub difference: f64,
    /// Its 95 % interval; `None` with fewer than four episodes.
    pub within: Option<(f64, f64)>,
    /// What that says.
    pub verdict: Verdict,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Backtest {
    /// Episodes that were scored, in order of their days.
    pub scored: Vec<Scored>,
    /// Those that were not.
    pub skipped: Vec<Skipped>,
    /// Mean CRPS with the lever, without it, and naive.
    pub mean_crps: (f64, f64, f64),
    /// With the lever against without.
    pub against_none: Compared,
    /// With the lever against naive.
    pub against_naive: Compared,
    /// Without the lever against naive: what the model is worth before any lever.
    pub none_against_naive: Compared,
}

/// Scores each episode. The answer is the same for any number of threads.
pub fn backtest(
    streams: &Streams,
    episodes: &[Episode],
    settings: &Settings,
    threads: usize,
) -> Result<Backtest, Refused> {
    let first = streams.first_day().ok_or(Refused::NoCalendar)?;
    if streams.resolution() == cycles::Resolution::Timed {
        return Err(Refused::Timed);
    }
    if settings.days == 0 || settings.futures == 0 {
        let what = if settings.days == 0 { "the number of days" } else { "the number of futures" };
        return Err(Refused::Setting { what, value: 0, valid: "1 or more".to_owned() });
    }
    let counts = streams.counts_by_day();
    let mut in_order: Vec<&Episode> = episodes.iter().collect();
    in_order.sort_by_key(|episode| episode.from);
    let (mut scored, mut skipped) = (Vec::new(), Vec::new());
    for episode in in_order {
        let start = first.until(episode.from).map_or(-1, |span| i64::from(span.get_days()));
        let start = usize::try_from(start).unwrap_or(0);
        let end = start + settings.days;
        // As many days before it as well: the naive forecast is made of them.
        let before = start.saturating_sub(settings.days) as f64;
        let is_seen = streams.stretches().iter().any(|(from, to)| *from <= before && end as f64 <= *to);
        let found = if start < settings.least_days {
            Err(format!("{start} days before it; {} are asked for", settings.least_days))
        } else if !is_seen {
            Err(format!("its {0} days and the {0} before were not all observed", settings.days))
        } else {
            streams
                .until(start)
                .map_err(Refused::Cycles)
                .and_then(|before| foretold(&before, episode, episodes, settings, threads))
                .map_err(|why| why.to_string())
        };
        match found {
            Ok(told) => {
                let came =
                    told.of.iter().map(|of| counts[*of][start..end].iter().map(|c| f64::from(*c)).sum::<f64>()).sum();
                scored.push(told.scored(episode, came));
            }
            Err(why) => skipped.push(Skipped { episode: episode.clone(), why }),
        }
    }
    let compared = |one: fn(&Scored) -> f64, other: fn(&Scored) -> f64| {
        compared(&scored.iter().map(|s| one(s) - other(s)).collect::<Vec<f64>>(), settings.seed)
    };
    let mean = |of: fn(&Scored) -> f64| scored.iter().map(of).sum::<f64>() / scored.len().max(1) as f64;
    Ok(Backtest {
        mean_crps: (mean(|s| s.crps.0), mean(|s| s.crps.1), mean(|s| s.crps.2)),
        against_none: compared(|s| s.crps.0, |s| s.crps.1),
        against_naive: compared(|s| s.crps.0, |s| s.crps.2),
        none_against_naive: compared(|s| s.crps.1, |s| s.crps.2),
        scored,
        skipped,
    })
}

/// What was said before.
struct Foretold {
    of: Vec<usize>,
    estimated_from: Option<usize>,
    factor: f64,
    with: Vec<f64>,
    without: Vec<f64>,
    naive: Vec<f64>,
}

/// What is said on the first day of an episode, of streams that end the day before.
fn foretold(
    before: &Streams,
    episode: &Episode,
    episodes: &[Episode],
    settings: &Settings,
    threads: usize,
) -> Result<Foretold, Refused> {
    let lever = announced(episode);
    let targets = about::targets(&lever, before.names())?;
    let of: Vec<usize> = targets.iter().map(|target| target.of).collect();
    let posterior = cycles::posterior(before, threads);
    let knots = posterior.fitted(posterior.heaviest()).0.baselines[0].heights_per_day.len();
    // Of an earlier one that still goes on, only what was over may be looked at; it is left out whole.
    let is_over = |other: &&Episode| {
        let longest = other.from.saturating_add(jiff::Span::new().days(i64::from(WINDOW_DAYS)));
        let end = other.to.map_or(longest, |to| to.min(longest));
        end < episode.from && lever.is_like(&other.what)
    };
    let earlier: Vec<&Episode> = episodes.iter().filter(is_over).collect();
    let found = if earlier.len() < ENOUGH {
        None
    } else {
        effect(before, knots, &earlier, &of, WINDOW_DAYS, settings.seed)?.filter(super::Effect::is_enough)
    };
    let (strength, estimated_from, targets) = match (found, settings.assumed) {
        (Some(effect), _) => {
            let rate = targets.into_iter().map(|target| about::Target { part: about::Part::Rate, ..target });
            let strength = Strength::Estimated(effect.log_ratio, effect.deviation());
            (strength, Some(effect.windows.len()), rate.collect())
        }
        (None, Some(range)) => (Strength::Assumed(range), None, targets),
        (None, None) => return Err(Refused::NoRange { lever: lever.to_string(), episodes: earlier.len() }),
    };
    let pull = Pull { key: 0, targets, days: lever.days.map(usize::from), strength };
    let packages = [vec![pull], Vec::new()];
    let size = (settings.futures, settings.days);
    let made = futures::ensemble(before, &posterior, &packages, size, settings.seed, threads);
    let sorted = |mut samples: Vec<f64>| {
        samples.sort_unstable_by(f64::total_cmp);
        samples
    };
    let counts = before.counts_by_day();
    let last = |counts: &Vec<u32>| {
        let from = counts.len().saturating_sub(settings.days);
        counts[from..].iter().map(|count| f64::from(*count)).sum::<f64>()
    };
    let mean: f64 = of.iter().map(|of| last(&counts[*of])).sum();
    let share = |i: usize| (i as f64 + 0.5) / settings.futures as f64;
    Ok(Foretold {
        with: sorted(made.sums(0, &of, (0, settings.days))),
        without: sorted(made.sums(1, &of, (0, settings.days))),
        naive: (0..settings.futures).map(|i| f64::from(count(mean, 1.0, share(i)))).collect(),
        factor: strength.factor(0.5),
        estimated_from,
        of,
    })
}

/// The lever of an episode, for as long as was announced, as it could be asked for on its first day.
fn announced(episode: &Episode) -> Lever {
    let days = episode.to.and_then(|to| episode.from.until(to).ok()).map(|span| span.get_days() + 1);
    let days = days.and_then(|days| u16::try_from(days.max(1)).ok());
    // A ceasefire of which no end was announced is one for as long as is looked at.
    let days = days.or(matches!(episode.what, What::Ceasefire(_)).then_some(super::lever::LONGEST_DAYS));
    Lever { what: episode.what.clone(), days, assumed: None }
}

impl Foretold {
    fn scored(self, episode: &Episode, came: f64) -> Scored {
        let Foretold { estimated_from, factor, with, without, naive, .. } = self;
        let crps = (crps(&with, came), crps(&without, came), crps(&naive, came));
        Scored { episode: episode.clone(), estimated_from, factor, came, with, without, naive, crps }
    }
}

fn compared(differences: &[f64], seed: u64) -> Compared {
    let groups: Vec<Group> = differences.iter().map(|&sum| Group { sum, n: 1.0 }).collect();
    let within = How::of(groups.len()).interval(&groups, seed, PURPOSE);
    let difference = differences.iter().sum::<f64>() / differences.len().max(1) as f64;
    Compared { difference, within, verdict: Verdict::of(within) }
}
