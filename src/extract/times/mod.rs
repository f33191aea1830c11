//! Times: the years, quarters, months, days and relative times that a sentence names.

mod calendar;
mod dates;
mod parts;
mod relative;
mod years;

use super::tokens::{TokenKind, Words};
use crate::model::Period;

/// A calendar unit to count in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TimeUnit {
    Day,
    Month,
    Quarter,
    Half,
    Year,
}

/// Which year a part of a year belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum YearHint {
    /// Nothing said: `in May`, `the second quarter`.
    None,
    /// Years from that of publication: `May last year` is -1, `this May` is 0.
    FromPublished(i32),
    /// Years from that of the previous figure: `the second quarter a year earlier` is -1.
    FromPrevious(i32),
    /// The next one: `could fall by December`.
    Ahead,
}

/// What a time expression says, before anything is known about the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TimeExpr {
    /// Settled by its own words: `June 2022`, `2Q23`, `2021/22`.
    Stated(Period),
    /// Months of a year left open: `first` 0 is January, `count` months.
    Part { first: u8, count: u8, year: YearHint },
    /// A unit counted from publication: `last year` is (Year, -1), `this month` (Month, 0), `five years ago` (Year, -5).
    FromPublished { unit: TimeUnit, offset: i32 },
    /// From January to the month of publication, or of the year that many years before.
    YearToDate { years: i32 },
    /// The previous figure's period, so many years away: `the same period` is 0, `a year earlier` is -1.
    SameShifted { years: i32 },
    /// The previous figure's period, in a year counted from that of publication: `the same period last year` is -1.
    SameOfPublished { years: i32 },
    /// The previous figure's period, so many months away, as long as it was: `three months earlier`.
    ShiftPrevious { months: i32 },
    /// The financial year named after `year`, or after `year` and the next: `FY23`, `2022-23`.
    Fiscal { year: i32, both: bool },
    /// A day without a year: `April 13`. Month 0 is January.
    MonthDay { month: u8, day: u8 },
    /// The previous figure's period, in a stated year: `the same quarter of 2021`.
    SameIn { year: i32 },
    /// A unit counted from the previous figure's period: `the previous month`, `the quarter before`.
    FromPrevious { unit: TimeUnit, offset: i32 },
    /// A day of the last seven: 0 is Monday.
    Weekday(u8),
    /// Named but not settled: `early 2017`, `so far`, `now`, `in recent years`. Resolves to nothing, on purpose.
    Unsettled,
}

/// A time expression and the words that carry it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TimeMention {
    pub span: (usize, usize),
    /// Indices of its first and last token.
    pub tokens: (usize, usize),
    pub expr: TimeExpr,
    /// Whether the words look ahead: `next year`, `by 2030`.
    pub ahead: bool,
}

/// Returns whether a lower-case word names a month.
pub(crate) fn is_month(word: &str) -> bool {
    month(word).is_some()
}

/// Returns the month of a lower-case word or its short form, 0 for January.
pub(crate) fn month(word: &str) -> Option<u8> {
    Some(match word {
        "january" | "jan" => 0,
        "february" | "feb" => 1,
        "march" | "mar" => 2,
        "april" | "apr" => 3,
        "may" => 4,
        "june" | "jun" => 5,
        "july" | "jul" => 6,
        "august" | "aug" => 7,
        "september" | "sep" | "sept" => 8,
        "october" | "oct" => 9,
        "november" | "nov" => 10,
        "december" | "dec" => 11,
        _ => return None,
    })
}

/// A time as its reader found it: tokens `first..=last`.
#[derive(Debug, Clone, Copy)]
struct Reading {
    first: usize,
    last: usize,
    expr: TimeExpr,
}

/// Returns the times of a sentence in the order of the text, not overlapping.
pub(crate) fn times(words: &Words<'_>) -> Vec<TimeMention> {
    let mut found = Vec::new();
    let future = looks_ahead(words);
    let mut at = 0;
    while at < words.len() {
        if !matches!(words.kind(at), Some(TokenKind::Word | TokenKind::Number)) {
            at += 1;
            continue;
        }
        let readers = [parts::part, dates::date, years::years, relative::relative];
        // The longest reading wins; of equals the first reader's.
        let readings = readers.iter().filter_map(|read| read(words, at));
        let Some(reading) = readings.reduce(|best, other| if other.last > best.last { other } else { best })
        else {
            at += 1;
            continue;
        };
        at = reading.last + 1;
        found.push(mention(words, reading, future));
    }
    found
}

fn mention(words: &Words<'_>, reading: Reading, future: bool) -> TimeMention {
    let before = reading.first.checked_sub(1).map_or("", |i| words.lower(i));
    let by = matches!(before, "by" | "until" | "till");
    let next = matches!(reading.expr, TimeExpr::FromPublished { offset, .. } if offset > 0);
    let expr = match reading.expr {
        TimeExpr::Part { first, count, year: YearHint::None } if by && future => {
            TimeExpr::Part { first, count, year: YearHint::Ahead }
        }
        // `largest partner since 2009`: a beginning, not the time of the value.
        TimeExpr::Stated(_) | TimeExpr::Part { .. } if before == "since" => TimeExpr::Unsettled,
        expr => expr,
    };
    TimeMention {
        span: words.span(reading.first, reading.last),
        tokens: (reading.first, reading.last),
        expr,
        ahead: next || by && future,
    }
}

/// Returns whether a sentence looks ahead. The month of May does not.
pub(crate) fn looks_ahead(words: &Words<'_>) -> bool {
    (0..words.len()).any(|at| {
        let (start, end) = words.span(at, at);
        is_future(words.lower(at)) && &words.text[start..end] != "May"
    })
}

/// Words that show a sentence to look ahead.
fn is_future(word: &str) -> bool {
    matches!(
        word,
        "will"
            | "could"
            | "should"
            | "would"
            | "may"
            | "might"
            | "expects"
            | "expected"
            | "forecast"
            | "forecasts"
            | "target"
            | "targets"
            | "aims"
            | "aim"
            | "plans"
            | "goal"
            | "projected"
            | "projects"
            | "predicts"
    )
}

#[cfg(test)]
mod tests;
