//! One cell of the market to an observation or a figure.

use super::frame::Records;
use super::layout::Measure::Share;
use super::layout::{Column, Layout};
use super::rows::{Amounts, Base, Out, RowReader};
use super::who::Found;
use crate::model::{Figure, Measure, Observation, Period, Qualifier, Role, Status};

/// What all figures of a table share.
pub(super) struct Emitter {
    pub document: String,
    pub attribution: Option<String>,
    pub rule: String,
}

impl RowReader<'_> {
    /// Adds the observation or figure; a cell without a number is nothing.
    pub(super) fn emit(
        &mut self,
        records: &Records<'_>,
        base: &Base,
        amounts: &Amounts,
        unit: String,
        label: String,
    ) {
        let (Some(market), Some(subject), Some(period)) = (base.market, base.subject, base.period) else {
            return;
        };
        if let Some(share) = amounts.share {
            // `Total 100`: the sum of the others, nobody's share.
            if subject.role == Role::Total {
                self.tally.totals_of_shares += 1;
                return;
            }
            let figure = self.figure(base, (market, subject, period), share, label);
            self.read.figures.push((base.line, figure));
            return;
        }
        let role = if base.memo { Role::Memo } else { subject.role };
        if amounts.value.is_none() && amounts.weight.is_none() && amounts.quantity.is_none() {
            let empty = !self.layout.reads_shares();
            self.tally.empty += u64::from(empty);
            if let Some(at) = self.layout.flags.filter(|_| empty) {
                let flag = records.text_of(at);
                if !flag.is_empty() {
                    *self.tally.empty_flags.entry(flag.to_owned()).or_default() += 1;
                }
            }
            return;
        }
        self.tell_memo(role, base.commodity);
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
            quantity_unit: if amounts.quantity.is_some() { unit } else { String::new() },
            flags: self.layout.flags_of(records, &period, &self.cell_flags),
            line: base.line,
        });
    }

    /// Adds the shares that the source publishes beside its amounts; 0 is what rounding left of a small one.
    pub(super) fn stated_shares(&mut self, records: &Records<'_>, base: &Base) -> Result<(), Out> {
        let (Some(market), Some(subject), Some(period)) = (base.market, base.subject, base.period) else {
            return Ok(());
        };
        for (at, stated) in self.layout.stated.clone() {
            let cell = records.cells().get(at).unwrap_or_default();
            let column =
                Column { measure: Share, at: Some(at), factor: 1.0, zero_is_missing: true, unit_at: None };
            let Some(share) = self.amount(&column, at, cell)? else { continue };
            if subject.role == Role::Total {
                continue;
            }
            let base = Base { basis: stated.basis, ..*base };
            let name = &self.entities.list[subject.entity as usize].name;
            let label = format!("{name}, {} {}", self.layout.header.cells[at], records.text_of(at));
            let mut figure = self.figure(&base, (market, subject, period), share, label);
            figure.unit = stated.counts;
            self.read.figures.push((base.line, figure));
        }
        Ok(())
    }

    fn figure(
        &self,
        base: &Base,
        (market, subject, period): (Found, Found, Period),
        share: f64,
        label: String,
    ) -> Figure {
        let product = if self.layout.product.is_empty() {
            &self.commodities.list[base.commodity as usize].code
        } else {
            &self.layout.product
        };
        Figure {
            document: self.emitter.document.clone(),
            measure: Measure::Share,
            value: share,
            value_max: None,
            qualifier: Qualifier::Exact,
            subject: self.entities.list[subject.entity as usize].clone(),
            market: self.entities.list[market.entity as usize].clone(),
            product: product.clone(),
            basis: base.basis,
            unit: self.case().and_then(|case| case.spec.counts).unwrap_or(self.layout.counts),
            period: Some(period),
            attribution: self.emitter.attribution.clone(),
            status: Status::Actual,
            quote: label,
            span: base.span,
            rule: self.emitter.rule.clone(),
            confidence: 1.0,
            confidence_full: 1.0,
        }
    }

    /// Writes the quote of a share in a long table: the subject's cell, or the column's name, and the number.
    pub(super) fn long_label(&self, records: &Records<'_>) -> String {
        let column = self.layout.columns.last().and_then(|column| column.at);
        let name = match self.layout.subject.code {
            Some(at) => records.text_of(at),
            None => column.map_or("", |at| self.layout.header.cells[at].as_str()),
        };
        format!("{name} {}", column.map_or("", |at| records.text_of(at)))
    }
}

impl Layout<'_> {
    /// Says whether the table holds published shares.
    pub(super) fn reads_shares(&self) -> bool {
        self.columns.iter().any(|column| column.measure == super::layout::Measure::Share)
    }

    /// Returns the status letters of the record.
    fn flags_of(&self, records: &Records<'_>, period: &Period, in_cell: &str) -> String {
        if let Some(at) = self.estimates_after {
            let last = records.text_of(at).parse::<i16>().ok();
            let later = last.is_some_and(|last| period.first_day().year() > last);
            return if later { "E".to_owned() } else { String::new() };
        }
        let letters = &self.profile.flags.letters;
        let cell = match self.flags {
            Some(at) => records.text_of(at),
            None => in_cell,
        };
        letters.get(cell).cloned().unwrap_or_else(|| {
            cell.chars().filter_map(|c| letters.get(c.encode_utf8(&mut [0; 4]) as &str).cloned()).collect()
        })
    }
}
