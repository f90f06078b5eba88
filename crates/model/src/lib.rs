//! The nouns of annalist: ids, spans, documents, annotated sentences, claims.
//!
//! Nothing here reads, writes or prints. Every other crate depends on this one and, below the
//! pipeline, on no other. [`record`] holds the JSON of the public contract as structs of its own, so
//! that the nouns may move while the contract stands.

pub mod annotation;
pub mod claim;
pub mod codes;
pub mod document;
pub mod id;
pub mod incident;
pub mod place;
pub mod priogrid;
pub mod record;
pub mod span;
pub mod table;
pub mod time;
pub mod toll;

pub use annotation::{
    Annotated, CausalRelation, Causality, Deprel, Feats, Head, Name, NameKind, Sentence, Token, Upos,
};
pub use claim::{
    Attribution, CausalPart, Claim, Commitment, Count, Effect, Evidence, Link, Party, Phrase, Proposition, Quote, Terms,
};
pub use codes::{Attitude, Basis, Category, EffectKind, EventType, Polarity, Precision, Rel, Status, TieType};
pub use document::{Document, Metadata, Problem, ProblemKind};
/// Text that is short or repeats itself, as names, codes and ids do: up to 23 bytes lie in place, longer ones are shared,
/// so that a copy allocates nothing. It reads as a `str`.
pub use smol_str::SmolStr as Text;

pub use id::{ClaimId, CountryCode, DocumentId, IncidentId, PartyId, RunId};
pub use incident::{Account, EffectRange, Incident, Standing, Toll};
pub use place::{Place, PlaceIds};
pub use span::{Span, SpanError};
pub use table::{Dataset, Row, RowFault};
pub use time::{Granularity, Time, When};
