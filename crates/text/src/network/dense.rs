//! Dense layers in 8 bits: rows of floats in, rows of floats out.
#![expect(
    clippy::inline_always,
    reason = "only what is inlined into the function of a vector width is compiled for it"
)]

use pulp::{Arch, Simd, with_simd};
use rten_gemm::{GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedBMatrix};
use rten_tensor::NdTensorView;

use crate::TextError;
use crate::network::floats;
use crate::network::weights::Weights;

/// Rows multiplied at a time: few enough that the layer's weights and products stay in the processor's second cache
/// while all rows pass.
const BLOCK: usize = 64;

/// Rows in 8 bits: `value = (byte - zero) * scale`, zero and scale by row, so that no row knows its neighbours.
pub struct Quantised {
    /// The greatest byte.
    most: f32,
    bytes: Vec<u8>,
    zeros: Vec<u8>,
    scales: Vec<f32>,
}

impl Quantised {
    /// Adds a row.
    pub fn push(&mut self, row: &[f32]) {
        let start = self.bytes.len();
        self.bytes.resize(start + row.len(), 0);
        let (zero, scale) = floats::quantise(row, self.most, &mut self.bytes[start..]);
        self.zeros.push(zero);
        self.scales.push(scale);
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.zeros.len()
    }

    /// Forgets the rows.
    pub fn clear(&mut self) {
        self.bytes.clear();
        self.zeros.clear();
        self.scales.clear();
    }
}

/// Multiplies 8-bit matrices with the best instructions of this processor. To ask for those takes long, so one is
/// made for a whole pass.
pub struct Multiplier {
    products: GemmExecutor<u8, i8, i32>,
}

impl Multiplier {
    /// Asks what this processor can do.
    pub fn new() -> Self {
        Self { products: GemmExecutor::new() }
    }

    /// Room for rows to multiply. Older processors add two products in 16 bits, which a weight of 127 and a byte of
    /// 255 would overrun: there bytes go to 127.
    pub fn rows(&self) -> Quantised {
        let most = if self.products.may_saturate() { 127.0 } else { 255.0 };
        Quantised { most, bytes: Vec::new(), zeros: Vec::new(), scales: Vec::new() }
    }
}

/// `x · weight + bias`; the weight is symmetric in 8 bits with a scale for each column.
pub struct Dense {
    weight: PackedBMatrix<i8>,
    /// Sum of each column: what a row's zero adds to every product with it.
    sums: Vec<i32>,
    scales: Vec<f32>,
    bias: Vec<f32>,
    width_in: usize,
}

impl Dense {
    /// Loads `NAME.weight` (rows in, columns out), `NAME.scale` and `NAME.bias`.
    pub fn load(weights: &Weights<'_>, name: &str) -> Result<Self, TextError> {
        let (values, shape) = weights.integers(&format!("{name}.weight"))?;
        let scales = weights.row(&format!("{name}.scale"), shape[1])?;
        Ok(Self::new(&values, shape, scales, weights.row(&format!("{name}.bias"), shape[1])?))
    }

    fn new(values: &[i8], shape: [usize; 2], scales: Vec<f32>, bias: Vec<f32>) -> Self {
        let weight = GemmExecutor::<u8, i8, i32>::new().prepack_b(NdTensorView::from_data(shape, values));
        let mut sums = vec![0; shape[1]];
        for row in values.chunks_exact(shape[1]) {
            for (sum, &value) in sums.iter_mut().zip(row) {
                *sum += i32::from(value);
            }
        }
        Self { weight, sums, scales, bias, width_in: shape[0] }
    }

    /// Length of a row that goes in.
    pub fn width_in(&self) -> usize {
        self.width_in
    }

    /// Length of a row that comes out.
    pub fn width_out(&self) -> usize {
        self.bias.len()
    }

    /// Hands every row that comes out to `take` with its number, while it is fresh in the cache.
    pub fn each(
        &self,
        multiply: &Multiplier,
        rows: &Quantised,
        mut take: impl FnMut(usize, &mut [f32]),
    ) -> Result<(), TextError> {
        let mut products = vec![0_i32; BLOCK.min(rows.rows()) * self.width_out()];
        let mut out = vec![0.0; self.width_out()];
        for (block, bytes) in rows.bytes.chunks(BLOCK * self.width_in).enumerate() {
            let count = bytes.len() / self.width_in;
            let products = &mut products[..count * self.width_out()];
            let input = NdTensorView::from_data([count, self.width_in], bytes);
            // Zeros are taken off afterwards: rten-gemm 0.27 reads those of a block's first rows for all of its rows.
            multiply
                .products
                .gemm(products, GemmInputA::Unpacked(input), GemmInputB::Packed(&self.weight), GemmOptions::default())
                .map_err(|e| TextError::Run { pieces: count, why: e.to_string() })?;
            for (i, products) in products.chunks_exact(self.width_out()).enumerate() {
                let row = block * BLOCK + i;
                scale(self, products, i32::from(rows.zeros[row]), rows.scales[row], &mut out);
                take(row, &mut out);
            }
        }
        Ok(())
    }
}

/// Integer sums of a row to floats: times the row's and the column's scale, plus the column's bias.
#[with_simd(scale = Arch::new())]
#[inline(always)]
fn scale_wide<'a, S: Simd>(_: S, dense: &'a Dense, products: &'a [i32], zero: i32, scale: f32, out: &'a mut [f32]) {
    let columns = dense.sums.iter().zip(&dense.scales).zip(&dense.bias);
    for ((out, &product), ((&sum, column), bias)) in out.iter_mut().zip(products).zip(columns) {
        *out = (product - zero * sum) as f32 * (scale * column) + bias;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_are_exact_whatever_stands_beside_a_row() {
        let (rows, width_in, width_out) = (137, 96, 50);
        let value = |i: usize| ((i * 7919 % 1009) as f32 - 300.0) / 100.0;
        let input: Vec<f32> = (0..rows * width_in).map(value).collect();
        let weight: Vec<i8> = (0..3840_i32 + 960).map(|i| i8::try_from(i * 31 % 255 - 127).unwrap()).collect();
        let dense = Dense::new(&weight, [width_in, width_out], vec![1.0; width_out], vec![0.0; width_out]);
        let multiply = Multiplier::new();
        let run = |rows: &[f32]| {
            let (mut quantised, mut out) = (multiply.rows(), Vec::new());
            rows.chunks_exact(width_in).for_each(|row| quantised.push(row));
            dense.each(&multiply, &quantised, |_, row| out.extend_from_slice(row)).unwrap();
            out
        };
        let all = run(&input);
        for (row, found) in input.chunks(width_in).zip(all.chunks(width_out)) {
            assert_eq!(run(row), found);
            let mut quantised = multiply.rows();
            quantised.push(row);
            for (column, found) in found.iter().enumerate() {
                let sum: i32 = (0..width_in)
                    .map(|i| {
                        (i32::from(quantised.bytes[i]) - i32::from(quantised.zeros[0]))
                            * i32::from(weight[i * width_out + column])
                    })
                    .sum();
                assert_eq!((sum as f32 * quantised.scales[0]).to_bits(), found.to_bits());
            }
        }
    }
}
