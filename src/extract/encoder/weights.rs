//! The encoder's weights: a file of small whole numbers with a scale a row.
//!
//! Layout, little-endian: length of the vocabulary in bytes (u32) and its lines; number of layers (u32); then the tables
//! in the order of [`Network::read`]. A matrix is the scales of its rows (f32), its cells (i8), and its biases (f32);
//! the table of places has no biases.
//! The table of pieces has four bits a cell and a scale for 32 of them.

use super::pieces::Vocabulary;
use super::whole::Matrix;

/// Width of the vectors, of the widened layer, number of heads, width of a role's vectors.
pub(crate) const WIDTH: usize = 384;
pub(crate) const WIDE: usize = 1536;
pub(crate) const HEADS: usize = 12;
pub(crate) const ROLE: usize = 96;
/// Longest row of pieces.
pub(crate) const LONGEST: usize = 512;
/// Roles that are looked for: subject, market, product, time.
pub(crate) const ROLES: usize = 4;
/// Kinds a piece can have.
pub(crate) const KINDS: usize = 20;
/// Kinds of totals.
pub(crate) const BASES: usize = 12;
/// Steps of the distance in mentions, and of the distance in sentences.
pub(crate) const STEPS: usize = 9;
pub(crate) const SENTENCES: usize = 7;

const GROUP: usize = 32;

/// Scale and shift of a layer's norm.
#[derive(Debug)]
pub(crate) struct Norm {
    pub scale: Vec<f32>,
    pub shift: Vec<f32>,
}

/// One layer.
#[derive(Debug)]
pub(crate) struct Layer {
    /// What a row looks for, and by what it is found and what it gives.
    pub query: Matrix,
    pub offer: Matrix,
    pub out: Matrix,
    pub norm1: Norm,
    pub widen: Matrix,
    pub narrow: Matrix,
    pub norm2: Norm,
}

/// The whole encoder.
#[derive(Debug)]
pub(crate) struct Network {
    pub vocabulary: Vocabulary,
    pieces: Vec<u8>,
    places: Vec<f32>,
    kinds: Vec<f32>,
    pub norm: Norm,
    pub layers: Vec<Layer>,
    pub query: Matrix,
    pub key: Matrix,
    pub key_bias: Matrix,
    pub none: Matrix,
    pub world: Matrix,
    pub gate: Matrix,
    pub basis: Matrix,
    /// Per role, side and step.
    pub distance: Vec<f32>,
    /// Per role and step.
    pub sentences: Vec<f32>,
}

struct Bytes<'b> {
    rest: &'b [u8],
}

impl<'b> Bytes<'b> {
    fn take(&mut self, n: usize) -> Option<&'b [u8]> {
        let (head, tail) = self.rest.split_at_checked(n)?;
        self.rest = tail;
        Some(head)
    }

    fn number(&mut self) -> Option<usize> {
        let bytes = self.take(4)?;
        Some(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]) as usize)
    }

    fn floats(&mut self, n: usize) -> Option<Vec<f32>> {
        let bytes = self.take(n * 4)?;
        Some(bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect())
    }

    fn cells(&mut self, n: usize) -> Option<Vec<i8>> {
        Some(self.take(n)?.iter().map(|byte| i8::from_le_bytes([*byte])).collect())
    }

    /// Reads rows of cells with a scale each.
    fn rows(&mut self, count: usize, width: usize) -> Option<Vec<f32>> {
        let scales = self.floats(count)?;
        let cells = self.cells(count * width)?;
        let value = |(at, cell): (usize, &i8)| f32::from(*cell) * scales[at / width];
        Some(cells.iter().enumerate().map(value).collect())
    }

    fn matrix(&mut self, outputs: usize, inputs: usize) -> Option<Matrix> {
        let scale = self.floats(outputs)?;
        let cells = self.cells(outputs * inputs)?;
        Matrix::new(inputs, &scale, &cells, &self.floats(outputs)?)
    }

    /// Reads the queries, keys and values of a layer: one matrix in the file.
    fn looks(&mut self) -> Option<(Matrix, Matrix)> {
        let scale = self.floats(3 * WIDTH)?;
        let cells = self.cells(3 * WIDTH * WIDTH)?;
        let bias = self.floats(3 * WIDTH)?;
        let part = |from: usize, to: usize| {
            Matrix::new(WIDTH, &scale[from..to], &cells[from * WIDTH..to * WIDTH], &bias[from..to])
        };
        Some((part(0, WIDTH)?, part(WIDTH, 3 * WIDTH)?))
    }

    fn norm(&mut self) -> Option<Norm> {
        Some(Norm { scale: self.floats(WIDTH)?, shift: self.floats(WIDTH)? })
    }
}

const PIECE: usize = WIDTH / GROUP * 4 + WIDTH / 2;

impl Network {
    /// Reads the file; `None` when it is not whole.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut b = Bytes { rest: bytes };
        let length = b.number()?;
        let text = std::str::from_utf8(b.take(length)?).ok()?;
        let vocabulary = Vocabulary::new(text);
        let count = b.number().filter(|count| *count > 0)?;
        let pieces = b.take(text.lines().count() * PIECE)?.to_vec();
        let places = b.rows(LONGEST, WIDTH)?;
        let kinds = b.floats(KINDS * WIDTH)?;
        let norm = b.norm()?;
        let mut layers = Vec::new();
        for _ in 0..count {
            let (query, offer) = b.looks()?;
            layers.push(Layer {
                query,
                offer,
                out: b.matrix(WIDTH, WIDTH)?,
                norm1: b.norm()?,
                widen: b.matrix(WIDE, WIDTH)?,
                narrow: b.matrix(WIDTH, WIDE)?,
                norm2: b.norm()?,
            });
        }
        let network = Self {
            vocabulary,
            pieces,
            places,
            kinds,
            norm,
            layers,
            query: b.matrix(ROLES * ROLE, WIDTH)?,
            key: b.matrix(ROLES * ROLE, WIDTH)?,
            key_bias: b.matrix(ROLES, WIDTH)?,
            none: b.matrix(ROLES, WIDTH)?,
            world: b.matrix(1, WIDTH)?,
            gate: b.matrix(1, WIDTH)?,
            basis: b.matrix(BASES, WIDTH)?,
            distance: b.floats(ROLES * 2 * STEPS)?,
            sentences: b.floats(ROLES * SENTENCES)?,
        };
        b.rest.is_empty().then_some(network)
    }

    /// Writes the vector of a piece at a place, with its kind, into `out`.
    pub fn embed(&self, piece: u32, place: usize, kind: usize, out: &mut [f32]) {
        let row = &self.pieces[piece as usize * PIECE..(piece as usize + 1) * PIECE];
        let (scales, cells) = row.split_at(WIDTH / GROUP * 4);
        for (at, slot) in out.iter_mut().enumerate() {
            let s = &scales[at / GROUP * 4..at / GROUP * 4 + 4];
            let scale = f32::from_le_bytes([s[0], s[1], s[2], s[3]]);
            let nibble = if at % 2 == 0 { cells[at / 2] & 15 } else { cells[at / 2] >> 4 };
            *slot = (f32::from(nibble) - 8.0) * scale
                + self.places[place * WIDTH + at]
                + self.kinds[kind * WIDTH + at];
        }
    }
}
