//! Counts and sums over time, by dyad, party or place, with the coverage that they rest on.
//!
//! [`Gathered`] takes in incidents, imported rows or claims and makes a small row of each ([`Counted`]) that happened.
//! [`course`] puts rows into periods and adds up, in one pass: how many, by quad class, hostile and cooperative apart, how
//! intense, how many dead by whose account. Each bin carries the ids behind it.
//!
//! **Missing is not zero.** A period in which nothing was counted is zero if reports of it were read, or if the data set
//! covers it ([`Coverage`]); else it is missing. **Nothing is placed that does not fit**: what is known only to a month
//! belongs to no day of it, and stands among those not placed, as does what no text dates, unless it is asked to stand on the
//! day of its first report. A row is in one period or in none, never in parts.
//!
//! Sources (what was read, each release of a data set) have series of their own and are never added up. The order of
//! rows changes nothing. Nothing is drawn through the points: no smoothing, no filling in.

mod counted;
mod counts;
mod coverage;
mod dead;
mod gather;
mod intensity;
mod key;
mod levels;
mod method;
mod parties;
mod period;

use std::collections::BTreeMap;

use jiff::civil::Date;
use rustc_hash::FxHashMap;
use serde::Serialize;

pub use counted::{Counted, CountedId, NotCounted, Source};
pub(crate) use counts::bounds;
pub use counts::{ClaimantToll, Counts, People, Quads, Standings, Sum, Toll};
pub use coverage::{Coverage, Read, Reading, Release};
pub use dead::{Dead, OTHERS};
pub use gather::{Gathered, LeftOut};
pub use intensity::{Quad, intensity, quad};
pub use key::{By, Key};
pub use levels::{Levels, LevelsAsked, Measure};
pub use parties::{Dyad, Side};
pub use period::{Period, Unit, Window};

use crate::Report;

/// Where a happening stands that no text dates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Undated {
    /// Nowhere: it is not placed, and its number is said.
    #[default]
    NotPlaced,
    /// On the day on which its first report was published, as event data sets made by machines have it. Most news tells of
    /// the last days; look-backs go astray.
    OnReport,
}

/// Days after a period within which a report still tells of it. Of the happenings that the bundled sample reports date to
/// the day, two thirds lie within three days before their report.
pub const LAG_DAYS: u16 = 3;

/// How to count.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// What series are made by.
    pub by: By,
    /// How long a period is.
    pub unit: Unit,
    /// The days that are looked at; else from the first to the last day of all rows.
    pub window: Option<Window>,
    /// Where a happening stands that no text dates.
    pub undated: Undated,
    /// Days after a period within which a report still covers it.
    pub lag_days: u16,
    /// What releases cover, by data set (`ged`) or release (`ged@25.1`), for those of which more is known than their rows
    /// show: that a release goes to the end of its year, whatever the day of its last event.
    pub releases: BTreeMap<String, Window>,
}

impl Settings {
    /// The usual settings.
    pub fn new(by: By, unit: Unit) -> Self {
        let (window, undated, releases) = (None, Undated::default(), BTreeMap::new());
        Self { by, unit, window, undated, lag_days: LAG_DAYS, releases }
    }
}

/// Counts over time.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Course {
    /// What the series are made by.
    pub by: By,
    /// How long a period is.
    pub unit: Unit,
    /// Where undated happenings stand.
    pub undated: Undated,
    /// The periods, in order.
    pub periods: Vec<Period>,
    /// What the counts rest on.
    pub coverage: Coverage,
    /// By source, then those of most rows first, then by key.
    pub series: Vec<Series>,
    /// What is in no bin, by source.
    pub not_placed: Vec<NotPlaced>,
}

/// The course of one thing, as one source has it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Series {
    /// Where its rows come from.
    pub source: Source,
    /// What it is about.
    pub key: Key,
    /// Rows in all bins.
    pub rows: usize,
    /// The periods in which something was counted, in order. Any other is zero if it is covered, else missing.
    pub bins: Vec<Bin>,
    /// The periods that are covered: stretches of their positions, first and last included.
    pub covered: Vec<(usize, usize)>,
}

/// What was counted in one period.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Bin {
    /// Position of the period.
    pub period: usize,
    /// Counts and sums.
    #[serde(flatten)]
    pub counts: Counts,
}

/// Rows that are in no bin.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NotPlaced {
    /// Where they come from.
    pub source: Source,
    /// No text says when.
    pub undated: Vec<CountedId>,
    /// They reach over more than one period, or over an end of the window.
    pub wide: Vec<CountedId>,
    /// They lie in a period, but name nothing that the series are made by.
    pub keyless: Vec<CountedId>,
    /// How many lie outside the window.
    pub outside: usize,
}

impl Series {
    /// Whether no count in a period is a zero.
    pub fn is_covered(&self, period: usize) -> bool {
        let next = self.covered.partition_point(|(_, last)| *last < period);
        self.covered.get(next).is_some_and(|(first, _)| *first <= period)
    }

    /// A number for each of so many periods: of the counts where there are any, 0 where it is covered, else `None`.
    pub fn values(&self, periods: usize, of: impl Fn(&Counts) -> Option<f64>) -> Vec<Option<f64>> {
        let mut values: Vec<Option<f64>> = (0..periods).map(|at| self.is_covered(at).then_some(0.0)).collect();
        for bin in &self.bins {
            values[bin.period] = of(&bin.counts);
        }
        values
    }
}

impl Counted {
    /// The days within which it stands, and whether they are those of its report.
    pub(crate) fn stands(&self, undated: Undated) -> Option<((Date, Date), bool)> {
        let told = || self.first_told.filter(|_| undated == Undated::OnReport).map(|day| ((day, day), true));
        self.days.map(|days| (days, false)).or_else(told)
    }
}

/// Puts rows into periods and adds up. Each row must be given once.
pub fn course<'a>(rows: impl IntoIterator<Item = &'a Counted>, reports: &[Report], settings: &Settings) -> Course {
    let rows: Vec<&Counted> = rows.into_iter().collect();
    let window = settings.window.or_else(|| span(&rows, settings.undated));
    let periods = window.map_or_else(Vec::new, |window| settings.unit.periods(window));
    let mut spans = coverage::Spans::default();
    let mut tally = Tally::default();
    for row in rows {
        spans.add(row);
        tally.place(row, window, settings);
    }
    let reading = Reading::of(reports, &periods, settings.lag_days);
    let coverage = Coverage { reading, releases: spans.releases(&settings.releases) };
    let (series, not_placed) = tally.finish(&coverage, &periods);
    let Settings { by, unit, undated, .. } = *settings;
    Course { by, unit, undated, periods, coverage, series, not_placed }
}

/// From the first to the last day of all rows.
fn span(rows: &[&Counted], undated: Undated) -> Option<Window> {
    let days = rows.iter().filter_map(|row| row.stands(undated)).map(|(days, _)| days);
    let span = days.reduce(|(from, to), (f, t)| (from.min(f), to.max(t)));
    span.map(|(from, to)| Window { from, to })
}

/// Bins in the making.
#[derive(Default)]
struct Tally<'a> {
    series: FxHashMap<(&'a Source, Key), u32>,
    bins: FxHashMap<(u32, usize), Counts>,
    not_placed: BTreeMap<&'a Source, NotPlaced>,
}

impl<'a> Tally<'a> {
    fn place(&mut self, row: &'a Counted, window: Option<Window>, settings: &Settings) {
        let unit = settings.unit;
        let (Some(window), Some((days, is_by_report))) = (window, row.stands(settings.undated)) else {
            return self.rest(row).undated.push(row.id.clone());
        };
        if !window.meets(days) {
            self.rest(row).outside += 1;
            return;
        }
        let number = unit.number(days.0);
        if !window.holds(days) || number != unit.number(days.1) {
            return self.rest(row).wide.push(row.id.clone());
        }
        let keys = settings.by.keys(row);
        if keys.is_empty() {
            return self.rest(row).keyless.push(row.id.clone());
        }
        let period = usize::try_from(number - unit.number(window.from)).expect("a day of the window");
        for key in keys {
            let next = u32::try_from(self.series.len()).expect("fewer than four thousand million series");
            let at = *self.series.entry((&row.source, key)).or_insert(next);
            self.bins.entry((at, period)).or_default().add(row, is_by_report);
        }
    }

    fn rest(&mut self, row: &'a Counted) -> &mut NotPlaced {
        self.not_placed.entry(&row.source).or_insert_with(|| NotPlaced {
            source: row.source.clone(),
            undated: Vec::new(),
            wide: Vec::new(),
            keyless: Vec::new(),
            outside: 0,
        })
    }

    fn finish(self, coverage: &Coverage, periods: &[Period]) -> (Vec<Series>, Vec<NotPlaced>) {
        let mut bins: Vec<Vec<Bin>> = vec![Vec::new(); self.series.len()];
        for ((at, period), counts) in self.bins {
            bins[at as usize].push(Bin { period, counts: counts.in_order() });
        }
        let mut series: Vec<Series> = Vec::with_capacity(bins.len());
        for ((source, key), at) in self.series {
            let mut bins = std::mem::take(&mut bins[at as usize]);
            bins.sort_unstable_by_key(|bin| bin.period);
            let rows = bins.iter().map(|bin| bin.counts.rows).sum();
            let covered = coverage.of(source, &key, periods);
            series.push(Series { source: source.clone(), key, rows, bins, covered });
        }
        series.sort_unstable_by(|a, b| {
            (&a.source, std::cmp::Reverse(a.rows), &a.key).cmp(&(&b.source, std::cmp::Reverse(b.rows), &b.key))
        });
        let mut not_placed: Vec<NotPlaced> = self.not_placed.into_values().collect();
        for rest in &mut not_placed {
            for ids in [&mut rest.undated, &mut rest.wide, &mut rest.keyless] {
                ids.sort_unstable();
            }
        }
        (series, not_placed)
    }
}
