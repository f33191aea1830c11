//! From an id of an answer back to the sentence or the rows, as text for people.

use super::db::Names;
use super::figure::{Stated, read_one};
use super::notes::list;
use super::proof::{computed_proof, no_such, stated_proof};
use super::review::{decided, doubts};
use super::stated::same_cell;
use super::trace::{Trace, trace};
use crate::error::Result;
use crate::model::{FigureState, Measure, ProofRow, Qualifier, Status, Unit, share_text};
use crate::store::Store;
use std::collections::BTreeSet;
use std::fmt::Write;

/// Most rows shown of one sum.
const MOST_ROWS: usize = 20;

/// Leads from an id of an answer back to the sentence or the rows, as text of several lines.
///
/// `12` is a stated figure: its claim, the sentence around the quote, the bytes it stands at, the document, the file and
/// its hash, the rule and confidence, and what else is said of the same cell. `c:…` is a computed share: the rows
/// added up above and below, each with file, line and hash, and the division. `m:…` is a mean of stated figures.
///
/// # Errors
/// [`crate::Error::Unknown`] when there is no such id; [`crate::Error::Store`] from the file.
pub fn explain(store: &Store, id: &str) -> Result<String> {
    let names = Names::read(store)?;
    if id.starts_with("c:") {
        return computed(store, &names, id, &trace(store, &names, id)?);
    }
    if let Some(parts) = id.strip_prefix("m:") {
        let mut text = format!("{id}: the unweighted mean of these figures (R15)\n");
        for part in parts.split('+') {
            text.push_str(&figure_with(store, &names, part)?);
        }
        return Ok(text);
    }
    figure_with(store, &names, id)
}

fn figure_with(store: &Store, names: &Names, id: &str) -> Result<String> {
    let number = id.parse().map_err(|_| no_such(id))?;
    stated(store, names, &read_one(store, number)?.ok_or_else(|| no_such(id))?)
}

fn line(text: &mut String, label: &str, value: &str) {
    writeln!(text, "  {label:<10}{value}").expect("writing to a string cannot fail");
}

fn stated(store: &Store, names: &Names, figure: &Stated) -> Result<String> {
    let proof = stated_proof(store, names, figure)?;
    let mut text = format!("figure {}  {}\n", figure.id, claim(figure, names));
    let why = doubts(&proof.figure, figure);
    let mut document: Vec<String> = Vec::new();
    if figure.document.is_some() {
        line(&mut text, "quote", &format!("\"{}\"", figure.quote));
        line(&mut text, "sentence", &proof.sentence);
        line(
            &mut text,
            "bytes",
            &format!("{}-{} of {}", figure.span.0, figure.span.1, proof.figure.document),
        );
        document.extend(proof.title);
        document.extend(proof.published.map(|day| day.to_string()));
        document.extend(proof.publisher);
        document.extend(proof.url);
    } else {
        line(&mut text, "cell", &figure.quote);
        document.extend(figure.dataset_name.clone());
    }
    if !document.is_empty() {
        line(&mut text, "document", &document.join(", "));
    }
    let at = figure.line.map_or_else(String::new, |line| format!(":{line}"));
    line(&mut text, "file", &format!("{}{at}", figure.path));
    line(&mut text, "sha256", &format!("{}, batch {}", figure.sha256, figure.batch));
    line(&mut text, "counted", &figure.counted_by().unwrap_or_else(|| "nobody is named".to_owned()));
    line(
        &mut text,
        "read by",
        &format!(
            "rule {}, confidence {:.2}, {:.2} with product and period",
            figure.rule, figure.confidence, figure.confidence_full
        ),
    );
    match figure.state {
        FigureState::Accepted => {}
        FigureState::Review => line(&mut text, "state", &format!("waits for review: {}", why.join("; "))),
        FigureState::Rejected => line(&mut text, "state", "rejected: it answers nothing"),
        FigureState::Corrected => line(&mut text, "state", "corrected: the correction answers instead"),
        FigureState::Withdrawn => line(&mut text, "state", "a correction taken back: it answers nothing"),
    }
    for decision in decided(store, figure.id)? {
        line(&mut text, "review", &decision.line(figure.id));
    }
    if figure.batch_status != "done" {
        line(&mut text, "state", "its import was undone");
    }
    if let Some(batch) = figure.superseded_by {
        line(&mut text, "state", &format!("replaced by batch {batch}, a later release (R31)"));
    }
    let others: Vec<String> = same_cell(store, figure)?
        .iter()
        .map(|other| {
            let by = other.counted_by().map_or_else(String::new, |by| format!(", {by}"));
            format!("{} (figure {}{by})", amount(other), other.id)
        })
        .collect();
    if !others.is_empty() {
        line(&mut text, "also said", &list(&others, MOST_ROWS));
    }
    Ok(text)
}

fn amount(figure: &Stated) -> String {
    let mark = match figure.qualifier {
        Qualifier::Exact | Qualifier::Range => String::new(),
        other => format!("{other} "),
    };
    match (figure.measure, figure.value_max) {
        (Measure::Rank, _) => format!("rank {}", figure.value),
        (Measure::Share, Some(max)) => format!("{mark}{} to {max} %", figure.value),
        (Measure::Share, None) => format!("{mark}{} %", figure.value),
    }
}

fn claim(figure: &Stated, names: &Names) -> String {
    let period = figure.period.map_or("no settled period".to_owned(), |period| period.to_string());
    let unit = match figure.unit {
        Unit::Unspecified => String::new(),
        unit => format!(", by {unit}"),
    };
    let status = match figure.status {
        Status::Actual => String::new(),
        status => format!(" ({status})"),
    };
    let (subject, market) = (names.get(figure.subject).name, names.get(figure.market).name);
    let (amount, basis, product) = (amount(figure), figure.basis, &figure.product);
    format!("{amount}: {subject} in {market}, {basis} of {product}, {period}{unit}{status}")
}

fn computed(store: &Store, names: &Names, id: &str, trace: &Trace) -> Result<String> {
    let proof = computed_proof(store, names, id, trace)?;
    let codes: Vec<String> =
        trace.codes.iter().map(|code| format!("{} {}", code.scheme, code.code)).collect();
    let mut text = format!(
        "cell {id}\n  {} in {}, {} of {}, {}, by {} ({}, {})\n",
        trace.subject.name,
        trace.market.name,
        trace.basis,
        list(&codes, MOST_ROWS),
        trace.period,
        trace.counted.unit(),
        proof.dataset,
        proof.valuation,
    );
    rows(&mut text, "amount", &proof.numerator);
    rows(&mut text, "total", &proof.denominator);
    line(&mut text, "share", &proof.division);
    if let Some(coverage) = trace.split.coverage_pct {
        line(&mut text, "coverage", &format!("{} % (R2)", share_text(coverage, 1)));
    }
    let files: BTreeSet<(&str, &str)> = proof
        .numerator
        .iter()
        .chain(&proof.denominator)
        .map(|row| (row.file.path.as_str(), row.file.sha256.as_str()))
        .collect();
    for (path, sha256) in files {
        line(&mut text, "file", &format!("{path}, sha256 {sha256}"));
    }
    Ok(text)
}

fn rows(text: &mut String, label: &str, rows: &[ProofRow]) {
    let count = if rows.len() == 1 { "1 row".to_owned() } else { format!("{} rows", rows.len()) };
    line(text, label, &count);
    for row in rows.iter().take(MOST_ROWS) {
        let amount = row.amount.map_or("not stated".to_owned(), |amount| format!("{amount} {}", row.unit));
        let (subject, period, path) = (&row.subject, &row.period, &row.file.path);
        let more = if row.added { " and later lines of its cell, added up" } else { "" };
        line(
            text,
            "",
            &format!("{amount}  {subject}, {period}  {path}:{}{more}, batch {}", row.line, row.file.batch),
        );
    }
    if rows.len() > MOST_ROWS {
        line(text, "", &format!("and {} more", rows.len() - MOST_ROWS));
    }
}
