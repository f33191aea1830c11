//! Which profile fits a table, and where its header stands.

use super::frame::{self, Records};
use super::number::NumberForm;
use super::profile::{Cells, Profile};
use super::template::{self, Caught};
use std::collections::BTreeMap;
use std::path::Path;

/// Lines before the header that are looked through.
const PREAMBLE: usize = 20;

/// Columns that a table of rows may have; a line of more is something else.
const COLUMNS: usize = 10_000;

/// A profile on its table.
#[derive(Debug)]
pub(super) struct Shape<'p> {
    pub profile: &'p Profile,
    pub delimiter: u8,
    pub header: Header,
    /// Byte where the rows begin.
    pub body: usize,
    /// Words caught in the file's name.
    pub caught: Caught,
    /// Lines before the header.
    pub preamble: u64,
}

/// A header: its cells as written and as compared.
#[derive(Debug, Clone, Default)]
pub(super) struct Header {
    pub cells: Vec<String>,
    folded: Vec<String>,
    /// Whether codes come with names behind a colon, as SDMX-CSV with `labels=both` has them: `A: Value A`.
    pub labelled: bool,
}

impl Header {
    pub(super) fn new(mut cells: Vec<String>) -> Self {
        let sdmx = cells.first().is_some_and(|cell| fold(cell) == "structure");
        let labelled = sdmx && cells.iter().any(|cell| cell.contains(": "));
        if labelled {
            for cell in &mut cells {
                *cell = without_label(cell).to_owned();
            }
        }
        let folded = cells.iter().map(|cell| fold(cell)).collect();
        Self { cells, folded, labelled }
    }

    /// Finds a column by its name in a profile; `*` is none of its business.
    pub(super) fn find(&self, column: &str) -> Option<(usize, Caught)> {
        column.split('|').find_map(|name| self.find_one(name.trim()))
    }

    fn find_one(&self, name: &str) -> Option<(usize, Caught)> {
        if let Some(place) = name.strip_prefix('#').and_then(|place| place.parse::<usize>().ok()) {
            return (1..=self.cells.len()).contains(&place).then(|| (place - 1, Caught::new()));
        }
        if name.contains('{') {
            return self.cells.iter().enumerate().find_map(|(at, cell)| {
                template::catch(name, cell, &BTreeMap::new()).map(|caught| (at, caught))
            });
        }
        let exact = self.cells.iter().position(|cell| cell == name);
        let wanted = fold(name);
        exact
            .or_else(|| (!wanted.is_empty()).then(|| self.folded.iter().position(|cell| *cell == wanted))?)
            .map(|at| (at, Caught::new()))
    }
}

/// Returns the code of `A: Value A`.
pub(super) fn without_label(cell: &str) -> &str {
    cell.split_once(": ").map_or(cell, |(code, _)| code)
}

/// Folds a header cell: letters, digits and signs of money, lower case. Sites change case, users blanks and brackets.
pub(super) fn fold(cell: &str) -> String {
    cell.chars()
        .filter(|c| c.is_alphanumeric() || "%€$£¥".contains(*c))
        .flat_map(char::to_lowercase)
        .collect()
}

/// Finds the profile that asks for most and gets it.
pub(super) fn find<'p>(
    name: &Path,
    text: &str,
    profiles: &[&'p Profile],
    delimiter: Option<u8>,
) -> Option<Shape<'p>> {
    let stem = stem(name);
    let delimiters = delimiter.map_or_else(|| frame::delimiters(text), |one| vec![one]);
    for delimiter in delimiters {
        let mut best: Option<(usize, Shape<'p>)> = None;
        let mut records = Records::new(text, 0, delimiter);
        for _ in 0..PREAMBLE {
            if !records.advance() {
                break;
            }
            if records.cells().len() > COLUMNS {
                continue;
            }
            let header =
                Header::new((0..records.cells().len()).map(|at| records.text_of(at).to_owned()).collect());
            for profile in profiles {
                let body = records.next_byte();
                let Some(score) = score(profile, &header, text, body, delimiter, &stem) else { continue };
                if best.as_ref().is_none_or(|(other, _)| score > *other) {
                    let mut caught = caught_in_name(profile, &stem);
                    caught.extend(caught_before(profile, text, delimiter, records.line()));
                    let preamble = records.line() - 1;
                    best = Some((
                        score,
                        Shape { profile, delimiter, header: header.clone(), body, caught, preamble },
                    ));
                }
            }
            if best.is_some() {
                break;
            }
        }
        if let Some((_, shape)) = best {
            return Some(shape);
        }
    }
    None
}

/// Returns how much the profile asks for and gets; `None` when it does not fit.
fn score(
    profile: &Profile,
    header: &Header,
    text: &str,
    body: usize,
    delimiter: u8,
    stem: &str,
) -> Option<usize> {
    let recognise = &profile.recognise;
    let mut places = Vec::with_capacity(recognise.required.len());
    for column in &recognise.required {
        places.push(header.find(column)?.0);
    }
    if recognise.absent.iter().any(|column| header.find(column).is_some())
        || (recognise.exact
            && header.cells.iter().filter(|cell| !cell.is_empty()).count() != recognise.required.len())
    {
        return None;
    }
    if let Some(range) = recognise.row_sum
        && !rows_add_up(profile, text, body, delimiter, &places, range)
    {
        return None;
    }
    let named = recognise.files.iter().any(|pattern| template::glob(pattern, stem));
    Some(recognise.required.len() * 2 + usize::from(named) + usize::from(recognise.exact))
}

/// Says whether most of the first rows are numbers from 0 to 100 that add up to the range. A table of prices also has a
/// date first and numbers after it.
fn rows_add_up(
    profile: &Profile,
    text: &str,
    body: usize,
    delimiter: u8,
    others: &[usize],
    (low, high): (f64, f64),
) -> bool {
    let forms = [
        NumberForm::new(&profile.read),
        // Saved anew where the comma is the decimal mark.
        NumberForm::new(&Cells { decimal: ',', thousands: None, ..profile.read.clone() }),
    ];
    let forms = if delimiter == b',' { &forms[..1] } else { &forms };
    forms.iter().any(|form| rows_add_up_in(form, text, body, delimiter, others, (low, high)))
}

fn rows_add_up_in(
    form: &NumberForm,
    text: &str,
    body: usize,
    delimiter: u8,
    others: &[usize],
    (low, high): (f64, f64),
) -> bool {
    let mut records = Records::new(text, body, delimiter);
    let (mut seen, mut good) = (0_u32, 0_u32);
    while seen < 40 && records.advance() {
        let mut sum = 0.0;
        for (at, cell) in records.cells().iter().enumerate().filter(|(at, _)| !others.contains(at)) {
            match form.read(cell, 1.0) {
                Ok(Some(value)) if (0.0..=100.0).contains(&value) => sum += value,
                Ok(None) => {}
                _ if at >= 1 => {
                    sum = f64::NAN;
                    break;
                }
                _ => {}
            }
        }
        if sum != 0.0 {
            seen += 1;
            good += u32::from((low..=high).contains(&sum));
        }
    }
    good > 0 && good * 5 >= seen * 4
}

fn caught_in_name(profile: &Profile, stem: &str) -> Caught {
    profile
        .file_names
        .iter()
        .find_map(|pattern| template::catch(pattern, stem, &profile.variables))
        .unwrap_or_default()
}

/// Catches words in the lines before the header, their cells joined by blanks.
fn caught_before(profile: &Profile, text: &str, delimiter: u8, header_line: u64) -> Caught {
    let mut caught = Caught::new();
    let mut records = Records::new(text, 0, delimiter);
    while !profile.preamble.is_empty() && records.advance() && records.line() < header_line {
        let cells: Vec<&str> = (0..records.cells().len()).map(|at| records.text_of(at)).collect();
        let line = cells.join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
        for template in &profile.preamble {
            caught.extend(template::catch(template, &line, &profile.variables).unwrap_or_default());
        }
    }
    caught
}

/// Returns the file's name without folders and without `.csv`, `.csv.gz` and the like.
pub(super) fn stem(name: &Path) -> String {
    let mut stem = name.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    for ending in [".gz", ".zst", ".csv", ".tsv", ".txt", ".tab", ".dat"] {
        if stem.len() > ending.len() && stem.to_ascii_lowercase().ends_with(ending) {
            stem.truncate(stem.len() - ending.len());
        }
    }
    // Browsers add ` (1)` to a second download.
    match stem.rfind(" (") {
        Some(at)
            if stem.ends_with(')') && stem[at + 2..stem.len() - 1].bytes().all(|b| b.is_ascii_digit()) =>
        {
            stem[..at].to_owned()
        }
        _ => stem,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::table::load::built_in;

    fn found(name: &str, text: &str) -> String {
        let profiles: Vec<&Profile> = built_in().iter().collect();
        find(Path::new(name), text, &profiles, None)
            .map_or_else(|| "-".to_owned(), |shape| format!("{} {:?}", shape.profile.name, shape.caught))
    }

    #[test]
    fn headers_are_known_whatever_their_case_blanks_and_brackets() {
        let header = "Classification,Period,AggregateLevel,TradeFlowCode,ReporterCode,PartnerCode,CommodityCode,TradeValueUS$\n";
        assert!(found("x.csv", header).starts_with("comtrade-old"));
        assert!(found("x.csv", "T,I,J,K,V,Q\n").starts_with("baci"));
    }

    #[test]
    fn the_header_may_stand_below_a_preamble() {
        assert!(
            found("x.csv", "BACI rows,,,,,\n,,,,,\nt,i,j,k,v,q\n2021,8,32,010121,1,1\n").starts_with("baci")
        );
    }

    #[test]
    fn the_edition_is_caught_in_the_name() {
        let text = "t,i,j,k,v,q\n2021,8,32,010121,1,1\n";
        assert_eq!(
            found("BACI_HS92_Y2019_V202102.csv.gz", text),
            r#"baci {"hs": "HS92", "version": "202102", "year": "2019"}"#
        );
    }

    #[test]
    fn a_table_of_prices_is_not_a_table_of_shares() {
        assert_eq!(found("x.csv", "Date,Open,High\n2022-01,10,11\n2022-02,12,13\n"), "-");
        assert!(found("x.csv", "Date,A,B\n2022-01,60,40\n2022-02,59.9,40\n").starts_with("statcounter-wide"));
        assert_eq!(found("x.csv", "Date,A,B\n2022-01,60,40\n2022-02,5,5\n2022-03,1,1\n"), "-");
    }
}
