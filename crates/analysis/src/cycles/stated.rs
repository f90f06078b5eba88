//! Stated replies as the streams have them: which incident answers which, in which stream and on which day each is.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::replies::Stated;
use super::streams::Streams;
use crate::series::{By, Counted, Source};

/// Of pairs of incidents (the one that answers, the one that is answered), those of which both are in a stream. Of several
/// streams of an incident the first counts.
pub fn stated<'a>(
    rows: impl IntoIterator<Item = &'a Counted>,
    source: &Source,
    by: By,
    streams: &Streams,
    pairs: &[(String, String)],
) -> Vec<Stated> {
    let Some(first_day) = streams.first_day() else { return Vec::new() };
    let in_days = |day: Date| f64::from(day.since(first_day).map_or(0, |span| span.get_days()));
    let mut placed: BTreeMap<String, (usize, f64)> = BTreeMap::new();
    for row in rows.into_iter().filter(|row| row.source == *source) {
        let Some((day, _)) = row.days.filter(|(from, to)| from == to) else { continue };
        let names: Vec<String> = by.keys(row).iter().map(ToString::to_string).collect();
        if let Some(stream) = streams.names().iter().position(|name| names.contains(name)) {
            placed.insert(row.id.to_string(), (stream, in_days(day)));
        }
    }
    let both = |(later, earlier): &(String, String)| {
        let ((later_stream, later_days), (earlier_stream, earlier_days)) = (*placed.get(later)?, *placed.get(earlier)?);
        let (earlier, later) = (earlier.clone(), later.clone());
        Some(Stated { earlier, earlier_stream, earlier_days, later, later_stream, later_days })
    };
    pairs.iter().filter_map(both).collect()
}
