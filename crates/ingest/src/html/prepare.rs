//! What happens to a page before a tree is built from it: scripts, styles and drawings are dropped, depth and
//! number of elements are capped, and what the page says about itself is set aside.
//!
//! The cap works on an estimate of the tree's depth that errs on the deep side: it follows the rules by which
//! HTML closes elements by itself, and the barriers (table cells, …) behind which a closing tag does nothing.
//! Formatting elements (`b`, `i`, `font`, …) are dropped altogether. They say nothing about where the article
//! is, and a browser opens unclosed ones anew in every block, so that a small page can ask for a huge tree.

use super::entities::decode;
use super::facts::Facts;
use super::scan::{Piece, Scanner};
use crate::options::Limits;

/// A page fit to be parsed, and what it says about itself.
pub(crate) struct Prepared {
    pub html: String,
    pub facts: Facts,
    /// What was left out, in words, where a cap was met.
    pub cut: Option<String>,
}

/// Longer tags lose their attributes: each attribute is compared with all before it when the tree is built.
const LONGEST_TAG: usize = 4096;
const VOID: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];
/// Dropped with their content.
const DROPPED: [&str; 6] = ["script", "style", "noscript", "iframe", "noembed", "noframes"];
/// Dropped with all elements in them.
const DROPPED_TREES: [&str; 5] = ["svg", "math", "template", "canvas", "object"];
/// Tags dropped, their content kept.
const FORMATTING: [&str; 13] =
    ["b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
const BARRIERS: [&str; 9] = ["td", "th", "caption", "table", "html", "applet", "marquee", "object", "template"];
/// Elements whose opening closes an open paragraph.
const CLOSES_PARAGRAPH: [&str; 32] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
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
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "ul",
    "search",
];

fn is_any(name: &str, names: &[&str]) -> bool {
    names.iter().any(|n| name.eq_ignore_ascii_case(n))
}

/// The names of elements that are open, innermost last.
struct Open<'a>(Vec<&'a str>);

impl<'a> Open<'a> {
    /// Closes the innermost of these names that no barrier hides.
    fn close(&mut self, names: &[&str], barriers: &[&str]) {
        for i in (0..self.0.len()).rev() {
            if is_any(self.0[i], names) {
                self.0.truncate(i);
                return;
            }
            if is_any(self.0[i], barriers) {
                return;
            }
        }
    }

    fn open(&mut self, name: &'a str) {
        if is_any(name, &CLOSES_PARAGRAPH) {
            self.close(&["p"], &["td", "th", "caption", "table", "html", "button", "object", "template"]);
        }
        match name.to_ascii_lowercase().as_str() {
            // Everything that is special to the parser, but for address, div and p, hides an open item.
            "li" => self.close(&["li"], &["ul", "ol", "table", "td", "th", "section", "article", "blockquote", "main"]),
            "dd" | "dt" => self.close(&["dd", "dt"], &["dl", "table", "td", "th", "section", "article", "main"]),
            "option" => self.close(&["option"], &["select", "table", "td", "th"]),
            "a" => self.close(&["a"], &["table", "td", "th", "caption"]),
            "button" => self.close(&["button"], &["table", "td", "th", "caption"]),
            "td" | "th" => self.close(&["td", "th"], &["table"]),
            "tr" => self.close(&["tr"], &["table"]),
            "tbody" | "thead" | "tfoot" => self.close(&["tbody", "thead", "tfoot"], &["table"]),
            _ => {}
        }
        self.0.push(name);
    }

    fn close_tag(&mut self, name: &str) {
        let tables = ["table", "html"];
        if is_any(name, &["td", "th", "tr", "tbody", "thead", "tfoot", "table", "caption"]) {
            // These see through other cells, up to their table.
            self.close(&[name], if name.eq_ignore_ascii_case("table") { &tables[1..] } else { &tables });
        } else {
            self.close(&[name], &BARRIERS);
        }
    }
}

/// Stand in text for `&` and `<` while it passes through the tree. There each escaped sign would make a text node
/// of its own, and Readability looks at all of a paragraph's text for each of its nodes.
const AMPERSAND: char = '\u{e000}';
const LESS_THAN: char = '\u{e001}';

/// Text as the parser is to see it: entities decoded, no sign of mark-up in it.
fn push_text(html: &mut String, text: &str) {
    html.extend(decode(text).chars().map(|c| match c {
        '&' => AMPERSAND,
        '<' => LESS_THAN,
        AMPERSAND | LESS_THAN => ' ',
        other => other,
    }));
}

/// Gives text that has passed through the tree its signs back.
pub(crate) fn restore(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            AMPERSAND => '&',
            LESS_THAN => '<',
            other => other,
        })
        .collect()
}

/// Drops, caps and sets aside.
pub(crate) fn prepare(page: &str, limits: &Limits) -> Prepared {
    let mut html = String::with_capacity(page.len() / 2);
    let mut facts = Facts::default();
    let mut open = Open(Vec::new());
    let (mut elements, mut flattened) = (0_usize, 0_usize);
    let mut cut = None;
    // The tree that is being dropped: its name and how many of that name are open in it.
    let mut dropping: Option<(&str, usize)> = None;
    let mut raw_of = None;
    let mut scanner = Scanner::new(page);
    while let Some(piece) = scanner.next() {
        if let Some((name, depth)) = &mut dropping {
            match piece {
                Piece::Open(tag) if tag.is(name) && !tag.whole.ends_with("/>") => *depth += 1,
                Piece::Close(closed) if closed.eq_ignore_ascii_case(name) => *depth -= 1,
                _ => {}
            }
            if *depth == 0 {
                dropping = None;
            }
            continue;
        }
        match piece {
            Piece::Text(text) => {
                facts.text(text);
                push_text(&mut html, text);
            }
            Piece::Open(tag) => {
                raw_of = Some(tag);
                facts.tag(&tag);
                if is_any(tag.name, &DROPPED) || is_any(tag.name, &FORMATTING) {
                    continue;
                }
                if is_any(tag.name, &DROPPED_TREES) {
                    if !tag.whole.ends_with("/>") {
                        dropping = Some((tag.name, 1));
                    }
                    continue;
                }
                if !is_any(tag.name, &VOID) {
                    if open.0.len() >= limits.markup_depth {
                        flattened += 1;
                        continue;
                    }
                    open.open(tag.name);
                }
                elements += 1;
                if elements > limits.markup_elements {
                    let left = page.len() - scanner.position();
                    cut = Some(format!("{left} bytes after the first {} elements left out", limits.markup_elements));
                    break;
                }
                if tag.whole.len() <= LONGEST_TAG {
                    html.push_str(tag.whole);
                } else {
                    html.push('<');
                    html.push_str(tag.name);
                    html.push('>');
                }
            }
            Piece::Close(name) => {
                facts.close(name);
                if is_any(name, &FORMATTING) || is_any(name, &DROPPED) {
                    continue;
                }
                open.close_tag(name);
                html.push_str("</");
                html.push_str(name);
                html.push('>');
            }
            Piece::Raw(content) => {
                if let Some(tag) = raw_of {
                    facts.raw(&tag, content);
                    if is_any(tag.name, &["title", "textarea"]) {
                        html.push_str(content);
                    }
                }
            }
            Piece::Other => {}
        }
    }
    if flattened > 0 && cut.is_none() {
        let depth = limits.markup_depth;
        cut = Some(format!("{flattened} elements nested more than {depth} deep were flattened"));
    }
    Prepared { html, facts, cut }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(page: &str) -> String {
        prepare(page, &Limits { markup_depth: 3, ..Limits::default() }).html
    }

    #[test]
    fn scripts_and_formatting_go_and_depth_is_capped() {
        assert_eq!(kept("<p><b>A</b> b<script>x<y</script><svg><p>n</svg>c"), "<p>A bc");
        assert_eq!(kept("<div><div><div><div>x</div></div></div></div>"), "<div><div><div>x</div></div></div></div>");
        assert_eq!(kept("<p>a<p>b<p>c<p>d"), "<p>a<p>b<p>c<p>d");
        // A closing tag outside the cell does nothing, so that the depth goes on growing.
        assert_eq!(kept("<table><tr><td></div></table><ul><li>a<li>b"), "<table><tr><td></div></table><ul><li>a<li>b");
        assert_eq!(kept(&"<div><table><tr><td></div>".repeat(9)).matches("<table").count(), 1);
    }
}
