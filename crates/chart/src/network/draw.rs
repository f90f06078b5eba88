//! Draws boxes and edges where a layout put them: edges bend around boxes that they do not touch, and a label lies where it
//! meets neither a box nor another label.

use crate::font::{self, Weight};
use crate::marks::{self, Area, Held};
use crate::network::{Edge, Layout, Node, Resolved, Sign, force, layered, say};
use crate::number;
use crate::page::Page;
use crate::path::Path;
use crate::style::{Hue, LEADING, NAME, Palette, SMALL};
use crate::svg::{Anchor, Sheet, Type};

type Point = (f64, f64);

/// Parts of a curve in which it is looked at, to find where it leaves its boxes.
const PARTS: u32 = 200;

/// Most lines of a name.
const LINES: usize = 4;
/// Room in a box beside and above its name.
const INSIDE: Point = (12.0, 7.0);
/// Length of an arrowhead.
const HEAD: f64 = 9.0;
/// How far several edges between the same two boxes bend from one another.
const FAN: f64 = 44.0;

/// A node as it is drawn.
struct Boxed {
    lines: Vec<String>,
    size: Point,
}

/// Draws nodes and edges, and moves the page on.
pub(super) fn draw(page: &mut Page, network: &Resolved, layout: Layout) {
    let pairs: Vec<(usize, usize)> = network.edges.iter().map(|(from, to, _)| (*from, *to)).collect();
    let width = page.room();
    // Boxes are wider where there are few of them side by side.
    let widest = match (layout, page.narrow()) {
        (Layout::Layered, _) => 166.0,
        (_, false) => 150.0,
        (_, true) => 112.0,
    };
    let boxes: Vec<Boxed> = network.nodes.iter().map(|node| boxed(node, widest)).collect();
    let sizes: Vec<Point> = boxes.iter().map(|b| b.size).collect();
    let (at, height) = if layout == Layout::Layered {
        let layer = layered::layers(sizes.len(), &pairs);
        let orders = layered::orders(&layer, &pairs);
        if !page.narrow() && layered::fits_across(orders.len(), widest, width) {
            layered::across(&orders, &sizes, width)
        } else {
            layered::down(&orders, &sizes, width)
        }
    } else {
        let set = Type::new(SMALL, page.look.ink);
        let labels = network.edges.iter().filter_map(|(_, _, e)| e.label.as_ref()).map(|l| set.room(l));
        force::place(&sizes, &pairs, width, labels.fold(0.0, f64::max))
    };
    // Loops and bends may reach a little above and below the boxes.
    let (left, top) = (page.left, page.y + 18.0);
    let areas: Vec<Area> = at
        .iter()
        .zip(&sizes)
        .map(|((x, y), (w, h))| Area { x: left + x - w / 2.0, y: top + y - h / 2.0, width: *w, height: *h })
        .collect();
    let routes = routes(&pairs, &areas, (page.left, page.right));
    let heaviest = network.edges.iter().map(|(_, _, e)| e.weight).max().unwrap_or(1);
    let drawn: Vec<Line> =
        routes.iter().zip(&network.edges).map(|(route, (_, _, edge))| Line::of(*route, edge, heaviest)).collect();
    for (line, (from, to, edge)) in drawn.iter().zip(&network.edges) {
        let title = say(&network.nodes[*from], &network.nodes[*to], edge);
        let look = page.look;
        page.sheet.mark(&title, &edge.behind, |sheet| line.draw(sheet, look, edge));
    }
    for ((node, boxed), area) in network.nodes.iter().zip(&boxes).zip(&areas) {
        draw_box(page, node, boxed, *area);
    }
    let unlabelled = labels(page, network, &drawn, &areas);
    page.y = top + height + 22.0;
    if unlabelled > 0 {
        let words =
            number::of(unlabelled, "label has no room and is a tooltip", "labels have no room and are tooltips");
        page.remark(&words);
    }
}

fn boxed(node: &Node, widest: f64) -> Boxed {
    let name = if node.name.trim().is_empty() { &node.id } else { &node.name };
    // A long word makes its box a little wider before it is broken.
    let word = name.split([' ', '-']).map(|word| font::room(word, NAME, Weight::Regular)).fold(0.0, f64::max);
    let room = (widest - 2.0 * INSIDE.0).max(word.min(widest + 8.0));
    let lines = font::wrap(name, NAME, Weight::Regular, room, LINES);
    let wide = lines.iter().map(|line| font::room(line, NAME, Weight::Regular)).fold(20.0, f64::max);
    let high = lines.len().max(1) as f64 * NAME * LEADING;
    Boxed { lines, size: (wide + 2.0 * INSIDE.0, high + 2.0 * INSIDE.1) }
}

/// The box of a node, with a stripe in the colour of its kind.
pub(crate) fn node_box(sheet: &mut Sheet, look: &Palette, area: Area, hue: Option<Hue>) {
    let frame = |sheet: &mut Sheet, fill: &str, opacity: &str, stroke: &str| {
        let rect = sheet.tag("rect").px("x", area.x).px("y", area.y).px("width", area.width).px("height", area.height);
        rect.px("rx", 3.0).set("fill", fill).set("fill-opacity", opacity).set("stroke", stroke).end();
    };
    frame(sheet, look.paper, "1", look.rule);
    if let Some(hue) = hue {
        frame(sheet, look.hue(hue), "0.1", look.hue(hue));
        sheet.rect(area.x, area.y, 4.0, area.height, look.hue(hue));
    }
}

fn draw_box(page: &mut Page, node: &Node, boxed: &Boxed, area: Area) {
    let look = page.look;
    let title = [Some(node.name.as_str()), node.kind.as_deref(), node.note.as_deref()];
    let title = title.into_iter().flatten().filter(|s| !s.is_empty()).collect::<Vec<_>>().join(". ");
    page.sheet.mark(&title, &node.behind, |sheet| {
        node_box(sheet, look, area, node.hue);
        let set = Type::new(NAME, look.ink).anchor(Anchor::Middle);
        for (i, line) in boxed.lines.iter().enumerate() {
            let y = area.y + INSIDE.1 + (i as f64 + 1.0) * NAME * LEADING - 5.0;
            sheet.text(area.middle().0, y, line, &set);
        }
    });
}

/// The curve of an edge from the middle of a box to the middle of another, before it is cut at their borders.
#[derive(Clone, Copy)]
struct Route {
    from: Point,
    bend: Point,
    to: Point,
    /// The boxes at its ends, a little grown.
    ends: (Area, Area),
}

impl Route {
    fn between(from: Area, to: Area, offset: f64) -> Self {
        let (a, b) = (from.middle(), to.middle());
        let (dx, dy) = (b.0 - a.0, b.1 - a.1);
        let length = (dx * dx + dy * dy).sqrt().max(1.0);
        // The bend's side is that of the pair, not of the direction, so that there and back lie apart.
        let side = if (a.0, a.1) <= (b.0, b.1) { 1.0 } else { -1.0 };
        let (nx, ny) = (-dy / length * side, dx / length * side);
        let bend = (f64::midpoint(a.0, b.0) + nx * offset, f64::midpoint(a.1, b.1) + ny * offset);
        let grown =
            |area: Area| Area { x: area.x - 3.0, y: area.y - 3.0, width: area.width + 6.0, height: area.height + 6.0 };
        Self { from: a, bend, to: b, ends: (grown(from), grown(to)) }
    }

    /// The point at two parameters (the blossom of a quadratic curve); at twice the same, the point of the curve.
    fn at(&self, s: f64, t: f64) -> Point {
        let mix = |a: f64, b: f64, c: f64| (1.0 - s) * (1.0 - t) * a + ((1.0 - s) * t + s * (1.0 - t)) * b + s * t * c;
        (mix(self.from.0, self.bend.0, self.to.0), mix(self.from.1, self.bend.1, self.to.1))
    }

    /// Where the curve has left its first box, and where it comes to its second.
    fn free(&self) -> (f64, f64) {
        let inside = |area: Area, t: f64| {
            let (x, y) = self.at(t, t);
            x > area.x && x < area.right() && y > area.y && y < area.bottom()
        };
        let at = |i: u32| f64::from(i) / f64::from(PARTS);
        let out = (0..PARTS).find(|i| !inside(self.ends.0, at(*i))).map_or(0.0, at);
        let back = (0..=PARTS).rev().find(|i| !inside(self.ends.1, at(*i))).map_or(1.0, at);
        if out < back { (out, back) } else { (0.0, 1.0) }
    }

    /// How much of the curve lies on boxes that are not its own, or beyond the sides of the figure.
    fn hits(&self, areas: &[Area], own: (usize, usize), sides: (f64, f64)) -> usize {
        let (out, back) = self.free();
        (0..=24)
            .map(|i| out + (back - out) * f64::from(i) / 24.0)
            .map(|t| self.at(t, t))
            .filter(|(x, y)| {
                let dot = Area { x: *x, y: *y, width: 0.0, height: 0.0 };
                *x < sides.0
                    || *x > sides.1
                    || areas.iter().enumerate().any(|(i, area)| i != own.0 && i != own.1 && area.meets(dot, 5.0))
            })
            .count()
    }
}

/// For each edge the curve that lies on the fewest boxes; several edges between two boxes fan out.
fn routes(pairs: &[(usize, usize)], areas: &[Area], sides: (f64, f64)) -> Vec<Route> {
    let key = |(a, b): (usize, usize)| (a.min(b), a.max(b));
    pairs
        .iter()
        .enumerate()
        .map(|(i, &pair)| {
            let same: Vec<usize> = (0..pairs.len()).filter(|&j| key(pairs[j]) == key(pair)).collect();
            let nth = same.iter().position(|&j| j == i).unwrap_or(0) as f64;
            let fan = (nth - (same.len() - 1) as f64 / 2.0) * FAN;
            let offsets = [0.0, 40.0, -40.0, 90.0, -90.0, 150.0, -150.0, 220.0, -220.0];
            let candidates = offsets.iter().map(|offset| Route::between(areas[pair.0], areas[pair.1], fan + offset));
            let mut best: Option<(usize, Route)> = None;
            for route in candidates {
                let hits = route.hits(areas, pair, sides);
                if best.is_none_or(|(fewest, _)| hits < fewest) {
                    best = Some((hits, route));
                }
            }
            best.map_or_else(|| Route::between(areas[pair.0], areas[pair.1], fan), |(_, route)| route)
        })
        .collect()
}

/// An edge as it is drawn: a curve that is cut at the boxes, or a loop.
struct Line {
    path: Path,
    head: Option<(Point, Point)>,
    /// Points along it for labels, from the middle outwards.
    places: Vec<Point>,
    /// Points all along it, which labels of others leave free.
    passes: Vec<Point>,
    thick: f64,
}

impl Line {
    fn of(route: Route, edge: &Edge, heaviest: u32) -> Self {
        // From 1.5 to 4 pixels by weight.
        let thick = if heaviest > 1 {
            1.5 + 2.5 * f64::from(edge.weight.saturating_sub(1)) / f64::from(heaviest - 1)
        } else {
            1.5
        };
        if edge.from == edge.to {
            return Self::looped(route.ends.0, edge.directed, thick);
        }
        let (out, back) = route.free();
        let (start, bend, end) = (route.at(out, out), route.at(out, back), route.at(back, back));
        let places = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.2, 0.8]
            .iter()
            .map(|share| out + (back - out) * share)
            .map(|t| route.at(t, t))
            .collect();
        let passes = (0..=40).map(|i| out + (back - out) * f64::from(i) / 40.0).map(|t| route.at(t, t)).collect();
        let tail = if edge.directed { towards(end, bend, HEAD - 1.0) } else { end };
        let mut path = Path::default();
        path.move_to(start.0, start.1).bend_to(bend, tail);
        Self { path, head: edge.directed.then_some((end, bend)), places, passes, thick }
    }

    /// An edge from a box to itself: an ear above its right corner.
    fn looped(area: Area, directed: bool, thick: f64) -> Self {
        let (x, y) = (area.right() - 16.0, area.y);
        let end = (area.right(), y + 12.0);
        let bend = (end.0 + 26.0, y - 4.0);
        let tail = if directed { towards(end, bend, HEAD - 1.0) } else { end };
        let mut path = Path::default();
        path.move_to(x, y).curve_to((x, y - 22.0), bend, tail);
        Self {
            path,
            head: directed.then_some((end, bend)),
            places: vec![(x + 12.0, y - 12.0)],
            passes: vec![end],
            thick,
        }
    }

    fn draw(&self, sheet: &mut Sheet, look: &Palette, edge: &Edge) {
        let colour = look.hue(edge.sign.hue());
        // A wide line that is not seen, so that a hand can point at a thin one.
        let wide = sheet.tag("path").path(&self.path).set("fill", "none").set("stroke", "none");
        wide.px("stroke-width", 10.0).set("pointer-events", "stroke").end();
        let line = sheet.tag("path").path(&self.path).set("fill", "none").set("stroke", colour);
        line.px("stroke-width", self.thick).broken(marks::dashes(edge.held)).end();
        if let Some((tip, from)) = self.head {
            let base = towards(tip, from, HEAD);
            let (dx, dy) = ((tip.0 - base.0) / HEAD * 4.5, (tip.1 - base.1) / HEAD * 4.5);
            let mut head = Path::default();
            head.move_to(tip.0, tip.1).line_to(base.0 - dy, base.1 + dx).line_to(base.0 + dy, base.1 - dx).close();
            // What is denied has a hollow head.
            let fill = if edge.held == Held::Denied { look.paper } else { colour };
            sheet.tag("path").path(&head).set("fill", fill).set("stroke", colour).end();
        }
    }
}

/// The point so far from `a` on the way to `b`.
fn towards(a: Point, b: Point, far: f64) -> Point {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let length = (dx * dx + dy * dy).sqrt();
    if length < 1e-6 { a } else { (a.0 + dx / length * far, a.1 + dy / length * far) }
}

/// The sign of an edge, in a small disc about a point.
pub(crate) fn badge(sheet: &mut Sheet, look: &Palette, (x, y): Point, sign: Sign) {
    if sign == Sign::Neither {
        return;
    }
    let colour = look.hue(sign.hue());
    let disc = sheet.tag("circle").px("cx", x).px("cy", y).px("r", 6.5).set("fill", look.paper);
    disc.set("stroke", colour).px("stroke-width", 1.5).end();
    sheet.line((x - 3.0, y), (x + 3.0, y), colour, 1.75);
    if sign == Sign::Plus {
        sheet.line((x, y - 3.0), (x, y + 3.0), colour, 1.75);
    }
}

/// Writes signs and labels on edges, each where it meets no box and no other label, and as few lines as may be. How many
/// labels had no room.
fn labels(page: &mut Page, network: &Resolved, lines: &[Line], areas: &[Area]) -> usize {
    let look = page.look;
    let set = Type::new(SMALL, look.ink).halo(look.paper);
    let mut taken: Vec<Area> = areas.to_vec();
    let mut unlabelled = 0;
    for (i, (line, (from, to, edge))) in lines.iter().zip(&network.edges).enumerate() {
        let sign = if edge.sign == Sign::Neither { 0.0 } else { 15.0 };
        let after_sign = sign + if sign > 0.0 { 3.0 } else { 0.0 };
        let label = edge.label.as_deref().map(str::trim).filter(|l| !l.is_empty());
        let label = label.map(|l| font::fit(l, SMALL, Weight::Regular, 130.0));
        let about = |(x, y): Point, wide: f64| Area { x: x - wide / 2.0, y: y - 8.0, width: wide, height: 16.0 };
        let on = |area: &Area, (x, y): &Point| area.meets(Area { x: *x, y: *y, width: 0.0, height: 0.0 }, 1.0);
        // Words may hide no more than half of their own line.
        let half = |area: &Area| line.passes.iter().filter(|point| on(area, point)).count() <= line.passes.len() / 2;
        let free = |area: &Area| {
            area.x >= page.left && area.right() <= page.right && !taken.iter().any(|other| area.meets(*other, 2.0))
        };
        // Points of other lines that would be covered, and the own head, which says where to.
        let covers = |area: &Area| {
            let others = lines.iter().enumerate().filter(|(j, _)| *j != i).flat_map(|(_, other)| &other.passes);
            others.filter(|point| on(area, point)).count()
                + 4 * line.passes.iter().rev().take(4).filter(|point| on(area, point)).count()
        };
        let best = |wide: f64| {
            line.places
                .iter()
                .map(|p| about(*p, wide))
                .filter(free)
                .filter(|a| wide <= sign || half(a))
                .min_by_key(covers)
        };
        let whole = label.as_ref().and_then(|l| best(after_sign + set.room(l)));
        unlabelled += usize::from(label.is_some() && whole.is_none());
        let (area, label) = match whole {
            Some(area) => (area, label),
            None if sign > 0.0 => match best(sign).or(line.places.first().map(|p| about(*p, sign))) {
                Some(area) => (area, None),
                None => continue,
            },
            None => continue,
        };
        taken.push(area);
        let title = say(&network.nodes[*from], &network.nodes[*to], edge);
        page.sheet.mark(&title, &edge.behind, |sheet| {
            if let Some(label) = &label {
                // A plate, so that no line goes through the words.
                let from = area.x + if sign > 0.0 { 8.0 } else { 0.0 };
                sheet.rect(from, area.y + 1.0, area.x + after_sign + set.width(label) + 2.0 - from, 14.0, look.paper);
            }
            if sign > 0.0 {
                badge(sheet, look, (area.x + 7.5, area.y + 8.0), edge.sign);
            }
            if let Some(label) = &label {
                sheet.text(area.x + after_sign, area.y + 12.0, label, &set);
            }
        });
    }
    unlabelled
}
