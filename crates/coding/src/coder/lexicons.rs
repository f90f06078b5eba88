//! The files that a coder reads, and the hash by which its claims name them.
//!
//! Lexicons that one module alone reads are embedded there; here they are only hashed. A file that is left out of the
//! hash would let two different coders pass for one.

use super::CODER;
use crate::catalogue::Catalogue;
use crate::{causes, commitments, confidence, figures, references, replies, roles, vetoes};

/// The frames, by file.
pub(super) const FRAME_FILES: &[(&str, &str)] = &[
    ("AGREE.toml", include_str!("../../../../data/frames/AGREE.toml")),
    ("CONSULT.toml", include_str!("../../../../data/frames/CONSULT.toml")),
    ("SUPPORT.toml", include_str!("../../../../data/frames/SUPPORT.toml")),
    ("CONCEDE.toml", include_str!("../../../../data/frames/CONCEDE.toml")),
    ("COOPERATE.toml", include_str!("../../../../data/frames/COOPERATE.toml")),
    ("AID.toml", include_str!("../../../../data/frames/AID.toml")),
    ("RETREAT.toml", include_str!("../../../../data/frames/RETREAT.toml")),
    ("REQUEST.toml", include_str!("../../../../data/frames/REQUEST.toml")),
    ("ACCUSE.toml", include_str!("../../../../data/frames/ACCUSE.toml")),
    ("REJECT.toml", include_str!("../../../../data/frames/REJECT.toml")),
    ("THREATEN.toml", include_str!("../../../../data/frames/THREATEN.toml")),
    ("PROTEST.toml", include_str!("../../../../data/frames/PROTEST.toml")),
    ("SANCTION.toml", include_str!("../../../../data/frames/SANCTION.toml")),
    ("MOBILIZE.toml", include_str!("../../../../data/frames/MOBILIZE.toml")),
    ("COERCE.toml", include_str!("../../../../data/frames/COERCE.toml")),
    ("bombs.toml", include_str!("../../../../data/frames/bombs.toml")),
    ("ASSAULT.toml", include_str!("../../../../data/frames/ASSAULT.toml")),
    ("ties.toml", include_str!("../../../../data/frames/ties.toml")),
];
/// Words that decide whether something happened.
pub(super) const GOVERNORS: &str = include_str!("../../../../data/lexicons/governors.tsv");
/// Words of saying.
pub(super) const REPORTING: &str = include_str!("../../../../data/lexicons/reporting.tsv");
/// Words that give a mode.
pub(super) const MODES: &str = include_str!("../../../../data/lexicons/modes.tsv");
/// Words that give a context.
pub(super) const CONTEXTS: &str = include_str!("../../../../data/lexicons/contexts.tsv");

/// Hash of the coder's version, all its files and a catalogue.
pub(super) fn fingerprint(catalogue: &Catalogue) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(CODER.as_bytes());
    for content in FRAME_FILES.iter().map(|f| f.1).chain([
        GOVERNORS,
        REPORTING,
        MODES,
        CONTEXTS,
        figures::LEXICON,
        commitments::LEXICON,
        causes::LEXICON,
        replies::LEXICON,
        vetoes::LEXICON,
        roles::LEXICON,
        confidence::WEIGHTS,
        references::TABLES[0],
        references::TABLES[1],
    ]) {
        hasher.update(&(content.len() as u64).to_le_bytes());
        hasher.update(content.as_bytes());
    }
    hasher.update(catalogue.fingerprint().as_bytes());
    hasher.finalize().to_hex()[..16].to_owned()
}
