//! Where a number comes from: the sentence, or the rows.

use super::{Figure, Role};
use jiff::civil::Date;

/// The way from a number of an answer back to what it rests on.
#[derive(Debug, Clone, PartialEq)]
pub enum Proof {
    /// A share or rank that somebody states.
    Stated(Box<StatedProof>),
    /// A share computed from rows.
    Computed(Box<ComputedProof>),
}

/// The words, the document and the file behind a figure.
#[derive(Debug, Clone, PartialEq)]
pub struct StatedProof {
    /// Id of the figure in the database.
    pub id: String,
    /// The figure; its `document` is the article's own id.
    pub figure: Figure,
    /// The sentence around the quote; empty for a table's cell.
    pub sentence: String,
    /// Headline.
    pub title: Option<String>,
    /// Who published the document.
    pub publisher: Option<String>,
    /// When.
    pub published: Option<Date>,
    /// Where.
    pub url: Option<String>,
    /// The file it was read from.
    pub file: ProofFile,
    /// Line of the file, for a table's cell.
    pub line: Option<u64>,
    /// Ids of other figures about the same cell.
    pub others: Vec<String>,
}

/// The rows behind a computed share.
#[derive(Debug, Clone, PartialEq)]
pub struct ComputedProof {
    /// Id of the cell.
    pub id: String,
    /// Name of the dataset.
    pub dataset: String,
    /// `CIF`, `FOB`, `mixed` or `unknown`.
    pub valuation: String,
    /// What the division was, in words: `8060 items of 10000 items`.
    pub division: String,
    /// Rows that add up to the amount.
    pub numerator: Vec<ProofRow>,
    /// Rows that add up to the total.
    pub denominator: Vec<ProofRow>,
}

/// One row of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct ProofRow {
    /// Period, as printed.
    pub period: String,
    /// Whose row it is.
    pub subject: String,
    /// What it is to the sum.
    pub role: Role,
    /// The amount; `None` when not known.
    pub amount: Option<f64>,
    /// Unit of the amount: `USD`, `kg`, `items`.
    pub unit: String,
    /// The file.
    pub file: ProofFile,
    /// Line of the file, from 1.
    pub line: u64,
    /// Whether further lines of the file were added to this one.
    pub added: bool,
}

/// A file that was ingested.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProofFile {
    /// Number of the batch.
    pub batch: i64,
    /// Name as it was given.
    pub path: String,
    /// SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
}
