//! The page of a figure: title above, foot below, room for marks between, and the SVG element around it all.

use std::fmt::Write;

use crate::font::{self, FAMILY, Weight};
use crate::frame::Frame;
use crate::marks::{self, Area};
use crate::style::{HAIR, LEADING, MARGIN, MARGIN_NARROW, NARROW, Palette, SMALL, SUBTITLE, TITLE, TITLE_NARROW};
use crate::svg::{self, Anchor, Escaped, OWN, Px, Sheet, Texture, Type};

/// A figure in the making, from the top down.
pub(crate) struct Page<'a> {
    pub frame: &'a Frame,
    pub look: &'static Palette,
    pub sheet: Sheet,
    /// Where content begins and ends.
    pub left: f64,
    pub right: f64,
    /// Where the next part begins.
    pub y: f64,
    width: f64,
}

impl<'a> Page<'a> {
    /// A page with its title and subtitle.
    pub fn open(frame: &'a Frame) -> Self {
        let width = f64::from(frame.width.clamp(320, 2400));
        let margin = if width < NARROW { MARGIN_NARROW } else { MARGIN };
        let look = frame.theme.palette();
        let mut page =
            Self { frame, look, sheet: Sheet::default(), left: margin, right: width - margin, y: margin, width };
        let title = if width < NARROW { TITLE_NARROW } else { TITLE };
        page.paragraph(&frame.title, &Type::new(title, look.ink).semibold(), 1.2);
        if let Some(subtitle) = &frame.subtitle {
            page.y += 2.0;
            page.paragraph(subtitle, &Type::new(SUBTITLE, look.muted), LEADING);
        }
        page.y += 10.0;
        page
    }

    /// Whether the figure is laid out for a telephone.
    pub fn narrow(&self) -> bool {
        self.width < NARROW
    }

    /// Width of the content.
    pub fn room(&self) -> f64 {
        self.right - self.left
    }

    /// Between where labels of axes may be written: they may reach half into the margins.
    pub fn labels(&self) -> (f64, f64) {
        (self.left / 2.0, self.width - self.left / 2.0)
    }

    /// Text in as many lines as it needs.
    pub fn paragraph(&mut self, text: &str, set: &Type, leading: f64) {
        for line in font::wrap(text, set.size, set.weight, self.room(), usize::MAX) {
            self.y += set.size * leading;
            // The baseline is about a quarter of the size above the line's lower end.
            self.sheet.text(self.left, self.y - set.size * 0.25, &line, set);
        }
    }

    /// A line of small muted text, in as many lines as it needs: what was left out of the marks.
    pub fn remark(&mut self, text: &str) {
        self.y += 2.0;
        self.paragraph(text, &Type::new(SMALL, self.look.muted), LEADING);
        self.y += 2.0;
    }

    /// What stands where there is nothing to draw.
    pub fn nothing(&mut self) {
        let why = self.frame.empty.as_deref().unwrap_or("Nothing in the reports read answers this.");
        let middle = f64::midpoint(self.left, self.right);
        let lines = font::wrap(why, NAME_OF_NOTHING, Weight::Regular, (self.room() - 60.0).min(460.0), 6);
        let height = 96.0 + lines.len() as f64 * NAME_OF_NOTHING * LEADING;
        let area = Area { x: self.left, y: self.y, width: self.room(), height };
        marks::unknown(&mut self.sheet, area);
        // A card on the hatch, as wide as its words.
        let wide =
            lines.iter().map(|line| font::room(line, NAME_OF_NOTHING, Weight::Regular)).fold(120.0, f64::max) + 36.0;
        self.sheet.rect(middle - wide / 2.0, self.y + 20.0, wide, height - 40.0, self.look.paper);
        let head = Type::new(15.0, self.look.ink).semibold().anchor(Anchor::Middle);
        self.sheet.text(middle, self.y + 50.0, "No data", &head);
        let body = Type::new(NAME_OF_NOTHING, self.look.muted).anchor(Anchor::Middle);
        for (i, line) in lines.iter().enumerate() {
            self.sheet.text(middle, self.y + 72.0 + i as f64 * NAME_OF_NOTHING * LEADING, line, &body);
        }
        self.y += height + 8.0;
    }

    /// The whole figure as SVG; `summary` says in words what was drawn.
    pub fn close(mut self, summary: &str) -> String {
        self.foot();
        let margin = self.left;
        let (width, height) = (self.width, (self.y + margin).ceil());
        let title = if self.frame.title.trim().is_empty() { "Figure" } else { &self.frame.title };
        let description = [self.frame.description.as_deref().unwrap_or_default(), summary].join(" ");
        let look = self.look;
        let (body, textures) = self.sheet.into_parts();
        let mut out = String::with_capacity(body.len() + 2048);
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"{OWN}-title {OWN}-desc\" \
             width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" font-family=\"{FAMILY}\">\n\
             <title id=\"{OWN}-title\">{}</title>\n<desc id=\"{OWN}-desc\">{}</desc>",
            Escaped(title),
            Escaped(description.trim()),
            w = Px(width),
            h = Px(height),
        );
        if !textures.is_empty() {
            out.push_str("<defs>\n");
            for texture in textures {
                let (colour, thick) = match texture {
                    Texture::Unknown => (look.hatch, 1.0),
                    Texture::Of(hue) => (look.hue(hue), 1.75),
                };
                // Three strokes, so that the diagonal goes on over the tile's edges.
                let _ = writeln!(
                    out,
                    "<pattern id=\"{OWN}-{}\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\"><path \
                     d=\"M-1.5 1.5L1.5 -1.5M0 6L6 0M4.5 7.5L7.5 4.5\" stroke=\"{colour}\" stroke-width=\"{}\"/></pattern>",
                    texture.name(),
                    Px(thick),
                );
            }
            out.push_str("</defs>\n");
        }
        let _ = writeln!(out, "<rect width=\"{}\" height=\"{}\" fill=\"{}\"/>", Px(width), Px(height), look.paper);
        out.push_str(&body);
        out.push_str("</svg>\n");
        svg::finish(&out)
    }

    fn foot(&mut self) {
        let foot = &self.frame.foot;
        let mut facts: Vec<String> = Vec::new();
        for (name, said) in [("Period: ", &foot.period), ("n: ", &foot.n), ("Interval: ", &foot.interval)] {
            if let Some(said) = said {
                facts.push(format!("{name}{said}"));
            }
        }
        let source = foot.source.as_ref().map(|source| format!("Source: {source}"));
        let facts = (!facts.is_empty()).then(|| facts.join(" · "));
        let lines: Vec<&String> =
            source.iter().chain(&facts).chain(&foot.caveats).filter(|l| !l.trim().is_empty()).collect();
        if lines.is_empty() {
            return;
        }
        self.y += 10.0;
        self.sheet.line((self.left, self.y), (self.right, self.y), self.look.grid, HAIR);
        self.y += 6.0;
        for line in lines {
            self.paragraph(line, &Type::new(SMALL, self.look.muted), LEADING);
            self.y += 3.0;
        }
    }
}

/// Size of the words that say why there is nothing.
const NAME_OF_NOTHING: f64 = 13.0;

/// Names of classes in the order in which they are met, each with its hue, for a summary.
pub(crate) fn listed(names: impl IntoIterator<Item = String>) -> String {
    names.into_iter().filter(|name| !name.is_empty()).collect::<Vec<_>>().join(", ")
}
