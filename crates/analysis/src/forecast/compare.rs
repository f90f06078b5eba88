//! Whether one forecaster did better than another, and whether that hangs on one country.
//!
//! The months of a country are not independent of each other: one war makes twelve bad months. Intervals come from drawing
//! countries anew, each with all its months. Where there are too few countries for that, their years take their place, and
//! Student's distribution that of the draws; where there are too few years, there is no interval. An interval that includes
//! zero shows nothing, and is so called; so is none.

use std::collections::BTreeMap;

use serde::Serialize;

use super::random::Random;
use super::rolling::Cell;
use super::{Month, Refused};
use crate::whatif::normal::student;

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

/// Countries are drawn anew so often: the ends of a 95 % interval then move by some hundredths of its width.
pub const RESAMPLES: usize = 4000;

/// Fewer countries than these are not drawn anew.
const FEWEST_UNITS: usize = 10;

/// Fewer years than these have no interval: Student's distribution is then too wide to be of use.
const FEWEST_YEARS: usize = 4;

/// What the random numbers are for.
const PURPOSE: u64 = 2;

impl Comparison {
    /// The interval in words: "95 %: -3.77 to +0.17".
    pub fn interval(&self) -> String {
        match self.within {
            Some((low, high)) => format!("95 %: {low:+.2} to {high:+.2}"),
            None => "too few years for an interval".to_owned(),
        }
    }
}

/// The sum of differences of a unit in a year, and its cells.
#[derive(Clone, Copy)]
struct UnitYear {
    unit: usize,
    sum: f64,
    cells: f64,
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
    let mut by_year: BTreeMap<(usize, i32), UnitYear> = BTreeMap::new();
    let (mut sum_ours, mut sum_theirs) = (0.0, 0.0);
    for (a, b) in ours.iter().zip(theirs) {
        let (a_score, b_score) = (score(a), score(b));
        sum_ours += a_score;
        sum_theirs += b_score;
        let empty = UnitYear { unit: a.unit, sum: 0.0, cells: 0.0 };
        let year = by_year.entry((a.unit, a.target.year())).or_insert(empty);
        year.sum += a_score - b_score;
        year.cells += 1.0;
    }
    let n = ours.len() as f64;
    let difference = (sum_ours - sum_theirs) / n;
    let years: Vec<UnitYear> = by_year.into_values().collect();
    let within = interval(&years, seed);
    let verdict = match within {
        Some((_, high)) if high < 0.0 => Verdict::Better,
        Some((low, _)) if low > 0.0 => Verdict::Worse,
        _ => Verdict::NotShown,
    };
    let units = by_unit(&years);
    let whole: f64 = units.iter().map(|u| u.sum).sum();
    let rest = |u: &UnitYear| (u.unit, (whole - u.sum) / (n - u.cells));
    let without: Vec<(usize, f64)> = units.iter().filter(|u| u.cells < n).map(rest).collect();
    let by_difference = |a: &&(usize, f64), b: &&(usize, f64)| a.1.total_cmp(&b.1);
    let worst_without = without.iter().max_by(by_difference).copied();
    let within_without_worst = worst_without.and_then(|(worst, _)| {
        let rest: Vec<UnitYear> = years.iter().filter(|year| year.unit != worst).copied().collect();
        interval(&rest, seed)
    });
    Ok(Comparison {
        cells: ours.len(),
        ours: sum_ours / n,
        theirs: sum_theirs / n,
        difference,
        within,
        verdict,
        worst_without,
        within_without_worst,
        best_without: without.iter().min_by(by_difference).copied(),
        sign_hangs_on: without.iter().filter(|w| (w.1 < 0.0) != (difference < 0.0)).map(|w| w.0).collect(),
    })
}

/// Each unit with all its years, which are in the order of their units.
fn by_unit(years: &[UnitYear]) -> Vec<UnitYear> {
    let together = |same: &[UnitYear]| UnitYear {
        unit: same[0].unit,
        sum: same.iter().map(|y| y.sum).sum(),
        cells: same.iter().map(|y| y.cells).sum(),
    };
    years.chunk_by(|a, b| a.unit == b.unit).map(together).collect()
}

fn interval(years: &[UnitYear], seed: u64) -> Option<(f64, f64)> {
    let units = by_unit(years);
    if units.len() < FEWEST_UNITS {
        return of_few(years);
    }
    let mut random = Random::new(seed, PURPOSE);
    let mut drawn: Vec<f64> = (0..RESAMPLES)
        .map(|_| {
            let (mut sum, mut cells) = (0.0, 0.0);
            for _ in 0..units.len() {
                let unit = units[random.below(units.len())];
                sum += unit.sum;
                cells += unit.cells;
            }
            sum / cells
        })
        .collect();
    drawn.sort_unstable_by(f64::total_cmp);
    Some((super::scores::quantile(&drawn, 0.025), super::scores::quantile(&drawn, 0.975)))
}

/// The interval over years of few countries: the jackknife's deviation, and Student's distribution.
fn of_few(years: &[UnitYear]) -> Option<(f64, f64)> {
    if years.len() < FEWEST_YEARS {
        return None;
    }
    let (sum, cells) = years.iter().fold((0.0, 0.0), |(sum, cells), y| (sum + y.sum, cells + y.cells));
    let k = years.len() as f64;
    let without: Vec<f64> = years.iter().map(|y| (sum - y.sum) / (cells - y.cells)).collect();
    let mean = without.iter().sum::<f64>() / k;
    let variance = (k - 1.0) / k * without.iter().map(|w| (w - mean).powi(2)).sum::<f64>();
    let reach = student(0.975, k - 1.0) * variance.sqrt();
    Some((sum / cells - reach, sum / cells + reach))
}
