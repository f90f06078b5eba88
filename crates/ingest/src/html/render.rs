//! Mark-up to text: one paragraph a block, a blank line between, blanks collapsed, entities decoded.

use super::scan::{Piece, Scanner};

/// Elements that stand on lines of their own.
const BLOCKS: [&str; 41] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "tr",
    "ul",
    "video",
];

/// Elements whose content is no prose.
const SILENT: [&str; 8] = ["script", "style", "noscript", "iframe", "noembed", "noframes", "title", "textarea"];

/// Elements that stand beside the article even where they lie within it.
const BESIDE: [&str; 9] = ["figcaption", "aside", "nav", "footer", "form", "button", "select", "menu", "dialog"];

/// The text of a piece of mark-up.
pub(crate) fn render(html: &str) -> String {
    walk(html, &[])
}

/// The text of an article's mark-up, without captions, asides and forms.
pub(crate) fn render_article(html: &str) -> String {
    walk(html, &BESIDE)
}

fn walk(html: &str, beside: &[&str]) -> String {
    let mut text = Paragraphs { of_article: !beside.is_empty(), ..Paragraphs::default() };
    let mut silent = false;
    // The element that is left out, and how many of its name are open.
    let mut left_out: Option<(&str, usize)> = None;
    for piece in Scanner::new(html) {
        if let Some((name, depth)) = &mut left_out {
            match piece {
                Piece::Open(tag) if tag.is(name) => *depth += 1,
                Piece::Close(closed) if closed.eq_ignore_ascii_case(name) => *depth -= 1,
                _ => {}
            }
            if *depth == 0 {
                left_out = None;
            }
            continue;
        }
        match piece {
            Piece::Open(tag) if beside.iter().any(|name| tag.is(name)) => {
                text.boundary("p");
                left_out = Some((tag.name, 1));
            }
            Piece::Text(part) => text.push(part),
            Piece::Raw(part) if !silent => text.push(part),
            Piece::Raw(_) | Piece::Other => {}
            Piece::Open(tag) => {
                silent = SILENT.iter().any(|name| tag.is(name));
                text.boundary(tag.name);
                text.enter(tag.name, true);
            }
            Piece::Close(name) => {
                text.boundary(name);
                text.enter(name, false);
            }
        }
    }
    text.finish()
}

/// Text as it grows.
#[derive(Default)]
pub(crate) struct Paragraphs {
    text: String,
    /// Blanks that are owed before the next word.
    gap: Gap,
    /// Whether paragraphs of links and headings without text are to be left out.
    of_article: bool,
    /// Where the last paragraph starts, and how many of its bytes stand in links.
    start: usize,
    linked: usize,
    in_link: bool,
    /// Where the heading starts that has no text under it yet.
    heading: Option<usize>,
    in_heading: bool,
}

#[derive(Clone, Copy, Default, PartialEq, PartialOrd)]
enum Gap {
    #[default]
    None,
    Blank,
    Line,
    Paragraph,
}

impl Paragraphs {
    /// Text with entities.
    pub fn push(&mut self, escaped: &str) {
        self.push_plain(&super::entities::decode(escaped));
    }

    /// Text without entities.
    pub fn push_plain(&mut self, plain: &str) {
        for (i, word) in plain.split(|c: char| c.is_whitespace() || c == '\u{200b}' || c == '\u{feff}').enumerate() {
            if i > 0 {
                self.owe(Gap::Blank);
            }
            if word.is_empty() {
                continue;
            }
            if !self.text.is_empty() {
                self.text.push_str(match self.gap {
                    Gap::None => "",
                    Gap::Blank => " ",
                    Gap::Line => "\n",
                    Gap::Paragraph => "\n\n",
                });
            }
            if self.gap == Gap::Paragraph {
                self.start = self.text.len();
            }
            self.gap = Gap::None;
            self.text.push_str(word);
            if self.in_link {
                self.linked += word.len() + 1;
            }
        }
    }

    /// A tag was met.
    pub fn boundary(&mut self, name: &str) {
        if name.eq_ignore_ascii_case("br") {
            // Two in a row part paragraphs, as old pages do it.
            self.owe(if self.gap >= Gap::Line { Gap::Paragraph } else { Gap::Line });
        } else if name.eq_ignore_ascii_case("td") || name.eq_ignore_ascii_case("th") {
            self.owe(Gap::Blank);
        } else if BLOCKS.iter().any(|block| name.eq_ignore_ascii_case(block)) {
            self.owe(Gap::Paragraph);
        }
    }

    /// A link or a heading starts or ends.
    fn enter(&mut self, name: &str, starts: bool) {
        if name.eq_ignore_ascii_case("a") {
            self.in_link = starts;
        } else if matches!(name.as_bytes(), [b'h' | b'H', b'1'..=b'6']) {
            self.in_heading = starts;
        }
    }

    fn owe(&mut self, gap: Gap) {
        if gap == Gap::Paragraph && self.gap != Gap::Paragraph {
            self.end_paragraph();
        }
        if gap > self.gap {
            self.gap = gap;
        }
    }

    /// Takes back a paragraph that is a pointer to another page: hardly anything in it is not a link.
    fn end_paragraph(&mut self) {
        let length = self.text.len() - self.start;
        if self.of_article && length > 0 {
            if self.linked * 10 >= length * 8 {
                self.text.truncate(self.start);
                while self.text.ends_with('\n') {
                    self.text.pop();
                }
                self.start = self.text.len();
            } else if self.in_heading {
                self.heading = self.heading.or(Some(self.start));
            } else {
                self.heading = None;
            }
        }
        self.linked = 0;
    }

    /// The text.
    pub fn finish(mut self) -> String {
        self.end_paragraph();
        if let Some(start) = self.heading {
            self.text.truncate(start);
        }
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_paragraphs() {
        assert_eq!(
            render("<p>One\n two&nbsp;<b>th</b>ree.<p>Four<br>five<br><br>six<script>x</script>"),
            "One two three.\n\nFour\nfive\n\nsix"
        );
        assert_eq!(render("a &amp; b &lt; c"), "a & b < c");
        assert_eq!(render("  "), "");
    }
}
