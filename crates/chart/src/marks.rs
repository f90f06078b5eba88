//! Marks: the shapes that stand for data, drawn alike in the figure and in its legend.

use crate::path::Path;
use crate::style::{HAIR, Hue, Palette};
use crate::svg::{Px, Sheet, Texture};

/// What may be held of what a mark stands for; told by texture, not by colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Held {
    /// Said, and denied by no one: solid.
    #[default]
    Asserted,
    /// Said by some and denied by others: hatched, dashed.
    Disputed,
    /// Denied: hollow, dotted.
    Denied,
    /// Announced, promised, planned: pale, with a broken border.
    Planned,
}

/// What marks a moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Symbol {
    /// A full disc: a claim, a happening.
    #[default]
    Dot,
    /// A hollow disc: a denial.
    Ring,
    /// Two crossed strokes: a breach, an end.
    Cross,
    /// A full diamond: an agreement, a signature.
    Diamond,
    /// A full triangle: a warning, a demand.
    Triangle,
    /// A full square: anything else.
    Square,
}

/// A rectangle of pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Area {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

impl Area {
    pub fn right(self) -> f64 {
        self.x + self.width
    }

    pub fn bottom(self) -> f64 {
        self.y + self.height
    }

    pub fn middle(self) -> (f64, f64) {
        (self.x + self.width / 2.0, self.y + self.height / 2.0)
    }

    /// Smaller by so much on each side.
    pub fn inset(self, by: f64) -> Self {
        Self {
            x: self.x + by,
            y: self.y + by,
            width: (self.width - 2.0 * by).max(0.0),
            height: (self.height - 2.0 * by).max(0.0),
        }
    }

    /// Whether two of them, each grown by `gap`, share a pixel.
    pub fn meets(self, other: Self, gap: f64) -> bool {
        self.x < other.right() + gap
            && other.x < self.right() + gap
            && self.y < other.bottom() + gap
            && other.y < self.bottom() + gap
    }
}

/// Which ends of a span are open: it goes on beyond what is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Open {
    pub left: bool,
    pub right: bool,
}

/// A block for a stretch of time, pointed where it is open.
pub(crate) fn block(sheet: &mut Sheet, look: &Palette, area: Area, hue: Hue, held: Held, open: Open) {
    let colour = look.hue(hue);
    let area = if held == Held::Asserted { area } else { area.inset(0.75) };
    let outline = outline(area, open);
    match held {
        Held::Asserted => sheet.tag("path").path(&outline).set("fill", colour).end(),
        Held::Disputed => {
            sheet.tag("path").path(&outline).set("fill", look.paper).end();
            let hatched = sheet.tag("path").path(&outline).fill_with(Texture::Of(hue));
            hatched.set("stroke", colour).px("stroke-width", 1.5).end();
        }
        Held::Denied => {
            let hollow = sheet.tag("path").path(&outline).set("fill", look.paper);
            hollow.set("stroke", colour).px("stroke-width", 1.5).end();
        }
        Held::Planned => {
            let pale = sheet.tag("path").path(&outline).set("fill", colour).set("fill-opacity", "0.14");
            pale.set("stroke", colour).px("stroke-width", 1.5).set("stroke-dasharray", "4 3").end();
        }
    }
}

fn outline(area: Area, open: Open) -> Path {
    // The point is as long as half the block is high, but never longer than half the block.
    let tip = (area.height / 2.0).min(area.width / 2.0);
    let (left, right, top, bottom) = (area.x, area.right(), area.y, area.bottom());
    let middle = area.middle().1;
    let mut path = Path::default();
    if open.left {
        path.move_to(left + tip, bottom).line_to(left, middle).line_to(left + tip, top);
    } else {
        path.move_to(left, bottom).down_to(top);
    }
    if open.right {
        path.across_to(right - tip).line_to(right, middle).line_to(right - tip, bottom);
    } else {
        path.across_to(right).down_to(bottom);
    }
    path.close();
    path
}

/// The grey hatch that says "not known".
pub(crate) fn unknown(sheet: &mut Sheet, area: Area) {
    sheet
        .tag("rect")
        .px("x", area.x)
        .px("y", area.y)
        .px("width", area.width)
        .px("height", area.height)
        .fill_with(Texture::Unknown)
        .end();
}

/// A symbol about a point, with a border of paper so that it stands out on other marks.
pub(crate) fn symbol(sheet: &mut Sheet, look: &Palette, (x, y): (f64, f64), symbol: Symbol, hue: Hue) {
    let colour = look.hue(hue);
    // Radii by eye: the shapes look equally heavy.
    match symbol {
        Symbol::Dot => {
            let dot = sheet.tag("circle").px("cx", x).px("cy", y).px("r", 4.5).set("fill", colour);
            dot.set("stroke", look.paper).px("stroke-width", 1.0).end();
        }
        Symbol::Ring => {
            let ring = sheet.tag("circle").px("cx", x).px("cy", y).px("r", 3.75).set("fill", look.paper);
            ring.set("stroke", colour).px("stroke-width", 1.75).end();
        }
        Symbol::Cross => {
            let r = 3.75;
            let mut strokes = Path::default();
            strokes.move_to(x - r, y - r).line_to(x + r, y + r).move_to(x - r, y + r).line_to(x + r, y - r);
            for (stroke, thick) in [(look.paper, 4.5), (colour, 2.25)] {
                let cross = sheet.tag("path").path(&strokes).set("fill", "none").set("stroke", stroke);
                cross.px("stroke-width", thick).set("stroke-linecap", "round").end();
            }
        }
        Symbol::Diamond | Symbol::Triangle | Symbol::Square => {
            let corners = match symbol {
                Symbol::Diamond => vec![(0.0, -5.5), (5.5, 0.0), (0.0, 5.5), (-5.5, 0.0)],
                Symbol::Triangle => vec![(0.0, -5.0), (5.0, 4.0), (-5.0, 4.0)],
                _ => vec![(-4.0, -4.0), (4.0, -4.0), (4.0, 4.0), (-4.0, 4.0)],
            };
            let points: Vec<String> = corners.iter().map(|(dx, dy)| format!("{},{}", Px(x + dx), Px(y + dy))).collect();
            let shape = sheet.tag("polygon").set("points", &points.join(" ")).set("fill", colour);
            shape.set("stroke", look.paper).px("stroke-width", 1.0).end();
        }
    }
}

/// How a line is broken, by what may be held of what it stands for.
pub(crate) fn dashes(held: Held) -> Option<&'static str> {
    match held {
        Held::Asserted => None,
        Held::Disputed => Some("6 4"),
        Held::Denied => Some("1.5 3.5"),
        Held::Planned => Some("10 3 2 3"),
    }
}

/// Low to high on a line that goes up, with caps where there is room for them.
pub(crate) fn whisker(sheet: &mut Sheet, look: &Palette, x: f64, (low, high): (f64, f64), cap: f64) {
    for (stroke, thick) in [(look.paper, 3.0), (look.ink, 1.25)] {
        sheet.line((x, low), (x, high), stroke, thick);
        if cap > 0.0 {
            sheet.line((x - cap, low), (x + cap, low), stroke, thick);
            sheet.line((x - cap, high), (x + cap, high), stroke, thick);
        }
    }
}

/// Low to high on a line that goes across.
pub(crate) fn whisker_across(sheet: &mut Sheet, look: &Palette, y: f64, (low, high): (f64, f64), cap: f64) {
    for (stroke, thick) in [(look.paper, 3.0), (look.ink, 1.25)] {
        sheet.line((low, y), (high, y), stroke, thick);
        sheet.line((low, y - cap), (low, y + cap), stroke, thick);
        sheet.line((high, y - cap), (high, y + cap), stroke, thick);
    }
}

/// A vertical line at a moment.
pub(crate) fn turn(sheet: &mut Sheet, look: &Palette, x: f64, (top, bottom): (f64, f64)) {
    sheet
        .tag("line")
        .px("x1", x)
        .px("y1", top)
        .px("x2", x)
        .px("y2", bottom)
        .set("stroke", look.ink)
        .px("stroke-width", HAIR)
        .set("stroke-dasharray", "3 2")
        .end();
}
