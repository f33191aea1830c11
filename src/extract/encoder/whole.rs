//! Linear maps in whole numbers: cells of eight bits as the file has them, rows of vectors rounded to fourteen bits with a
//! scale each. Sums of whole numbers are exact, so they may be taken in any order.

use super::weights::WIDE;
use wide::i16x8;

/// Numbers in a vector.
const LANES: usize = 8;

/// Rows, and outputs, that are worked on together.
const ROWS: usize = 2;
const OUTPUTS: usize = 4;

/// The largest number of a rounded row.
const MOST: f32 = 8191.0;

/// The most inputs a map may have. Cells lie in -128..=127 and rounded numbers in -8191..=8191, so no sum, nor a part of
/// one, is beyond `INPUTS * 128 * 8191`: less than 2^31.
const INPUTS: usize = WIDE;
const _: () = assert!(INPUTS as i64 * 128 * MOST as i64 <= i32::MAX as i64);

/// A linear map in strips of [`OUTPUTS`] outputs, the last filled up with nothing; a strip has its cells input by input.
#[derive(Debug)]
pub(crate) struct Matrix {
    inputs: usize,
    outputs: usize,
    cells: Vec<[i16x8; OUTPUTS]>,
    /// Per output: what a one of its sum is worth, and what is added.
    scale: Vec<f32>,
    bias: Vec<f32>,
}

impl Matrix {
    /// Makes a map of a scale, a row of cells and a bias for each output; `None` when they do not fit together.
    pub fn new(inputs: usize, scale: &[f32], cells: &[i8], bias: &[f32]) -> Option<Self> {
        let outputs = scale.len();
        let fits = inputs.is_multiple_of(LANES) && inputs <= INPUTS && bias.len() == outputs;
        if !fits || cells.len() != inputs * outputs {
            return None;
        }
        let width = inputs / LANES;
        let mut strips = vec![[i16x8::ZERO; OUTPUTS]; outputs.div_ceil(OUTPUTS) * width];
        for (o, row) in cells.chunks_exact(inputs).enumerate() {
            let strip = &mut strips[o / OUTPUTS * width..];
            for (slot, cells) in strip.iter_mut().zip(row.as_chunks::<LANES>().0) {
                slot[o % OUTPUTS] = i16x8::new(cells.map(i16::from));
            }
        }
        Some(Self { inputs, outputs, cells: strips, scale: scale.to_vec(), bias: bias.to_vec() })
    }

    /// Multiplies rows of vectors; `x` holds them one after another.
    pub fn apply(&self, x: &[f32]) -> Vec<f32> {
        let width = self.inputs / LANES;
        let rows = Rounded::new(x, self.inputs);
        let mut out = vec![0.0; rows.scale.len() * self.outputs];
        // A strip of the map stays at hand while all rows pass it.
        for (n, strip) in self.cells.chunks_exact(width).enumerate() {
            let outputs = n * OUTPUTS..self.outputs.min((n + 1) * OUTPUTS);
            let slots = out.chunks_mut(ROWS * self.outputs).zip(rows.scale.chunks(ROWS));
            for (few, (slots, scales)) in rows.cells.chunks_exact(width).zip(slots) {
                let sums = multiply(few, strip);
                for ((slots, row), sums) in slots.chunks_exact_mut(self.outputs).zip(scales).zip(sums) {
                    for (o, sum) in outputs.clone().zip(sums) {
                        slots[o] = sum as f32 * (row * self.scale[o]) + self.bias[o];
                    }
                }
            }
        }
        out
    }
}

/// Sums up a few rows times a strip.
fn multiply(rows: &[[i16x8; ROWS]], strip: &[[i16x8; OUTPUTS]]) -> [[i32; OUTPUTS]; ROWS] {
    let mut sums = [[wide::i32x4::ZERO; OUTPUTS]; ROWS];
    for (x, cells) in rows.iter().zip(strip) {
        for (sums, x) in sums.iter_mut().zip(x) {
            for (sum, cells) in sums.iter_mut().zip(cells) {
                *sum += x.dot(*cells);
            }
        }
    }
    sums.map(|sums| sums.map(|sum| sum.to_array().iter().sum()))
}

/// Rows of vectors in whole numbers, some together as in [`ROWS`], the last filled up with nothing.
struct Rounded {
    cells: Vec<[i16x8; ROWS]>,
    /// What a one is worth in each row.
    scale: Vec<f32>,
}

impl Rounded {
    fn new(x: &[f32], inputs: usize) -> Self {
        let count = x.len() / inputs;
        let width = inputs / LANES;
        let mut cells = vec![[i16x8::ZERO; ROWS]; count.div_ceil(ROWS) * width];
        let mut scale = Vec::with_capacity(count);
        for (r, row) in x.chunks_exact(inputs).enumerate() {
            let vectors = row.as_chunks::<LANES>().0;
            let mut tops = [f32::MIN_POSITIVE * MOST; LANES];
            for vector in vectors {
                for (top, v) in tops.iter_mut().zip(vector) {
                    *top = if v.abs() > *top { v.abs() } else { *top };
                }
            }
            let top = tops.iter().copied().fold(0.0, f32::max);
            let ones = MOST / top;
            let slots = cells[r / ROWS * width..].iter_mut();
            for (slot, vector) in slots.zip(vectors) {
                slot[r % ROWS] = i16x8::new(vector.map(|v| round(v * ones)));
            }
            scale.push(top / MOST);
        }
        Self { cells, scale }
    }
}

/// Rounds a number between -16384 and 16384, halves to even: added to one and a half times 2^23, it has nothing behind the
/// point, and stands in the last bits.
fn round(x: f32) -> i16 {
    (x + 12_582_912.0).to_bits() as i16
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that look like chance, from -1 to 1.
    fn numbers(count: usize) -> Vec<f32> {
        (0..count as u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 8) as f32 / 8_388_608.0 - 1.0).collect()
    }

    #[test]
    fn numbers_are_rounded_to_the_nearest() {
        for (x, whole) in
            [(0.0, 0), (0.5, 0), (1.5, 2), (-0.6, -1), (8191.0, 8191), (-8191.0, -8191), (-2.5, -2)]
        {
            assert_eq!(round(x), whole, "{x}");
        }
    }

    #[test]
    fn products_are_those_of_plain_loops() {
        for (rows, inputs, outputs) in [(1, 8, 1), (2, 16, 4), (5, 384, 13), (7, 1536, 6)] {
            let x = numbers(rows * inputs);
            let cells: Vec<i8> = numbers(inputs * outputs).iter().map(|v| (v * 127.0) as i8).collect();
            let (scale, bias) = (numbers(outputs), numbers(outputs));
            let found = Matrix::new(inputs, &scale, &cells, &bias).expect("fits").apply(&x);
            assert_eq!(found.len(), rows * outputs);
            for (at, found) in found.iter().enumerate() {
                let (r, o) = (at / outputs, at % outputs);
                let pairs = x[r * inputs..].iter().zip(&cells[o * inputs..(o + 1) * inputs]);
                let sum: f64 = pairs.map(|(x, c)| f64::from(*x) * f64::from(*c)).sum();
                let told = sum * f64::from(scale[o]) + f64::from(bias[o]);
                // Half a step of rounding in every input, and every cell at its largest.
                let slack = inputs as f64 * 0.5 / f64::from(MOST) * 127.0 * f64::from(scale[o]).abs() + 1e-4;
                assert!((f64::from(*found) - told).abs() < slack, "{found} for {told} at {r}, {o}");
            }
        }
    }

    #[test]
    fn the_largest_sums_fit() {
        let cells = vec![-128; INPUTS];
        let found = Matrix::new(INPUTS, &[1.0], &cells, &[0.0]).expect("fits");
        for (x, sum) in [(1.0, -128.0), (-1.0, 128.0), (0.0, 0.0)] {
            let told = sum * INPUTS as f32;
            assert!((found.apply(&vec![x; INPUTS])[0] - told).abs() <= told.abs() * 1e-6);
        }
    }

    #[test]
    fn what_does_not_fit_is_no_map() {
        assert!(Matrix::new(12, &[1.0], &[0; 12], &[0.0]).is_none());
        assert!(Matrix::new(8, &[1.0], &[0; 9], &[0.0]).is_none());
        assert!(Matrix::new(8, &[1.0], &[0; 8], &[]).is_none());
        assert!(Matrix::new(2 * INPUTS, &[1.0], &[0; 2 * INPUTS], &[0.0]).is_none());
    }
}
