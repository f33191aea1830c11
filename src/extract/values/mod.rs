//! Values: the percents, parts, ranks and points that a sentence states, whatever they are about.
//!
//! The reader is generous; whether a value is a share of a market is the gate's business.

mod fractions;
mod lists;
mod loose;
pub(crate) mod numbers;
mod percents;
mod qualifiers;
mod ranks;

pub(crate) use lists::FUNCTION_WORDS;

use super::tokens::{TokenKind, Words};
use crate::model::{Measure, Qualifier};

/// How the text writes a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ValueForm {
    /// `12%`, `12 percent`, `12pc`.
    Percent,
    /// The number in words: `eighty-one percent`.
    PercentWord,
    /// `a third`, `half`, `one in four`, `nine out of ten`.
    Fraction,
    /// A number whose percent sign stands at another of its list: the 20 of `20, 18 and 14 percent`.
    BareNumber,
    /// A superlative or verb whose meaning is the top: `largest`, `led`, `topped`, `market leader`.
    RankWord,
    /// A stated position: `No. 2`, `second-largest`, `ranked third`, `in fifth place`.
    Ordinal,
    /// A number whose sign can only be understood: `Samsung 21%, Apple 19`, a row of a table. Often no percent at all.
    LooseNumber,
    /// Percentage points: a change, never a share.
    Points,
    /// A percent with plus or minus: a change.
    Signed,
}

/// One value of a sentence.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Value {
    /// Bytes of the whole expression, with its qualifier: `more than 25-30 percent`.
    pub span: (usize, usize),
    /// Bytes of the number alone, or of the rank word.
    pub number_span: (usize, usize),
    /// Indices of the first and last token of `span`.
    pub tokens: (usize, usize),
    pub measure: Measure,
    /// Percent, position, or points.
    pub value: f64,
    /// Upper end of a range.
    pub value_max: Option<f64>,
    pub qualifier: Qualifier,
    pub form: ValueForm,
    /// Decimal places the text writes; `None` for words.
    pub decimals: Option<u8>,
}

/// Returns the values of a sentence in the order of the text; they do not overlap.
pub(crate) fn values(words: &Words<'_>) -> Vec<Value> {
    let mut readings = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let mark = !matches!(words.kind(at), Some(TokenKind::Word | TokenKind::Number));
        if mark && !matches!(words.lower(at), "#" | "№") {
            at += 1;
            continue;
        }
        let share = percents::percent(words, at).or_else(|| fractions::fraction(words, at));
        at = match share.map(ranks::Found::Rank).or_else(|| ranks::rank(words, at)) {
            Some(ranks::Found::Rank(reading)) => push(&mut readings, reading),
            Some(ranks::Found::Not(last)) => last + 1,
            None => loose::loose(words, at).map_or(at + 1, |reading| push(&mut readings, reading)),
        };
    }
    loose::join_lists(words, &mut readings);
    readings.iter().map(|reading| reading.value(words)).collect()
}

fn push(readings: &mut Vec<Reading>, reading: Reading) -> usize {
    let next = reading.last + 1;
    readings.push(reading);
    next
}

/// A value as its reader found it: tokens `first..=last`, without qualifier.
#[derive(Debug, Clone, Copy)]
struct Reading {
    first: usize,
    last: usize,
    measure: Measure,
    value: f64,
    value_max: Option<f64>,
    form: ValueForm,
    decimals: Option<u8>,
}

impl Reading {
    fn share(first: usize, last: usize, value: f64, decimals: Option<u8>) -> Self {
        let form = ValueForm::Percent;
        Self { first, last, measure: Measure::Share, value, value_max: None, form, decimals }
    }

    fn rank(first: usize, last: usize, place: f64, form: ValueForm) -> Self {
        Self { first, last, measure: Measure::Rank, value: place, value_max: None, form, decimals: None }
    }

    /// Returns the first token of the value with its qualifier.
    fn qualified_first(&self, words: &Words<'_>) -> usize {
        qualifiers::before(words, self.first).map_or(self.first, |(_, start)| start)
    }

    /// Adds the qualifier and the bytes.
    fn value(&self, words: &Words<'_>) -> Value {
        let (mut first, mut last, mut qualifier) = (self.first, self.last, Qualifier::Exact);
        if self.measure == Measure::Share {
            if let Some((after, end)) = qualifiers::after(words, last + 1) {
                (qualifier, last) = (after, end);
            }
            if let Some((before, start)) = qualifiers::before(words, first) {
                (qualifier, first) = (before, start);
            }
            // `up to 20.3% from 16.5%` is a rise, not a limit.
            if words.lower(first) == "up" && words.lower(last + 1) == "from" {
                qualifier = Qualifier::Exact;
            }
            if self.value_max.is_some() {
                qualifier = Qualifier::Range;
            }
        }
        Value {
            span: words.span(first, last),
            number_span: words.span(self.first, self.last),
            tokens: (first, last),
            measure: self.measure,
            value: self.value,
            value_max: self.value_max,
            qualifier,
            form: self.form,
            decimals: self.decimals,
        }
    }
}

#[cfg(test)]
mod tests;
