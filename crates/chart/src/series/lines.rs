//! Lines through the bins of a panel: what a model has for each, over what was counted.

use crate::legend::{Key, Swatch};
use crate::page::Page;
use crate::path::Path;
use crate::series::{Bin, Panel};
use crate::time::{TimeScale, evening, morning};

/// A value for each bin, joined at the bins' middles.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// What it is: "baseline: what happens by itself".
    pub name: String,
    /// A value for each bin, in the panel's unit; the line breaks where there is none.
    pub values: Vec<Option<f64>>,
}

pub(super) fn keys(panel: &Panel) -> Vec<Key> {
    panel.lines.iter().map(|line| Key::new(Swatch::InkLine, &line.name)).collect()
}

pub(super) fn draw(page: &mut Page, panel: &Panel, bins: &[Bin], time: &TimeScale, up: impl Fn(f64) -> f64) {
    let look = page.look;
    for line in &panel.lines {
        let mut path = Path::default();
        let mut is_on = false;
        for (bin, value) in bins.iter().zip(&line.values) {
            let Some(value) = value.filter(|v| v.is_finite()) else {
                is_on = false;
                continue;
            };
            let (from, to) = (time.at(morning(bin.from)), time.at(evening(bin.to)));
            let (x, y) = (f64::midpoint(from, to), up(value));
            let _ = if is_on { path.line_to(x, y) } else { path.move_to(x, y) };
            is_on = true;
        }
        if path.is_empty() {
            continue;
        }
        for (stroke, thick) in [(look.paper, 4.0), (look.ink, 2.0)] {
            let drawn = page.sheet.tag("path").path(&path).set("fill", "none").set("stroke", stroke);
            drawn.px("stroke-width", thick).set("stroke-linejoin", "round").end();
        }
    }
}
