//! Loops over rows of floats, compiled for the widest vectors that the processor has.
//!
//! Sums run over [`LANES`] running sums in a fixed order, so that a row's result depends on that row alone.
#![expect(
    clippy::inline_always,
    reason = "only what is inlined into the function of a vector width is compiled for it"
)]

use pulp::{Arch, Simd, with_simd};
use rten_simd::{SimdOp, SimdUnaryOp};
use rten_vecmath::{Gelu, Softmax};

const LANES: usize = 16;

#[inline(always)]
fn lanes(values: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let mut sums = [0.0_f32; LANES];
    let chunks = values.chunks_exact(LANES);
    let rest = chunks.remainder();
    for chunk in chunks {
        for (sum, &x) in sums.iter_mut().zip(chunk) {
            *sum += of(x);
        }
    }
    sums.iter().sum::<f32>() + rest.iter().map(|&x| of(x)).sum::<f32>()
}

/// Product of two rows.
#[inline(always)]
pub fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0.0_f32; LANES];
    for (a, b) in a.chunks_exact(LANES).zip(b.chunks_exact(LANES)) {
        for i in 0..LANES {
            sums[i] += a[i] * b[i];
        }
    }
    let rest = a.len() - a.len() % LANES;
    sums.iter().sum::<f32>() + a[rest..].iter().zip(&b[rest..]).map(|(a, b)| a * b).sum::<f32>()
}

/// Product of every row of `a` with every row of `b`, both of `width`.
#[with_simd(products = Arch::new())]
#[inline(always)]
pub fn products_wide<'a, S: Simd>(_: S, a: &'a [f32], b: &'a [f32], width: usize) -> Vec<f32> {
    let mut out = Vec::with_capacity((a.len() / width) * (b.len() / width));
    for a in a.chunks_exact(width) {
        for b in b.chunks_exact(width) {
            out.push(dot(a, b));
        }
    }
    out
}

/// Product of each block of `blocks` with `row`, plus the number that ends the block.
#[with_simd(affine = Arch::new())]
#[inline(always)]
pub fn affine_wide<'a, S: Simd>(_: S, blocks: &'a [f32], row: &'a [f32], out: &'a mut Vec<f32>) {
    for block in blocks.chunks_exact(row.len() + 1) {
        out.push(dot(&block[..row.len()], row) + block[row.len()]);
    }
}

/// Adds `more` times `factor` to `values`.
#[with_simd(add = Arch::new())]
#[inline(always)]
pub fn add_wide<'a, S: Simd>(_: S, values: &'a mut [f32], more: &'a [f32], factor: f32) {
    for (value, more) in values.iter_mut().zip(more) {
        *value += more * factor;
    }
}

/// Gaussian error linear unit.
pub fn gelu(values: &mut [f32]) {
    Gelu {}.map_mut(values);
}

/// Layer normalisation of a row.
#[with_simd(normalise = Arch::new())]
#[inline(always)]
pub fn normalise_wide<'a, S: Simd>(_: S, row: &'a mut [f32], weight: &'a [f32], bias: &'a [f32], epsilon: f32) {
    let count = weight.len() as f32;
    let mean = lanes(row, |x| x) / count;
    let variance = lanes(row, |x| (x - mean) * (x - mean)) / count;
    let scale = 1.0 / (variance + epsilon).sqrt();
    for ((x, w), b) in row.iter_mut().zip(weight).zip(bias) {
        *x = (*x - mean) * scale * w + b;
    }
}

/// Brings a row to bytes up to `most` by its own range, which always holds 0; gives the zero and the scale.
#[with_simd(quantise = Arch::new())]
#[inline(always)]
pub fn quantise_wide<'a, S: Simd>(_: S, row: &'a [f32], most: f32, bytes: &'a mut [u8]) -> (u8, f32) {
    let (mut low, mut high) = ([0.0_f32; LANES], [0.0_f32; LANES]);
    let chunks = row.chunks_exact(LANES);
    for (i, &x) in chunks.remainder().iter().enumerate() {
        (low[i], high[i]) = (x.min(0.0), x.max(0.0));
    }
    for chunk in chunks {
        for i in 0..LANES {
            low[i] = if chunk[i] < low[i] { chunk[i] } else { low[i] };
            high[i] = if chunk[i] > high[i] { chunk[i] } else { high[i] };
        }
    }
    let (low, high) = (low.into_iter().fold(0.0, f32::min), high.into_iter().fold(0.0, f32::max));
    let scale = ((high - low) / most).max(f32::MIN_POSITIVE);
    let inverse = 1.0 / scale;
    let zero = byte(-low * inverse, most);
    for (out, &x) in bytes.iter_mut().zip(row) {
        *out = byte(x * inverse + f32::from(zero), most);
    }
    (zero, scale)
}

/// The nearest byte. A cast would look at every number for being none; adding 1.5 · 2²³ leaves a float's last
/// eight bits holding the rounded number.
#[inline(always)]
#[expect(clippy::cast_possible_truncation, reason = "the last eight bits are wanted")]
fn byte(x: f32, most: f32) -> u8 {
    (x.clamp(0.0, most) + 12_582_912.0).to_bits() as u8
}

/// Width of a head of attention.
pub const SIZE: usize = 32;

/// What one head of attention reads and writes of one sentence.
struct Head<'a> {
    /// Rows of query, key and value side by side.
    rows: &'a [f32],
    /// Width of each of the three.
    width: usize,
    /// Where this head's part of a width starts.
    start: usize,
    /// How many rows there are, and that in whole lanes.
    length: usize,
    padded: usize,
    /// Room for the keys, a row a dimension.
    keys: &'a mut [f32],
    /// What each row takes of every other, a row in whole lanes.
    weights: &'a mut [f32],
    out: &'a mut [f32],
}

/// Products of every query with every key.
#[with_simd(look = Arch::new())]
#[inline(always)]
fn look_wide<S: Simd>(_: S, head: &mut Head<'_>) {
    let (query, key) = (head.start, head.width + head.start);
    for (i, row) in head.rows.chunks_exact(3 * head.width).enumerate() {
        for (d, &x) in row[key..key + SIZE].iter().enumerate() {
            head.keys[d * head.padded + i] = x;
        }
    }
    for (row, weights) in head.rows.chunks_exact(3 * head.width).zip(head.weights.chunks_exact_mut(head.padded)) {
        let query = &row[query..query + SIZE];
        for (at, weights) in weights.as_chunks_mut::<LANES>().0.iter_mut().enumerate() {
            let mut sums = [0.0_f32; LANES];
            for (x, keys) in query.iter().zip(head.keys.chunks_exact(head.padded)) {
                let keys = &keys.as_chunks::<LANES>().0[at];
                for i in 0..LANES {
                    sums[i] += x * keys[i];
                }
            }
            *weights = sums;
        }
    }
}

/// Sums of the values by the weights.
#[with_simd(gather = Arch::new())]
#[inline(always)]
fn gather_wide<S: Simd>(_: S, head: &mut Head<'_>) {
    let value = 2 * head.width + head.start;
    for (out, weights) in head.out.chunks_exact_mut(head.width).zip(head.weights.chunks_exact(head.padded)) {
        let mut sums = [0.0_f32; SIZE];
        for (row, weight) in head.rows.chunks_exact(3 * head.width).zip(weights) {
            let values = &row[value..value + SIZE];
            for i in 0..SIZE {
                sums[i] += weight * values[i];
            }
        }
        out[head.start..head.start + SIZE].copy_from_slice(&sums);
    }
}

/// Attention inside each sentence: rows of query, key and value side by side in, rows of context out. The query
/// carries the scale already.
pub fn attention(rows: &[f32], width: usize, lengths: &[usize], out: &mut [f32]) {
    let whole = |length: usize| length.next_multiple_of(LANES);
    let longest = lengths.iter().copied().max().unwrap_or(0);
    let (mut keys, mut weights) = (vec![0.0; SIZE * whole(longest)], vec![0.0; longest * whole(longest)]);
    let mut start = 0;
    for &length in lengths {
        let (sentence, padded) = (start..start + length, whole(length));
        // what stands beyond the sentence is never looked at, but must be a number
        keys[..SIZE * padded].fill(0.0);
        for head in 0..width / SIZE {
            let mut head = Head {
                rows: &rows[sentence.start * 3 * width..sentence.end * 3 * width],
                width,
                start: head * SIZE,
                length,
                padded,
                keys: &mut keys[..SIZE * padded],
                weights: &mut weights[..length * padded],
                out: &mut out[sentence.start * width..sentence.end * width],
            };
            look(&mut head);
            for weights in head.weights.chunks_exact_mut(padded) {
                Softmax::new_mut(&mut weights[..head.length]).dispatch();
            }
            gather(&mut head);
        }
        start = sentence.end;
    }
}
