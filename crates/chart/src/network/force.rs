//! Places boxes so that connected ones are near and none lies on another: springs and repulsion (Fruchterman and Reingold
//! 1991), then boxes that still touch are pushed apart.
//!
//! Without chance: boxes begin on a spiral in their order, and only sums, products and roots are used, which every processor
//! reckons alike.

use crate::style::NARROW;

/// Room above and below boxes: enough for an arrow and a line of words.
const GAP_DOWN: f64 = 52.0;
/// Least and most room beside boxes: enough for an arrow, and for its label where there is room; on a telephone, for the
/// arrow alone.
const GAP_ACROSS: (f64, f64) = (56.0, 132.0);
const GAP_NARROW: f64 = 30.0;
/// How much wider than high the layout is wanted: boxes are, and so are figures, but not on a telephone.
const STRETCH: f64 = 1.7;
const STRETCH_NARROW: f64 = 0.9;
/// Layouts that are tried, each from its own turn of the spiral; the one with the fewest crossings is taken.
const STARTS: usize = 8;
/// Rounds of the spring model; past 300 nothing moved by more than a pixel in the networks that were looked at.
const ROUNDS: u32 = 300;

/// Centres of boxes of the given sizes in a width, and the height that they need. Edges are pairs of places in `sizes`;
/// `label` is how wide the widest of their labels is.
pub(super) fn place(sizes: &[(f64, f64)], edges: &[(usize, usize)], width: f64, label: f64) -> (Vec<(f64, f64)>, f64) {
    let across = if width < NARROW { GAP_NARROW } else { (label + 36.0).clamp(GAP_ACROSS.0, GAP_ACROSS.1) };
    let gap = (across, GAP_DOWN);
    if sizes.len() == 1 {
        return (vec![(width / 2.0, sizes[0].1 / 2.0)], sizes[0].1);
    }
    let area: f64 = sizes.iter().map(|(w, h)| (w + gap.0) * (h + 1.5 * gap.1)).sum();
    let started = (area / width).max(200.0);
    let mut best: Option<(usize, Vec<(f64, f64)>)> = None;
    for start in 0..STARTS {
        let mut height = started;
        let mut at = springs(sizes, edges, start, (width, height));
        // Where the boxes do not fit apart, the figure grows; where that does not help, they are put into rows.
        let mut apart = false;
        for _ in 0..8 {
            apart = push_apart(&mut at, sizes, gap, (width, height));
            if apart {
                break;
            }
            height += 50.0;
        }
        if !apart {
            in_rows(&mut at, sizes, gap, width);
        }
        let crossed = crossings(&at, sizes, edges);
        // Of equal ones, the first.
        if best.as_ref().is_none_or(|(fewest, _)| crossed < *fewest) {
            best = Some((crossed, at));
        }
    }
    let mut at = best.map(|(_, at)| at).unwrap_or_default();
    // What is left empty above and below goes.
    let top = at.iter().zip(sizes).map(|(p, s)| p.1 - s.1 / 2.0).fold(f64::INFINITY, f64::min);
    let bottom = at.iter().zip(sizes).map(|(p, s)| p.1 + s.1 / 2.0).fold(0.0, f64::max);
    for p in &mut at {
        p.1 -= top;
    }
    (at, bottom - top)
}

/// Points on a spiral, each turned by the golden angle from the one before: near one another, none in line.
fn spiral(count: usize, start: usize, middle: (f64, f64), reach: (f64, f64)) -> Vec<(f64, f64)> {
    // Cosine and sine of the golden angle, as numbers: functions of angles differ between machines.
    const TURN: (f64, f64) = (-0.737_368_878_078_320_1, 0.675_490_294_261_523_8);
    let turned = |d: (f64, f64)| (d.0 * TURN.0 - d.1 * TURN.1, d.0 * TURN.1 + d.1 * TURN.0);
    let mut direction = (0..start).fold((1.0_f64, 0.0_f64), |direction, _| turned(direction));
    (0..count)
        .map(|i| {
            let share = ((i as f64 + 0.5) / count as f64).sqrt();
            let point = (middle.0 + direction.0 * share * reach.0, middle.1 + direction.1 * share * reach.1);
            direction = turned(direction);
            point
        })
        .collect()
}

fn springs(
    sizes: &[(f64, f64)],
    edges: &[(usize, usize)],
    start: usize,
    (width, height): (f64, f64),
) -> Vec<(f64, f64)> {
    let count = sizes.len();
    // In a plane that is not stretched, so that distance means the same both ways.
    let stretch = if width < NARROW { STRETCH_NARROW } else { STRETCH };
    let (wide, high) = (width / stretch, height);
    let middle = (wide / 2.0, high / 2.0);
    let mut at = spiral(count, start, middle, (wide * 0.4, high * 0.4));
    let length = (wide * high / count as f64).sqrt() * 0.9;
    for round in 0..ROUNDS {
        let mut force = vec![(0.0, 0.0); count];
        for i in 0..count {
            for j in i + 1..count {
                let (dx, dy) = (at[i].0 - at[j].0, at[i].1 - at[j].1);
                let square = (dx * dx + dy * dy).max(1.0);
                let push = length * length / square;
                force[i].0 += dx * push;
                force[i].1 += dy * push;
                force[j].0 -= dx * push;
                force[j].1 -= dy * push;
            }
        }
        for &(i, j) in edges {
            let (dx, dy) = (at[i].0 - at[j].0, at[i].1 - at[j].1);
            let pull = (dx * dx + dy * dy).sqrt() / length;
            force[i].0 -= dx * pull;
            force[i].1 -= dy * pull;
            force[j].0 += dx * pull;
            force[j].1 += dy * pull;
        }
        // Steps get shorter, to rest at the end.
        let most = length * 0.6 * (1.0 - f64::from(round) / f64::from(ROUNDS)) + 0.2;
        for (p, f) in at.iter_mut().zip(&force) {
            // A light pull to the middle keeps what is not connected in sight.
            let (fx, fy) = (f.0 + (middle.0 - p.0) * 0.4, f.1 + (middle.1 - p.1) * 0.4);
            let size = (fx * fx + fy * fy).sqrt().max(1e-9);
            let step = size.min(most) / size;
            *p = (p.0 + fx * step, p.1 + fy * step);
        }
    }
    fill(&mut at, sizes, width, height);
    at
}

/// How many pairs of edges cross, and, counted thrice, how many boxes edges run through: these are worse, since an edge that
/// must bend crosses more.
fn crossings(at: &[(f64, f64)], sizes: &[(f64, f64)], edges: &[(usize, usize)]) -> usize {
    let side =
        |a: (f64, f64), b: (f64, f64), c: (f64, f64)| (b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0) > 0.0;
    let cross = |(a, b): (usize, usize), (c, d): (usize, usize)| {
        let [a, b, c, d] = [a, b, c, d].map(|i| at[i]);
        side(a, b, c) != side(a, b, d) && side(c, d, a) != side(c, d, b)
    };
    let through = |(a, b): (usize, usize), i: usize| {
        (1..16).map(|k| f64::from(k) / 16.0).any(|t| {
            let (x, y) = (at[a].0 + (at[b].0 - at[a].0) * t, at[a].1 + (at[b].1 - at[a].1) * t);
            (x - at[i].0).abs() < sizes[i].0 / 2.0 && (y - at[i].1).abs() < sizes[i].1 / 2.0
        })
    };
    let mut count = 0;
    for (n, &edge) in edges.iter().enumerate() {
        let apart = |other: (usize, usize)| ![other.0, other.1].iter().any(|end| *end == edge.0 || *end == edge.1);
        count += edges[n + 1..].iter().filter(|other| apart(**other) && cross(edge, **other)).count();
        count += 3 * (0..at.len()).filter(|&i| i != edge.0 && i != edge.1 && through(edge, i)).count();
    }
    count
}

/// Spreads what the springs made over the whole width, and over no more height than there is.
fn fill(at: &mut [(f64, f64)], sizes: &[(f64, f64)], width: f64, height: f64) {
    let ends = |f: fn(&(f64, f64)) -> f64| {
        at.iter().map(f).fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| (a.min(v), b.max(v)))
    };
    let ((left, right), (top, bottom)) = (ends(|p| p.0), ends(|p| p.1));
    let widest = sizes.iter().map(|s| s.0).fold(0.0, f64::max);
    let highest = sizes.iter().map(|s| s.1).fold(0.0, f64::max);
    let across = (width - widest).max(1.0) / (right - left).max(1.0);
    let down = (height - highest).max(1.0) / (bottom - top).max(1.0);
    // One network is not torn to one side.
    let across = across.min(down * 5.0);
    for p in at {
        p.0 = width / 2.0 + (p.0 - f64::midpoint(left, right)) * across;
        p.1 = height / 2.0 + (p.1 - f64::midpoint(top, bottom)) * down;
    }
}

/// Moves boxes that are nearer than the gap, inside the figure. Whether none is left.
fn push_apart(at: &mut [(f64, f64)], sizes: &[(f64, f64)], gap: (f64, f64), (width, height): (f64, f64)) -> bool {
    for _ in 0..80 {
        let mut rest = true;
        for i in 0..at.len() {
            for j in i + 1..at.len() {
                let (dx, dy) = (at[j].0 - at[i].0, at[j].1 - at[i].1);
                let over_x = f64::midpoint(sizes[i].0, sizes[j].0) + gap.0 - dx.abs();
                let over_y = f64::midpoint(sizes[i].1, sizes[j].1) + gap.1 - dy.abs();
                if over_x <= 0.01 || over_y <= 0.01 {
                    continue;
                }
                rest = false;
                // Along the shorter way; of two that lie on one point, the later goes right and down.
                if over_x < over_y {
                    let by = over_x / 2.0 * if dx < 0.0 { -1.0 } else { 1.0 };
                    at[i].0 -= by;
                    at[j].0 += by;
                } else {
                    let by = over_y / 2.0 * if dy < 0.0 { -1.0 } else { 1.0 };
                    at[i].1 -= by;
                    at[j].1 += by;
                }
            }
        }
        for (p, size) in at.iter_mut().zip(sizes) {
            p.0 = p.0.max(size.0 / 2.0).min((width - size.0 / 2.0).max(size.0 / 2.0));
            p.1 = p.1.max(size.1 / 2.0).min((height - size.1 / 2.0).max(size.1 / 2.0));
        }
        if rest {
            return true;
        }
    }
    false
}

/// Puts boxes into rows, from the top down and from left to right as they lie: dense, but none on another.
fn in_rows(at: &mut [(f64, f64)], sizes: &[(f64, f64)], gap: (f64, f64), width: f64) {
    let mut order: Vec<usize> = (0..at.len()).collect();
    order.sort_by(|&i, &j| at[i].1.total_cmp(&at[j].1));
    let mut top = 0.0;
    let mut rest = order.as_slice();
    while !rest.is_empty() {
        let mut wide = -gap.0;
        let fit = rest.iter().take_while(|&&i| {
            wide += gap.0 + sizes[i].0;
            wide <= width
        });
        let (row, after) = rest.split_at(fit.count().max(1));
        rest = after;
        let mut row = row.to_vec();
        row.sort_by(|&i, &j| at[i].0.total_cmp(&at[j].0));
        let boxes: f64 = row.iter().map(|&i| sizes[i].0).sum();
        let high = row.iter().map(|&i| sizes[i].1).fold(0.0, f64::max);
        let spare = (width - boxes) / row.len() as f64;
        let mut x = spare / 2.0;
        for i in row {
            at[i] = (x + sizes[i].0 / 2.0, top + high / 2.0);
            x += sizes[i].0 + spare;
        }
        top += high + gap.1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn touch(at: &[(f64, f64)], sizes: &[(f64, f64)]) -> bool {
        (0..at.len()).any(|i| {
            (i + 1..at.len()).any(|j| {
                (at[i].0 - at[j].0).abs() < f64::midpoint(sizes[i].0, sizes[j].0)
                    && (at[i].1 - at[j].1).abs() < f64::midpoint(sizes[i].1, sizes[j].1)
            })
        })
    }

    #[test]
    fn no_box_lies_on_another_or_outside() {
        for count in [2, 7, 30] {
            for width in [360.0, 820.0] {
                let sizes: Vec<(f64, f64)> = (0..count).map(|i| (60.0 + f64::from(i % 5) * 12.0, 30.0)).collect();
                let edges: Vec<(usize, usize)> = (1..sizes.len()).map(|i| (i, i / 2)).collect();
                let (at, height) = place(&sizes, &edges, width, 60.0);
                assert!(!touch(&at, &sizes), "{count} boxes in {width}");
                for (p, s) in at.iter().zip(&sizes) {
                    assert!(p.0 >= s.0 / 2.0 - 0.1 && p.0 <= width - s.0 / 2.0 + 0.1, "{p:?}");
                    assert!(p.1 >= s.1 / 2.0 - 0.1 && p.1 <= height - s.1 / 2.0 + 0.1, "{p:?} in {height}");
                }
            }
        }
    }
}
