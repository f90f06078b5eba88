//! Where the level of each series changed: change points of one measure, positions told as periods.

use serde::Serialize;

use super::{Counts, Course, Key, Source};
use crate::changepoints::{
    Change, Cost, Dispersion, Penalty, Pruning, Refused, Segment, Segmentation, Settings, change_points_with_gaps,
};

/// What is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// All happenings.
    Happenings,
    /// Those of conflict.
    Hostile,
    /// Those of cooperation.
    Cooperative,
    /// The dead, at the least that anybody gives.
    Dead,
}

impl Measure {
    /// What it counts, in the plural.
    pub fn words(self) -> &'static str {
        match self {
            Self::Happenings => "happenings",
            Self::Hostile => "hostile happenings",
            Self::Cooperative => "cooperative happenings",
            Self::Dead => "dead",
        }
    }

    /// The number that a period has; `None` where something happened and nobody gives a number of dead.
    pub fn of(self, counts: &Counts) -> Option<f64> {
        match self {
            Self::Happenings => Some(counts.rows as f64),
            Self::Hostile => Some(counts.hostile.rows as f64),
            Self::Cooperative => Some(counts.cooperative.rows as f64),
            Self::Dead => (counts.dead.rows > 0 || counts.hostile.rows == 0).then(|| counts.dead.low.get()),
        }
    }
}

/// How change points are looked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LevelsAsked {
    /// What is looked at.
    pub measure: Measure,
    /// What makes a segment fit badly.
    pub cost: Cost,
    /// What one change more costs.
    pub penalty: Penalty,
    /// As Python's ruptures reckons: no allowance for counts that spread wider than Poisson's, and starts let go at once.
    pub plain: bool,
}

impl LevelsAsked {
    fn settings(self) -> Settings {
        let (dispersion, pruning) =
            if self.plain { (Dispersion::One, Pruning::AtOnce) } else { (Dispersion::Estimated, Pruning::WhenSafe) };
        Settings { cost: self.cost, penalty: self.penalty, dispersion, pruning, ..Settings::default() }
    }
}

/// The levels of one series. Positions are those of the course's periods.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Levels {
    /// Where its rows come from.
    pub source: Source,
    /// What it is about.
    pub key: Key,
    /// What was looked at.
    pub measure: Measure,
    /// Segments and changes.
    #[serde(flatten)]
    pub found: Segmentation,
}

impl Levels {
    /// The change with which a period's level begins.
    pub fn change_at(&self, period: usize) -> Option<&Change> {
        self.found.changes.iter().find(|change| change.at == period)
    }

    /// The segment that a period lies in.
    pub fn segment_of(&self, period: usize) -> Option<&Segment> {
        self.found.segments.iter().find(|segment| segment.from <= period && period < segment.to)
    }
}

impl Course {
    /// The levels of each series, in their order. Periods that are not covered and hold nothing are unknown; what a period
    /// that is not covered holds is the least that happened, and left unknown too.
    pub fn levels(&self, asked: LevelsAsked) -> Result<Vec<Levels>, Refused> {
        let settings = asked.settings();
        self.series
            .iter()
            .map(|series| {
                let mut values = series.values(self.periods.len(), |counts| asked.measure.of(counts));
                let uncovered = |at: &usize| !series.is_covered(*at);
                (0..values.len()).filter(uncovered).for_each(|at| values[at] = None);
                let found = change_points_with_gaps(&values, &settings)?;
                let (source, key) = (series.source.clone(), series.key.clone());
                Ok(Levels { source, key, measure: asked.measure, found })
            })
            .collect()
    }
}
