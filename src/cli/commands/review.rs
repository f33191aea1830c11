//! `tradeshare review`: figures that wait for a person, and what the person says.

use super::review_session::{Desk, session};
use super::{dated, remark};
use crate::cli::output::{Cell, Format, Grid, printable};
use crate::cli::{Common, database};
use anyhow::{Context, Result};
use serde_json::Value;
use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use tradeshare::query::{self, UnderReview};
use tradeshare::store::{Decision, Store, Verdict};

/// Look at figures that were not sure enough, and accept, reject or correct them
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  tradeshare review
  tradeshare review 12 --accept
  tradeshare review 12 --reject --reason 'a share of the company, not of the market'
  tradeshare review 12 --correct market=Russia --correct period=2022-Q2 --reason 'see the title'
  tradeshare review --export -o corrections.jsonl
")]
pub(in crate::cli) struct ReviewArgs {
    /// Ids of figures; without one, those that wait: one by one on a terminal, as a list in a pipe
    #[arg(value_name = "ID")]
    ids: Vec<i64>,

    /// They are right
    #[arg(long, group = "verdict", requires = "ids")]
    accept: bool,

    /// They are wrong, or no figures at all
    #[arg(long, group = "verdict", requires = "ids", requires = "reason")]
    reject: bool,

    /// This is right instead: subject, market, product, basis, unit, period, measure, value, value_max, qualifier, status
    /// or attribution; `none` empties a field
    #[arg(long, group = "verdict", value_name = "FIELD=VALUE", num_args = 1.., value_parser = change, requires = "ids", requires = "reason")]
    correct: Vec<(String, String)>,

    /// Take the decision back
    #[arg(long, group = "verdict", requires = "ids")]
    undo: bool,

    /// Why, kept with the decision
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,

    /// Who decides, kept with the decision
    #[arg(long, value_name = "NAME")]
    by: Option<String>,

    /// List those that wait, also on a terminal
    #[arg(long, conflicts_with_all = ["ids", "verdict", "export"])]
    list: bool,

    /// Go through those that wait, also when the answers come from a pipe
    #[arg(short, long, conflicts_with_all = ["ids", "verdict", "export", "list"])]
    interactive: bool,

    /// Print the articles in which all is decided, with their right figures, as JSON Lines to train on
    #[arg(long, conflicts_with_all = ["ids", "verdict"])]
    export: bool,

    /// Only the surest N of those that wait
    #[arg(long, value_name = "N")]
    top: Option<usize>,

    /// Output format of the list; without it a table on a terminal and CSV in a pipe
    #[arg(short, long, value_enum)]
    format: Option<Format>,

    /// Write to this file
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

fn change(text: &str) -> Result<(String, String), String> {
    let (field, value) = text.split_once('=').ok_or("expected FIELD=VALUE, as `market=Russia`")?;
    Ok((field.trim().to_owned(), value.trim().to_owned()))
}

pub(in crate::cli) fn run(args: &ReviewArgs, common: &Common) -> Result<ExitCode> {
    if args.export {
        return export(args, common);
    }
    if !args.ids.is_empty() {
        return decide(args, common);
    }
    let terminal = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
    if args.interactive || (terminal && !args.list && args.format.is_none() && args.output.is_none()) {
        return one_by_one(args, common);
    }
    let waiting = waiting(&database::read(common)?, args.top)?;
    let mut grid = Grid::new(&COLUMNS);
    for item in &waiting {
        grid.push(row(item)?);
    }
    grid.print(args.format, args.output.as_deref())?;
    match waiting.len() {
        0 => remark(common, "nothing waits for review"),
        1 => remark(common, "1 figure waits for review"),
        n => remark(common, &format!("{n} figures wait for review")),
    }
    Ok(ExitCode::SUCCESS)
}

fn waiting(store: &Store, top: Option<usize>) -> Result<Vec<UnderReview>> {
    let mut waiting = query::waiting(store)?;
    waiting.truncate(top.unwrap_or(usize::MAX));
    Ok(waiting)
}

const COLUMNS: [&str; 19] = [
    "id",
    "confidence",
    "confidence_full",
    "measure",
    "subject",
    "value",
    "value_max",
    "qualifier",
    "market",
    "product",
    "basis",
    "unit",
    "period",
    "status",
    "attribution",
    "sentence",
    "why",
    "document",
    "published",
];

fn row(item: &UnderReview) -> Result<Vec<Cell>> {
    let figure = &item.figure;
    Ok(vec![
        item.id.into(),
        Cell::shown(figure.confidence, format!("{:.2}", figure.confidence)),
        Cell::shown(figure.confidence_full, format!("{:.2}", figure.confidence_full)),
        figure.measure.as_str().into(),
        figure.subject.name.as_str().into(),
        figure.value.into(),
        serde_json::to_value(figure.value_max)?.into(),
        figure.qualifier.as_str().into(),
        figure.market.name.as_str().into(),
        figure.product.as_str().into(),
        figure.basis.as_str().into(),
        figure.unit.as_str().into(),
        serde_json::to_value(figure.period)?.into(),
        figure.status.as_str().into(),
        serde_json::to_value(&figure.attribution)?.into(),
        marked(item).into(),
        item.why.join("; ").into(),
        figure.document.as_str().into(),
        item.published.as_deref().map_or(Value::Null, Value::from).into(),
    ])
}

/// Returns the sentence with the quote marked.
pub(super) fn marked(item: &UnderReview) -> String {
    let [before, quote, after] = &item.sentence;
    format!("{before}»{quote}«{after}")
}

fn decide(args: &ReviewArgs, common: &Common) -> Result<ExitCode> {
    let mut out = std::io::stdout().lock();
    if !(args.accept || args.reject || args.undo || !args.correct.is_empty()) {
        let store = database::read(common)?;
        for id in &args.ids {
            for line in query::explain(&store, &id.to_string())?.lines() {
                writeln!(out, "{}", printable(line))?;
            }
        }
        return Ok(ExitCode::SUCCESS);
    }
    if !args.correct.is_empty() && args.ids.len() > 1 {
        anyhow::bail!("a correction is about one figure; name one id");
    }
    let mut desk = DatabaseDesk { store: database::open(common)?, reviewer: args.by.clone() };
    for id in &args.ids {
        let item = query::under_review(&desk.store, *id)?;
        let said = match () {
            () if args.undo => desk.undo(*id)?,
            () if args.accept => desk.decide(&item, Verdict::Accept, args.reason.clone())?,
            () if args.reject => desk.decide(&item, Verdict::Reject, args.reason.clone())?,
            () => {
                let figure = query::corrected(&item.figure, &args.correct)?;
                desk.decide(&item, Verdict::Correct(Box::new(figure)), args.reason.clone())?
            }
        };
        writeln!(out, "{}", printable(&said))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn one_by_one(args: &ReviewArgs, common: &Common) -> Result<ExitCode> {
    let mut desk = DatabaseDesk { store: database::open(common)?, reviewer: args.by.clone() };
    let waiting = waiting(&desk.store, args.top)?;
    session(&waiting, &mut std::io::stdin().lock(), &mut std::io::stdout().lock(), &mut desk)?;
    Ok(ExitCode::SUCCESS)
}

fn export(args: &ReviewArgs, common: &Common) -> Result<ExitCode> {
    let exported = query::decided_passages(&database::read(common)?)?;
    let mut text = String::new();
    for passage in &exported.passages {
        text.push_str(&serde_json::to_string(passage)?);
        text.push('\n');
    }
    match &args.output {
        Some(path) => {
            std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))?;
        }
        None => std::io::stdout().write_all(text.as_bytes())?,
    }
    let passages = exported.passages.len();
    remark(common, &format!("{passages} {}", if passages == 1 { "article" } else { "articles" }));
    if !exported.waiting.is_empty() {
        let count = exported.waiting.len();
        let articles = if count == 1 { "article" } else { "articles" };
        remark(common, &format!("{count} {articles} left out: figures of theirs still wait for review"));
    }
    Ok(ExitCode::SUCCESS)
}

/// The desk of a person at the database.
struct DatabaseDesk {
    store: Store,
    reviewer: Option<String>,
}

impl Desk for DatabaseDesk {
    fn decide(&mut self, item: &UnderReview, verdict: Verdict, reason: Option<String>) -> Result<String> {
        let said = match &verdict {
            Verdict::Accept => format!("figure {} accepted: {}", item.id, item.figure),
            Verdict::Reject => format!("figure {} rejected", item.id),
            Verdict::Correct(new) => format!("{new}"),
        };
        let replaced_by = self.store.decide(&Decision {
            figure: item.id,
            as_read: item.figure.clone(),
            verdict,
            reason: reason.filter(|text| !text.trim().is_empty()),
            reviewer: self.reviewer.clone(),
            decided_at: dated().recorded_at,
        })?;
        Ok(replaced_by.map_or(said.clone(), |new| format!("figure {} replaced by {new}: {said}", item.id)))
    }

    fn undo(&mut self, id: i64) -> Result<String> {
        let stands = self.store.undo_decision(id, &dated().recorded_at)?.unwrap_or(id);
        let state = query::under_review(&self.store, stands)?.state;
        Ok(format!("decision taken back; figure {stands} is {} again", words(state.as_str())))
    }

    fn look(&self, id: i64) -> Result<UnderReview> {
        Ok(query::under_review(&self.store, id)?)
    }
}

fn words(state: &str) -> &str {
    if state == "review" { "waiting for review" } else { state }
}
