//! Figures for an analyst: how it went over time, which ties and truces stood when, how long truces last, who stands with
//! whom, what changed this week. Each figure is a struct of plain data with one method, `svg`; [`png`] makes pixels of that.
//!
//! Data go through scales to marks. A scale (`scale`, `time`) knows where a value lies and which ticks are honest there; a
//! mark (`marks`) is one shape with its tooltip and with the ids of what is behind it; a page (`page`) sets title, legend
//! and foot around them. Colours and sizes, each with its reason, are in `style`.
//!
//! What this crate holds to:
//!
//! - **Identical input, identical bytes.** No system fonts, no clock, no hash order; floats are printed with fixed rounding,
//!   and only arithmetic that is the same on every processor is used (no logarithm, no sine).
//! - **Missing is not zero.** A value that is `None` is drawn as a grey hatch. What is not finite counts as not known.
//! - **Every number opens.** Marks carry [`Behind`]: ids (`data-id`) and an address (`href`), and a tooltip.
//! - **Honest axes.** Bars start at zero, counts have whole ticks, no two ticks read alike, dates are ISO or "Oct 2025".
//! - **Not by colour alone.** What is disputed, denied or planned differs by texture and line; signs are written.
//!
//! It refuses: charts of parts of a whole as circles, two value axes in one panel, animation, scripts and styles (a figure
//! can be set into any page and changes nothing there). It reads no file and no clock, and prints nothing.
//!
//! Labels are any text: markup is escaped, control characters are dropped, what is too long is cut with "…" and has its
//! whole text as tooltip. The letters come along; a page that shows SVG may serve them ([`fonts`]), and where it does not, a
//! reader's own letters fit too.
//!
//! # Over time
//! ```
//! use chart::{Bin, Cell, Class, Coverage, Frame, Hue, Panel, Series, Turn};
//! use jiff::civil::date;
//!
//! let figure = Series {
//!     frame: Frame::new("Strikes across the border, by month"),
//!     bins: (8..=10).map(|m| Bin::month(2025, m)).collect(),
//!     panels: vec![Panel {
//!         name: "Assaults".into(),
//!         unit: "incidents a month".into(),
//!         classes: vec![Class::new("aerial", Hue::Blue, [Cell::of(2.0), Cell::unknown(), Cell::between(9.0, 7.0, 12.0)])],
//!         ..Panel::default()
//!     }],
//!     coverage: Some(Coverage::new("reports read", [Some(31), Some(0), Some(58)])),
//!     turns: vec![Turn::new(date(2025, 10, 9), "level rises")],
//! };
//! assert!(figure.svg().starts_with("<svg "));
//! ```
//!
//! # Intervals in lanes
//! ```
//! use chart::{Frame, Held, Hue, Lane, Point, Span, Spans, Symbol};
//! use jiff::civil::date;
//!
//! let at = |day, hour| date(2025, 10, day).at(hour, 0, 0, 0);
//! let figure = Spans {
//!     frame: Frame::new("The 48-hour ceasefire"),
//!     lanes: vec![Lane {
//!         name: "Ceasefire".into(),
//!         spans: vec![
//!             Span::new("announced", Hue::Slate, Held::Planned, Some(at(15, 18)), Some(at(17, 18))),
//!             Span::new("in force", Hue::Teal, Held::Asserted, Some(at(15, 18)), None),
//!         ],
//!         points: vec![Point::new("breach", Symbol::Cross, Hue::Orange, at(17, 21))],
//!         ..Lane::default()
//!     }],
//!     as_of: Some(at(19, 12)),
//!     ..Spans::default()
//! };
//! assert!(figure.svg().contains("The 48-hour ceasefire"));
//! ```
//!
//! # Curves between 0 and 1
//! ```
//! use chart::{Curve, Curves, Frame, Hue, Step};
//!
//! let figure = Curves {
//!     frame: Frame::new("How long truces last"),
//!     across: "days since it took effect".into(),
//!     up: "share still holding".into(),
//!     curves: vec![Curve {
//!         name: "mutual".into(),
//!         hue: Hue::Blue,
//!         steps: vec![Step::new(0.0, 1.0), Step::between(2.0, 0.8, 0.6, 0.9)],
//!         at_risk: vec![(2.0, 10), (9.0, 4)],
//!         ..Curve::default()
//!     }],
//!     ..Curves::default()
//! };
//! assert!(figure.svg().contains("still holding"));
//! ```
//!
//! # Who with whom
//! ```
//! use chart::{Edge, Frame, Held, Layout, Network, Node, Sign};
//!
//! let figure = Network {
//!     frame: Frame::new("Who is said to shelter whom, on 2025-10-19"),
//!     nodes: vec![Node::new("AFG.GOV", "Kabul"), Node::new("TTP", "Pakistani Taliban")],
//!     edges: vec![Edge { label: Some("harbours".into()), held: Held::Denied, ..Edge::new("AFG.GOV", "TTP", Sign::Plus) }],
//!     layout: Layout::Force,
//!     ..Network::default()
//! };
//! assert!(figure.svg().contains("harbours"));
//! ```
//!
//! # Against the usual
//! ```
//! use chart::{Bar, Bars, Cell, Frame, Reference};
//!
//! let figure = Bars {
//!     frame: Frame::new("This week against the weeks before"),
//!     unit: "incidents".into(),
//!     now: "week of 2025-10-13".into(),
//!     near: Some("last 4 weeks: lowest, median, highest".into()),
//!     bars: vec![Bar {
//!         name: "Assaults".into(),
//!         cell: Cell::of(23.0),
//!         near: Some(Reference { low: 4.0, mid: Some(6.0), high: 9.0 }),
//!         ..Bar::default()
//!     }],
//!     ..Bars::default()
//! };
//! assert!(figure.svg().contains("Assaults"));
//! ```

//!
//! # What may come, how sure a number is, where outcomes fell
//! ```
//! use chart::{Bin, Cell, Class, Columns, Dot, Dots, Fan, Frame, Hue, Measure, Panel, Part, Parts, Series, Spread};
//!
//! let spread = Spread { middle: 40.0, bands: vec![(8.0, 160.0), (22.0, 71.0)], came: Some(31.0), ..Spread::default() };
//! let ahead = Series {
//!     bins: (8..=10).map(|m| Bin::month(2025, m)).collect(),
//!     panels: vec![Panel {
//!         name: "Pakistan".into(),
//!         classes: vec![Class::new("deaths", Hue::Slate, [Cell::of(20.0), Cell::of(35.0)])],
//!         fans: vec![Fan {
//!             middle: "median".into(),
//!             bands: vec!["90 % interval".into(), "50 % interval".into()],
//!             spreads: vec![None, None, Some(spread)],
//!             ..Fan::default()
//!         }],
//!         ..Panel::default()
//!     }],
//!     ..Series::default()
//! };
//! let brings = Dots {
//!     unit: "further events that one event brings".into(),
//!     dots: vec![Dot { name: "by the other".into(), cell: Cell::between(0.4, 0.2, 0.7), ..Dot::default() }],
//!     ..Dots::default()
//! };
//! let fell = Columns {
//!     measure: Measure::Share,
//!     labels: vec!["lower half".into(), "upper half".into()],
//!     classes: vec![Class::new("outcomes", Hue::Blue, [Cell::of(0.45), Cell::of(0.55)])],
//!     level: Some((0.5, "as told".into())),
//!     ..Columns::default()
//! };
//! let figure = Parts {
//!     frame: Frame::new("What may come"),
//!     parts: vec![Part::Series(ahead), Part::Dots(brings), Part::Columns(fell)],
//! };
//! assert!(figure.svg().contains("lower half"));
//! ```

mod axes;
mod bars;
mod cell;
mod columns;
mod curves;
mod dots;
mod font;
mod frame;
mod legend;
mod marks;
mod network;
mod number;
mod page;
mod parts;
mod path;
mod png;
mod scale;
mod series;
mod spans;
mod stacked;
mod style;
mod svg;
mod time;

pub use bars::{Bar, Bars, Reference};
pub use cell::{Cell, Measure};
pub use columns::Columns;
pub use curves::{Curve, Curves, Step};
pub use dots::{Dot, Dots};
pub use font::{FontFile, fonts};
pub use frame::{Behind, Foot, Frame};
pub use marks::{Held, Symbol};
pub use network::{Edge, Layout, Network, Node, Sign};
pub use parts::{Part, Parts};
pub use png::{PngError, png, tree};
pub use resvg::usvg;
pub use series::{Bin, Class, Coverage, Fan, Form, Level, Line, Panel, Series, Side, Spread, Turn};
pub use spans::{Clock, Lane, Point, Span, Spans};
pub use stacked::stacked;
pub use style::{Hue, Theme};
