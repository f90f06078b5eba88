//! Whether one forecaster did better than another, and whether that hangs on one country.
//!
//! The months of a country are not independent of each other: one war makes twelve bad months. Intervals come from countries,
//! each with all its months. Where there are fewer than four, from calendar years, each with all its countries; where there are too
//! few of these, too, there is no interval. One that includes zero shows nothing, and is so called; so is none.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::rolling::Cell;
use super::{Month, Refused};
use crate::interval::{FEWEST, Group, How};

/// One forecaster beside another, by one score.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// Cells that both forecast.
    pub cells: usize,
    /// Mean score of the one.
    pub ours: f64,
    /// Mean score of the other.
    pub theirs: f64,
    /// The one less the other: below 0 it is better.
    pub difference: f64,
    /// 95 % interval of the difference; `None` where there are too few years to tell.
    pub within: Option<(f64, f64)>,
    /// What that says.
    pub verdict: Verdict,
    /// The difference without the unit whose absence raises it most, and that unit.
    pub worst_without: Option<(usize, f64)>,
    /// 95 % interval without that unit: what is left of the verdict if it was one country's.
    pub within_without_worst: Option<(f64, f64)>,
    /// The difference without the unit whose absence lowers it most, and that unit.
    pub best_without: Option<(usize, f64)>,
    /// Of all units, those without which the sign is another.
    pub sign_hangs_on: Vec<usize>,
}

/// What an interval says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It lies below zero.
    Better,
    /// It lies above zero.
    Worse,
    /// It includes zero, or there is none.
    #[serde(rename = "not shown")]
    NotShown,
}

impl Verdict {
    /// What an interval of differences says, where lower is better.
    pub fn of(within: Option<(f64, f64)>) -> Self {
        match within {
            Some((_, high)) if high < 0.0 => Self::Better,
            Some((low, _)) if low > 0.0 => Self::Worse,
            _ => Self::NotShown,
        }
    }
}

/// What the random numbers are for.
const PURPOSE: u64 = 2;

impl Comparison {
    /// The interval in words: "95 %: -3.77 to +0.17".
    pub fn interval(&self) -> String {
        match self.within {
            Some((low, high)) => format!("95 %: {low:+.2} to {high:+.2}"),
            None => "too few countries and years for an interval".to_owned(),
        }
    }
}

/// The difference at one cell.
#[derive(Clone, Copy)]
struct Difference {
    unit: usize,
    year: i32,
    value: f64,
}

/// What stands for one independent observation.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    Unit,
    Year,
}

impl Of {
    /// The differences by group.
    fn groups(self, differences: &[Difference]) -> Vec<Group> {
        let mut groups: BTreeMap<i64, Group> = BTreeMap::new();
        for one in differences {
            let unit = i64::try_from(one.unit).unwrap_or(i64::MAX);
            let key = if self == Self::Unit { unit } else { i64::from(one.year) };
            let group = groups.entry(key).or_insert(Group { sum: 0.0, n: 0.0 });
            group.sum += one.value;
            group.n += 1.0;
        }
        groups.into_values().collect()
    }
}

/// Compares two forecasters over the cells of both, which must be the same ones in the same order.
pub fn compare(ours: &[Cell], theirs: &[Cell], score: impl Fn(&Cell) -> f64, seed: u64) -> Result<Comparison, Refused> {
    if ours.is_empty() || ours.len() != theirs.len() {
        return Err(Refused::Unlike { what: format!("{} forecasts beside {}", ours.len(), theirs.len()) });
    }
    let key = |c: &Cell| -> (usize, Month, u32) { (c.unit, c.as_of, c.lead) };
    if let Some((a, b)) = ours.iter().zip(theirs).find(|(a, b)| key(a) != key(b)) {
        return Err(Refused::Unlike { what: format!("{:?} beside {:?}", key(a), key(b)) });
    }
    let (mut sum_ours, mut sum_theirs) = (0.0, 0.0);
    let mut differences = Vec::with_capacity(ours.len());
    for (a, b) in ours.iter().zip(theirs) {
        let (a_score, b_score) = (score(a), score(b));
        sum_ours += a_score;
        sum_theirs += b_score;
        differences.push(Difference { unit: a.unit, year: a.target.year(), value: a_score - b_score });
    }
    let n = ours.len() as f64;
    let difference = (sum_ours - sum_theirs) / n;
    let units: BTreeSet<usize> = differences.iter().map(|d| d.unit).collect();
    let of = if units.len() >= FEWEST { Of::Unit } else { Of::Year };
    let groups = of.groups(&differences);
    // Reached in one way, with and without the worst: else the two could not be set beside each other.
    let how = How::of(groups.len());
    let within = how.interval(&groups, seed, PURPOSE);
    let without = |unit: usize| differences.iter().filter(move |d| d.unit != unit).copied();
    let by_unit = Of::Unit.groups(&differences);
    let whole: f64 = by_unit.iter().map(|group| group.sum).sum();
    let rest = |(&unit, group): (&usize, &Group)| (group.n < n).then(|| (unit, (whole - group.sum) / (n - group.n)));
    let by_left_out: Vec<(usize, f64)> = units.iter().zip(&by_unit).filter_map(rest).collect();
    let by_difference = |a: &&(usize, f64), b: &&(usize, f64)| a.1.total_cmp(&b.1);
    let worst_without = by_left_out.iter().max_by(by_difference).copied();
    let within_without_worst = worst_without
        .and_then(|(worst, _)| how.interval(&of.groups(&without(worst).collect::<Vec<Difference>>()), seed, PURPOSE));
    Ok(Comparison {
        cells: ours.len(),
        ours: sum_ours / n,
        theirs: sum_theirs / n,
        difference,
        within,
        verdict: Verdict::of(within),
        worst_without,
        within_without_worst,
        best_without: by_left_out.iter().min_by(by_difference).copied(),
        sign_hangs_on: by_left_out.iter().filter(|w| (w.1 < 0.0) != (difference < 0.0)).map(|w| w.0).collect(),
    })
}
