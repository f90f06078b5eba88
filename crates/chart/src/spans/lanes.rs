//! Lanes: their names, the rows that overlapping spans need, points that fall together, and the axes above and below.

use crate::axes;
use crate::font::{self, Weight};
use crate::frame::Behind;
use crate::marks::{self, Area, Held, Open};
use crate::number;
use crate::page::Page;
use crate::scale::{self, Kind};
use crate::spans::{Clock, Lane, Point, Span, Spans};
use crate::style::{HAIR, LEADING, NAME, SMALL};
use crate::svg::{Anchor, Type};
use crate::time::{self, TimeScale};

/// Height of a span.
const BLOCK: f64 = 15.0;
/// From one row of spans to the next.
const ROW: f64 = 18.0;
/// Height of a row of points.
const POINTS: f64 = 15.0;
/// Points nearer than this are drawn as one with their number.
const TOGETHER: f64 = 11.0;
/// A span is never drawn shorter.
const SHORTEST: f64 = 4.0;
/// Empty room above and below what is in a lane.
const PAD: f64 = 6.0;

/// Room on the left for the names of lanes; none on a telephone, where names stand above.
pub(super) fn gutter(page: &Page, spans: &Spans) -> f64 {
    if page.narrow() {
        return 0.0;
    }
    let name = Type::new(NAME, page.look.ink);
    let detail = Type::new(SMALL, page.look.muted);
    let widest = spans
        .lanes
        .iter()
        .map(|lane| name.room(&lane.name).max(lane.detail.as_ref().map_or(0.0, |d| detail.room(d))))
        .fold(0.0, f64::max);
    (widest + 14.0).min(page.room() * 0.32)
}

/// Draws axes and lanes, and moves the page on.
pub(super) fn draw(page: &mut Page, spans: &Spans, scale: &TimeScale) {
    if let Some(clock) = &spans.clock {
        clock_axis(page, clock, scale);
    }
    let top = page.y;
    let ticks = scale.ticks();
    // The grid goes behind the lanes, whose height is known only when they are drawn: they are drawn apart first.
    let (before, lanes_top) = (std::mem::take(&mut page.sheet), page.y);
    let mut group = None;
    for (i, lane) in spans.lanes.iter().enumerate() {
        if lane.group.is_some() && lane.group != group {
            let set = Type::new(NAME, page.look.ink).semibold();
            if i > 0 {
                page.y += 4.0;
                page.sheet.line((page.left, page.y), (page.right, page.y), page.look.hatch, HAIR);
            }
            page.y += NAME + 6.0;
            let name = lane.group.as_deref().unwrap_or_default();
            page.sheet.fitted(page.left, page.y, name, &set.halo(page.look.paper), page.room());
            page.y += 3.0;
        } else if i > 0 {
            page.sheet.line((page.left, page.y), (page.right, page.y), page.look.grid, HAIR);
        }
        group.clone_from(&lane.group);
        draw_lane(page, lane, scale, spans.as_of);
    }
    let lanes = std::mem::replace(&mut page.sheet, before);
    for tick in &ticks {
        page.sheet.line((tick.x, lanes_top), (tick.x, page.y), page.look.grid, HAIR);
    }
    if let Some(as_of) = spans.as_of.filter(|as_of| scale.from <= *as_of && *as_of <= scale.to) {
        let x = scale.at(as_of);
        page.sheet.line((x, top), (x, page.y), page.look.ink, HAIR);
    }
    page.sheet.append(lanes);
    axes::time(page, scale, &ticks);
    if let Some(as_of) = spans.as_of {
        page.y += 4.0;
        let set = Type::new(SMALL, page.look.ink).anchor(Anchor::End);
        page.sheet.text(page.right, page.y + SMALL, &format!("as of {}", time::moment(as_of)), &set);
        page.y += SMALL * LEADING;
    }
}

fn draw_lane(page: &mut Page, lane: &Lane, scale: &TimeScale, as_of: Option<jiff::civil::DateTime>) {
    let top = page.y;
    let narrow = page.narrow();
    let name = Type::new(NAME, page.look.ink);
    let detail = Type::new(SMALL, page.look.muted);
    let room = if narrow { page.room() } else { scale.range.0 - page.left - 12.0 };
    // Names: at the left in up to two lines, or above the lane.
    let mut text_bottom = top + PAD;
    let names = font::wrap(&lane.name, NAME, Weight::Regular, room, if narrow { 1 } else { 2 });
    let details =
        lane.detail.iter().flat_map(|d| font::wrap(d, SMALL, Weight::Regular, room, if narrow { 1 } else { 2 }));
    let lines = names.into_iter().map(|line| (line, name)).chain(details.map(|line| (line, detail)));
    let (mut sheet, left, paper) = (std::mem::take(&mut page.sheet), page.left, page.look.paper);
    let title = [lane.name.clone(), lane.detail.clone().unwrap_or_default()].join(" ");
    sheet.mark(title.trim(), &lane.behind, |sheet| {
        for (line, set) in lines {
            text_bottom += set.size * 1.25;
            // Over the grid, where names stand above the lane.
            sheet.text(left, text_bottom - 2.0, &line, &set.halo(paper));
        }
    });
    page.sheet = sheet;
    let mut y = if narrow { text_bottom + 4.0 } else { top + PAD };
    let shown: Vec<&Span> = sorted(lane).into_iter().filter(|s| within(s, scale)).collect();
    let rows = rows(&shown, scale, as_of);
    let count = rows.iter().max().map_or(0, |row| row + 1);
    for (span, row) in shown.iter().zip(&rows) {
        let neighbour = shown
            .iter()
            .zip(&rows)
            .filter(|(_, r)| *r == row)
            .map(|(s, _)| ends(s, scale, as_of).0)
            .filter(|x| *x > ends(span, scale, as_of).0)
            .fold(page.right, f64::min);
        draw_span(page, span, scale, as_of, (y + *row as f64 * ROW, neighbour));
    }
    y += count as f64 * ROW;
    if !lane.points.is_empty() {
        if count > 0 {
            y += 1.0;
        }
        y += draw_points(page, &lane.points, scale, y);
    }
    page.y = y.max(text_bottom) + PAD;
}

fn sorted(lane: &Lane) -> Vec<&Span> {
    let mut spans: Vec<&Span> = lane.spans.iter().collect();
    // Longest first where they begin together, so that what was announced stands above what came of it.
    let key = |s: &Span| (s.from.is_some(), s.from, s.held != Held::Planned, s.to.is_some());
    spans.sort_by(|a, b| key(a).cmp(&key(b)).then(b.to.cmp(&a.to)).then_with(|| a.name.cmp(&b.name)));
    spans
}

fn within(span: &Span, scale: &TimeScale) -> bool {
    span.from.is_none_or(|from| from <= scale.to) && span.to.is_none_or(|to| to >= scale.from)
}

/// Where a span is drawn from and to, in pixels; never less than can be seen.
fn ends(span: &Span, scale: &TimeScale, as_of: Option<jiff::civil::DateTime>) -> (f64, f64) {
    let from = span.from.map_or(scale.range.0, |from| scale.at(from));
    let to = match (span.to, as_of) {
        (Some(to), _) => scale.at(to),
        // What goes on is known to go on up to the day of the knowledge.
        (None, Some(as_of)) => scale.at(as_of).max(from),
        (None, None) => scale.range.1,
    };
    // What is too short to be seen is made a little longer, inside the figure.
    if to - from >= SHORTEST {
        return (from, to);
    }
    let from = from.min(scale.range.1 - SHORTEST);
    (from, from + SHORTEST)
}

/// The first row in which a span meets no other.
fn rows(spans: &[&Span], scale: &TimeScale, as_of: Option<jiff::civil::DateTime>) -> Vec<usize> {
    let mut filled: Vec<f64> = Vec::new();
    let mut rows = Vec::new();
    for span in spans {
        let (from, to) = ends(span, scale, as_of);
        let row = filled.iter().position(|end| *end <= from + 0.5).unwrap_or(filled.len());
        if row == filled.len() {
            filled.push(to);
        } else {
            filled[row] = to;
        }
        rows.push(row);
    }
    rows
}

fn draw_span(
    page: &mut Page,
    span: &Span,
    scale: &TimeScale,
    as_of: Option<jiff::civil::DateTime>,
    (y, free_to): (f64, f64),
) {
    let look = page.look;
    let (x, end) = ends(span, scale, as_of);
    let open =
        Open { left: span.from.is_none_or(|from| from < scale.from), right: span.to.is_none_or(|to| to > scale.to) };
    let area = Area { x, y, width: end - x, height: BLOCK };
    let label = span.label.as_deref().unwrap_or_default();
    page.sheet.mark(&span.title(), &span.behind, |sheet| {
        marks::block(sheet, look, area, span.hue, span.held, open);
        if label.is_empty() {
            return;
        }
        let set = Type::new(SMALL, look.ink);
        let inside = end - x - 12.0 - if open.left { 6.0 } else { 0.0 } - if open.right { 6.0 } else { 0.0 };
        let baseline = y + BLOCK - 4.0;
        if set.room(label) <= inside {
            let from = x + if open.left { 11.0 } else { 6.0 };
            let set = if span.held == Held::Asserted { Type { fill: look.on(span.hue), ..set } } else { set };
            if span.held == Held::Disputed {
                // Words on a hatch need a plate.
                sheet.rect(from - 3.0, y + 1.5, set.width(label) + 6.0, BLOCK - 3.0, look.paper);
            }
            sheet.text(from, baseline, label, &set);
        } else if set.room(label) <= free_to - end - 10.0 {
            sheet.text(end + 5.0, baseline, label, &set.halo(look.paper));
        }
    });
}

/// Points of a lane, those that fall together as one with their number. Says how high they are.
fn draw_points(page: &mut Page, points: &[Point], scale: &TimeScale, top: f64) -> f64 {
    let look = page.look;
    let mut points: Vec<&Point> = points.iter().filter(|p| scale.from <= p.at && p.at <= scale.to).collect();
    points.sort_by(|a, b| (a.at, a.symbol, a.hue, &a.name).cmp(&(b.at, b.symbol, b.hue, &b.name)));
    // Heaps of the same kind, each at its first point.
    let mut heaps: Vec<(f64, Vec<&Point>)> = Vec::new();
    for point in points {
        let x = scale.at(point.at);
        let same = heaps.iter_mut().rev().find(|(at, heap)| {
            x - *at < TOGETHER && (heap[0].symbol, heap[0].hue, &heap[0].name) == (point.symbol, point.hue, &point.name)
        });
        match same {
            Some((_, heap)) => heap.push(point),
            None => heaps.push((x, vec![point])),
        }
    }
    // Heaps of different kinds that would cover one another go into rows.
    let number = Type::new(11.0, look.ink);
    let mut filled: Vec<f64> = Vec::new();
    for (x, heap) in &heaps {
        let count = if heap.len() > 1 { number::fixed(heap.len() as f64, 0) } else { String::new() };
        let wide = if count.is_empty() { 0.0 } else { number.room(&count) + 2.0 };
        let row = filled.iter().position(|end| *end <= x - 5.5).unwrap_or(filled.len());
        if row == filled.len() {
            filled.push(x + 5.5 + wide);
        } else {
            filled[row] = x + 5.5 + wide;
        }
        let y = top + row as f64 * POINTS + POINTS / 2.0;
        let behind = Behind {
            ids: heap.iter().flat_map(|p| p.behind.ids.iter().cloned()).collect(),
            href: heap.iter().find_map(|p| p.behind.href.clone()),
        };
        page.sheet.mark(&title(heap), &behind, |sheet| {
            marks::symbol(sheet, look, (*x, y), heap[0].symbol, heap[0].hue);
            if !count.is_empty() {
                sheet.text(x + 6.5, y + 4.0, &count, &number.halo(look.paper));
            }
        });
    }
    filled.len() as f64 * POINTS
}

/// The first few points of a heap in words.
fn title(heap: &[&Point]) -> String {
    const SAID: usize = 8;
    let mut words: Vec<String> = heap
        .iter()
        .take(SAID)
        .map(|p| {
            let note = p.note.as_ref().map(|note| format!(". {note}"));
            format!("{} {}{}", p.name, time::moment(p.at), note.unwrap_or_default())
        })
        .collect();
    if heap.len() > SAID {
        words.push(format!("and {} more", heap.len() - SAID));
    }
    words.join("; ")
}

/// The axis that counts from a moment.
fn clock_axis(page: &mut Page, clock: &Clock, scale: &TimeScale) {
    let look = page.look;
    let hours = |at: jiff::civil::DateTime| at.duration_since(clock.from).as_secs_f64() / 3600.0;
    let (from, to) = (hours(scale.from), hours(scale.to));
    // Days from ten days on.
    let (unit, name, step) =
        if to - from > 240.0 { (24.0, "d", None) } else { (1.0, "h", Some([1.0, 3.0, 6.0, 12.0, 24.0, 48.0])) };
    let place = |count: f64| {
        let secs = scale.to.duration_since(scale.from).as_secs_f64();
        scale.range.0 + (count * unit - from) * 3600.0 / secs * (scale.range.1 - scale.range.0)
    };
    let counts: Vec<f64> = match step {
        // Hours go by quarters and halves of a day.
        Some(steps) => {
            let step = steps.into_iter().find(|s| place(*s) - place(0.0) >= 44.0).unwrap_or(48.0);
            let first = (from.max(0.0) / step).ceil();
            (0..200).map(|k| (first + f64::from(k)) * step).take_while(|h| *h <= to).collect()
        }
        None => {
            scale::axis(from.max(0.0) / unit, to / unit, 8, Kind::Whole).ticks.into_iter().map(|t| t.value).collect()
        }
    };
    let set = Type::new(SMALL, look.muted).anchor(Anchor::Middle);
    let label = Type::new(SMALL, look.muted);
    page.sheet.fitted(scale.range.0, page.y + SMALL, &clock.name, &label, scale.range.1 - scale.range.0);
    page.y += SMALL * LEADING + 14.0;
    for count in counts.into_iter().filter(|c| place(*c) >= scale.range.0 - 1.0 && place(*c) <= scale.range.1 + 1.0) {
        let x = place(count);
        let words = format!("{} {name}", number::plain(count));
        let half = set.room(&words) / 2.0;
        page.sheet.text(x.clamp(scale.range.0 + half - 7.0, scale.range.1 - half + 7.0), page.y - 1.0, &words, &set);
        page.sheet.line((x, page.y + 3.0), (x, page.y + 7.0), look.rule, HAIR);
    }
    page.y += 7.0;
    page.sheet.line((scale.range.0, page.y), (scale.range.1, page.y), look.rule, HAIR);
}
