//! Facts about sample files that are no question of a share: how many rows, what was left out, what a code means.

use std::path::Path;
use tradeshare::ingest::table::{TableOptions, read};
use tradeshare::model::{Basis, Role, TableReading};

/// Reads a fact from a file.
pub type Fact = fn(&Path) -> String;

/// Facts by the id of the right answer.
pub const FACTS: &[(&str, Fact)] = &[
    ("BK5", reporters_by_year),
    ("BK6", with_and_without_reexports),
    ("SB2", |file| sum_of("Chrome ", file)),
    ("SB3", |file| sum_of("IE ", file)),
    ("SV6", month_of_zeros),
    ("SM5", named_and_nameless),
    ("RD4", rows_without_number),
    ("IM2", rows_and_syria),
];

fn reading(file: &Path) -> TableReading {
    let bytes = std::fs::read(file).expect("a sample can be read");
    read(file, &bytes, &TableOptions::default()).unwrap_or_else(|error| panic!("{error}"))
}

fn reporters_by_year(file: &Path) -> String {
    let reading = reading(file);
    let of = |year: &str| {
        let rows = reading.observations.iter();
        rows.filter(|row| row.role == Role::Total && row.basis == Basis::Exports)
            .filter(|row| row.period.to_string() == year)
            .count()
            .to_string()
    };
    ["2016", "2017", "2018", "2019"].map(of).join(" / ")
}

fn with_and_without_reexports(file: &Path) -> String {
    let reading = reading(file);
    let sum = |roles: &[Role]| -> f64 {
        let rows = reading.observations.iter().filter(|row| row.basis == Basis::Exports);
        rows.filter(|row| row.period.to_string() == "2017" && roles.contains(&row.role))
            .filter_map(|row| row.value)
            .sum()
    };
    format!("{} / {}", sum(&[Role::Total]), sum(&[Role::Total, Role::Memo]))
}

fn sum_of(start: &str, file: &Path) -> String {
    let reading = reading(file);
    let shares = reading.figures.iter().filter(|(_, figure)| figure.quote.starts_with(start));
    shares.map(|(_, figure)| figure.value).sum::<f64>().to_string()
}

/// The right answer is a sentence; the file has 71 columns, one of them the date.
fn month_of_zeros(file: &Path) -> String {
    let reading = reading(file);
    let of_month = |figure: &tradeshare::model::Figure| {
        figure.period.is_some_and(|period| period.to_string() == "2010-03")
    };
    let silent = !reading.figures.iter().any(|(_, figure)| of_month(figure));
    let said = reading.notes.iter().any(|note| note == "line 172: every column is 0: no data");
    let last = reading.records + 1 == 172;
    match (silent && said, last) {
        (true, true) => "no data: all 70 columns are 0 (and it stands last, out of order)".to_owned(),
        found => format!("{found:?}"),
    }
}

fn named_and_nameless(file: &Path) -> String {
    let reading = reading(file);
    let markets: std::collections::BTreeSet<String> =
        reading.figures.iter().map(|(_, figure)| figure.market.key()).collect();
    let nameless = reading.notes.iter().filter_map(|note| note.strip_prefix("nameless rows are left out: "));
    format!("{} / {}", markets.len(), nameless.map(|lines| lines.split(", ").count()).sum::<usize>())
}

fn rows_without_number(file: &Path) -> String {
    let reading = reading(file);
    let note = reading.notes.iter().find(|note| note.contains("without a number")).cloned();
    let note = note.unwrap_or_default();
    let after = |start: &str| -> String {
        let rest = note.split(start).nth(1).unwrap_or_default();
        rest.chars().take_while(char::is_ascii_digit).collect()
    };
    format!("{} / {} / {}", reading.records, after("left out: "), after("flag `d`: "))
}

fn rows_and_syria(file: &Path) -> String {
    let reading = reading(file);
    let syria = reading.entities.iter().position(|entity| entity.id.as_deref() == Some("SYR"));
    let known = reading.observations.iter().any(|row| Some(row.market as usize) == syria);
    let word = if syria.is_some() && !known { "missing (n/a)" } else { "not missing" };
    format!("{} / {} / {word}", reading.records, reading.observations.len())
}
