//! One cell of the market to an observation or a figure.

use super::frame::Records;
use super::layout::Layout;
use super::rows::{Amounts, Base, RowReader};
use super::who::Found;
use crate::model::{Figure, Measure, Observation, Period, Qualifier, Role, Status};

/// What all figures of a table share.
pub(super) struct Emitter {
    pub document: String,
    pub attribution: Option<String>,
    pub rule: String,
}

impl RowReader<'_, '_> {
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
        if amounts.value.is_none() && amounts.weight.is_none() && amounts.quantity.is_none() {
            self.tally.empty += u64::from(!self.layout.reads_shares());
            return;
        }
        self.read.observations.push(Observation {
            market: market.entity,
            subject: subject.entity,
            commodity: base.commodity,
            basis: base.basis,
            period,
            role: if base.memo { Role::Memo } else { subject.role },
            value: amounts.value,
            weight_kg: amounts.weight,
            quantity: amounts.quantity,
            quantity_unit: if amounts.quantity.is_some() { unit } else { String::new() },
            flags: self.layout.flags_of(records),
            line: base.line,
        });
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
            unit: self.layout.counts,
            period: Some(period),
            attribution: self.emitter.attribution.clone(),
            status: Status::Actual,
            quote: label,
            span: base.span,
            rule: self.emitter.rule.clone(),
            confidence: 1.0,
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
    fn flags_of(&self, records: &Records<'_>) -> String {
        let Some(at) = self.flags else { return String::new() };
        let letters = &self.profile.flags.letters;
        let cell = records.text_of(at);
        letters.get(cell).cloned().unwrap_or_else(|| {
            cell.chars().filter_map(|c| letters.get(c.encode_utf8(&mut [0; 4]) as &str).cloned()).collect()
        })
    }
}
