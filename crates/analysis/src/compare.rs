//! How far two sources of events agree: two data sets, or a data set and what was read.
//!
//! [`compare`] pairs the rows of both sides one to one, within a window of days and kilometres, and counts by month, type and
//! place what each has, what both have and what one alone has, with the dead that each gives. It does not say which side
//! is right, and joins nothing: a pair is a likely match. Rows whose terms forbid comparisons are refused, all with them.
//! Swapping the sides swaps the answer and changes nothing else.

mod correlation;
mod matching;
mod row;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashSet};
use std::fmt;

use jiff::civil::Date;
use model::{ClaimId, CountryCode};

pub use matching::Pair;
pub use row::{Compared, Restriction};

/// How far apart two rows may be that tell of one event. The rows' own stretches of time and radii come on top.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Window {
    /// Days between the end of one and the beginning of the other; overlapping rows are 0 apart.
    pub days: u16,
    /// Kilometres between their places.
    pub km: f64,
}

impl Default for Window {
    /// A day and 25 km: reports slip by a day, and name the next town. A place to start from, not a fitted value; data that
    /// place events in districts bring their radii along.
    fn default() -> Self {
        Self { days: 1, km: 25.0 }
    }
}

/// Why two sources were not compared.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CompareError {
    /// Rows whose terms keep them out of comparisons.
    #[error(
        "cannot compare: rows of {dataset} ({rows} here) are restricted by their terms (\"{terms}\"); leave {dataset} out and \
         compare again"
    )]
    Restricted {
        /// The data set.
        dataset: String,
        /// Its terms.
        terms: String,
        /// How many of its rows were given.
        rows: usize,
    },
}

/// A calendar month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Month {
    /// Year.
    pub year: i16,
    /// Month, 1 to 12.
    pub month: i8,
}

impl Month {
    /// The month of a day.
    pub fn of(day: Date) -> Self {
        Self { year: day.year(), month: day.month() }
    }

    /// Months since the year 0, for series without gaps.
    fn number(self) -> i32 {
        i32::from(self.year) * 12 + i32::from(self.month) - 1
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

/// A country, or a division of it; both empty is no place.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Division {
    /// The country.
    pub country: Option<CountryCode>,
    /// Its first-order division, as the rows write it.
    pub admin1: Option<String>,
}

/// One side's rows in one slice.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Side {
    /// How many rows.
    pub rows: usize,
    /// How many of them have a match, wherever that lies.
    pub matched: usize,
    /// Those without one, in the order of their ids.
    pub only: Vec<ClaimId>,
    /// The dead that they give, least; rows that give no number add nothing.
    pub killed_low: f64,
    /// Most, where a row's upper end is open counted by its least.
    pub killed_high: f64,
    /// How many rows give a number of dead.
    pub telling: usize,
}

/// Both sides' rows in one month, of one type, in one place, or in all.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Slice {
    /// The first source.
    pub a: Side,
    /// The second source.
    pub b: Side,
}

impl Slice {
    /// How many more dead the first source gives at least; negative where it gives fewer.
    pub fn killed_low_difference(&self) -> f64 {
        self.a.killed_low - self.b.killed_low
    }

    /// How many more dead the first source gives at most.
    pub fn killed_high_difference(&self) -> f64 {
        self.a.killed_high - self.b.killed_high
    }
}

/// How two sources agree.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// Matched rows, in the order of the first one's id.
    pub pairs: Vec<Pair>,
    /// All rows. One that has no date is here alone and never matched.
    pub all: Slice,
    /// By the month of a row's middle day. Rows that reach over more than 31 days are left out here.
    pub months: BTreeMap<Month, Slice>,
    /// By type; `None` is a row without one.
    pub types: BTreeMap<Option<String>, Slice>,
    /// By country and first-order division.
    pub places: BTreeMap<Division, Slice>,
    /// Correlation of the counts by month, over the months that both sources span, those without events as 0. `None` under
    /// three months, or where one side's counts are all the same.
    pub pearson: Option<f64>,
    /// The same of their ranks.
    pub spearman: Option<f64>,
}

impl Comparison {
    /// The comparison with its sides swapped.
    #[must_use]
    pub fn mirrored(self) -> Self {
        fn swapped<K: Ord>(slices: BTreeMap<K, Slice>) -> BTreeMap<K, Slice> {
            slices.into_iter().map(|(k, s)| (k, Slice { a: s.b, b: s.a })).collect()
        }
        let mut pairs: Vec<Pair> = self.pairs.into_iter().map(Pair::mirrored).collect();
        pairs.sort_by(|p, q| (&p.a, &p.b).cmp(&(&q.a, &q.b)));
        Self {
            pairs,
            all: Slice { a: self.all.b, b: self.all.a },
            months: swapped(self.months),
            types: swapped(self.types),
            places: swapped(self.places),
            ..self
        }
    }
}

/// Compares two sources of events. A row that is given twice, by its id, counts once a side.
pub fn compare(a: &[Compared], b: &[Compared], window: Window) -> Result<Comparison, CompareError> {
    refuse_restricted(a.iter().chain(b))?;
    let (a, b) = (once(a), once(b));
    let pairs = matching::pairs(&a, &b, window);
    let in_a: HashSet<&ClaimId> = pairs.iter().map(|p| &p.a).collect();
    let in_b: HashSet<&ClaimId> = pairs.iter().map(|p| &p.b).collect();
    let mut out = Comparison {
        pairs: Vec::new(),
        all: Slice::default(),
        months: BTreeMap::new(),
        types: BTreeMap::new(),
        places: BTreeMap::new(),
        pearson: None,
        spearman: None,
    };
    for (rows, matched, side) in [(&a, &in_a, (|s| &mut s.a) as fn(&mut Slice) -> &mut Side), (&b, &in_b, |s| &mut s.b)]
    {
        for row in rows {
            let is_matched = matched.contains(&row.id);
            let division = Division { country: row.country, admin1: row.admin1.clone() };
            side(&mut out.all).add(row, is_matched);
            side(out.types.entry(row.code.clone()).or_default()).add(row, is_matched);
            side(out.places.entry(division).or_default()).add(row, is_matched);
            if let Some(month) = row.month() {
                side(out.months.entry(month).or_default()).add(row, is_matched);
            }
        }
    }
    let (counts_a, counts_b) = common_months(&out.months);
    out.pearson = correlation::pearson(&counts_a, &counts_b);
    out.spearman = correlation::spearman(&counts_a, &counts_b);
    out.pairs = pairs;
    Ok(out)
}

impl Side {
    /// Rows come in the order of their ids, so that `only` is in that order too.
    fn add(&mut self, row: &Compared, is_matched: bool) {
        self.rows += 1;
        if is_matched {
            self.matched += 1;
        } else {
            self.only.push(row.id.clone());
        }
        if let Some(least) = row.killed_low.or(row.killed_high) {
            self.telling += 1;
            self.killed_low += row.killed_low.unwrap_or(0.0);
            self.killed_high += row.killed_high.unwrap_or(least);
        }
    }
}

fn refuse_restricted<'a>(rows: impl Iterator<Item = &'a Compared> + Clone) -> Result<(), CompareError> {
    // The first by name, so that the refusal does not depend on the order of rows.
    let Some(first) = rows.clone().filter_map(|row| row.restricted.as_ref()).min() else { return Ok(()) };
    let count = rows.filter(|row| row.restricted.as_ref().is_some_and(|r| r.dataset == first.dataset)).count();
    Err(CompareError::Restricted { dataset: first.dataset.clone(), terms: first.terms.clone(), rows: count })
}

/// Rows in the order of their ids, each once.
fn once(rows: &[Compared]) -> Vec<&Compared> {
    let mut rows: Vec<&Compared> = rows.iter().collect();
    rows.sort_by(|p, q| p.id.cmp(&q.id));
    rows.dedup_by(|p, q| p.id == q.id);
    rows
}

/// Counts of both sides for every month from the later beginning to the earlier end of the two sources.
fn common_months(months: &BTreeMap<Month, Slice>) -> (Vec<f64>, Vec<f64>) {
    let span = |side: fn(&Slice) -> &Side| {
        let mut there = months.iter().filter(|(_, slice)| side(slice).rows > 0).map(|(month, _)| month.number());
        let first = there.next()?;
        Some((first, there.next_back().unwrap_or(first)))
    };
    let (Some((first_a, last_a)), Some((first_b, last_b))) = (span(|s| &s.a), span(|s| &s.b)) else {
        return (Vec::new(), Vec::new());
    };
    let by_number: BTreeMap<i32, &Slice> = months.iter().map(|(month, slice)| (month.number(), slice)).collect();
    (first_a.max(first_b)..=last_a.min(last_b))
        .map(|n| by_number.get(&n).map_or((0.0, 0.0), |slice| (slice.a.rows as f64, slice.b.rows as f64)))
        .unzip()
}
