//! Records to observations and figures; what is neither becomes a reject with its reason, or a remark.

use super::emit::Emitter;
use super::flow::Direction;
use super::frame::Records;
use super::layout::{Column, Layout, Measure, short};
use super::profile::WideOf;
use super::tally::Tally;
use super::units;
use super::what::{self, Commodities};
use super::who::{Entities, Found, Said};
use super::{when, words};
use crate::model::{Basis, Figure, Observation, Period, Reject};
use std::collections::HashSet;

/// What the rows came to.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub records: u64,
    pub observations: Vec<Observation>,
    pub figures: Vec<(u64, Figure)>,
    pub rejects: Vec<Reject>,
    pub notes: Vec<String>,
}

/// Why a record ends without being a row.
pub(super) enum Out {
    /// It cannot be read: the column and what is wrong with it.
    Bad(Option<usize>, String),
    /// It is not wanted, which was counted.
    Skipped,
}

/// Amounts of one cell of the market.
#[derive(Default)]
pub(super) struct Amounts {
    pub value: Option<f64>,
    pub weight: Option<f64>,
    pub quantity: Option<f64>,
    pub share: Option<f64>,
}

impl Amounts {
    pub(super) fn set(&mut self, measure: Measure, amount: Option<f64>) {
        match measure {
            Measure::Value => self.value = amount,
            Measure::Weight => self.weight = amount,
            Measure::Quantity => self.quantity = amount,
            Measure::Share => self.share = amount,
        }
    }
}

/// What all cells of a record share.
#[derive(Clone, Copy)]
pub(super) struct Base {
    pub basis: Basis,
    pub memo: bool,
    pub commodity: u32,
    pub market: Option<Found>,
    pub subject: Option<Found>,
    pub period: Option<Period>,
    pub line: u64,
    pub span: (usize, usize),
}

/// Reads records one by one.
pub(super) struct RowReader<'p> {
    pub layout: Layout<'p>,
    pub entities: Entities,
    pub commodities: Commodities,
    pub emitter: Emitter,
    pub read: Read,
    pub tally: Tally,
    /// Lines whose market or subject has no code.
    pub lost: HashSet<u64>,
    /// What the header cells of wide columns say.
    pub wide_found: Vec<Option<Found>>,
    /// Unit and period of the row before, as most rows have the same.
    unit: (Vec<u8>, String, f64),
    /// Flags that stand behind the number of a wide cell.
    pub cell_flags: String,
    /// Case of the record, by place.
    pub case: Option<usize>,
    period: (Vec<u8>, Option<Period>),
}

impl<'p> RowReader<'p> {
    pub(super) fn new(
        layout: Layout<'p>,
        entities: Entities,
        commodities: Commodities,
        emitter: Emitter,
    ) -> Self {
        let tally = Tally { counted: vec![0; layout.count.len()], ..Tally::default() };
        Self {
            layout,
            entities,
            commodities,
            emitter,
            read: Read::default(),
            tally,
            lost: HashSet::new(),
            wide_found: Vec::new(),
            unit: (Vec::new(), String::new(), 1.0),
            cell_flags: String::new(),
            case: None,
            period: (Vec::new(), None),
        }
    }

    /// Reads every record.
    pub(super) fn read(mut self, records: Records<'_>, header_line: u64) -> (Self, Read) {
        self.look_up_headers(header_line);
        self.piece(records);
        let read = self.end();
        (self, read)
    }

    /// Reads the records of a piece of the table.
    pub(super) fn piece(&mut self, mut records: Records<'_>) {
        while records.advance() {
            self.record(&records);
        }
    }

    /// Returns what was read and not taken yet, with the remarks on all of it.
    pub(super) fn end(&mut self) -> Read {
        let mut read = std::mem::take(&mut self.read);
        read.notes.extend(self.tally.notes(&self.layout, &self.commodities));
        read
    }

    fn record(&mut self, records: &Records<'_>) {
        if records.cells().iter().all(|cell| cell.trim_ascii().is_empty()) {
            return;
        }
        if let Some(text) = footnote(records, self.layout.header.cells.len()) {
            self.tally.remarks.push((records.line(), text));
            return;
        }
        self.read.records += 1;
        let before = (self.read.observations.len(), self.read.figures.len());
        if let Err(Out::Bad(column, reason)) = self.row(records) {
            // A row goes in whole or not at all.
            self.read.observations.truncate(before.0);
            self.read.figures.truncate(before.1);
            if self.sums_up(records) {
                self.read.records -= 1;
                self.tally.sums.push(records.line());
                return;
            }
            let column = column.and_then(|at| self.layout.header.cells.get(at).cloned()).unwrap_or_default();
            self.read.rejects.push(Reject { line: records.line(), column, reason, raw: records.raw() });
        }
    }

    /// Says whether a record that is no row sums up the table: `Total` with nothing in the columns that tell rows apart.
    fn sums_up(&self, records: &Records<'_>) -> bool {
        let keys = [self.layout.what.code, self.layout.when.column, self.layout.subject.code];
        let mut keys = keys.into_iter().flatten();
        let first = records.text_of(0);
        words::is_total(first) && keys.any(|at| at == 0 || records.text_of(at).is_empty())
    }

    fn row(&mut self, records: &Records<'_>) -> Result<(), Out> {
        self.whole(records)?;
        self.wanted(records)?;
        self.choose_case(records)?;
        let (mut basis, mut memo) = self.flow(records)?;
        basis = self.case().and_then(|case| case.spec.basis).unwrap_or(basis);
        memo |= self.is_memo();
        let period = self.period(records)?;
        let year = period.map_or(0, |period| i32::from(period.first_day().year()));
        let market = self.market(records, year)?;
        let subject = match self.case().and_then(|case| case.subject) {
            Some(subject) => Some(subject),
            None => self.subject(records, year)?,
        };
        let commodity = match self.case().and_then(|case| case.commodity) {
            Some(commodity) => commodity,
            None => self.layout.what.read(records, &mut self.commodities).ok_or_else(|| {
                let at = self.layout.what.code;
                Out::Bad(at, what::no_code(at.map_or("", |at| records.text_of(at))))
            })?,
        };
        let mut amounts = self.amounts(records)?;
        self.count(records);
        let (line, span) = (records.line(), records.span());
        let base = Base { basis, memo, commodity, market, subject, period, line, span };
        self.stated_shares(records, &base)?;
        if self.layout.wide_of.is_some() {
            return self.wide_row(records, base);
        }
        let counted = amounts.quantity.is_some();
        let (unit, factor) = if counted { self.unit(records) } else { (String::new(), 1.0) };
        amounts.quantity =
            if unit.is_empty() { None } else { amounts.quantity.map(|number| number * factor) };
        let label = if amounts.share.is_some() { self.long_label(records) } else { String::new() };
        self.emit(records, &base, &amounts, unit, label);
        Ok(())
    }

    /// Refuses records that are not rows of this table.
    fn whole(&mut self, records: &Records<'_>) -> Result<(), Out> {
        let (cells, header) = (records.cells(), &self.layout.header.cells);
        // A comma at the end of the header names nothing.
        let names = header.len() - header.iter().rev().take_while(|name| name.is_empty()).count();
        if records.is_unclosed() {
            return Err(Out::Bad(None, "a quote is opened on this line and never closed".to_owned()));
        }
        if records.is_cut_off() {
            return Err(Out::Bad(None, "the file ends inside a quoted cell: it was cut off here".to_owned()));
        }
        if memchr::memchr(0, cells.as_slice()).is_some() {
            let at = cells.iter().position(|cell| cell.contains(&0)).unwrap_or_default();
            let reason = "a NUL byte stands in the cell: the file is damaged here";
            return Err(Out::Bad(Some(at), reason.to_owned()));
        }
        let surplus = cells.iter().skip(header.len()).any(|cell| !cell.trim_ascii().is_empty());
        if cells.len() < names || surplus {
            let at = if surplus { None } else { Some(cells.len()) };
            return Err(Out::Bad(at, format!("expected {names} cells, found {}", cells.len())));
        }
        self.tally.surplus += u64::from(cells.len() > header.len());
        if cells.iter().zip(header).all(|(cell, name)| cell.trim_ascii() == name.as_bytes()) {
            return Err(Out::Bad(None, "this is the header again".to_owned()));
        }
        Ok(())
    }

    /// Leaves out breakdowns of rows that are in.
    fn wanted(&mut self, records: &Records<'_>) -> Result<(), Out> {
        for (at, keep) in &self.layout.keep {
            let cell = records.text_of(*at);
            if !keep.values.iter().any(|value| value.eq_ignore_ascii_case(cell)) {
                self.tally.kept_out.entry(*at).or_insert((0, records.line())).0 += 1;
                return Err(Out::Skipped);
            }
        }
        Ok(())
    }

    fn flow(&mut self, records: &Records<'_>) -> Result<(Basis, bool), Out> {
        let at = self.layout.flow.column;
        let word = at.map(|at| records.text_of(at));
        match self.layout.flow.read(word) {
            Some(Direction::Basis(basis)) => Ok((self.layout.basis.unwrap_or(basis), false)),
            Some(Direction::Memo(basis)) => Ok((basis, true)),
            Some(Direction::Skip) => {
                *self.tally.skipped.entry(word.unwrap_or_default().to_owned()).or_default() += 1;
                Err(Out::Skipped)
            }
            None => Err(Out::Bad(
                at,
                format!("expected a word for a flow, found `{}`", short(word.unwrap_or_default())),
            )),
        }
    }

    fn period(&mut self, records: &Records<'_>) -> Result<Option<Period>, Out> {
        let when = &self.layout.when;
        if when.constant.is_some() {
            return Ok(when.constant);
        }
        let Some(at) = when.column else { return Ok(None) };
        let cell = records.cells().get(at).unwrap_or_default();
        let second = when.month.or(when.quarter);
        if second.is_none() && self.period.1.is_some() && cell == self.period.0 {
            return Ok(self.period.1);
        }
        let text = records.text_of(at);
        let period = match (when.month, when.quarter) {
            (Some(month), _) => when::year_month(text, records.text_of(month)),
            (None, Some(quarter)) => when::year_quarter(text, records.text_of(quarter)),
            (None, None) => when::read(when.without_whole_year(text), when.order.as_deref()),
        };
        if period.is_none() {
            let found = [text, second.map_or("", |at| records.text_of(at))].join(" ");
            return Err(Out::Bad(
                Some(at),
                format!("expected a period, found `{}`", short(found.trim_end())),
            ));
        }
        // Amounts are added up and compared by whole months; of shares a day is as good as a year.
        if let Some(Period::Day(day)) = period.filter(|_| !self.layout.reads_shares()) {
            let reason = format!("expected a month, quarter or year, found the day {day}");
            return Err(Out::Bad(Some(at), reason));
        }
        self.period = (cell.to_vec(), period);
        Ok(period)
    }

    fn market(&mut self, records: &Records<'_>, year: i32) -> Result<Option<Found>, Out> {
        if self.layout.wide_of == Some(WideOf::Market) {
            return Ok(None);
        }
        let said = self.layout.market.read(records, year, &mut self.entities);
        self.who(said, self.layout.market.code, records, "market")
    }

    fn subject(&mut self, records: &Records<'_>, year: i32) -> Result<Option<Found>, Out> {
        if self.layout.wide_of == Some(WideOf::Subject) {
            return Ok(None);
        }
        let said = self.layout.subject.read(records, year, &mut self.entities);
        self.who(said, self.layout.subject.code, records, "subject")
    }

    fn who(
        &mut self,
        said: Said,
        at: Option<usize>,
        records: &Records<'_>,
        role: &str,
    ) -> Result<Option<Found>, Out> {
        match said {
            Said::Who(found) => Ok(Some(found)),
            Said::Lost(found) => {
                self.lost.insert(records.line());
                Ok(Some(found))
            }
            Said::Nothing => Err(Out::Bad(at, format!("expected a {role}, found nothing"))),
            Said::NoRow => {
                self.tally.nameless.push(records.line());
                Err(Out::Skipped)
            }
        }
    }

    fn amounts(&mut self, records: &Records<'_>) -> Result<Amounts, Out> {
        let mut amounts = Amounts::default();
        for place in 0..self.layout.columns.len() {
            let column = &self.layout.columns[place];
            let Some(at) = column.at else { continue };
            let mut column = self.shaped(column);
            if let Some(unit_at) = column.unit_at {
                match units::find(records.text_of(unit_at)) {
                    Some(("kg", kilograms)) => column.factor *= kilograms,
                    _ => continue,
                }
            }
            let column = &column;
            let cell = records.cells().get(at).unwrap_or_default();
            self.tally.look_for_lost_digits(cell, at, records.line());
            let amount = self.amount(column, at, cell)?;
            let zero = amount.is_none() && column.measure == Measure::Share && is_zero(cell);
            self.tally.zeros += u64::from(zero);
            amounts.set(column.measure, amount);
        }
        Ok(amounts)
    }

    /// Reads one number; `None` is unknown.
    pub(super) fn amount(&self, column: &Column, at: usize, cell: &[u8]) -> Result<Option<f64>, Out> {
        let bad = |expected: &str| {
            let found = String::from_utf8_lossy(cell);
            Out::Bad(Some(at), format!("expected {expected}, found `{}`", short(found.trim())))
        };
        let share = column.measure == Measure::Share;
        let bare = if share { cell.trim_ascii().strip_suffix(b"%").unwrap_or(cell) } else { cell };
        let number = self.layout.form.read(bare, column.factor).map_err(|()| bad("a number"))?;
        match number {
            Some(number) if share && !(0.0..=100.0).contains(&number) => {
                Err(bad("a percentage from 0 to 100"))
            }
            Some(number) if number < 0.0 && !self.is_memo() => Err(bad("an amount of 0 or more")),
            Some(number) if number == 0.0 && column.zero_is_missing => Ok(None),
            number => Ok(number),
        }
    }

    fn count(&mut self, records: &Records<'_>) {
        for ((at, count), counted) in self.layout.count.iter().zip(&mut self.tally.counted) {
            let cell = records.text_of(*at);
            *counted += u64::from(count.values.iter().any(|value| value.eq_ignore_ascii_case(cell)));
        }
    }

    /// Returns the unit of the quantity and what to multiply by; the unit is empty when there is no quantity.
    pub(super) fn unit(&mut self, records: &Records<'_>) -> (String, f64) {
        if let Some(unit) = self.case().and_then(|case| case.spec.unit.clone()) {
            return (unit, 1.0);
        }
        let memo = self.is_memo();
        let Some(at) = self.layout.unit_column else {
            let unit = self.layout.unit.clone().unwrap_or_default();
            let unit = if memo && unit.is_empty() { "of the file's own unit".to_owned() } else { unit };
            return (unit, 1.0);
        };
        let cell = records.cells().get(at).unwrap_or_default();
        if cell != self.unit.0 {
            let word = records.text_of(at);
            let known = units::find(word);
            if known.is_none() && !memo {
                self.tally.odd_units.insert(word.to_owned());
            }
            let (unit, factor) =
                known.map_or_else(|| (word.to_lowercase(), 1.0), |(unit, by)| (unit.to_owned(), by));
            self.unit = (cell.to_vec(), unit, factor);
        }
        (self.unit.1.clone(), self.unit.2)
    }
}

/// Says whether the cell is written as zero: `0`, `0.00`.
pub(super) fn is_zero(cell: &[u8]) -> bool {
    let cell = cell.trim_ascii();
    cell.contains(&b'0') && cell.iter().all(|b| matches!(b, b'0' | b'.' | b','))
}

/// How lines begin that are remarks and no rows, in lower case.
const REMARKS: &[&str] = &[
    "*",
    "(",
    "_",
    "©",
    "source",
    "note",
    "quelle",
    "stand:",
    "anmerkung",
    "fuente",
    "nota",
    "fonte",
    "注",
    "資料",
    "来源",
    "источник",
    "примечание",
];

/// Returns the text of a record that is a remark below the rows: one cell and nothing else, long, or that begins as
/// remarks do, or on a line that a spreadsheet filled up with delimiters.
fn footnote(records: &Records<'_>, names: usize) -> Option<String> {
    let begins = || {
        let head: String = records.text_of(0).chars().take(20).flat_map(char::to_lowercase).collect();
        REMARKS.iter().any(|word| head.starts_with(word))
    };
    let alone = records.cells().iter().skip(1).all(|cell| cell.trim_ascii().is_empty());
    // A remark with a delimiter in it is cut by it, and shorter than a row.
    if (!alone && (records.cells().len() >= names || !begins())) || records.is_cut_off() {
        return None;
    }
    let first = records.text_of(0);
    let long = first.contains(' ') && first.len() > 20;
    let filled_up = records.cells().len() > 2 && first.bytes().any(|b| !b.is_ascii_digit());
    (long || filled_up || begins())
        .then(|| records.raw().trim_end_matches([',', ';', '\t', '|']).chars().take(200).collect())
}
