//! What a profile says: which columns are what. Profiles and the user's mapping files have the same form.

use super::list::ListSpec;
use crate::model::{Basis, SubjectKind, Unit};
use serde::Deserialize;
use std::collections::BTreeMap;

/// A way to read one shape of table.
///
/// A column is named by its header cell (`partnerCode`), by one of several (`year|day`), by its place from 1
/// (`#1`), by a template whose braces catch a word (`market share perc. ({period})`), or as `*`: the only column
/// that nothing else names.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Profile {
    pub name: String,
    pub about: String,
    pub recognise: Recognise,
    pub read: Cells,
    pub file_names: Vec<String>,
    /// Templates for the lines before the header; what they catch is known as what a file's name says.
    pub preamble: Vec<String>,
    pub variables: BTreeMap<String, Variable>,
    pub dataset: DatasetSpec,
    pub market: Who,
    pub subject: Who,
    pub commodity: What,
    pub flow: Flow,
    pub period: When,
    pub value: Option<Amount>,
    pub weight: Option<Amount>,
    pub quantity: Option<Amount>,
    pub share: Option<Amount>,
    pub wide: Option<Wide>,
    pub flags: Flags,
    pub keep: Vec<Keep>,
    pub indicator: Vec<Indicator>,
    pub count: Vec<Count>,
    /// Tables that hold several measures: which rows are which. The first that fits is taken; a row that none fits is
    /// kept as a memo, for a number nobody knows may be no part of anything.
    pub case: Vec<Case>,
    pub stated: Vec<StatedShare>,
    /// A code list, which has no amounts.
    pub list: Option<ListSpec>,
}

/// How a table of this shape is told from others.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Recognise {
    /// Columns that must be there.
    pub required: Vec<String>,
    /// Columns that must not be there.
    pub absent: Vec<String>,
    /// Whether the required columns are all there are.
    pub exact: bool,
    /// Least and greatest sum of a row's numbers, for tables of shares.
    pub row_sum: Option<(f64, f64)>,
    /// Globs on the file's name that decide between two profiles that fit.
    pub files: Vec<String>,
}

/// How cells are written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Cells {
    pub delimiter: Option<char>,
    pub encoding: Option<String>,
    pub decimal: char,
    pub thousands: Option<char>,
    pub missing: Vec<String>,
}

impl Default for Cells {
    fn default() -> Self {
        let missing = ["", "NA", "N/A", "NaN", "null", "none", "..", "...", ":", "-", "--"];
        Self {
            delimiter: None,
            encoding: None,
            decimal: '.',
            thousands: None,
            missing: missing.map(str::to_owned).to_vec(),
        }
    }
}

/// A word caught in the file's name or a header cell, and what it may be.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Variable {
    /// Word to meaning; another word is no match.
    pub values: BTreeMap<String, String>,
    /// Whether two capital letters of ISO 3166 are also a match.
    pub iso2: bool,
}

impl Variable {
    /// Returns the meaning of a word. Beside codes of countries case tells `na` North America from `NA` Namibia.
    pub(super) fn meaning(&self, word: &str) -> Option<&String> {
        let same = |known: &str| known == word || (!self.iso2 && known.eq_ignore_ascii_case(word));
        self.values.iter().find(|(known, _)| same(known)).map(|(_, meaning)| meaning)
    }
}

/// What holds for all rows.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct DatasetSpec {
    pub key: String,
    pub name: String,
    pub source: String,
    pub currency: String,
    pub valuation: String,
    pub exhaustive: bool,
    pub reconciled: bool,
    pub selection: bool,
    /// Whether rows are details (by state, by port) that are added to one amount of their cell.
    pub adds: bool,
}

/// A list of codes or names.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Codes {
    Comtrade,
    M49,
    Iso2,
    Iso3,
    Eurostat,
    /// Names or codes of places.
    Place,
    /// Brands, companies, platforms.
    Brand,
    /// Keys, labels and words of the product table.
    Product,
    /// The agency's own codes, which only `words` explains: another list's number is another country.
    Own,
    /// A place, else a brand, else a product.
    #[default]
    Any,
}

/// What an empty cell says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Empty {
    /// Nothing: the row is left out with that reason.
    #[default]
    Reject,
    /// Somebody who is not named: the row stays in the total (R3).
    Residual,
    /// Not a row at all: noted.
    Note,
}

/// Who: a market or a subject.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Who {
    pub column: Option<String>,
    /// Column with the name, for codes no table knows.
    pub name: Option<String>,
    /// Column with the alpha-3 code, where the first is empty or unknown.
    pub iso3: Option<String>,
    pub codes: Codes,
    /// Whether names only label what no code tells, and are not looked up: `Arab World` may be several groups.
    pub names_label: bool,
    /// The same for all rows.
    pub value: Option<String>,
    /// Name of the caught word that says it.
    pub variable: Option<String>,
    /// Taken, with a note, when nothing says it.
    pub fallback: Option<String>,
    /// Kind of the names no table knows.
    pub kind: Option<SubjectKind>,
    /// The same by product, where the product is known: makers of phones are brands, browsers platforms.
    pub kinds: BTreeMap<String, SubjectKind>,
    pub empty: Empty,
    /// The file's own words to names the tables know.
    pub words: BTreeMap<String, String>,
    pub total: Vec<String>,
    pub subtotal: Vec<String>,
    pub residual: Vec<String>,
    pub memo: Vec<String>,
    /// The file's codes to names that no table knows.
    pub labels: BTreeMap<String, String>,
    /// Remarks to print when a code occurs.
    pub remarks: BTreeMap<String, String>,
}

/// What is counted.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct What {
    pub column: Option<String>,
    /// Columns whose cells together are the code, joined by dots; `*` is every column that nothing else names.
    pub join: Vec<String>,
    /// Columns that `*` passes over.
    pub except: Vec<String>,
    /// Column before which those of `*` stand.
    pub before: Option<String>,
    pub title: Option<String>,
    /// Classification: `HS2012`, `HS`, or `product` for words of the product table.
    pub scheme: Option<String>,
    /// Column with the classification's edition.
    pub edition: Option<String>,
    /// Its words to schemes.
    pub editions: BTreeMap<String, String>,
    /// Column with the number of digits of the code.
    pub digits_column: Option<String>,
    /// Number of digits every code has.
    pub digits: Option<usize>,
    /// Product key for all rows.
    pub product: Option<String>,
    /// Name of the caught word that says the product.
    pub variable: Option<String>,
    /// The file's own words to product keys.
    pub words: BTreeMap<String, String>,
    /// Whether the subjects tell the product: browsers, when they are brands that make browsers.
    pub by_subjects: bool,
}

/// Which total.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Flow {
    pub column: Option<String>,
    /// Name of the caught word that says it for all rows.
    pub variable: Option<String>,
    /// The same for all rows.
    pub basis: Option<Basis>,
    /// The file's words: a basis, `memo` and a basis (inside another row), or `skip`.
    pub words: BTreeMap<String, String>,
}

/// When.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct When {
    pub column: Option<String>,
    /// Without that column: the only one before this whose cells are all periods.
    pub before: Option<String>,
    /// Column with the month, 1 to 12 or a name, beside a column with the year.
    pub month: Option<String>,
    /// Column with the quarter, 1 to 4 or Q1 to Q4.
    pub quarter: Option<String>,
    /// Order of day, month and year where the cell could be read two ways: `dmy` or `mdy`.
    pub order: Option<String>,
    /// Number that stands for the whole year in the place of the month: `202452`.
    pub whole_year: Option<String>,
    /// The same for all rows.
    pub value: Option<String>,
}

/// A number and its unit.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Amount {
    pub column: Option<String>,
    /// Multiplies the number: 1000 for thousand dollars; to kilograms for a weight (R47).
    pub factor: Option<f64>,
    /// Unit of a quantity: `items`.
    pub unit: Option<String>,
    /// Column with the unit of a quantity; of a weight, which is none where the unit is another.
    pub unit_column: Option<String>,
    /// Currency by the name of the value's column, where that is what says it.
    pub currencies: BTreeMap<String, String>,
    /// What a share is a part of: units, value, weight …
    pub counts: Option<Unit>,
    /// Why a zero is not zero; such cells are left out with this remark.
    pub zero: Option<String>,
}

/// Status of a number.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Flags {
    pub column: Option<String>,
    /// Whether flags stand behind the numbers in the wide cells: `123.4 p`.
    pub in_cells: bool,
    /// Column with the last year that is no estimate; later numbers get an E.
    pub estimates_after: Option<String>,
    /// The file's flags to status letters: P provisional, E estimated, B break, Q suppressed, F forecast. Others mean nothing.
    pub letters: BTreeMap<String, String>,
}

/// Several columns that each hold one more number of the row.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wide {
    /// What the header cell of such a column is.
    pub of: WideOf,
    /// Columns, as globs; all that nothing else names when empty.
    #[serde(default)]
    pub columns: Vec<String>,
    #[serde(default)]
    pub except: Vec<String>,
    /// Template of the header cells, or several with bars between: `Value-{month}` where a column has the year,
    /// `Sales {year}`, `{flow} - {year} - Value`.
    pub header: Option<String>,
    /// Columns that hold other measures of the same month.
    #[serde(default)]
    pub beside: Vec<Beside>,
    /// Remark on rows whose numbers are all zero; they are left out.
    pub all_zero: Option<String>,
}

/// A column that stands beside each wide column: a quantity, with its unit in a column of the row.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Beside {
    /// Template of its header cell, with the same braces as the wide columns': `Quantity1-{month}`.
    pub header: String,
    /// Column with its unit.
    pub unit_column: Option<String>,
    /// Its unit, where no column has it.
    pub unit: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum WideOf {
    Subject,
    Market,
    Period,
    /// A word of `[flow.words]`: `Export (US$ Thousand)`.
    Flow,
}

/// Rows that are in; others are breakdowns of them or something else, and are left out with a remark.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Keep {
    pub column: String,
    pub values: Vec<String>,
    pub why: String,
}

/// A value column whose header is the statement.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Indicator {
    pub header: String,
    pub subject: String,
    pub product: String,
    pub basis: Basis,
    pub counts: Unit,
}

/// Rows worth a remark: their number goes where the text says `{n}`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Count {
    pub column: String,
    pub values: Vec<String>,
    pub remark: String,
}

/// What the numbers of some rows are.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Case {
    /// Column, or `@` and a caught word, to globs of which one must fit.
    pub when: BTreeMap<String, Vec<String>>,
    pub measure: CaseMeasure,
    /// Multiplies the number (R47).
    pub factor: Option<f64>,
    /// Unit of a quantity.
    pub unit: Option<String>,
    pub basis: Option<Basis>,
    /// Product key, instead of the columns' code.
    pub product: Option<String>,
    /// Product key of the subject of shares.
    pub subject: Option<String>,
    /// What a share counts.
    pub counts: Option<Unit>,
    /// Remark to print when the case occurs.
    pub note: Option<String>,
}

/// What a number is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum CaseMeasure {
    Value,
    Weight,
    Quantity,
    Share,
    /// Not additive: per head, an index, a rate.
    #[default]
    Memo,
    /// Not wanted; the note says why.
    Skip,
}

/// A column of shares that the source publishes beside its amounts.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StatedShare {
    pub column: String,
    pub basis: Basis,
    pub counts: Unit,
}
