//! The readers against annotated passages, where such are at hand beside the project. Nothing here is needed to build.

use super::sentences::{Sentence, sentences, worth_reading};
use super::tokens::Words;
use super::triggers::Triggers;
use super::values::{Value, ValueForm, values};
use crate::model::{Measure, Period, Qualifier};
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

/// The values of a passage, with the index of their sentence; only sentences with a trigger are read.
fn read(text: &str, triggers: &Triggers) -> (Vec<Sentence>, Vec<(usize, Value)>) {
    let cut = sentences(text);
    let mut found = Vec::new();
    for at in worth_reading(text, &cut, &triggers.hits(text)) {
        let words = Words::read(text, cut[at].range());
        found.extend(values(&words).into_iter().map(|value| (at, value)));
    }
    (cut, found)
}

fn value_recall(set: &str, floor: f64) {
    let Some(passages) = passages(set) else {
        println!("skipped: no passages at hand");
        return;
    };
    let triggers = Triggers::new();
    let (mut all, mut hit, mut qualified, mut read_all) = (0, 0, 0, 0);
    for passage in &passages {
        let (_, found) = read(&passage.text, &triggers);
        read_all += found.len();
        for gold in passage.figures.iter().filter(|g| !g.optional) {
            all += 1;
            let places: Vec<usize> =
                passage.text.match_indices(gold.quote.as_str()).map(|(at, _)| at).collect();
            let near = |v: &Value| places.iter().any(|p| v.span.0 < p + gold.quote.len() && *p < v.span.1);
            let mut fitting = found.iter().map(|(_, v)| v).filter(|v| near(v) && agrees(v, gold)).peekable();
            if fitting.peek().is_none() {
                println!("{} {} {} | {}", passage.id, gold.measure, gold.value, gold.quote);
                continue;
            }
            hit += 1;
            let fitting: Vec<&Value> = fitting.collect();
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

#[test]
fn zz_noise() {
    let triggers = Triggers::new();
    for set in ["dev", "train"] {
        for passage in passages(set).unwrap_or_default() {
            let (_, found) = read(&passage.text, &triggers);
            for (_, v) in found {
                let ok = passage.figures.iter().any(|g| {
                    passage
                        .text
                        .match_indices(g.quote.as_str())
                        .any(|(p, _)| v.span.0 < p + g.quote.len() && p < v.span.1)
                        && g.measure == v.measure
                });
                if !ok && !matches!(v.form, ValueForm::Percent | ValueForm::Points | ValueForm::Signed) {
                    let a = passage.text[..v.span.0].char_indices().rev().nth(25).map_or(0, |x| x.0);
                    let b = passage.text[v.span.1..]
                        .char_indices()
                        .nth(25)
                        .map_or(passage.text.len(), |x| v.span.1 + x.0);
                    println!(
                        "NOISE {:?} {} [{}] {}",
                        v.form,
                        v.value,
                        &passage.text[v.span.0..v.span.1],
                        passage.text[a..b].replace('\n', " ")
                    );
                }
            }
        }
    }
}
