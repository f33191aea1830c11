//! `tradeshare query`: shares and ranks by country and period.

use super::remark;
use crate::cli::output::{Cell, Format, Grid};
use crate::cli::question::QuestionArgs;
use crate::cli::{Common, database, failure};
use anyhow::Result;
use serde_json::Value;
use std::path::PathBuf;
use std::process::ExitCode;
use tradeshare::model::{AnswerRow, Denominator, Evidence, Qualifier, share_text};
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
    let mut grid = Grid::new(&[
        "period",
        "market",
        "subject",
        "product",
        "basis",
        "unit",
        "evidence",
        "share_pct",
        "share_max_pct",
        "qualifier",
        "rank",
        "of",
        "amount",
        "total",
        "amount_unit",
        "denominator",
        "coverage_pct",
        "status",
        "counted_by",
        "flags",
        "id",
    ]);
    for row in &answer.rows {
        grid.push(cells(row, args.decimals)?);
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

fn cells(row: &AnswerRow, decimals: u32) -> Result<Vec<Cell>> {
    // A stated share keeps the digits it was stated with; a computed one is rounded once, here (R29).
    let share = |value: Option<f64>| match value {
        Some(value) if row.evidence == Evidence::Stated => Cell::shown(value, value.to_string()),
        Some(value) => Cell::shown(value, share_text(value, decimals)),
        None => Value::Null.into(),
    };
    let amount = |value: Option<f64>| match value {
        Some(value) => Cell::shown(value, share_text(value, 0)),
        None => Value::Null.into(),
    };
    let denominator = match row.denominator {
        Denominator::World => "reported world",
        Denominator::PartnerSum => "sum of partners",
        Denominator::ReporterSum => "sum of reporters",
        Denominator::Published => "published",
    };
    let qualifier = if row.qualifier == Qualifier::Exact { "" } else { row.qualifier.as_str() };
    Ok(vec![
        serde_json::to_value(row.period)?.into(),
        row.market.name.as_str().into(),
        row.subject.name.as_str().into(),
        row.product.as_str().into(),
        row.basis.as_str().into(),
        row.unit.as_str().into(),
        match row.evidence {
            Evidence::Stated => "stated".into(),
            Evidence::Computed => "computed".into(),
        },
        share(row.share_pct),
        share(row.share_max_pct),
        Cell::shown(row.qualifier.as_str(), qualifier),
        serde_json::to_value(row.rank)?.into(),
        serde_json::to_value(row.of)?.into(),
        amount(row.amount),
        amount(row.total),
        row.amount_unit.as_str().into(),
        denominator.into(),
        match row.coverage_pct {
            Some(value) => Cell::shown(value, share_text(value, 1)),
            None => Value::Null.into(),
        },
        row.status.as_str().into(),
        serde_json::to_value(&row.counted_by)?.into(),
        row.flags.join(" ").into(),
        row.id.as_str().into(),
    ])
}
