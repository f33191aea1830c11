//! From an id of an answer back to the sentence or the rows, as values.

use super::db::{self, Names};
use super::figure::{Stated, read_one};
use super::stated::same_cell;
use super::trace::{Term, Trace, trace};
use crate::error::{Error, Result};
use crate::model::{ComputedProof, Figure, Proof, ProofFile, ProofRow, Role, StatedProof, share_text};
use crate::sql;
use crate::store::Store;
use rusqlite::named_params;
use std::collections::BTreeMap;

/// Leads from an id of an answer back to the sentence or the rows.
///
/// A mean of stated shares (`m:…`) is computed from figures: its rows are their cells, in percent.
///
/// # Errors
/// [`Error::Unknown`] when there is no such id; [`Error::Store`] from the file.
pub fn proof(store: &Store, id: &str) -> Result<Proof> {
    let names = Names::read(store)?;
    if id.starts_with("c:") {
        let trace = trace(store, &names, id)?;
        return Ok(Proof::Computed(Box::new(computed_proof(store, &names, id, &trace)?)));
    }
    let figure = |part: &str| -> Result<Stated> {
        let number = part.parse().map_err(|_| no_such(id))?;
        read_one(store, number)?.ok_or_else(|| no_such(id))
    };
    if let Some(parts) = id.strip_prefix("m:") {
        let figures = parts.split('+').map(figure).collect::<Result<Vec<_>>>()?;
        return Ok(Proof::Computed(Box::new(mean_proof(&names, id, &figures))));
    }
    Ok(Proof::Stated(Box::new(stated_proof(store, &names, &figure(id)?)?)))
}

/// The error for an id that leads nowhere.
pub(super) fn no_such(id: &str) -> Error {
    Error::Unknown { what: "id", name: id.to_owned(), closest: Vec::new() }
}

fn file_of(figure: &Stated) -> ProofFile {
    ProofFile { batch: figure.batch, path: figure.path.clone(), sha256: figure.sha256.clone() }
}

/// Returns the way back from a stated figure.
pub(super) fn stated_proof(store: &Store, names: &Names, figure: &Stated) -> Result<StatedProof> {
    let (document, around) = words_around(store, figure)?;
    Ok(StatedProof {
        id: figure.id.to_string(),
        figure: as_figure(names, figure, document),
        sentence: around.concat(),
        title: figure.title.clone(),
        publisher: figure.publisher.clone(),
        published: figure.published.as_deref().and_then(|day| day.parse().ok()),
        url: figure.url.clone(),
        file: file_of(figure),
        line: figure.line.and_then(|line| u64::try_from(line).ok()),
        others: same_cell(store, figure)?.iter().map(|other| other.id.to_string()).collect(),
    })
}

/// Returns the figure as it was read.
pub(super) fn as_figure(names: &Names, figure: &Stated, document: String) -> Figure {
    let place = |at: i64| usize::try_from(at).unwrap_or_default();
    Figure {
        document,
        measure: figure.measure,
        value: figure.value,
        value_max: figure.value_max,
        qualifier: figure.qualifier,
        subject: names.get(figure.subject),
        market: names.get(figure.market),
        product: figure.product.clone(),
        basis: figure.basis,
        unit: figure.unit,
        period: figure.period,
        attribution: figure.attribution.clone(),
        status: figure.status,
        quote: figure.quote.clone(),
        span: (place(figure.span.0), place(figure.span.1)),
        rule: figure.rule.clone(),
        confidence: figure.confidence,
        confidence_full: figure.confidence_full,
    }
}

/// Returns the id of the figure's article and the sentence before the quote, the quote, and the sentence after it; of a
/// table's cell the path and nothing.
pub(super) fn words_around(store: &Store, figure: &Stated) -> Result<(String, [String; 3])> {
    let Some(id) = figure.document else { return Ok((figure.path.clone(), Default::default())) };
    let texts = db::load(store, sql::DOCUMENT_TEXT, named_params! { ":document_id": id }, |row| {
        Ok((row.get::<_, String>("text")?, row.get::<_, String>("key")?))
    })?;
    let Some((text, key)) = texts.into_iter().next() else {
        return Ok((figure.path.clone(), Default::default()));
    };
    Ok((key, sentence(&text, figure.span).unwrap_or_default()))
}

/// Returns the sentence around a span, on one line: before, inside and after.
fn sentence(whole: &str, span: (i64, i64)) -> Option<[String; 3]> {
    let (start, end) = (usize::try_from(span.0).ok()?, usize::try_from(span.1).ok()?);
    let (before, after) = (whole.get(..start)?, whole.get(end..)?);
    let begin = |pattern: &str| before.rfind(pattern).map(|at| at + pattern.len());
    let from = ["\n", ". ", "! ", "? "].into_iter().filter_map(begin).max().unwrap_or(0);
    let stop = |pattern: &str| after.find(pattern).map(|at| at + 1);
    let to = [". ", ".\n", "\n", "! ", "? "].into_iter().filter_map(stop).min().unwrap_or(after.len());
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let gap = |open: bool| if open { " " } else { "" };
    let (head, quote, tail) = (whole.get(from..start)?, whole.get(start..end)?, whole.get(end..end + to)?);
    let parted = |a: &str, b: &str| a.ends_with(char::is_whitespace) || b.starts_with(char::is_whitespace);
    let (head_text, tail_text) = (line(head), line(tail));
    let (first, last) =
        (!head_text.is_empty() && parted(head, quote), !tail_text.is_empty() && parted(quote, tail));
    Some([head_text + gap(first), line(quote), gap(last).to_owned() + &tail_text])
}

/// Returns the rows of a computed share and the division.
pub(super) fn computed_proof(store: &Store, names: &Names, id: &str, trace: &Trace) -> Result<ComputedProof> {
    let unit = trace.counted.amount_unit(&trace.data.currency);
    let mut files = Files { store, read: BTreeMap::new() };
    let mut rows = |terms: &[Term]| -> Result<Vec<ProofRow>> {
        terms.iter().map(|term| Ok(row(term, names, &unit, files.get(term.row.batch)?))).collect()
    };
    let (numerator, denominator) = (rows(&trace.numerator)?, rows(&trace.denominator)?);
    let amount: f64 = numerator.iter().filter_map(|row| row.amount).sum();
    let division = match trace.split.total {
        Some(total) => format!("{amount} of {total} {unit} is {} %", share_text(100.0 * amount / total, 6)),
        None => format!("{amount} {unit} of a total that is not known (R28)"),
    };
    Ok(ComputedProof {
        id: id.to_owned(),
        dataset: trace.data.name.clone(),
        valuation: trace.data.valuation.clone(),
        division,
        numerator,
        denominator,
    })
}

fn row(term: &Term, names: &Names, unit: &str, file: ProofFile) -> ProofRow {
    let (market, subject) = (names.get(term.row.market).name, names.get(term.row.subject).name);
    ProofRow {
        period: term.row.period.to_string(),
        subject: if market == subject { subject } else { format!("{subject} in {market}") },
        role: term.row.role,
        amount: term.amount.map(|amount| term.sign * amount),
        unit: unit.to_owned(),
        file,
        line: u64::try_from(term.row.line).unwrap_or_default(),
        added: term.row.flags.contains('+'),
    }
}

fn mean_proof(names: &Names, id: &str, figures: &[Stated]) -> ComputedProof {
    let row = |figure: &Stated| ProofRow {
        period: figure.period.map(|period| period.to_string()).unwrap_or_default(),
        subject: names.get(figure.subject).name,
        role: Role::Memo,
        amount: Some(figure.value),
        unit: "%".to_owned(),
        file: file_of(figure),
        line: figure.line.and_then(|line| u64::try_from(line).ok()).unwrap_or_default(),
        added: false,
    };
    let sum: f64 = figures.iter().map(|figure| figure.value).sum();
    let count = figures.len();
    ComputedProof {
        id: id.to_owned(),
        dataset: figures.iter().find_map(Stated::counted_by).unwrap_or_default(),
        valuation: "unknown".to_owned(),
        division: format!("unweighted mean of {count} shares: {} % (R15)", share_text(sum / count as f64, 6)),
        numerator: figures.iter().map(row).collect(),
        denominator: Vec::new(),
    }
}

/// Inputs by batch, each read once.
struct Files<'s> {
    store: &'s Store,
    read: BTreeMap<i64, ProofFile>,
}

impl Files<'_> {
    fn get(&mut self, batch: i64) -> Result<ProofFile> {
        if let Some(file) = self.read.get(&batch) {
            return Ok(file.clone());
        }
        let found = db::load(self.store, sql::BATCH_SOURCE, named_params! { ":batch_id": batch }, |row| {
            Ok(ProofFile { batch, path: row.get("path")?, sha256: row.get("sha256")? })
        })?;
        let file = found.into_iter().next().ok_or_else(|| no_such(&format!("batch {batch}")))?;
        self.read.insert(batch, file.clone());
        Ok(file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_around_a_quote_is_shown() {
        let text = "First one. Of new cars, 81 percent were\u{a0}Chinese in Q2. Then more.\nNext.";
        let start = text.find("81 percent").expect("there") as i64;
        let found = sentence(text, (start, start + 10)).expect("inside");
        assert_eq!(found, ["Of new cars, ", "81 percent", " were Chinese in Q2."]);
        assert_eq!(sentence(text, (0, 9999)), None);
    }
}
