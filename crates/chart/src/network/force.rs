//! Places boxes so that connected ones are near and none lies on another: springs and repulsion (Fruchterman and Reingold
//! 1991), then boxes that still touch are pushed apart.
//!
//! Without chance: boxes begin on a spiral in their order, and only sums, products and roots are used, which every processor
//! reckons alike.

use crate::style::NARROW;

/// Room between boxes: enough for an arrow and a word; on a telephone, for an arrow.
const GAP: (f64, f64) = (86.0, 50.0);
const GAP_NARROW: (f64, f64) = (30.0, 56.0);
/// How much wider than high the layout is wanted: boxes are, and so are figures, but not on a telephone.
const STRETCH: f64 = 1.7;
const STRETCH_NARROW: f64 = 0.9;
/// Rounds of the spring model; past 300 nothing moved by more than a pixel in the networks that were looked at.
const ROUNDS: u32 = 300;

/// Centres of boxes of the given sizes in a width, and the height that they need. Edges are pairs of places in `sizes`.
pub(super) fn place(sizes: &[(f64, f64)], edges: &[(usize, usize)], width: f64) -> (Vec<(f64, f64)>, f64) {
    let gap = if width < NARROW { GAP_NARROW } else { GAP };
    if sizes.len() == 1 {
        return (vec![(width / 2.0, sizes[0].1 / 2.0)], sizes[0].1);
    }
    let area: f64 = sizes.iter().map(|(w, h)| (w + gap.0) * (h + 1.5 * gap.1)).sum();
    let mut height = (area / width).max(200.0);
    let mut at = springs(sizes, edges, width, height);
    // Where the boxes do not fit apart, the figure grows.
    for _ in 0..60 {
        if push_apart(&mut at, sizes, gap, (width, height)) {
            break;
        }
        height += 30.0;
    }
    // What is left empty above and below goes.
    let top = at.iter().zip(sizes).map(|(p, s)| p.1 - s.1 / 2.0).fold(f64::INFINITY, f64::min);
    let bottom = at.iter().zip(sizes).map(|(p, s)| p.1 + s.1 / 2.0).fold(0.0, f64::max);
    for p in &mut at {
        p.1 -= top;
    }
    (at, bottom - top)
}

/// Points on a spiral, each turned by the golden angle from the one before: near one another, none in line.
fn spiral(count: usize, middle: (f64, f64), reach: (f64, f64)) -> Vec<(f64, f64)> {
    // Cosine and sine of the golden angle, as numbers: functions of angles differ between machines.
    const TURN: (f64, f64) = (-0.737_368_878_078_320_1, 0.675_490_294_261_523_8);
    let mut direction = (1.0_f64, 0.0_f64);
    (0..count)
        .map(|i| {
            let share = ((i as f64 + 0.5) / count as f64).sqrt();
            let point = (middle.0 + direction.0 * share * reach.0, middle.1 + direction.1 * share * reach.1);
            direction = (direction.0 * TURN.0 - direction.1 * TURN.1, direction.0 * TURN.1 + direction.1 * TURN.0);
            point
        })
        .collect()
}

fn springs(sizes: &[(f64, f64)], edges: &[(usize, usize)], width: f64, height: f64) -> Vec<(f64, f64)> {
    let count = sizes.len();
    // In a plane that is not stretched, so that distance means the same both ways.
    let stretch = if width < NARROW { STRETCH_NARROW } else { STRETCH };
    let (wide, high) = (width / stretch, height);
    let middle = (wide / 2.0, high / 2.0);
    let mut at = spiral(count, middle, (wide * 0.4, high * 0.4));
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
    for _ in 0..200 {
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
                let (at, height) = place(&sizes, &edges, width);
                assert!(!touch(&at, &sizes), "{count} boxes in {width}");
                for (p, s) in at.iter().zip(&sizes) {
                    assert!(p.0 >= s.0 / 2.0 - 0.1 && p.0 <= width - s.0 / 2.0 + 0.1, "{p:?}");
                    assert!(p.1 >= s.1 / 2.0 - 0.1 && p.1 <= height - s.1 / 2.0 + 0.1, "{p:?} in {height}");
                }
            }
        }
    }
}
