//! Dots with whiskers: one value a line with what the data allow, and other reckonings of the same beside it.
//!
//! In: a value, its low and high, and up to three values to compare it with. Out: SVG. What is doubtful is a ring and not
//! a disc; what is compared differs by shape. It judges nothing: what is doubtful is for whoever made the values to say.

use crate::axes;
use crate::cell::{Cell, Measure};
use crate::font::{self, Weight};
use crate::frame::Frame;
use crate::legend::{self, Key, Swatch};
use crate::marks::{self, Symbol};
use crate::number;
use crate::page::Page;
use crate::path::Path;
use crate::scale::{self, Axis, Linear};
use crate::style::{HAIR, Hue, NAME, SMALL};
use crate::svg::{Anchor, Type};

/// Dots with whiskers, a line each.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dots {
    /// What stands around it.
    pub frame: Frame,
    /// What goes across: "further events that one event brings".
    pub unit: String,
    /// What kind of number it is.
    pub measure: Measure,
    /// What a disc is.
    pub sure: String,
    /// What a ring is.
    pub doubtful: String,
    /// What low and high are: "95 % interval".
    pub interval: String,
    /// What the values beside are, in their order; three at most.
    pub beside: Vec<String>,
    /// From the top down. Neighbours of one group share a heading.
    pub dots: Vec<Dot>,
}

/// A line of the figure.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dot {
    /// What it is of.
    pub name: String,
    /// The heading over it and its neighbours of the same group.
    pub group: Option<String>,
    /// The value with its low and high, and what stands behind it.
    pub cell: Cell,
    /// Whether the data set no upper end; the whisker then goes on to the edge.
    pub is_open: bool,
    /// Whether it is doubtful.
    pub is_doubtful: bool,
    /// The same by other reckonings, in the order of their names.
    pub beside: Vec<Option<f64>>,
    /// The value in words, where they are to differ from the usual.
    pub said: Option<String>,
}

/// Shapes of the values beside, by their order.
const SHAPES: [Symbol; 3] = [Symbol::Diamond, Symbol::Triangle, Symbol::Square];
/// From one line to the next.
const ROW: f64 = 24.0;

impl Dots {
    /// The figure as SVG.
    pub fn svg(&self) -> String {
        let mut page = Page::open(&self.frame);
        if !self.draw(&mut page) {
            page.nothing();
            return page.close("No data.");
        }
        page.close(&self.summary())
    }

    /// Draws it on a page, and moves the page on; `false` if there is nothing to draw.
    pub(crate) fn draw(&self, page: &mut Page) -> bool {
        if self.dots.iter().all(|dot| dot.cell.known().is_none()) {
            return false;
        }
        legend::draw(page, &self.keys());
        let narrow = page.narrow();
        let name = Type::new(NAME, page.look.ink);
        let names = self.dots.iter().map(|d| name.room(&d.name)).fold(0.0, f64::max) + 14.0;
        let value = Type::new(SMALL, page.look.ink);
        let said = self.dots.iter().map(|d| value.room(&self.said(d))).fold(0.0, f64::max) + 16.0;
        let gutter = if narrow { 4.0 } else { names.min(page.room() * 0.34) };
        let column = if narrow { 10.0 } else { said.min(page.room() * 0.3) };
        let high = self.highest();
        let axis = scale::axis(0.0, high, if narrow { 5 } else { 7 }, self.measure.kind());
        let across = Linear { domain: axis.ends, range: (page.left + gutter, page.right - column) };
        let mut group = None;
        for (i, dot) in self.dots.iter().enumerate() {
            if dot.group.is_some() && dot.group != group {
                page.y += NAME + if i > 0 { 8.0 } else { 2.0 };
                let words = dot.group.as_deref().unwrap_or_default();
                page.sheet.fitted(page.left, page.y, words, &name.semibold(), page.room());
                page.y += 6.0;
            }
            group.clone_from(&dot.group);
            self.dot(page, dot, &across, &axis);
        }
        axes::numbers(page, &axis.ticks, &across, &self.unit);
        true
    }

    fn highest(&self) -> f64 {
        let values = self.dots.iter().flat_map(|dot| {
            let beside = dot.beside.iter().copied().flatten();
            let high = dot.cell.bounds().map(|(_, high)| high);
            dot.cell.known().into_iter().chain(high).chain(beside)
        });
        values.filter(|v| v.is_finite()).fold(0.0, f64::max)
    }

    fn said(&self, dot: &Dot) -> String {
        dot.said.clone().unwrap_or_else(|| dot.cell.words(self.measure))
    }

    fn dot(&self, page: &mut Page, dot: &Dot, across: &Linear, axis: &Axis) {
        let look = page.look;
        let (name, value) = (Type::new(NAME, look.ink), Type::new(SMALL, look.ink));
        let words = self.said(dot);
        let (top, middle) = if page.narrow() {
            page.y += NAME + 5.0;
            let wide = value.room(&words);
            page.sheet.text(page.right, page.y, &words, &value.anchor(Anchor::End));
            page.sheet.fitted(page.left, page.y, &dot.name, &name, page.room() - wide - 12.0);
            let top = page.y + 4.0;
            page.y += 20.0;
            (top, page.y - 8.0)
        } else {
            let (top, middle) = (page.y, page.y + ROW / 2.0);
            let room = across.range.0 - page.left - 12.0;
            for line in font::wrap(&dot.name, NAME, Weight::Regular, room, 1) {
                page.sheet.text(page.left, middle + 4.5, &line, &name);
            }
            let column = across.range.1 + 12.0;
            page.sheet.fitted(column, middle + 4.0, &words, &value, page.right - column);
            page.y += ROW;
            (top, middle)
        };
        for tick in &axis.ticks {
            let x = across.at(tick.value);
            let colour = if tick.value == 0.0 { look.rule } else { look.grid };
            page.sheet.line((x, top), (x, page.y), colour, HAIR);
        }
        page.sheet.mark(&self.title(dot), &dot.cell.behind, |sheet| {
            let Some(known) = dot.cell.known() else { return };
            if let Some((a, b)) = dot.cell.bounds() {
                let ends = (across.at(a), if dot.is_open { across.range.1 } else { across.at(b) });
                if dot.is_open {
                    for (stroke, thick) in [(look.paper, 3.0), (look.ink, 1.25)] {
                        sheet.line((ends.0, middle), (ends.1, middle), stroke, thick);
                        sheet.line((ends.0, middle - 4.0), (ends.0, middle + 4.0), stroke, thick);
                    }
                    let mut tip = Path::default();
                    tip.move_to(ends.1 - 5.0, middle - 4.0).line_to(ends.1, middle).line_to(ends.1 - 5.0, middle + 4.0);
                    let tip = sheet.tag("path").path(&tip).set("fill", "none").set("stroke", look.ink);
                    tip.px("stroke-width", 1.25).end();
                } else {
                    marks::whisker_across(sheet, look, middle, ends, 4.0);
                }
            }
            for (value, shape) in dot.beside.iter().zip(SHAPES) {
                if let Some(value) = value.filter(|v| v.is_finite()) {
                    marks::symbol(sheet, look, (across.at(value), middle), shape, Hue::Orange);
                }
            }
            let shape = if dot.is_doubtful { Symbol::Ring } else { Symbol::Dot };
            marks::symbol(sheet, look, (across.at(known), middle), shape, Hue::Blue);
        });
    }

    fn title(&self, dot: &Dot) -> String {
        let mut words = vec![match &dot.group {
            Some(group) => format!("{group}, {}: {}", dot.name, self.said(dot)),
            None => format!("{}: {}", dot.name, self.said(dot)),
        }];
        if dot.is_doubtful && !self.doubtful.is_empty() {
            words.push(self.doubtful.clone());
        }
        let say = |value| if self.measure == Measure::Share { number::percent(value) } else { number::plain(value) };
        for (name, value) in self.beside.iter().zip(&dot.beside) {
            words.extend(value.map(|value| format!("{name}: {}", say(value))));
        }
        words.extend(dot.cell.note.clone());
        words.join("; ")
    }

    fn keys(&self) -> Vec<Key> {
        let mut keys = Vec::new();
        if self.dots.iter().any(|d| !d.is_doubtful) {
            keys.push(Key::new(Swatch::Symbol(Symbol::Dot, Hue::Blue), &self.sure));
        }
        if self.dots.iter().any(|d| d.is_doubtful) {
            keys.push(Key::new(Swatch::Symbol(Symbol::Ring, Hue::Blue), &self.doubtful));
        }
        if self.dots.iter().any(|d| d.cell.bounds().is_some()) {
            keys.push(Key::new(Swatch::WhiskerAcross, &self.interval));
        }
        for (i, (name, shape)) in self.beside.iter().zip(SHAPES).enumerate() {
            if self.dots.iter().any(|d| d.beside.get(i).copied().flatten().is_some()) {
                keys.push(Key::new(Swatch::Symbol(shape, Hue::Orange), name));
            }
        }
        keys
    }

    pub(crate) fn summary(&self) -> String {
        self.dots.iter().map(|dot| self.title(dot) + ".").collect::<Vec<_>>().join(" ")
    }
}
