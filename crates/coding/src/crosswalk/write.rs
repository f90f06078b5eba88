//! Claims to rows: which claims a data set can hold at all, and the row of one.

use model::record::ClaimRecord;
use model::toll::{self, Total};
use model::{Attitude, Dataset, EffectKind, Status, Text};

use super::{acled, gdelt, ged, icews, polecat};
use crate::catalogue::Catalogue;

/// Why a claim is not written as a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum NotWritten {
    /// Its own terms forbid passing it on.
    #[error("the terms of the row it was imported from forbid passing it on")]
    Restricted,
    /// Ties, figures, commitments, causes and statements are no events.
    #[error("no event")]
    NotAnEvent,
    /// Threatened, planned, called off: nothing that happened.
    #[error("not said to have occurred")]
    NotOccurred,
    /// Its asserter denies, doubts or takes it back.
    #[error("denied, doubted or taken back by who asserts it")]
    Denied,
    /// The data set has no place for it.
    #[error("{0}")]
    NoFit(&'static str),
}

/// The cells of a row that is being made, all empty at first.
#[derive(Debug)]
pub(super) struct Cells(Vec<String>);

impl Cells {
    pub(super) fn get(&self, column: usize) -> &str {
        self.0.get(column).map_or("", String::as_str)
    }

    pub(super) fn set(&mut self, column: usize, text: impl IntoCell) {
        if let (Some(cell), Some(text)) = (self.0.get_mut(column), text.into_cell()) {
            *cell = text;
        }
    }

    pub(super) fn is_empty(&self, column: usize) -> bool {
        self.0.get(column).is_none_or(String::is_empty)
    }
}

/// What a cell can be made of; nothing leaves it empty.
pub(super) trait IntoCell {
    fn into_cell(self) -> Option<String>;
}

impl IntoCell for &str {
    fn into_cell(self) -> Option<String> {
        Some(self.to_owned())
    }
}

impl IntoCell for String {
    fn into_cell(self) -> Option<String> {
        Some(self)
    }
}

impl IntoCell for Option<Text> {
    fn into_cell(self) -> Option<String> {
        self.map(String::from)
    }
}

impl IntoCell for Option<String> {
    fn into_cell(self) -> Option<String> {
        self
    }
}

/// The dead of the event, all tolls together; `None` where no number is given.
pub(super) fn dead(claim: &ClaimRecord) -> Result<Option<Total>, NotWritten> {
    match toll::total(&claim.effects, EffectKind::Killed) {
        Some(total) if total.running => Err(NotWritten::NoFit("its toll runs over more than one event")),
        total => Ok(total),
    }
}

/// The row of a claim in the columns of a data set, in its order. Cells that the model does not hold stay empty.
pub fn write_row(dataset: Dataset, claim: &ClaimRecord, catalogue: &Catalogue) -> Result<Vec<String>, NotWritten> {
    if claim.row.as_ref().is_some_and(|row| row.restricted) {
        return Err(NotWritten::Restricted);
    }
    if claim.kind != "event" {
        return Err(NotWritten::NotAnEvent);
    }
    if claim.status != Status::Occurred {
        return Err(NotWritten::NotOccurred);
    }
    if matches!(claim.attitude, Attitude::Denies | Attitude::Doubts | Attitude::Retracts) {
        return Err(NotWritten::Denied);
    }
    // Every one of these tables goes by days, and its readers refuse a row without one.
    if claim.time.as_ref().and_then(|t| t.from).is_none() {
        return Err(NotWritten::NoFit("the claim names no day"));
    }
    let mut cells = Cells(vec![String::new(); dataset.fixed_columns()]);
    match dataset {
        Dataset::Ged => ged::write(claim, catalogue, &mut cells)?,
        Dataset::Acled => acled::write(claim, catalogue, &mut cells)?,
        Dataset::Gdelt => gdelt::write(claim, catalogue, &mut cells)?,
        Dataset::Polecat => polecat::write(claim, catalogue, &mut cells),
        Dataset::Icews => icews::write(claim, catalogue, &mut cells)?,
        Dataset::GdeltMentions => return Err(NotWritten::NoFit("mentions are of articles, not of claims")),
    }
    Ok(cells.0)
}
