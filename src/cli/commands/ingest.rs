//! `tradeshare ingest`: articles and tables into the database.

use super::{dated, remark};
use crate::cli::inputs::{self, Input, InputArgs};
use crate::cli::output::printable;
use crate::cli::progress::Bar;
use crate::cli::{Common, database, failure};
use anyhow::Result;
use jiff::civil::Date;
use std::cell::RefCell;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tradeshare::Error;
use tradeshare::extract::Extractor;
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
    if args.suggest_map {
        let failed = inputs::for_each(&paths, common, |input| {
            let text = table::suggest_mapping(&input.name, &input.bytes)?;
            Ok(std::io::stdout().write_all(text.as_bytes())?)
        })?;
        return Ok(ExitCode::from(if failed > 0 { failure::INPUT } else { 0 }));
    }
    let store = RefCell::new(if args.dry_run { None } else { Some(database::open(common)?) });
    let extractor = Extractor::new();
    let dated = dated();
    let bar = Bar::new(common.quiet);
    options.progress = Some(bar.progress());
    let large = |path: &Path| {
        let done = pipeline::ingest_large(store.borrow_mut().as_mut(), path, &options, &dated);
        bar.end();
        match done {
            // What is not recognised is described below.
            Ok(None) | Err(Error::UnknownShape { .. }) => Ok(false),
            Ok(Some(done)) => print(&done, args.dry_run, common).map(|()| true),
            Err(error) => Err(error.into()),
        }
    };
    let failed = inputs::for_each_or(&paths, common, large, |input| {
        let mut store = store.borrow_mut();
        let done =
            pipeline::ingest_bytes(store.as_mut(), &extractor, &input.name, &input.bytes, &options, &dated)
                .inspect_err(|error| describe(error, &input, &options.table, args.dry_run, common))?;
        print(&done, args.dry_run, common)
    })?;
    Ok(ExitCode::from(if failed > 0 { failure::INPUT } else { 0 }))
}

/// Shows how a table of an unknown shape looks: what a dry run was asked for, and a help otherwise.
fn describe(error: &Error, input: &Input, options: &TableOptions, dry_run: bool, common: &Common) {
    if !matches!(error, Error::UnknownShape { .. }) {
        return;
    }
    let Ok(lines) = table::describe_unknown(&input.name, &input.bytes, options) else { return };
    let name = input.name.display().to_string();
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
