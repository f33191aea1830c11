//! `tradeshare extract`: figures from prose, printed and not kept.

use super::remark;
use crate::cli::Common;
use crate::cli::inputs::{self, InputArgs, Inputs};
use crate::cli::output::{Cell, Format, Grid};
use anyhow::{Context, Result};
use serde_json::Value;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tradeshare::model::{Article, Figure};
use tradeshare::pipeline::{self, ReadArticles};

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
    let extractor = args.input.extractor();
    let paths = inputs::or_stdin(&args.paths);
    if paths.is_empty() {
        anyhow::bail!("name articles to read, or `-` for standard input");
    }
    let mut inputs = Inputs::find(&paths, common);
    let mut out = Output::new(args)?;
    let read = |article: &Article| {
        if args.explain {
            return Read {
                note: extractor.note(article),
                explained: extractor.explain(article),
                figures: Vec::new(),
            };
        }
        let figures = extractor.figures(article).into_iter().map(tradeshare::extract::published);
        let figures = figures.filter(|f| f.confidence >= args.min_confidence).collect();
        Read { note: extractor.note(article), explained: Vec::new(), figures }
    };
    let found = inputs.take();
    pipeline::extract_many(found, &options, read, |name, reading| {
        let printed = reading.map_err(Into::into).and_then(|reading| out.take(name, reading, common));
        inputs.settle(printed)
    })?;
    out.finish(args, common)?;
    Ok(inputs.finish())
}

/// What was read in an article.
struct Read {
    note: Option<String>,
    explained: Vec<String>,
    figures: Vec<Figure>,
}

/// Where figures go: as lines at once, or in a grid that is printed at the end.
struct Output {
    lines: Option<Box<dyn Write>>,
    grid: Grid,
    articles: usize,
}

impl Output {
    fn new(args: &ExtractArgs) -> Result<Self> {
        let lines: Option<Box<dyn Write>> = match (args.format, &args.output) {
            _ if args.explain => Some(Box::new(std::io::stdout())),
            (Some(Format::Jsonl), Some(path)) => {
                let file = std::fs::File::create(path);
                let file = file.with_context(|| format!("cannot write {}", path.display()))?;
                Some(Box::new(std::io::BufWriter::new(file)))
            }
            (Some(Format::Jsonl), None) => Some(Box::new(std::io::BufWriter::new(std::io::stdout()))),
            _ => None,
        };
        Ok(Self { lines, grid: grid(), articles: 0 })
    }

    fn take(&mut self, name: &Path, reading: ReadArticles<Read>, common: &Common) -> Result<()> {
        for note in &reading.notes {
            remark(common, &format!("note: {note}"));
        }
        for reject in &reading.rejects {
            let place = inputs::shown(name);
            remark(common, &format!("{place}:{}: left out: {}", reject.line, reject.reason));
        }
        for (_, read) in reading.articles {
            self.articles += 1;
            if let Some(note) = read.note {
                remark(common, &format!("note: {note}"));
            }
            let Some(lines) = &mut self.lines else {
                for figure in &read.figures {
                    self.grid.push(row(figure)?);
                }
                continue;
            };
            for explanation in read.explained {
                write!(lines, "{explanation}")?;
            }
            for figure in &read.figures {
                writeln!(lines, "{}", serde_json::to_string(figure)?)?;
            }
        }
        Ok(())
    }

    fn finish(self, args: &ExtractArgs, common: &Common) -> Result<()> {
        if let Some(mut lines) = self.lines {
            return Ok(lines.flush()?);
        }
        self.grid.print(args.format, args.output.as_deref())?;
        remark(common, &format!("{} figures in {} articles", self.grid.len(), self.articles));
        Ok(())
    }
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
        "confidence_full",
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
        Cell::shown(figure.confidence_full, format!("{:.2}", figure.confidence_full)),
    ])
}
