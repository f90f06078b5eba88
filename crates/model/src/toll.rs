//! Totals of effects: parts are never added to the total that includes them, and a running toll replaces what it runs over.

use crate::codes::{Category, EffectKind};
use crate::record::EffectRecord;

/// How many, at least and at most.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Total {
    /// Least.
    pub low: Option<f64>,
    /// Most; `None` is no upper end.
    pub high: Option<f64>,
    /// The number itself, where one is stated for all of them.
    pub best: Option<f64>,
    /// It is a running toll, of more than the happening.
    pub running: bool,
}

/// The total of one kind in one claim; `None` where no number is given.
pub fn total(effects: &[EffectRecord], kind: EffectKind) -> Option<Total> {
    sum(effects.iter().filter(|e| e.kind == kind && !is_part(effects, e)))
}

/// The total of one kind and category, where the words name the category; parts of a total count here, since the total
/// is of another category.
pub fn of_category(effects: &[EffectRecord], kind: EffectKind, category: Category) -> Option<Total> {
    if matches!(category, Category::Mixed | Category::Unknown) {
        return None;
    }
    sum(effects.iter().filter(|e| e.kind == kind && e.category == Some(category)).filter(|e| {
        // A part of a total of the same category is in that total.
        e.part_of.and_then(|i| effects.get(i)).is_none_or(|whole| whole.category != Some(category))
    }))
}

/// Whether an effect is included in another that counts the same thing.
pub fn is_part(effects: &[EffectRecord], effect: &EffectRecord) -> bool {
    effect.part_of.and_then(|i| effects.get(i)).is_some_and(|whole| whole.kind == effect.kind)
}

fn sum<'a>(effects: impl Iterator<Item = &'a EffectRecord>) -> Option<Total> {
    let numbers = |e: &&EffectRecord| e.low.is_some() || e.high.is_some() || e.best.is_some();
    let counted: Vec<&EffectRecord> = effects.filter(numbers).collect();
    let of = |e: &EffectRecord| Total { low: e.low.or(e.best), high: e.high, best: e.best, running: e.cumulative };
    // A running toll includes what else the claim says; of several, the highest is the latest.
    let running = counted.iter().filter(|e| e.cumulative).map(|e| of(e));
    if let Some(running) = running.max_by(|a, b| a.low.unwrap_or(0.0).total_cmp(&b.low.unwrap_or(0.0))) {
        return Some(running);
    }
    counted.into_iter().map(of).reduce(|sum, e| Total {
        // Of what has no lower end, none at least.
        low: match (sum.low, e.low) {
            (None, None) => None,
            (a, b) => Some(a.unwrap_or(0.0) + b.unwrap_or(0.0)),
        },
        high: sum.high.zip(e.high).map(|(a, b)| a + b),
        best: sum.best.zip(e.best).map(|(a, b)| a + b),
        running: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn killed(low: Option<f64>, high: Option<f64>) -> EffectRecord {
        EffectRecord {
            kind: EffectKind::Killed,
            low,
            high,
            best: None,
            of: None,
            party: None,
            category: None,
            part_of: None,
            cumulative: false,
            span: None,
        }
    }

    #[test]
    fn tolls_add_up_where_they_can() {
        let total_of =
            |effects: &[EffectRecord]| total(effects, EffectKind::Killed).map(|t| (t.low, t.high, t.running));
        assert_eq!(total_of(&[]), None);
        assert_eq!(total_of(&[killed(None, None)]), None);
        let (three, many, few) = (killed(Some(3.0), Some(3.0)), killed(Some(20.0), None), killed(None, Some(5.0)));
        assert_eq!(total_of(&[three.clone(), many.clone()]), Some((Some(23.0), None, false)));
        assert_eq!(total_of(&[few.clone(), few.clone()]), Some((None, Some(10.0), false)));
        let part = EffectRecord { part_of: Some(0), ..killed(Some(2.0), Some(2.0)) };
        assert_eq!(total_of(&[three.clone(), part]), Some((Some(3.0), Some(3.0), false)));
        let running = EffectRecord { cumulative: true, ..killed(Some(40.0), Some(40.0)) };
        assert_eq!(total_of(&[three, running]), Some((Some(40.0), Some(40.0), true)));
    }
}
