//! A profile bound to the columns of one table.

use super::TableOptions;
use super::case::BoundCase;
use super::flow::{Direction, FlowReader};
use super::number::NumberForm;
use super::profile::{Count, Indicator, Keep, Profile, StatedShare, Who, WideOf};
use super::recognise::{self, Header, Shape};
use super::template::Caught;
use super::what::{Commodities, WhatColumns, WhatReader};
use super::who::{Entities, WhoReader};
use crate::error::{Error, Result};
use crate::model::{Basis, Period, SubjectKind, Unit};
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
    /// Column with the unit of a weight: where it holds another unit, the cell is no weight.
    pub unit_at: Option<usize>,
}

/// Where a unit stands.
#[derive(Debug, Clone)]
pub(super) enum UnitOf {
    Column(usize),
    Word(String),
}

/// A wide column: its place and what its header says.
#[derive(Debug, Clone)]
pub(super) struct WideColumn {
    pub at: usize,
    pub header: String,
    pub period: Option<Period>,
    /// Month in the header cell; the year stands in a column of the row.
    pub month: Option<u32>,
    pub direction: Option<Direction>,
    /// Columns of other measures of the same cell, each with the column of its unit.
    pub beside: Vec<(usize, UnitOf)>,
}

/// Where the period stands.
#[derive(Debug, Clone, Default)]
pub(super) struct WhenAt {
    pub column: Option<usize>,
    pub month: Option<usize>,
    pub quarter: Option<usize>,
    pub order: Option<String>,
    /// Ending of a cell that stands for a whole year.
    pub whole_year: Option<String>,
    pub constant: Option<Period>,
}

impl WhenAt {
    /// Takes the ending off that stands for the whole year: `202452` is 2024.
    pub(super) fn without_whole_year<'t>(&self, text: &'t str) -> &'t str {
        let year = self.whole_year.as_ref().and_then(|ending| text.strip_suffix(ending.as_str()));
        year.filter(|year| year.len() == 4).unwrap_or(text)
    }
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
    /// Column with the last year that is no estimate.
    pub estimates_after: Option<usize>,
    /// Columns of published shares beside the amounts.
    pub stated: Vec<(usize, &'p StatedShare)>,
    pub cases: Vec<BoundCase<'p>>,
    /// Basis that the value column's header states.
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

/// What is known while a profile is bound.
pub(super) struct Binder<'a, 'p> {
    name: &'a Path,
    pub shape: &'a Shape<'p>,
    pub profile: &'p Profile,
    /// Words caught in the file's name and in header cells.
    pub caught: Caught,
    /// Columns that have a role.
    pub claimed: Vec<usize>,
    pub described: Vec<String>,
    pub notes: Vec<String>,
}

impl<'p> Binder<'_, 'p> {
    pub(super) fn refuse(&self, reason: impl Into<String>) -> Error {
        Error::Input { path: self.name.to_owned(), reason: reason.into() }
    }

    /// Finds a column, claims it and says what it is.
    pub(super) fn column(&mut self, column: Option<&String>, role: &str) -> Option<usize> {
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
        let mut what_columns = WhatColumns {
            code: self.column(profile.commodity.column.as_ref(), "commodity"),
            join: Vec::new(),
            title: self.column(profile.commodity.title.as_ref(), "commodity's title"),
            edition: self.column(profile.commodity.edition.as_ref(), "edition of the commodity code"),
            digits: self.column(profile.commodity.digits_column.as_ref(), "digits of the commodity code"),
        };
        let flow_column = self.column(profile.flow.column.as_ref(), "flow");
        let mut flow = FlowReader::new(self.name, profile, flow_column)?;
        if flow.column.is_none() && self.wide_of() != Some(WideOf::Flow) {
            self.constant_flow(&mut flow, options)?;
        }
        let mut when = WhenAt {
            column: self
                .column(profile.period.column.as_ref(), "period")
                .or_else(|| self.only_period_column(sample)),
            month: self.column(profile.period.month.as_ref(), "month"),
            quarter: self.column(profile.period.quarter.as_ref(), "quarter"),
            order: profile.period.order.clone(),
            whole_year: profile.period.whole_year.clone(),
            constant: None,
        };
        let flags = self.column(profile.flags.column.as_ref(), "status");
        let estimates_after =
            self.column(profile.flags.estimates_after.as_ref(), "last year that is no estimate");
        let stated = self.stated_columns();
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
        let amount = profile.quantity.as_ref().or(profile.value.as_ref());
        let unit_column = self.column(amount.and_then(|amount| amount.unit_column.as_ref()), "unit");
        let mut columns = self.named_columns();
        let wide = self.wide_columns(&flow)?;
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
        what_columns.join = self.join_columns();
        let has_code = what_columns.code.is_some() || !what_columns.join.is_empty();
        let cases = self.cases(entities, commodities);
        let mut what = WhatReader::new(&profile.commodity, what_columns, &self.caught, |variable, word| {
            meaning(profile, variable, word)
        });
        let product = match &indicator {
            Some(indicator) => indicator.product.clone(),
            None if has_code => String::new(),
            None => {
                let subjects = match profile.wide {
                    Some(_) => wide.iter().map(|column| column.header.clone()).collect(),
                    None => subject.code.map(sample).unwrap_or_default(),
                };
                self.constant_product(options, &subjects)?
            }
        };
        self.describe_the_rest();
        what.labelled(self.shape.header.labelled);
        subject.kind_of_product(&product);
        if !has_code {
            what.constant(&product, commodities);
        }
        let basis = indicator.map(|indicator| indicator.basis);
        let counts = indicator
            .map(|indicator| indicator.counts)
            .or_else(|| profile.share.as_ref().and_then(|share| share.counts))
            .unwrap_or(Unit::Unspecified);
        let form = self.number_form(&columns, &wide, sample);
        Ok(Layout {
            profile,
            header: self.shape.header.clone(),
            form,
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
            estimates_after,
            stated,
            cases,
            basis,
            counts,
            product,
            described: self.described,
            notes: self.notes,
        })
    }

    /// Names the columns that have no role: what a reader of the dry run must not take for read.
    fn describe_the_rest(&mut self) {
        let tested: Vec<usize> = self
            .profile
            .case
            .iter()
            .flat_map(|case| case.when.keys())
            .filter_map(|column| Some(self.shape.header.find(column)?.0))
            .collect();
        let cells = self.shape.header.cells.iter().enumerate();
        let rest: Vec<&str> = cells
            .filter(|(at, cell)| !cell.is_empty() && !self.claimed.contains(at) && !tested.contains(at))
            .map(|(_, cell)| cell.as_str())
            .collect();
        if !rest.is_empty() {
            self.described.push(format!("not used: {}", quoted(&rest)));
        }
    }

    fn who(&mut self, spec: &'p Who, role: &str) -> WhoReader<'p> {
        let list = format!("{:?}", spec.codes).to_lowercase();
        let code = self.column(spec.column.as_ref(), &format!("{role} ({list})"));
        let iso3 = self.column(spec.iso3.as_ref(), &format!("{role} (iso3)"));
        let name = self.column(spec.name.as_ref(), &format!("{role}'s name"));
        let trade = self.profile.flow.column.is_some()
            || matches!(self.profile.flow.basis, Some(Basis::Imports | Basis::Exports));
        let kind = if role == "market" || trade { SubjectKind::Country } else { SubjectKind::Brand };
        let mut reader = WhoReader::new(spec, kind, [code, name, iso3]);
        reader.labelled = self.shape.header.labelled;
        reader
    }

    pub(super) fn wide_of(&self) -> Option<WideOf> {
        self.profile.wide.as_ref().map(|wide| wide.of)
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
}

/// Returns the meaning of a caught word.
pub(super) fn meaning(profile: &Profile, variable: &str, word: &str) -> Option<String> {
    profile.variables.get(variable)?.meaning(word).cloned()
}

/// Returns the first 60 characters, for messages: a cell may hold a page.
pub(super) fn short(text: &str) -> &str {
    text.char_indices().nth(60).map_or(text, |(at, _)| &text[..at])
}

/// Lists names for a message, the first twelve.
pub(super) fn quoted(names: &[&str]) -> String {
    let mut text =
        names.iter().take(12).map(|name| format!("`{}`", short(name))).collect::<Vec<_>>().join(", ");
    if names.len() > 12 {
        text.push_str(&format!(" and {} more", names.len() - 12));
    }
    text
}
