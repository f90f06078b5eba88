//! What is added up over the rows of a bin. Hostile and cooperative are never set off against each other: a month with forty
//! raids and forty meetings is no quiet month.

use model::{Standing, Text};
use serde::{Serialize, Serializer};

use super::counted::{Counted, CountedId};
use super::dead::Dead;
use super::intensity::Quad;

/// A sum of numbers of people, in thousandths, so that the order in which they are added changes nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct People(i64);

impl People {
    /// People.
    pub fn get(self) -> f64 {
        self.0 as f64 / 1_000.0
    }

    #[expect(clippy::cast_possible_truncation, reason = "numbers of people stay below 9e15; more would saturate")]
    fn add(&mut self, number: f64) {
        self.0 = self.0.saturating_add((number * 1_000.0).round() as i64);
    }
}

impl Serialize for People {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.get())
    }
}

/// How many, and how hostile or cooperative together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Sum {
    /// Rows.
    pub rows: usize,
    /// Sum of their places on Goldstein's scale.
    pub intensity: f64,
}

impl Sum {
    fn add(&mut self, intensity: f64) {
        self.rows += 1;
        // In halves, so that sums are exact in any order.
        self.intensity += intensity;
    }
}

/// By quad class.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[expect(missing_docs, reason = "each is its class")]
pub struct Quads {
    pub verbal_cooperation: Sum,
    pub material_cooperation: Sum,
    pub verbal_conflict: Sum,
    pub material_conflict: Sum,
}

impl Quads {
    /// The sum of a class.
    pub fn get(&self, quad: Quad) -> Sum {
        match quad {
            Quad::VerbalCooperation => self.verbal_cooperation,
            Quad::MaterialCooperation => self.material_cooperation,
            Quad::VerbalConflict => self.verbal_conflict,
            Quad::MaterialConflict => self.material_conflict,
        }
    }

    fn get_mut(&mut self, quad: Quad) -> &mut Sum {
        match quad {
            Quad::VerbalCooperation => &mut self.verbal_cooperation,
            Quad::MaterialCooperation => &mut self.material_cooperation,
            Quad::VerbalConflict => &mut self.verbal_conflict,
            Quad::MaterialConflict => &mut self.material_conflict,
        }
    }
}

/// The dead over rows that give a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Toll {
    /// Rows that give a number.
    pub rows: usize,
    /// Sum of the least.
    pub low: People,
    /// Sum of the best, over the rows that have one.
    pub best: People,
    /// Rows that have one.
    pub best_rows: usize,
    /// Sum of the most; a row without an upper end adds its least.
    pub high: People,
    /// Rows without an upper end; where there are any, `high` is no bound.
    pub open: usize,
}

impl Toll {
    fn add(&mut self, low: f64, best: Option<f64>, high: Option<f64>) {
        self.rows += 1;
        self.low.add(low);
        self.high.add(high.unwrap_or(low));
        self.open += usize::from(high.is_none());
        if let Some(best) = best {
            self.best.add(best);
            self.best_rows += 1;
        }
    }
}

/// The dead as one claimant gives them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClaimantToll {
    /// A party's id, a publication, or others together.
    pub claimant: Text,
    /// What it gives.
    #[serde(flatten)]
    pub toll: Toll,
}

/// What may be held of incidents; rows of data sets and claims have no standing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "each is its standing")]
pub struct Standings {
    pub disputed: usize,
    pub corroborated: usize,
    pub reported: usize,
}

/// Counts and sums over rows, and which rows they are.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Counts {
    /// How many rows.
    pub rows: usize,
    /// Of these, how many no text dates, which stand on the day of their first report.
    pub by_report: usize,
    /// By quad class.
    pub quads: Quads,
    /// Verbal and material conflict.
    pub hostile: Sum,
    /// Verbal and material cooperation.
    pub cooperative: Sum,
    /// The dead: from the least that anybody gives to the most that anybody gives, row by row. Best is no such bound, and
    /// counts only rows of which one claimant alone gives a best number.
    pub dead: Toll,
    /// The dead by claimant, in the order of their names. One claimant's silence is no zero.
    pub dead_by: Vec<ClaimantToll>,
    /// What may be held of the incidents.
    pub standing: Standings,
    /// The incidents or claims, in the order of their ids.
    pub ids: Vec<CountedId>,
}

impl Counts {
    pub(super) fn add(&mut self, row: &Counted, is_by_report: bool) {
        self.rows += 1;
        self.by_report += usize::from(is_by_report);
        self.quads.get_mut(row.quad).add(row.intensity);
        let side = if row.quad.is_hostile() { &mut self.hostile } else { &mut self.cooperative };
        side.add(row.intensity);
        if let Some((low, best, high)) = bounds(&row.dead) {
            self.dead.add(low, best, high);
        }
        for dead in &row.dead {
            let at = self.dead_by.iter().position(|known| known.claimant == dead.claimant).unwrap_or_else(|| {
                self.dead_by.push(ClaimantToll { claimant: dead.claimant.clone(), toll: Toll::default() });
                self.dead_by.len() - 1
            });
            self.dead_by[at].toll.add(dead.low, dead.best, dead.high);
        }
        match row.standing {
            Some(Standing::Disputed) => self.standing.disputed += 1,
            Some(Standing::Corroborated) => self.standing.corroborated += 1,
            Some(Standing::Reported) => self.standing.reported += 1,
            Some(Standing::Retracted | Standing::Denied) | None => {}
        }
        self.ids.push(row.id.clone());
    }

    pub(super) fn in_order(mut self) -> Self {
        self.dead_by.sort_unstable_by(|a, b| a.claimant.cmp(&b.claimant));
        self.ids.sort_unstable();
        self
    }
}

/// Over all claimants of one row: the least of the least, the most of the most, and the best where one claimant is alone.
pub(crate) fn bounds(dead: &[Dead]) -> Option<(f64, Option<f64>, Option<f64>)> {
    let low = dead.iter().map(|d| d.low).min_by(f64::total_cmp)?;
    let high = dead.iter().map(|d| d.high).collect::<Option<Vec<f64>>>();
    let high = high.and_then(|highs| highs.into_iter().max_by(f64::total_cmp));
    let best = if let [alone] = dead { alone.best } else { None };
    Some((low, best, high))
}
