//! Moments at which something changed: a broken line, the band in which it may have been, and a label above, in as many
//! rows as keep the labels apart.

use crate::marks;
use crate::page::Page;
use crate::series::Turn;
use crate::style::{Hue, SMALL};
use crate::svg::{Anchor, Type};
use crate::time::{TimeScale, evening, morning};

/// From one row of labels to the next.
const ROW: f64 = 16.0;
/// No more rows than this; later labels are left to the tooltip of their line.
const MOST_ROWS: usize = 6;

/// A label with its place.
struct Placed<'a> {
    turn: &'a Turn,
    x: f64,
    anchor: Anchor,
    row: usize,
    room: f64,
}

/// Draws the labels above a panel, with leaders down to it, and moves the page on.
pub(super) fn labels(page: &mut Page, turns: &[Turn], time: &TimeScale) {
    let set = Type::new(SMALL, page.look.ink);
    let placed = place(turns, time, page.right, &set);
    let rows = placed.iter().map(|p| p.row + 1).max().unwrap_or(0);
    let top = page.y;
    page.y += rows as f64 * ROW + if rows > 0 { 4.0 } else { 0.0 };
    for label in &placed {
        let y = top + label.row as f64 * ROW + SMALL;
        let x = time.at(morning(label.turn.at));
        marks::turn(&mut page.sheet, page.look, x, (y - 9.0, page.y));
        let set = set.anchor(label.anchor).halo(page.look.paper);
        page.sheet.mark(&title(label.turn), &label.turn.behind, |sheet| {
            sheet.fitted(label.x, y, &label.turn.label, &set, label.room);
        });
    }
}

/// Draws lines and bands from top to bottom.
pub(super) fn lines(page: &mut Page, turns: &[Turn], time: &TimeScale, (top, bottom): (f64, f64)) {
    for turn in sorted(turns) {
        let x = time.at(morning(turn.at));
        if !inside(turn, time) {
            continue;
        }
        let look = page.look;
        page.sheet.mark(&title(turn), &turn.behind, |sheet| {
            if let Some((first, last)) = turn.bounds {
                let (a, b) = (time.at(morning(first)), time.at(evening(last)));
                let band = sheet.tag("rect").px("x", a).px("y", top).px("width", b - a).px("height", bottom - top);
                band.set("fill", look.hue(Hue::Slate)).set("fill-opacity", "0.16").end();
            }
            marks::turn(sheet, look, x, (top, bottom));
        });
    }
}

fn title(turn: &Turn) -> String {
    let between = turn.bounds.map(|(first, last)| format!(" ({first} to {last})"));
    format!("{}{}: {}", turn.at, between.unwrap_or_default(), turn.label)
}

fn inside(turn: &Turn, time: &TimeScale) -> bool {
    time.from <= morning(turn.at) && morning(turn.at) <= time.to
}

fn sorted(turns: &[Turn]) -> Vec<&Turn> {
    let mut turns: Vec<&Turn> = turns.iter().collect();
    turns.sort_by(|a, b| (a.at, &a.label).cmp(&(b.at, &b.label)));
    turns
}

/// The first row in which each label meets no other label and no line of a later turn.
fn place<'a>(turns: &'a [Turn], time: &TimeScale, right: f64, set: &Type) -> Vec<Placed<'a>> {
    let turns: Vec<&Turn> = sorted(turns).into_iter().filter(|t| inside(t, time) && !t.label.is_empty()).collect();
    let mut taken: Vec<(usize, f64, f64)> = Vec::new();
    let mut placed = Vec::new();
    // From the last to the first: a label's leader goes down through the rows below it, where only later labels lie, and
    // these begin to the right of it.
    for turn in turns.iter().rev() {
        let line = time.at(morning(turn.at));
        let wide = set.room(&turn.label).min((time.range.1 - time.range.0) * 0.6);
        // To the right of its line, or to the left where the figure ends.
        let (x, anchor, from, to) = if line + 5.0 + wide <= right {
            (line + 5.0, Anchor::Start, line, line + 5.0 + wide)
        } else {
            (line - 5.0, Anchor::End, line - 5.0 - wide, line)
        };
        let free = |row: usize| {
            let meets = |&(r, a, b): &(usize, f64, f64)| r == row && from < b + 8.0 && a < to + 8.0;
            // A leader of a label higher up passes through this row.
            let under_leader = placed.iter().any(|p: &Placed| {
                let leader = time.at(morning(p.turn.at));
                p.row < row && from < leader + 4.0 && leader < to + 4.0
            });
            let crosses = taken.iter().any(|&(r, a, b)| r > row && a < line + 4.0 && line < b + 4.0);
            !taken.iter().any(meets) && !under_leader && !crosses
        };
        if let Some(row) = (0..MOST_ROWS).rev().find(|&row| free(row)) {
            taken.push((row, from, to));
            placed.push(Placed { turn, x, anchor, row, room: wide + 0.5 });
        }
    }
    // Rows were filled from the lowest up.
    let first = placed.iter().map(|p| p.row).min().unwrap_or(0);
    for p in &mut placed {
        p.row -= first;
    }
    placed
}
