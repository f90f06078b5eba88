//! How well claims are set side by side, measured on tables whose answer is known. The texts of the tables are passed in.

pub mod ged;
pub mod made;
pub mod meltt;
pub mod pairs;
pub mod random;
