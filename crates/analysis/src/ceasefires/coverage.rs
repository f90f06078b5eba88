//! Which days were read about, and which stretches of them were quiet.
//!
//! No report is no quiet: a day counts as read about if a report on the parties was published on it or soon after. A report
//! is on the parties if one of its claims names one. Near-copies and data sets are no reports here.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::Date;
use model::{DocumentId, IncidentId};
use serde::Serialize;

use super::definitions::Definitions;
use super::hostile::{Hostile, hostile};
use super::moment::{self, days_between};
use super::sides::{self, Key};
use crate::{Report, Told};

/// Days, both ends inclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Days {
    /// First.
    pub from: Date,
    /// Last.
    pub to: Date,
}

/// Quiet between the parties, before or after a beginning.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Quiet {
    /// Days from the one end to the other.
    pub days: i64,
    /// Where it begins: the last hostile incident, or the beginning of the ceasefire, or the first report.
    pub from: Date,
    /// Where it ends: the beginning of the ceasefire, or the first hostile incident, or the day asked for.
    pub to: Date,
    /// The hostile incident that bounds it; `None` where none is known, and it may be longer.
    pub bounded_by: Option<IncidentId>,
    /// Days in it of which no report was read.
    pub not_read: Vec<Days>,
    /// In a sentence.
    pub words: String,
}

/// A stretch of quiet that is long enough, and read about throughout.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Lull {
    /// First and last day.
    pub days: Days,
    /// How many.
    pub length: i64,
    /// The hostile incident before it; `None` where reports begin.
    pub after: Option<IncidentId>,
    /// The hostile incident that ends it; `None` where reports, or the days asked for, end.
    pub before: Option<IncidentId>,
}

/// When reports on the parties were published.
#[derive(Clone, Debug)]
pub(super) struct Coverage {
    published: BTreeSet<Date>,
    lag_days: i64,
}

impl Coverage {
    pub fn of(parties: &BTreeSet<Key>, told: &[Told], reports: &[Report], lag_days: u16) -> Self {
        let concerns = |t: &&Told| {
            let named = t.claim.actor.iter().chain(&t.claim.recipient).chain(&t.claim.asserter);
            t.claim.row.is_none() && named.filter_map(sides::key).any(|k| parties.contains(&k))
        };
        let on_parties: BTreeSet<&DocumentId> = told.iter().filter(concerns).map(|t| &t.claim.document).collect();
        let counts = |r: &&Report| !r.copy && r.dataset.is_none() && on_parties.contains(&r.id);
        Self {
            published: reports.iter().filter(counts).filter_map(|r| r.published).collect(),
            lag_days: i64::from(lag_days),
        }
    }

    fn is_read(&self, day: Date) -> bool {
        self.published.range(day..=day.saturating_add(self.lag_days.days())).next().is_some()
    }

    /// Days of a stretch of which no report was read.
    pub fn gaps(&self, days: Days) -> Vec<Days> {
        let mut gaps: Vec<Days> = Vec::new();
        for day in each(days).filter(|d| !self.is_read(*d)) {
            match gaps.last_mut() {
                Some(gap) if gap.to.saturating_add(1.day()) == day => gap.to = day,
                _ => gaps.push(Days { from: day, to: day }),
            }
        }
        gaps
    }

    /// The first day that a report can tell of.
    fn first(&self) -> Option<Date> {
        Some(self.published.first()?.saturating_sub(self.lag_days.days()))
    }
}

fn each(days: Days) -> impl Iterator<Item = Date> {
    std::iter::successors(Some(days.from), |d| d.checked_add(1.day()).ok()).take_while(move |d| *d <= days.to)
}

/// "for 2025-10-20 to 2025-10-24 and 2025-11-01".
pub(super) fn words(gaps: &[Days]) -> String {
    let word = |d: &Days| if d.from == d.to { d.from.to_string() } else { format!("{} to {}", d.from, d.to) };
    super::voice::listed(&gaps.iter().map(word).collect::<Vec<_>>())
}

/// The quiet before a beginning: since the last hostile incident between the parties, else since the first report.
pub(super) fn before(
    begin: Date,
    last: Option<&Hostile>,
    zone: jiff::tz::Offset,
    coverage: &Coverage,
) -> Option<Quiet> {
    let bound = last.map(|h| (moment::day(h.span.to.max(h.span.from + 1) - 1, zone), h.incident.id.clone()));
    let from = bound.as_ref().map(|(day, _)| *day).or_else(|| coverage.first())?.min(begin);
    let since = match &bound {
        Some((_, id)) => format!("the last hostile incident between the parties ({id})"),
        None => "the first report, before which nothing is known".to_owned(),
    };
    Some(quiet(from, begin, bound.map(|b| b.1), &format!("since {since}"), coverage))
}

/// The quiet after a beginning: until the first hostile incident between the parties, else as long as was asked for.
pub(super) fn after(
    begin: Date,
    first: Option<&Hostile>,
    until: Date,
    zone: jiff::tz::Offset,
    coverage: &Coverage,
) -> Quiet {
    let bound = first.map(|h| (moment::day(h.span.from, zone), h.incident.id.clone()));
    let to = bound.as_ref().map_or(until, |(day, _)| *day).max(begin);
    let end = match &bound {
        Some((_, id)) => format!("until the first hostile incident between the parties ({id})"),
        None => format!("without a hostile incident between the parties up to {until}"),
    };
    quiet(begin, to, bound.map(|b| b.1), &end, coverage)
}

fn quiet(from: Date, to: Date, bounded_by: Option<IncidentId>, bound: &str, coverage: &Coverage) -> Quiet {
    let days = days_between(from, to);
    let not_read = coverage.gaps(Days { from, to });
    let unread =
        if not_read.is_empty() { String::new() } else { format!("; no report was read for {}", words(&not_read)) };
    let unit = if days == 1 { "day" } else { "days" };
    Quiet { days, from, to, bounded_by, words: format!("{days} {unit} {bound}{unread}."), not_read }
}

/// The lulls between parties (by the roots of their ids) in a stretch of days.
pub fn lulls(
    parties: &[&str],
    told: &[Told],
    incidents: &[model::Incident],
    reports: &[Report],
    definitions: &Definitions,
    days: Days,
) -> Vec<Lull> {
    let parties: BTreeSet<Key> = parties.iter().map(|&p| p.to_owned()).collect();
    let zone = jiff::tz::Offset::UTC;
    let coverage = Coverage::of(&parties, told, reports, definitions.coverage.lag_days);
    let hostile: Vec<Hostile> =
        hostile(incidents, &parties, &definitions.hostile, zone).into_iter().filter(Hostile::is_between).collect();
    among(&hostile, &coverage, definitions, zone, days)
}

pub(super) fn among(
    hostile: &[Hostile],
    coverage: &Coverage,
    definitions: &Definitions,
    zone: jiff::tz::Offset,
    days: Days,
) -> Vec<Lull> {
    let day_of = |second: i64| moment::day(second, zone);
    let troubled = |h: &Hostile| Days { from: day_of(h.span.from), to: day_of(h.span.to.max(h.span.from + 1) - 1) };
    let spans: Vec<(Days, &IncidentId)> = hostile.iter().map(|h| (troubled(h), &h.incident.id)).collect();
    let is_quiet = |day: Date| !spans.iter().any(|(d, _)| d.from <= day && day <= d.to);
    let mut lulls: Vec<Lull> = Vec::new();
    let mut open: Option<Days> = None;
    let mut keep = |run: Option<Days>| {
        let Some(run) = run else { return };
        let length = days_between(run.from, run.to) + 1;
        if length >= i64::from(definitions.lull.days) {
            let ends = |day: Option<Date>| day.and_then(|day| spans.iter().find(|(d, _)| d.from <= day && day <= d.to));
            let id = |found: Option<&(Days, &IncidentId)>| found.map(|(_, id)| (*id).clone());
            lulls.push(Lull {
                days: run,
                length,
                after: id(ends(run.from.checked_sub(1.day()).ok())),
                before: id(ends(run.to.checked_add(1.day()).ok())),
            });
        }
    };
    for day in each(days) {
        if is_quiet(day) && coverage.is_read(day) {
            open = Some(open.map_or(Days { from: day, to: day }, |run| Days { to: day, ..run }));
        } else {
            keep(open.take());
        }
    }
    keep(open);
    lulls
}
