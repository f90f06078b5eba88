//! The legend: every texture, symbol and line that a figure uses, with its name, in the order in which the eye meets them.

use crate::marks::{self, Area, Held, Open, Symbol};
use crate::network::{Sign, badge, node_box};
use crate::page::Page;
use crate::style::{BAND, Hue, SMALL};
use crate::svg::Type;

/// What stands before a name in the legend.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Swatch {
    /// A bar or a span.
    Block(Hue, Held),
    /// A thin bar, in every colour that it has in the figure.
    Bar(Vec<Hue>),
    /// The hatch of what is not known.
    Unknown,
    /// A line, broken as given.
    Line(Hue, Option<&'static str>),
    /// A line of ink: levels and the like.
    InkLine,
    /// A band of low to high.
    Band(Hue),
    /// A band, as strongly as given.
    Shade(Hue, &'static str),
    /// Low to high on a bar.
    Whisker,
    /// Low to high on a line that goes across.
    WhiskerAcross,
    /// A vertical line at a moment.
    Turn,
    /// A symbol.
    Symbol(Symbol, Hue),
    /// A usual range, with how strongly it is drawn, and its middle.
    Usual(&'static str),
    /// An edge with its sign.
    Edge(Sign),
    /// A node of a kind.
    Node(Hue),
    /// A short stroke upwards: an observation that ended early.
    Stroke(Hue),
}

/// A line of the legend.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Key {
    pub swatch: Swatch,
    pub name: String,
}

impl Key {
    pub fn new(swatch: Swatch, name: impl Into<String>) -> Self {
        Self { swatch, name: name.into() }
    }
}

/// Widths of a swatch: of what has a length, and of what has none.
const SWATCH: (f64, f64) = (22.0, 11.0);
/// From one row to the next.
const ROW: f64 = 19.0;

/// Draws the keys in as many rows as they need, and moves the page on.
pub(crate) fn draw(page: &mut Page, keys: &[Key]) {
    let mut shown: Vec<&Key> = Vec::new();
    for key in keys {
        if !key.name.is_empty() && !shown.contains(&key) {
            shown.push(key);
        }
    }
    if shown.is_empty() {
        return;
    }
    let set = Type::new(SMALL, page.look.ink);
    let (mut x, mut y) = (page.left, page.y + 4.0);
    for key in shown {
        let narrow = matches!(key.swatch, Swatch::Whisker | Swatch::Turn | Swatch::Symbol(..));
        let mark = if narrow { SWATCH.1 } else { SWATCH.0 };
        let wide = mark + 6.0 + set.room(&key.name);
        if x > page.left && x + wide > page.right {
            (x, y) = (page.left, y + ROW);
        }
        swatch(page, &key.swatch, Area { x, y, width: mark, height: 11.0 });
        page.sheet.fitted(x + mark + 6.0, y + 9.5, &key.name, &set, page.right - x - mark - 6.0);
        x += wide + 14.0;
    }
    page.y = y + ROW + 7.0;
}

fn swatch(page: &mut Page, swatch: &Swatch, area: Area) {
    let (sheet, look) = (&mut page.sheet, page.look);
    let (x, y) = area.middle();
    match swatch {
        Swatch::Bar(hues) => {
            let wide = area.width / hues.len().max(1) as f64;
            for (i, hue) in hues.iter().enumerate() {
                sheet.rect(area.x + wide * i as f64, y - 4.0, wide, 8.0, look.hue(*hue));
            }
        }
        Swatch::Block(hue, held) => marks::block(sheet, look, area, *hue, *held, Open::default()),
        Swatch::Unknown => marks::unknown(sheet, area),
        Swatch::Line(hue, dashes) => {
            let line = sheet.tag("line").px("x1", area.x).px("y1", y).px("x2", area.right()).px("y2", y);
            line.set("stroke", look.hue(*hue)).px("stroke-width", 2.0).broken(*dashes).end();
        }
        Swatch::InkLine => sheet.line((area.x, y), (area.right(), y), look.ink, 1.75),
        Swatch::Band(hue) => {
            let band =
                sheet.tag("rect").px("x", area.x).px("y", area.y).px("width", area.width).px("height", area.height);
            band.set("fill", look.hue(*hue)).set("fill-opacity", BAND).end();
        }
        Swatch::Shade(hue, shade) => {
            let band =
                sheet.tag("rect").px("x", area.x).px("y", area.y).px("width", area.width).px("height", area.height);
            band.set("fill", look.hue(*hue)).set("fill-opacity", shade).end();
        }
        Swatch::WhiskerAcross => marks::whisker_across(sheet, look, y, (area.x, area.right()), 3.5),
        Swatch::Whisker => marks::whisker(sheet, look, x, (area.y, area.bottom()), 3.0),
        Swatch::Turn => {
            let band = sheet.tag("rect").px("x", area.x).px("y", area.y - 1.0).px("width", area.width);
            band.px("height", area.height + 2.0).set("fill", look.hue(Hue::Slate)).set("fill-opacity", "0.16").end();
            marks::turn(sheet, look, x, (area.y - 2.0, area.bottom() + 2.0));
        }
        Swatch::Symbol(symbol, hue) => marks::symbol(sheet, look, (x, y), *symbol, *hue),
        Swatch::Usual(strength) => {
            let band =
                sheet.tag("rect").px("x", area.x).px("y", area.y).px("width", area.width).px("height", area.height);
            band.set("fill", look.hue(Hue::Slate)).set("fill-opacity", strength).end();
            sheet.line((x, area.y), (x, area.bottom()), look.ink, 1.5);
        }
        Swatch::Edge(sign) => {
            sheet.line((area.x, y), (area.right(), y), look.hue(sign.hue()), 1.75);
            badge(sheet, look, (x, y), *sign);
        }
        Swatch::Node(hue) => node_box(sheet, look, area, Some(*hue)),
        Swatch::Stroke(hue) => {
            sheet.line((area.x, y), (area.right(), y), look.hue(*hue), 1.5);
            sheet.line((x, y - 4.0), (x, y + 4.0), look.hue(*hue), 1.5);
        }
    }
}
