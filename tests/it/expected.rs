//! The right answers of the sample files, through `ingest` and `query` as a user asks.
//!
//! The samples and their answers are not part of the project; without them the test says so and passes.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use tradeshare::extract::Extractor;
use tradeshare::model::{Answer, Granularity};
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
    /// What `--table-product` says where the file does not.
    table_product: String,
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

fn store_with(file: &Path, product: &str) -> Store {
    let mut store = Store::in_memory().expect("a new store");
    let dated = Dated { recorded_at: "2026-01-01T00:00:00Z".to_owned(), tool_version: "test".to_owned() };
    let mut options = IngestOptions::default();
    options.table.product = (!product.is_empty()).then(|| product.to_owned());
    ingest_path(Some(&mut store), &Extractor::new(), file, &options, &dated)
        .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    store
}

fn ask(store: &Store, asked: &Asked) -> tradeshare::Result<Answer> {
    let words: Vec<String> = asked.question.split_whitespace().map(str::to_owned).collect();
    let mut question = query::parse(&words)?;
    question.period = Some(asked.period.parse()?);
    question.basis = Some(asked.basis.parse()?);
    question.unit = if asked.unit.is_empty() { None } else { Some(asked.unit.parse()?) };
    if asked.take == "mean" {
        question.by = Some(Granularity::Year);
        question.approx_mean = true;
    }
    query::answer(store, &question)
}

fn taken(answer: &Answer, take: &str) -> String {
    let Some(row) = answer.rows.first() else { return format!("nothing found: {:?}", answer.notes) };
    let number = |value: Option<f64>| value.map_or("none".to_owned(), |value| format!("{value}"));
    match take {
        "share" | "mean" if answer.rows.len() > 1 => format!("{} rows", answer.rows.len()),
        "share" | "mean" => number(row.share_pct),
        "total" => number(row.total),
        "rank of" => format!("{} of {}", number(row.rank.map(f64::from)), number(row.of.map(f64::from))),
        other => panic!("unknown column {other}"),
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
    for asked in &questions {
        let expected = &expected[&asked.id];
        let store = stores
            .entry(&expected.file)
            .or_insert_with(|| store_with(&folder.join(&expected.file), &asked.table_product));
        let found = match ask(store, asked) {
            Ok(answer) => taken(&answer, &asked.take),
            Err(error) => format!("error: {error}"),
        };
        let mark = if agrees(&found, &expected.answer) { "right" } else { "WRONG" };
        println!("{:5} {mark}  {found}  (right: {})  {}", asked.id, expected.answer, asked.question);
        if mark == "WRONG" {
            wrong.push(format!("{}: {found}, right is {}", asked.id, expected.answer));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {} answers are wrong:\n{}",
        wrong.len(),
        questions.len(),
        wrong.join("\n")
    );
}
