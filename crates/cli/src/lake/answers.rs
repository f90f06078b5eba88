//! What the commands that reckon with claims have in common: what is asked, what it rests on, how it is written.

pub mod gather;
pub mod out;
pub mod rows;

use clap::Args;

use super::which::Which;
use super::{AsOfArguments, Where};
use out::Written;

/// What is asked, of which lake, as of when, and where the answer goes.
#[derive(Args)]
pub struct Asking {
    #[command(flatten)]
    pub place: Where,
    #[command(flatten)]
    pub as_of: AsOfArguments,
    #[command(flatten)]
    pub which: Which,
    #[command(flatten)]
    pub out: Written,
}
