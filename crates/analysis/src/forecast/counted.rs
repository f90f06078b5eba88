//! A panel of the dead by month, from what was counted over time.

use std::collections::BTreeMap;

use super::{Month, Panel, Refused};
use crate::series::{CountedId, Counts, Course, Key, Source, Unit};

/// A panel, and what its numbers were counted from.
#[derive(Clone, Debug, PartialEq)]
pub struct CountedPanel {
    /// The dead by unit and month; a month that nothing covers is unknown.
    pub panel: Panel,
    /// The incidents or claims behind each number above 0.
    pub evidence: BTreeMap<(String, Month), Vec<CountedId>>,
}

/// One source's dead by unit and month, from a course by months. Of the dead of a month the best number is taken where all of
/// its rows that give a number give one, else the least that anybody gives. A month that is not wholly covered, or of which
/// `is_whole` says that it is not, is unknown, whatever was counted in it.
pub fn panel_of(course: &Course, source: &Source, is_whole: impl Fn(Month) -> bool) -> Result<CountedPanel, Refused> {
    let mut evidence = BTreeMap::new();
    let mut rows = Vec::new();
    let months: Vec<Option<Month>> = course
        .periods
        .iter()
        .map(|p| Month::new(i32::from(p.from.year()), u32::from(p.from.month().unsigned_abs())))
        .collect();
    if course.unit != Unit::Month {
        return Err(Refused::Empty);
    }
    for series in course.series.iter().filter(|series| series.source == *source) {
        let unit = unit_name(&series.key);
        for (at, month) in months.iter().enumerate() {
            let Some(month) = month.filter(|month| series.is_covered(at) && is_whole(*month)) else { continue };
            let bin = series.bins.binary_search_by_key(&at, |bin| bin.period).ok().map(|i| &series.bins[i].counts);
            if let Some(counts) = bin.filter(|counts| dead(counts) > 0.0) {
                evidence.insert((unit.clone(), month), counts.ids.clone());
            }
            rows.push((unit.clone(), month, bin.map_or(0.0, dead)));
        }
    }
    Ok(CountedPanel { panel: Panel::new(rows)?, evidence })
}

/// What a unit is called.
pub fn unit_name(key: &Key) -> String {
    let name = key.to_string();
    name.strip_prefix("in ").map_or_else(|| name.clone(), str::to_owned)
}

fn dead(counts: &Counts) -> f64 {
    let toll = &counts.dead;
    let of = if toll.best_rows == toll.rows { toll.best } else { toll.low };
    of.get()
}
