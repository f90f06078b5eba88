//! Claims of the same happening, across reports and inside one, set side by side.
//!
//! In order: [`Corpus`] keeps claims in a compact form ([`Happening`]), for those that tell of something that happened or
//! is denied to have. `block` proposes pairs that could be one by time, place and parties; `score` weighs a pair field by
//! field with the numbers of [`weights`], as exactly as each field is known, and [`explain`] says the same in words.
//! [`weigh`] groups claims so that no two of a group speak against one another; [`reweigh`] does so again for what new
//! claims touch. [`mint`] gives groups ids that survive growth. [`account`] makes an [`model::Incident`] of a group: one
//! account a claimant, nothing averaged. [`taxonomy`] is another method, for data sets with taxonomies (MELTT).
//!
//! Refused: content that is only planned, promised, threatened, demanded, possible or hypothetical is no happening.
//! Nothing here decides which account is true.

pub mod account;
mod block;
mod cluster;
mod explain;
pub mod happening;
pub mod independence;
pub mod measure;
pub mod mint;
mod score;
mod standing;
pub mod taxonomy;
pub mod types;
mod weigh;
pub mod weights;
mod words;

/// What decides how claims are weighed, as one word: where it is another than when a lake was weighed, all is weighed anew.
pub fn fingerprint() -> String {
    use std::hash::{Hash, Hasher};
    let mut hasher = rustc_hash::FxHasher::default();
    for source in [
        include_str!("incidents/block.rs"),
        include_str!("incidents/cluster.rs"),
        include_str!("incidents/happening.rs"),
        include_str!("incidents/score.rs"),
        include_str!("../../model/src/toll.rs"),
        include_str!("incidents/types.rs"),
        include_str!("incidents/weigh.rs"),
        include_str!("incidents/weights.rs"),
        include_str!("incidents/words.rs"),
    ] {
        source.hash(&mut hasher);
    }
    format!("weigh_{:016x}", hasher.finish())
}

pub use account::account;
pub use explain::{Explanation, Line, explain};
pub use happening::{Corpus, Happening};
pub use independence::{NoFacts, PublisherFacts};
pub use mint::{Alias, Minted, mint};
pub use score::{Field, Verdict};
pub use weigh::{Constraints, Weighed, reweigh, weigh, weigh_with};
