//! The layers of the encoder. Every sum is taken in one fixed order, and roots, powers and the error function are
//! software of the project, so that no machine differs by a bit.

use super::attention::attend;
use super::curves::{gelu, sum};
use super::weights::{Layer, Network, Norm, WIDTH};

fn normalise(norm: &Norm, x: &mut [f32]) {
    for row in x.chunks_exact_mut(WIDTH) {
        let mean = sum(row) / WIDTH as f32;
        row.iter_mut().for_each(|v| *v -= mean);
        let squares: [f32; WIDTH] = std::array::from_fn(|i| row[i] * row[i]);
        let spread = sum(&squares) / WIDTH as f32;
        let scale = 1.0 / (spread + 1e-12).sqrt();
        for ((v, a), b) in row.iter_mut().zip(&norm.scale).zip(&norm.shift) {
            *v = *v * scale * a + b;
        }
    }
}

/// Rows that pass a layer together: few enough that they stay at hand.
const ROWS: usize = 32;

/// Takes the vectors `x` through a layer, where they look at `all`.
fn layer(layer: &Layer, all: &[f32], x: &mut [f32]) {
    let taken = attend(&layer.query.apply(x), &layer.offer.apply(all));
    for (x, taken) in x.chunks_mut(ROWS * WIDTH).zip(taken.chunks(ROWS * WIDTH)) {
        add(x, &layer.out.apply(taken));
        normalise(&layer.norm1, x);
        let mut wide = layer.widen.apply(x);
        wide.iter_mut().for_each(|v| *v = gelu(*v));
        add(x, &layer.narrow.apply(&wide));
        normalise(&layer.norm2, x);
    }
}

fn add(x: &mut [f32], other: &[f32]) {
    x.iter_mut().zip(other).for_each(|(a, b)| *a += b);
}

impl Network {
    /// Returns the vectors of some pieces, one after another: those at `asked` of a row of pieces with their kinds.
    pub fn encode(&self, pieces: &[u32], kinds: &[u8], asked: &[usize]) -> Vec<f32> {
        let mut x = vec![0.0; pieces.len() * WIDTH];
        for (at, (piece, row)) in pieces.iter().zip(x.chunks_exact_mut(WIDTH)).enumerate() {
            self.embed(*piece, at, usize::from(kinds[at]), row);
        }
        normalise(&self.norm, &mut x);
        for (n, l) in self.layers.iter().enumerate() {
            // Nobody looks at the other pieces after the last layer.
            let last = n + 1 == self.layers.len();
            let mut next = if last { select(&x, asked) } else { x.clone() };
            layer(l, &x, &mut next);
            x = next;
        }
        x
    }
}

fn select(x: &[f32], rows: &[usize]) -> Vec<f32> {
    rows.iter().flat_map(|row| &x[row * WIDTH..(row + 1) * WIDTH]).copied().collect()
}
