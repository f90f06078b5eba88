//! The neural network: word pieces of one sentence in, scores for every word out.
//!
//! Each sentence runs alone, without padding, on the one thread of its [`Worker`]: so its scores depend
//! on nothing but the sentence, whatever the batch, order or number of threads.

use std::sync::Arc;

use rten::ThreadPool;
use rten::{Model, ModelOptions, NodeId, RunOptions, Value};
use rten_tensor::NdTensor;
use rten_tensor::prelude::*;

use crate::TextError;

/// Runs sentences on one thread; each thread of a caller has its own.
#[derive(Debug)]
pub struct Worker {
    pool: Arc<ThreadPool>,
}

impl Worker {
    /// A worker with one thread.
    pub fn new() -> Self {
        Self { pool: Arc::new(ThreadPool::with_num_threads(1)) }
    }

    /// Does a whole document's work on the worker's thread, so that threads are not switched for every sentence.
    pub(crate) fn within<R: Send>(&self, work: impl FnOnce() -> R + Send) -> R {
        self.pool.run(work)
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
    pub pieces: Vec<i32>,
    /// Shape of the word that each piece belongs to.
    pub shapes: Vec<i32>,
    /// Position of each word's first piece; entry 0 is the root.
    pub first: Vec<i32>,
    /// Position of each word's last piece; entry 0 is the root.
    pub last: Vec<i32>,
}

/// Scores of one sentence; each matrix is row-major with a row a word, row 0 being the root.
#[derive(Debug)]
pub struct Scores {
    /// Logits of upos, feats and lemma rule side by side.
    pub tags: Vec<f32>,
    /// Logits of name tags.
    pub ner: Vec<f32>,
    /// Scores of every head (column 0 the root) for every word.
    pub arcs: Vec<f32>,
    rel_head: Vec<f32>,
    rel_left: Vec<f32>,
    width: usize,
}

impl Scores {
    /// Which of `relations` relations, `except` one, fits best between `word` and `head` (rows, the root being 0).
    pub fn relation(&self, word: usize, head: usize, relations: usize, except: usize) -> usize {
        let row = relations * (self.width + 1);
        let left = &self.rel_left[word * row..(word + 1) * row];
        let head = &self.rel_head[head * self.width..(head + 1) * self.width];
        let score = |block: &[f32]| {
            // eight running sums, so that the loop is done several numbers at a time
            let mut sums = [0.0_f32; 8];
            for (a, b) in block.chunks_exact(8).zip(head.chunks_exact(8)) {
                for i in 0..8 {
                    sums[i] += a[i] * b[i];
                }
            }
            let rest = self.width - self.width % 8;
            let tail: f32 = block[rest..self.width].iter().zip(&head[rest..]).map(|(a, b)| a * b).sum();
            sums.iter().sum::<f32>() + tail + block[self.width]
        };
        let mut scores: Vec<f32> = left.chunks_exact(self.width + 1).map(score).collect();
        if let Some(score) = scores.get_mut(except) {
            *score = f32::NEG_INFINITY;
        }
        best(&scores)
    }
}

/// Index of the greatest value, the first of equals.
pub fn best(values: &[f32]) -> usize {
    (0..values.len()).fold(0, |a, b| if values[b] > values[a] { b } else { a })
}

const INPUTS: [&str; 5] = ["pieces", "shapes", "positions", "first", "last"];
const OUTPUTS: [&str; 5] = ["tags", "ner", "arcs", "rel_head", "rel_left"];

/// The loaded network.
pub struct Network {
    model: Model,
    inputs: [NodeId; 5],
    outputs: [NodeId; 5],
}

impl Network {
    /// Loads an ONNX file written by `training/export.py`.
    pub fn load(onnx: &'static [u8]) -> Result<Self, TextError> {
        Self::with(|options| options.load_static_slice(onnx))
    }

    /// The same from bytes in memory.
    pub fn load_owned(onnx: Vec<u8>) -> Result<Self, TextError> {
        Self::with(|options| options.load(onnx))
    }

    fn with(load: impl FnOnce(&ModelOptions) -> Result<Model, rten::LoadError>) -> Result<Self, TextError> {
        let mut options = ModelOptions::with_all_ops();
        options.prepack_weights(true);
        let broken = |why: String| TextError::Model { file: "model.onnx", why };
        let model = load(&options).map_err(|e| broken(e.to_string()))?;
        let find = |name: &str| model.node_id(name).map_err(|_| broken(format!("it has no `{name}`")));
        let ids = |names: [&str; 5]| -> Result<[NodeId; 5], TextError> {
            let ids = names.into_iter().map(find).collect::<Result<Vec<_>, _>>()?;
            ids.try_into().map_err(|_| broken("its inputs and outputs are not as many as expected".into()))
        };
        let (inputs, outputs) = (ids(INPUTS)?, ids(OUTPUTS)?);
        Ok(Self { model, inputs, outputs })
    }

    /// Scores of one sentence of at least one word.
    pub fn run(&self, input: &Input, worker: &Worker) -> Result<Scores, TextError> {
        let positions: Vec<i32> = (0..).take(input.pieces.len()).collect();
        let column = |values: &[i32]| Value::from(NdTensor::from_data([values.len()], values.to_vec()));
        let values = [&input.pieces, &input.shapes, &positions, &input.first, &input.last].map(|v| column(v).into());
        let inputs = self.inputs.into_iter().zip(values).collect();
        let options = RunOptions::default().with_thread_pool(Some(worker.pool.clone()));
        let failed = |why: String| TextError::Run { pieces: input.pieces.len(), why };
        let outputs = self.model.run_n(inputs, self.outputs, Some(options)).map_err(|e| failed(e.to_string()))?;
        let rows = input.first.len();
        let floats = |value: Value| -> Result<Vec<f32>, TextError> {
            let tensor: NdTensor<f32, 2> =
                value.try_into().map_err(|_| failed("an output is no float matrix".into()))?;
            if tensor.shape()[0] != rows {
                return Err(failed("an output has not one row a word".into()));
            }
            Ok(tensor.into_data())
        };
        let [tags, ner, arcs, rel_head, rel_left] = outputs.map(floats);
        let rel_head = rel_head?;
        let width = rel_head.len() / rows;
        Ok(Scores { tags: tags?, ner: ner?, arcs: arcs?, rel_head, rel_left: rel_left?, width })
    }
}

impl std::fmt::Debug for Network {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Network").field("parameters", &self.model.total_params()).finish_non_exhaustive()
    }
}
