//! Axes under marks: a line, short ticks, labels kept inside the figure.

use crate::page::Page;
use crate::scale::{Linear, Tick};
use crate::style::{HAIR, LEADING, SMALL};
use crate::svg::{Anchor, Type};
use crate::time::{TimeScale, TimeTick, label_centre};

/// An axis of time at the page's place; moves the page on.
pub(crate) fn time(page: &mut Page, scale: &TimeScale, ticks: &[TimeTick]) {
    let look = page.look;
    let range = scale.range;
    page.sheet.line((range.0, page.y), (range.1, page.y), look.rule, HAIR);
    let set = Type::new(SMALL, look.muted).anchor(Anchor::Middle);
    for tick in ticks {
        page.sheet.line((tick.x, page.y), (tick.x, page.y + 4.0), look.rule, HAIR);
        for (i, line) in tick.lines.iter().enumerate() {
            let y = page.y + 16.0 + i as f64 * SMALL * LEADING;
            page.sheet.text(label_centre(tick, scale.labels), y, line, &set);
        }
    }
    let lines = ticks.iter().map(|t| t.lines.len()).max().unwrap_or(0);
    page.y += 6.0 + lines as f64 * SMALL * LEADING;
}

/// An axis of numbers at the page's place, with what is counted below; moves the page on.
pub(crate) fn numbers(page: &mut Page, ticks: &[Tick], scale: &Linear, name: &str) {
    let look = page.look;
    page.sheet.line((scale.range.0, page.y), (scale.range.1, page.y), look.rule, HAIR);
    let set = Type::new(SMALL, look.muted).anchor(Anchor::Middle);
    for tick in ticks {
        let x = scale.at(tick.value);
        page.sheet.line((x, page.y), (x, page.y + 4.0), look.rule, HAIR);
        let half = set.room(&tick.label) / 2.0;
        // At the right end a label stays in the figure; the left end has the gutter.
        page.sheet.text(x.min(page.labels().1 - half), page.y + 16.0, &tick.label, &set);
    }
    page.y += 6.0 + SMALL * LEADING;
    if !name.is_empty() {
        page.y += SMALL * LEADING;
        let set = Type::new(SMALL, look.muted).anchor(Anchor::End);
        page.sheet.fitted(scale.range.1, page.y - 3.0, name, &set, scale.range.1 - scale.range.0);
        page.y += 2.0;
    }
}
