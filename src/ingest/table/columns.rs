//! Which columns hold numbers.

use super::flow::{Direction, FlowReader};
use super::layout::{Binder, Column, Measure, UnitOf, WideColumn, quoted};
use super::load;
use super::number::NumberForm;
use super::profile::{Amount, Beside, Cells, StatedShare, Wide, WideOf};
use super::{template, when};
use crate::error::Result;
use std::collections::BTreeMap;

impl<'p> Binder<'_, 'p> {
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
    pub(super) fn named_columns(&mut self) -> Vec<Column> {
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
            let unit_at = match measure {
                Measure::Weight => self.column(amount.unit_column.as_ref(), "unit of the weight"),
                _ => None,
            };
            columns.push(Column { measure, at, factor, zero_is_missing: amount.zero.is_some(), unit_at });
        }
        columns
    }

    /// Columns whose cells together are the code of what is counted.
    pub(super) fn join_columns(&mut self) -> Vec<usize> {
        let spec = &self.profile.commodity;
        let cells = &self.shape.header.cells;
        let end = spec.before.as_ref().and_then(|column| Some(self.shape.header.find(column)?.0));
        let mut join = Vec::new();
        for column in &spec.join {
            if column == "*" {
                let free = (0..end.unwrap_or(cells.len())).filter(|at| {
                    let unwanted = spec.except.iter().any(|glob| template::glob(glob, &cells[*at]));
                    !unwanted && !cells[*at].is_empty() && !self.claimed.contains(at) && !join.contains(at)
                });
                let free: Vec<usize> = free.collect();
                join.extend(free);
            } else if let Some((at, _)) = self.shape.header.find(column) {
                join.push(at);
            }
        }
        if !join.is_empty() {
            let names: Vec<&str> = join.iter().map(|at| cells[*at].as_str()).collect();
            self.described.push(format!("{} = what is counted", names.join(", ")));
        }
        self.claimed.extend(&join);
        join
    }

    /// Columns of published shares.
    pub(super) fn stated_columns(&mut self) -> Vec<(usize, &'p StatedShare)> {
        let profile = self.profile;
        let bind = |stated: &'p StatedShare| {
            let role = format!("published share of {}", stated.basis);
            Some((self.column(Some(&stated.column), &role)?, stated))
        };
        profile.stated.iter().filter_map(bind).collect()
    }

    pub(super) fn wide_columns(&mut self, flow: &FlowReader) -> Result<Vec<WideColumn>> {
        let Some(wide) = &self.profile.wide else { return Ok(Vec::new()) };
        let mut columns = Vec::new();
        for (at, header) in self.shape.header.cells.iter().enumerate() {
            let wanted =
                wide.columns.is_empty() || wide.columns.iter().any(|glob| template::glob(glob, header));
            let unwanted = wide.except.iter().any(|glob| template::glob(glob, header));
            if self.claimed.contains(&at) || header.is_empty() || !wanted || unwanted {
                continue;
            }
            let caught = match &wide.header {
                Some(templates) => {
                    let mut templates = templates.split('|');
                    let caught = templates.find_map(|one| template::catch(one, header, &BTreeMap::new()));
                    let Some(caught) = caught else { continue };
                    caught
                }
                None => template::Caught::new(),
            };
            let month = caught.get("month").and_then(|month| when::month_of(month));
            let period =
                when::read(caught.get("year").unwrap_or(header), self.profile.period.order.as_deref());
            if wide.of == WideOf::Period && period.is_none() && month.is_none() {
                continue;
            }
            let word = match caught.get("flow") {
                Some(word) => Some(word),
                None => (wide.of == WideOf::Flow).then_some(header),
            };
            let direction = word.and_then(|word| flow.read(Some(word)));
            if caught.contains_key("flow") && direction.is_none() {
                continue;
            }
            if wide.of == WideOf::Flow && matches!(direction, None | Some(Direction::Skip)) {
                continue;
            }
            let beside = self.beside(wide, &caught);
            columns.push(WideColumn { at, header: header.clone(), period, month, direction, beside });
        }
        if columns.is_empty() {
            return Err(self.refuse(format!("{}: no column is left to hold the numbers", self.profile.name)));
        }
        self.claimed.extend(columns.iter().flat_map(|column: &WideColumn| {
            let units = column.beside.iter().filter_map(|(_, unit)| match unit {
                UnitOf::Column(at) => Some(*at),
                UnitOf::Word(_) => None,
            });
            column.beside.iter().map(|(at, _)| *at).chain(units).chain([column.at]).collect::<Vec<_>>()
        }));
        let of = format!("{:?}", wide.of).to_lowercase();
        self.described.push(format!(
            "{} columns from `{}` to `{}` = one {of} each",
            columns.len(),
            columns[0].header,
            columns[columns.len() - 1].header
        ));
        Ok(columns)
    }

    /// Returns the way numbers are written: the profile's, but for a table that a spreadsheet wrote anew with the marks of
    /// its country.
    pub(super) fn number_form(
        &mut self,
        columns: &[Column],
        wide: &[WideColumn],
        sample: &dyn Fn(usize) -> Vec<String>,
    ) -> NumberForm {
        let own = NumberForm::new(&self.profile.read);
        // A mapping's word is a person's word; flags behind numbers are another reader's business.
        let known = load::built_in().iter().any(|profile| std::ptr::eq(profile, self.profile));
        if !known || self.profile.flags.in_cells {
            return own;
        }
        let places = columns.iter().filter_map(|column| column.at).chain(wide.iter().map(|column| column.at));
        let cells: Vec<String> = places.take(12).flat_map(sample).collect();
        let bare = cells.iter().map(|cell| cell.trim().trim_end_matches('%').as_bytes());
        // Only cells with marks tell one way from another.
        let marked: Vec<&[u8]> = bare
            .filter(|cell| cell.first().is_some_and(u8::is_ascii_digit))
            .filter(|cell| cell.iter().any(|byte| matches!(byte, b'.' | b',' | b' ' | 0xC2 | 0xE2)))
            .collect();
        let reads = |form: &NumberForm| marked.iter().filter(|cell| form.read(cell, 1.0).is_ok()).count();
        if reads(&own) * 2 >= marked.len() {
            return own;
        }
        let (mut best, mut most, mut marks) = (own.clone(), reads(&own), None);
        for (decimal, thousands) in
            [(',', None), (',', Some('.')), (',', Some(' ')), ('.', Some(',')), ('.', Some(' '))]
        {
            let form = NumberForm::new(&Cells { decimal, thousands, ..self.profile.read.clone() });
            let read = reads(&form);
            if read > most {
                (best, most, marks) = (form, read, Some((decimal, thousands)));
            }
        }
        if let Some((decimal, thousands)) = marks {
            let thousands = thousands.map_or_else(String::new, |mark| mark.to_string());
            self.notes.push(format!(
                "numbers are written like `1{thousands}234{decimal}5`, not as the source writes them: somebody saved the table anew"
            ));
        }
        best
    }

    /// Finds the columns that stand beside a wide column.
    fn beside(&self, wide: &Wide, caught: &template::Caught) -> Vec<(usize, UnitOf)> {
        let header = &self.shape.header;
        let filled = |template: &str| {
            caught
                .iter()
                .fold(template.to_owned(), |text, (name, word)| text.replace(&format!("{{{name}}}"), word))
        };
        let find = |beside: &Beside| {
            let names = beside.header.split('|').map(filled).filter(|name| !name.contains('{'));
            let at = names.into_iter().find_map(|name| header.find(&name))?.0;
            let unit = match (&beside.unit_column, &beside.unit) {
                (Some(column), _) => UnitOf::Column(header.find(column)?.0),
                (None, unit) => UnitOf::Word(unit.clone().unwrap_or_default()),
            };
            Some((at, unit))
        };
        wide.beside.iter().filter_map(find).collect()
    }

    /// Binds the amount whose column is `*`: the only one nothing else names.
    pub(super) fn only_column(&mut self, columns: &mut Vec<Column>) -> Result<()> {
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
                unit_at: None,
            });
        }
        Ok(())
    }
}
