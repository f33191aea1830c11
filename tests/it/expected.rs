//! The right answers of the sample files, through `ingest` and `query` as a user asks.
//!
//! The samples and their answers are not part of the project; without them the test says so and passes.

use crate::facts;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use tradeshare::extract::Extractor;
use tradeshare::model::{Answer, Evidence, Granularity};
use tradeshare::pipeline::{Dated, IngestOptions, ingest_path};
use tradeshare::store::Store;
use tradeshare::{query, reference};

#[derive(Deserialize)]
struct Expected {
    id: String,
    file: String,
    answer: String,
}

#[derive(Deserialize)]
struct Asked {
    id: String,
    question: String,
    period: String,
    basis: String,
    unit: String,
    take: String,
    /// Number by which an amount is multiplied to be in the unit of the right answer; none is 1.
    factor: Option<f64>,
    /// What `--table-market` says where the file does not.
    table_market: String,
    /// A second file of the same dataset.
    also: String,
}

fn samples() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    folder.join("expected.csv").exists().then_some(folder)
}

fn records<T: serde::de::DeserializeOwned>(path: &Path) -> Vec<T> {
    csv::Reader::from_path(path)
        .expect("the table is there")
        .deserialize()
        .collect::<Result<_, _>>()
        .expect("the table has its columns")
}

fn store_with(folder: &Path, file: &str, asked: &Asked) -> Store {
    let mut store = Store::in_memory().expect("a new store");
    let dated = Dated { recorded_at: "2026-01-01T00:00:00Z".to_owned(), tool_version: "test".to_owned() };
    let mut options = IngestOptions::default();
    if !asked.table_market.is_empty() {
        options.table.market =
            reference::places().find(&asked.table_market).map(reference::Place::subject).ok();
    }
    for file in [file, asked.also.as_str()].into_iter().filter(|file| !file.is_empty()) {
        let file = folder.join(file);
        ingest_path(Some(&mut store), &Extractor::new(), &file, &options, &dated)
            .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    }
    store
}

fn ask(store: &Store, asked: &Asked) -> tradeshare::Result<Answer> {
    let words: Vec<String> = asked.question.split_whitespace().map(str::to_owned).collect();
    let mut question = query::parse(&words)?;
    question.period = Some(asked.period.parse()?);
    question.basis = if asked.basis.is_empty() { None } else { Some(asked.basis.parse()?) };
    question.unit = if asked.unit.is_empty() { None } else { Some(asked.unit.parse()?) };
    if asked.take == "mean" {
        question.by = Some(Granularity::Year);
        question.approx_mean = true;
    }
    if asked.take == "computed" || asked.take == "sum" {
        question.evidence = Some(Evidence::Computed);
    }
    query::answer(store, &question)
}

fn taken(answer: &Answer, asked: &Asked) -> String {
    let Some(row) = answer.rows.first() else { return format!("nothing found: {:?}", answer.notes) };
    let number = |value: Option<f64>| value.map_or("none".to_owned(), |value| format!("{value}"));
    let scaled = |value: Option<f64>| number(value.map(|value| value * asked.factor.unwrap_or(1.0)));
    match asked.take.as_str() {
        "share" | "mean" | "computed" | "amount" if answer.rows.len() > 1 => {
            format!("{} rows: {:?}", answer.rows.len(), answer.rows)
        }
        "share" | "mean" | "computed" => number(row.share_pct),
        "amount" => scaled(row.amount),
        "total" => scaled(row.total),
        "sum" => scaled(answer.rows.iter().map(|row| row.amount).sum()),
        "rank of" => format!("{} of {}", number(row.rank.map(f64::from)), number(row.of.map(f64::from))),
        "refused" | "told" => format!("answered with {:?}", row.share_pct),
        other => panic!("unknown column {other}"),
    }
}

/// Takes the answer that a refusal is, or the value that it tells.
fn refusal(error: &tradeshare::Error, take: &str) -> String {
    match (error, take) {
        (tradeshare::Error::Refused { .. }, "refused") => "no".to_owned(),
        (tradeshare::Error::Refused { reason, .. }, "told") => {
            let told = reason.split(" is ").nth(1).and_then(|rest| rest.split(' ').next());
            told.unwrap_or("nothing told").to_owned()
        }
        _ => format!("error: {error}"),
    }
}

fn agrees(found: &str, right: &str) -> bool {
    match (found.parse::<f64>(), right.parse::<f64>()) {
        // The right answers have six decimals; amounts are large, so the tolerance is relative there.
        (Ok(found), Ok(right)) => (found - right).abs() <= 1e-6_f64.max(right.abs() * 1e-12),
        _ => found == right,
    }
}

#[test]
fn sample_files_give_the_right_answers() {
    let Some(folder) = samples() else {
        println!("skipped: the sample files are not here");
        return;
    };
    assert!(reference::places().all().len() > 200, "the reference tables are loaded");
    let expected: BTreeMap<String, Expected> =
        records::<Expected>(&folder.join("expected.csv")).into_iter().map(|e| (e.id.clone(), e)).collect();
    let questions: Vec<Asked> =
        records(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/expected-questions.csv"));
    let mut stores: BTreeMap<&str, Store> = BTreeMap::new();
    let mut wrong = Vec::new();
    let mut told = BTreeSet::new();
    let mut tell = |id: &str, found: &str, what: &str| {
        let right = &expected[id].answer;
        let mark = if agrees(found, right) { "right" } else { "WRONG" };
        println!("{id:5} {mark}  {found}  (right: {right})  {what}");
        if mark == "WRONG" {
            wrong.push(format!("{id}: {found}, right is {right}"));
        }
        told.insert(id.to_owned());
    };
    for asked in &questions {
        let file = &expected[&asked.id].file;
        let store = stores.entry(file).or_insert_with(|| store_with(&folder, file, asked));
        let found = match ask(store, asked) {
            Ok(answer) => taken(&answer, asked),
            Err(error) => refusal(&error, &asked.take),
        };
        tell(&asked.id, &found, &asked.question);
    }
    for (id, fact) in facts::FACTS {
        tell(id, &fact(&folder.join(&expected[*id].file)), "a fact about the file");
    }
    let silent: Vec<&str> = expected.keys().filter(|id| !told.contains(*id)).map(String::as_str).collect();
    println!("{} of {} asked; not asked: {}", told.len(), expected.len(), silent.join(" "));
    assert!(wrong.is_empty(), "{} of {} answers are wrong:\n{}", wrong.len(), told.len(), wrong.join("\n"));
}
