//! Records to observations and figures; what is neither becomes a reject with its reason, or a remark.

use super::flow::Direction;
use super::frame::Records;
use super::layout::{Column, Layout, Measure, WideColumn};
use super::profile::WideOf;
use super::units;
use super::what::Commodities;
use super::when;
use super::who::{Entities, Found, Said};
use crate::model::{
    Figure, Measure as FigureMeasure, Observation, Period, Qualifier, Reject, Role, Status, Subject, Unit,
};
use crate::reference::fold;
use std::collections::{BTreeMap, HashSet};

/// What the rows came to.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub records: u64,
    pub observations: Vec<Observation>,
    pub figures: Vec<(u64, Figure)>,
    pub rejects: Vec<Reject>,
    pub notes: Vec<String>,
}

/// A cell that cannot be read: its column and what is wrong.
struct Bad(usize, String);

/// Amounts of one row.
#[derive(Default)]
struct Amounts {
    value: Option<f64>,
    weight: Option<f64>,
    quantity: Option<f64>,
    share: Option<f64>,
}

pub(super) struct RowReader<'a, 'p> {
    pub layout: Layout<'p>,
    pub entities: Entities,
    pub commodities: Commodities,
    document: String,
    attribution: String,
    read: Read,
    /// Lines whose market or subject has no code.
    pub lost: HashSet<u64>,
    wide_subjects: Vec<Option<Found>>,
    period_cell: Vec<u8>,
    period: Option<Period>,
    tally: Tally,
    /// The text, for quotes.
    text: &'a str,
}

/// Counts for remarks.
#[derive(Default)]
struct Tally {
    surplus: u64,
    remarks: Vec<(u64, String)>,
    nameless: Vec<u64>,
    empty: u64,
    kept_out: BTreeMap<usize, (u64, u64)>,
    counted: Vec<u64>,
    skipped: BTreeMap<String, u64>,
    zeros: u64,
    all_zero: Vec<u64>,
    odd_units: BTreeMap<String, u64>,
}

impl<'a, 'p> RowReader<'a, 'p> {
    pub(super) fn new(
        layout: Layout<'p>,
        entities: Entities,
        commodities: Commodities,
        document: String,
        attribution: String,
        text: &'a str,
    ) -> Self {
        let tally = Tally { counted: vec![0; layout.count.len()], ..Tally::default() };
        Self {
            layout,
            entities,
            commodities,
            document,
            attribution,
            read: Read::default(),
            lost: HashSet::new(),
            wide_subjects: Vec::new(),
            period_cell: Vec::new(),
            period: None,
            tally,
            text,
        }
    }

    /// Reads every record.
    pub(super) fn read(mut self, mut records: Records<'a>, header_line: u64) -> (Self, Read) {
        self.look_up_headers(header_line);
        while records.advance() {
            self.record(&records);
        }
        self.remark();
        let read = std::mem::take(&mut self.read);
        (self, read)
    }

    fn look_up_headers(&mut self, line: u64) {
        let headers: Vec<String> = self.layout.wide.iter().map(|column| column.header.clone()).collect();
        let reader = match self.layout.wide_of {
            Some(WideOf::Subject) => &mut self.layout.subject,
            Some(WideOf::Market) => &mut self.layout.market,
            _ => return,
        };
        for header in &headers {
            let said = reader.read_text(header, line, &mut self.entities);
            self.wide_subjects.push(match said {
                Said::Who(found) | Said::Lost(found) => Some(found),
                _ => None,
            });
        }
        self.part_doubles(&headers);
    }

    /// Two columns that the tables take for one keep apart: the one written as the table has it is that one, the other
    /// stays under its own name.
    fn part_doubles(&mut self, headers: &[String]) {
        let mut holders: BTreeMap<u32, usize> = BTreeMap::new();
        for at in 0..headers.len() {
            let Some(found) = self.wide_subjects[at] else { continue };
            let Some(holder) = holders.insert(found.entity, at) else { continue };
            let subject = self.entities.list[found.entity as usize].clone();
            let exact = fold(&headers[at]) == fold(&subject.name);
            let (keeps, goes) = if exact { (at, holder) } else { (holder, at) };
            holders.insert(found.entity, keeps);
            let entity = self.entities.add(Subject::new(subject.kind, &headers[goes], ""));
            self.wide_subjects[goes] = Some(Found { entity, ..found });
            self.read.notes.push(format!(
                "columns `{}` and `{}` are both {} by the tables; the second stays under its own name",
                headers[keeps], headers[goes], subject.name
            ));
        }
    }

    fn record(&mut self, records: &Records<'a>) {
        if records.cells().iter().all(|cell| cell.trim_ascii().is_empty()) {
            return;
        }
        if let Some(line) = footnote(records) {
            self.tally.remarks.push((records.line(), line));
            return;
        }
        self.read.records += 1;
        let before = (self.read.observations.len(), self.read.figures.len());
        if let Err(Bad(column, reason)) = self.row(records) {
            // A row goes in whole or not at all.
            self.read.observations.truncate(before.0);
            self.read.figures.truncate(before.1);
            let column = self.layout.header.cells.get(column).cloned().unwrap_or_default();
            self.read.rejects.push(Reject { line: records.line(), column, reason, raw: records.raw() });
        }
    }

    fn row(&mut self, records: &Records<'a>) -> Result<(), Bad> {
        self.whole(records)?;
        let cells = records.cells();
        for (at, keep) in &self.layout.keep {
            let cell = records.text_of(*at);
            if !keep.values.iter().any(|value| value.eq_ignore_ascii_case(cell)) {
                let seen = self.tally.kept_out.entry(*at).or_insert((0, records.line()));
                seen.0 += 1;
                return Ok(());
            }
        }
        let direction = match self.layout.flow.column {
            None => self.layout.flow.read(None),
            Some(at) => self.layout.flow.read(Some(records.text_of(at))),
        };
        let (basis, memo) = match direction {
            Some(Direction::Basis(basis)) => (self.layout.basis.unwrap_or(basis), false),
            Some(Direction::Memo(basis)) => (basis, true),
            Some(Direction::Skip) => {
                let word = self.layout.flow.column.map_or("", |at| records.text_of(at));
                *self.tally.skipped.entry(word.to_owned()).or_default() += 1;
                return Ok(());
            }
            None => {
                let at = self.layout.flow.column.unwrap_or_default();
                return Err(Bad(at, format!("expected a word for a flow, found `{}`", records.text_of(at))));
            }
        };
        let period = self.period(records)?;
        let year = period.map_or(0, |period| i32::from(period.first_day().year()));
        let market = match self.layout.wide_of {
            Some(WideOf::Market) => None,
            _ => {
                let said = self.layout.market.read(records, year, &mut self.entities);
                match self.who(said, self.layout.market.code, records, "market")? {
                    Some(found) => Some(found),
                    None => return Ok(()),
                }
            }
        };
        let subject = match self.layout.wide_of {
            Some(WideOf::Subject) => None,
            _ => {
                let said = self.layout.subject.read(records, year, &mut self.entities);
                match self.who(said, self.layout.subject.code, records, "subject")? {
                    Some(found) => Some(found),
                    None => return Ok(()),
                }
            }
        };
        let commodity = self.layout.what.read(records, &mut self.commodities).ok_or_else(|| {
            Bad(
                self.layout.what.code.unwrap_or(usize::MAX),
                "expected a commodity code, found nothing".to_owned(),
            )
        })?;
        let mut amounts = Amounts::default();
        for column in &self.layout.columns {
            if let Some(at) = column.at {
                let amount = self.amount(column, at, cells.get(at).unwrap_or_default())?;
                if amount.is_none()
                    && column.measure == Measure::Share
                    && is_zero(cells.get(at).unwrap_or_default())
                {
                    self.tally.zeros += 1;
                }
                amounts.set(column.measure, amount);
            }
        }
        for (place, (at, count)) in self.layout.count.iter().enumerate() {
            let cell = records.text_of(*at);
            self.tally.counted[place] +=
                u64::from(count.values.iter().any(|value| value.eq_ignore_ascii_case(cell)));
        }
        let base = Base { basis, memo, commodity, line: records.line(), span: records.span() };
        if self.layout.wide_of.is_some() {
            return self.wide_row(records, base, market, subject, period);
        }
        let (Some(market), Some(subject), Some(period)) = (market, subject, period) else { return Ok(()) };
        let flags = self.flags(records);
        let (quantity_unit, factor) = self.unit(records);
        amounts.quantity =
            if quantity_unit.is_empty() { None } else { amounts.quantity.map(|number| number * factor) };
        let header = self.layout.columns.last().and_then(|column| column.at).map(|at| records.text_of(at));
        let label = self.label(
            &self.layout.subject.code.map_or_else(String::new, |at| records.text_of(at).to_owned()),
            header,
        );
        self.push(&base, market, subject, period, &amounts, quantity_unit, flags, &label)
    }

    /// Refuses records that are not rows of this table.
    fn whole(&mut self, records: &Records<'a>) -> Result<(), Bad> {
        const ROW: usize = usize::MAX;
        let (cells, names) = (records.cells(), self.layout.header.cells.len());
        if records.is_cut_off() {
            return Err(Bad(ROW, "the file ends inside a quoted cell: it was cut off here".to_owned()));
        }
        if cells.len() < names {
            return Err(Bad(ROW, format!("expected {names} cells, found {}", cells.len())));
        }
        if cells.len() > names {
            if cells.iter().skip(names).any(|cell| !cell.trim_ascii().is_empty()) {
                return Err(Bad(ROW, format!("expected {names} cells, found {}", cells.len())));
            }
            self.tally.surplus += 1;
        }
        if cells
            .iter()
            .zip(&self.layout.header.cells)
            .all(|(cell, name)| cell.trim_ascii() == name.as_bytes())
        {
            return Err(Bad(ROW, "this is the header again".to_owned()));
        }
        Ok(())
    }

    fn period(&mut self, records: &Records<'a>) -> Result<Option<Period>, Bad> {
        let when = &self.layout.when;
        if when.constant.is_some() {
            return Ok(when.constant);
        }
        let Some(at) = when.column else { return Ok(None) };
        let cell = records.cells().get(at).unwrap_or_default();
        if when.month.is_none() && when.quarter.is_none() && self.period.is_some() && cell == self.period_cell
        {
            return Ok(self.period);
        }
        let text = records.text_of(at);
        let period = match (when.month, when.quarter) {
            (Some(month), _) => when::year_month(text, records.text_of(month)),
            (None, Some(quarter)) => when::year_quarter(text, records.text_of(quarter)),
            (None, None) => when::read(text, when.order.as_deref()),
        };
        if period.is_none() {
            let found = match when.month.or(when.quarter) {
                Some(second) => format!("{text} {}", records.text_of(second)),
                None => text.to_owned(),
            };
            return Err(Bad(at, format!("expected a period, found `{found}`")));
        }
        self.period = period;
        self.period_cell.clear();
        self.period_cell.extend_from_slice(cell);
        Ok(period)
    }

    fn who(
        &mut self,
        said: Said,
        column: Option<usize>,
        records: &Records<'a>,
        role: &str,
    ) -> Result<Option<Found>, Bad> {
        match said {
            Said::Who(found) => Ok(Some(found)),
            Said::Lost(found) => {
                self.lost.insert(records.line());
                Ok(Some(found))
            }
            Said::Nothing => {
                Err(Bad(column.unwrap_or(usize::MAX), format!("expected a {role}, found nothing")))
            }
            Said::NoRow => {
                self.tally.nameless.push(records.line());
                Ok(None)
            }
        }
    }

    fn amount(&self, column: &Column, at: usize, cell: &[u8]) -> Result<Option<f64>, Bad> {
        let bad = |expected: &str| {
            Bad(at, format!("expected {expected}, found `{}`", String::from_utf8_lossy(cell).trim()))
        };
        let number = self.layout.form.read(cell, column.factor).map_err(|()| bad("a number"))?;
        match number {
            Some(number) if column.measure == Measure::Share && !(0.0..=100.0).contains(&number) => {
                Err(bad("a percentage from 0 to 100"))
            }
            Some(number) if number < 0.0 => Err(bad("an amount of 0 or more")),
            Some(number) if number == 0.0 && column.zero_is_missing => Ok(None),
            number => Ok(number),
        }
    }

    fn wide_row(
        &mut self,
        records: &Records<'a>,
        base: Base,
        market: Option<Found>,
        subject: Option<Found>,
        period: Option<Period>,
    ) -> Result<(), Bad> {
        let Some(measure) = self.layout.columns.iter().find(|column| column.at.is_none()).cloned() else {
            return Ok(());
        };
        let cells = records.cells();
        let columns = std::mem::take(&mut self.layout.wide);
        let all_zero = self.layout.profile.wide.as_ref().is_some_and(|wide| wide.all_zero.is_some())
            && columns.iter().all(|column| is_zero(cells.get(column.at).unwrap_or_default()));
        let mut result = Ok(());
        if all_zero {
            self.tally.all_zero.push(records.line());
        } else {
            for (place, column) in columns.iter().enumerate() {
                if let Err(bad) =
                    self.wide_cell(records, &base, &measure, place, column, (market, subject, period))
                {
                    result = Err(bad);
                    break;
                }
            }
        }
        self.layout.wide = columns;
        result
    }

    fn wide_cell(
        &mut self,
        records: &Records<'a>,
        base: &Base,
        measure: &Column,
        place: usize,
        column: &WideColumn,
        (market, subject, period): (Option<Found>, Option<Found>, Option<Period>),
    ) -> Result<(), Bad> {
        let cell = records.cells().get(column.at).unwrap_or_default();
        let Some(number) = self.amount(measure, column.at, cell)? else {
            self.tally.zeros += u64::from(is_zero(cell));
            return Ok(());
        };
        let header = self.wide_subjects.get(place).copied().flatten();
        let (market, subject) = (market.or(header), subject.or(header));
        let (Some(market), Some(subject), Some(period)) = (market, subject, period.or(column.period)) else {
            return Ok(());
        };
        let mut amounts = Amounts::default();
        amounts.set(measure.measure, Some(number));
        let unit = if measure.measure == Measure::Quantity {
            self.layout.unit.clone().unwrap_or_default()
        } else {
            String::new()
        };
        let label = self.label(&column.header, Some(records.text_of(column.at)));
        let flags = self.flags(records);
        self.push(base, market, subject, period, &amounts, unit, flags, &label)
    }

    /// Writes the quote of a share: `Apple 27.42`.
    fn label(&self, name: &str, cell: Option<&str>) -> String {
        if self.layout.columns.iter().all(|column| column.measure != Measure::Share) {
            return String::new();
        }
        let name = if name.is_empty() {
            self.layout
                .columns
                .last()
                .and_then(|column| column.at)
                .map_or("", |at| self.layout.header.cells[at].as_str())
        } else {
            name
        };
        format!("{name} {}", cell.unwrap_or_default())
    }

    fn flags(&self, records: &Records<'a>) -> String {
        let Some(at) = self.layout.flags else { return String::new() };
        let letters = &self.layout.profile.flags.letters;
        let cell = records.text_of(at);
        letters.get(cell).cloned().unwrap_or_else(|| {
            cell.chars().filter_map(|c| letters.get(c.encode_utf8(&mut [0; 4]) as &str).cloned()).collect()
        })
    }

    fn unit(&mut self, records: &Records<'a>) -> (String, f64) {
        match self.layout.unit_column {
            None => (self.layout.unit.clone().unwrap_or_default(), 1.0),
            Some(at) => match units::find(records.text_of(at)) {
                Some((unit, factor)) => (unit.to_owned(), factor),
                None => {
                    let word = records.text_of(at);
                    *self.tally.odd_units.entry(word.to_owned()).or_default() += 1;
                    (word.to_lowercase(), 1.0)
                }
            },
        }
    }

    #[expect(clippy::too_many_arguments, reason = "one row's parts")]
    fn push(
        &mut self,
        base: &Base,
        market: Found,
        subject: Found,
        period: Period,
        amounts: &Amounts,
        quantity_unit: String,
        flags: String,
        label: &str,
    ) -> Result<(), Bad> {
        if let Some(share) = amounts.share {
            let figure = self.figure(base, market, subject, period, share, label);
            self.read.figures.push((base.line, figure));
            return Ok(());
        }
        if amounts.value.is_none() && amounts.weight.is_none() && amounts.quantity.is_none() {
            self.tally.empty +=
                u64::from(self.layout.columns.iter().all(|column| column.measure != Measure::Share));
            return Ok(());
        }
        let role = if base.memo { Role::Memo } else { subject.role };
        self.read.observations.push(Observation {
            market: market.entity,
            subject: subject.entity,
            commodity: base.commodity,
            basis: base.basis,
            period,
            role,
            value: amounts.value,
            weight_kg: amounts.weight,
            quantity: amounts.quantity,
            quantity_unit: if amounts.quantity.is_some() { quantity_unit } else { String::new() },
            flags,
            line: base.line,
        });
        Ok(())
    }

    fn figure(
        &self,
        base: &Base,
        market: Found,
        subject: Found,
        period: Period,
        share: f64,
        label: &str,
    ) -> Figure {
        let product = if self.layout.product.is_empty() {
            self.commodities.list[base.commodity as usize].code.clone()
        } else {
            self.layout.product.clone()
        };
        debug_assert!(base.span.1 <= self.text.len());
        Figure {
            document: self.document.clone(),
            measure: FigureMeasure::Share,
            value: share,
            value_max: None,
            qualifier: Qualifier::Exact,
            subject: self.entities.list[subject.entity as usize].clone(),
            market: self.entities.list[market.entity as usize].clone(),
            product,
            basis: base.basis,
            unit: if self.layout.counts == Unit::Unspecified {
                Unit::Unspecified
            } else {
                self.layout.counts
            },
            period: Some(period),
            attribution: (!self.attribution.is_empty()).then(|| self.attribution.clone()),
            status: Status::Actual,
            quote: label.to_owned(),
            span: base.span,
            rule: format!("table:{}", self.layout.profile.name),
            confidence: 1.0,
        }
    }
}

/// What all cells of a row share.
#[derive(Clone, Copy)]
struct Base {
    basis: crate::model::Basis,
    memo: bool,
    commodity: u32,
    line: u64,
    span: (usize, usize),
}

impl Amounts {
    fn set(&mut self, measure: Measure, amount: Option<f64>) {
        match measure {
            Measure::Value => self.value = amount,
            Measure::Weight => self.weight = amount,
            Measure::Quantity => self.quantity = amount,
            Measure::Share => self.share = amount,
        }
    }
}

fn is_zero(cell: &[u8]) -> bool {
    let cell = cell.trim_ascii();
    !cell.is_empty() && cell.contains(&b'0') && cell.iter().all(|b| matches!(b, b'0' | b'.'))
}

/// Returns the text of a record that is a remark below the rows: one long cell and nothing else.
fn footnote(records: &Records<'_>) -> Option<String> {
    let cells = records.cells();
    let first = records.text_of(0);
    let alone = cells.iter().skip(1).all(|cell| cell.trim_ascii().is_empty());
    (alone && first.contains(' ') && first.len() > 20 && !records.is_cut_off())
        .then(|| first.chars().take(200).collect())
}

impl RowReader<'_, '_> {
    /// Turns the counts into remarks.
    fn remark(&mut self) {
        let tally = std::mem::take(&mut self.tally);
        let mut notes = Vec::new();
        let names = self.layout.header.cells.len();
        if tally.surplus > 0 {
            notes.push(format!(
                "{} records have empty cells beyond the {names} names of the header; they are passed over",
                tally.surplus
            ));
        }
        for (at, (rows, line)) in tally.kept_out {
            let (_, keep) =
                self.layout.keep.iter().find(|(column, _)| *column == at).expect("counted by its column");
            notes.push(format!("{rows} rows, the first in line {line}, are left out: {}", keep.why));
        }
        for (word, rows) in tally.skipped {
            notes.push(format!("{rows} rows of flow `{word}` are left out: they are inside other rows"));
        }
        for (line, text) in tally.remarks {
            notes.push(format!("line {line} is a remark, not a row: {text}"));
        }
        if !tally.nameless.is_empty() {
            notes.push(format!("nameless rows are left out: {}", lines(&tally.nameless)));
        }
        if !tally.all_zero.is_empty() {
            let why =
                self.layout.profile.wide.as_ref().and_then(|wide| wide.all_zero.clone()).unwrap_or_default();
            notes.push(format!("{}: {why}", lines(&tally.all_zero)));
        }
        if tally.zeros > 0 {
            let zero =
                self.layout.profile.share.as_ref().and_then(|share| share.zero.clone()).unwrap_or_default();
            notes.push(zero.replace("{n}", &tally.zeros.to_string()));
        }
        if tally.empty > 0 {
            notes.push(format!("{} rows hold no number and are left out: missing is not zero", tally.empty));
        }
        for ((_, count), rows) in self.layout.count.iter().zip(&tally.counted) {
            if *rows > 0 {
                notes.push(count.remark.replace("{n}", &rows.to_string()));
            }
        }
        for (word, rows) in tally.odd_units {
            notes.push(format!("unit `{word}` of {rows} rows is not known and is kept as it stands"));
        }
        if self.commodities.padded > 0 {
            notes
                .push(format!("{} codes lost zeros at the front and got them back", self.commodities.padded));
        }
        self.read.notes.extend(notes);
    }
}

fn lines(lines: &[u64]) -> String {
    let mut text = lines.iter().take(5).map(|line| format!("line {line}")).collect::<Vec<_>>().join(", ");
    if lines.len() > 5 {
        text.push_str(&format!(" and {} more", lines.len() - 5));
    }
    text
}
