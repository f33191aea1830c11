//! `tradeshare explain`: from a number back to the sentence or the row.

use crate::cli::output::printable;
use crate::cli::{Common, database};
use anyhow::Result;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use tradeshare::{chart, query};

/// Show where a number comes from: sentence or row, file, hash, rule
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  tradeshare explain 12
  tradeshare explain share.png
")]
pub(in crate::cli) struct ExplainArgs {
    /// The id that `query` prints, or a PNG that `chart` drew
    #[arg(required = true, value_name = "ID|CHART")]
    ids: Vec<String>,
}

pub(in crate::cli) fn run(args: &ExplainArgs, common: &Common) -> Result<ExitCode> {
    let store = database::read(common)?;
    let mut out = std::io::stdout().lock();
    for id in &args.ids {
        let ids = if id.ends_with(".png") { point_ids(Path::new(id))? } else { vec![id.clone()] };
        for id in ids {
            for line in query::explain(&store, &id)?.to_string().lines() {
                writeln!(out, "{}", printable(line))?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn point_ids(path: &Path) -> Result<Vec<String>> {
    let bytes = std::fs::read(path).map_err(|source| tradeshare::Error::Io {
        action: "read",
        path: path.to_owned(),
        source,
    })?;
    Ok(chart::point_ids(&bytes)?)
}
