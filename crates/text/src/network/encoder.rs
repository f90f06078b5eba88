//! The transformer encoder (`MiniLM`, a BERT of six layers): word pieces to contextual states.

use crate::TextError;
use crate::network::Input;
use crate::network::dense::{Dense, Multiplier, Quantised};
use crate::network::floats;
use crate::network::weights::Weights;

/// What keeps layer normalisation from dividing by zero, as BERT was trained.
const EPSILON: f32 = 1e-12;

/// Mean and spread of every row made alike, then scaled column by column.
pub struct Norm {
    weight: Vec<f32>,
    bias: Vec<f32>,
}

impl Norm {
    /// Loads `NAME.weight` and `NAME.bias`.
    pub fn load(weights: &Weights<'_>, name: &str, width: usize) -> Result<Self, TextError> {
        Ok(Self {
            weight: weights.row(&format!("{name}.weight"), width)?,
            bias: weights.row(&format!("{name}.bias"), width)?,
        })
    }

    /// Does so with a row.
    pub fn run(&self, row: &mut [f32]) {
        floats::normalise(row, &self.weight, &self.bias, EPSILON);
    }
}

/// Attention over the sentence, then two dense layers, each added to what came in.
pub struct Layer {
    query_key_value: Dense,
    attention: Dense,
    attention_norm: Norm,
    inner: Dense,
    outer: Dense,
    outer_norm: Norm,
}

impl Layer {
    /// Loads the parts of that name.
    pub fn load(weights: &Weights<'_>, name: &str, width: usize) -> Result<Self, TextError> {
        let dense = |part: &str| Dense::load(weights, &format!("{name}.{part}"));
        Ok(Self {
            query_key_value: dense("query_key_value")?,
            attention: dense("attention")?,
            attention_norm: Norm::load(weights, &format!("{name}.attention_norm"), width)?,
            inner: dense("inner")?,
            outer: dense("outer")?,
            outer_norm: Norm::load(weights, &format!("{name}.outer_norm"), width)?,
        })
    }

    /// `states` become those after this layer; `lengths`: how many rows each sentence has.
    pub fn run(
        &self,
        multiply: &Multiplier,
        states: &mut [f32],
        room: &mut Room,
        lengths: &[usize],
    ) -> Result<(), TextError> {
        let width = self.attention.width_in();
        let Room { looked, context, bytes, inner } = room;
        looked.resize(3 * states.len(), 0.0);
        context.resize(states.len(), 0.0);
        quantise(states, width, bytes);
        self.query_key_value
            .each(multiply, bytes, |row, out| looked[row * 3 * width..(row + 1) * 3 * width].copy_from_slice(out))?;
        floats::attention(looked, width, lengths, context);
        quantise(context, width, bytes);
        self.attention.each(multiply, bytes, |row, out| merge(states, row, out, &self.attention_norm))?;
        inner.clear();
        quantise(states, width, bytes);
        self.inner.each(multiply, bytes, |_, out| {
            floats::gelu(out);
            inner.push(out);
        })?;
        self.outer.each(multiply, inner, |row, out| merge(states, row, out, &self.outer_norm))
    }
}

/// Adds what came out of a layer to the state that went in.
fn merge(states: &mut [f32], row: usize, out: &[f32], norm: &Norm) {
    let state = &mut states[row * out.len()..(row + 1) * out.len()];
    floats::add(state, out, 1.0);
    norm.run(state);
}

fn quantise(rows: &[f32], width: usize, out: &mut Quantised) {
    out.clear();
    rows.chunks_exact(width).for_each(|row| out.push(row));
}

/// What the layers write on their way, kept from one to the next.
pub struct Room {
    looked: Vec<f32>,
    context: Vec<f32>,
    bytes: Quantised,
    inner: Quantised,
}

impl Room {
    /// Empty room.
    pub fn new(multiply: &Multiplier) -> Self {
        Self { looked: Vec::new(), context: Vec::new(), bytes: multiply.rows(), inner: multiply.rows() }
    }
}

/// Embeddings, layers, and the mixtures of layers that the heads read.
pub struct Encoder {
    words: Vec<i8>,
    word_scales: Vec<f32>,
    shapes: Vec<f32>,
    positions: Vec<f32>,
    norm: Norm,
    layers: Vec<Layer>,
    /// A weight for every layer: for tags and names, and for trees.
    mix: Vec<f32>,
    width: usize,
}

impl Encoder {
    /// Loads the encoder's part of the weights.
    pub fn load(weights: &Weights<'_>) -> Result<Self, TextError> {
        let (words, [count, width]) = weights.integers("words")?;
        let norm = Norm::load(weights, "embedding_norm", width)?;
        let mut layers = Vec::new();
        while weights.has(&format!("layer.{}.inner.weight", layers.len())) {
            layers.push(Layer::load(weights, &format!("layer.{}", layers.len()), width)?);
        }
        if width % floats::SIZE != 0 || layers.is_empty() {
            return Err(weights.broken(format!("{} layers of width {width}", layers.len())));
        }
        Ok(Self {
            words,
            word_scales: weights.row("word_scales", count)?,
            shapes: weights.floats("shapes")?.0,
            positions: weights.floats("positions")?.0,
            norm,
            mix: weights.row("mix", 2 * layers.len())?,
            layers,
            width,
        })
    }

    /// Length of a state.
    pub fn width(&self) -> usize {
        self.width
    }

    /// States of every piece of the sentences in turn: those for tags and names, those for trees.
    pub fn run(&self, multiply: &Multiplier, inputs: &[Input]) -> Result<[Vec<f32>; 2], TextError> {
        let lengths: Vec<usize> = inputs.iter().map(|i| i.pieces.len()).collect();
        let mut states = self.embed(inputs)?;
        let mut mixed = [vec![0.0; states.len()], vec![0.0; states.len()]];
        let mut room = Room::new(multiply);
        for (i, layer) in self.layers.iter().enumerate() {
            layer.run(multiply, &mut states, &mut room, &lengths)?;
            for (which, mixed) in mixed.iter_mut().enumerate() {
                floats::add(mixed, &states, self.mix[which * self.layers.len() + i]);
            }
        }
        Ok(mixed)
    }

    fn embed(&self, inputs: &[Input]) -> Result<Vec<f32>, TextError> {
        let rows: usize = inputs.iter().map(|i| i.pieces.len()).sum();
        let mut states = Vec::with_capacity(rows * self.width);
        for input in inputs {
            for (position, (&piece, &shape)) in input.pieces.iter().zip(&input.shapes).enumerate() {
                let row = |at: u32| at as usize * self.width..(at as usize + 1) * self.width;
                let found = (
                    self.words.get(row(piece)),
                    self.shapes.get(row(shape)),
                    self.positions.get(position * self.width..(position + 1) * self.width),
                );
                let (Some(word), Some(shape), Some(position)) = found else {
                    let why = format!("no embedding of piece {piece}, shape {shape}, position {position}");
                    return Err(TextError::Run { pieces: input.pieces.len(), why });
                };
                let scale = self.word_scales[piece as usize];
                let sums = word.iter().zip(shape).zip(position).map(|((&w, s), p)| f32::from(w) * scale + s + p);
                let start = states.len();
                states.extend(sums);
                self.norm.run(&mut states[start..]);
            }
        }
        Ok(states)
    }
}
