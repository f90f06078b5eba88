//! Where a series of counts changes its level: PELT, with intervals.
