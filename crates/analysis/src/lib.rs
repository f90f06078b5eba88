//! What follows from many claims: which of them tell of one happening and what may be held of it, who stands behind a
//! publication, how far two sources of events agree; how it went over time, what changed, which ties and promises stand,
//! which truces held, and what, in whose judgement, moves what.
//!
//! Everything here is a pure function of records that are passed in: no input or output, no clock, no lake. The results
//! depend neither on the order in which claims arrive nor on the number of threads.

pub mod causes;
pub mod ceasefires;
pub mod changepoints;
pub mod changes;
pub mod commitments;
pub mod compare;
pub mod cycles;
pub mod figures;
pub mod forecast;
pub mod grounds;
pub mod incidents;
mod interval;
mod normal;
pub mod publishers;
pub mod series;
pub mod ties;
pub mod whatif;

pub use grounds::{Grounds, Report};
pub use incidents::independence::Told;
