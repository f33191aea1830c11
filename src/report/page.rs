//! What a report says, as plain data: nothing here is markup.

use super::table::Table;
use super::{Spec, findings};
use crate::model::{Answer, AnswerRow, Proof, ProofRow};
use std::collections::BTreeMap;

/// A section's question with its answer and what was drawn of it.
#[derive(Debug)]
pub struct SectionAnswer {
    /// The command that asks the same.
    pub command: String,
    /// The answer.
    pub answer: Answer,
    /// The picture, when one was wanted and could be drawn.
    pub picture: Option<Picture>,
    /// Why there is no answer or no picture.
    pub remarks: Vec<String>,
    /// File with the rows, relative to the page.
    pub csv: String,
}

/// A drawn chart.
#[derive(Debug, Clone)]
pub struct Picture {
    /// PNG file, relative to the page.
    pub file: String,
    /// Text alternative.
    pub alt: String,
    /// The chart as SVG, for the page.
    pub svg: String,
}

/// A report.
#[derive(Debug)]
pub struct Page {
    /// Headline.
    pub title: String,
    /// Which markets, which time.
    pub scope: String,
    /// Day of the newest document behind it; nothing later is in it.
    pub as_of: Option<jiff::civil::Date>,
    /// Version of the program.
    pub version: String,
    /// Sentences with the numbers of their footnotes.
    pub findings: Vec<(String, usize)>,
    /// The sections.
    pub sections: Vec<Section>,
    /// Where each number comes from; number 1 is the first.
    pub footnotes: Vec<Footnote>,
    /// What the reader must know: rules applied, gaps.
    pub notes: Vec<String>,
}

/// One section of a page.
#[derive(Debug)]
pub struct Section {
    /// Anchor: `s1`.
    pub id: String,
    /// Heading.
    pub heading: String,
    /// The author's words.
    pub text: String,
    /// The command that asks the same.
    pub command: String,
    /// The picture.
    pub picture: Option<Picture>,
    /// The rows.
    pub table: Table,
    /// File with the rows.
    pub csv: String,
    /// Why there is no answer or no picture.
    pub remarks: Vec<String>,
}

/// Where one number comes from.
#[derive(Debug)]
pub struct Footnote {
    /// The claim, in words.
    pub claim: String,
    /// The quoted words; empty for a computed share.
    pub quote: String,
    /// Title, publisher, date, file, lines, hash: a sentence each.
    pub source: Vec<String>,
    /// Address of the document.
    pub url: Option<String>,
}

/// Makes the page of a spec's answers. `proofs` holds the proof of every row's id.
pub fn page(
    spec: &Spec,
    answers: Vec<SectionAnswer>,
    proofs: &BTreeMap<String, Proof>,
    version: &str,
) -> Page {
    let mut notes: Vec<String> = Vec::new();
    let mut footnotes = Footnotes { proofs, numbers: BTreeMap::new(), list: Vec::new() };
    let mut found: Vec<(String, usize)> = Vec::new();
    for answer in &answers {
        for row in findings::worth_saying(&answer.answer.rows) {
            if let Some(sentence) = findings::sentence(row)
                && !found.iter().any(|(known, _)| *known == sentence)
            {
                found.push((sentence, footnotes.number(row)));
            }
        }
    }
    let sections = spec
        .sections
        .iter()
        .zip(answers)
        .enumerate()
        .map(|(at, (wanted, answer))| {
            for note in answer.answer.notes {
                if !notes.contains(&note) {
                    notes.push(note);
                }
            }
            Section {
                id: format!("s{}", at + 1),
                heading: wanted.heading.clone(),
                text: wanted.text.clone(),
                command: answer.command,
                picture: answer.picture,
                table: Table::new(&answer.answer.rows, |row| footnotes.number(row)),
                csv: answer.csv,
                remarks: answer.remarks,
            }
        })
        .collect();
    let as_of = proofs.values().filter_map(published).max();
    Page {
        title: spec.title.clone(),
        scope: spec.scope.clone(),
        as_of,
        version: version.to_owned(),
        findings: found,
        sections,
        footnotes: footnotes.list,
        notes,
    }
}

fn published(proof: &Proof) -> Option<jiff::civil::Date> {
    match proof {
        Proof::Stated(stated) => stated.published,
        Proof::Computed(_) => None,
    }
}

/// Numbers the footnotes in the order of their first use.
struct Footnotes<'a> {
    proofs: &'a BTreeMap<String, Proof>,
    numbers: BTreeMap<String, usize>,
    list: Vec<Footnote>,
}

impl Footnotes<'_> {
    fn number(&mut self, row: &AnswerRow) -> usize {
        if let Some(number) = self.numbers.get(&row.id) {
            return *number;
        }
        self.list.push(footnote(row, self.proofs.get(&row.id)));
        self.numbers.insert(row.id.clone(), self.list.len());
        self.list.len()
    }
}

fn footnote(row: &AnswerRow, proof: Option<&Proof>) -> Footnote {
    let claim = findings::sentence(row).unwrap_or_else(|| row.id.clone());
    let mut note = Footnote { claim, quote: String::new(), source: Vec::new(), url: None };
    match proof {
        Some(Proof::Stated(stated)) => {
            note.quote = if stated.sentence.is_empty() {
                stated.figure.quote.clone()
            } else {
                stated.sentence.clone()
            };
            note.url.clone_from(&stated.url);
            let named =
                [stated.title.clone(), stated.publisher.clone(), stated.published.map(|day| day.to_string())];
            note.source.push(named.into_iter().flatten().collect::<Vec<_>>().join(", "));
            let (from, to) = stated.figure.span;
            let place = match stated.line {
                Some(line) => format!("line {line}"),
                None => format!("bytes {from} to {to} of the text"),
            };
            note.source.push(format!(
                "{}, {place}, sha256 {}…",
                stated.file.path,
                short(&stated.file.sha256)
            ));
            note.source.push(format!("read by rule {}", stated.figure.rule));
        }
        Some(Proof::Computed(computed)) => {
            note.source.push(format!("{}: {}", computed.dataset, computed.division));
            note.source.push(format!("amount from {}", lines(&computed.numerator)));
            note.source.push(format!("total from {}", lines(&computed.denominator)));
        }
        None => {}
    }
    note.source.retain(|text| !text.is_empty());
    note
}

/// Names the lines of each file once: `cars.csv lines 20, 26, 32 (sha256 12ab…)`.
fn lines(rows: &[ProofRow]) -> String {
    let mut files: BTreeMap<(&str, &str), Vec<u64>> = BTreeMap::new();
    for row in rows {
        files.entry((&row.file.path, &row.file.sha256)).or_default().push(row.line);
    }
    let each = files.into_iter().map(|((path, sha256), lines)| {
        let shown: Vec<String> = lines.iter().take(24).map(ToString::to_string).collect();
        let more = if lines.len() > 24 { format!(" and {} more", lines.len() - 24) } else { String::new() };
        let word = if lines.len() == 1 { "line" } else { "lines" };
        format!("{path} {word} {}{more} (sha256 {}…)", shown.join(", "), short(sha256))
    });
    each.collect::<Vec<_>>().join("; ")
}

fn short(sha256: &str) -> &str {
    &sha256[..sha256.len().min(12)]
}
