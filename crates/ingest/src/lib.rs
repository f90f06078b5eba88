//! Bytes to documents: files, pages, feeds, archives, addresses; extraction, language, near-copies.
//!
//! [`read()`] takes a [`Source`] and hands out one [`Outcome`] after another: a [`model::Document`], or an input
//! that was skipped and why. It streams: memory does not grow with the size of an archive, and whatever is odd
//! about one input leaves the others alone. [`CopyFinder`] tells near-copies among documents in reading order.
//!
//! [`tables`] finds the rows of others' event data sets.
//!
//! What this crate refuses to do: guess dates, run scripts, follow links, read what is not English, print.
//!
//! The stages: [`mod@read`] (walk, unpack, tell formats apart) → `jsonl`, `feed`, `warc`, `markdown`, `html` (a
//! format's own reader, to a draft) → `draft` (language, date, publisher) → [`Outcome`].

mod address;
mod copies;
mod date;
mod decode;
mod draft;
mod feed;
mod fetch;
mod format;
mod html;
mod jsonl;
mod language;
mod markdown;
mod options;
mod outcome;
mod packed;
mod read;
pub mod score;
mod source;
pub mod tables;
mod warc;

pub use address::not_public;
pub use copies::CopyFinder;
pub use fetch::USER_AGENT;
pub use options::{Limits, Options};
pub use outcome::{Outcome, SkipReason, Skipped};
pub use read::{read, read_bytes};
pub use source::{Source, SourceError};

/// The article of a page, without its headline; empty where there is none. For measuring extraction.
pub fn article_text(html: &str, limits: &Limits) -> String {
    html::extract(html, limits).body
}
