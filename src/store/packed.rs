//! A counted amount as a few numbers, and the number that is its place in the file.

use crate::model::Amounts;

/// Highest numbers that fit into a cell's key.
pub(super) const MOST_BLOCKS: i64 = (1 << 21) - 2;
pub(super) const MOST_COMMODITIES: i64 = (1 << 20) - 1;
pub(super) const MOST_ENTITIES: i64 = (1 << 19) - 1;

/// Bits of a tail below the line.
const TAIL_BITS: u32 = 24;

/// Returns the number of a cell: block, commodity, subject and role, each in its bits.
///
/// The view `observation` of the schema takes it apart again.
pub(super) fn cell(block: i64, commodity: i64, subject: i64, role: i64) -> i64 {
    block << 42 | commodity << 22 | subject << 3 | role
}

/// Returns the first cell of a block and commodity, and the first that is too far.
pub(super) fn cells_of(block: i64, commodity: i64) -> (i64, i64) {
    (cell(block, commodity, 0, 0), cell(block, commodity + 1, 0, 0))
}

/// A row of the table that is being kept. Its order is that of the file's cells, then that of the table's lines.
///
/// The key is a cell's number with the span (market, basis and period, whatever the unit) in place of the block.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Packed {
    pub(super) key: i64,
    /// Line, unit, flags, and whether the holder's code is lost.
    tail: u64,
    value: f64,
    weight_kg: f64,
    quantity: f64,
}

/// Unknown amounts; amounts are finite, so that this is none.
const UNKNOWN: f64 = f64::NAN;

/// What stands in a tail beside the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marks {
    /// Number of the quantity's unit, below 4,096.
    pub(super) unit: usize,
    /// Number of the status letters, below 2,048.
    pub(super) flags: usize,
    pub(super) lost: bool,
}

impl Packed {
    /// Bytes of a row that is put away.
    pub(super) const BYTES: usize = 40;
    pub(super) const MOST_UNITS: usize = 1 << 12;
    pub(super) const MOST_FLAGS: usize = 1 << 11;
    pub(super) const MOST_LINES: u64 = 1 << (64 - TAIL_BITS);

    pub(super) fn new(key: i64, line: u64, marks: Marks, amounts: &Amounts) -> Self {
        let mut packed = Self { key, tail: line << TAIL_BITS, value: 0.0, weight_kg: 0.0, quantity: 0.0 };
        packed.mark(marks);
        packed.set(amounts);
        packed
    }

    pub(super) fn span(&self) -> usize {
        (self.key >> 42) as usize
    }

    pub(super) fn commodity(&self) -> i64 {
        self.key >> 22 & MOST_COMMODITIES
    }

    pub(super) fn subject(&self) -> i64 {
        self.key >> 3 & MOST_ENTITIES
    }

    pub(super) fn role(&self) -> i64 {
        self.key & 7
    }

    /// Returns the number of the row's cell in a block.
    pub(super) fn cell(&self, block: i64) -> i64 {
        block << 42 | self.key & ((1 << 42) - 1)
    }

    pub(super) fn line(&self) -> u64 {
        self.tail >> TAIL_BITS
    }

    pub(super) fn marks(&self) -> Marks {
        Marks {
            unit: (self.tail >> 12) as usize & (Self::MOST_UNITS - 1),
            flags: (self.tail >> 1) as usize & (Self::MOST_FLAGS - 1),
            lost: self.tail & 1 == 1,
        }
    }

    pub(super) fn mark(&mut self, marks: Marks) {
        self.tail = self.line() << TAIL_BITS
            | (marks.unit as u64) << 12
            | (marks.flags as u64) << 1
            | u64::from(marks.lost);
    }

    pub(super) fn amounts(&self) -> Amounts {
        let known = |amount: f64| (!amount.is_nan()).then_some(amount);
        Amounts { value: known(self.value), weight_kg: known(self.weight_kg), quantity: known(self.quantity) }
    }

    pub(super) fn set(&mut self, amounts: &Amounts) {
        self.value = amounts.value.unwrap_or(UNKNOWN);
        self.weight_kg = amounts.weight_kg.unwrap_or(UNKNOWN);
        self.quantity = amounts.quantity.unwrap_or(UNKNOWN);
    }

    /// Returns what rows are sorted by.
    pub(super) fn order(&self) -> (i64, u64) {
        (self.key, self.tail)
    }

    pub(super) fn to_bytes(self) -> [u8; Self::BYTES] {
        let words = [
            self.key as u64,
            self.tail,
            self.value.to_bits(),
            self.weight_kg.to_bits(),
            self.quantity.to_bits(),
        ];
        let mut bytes = [0; Self::BYTES];
        for (place, word) in bytes.chunks_exact_mut(8).zip(words) {
            place.copy_from_slice(&word.to_le_bytes());
        }
        bytes
    }

    pub(super) fn from_bytes(bytes: &[u8]) -> Self {
        let word = |at: usize| {
            let mut word = [0; 8];
            word.copy_from_slice(&bytes[at * 8..at * 8 + 8]);
            u64::from_le_bytes(word)
        };
        Self {
            key: word(0) as i64,
            tail: word(1),
            value: f64::from_bits(word(2)),
            weight_kg: f64::from_bits(word(3)),
            quantity: f64::from_bits(word(4)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_comes_apart_as_it_was_put_together() {
        let amounts = Amounts { value: Some(0.0), weight_kg: None, quantity: Some(-1.5) };
        let marks = Marks { unit: 4095, flags: 2047, lost: true };
        let key = cell(MOST_BLOCKS, MOST_COMMODITIES, MOST_ENTITIES, 4);
        let row = Packed::new(key, Packed::MOST_LINES - 1, marks, &amounts);
        let row = Packed::from_bytes(&row.to_bytes());
        assert_eq!((row.span() as i64, row.commodity()), (MOST_BLOCKS, MOST_COMMODITIES));
        assert_eq!((row.subject(), row.role()), (MOST_ENTITIES, 4));
        assert_eq!((row.line(), row.marks(), row.amounts()), (Packed::MOST_LINES - 1, marks, amounts));
        assert_eq!(row.cell(7), cell(7, MOST_COMMODITIES, MOST_ENTITIES, 4));
        assert!(cells_of(MOST_BLOCKS, MOST_COMMODITIES).1 > 0, "the last block's end is still a number");
    }
}
