//! Times that lean on publication or on the figure before: `last year`, `the same period of 2021`, `a year earlier`.

use super::calendar::{Year, year_after};
use super::{Reading, TimeExpr, TimeUnit, YearHint};
use crate::extract::phrases::Phrases;
use crate::extract::tokens::Words;
use std::sync::LazyLock;

static RELATIVE: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::new(include_str!("../data/times_relative.txt")));

/// Reads a relative time that begins at token `at`.
pub(super) fn relative(words: &Words<'_>, at: usize) -> Option<Reading> {
    if let Some(day) = weekday(words, at) {
        return Some(day);
    }
    let (key, last) = RELATIVE.starting(words, at)?;
    let expr = expression(key)?;
    if expr != (TimeExpr::SameShifted { years: 0 }) {
        return Some(Reading { first: at, last, expr });
    }
    // `the same period of 2021`, `the same quarter a year earlier`, `the same months last year`.
    let (year, next) = year_after(words, last + 1);
    let expr = match year {
        Year::Stated(year) => TimeExpr::SameIn { year },
        Year::Hint(YearHint::FromPublished(years)) => TimeExpr::SameOfPublished { years },
        Year::Hint(YearHint::FromPrevious(years)) => TimeExpr::SameShifted { years },
        Year::Hint(_) => expr,
    };
    Some(Reading { first: at, last: next - 1, expr })
}

fn expression(key: &str) -> Option<TimeExpr> {
    let mut parts = key.split(' ');
    let kind = parts.next()?;
    let rest: Vec<&str> = parts.collect();
    let number = || rest.last().and_then(|n| n.parse::<i32>().ok());
    Some(match kind {
        "same" => TimeExpr::SameShifted { years: number()? },
        "ytd" => TimeExpr::YearToDate { years: number()? },
        "prev" if rest.first() == Some(&"shift") => TimeExpr::ShiftPrevious { months: number()? },
        "prev" => TimeExpr::FromPrevious { unit: unit(rest.first()?)?, offset: number()? },
        "pub" => TimeExpr::FromPublished { unit: unit(rest.first()?)?, offset: number()? },
        "eoy" => TimeExpr::Part { first: 11, count: 1, year: YearHint::None },
        _ => TimeExpr::Unsettled,
    })
}

fn unit(word: &str) -> Option<TimeUnit> {
    Some(match word {
        "day" => TimeUnit::Day,
        "month" => TimeUnit::Month,
        "quarter" => TimeUnit::Quarter,
        "half" => TimeUnit::Half,
        "year" => TimeUnit::Year,
        _ => return None,
    })
}

fn weekday(words: &Words<'_>, at: usize) -> Option<Reading> {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let day = DAYS.iter().position(|day| *day == words.lower(at))?;
    Some(Reading { first: at, last: at, expr: TimeExpr::Weekday(day as u8) })
}
