//! Answers as people see them: a table, rows for a spreadsheet, a figure, and in words what they rest on.
//!
//! The command line and the pages show the same answers; how one looks is told once, here. Nothing here reckons: what is
//! shown was found by `analysis`. Nothing reads or writes but to the writer that it is given, and the same answer is shown
//! the same, to the last byte.

mod causes;
mod ceasefires;
mod changes;
mod commitments;
mod cycles;
pub mod deeds;
mod figures;
mod forecasts;
pub mod grounds;
pub mod paper;
mod said;
mod series;
pub mod sheet;
pub mod situation;
mod ties;
mod whatif;

use std::io::{self, Write};

use analysis::Grounds;
use serde::Serialize;

pub use causes::{Loops, Paths};
pub use ceasefires::{Ceasefires, Survival};
pub use changes::WhatChanged;
pub use commitments::Commitments;
pub use cycles::Cycles;
pub use figures::Figures;
pub use forecasts::{ForecastRecord, Forecasts};
pub use series::OverTime;
pub use ties::{Between, Levers, Sentences, TieNetwork, Tied};
pub use whatif::WhatIf;

/// An answer that can be shown. As JSON it is its serde form.
pub trait Answer: Serialize {
    /// For people, without what it rests on; lines of at most some 120 characters.
    fn table(&self, out: &mut dyn Write) -> io::Result<()>;

    /// The names of the columns, and a row a line; what is not known is an empty cell.
    fn rows(&self) -> (Vec<&'static str>, Vec<Vec<String>>);

    /// The figure as SVG, so many points wide, with its source, period, number and caveats at its foot.
    fn figure(&self, grounds: &Grounds, width: u32) -> String;
}
