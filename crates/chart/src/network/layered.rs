//! Places boxes in layers from causes to effects: longest paths give the layers, the middle of a box's neighbours gives its
//! place within one (Sugiyama, Tagawa and Toda 1981). Edges that close a circle are taken backwards.

/// Room between layers, along the flow, for arrows and words on them.
const BETWEEN: f64 = 84.0;
/// Room between boxes of a layer.
const BESIDE: f64 = 26.0;

/// Which layer each box is in, from 0.
pub(super) fn layers(count: usize, edges: &[(usize, usize)]) -> Vec<usize> {
    let forward = without_circles(count, edges);
    let mut layer = vec![0_usize; count];
    // At most as many rounds as boxes: the longest path is no longer.
    for _ in 0..count {
        let mut moved = false;
        for &(from, to) in &forward {
            if layer[to] <= layer[from] {
                layer[to] = layer[from] + 1;
                moved = true;
            }
        }
        if !moved {
            break;
        }
    }
    // A cause of something late stands next before it, not at the far left.
    for i in (0..count).rev() {
        let after = forward.iter().filter(|(from, _)| *from == i).map(|(_, to)| layer[*to]).min();
        let has_cause = forward.iter().any(|(_, to)| *to == i);
        if let Some(after) = after.filter(|_| !has_cause) {
            layer[i] = after.saturating_sub(1);
        }
    }
    layer
}

/// Edges, those turned round that lead back to a box from which the walk came. The walk goes in the order of the boxes.
fn without_circles(count: usize, edges: &[(usize, usize)]) -> Vec<(usize, usize)> {
    #[derive(Clone, Copy, PartialEq)]
    enum Seen {
        Not,
        On,
        Done,
    }
    let mut seen = vec![Seen::Not; count];
    let mut back = Vec::new();
    for start in 0..count {
        if seen[start] != Seen::Not {
            continue;
        }
        seen[start] = Seen::On;
        // A box with the number of the next edge to look at; no recursion, so that depth is no matter.
        let mut walk = vec![(start, 0)];
        while let Some((at, next)) = walk.pop() {
            let Some((edge, &(_, to))) = edges.iter().enumerate().skip(next).find(|(_, (from, _))| *from == at) else {
                seen[at] = Seen::Done;
                continue;
            };
            walk.push((at, edge + 1));
            match seen[to] {
                Seen::Not => {
                    seen[to] = Seen::On;
                    walk.push((to, 0));
                }
                Seen::On => back.push(edge),
                Seen::Done => {}
            }
        }
    }
    let turned =
        edges.iter().enumerate().map(|(i, &(from, to))| if back.contains(&i) { (to, from) } else { (from, to) });
    turned.filter(|(from, to)| from != to).collect()
}

/// Boxes of each layer in an order that keeps neighbours near.
pub(super) fn orders(layer: &[usize], edges: &[(usize, usize)]) -> Vec<Vec<usize>> {
    let count = layer.iter().max().map_or(0, |last| last + 1);
    let mut orders: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (node, &at) in layer.iter().enumerate() {
        orders[at].push(node);
    }
    let mut place = vec![0.0; layer.len()];
    let settle = |orders: &[Vec<usize>], place: &mut [f64]| {
        for order in orders {
            for (i, &node) in order.iter().enumerate() {
                place[node] = i as f64 - (order.len() as f64 - 1.0) / 2.0;
            }
        }
    };
    settle(&orders, &mut place);
    // There and back four times: past that, the networks that were looked at changed no more.
    for sweep in 0..8 {
        for step in 1..count {
            let at = if sweep % 2 == 0 { step } else { count - 1 - step };
            let middle = |node: usize| {
                let near = edges.iter().filter_map(|&(a, b)| match node {
                    n if n == a => Some(place[b]),
                    n if n == b => Some(place[a]),
                    _ => None,
                });
                let (sum, count) = near.fold((0.0, 0.0), |(sum, count), p| (sum + p, count + 1.0));
                if count > 0.0 { sum / count } else { place[node] }
            };
            let mut keyed: Vec<(f64, usize)> = orders[at].iter().map(|&node| (middle(node), node)).collect();
            // A stable sort: boxes that are drawn alike keep their order.
            keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
            orders[at] = keyed.into_iter().map(|(_, node)| node).collect();
            settle(&orders, &mut place);
        }
    }
    orders
}

/// Whether layers of boxes so wide fit side by side.
pub(super) fn fits_across(layers: usize, widest: f64, width: f64) -> bool {
    layers as f64 * widest + (layers.saturating_sub(1)) as f64 * BETWEEN <= width
}

/// Centres of boxes in layers from left to right, and the height that they need.
pub(super) fn across(orders: &[Vec<usize>], sizes: &[(f64, f64)], width: f64) -> (Vec<(f64, f64)>, f64) {
    let high = |order: &Vec<usize>| order.iter().map(|&i| sizes[i].1 + BESIDE).sum::<f64>() - BESIDE;
    let height = orders.iter().map(high).fold(0.0, f64::max);
    let widest = |order: &Vec<usize>| order.iter().map(|&i| sizes[i].0).fold(0.0, f64::max);
    let all: f64 = orders.iter().map(widest).sum();
    let between = ((width - all) / (orders.len().max(2) - 1) as f64).min(BETWEEN * 2.2);
    let mut x = (width - all - between * (orders.len().max(1) - 1) as f64) / 2.0;
    let mut at = vec![(0.0, 0.0); sizes.len()];
    for order in orders {
        let wide = widest(order);
        let mut y = (height - high(order)) / 2.0;
        for &i in order {
            at[i] = (x + wide / 2.0, y + sizes[i].1 / 2.0);
            y += sizes[i].1 + BESIDE;
        }
        x += wide + between;
    }
    (at, height)
}

/// Centres of boxes in layers from the top down, in as many rows a layer as they need, and the height.
pub(super) fn down(orders: &[Vec<usize>], sizes: &[(f64, f64)], width: f64) -> (Vec<(f64, f64)>, f64) {
    let mut at = vec![(0.0, 0.0); sizes.len()];
    let mut y = 0.0;
    for (layer, order) in orders.iter().enumerate() {
        if layer > 0 {
            y += BETWEEN * 0.7;
        }
        let mut rows: Vec<(f64, Vec<usize>)> = Vec::new();
        for &i in order {
            match rows.last_mut() {
                Some((wide, row)) if *wide + BESIDE + sizes[i].0 <= width => {
                    *wide += BESIDE + sizes[i].0;
                    row.push(i);
                }
                _ => rows.push((sizes[i].0, vec![i])),
            }
        }
        for (n, (wide, row)) in rows.iter().enumerate() {
            if n > 0 {
                y += BESIDE;
            }
            let high = row.iter().map(|&i| sizes[i].1).fold(0.0, f64::max);
            // What is left of the width is shared out between and beside the boxes.
            let spare = ((width - wide) / (row.len() + 1) as f64).max(0.0);
            let mut x = spare;
            for &i in row {
                at[i] = (x + sizes[i].0 / 2.0, y + high / 2.0);
                x += sizes[i].0 + BESIDE + spare;
            }
            y += high;
        }
    }
    (at, y)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn causes_stand_before_effects() {
        // raids (0) close the crossing (1), which hurts trade (2); raids also harden stances (3).
        assert_eq!(layers(4, &[(0, 1), (1, 2), (0, 3)]), [0, 1, 2, 1]);
    }

    #[test]
    fn a_circle_ends_somewhere() {
        assert_eq!(layers(3, &[(0, 1), (1, 2), (2, 0)]), [0, 1, 2]);
        assert_eq!(layers(1, &[(0, 0)]), [0]);
    }

    #[test]
    fn a_late_cause_stands_next_to_its_effect() {
        assert_eq!(layers(4, &[(0, 1), (1, 2), (3, 2)]), [0, 1, 2, 1]);
    }

    #[test]
    fn neighbours_are_kept_near() {
        let orders = orders(&[0, 0, 1, 1], &[(0, 3), (1, 2)]);
        let place = |layer: usize, node| orders[layer].iter().position(|n| *n == node);
        assert_eq!(place(0, 0), place(1, 3));
        assert_eq!(place(0, 1), place(1, 2));
    }
}
