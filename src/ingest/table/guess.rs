//! What a column looks like, from its header and first cells.

use super::frame::Records;
use super::number::NumberForm;
use super::profile::{Cells, Codes, Who};
use super::suggest::shown;
use super::{flow, units, when, who};
use crate::model::SubjectKind;
use crate::reference::brands;
use std::collections::BTreeSet;

/// Rows that are looked at.
const ROWS: usize = 500;

/// What a column looks like.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    Place(&'static str),
    Brand,
    Period,
    Month,
    Flow,
    Hs,
    Unit,
    Number,
    Words,
}

/// A column with its guess.
pub(super) struct Column {
    pub header: String,
    pub kind: Kind,
    /// Distinct values seen, the first few hundred.
    pub values: BTreeSet<String>,
    /// Why, for the comment.
    pub reason: String,
    pub used: bool,
}

/// Finds the way numbers are written by which most cells read.
pub(super) fn number_form(text: &str, body: usize, delimiter: u8, width: usize) -> Cells {
    let forms = [('.', None), ('.', Some(',')), (',', None), (',', Some('.')), (',', Some(' '))];
    let mut best = (0, Cells::default());
    for (decimal, thousands) in forms {
        let cells = Cells { decimal, thousands, ..Cells::default() };
        let form = NumberForm::new(&cells);
        let mut records = Records::new(text, body, delimiter);
        let (mut good, mut rows) = (0, 0);
        while rows < ROWS && records.advance() {
            rows += 1;
            good += records
                .cells()
                .iter()
                .take(width)
                .filter(|cell| matches!(form.read(cell, 1.0), Ok(Some(_))))
                .count();
        }
        if good > best.0 {
            best = (good, cells);
        }
    }
    best.1
}

pub(super) fn columns(
    text: &str,
    body: usize,
    delimiter: u8,
    header: &[String],
    cells: &Cells,
) -> Vec<Column> {
    let form = NumberForm::new(cells);
    let mut values: Vec<Vec<String>> = vec![Vec::new(); header.len()];
    let mut records = Records::new(text, body, delimiter);
    let mut rows = 0;
    while rows < ROWS && records.advance() {
        rows += 1;
        for (at, column) in values.iter_mut().enumerate() {
            let cell = records.text_of(at);
            if !cell.is_empty() {
                column.push(cell.to_owned());
            }
        }
    }
    header.iter().zip(values).map(|(header, values)| guess(header, &values, &form)).collect()
}

fn guess(header: &str, values: &[String], form: &NumberForm) -> Column {
    let distinct: BTreeSet<String> = values.iter().take(ROWS).cloned().collect();
    let of = |test: &dyn Fn(&str) -> bool| {
        distinct.iter().filter(|value| test(value)).count() as f64 / distinct.len().max(1) as f64
    };
    let named = |words: &[&str]| {
        let words_of_header = header.to_lowercase();
        let words_of_header: Vec<&str> = words_of_header.split(|c: char| !c.is_alphanumeric()).collect();
        words.iter().any(|word| {
            words_of_header.contains(word) || (word.len() > 3 && header.to_lowercase().contains(word))
        })
    };
    let place = |code: Codes| {
        let spec = Who { codes: code, ..Who::default() };
        move |value: &str| {
            let (code, name) = if code == Codes::Place { ("", value) } else { (value, "") };
            who::resolve(&spec, code, name, "", None)
                .is_some_and(|subject| subject.kind != SubjectKind::Product)
        }
    };
    // One value alone may be a code of anything: BES is a sector of research and an island.
    let several = distinct.len() > 1
        || named(&["country", "reporter", "partner", "market", "geo", "area", "region", "economy", "origin"]);
    let number = of(&|value| matches!(form.read(value.trim_end_matches('%').as_bytes(), 1.0), Ok(Some(_))));
    let digits = of(&|value| value.bytes().all(|b| b.is_ascii_digit()));
    let (kind, reason) = if distinct.is_empty() {
        (Kind::Words, "empty in the first rows".to_owned())
    } else if digits > 0.95
        && named(&[
            "hs",
            "cmd",
            "cmdcode",
            "commodity",
            "product",
            "tariff",
            "cn",
            "hs6",
            "hs4",
            "tnved",
            "ncm",
            "hscode",
        ])
        && of(&|value| (2..=10).contains(&value.len())) > 0.95
        && !named(&[
            "country", "reporter", "partner", "origin", "year", "area", "number", "no", "total", "lines",
        ])
    {
        (Kind::Hs, "digits under a header that speaks of a commodity".to_owned())
    } else if named(&["month", "mon"])
        && of(&|value| {
            when::month_of(value).is_some() || value.parse::<u32>().is_ok_and(|n| (1..=12).contains(&n))
        }) > 0.95
    {
        (Kind::Month, "1 to 12 or names of months".to_owned())
    } else if of(&|value| when::read(value, None).is_some()) > 0.95
        && (number < 0.95
            || named(&["year", "period", "time", "date", "month", "quarter", "refyear", "jahr", "ano", "an"]))
    {
        (Kind::Period, "its cells read as periods".to_owned())
    } else if of(&|value| flow::is_word(value)) > 0.95 && distinct.len() <= 4 {
        (Kind::Flow, format!("its cells are flow words: {}", few(&distinct)))
    } else if several
        && of(&|value| {
            value.len() == 3 && value.bytes().all(|b| b.is_ascii_uppercase()) && place(Codes::Iso3)(value)
        }) > 0.7
    {
        (Kind::Place("iso3"), "its cells are alpha-3 codes".to_owned())
    } else if of(&|value| {
        value.len() == 2 && value.bytes().all(|b| b.is_ascii_uppercase()) && place(Codes::Iso2)(value)
    }) > 0.9
        && distinct.len() > 2
    {
        (Kind::Place("iso2"), "its cells are alpha-2 codes".to_owned())
    } else if digits > 0.95
        && named(&["country", "reporter", "partner", "origin", "destination"])
        && of(&place(Codes::Comtrade)) > 0.8
    {
        (
            Kind::Place("comtrade"),
            "its cells are numbers that UN Comtrade uses for places; ISO's own (`m49`) differ for some"
                .to_owned(),
        )
    } else if number > 0.9 {
        (Kind::Number, "its cells are numbers".to_owned())
    } else if several && of(&place(Codes::Place)) > 0.7 {
        (Kind::Place("place"), format!("its cells are names of places: {}", few(&distinct)))
    } else if (distinct.len() > 1 && of(&|value| brands().find(value).is_ok()) > 0.4) && distinct.len() > 1
        || named(&["make", "brand", "vendor", "manufacturer", "company", "marke"])
    {
        (Kind::Brand, format!("its cells are brands: {}", few(&distinct)))
    } else if named(&["unit", "units", "uom"]) || of(&|value| units::find(value).is_some()) > 0.9 {
        (Kind::Unit, format!("its cells are units: {}", few(&distinct)))
    } else {
        (Kind::Words, format!("words: {}", few(&distinct)))
    };
    Column { header: header.to_owned(), kind, values: distinct, reason, used: false }
}

fn few(values: &BTreeSet<String>) -> String {
    values.iter().take(3).map(|value| format!("`{}`", shown(value))).collect::<Vec<_>>().join(", ")
}

/// Says whether most rows' numbers add up to 100: published shares.
pub(super) fn add_up_to_100(
    text: &str,
    body: usize,
    delimiter: u8,
    columns: &[Column],
    cells: &Cells,
) -> bool {
    let form = NumberForm::new(cells);
    let mut records = Records::new(text, body, delimiter);
    let (mut rows, mut good) = (0, 0);
    while rows < ROWS && records.advance() {
        rows += 1;
        let numbers = columns.iter().enumerate().filter(|(_, column)| column.kind == Kind::Number);
        let sum: f64 = numbers
            .filter_map(|(at, _)| {
                form.read(records.text_of(at).trim_end_matches('%').as_bytes(), 1.0).ok().flatten()
            })
            .sum();
        good += usize::from((98.5..=101.5).contains(&sum));
    }
    good > 0 && good * 10 >= rows * 8
}
