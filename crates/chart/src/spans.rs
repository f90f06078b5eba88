//! Intervals in lanes: which tie was said to hold when, when a truce was announced, in force and broken.
//!
//! In: lanes with spans (each asserted, disputed, denied or planned) and points. An end that is `None` is open and drawn as
//! an arrow. Out: SVG with an axis from hours to centuries. Spans of a lane that overlap are put into rows; nothing is
//! joined, and no end is made up.

mod lanes;

use jiff::SignedDuration;
use jiff::civil::DateTime;

use crate::frame::{Behind, Frame};
use crate::legend::{self, Key, Swatch};
use crate::marks::{Held, Symbol};
use crate::number;
use crate::page::Page;
use crate::style::Hue;
use crate::time::{self, TimeScale};

/// Intervals and moments in lanes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spans {
    /// What stands around it.
    pub frame: Frame,
    /// From the top down. Neighbours of one group share a heading.
    pub lanes: Vec<Lane>,
    /// First and last moment shown; where `None`, all that is known, with a little room. Spans are cut at its ends.
    pub window: Option<(DateTime, DateTime)>,
    /// As of when this was known: a line, to which spans without an end reach.
    pub as_of: Option<DateTime>,
    /// A second axis, above, that counts from a moment.
    pub clock: Option<Clock>,
}

/// A moment from which hours and days are counted.
#[derive(Clone, Debug, PartialEq)]
pub struct Clock {
    /// The moment.
    pub from: DateTime,
    /// What it is: "since it took effect".
    pub name: String,
}

/// A lane.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lane {
    /// What it is about: "Kabul harbours the TTP".
    pub name: String,
    /// A second, smaller line.
    pub detail: Option<String>,
    /// The heading over it and its neighbours of the same group.
    pub group: Option<String>,
    /// Its intervals.
    pub spans: Vec<Span>,
    /// Its moments, drawn below the intervals.
    pub points: Vec<Point>,
    /// What stands behind it.
    pub behind: Behind,
}

/// An interval.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    /// What it is, for the legend and the tooltip: "in force". Equal names share a line of the legend.
    pub name: String,
    /// Its colour.
    pub hue: Hue,
    /// What may be held of it.
    pub held: Held,
    /// Its first moment; `None` where it is not known: open to the left.
    pub from: Option<DateTime>,
    /// Its last moment; `None` where it goes on, or is not known: open to the right.
    pub to: Option<DateTime>,
    /// What is written on it, where there is room.
    pub label: Option<String>,
    /// More words for the tooltip.
    pub note: Option<String>,
    /// What stands behind it.
    pub behind: Behind,
}

impl Span {
    /// An interval without a label. Ends in the wrong order are set right.
    pub fn new(name: impl Into<String>, hue: Hue, held: Held, from: Option<DateTime>, to: Option<DateTime>) -> Self {
        let (from, to) = match (from, to) {
            (Some(a), Some(b)) => (Some(a.min(b)), Some(a.max(b))),
            ends => ends,
        };
        Self { name: name.into(), hue, held, from, to, label: None, note: None, behind: Behind::default() }
    }

    fn title(&self) -> String {
        let from = self.from.map_or("begin not known".to_owned(), |from| format!("from {}", time::moment(from)));
        let to = self.to.map_or("no end known".to_owned(), |to| format!("to {}", time::moment(to)));
        let more: Vec<String> =
            [&self.label, &self.note].into_iter().flatten().map(|words| format!(". {words}")).collect();
        format!("{} {from}, {to}{}", self.name, more.concat()).trim().to_owned()
    }
}

/// A moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// What it is, for the legend and the tooltip: "breach".
    pub name: String,
    /// Its shape.
    pub symbol: Symbol,
    /// Its colour.
    pub hue: Hue,
    /// When.
    pub at: DateTime,
    /// More words for the tooltip.
    pub note: Option<String>,
    /// What stands behind it.
    pub behind: Behind,
}

impl Point {
    /// A moment.
    pub fn new(name: impl Into<String>, symbol: Symbol, hue: Hue, at: DateTime) -> Self {
        Self { name: name.into(), symbol, hue, at, note: None, behind: Behind::default() }
    }
}

impl Spans {
    /// The figure as SVG.
    pub fn svg(&self) -> String {
        let mut page = Page::open(&self.frame);
        let Some((from, to)) = self.shown() else {
            page.nothing();
            return page.close(&self.summary());
        };
        legend::draw(&mut page, &self.keys());
        let gutter = lanes::gutter(&page, self);
        let scale = TimeScale { from, to, range: (page.left + gutter, page.right), labels: page.labels() };
        lanes::draw(&mut page, self, &scale);
        page.close(&self.summary())
    }

    /// First and last moment shown, if there is anything to show.
    fn shown(&self) -> Option<(DateTime, DateTime)> {
        let spans = || self.lanes.iter().flat_map(|lane| &lane.spans);
        let points = || self.lanes.iter().flat_map(|lane| &lane.points);
        if spans().next().is_none() && points().next().is_none() {
            return None;
        }
        if let Some((a, b)) = self.window {
            return Some((a.min(b), if a == b { later(a, SignedDuration::from_hours(24)) } else { a.max(b) }));
        }
        let ends = spans().flat_map(|s| [s.from, s.to]).flatten().chain(points().map(|p| p.at)).chain(self.as_of);
        let (first, last) = ends.fold(None, |ends: Option<(DateTime, DateTime)>, at| {
            Some(ends.map_or((at, at), |(a, b)| (a.min(at), b.max(at))))
        })?;
        // Room for an arrow before the first moment and after the last, a thirtieth each; an hour where all is one moment.
        let room = SignedDuration::from_secs((last.duration_since(first).as_secs() / 30).max(1800));
        let open_left = spans().any(|s| s.from.is_none());
        let open_right = spans().any(|s| s.to.is_none()) && self.as_of.is_none_or(|as_of| as_of < last);
        let alone = first == last;
        let from = if open_left || alone { later(first, -room) } else { first };
        Some((from, if open_right || alone || points().any(|p| p.at == last) { later(last, room) } else { last }))
    }

    fn keys(&self) -> Vec<Key> {
        let mut keys = Vec::new();
        let mut add = |key: Key| {
            if !keys.contains(&key) {
                keys.push(key);
            }
        };
        for span in self.lanes.iter().flat_map(|lane| &lane.spans) {
            add(Key::new(Swatch::Block(span.hue, span.held), &span.name));
        }
        for point in self.lanes.iter().flat_map(|lane| &lane.points) {
            add(Key::new(Swatch::Symbol(point.symbol, point.hue), &point.name));
        }
        keys
    }

    fn summary(&self) -> String {
        if self.shown().is_none() {
            return "No data.".to_owned();
        }
        let mut words = vec![format!("{}.", number::of(self.lanes.len(), "lane", "lanes"))];
        for lane in &self.lanes {
            let spans = lane.spans.iter().map(Span::title).collect::<Vec<_>>().join("; ");
            let mut points: Vec<(&str, usize)> = Vec::new();
            for point in &lane.points {
                match points.iter_mut().find(|(name, _)| *name == point.name) {
                    Some((_, count)) => *count += 1,
                    None => points.push((&point.name, 1)),
                }
            }
            let points = points.iter().map(|(name, count)| format!("{name}: {count}")).collect::<Vec<_>>().join(", ");
            let parts: Vec<String> = [spans, points].into_iter().filter(|part| !part.is_empty()).collect();
            words.push(format!("{}: {}.", lane.name, parts.join("; ")));
        }
        words.join(" ")
    }
}

/// A moment so much later; the same where the calendar ends.
fn later(at: DateTime, by: SignedDuration) -> DateTime {
    at.checked_add(by).unwrap_or(at)
}
