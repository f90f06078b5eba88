//! Ties over time: who is told to stand how to whom, who says so and who denies it, since when, and how it shifts.
//!
//! In order: [`acts()`] counts what parties do to each other, each happening once. [`intervals`] sets claims of ties side by
//! side, one tie each with its voices. [`warming()`] makes a series of what happened between two parties and finds where its
//! level shifts ([`level`]). [`network()`] is the ties of a day, [`triads()`] the threes in it, balanced or not. [`leverage()`]
//! says who depends on whom and what of it is closed and opened. What each type of tie and event says stands in `data/ties`.
//!
//! Refused: to end a tie because it is not spoken of, to advise, and to foretell. Data enters as claims ([`crate::Told`])
//! and leaves as structs that carry the claims behind them. `docs/ties.md` is for people who read the answers.

pub mod acts;
mod interest;
pub mod interval;
pub mod level;
pub mod leverage;
pub mod network;
mod party;
mod tables;
pub mod triads;
mod voices;
pub mod warming;

pub use acts::{Act, acts, dyads};
pub use interval::{Tie, TieStanding, Ties, intervals};
pub use leverage::{Leverage, leverage};
pub use network::{Network, Window, network};
pub use party::Key;
pub use tables::{Sign, TieKind, tone};
pub use triads::{Balance, Side, Triad, triads};
pub use voices::{Interest, Voice};
pub use warming::{Direction, Period, Warming, warming};
