//! Annotated sentences to claims: frames, parties, places, times, effects, attribution. Lexicons are data.

pub mod gazetteer;
pub mod numbers;
pub mod places;
pub mod times;
