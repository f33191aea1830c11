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
    ("BA1", codes_of_baci),
    ("BA2", codes_given_twice),
    ("BA3", products_of_baci),
    ("BR1", codes_of_brazil),
    ("BR2", products_of_brazil),
    ("SX1", |file| format!("{}: {}", reading(file).observations.len(), values(file).join(", "))),
    ("SX2", |file| format!("{} (a quoted cell holds a line break)", values(file).len())),
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

/// Returns the alpha-3 code that a list gives to a code, and its name.
fn listed(reading: &TableReading, code: &str) -> (String, String) {
    let at = reading.commodities.iter().position(|listed| listed.code == code).expect("the code is listed");
    let id = reading.entities[at].id.clone();
    (id.unwrap_or_else(|| "none".to_owned()), reading.commodities[at].title.clone())
}

fn noted<'r>(reading: &'r TableReading, start: &str) -> &'r str {
    reading.notes.iter().find_map(|note| note.strip_prefix(start)).unwrap_or("not noted")
}

fn codes_of_baci(file: &Path) -> String {
    let reading = reading(file);
    let without = noted(&reading, "codes without an alpha-3 code: ");
    let other_asia = listed(&reading, "490").1;
    let both = if without.contains("490") { "with N/A for both ISO codes" } else { "with ISO codes" };
    let namibia = noted(&reading, "alpha-2 code `NA` was taken for a missing value: ");
    let namibia = if namibia == "`516 (Namibia)`" { "Namibia whose ISO2 is empty" } else { namibia };
    format!("{} / {} / {other_asia} {both} / {namibia}", reading.records, listed(&reading, "842").0)
}

fn codes_given_twice(file: &Path) -> String {
    noted(&reading(file), "alpha-3 codes given to several codes: ").to_owned()
}

fn products_of_baci(file: &Path) -> String {
    let reading = reading(file);
    let padded = noted(&reading, "zeros lost at the front are put back: ").replace(" codes", "");
    let padded_code = reading.commodities.iter().find(|code| code.code.ends_with("10121"));
    format!("{} / {padded} / {}", reading.records, padded_code.map_or("none", |code| code.code.as_str()))
}

fn codes_of_brazil(file: &Path) -> String {
    let reading = reading(file);
    let [china, taiwan, usa] = ["160", "161", "249"].map(|code| listed(&reading, code).0);
    format!("{} / {china} / {taiwan} / {usa} / {}", reading.records, listed(&reading, "275").1)
}

fn products_of_brazil(file: &Path) -> String {
    let reading = reading(file);
    let first = &reading.commodities[0].code;
    let begins = reading.notes.iter().any(|note| note == "each code begins with its HS code");
    format!("{} / {first} / {}", reading.records, if begins { &first[..6] } else { "unclear" })
}

fn values(file: &Path) -> Vec<String> {
    let rows = reading(file).observations;
    rows.iter().map(|row| format!("{} at {}", row.quantity.unwrap_or(f64::NAN), row.period)).collect()
}
