//! Months, runs of named months, and days.

use super::calendar::{Year, month, year, year_after};
use super::parts::{day_number, months};
use super::{Reading, TimeExpr, YearHint, month as month_name};
use crate::extract::tokens::{TokenKind, Words};
use crate::model::Period;
use jiff::civil::Date;

/// Reads months or a day that begin at token `at`.
pub(super) fn date(words: &Words<'_>, at: usize) -> Option<Reading> {
    iso(words, at)
        .or_else(|| day_first(words, at))
        .or_else(|| from_month(words, at))
        .or_else(|| pointed_month(words, at))
}

/// Reads `2022-06-15` and `2022-06`.
fn iso(words: &Words<'_>, at: usize) -> Option<Reading> {
    let found = year(words, at)?;
    let part = |at: usize| (words.lower(at).len() == 2).then(|| words.lower(at).parse::<i8>().ok()).flatten();
    let dash = |at: usize| words.lower(at) == "-" && words.joined(at - 1) && words.joined(at);
    if !dash(at + 1) {
        return None;
    }
    let month = part(at + 2)?;
    if dash(at + 3) {
        let date = Date::new(found as i16, month, part(at + 4)?).ok()?;
        return Some(Reading { first: at, last: at + 4, expr: TimeExpr::Stated(Period::Day(date)) });
    }
    None
}

/// Reads `15 June 2022`, `15 June`, `15th of June`.
fn day_first(words: &Words<'_>, at: usize) -> Option<Reading> {
    if !day_number(words, at) {
        return None;
    }
    let ending = matches!(words.lower(at + 1), "st" | "nd" | "rd" | "th") && words.joined(at);
    let after = at + 1 + usize::from(ending);
    let of = usize::from(ending && words.lower(after) == "of");
    let (month, next) = month(words, after + of)?;
    let found = year(words, next);
    day(words, at, month, at, next, found)
}

fn day(
    words: &Words<'_>,
    first: usize,
    month: u8,
    day_at: usize,
    next: usize,
    year: Option<i32>,
) -> Option<Reading> {
    let number: u8 = words.lower(day_at).parse().ok()?;
    let expr = match year {
        Some(year) => {
            TimeExpr::Stated(Period::Day(Date::new(year as i16, month as i8 + 1, number as i8).ok()?))
        }
        None => TimeExpr::MonthDay { month, day: number },
    };
    Some(Reading { first, last: if year.is_some() { next } else { next - 1 }, expr })
}

/// Reads what begins with a month name: a day, a month, a run of months.
fn from_month(words: &Words<'_>, at: usize) -> Option<Reading> {
    let (first, next) = month(words, at).or_else(|| small_month(words, at))?;
    if let Some(reading) = run(words, at, first, next) {
        return Some(reading);
    }
    if day_number(words, next) && !starts_year(words, next) {
        let comma = usize::from(words.lower(next + 1) == ",");
        let ending =
            usize::from(matches!(words.lower(next + 1), "st" | "nd" | "rd" | "th") && words.joined(next));
        let found = year(words, next + 1 + comma.max(ending));
        let after = if found.is_some() { next + 1 + comma.max(ending) } else { next + 1 + ending };
        return day(words, at, first, next, after, found);
    }
    let (year, next) = year_after(words, next);
    Some(Reading { first: at, last: next - 1, expr: months(first, 1, year) })
}

/// Reads a month without its capital where a day follows: `april 7`. `may` and `march` are verbs.
fn small_month(words: &Words<'_>, at: usize) -> Option<(u8, usize)> {
    let word = words.lower(at);
    let sure = word.len() > 3 && word != "march" && day_number(words, at + 1) && !words.joined(at);
    sure.then(|| month_name(word)).flatten().map(|month| (month, at + 1))
}

/// Two digits after a month that are a year in disguise never occur without an apostrophe; `May 20,000` is no day.
fn starts_year(words: &Words<'_>, at: usize) -> bool {
    words.lower(at + 1) == "," && words.joined(at) && words.joined(at + 1)
}

/// Reads `April–June 2022`, `January to August`, `April 2020 to March 2021`, `January and February`.
fn run(words: &Words<'_>, at: usize, first: u8, next: usize) -> Option<Reading> {
    let before = at.checked_sub(1).map_or("", |i| words.lower(i));
    let (first_year, link) = match year(words, next) {
        Some(year) => (Some(year), next + 1),
        None => (None, next),
    };
    let linked = match words.lower(link) {
        _ if words.kind(link) == Some(TokenKind::Dash) => true,
        "to" | "through" | "until" | "till" | "/" => true,
        "and" => true,
        _ => false,
    };
    if !linked {
        return None;
    }
    let (last, after) = month(words, link + 1)?;
    let (year, mut next) = year_after(words, after);
    // `the April-June quarter`
    next += usize::from(words.lower(next) == "quarter" && next == after);
    let (year, next) = if next > after && words.lower(next - 1) == "quarter" {
        year_after(words, next)
    } else {
        (year, next)
    };
    let count = match first_year {
        Some(begin) => match year {
            Year::Stated(end) => (end - begin) * 12 + i32::from(last) - i32::from(first) + 1,
            Year::Hint(_) => return None,
        },
        None => (i32::from(last) - i32::from(first)).rem_euclid(12) + 1,
    };
    // `in May and June` is a run only side by side, or after `between`.
    if words.lower(link) == "and" && before != "between" && count != 2 || !(2..=120).contains(&count) {
        return None;
    }
    let wraps = first_year.is_none() && last < first;
    let expr = match (first_year, year) {
        (Some(begin), _) => TimeExpr::Stated(Period::months(begin * 12 + i32::from(first), count as u16)),
        (None, Year::Stated(end)) => {
            TimeExpr::Stated(Period::months((end - i32::from(wraps)) * 12 + i32::from(first), count as u16))
        }
        (None, Year::Hint(hint)) => {
            let back = |n: i32| n - i32::from(wraps);
            let year = match hint {
                YearHint::FromPublished(n) => YearHint::FromPublished(back(n)),
                YearHint::FromPrevious(n) => YearHint::FromPrevious(back(n)),
                other => other,
            };
            TimeExpr::Part { first, count: count as u8, year }
        }
    };
    Some(Reading { first: at, last: next - 1, expr })
}

/// Reads `this May`, `last May`.
fn pointed_month(words: &Words<'_>, at: usize) -> Option<Reading> {
    if !matches!(words.lower(at), "this" | "last") {
        return None;
    }
    let (first, next) = month(words, at + 1)?;
    let year = if words.lower(at) == "this" { YearHint::FromPublished(0) } else { YearHint::None };
    Some(Reading { first: at, last: next - 1, expr: TimeExpr::Part { first, count: 1, year } })
}
