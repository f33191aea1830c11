//! What a table says once for all rows, or the caller says for it: market, subject, product, period.

use super::TableOptions;
use super::flow::FlowReader;
use super::layout::{Binder, meaning};
use super::makers;
use super::profile::{Codes, Indicator, Who, WideOf};
use super::when;
use super::who::{self, Entities, WhoReader};
use crate::error::Result;
use crate::model::{Period, Subject, SubjectKind};
use crate::reference::{Place, Scheme, places};

impl<'p> Binder<'_, 'p> {
    /// Takes the flow that the caller or the file's name says for all rows.
    pub(super) fn constant_flow(&mut self, flow: &mut FlowReader, options: &TableOptions) -> Result<()> {
        let spec = &self.profile.flow;
        if let Some(basis) = options.basis {
            flow.set(basis);
            self.described.push(format!("flow = {basis}"));
            return Ok(());
        }
        let Some(variable) = &spec.variable else { return Ok(()) };
        let word = self.caught.get(variable).cloned().unwrap_or_default();
        if flow.say(&word) {
            self.described.push(format!("flow = {word}"));
            return Ok(());
        }
        let words = self.profile.variables.get(variable).and_then(|words| words.values.keys().next());
        let called = self.profile.file_names.first().map_or("", String::as_str);
        let called = called.replace(&format!("{{{variable}}}"), words.map_or("", String::as_str));
        Err(self.refuse(format!(
            "this is {}; neither a column nor the file's name says the flow: `--table-flow imports` or `--table-flow exports` can, or a name such as `{}`",
            self.profile.about,
            called.replace("{year}", "2024").replace("{rest}", "2024")
        )))
    }

    pub(super) fn constant_period(&mut self, options: &TableOptions) -> Result<Option<Period>> {
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
        } else if let Some(year) = caught("year") {
            self.notes.push(format!("no column holds a period; {year} in the file's name is taken"));
            when::read(year, None)
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

    /// Finds the one column of periods, where the profile allows to look for it.
    pub(super) fn only_period_column(&mut self, sample: &dyn Fn(usize) -> Vec<String>) -> Option<usize> {
        let (end, _) = self.shape.header.find(self.profile.period.before.as_ref()?)?;
        let all_periods = |at: &usize| {
            let cells = sample(*at);
            !cells.is_empty() && cells.iter().all(|cell| when::read(cell, None).is_some())
        };
        let found: Vec<usize> =
            (0..end).filter(|at| !self.claimed.contains(at)).filter(all_periods).collect();
        let [at] = found[..] else { return None };
        self.claimed.push(at);
        self.described.push(format!("{} = period, for all its cells are", self.shape.header.cells[at]));
        Some(at)
    }

    pub(super) fn constant_market(
        &mut self,
        market: &mut WhoReader<'p>,
        options: &TableOptions,
        entities: &mut Entities,
    ) -> Result<()> {
        let spec = &self.profile.market;
        if market.code.is_some() || self.wide_of() == Some(WideOf::Market) {
            return Ok(());
        }
        let caught = spec.variable.as_ref().and_then(|variable| self.caught_place(variable));
        let subject = if let Some(given) = &options.market {
            given.clone()
        } else if let Some(text) = &spec.value {
            named(spec, text)
        } else if let Some(place) = caught {
            place
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

    /// Returns the place that a caught word means: by the profile's list, else as a code of two capitals.
    fn caught_place(&self, variable: &str) -> Option<Subject> {
        let word = self.caught.get(variable)?;
        match meaning(self.profile, variable, word) {
            Some(name) => Some(named(&self.profile.market, &name)),
            None => places().by_code(Scheme::Iso2, word, None).map(Place::subject),
        }
    }

    pub(super) fn constant_subject(
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

    pub(super) fn constant_product(&mut self, options: &TableOptions, subjects: &[String]) -> Result<String> {
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
        } else if let Some(product) = spec.by_subjects.then(|| makers::product_of(subjects)).flatten() {
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

fn named(spec: &Who, text: &str) -> Subject {
    who::resolve(spec, text, "", "", None)
        .unwrap_or_else(|| Subject::new(spec.kind.unwrap_or(SubjectKind::Region), text, ""))
}

fn span(from: Option<Period>, to: Option<Period>) -> Option<Period> {
    let ((first, _), (last, count)) = (from?.month_run()?, to?.month_run()?);
    let months = u16::try_from(last + i32::from(count) - first).ok().filter(|months| *months >= 1)?;
    Some(Period::months(first, months))
}
