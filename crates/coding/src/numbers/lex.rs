//! A light cut of text into words, figures and signs, finer and steadier than any treebank's.
//!
//! Numbers and times are read from this cut rather than from the annotated tokens, because tokenisers differ
//! in just the places that matter here ("48-hour", "p.m.", "20-25"). Results are mapped back by their bytes.

use std::ops::Range;

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Letters.
    Word,
    /// Figures, with separators between them ("1,234.5").
    Figure,
    /// Any other single character.
    Sign,
}

/// One piece.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Piece {
    /// Bytes of the text.
    pub at: Range<usize>,
    /// In lower case; typographic dashes and apostrophes as their plain selves.
    pub low: String,
    /// What it is.
    pub kind: Kind,
    /// Whether white space stands before it.
    pub space: bool,
    /// Whether it begins with a capital letter.
    pub capital: bool,
}

/// Cuts `text[within]`; `within` must lie on character boundaries.
pub(crate) fn cut(text: &str, within: Range<usize>) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let Some(slice) = text.get(within.clone()) else { return pieces };
    let mut space = false;
    let mut chars = slice.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if c.is_whitespace() {
            space = true;
            continue;
        }
        let mut end = start + c.len_utf8();
        let kind = if c.is_ascii_digit() {
            while let Some(&(i, next)) = chars.peek() {
                let follows = || slice[i + next.len_utf8()..].starts_with(|d: char| d.is_ascii_digit());
                let thousands = || {
                    let rest = &slice.as_bytes()[i + 1..];
                    rest.len() >= 3
                        && rest[..3].iter().all(u8::is_ascii_digit)
                        && !rest.get(3).is_some_and(u8::is_ascii_digit)
                };
                let joins = next.is_ascii_digit()
                    || (next == '.' && follows() && !slice[start..i].contains('.'))
                    || (next == ',' && thousands());
                if !joins {
                    break;
                }
                chars.next();
                end = i + next.len_utf8();
            }
            Kind::Figure
        } else if c.is_alphabetic() {
            while let Some(&(i, next)) = chars.peek() {
                if !(next.is_alphabetic() || is_mark(next)) {
                    break;
                }
                chars.next();
                end = i + next.len_utf8();
            }
            Kind::Word
        } else {
            Kind::Sign
        };
        let low = match c {
            '–' | '—' | '‑' | '‐' | '−' => "-".to_owned(),
            '’' | '‘' | 'ʼ' => "'".to_owned(),
            _ => slice[start..end].to_lowercase(),
        };
        let at = within.start + start..within.start + end;
        pieces.push(Piece { at, low, kind, space, capital: c.is_uppercase() });
        space = false;
    }
    pieces
}

/// A combining mark, which belongs to the letter before it.
fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// A cursor over pieces: each step takes what it asks for or leaves everything as it was.
#[derive(Clone, Copy)]
pub(crate) struct Cursor<'a> {
    /// All pieces.
    pub pieces: &'a [Piece],
    /// The next one.
    pub at: usize,
}

impl<'a> Cursor<'a> {
    /// A cursor at piece `at`.
    pub fn new(pieces: &'a [Piece], at: usize) -> Self {
        Self { pieces, at }
    }

    /// The next piece.
    pub fn peek(&self) -> Option<&'a Piece> {
        self.pieces.get(self.at)
    }

    /// The lower-case form of the next piece, or nothing.
    pub fn low(&self) -> &'a str {
        self.peek().map_or("", |p| p.low.as_str())
    }

    /// The lower-case form of a piece further on (or back).
    pub fn low_at(&self, offset: isize) -> &'a str {
        self.at.checked_add_signed(offset).and_then(|i| self.pieces.get(i)).map_or("", |p| p.low.as_str())
    }

    /// Takes the next piece if it is this word.
    pub fn word(&mut self, word: &str) -> bool {
        let hit = self.low() == word;
        self.at += usize::from(hit);
        hit
    }

    /// Takes the next pieces if they are these words, parted by single blanks in `phrase`.
    pub fn phrase(&mut self, phrase: &str) -> bool {
        let start = self.at;
        for word in phrase.split(' ') {
            if !self.word(word) {
                self.at = start;
                return false;
            }
        }
        true
    }

    /// Takes the first of these phrases that stands here; its index.
    pub fn any(&mut self, phrases: &[&str]) -> Option<usize> {
        phrases.iter().position(|p| self.phrase(p))
    }

    /// Takes a hyphen (any dash) that joins two words.
    pub fn hyphen(&mut self) -> bool {
        let hit = self.low() == "-";
        self.at += usize::from(hit);
        hit
    }

    /// Takes a figure that passes `test`, as a whole number.
    pub fn figure(&mut self, test: impl Fn(&str) -> bool) -> Option<u32> {
        let piece = self.peek().filter(|p| p.kind == Kind::Figure && test(&p.low))?;
        let value = piece.low.parse().ok()?;
        self.at += 1;
        Some(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let found: Vec<String> = cut(text, 0..text.len()).into_iter().map(|p| p.low).collect();
        assert_eq!(found.join(" "), expected);
    }

    #[test]
    fn pieces_are_words_figures_and_signs() {
        check(
            "At 6p.m., 1,234.5 of the 1990s",
            "at 6 p . m . , 1234.5 of the 1990 s".replace("1234.5", "1,234.5").as_str(),
        );
        check("20–25 dead on 03/04/2025", "20 - 25 dead on 03 / 04 / 2025");
        check("in 2021, 2022, 300 and 1,2", "in 2021 , 2022 , 300 and 1 , 2");
        check("Türkiye’s", "türkiye ' s");
    }
}
