//! Byte ranges into a document's stored text.

use serde::{Deserialize, Serialize};

/// A byte range `[start, end)` of a document's text, on character boundaries.
///
/// The only ways to make one check it against the text, so that a span in hand always slices cleanly.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "[u32; 2]", from = "[u32; 2]")]
pub struct Span {
    start: u32,
    end: u32,
}

/// Why a range is no span of a text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("bytes {start}..{end} are no span of a text of {len} bytes: {why}")]
pub struct SpanError {
    start: usize,
    end: usize,
    len: usize,
    why: &'static str,
}

impl Span {
    /// The span `start..end` of `text`; an error where it is reversed, runs past the end or splits a character.
    pub fn new(text: &str, start: usize, end: usize) -> Result<Self, SpanError> {
        let fail = |why| Err(SpanError { start, end, len: text.len(), why });
        if start > end {
            return fail("it ends before it starts");
        }
        if end > text.len() || u32::try_from(end).is_err() {
            return fail("it runs past the end");
        }
        if !text.is_char_boundary(start) || !text.is_char_boundary(end) {
            return fail("it splits a character");
        }
        #[expect(clippy::cast_possible_truncation, reason = "checked against u32 above")]
        Ok(Self { start: start as u32, end: end as u32 })
    }

    /// First byte.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// One past the last byte.
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The words it stands for. `text` must be the text that the span was made on.
    pub fn of(self, text: &str) -> &str {
        &text[self.start()..self.end()]
    }

    /// The smallest span that holds both; both must be of the same text.
    #[must_use]
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Whether `other` lies within.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }
}

impl From<Span> for [u32; 2] {
    fn from(span: Span) -> [u32; 2] {
        [span.start, span.end]
    }
}

impl From<[u32; 2]> for Span {
    /// For records read back from storage, whose spans were checked when they were made.
    fn from([start, end]: [u32; 2]) -> Span {
        Span { start: start.min(end), end: end.max(start) }
    }
}

impl std::fmt::Debug for Span {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_clean_slices_are_spans() {
        let text = "Türkiye";
        assert_eq!(Span::new(text, 0, 3).unwrap().of(text), "Tü");
        assert!(Span::new(text, 0, 2).is_err());
        assert!(Span::new(text, 3, 1).is_err());
        assert!(Span::new(text, 0, 99).is_err());
    }
}
