//! What was read, and what a data set covers: without it, no happening is no zero.
//!
//! For what was read, a period is covered if at least one report was read that was published in it or within a few days
//! after it. For a release of a data set, a period is covered if all of it lies between the first and the last day of its
//! rows: of its rows in one country, where that country or a division of it is asked about. Both are the least that can be
//! asked: one report a month covers a month poorly, and a release may leave out what its makers do not look for. So the
//! number of reports, publisher by publisher, stands beside each period.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use model::CountryCode;
use rustc_hash::FxHashMap;
use serde::Serialize;

use super::counted::{Counted, Source};
use super::key::Key;
use super::period::{Period, Window};
use crate::Report;

/// What the series rest on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Coverage {
    /// Of what was read.
    pub reading: Reading,
    /// Of the data sets that rows come from, in the order of their names.
    pub releases: Vec<Release>,
}

/// Which reports were read.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reading {
    /// Days after a period within which a report still covers it.
    pub lag_days: u16,
    /// Period by period.
    pub periods: Vec<Read>,
    /// Periods that nothing covers.
    pub without: usize,
    /// Their share of all periods; `None` where there is no period.
    pub share_without: Option<f64>,
    /// Reports that do not say when they were published, and cover nothing.
    pub undated: usize,
}

/// The reports that were published in a period; near-copies are none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Read {
    /// How many.
    pub reports: usize,
    /// By publisher.
    pub publishers: BTreeMap<String, usize>,
    /// Of no publisher that is known.
    pub unnamed: usize,
    /// Whether the period is covered.
    pub covered: bool,
}

/// What a release of a data set covers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Release {
    /// The data set and its release.
    pub source: Source,
    /// From its first to its last day.
    pub window: Window,
    /// The same by country.
    pub countries: BTreeMap<CountryCode, Window>,
    /// Whether the window was told by the caller; else it was read off the rows.
    pub told: bool,
}

/// First and last days of rows, by release and country.
#[derive(Default)]
pub(super) struct Spans<'a>(FxHashMap<(&'a Source, Option<CountryCode>), Window>);

impl<'a> Spans<'a> {
    pub(super) fn add(&mut self, row: &'a Counted) {
        let (Source::Dataset { .. }, Some((from, to))) = (&row.source, row.days) else { return };
        let span = self.0.entry((&row.source, row.country)).or_insert(Window { from, to });
        *span = Window { from: span.from.min(from), to: span.to.max(to) };
    }

    pub(super) fn releases(self, told: &BTreeMap<String, Window>) -> Vec<Release> {
        let mut releases: BTreeMap<&Source, Release> = BTreeMap::new();
        for ((source, country), span) in self.0 {
            let release = releases.entry(source).or_insert_with(|| Release {
                source: source.clone(),
                window: span,
                countries: BTreeMap::new(),
                told: false,
            });
            release.window.from = release.window.from.min(span.from);
            release.window.to = release.window.to.max(span.to);
            release.countries.extend(country.map(|country| (country, span)));
        }
        let mut releases: Vec<Release> = releases.into_values().collect();
        for release in &mut releases {
            let dataset = if let Source::Dataset { dataset, .. } = &release.source { dataset.as_str() } else { "" };
            if let Some(window) = told.get(&release.source.to_string()).or_else(|| told.get(dataset)) {
                release.window = *window;
                release.countries.values_mut().for_each(|span| *span = *window);
                release.told = true;
            }
        }
        releases
    }
}

impl Reading {
    pub(super) fn of(reports: &[Report], periods: &[Period], lag_days: u16) -> Self {
        let mut read = vec![Read::default(); periods.len()];
        let mut days: Vec<Date> = Vec::new();
        let mut undated = 0;
        for report in reports.iter().filter(|r| r.dataset.is_none() && !r.copy) {
            let Some(day) = report.published else {
                undated += 1;
                continue;
            };
            days.push(day);
            let at = periods.partition_point(|period| period.to < day);
            if periods.get(at).is_none_or(|period| day < period.from) {
                continue;
            }
            read[at].reports += 1;
            match &report.publisher {
                Some(publisher) => *read[at].publishers.entry(publisher.clone()).or_default() += 1,
                None => read[at].unnamed += 1,
            }
        }
        days.sort_unstable();
        for (read, period) in read.iter_mut().zip(periods) {
            let next = days.get(days.partition_point(|day| *day < period.from));
            let last = period.to.saturating_add(i64::from(lag_days).days());
            read.covered = next.is_some_and(|day| *day <= last);
        }
        let without = read.iter().filter(|r| !r.covered).count();
        let share_without = (!read.is_empty()).then(|| without as f64 / read.len() as f64);
        Self { lag_days, periods: read, without, share_without, undated }
    }
}

impl Coverage {
    /// Which periods are covered for what one series is about: stretches of their positions, first and last included.
    pub(super) fn of(&self, source: &Source, key: &Key, periods: &[Period]) -> Vec<(usize, usize)> {
        let span = |release: &Release| match key {
            Key::Country(country) | Key::Admin1 { country, .. } => release.countries.get(country).copied(),
            _ => Some(release.window),
        };
        match source {
            Source::Reading | Source::Claims => stretches(self.reading.periods.iter().map(|read| read.covered)),
            Source::Dataset { .. } => {
                let window = self.releases.iter().find(|r| r.source == *source).and_then(span);
                stretches(periods.iter().map(|period| window.is_some_and(|w| w.holds(period.days()))))
            }
        }
    }
}

fn stretches(covered: impl Iterator<Item = bool>) -> Vec<(usize, usize)> {
    let mut stretches: Vec<(usize, usize)> = Vec::new();
    for (at, _) in covered.enumerate().filter(|(_, covered)| *covered) {
        match stretches.last_mut() {
            Some((_, last)) if *last + 1 == at => *last = at,
            _ => stretches.push((at, at)),
        }
    }
    stretches
}
