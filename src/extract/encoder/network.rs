//! The layers of the encoder. Every sum is taken in one fixed order, and roots, powers and the error function are
//! software of the project, so that no machine differs by a bit.

use super::weights::{HEADS, LANES, Layer, Matrix, Network, Norm, WIDTH};
use wide::f32x8;

/// Rows worked on together.
const ROWS: usize = 4;

/// Multiplies rows of vectors; `x` holds them one after another.
pub(crate) fn apply(m: &Matrix, x: &[f32]) -> Vec<f32> {
    let mut out = vec![0.0; x.len() / m.inputs * m.outputs];
    // A strip of the matrix stays at hand while all rows pass it.
    for (n, (cells, &bias)) in m.cells.chunks_exact(m.inputs).zip(&m.bias).enumerate() {
        let at = n * LANES;
        let mut fours = x.chunks_exact(ROWS * m.inputs);
        let mut rows = out.chunks_exact_mut(ROWS * m.outputs);
        for (four, slots) in fours.by_ref().zip(rows.by_ref()) {
            block::<ROWS>(m, cells, bias, four, at, slots);
        }
        let rest = fours.remainder().chunks_exact(m.inputs);
        for (one, slot) in rest.zip(rows.into_remainder().chunks_exact_mut(m.outputs)) {
            block::<1>(m, cells, bias, one, at, slot);
        }
    }
    out
}

/// Multiplies a few rows with one strip and writes its outputs from `at` on.
fn block<const N: usize>(m: &Matrix, cells: &[f32x8], bias: f32x8, x: &[f32], at: usize, out: &mut [f32]) {
    let mut sums = [bias; N];
    for (i, cells) in cells.iter().enumerate() {
        for (r, sum) in sums.iter_mut().enumerate() {
            *sum += f32x8::splat(x[r * m.inputs + i]) * *cells;
        }
    }
    let count = LANES.min(m.outputs - at);
    for (sum, row) in sums.iter().zip(out.chunks_exact_mut(m.outputs)) {
        row[at..at + count].copy_from_slice(&sum.to_array()[..count]);
    }
}

fn normalise(norm: &Norm, x: &mut [f32]) {
    for row in x.chunks_exact_mut(WIDTH) {
        let mean = row.iter().sum::<f32>() / WIDTH as f32;
        let spread = row.iter().map(|v| (v - mean) * (v - mean)).sum::<f32>() / WIDTH as f32;
        let scale = 1.0 / (spread + 1e-12).sqrt();
        for ((v, a), b) in row.iter_mut().zip(&norm.scale).zip(&norm.shift) {
            *v = (*v - mean) * scale * a + b;
        }
    }
}

fn gelu(x: f32) -> f32 {
    0.5 * x * (1.0 + libm::erff(x * std::f32::consts::FRAC_1_SQRT_2))
}

/// Turns scores into chances.
pub(crate) fn softmax(scores: &mut [f32]) {
    let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut sum = 0.0;
    for score in scores.iter_mut() {
        *score = libm::expf(*score - top);
        sum += *score;
    }
    scores.iter_mut().for_each(|score| *score /= sum);
}

/// Attention: each row takes from all rows what its heads look for.
fn attend(qkv: &[f32]) -> Vec<f32> {
    const SIZE: usize = WIDTH / HEADS;
    let rows = qkv.len() / (3 * WIDTH);
    let scale = 1.0 / (SIZE as f32).sqrt();
    let mut out = vec![0.0; rows * WIDTH];
    // Keys of a head laid so that the scores of one query are sums over rows of numbers.
    let mut keys = vec![0.0; SIZE * rows];
    let mut scores = vec![0.0; rows];
    for head in 0..HEADS {
        let part = |row: usize, which: usize| {
            let at = row * 3 * WIDTH + which * WIDTH + head * SIZE;
            &qkv[at..at + SIZE]
        };
        for row in 0..rows {
            for (i, k) in part(row, 1).iter().enumerate() {
                keys[i * rows + row] = *k;
            }
        }
        for row in 0..rows {
            scores.fill(0.0);
            for (i, q) in part(row, 0).iter().enumerate() {
                let q = q * scale;
                for (score, k) in scores.iter_mut().zip(&keys[i * rows..(i + 1) * rows]) {
                    *score += q * k;
                }
            }
            softmax(&mut scores);
            let slot = &mut out[row * WIDTH + head * SIZE..row * WIDTH + (head + 1) * SIZE];
            for (other, score) in scores.iter().enumerate() {
                for (s, v) in slot.iter_mut().zip(part(other, 2)) {
                    *s += score * v;
                }
            }
        }
    }
    out
}

fn layer(layer: &Layer, x: &mut [f32]) {
    let found = apply(&layer.out, &attend(&apply(&layer.qkv, x)));
    add(x, &found);
    normalise(&layer.norm1, x);
    let mut wide = apply(&layer.widen, x);
    wide.iter_mut().for_each(|v| *v = gelu(*v));
    let found = apply(&layer.narrow, &wide);
    add(x, &found);
    normalise(&layer.norm2, x);
}

fn add(x: &mut [f32], other: &[f32]) {
    x.iter_mut().zip(other).for_each(|(a, b)| *a += b);
}

impl Network {
    /// Returns the vectors of a row of pieces with their kinds, one after another.
    pub fn encode(&self, pieces: &[u32], kinds: &[u8]) -> Vec<f32> {
        let mut x = vec![0.0; pieces.len() * WIDTH];
        for (at, (piece, row)) in pieces.iter().zip(x.chunks_exact_mut(WIDTH)).enumerate() {
            self.embed(*piece, at, usize::from(kinds[at]), row);
        }
        normalise(&self.norm, &mut x);
        for l in &self.layers {
            layer(l, &mut x);
        }
        x
    }
}
