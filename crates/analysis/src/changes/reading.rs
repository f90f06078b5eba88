//! How much was read in this period, beside the periods before: where that changed, counts change with it.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::series::{Course, Read, Source};

/// From so many times as many reports a period on, or so many times fewer, reading has changed. Twice as many reports show
/// up to twice as many happenings; smaller differences pass for chance.
const FACTOR: f64 = 2.0;

/// Reports a period, now and before.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReadingChange {
    /// So many periods before this one.
    pub periods: usize,
    /// Of these, how many are covered.
    pub covered: usize,
    /// Reports that were published in this period.
    pub now: usize,
    /// Reports in the covered periods together.
    pub before: usize,
    /// How many times as many a period; `None` where there were none before.
    pub factor: Option<f64>,
    /// Whether that is so much that counts of what was read may have changed with it.
    pub changed: bool,
    /// Publishers that were read before and not now.
    pub gone: BTreeSet<String>,
    /// Publishers that are read now and were not before.
    pub new: BTreeSet<String>,
}

/// One for each stretch before, where anything was read that is counted.
pub(super) fn changes(course: &Course, before: &[usize]) -> Vec<ReadingChange> {
    let is_read = |source: &Source| matches!(source, Source::Reading | Source::Claims);
    if !course.series.iter().any(|s| is_read(&s.source)) {
        return Vec::new();
    }
    let reads = &course.coverage.reading.periods;
    let Some((now, earlier)) = reads.split_last() else { return Vec::new() };
    let publishers = |reads: &[Read]| -> BTreeSet<String> {
        reads.iter().flat_map(|read| read.publishers.keys().cloned()).collect()
    };
    let change = |&back: &usize| {
        let earlier = &earlier[earlier.len().saturating_sub(back)..];
        let covered = earlier.iter().filter(|read| read.covered).count();
        let reports: usize = earlier.iter().filter(|read| read.covered).map(|read| read.reports).sum();
        let factor = (reports > 0).then(|| now.reports as f64 * covered as f64 / reports as f64);
        let (known, these) = (publishers(earlier), publishers(std::slice::from_ref(now)));
        ReadingChange {
            periods: back,
            covered,
            now: now.reports,
            before: reports,
            factor,
            changed: factor.is_none_or(|factor| !(1.0 / FACTOR..=FACTOR).contains(&factor)),
            gone: known.difference(&these).cloned().collect(),
            new: these.difference(&known).cloned().collect(),
        }
    };
    before.iter().map(change).collect()
}
