//! Annotated sentences to claims: frames, parties, places, times, effects, attribution. Lexicons are data.
//!
//! Coding is pure: the same document, annotation and catalogues give the same claims.

mod attach;
pub mod attribution;
pub mod catalogue;
pub mod causes;
mod ceasefire;
pub mod coder;
pub mod commitments;
mod confidence;
pub mod crosswalk;
mod discourse;
mod draft;
mod effects;
pub mod figures;
pub mod frames;
pub mod gazetteer;
mod happenings;
mod intent;
mod lexicons;
mod mending;
mod mouths;
pub mod numbers;
mod pairs;
mod patterns;
pub mod places;
pub mod references;
pub mod replies;
mod roles;
pub mod rules;
mod sources;
mod speakers;
pub mod speech;
mod statements;
pub mod status;
pub mod syntax;
pub mod times;
mod turns;
mod vetoes;
mod word_classes;
