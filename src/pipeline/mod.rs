//! Joins the stages: files in, figures and rows kept, reports out.
//!
//! The only module that knows several stages; it decides nothing that one of them could decide.

mod ingest;
mod large;
mod many;
mod parallel;
mod report;

pub use ingest::{Dated, IngestOptions, Ingested, ingest_bytes, ingest_path, summary};
pub use large::{Progress, Step};
pub use many::{Input, ReadArticles, extract_many, ingest_many};
pub use report::{BuiltReport, ReportOptions, build_report};
