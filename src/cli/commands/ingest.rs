//! `tradeshare ingest`: articles and tables into the database.

use super::{dated, remark};
use crate::cli::inputs::{self, InputArgs, Inputs};
use crate::cli::output::printable;
use crate::cli::progress::Bar;
use crate::cli::{Common, database};
use anyhow::Result;
use jiff::civil::Date;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tradeshare::Error;
use tradeshare::ingest::table::{self, TableOptions};
use tradeshare::pipeline::{self, Ingested};
use tradeshare::store::Outcome;

/// Read articles and tables, extract the figures, and keep everything with its proof
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  tradeshare ingest article.html customs.csv
  tradeshare ingest articles/ --published 2022-09-13
  tradeshare ingest odd.csv --map odd.toml --dry-run
")]
pub(in crate::cli) struct IngestArgs {
    /// Files, folders, .gz, .zst and .zip; `-` is standard input
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Show what was recognised, the roles found and the first ten rows, and keep nothing
    #[arg(long)]
    dry_run: bool,

    /// Day on which the publisher put the tables out: their vintage (R31)
    #[arg(long, value_name = "DATE", help_heading = "Input")]
    released: Option<Date>,

    /// Refuse an input whole when more rows than this are bad
    #[arg(long, value_name = "N", help_heading = "Input")]
    max_rejects: Option<u64>,

    /// Accept figures of articles at least this sure, 0 to 1, instead of those the calibration trusts; others wait for `review`
    #[arg(long, value_name = "P", help_heading = "Input")]
    accept: Option<f64>,

    /// Write a mapping for a table of an unknown shape, to be looked through and passed to `--map`
    #[arg(long)]
    suggest_map: bool,

    #[command(flatten)]
    input: InputArgs,
}

pub(in crate::cli) fn run(args: &IngestArgs, common: &Common) -> Result<ExitCode> {
    let mut options = args.input.options()?;
    options.released = args.released;
    options.max_rejects = args.max_rejects;
    options.dry_run = args.dry_run;
    let paths = inputs::or_stdin(&args.paths);
    if paths.is_empty() {
        anyhow::bail!("name files or folders to read, or `-` for standard input");
    }
    let mut inputs = Inputs::find(&paths, common);
    if args.suggest_map {
        return suggest(inputs);
    }
    let mut store = if args.dry_run { None } else { Some(database::open(common)?) };
    let extractor = args.input.extractor();
    options.accept = Some(args.accept.unwrap_or_else(|| extractor.acceptance()));
    let dated = dated();
    let bar = Bar::new(common.quiet);
    options.progress = Some(bar.progress());
    let found = inputs.take();
    pipeline::ingest_many(store.as_mut(), &extractor, found, &options, &dated, |name, bytes, done| {
        bar.end();
        let done =
            done.inspect_err(|error| describe(error, name, bytes, &options.table, args.dry_run, common));
        let printed = done.map_err(Into::into).and_then(|done| print(&done, args.dry_run, common));
        inputs.settle(printed)
    })?;
    Ok(inputs.finish())
}

/// Prints a mapping for each table.
fn suggest(mut inputs: Inputs<'_>) -> Result<ExitCode> {
    for input in inputs.take() {
        let (name, bytes) = input.load();
        let printed = bytes.and_then(|bytes| table::suggest_mapping(&name, &bytes)).map_err(Into::into);
        let printed = printed.and_then(|text| Ok(std::io::stdout().write_all(text.as_bytes())?));
        inputs.settle(printed)?;
    }
    Ok(inputs.finish())
}

/// Shows how a table of an unknown shape looks: what a dry run was asked for, and a help otherwise.
fn describe(
    error: &Error,
    name: &Path,
    bytes: &[u8],
    options: &TableOptions,
    dry_run: bool,
    common: &Common,
) {
    if !matches!(error, Error::UnknownShape { .. }) {
        return;
    }
    let Ok(lines) = table::describe_unknown(name, bytes, options) else { return };
    let name = name.display().to_string();
    for (at, line) in lines.iter().enumerate() {
        let line = if at == 0 { format!("{name}: {line}") } else { format!("  {line}") };
        let line = printable(&line);
        if dry_run {
            // The error that follows ends the input all the same.
            let _ = writeln!(std::io::stdout(), "{line}");
        } else {
            remark(common, &line);
        }
    }
}

fn print(done: &Ingested, dry_run: bool, common: &Common) -> Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", printable(&pipeline::summary(done)))?;
    let held = matches!(done.outcome, Some(Outcome::AlreadyHeld { .. }));
    if !held {
        if dry_run {
            for line in &done.reading {
                writeln!(out, "  {}", printable(line))?;
            }
        }
        for figure in done.figures.iter().take(if dry_run { 10 } else { 0 }) {
            writeln!(out, "  {}", printable(&figure.to_string()))?;
        }
    }
    out.flush()?;
    for note in &done.notes {
        remark(common, &format!("  note: {note}"));
    }
    for reject in done.rejects.iter().take(5) {
        let column =
            if reject.column.is_empty() { String::new() } else { format!("column `{}`: ", reject.column) };
        remark(common, &format!("  left out: {}:{}: {column}{}", done.path, reject.line, reject.reason));
    }
    if done.rejects.len() > 5 {
        let more = done.rejects.len() - 5;
        let hint = match done.outcome {
            Some(Outcome::Stored { batch, .. }) => {
                format!("; `tradeshare batch show {batch}` lists them all")
            }
            _ => String::new(),
        };
        remark(common, &format!("  and {more} more{hint}"));
    }
    Ok(())
}
