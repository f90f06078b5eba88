//! What follows from many claims: which of them tell of one happening, and what may be held of it.
//!
//! Everything here is a pure function of records that are passed in: no input or output, no clock, no lake. The results
//! depend neither on the order in which claims arrive nor on the number of threads.

pub mod incidents;
