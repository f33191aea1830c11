//! Reads cases of other people's test suites: lines `KIND<tab>TEXT<tab>PUBLISHED` on standard input, what was read on standard output.
//!
//! `benches/suites.py` makes the cases and compares. Kinds: `place` gives the key of a country's name; `value` the percentage
//! in a sentence, as `25` or `25-30`; `period` the period of its figure. `-` is nothing.

use std::io::{BufRead, Write};
use tradeshare::extract::Extractor;
use tradeshare::model::{Article, Figure, Measure};
use tradeshare::reference::places;

fn main() -> std::io::Result<()> {
    let extractor = Extractor::new();
    let mut out = std::io::BufWriter::new(std::io::stdout());
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let mut cells = line.split('\t');
        let (kind, text) = (cells.next().unwrap_or_default(), cells.next().unwrap_or_default());
        let published = cells.next().and_then(|day| day.parse().ok());
        let read = match kind {
            "place" => places().find(text).ok().map(|place| place.id.clone()),
            "value" | "period" => {
                let article = Article {
                    published,
                    lang: Some("en".to_owned()),
                    text: text.to_owned(),
                    ..Article::default()
                };
                let figures = extractor.figures(&article);
                let share = figures.iter().find(|figure| figure.measure == Measure::Share);
                share.and_then(if kind == "value" { value } else { period })
            }
            _ => None,
        };
        writeln!(out, "{}", read.as_deref().unwrap_or("-"))?;
    }
    out.flush()
}

fn value(figure: &Figure) -> Option<String> {
    let end = figure.value_max.map_or(String::new(), |max| format!("-{max}"));
    Some(format!("{}{end}", figure.value))
}

fn period(figure: &Figure) -> Option<String> {
    figure.period.map(|period| period.to_string())
}
