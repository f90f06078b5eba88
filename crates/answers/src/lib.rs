//! Questions put to a lake, answered: what the command line and the pages both say.
//!
//! A [`Question`] and a [`Desk`] go in, a [`Grounded`] answer comes out: what `analysis` found in the claims and incidents
//! that fit, in the form in which `present` shows it, with what it rests on. Nothing here prints, parses arguments or keeps
//! anything but the ids of incidents.
//!
//! Calls block: they wait for the lake on the runtime that the desk was given, so an async caller makes them on a thread for
//! blocking work.

mod accounts;
mod brief;
pub mod care;
mod causes;
mod ceasefires;
mod changes;
mod commitments;
pub mod cycles;
pub mod decide;
mod desk;
mod error;
mod figures;
pub mod forecast;
mod gather;
mod ledger;
mod order;
mod question;
pub mod records;
mod rows;
mod series;
pub mod sheet;
mod situation;
mod ties;
mod timeline;
mod weighing;
pub mod whatif;
mod whole;
pub mod words;

use analysis::Grounds;
use serde::Serialize;

pub use accounts::{Accounts, Known};
pub use brief::{Brief, chosen};
pub use causes::{causes, loops, paths};
pub use ceasefires::{CeasefiresAsked, ceasefires, survival};
pub use changes::{ChangesAsked, changes};
pub use commitments::commitments;
pub use desk::Desk;
pub use error::AnswerError;
pub use figures::figures;
pub use gather::grounds_of_incidents;
pub use ledger::Entry;
pub use order::{Order, Place};
pub use question::Question;
pub use rows::Source;
pub use series::{SeriesAsked, series};
pub use situation::situation;
pub use ties::{NetworkAsked, leverage, network, shifts, spans};
pub use timeline::{Timeline, Truce, granularity, timeline};
pub use weighing::{Weighing, weigh, weigh_apart};
pub use whole::{Denial, Given, Member, Reply, Whole, incident};

/// An answer with what it rests on; as JSON the two side by side.
#[derive(Clone, Debug, Serialize)]
pub struct Grounded<A> {
    /// What it rests on.
    pub grounds: Grounds,
    /// The answer.
    pub answer: A,
}
