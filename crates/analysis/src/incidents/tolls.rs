//! Totals of effects: parts are never added to the total that includes them, and a running toll replaces what it runs over.

use model::record::EffectRecord;
use model::{Category, EffectKind};

/// How many, at least and at most.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Range {
    /// Least.
    pub low: Option<f64>,
    /// Most; `None` is no upper end.
    pub high: Option<f64>,
    /// It is a running toll.
    pub running: bool,
}

/// The total of one kind in one claim; `None` where no number is given.
pub(super) fn total(effects: &[EffectRecord], kind: EffectKind) -> Option<Range> {
    sum(effects.iter().filter(|e| e.kind == kind && !is_part(effects, e)))
}

/// The total of one kind and category, where the words name the category; parts of a total count here, since the total
/// is of another category.
pub(super) fn of_category(effects: &[EffectRecord], kind: EffectKind, category: Category) -> Option<Range> {
    if matches!(category, Category::Mixed | Category::Unknown) {
        return None;
    }
    sum(effects.iter().filter(|e| e.kind == kind && e.category == Some(category)).filter(|e| {
        // A part of a total of the same category is in that total.
        e.part_of.and_then(|i| effects.get(i)).is_none_or(|whole| whole.category != Some(category))
    }))
}

/// Whether an effect is included in another that counts the same thing.
fn is_part(effects: &[EffectRecord], effect: &EffectRecord) -> bool {
    effect.part_of.and_then(|i| effects.get(i)).is_some_and(|whole| whole.kind == effect.kind)
}

fn sum<'a>(effects: impl Iterator<Item = &'a EffectRecord>) -> Option<Range> {
    let counted: Vec<&EffectRecord> = effects.filter(|e| e.low.is_some() || e.high.is_some()).collect();
    // A running toll includes what else the claim says; of several, the highest is the latest.
    if let Some(running) =
        counted.iter().filter(|e| e.cumulative).max_by(|a, b| a.low.unwrap_or(0.0).total_cmp(&b.low.unwrap_or(0.0)))
    {
        return Some(Range { low: running.low, high: running.high, running: true });
    }
    let first = counted.first()?;
    let start = Range { low: first.low, high: first.high, running: false };
    Some(counted[1..].iter().fold(start, |sum, e| Range {
        low: Some(sum.low.unwrap_or(0.0) + e.low.unwrap_or(0.0)),
        high: sum.high.zip(e.high).map(|(a, b)| a + b),
        running: false,
    }))
}
