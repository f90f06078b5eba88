//! A forest of regression trees whose leaves keep their rows, so that a leaf is a distribution and not a mean (Meinshausen
//! 2006, Quantile regression forests, JMLR 7: 983).
//!
//! Each tree is grown on a share of the rows drawn without replacement; at each node half of the features, drawn
//! anew, are tried at the edges of their bins, and the split that lowers the squared error most is taken.

use super::features::ALL;
use super::random::Random;

/// Bins of each feature; more than 64 changes no forecast that was looked at.
const BINS: usize = 64;

/// Features tried at a node: half of them, as regression forests with few features are usually grown.
const TRIED: usize = ALL / 2;

/// How trees are grown.
#[derive(Clone, Copy, Debug)]
pub struct Growth {
    /// How many trees.
    pub trees: usize,
    /// Fewest rows of a leaf.
    pub min_leaf: usize,
    /// Rows of each tree.
    pub rows_each: usize,
}

/// Trees over binned rows.
#[derive(Debug)]
pub struct Forest {
    edges: Vec<Vec<f32>>,
    trees: Vec<Tree>,
}

#[derive(Debug)]
struct Tree {
    nodes: Vec<Node>,
    rows: Vec<u32>,
}

#[derive(Clone, Copy, Debug)]
enum Node {
    /// Rows whose bin of the feature is at most `upto` go to the next node, others to `right`.
    Split { feature: usize, upto: u8, right: usize },
    /// These of the tree's rows.
    Leaf { from: usize, to: usize },
}

impl Forest {
    /// Grows trees that tell the targets apart.
    pub fn grow(rows: &[[f32; ALL]], targets: &[f64], growth: Growth, random: &mut Random) -> Self {
        let edges: Vec<Vec<f32>> = (0..ALL).map(|f| edges(rows.iter().map(|r| r[f]).collect())).collect();
        let binned: Vec<[u8; ALL]> = rows.iter().map(|r| bin(&edges, r)).collect();
        let trees = (0..growth.trees)
            .map(|_| {
                let mut drawn: Vec<u32> =
                    (0..u32::try_from(rows.len()).expect("fewer than four billion rows")).collect();
                let keep = growth.rows_each.min(drawn.len());
                for i in 0..keep {
                    let other = i + random.below(drawn.len() - i);
                    drawn.swap(i, other);
                }
                drawn.truncate(keep);
                let mut tree = Tree { nodes: Vec::new(), rows: drawn };
                tree.split(0, keep, &binned, targets, growth.min_leaf, random);
                tree
            })
            .collect();
        Self { edges, trees }
    }

    /// For each tree, the rows that share a leaf with this one.
    pub fn neighbours(&self, row: &[f32; ALL]) -> impl Iterator<Item = &[u32]> {
        let binned = bin(&self.edges, row);
        self.trees.iter().map(move |tree| tree.leaf(&binned))
    }
}

impl Tree {
    fn split(
        &mut self,
        from: usize,
        to: usize,
        binned: &[[u8; ALL]],
        targets: &[f64],
        min_leaf: usize,
        random: &mut Random,
    ) {
        let node = self.nodes.len();
        self.nodes.push(Node::Leaf { from, to });
        let Some((feature, upto)) = best_split(&self.rows[from..to], binned, targets, min_leaf, random) else { return };
        let rows = &mut self.rows[from..to];
        // In place, order within a side does not matter to a leaf.
        let mut middle = 0;
        for i in 0..rows.len() {
            if binned[rows[i] as usize][feature] <= upto {
                rows.swap(middle, i);
                middle += 1;
            }
        }
        self.split(from, from + middle, binned, targets, min_leaf, random);
        let right = self.nodes.len();
        self.nodes[node] = Node::Split { feature, upto, right };
        self.split(from + middle, to, binned, targets, min_leaf, random);
    }

    fn leaf(&self, binned: &[u8; ALL]) -> &[u32] {
        let mut at = 0;
        loop {
            match self.nodes[at] {
                Node::Split { feature, upto, right } => at = if binned[feature] <= upto { at + 1 } else { right },
                Node::Leaf { from, to } => return &self.rows[from..to],
            }
        }
    }
}

fn best_split(
    rows: &[u32],
    binned: &[[u8; ALL]],
    targets: &[f64],
    min_leaf: usize,
    random: &mut Random,
) -> Option<(usize, u8)> {
    if rows.len() < 2 * min_leaf {
        return None;
    }
    let mut order: [usize; ALL] = std::array::from_fn(|f| f);
    for i in 0..TRIED {
        order.swap(i, i + random.below(ALL - i));
    }
    let whole: f64 = rows.iter().map(|&r| targets[r as usize]).sum();
    let unsplit = whole * whole / rows.len() as f64;
    // A gain within the error of rounding is none.
    let mut best = (unsplit * (1.0 + 1e-12) + 1e-9, None);
    for &feature in &order[..TRIED] {
        let mut sums = [0.0_f64; BINS];
        let mut counts = [0_usize; BINS];
        for &r in rows {
            let at = usize::from(binned[r as usize][feature]);
            sums[at] += targets[r as usize];
            counts[at] += 1;
        }
        let (mut sum, mut count) = (0.0, 0);
        for upto in 0..BINS - 1 {
            sum += sums[upto];
            count += counts[upto];
            if count < min_leaf || rows.len() - count < min_leaf || counts[upto] == 0 {
                continue;
            }
            let rest = whole - sum;
            let explained = sum * sum / count as f64 + rest * rest / (rows.len() - count) as f64;
            if explained > best.0 {
                best = (explained, Some((feature, u8::try_from(upto).expect("64 bins"))));
            }
        }
    }
    best.1
}

/// Upper edges of all bins but the last, at even shares of the values.
fn edges(mut values: Vec<f32>) -> Vec<f32> {
    values.sort_unstable_by(f32::total_cmp);
    let mut edges: Vec<f32> = (1..BINS).map(|b| values[(b * values.len() / BINS).min(values.len() - 1)]).collect();
    edges.dedup();
    edges
}

fn bin(edges: &[Vec<f32>], row: &[f32; ALL]) -> [u8; ALL] {
    std::array::from_fn(|f| u8::try_from(edges[f].partition_point(|&edge| edge < row[f])).expect("at most 63 edges"))
}
