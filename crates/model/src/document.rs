//! A document: one report as it was read, with the text that every span points into.

use crate::id::DocumentId;
use crate::time::When;

/// One report. `text` never changes after construction; spans of all later stages point into it.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    id: DocumentId,
    text: String,
    /// The id that the source gave it, if any.
    pub source_id: Option<String>,
    /// Where it was found.
    pub url: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// When it was published, as far as the document says.
    pub published: Option<When>,
    /// When it entered the lake; `None` before.
    pub recorded: Option<When>,
    /// Language as a BCP 47 tag (`en`), `None` where it could not be told.
    pub language: Option<String>,
    /// The document of which this is a near-copy.
    pub copy_of: Option<DocumentId>,
    /// What is odd about it.
    pub problems: Vec<Problem>,
}

/// What is known of a document besides its text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Metadata {
    /// The id that the source gave it.
    pub source_id: Option<String>,
    /// Where it was found.
    pub url: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// When it was published.
    pub published: Option<When>,
}

impl Document {
    /// A document of this text. Its id is the hash of text, source id or address, publisher and date, so
    /// that the same wire text from two outlets is two documents.
    pub fn new(text: String, metadata: Metadata) -> Self {
        let source = metadata.source_id.as_deref().or(metadata.url.as_deref()).unwrap_or_default();
        let published = metadata.published.as_ref().map(ToString::to_string).unwrap_or_default();
        let id = DocumentId::of([
            text.as_bytes(),
            source.as_bytes(),
            metadata.publisher.as_deref().unwrap_or_default().as_bytes(),
            published.as_bytes(),
        ]);
        let Metadata { source_id, url, title, publisher, published } = metadata;
        Self {
            id,
            text,
            source_id,
            url,
            title,
            publisher,
            published,
            recorded: None,
            language: None,
            copy_of: None,
            problems: Vec::new(),
        }
    }

    /// Its id.
    pub fn id(&self) -> &DocumentId {
        &self.id
    }

    /// The text that all spans point into.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// Something odd about a document that did not stop it from being read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What sort of oddity.
    pub kind: ProblemKind,
    /// What was seen, in words.
    pub detail: String,
}

impl Problem {
    /// A problem of this kind.
    pub fn new(kind: ProblemKind, detail: impl Into<String>) -> Self {
        Self { kind, detail: detail.into() }
    }
}

/// Sorts of oddity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum ProblemKind {
    /// Bytes that are no text in the encoding were replaced.
    Encoding,
    /// No publication date was found.
    NoDate,
    /// A date whose day and month cannot be told apart (03/04/2025) was left out.
    AmbiguousDate,
    /// Control characters or NUL bytes were replaced by spaces.
    ControlCharacters,
    /// The input ended early; what came before it was read.
    Truncated,
    /// Mark-up was broken or nested too deep; a plainer extraction was used.
    Markup,
    /// The text was cut at a size limit.
    TooLong,
    /// A sentence was so long that it was split where no sentence ends.
    LongSentence,
    /// A part is in a language that is not read.
    OtherLanguage,
}

impl ProblemKind {
    /// The kind as it is printed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Encoding => "encoding",
            Self::NoDate => "no_date",
            Self::AmbiguousDate => "ambiguous_date",
            Self::ControlCharacters => "control_characters",
            Self::Truncated => "truncated",
            Self::Markup => "markup",
            Self::TooLong => "too_long",
            Self::LongSentence => "long_sentence",
            Self::OtherLanguage => "other_language",
        }
    }
}
