//! `tradeshare report`: the main job, from a spec to a folder with page and charts.

use super::{dated, remark};
use crate::cli::output::printable;
use crate::cli::{Common, failure};
use anyhow::Result;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use tradeshare::pipeline::{self, ReportOptions};

/// Build a report: read its inputs, answer its questions, draw its charts, write its page
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  tradeshare report reports/russia-2022.toml
  tradeshare report reports/russia-2022.toml -o out/ --db russia.db
")]
pub(in crate::cli) struct ReportArgs {
    /// The report's spec
    #[arg(value_name = "SPEC.toml")]
    spec: PathBuf,

    /// Folder to write to; without it the spec's `output`, else a folder beside the spec with its name
    #[arg(short, long, value_name = "FOLDER")]
    output: Option<PathBuf>,
}

pub(in crate::cli) fn run(args: &ReportArgs, common: &Common) -> Result<ExitCode> {
    let options = ReportOptions { output: args.output.clone(), database: common.db.clone(), dated: dated() };
    let built = pipeline::build_report(&args.spec, &options)?;
    let mut out = std::io::stdout().lock();
    for done in &built.inputs {
        writeln!(out, "{}", printable(&pipeline::summary(done)))?;
        for note in &done.notes {
            remark(common, &format!("  note: {note}"));
        }
        for reject in done.rejects.iter().take(5) {
            remark(common, &format!("  left out: {}:{}: {}", done.path, reject.line, reject.reason));
        }
    }
    for (input, error) in &built.failed {
        remark(common, &format!("error: {input}: {error}"));
    }
    for warning in &built.warnings {
        remark(common, &format!("warning: {warning}"));
    }
    writeln!(out, "{}: {} documents and tables in the database", built.database.display(), built.held)?;
    for file in &built.files {
        writeln!(out, "{}", printable(&file.display().to_string()))?;
    }
    out.flush()?;
    Ok(ExitCode::from(if built.failed.is_empty() { 0 } else { failure::INPUT }))
}
