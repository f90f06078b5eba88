//! What changed: a period against those before it.
//!
//! [`changes`] sets the days up to the as-of day (a week, unless told) beside the last 4 and the last 52 stretches of the same
//! length: how many happenings, how many dead at least, for everything, by type, pair of parties, party, country and division.
//! It names parties and places that were not seen before, incidents that came to be disputed, and what was denied. Each
//! number carries the ids of its incidents or claims.
//!
//! **What is called up or down** must be more than chance ([`rates`]), with dispersion taken into account, be called so
//! among everything that is looked at without more than a tenth of false calls, and rest on enough happenings. All else is
//! given with its ratio and interval, and not called anything. Periods that nothing covers are left out: missing is not zero.
//! What became known later is left out of earlier periods, since this one has had no later yet. Where more or fewer
//! reports were read than before, the answer says that reading may have changed and not the world.

mod beta;
mod disputes;
mod emerging;
mod method;
pub mod rates;
mod reading;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use serde::Serialize;

pub use disputes::{Denial, Dispute};
pub use emerging::Emerging;
pub use reading::ReadingChange;

use crate::Report;
use crate::series::{
    By, Counted, CountedId, Counts, Course, Key, LAG_DAYS, NotPlaced, Series, Settings as CourseSettings, Source,
    Undated, Unit, Window, bounds, course,
};
use rates::{Ratio, Variation};

/// Happenings, now and before, below which nothing is looked at; fewer now are never called up, fewer expected never down.
/// With four periods before, five now and none before give p = .0006: the test, not this, decides from here on.
pub const LEAST_ROWS: usize = 5;
/// The same for the dead: the usual threshold of a year's armed conflict (UCDP).
pub const LEAST_DEAD: usize = 25;
/// Of all that is called up or down, the share that may be chance.
pub const FALSE_CALLS: f64 = 0.1;
/// A series tells its own dispersion from so many periods on, and so many counted in them; else all of its kind together do.
const OWN_PERIODS: usize = 12;
const OWN_COUNT: f64 = 20.0;

/// What is compared with what.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Days of a period.
    pub days: u16,
    /// How many periods before this one it is compared with, each by itself.
    pub before: Vec<usize>,
    /// Where a happening stands that no text dates. Most news does not say when, and tells of the last days.
    pub undated: Undated,
    /// Whether what was first told after the end of its period is left out there, as it is in this period.
    pub only_known_in_time: bool,
    /// Days after a period within which a report still covers it.
    pub lag_days: u16,
    /// What releases cover, as for series.
    pub releases: BTreeMap<String, Window>,
    /// Least number of happenings, see [`LEAST_ROWS`].
    pub least_rows: usize,
    /// Least number of dead, see [`LEAST_DEAD`].
    pub least_dead: usize,
    /// Share of false calls, see [`FALSE_CALLS`].
    pub false_calls: f64,
}

impl Default for Settings {
    /// A week against the last 4 and 52.
    fn default() -> Self {
        Self {
            days: 7,
            before: vec![4, 52],
            undated: Undated::OnReport,
            only_known_in_time: true,
            lag_days: LAG_DAYS,
            releases: BTreeMap::new(),
            least_rows: LEAST_ROWS,
            least_dead: LEAST_DEAD,
            false_calls: FALSE_CALLS,
        }
    }
}

/// What is known, as of a day.
#[derive(Clone, Copy, Debug, Default)]
pub struct Known<'a> {
    /// Happenings, each once.
    pub rows: &'a [Arc<Counted>],
    /// Incidents that are disputed.
    pub disputes: &'a [Dispute],
    /// Denials of any kind.
    pub denials: &'a [Denial],
    /// Reports that were read.
    pub reports: &'a [Report],
}

/// What changed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Changes {
    /// This period.
    pub period: Window,
    /// Where undated happenings stand.
    pub undated: Undated,
    /// Everything that was counted in this period or before, what is called up or down first.
    pub compared: Vec<Change>,
    /// Sources that do not cover this period, of which nothing is compared.
    pub not_compared: Vec<Source>,
    /// Parties and places hardly seen before.
    pub emerging: Vec<Emerging>,
    /// Sources that cover too few of the periods before for anything to be new.
    pub nothing_new: Vec<Source>,
    /// Incidents that came to be disputed, or that were denied again, in this period.
    pub disputes: Vec<Dispute>,
    /// What was denied in this period, incidents and all else.
    pub denials: Vec<Denial>,
    /// How much was read, beside how much before.
    pub reading: Vec<ReadingChange>,
    /// How many comparisons were tested.
    pub looked_at: usize,
    /// Share of what is called up or down that may be chance.
    pub false_calls: f64,
    /// Rows that were first told after the end of their period, left out of the counts.
    pub known_later: usize,
    /// Rows that are in no period.
    pub not_placed: Vec<NotPlaced>,
}

/// One thing, now and before.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// Where its rows come from.
    pub source: Source,
    /// What it is about.
    pub key: Key,
    /// This period.
    pub now: Counts,
    /// How many happenings, beside each stretch before.
    pub rows: Vec<Against>,
    /// How many dead at least, beside each stretch before; empty where no number is given now, or none now and before. Periods
    /// in which something happened and nobody gives a number are left out like those that are not covered.
    pub dead: Vec<Against>,
    /// What was counted in all periods before that are covered.
    pub before: Vec<CountedId>,
}

/// A number beside what came before.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Against {
    /// So many periods before this one.
    pub periods: usize,
    /// Of these, how many are covered and their number known; the others are left out.
    pub covered: usize,
    /// The number in this period.
    pub now: f64,
    /// The number in the covered periods together.
    pub before: f64,
    /// Lowest, median and highest of the covered periods; `None` where none is.
    pub usual: Option<Usual>,
    /// Variance over mean, which the test takes into account.
    pub dispersion: f64,
    /// How many times as many a period; `None` where there is nothing to compare.
    pub ratio: Option<Ratio>,
    /// The p-value, adjusted for all that was looked at; `None` where there was too little to look at.
    pub q: Option<f64>,
    /// What it is called.
    pub verdict: Verdict,
}

/// What a number was in the periods before.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "each is its name")]
pub struct Usual {
    pub lowest: f64,
    pub median: f64,
    pub highest: f64,
}

impl Usual {
    fn of(mut values: Vec<f64>) -> Option<Self> {
        values.sort_by(f64::total_cmp);
        let (lowest, highest, n) = (*values.first()?, *values.last()?, values.len());
        Some(Self { lowest, median: f64::midpoint(values[(n - 1) / 2], values[n / 2]), highest })
    }
}

/// What a comparison is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// More than before.
    Up,
    /// Less than before.
    Down,
    /// Chance could make as much of it.
    NotTold,
    /// Too few to call it anything.
    TooFew,
    /// None of the periods before is covered.
    NotCovered,
}

/// Sets the period that ends on `last`, mostly the as-of day, beside those before it.
pub fn changes(known: Known, last: Date, settings: &Settings) -> Changes {
    let before = settings.before.iter().copied().max().unwrap_or(0);
    let stretch = |n: usize| (i64::from(settings.days.max(1)) * i64::try_from(n).unwrap_or(0)).days();
    let period = Window { from: last.saturating_sub(stretch(1)).saturating_add(1.day()), to: last };
    let window = Window { from: period.from.saturating_sub(stretch(before)), to: last };
    let unit = Unit::Stretch { days: settings.days, last };
    let is_known = |r: &&Report| r.published.is_none_or(|day| day <= last);
    let reports: Vec<Report> = known.reports.iter().filter(is_known).cloned().collect();
    let in_time = |row: &&Counted| !settings.only_known_in_time || is_told_in_time(row, unit, settings.undated);
    let (timely, later): (Vec<&Counted>, Vec<&Counted>) = known.rows.iter().map(AsRef::as_ref).partition(in_time);
    let of = |by: By| {
        let settings = CourseSettings {
            window: Some(window),
            undated: settings.undated,
            lag_days: settings.lag_days,
            releases: settings.releases.clone(),
            ..CourseSettings::new(by, unit)
        };
        course(timely.iter().copied(), &reports, &settings)
    };
    let all = of(By::All);
    let sizes: FxHashMap<&CountedId, f64> =
        timely.iter().filter_map(|row| Some((&row.id, bounds(&row.dead)?.0))).collect();
    let mut compared = compare(&all, &sizes, settings);
    for by in [By::Type, By::Dyad, By::Party, By::Country, By::Admin1] {
        compared.extend(compare(&of(by), &sizes, settings));
    }
    let looked_at = call(&mut compared, settings);
    compared.sort_by(|a, b| order(a).cmp(&order(b)));
    let now = all.periods.len() - 1;
    let not_covered = |s: &&Series| !s.is_covered(now);
    let (emerging, nothing_new) = emerging::emerging(&timely, &later, &all, window, settings.undated);
    let is_new = |denial: &Denial| denial.day.is_some_and(|day| period.holds((day, day)));
    let mut disputes: Vec<Dispute> = known.disputes.to_vec();
    disputes.retain(|d| d.since.is_some_and(|day| period.holds((day, day))) || d.denials.iter().any(is_new));
    disputes.sort_by(|a, b| (a.since, &a.incident).cmp(&(b.since, &b.incident)));
    let mut denials: Vec<Denial> = known.denials.iter().filter(|d| is_new(d)).cloned().collect();
    denials.sort_by(|a, b| (a.day, &a.claim).cmp(&(b.day, &b.claim)));
    Changes {
        period,
        undated: settings.undated,
        compared,
        not_compared: all.series.iter().filter(not_covered).map(|s| s.source.clone()).collect(),
        emerging,
        nothing_new,
        disputes,
        denials,
        reading: reading::changes(&all, &settings.before),
        looked_at,
        false_calls: settings.false_calls,
        known_later: later.len(),
        not_placed: all.not_placed,
    }
}

/// Whether a row was first told by the end of the period in which it ends; so it is where nobody knows when it was told, and
/// in data sets, whose releases come out after all of it.
fn is_told_in_time(row: &Counted, unit: Unit, undated: Undated) -> bool {
    if matches!(row.source, Source::Dataset { .. }) {
        return true;
    }
    let Some((_, last)) = row.stands(undated).map(|(days, _)| days) else { return true };
    row.first_told.is_none_or(|told| unit.number(told) <= unit.number(last))
}

/// Every series of a course, this period beside those before; not called anything yet.
fn compare(course: &Course, sizes: &FxHashMap<&CountedId, f64>, settings: &Settings) -> Vec<Change> {
    let (now, periods) = (course.periods.len() - 1, course.periods.len());
    let first = periods - 1 - settings.before.iter().copied().max().unwrap_or(0).min(now);
    let covered: Vec<&Series> = course.series.iter().filter(|s| s.is_covered(now)).collect();
    // Counts of the covered periods alone: one that is cut or unread tells less than happened.
    let rows = |series: &Series| -> Vec<Option<f64>> {
        let values = series.values(periods, |counts| Some(counts.rows as f64));
        values.into_iter().enumerate().map(|(at, value)| value.filter(|_| series.is_covered(at))).collect()
    };
    // Where something happened and nobody gives a number, how many died is not known.
    let dead = |series: &Series| -> Vec<Option<f64>> {
        let mut values = rows(series);
        for bin in series.bins.iter().filter(|bin| series.is_covered(bin.period)) {
            values[bin.period] = (bin.counts.dead.rows > 0).then(|| bin.counts.dead.low.get());
        }
        values
    };
    let values: Vec<[Vec<Option<f64>>; 2]> = covered.iter().map(|s| [rows(s), dead(s)]).collect();
    let variation =
        |values: &[Option<f64>]| Variation::of(&values[first..now].iter().flatten().copied().collect::<Vec<f64>>());
    let mut pooled: BTreeMap<&Source, [Variation; 2]> = BTreeMap::new();
    for (series, values) in covered.iter().zip(&values) {
        let known = pooled.entry(&series.source).or_default();
        for (known, values) in known.iter_mut().zip(values) {
            *known = known.and(variation(values));
        }
    }
    let change = |(series, values): (&&Series, &[Vec<Option<f64>>; 2])| {
        let in_baseline = |bin: &&crate::series::Bin| bin.period != now && series.is_covered(bin.period);
        let mut before: Vec<CountedId> =
            series.bins.iter().filter(in_baseline).flat_map(|bin| bin.counts.ids.clone()).collect();
        before.sort_unstable();
        let this = series.bins.iter().find(|bin| bin.period == now).map(|bin| bin.counts.clone()).unwrap_or_default();
        let dispersion = |at: usize| {
            let own = variation(&values[at]);
            let total: f64 = values[at][first..now].iter().flatten().sum();
            let own = Some(own).filter(|own| own.free + 1 >= OWN_PERIODS && total >= OWN_COUNT);
            own.unwrap_or(pooled[&series.source][at]).dispersion()
        };
        // What comes in lots varies at least as much as its lots are large: E(x²) / E(x) of one happening's dead.
        let lots: Vec<f64> = this.ids.iter().chain(&before).filter_map(|id| sizes.get(id)).copied().collect();
        let is_told = !lots.is_empty() && values[1][now].is_some();
        let lots = lots.iter().map(|n| n * n).sum::<f64>() / lots.iter().sum::<f64>().max(1.0);
        let mut deadliest = vec![0.0; periods];
        for bin in &series.bins {
            let sizes = bin.counts.ids.iter().filter_map(|id| sizes.get(id)).copied();
            deadliest[bin.period] = sizes.max_by(f64::total_cmp).unwrap_or(0.0);
        }
        let against = |at: usize, dispersion: f64, largest: &[f64]| -> Vec<Against> {
            settings.before.iter().map(|&back| beside(&values[at], largest, now, back, dispersion)).collect()
        };
        Change {
            source: series.source.clone(),
            key: series.key.clone(),
            rows: against(0, dispersion(0), &vec![0.0; periods]),
            dead: if is_told { against(1, dispersion(1).max(lots), &deadliest) } else { Vec::new() },
            now: this,
            before,
        }
    };
    covered.iter().zip(&values).map(change).filter(|c| c.now.rows + c.before.len() > 0).collect()
}

/// `largest` is what one happening adds to each period at most. What is a change must be one without the largest that
/// speaks for it, else its p-value is 1.
fn beside(values: &[Option<f64>], largest: &[f64], at: usize, back: usize, dispersion: f64) -> Against {
    let earlier = at.saturating_sub(back)..at;
    let covered = values[earlier.clone()].iter().flatten().count();
    let (now, before) = (values[at].unwrap_or(0.0), values[earlier.clone()].iter().flatten().sum::<f64>());
    let usual = Usual::of(values[earlier.clone()].iter().flatten().copied().collect());
    let covered_largest = earlier.filter(|&at| values[at].is_some()).map(|at| largest[at]).fold(0.0, f64::max);
    let is_more = |now: f64, before: f64| now * covered as f64 > before;
    let more = is_more(now, before);
    let (less_now, less_before) = if more { (now - largest[at], before) } else { (now, before - covered_largest) };
    let without = rates::compare(less_now, less_before, covered, dispersion).map(|ratio| ratio.p);
    let without = without.filter(|_| is_more(less_now, less_before) == more).unwrap_or(1.0);
    let ratio = rates::compare(now, before, covered, dispersion);
    let ratio = ratio.map(|ratio| Ratio { p: ratio.p.max(without), ..ratio });
    let verdict = if covered == 0 { Verdict::NotCovered } else { Verdict::TooFew };
    Against { periods: back, covered, now, before, usual, dispersion, ratio, q: None, verdict }
}

/// Tests all comparisons with enough in them together, and calls them; how many there are. Enough is asked of now and before
/// together, which says nothing of which of the two has more, so that it favours neither.
fn call(compared: &mut [Change], settings: &Settings) -> usize {
    let (rows, dead) = (settings.least_rows as f64, settings.least_dead as f64);
    let all = compared
        .iter_mut()
        .flat_map(|c| c.rows.iter_mut().map(move |a| (a, rows)).chain(c.dead.iter_mut().map(move |a| (a, dead))));
    let mut tested: Vec<(&mut Against, f64, Ratio)> = all
        .filter(|(a, least)| a.now + a.before >= *least)
        .filter_map(|(a, least)| a.ratio.map(|ratio| (a, least, ratio)))
        .collect();
    let p: Vec<f64> = tested.iter().map(|(.., ratio)| ratio.p).collect();
    for ((against, least, _), q) in tested.iter_mut().zip(rates::adjusted(&p)) {
        let expected = against.before / against.covered as f64;
        against.q = Some(q);
        against.verdict = if q > settings.false_calls {
            Verdict::NotTold
        } else if against.now.max(expected) < *least {
            Verdict::TooFew
        } else if against.now > expected {
            Verdict::Up
        } else {
            Verdict::Down
        };
    }
    p.len()
}

/// What is called anything first, then what has most, then by source and key.
fn order(change: &Change) -> (bool, std::cmp::Reverse<usize>, &Source, &Key) {
    (!change.is_called(), std::cmp::Reverse(change.now.rows), &change.source, &change.key)
}

impl Against {
    /// How many a period before; `None` where none is covered.
    pub fn before_a_period(&self) -> Option<f64> {
        (self.covered > 0).then(|| self.before / self.covered as f64)
    }
}

impl Verdict {
    /// In a word or two.
    pub fn words(self) -> &'static str {
        match self {
            Verdict::Up => "up",
            Verdict::Down => "down",
            Verdict::NotTold => "not told from chance",
            Verdict::TooFew => "too few",
            Verdict::NotCovered => "not read before",
        }
    }
}

impl Change {
    /// Whether any of its comparisons is called up or down.
    pub fn is_called(&self) -> bool {
        self.rows.iter().chain(&self.dead).any(|a| matches!(a.verdict, Verdict::Up | Verdict::Down))
    }
}
