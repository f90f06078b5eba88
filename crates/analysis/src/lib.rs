//! What many claims say together. Pure: rows come in, answers go out, nothing is read or kept.

pub mod compare;
pub mod publishers;
