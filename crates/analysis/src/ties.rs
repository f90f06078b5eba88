//! Ties over time: who asserts and who denies them, since when, how they shift.
