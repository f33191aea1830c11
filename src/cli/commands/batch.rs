//! `tradeshare batch`: the log of imports, their rejects, and undo.

use crate::cli::output::{Format, Grid};
use crate::cli::{Common, database};
use anyhow::Result;
use clap::Subcommand;
use std::process::ExitCode;

/// List what was ingested, show what was left out, take an import back
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  tradeshare batch list
  tradeshare batch show 3
  tradeshare batch undo 3
")]
pub(in crate::cli) struct BatchArgs {
    #[command(subcommand)]
    action: Action,

    /// Output format; without it a table on a terminal and CSV in a pipe
    #[arg(short, long, value_enum, global = true)]
    format: Option<Format>,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// All imports, newest last
    List,
    /// The rows an import left out, with line, column, reason and raw text
    Show {
        /// Number of the batch
        batch: i64,
    },
    /// Take an import back; what it changed gets its old value again
    Undo {
        /// Number of the batch
        batch: i64,
    },
}

pub(in crate::cli) fn run(args: &BatchArgs, common: &Common) -> Result<ExitCode> {
    match args.action {
        Action::List => {
            let store = database::read(common)?;
            let mut grid = Grid::new(&[
                "batch",
                "status",
                "kind",
                "path",
                "released",
                "recorded_at",
                "documents",
                "figures",
                "added",
                "changed",
                "same",
                "rejected",
            ]);
            for batch in store.batches()? {
                grid.push(vec![
                    batch.id.into(),
                    batch.status.as_str().into(),
                    batch.kind.as_str().into(),
                    batch.path.as_str().into(),
                    serde_json::to_value(batch.released)?.into(),
                    batch.recorded_at.as_str().into(),
                    batch.documents.into(),
                    batch.figures.into(),
                    batch.added.into(),
                    batch.changed.into(),
                    batch.same.into(),
                    batch.rejected.into(),
                ]);
            }
            grid.print(args.format, None)?;
        }
        Action::Show { batch } => {
            let store = database::read(common)?;
            let mut grid = Grid::new(&["line", "column", "reason", "raw"]);
            for reject in store.rejects(batch)? {
                grid.push(vec![
                    reject.line.into(),
                    reject.column.as_str().into(),
                    reject.reason.as_str().into(),
                    reject.raw.as_str().into(),
                ]);
            }
            grid.print(args.format, None)?;
        }
        Action::Undo { batch } => {
            database::open(common)?.undo(batch)?;
            println!("batch {batch} undone");
        }
    }
    Ok(ExitCode::SUCCESS)
}
