//! Counts of units by month, and what of them a forecaster may see.

use std::collections::BTreeMap;

use super::{Month, Refused};

/// Units by months; a count is known (zero among them) or not.
#[derive(Clone, Debug, PartialEq)]
pub struct Panel {
    units: Vec<String>,
    first: Month,
    /// By unit, each as long as the panel.
    counts: Vec<Vec<Option<f64>>>,
    months: usize,
}

impl Panel {
    /// From rows of unit, month and count in any order. What has no row is unknown, never zero.
    pub fn new(rows: impl IntoIterator<Item = (String, Month, f64)>) -> Result<Self, Refused> {
        let mut by_unit: BTreeMap<String, BTreeMap<Month, f64>> = BTreeMap::new();
        for (unit, month, value) in rows {
            if !value.is_finite() || value < 0.0 {
                return Err(Refused::NoCount { unit, month, value });
            }
            if by_unit.entry(unit.clone()).or_default().insert(month, value).is_some() {
                return Err(Refused::Twice { unit, month });
            }
        }
        let all = || by_unit.values().flat_map(BTreeMap::keys);
        let (Some(&first), Some(&last)) = (all().min(), all().max()) else { return Err(Refused::Empty) };
        let months = usize::try_from(last.since(first)).unwrap_or(0) + 1;
        let counts = by_unit
            .values()
            .map(|known| (0..months).map(|m| known.get(&first.plus(offset(m))).copied()).collect())
            .collect();
        Ok(Self { units: by_unit.into_keys().collect(), first, counts, months })
    }

    /// Names of the units, in order; everything else here numbers them from 0.
    pub fn units(&self) -> &[String] {
        &self.units
    }

    /// First month.
    pub fn first(&self) -> Month {
        self.first
    }

    /// Last month.
    pub fn last(&self) -> Month {
        self.first.plus(offset(self.months - 1))
    }

    /// What came: for scoring, not for forecasting. `None` if unknown.
    pub fn outcome(&self, unit: usize, month: Month) -> Option<f64> {
        let at = usize::try_from(month.since(self.first)).ok()?;
        *self.counts.get(unit)?.get(at)?
    }

    /// What could be seen at the end of a month.
    pub fn as_of(&self, month: Month) -> Result<View<'_>, Refused> {
        if month < self.first || month > self.last() {
            return Err(Refused::Outside { asked: month, first: self.first, last: self.last() });
        }
        Ok(View { panel: self, as_of: month })
    }
}

/// A panel up to its as-of month. There is no way from here to anything later: the panel is private to this file.
#[derive(Clone, Copy, Debug)]
pub struct View<'p> {
    panel: &'p Panel,
    as_of: Month,
}

impl<'p> View<'p> {
    /// The last month that it shows.
    pub fn as_of(&self) -> Month {
        self.as_of
    }

    /// The first month that it shows.
    pub fn first(&self) -> Month {
        self.panel.first
    }

    /// How many units.
    pub fn units(&self) -> usize {
        self.panel.units.len()
    }

    /// How many months.
    pub fn months(&self) -> usize {
        usize::try_from(self.as_of.since(self.panel.first)).unwrap_or(0) + 1
    }

    /// Counts of a unit from the first month to the as-of month.
    pub fn counts(&self, unit: usize) -> &'p [Option<f64>] {
        &self.panel.counts[unit][..self.months()]
    }

    /// The last so many months of a unit, or fewer where the panel is younger.
    pub fn recent(&self, unit: usize, months: usize) -> &'p [Option<f64>] {
        let all = self.counts(unit);
        &all[all.len().saturating_sub(months)..]
    }

    /// Whether a unit is forecast: known in one of the last twelve months.
    pub fn is_forecast(&self, unit: usize) -> bool {
        self.recent(unit, 12).iter().any(Option::is_some)
    }

    /// What could be seen so many months before; `None` before the first month.
    pub fn earlier(&self, months: usize) -> Option<Self> {
        let as_of = self.as_of.plus(-offset(months));
        (as_of >= self.panel.first).then_some(Self { panel: self.panel, as_of })
    }

    /// Whether both look at the same panel.
    pub fn same_panel(&self, other: &View<'_>) -> bool {
        std::ptr::eq(self.panel, other.panel)
    }
}

fn offset(months: usize) -> i32 {
    i32::try_from(months).expect("a panel has fewer than two billion months")
}
