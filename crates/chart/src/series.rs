//! Over time: bars or step lines of values per bin, in panels that share one axis of time, with a strip that says how much
//! was read.
//!
//! In: bins (days, weeks, months …) and, per panel, classes with one [`Cell`] a bin. A cell without a value is hatched, never
//! zero. Out: SVG. It does not count, smooth or fill in anything.

mod axis;
mod coverage;
mod fans;
mod lines;
mod panel;
mod turns;

use jiff::civil::{Date, date};

use crate::cell::{Cell, Measure};
use crate::frame::{Behind, Frame};
use crate::legend::{self, Key, Swatch};
use crate::marks::{self, Held};
use crate::number;
use crate::page::{Page, listed};
use crate::style::{Hue, SMALL};
use crate::svg::Type;
use crate::time::{TimeScale, evening, morning};

pub use fans::{Fan, Spread};
pub use lines::Line;

/// Values over time, in one panel or several.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Series {
    /// What stands around it.
    pub frame: Frame,
    /// The stretches of time that values belong to. They may leave gaps; they are drawn where they lie.
    pub bins: Vec<Bin>,
    /// What is drawn over these bins, from the top down.
    pub panels: Vec<Panel>,
    /// How much was read in each bin.
    pub coverage: Option<Coverage>,
    /// Moments that matter to all panels: their lines go through each, their labels stand in the first.
    pub turns: Vec<Turn>,
}

/// A stretch of days, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bin {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
}

impl Bin {
    /// From the earlier to the later of two days.
    pub fn new(from: Date, to: Date) -> Self {
        Self { from: from.min(to), to: from.max(to) }
    }

    /// A month of a year.
    ///
    /// # Panics
    /// If there is no such month.
    pub fn month(year: i16, month: i8) -> Self {
        let from = date(year, month, 1);
        Self { from, to: from.last_of_month() }
    }

    /// A year.
    ///
    /// # Panics
    /// If there is no such year.
    pub fn year(year: i16) -> Self {
        Self { from: date(year, 1, 1), to: date(year, 12, 31) }
    }

    /// How a reader names it: a year, "Oct 2025", an ISO day, or two of them.
    pub(crate) fn name(self) -> String {
        if self.from == self.to {
            self.from.to_string()
        } else if self == Self::month(self.from.year(), self.from.month()) {
            crate::time::month(self.from)
        } else if self == Self::year(self.from.year()) {
            self.from.year().to_string()
        } else {
            format!("{} to {}", self.from, self.to)
        }
    }
}

/// One set of axes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Panel {
    /// What is counted: "Assaults". May be empty where there is but one panel.
    pub name: String,
    /// In what: "incidents a month".
    pub unit: String,
    /// What kind of number it is.
    pub measure: Measure,
    /// How it is drawn.
    pub form: Form,
    /// The classes, from zero outwards.
    pub classes: Vec<Class>,
    /// Levels of stretches of time.
    pub levels: Vec<Level>,
    /// Lines over the bars.
    pub lines: Vec<Line>,
    /// What may come, bin by bin.
    pub fans: Vec<Fan>,
    /// Moments that matter to this panel alone.
    pub turns: Vec<Turn>,
    /// What lies above zero, where some classes lie below: "cooperative".
    pub above: Option<String>,
    /// What lies below zero: "hostile".
    pub below: Option<String>,
    /// A value that the axis holds beside what is drawn: panels that are to be compared are given the same.
    pub holds: Option<f64>,
}

/// How values are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// Bars, one class upon another. Low and high of all classes on a side are added up into one whisker.
    #[default]
    Stacked,
    /// Bars, one class beside another.
    Beside,
    /// A line of steps a class, with a band from low to high.
    Steps,
}

/// Values of one class.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Class {
    /// Its name, in the legend; empty where the panel's name says it.
    pub name: String,
    /// Its colour.
    pub hue: Hue,
    /// On which side of zero it is drawn.
    pub side: Side,
    /// What may be held of it: what is disputed is hatched, what is denied hollow. Lines of steps are broken.
    pub held: Held,
    /// A value for each bin, in the order of the bins. What is lacking at the end is not known.
    pub cells: Vec<Cell>,
}

impl Class {
    /// A class that is drawn above zero.
    pub fn new(name: impl Into<String>, hue: Hue, cells: impl IntoIterator<Item = Cell>) -> Self {
        Self { name: name.into(), hue, cells: cells.into_iter().collect(), ..Self::default() }
    }

    /// The same, of which only so much may be held.
    #[must_use]
    pub fn held(self, held: Held) -> Self {
        Self { held, ..self }
    }

    /// The same, drawn below zero.
    #[must_use]
    pub fn below(self) -> Self {
        Self { side: Side::Below, ..self }
    }
}

/// On which side of zero a class is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    /// Upwards.
    #[default]
    Above,
    /// Downwards; ticks there read as they do above.
    Below,
}

/// A level that held for a stretch of time.
#[derive(Clone, Debug, PartialEq)]
pub struct Level {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// The level, in the panel's unit.
    pub value: f64,
    /// The interval about it.
    pub bounds: Option<(f64, f64)>,
    /// What is written at it; the value where it is `None`.
    pub label: Option<String>,
}

/// A moment at which something changed, or happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    /// The day; the line stands at its beginning.
    pub at: Date,
    /// First and last day on which it may have been.
    pub bounds: Option<(Date, Date)>,
    /// What is written at it.
    pub label: String,
    /// What stands behind it.
    pub behind: Behind,
}

impl Turn {
    /// A moment without an interval.
    pub fn new(at: Date, label: impl Into<String>) -> Self {
        Self { at, bounds: None, label: label.into(), behind: Behind::default() }
    }

    /// The same, with the first and last day on which it may have been.
    #[must_use]
    pub fn between(self, first: Date, last: Date) -> Self {
        Self { bounds: Some((first.min(last), first.max(last))), ..self }
    }
}

/// How much was read in each bin, so that a reader sees where silence is only lack of reading.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Coverage {
    /// What is counted: "reports read".
    pub name: String,
    /// A number for each bin; `None` where it is not known.
    pub counts: Vec<Option<u64>>,
}

impl Coverage {
    /// What is counted, and how much of it in each bin.
    pub fn new(name: impl Into<String>, counts: impl IntoIterator<Item = Option<u64>>) -> Self {
        Self { name: name.into(), counts: counts.into_iter().collect() }
    }
}

/// From more panels than this on they are lower, so that they are seen together.
const CROWD: usize = 4;

impl Series {
    /// The figure as SVG.
    pub fn svg(&self) -> String {
        let mut page = Page::open(&self.frame);
        if !self.draw(&mut page) {
            page.nothing();
        }
        page.close(&self.summary())
    }

    /// Whether there is anything to draw.
    pub(crate) fn is_known(&self) -> bool {
        let counted = |p: &Panel| p.classes.iter().any(|c| c.cells.iter().any(|cell| cell.known().is_some()));
        let forecast = |p: &Panel| p.fans.iter().any(|fan| fan.spreads.iter().any(Option::is_some));
        !self.bins.is_empty() && self.panels.iter().any(|panel| counted(panel) || forecast(panel))
    }

    /// Draws it on a page, and moves the page on; `false` if there is nothing to draw.
    pub(crate) fn draw(&self, page: &mut Page) -> bool {
        let days = self.bins.iter().map(|b| b.from).min().zip(self.bins.iter().map(|b| b.to).max());
        let Some((from, to)) = days.filter(|_| self.is_known()) else { return false };
        legend::draw(page, &self.keys());
        let set = (page.narrow(), self.panels.len() > CROWD);
        let scales: Vec<panel::Scaled> = self.panels.iter().map(|p| panel::Scaled::of(p, &self.bins, set)).collect();
        let gutter = self.gutter(page, &scales);
        let time = TimeScale {
            from: morning(from),
            to: evening(to),
            range: (page.left + gutter, page.right),
            labels: page.labels(),
        };
        for (i, (panel, scaled)) in self.panels.iter().zip(&scales).enumerate() {
            panel::draw(page, panel, scaled, self, (i == 0, &time));
        }
        if let Some(coverage) = &self.coverage {
            coverage::draw(page, coverage, self, &time);
        }
        axis::draw(page, &self.bins, &time);
        true
    }

    /// Room on the left for the widest tick.
    fn gutter(&self, page: &Page, scales: &[panel::Scaled]) -> f64 {
        let set = Type::new(SMALL, page.look.muted);
        let ticks = scales.iter().flat_map(|s| s.axis.ticks.iter().map(|t| set.room(&t.label)));
        let most = self.coverage.as_ref().map_or(0.0, |c| set.room(&coverage::most(c)));
        ticks.fold(most, f64::max) + 8.0
    }

    fn keys(&self) -> Vec<Key> {
        let mut keys = Vec::new();
        for panel in &self.panels {
            for class in &panel.classes {
                let swatch = match panel.form {
                    Form::Steps => Swatch::Line(class.hue, marks::dashes(class.held)),
                    _ => Swatch::Block(class.hue, class.held),
                };
                keys.push(Key::new(swatch, &class.name));
            }
        }
        let barred = self.panels.iter().filter(|p| p.form != Form::Steps).flat_map(|p| &p.classes);
        if barred.flat_map(|c| &c.cells).any(|cell| cell.bounds().is_some()) {
            keys.push(Key::new(Swatch::Whisker, "low to high"));
        }
        let banded = self.panels.iter().filter(|p| p.form == Form::Steps).flat_map(|p| &p.classes);
        if let Some(class) = banded.into_iter().find(|c| c.cells.iter().any(|cell| cell.bounds().is_some())) {
            keys.push(Key::new(Swatch::Band(class.hue), "low to high"));
        }
        if self.panels.iter().any(|p| !p.levels.is_empty()) {
            keys.push(Key::new(Swatch::InkLine, "level"));
        }
        for panel in &self.panels {
            keys.extend(lines::keys(panel).into_iter().chain(fans::keys(panel)));
        }
        // Moments bear their labels; only what the grey about them means has to be said.
        if self.turns.iter().chain(self.panels.iter().flat_map(|p| &p.turns)).any(|turn| turn.bounds.is_some()) {
            keys.push(Key::new(Swatch::Turn, "moment, and when else it may have been"));
        }
        if self.panels.iter().any(|panel| self.bins.iter().enumerate().any(|(i, _)| panel::lacks(panel, i))) {
            keys.push(Key::new(Swatch::Unknown, "not known"));
        }
        keys
    }

    pub(crate) fn summary(&self) -> String {
        let (Some(first), Some(last)) = (self.bins.iter().min(), self.bins.iter().max()) else {
            return "No data.".to_owned();
        };
        let mut words = vec![format!("Values from {} to {}.", first.name(), last.name())];
        for panel in &self.panels {
            let name = if panel.name.is_empty() { &panel.unit } else { &panel.name };
            for class in &panel.classes {
                let cells = || self.bins.iter().zip(&class.cells);
                let most = cells()
                    .filter_map(|(bin, cell)| Some((bin, cell.known()?, cell)))
                    // The first of equal ones.
                    .fold(None, |most: Option<(&Bin, f64, &Cell)>, one| match most {
                        Some(so_far) if so_far.1 >= one.1 => most,
                        _ => Some(one),
                    });
                let said = (0..self.bins.len()).filter(|bin| {
                    class.cells.get(*bin).is_some_and(|cell| cell.known().is_some())
                        || fans::of(panel, *bin).next().is_some()
                });
                let unknown = self.bins.len() - said.count();
                let most = most.map_or("nothing known".to_owned(), |(bin, _, cell)| {
                    format!("highest in {}: {}", bin.name(), cell.words(panel.measure))
                });
                let lacking = if unknown == 0 {
                    String::new()
                } else {
                    format!("; not known in {}", number::of(unknown, "bin", "bins"))
                };
                words.push(format!("{}: {most}{lacking}.", listed([name.clone(), class.name.clone()])));
            }
            words.extend(fans::summary(panel, &self.bins));
        }
        for turn in self.turns.iter().chain(self.panels.iter().flat_map(|p| &p.turns)) {
            words.push(format!("{}: {}.", turn.at, turn.label));
        }
        words.join(" ")
    }
}
