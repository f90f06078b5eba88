//! What becomes of each input: a document, or a reason why there is none.
//!
//! Nothing that a reader was pointed at vanishes: every file, entry, item and record that claims to be
//! a report ends as one [`Outcome`].

use std::fmt;

use model::Document;

/// One input, read or skipped.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// A document.
    Read {
        /// The document.
        document: Box<Document>,
        /// The file, entry, item or address that it came from, for messages.
        source_name: String,
    },
    /// No document, and why.
    Skipped(Skipped),
}

/// An input, or the rest of one, that gave no document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{source_name}: {reason}")]
pub struct Skipped {
    /// The path or address, and the entry in it: `day.warc.gz, record 12`.
    pub source_name: String,
    /// Why.
    pub reason: SkipReason,
}

impl Skipped {
    /// A skipped input of this name.
    pub fn new(source_name: impl Into<String>, reason: SkipReason) -> Self {
        Self { source_name: source_name.into(), reason }
    }
}

/// Why an input, or the rest of one, gave no document.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SkipReason {
    /// Nothing of that name.
    Missing,
    /// The system would not let it be read.
    Unreadable(String),
    /// No bytes, or only blanks.
    Empty,
    /// A format that holds no text, or none that is read here.
    NotText {
        /// What it seems to be.
        what: String,
        /// What to try.
        hint: &'static str,
    },
    /// A language that is not read, as a BCP 47 tag.
    Language(String),
    /// Too little prose on a page to be a report.
    NoArticle,
    /// The input ends before it is complete; what came before the end was read.
    Truncated(String),
    /// A part that breaks the rules of its format.
    Broken(String),
    /// One document over the size limit.
    TooLarge {
        /// The limit in bytes.
        limit_bytes: u64,
    },
    /// A compressed input that grows too far, too fast or is packed too often.
    Bomb(String),
    /// A directory that was read already, reached again through a link; or one nested beyond reason.
    DirectoryLoop,
    /// A socket, device or pipe.
    NotAFile,
    /// The site's robots.txt asks not to be read here.
    Robots,
    /// The address leads to a machine that is not on the public internet.
    PrivateAddress(String),
    /// The address could not be fetched.
    Fetch(String),
    /// An archived request, redirect, image or note: no report is in it.
    NotAReport(String),
}

impl SkipReason {
    /// The kind as one word, for counting.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Unreadable(_) => "unreadable",
            Self::Empty => "empty",
            Self::NotText { .. } => "not_text",
            Self::Language(_) => "language",
            Self::NoArticle => "no_article",
            Self::Truncated(_) => "truncated",
            Self::Broken(_) => "broken",
            Self::TooLarge { .. } => "too_large",
            Self::Bomb(_) => "bomb",
            Self::DirectoryLoop => "directory_loop",
            Self::NotAFile => "not_a_file",
            Self::Robots => "robots",
            Self::PrivateAddress(_) => "private_address",
            Self::Fetch(_) => "fetch",
            Self::NotAReport(_) => "not_a_report",
        }
    }

    /// Whether something went wrong, so that a run which met it should say so in its exit code. What an
    /// archive holds besides reports is no fault.
    pub fn is_fault(&self) -> bool {
        !matches!(self, Self::NotAReport(_))
    }
}

impl fmt::Display for SkipReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("no such file or directory; check the path"),
            Self::Unreadable(why) => write!(f, "cannot be read ({why}); check its permissions"),
            Self::Empty => f.write_str("empty: there is no text in it"),
            Self::NotText { what, hint } => write!(f, "not text but {what}; {hint}"),
            Self::Language(tag) => write!(f, "language: {tag}; only English is read"),
            Self::NoArticle => f.write_str("no article found in the page; save the article's own page, or its text"),
            Self::Truncated(what) => {
                write!(f, "ends early ({what}); what came before was read; fetch it again for the rest")
            }
            Self::Broken(what) => write!(f, "broken: {what}; the rest was read"),
            Self::TooLarge { limit_bytes } => {
                write!(f, "one document of more than {limit_bytes} bytes; split it, or give it as JSON Lines")
            }
            Self::Bomb(what) => write!(f, "{what}; if it is genuine, unpack it first"),
            Self::DirectoryLoop => f.write_str("leads back to a directory already read, or too deep; not followed"),
            Self::NotAFile => f.write_str("neither a file nor a directory; give a file, or pipe it in as `-`"),
            Self::Robots => f.write_str("the site's robots.txt asks that it not be fetched; save the page by hand"),
            Self::PrivateAddress(what) => {
                write!(f, "leads to {what}, which is not on the public internet; private addresses must be allowed")
            }
            Self::Fetch(why) => write!(f, "could not be fetched: {why}"),
            Self::NotAReport(what) => write!(f, "holds no report: {what}"),
        }
    }
}
