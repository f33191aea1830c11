//! Values: the percents, parts, ranks and points that a sentence states, whatever they are about.
//!
//! The reader is generous; whether a value is a share of a market is the gate's business.

use super::tokens::Words;
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
    /// Percentage points: a change, never a share.
    Points,
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

/// Returns the values of a sentence in the order of the text; they do not overlap but for bare twins of a list.
pub(crate) fn values(words: &Words<'_>) -> Vec<Value> {
    let _ = words;
    Vec::new()
}
