//! An input on its way in, and what the log says of it afterwards.

use jiff::civil::Date;

/// What is known of an input before it is read.
#[derive(Debug, Clone)]
pub struct BatchMeta {
    /// Name of the input.
    pub path: String,
    /// SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
    /// Its size.
    pub bytes: u64,
    /// What it was recognised as.
    pub kind: String,
    /// Time of the import.
    pub recorded_at: String,
    /// Day the publisher put it out.
    pub released: Option<Date>,
    /// Version of the program.
    pub tool_version: String,
    /// Figures of articles less sure than this wait for review.
    pub accept: f64,
}

/// What became of an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The same bytes are in the file already.
    AlreadyHeld {
        /// The batch that holds them.
        batch: i64,
    },
    /// It is in the file now.
    Stored {
        /// Number of the batch.
        batch: i64,
        /// Articles kept.
        documents: u64,
        /// Figures kept.
        figures: u64,
        /// Of `figures`: those that wait for review.
        waiting: u64,
        /// New cells of counted amounts.
        added: u64,
        /// Cells with another value than before; the old one is kept.
        changed: u64,
        /// Cells that are as before, those where the file holds a later release included; articles whose text is held.
        same: u64,
        /// Rows or lines left out.
        rejected: u64,
    },
}

/// One input in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// Number.
    pub id: i64,
    /// `done` or `undone`.
    pub status: String,
    /// What it was recognised as.
    pub kind: String,
    /// Name of the input.
    pub path: String,
    /// Day the publisher put it out.
    pub released: Option<Date>,
    /// Time of the import.
    pub recorded_at: String,
    /// Articles kept.
    pub documents: u64,
    /// Figures kept.
    pub figures: u64,
    /// New cells.
    pub added: u64,
    /// Changed cells.
    pub changed: u64,
    /// Cells as before.
    pub same: u64,
    /// Rows left out.
    pub rejected: u64,
}
