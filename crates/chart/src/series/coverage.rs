//! The strip under the panels: how much was read in each bin. Nothing read is hatched, so that it is not taken for calm.

use crate::marks::{self, Area};
use crate::number;
use crate::page::Page;
use crate::scale::Linear;
use crate::series::panel::crisp;
use crate::series::{Bin, Coverage, Series, turns};
use crate::style::{HAIR, SMALL};
use crate::svg::{Anchor, Type};
use crate::time::{TimeScale, evening, morning};

/// Height of the strip: enough to see more from less, too little to be read as data.
const HEIGHT: f64 = 26.0;

/// The greatest count, as it stands beside the strip.
pub(super) fn most(coverage: &Coverage) -> String {
    number::fixed(coverage.counts.iter().flatten().copied().max().unwrap_or(0) as f64, 0)
}

/// Draws the strip, and moves the page on.
pub(super) fn draw(page: &mut Page, coverage: &Coverage, series: &Series, time: &TimeScale) {
    let bins = &series.bins;
    let look = page.look;
    let left = time.range.0;
    let name = Type::new(SMALL, look.muted);
    page.y += 4.0;
    let heading = format!("{} (hatched: none read)", coverage.name);
    let heading =
        if bins.iter().enumerate().any(|(i, _)| count(coverage, i) == Some(0)) { &heading } else { &coverage.name };
    page.sheet.fitted(left, page.y + SMALL, heading, &name, time.range.1 - left);
    page.y += SMALL + 6.0;
    let top = page.y;
    let greatest = coverage.counts.iter().flatten().copied().max().unwrap_or(0);
    let up = Linear { domain: (0.0, greatest.max(1) as f64), range: (top + HEIGHT, top) };
    if greatest > 0 {
        let tick = Type::new(SMALL, look.muted).anchor(Anchor::End);
        page.sheet.text(left - 6.0, top + 9.0, &most(coverage), &tick);
    }
    crisp(page, |page| strip(page, coverage, bins, time, &up));
    page.y = top + HEIGHT;
    turns::lines(page, &series.turns, time, (top, top + HEIGHT));
    page.sheet.line((left, page.y), (time.range.1, page.y), look.rule, HAIR);
}

fn strip(page: &mut Page, coverage: &Coverage, bins: &[Bin], time: &TimeScale, up: &Linear) {
    let look = page.look;
    let (bottom, top) = up.range;
    for (i, bin) in bins.iter().enumerate() {
        let (x, end) = (time.at(morning(bin.from)), time.at(evening(bin.to)));
        let known = count(coverage, i);
        let words = known.map_or("not known".to_owned(), |n| number::fixed(n as f64, 0));
        let title = format!("{}: {} {words}", bin.name(), coverage.name);
        page.sheet.mark(&title, &crate::frame::Behind::default(), |sheet| match known {
            None | Some(0) => marks::unknown(sheet, Area { x, y: top, width: end - x, height: HEIGHT }),
            Some(n) => {
                let y = up.at(n as f64);
                let gap = if end - x >= 4.0 { 1.0 } else { 0.0 };
                sheet.rect(x, y, end - x - gap, bottom - y, look.rule);
            }
        });
    }
}

fn count(coverage: &Coverage, bin: usize) -> Option<u64> {
    coverage.counts.get(bin).copied().flatten()
}
