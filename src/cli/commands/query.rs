//! `tradeshare query`: shares and ranks by country and period.

use super::remark;
use crate::cli::output::{Cell, Format, Grid};
use crate::cli::question::QuestionArgs;
use crate::cli::{Common, database, failure};
use anyhow::Result;
use std::path::PathBuf;
use std::process::ExitCode;
use tradeshare::model::{AnswerRow, Evidence, Qualifier, share_text};
use tradeshare::query;

/// Show who holds which part of a market
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  tradeshare query China in Russia of passenger-cars --by quarter --period 2022
  tradeshare query in Thailand of hs:8542 --period 2024 --top 10
  tradeshare query Xiaomi in Russia -f jsonl
")]
pub(in crate::cli) struct QueryArgs {
    #[command(flatten)]
    question: QuestionArgs,

    /// Output format; without it a table on a terminal and CSV in a pipe
    #[arg(short, long, value_enum)]
    format: Option<Format>,

    /// Write to this file, format by its extension
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Decimals of shares in tables (other formats stay exact)
    #[arg(long, value_name = "N", default_value_t = 1)]
    decimals: u32,

    /// Exit 1 when nothing was found
    #[arg(long)]
    fail_empty: bool,
}

pub(in crate::cli) fn run(args: &QueryArgs, common: &Common) -> Result<ExitCode> {
    let question = args.question.question()?;
    let store = database::read(common)?;
    let answer = query::answer(&store, &question)?;
    let mut grid = Grid::new(&AnswerRow::COLUMNS);
    for row in &answer.rows {
        grid.push(cells(row, args.decimals));
    }
    grid.print(args.format, args.output.as_deref())?;
    if answer.rows.is_empty() {
        remark(common, "nothing found");
    }
    for note in &answer.notes {
        remark(common, &format!("note: {note}"));
    }
    Ok(ExitCode::from(if answer.rows.is_empty() && args.fail_empty { failure::NO } else { 0 }))
}

/// Returns the exact values, with the text that people read where it differs.
fn cells(row: &AnswerRow, decimals: u32) -> Vec<Cell> {
    // A stated share keeps the digits it was stated with; a computed one is rounded once, here (R29).
    let share = |value: f64| match row.evidence {
        Evidence::Stated => value.to_string(),
        Evidence::Computed => share_text(value, decimals),
    };
    let shown = |column: &str| match column {
        "share_pct" => row.share_pct.map(share),
        "share_max_pct" => row.share_max_pct.map(share),
        "amount" => row.amount.map(|value| share_text(value, 0)),
        "total" => row.total.map(|value| share_text(value, 0)),
        "coverage_pct" => row.coverage_pct.map(|value| share_text(value, 1)),
        "qualifier" if row.qualifier == Qualifier::Exact => Some(String::new()),
        _ => None,
    };
    AnswerRow::COLUMNS
        .iter()
        .zip(row.values())
        .map(|(column, value)| match shown(column) {
            Some(text) => Cell::shown(value, text),
            None => value.into(),
        })
        .collect()
}
