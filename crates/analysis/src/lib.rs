//! What follows from many claims: which of them tell of one happening and what may be held of it, who stands behind a
//! publication, how far two sources of events agree.
//!
//! Everything here is a pure function of records that are passed in: no input or output, no clock, no lake. The results
//! depend neither on the order in which claims arrive nor on the number of threads.

pub mod compare;
pub mod incidents;
pub mod publishers;
