//! Tables whose header cells are subjects, markets or periods: one record, many cells.

use super::flow::Direction;
use super::frame::Records;
use super::layout::{Column, Measure, UnitOf, WideColumn};
use super::profile::WideOf;
use super::rows::{Amounts, Base, Out, RowReader, is_zero};
use super::units;
use super::who::{Found, Said};
use crate::model::{Period, Subject};
use crate::reference::fold;
use std::collections::BTreeMap;

impl RowReader<'_> {
    /// Looks the header cells up, once.
    pub(super) fn look_up_headers(&mut self, line: u64) {
        let headers: Vec<String> = self.layout.wide.iter().map(|column| column.header.clone()).collect();
        let reader = match self.layout.wide_of {
            Some(WideOf::Subject) => &mut self.layout.subject,
            Some(WideOf::Market) => &mut self.layout.market,
            _ => return,
        };
        for header in &headers {
            self.wide_found.push(match reader.read_text(header, line, &mut self.entities) {
                Said::Who(found) | Said::Lost(found) => Some(found),
                Said::Nothing | Said::NoRow => None,
            });
        }
        self.part_doubles(&headers);
    }

    /// Two columns that the tables take for one keep apart: the one written as the table has it is that one, the other
    /// stays under its own name.
    fn part_doubles(&mut self, headers: &[String]) {
        let mut holders: BTreeMap<u32, usize> = BTreeMap::new();
        for at in 0..headers.len() {
            let Some(found) = self.wide_found[at] else { continue };
            let Some(holder) = holders.insert(found.entity, at) else { continue };
            let subject = self.entities.list[found.entity as usize].clone();
            let exact = fold(&headers[at]) == fold(&subject.name);
            let (keeps, goes) = if exact { (at, holder) } else { (holder, at) };
            holders.insert(found.entity, keeps);
            let entity = self.entities.add(Subject::new(subject.kind, &headers[goes], ""));
            self.wide_found[goes] = Some(Found { entity, ..found });
            self.read.notes.push(format!(
                "columns `{}` and `{}` are both {} by the tables; the second stays under its own name",
                headers[keeps], headers[goes], subject.name
            ));
        }
    }

    /// Reads the wide cells of a record.
    pub(super) fn wide_row(&mut self, records: &Records<'_>, base: Base) -> Result<(), Out> {
        let Some(measure) = self.layout.columns.iter().find(|column| column.at.is_none()).cloned() else {
            return Ok(());
        };
        let columns = std::mem::take(&mut self.layout.wide);
        let cell = |column: &WideColumn| records.cells().get(column.at).unwrap_or_default();
        let all_zero = self.layout.profile.wide.as_ref().is_some_and(|wide| wide.all_zero.is_some())
            && columns.iter().all(|column| is_zero(cell(column)));
        let result = if all_zero {
            self.tally.all_zero.push(records.line());
            Ok(())
        } else {
            let mut cells = columns.iter().enumerate();
            cells.try_for_each(|(place, column)| self.wide_cell(records, base, &measure, place, column))
        };
        self.layout.wide = columns;
        result
    }

    /// Reads a measure that stands beside a wide cell: kilograms are its weight, anything else its quantity.
    fn beside(
        &mut self,
        records: &Records<'_>,
        at: usize,
        unit_of: &UnitOf,
        amounts: &mut Amounts,
        unit: &mut String,
    ) -> Result<(), Out> {
        let word = match unit_of {
            UnitOf::Column(at) => records.text_of(*at),
            UnitOf::Word(word) => word,
        };
        let (known, factor) = match units::find(word) {
            Some(("", _)) => return Ok(()),
            Some(known) => known,
            None => {
                self.tally.odd_units.insert(word.to_owned());
                return Ok(());
            }
        };
        let measure = if known == "kg" { Measure::Weight } else { Measure::Quantity };
        let column = Column { measure, at: Some(at), factor, zero_is_missing: true, unit_at: None };
        let amount = self.amount(&column, at, records.cells().get(at).unwrap_or_default())?;
        if measure == Measure::Weight {
            amounts.weight = amounts.weight.or(amount);
        } else if amounts.quantity.is_none() && amount.is_some() {
            amounts.quantity = amount;
            known.clone_into(unit);
        }
        Ok(())
    }

    fn wide_cell(
        &mut self,
        records: &Records<'_>,
        base: Base,
        measure: &Column,
        place: usize,
        column: &WideColumn,
    ) -> Result<(), Out> {
        let mut cell = records.cells().get(column.at).unwrap_or_default();
        self.cell_flags.clear();
        if self.layout.profile.flags.in_cells {
            // `123.4 p`, `: c`: letters behind the number.
            let cut = cell.trim_ascii().iter().position(|b| *b == b' ').unwrap_or(cell.trim_ascii().len());
            let (number, flags) = cell.trim_ascii().split_at(cut);
            self.cell_flags = String::from_utf8_lossy(flags).trim().to_owned();
            cell = number;
        }
        self.tally.look_for_lost_digits(cell, column.at, records.line());
        let measure = &self.shaped(measure);
        let Some(number) = self.amount(measure, column.at, cell)? else {
            self.tally.zeros += u64::from(is_zero(cell));
            return Ok(());
        };
        let header = self.wide_found.get(place).copied().flatten();
        let (basis, memo) = match column.direction {
            Some(Direction::Basis(basis)) => (basis, false),
            Some(Direction::Memo(basis)) => (basis, true),
            _ => (base.basis, base.memo),
        };
        let base = Base {
            basis,
            memo,
            market: base.market.or(header),
            subject: base.subject.or(header),
            period: match (base.period, column.month) {
                (Some(year), Some(month)) => {
                    Some(Period::month(i32::from(year.first_day().year()), month as i32))
                }
                (year, _) => year.or(column.period),
            },
            ..base
        };
        let mut amounts = Amounts::default();
        amounts.set(measure.measure, Some(number));
        let counted = measure.measure == Measure::Quantity;
        let mut unit = if counted { self.unit(records).0 } else { String::new() };
        for (at, unit_of) in &column.beside {
            self.beside(records, *at, unit_of, &mut amounts, &mut unit)?;
        }
        let label = match measure.measure {
            Measure::Share => format!("{} {}", column.header, records.text_of(column.at)),
            _ => String::new(),
        };
        self.emit(records, &base, &amounts, unit, label);
        Ok(())
    }
}
