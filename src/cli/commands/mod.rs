//! One file a subcommand: arguments, one library call, printing.

pub(super) mod batch;
pub(super) mod chart;
pub(super) mod db;
pub(super) mod explain;
pub(super) mod extract;
pub(super) mod generate;
pub(super) mod ingest;
pub(super) mod query;
pub(super) mod reference;
pub(super) mod report;
pub(super) mod review;
mod review_session;

use crate::cli::Common;

/// Prints a remark to standard error unless `--quiet`.
pub(in crate::cli) fn remark(common: &Common, text: &str) {
    if !common.quiet {
        eprintln!("{}", super::output::printable(text));
    }
}

/// Returns the moment and program of an import, for the log of batches.
fn dated() -> tradeshare::pipeline::Dated {
    let now = jiff::Timestamp::now();
    tradeshare::pipeline::Dated {
        recorded_at: now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        tool_version: env!("CARGO_PKG_VERSION").to_owned(),
    }
}
