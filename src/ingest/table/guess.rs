//! What a column looks like, from its header and first cells.

use super::frame::{self, Records};
use super::hints::{self, Says};
use super::number::NumberForm;
use super::profile::{Cells, Codes, Who};
use super::suggest::shown;
use super::{flow, known, units, when, who, words};
use crate::model::SubjectKind;
use std::collections::BTreeSet;

/// Rows that are looked at.
const ROWS: usize = 500;

/// What a column looks like.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Kind {
    Place(&'static str),
    Brand,
    Period,
    Month,
    Quarter,
    Flow,
    Hs,
    Product,
    Unit,
    Number,
    Words,
}

/// A column with its guess.
#[derive(Debug)]
pub(super) struct Column {
    pub header: String,
    pub kind: Kind,
    /// How sure the kind is, 0 to 1: the part of its cells that fit, less where the header does not say the same.
    pub sure: f64,
    /// Distinct values seen, the first few hundred.
    pub values: BTreeSet<String>,
    /// Why, for people.
    pub reason: String,
}

/// A table that no profile knows, as it looks.
#[derive(Debug)]
pub(super) struct Look {
    pub delimiter: u8,
    pub cells: Cells,
    /// Line of the header, from 1.
    pub header_line: u64,
    /// Lines above the header that say something.
    pub titles: Vec<String>,
    pub columns: Vec<Column>,
    /// Published shares: what most rows' numbers add up to, 100 or, of fractions, 1.
    pub shares: Option<f64>,
    /// Whether the numbers carry percent signs.
    pub percent: bool,
    /// A number that could be read two ways, as `1.250`.
    pub two_ways: Option<String>,
}

/// Looks at a decoded table; `None` when no delimiter cuts it into columns.
pub(super) fn look(text: &str) -> Option<Look> {
    let delimiter = *frame::delimiters(text).first()?;
    let (_, width) = frame::evenness(frame::head(text), delimiter)?;
    let (header, body) = frame::likely_header(text, delimiter)?;
    let (cells, two_ways) = number_form(text, body, delimiter, width);
    let columns = columns(text, body, delimiter, &header, &cells);
    let adds_up = |sum| add_up_to(sum, text, body, delimiter, &columns, &cells);
    let shares = [100.0, 1.0].into_iter().find(|sum| adds_up(*sum));
    let percent = {
        let cells = columns.iter().filter(|column| column.kind == Kind::Number).flat_map(|c| &c.values);
        let (all, signed) =
            cells.fold((0, 0), |(all, signed), cell| (all + 1, signed + usize::from(cell.ends_with('%'))));
        signed * 10 > all * 8
    };
    let before = &text[..body];
    let mut records = Records::new(before, 0, delimiter);
    let (mut titles, mut header_line) = (Vec::new(), 1);
    let mut above: Vec<(u64, String)> = Vec::new();
    while records.advance() {
        let cells: Vec<&str> = (0..records.cells().len()).map(|at| records.text_of(at)).collect();
        above.push((records.line(), cells.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")));
    }
    if let Some((line, _)) = above.pop() {
        header_line = line;
    }
    titles.extend(
        above
            .into_iter()
            .map(|(_, title)| title)
            .filter(|title| !title.is_empty() && !title.starts_with("sep=")),
    );
    Some(Look { delimiter, cells, header_line, titles, columns, shares, percent, two_ways })
}

/// Finds the way numbers are written by which most cells read, and a cell that two ways fit.
fn number_form(text: &str, body: usize, delimiter: u8, width: usize) -> (Cells, Option<String>) {
    let forms = [
        ('.', None),
        ('.', Some(',')),
        (',', None),
        (',', Some('.')),
        (',', Some(' ')),
        ('.', Some(' ')),
        ('.', Some('\'')),
    ];
    let mut numbers: Vec<Vec<u8>> = Vec::new();
    let mut records = Records::new(text, body, delimiter);
    let mut rows = 0;
    while rows < ROWS && records.advance() {
        rows += 1;
        let cells = records.cells().iter().take(width);
        numbers.extend(cells.filter(|cell| cell.iter().any(u8::is_ascii_digit)).map(<[u8]>::to_vec));
    }
    let count = |decimal: char, thousands: Option<char>| {
        let form = NumberForm::new(&Cells { decimal, thousands, ..Cells::default() });
        numbers.iter().filter(|cell| matches!(form.read(bare(cell), 1.0), Ok(Some(_)))).count()
    };
    let mut best = (0, '.', None);
    for (decimal, thousands) in forms {
        let good = count(decimal, thousands);
        if good > best.0 {
            best = (good, decimal, thousands);
        }
    }
    let (_, mut decimal, mut thousands) = best;
    // `1.250` where nothing has other than three digits behind the mark: thousands, and told.
    let mut two_ways = None;
    if thousands.is_none() {
        let behind = |cell: &[u8]| {
            let text = String::from_utf8_lossy(bare(cell)).into_owned();
            let (front, digits) = text.split_once(decimal)?;
            let plain =
                front.bytes().all(|b| b.is_ascii_digit()) && digits.bytes().all(|b| b.is_ascii_digit());
            let grouped = digits.len() == 3 && (1..=3).contains(&front.len()) && !front.starts_with('0');
            plain.then_some((grouped, text))
        };
        let marked: Vec<(bool, String)> = numbers.iter().filter_map(|cell| behind(cell)).collect();
        let grouped = marked.iter().filter(|(grouped, _)| *grouped).count();
        if grouped > 1 && grouped * 3 >= marked.len() * 2 {
            two_ways = marked.into_iter().find(|(grouped, _)| *grouped).map(|(_, text)| text);
            thousands = Some(decimal);
            decimal = if decimal == '.' { ',' } else { '.' };
        }
    }
    (Cells { decimal, thousands, ..Cells::default() }, two_ways)
}

/// Takes a percent sign off.
fn bare(cell: &[u8]) -> &[u8] {
    cell.trim_ascii().strip_suffix(b"%").unwrap_or(cell)
}

fn columns(text: &str, body: usize, delimiter: u8, header: &[String], cells: &Cells) -> Vec<Column> {
    let form = NumberForm::new(cells);
    let mut values: Vec<Vec<String>> = vec![Vec::new(); header.len()];
    let mut records = Records::new(text, body, delimiter);
    let mut rows = 0;
    while rows < ROWS && records.advance() {
        let filled = records.cells().iter().filter(|cell| !cell.trim_ascii().is_empty()).count();
        // Remarks and sums below the rows are none of them.
        if filled * 2 < header.len() || (filled < header.len() && words::is_total(records.text_of(0))) {
            continue;
        }
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

/// Part of the distinct cells that pass a test; totals and rests are neither for nor against.
fn part(values: &BTreeSet<String>, test: &dyn Fn(&str) -> bool) -> f64 {
    let named = || values.iter().filter(|value| !words::is_total(value) && !words::is_residual(value));
    named().filter(|value| test(value)).count() as f64 / named().count().max(1) as f64
}

fn guess(header: &str, values: &[String], form: &NumberForm) -> Column {
    let distinct: BTreeSet<String> = values.iter().take(ROWS).cloned().collect();
    let says = |what| hints::says(header, what);
    let of = |test: &dyn Fn(&str) -> bool| part(&distinct, test);
    let place = |codes: Codes| {
        let spec = Who { codes, ..Who::default() };
        move |value: &str| {
            who::resolve(&spec, value, "", "", None)
                .is_some_and(|subject| subject.kind != SubjectKind::Product)
        }
    };
    let of_places = says(Says::Place) || says(Says::Market) || says(Says::Partner);
    // One value alone may be a code of anything: BES is a sector of research and an island.
    let several = distinct.len() > 1 || of_places;
    let capitals = |length: usize| {
        move |value: &str| value.len() == length && value.bytes().all(|b| b.is_ascii_uppercase())
    };
    let number = of(&|value| form.read(bare(value.as_bytes()), 1.0).is_ok());
    let digits = of(&|value| value.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b' '));
    let found = |kind: Kind, fits: f64, said: bool, reason: String| {
        let sure = if said { fits } else { fits * 0.8 };
        Column { header: header.to_owned(), kind, sure, values: distinct.clone(), reason }
    };
    if distinct.is_empty() {
        return found(Kind::Words, 0.0, false, "empty in the first rows".to_owned());
    }
    let month = of(&|value| {
        when::month_of(value).is_some() || value.parse::<u32>().is_ok_and(|n| (1..=12).contains(&n))
    });
    if says(Says::Month) && month > 0.9 {
        return found(Kind::Month, month, true, "1 to 12 or names of months".to_owned());
    }
    let quarter = of(&|value| when::year_quarter("2000", value).is_some());
    if says(Says::Quarter) && quarter > 0.9 {
        return found(Kind::Quarter, quarter, true, "1 to 4".to_owned());
    }
    let timed = says(Says::Year) || says(Says::Period) || says(Says::Month) || says(Says::Quarter);
    let period = of(&|value| when::read(value, None).is_some());
    if period > if timed { 0.6 } else { 0.9 } && (timed || number < 0.95) {
        return found(Kind::Period, period, timed, "its cells read as periods".to_owned());
    }
    let coded = of(&|value| (2..=12).contains(&value.len()));
    if digits > 0.95 && coded > 0.95 && says(Says::Commodity) && !of_places && !timed {
        return found(Kind::Hs, digits, true, "digits under a header that speaks of a commodity".to_owned());
    }
    let flows = of(&flow::is_word);
    if flows > 0.95 && distinct.len() <= 4 {
        let reason = format!("its cells are flow words: {}", few(&distinct));
        return found(Kind::Flow, flows, says(Says::Flow) || distinct.len() > 1, reason);
    }
    let iso3 = of(&|value| capitals(3)(value) && place(Codes::Iso3)(value));
    if several && iso3 > 0.7 {
        return found(Kind::Place("iso3"), iso3, of_places, "its cells are alpha-3 codes".to_owned());
    }
    let iso2 = of(&|value| capitals(2)(value) && place(Codes::Iso2)(value));
    if iso2 > 0.9 && (distinct.len() > 2 || of_places) {
        return found(Kind::Place("iso2"), iso2, of_places, "its cells are alpha-2 codes".to_owned());
    }
    if digits > 0.95 && of_places && of(&place(Codes::Comtrade)) > 0.8 {
        let reason =
            "its cells are numbers that UN Comtrade uses for places; ISO's own (`m49`) differ for some";
        return found(Kind::Place("comtrade"), of(&place(Codes::Comtrade)), false, reason.to_owned());
    }
    let said = [Says::Share, Says::Weight, Says::Value, Says::Quantity].into_iter().any(says);
    if number > if said { 0.6 } else { 0.85 } {
        return found(Kind::Number, number, said, "its cells are numbers".to_owned());
    }
    let places = of(&known::place);
    if several && places > 0.6 {
        let reason = format!("its cells are names of places: {}", few(&distinct));
        return found(Kind::Place("place"), places, of_places, reason);
    }
    let branded = of(&known::brand);
    if says(Says::Brand) || (distinct.len() > 1 && branded > 0.4) {
        let reason = format!("{} of its cells are known brands: {}", percent(branded), few(&distinct));
        let sure = if says(Says::Brand) { 0.7 + 0.3 * branded } else { branded };
        return found(Kind::Brand, sure, says(Says::Brand), reason);
    }
    let unit = of(&|value| units::find(value).is_some());
    if says(Says::Unit) || unit > 0.9 {
        return found(Kind::Unit, unit, says(Says::Unit), format!("its cells are units: {}", few(&distinct)));
    }
    let product = of(&known::product);
    if product > 0.6 && (distinct.len() > 1 || says(Says::Commodity)) {
        let reason = format!("its cells are products: {}", few(&distinct));
        return found(Kind::Product, product, says(Says::Commodity), reason);
    }
    found(Kind::Words, 0.0, false, format!("words: {}", few(&distinct)))
}

/// Writes a part of one as a percentage.
pub(super) fn percent(part: f64) -> String {
    format!("{:.0}%", part * 100.0)
}

fn few(values: &BTreeSet<String>) -> String {
    let named = values.iter().filter(|value| !words::is_total(value) && !words::is_residual(value));
    named.take(3).map(|value| format!("`{}`", shown(value))).collect::<Vec<_>>().join(", ")
}

/// Says whether most rows' numbers, two at least, add up to a sum.
fn add_up_to(whole: f64, text: &str, body: usize, delimiter: u8, columns: &[Column], cells: &Cells) -> bool {
    let numbers: Vec<usize> = (0..columns.len()).filter(|at| columns[*at].kind == Kind::Number).collect();
    let form = NumberForm::new(cells);
    let mut records = Records::new(text, body, delimiter);
    let (mut rows, mut good) = (0, 0);
    while numbers.len() > 1 && rows < ROWS && records.advance() {
        rows += 1;
        let number = |at: &usize| form.read(bare(records.text_of(*at).as_bytes()), 1.0).ok().flatten();
        let sum: f64 = numbers.iter().filter_map(number).sum();
        good += usize::from((sum / whole - 1.0).abs() <= 0.015);
    }
    good > 0 && good * 10 >= rows * 8
}

/// Says whether every number of the column is a fraction of one, as shares may be written: `0.205`.
pub(super) fn are_fractions(column: &Column, cells: &Cells) -> bool {
    let form = NumberForm::new(cells);
    let numbers: Vec<f64> =
        column.values.iter().filter_map(|cell| form.read(cell.as_bytes(), 1.0).ok().flatten()).collect();
    numbers.iter().any(|number| *number > 0.0) && numbers.iter().all(|number| *number <= 1.0)
}
