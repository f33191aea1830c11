//! Years, runs of years, decades and financial years.

use super::calendar::{century, month, year};
use super::{Reading, TimeExpr};
use crate::extract::tokens::{TokenKind, Words};
use crate::model::Period;

/// Reads years that begin at token `at`.
pub(super) fn years(words: &Words<'_>, at: usize) -> Option<Reading> {
    fiscal(words, at).or_else(|| decade(words, at)).or_else(|| run(words, at)).or_else(|| plain(words, at))
}

/// Years as a name: one, or the first of two joined ones.
#[derive(Debug, Clone, Copy)]
struct Named {
    year: i32,
    both: bool,
    next: usize,
}

/// Reads `2023`, `2022-23`, `2022/23` at `at`; the second year must be the next one.
fn named(words: &Words<'_>, at: usize) -> Option<Named> {
    let first = year(words, at)?;
    Some(second(words, first, at))
}

/// Adds the `-23` that may follow the year `first` at token `at`.
fn second(words: &Words<'_>, first: i32, at: usize) -> Named {
    let both = joined_year(words, at, first) == Some(first + 1);
    Named { year: first, both, next: at + if both { 3 } else { 1 } }
}

/// Returns the year joined to the one at `at` by a dash or slash: the 2023 of `2019-23`, `2019–2023`, `2022/23`.
fn joined_year(words: &Words<'_>, at: usize, first: i32) -> Option<i32> {
    let dash = words.kind(at + 1) == Some(TokenKind::Dash) || words.lower(at + 1) == "/";
    if !dash || !words.joined(at) || !words.joined(at + 1) || words.kind(at + 2) != Some(TokenKind::Number) {
        return None;
    }
    let digits = words.lower(at + 2);
    let number: i32 = digits.parse().ok()?;
    // `2022-06-15` is a day.
    let goes_on = words.kind(at + 3) == Some(TokenKind::Dash) && words.joined(at + 2) && words.joined(at + 3);
    match digits.len() {
        2 if !goes_on => {
            Some(first - first.rem_euclid(100) + number).map(|y| if y < first { y + 100 } else { y })
        }
        4 => Some(number).filter(|y| (1900..=2100).contains(y)),
        _ => None,
    }
}

/// Reads `FY23`, `FY2022-23`, `fiscal 2023`, `fiscal year 2023-24 (July-June)`, `the 2022 fiscal year`.
fn fiscal(words: &Words<'_>, at: usize) -> Option<Reading> {
    let word = words.lower(at);
    let found = if let Some(digits) = word.strip_prefix("fy").filter(|digits| !digits.is_empty()) {
        let number: i32 = digits.parse().ok()?;
        second(words, if digits.len() == 2 { century(number) } else { number }, at)
    } else if word == "fy" || word == "fiscal" && words.lower(at + 1) != "year" {
        named(words, at + 1)?
    } else if matches!(word, "fiscal" | "financial") {
        named(words, at + 2).filter(|_| words.lower(at + 1) == "year")?
    } else {
        let found = named(words, at)?;
        let marked = matches!(words.lower(found.next), "fiscal" | "financial")
            && words.lower(found.next + 1) == "year";
        marked.then_some(Named { next: found.next + 2, ..found })?
    };
    let (expr, next) = bracketed_months(words, &found)
        .unwrap_or((TimeExpr::Fiscal { year: found.year, both: found.both }, found.next));
    Some(Reading { first: at, last: next - 1, expr })
}

/// Reads the `(July-June)` after a financial year of two names; it settles the months.
fn bracketed_months(words: &Words<'_>, named: &Named) -> Option<(TimeExpr, usize)> {
    if words.lower(named.next) != "(" || !named.both {
        return None;
    }
    let (first, dash) = month(words, named.next + 1)?;
    let (last, close) = month(words, dash + 1)?;
    let months = Period::months(named.year * 12 + i32::from(first), 12);
    ((first + 11) % 12 == last).then_some((TimeExpr::Stated(months), close + 1))
}

/// Reads `the 1990s`; `the mid-1990s` is not settled.
fn decade(words: &Words<'_>, at: usize) -> Option<Reading> {
    let digits = words.lower(at);
    let plural = words.lower(at + 1) == "s" && words.joined(at);
    if words.kind(at)? != TokenKind::Number || digits.len() != 4 || !digits.ends_with('0') || !plural {
        return None;
    }
    let first: i32 = digits.parse().ok()?;
    let expr = if is_vague(words, at) {
        TimeExpr::Unsettled
    } else {
        TimeExpr::Stated(Period::months(first * 12, 120))
    };
    Some(Reading { first: at, last: at + 1, expr })
}

/// `early 2017`, `mid-2020`, `late in 2019`: which months is not said.
fn is_vague(words: &Words<'_>, at: usize) -> bool {
    let before = |n: usize| at.checked_sub(n).map_or("", |i| words.lower(i));
    let vague = |word| {
        matches!(
            word,
            "early"
                | "mid"
                | "late"
                | "middle"
                | "beginning"
                | "start"
                | "spring"
                | "summer"
                | "autumn"
                | "winter"
        )
    };
    vague(before(1)) || vague(before(2)) && matches!(before(1), "-" | "in" | "of")
}

/// Reads `2019-23`, `2019–2023`, `from 2019 to 2023`, `between 2019 and 2023`; `2022/23` alone may start anywhere.
fn run(words: &Words<'_>, at: usize) -> Option<Reading> {
    let first = year(words, at)?;
    let span = |last: i32| TimeExpr::Stated(Period::months(first * 12, ((last - first + 1) * 12) as u16));
    if let Some(last) = joined_year(words, at, first) {
        let two_digits = words.lower(at + 2).len() == 2;
        let expr = match last - first {
            1 if two_digits && words.lower(at + 1) == "/" => TimeExpr::Unsettled,
            1 if two_digits && words.lower(at + 3) == "marketing" => TimeExpr::Unsettled,
            1 if two_digits => TimeExpr::Fiscal { year: first, both: true },
            1..=150 => span(last),
            _ => return None,
        };
        return Some(Reading { first: at, last: at + 2, expr });
    }
    let before = at.checked_sub(1).map_or("", |i| words.lower(i));
    let links = matches!(words.lower(at + 1), "to" | "through" | "until")
        || words.lower(at + 1) == "and" && before == "between";
    let last = year(words, at + 2).filter(|last| links && (1..=150).contains(&(last - first)))?;
    Some(Reading { first: at, last: at + 2, expr: span(last) })
}

/// Reads a year that stands alone.
fn plain(words: &Words<'_>, at: usize) -> Option<Reading> {
    let found = year(words, at)?;
    let counts = matches!(
        words.lower(at + 1),
        "units"
            | "cars"
            | "vehicles"
            | "tons"
            | "tonnes"
            | "million"
            | "billion"
            | "people"
            | "euros"
            | "dollars"
            | "jobs"
            | "workers"
            | "km"
            | "trucks"
            | "buses"
    );
    let expr = if is_vague(words, at) { TimeExpr::Unsettled } else { TimeExpr::Stated(Period::year(found)) };
    (!counts).then_some(Reading { first: at, last: at, expr })
}
