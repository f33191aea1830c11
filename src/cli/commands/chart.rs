//! `tradeshare chart`: an answer as a picture.

use super::remark;
use crate::cli::question::QuestionArgs;
use crate::cli::{Common, database};
use anyhow::{Context, Result};
use clap::ValueEnum;
use std::path::PathBuf;
use std::process::ExitCode;
use tradeshare::chart::{self, ChartKind, ChartOptions};
use tradeshare::query;

/// Draw an answer: lines over time or ranked bars
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  tradeshare chart China in Russia of passenger-cars --by month -o share.png
  tradeshare chart in Thailand of hs:8542 --period 2024 --top 10 -o suppliers.png
")]
pub(in crate::cli) struct ChartArgs {
    #[command(flatten)]
    question: QuestionArgs,

    /// Picture to write: .png or .svg
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,

    /// Form of the chart
    #[arg(long, value_enum, default_value_t = Form::Auto)]
    kind: Form,

    /// Title instead of the computed one
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,

    /// The series that stands out
    #[arg(long, value_name = "NAME")]
    highlight: Option<String>,

    /// Pixels a logical pixel; 2 is for print and sharp screens
    #[arg(long, value_name = "N", default_value_t = 2, value_parser = clap::value_parser!(u32).range(1..=4))]
    scale: u32,

    /// Font file for writing systems the built-in fonts do not have
    #[arg(long, value_name = "TTF")]
    font: Option<PathBuf>,
}

/// Form of a chart.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Form {
    /// Lines for several periods, bars for one
    Auto,
    /// Lines over time
    Lines,
    /// Ranked bars
    Bars,
}

pub(in crate::cli) fn run(args: &ChartArgs, common: &Common) -> Result<ExitCode> {
    let question = args.question.question()?;
    let svg = match args.output.extension().and_then(|e| e.to_str()) {
        Some("png") => false,
        Some("svg") => true,
        _ => anyhow::bail!("expected a file ending in .png or .svg, found `{}`", args.output.display()),
    };
    let font = match &args.font {
        Some(path) => Some(std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?),
        None => None,
    };
    let store = database::read(common)?;
    let answer = query::answer(&store, &question)?;
    let options = ChartOptions {
        kind: match args.kind {
            Form::Auto => ChartKind::Auto,
            Form::Lines => ChartKind::Lines,
            Form::Bars => ChartKind::Bars,
        },
        title: args.title.clone(),
        highlight: args.highlight.clone(),
        scale: args.scale,
        font,
        ..ChartOptions::default()
    };
    let spec = chart::from_answer(&answer, &options)?;
    let rendered = if svg { chart::svg(&spec)? } else { chart::png(&spec)? };
    std::fs::write(&args.output, &rendered.bytes)
        .with_context(|| format!("cannot write {}", args.output.display()))?;
    for warning in &rendered.warnings {
        remark(common, &format!("warning: {warning}"));
    }
    for note in &answer.notes {
        remark(common, &format!("note: {note}"));
    }
    println!("{}: {}", args.output.display(), spec.alt);
    Ok(ExitCode::SUCCESS)
}
