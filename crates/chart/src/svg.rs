//! SVG as text: elements with escaped attributes and rounded numbers, one a line so that two figures can be compared.
//!
//! Whatever a label says, what comes out is well-formed XML 1.0: markup is escaped, and characters that XML forbids or that
//! print nothing are dropped.

use std::collections::BTreeSet;
use std::fmt::{self, Write};

use crate::font::{self, Weight};
use crate::frame::Behind;
use crate::path::Path;
use crate::style::Hue;

/// Stands for the figure's own prefix of ids until its bytes are known (`finish`). A control character, which no label can
/// bring in, since `Escaped` drops them.
pub(crate) const OWN: char = '\u{1}';

/// A length or place in pixels, printed with two decimals at most. What is not finite is printed as 0.
#[derive(Clone, Copy)]
pub(crate) struct Px(pub f64);

impl fmt::Display for Px {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.0.is_finite() {
            return f.write_str("0");
        }
        // Adding 0 turns a negative zero into a positive one.
        let hundredths = (self.0 * 100.0).round() + 0.0;
        write!(f, "{}", hundredths / 100.0)
    }
}

/// Text as it may stand in an element or an attribute.
pub(crate) struct Escaped<'a>(pub &'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\t' | '\n' | '\r' => f.write_char(' ')?,
                c if printable(c) => f.write_char(c)?,
                _ => {}
            }
        }
        Ok(())
    }
}

/// Whether XML 1.0 allows a character and a reader can do something with it.
pub(crate) fn printable(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{FFFE}' | '\u{FFFF}')
}

/// Where text hangs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// How a piece of text is set.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Type {
    pub size: f64,
    pub weight: Weight,
    pub fill: &'static str,
    pub anchor: Anchor,
    /// A border in the colour of the paper, for text over marks.
    pub halo: Option<&'static str>,
}

impl Type {
    pub fn new(size: f64, fill: &'static str) -> Self {
        Self { size, weight: Weight::Regular, fill, anchor: Anchor::Start, halo: None }
    }

    pub fn semibold(self) -> Self {
        Self { weight: Weight::Semibold, ..self }
    }

    pub fn anchor(self, anchor: Anchor) -> Self {
        Self { anchor, ..self }
    }

    pub fn halo(self, paper: &'static str) -> Self {
        Self { halo: Some(paper), ..self }
    }

    /// Width of a text in our letters, without slack.
    pub fn width(&self, text: &str) -> f64 {
        self.room(text) / font::SLACK
    }

    /// Room that a text takes, with slack for readers without our letters.
    pub fn room(&self, text: &str) -> f64 {
        font::room(text, self.size, self.weight)
    }
}

/// A figure in the making.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    out: String,
    /// Textures that were used, and have to be defined.
    textures: BTreeSet<Texture>,
}

/// A hatch: of a hue, or the grey one that says "not known".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Texture {
    Unknown,
    Of(Hue),
}

impl Texture {
    pub fn name(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Of(Hue::Blue) => "blue",
            Self::Of(Hue::Orange) => "orange",
            Self::Of(Hue::Teal) => "teal",
            Self::Of(Hue::Plum) => "plum",
            Self::Of(Hue::Slate) => "slate",
        }
    }
}

/// Ids that a mark carries, at most: a bar of ten thousand incidents would weigh more than all else. How many more there are
/// stands beside them.
const MOST_IDS: usize = 100;

impl Sheet {
    /// Begins an element.
    pub fn tag(&mut self, name: &'static str) -> Tag<'_> {
        self.out.push('<');
        self.out.push_str(name);
        Tag { sheet: self, name }
    }

    /// Ends an element that was left open.
    pub fn close(&mut self, name: &'static str) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.out, "</{name}>");
    }

    /// Puts what was drawn apart on top.
    pub fn append(&mut self, other: Self) {
        self.out.push_str(&other.out);
        self.textures.extend(other.textures);
    }

    /// What was drawn, and which textures have to be defined for it.
    pub fn into_parts(self) -> (String, BTreeSet<Texture>) {
        (self.out, self.textures)
    }

    pub fn rect(&mut self, x: f64, y: f64, width: f64, height: f64, fill: &str) {
        self.tag("rect")
            .px("x", x)
            .px("y", y)
            .px("width", width.max(0.0))
            .px("height", height.max(0.0))
            .set("fill", fill)
            .end();
    }

    pub fn line(&mut self, from: (f64, f64), to: (f64, f64), stroke: &str, thick: f64) {
        self.tag("line")
            .px("x1", from.0)
            .px("y1", from.1)
            .px("x2", to.0)
            .px("y2", to.1)
            .set("stroke", stroke)
            .px("stroke-width", thick)
            .end();
    }

    /// Text at a baseline.
    pub fn text(&mut self, x: f64, y: f64, text: &str, set: &Type) {
        self.type_tag(x, y, set).words(text);
    }

    /// Text at a baseline, cut with an ellipsis where it does not fit; then the whole is its tooltip.
    pub fn fitted(&mut self, x: f64, y: f64, text: &str, set: &Type, room: f64) {
        let fit = font::fit(text, set.size, set.weight, room);
        if fit.is_empty() {
            return;
        }
        if fit == text {
            return self.text(x, y, text, set);
        }
        self.tag("g").open();
        self.tag("title").words(text);
        self.text(x, y, &fit, set);
        self.close("g");
    }

    fn type_tag(&mut self, x: f64, y: f64, set: &Type) -> Tag<'_> {
        let mut tag = self.tag("text").px("x", x).px("y", y).px("font-size", set.size);
        if set.weight == Weight::Semibold {
            tag = tag.set("font-weight", "600");
        }
        tag = match set.anchor {
            Anchor::Start => tag,
            Anchor::Middle => tag.set("text-anchor", "middle"),
            Anchor::End => tag.set("text-anchor", "end"),
        };
        if let Some(paper) = set.halo {
            tag = tag
                .set("paint-order", "stroke")
                .set("stroke", paper)
                .set("stroke-width", "3")
                .set("stroke-linejoin", "round");
        }
        tag.set("fill", set.fill)
    }

    /// A mark: what `draw` draws, with a tooltip and with what stands behind it.
    pub fn mark(&mut self, title: &str, behind: &Behind, draw: impl FnOnce(&mut Self)) {
        let href = behind.href.as_deref().filter(|href| leads_somewhere_safe(href));
        if let Some(href) = href {
            self.tag("a").set("href", href).open();
        }
        let mut tag = self.tag("g");
        let (first, more) = behind.ids.split_at(behind.ids.len().min(MOST_IDS));
        if !first.is_empty() {
            tag = tag.set("data-id", &first.join(" "));
        }
        if !more.is_empty() {
            tag = tag.set("data-more", &more.len().to_string());
        }
        tag.open();
        if !title.is_empty() {
            self.tag("title").words(title);
        }
        draw(self);
        self.close("g");
        if href.is_some() {
            self.close("a");
        }
    }
}

/// An element whose attributes are being written.
#[must_use]
pub(crate) struct Tag<'a> {
    sheet: &'a mut Sheet,
    name: &'static str,
}

impl Tag<'_> {
    /// An attribute in pixels.
    pub fn px(self, key: &'static str, value: f64) -> Self {
        let _ = write!(self.sheet.out, " {key}=\"{}\"", Px(value));
        self
    }

    /// An attribute of text.
    pub fn set(self, key: &'static str, value: &str) -> Self {
        let _ = write!(self.sheet.out, " {key}=\"{}\"", Escaped(value));
        self
    }

    /// Where a path goes.
    pub fn path(self, path: &Path) -> Self {
        self.set("d", path.drawn())
    }

    /// How a line is broken, if it is.
    pub fn broken(self, dashes: Option<&str>) -> Self {
        if let Some(dashes) = dashes { self.set("stroke-dasharray", dashes) } else { self }
    }

    /// A fill with a texture.
    pub fn fill_with(self, texture: Texture) -> Self {
        self.sheet.textures.insert(texture);
        let _ = write!(self.sheet.out, " fill=\"url(#{OWN}-{})\"", texture.name());
        self
    }

    /// An element without content.
    pub fn end(self) {
        self.sheet.out.push_str("/>\n");
    }

    /// An element with other elements in it; `Sheet::close` ends it.
    pub fn open(self) {
        self.sheet.out.push_str(">\n");
    }

    /// An element with text in it.
    pub fn words(self, text: &str) {
        let _ = writeln!(self.sheet.out, ">{}</{}>", Escaped(text), self.name);
    }
}

/// Whether an address is one that a figure may lead to: nothing that a browser would run.
fn leads_somewhere_safe(href: &str) -> bool {
    let href = href.trim();
    if href.is_empty() || !href.chars().all(printable) {
        return false;
    }
    let scheme = href.split(['/', '?', '#']).next().unwrap_or_default();
    match scheme.split_once(':') {
        None => true,
        Some((scheme, _)) => ["http", "https", "mailto"].iter().any(|known| scheme.eq_ignore_ascii_case(known)),
    }
}

/// Puts the figure's own prefix, made from its bytes, where `OWN` stands: two figures in one page do not mix up their ids.
pub(crate) fn finish(text: &str) -> String {
    // FNV-1a with 64 bits: well spread, five lines, and the same everywhere.
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    text.replace(OWN, &format!("f{:08x}", hash >> 32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_never_strange() {
        let cases = [
            (1.0, "1"),
            (0.1 + 0.2, "0.3"),
            (-0.001, "0"),
            (12.345_678, "12.35"),
            (f64::NAN, "0"),
            (f64::INFINITY, "0"),
        ];
        for (number, printed) in cases {
            assert_eq!(Px(number).to_string(), printed);
        }
    }

    #[test]
    fn markup_and_control_characters_do_not_come_through() {
        assert_eq!(Escaped("a<b>&\"c\"\u{1}\u{7f}\u{fffe}\nd").to_string(), "a&lt;b&gt;&amp;&quot;c&quot; d");
    }

    #[test]
    fn only_addresses_lead_anywhere() {
        for good in ["https://example.org/a:b", "/claims/clm_1", "#clm_1", "?id=a:b", "incident.html", "mailto:a@b.org"]
        {
            assert!(leads_somewhere_safe(good), "{good}");
        }
        for bad in ["javascript:alert(1)", " JavaScript:x", "java\tscript:x", "data:text/html,x", "vbscript:x", ""] {
            assert!(!leads_somewhere_safe(bad), "{bad}");
        }
    }
}
