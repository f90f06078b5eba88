//! What may come, bin by bin: a middle with bands about it, and what came where that is known by now.
//!
//! Each bin stands for itself: bands are not joined to a ribbon, since how likely a path through several bins is cannot be
//! read off the bins.

use crate::frame::Behind;
use crate::legend::{Key, Swatch};
use crate::marks::{self, Symbol};
use crate::number;
use crate::page::Page;
use crate::series::{Bin, Panel};
use crate::style::{Hue, Palette};
use crate::svg::Sheet;
use crate::time::{TimeScale, evening, morning};

/// What may come in the bins of a panel.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fan {
    /// What its middle is: "median".
    pub middle: String,
    /// What its bands are, from the widest in: "90 % interval", "50 % interval"; two at most.
    pub bands: Vec<String>,
    /// What a dot is: "what came".
    pub outcome: String,
    /// Its colour.
    pub hue: Hue,
    /// For each bin what may come in it; `None` where nothing was said of it.
    pub spreads: Vec<Option<Spread>>,
}

/// What may come in one bin.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spread {
    /// The middle.
    pub middle: f64,
    /// Low and high, from the widest band in.
    pub bands: Vec<(f64, f64)>,
    /// What came, where it is known.
    pub came: Option<f64>,
    /// More words for the tooltip.
    pub note: Option<String>,
    /// What stands behind what came.
    pub behind: Behind,
}

/// How strongly the bands are drawn, from the widest in: told apart in grey, and still so one upon the other.
const SHADES: [&str; 2] = ["0.22", "0.42"];

impl Spread {
    /// All that has to lie on the axis.
    pub(super) fn values(&self) -> impl Iterator<Item = f64> {
        let bands = self.bands.iter().flat_map(|(low, high)| [*low, *high]);
        bands.chain([self.middle]).chain(self.came).filter(|v| v.is_finite())
    }

    fn is_outside(&self, came: f64) -> bool {
        self.bands.first().is_some_and(|(low, high)| came < *low || came > *high)
    }
}

/// What may come in a bin of a panel, over all its fans.
pub(super) fn of(panel: &Panel, bin: usize) -> impl Iterator<Item = &Spread> {
    panel.fans.iter().filter_map(move |fan| fan.spreads.get(bin)?.as_ref())
}

pub(super) fn keys(panel: &Panel) -> Vec<Key> {
    let mut keys = Vec::new();
    for fan in &panel.fans {
        keys.push(Key::new(Swatch::InkLine, &fan.middle));
        let bands = fan.bands.iter().zip(SHADES).rev();
        keys.extend(bands.map(|(name, shade)| Key::new(Swatch::Shade(fan.hue, shade), name)));
        let came = |outside| {
            let spreads = fan.spreads.iter().flatten();
            spreads.filter_map(|s| s.came.map(|came| s.is_outside(came))).any(|is| is == outside)
        };
        if came(false) {
            keys.push(Key::new(Swatch::Symbol(Symbol::Dot, Hue::Orange), &fan.outcome));
        }
        if let Some(widest) = fan.bands.first().filter(|_| came(true)) {
            let name = format!("{}, outside the {widest}", fan.outcome);
            keys.push(Key::new(Swatch::Symbol(Symbol::Triangle, Hue::Orange), name));
        }
    }
    keys
}

pub(super) fn draw(page: &mut Page, panel: &Panel, bins: &[Bin], time: &TimeScale, up: impl Fn(f64) -> f64) {
    let look = page.look;
    for fan in &panel.fans {
        for (bin, spread) in bins.iter().zip(&fan.spreads) {
            let Some(spread) = spread.as_ref().filter(|s| s.middle.is_finite()) else { continue };
            let (x, end) = (time.at(morning(bin.from)), time.at(evening(bin.to)));
            let gap = if end - x >= 6.0 { 1.0 } else { 0.0 };
            page.sheet.mark(&title(panel, fan, *bin, spread), &spread.behind, |sheet| {
                one(sheet, look, fan, spread, (x + gap / 2.0, end - gap / 2.0), &up);
            });
        }
    }
}

fn one(sheet: &mut Sheet, look: &Palette, fan: &Fan, spread: &Spread, (x, end): (f64, f64), up: &impl Fn(f64) -> f64) {
    for ((low, high), shade) in spread.bands.iter().zip(SHADES) {
        if !(low.is_finite() && high.is_finite()) {
            continue;
        }
        let (a, b) = (up(*high), up(*low));
        // A band of one value is still seen.
        let band = sheet.tag("rect").px("x", x).px("y", a.min(b - 1.0)).px("width", end - x);
        band.px("height", (b - a).max(1.0)).set("fill", look.hue(fan.hue)).set("fill-opacity", shade).end();
    }
    let y = up(spread.middle);
    sheet.line((x, y), (end, y), look.ink, 2.0);
    if let Some(came) = spread.came.filter(|came| came.is_finite()) {
        let shape = if spread.is_outside(came) { Symbol::Triangle } else { Symbol::Dot };
        marks::symbol(sheet, look, (f64::midpoint(x, end), up(came)), shape, Hue::Orange);
    }
}

fn title(panel: &Panel, fan: &Fan, bin: Bin, spread: &Spread) -> String {
    let name = if panel.name.is_empty() { &panel.unit } else { &panel.name };
    let mut words = vec![format!("{}: {name}, {} {}", bin.name(), fan.middle, number::plain(spread.middle))];
    for (name, (low, high)) in fan.bands.iter().zip(&spread.bands) {
        words.push(format!("{name} {} to {}", number::plain(*low), number::plain(*high)));
    }
    words.extend(spread.came.map(|came| format!("{} {}", fan.outcome, number::plain(came))));
    words.extend(spread.note.clone());
    words.join("; ")
}

/// The fans of a panel in words: each with its first and its last bin.
pub(super) fn summary(panel: &Panel, bins: &[Bin]) -> Vec<String> {
    let mut words = Vec::new();
    for fan in &panel.fans {
        let all: Vec<(&Bin, &Spread)> =
            bins.iter().zip(&fan.spreads).filter_map(|(bin, s)| Some((bin, s.as_ref()?))).collect();
        let ends = [all.first(), all.last().filter(|_| all.len() > 1)];
        words.extend(ends.into_iter().flatten().map(|(bin, spread)| title(panel, fan, **bin, spread) + "."));
    }
    words
}
