//! One panel: its heading, ticks and grid, the bars or steps, whiskers, levels and what is not known.

use crate::cell::Cell;
use crate::font;
use crate::marks::{self, Area, Held, Open};
use crate::number;
use crate::page::Page;
use crate::path::Path;
use crate::scale::{self, Axis, Linear};
use crate::series::{Bin, Class, Form, Panel, Series, Side, fans, lines, turns};
use crate::style::{BAND, HAIR, NAME, SMALL};
use crate::svg::{Anchor, Type};
use crate::time::{TimeScale, evening, morning};

/// A panel's axis.
pub(super) struct Scaled {
    pub axis: Axis,
    pub height: f64,
}

/// One bin's extent on each side of zero, with a whisker for all of the side's classes.
#[derive(Clone, Copy, Default)]
struct Stack {
    /// Sum of the values.
    sum: f64,
    /// Sums of low and high, where at least one class has bounds.
    bounds: Option<(f64, f64)>,
}

fn signed(class: &Class, value: f64) -> f64 {
    if class.side == Side::Below { -value } else { value }
}

fn cell(class: &Class, bin: usize) -> Option<&Cell> {
    class.cells.get(bin)
}

fn known(class: &Class, bin: usize) -> Option<f64> {
    cell(class, bin).and_then(Cell::known)
}

/// Whether a class of the panel has no value in a bin, and nothing is said of what may come there.
pub(super) fn lacks(panel: &Panel, bin: usize) -> bool {
    fans::of(panel, bin).next().is_none() && panel.classes.iter().any(|class| known(class, bin).is_none())
}

/// Values and bounds that lie on one side of zero in a bin, added up.
fn stack(panel: &Panel, bin: usize, up: bool) -> Stack {
    let mut stack = Stack::default();
    let (mut low, mut high, mut bounded) = (0.0, 0.0, false);
    for class in &panel.classes {
        let Some(value) = known(class, bin).map(|v| signed(class, v)).filter(|v| *v != 0.0 && (*v > 0.0) == up) else {
            continue;
        };
        stack.sum += value;
        let bounds = cell(class, bin).and_then(Cell::bounds);
        bounded |= bounds.is_some();
        let (a, b) = bounds.map_or((value, value), |(a, b)| (signed(class, a), signed(class, b)));
        low += a;
        high += b;
    }
    stack.bounds = bounded.then_some((low, high));
    stack
}

impl Scaled {
    /// The axis that holds zero, all values, bounds and levels.
    pub fn of(panel: &Panel, bins: &[Bin], (narrow, crowd): (bool, bool)) -> Self {
        let (mut low, mut high) = (0.0_f64, 0.0_f64);
        let mut hold = |value: f64| {
            if value.is_finite() {
                low = low.min(value);
                high = high.max(value);
            }
        };
        for bin in 0..bins.len() {
            if panel.form == Form::Stacked {
                for up in [true, false] {
                    let stack = stack(panel, bin, up);
                    hold(stack.sum);
                    let (a, b) = stack.bounds.unwrap_or((0.0, 0.0));
                    hold(a);
                    hold(b);
                }
                continue;
            }
            for class in &panel.classes {
                hold(known(class, bin).map_or(0.0, |v| signed(class, v)));
                let (a, b) = cell(class, bin).and_then(Cell::bounds).unwrap_or((0.0, 0.0));
                hold(signed(class, a));
                hold(signed(class, b));
            }
        }
        for level in &panel.levels {
            hold(level.value);
            let (a, b) = level.bounds.unwrap_or((0.0, 0.0));
            hold(a);
            hold(b);
        }
        panel.lines.iter().flat_map(|line| &line.values).copied().flatten().for_each(&mut hold);
        (0..bins.len()).flat_map(|bin| fans::of(panel, bin)).flat_map(fans::Spread::values).for_each(&mut hold);
        panel.holds.into_iter().for_each(&mut hold);
        let both = low < 0.0 && high > 0.0;
        let height = match (narrow, both) {
            (false, false) => 150.0,
            (false, true) => 190.0,
            (true, false) => 120.0,
            (true, true) => 160.0,
        } - if crowd { 50.0 } else { 0.0 };
        let mut axis = scale::axis(
            low,
            high,
            if height > 155.0 {
                6
            } else if height > 105.0 {
                5
            } else {
                4
            },
            panel.measure.kind(),
        );
        // Where classes lie below zero by their side, the axis says how much, not how negative.
        if panel.classes.iter().any(|class| class.side == Side::Below) {
            for tick in &mut axis.ticks {
                tick.label = tick.label.trim_start_matches('−').to_owned();
            }
        }
        Self { axis, height }
    }

    fn up(&self, top: f64) -> Linear {
        Linear { domain: self.axis.ends, range: (top + self.height, top) }
    }
}

/// Draws the panel, and moves the page on.
pub(super) fn draw(
    page: &mut Page,
    panel: &Panel,
    scaled: &Scaled,
    series: &Series,
    (first, time): (bool, &TimeScale),
) {
    heading(page, panel, time);
    // Labels stand between heading and plot, so that no line goes through words.
    let shared = if first { series.turns.as_slice() } else { &[] };
    turns::labels(page, &[shared, &panel.turns].concat(), time);
    let top = page.y;
    let up = scaled.up(top);
    grid(page, scaled, &up, time);
    gaps(page, panel, &series.bins, time, (top, top + scaled.height));
    match panel.form {
        Form::Stacked => crisp(page, |page| stacked(page, panel, &series.bins, time, &up)),
        Form::Beside => crisp(page, |page| beside(page, panel, &series.bins, time, &up)),
        Form::Steps => steps(page, panel, &series.bins, time, &up),
    }
    page.sheet.line((time.range.0, up.at(0.0)), (time.range.1, up.at(0.0)), page.look.rule, HAIR);
    fans::draw(page, panel, &series.bins, time, |value| up.at(value));
    levels(page, panel, time, &up);
    lines::draw(page, panel, &series.bins, time, |value| up.at(value));
    turns::lines(page, &[series.turns.as_slice(), &panel.turns].concat(), time, (top, top + scaled.height));
    page.y = top + scaled.height + 16.0;
}

/// Name and unit, and what lies above and below zero.
fn heading(page: &mut Page, panel: &Panel, time: &TimeScale) {
    let name = Type::new(NAME, page.look.ink).semibold();
    let unit = Type::new(SMALL, page.look.muted);
    let sides = [("↑ ", &panel.above), ("↓ ", &panel.below)];
    let sides: Vec<String> =
        sides.iter().filter_map(|(arrow, side)| Some(format!("{arrow}{}", side.as_ref()?))).collect();
    let second = [vec![panel.unit.clone()], sides]
        .concat()
        .into_iter()
        .filter(|s| !s.is_empty())
        .collect::<Vec<_>>()
        .join(" · ");
    let left = page.left;
    let wide = if panel.name.is_empty() { 0.0 } else { name.room(&panel.name) + 8.0 };
    if wide > 0.0 {
        page.y += NAME + 3.0;
        page.sheet.fitted(left, page.y, &panel.name, &name, page.room());
        if !second.is_empty() && left + wide + unit.room(&second) <= time.range.1 {
            page.sheet.text(left + wide, page.y, &second, &unit);
            page.y += 14.0;
            return;
        }
    }
    for line in font::wrap(&second, SMALL, font::Weight::Regular, page.room(), 2) {
        page.y += SMALL + 3.0;
        page.sheet.text(left, page.y, &line, &unit);
    }
    page.y += 14.0;
}

fn grid(page: &mut Page, scaled: &Scaled, up: &Linear, time: &TimeScale) {
    let set = Type::new(SMALL, page.look.muted).anchor(Anchor::End);
    for tick in &scaled.axis.ticks {
        let y = up.at(tick.value);
        page.sheet.line((time.range.0, y), (time.range.1, y), page.look.grid, HAIR);
        page.sheet.text(time.range.0 - 6.0, y + 4.0, &tick.label, &set);
    }
}

fn extent(bin: Bin, time: &TimeScale) -> (f64, f64) {
    (time.at(morning(bin.from)), time.at(evening(bin.to)))
}

/// Hatches bins in which something is not known, neighbours as one.
fn gaps(page: &mut Page, panel: &Panel, bins: &[Bin], time: &TimeScale, (top, bottom): (f64, f64)) {
    let mut runs: Vec<(Bin, Bin)> = Vec::new();
    for (i, &bin) in bins.iter().enumerate().filter(|(i, _)| lacks(panel, *i)) {
        match runs.last_mut() {
            Some((_, last)) if i > 0 && *last == bins[i - 1] && last.to.tomorrow().is_ok_and(|day| day == bin.from) => {
                *last = bin;
            }
            _ => runs.push((bin, bin)),
        }
    }
    for (first, last) in runs {
        let (x, end) = (extent(first, time).0, extent(last, time).1);
        let title = if first == last { first.name() } else { format!("{} to {}", first.from, last.to) };
        page.sheet.mark(&format!("{title}: not known"), &crate::frame::Behind::default(), |sheet| {
            marks::unknown(sheet, Area { x, y: top, width: end - x, height: bottom - top });
        });
    }
}

fn tooltip(panel: &Panel, class: &Class, bin: Bin, cell: &Cell) -> String {
    let name = if class.name.is_empty() { &panel.name } else { &class.name };
    let note = cell.note.as_ref().map(|note| format!(". {note}"));
    format!("{}: {name} {}{}", bin.name(), cell.words(panel.measure), note.unwrap_or_default())
}

/// A bar, which can be opened even where its value is zero.
fn bar(page: &mut Page, title: &str, class: &Class, cell: &Cell, (x, end): (f64, f64), (a, b): (f64, f64)) {
    let look = page.look;
    let area = Area { x, y: a.min(b), width: end - x, height: (a - b).abs() };
    page.sheet.mark(title, &cell.behind, |sheet| {
        if area.height <= 0.0 {
            // Zero has no height, but it is known, and it is said.
            let flat = sheet.tag("rect").px("x", x).px("y", area.y - 3.0).px("width", area.width).px("height", 6.0);
            flat.set("fill", "none").set("pointer-events", "all").end();
        } else if class.held == Held::Asserted || area.height < 3.0 || area.width < 3.0 {
            // A texture needs room.
            sheet.rect(x, area.y, area.width, area.height, look.hue(class.hue));
        } else {
            marks::block(sheet, look, area, class.hue, class.held, Open::default());
        }
    });
}

fn stacked(page: &mut Page, panel: &Panel, bins: &[Bin], time: &TimeScale, up: &Linear) {
    for (i, &bin) in bins.iter().enumerate() {
        let (x, end) = extent(bin, time);
        let gap = gap(end - x);
        let (mut above, mut below) = (0.0, 0.0);
        for class in &panel.classes {
            let (Some(cell), Some(value)) = (cell(class, i), known(class, i).map(|v| signed(class, v))) else {
                continue;
            };
            let base = if value >= 0.0 { &mut above } else { &mut below };
            let (mut from, to) = (up.at(*base), up.at(*base + value));
            // A line of paper between two classes that are stacked, where that leaves enough of the bar.
            if *base != 0.0 && (to - from).abs() > 3.0 {
                from += if to < from { -1.0 } else { 1.0 };
            }
            *base += value;
            bar(page, &tooltip(panel, class, bin, cell), class, cell, (x + gap / 2.0, end - gap / 2.0), (from, to));
        }
        for side in [true, false] {
            if let Some((a, b)) = stack(panel, i, side).bounds {
                whisker(page, (x, end), (up.at(a), up.at(b)));
            }
        }
    }
}

fn beside(page: &mut Page, panel: &Panel, bins: &[Bin], time: &TimeScale, up: &Linear) {
    // Classes of both sides may share a column: one goes up from it, the other down.
    let most = |side| panel.classes.iter().filter(|c| c.side == side).count();
    let columns = most(Side::Above).max(most(Side::Below)).max(1) as f64;
    for (i, &bin) in bins.iter().enumerate() {
        let (x, end) = extent(bin, time);
        let gap = gap(end - x) * 2.0;
        let wide = (end - x - gap) / columns;
        let (mut above, mut below) = (0.0, 0.0);
        for class in &panel.classes {
            let column = if class.side == Side::Above { &mut above } else { &mut below };
            let from = x + gap / 2.0 + wide * *column;
            *column += 1.0;
            let (Some(cell), Some(value)) = (cell(class, i), known(class, i).map(|v| signed(class, v))) else {
                continue;
            };
            bar(page, &tooltip(panel, class, bin, cell), class, cell, (from, from + wide), (up.at(0.0), up.at(value)));
            if let Some((a, b)) = cell.bounds() {
                whisker(page, (from, from + wide), (up.at(signed(class, a)), up.at(signed(class, b))));
            }
        }
    }
}

/// Draws bars on whole pixels: no hairlines of paper between bars that touch.
pub(super) fn crisp(page: &mut Page, draw: impl FnOnce(&mut Page)) {
    page.sheet.tag("g").set("shape-rendering", "crispEdges").open();
    draw(page);
    page.sheet.close("g");
}

/// Paper between two bars: a pixel where there is room for it.
fn gap(wide: f64) -> f64 {
    if wide >= 12.0 {
        2.0
    } else if wide >= 4.0 {
        1.0
    } else {
        0.0
    }
}

fn whisker(page: &mut Page, (x, end): (f64, f64), ends: (f64, f64)) {
    let cap = if end - x >= 8.0 { 3.0 } else { 0.0 };
    marks::whisker(&mut page.sheet, page.look, f64::midpoint(x, end), ends, cap);
}

fn steps(page: &mut Page, panel: &Panel, bins: &[Bin], time: &TimeScale, up: &Linear) {
    for class in &panel.classes {
        let hue = page.look.hue(class.hue);
        let (mut line, mut band, mut last) = (Path::default(), Path::default(), None);
        for (i, &bin) in bins.iter().enumerate() {
            let (Some(cell), Some(value)) = (cell(class, i), known(class, i)) else {
                last = None;
                continue;
            };
            let (x, end) = extent(bin, time);
            let y = up.at(signed(class, value));
            // A line goes on only from the day before.
            let joined = last == bin.from.yesterday().ok() && last.is_some();
            let _ = if joined { line.down_to(y) } else { line.move_to(x, y) };
            line.across_to(end);
            if let Some((a, b)) = cell.bounds() {
                band.rect((x, up.at(signed(class, a))), (end, up.at(signed(class, b))));
            }
            last = Some(bin.to);
        }
        if !band.is_empty() {
            page.sheet.tag("path").path(&band).set("fill", hue).set("fill-opacity", BAND).end();
        }
        let path = page.sheet.tag("path").path(&line).set("fill", "none").set("stroke", hue);
        path.px("stroke-width", 2.0).set("stroke-linejoin", "round").broken(marks::dashes(class.held)).end();
        for (i, &bin) in bins.iter().enumerate() {
            let Some((cell, value)) = cell(class, i).and_then(|cell| Some((cell, cell.known()?))) else { continue };
            let (x, end) = extent(bin, time);
            let y = up.at(signed(class, value));
            page.sheet.mark(&tooltip(panel, class, bin, cell), &cell.behind, |sheet| {
                let wide = sheet.tag("rect").px("x", x).px("y", y - 5.0).px("width", end - x).px("height", 10.0);
                wide.set("fill", "none").set("pointer-events", "all").end();
            });
        }
    }
}

fn levels(page: &mut Page, panel: &Panel, time: &TimeScale, up: &Linear) {
    let look = page.look;
    let set = Type::new(SMALL, look.ink).semibold().halo(look.paper);
    for level in panel.levels.iter().filter(|level| level.value.is_finite()) {
        let (x, end) = (time.at(morning(level.from)), time.at(evening(level.to)));
        let y = up.at(level.value);
        let words = level.label.clone().unwrap_or_else(|| number::plain(level.value));
        let between = level.bounds.map(|(a, b)| format!(" ({} to {})", number::plain(a), number::plain(b)));
        let title = format!("{} to {}: {words}{}", level.from, level.to, between.unwrap_or_default());
        page.sheet.mark(&title, &crate::frame::Behind::default(), |sheet| {
            if let Some((a, b)) = level.bounds.filter(|(a, b)| a.is_finite() && b.is_finite()) {
                let (a, b) = (up.at(a), up.at(b));
                let band =
                    sheet.tag("rect").px("x", x).px("y", a.min(b)).px("width", end - x).px("height", (a - b).abs());
                band.set("fill", look.ink).set("fill-opacity", "0.12").end();
            }
            sheet.line((x, y), (end, y), look.paper, 3.25);
            sheet.line((x, y), (end, y), look.ink, 1.75);
        });
        if set.room(&words) + 6.0 <= end - x {
            page.sheet.text(x + 4.0, y - 5.0, &words, &set);
        }
    }
}
