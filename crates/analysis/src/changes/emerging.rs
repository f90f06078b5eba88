//! Parties and places that were not, or hardly, seen in the periods before.
//!
//! Seen is whatever stands in the stretch before, be it dated to no one period, or told only later. Nothing is new where
//! hardly anything was read before.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::series::{By, Counted, CountedId, Course, Key, Source, Undated, Window};

/// Of the periods before, how many must be covered for anything to be new.
const COVERED_LEAST: usize = 4;
/// Seen so often before is hardly seen,
const HARDLY: usize = 1;
/// if it is seen so often now.
const HARDLY_NOW: usize = 3;

/// A party or place that is new.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Emerging {
    /// Where its rows come from.
    pub source: Source,
    /// The party or place.
    pub key: Key,
    /// What it was seen in, in this period.
    pub now: Vec<CountedId>,
    /// What it was seen in before; empty if never.
    pub before: Vec<CountedId>,
    /// So many periods before were covered.
    pub covered: usize,
}

#[derive(Default)]
struct Seen {
    now: Vec<CountedId>,
    before: Vec<CountedId>,
}

/// What is new in the last period of the window, and sources of which nothing can be. `later` are rows that were told
/// later: they were there, but are no news of this period. `all` has the coverage.
pub(super) fn emerging(
    timely: &[&Counted],
    later: &[&Counted],
    all: &Course,
    window: Window,
    undated: Undated,
) -> (Vec<Emerging>, Vec<Source>) {
    let periods = all.periods.len();
    let covered = |source: &Source| {
        let series = all.series.iter().find(|s| s.source == *source);
        series.map_or(0, |s| (0..periods - 1).filter(|&at| s.is_covered(at)).count())
    };
    let mut seen: BTreeMap<(&Source, Key), Seen> = BTreeMap::new();
    let period = all.periods.last().map_or(window, |p| Window { from: p.from, to: p.to });
    for (row, is_timely) in timely.iter().map(|row| (row, true)).chain(later.iter().map(|row| (row, false))) {
        let Some((days, _)) = row.stands(undated).filter(|(days, _)| window.meets(*days)) else { continue };
        let is_now = period.holds(days);
        if is_now && !is_timely {
            continue;
        }
        for key in [By::Party, By::Country, By::Admin1].into_iter().flat_map(|by| by.keys(row)) {
            let seen = seen.entry((&row.source, key)).or_default();
            let ids = if is_now { &mut seen.now } else { &mut seen.before };
            ids.push(row.id.clone());
        }
    }
    let mut emerging = Vec::new();
    let mut nothing_new: Vec<Source> = Vec::new();
    for ((source, key), Seen { mut now, mut before }) in seen {
        let never = before.is_empty() && !now.is_empty();
        if !never && (before.len() > HARDLY || now.len() < HARDLY_NOW) {
            continue;
        }
        let covered = covered(source);
        if covered < COVERED_LEAST {
            if nothing_new.last() != Some(source) {
                nothing_new.push(source.clone());
            }
            continue;
        }
        now.sort_unstable();
        before.sort_unstable();
        emerging.push(Emerging { source: source.clone(), key, now, before, covered });
    }
    emerging.sort_by(|a, b| {
        (std::cmp::Reverse(a.now.len()), &a.source, &a.key).cmp(&(std::cmp::Reverse(b.now.len()), &b.source, &b.key))
    });
    (emerging, nothing_new)
}
