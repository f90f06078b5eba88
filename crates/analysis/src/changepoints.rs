//! Where a series of numbers changes its level, how sure the place of each change is, and what the levels are.
//!
//! A series goes in as one number a bin, in order of time, with [`Settings`]; a [`Segmentation`] comes out: segments with
//! their levels, and the changes between them with the positions that the data allow. The search is PELT (Killick,
//! Fearnhead and Eckley 2012, JASA 107: 1590), which finds the segmentation of least cost plus a penalty for each change:
//!
//! - [`Cost::L2`]: squared deviations from the mean of the segment, for normal noise of one variance.
//! - [`Cost::Poisson`]: the negative log-likelihood of counts with the rate of the segment, without the terms that are
//!   the same whatever the segments. Whoever thinks in twice that (as R's `changepoint` does) halves the penalty here.
//!
//! Change points are those of Python's `ruptures` (`Pelt` with `model="l2"`, or a custom cost), position by position. Where
//! two segmentations cost the same, the one with the earlier start of its last segment is taken, then of the one before.
//!
//! Each change comes with a 95 % set of positions, each segment with a 95 % interval of its level (`intervals.rs`). Both
//! hold given the other changes that were found, and for points that are independent given their level: where bad days
//! follow bad days for a while, both are too narrow and changes too many ([`Segmentation::serial`]). Counts of conflict
//! events spread wider than Poisson's: the answer says how much wider ([`Segmentation::dispersion`]), and
//! [`Dispersion::Estimated`] takes that into account.
//!
//! It does not guess what stands in a bin that is not known, sees no trends (a slope becomes a stair), and knows no
//! reasons: a change in a series of reports may be a change in reporting.

mod gamma;
mod intervals;
mod pelt;
mod spread;
#[cfg(test)]
mod tests;

use serde::Serialize;
use thiserror::Error;

/// What makes a segment fit badly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Cost {
    /// Squared deviations from the mean of the segment.
    L2,
    /// The negative log-likelihood of counts: -S ln(S/n) for n points with the sum S.
    #[default]
    Poisson,
}

/// What one change more costs.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Penalty {
    /// As Schwarz's criterion has it with two parameters a change, its place and a level (Yao 1988, Statistics and
    /// Probability Letters 6: 181): ln n under Poisson, 2 σ² ln n under L2, with σ from the median absolute deviation of
    /// first differences, which a few changes hardly move (or, where more than half are the same, from their squares).
    #[default]
    Schwarz,
    /// So much, in the units of the cost.
    Given(f64),
}

/// How much wider than Poisson's the counts are taken to spread: the variance is so many times the mean (quasi-Poisson,
/// Wedderburn 1974). The penalty is multiplied by it, and intervals widen with it. L2 does not look at it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Dispersion {
    /// Not at all: plain Poisson, as `ruptures` reckons it.
    #[default]
    One,
    /// As the series itself says, and never less than 1.
    Estimated,
    /// So many times.
    Given(f64),
}

/// When the search lets go of a start that cannot win any more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pruning {
    /// At once, as `ruptures` does. With a `min_size` over 1 that is too early: the end that beats the start may not
    /// itself be a start for `min_size` points, so that now and then a slightly dearer segmentation comes out.
    #[default]
    AtOnce,
    /// When the end that beats it may be a start: always the least cost.
    WhenSafe,
}

/// How to look for changes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// What makes a segment fit badly.
    pub cost: Cost,
    /// What one change more costs.
    pub penalty: Penalty,
    /// The fewest points of a segment.
    pub min_size: usize,
    /// Changes are looked for at multiples of this.
    pub jump: usize,
    /// How much wider than Poisson's the counts spread.
    pub dispersion: Dispersion,
    /// When starts are let go.
    pub pruning: Pruning,
}

impl Default for Settings {
    /// Counts, Schwarz's penalty, segments of two points or more, any position.
    fn default() -> Self {
        Self {
            cost: Cost::default(),
            penalty: Penalty::default(),
            min_size: 2,
            jump: 1,
            dispersion: Dispersion::default(),
            pruning: Pruning::default(),
        }
    }
}

/// Why no changes are looked for.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum Refused {
    /// A value is no number that can be reckoned with.
    #[error("the value {value} at position {at} is no finite number below 1e150; give unknown bins as unknown")]
    NotFinite {
        /// Its position.
        at: usize,
        /// The value.
        value: f64,
    },
    /// Poisson is about counts.
    #[error("the value {value} at position {at} is no count; Poisson needs whole numbers from 0 on, L2 takes any")]
    NoCount {
        /// Its position.
        at: usize,
        /// The value.
        value: f64,
    },
    /// A setting makes no sense.
    #[error("{what} is {value}, and must be {valid}")]
    Setting {
        /// Which setting.
        what: &'static str,
        /// What it was.
        value: f64,
        /// What it may be.
        valid: &'static str,
    },
}

/// A series in segments of one level each.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Segmentation {
    /// What made a segment fit badly.
    pub cost: Cost,
    /// What one change more cost, with the dispersion in it.
    pub penalty: f64,
    /// How many times the mean the variance of counts is, as the series says; 1 is Poisson's. Well over 1 (say 1.5), a
    /// plain penalty splits too much. `None` under L2, and where too little is known.
    pub dispersion: Option<f64>,
    /// The dispersion that penalty and intervals were reckoned with; `None` under L2.
    pub dispersion_used: Option<f64>,
    /// Variance of the points about the levels of their segments; `None` where each point is a segment.
    pub variance: Option<f64>,
    /// Correlation of each point with the next of its segment, about their level. Well over 0 (say 0.2), points are not
    /// independent: changes are too many and intervals too narrow. `None` where points lie on their levels.
    pub serial: Option<f64>,
    /// The segments, in order; none if nothing is known.
    pub segments: Vec<Segment>,
    /// The changes, in order: one fewer than the segments.
    pub changes: Vec<Change>,
}

/// A stretch of one level.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Segment {
    /// Position of its first known point.
    pub from: usize,
    /// Position after its last known point.
    pub to: usize,
    /// How many of the points between are known.
    pub n: usize,
    /// Their sum.
    pub sum: f64,
    /// Their mean.
    pub level: f64,
    /// The level at 95 %, from and to: Garwood's for counts, normal under L2, where it is `None` without a variance.
    pub within: Option<(f64, f64)>,
}

/// From one level to another.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// Position of the first known point of the new level.
    pub at: usize,
    /// Positions that the data allow at 95 %, as stretches with first and last: where else the new level may have begun.
    /// A stretch of unknown bins before a possible beginning belongs to it. With a `jump`, `at` may not be among them.
    pub positions: Vec<(usize, usize)>,
    /// The level before.
    pub before: f64,
    /// The level after.
    pub after: f64,
    /// After over before; `None` where before is not above 0 or after is below.
    pub ratio: Option<f64>,
    /// Up or down.
    pub direction: Direction,
}

/// Whether the level went up or down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Up.
    Rose,
    /// Down.
    Fell,
}

/// Segments and changes of a series without gaps. A series too short for two segments is one; an empty one has none.
///
/// Takes memory in proportion to the points, and time to the points times the length of a segment: 100,000 points without a
/// change take a hundred times as long as with one in every thousand.
pub fn change_points(series: &[f64], settings: &Settings) -> Result<Segmentation, Refused> {
    check(series.iter().copied().enumerate(), settings)?;
    Ok(segmentation(series, settings))
}

/// The same of a series with bins of which nothing is known.
///
/// These bins are left out, and positions stay those of the series that was given. For points that are independent given
/// their level, that is the likelihood of what is known, no more and no less: cutting at each gap would call gaps changes
/// and leave pieces too short to tell, and a filled gap would be data that nobody has. A change next to a gap may have
/// come anywhere in it, and its positions say so. `min_size` and `jump` count known bins. That bins are unknown because
/// of what happened in them (nobody could report) is not seen from here.
pub fn change_points_with_gaps(series: &[Option<f64>], settings: &Settings) -> Result<Segmentation, Refused> {
    let known: Vec<(usize, f64)> = series.iter().enumerate().filter_map(|(at, x)| x.map(|x| (at, x))).collect();
    check(known.iter().copied(), settings)?;
    let values: Vec<f64> = known.iter().map(|&(_, x)| x).collect();
    let mut found = segmentation(&values, settings);
    let position = |i: usize| known[i].0;
    for segment in &mut found.segments {
        (segment.from, segment.to) = (position(segment.from), position(segment.to - 1) + 1);
    }
    for change in &mut found.changes {
        change.at = position(change.at);
        for (first, last) in &mut change.positions {
            (*first, *last) = (position(*first - 1) + 1, position(*last));
        }
    }
    Ok(found)
}

/// Squares of so large values, and sums of them, are still numbers.
const LARGEST: f64 = 1e150;

fn check(points: impl Iterator<Item = (usize, f64)>, settings: &Settings) -> Result<(), Refused> {
    let refused = |what, value, valid| Err(Refused::Setting { what, value, valid });
    for (what, size) in [("min_size", settings.min_size), ("jump", settings.jump)] {
        if size == 0 {
            return refused(what, 0.0, "1 or more");
        }
    }
    if let Penalty::Given(penalty) = settings.penalty
        && !(penalty.is_finite() && penalty >= 0.0)
    {
        return refused("the penalty", penalty, "a finite number from 0 on");
    }
    if let Dispersion::Given(times) = settings.dispersion
        && !(times.is_finite() && times > 0.0)
    {
        return refused("the dispersion", times, "a finite number over 0");
    }
    for (at, value) in points {
        if !value.is_finite() || value.abs() > LARGEST {
            return Err(Refused::NotFinite { at, value });
        }
        if settings.cost == Cost::Poisson && (value < 0.0 || value.fract() != 0.0) {
            return Err(Refused::NoCount { at, value });
        }
    }
    Ok(())
}

fn segmentation(series: &[f64], settings: &Settings) -> Segmentation {
    let log_n = (series.len().max(1) as f64).ln();
    let dispersion = match settings.cost {
        Cost::L2 => None,
        Cost::Poisson => spread::dispersion(series, settings),
    };
    let dispersion_used = (settings.cost == Cost::Poisson).then(|| match settings.dispersion {
        Dispersion::One => 1.0,
        Dispersion::Estimated => dispersion.map_or(1.0, |times| times.max(1.0)),
        Dispersion::Given(times) => times,
    });
    let plain = match (settings.penalty, settings.cost) {
        (Penalty::Given(penalty), _) => penalty,
        (Penalty::Schwarz, Cost::Poisson) => log_n,
        (Penalty::Schwarz, Cost::L2) => 2.0 * spread::variance(series) * log_n,
    };
    let penalty = plain * dispersion_used.unwrap_or(1.0);
    let ends = pelt::ends(series, settings, penalty);
    let mut bounds = vec![0];
    bounds.extend(&ends);
    let pieces = || bounds.windows(2).map(|w| (w[0], w[1]));
    let spread::AboutLevels { variance, serial } = spread::about_levels(series, pieces());
    let scale = dispersion_used.or(variance);
    let segments: Vec<Segment> = pieces()
        .map(|(from, to)| {
            let n = to - from;
            let sum: f64 = series[from..to].iter().sum();
            let within = match settings.cost {
                Cost::Poisson => scale.map(|times| intervals::rate(sum, n, times)),
                Cost::L2 => scale.map(|variance| intervals::mean(sum, n, variance)),
            };
            Segment { from, to, n, sum, level: sum / n as f64, within }
        })
        .collect();
    let changes = bounds
        .windows(3)
        .zip(segments.windows(2))
        .map(|(bounds, levels)| {
            let (before, after) = (levels[0].level, levels[1].level);
            Change {
                at: bounds[1],
                positions: intervals::positions(
                    &series[bounds[0]..bounds[2]],
                    settings.cost,
                    settings.min_size,
                    scale.unwrap_or(0.0),
                )
                .into_iter()
                .map(|(first, last)| (bounds[0] + first, bounds[0] + last))
                .collect(),
                before,
                after,
                ratio: (before > 0.0 && after >= 0.0).then(|| after / before),
                // Neighbours of one level would have been one segment.
                direction: if after > before { Direction::Rose } else { Direction::Fell },
            }
        })
        .collect();
    Segmentation { cost: settings.cost, penalty, dispersion, dispersion_used, variance, serial, segments, changes }
}
