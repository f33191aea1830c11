//! Builds a report: reads its inputs, asks its questions, draws its charts, writes its page.

use super::ingest::{Dated, Ingested};
use crate::error::{Error, Result};
use std::path::{Path, PathBuf};

/// Where a report goes and when it is made.
#[derive(Debug, Clone)]
pub struct ReportOptions {
    /// Folder to write to, instead of the spec's.
    pub output: Option<PathBuf>,
    /// Database file, instead of the spec's.
    pub database: Option<PathBuf>,
    /// Moment and program.
    pub dated: Dated,
}

/// What was built.
#[derive(Debug)]
pub struct BuiltReport {
    /// The inputs, as ingested.
    pub inputs: Vec<Ingested>,
    /// Inputs that could not be read.
    pub failed: Vec<(String, Error)>,
    /// Missing glyphs, questions without an answer.
    pub warnings: Vec<String>,
    /// The database file.
    pub database: PathBuf,
    /// Batches in it.
    pub held: u64,
    /// Files written.
    pub files: Vec<PathBuf>,
}

/// Builds the report of a spec.
///
/// # Errors
/// [`Error::Line`] for a wrong key in the spec; those of the stages.
pub fn build_report(spec: &Path, _options: &ReportOptions) -> Result<BuiltReport> {
    Err(Error::Input { path: spec.to_owned(), reason: "reports are not built yet".to_owned() })
}
