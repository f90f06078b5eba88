//! Streams from the rows of series: who did what to whom, day by day.
//!
//! A row is in a stream if it is hostile or not, as asked, and if one day is known for it: what is known to a week or a
//! month is left out, with its number. **Days that nobody covered are left out of the likelihood**: a day is observed if it is
//! covered for each of the streams, as series have it (a report of that day or of the next few was read; or it lies between
//! the first and the last day of a release's rows). Sources are never mixed. A row of several pairs of parties is in the stream of each, on one
//! day, where it excites nothing.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use super::Refused;
use super::streams::{FEWEST_EVENTS, Language, MOST_STREAMS, Streams};
use crate::Report;
use crate::series::{
    By, Counted, CountedId, Dyad, Key, LAG_DAYS, Quad, Series, Settings, Source, Unit, Window, course,
};

/// Which rows make which streams.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// What streams are made by.
    pub by: By,
    /// The streams that are wanted; empty for those of most rows.
    pub keys: Vec<Key>,
    /// At most so many, if none are named.
    pub most: usize,
    /// Which classes count.
    pub quads: Vec<Quad>,
    /// The days that are looked at; else from the first to the last day of the rows that count.
    pub window: Option<Window>,
    /// Days after a day within which a report still tells of it.
    pub lag_days: u16,
    /// What releases cover, where more is known than their rows show; as in [`crate::series::Settings`].
    pub releases: BTreeMap<String, Window>,
}

impl Asked {
    /// Attacks: material conflict, by what is told, in at most four streams: the two ways of two pairs.
    pub fn attacks(by: By) -> Self {
        Self {
            by,
            keys: Vec::new(),
            most: 4,
            quads: vec![Quad::MaterialConflict],
            window: None,
            lag_days: LAG_DAYS,
            releases: BTreeMap::new(),
        }
    }
}

/// Rows that are in no stream.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Unplaced {
    /// Without a single known day.
    pub without_day: usize,
    /// Outside the days that are looked at.
    pub outside: usize,
    /// Nobody says who did it to whom, where that was asked.
    pub without_direction: usize,
    /// Of no stream that was asked for, or of none at all.
    pub of_no_stream: usize,
    /// On days that are not covered: they excite what comes after, but are not accounted for themselves.
    pub on_days_not_covered: usize,
}

/// Daily streams of one source's rows, and what is in none of them. `reports` are those that were read, which tell the days
/// that are covered; rows of a data set need none.
pub fn streams_of_rows<'a>(
    rows: impl IntoIterator<Item = &'a Counted>,
    reports: &[Report],
    source: &Source,
    asked: &Asked,
) -> Result<(Streams, Unplaced), Refused> {
    let mut left_out = Unplaced::default();
    let mut placed: Vec<(Date, Vec<Key>, &CountedId)> = Vec::new();
    let of_source: Vec<&Counted> = rows.into_iter().filter(|row| row.source == *source).collect();
    for row in of_source.iter().copied().filter(|row| asked.quads.contains(&row.quad)) {
        let Some(day) = row.days.filter(|(from, to)| from == to).map(|(day, _)| day) else {
            left_out.without_day += 1;
            continue;
        };
        if asked.window.is_some_and(|window| !window.holds((day, day))) {
            left_out.outside += 1;
            continue;
        }
        let mut keys = asked.by.keys(row);
        if asked.by == By::DirectedDyad {
            let all = keys.len();
            keys.retain(|key| matches!(key, Key::Dyad(Dyad { directed: true, .. })));
            if keys.is_empty() && all > 0 {
                left_out.without_direction += 1;
                continue;
            }
        }
        placed.push((day, keys, &row.id));
    }
    let keys = keys(&placed, asked);
    let (Some(first), Some(last)) = (placed.iter().map(|p| p.0).min(), placed.iter().map(|p| p.0).max()) else {
        return Err(Refused::NoRows);
    };
    if keys.is_empty() {
        return Err(Refused::TooFew { rows: placed.len() });
    }
    let window = asked.window.unwrap_or(Window { from: first, to: last });
    let day_of = |day: Date| usize::try_from(day.since(window.from).map_or(0, |span| span.get_days())).unwrap_or(0);
    let days = day_of(window.to) + 1;
    let mut counts = vec![vec![0_u32; days]; keys.len()];
    let mut evidence: BTreeMap<(usize, usize), Vec<String>> = BTreeMap::new();
    for (day, of_row, id) in &placed {
        let mut is_placed = false;
        for key in of_row {
            if let Some(stream) = keys.iter().position(|wanted| wanted == key) {
                counts[stream][day_of(*day)] += 1;
                evidence.entry((stream, day_of(*day))).or_default().push(id.to_string());
                is_placed = true;
            }
        }
        left_out.of_no_stream += usize::from(!is_placed);
    }
    let names: Vec<String> = keys.iter().map(ToString::to_string).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut streams = Streams::daily(&names, &counts)?.starting(window.from);
    for ((stream, day), ids) in evidence {
        streams = streams.with_evidence(stream, u32::try_from(day).unwrap_or(u32::MAX), ids);
    }
    let stretches = observed(&of_source, reports, &keys, asked, window);
    if stretches.is_empty() {
        return Err(Refused::NotCovered);
    }
    let is_covered = |day: usize| stretches.iter().any(|(from, to)| (*from..*to).contains(&(day as f64)));
    left_out.on_days_not_covered = placed
        .iter()
        .filter(|(day, of_row, _)| of_row.iter().any(|k| keys.contains(k)) && !is_covered(day_of(*day)))
        .count();
    let streams = streams.observed(&stretches)?;
    let streams = if asked.by == By::DirectedDyad { streams.with_initiators() } else { streams };
    debug_assert!(asked.by == By::DirectedDyad || streams.language == Language::Excitation, "no initiators are known");
    Ok((streams, left_out))
}

/// Stretches of days that are covered for each stream, in days from the start of the window.
fn observed(rows: &[&Counted], reports: &[Report], keys: &[Key], asked: &Asked, window: Window) -> Vec<(f64, f64)> {
    let settings = Settings {
        window: Some(window),
        lag_days: asked.lag_days,
        releases: asked.releases.clone(),
        ..Settings::new(asked.by, Unit::Day)
    };
    let course = course(rows.iter().copied(), reports, &settings);
    let of_streams: Vec<&Series> = course.series.iter().filter(|series| keys.contains(&series.key)).collect();
    let is_covered = |day: &usize| of_streams.iter().all(|series| series.is_covered(*day));
    let mut stretches: Vec<(f64, f64)> = Vec::new();
    for day in (0..course.periods.len()).filter(is_covered) {
        let from = day as f64;
        match stretches.last_mut() {
            Some((_, to)) if *to >= from => *to = from + 1.0,
            _ => stretches.push((from, from + 1.0)),
        }
    }
    stretches
}

/// The streams: those that are named, else those of most rows that have enough for a fit.
fn keys(placed: &[(Date, Vec<Key>, &CountedId)], asked: &Asked) -> Vec<Key> {
    if !asked.keys.is_empty() {
        return asked.keys.clone();
    }
    let mut counts: BTreeMap<&Key, usize> = BTreeMap::new();
    for key in placed.iter().flat_map(|(_, keys, _)| keys) {
        *counts.entry(key).or_default() += 1;
    }
    let mut keys: Vec<(&Key, usize)> = counts.into_iter().filter(|(_, rows)| *rows >= FEWEST_EVENTS).collect();
    keys.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    keys.into_iter().take(asked.most.min(MOST_STREAMS)).map(|(key, _)| key.clone()).collect()
}
