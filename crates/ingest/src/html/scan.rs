//! Splits mark-up into tags and text in one pass, without a tree.
//!
//! It follows the tokenising rules of HTML as far as they decide where a tag or a raw element ends; it
//! never fails, never allocates for a piece, and its time grows with the length of the input alone.

use std::borrow::Cow;

/// A piece of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// Text between tags, entities still in it.
    Text(&'a str),
    /// An opening tag.
    Open(Tag<'a>),
    /// A closing tag's name, as written.
    Close(&'a str),
    /// The content of an element that holds no tags (`script`, `style`, `title`, …).
    Raw(&'a str),
    /// A comment, declaration or processing instruction.
    Other,
}

/// An opening tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tag<'a> {
    /// Its name as written.
    pub name: &'a str,
    /// All of it, from `<` to `>`.
    pub whole: &'a str,
    attributes: &'a str,
}

impl<'a> Tag<'a> {
    /// Whether its name is this one, in any casing.
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The value of an attribute, entities decoded.
    pub fn attribute(&self, name: &str) -> Option<Cow<'a, str>> {
        let mut rest = self.attributes;
        while let Some((found, value, after)) = attribute(rest) {
            if found.eq_ignore_ascii_case(name) {
                return Some(super::entities::decode(value));
            }
            rest = after;
        }
        None
    }
}

/// The next attribute: its name, its raw value, and what follows; `None` at the end of the tag.
fn attribute(rest: &str) -> Option<(&str, &str, &str)> {
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
    let bytes = rest.as_bytes();
    if bytes.first().is_none_or(|&b| b == b'>') {
        return None;
    }
    let ends_name = |b: u8| b.is_ascii_whitespace() || matches!(b, b'/' | b'>' | b'=');
    // A leading `=` belongs to the name.
    let end = bytes.iter().skip(1).position(|&b| ends_name(b)).map_or(bytes.len(), |i| i + 1);
    // The first character may be longer than a byte, but delimiters are ASCII: `end` is a boundary.
    let (name, after) = rest.split_at(end);
    let trimmed = after.trim_start_matches(|c: char| c.is_ascii_whitespace());
    let Some(value) = trimmed.strip_prefix('=') else {
        return Some((name, "", after));
    };
    let value = value.trim_start_matches(|c: char| c.is_ascii_whitespace());
    if let Some(&quote @ (b'"' | b'\'')) = value.as_bytes().first() {
        let value = &value[1..];
        let end = value.bytes().position(|b| b == quote);
        Some((name, &value[..end.unwrap_or(value.len())], &value[end.map_or(value.len(), |e| e + 1)..]))
    } else {
        let end = value.bytes().position(|b| b.is_ascii_whitespace() || b == b'>').unwrap_or(value.len());
        Some((name, &value[..end], &value[end..]))
    }
}

/// An iterator over the pieces of a page.
pub(crate) struct Scanner<'a> {
    html: &'a str,
    at: usize,
    raw: Option<&'a str>,
}

impl<'a> Scanner<'a> {
    /// Over this page.
    pub fn new(html: &'a str) -> Self {
        Self { html, at: 0, raw: None }
    }

    /// Byte at which the next piece starts.
    pub fn position(&self) -> usize {
        self.at
    }

    fn raw_content(&mut self, name: &str) -> &'a str {
        let rest = &self.html[self.at..];
        let bytes = rest.as_bytes();
        let mut from = 0;
        let end = loop {
            let Some(found) = bytes[from..].windows(2).position(|w| w == b"</") else { break bytes.len() };
            let start = from + found;
            let after = &bytes[start + 2..];
            let named = after.len() >= name.len() && after[..name.len()].eq_ignore_ascii_case(name.as_bytes());
            if named && after.get(name.len()).is_none_or(|b| !b.is_ascii_alphanumeric()) {
                break start;
            }
            from = start + 2;
        };
        self.at += end;
        &rest[..end]
    }

    /// A construct that starts with `<` and is no text: the piece and its length.
    fn markup(rest: &'a str) -> Option<(Piece<'a>, usize)> {
        let bytes = rest.as_bytes();
        let close = |from: usize| bytes[from..].iter().position(|&b| b == b'>').map_or(bytes.len(), |i| from + i + 1);
        match bytes.get(1)? {
            b'!' if rest.starts_with("<!--") => {
                // `<!-->` and `<!--->` are whole comments.
                let end = if rest[4..].starts_with('>') {
                    5
                } else if rest[4..].starts_with("->") {
                    6
                } else {
                    rest[4..].find("-->").map_or(rest.len(), |i| i + 7)
                };
                Some((Piece::Other, end))
            }
            b'!' | b'?' => Some((Piece::Other, close(1))),
            b'/' if bytes.get(2)?.is_ascii_alphabetic() => {
                let end = close(2);
                let name = &rest[2..];
                let stop = name.find(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>').unwrap_or(name.len());
                Some((Piece::Close(&name[..stop]), end))
            }
            b'/' => Some((Piece::Other, close(2))),
            b if b.is_ascii_alphabetic() => {
                let name = &rest[1..];
                let stop = name.find(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>').unwrap_or(name.len());
                let (name, attributes) = name.split_at(stop);
                let mut after = attributes;
                while let Some((_, _, next)) = attribute(after) {
                    after = next;
                }
                // What remains is blanks and slashes before `>`, or nothing where the page ends in the tag.
                let end = rest.len() - after.len();
                let end = bytes[end..].iter().position(|&b| b == b'>').map_or(bytes.len(), |i| end + i + 1);
                let tag = Tag { name, whole: &rest[..end], attributes: &rest[1 + stop..end] };
                Some((Piece::Open(tag), end))
            }
            _ => None,
        }
    }
}

/// Elements whose content is text to the tokeniser, whatever it looks like.
fn is_raw(name: &str) -> bool {
    ["script", "style", "title", "textarea", "noscript", "iframe", "noembed", "noframes", "xmp", "plaintext"]
        .iter()
        .any(|raw| name.eq_ignore_ascii_case(raw))
}

impl<'a> Iterator for Scanner<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        if let Some(name) = self.raw.take() {
            let content = self.raw_content(name);
            if !content.is_empty() {
                return Some(Piece::Raw(content));
            }
        }
        let rest = &self.html[self.at..];
        if rest.is_empty() {
            return None;
        }
        if rest.starts_with('<')
            && let Some((piece, length)) = Self::markup(rest)
        {
            self.at += length;
            if let Piece::Open(tag) = piece
                && is_raw(tag.name)
            {
                self.raw = Some(tag.name);
            }
            return Some(piece);
        }
        // A `<` that opens nothing is text.
        let end = rest.bytes().skip(1).position(|b| b == b'<').map_or(rest.len(), |i| i + 1);
        // The first character may be longer than one byte; `<` is ASCII, so that `end` is a boundary.
        self.at += end;
        Some(Piece::Text(&rest[..end]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: &[&str]) {
        let pieces: Vec<String> = Scanner::new(html)
            .map(|piece| match piece {
                Piece::Text(text) => format!("text {text}"),
                Piece::Open(tag) => format!("open {} {:?}", tag.name, tag.attribute("a").as_deref()),
                Piece::Close(name) => format!("close {name}"),
                Piece::Raw(text) => format!("raw {text}"),
                Piece::Other => "other".to_owned(),
            })
            .collect();
        assert_eq!(pieces, expected);
    }

    #[test]
    fn pieces_of_odd_pages() {
        check("a < b<p>c", &["text a ", "text < b", "open p None", "text c"]);
        check(r#"<p b=">" a='x&amp;y'>"#, &[r#"open p Some("x&y")"#]);
        check("<p a=x/>y", &[r#"open p Some("x/")"#, "text y"]);
        check("<script>a<b</p></SCRIPT >z", &["open script None", "raw a<b</p>", "close SCRIPT", "text z"]);
        check("<!-- <p> --><!doctype html></ x>", &["other", "other", "other"]);
        check("<title>never closed <p>", &["open title None", "raw never closed <p>"]);
        check("é<p a=\"é", &["text é", r#"open p Some("é")"#]);
        check("<", &["text <"]);
    }
}
