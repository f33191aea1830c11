//! A profile bound to the columns of one table.

use super::TableOptions;
use super::flow::FlowReader;
use super::number::NumberForm;
use super::profile::{Amount, Codes, Count, Indicator, Keep, Profile, Who, WideOf};
use super::recognise::{self, Header, Shape};
use super::template::{self, Caught};
use super::what::{Commodities, WhatColumns, WhatReader};
use super::when;
use super::who::{self, Entities, WhoReader};
use crate::error::{Error, Result};
use crate::model::{Basis, Period, Subject, SubjectKind, Unit};
use std::path::Path;

/// Which number a cell is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    Value,
    Weight,
    Quantity,
    Share,
}

/// A column of numbers.
#[derive(Debug, Clone)]
pub(super) struct Column {
    pub measure: Measure,
    /// Place; `None` for the wide columns.
    pub at: Option<usize>,
    pub factor: f64,
    /// Whether zeros are missing.
    pub zero_is_missing: bool,
}

/// A wide column: its place and what its header says.
#[derive(Debug, Clone)]
pub(super) struct WideColumn {
    pub at: usize,
    pub header: String,
    pub period: Option<Period>,
}

/// Where the period stands.
#[derive(Debug, Clone, Default)]
pub(super) struct WhenAt {
    pub column: Option<usize>,
    pub month: Option<usize>,
    pub quarter: Option<usize>,
    pub order: Option<String>,
    pub constant: Option<Period>,
}

/// Everything about the table that is not a row.
pub(super) struct Layout<'p> {
    pub profile: &'p Profile,
    pub header: Header,
    pub form: NumberForm,
    pub market: WhoReader<'p>,
    pub subject: WhoReader<'p>,
    pub what: WhatReader<'p>,
    pub flow: FlowReader,
    pub when: WhenAt,
    pub columns: Vec<Column>,
    pub unit_column: Option<usize>,
    pub unit: Option<String>,
    pub wide: Vec<WideColumn>,
    pub wide_of: Option<WideOf>,
    pub keep: Vec<(usize, &'p Keep)>,
    pub count: Vec<(usize, &'p Count)>,
    pub flags: Option<usize>,
    pub basis: Option<Basis>,
    pub counts: Unit,
    /// Product of figures; empty when observations are read.
    pub product: String,
    pub described: Vec<String>,
    pub notes: Vec<String>,
}

/// Binds a profile to a table's header.
///
/// # Errors
/// [`Error::Input`] when the table does not say something that rows need: market, product, period.
pub(super) fn bind<'p>(
    name: &Path,
    shape: &Shape<'p>,
    sample: &dyn Fn(usize) -> Vec<String>,
    options: &TableOptions,
    entities: &mut Entities,
    commodities: &mut Commodities,
) -> Result<Layout<'p>> {
    Binder {
        name,
        shape,
        profile: shape.profile,
        caught: shape.caught.clone(),
        claimed: Vec::new(),
        described: Vec::new(),
        notes: Vec::new(),
    }
    .bind(sample, options, entities, commodities)
}

struct Binder<'a, 'p> {
    name: &'a Path,
    shape: &'a Shape<'p>,
    profile: &'p Profile,
    caught: Caught,
    claimed: Vec<usize>,
    described: Vec<String>,
    notes: Vec<String>,
}

impl<'p> Binder<'_, 'p> {
    fn refuse(&self, reason: impl Into<String>) -> Error {
        Error::Input { path: self.name.to_owned(), reason: reason.into() }
    }

    /// Finds a column, claims it and says what it is.
    fn column(&mut self, column: Option<&String>, role: &str) -> Option<usize> {
        let (at, caught) = self.shape.header.find(column?)?;
        self.caught.extend(caught);
        self.claimed.push(at);
        let cell = &self.shape.header.cells[at];
        let cell = if cell.is_empty() { format!("column {}", at + 1) } else { cell.clone() };
        self.described.push(format!("{cell} = {role}"));
        Some(at)
    }

    fn bind(
        mut self,
        sample: &dyn Fn(usize) -> Vec<String>,
        options: &TableOptions,
        entities: &mut Entities,
        commodities: &mut Commodities,
    ) -> Result<Layout<'p>> {
        let profile = self.profile;
        let mut market = self.who(&profile.market, "market");
        let mut subject = self.who(&profile.subject, "subject");
        let what_columns = WhatColumns {
            code: self.column(profile.commodity.column.as_ref(), "commodity"),
            title: self.column(profile.commodity.title.as_ref(), "commodity's title"),
            edition: self.column(profile.commodity.edition.as_ref(), "edition of the commodity code"),
            digits: self.column(profile.commodity.digits_column.as_ref(), "digits of the commodity code"),
        };
        let flow_column = self.column(profile.flow.column.as_ref(), "flow");
        let flow = FlowReader::new(self.name, profile, flow_column)?;
        let mut when = WhenAt {
            column: self.column(profile.period.column.as_ref(), "period"),
            month: self.column(profile.period.month.as_ref(), "month"),
            quarter: self.column(profile.period.quarter.as_ref(), "quarter"),
            order: profile.period.order.clone(),
            constant: None,
        };
        let flags = self.column(profile.flags.column.as_ref(), "status");
        let keep: Vec<(usize, &Keep)> = profile
            .keep
            .iter()
            .filter_map(|keep| Some((self.shape.header.find(&keep.column)?.0, keep)))
            .collect();
        let count: Vec<(usize, &Count)> = profile
            .count
            .iter()
            .filter_map(|count| Some((self.shape.header.find(&count.column)?.0, count)))
            .collect();
        self.claimed.extend(keep.iter().map(|(at, _)| *at).chain(count.iter().map(|(at, _)| *at)));
        let unit_column = self
            .column(profile.quantity.as_ref().and_then(|q| q.unit_column.as_ref()), "unit of the quantity");
        let mut columns = self.named_columns();
        let wide = self.wide_columns()?;
        self.only_column(&mut columns)?;
        if columns.is_empty() {
            return Err(self.refuse(format!("{}: no column of numbers is named", profile.name)));
        }
        let indicator = self.indicator(&columns)?;

        if when.column.is_none() && !matches!(self.wide_of(), Some(WideOf::Period)) {
            when.constant = self.constant_period(options)?;
        }
        self.constant_market(&mut market, options, entities)?;
        self.constant_subject(&mut subject, indicator, entities)?;
        let mut what = WhatReader::new(&profile.commodity, what_columns, &self.caught, |variable, word| {
            meaning(profile, variable, word)
        });
        let product = match (&indicator, what_columns.code) {
            (Some(indicator), _) => indicator.product.clone(),
            (None, Some(_)) => String::new(),
            (None, None) => {
                let subjects = match profile.wide {
                    Some(_) => wide.iter().map(|column| column.header.clone()).collect(),
                    None => subject.code.map(sample).unwrap_or_default(),
                };
                self.constant_product(options, &subjects)?
            }
        };
        subject.kind_of_product(&product);
        if what_columns.code.is_none() {
            what.constant(&product, commodities);
        }
        let basis = indicator.map(|indicator| indicator.basis).or(profile.flow.basis);
        let counts = indicator
            .map(|indicator| indicator.counts)
            .or_else(|| profile.share.as_ref().and_then(|share| share.counts))
            .unwrap_or(Unit::Unspecified);
        Ok(Layout {
            profile,
            header: self.shape.header.clone(),
            form: NumberForm::new(&profile.read),
            market,
            subject,
            what,
            flow,
            when,
            columns,
            unit_column,
            unit: profile.quantity.as_ref().and_then(|quantity| quantity.unit.clone()),
            wide_of: self.wide_of(),
            wide,
            keep,
            count,
            flags,
            basis,
            counts,
            product,
            described: self.described,
            notes: self.notes,
        })
    }

    fn who(&mut self, spec: &'p Who, role: &str) -> WhoReader<'p> {
        let list = format!("{:?}", spec.codes).to_lowercase();
        let code = self.column(spec.column.as_ref(), &format!("{role} ({list})"));
        let iso3 = self.column(spec.iso3.as_ref(), &format!("{role} (iso3)"));
        let name = self.column(spec.name.as_ref(), &format!("{role}'s name"));
        let trade = self.profile.flow.column.is_some()
            || matches!(self.profile.flow.basis, Some(Basis::Imports | Basis::Exports));
        let kind = if role == "market" || trade { SubjectKind::Country } else { SubjectKind::Brand };
        WhoReader::new(spec, kind, [code, name, iso3])
    }

    fn wide_of(&self) -> Option<WideOf> {
        self.profile.wide.as_ref().map(|wide| wide.of)
    }

    fn amounts(&self) -> [(&'p Option<Amount>, Measure, &'static str); 4] {
        let profile = self.profile;
        [
            (&profile.value, Measure::Value, "value"),
            (&profile.weight, Measure::Weight, "weight"),
            (&profile.quantity, Measure::Quantity, "quantity"),
            (&profile.share, Measure::Share, "share"),
        ]
    }

    /// Columns of numbers that the profile names, and the measure of the wide columns.
    fn named_columns(&mut self) -> Vec<Column> {
        let mut columns = Vec::new();
        for (amount, measure, word) in self.amounts() {
            let Some(amount) = amount else { continue };
            let factor = amount.factor.unwrap_or(1.0);
            let role = if factor == 1.0 { word.to_owned() } else { format!("{word} (times {factor})") };
            let at = match &amount.column {
                Some(column) if column == "*" => continue,
                Some(column) => match self.column(Some(column), &role) {
                    Some(at) => Some(at),
                    None => continue,
                },
                None => None,
            };
            columns.push(Column { measure, at, factor, zero_is_missing: amount.zero.is_some() });
        }
        columns
    }

    fn wide_columns(&mut self) -> Result<Vec<WideColumn>> {
        let Some(wide) = &self.profile.wide else { return Ok(Vec::new()) };
        let mut columns = Vec::new();
        for (at, header) in self.shape.header.cells.iter().enumerate() {
            let wanted =
                wide.columns.is_empty() || wide.columns.iter().any(|glob| template::glob(glob, header));
            let unwanted = wide.except.iter().any(|glob| template::glob(glob, header));
            if self.claimed.contains(&at) || header.is_empty() || !wanted || unwanted {
                continue;
            }
            let period = when::read(header, self.profile.period.order.as_deref());
            if wide.of == WideOf::Period && period.is_none() {
                continue;
            }
            columns.push(WideColumn { at, header: header.clone(), period });
        }
        if columns.is_empty() {
            return Err(self.refuse(format!("{}: no column is left to hold the numbers", self.profile.name)));
        }
        self.claimed.extend(columns.iter().map(|column| column.at));
        let of = format!("{:?}", wide.of).to_lowercase();
        self.described.push(format!(
            "{} columns from `{}` to `{}` = one {of} each",
            columns.len(),
            columns[0].header,
            columns[columns.len() - 1].header
        ));
        Ok(columns)
    }

    /// Binds the amount whose column is `*`: the only one nothing else names.
    fn only_column(&mut self, columns: &mut Vec<Column>) -> Result<()> {
        for (amount, measure, word) in self.amounts() {
            let Some(amount) = amount.as_ref().filter(|amount| amount.column.as_deref() == Some("*")) else {
                continue;
            };
            let cells = &self.shape.header.cells;
            let free: Vec<usize> =
                (0..cells.len()).filter(|at| !self.claimed.contains(at) && !cells[*at].is_empty()).collect();
            let [at] = free.as_slice() else {
                let names: Vec<&str> = free.iter().map(|at| cells[*at].as_str()).collect();
                return Err(self.refuse(format!(
                    "this looks like {}, but {} columns are left for its one value: {}; a mapping (`--map`) says which is meant, `--suggest-map` writes one",
                    self.profile.about,
                    free.len(),
                    quoted(&names),
                )));
            };
            self.claimed.push(*at);
            self.described.push(format!("{} = {word}", cells[*at]));
            columns.push(Column {
                measure,
                at: Some(*at),
                factor: amount.factor.unwrap_or(1.0),
                zero_is_missing: amount.zero.is_some(),
            });
        }
        Ok(())
    }

    /// Finds what a value column's header states, for profiles that have such a list.
    fn indicator(&self, columns: &[Column]) -> Result<Option<&'p Indicator>> {
        if self.profile.indicator.is_empty() {
            return Ok(None);
        }
        let header =
            columns.last().and_then(|column| column.at).map_or("", |at| self.shape.header.cells[at].as_str());
        let wanted = recognise::fold(header);
        match self.profile.indicator.iter().find(|indicator| recognise::fold(&indicator.header) == wanted) {
            Some(indicator) => Ok(Some(indicator)),
            None => Err(self.refuse(format!(
                "this is {}, but nobody here knows whose share of what `{header}` is; a mapping (`--map`) can say it, `--suggest-map` writes one",
                self.profile.about
            ))),
        }
    }

    fn constant_period(&mut self, options: &TableOptions) -> Result<Option<Period>> {
        let spec = &self.profile.period;
        let caught = |name: &str| self.caught.get(name).map(String::as_str);
        let period = if let Some(period) = options.period {
            Some(period)
        } else if let Some(value) = &spec.value {
            Some(value.parse()?)
        } else if let Some(text) = caught("period") {
            when::read(text, None)
        } else if let (Some(from), Some(to), Some(year)) =
            (caught("month_from"), caught("month_to"), caught("year"))
        {
            span(when::year_month(year, from), when::year_month(year, to))
        } else if let (Some(month), Some(year)) = (caught("month"), caught("year")) {
            when::year_month(year, month)
        } else if let (Some(from), Some(to)) = (caught("from"), caught("to")) {
            span(when::read(from, None), when::read(to, None))
        } else {
            None
        };
        match period {
            Some(period) => {
                self.described.push(format!("period = {period}"));
                Ok(Some(period))
            }
            None => {
                Err(self.refuse("neither a column nor the file's name says the period; `--table-period` can"))
            }
        }
    }

    fn constant_market(
        &mut self,
        market: &mut WhoReader<'p>,
        options: &TableOptions,
        entities: &mut Entities,
    ) -> Result<()> {
        let spec = &self.profile.market;
        if market.code.is_some() || self.wide_of() == Some(WideOf::Market) {
            return Ok(());
        }
        let caught = spec.variable.as_ref().and_then(|variable| {
            let word = self.caught.get(variable)?;
            Some(meaning(self.profile, variable, word).unwrap_or_else(|| word.clone()))
        });
        let subject = if let Some(given) = &options.market {
            given.clone()
        } else if let Some(text) = spec.value.as_ref().or(caught.as_ref()) {
            named(spec, text)
        } else if let Some(text) = &spec.fallback {
            self.notes.push(format!(
                "nothing says whose market this is; {text} is taken, `--table-market` can say another"
            ));
            named(spec, text)
        } else {
            return Err(
                self.refuse("neither a column nor the file's name says the market; `--table-market` can")
            );
        };
        self.described.push(format!("market = {}", subject.name));
        let entity = entities.add(subject);
        market.constant(entity, entities);
        Ok(())
    }

    fn constant_subject(
        &mut self,
        subject: &mut WhoReader<'p>,
        indicator: Option<&Indicator>,
        entities: &mut Entities,
    ) -> Result<()> {
        if subject.code.is_some() || self.wide_of() == Some(WideOf::Subject) {
            return Ok(());
        }
        let spec = &self.profile.subject;
        let given = match (indicator, &spec.value) {
            (Some(indicator), _) => {
                let spec = Who { codes: Codes::Product, kind: Some(SubjectKind::Product), ..Who::default() };
                let known = who::resolve(&spec, &indicator.subject, "", "", None);
                known.unwrap_or_else(|| {
                    Subject::new(SubjectKind::Product, &indicator.subject, &indicator.subject)
                })
            }
            (None, Some(text)) => named(spec, text),
            (None, None) => {
                return Err(self.refuse(format!("{}: no column names the subject", self.profile.name)));
            }
        };
        self.described.push(format!("subject = {}", given.name));
        let entity = entities.add(given);
        subject.constant(entity, entities);
        Ok(())
    }

    fn constant_product(&mut self, options: &TableOptions, subjects: &[String]) -> Result<String> {
        let spec = &self.profile.commodity;
        let caught = spec.variable.as_ref().and_then(|variable| {
            let word = self.caught.get(variable)?;
            spec.words
                .iter()
                .find(|(known, _)| known.eq_ignore_ascii_case(word))
                .map(|(_, product)| product.clone())
        });
        let product = if let Some(given) = &options.product {
            given.clone()
        } else if let Some(product) = &spec.product {
            product.clone()
        } else if let Some(product) = caught {
            product
        } else if let Some(product) = spec.by_subjects.then(|| super::makers::product_of(subjects)).flatten()
        {
            self.notes.push(format!(
                "nothing names the product; {product} is what most of the columns or rows are"
            ));
            product
        } else {
            return Err(
                self.refuse("neither a column nor the file's name says the product; `--table-product` can")
            );
        };
        self.described.push(format!("product = {product}"));
        Ok(product)
    }
}

/// Returns the meaning of a caught word.
fn meaning(profile: &Profile, variable: &str, word: &str) -> Option<String> {
    let values = &profile.variables.get(variable)?.values;
    values.iter().find(|(known, _)| known.eq_ignore_ascii_case(word)).map(|(_, meaning)| meaning.clone())
}

fn named(spec: &Who, text: &str) -> Subject {
    who::resolve(spec, text, "", "", None)
        .unwrap_or_else(|| Subject::new(spec.kind.unwrap_or(SubjectKind::Region), text, ""))
}

fn span(from: Option<Period>, to: Option<Period>) -> Option<Period> {
    let ((first, _), (last, count)) = (from?.month_run()?, to?.month_run()?);
    let months = u16::try_from(last + i32::from(count) - first).ok().filter(|months| *months >= 1)?;
    Some(Period::months(first, months))
}

/// Lists names for a message, the first twelve.
pub(super) fn quoted(names: &[&str]) -> String {
    let mut text = names.iter().take(12).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    if names.len() > 12 {
        text.push_str(&format!(" and {} more", names.len() - 12));
    }
    text
}
