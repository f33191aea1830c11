//! Tables that hold several measures: which number of which row is what.

use super::frame::Records;
use super::layout::{Binder, Column, Measure};
use super::profile::{Case, CaseMeasure, Codes, Who};
use super::rows::{Out, RowReader};
use super::template;
use super::what::Commodities;
use super::who::{self, Entities, Found, role_of_kind};
use crate::model::{Role, Subject, SubjectKind};

/// A case bound to the columns of one table.
pub(super) struct BoundCase<'p> {
    pub spec: &'p Case,
    tests: Vec<(usize, &'p [String])>,
    /// Whose shares they are.
    pub subject: Option<Found>,
    /// Product of all its rows.
    pub commodity: Option<u32>,
}

impl BoundCase<'_> {
    fn fits(&self, records: &Records<'_>) -> bool {
        self.tests.iter().all(|(at, globs)| {
            let cell = records.text_of(*at);
            globs.iter().any(|glob| template::glob(glob, cell))
        })
    }
}

impl<'p> Binder<'_, 'p> {
    /// Binds the cases whose columns the table has and whose caught words fit.
    pub(super) fn cases(
        &mut self,
        entities: &mut Entities,
        commodities: &mut Commodities,
    ) -> Vec<BoundCase<'p>> {
        let profile = self.profile;
        profile.case.iter().filter_map(|spec| self.bound_case(spec, entities, commodities)).collect()
    }

    fn bound_case(
        &mut self,
        spec: &'p Case,
        entities: &mut Entities,
        commodities: &mut Commodities,
    ) -> Option<BoundCase<'p>> {
        let mut tests = Vec::new();
        for (name, globs) in &spec.when {
            if let Some(word) = name.strip_prefix('@') {
                let word = self.caught.get(word)?;
                if !globs.iter().any(|glob| template::glob(glob, word)) {
                    return None;
                }
            } else {
                tests.push((self.shape.header.find(name)?.0, globs.as_slice()));
            }
        }
        let subject = spec.subject.as_ref().map(|key| {
            let list = Who { codes: Codes::Product, ..Who::default() };
            let subject = who::resolve(&list, key, "", "", None)
                .unwrap_or_else(|| Subject::new(SubjectKind::Product, key, ""));
            let role = role_of_kind(&subject);
            Found { entity: entities.add(subject), role }
        });
        let commodity = spec.product.as_ref().map(|product| commodities.product(product));
        Some(BoundCase { spec, tests, subject, commodity })
    }
}

impl RowReader<'_> {
    /// Finds the case of a record.
    pub(super) fn choose_case(&mut self, records: &Records<'_>) -> Result<(), Out> {
        if self.layout.profile.case.is_empty() {
            return Ok(());
        }
        self.case = self.layout.cases.iter().position(|case| case.fits(records));
        let Some(at) = self.case else { return Ok(()) };
        let spec = self.layout.cases[at].spec;
        if let Some(note) = &spec.note {
            *self.tally.of_cases.entry(note.clone()).or_default() += 1;
        }
        if spec.measure == CaseMeasure::Skip { Err(Out::Skipped) } else { Ok(()) }
    }

    /// Returns the case of the record; `None` when the profile has no cases or none fits.
    pub(super) fn case(&self) -> Option<&BoundCase<'_>> {
        self.case.map(|at| &self.layout.cases[at])
    }

    /// Says whether the record's numbers are no parts of a sum.
    pub(super) fn is_memo(&self) -> bool {
        let memo = |case: &BoundCase<'_>| case.spec.measure == CaseMeasure::Memo;
        !self.layout.profile.case.is_empty() && self.case().is_none_or(memo)
    }

    /// Returns the column of numbers as the record's case reads it.
    pub(super) fn shaped(&self, column: &Column) -> Column {
        if self.layout.profile.case.is_empty() {
            return column.clone();
        }
        let measure = match self.case().map(|case| case.spec.measure) {
            Some(CaseMeasure::Value) => Measure::Value,
            Some(CaseMeasure::Weight) => Measure::Weight,
            Some(CaseMeasure::Share) => Measure::Share,
            _ => Measure::Quantity,
        };
        let factor = self.case().and_then(|case| case.spec.factor).unwrap_or(1.0);
        Column { measure, factor: column.factor * factor, ..column.clone() }
    }

    /// Counts a memo under what it is, for one remark at the end.
    pub(super) fn tell_memo(&mut self, role: Role, commodity: u32) {
        if role == Role::Memo && self.is_memo() {
            let commodity = &self.commodities.list[commodity as usize];
            let name = if commodity.title.is_empty() { &commodity.code } else { &commodity.title };
            *self.tally.memos.entry(name.clone()).or_default() += 1;
        }
    }
}
