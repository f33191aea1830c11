//! `tradeshare db`: what is in the file, whether it is whole, a copy of it.

use crate::cli::output::{Format, Grid};
use crate::cli::{Common, database};
use anyhow::Result;
use clap::Subcommand;
use std::path::PathBuf;
use std::process::ExitCode;

/// Look into the database file, verify it, back it up
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  tradeshare db info
  tradeshare db backup copy.db
")]
pub(in crate::cli) struct DbArgs {
    #[command(subcommand)]
    action: Action,

    /// Output format; without it a table on a terminal and CSV in a pipe
    #[arg(short, long, value_enum, global = true)]
    format: Option<Format>,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Counts of what is kept, and the schema's version
    Info,
    /// Check pages, foreign keys and the quotes of all figures
    Verify,
    /// Copy the file, whole and consistent, while others read and write it
    Backup {
        /// File to write
        file: PathBuf,
    },
}

pub(in crate::cli) fn run(args: &DbArgs, common: &Common) -> Result<ExitCode> {
    let store = database::read(common)?;
    match &args.action {
        Action::Info => {
            let mut grid = Grid::new(&["what", "number"]);
            for (what, number) in store.info()? {
                grid.push(vec![what.into(), number.into()]);
            }
            grid.print(args.format, None)?;
        }
        Action::Verify => {
            store.verify()?;
            println!("{}: whole", database::path(common).display());
        }
        Action::Backup { file } => {
            store.backup(file)?;
            println!("{}: written", file.display());
        }
    }
    Ok(ExitCode::SUCCESS)
}
