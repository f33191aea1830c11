//! `tradeshare extract`: figures from prose, printed and not kept.

use super::remark;
use crate::cli::inputs::{self, InputArgs};
use crate::cli::output::{Cell, Format, Grid};
use crate::cli::{Common, failure};
use anyhow::Result;
use serde_json::Value;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use tradeshare::extract::Extractor;
use tradeshare::model::Figure;
use tradeshare::pipeline;

/// Read the figures in articles and print them; nothing is kept
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  tradeshare extract article.html
  pbpaste | tradeshare extract - --published 2022-12-07
  tradeshare extract articles/ -f jsonl > figures.jsonl
")]
pub(in crate::cli) struct ExtractArgs {
    /// Files or folders with articles; `-` is standard input
    #[arg(value_name = "ARTICLE")]
    paths: Vec<PathBuf>,

    /// Output format; without it a table on a terminal and CSV in a pipe
    #[arg(short, long, value_enum)]
    format: Option<Format>,

    /// Write to this file
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Leave out figures less sure than this, 0 to 1
    #[arg(long, value_name = "P", default_value_t = 0.0)]
    min_confidence: f64,

    /// Show why: sentence, mentions, rule and candidates of each figure
    #[arg(long)]
    explain: bool,

    #[command(flatten)]
    input: InputArgs,
}

pub(in crate::cli) fn run(args: &ExtractArgs, common: &Common) -> Result<ExitCode> {
    let options = args.input.options()?;
    let extractor = Extractor::new();
    let mut grid = grid();
    let mut jsonl = Vec::new();
    let mut articles = 0_usize;
    let paths = inputs::or_stdin(&args.paths);
    if paths.is_empty() {
        anyhow::bail!("name articles to read, or `-` for standard input");
    }
    let failed = inputs::for_each(&paths, common, |input| {
        let reading = pipeline::read_articles(&input.name, &input.bytes, &options)?;
        for note in &reading.notes {
            remark(common, &format!("note: {note}"));
        }
        for reject in &reading.rejects {
            remark(
                common,
                &format!("{}:{}: left out: {}", inputs::shown(&input.name), reject.line, reject.reason),
            );
        }
        for article in &reading.articles {
            articles += 1;
            if let Some(note) = extractor.note(article) {
                remark(common, &format!("note: {note}"));
            }
            if args.explain {
                for explanation in extractor.explain(article) {
                    write!(std::io::stdout(), "{explanation}")?;
                }
                continue;
            }
            let figures = extractor.figures(article).into_iter().map(tradeshare::extract::published);
            for figure in figures.filter(|f| f.confidence >= args.min_confidence) {
                if args.format == Some(Format::Jsonl) {
                    serde_json::to_writer(&mut jsonl, &figure)?;
                    jsonl.push(b'\n');
                } else {
                    grid.push(row(&figure)?);
                }
            }
        }
        Ok(())
    })?;
    if args.format == Some(Format::Jsonl) {
        match &args.output {
            Some(path) => std::fs::write(path, jsonl)?,
            None => std::io::stdout().write_all(&jsonl)?,
        }
    } else if !args.explain {
        grid.print(args.format, args.output.as_deref())?;
        let figures = grid.len();
        remark(common, &format!("{figures} figures in {articles} articles"));
    }
    Ok(ExitCode::from(if failed > 0 { failure::INPUT } else { 0 }))
}

fn grid() -> Grid {
    Grid::new(&[
        "document",
        "measure",
        "subject",
        "market",
        "product",
        "basis",
        "unit",
        "period",
        "value",
        "value_max",
        "qualifier",
        "attribution",
        "status",
        "quote",
        "confidence",
    ])
}

fn row(figure: &Figure) -> Result<Vec<Cell>> {
    let text = |value: &Option<String>| value.as_ref().map_or(Value::Null, |text| text.as_str().into());
    Ok(vec![
        figure.document.as_str().into(),
        figure.measure.as_str().into(),
        figure.subject.name.as_str().into(),
        figure.market.name.as_str().into(),
        figure.product.as_str().into(),
        figure.basis.as_str().into(),
        figure.unit.as_str().into(),
        serde_json::to_value(figure.period)?.into(),
        figure.value.into(),
        serde_json::to_value(figure.value_max)?.into(),
        figure.qualifier.as_str().into(),
        text(&figure.attribution).into(),
        figure.status.as_str().into(),
        figure.quote.as_str().into(),
        Cell::shown(figure.confidence, format!("{:.2}", figure.confidence)),
    ])
}
