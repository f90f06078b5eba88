//! Annotated sentences to claims: frames, parties, places, times, effects, attribution. Lexicons are data.
//!
//! Coding is pure: the same document, annotation and catalogues give the same claims.

pub mod frames;
pub mod speech;
pub mod status;
pub mod syntax;
