//! Now against the usual: a bar for each thing that is counted, over the range of the weeks before.
//!
//! In: a value, and up to two usual ranges with their middles. Out: SVG. Bars start at zero; it judges nothing: what is
//! unusual is for whoever made the ranges to say, in `note`.

use crate::axes;
use crate::cell::{Cell, Measure};
use crate::font::{self, Weight};
use crate::frame::Frame;
use crate::legend::{self, Key, Swatch};
use crate::marks::{self, Area};
use crate::number;
use crate::page::Page;
use crate::scale::{self, Axis, Linear};
use crate::style::{HAIR, Hue, NAME, SMALL};
use crate::svg::{Anchor, Type};

/// Bars across, over usual ranges.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bars {
    /// What stands around it.
    pub frame: Frame,
    /// What is counted: "incidents".
    pub unit: String,
    /// What kind of number it is.
    pub measure: Measure,
    /// What the bar is: "week of 2025-10-13".
    pub now: String,
    /// What the near range is: "last 4 weeks: lowest, median, highest".
    pub near: Option<String>,
    /// What the far range is: "last 52 weeks: lowest, median, highest".
    pub far: Option<String>,
    /// From the top down. Neighbours of one group share a heading.
    pub bars: Vec<Bar>,
}

/// A bar.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bar {
    /// What is counted: "Assaults".
    pub name: String,
    /// The heading over it and its neighbours of the same group.
    pub group: Option<String>,
    /// Its colour.
    pub hue: Hue,
    /// The value now, with bounds and what stands behind it. Hatched where it is not known.
    pub cell: Cell,
    /// The near range; `None` where there is none.
    pub near: Option<Reference>,
    /// The far range; `None` where there is none.
    pub far: Option<Reference>,
    /// What is to be said of it, after the value: "four times the median".
    pub note: Option<String>,
}

/// A usual range.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Reference {
    /// Its lower end.
    pub low: f64,
    /// Its middle, if it has one.
    pub mid: Option<f64>,
    /// Its upper end.
    pub high: f64,
}

impl Bar {
    /// Its ranges, far and near, in which they are drawn one upon the other.
    fn usual(&self) -> [Option<Reference>; 2] {
        [self.far, self.near].map(|range| range.filter(Reference::sound))
    }
}

impl Reference {
    fn sound(&self) -> bool {
        self.low.is_finite() && self.high.is_finite()
    }
}

/// How strongly the far and the near range are drawn, and how high they are about the bar.
const RANGES: [(&str, f64); 2] = [("0.16", 24.0), ("0.34", 16.0)];
/// Height of a bar.
const BAR: f64 = 8.0;
/// From one bar to the next.
const ROW: f64 = 34.0;

impl Bars {
    /// The figure as SVG.
    pub fn svg(&self) -> String {
        let mut page = Page::open(&self.frame);
        if self.bars.iter().all(|b| b.cell.known().is_none() && b.usual().iter().all(Option::is_none)) {
            page.nothing();
            return page.close("No data.");
        }
        legend::draw(&mut page, &self.keys());
        let (low, high) = self.ends();
        let narrow = page.narrow();
        let name = Type::new(NAME, page.look.ink);
        let said = |bar: &Bar| bar.cell.words(self.measure);
        let value = Type::new(NAME, page.look.ink).semibold();
        let names = self.bars.iter().map(|b| name.room(&b.name)).fold(0.0, f64::max) + 14.0;
        let gutter = if narrow { 4.0 } else { names.min(page.room() * 0.3) };
        let notes = Type::new(SMALL, page.look.muted);
        // Values, and on a wide figure what is to be said of them, stand in a column at the right.
        let widest = |most: f64| {
            let words = self.bars.iter().map(|b| {
                value.room(&said(b)).max(if narrow { 0.0 } else { b.note.as_ref().map_or(0.0, |n| notes.room(n)) })
            });
            (words.fold(0.0, f64::max) + 12.0).min(page.room() * most)
        };
        let column = if narrow { 10.0 } else { widest(0.28) };
        let axis = scale::axis(low, high, if narrow { 5 } else { 7 }, self.measure.kind());
        let across = Linear { domain: axis.ends, range: (page.left + gutter, page.right - column) };
        let mut group = None;
        for (i, bar) in self.bars.iter().enumerate() {
            if bar.group.is_some() && bar.group != group {
                page.y += NAME + if i > 0 { 8.0 } else { 2.0 };
                page.sheet.fitted(
                    page.left,
                    page.y,
                    bar.group.as_deref().unwrap_or_default(),
                    &name.semibold(),
                    page.room(),
                );
                page.y += 6.0;
            }
            group.clone_from(&bar.group);
            self.bar(&mut page, bar, &across, &axis);
        }
        page.y += if narrow { 8.0 } else { 0.0 };
        axes::numbers(&mut page, &axis.ticks, &across, &self.unit);
        page.close(&self.summary())
    }

    /// Lowest and highest of all that is drawn, zero among them.
    fn ends(&self) -> (f64, f64) {
        let values = self.bars.iter().flat_map(|bar| {
            let bounds = bar.cell.bounds().map(|(a, b)| [a, b]);
            let ranges = bar.usual().into_iter().flatten().flat_map(|r| [r.low, r.high]);
            bar.cell.known().into_iter().chain(bounds.into_iter().flatten()).chain(ranges).collect::<Vec<_>>()
        });
        values.fold((0.0, 0.0), |(low, high), value| (low.min(value), high.max(value)))
    }

    fn bar(&self, page: &mut Page, bar: &Bar, across: &Linear, axis: &Axis) {
        let look = page.look;
        let narrow = page.narrow();
        let (name, value) = (Type::new(NAME, look.ink), Type::new(NAME, look.ink).semibold());
        let notes = Type::new(SMALL, look.muted);
        let words = bar.cell.words(self.measure);
        let middle = if narrow {
            // Name, value and note above the bar.
            page.y += NAME + 6.0;
            let wide = value.room(&words);
            page.sheet.text(page.right, page.y, &words, &value.anchor(Anchor::End));
            page.sheet.fitted(page.left, page.y, &bar.name, &name, page.room() - wide - 12.0);
            if let Some(note) = &bar.note {
                page.y += SMALL + 3.0;
                page.sheet.fitted(page.left, page.y, note, &notes, page.room());
            }
            page.y += 6.0 + RANGES[0].1;
            page.y - RANGES[0].1 / 2.0
        } else {
            let middle = page.y + ROW / 2.0;
            let lines = font::wrap(&bar.name, NAME, Weight::Regular, across.range.0 - page.left - 12.0, 2);
            for (i, line) in lines.iter().enumerate() {
                let y = middle + 4.5 + (i as f64 - (lines.len() - 1) as f64 / 2.0) * 15.0;
                page.sheet.text(page.left, y, line, &name);
            }
            let column = across.range.1 + 12.0;
            let y = if bar.note.is_some() { middle - 3.0 } else { middle + 4.5 };
            page.sheet.fitted(column, y, &words, &value, page.right - column);
            if let Some(note) = &bar.note {
                page.sheet.fitted(column, middle + 11.0, note, &notes, page.right - column);
            }
            page.y += ROW;
            middle
        };
        // The grid goes behind the bar, and on a telephone not through its name.
        let (top, bottom) =
            if narrow { (middle - 14.0, middle + 14.0) } else { (middle - ROW / 2.0, middle + ROW / 2.0) };
        for tick in &axis.ticks {
            let x = across.at(tick.value);
            let colour = if tick.value == 0.0 { look.rule } else { look.grid };
            page.sheet.line((x, top), (x, bottom), colour, HAIR);
        }
        let title = self.title(bar);
        page.sheet.mark(&title, &bar.cell.behind, |sheet| {
            for (range, (strength, high)) in bar.usual().into_iter().zip(RANGES) {
                let Some(range) = range else { continue };
                let (x, end) = (across.at(range.low.min(range.high)), across.at(range.high.max(range.low)));
                // A range of one value is still seen.
                let end = end.max(x + 2.0);
                let band =
                    sheet.tag("rect").px("x", x).px("y", middle - high / 2.0).px("width", end - x).px("height", high);
                band.set("fill", look.hue(Hue::Slate)).set("fill-opacity", strength).end();
            }
            match bar.cell.known() {
                Some(known) => {
                    let (a, b) = (across.at(0.0), across.at(known));
                    sheet.rect(a.min(b), middle - BAR / 2.0, (b - a).abs(), BAR, look.hue(bar.hue));
                }
                None => marks::unknown(
                    sheet,
                    Area {
                        x: across.range.0,
                        y: middle - BAR / 2.0,
                        width: across.range.1 - across.range.0,
                        height: BAR,
                    },
                ),
            }
            for (range, (_, high)) in bar.usual().into_iter().zip(RANGES) {
                if let Some(mid) = range.and_then(|r| r.mid).filter(|m| m.is_finite()) {
                    let x = across.at(mid);
                    sheet.line((x, middle - high / 2.0), (x, middle + high / 2.0), look.paper, 3.5);
                    sheet.line((x, middle - high / 2.0), (x, middle + high / 2.0), look.ink, 1.5);
                }
            }
            if let Some((a, b)) = bar.cell.bounds() {
                marks::whisker_across(sheet, look, middle, (across.at(a), across.at(b)), 4.0);
            }
        });
    }

    fn title(&self, bar: &Bar) -> String {
        let say = |value| if self.measure == Measure::Share { number::percent(value) } else { number::plain(value) };
        let mut words = vec![format!("{}, {}: {}", bar.name, self.now, bar.cell.words(self.measure))];
        for (range, name) in bar.usual().into_iter().zip([&self.far, &self.near]).rev() {
            let Some(range) = range else { continue };
            let name = name.as_deref().unwrap_or("usual");
            let mid = range.mid.map(|mid| format!(", middle {}", say(mid)));
            words.push(format!("{name}: {} to {}{}", say(range.low), say(range.high), mid.unwrap_or_default()));
        }
        words.extend(bar.note.clone().into_iter().chain(bar.cell.note.clone()));
        words.join("; ")
    }

    fn keys(&self) -> Vec<Key> {
        let mut hues: Vec<Hue> = Vec::new();
        for bar in &self.bars {
            if !hues.contains(&bar.hue) {
                hues.push(bar.hue);
            }
        }
        let mut keys: Vec<Key> = Vec::new();
        keys.push(Key::new(Swatch::Bar(hues), &self.now));
        for (name, (strength, _)) in [&self.far, &self.near].into_iter().zip(RANGES).rev() {
            if let Some(name) = name {
                keys.push(Key::new(Swatch::Usual(strength), name));
            }
        }
        if self.bars.iter().any(|b| b.cell.bounds().is_some()) {
            keys.push(Key::new(Swatch::Whisker, "low to high"));
        }
        if self.bars.iter().any(|b| b.cell.known().is_none()) {
            keys.push(Key::new(Swatch::Unknown, "not known"));
        }
        keys
    }

    fn summary(&self) -> String {
        self.bars.iter().map(|bar| self.title(bar) + ".").collect::<Vec<_>>().join(" ")
    }
}
