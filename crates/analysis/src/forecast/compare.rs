//! Whether one forecaster did better than another, and whether that hangs on one country.
//!
//! The months of a country are not independent of each other: one war makes twelve bad months. Intervals come from drawing
//! countries anew, each with all its months. An interval that includes zero shows nothing, and is so called.

use std::collections::BTreeMap;

use serde::Serialize;

use super::random::Random;
use super::rolling::Cell;
use super::{Month, Refused};

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
    /// 95 % interval of the difference.
    pub within: (f64, f64),
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
    /// It includes zero.
    #[serde(rename = "not shown")]
    NotShown,
}

/// Countries are drawn anew so often: the ends of a 95 % interval then move by some hundredths of its width.
pub const RESAMPLES: usize = 4000;

/// What the random numbers are for.
const PURPOSE: u64 = 2;

/// Compares two forecasters over the cells of both, which must be the same ones in the same order.
pub fn compare(ours: &[Cell], theirs: &[Cell], score: impl Fn(&Cell) -> f64, seed: u64) -> Result<Comparison, Refused> {
    if ours.is_empty() || ours.len() != theirs.len() {
        return Err(Refused::Unlike { what: format!("{} forecasts beside {}", ours.len(), theirs.len()) });
    }
    let key = |c: &Cell| -> (usize, Month, u32) { (c.unit, c.as_of, c.lead) };
    if let Some((a, b)) = ours.iter().zip(theirs).find(|(a, b)| key(a) != key(b)) {
        return Err(Refused::Unlike { what: format!("{:?} beside {:?}", key(a), key(b)) });
    }
    // Of each unit, the sum of differences and the number of cells.
    let mut by_unit: BTreeMap<usize, (f64, f64)> = BTreeMap::new();
    let (mut sum_ours, mut sum_theirs) = (0.0, 0.0);
    for (a, b) in ours.iter().zip(theirs) {
        let (a_score, b_score) = (score(a), score(b));
        sum_ours += a_score;
        sum_theirs += b_score;
        let unit = by_unit.entry(a.unit).or_default();
        unit.0 += a_score - b_score;
        unit.1 += 1.0;
    }
    let n = ours.len() as f64;
    let difference = (sum_ours - sum_theirs) / n;
    let units: Vec<(usize, f64, f64)> = by_unit.into_iter().map(|(unit, (d, n))| (unit, d, n)).collect();
    let within = interval(&units, seed);
    let verdict = match within {
        (_, high) if high < 0.0 => Verdict::Better,
        (low, _) if low > 0.0 => Verdict::Worse,
        _ => Verdict::NotShown,
    };
    let whole: f64 = units.iter().map(|u| u.1).sum();
    let without: Vec<(usize, f64)> =
        units.iter().filter(|u| u.2 < n).map(|&(unit, d, m)| (unit, (whole - d) / (n - m))).collect();
    let by_difference = |a: &&(usize, f64), b: &&(usize, f64)| a.1.total_cmp(&b.1);
    let worst_without = without.iter().max_by(by_difference).copied();
    let within_without_worst = worst_without.map(|(worst, _)| {
        let rest: Vec<(usize, f64, f64)> = units.iter().filter(|u| u.0 != worst).copied().collect();
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

fn interval(units: &[(usize, f64, f64)], seed: u64) -> (f64, f64) {
    let mut random = Random::new(seed, PURPOSE);
    let mut drawn: Vec<f64> = (0..RESAMPLES)
        .map(|_| {
            let (mut sum, mut cells) = (0.0, 0.0);
            for _ in 0..units.len() {
                let (_, d, n) = units[random.below(units.len())];
                sum += d;
                cells += n;
            }
            sum / cells
        })
        .collect();
    drawn.sort_unstable_by(f64::total_cmp);
    (super::scores::quantile(&drawn, 0.025), super::scores::quantile(&drawn, 0.975))
}
