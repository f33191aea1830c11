//! Codes and words to commodities, each distinct one made once.

use super::frame::Records;
use super::hash::QuickMap;
use super::profile::What;
use super::recognise::without_label;
use super::template::Caught;
use crate::model::Commodity;
use crate::reference::{fold, products};
use std::collections::HashMap;

/// Commodities that rows point to, without doubles.
#[derive(Debug, Default)]
pub(super) struct Commodities {
    pub list: Vec<Commodity>,
    places: HashMap<(String, String), u32>,
    /// Number of distinct codes that lost zeros at the front.
    pub padded: u64,
    /// The first of them: its line and how it was written.
    pub first_padded: Option<(u64, String)>,
}

impl Commodities {
    pub(super) fn add(&mut self, commodity: Commodity) -> u32 {
        let next = self.list.len() as u32;
        *self.places.entry((commodity.scheme.clone(), commodity.code.clone())).or_insert_with(|| {
            self.list.push(commodity);
            next
        })
    }

    /// Adds a product of the product table by its key.
    pub(super) fn product(&mut self, key: &str) -> u32 {
        let title = products().get(key).map_or_else(|| key.to_owned(), |known| known.label.clone());
        self.add(Commodity { scheme: "product".to_owned(), code: key.to_owned(), title })
    }
}

/// Reads the columns that say what is traded.
pub(super) struct WhatReader<'p> {
    spec: &'p What,
    pub code: Option<usize>,
    /// Columns whose cells together are the code.
    join: Vec<usize>,
    title: Option<usize>,
    edition: Option<usize>,
    digits: Option<usize>,
    /// Whether codes come with names behind a colon.
    labelled: bool,
    scheme: String,
    constant: Option<u32>,
    cache: QuickMap<Vec<u8>, Option<u32>>,
    key: Vec<u8>,
    /// The cache for codes of six digits that stand alone, nearly all of large files: by number, `NOT_YET` for the rest.
    six: Vec<u32>,
}

const NOT_YET: u32 = u32::MAX;

/// Columns of a commodity.
#[derive(Debug, Default, Clone)]
pub(super) struct WhatColumns {
    pub code: Option<usize>,
    pub join: Vec<usize>,
    pub title: Option<usize>,
    pub edition: Option<usize>,
    pub digits: Option<usize>,
}

impl<'p> WhatReader<'p> {
    pub(super) fn new(
        spec: &'p What,
        columns: WhatColumns,
        caught: &Caught,
        known: impl Fn(&str, &str) -> Option<String>,
    ) -> Self {
        let scheme = match spec.scheme.as_deref() {
            // `{hs}`: the file's name says it, else the edition is open.
            Some(scheme) if scheme.starts_with('{') => {
                let name = scheme.trim_matches(['{', '}']);
                caught.get(name).and_then(|word| known(name, word)).unwrap_or_else(|| "HS".to_owned())
            }
            Some(scheme) => scheme.to_owned(),
            None => "HS".to_owned(),
        };
        let WhatColumns { code, join, title, edition, digits } = columns;
        Self {
            spec,
            code,
            join,
            title,
            edition,
            digits,
            labelled: false,
            scheme,
            constant: None,
            cache: QuickMap::default(),
            key: Vec::new(),
            six: Vec::new(),
        }
    }

    /// Returns the number of a code of six digits that stands alone.
    fn six(&self, records: &Records<'_>) -> Option<usize> {
        let alone = self.join.is_empty() && self.edition.is_none() && self.digits.is_none();
        let cell = self.code.filter(|_| alone).and_then(|at| records.cells().get(at))?;
        let digits: &[u8; 6] = cell.try_into().ok()?;
        digits
            .iter()
            .try_fold(0, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + usize::from(byte - b'0')))
    }

    /// The same product for all rows.
    pub(super) fn constant(&mut self, product: &str, commodities: &mut Commodities) {
        self.constant = Some(commodities.product(product));
    }

    /// Takes the names off the codes of a table that has both.
    pub(super) fn labelled(&mut self, labelled: bool) {
        self.labelled = labelled;
    }

    fn part<'t>(&self, text: &'t str) -> &'t str {
        bare_id(if self.labelled { without_label(text) } else { text })
    }

    /// Reads the record's cells; `None` when there is no code.
    pub(super) fn read(&mut self, records: &Records<'_>, commodities: &mut Commodities) -> Option<u32> {
        if let Some(constant) = self.constant {
            return Some(constant);
        }
        let six = self.six(records);
        if let Some(known) = six.and_then(|at| self.six.get(at)).filter(|known| **known != NOT_YET) {
            return Some(*known);
        }
        let cells = records.cells();
        self.key.clear();
        for at in
            [self.code, self.edition, self.digits].into_iter().chain(self.join.iter().copied().map(Some))
        {
            self.key.extend_from_slice(at.and_then(|at| cells.get(at)).unwrap_or_default());
            self.key.push(0);
        }
        if let Some(known) = self.cache.get(&self.key) {
            return *known;
        }
        let text = |at: Option<usize>| at.map_or("", |at| records.text_of(at));
        let code = if self.join.is_empty() {
            text(self.code).to_owned()
        } else {
            let parts: Vec<&str> = self.join.iter().map(|at| self.part(records.text_of(*at))).collect();
            parts.join(".")
        };
        let padded = commodities.padded;
        let made = self.make(&code, text(self.title), text(self.edition), text(self.digits), commodities);
        if commodities.padded > padded && commodities.first_padded.is_none() {
            commodities.first_padded = Some((records.line(), code));
        }
        let made = made.map(|commodity| commodities.add(commodity));
        self.cache.insert(self.key.clone(), made);
        if let (Some(at), Some(made)) = (six, made) {
            self.six.resize(1_000_000, NOT_YET);
            self.six[at] = made;
        }
        made
    }

    fn make(
        &self,
        code: &str,
        title: &str,
        edition: &str,
        digits: &str,
        commodities: &mut Commodities,
    ) -> Option<Commodity> {
        let code = without_apostrophes(code);
        if code.is_empty() {
            return None;
        }
        if !self.join.is_empty() {
            let title = if title.is_empty() { code } else { title };
            return Some(Commodity {
                scheme: self.scheme.clone(),
                code: code.to_owned(),
                title: title.to_owned(),
            });
        }
        if let Some(key) =
            self.spec.words.iter().find(|(word, _)| fold(word) == fold(code)).map(|(_, key)| key)
        {
            return Some(Commodity {
                scheme: "product".to_owned(),
                code: key.clone(),
                title: code.to_owned(),
            });
        }
        if self.scheme == "product" {
            let (scheme, key) = match products().find(code) {
                Ok(product) => ("product", product.key.clone()),
                // No table knows it: the file's own word, never taken for one of our keys.
                Err(_) => ("own", code.to_owned()),
            };
            return Some(Commodity { scheme: scheme.to_owned(), code: key, title: code.to_owned() });
        }
        let scheme = match self.spec.editions.get(edition) {
            Some(scheme) => scheme.clone(),
            None if edition.is_empty() => self.scheme.clone(),
            None => edition.to_owned(),
        };
        let mut code = code.to_owned();
        if is_rounded(&code) {
            return None;
        }
        // `0809.29`, `8703 23`: a tariff's way of writing.
        if scheme.starts_with("HS") && code.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b' ') {
            code.retain(|c| c.is_ascii_digit());
        }
        if code.is_empty() {
            return None;
        }
        let wanted = self.spec.digits.or_else(|| digits.parse().ok()).unwrap_or(0).min(12);
        // Chapters, headings and sub-headings have 2, 4, 6 or 8 digits: an odd number is a zero short.
        let odd = scheme.starts_with("HS") && code.len() < 8 && code.len() % 2 == 1;
        let wanted = if odd { wanted.max(code.len() + 1) } else { wanted };
        if code.bytes().all(|b| b.is_ascii_digit()) && code.len() < wanted {
            code = format!("{code:0>wanted$}");
            commodities.padded += 1;
        }
        Some(Commodity { scheme, code, title: title.to_owned() })
    }
}

/// Takes off the apostrophes that keep a spreadsheet from reading a code as a number: `'0805`, `'870321915'`.
pub(super) fn without_apostrophes(code: &str) -> &str {
    match code.strip_prefix('\'') {
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_digit()) => {
            rest.strip_suffix('\'').unwrap_or(rest)
        }
        _ => code,
    }
}

/// Says whether a spreadsheet made a rounded number of a code: `8.70E+07`.
fn is_rounded(code: &str) -> bool {
    code.starts_with(|c: char| c.is_ascii_digit())
        && code.contains(['e', 'E'])
        && code.contains('+')
        && code.parse::<f64>().is_ok()
}

/// Says why a cell is no commodity code.
pub(super) fn no_code(cell: &str) -> String {
    if is_rounded(cell) {
        format!("expected a commodity code, found `{cell}`: a spreadsheet rounded it to a number")
    } else {
        "expected a commodity code, found nothing".to_owned()
    }
}

/// Returns the id of a dataflow such as `ESTAT:NAMA_10_GDP(1.0)`; another text as it stands.
fn bare_id(text: &str) -> &str {
    match (text.split_once(':'), text.find('(')) {
        (Some((agency, rest)), Some(_))
            if text.ends_with(')') && !text.contains(' ') && !agency.is_empty() =>
        {
            rest.split_once('(').map_or(rest, |(id, _)| id)
        }
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dataflow_is_known_by_its_id() {
        assert_eq!(bare_id("ESTAT:NAMA_10_GDP(1.0)"), "NAMA_10_GDP");
        assert_eq!(bare_id("MIO_EUR"), "MIO_EUR");
        assert_eq!(bare_id("GDP: per head (US$)"), "GDP: per head (US$)");
    }
}
