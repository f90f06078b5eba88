//! A network as a table: rows act on columns. Columns bear the numbers of the rows, so that no name stands on its side.

use crate::marks::{self, Area, Open};
use crate::network::{Edge, Resolved, Sign, say};
use crate::number;
use crate::page::Page;
use crate::style::{HAIR, NAME, SMALL};
use crate::svg::{Anchor, Type};

/// Smallest and largest side of a cell.
const CELL: (f64, f64) = (20.0, 46.0);
/// Edges shown side by side in a cell.
const MOST: usize = 3;

/// Draws the table, and moves the page on.
pub(super) fn draw(page: &mut Page, network: &Resolved) {
    let look = page.look;
    let name = Type::new(NAME, look.ink);
    let number = Type::new(SMALL, look.muted);
    let names = network.nodes.iter().map(|n| name.room(&n.name)).fold(0.0, f64::max);
    let gutter = (names + 40.0).min(page.room() * if page.narrow() { 0.42 } else { 0.34 });
    // As many nodes as have room.
    let room = page.room() - gutter;
    let count = (0..network.nodes.len()).take_while(|n| (*n + 1) as f64 * CELL.0 <= room).count();
    let side = (room / count.max(1) as f64).clamp(CELL.0, CELL.1);
    let high = side.min(30.0);
    let left = page.left + gutter;
    page.y += SMALL;
    for column in 0..count {
        let x = left + (column as f64 + 0.5) * side;
        page.sheet.text(x, page.y, &format!("{}", column + 1), &number.anchor(Anchor::Middle));
    }
    page.y += 6.0;
    let top = page.y;
    for (row, node) in network.nodes.iter().take(count).enumerate() {
        let y = top + row as f64 * high;
        let baseline = y + high / 2.0 + 4.5;
        page.sheet.text(page.left + 18.0, baseline, &format!("{}", row + 1), &number.anchor(Anchor::End));
        let (mut sheet, from) = (std::mem::take(&mut page.sheet), page.left + 25.0);
        sheet.mark(&node.name, &node.behind, |sheet| sheet.fitted(from, baseline, &node.name, &name, gutter - 33.0));
        page.sheet = sheet;
        for column in 0..count {
            let area = Area { x: left + column as f64 * side, y, width: side, height: high };
            let edges: Vec<&Edge> =
                network.edges.iter().filter(|(a, b, _)| (*a, *b) == (row, column)).map(|(_, _, e)| *e).collect();
            cell(page, network, (row, column), &edges, area);
        }
    }
    let (right, bottom) = (left + count as f64 * side, top + count as f64 * high);
    for line in 0..=count {
        let (x, y) = (left + line as f64 * side, top + line as f64 * high);
        page.sheet.line((left, y), (right, y), look.grid, HAIR);
        page.sheet.line((x, top), (x, bottom), look.grid, HAIR);
    }
    page.y = bottom + 8.0;
    let left_out = network.nodes.len() - count;
    if left_out > 0 {
        page.remark(&format!("and {}, for which there is no room", number::of(left_out, "more node", "more nodes")));
    }
}

fn cell(page: &mut Page, network: &Resolved, (row, column): (usize, usize), edges: &[&Edge], area: Area) {
    let look = page.look;
    if row == column && edges.is_empty() {
        page.sheet.rect(area.x, area.y, area.width, area.height, look.grid);
        return;
    }
    let shown = edges.len().min(MOST);
    for (i, edge) in edges.iter().take(MOST).enumerate() {
        let wide = area.width / shown as f64;
        let part = Area { x: area.x + wide * i as f64, width: wide, ..area }.inset(2.0);
        let mut title = say(&network.nodes[row], &network.nodes[column], edge);
        if i + 1 == MOST && edges.len() > MOST {
            title = format!("{title}; and {} more", edges.len() - MOST);
        }
        page.sheet.mark(&title, &edge.behind, |sheet| {
            marks::block(sheet, look, part, edge.sign.hue(), edge.held, Open::default());
            if edge.sign != Sign::Neither && part.width >= 9.0 {
                sign(sheet, look, part, edge);
            }
        });
    }
}

/// The sign in the middle of a cell, in what can be read on it.
fn sign(sheet: &mut crate::svg::Sheet, look: &crate::style::Palette, part: Area, edge: &Edge) {
    let (x, y) = part.middle();
    let solid = edge.held == marks::Held::Asserted;
    let colour = if solid { look.on(edge.sign.hue()) } else { look.ink };
    if edge.held == marks::Held::Disputed {
        sheet.tag("circle").px("cx", x).px("cy", y).px("r", 6.0).set("fill", look.paper).end();
    }
    sheet.line((x - 3.5, y), (x + 3.5, y), colour, 1.75);
    if edge.sign == Sign::Plus {
        sheet.line((x, y - 3.5), (x, y + 3.5), colour, 1.75);
    }
}
