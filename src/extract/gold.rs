//! The readers against annotated passages, where such are at hand beside the project. Nothing here is needed to build.

#![expect(clippy::print_stdout, reason = "the misses are what a reader of these tests wants to see")]

use super::resolve::{Anchors, fiscal_start, resolve};
use super::sentences::{sentences, worth_reading};
use super::status::status;
use super::times::times;
use super::tokens::Words;
use super::triggers::Triggers;
use super::values::{Value, ValueForm, values};
use crate::model::{Measure, Period, Qualifier, Status};
use jiff::civil::Date;
use serde::Deserialize;
use std::path::PathBuf;

#[derive(Deserialize)]
pub(super) struct Passage {
    pub id: String,
    pub published: Option<Date>,
    pub text: String,
    pub figures: Vec<Gold>,
}

#[derive(Deserialize)]
pub(super) struct Gold {
    pub measure: Measure,
    pub value: f64,
    pub value_max: Option<f64>,
    pub qualifier: Qualifier,
    pub period: Option<Period>,
    pub quote: String,
    pub optional: bool,
    pub status: Status,
}

/// Returns the passages of a set (`dev`, `train`), or none when they are not at hand.
pub(super) fn passages(set: &str) -> Option<Vec<Passage>> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let folder = ["../shared/eval", "../../shared/eval"]
        .iter()
        .map(|p| root.join(p).join(set))
        .find(|p| p.is_dir())?;
    let mut files: Vec<_> = std::fs::read_dir(folder).ok()?.filter_map(|f| Some(f.ok()?.path())).collect();
    files.sort();
    let mut found = Vec::new();
    for file in files.iter().filter(|f| f.extension().is_some_and(|e| e == "jsonl")) {
        let text = std::fs::read_to_string(file).ok()?;
        found.extend(
            text.lines().map(|line| serde_json::from_str::<Passage>(line).expect("a passage a line")),
        );
    }
    Some(found)
}

fn agrees(value: &Value, gold: &Gold) -> bool {
    let tolerance = if value.form == ValueForm::Fraction { 0.5 } else { 0.05 };
    value.measure == gold.measure
        && (value.value - gold.value).abs() <= tolerance
        && value.value_max == gold.value_max
}

/// The values of a text; only sentences worth it are read.
fn read(text: &str, triggers: &Triggers) -> Vec<Value> {
    let cut = sentences(text);
    let worth = worth_reading(text, &cut, &triggers.hits(text));
    worth.into_iter().flat_map(|at| values(&Words::read(text, cut[at].range()))).collect()
}

fn value_recall(set: &str, floor: f64) {
    let Some(passages) = passages(set) else {
        println!("skipped: no passages at hand");
        return;
    };
    let triggers = Triggers::new();
    let (mut all, mut hit, mut qualified, mut read_all) = (0, 0, 0, 0);
    for passage in &passages {
        let found = read(&passage.text, &triggers);
        read_all += found.len();
        for gold in passage.figures.iter().filter(|g| !g.optional) {
            all += 1;
            let fitting: Vec<&Value> = found.iter().filter(|value| states(passage, gold, value)).collect();
            if fitting.is_empty() {
                println!("{} {} {} | {}", passage.id, gold.measure, gold.value, gold.quote);
                continue;
            }
            hit += 1;
            if fitting.iter().any(|v| v.qualifier == gold.qualifier) {
                qualified += 1;
            } else {
                println!(
                    "  qualifier {}: gold {} read {} | {}",
                    passage.id, gold.qualifier, fitting[0].qualifier, gold.quote
                );
            }
        }
    }
    let (recall, right) = (f64::from(hit) / f64::from(all), f64::from(qualified) / f64::from(hit));
    println!(
        "{set}: {hit} of {all} values found ({recall:.4}), qualifier right {right:.4}, {read_all} values read"
    );
    assert!(recall >= floor, "{set}: recall {recall:.4} below {floor}");
}

#[test]
fn values_of_the_development_passages_are_found() {
    value_recall("dev", 0.97);
}

#[test]
fn values_of_the_training_passages_are_found() {
    value_recall("train", 0.985);
}

/// The periods that the times of a text can mean when the previous figure's period is any that is right somewhere.
fn periods(passage: &Passage) -> Vec<Period> {
    let mut previous: Vec<Option<Period>> = passage.figures.iter().map(|gold| gold.period).collect();
    previous.push(None);
    previous.sort();
    previous.dedup();
    let fiscal = fiscal_start(&passage.text);
    let mut found = Vec::new();
    for sentence in sentences(&passage.text) {
        for time in times(&Words::read(&passage.text, sentence.range())) {
            let resolve_with = |previous: &Option<Period>| {
                resolve(
                    &time.expr,
                    &Anchors { published: passage.published, previous: *previous, document: None, fiscal },
                )
            };
            found.extend(previous.iter().filter_map(resolve_with).map(|resolved| resolved.period));
        }
    }
    found
}

fn period_recall(set: &str, floor: f64) {
    let Some(passages) = passages(set) else {
        println!("skipped: no passages at hand");
        return;
    };
    let (mut all, mut hit) = (0, 0);
    for passage in &passages {
        let readable = periods(passage);
        for gold in passage.figures.iter().filter(|g| !g.optional) {
            let Some(period) = gold.period else { continue };
            all += 1;
            if readable.contains(&period) {
                hit += 1;
            } else {
                println!("{} {:?} {period} | {}", passage.id, passage.published, gold.quote);
            }
        }
    }
    let recall = f64::from(hit) / f64::from(all);
    println!("{set}: {hit} of {all} periods can be read ({recall:.4})");
    assert!(recall >= floor, "{set}: recall {recall:.4} below {floor}");
}

#[test]
fn periods_of_the_development_passages_can_be_read() {
    period_recall("dev", 0.96);
}

#[test]
fn periods_of_the_training_passages_can_be_read() {
    period_recall("train", 0.98);
}

/// Of the values that are figures, how many get the status the annotators gave.
fn status_accuracy(set: &str, floor: f64) {
    let Some(passages) = passages(set) else {
        println!("skipped: no passages at hand");
        return;
    };
    let (mut all, mut right) = (0, 0);
    for passage in &passages {
        for sentence in sentences(&passage.text) {
            let words = Words::read(&passage.text, sentence.range());
            for value in values(&words) {
                let Some(gold) =
                    passage.figures.iter().find(|gold| !gold.optional && states(passage, gold, &value))
                else {
                    continue;
                };
                let read = status(&words, &value);
                all += 1;
                right += i32::from(read == gold.status);
                if read != gold.status {
                    println!("{} gold {} read {read} | {}", passage.id, gold.status, gold.quote);
                }
            }
        }
    }
    let accuracy = f64::from(right) / f64::from(all);
    println!("{set}: {right} of {all} statuses right ({accuracy:.4})");
    assert!(accuracy >= floor, "{set}: accuracy {accuracy:.4} below {floor}");
}

fn states(passage: &Passage, gold: &Gold, value: &Value) -> bool {
    let mut quotes = passage.text.match_indices(gold.quote.as_str());
    agrees(value, gold) && quotes.any(|(at, quote)| value.span.0 < at + quote.len() && at < value.span.1)
}

#[test]
fn statuses_of_the_passages_are_right() {
    status_accuracy("dev", 0.98);
    status_accuracy("train", 0.98);
}
