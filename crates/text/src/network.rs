//! The neural network: word pieces of sentences in, scores for every word out.
//!
//! Several sentences go through together, since the weights are then fetched from memory once for all of
//! them; nothing of one reaches another. Multiplier of the dense layers are sums of integers, activations are
//! brought to 8 bits row by row, attention runs inside each sentence at its own length, and every sum of
//! floats is over one row. So a sentence has the same scores to the last bit in any company, order or
//! thread, which the tests hold it to.

mod causes;
mod dense;
mod encoder;
mod floats;
mod weights;

use std::sync::Arc;

use model::Causality;
use rayon::{ThreadPool, ThreadPoolBuilder};

pub use crate::network::weights::{CAUSES_FILE, FILE};

use crate::TextError;
use crate::network::causes::Tagger;
use crate::network::dense::{Dense, Multiplier, Quantised};
use crate::network::encoder::Encoder;
use crate::network::weights::Weights;
use crate::tree;

/// Runs sentences on one thread; each thread of a caller has its own.
#[derive(Debug)]
pub struct Worker {
    pool: Option<Arc<ThreadPool>>,
}

impl Worker {
    /// A worker with one thread.
    pub fn new() -> Self {
        // Where no thread can be had the caller's own does: slower, since products would then be shared out.
        Self { pool: ThreadPoolBuilder::new().num_threads(1).build().ok().map(Arc::new) }
    }

    /// Does a whole document's work on the worker's thread, so that threads are not switched for every sentence.
    pub(crate) fn within<R: Send>(&self, work: impl FnOnce() -> R + Send) -> R {
        match &self.pool {
            Some(pool) => pool.install(work),
            None => work(),
        }
    }
}

impl Default for Worker {
    fn default() -> Self {
        Self::new()
    }
}

/// What the network reads of one sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Input {
    /// Word pieces with the opening and closing one.
    pub pieces: Vec<u32>,
    /// Shape of the word that each piece belongs to.
    pub shapes: Vec<u32>,
    /// Position of each word's first piece; entry 0 is the root.
    pub first: Vec<usize>,
    /// Position of each word's last piece; entry 0 is the root.
    pub last: Vec<usize>,
}

/// Scores of one sentence; each matrix is row-major with a row a word, row 0 being the root.
#[derive(Debug, Default)]
pub struct Scores {
    /// Logits of upos, feats and lemma rule side by side.
    pub tags: Vec<f32>,
    /// Logits of name tags.
    pub ner: Vec<f32>,
    /// Scores of every head (column 0 the root) for every word.
    pub arcs: Vec<f32>,
    /// Each word's head in the best tree, 0 being the root.
    pub heads: Vec<usize>,
    /// Which relation fits best between each word and its head.
    pub relations: Vec<usize>,
    /// Cause and effect.
    pub causality: Option<Causality>,
}

/// Index of the greatest value, the first of equals.
pub fn best(values: &[f32]) -> usize {
    (0..values.len()).fold(0, |a, b| if values[b] > values[a] { b } else { a })
}

/// The loaded network: the encoder, and the light heads on top of it.
pub struct Network {
    encoder: Encoder,
    tags_hidden: Dense,
    tags: Dense,
    names_hidden: Dense,
    names: Dense,
    tree: Dense,
    arc: Dense,
    relation: Dense,
    causes: Tagger,
    /// Widths of the tree's four parts: as a dependent and as a head, for the arc and for its relation.
    arc_width: usize,
    relation_width: usize,
}

impl Network {
    /// Loads the weights that `training/export.py` and `training/causes.py` write (safetensors).
    pub fn load(bytes: &[u8], causes: &[u8]) -> Result<Self, TextError> {
        let weights = Weights::parse(FILE, bytes)?;
        let causes = Tagger::load(&Weights::parse(CAUSES_FILE, causes)?)?;
        let encoder = Encoder::load(&weights)?;
        let arc = Dense::load(&weights, "arc")?;
        let tree = Dense::load(&weights, "tree")?;
        let (arc_width, relation_width) = (arc.width_out(), (tree.width_out() / 2).saturating_sub(arc.width_out()));
        let relation = Dense::load(&weights, "relation")?;
        if relation.width_in() != relation_width || arc.width_in() != arc_width {
            return Err(weights.broken("the parts of the tree do not fit together".into()));
        }
        Ok(Self {
            encoder,
            tags_hidden: Dense::load(&weights, "tags_hidden")?,
            tags: Dense::load(&weights, "tags")?,
            names_hidden: Dense::load(&weights, "names_hidden")?,
            names: Dense::load(&weights, "names")?,
            tree,
            arc,
            relation,
            causes,
            arc_width,
            relation_width,
        })
    }

    /// Scores of sentences of at least one word each; to be called within a [`Worker`]. `root` is the relation of a
    /// sentence's root, which no other word gets.
    pub fn run(&self, inputs: &[Input], root: usize) -> Result<Vec<Scores>, TextError> {
        let multiply = Multiplier::new();
        let [tags, tree] = self.encoder.run(&multiply, inputs)?.map(|states| self.words(&multiply, inputs, &states));
        let mut hidden = multiply.rows();
        let mut projected = Projected {
            arc_dependent: multiply.rows(),
            arc_head: Vec::new(),
            relation_dependent: multiply.rows(),
            relation_head: Vec::new(),
        };
        let activate = |hidden: &mut Quantised, row: &mut [f32]| {
            floats::gelu(row);
            hidden.push(row);
        };
        let mut scores: Vec<Scores> = inputs.iter().map(|_| Scores::default()).collect();
        let of_row: Vec<usize> =
            inputs.iter().enumerate().flat_map(|(i, input)| std::iter::repeat_n(i, input.first.len())).collect();
        self.tags_hidden.each(&multiply, &tags, |_, row| activate(&mut hidden, row))?;
        self.tags.each(&multiply, &hidden, |row, out| scores[of_row[row]].tags.extend_from_slice(out))?;
        hidden.clear();
        self.names_hidden.each(&multiply, &tags, |_, row| activate(&mut hidden, row))?;
        self.names.each(&multiply, &hidden, |row, out| scores[of_row[row]].ner.extend_from_slice(out))?;

        let lengths: Vec<usize> = inputs.iter().map(|i| i.first.len()).collect();
        for (scores, causality) in scores.iter_mut().zip(self.causes.run(&multiply, &tags, &lengths)?) {
            scores.causality = Some(causality);
        }

        let (arc, relation) = (self.arc_width, self.relation_width);
        self.tree.each(&multiply, &tree, |_, row| {
            floats::gelu(row);
            projected.arc_dependent.push(&row[..arc]);
            projected.arc_head.extend_from_slice(&row[arc..2 * arc]);
            projected.relation_dependent.push(&row[2 * arc..2 * arc + relation]);
            projected.relation_head.extend_from_slice(&row[2 * arc + relation..]);
        })?;
        let mut left = Vec::with_capacity(projected.arc_head.len());
        self.arc.each(&multiply, &projected.arc_dependent, |_, row| left.extend_from_slice(row))?;
        let mut start = 0;
        let mut head_rows = Vec::with_capacity(of_row.len());
        for (input, scores) in inputs.iter().zip(&mut scores) {
            let rows = start..start + input.first.len();
            let words = rows.start * arc..rows.end * arc;
            scores.arcs = floats::products(&left[words.clone()], &projected.arc_head[words], arc);
            scores.heads = tree::decode(rows.len() - 1, |word, head| scores.arcs[(word + 1) * rows.len() + head]);
            head_rows.push(rows.start);
            head_rows.extend(scores.heads.iter().map(|head| rows.start + head));
            start = rows.end;
        }
        let head = |row: usize| &projected.relation_head[row * relation..(row + 1) * relation];
        let mut fits = Vec::new();
        self.relation.each(&multiply, &projected.relation_dependent, |row, left| {
            fits.clear();
            floats::affine(left, head(head_rows[row]), &mut fits);
            if let Some(fit) = fits.get_mut(root) {
                *fit = f32::NEG_INFINITY;
            }
            scores[of_row[row]].relations.push(best(&fits));
        })?;
        for scores in &mut scores {
            scores.relations.remove(0); // the root's own row
        }
        Ok(scores)
    }

    /// The states of every word in turn, that of its first piece beside that of its last.
    fn words(&self, multiply: &Multiplier, inputs: &[Input], states: &[f32]) -> Quantised {
        let width = self.encoder.width();
        let (mut out, mut both, mut start) = (multiply.rows(), Vec::new(), 0);
        for input in inputs {
            for (&first, &last) in input.first.iter().zip(&input.last) {
                both.clear();
                for at in [first, last] {
                    both.extend_from_slice(&states[(start + at) * width..(start + at + 1) * width]);
                }
                out.push(&both);
            }
            start += input.pieces.len();
        }
        out
    }
}

/// What the tree's layer makes of every word, as a dependent and as a head.
struct Projected {
    arc_dependent: Quantised,
    arc_head: Vec<f32>,
    relation_dependent: Quantised,
    relation_head: Vec<f32>,
}

impl std::fmt::Debug for Network {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Network").field("width", &self.encoder.width()).finish_non_exhaustive()
    }
}
