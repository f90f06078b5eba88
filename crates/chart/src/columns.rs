//! Columns: shares or counts by class of a thing that is no time, such as where outcomes fell in their forecasts.
//!
//! In: a label for each place, and classes with one [`Cell`] a place. Out: SVG. Columns start at zero; a level, such as
//! what was to be expected, is a line with its name.

use crate::axes;
use crate::cell::{Cell, Measure};
use crate::frame::Frame;
use crate::legend::{self, Key, Swatch};
use crate::marks::{self, Area};
use crate::number;
use crate::page::Page;
use crate::scale::{self, Linear, Tick};
use crate::series::Class;
use crate::style::{HAIR, SMALL};
use crate::svg::{Anchor, Type};

/// Columns beside each other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Columns {
    /// What stands around it.
    pub frame: Frame,
    /// What goes across: "where the outcome fell in the forecast".
    pub across: String,
    /// What goes up: "share of outcomes".
    pub up: String,
    /// What kind of number it is.
    pub measure: Measure,
    /// What each place is.
    pub labels: Vec<String>,
    /// A value for each place; those of two classes stand beside each other.
    pub classes: Vec<Class>,
    /// A level through all places, with its name.
    pub level: Option<(f64, String)>,
}

impl Columns {
    /// The figure as SVG.
    pub fn svg(&self) -> String {
        let mut page = Page::open(&self.frame);
        if !self.draw(&mut page) {
            page.nothing();
            return page.close("No data.");
        }
        page.close(&self.summary())
    }

    fn cell(&self, class: usize, place: usize) -> Option<&Cell> {
        self.classes[class].cells.get(place)
    }

    /// Draws it on a page, and moves the page on; `false` if there is nothing to draw.
    pub(crate) fn draw(&self, page: &mut Page) -> bool {
        let values = || self.classes.iter().flat_map(|c| c.cells.iter().filter_map(Cell::known));
        if self.labels.is_empty() || values().next().is_none() {
            return false;
        }
        let look = page.look;
        let mut keys: Vec<Key> = self.classes.iter().map(|c| Key::new(Swatch::Block(c.hue, c.held), &c.name)).collect();
        keys.extend(self.level.as_ref().map(|(_, name)| Key::new(Swatch::InkLine, name)));
        legend::draw(page, &keys);
        let height = if page.narrow() { 120.0 } else { 150.0 };
        let high = values().chain(self.level.as_ref().map(|l| l.0)).filter(|v| v.is_finite()).fold(0.0, f64::max);
        let axis = scale::axis(0.0, high, 5, self.measure.kind());
        let tick = Type::new(SMALL, look.muted);
        let gutter = axis.ticks.iter().map(|t| tick.room(&t.label)).fold(0.0, f64::max) + 8.0;
        page.y += SMALL;
        page.sheet.fitted(page.left, page.y, &self.up, &tick, page.room());
        page.y += 13.0;
        let up = Linear { domain: axis.ends, range: (page.y + height, page.y) };
        let (left, right) = (page.left + gutter, page.right);
        for t in &axis.ticks {
            let y = up.at(t.value);
            page.sheet.line((left, y), (right, y), look.grid, HAIR);
            page.sheet.text(left - 6.0, y + 4.0, &t.label, &tick.anchor(Anchor::End));
        }
        let places = self.labels.len() as f64;
        let room = (right - left) / places;
        let wide = room * 0.8 / self.classes.len().max(1) as f64;
        for place in 0..self.labels.len() {
            for class in 0..self.classes.len() {
                let Some(cell) = self.cell(class, place) else { continue };
                let x = left + room * (place as f64 + 0.1) + wide * class as f64;
                page.sheet.mark(&self.title(class, place), &cell.behind, |sheet| match cell.known() {
                    Some(known) => {
                        let y = up.at(known.max(0.0));
                        let area = Area { x: x + 0.5, y, width: wide - 1.0, height: up.range.0 - y };
                        let of = &self.classes[class];
                        marks::block(sheet, look, area, of.hue, of.held, marks::Open::default());
                    }
                    None => {
                        marks::unknown(sheet, Area { x, y: up.range.1, width: wide, height: up.range.0 - up.range.1 });
                    }
                });
            }
        }
        if let Some((level, _)) = self.level.as_ref().filter(|(level, _)| level.is_finite()) {
            let y = up.at(*level);
            page.sheet.line((left, y), (right, y), look.paper, 3.25);
            page.sheet.line((left, y), (right, y), look.ink, 1.75);
        }
        page.y += height;
        // Every label, or every other one where they would touch.
        let most = self.labels.iter().map(|l| tick.room(l)).fold(0.0, f64::max) + 6.0;
        let step = (1..=self.labels.len()).find(|step| most <= room * *step as f64).unwrap_or(self.labels.len());
        let ticks: Vec<Tick> = self
            .labels
            .iter()
            .enumerate()
            .step_by(step)
            .map(|(i, label)| Tick { value: i as f64 + 0.5, label: label.clone() })
            .collect();
        axes::numbers(page, &ticks, &Linear { domain: (0.0, places), range: (left, right) }, &self.across);
        true
    }

    fn title(&self, class: usize, place: usize) -> String {
        let words = self.cell(class, place).map_or_else(|| "not known".to_owned(), |cell| cell.words(self.measure));
        let name = &self.classes[class].name;
        let of = if name.is_empty() { String::new() } else { format!(", {name}") };
        format!("{}{of}: {words}", self.labels[place])
    }

    pub(crate) fn summary(&self) -> String {
        let mut words = vec![format!("{}, by {}.", self.up, self.across)];
        for class in 0..self.classes.len() {
            words.extend((0..self.labels.len()).map(|place| self.title(class, place) + "."));
        }
        if let Some((level, name)) = &self.level {
            let level = if self.measure == Measure::Share { number::percent(*level) } else { number::plain(*level) };
            words.push(format!("{name}: {level}."));
        }
        words.join(" ")
    }
}
