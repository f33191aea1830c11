//! Which column of an unknown table is what: a guess, with how sure it is and why, for a person to look through.

use super::guess::{self, Kind, Look};
use super::hints::{self, Says};
use super::{known, when};
use crate::model::Basis;

/// A column in its role.
#[derive(Debug, Clone)]
pub(super) struct Taken {
    pub at: usize,
    pub sure: f64,
}

/// Something that holds for all rows, with the words that say so.
#[derive(Debug, Clone)]
pub(super) struct Told<T> {
    pub value: T,
    pub why: String,
}

/// A column of numbers.
#[derive(Debug)]
pub(super) struct Number {
    pub column: Taken,
    /// `value`, `weight`, `quantity` or `share`.
    pub measure: &'static str,
    pub factor: f64,
}

/// What the header cells of several columns of numbers are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spread {
    Periods,
    Brands,
    Places,
}

/// The guess.
#[derive(Debug)]
pub(super) struct Plan {
    pub market: Option<Taken>,
    pub subject: Option<Taken>,
    pub commodity: Option<Taken>,
    pub title: Option<Taken>,
    pub flow: Option<Taken>,
    pub period: Option<Taken>,
    pub month: Option<Taken>,
    pub quarter: Option<Taken>,
    pub unit: Option<Taken>,
    pub numbers: Vec<Number>,
    pub spread: Option<(Spread, Vec<usize>)>,
    /// What the header cells of spread columns have in common: `Sales {year}`.
    pub template: Option<String>,
    /// What the numbers of spread columns are.
    pub spread_measure: &'static str,
    pub spread_factor: f64,
    pub told_market: Option<Told<String>>,
    pub told_product: Option<Told<String>>,
    pub told_basis: Option<Told<Basis>>,
    pub told_year: Option<Told<i32>>,
    pub currency: Option<&'static str>,
    pub valuation: Option<&'static str>,
    /// Columns without a role.
    pub left: Vec<usize>,
}

/// Makes the plan; `stem` is the file's name without its ending.
pub(super) fn plan(look: &Look, stem: &str) -> Plan {
    Planner { look, stem, used: vec![false; look.columns.len()] }.plan()
}

struct Planner<'l> {
    look: &'l Look,
    stem: &'l str,
    used: Vec<bool>,
}

impl Planner<'_> {
    /// Takes the column that fits best: one whose header says so, else any when `any`.
    fn take(&mut self, fits: impl Fn(Kind) -> bool, says: &[Says], any: bool) -> Option<Taken> {
        let columns = &self.look.columns;
        let free = |at: &usize| !self.used[*at] && fits(columns[*at].kind);
        // Of `refPeriodId` and `period` the plain one.
        let plainest = |what: &Says| {
            let fitting =
                (0..columns.len()).filter(|at| free(at) && hints::says(&columns[*at].header, *what));
            fitting.min_by_key(|at| columns[*at].header.chars().count())
        };
        let said = says.iter().find_map(plainest);
        let at = said.or_else(|| any.then(|| (0..columns.len()).find(|at| free(at)))?)?;
        self.used[at] = true;
        let sure = columns[at].sure * if said.is_some() || says.is_empty() { 1.0 } else { 0.8 };
        Some(Taken { at, sure })
    }

    fn plan(mut self) -> Plan {
        let (mut spread, mut template) = (self.spread(), None);
        if spread.is_none()
            && let Some((common, columns)) = self.years_in_headers()
        {
            spread = Some((Spread::Periods, columns));
            template = Some(common);
        }
        let of = spread.as_ref().map(|(of, _)| *of);
        let is_place = |kind| matches!(kind, Kind::Place(_));
        let flow = self.take(|kind| kind == Kind::Flow, &[Says::Flow], true);
        let told_basis = self.told(|text| hints::basis(text).map(|(basis, _)| basis)).or_else(|| {
            let header = self.look.columns.iter().find_map(|column| {
                let number = column.kind == Kind::Number;
                Some((hints::basis(&column.header).filter(|_| number)?.0, &column.header))
            })?;
            Some(Told { value: header.0, why: format!("in the header: `{}`", short(header.1)) })
        });
        let brand = self.take(|kind| kind == Kind::Brand, &[Says::Brand], of != Some(Spread::Brands));
        let subject_is_spread = matches!(of, Some(Spread::Brands | Spread::Places));
        let (market, subject) = if subject_is_spread {
            (self.take(is_place, &[Says::Market, Says::Place], true), None)
        } else if brand.is_some() {
            (self.take(is_place, &[Says::Market, Says::Place], true), brand)
        } else {
            let subject = self.take(is_place, &[Says::Partner], false);
            let market = self.take(is_place, &[Says::Market], false);
            match (market, subject) {
                (None, Some(subject)) => (self.take(is_place, &[Says::Place], true), Some(subject)),
                (Some(market), None) => (Some(market), self.take(is_place, &[Says::Place], true)),
                (None, None) => self.only_places(is_place),
                both => both,
            }
        };
        let commodity = self
            .take(|kind| kind == Kind::Hs, &[Says::Commodity], true)
            .or_else(|| self.take(|kind| kind == Kind::Product, &[Says::Commodity], true));
        let title = commodity.as_ref().and_then(|code| {
            let coded = self.look.columns[code.at].kind == Kind::Hs;
            let names = |kind| matches!(kind, Kind::Words | Kind::Product);
            coded.then(|| {
                self.take_named(
                    names,
                    &[
                        "desc",
                        "name",
                        "product",
                        "commodity",
                        "title",
                        "bezeichnung",
                        "libell",
                        "descri",
                        "наимен",
                        "名称",
                        "品名",
                    ],
                )
            })?
        });
        let period = match of {
            Some(Spread::Periods) => None,
            _ => self.take(|kind| kind == Kind::Period, &[Says::Period, Says::Year], true),
        };
        let month = self.take(|kind| kind == Kind::Month, &[], period.is_some());
        let quarter = self.take(|kind| kind == Kind::Quarter, &[], period.is_some() && month.is_none());
        let (spread_measure, spread_factor) = match &template {
            Some(common) => measure_of(common).unwrap_or_else(|| self.measure_of_spread(&told_basis)),
            None => self.measure_of_spread(&told_basis),
        };
        let numbers = if spread.is_none() { self.numbers(&told_basis) } else { Vec::new() };
        let unit = if numbers.iter().any(|number| number.measure == "quantity") {
            self.take(|kind| kind == Kind::Unit, &[Says::Unit], true)
        } else {
            None
        };
        let headers: Vec<&str> =
            numbers.iter().map(|n| self.look.columns[n.column.at].header.as_str()).collect();
        let all = || headers.iter().copied().chain(self.look.titles.iter().map(String::as_str));
        let told_market = if market.is_some() { None } else { self.told_market() };
        let told_product = if commodity.is_some() {
            None
        } else {
            self.told(hints::product).map(|told| Told { value: told.value.to_owned(), why: told.why })
        };
        let told_year = if period.is_some() || spread.as_ref().is_some_and(|(of, _)| *of == Spread::Periods) {
            None
        } else {
            self.told(hints::year)
        };
        let money = numbers.iter().any(|number| number.measure == "value") || spread_measure == "value";
        let currency = if money { all().find_map(hints::currency) } else { None };
        let valuation = if money { all().find_map(hints::valuation) } else { None };
        let left = (0..self.look.columns.len()).filter(|at| !self.used[*at]).collect();
        Plan {
            market,
            subject,
            commodity,
            title,
            flow,
            period,
            month,
            quarter,
            unit,
            numbers,
            spread,
            template,
            spread_measure,
            spread_factor,
            told_market,
            told_product,
            told_basis,
            told_year,
            currency,
            valuation,
            left,
        }
    }

    /// Finds columns of numbers whose header cells are periods, brands or places.
    fn spread(&mut self) -> Option<(Spread, Vec<usize>)> {
        let columns = &self.look.columns;
        let those = |test: &dyn Fn(&str) -> bool| -> Vec<usize> {
            let fits = |at: &usize| {
                let column = &columns[*at];
                // A year of which no number is known yet is one of them.
                (column.kind == Kind::Number || column.values.is_empty()) && test(&column.header)
            };
            (0..columns.len()).filter(fits).collect()
        };
        let found = [
            (Spread::Periods, those(&|header| when::read(header, None).is_some())),
            (Spread::Brands, those(&known::brand)),
            (Spread::Places, those(&|header| header.len() > 2 && known::place(header))),
        ];
        let (of, at) = found.into_iter().find(|(_, at)| at.len() >= 2)?;
        // Beside known brands the unknown ones are brands too, and `Others`.
        let at = match of {
            Spread::Periods => at,
            _ => (0..columns.len()).filter(|at| columns[*at].kind == Kind::Number).collect(),
        };
        for one in &at {
            self.used[*one] = true;
        }
        Some((of, at))
    }

    /// Finds columns of numbers whose header cells differ by a year only: `Sales 2022`, `Sales 2023`. Amounts go before
    /// shares.
    fn years_in_headers(&mut self) -> Option<(String, Vec<usize>)> {
        let mut groups: Vec<(String, Vec<usize>)> = Vec::new();
        for (at, column) in self.look.columns.iter().enumerate().filter(|(_, c)| c.kind == Kind::Number) {
            let Some(year) = hints::year(&column.header).map(|year| year.to_string()) else { continue };
            if column.header.contains(['|', '{', '}']) {
                continue;
            }
            let common = column.header.replacen(&year, "{year}", 1);
            match groups.iter_mut().find(|(other, _)| *other == common) {
                Some((_, columns)) => columns.push(at),
                None => groups.push((common, vec![at])),
            }
        }
        groups.retain(|(_, columns)| columns.len() > 1);
        groups.sort_by_key(|(common, _)| hints::says(common, Says::Share));
        let first = groups.into_iter().next()?;
        for at in &first.1 {
            self.used[*at] = true;
        }
        Some(first)
    }

    /// The only column of places is the market of a country's totals where a flow stands beside it, else the partners.
    fn only_places(&mut self, is_place: impl Fn(Kind) -> bool) -> (Option<Taken>, Option<Taken>) {
        let first = self.take(&is_place, &[Says::Place], true);
        let second = self.take(&is_place, &[], true);
        match (first, second) {
            (Some(market), Some(subject)) => (Some(market), Some(subject)),
            (one, _) => (None, one),
        }
    }

    fn take_named(&mut self, fits: impl Fn(Kind) -> bool, words: &[&str]) -> Option<Taken> {
        let at = words.iter().find_map(|word| {
            (0..self.look.columns.len()).find(|at| {
                let column = &self.look.columns[*at];
                !self.used[*at] && fits(column.kind) && column.header.to_lowercase().contains(word)
            })
        })?;
        self.used[at] = true;
        Some(Taken { at, sure: 0.8 })
    }

    /// Titles above the header, then the file's name.
    fn told<T>(&self, find: impl Fn(&str) -> Option<T>) -> Option<Told<T>> {
        let above = self.look.titles.iter().find_map(|title| {
            Some(Told { value: find(title)?, why: format!("above the header: `{}`", short(title)) })
        });
        above.or_else(|| {
            let name = self.stem.replace(['_', '-'], " ");
            Some(Told { value: find(&name)?, why: "in the file's name".to_owned() })
        })
    }

    fn told_market(&self) -> Option<Told<String>> {
        self.told(|text| hints::place(text).map(|place| place.name.clone()))
    }

    /// What the numbers are whose headers are something else: by the title.
    fn measure_of_spread(&self, basis: &Option<Told<Basis>>) -> (&'static str, f64) {
        if let Some(whole) = self.look.shares {
            return ("share", 100.0 / whole);
        }
        if self.look.percent {
            return ("share", 1.0);
        }
        self.by_title(basis).unwrap_or(("", 1.0))
    }

    fn by_title(&self, basis: &Option<Told<Basis>>) -> Option<(&'static str, f64)> {
        let titles = &self.look.titles;
        if titles.iter().any(|title| hints::currency(title).is_some()) {
            return Some(("value", titles.iter().find_map(|title| hints::scale(title)).unwrap_or(1.0)));
        }
        if let Some(kilograms) = titles.iter().find_map(|title| hints::kilograms(title)) {
            return Some(("weight", kilograms));
        }
        let counted = basis.as_ref().is_some_and(|basis| {
            matches!(basis.value, Basis::Registrations | Basis::Sales | Basis::Shipments | Basis::Production)
        });
        let scale = titles.iter().find_map(|title| hints::scale(title)).unwrap_or(1.0);
        counted.then_some(("quantity", scale))
    }

    fn numbers(&mut self, basis: &Option<Told<Basis>>) -> Vec<Number> {
        const MEASURES: [(&str, Says); 4] = [
            ("weight", Says::Weight),
            ("value", Says::Value),
            ("quantity", Says::Quantity),
            ("share", Says::Share),
        ];
        let titles = self.look.titles.join(" ");
        let mut numbers: Vec<Number> = Vec::new();
        for (measure, says) in MEASURES {
            // Shares beside the amounts they were made of say nothing new.
            if measure == "share" && !numbers.is_empty() {
                break;
            }
            let Some(column) = self.take(|kind| kind == Kind::Number, &[says], false) else { continue };
            let header = &self.look.columns[column.at].header;
            let factor = match measure {
                "weight" => hints::kilograms(header).unwrap_or(1.0),
                "share" if guess::are_fractions(&self.look.columns[column.at], &self.look.cells) => 100.0,
                "share" => 1.0,
                "value" => hints::scale(header).or_else(|| hints::scale(&titles)).unwrap_or(1.0),
                _ => hints::scale(header).unwrap_or(1.0),
            };
            numbers.push(Number { column, measure, factor });
        }
        let free: Vec<usize> = (0..self.look.columns.len())
            .filter(|at| !self.used[*at] && self.look.columns[*at].kind == Kind::Number)
            .collect();
        if let (true, [at], Some((measure, factor))) = (numbers.is_empty(), &free[..], self.by_title(basis)) {
            self.used[*at] = true;
            numbers.push(Number { column: Taken { at: *at, sure: 0.6 }, measure, factor });
        }
        numbers
    }
}

/// What the numbers under a header are, and what to multiply them by.
fn measure_of(header: &str) -> Option<(&'static str, f64)> {
    let scale = hints::scale(header).unwrap_or(1.0);
    if hints::says(header, Says::Share) {
        Some(("share", 1.0))
    } else if let Some(kilograms) = hints::kilograms(header) {
        Some(("weight", kilograms))
    } else if hints::currency(header).is_some() {
        Some(("value", scale))
    } else if hints::basis(header).is_some() || hints::says(header, Says::Quantity) {
        Some(("quantity", scale))
    } else if hints::says(header, Says::Value) {
        Some(("value", scale))
    } else {
        None
    }
}

fn short(text: &str) -> String {
    super::suggest::shown(text).trim().to_owned()
}
