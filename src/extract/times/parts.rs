//! Parts of a year: quarters, halves, runs of months.

use super::calendar::{Year, count, month, past_dash, place, year, year_after};
use super::{Reading, TimeExpr, YearHint};
use crate::extract::tokens::{TokenKind, Words};
use crate::model::Period;

/// Reads a part of a year that begins at token `at`.
pub(super) fn part(words: &Words<'_>, at: usize) -> Option<Reading> {
    named_quarter(words, at)
        .or_else(|| coded(words, at))
        .or_else(|| two_quarters(words, at))
        .or_else(|| ordinal_part(words, at))
        .or_else(|| ending_run(words, at))
        .or_else(|| ending_years(words, at))
        .or_else(|| some_months(words, at))
}

/// Returns the reading of `count` months from `first` (0 is January) in the year that may follow at `next`.
pub(super) fn in_year(words: &Words<'_>, at: usize, first: u8, count: u8, next: usize) -> Reading {
    // `the first half of the fiscal year`: of which year is not said.
    let of = next + usize::from(words.lower(next) == "of");
    let the = of + usize::from(words.lower(of) == "the");
    if matches!(words.lower(the), "fiscal" | "financial" | "marketing" | "business" | "crop") {
        return Reading { first: at, last: next - 1, expr: TimeExpr::Unsettled };
    }
    let (year, next) = year_after(words, next);
    Reading { first: at, last: next - 1, expr: months(first, count, year) }
}

/// Returns the expression of months in a year that is stated or pointed at.
pub(super) fn months(first: u8, count: u8, year: Year) -> TimeExpr {
    match year {
        Year::Stated(year) => {
            TimeExpr::Stated(Period::months(year * 12 + i32::from(first), u16::from(count)))
        }
        Year::Hint(year) => TimeExpr::Part { first, count, year },
    }
}

/// Reads `the September quarter`, `the spring quarter`, `the April-June quarter` (its months are read elsewhere).
fn named_quarter(words: &Words<'_>, at: usize) -> Option<Reading> {
    let (last_month, next) = match words.lower(at) {
        "spring" => (5, at + 1),
        "summer" => (8, at + 1),
        "autumn" | "holiday" => (11, at + 1),
        "winter" => (2, at + 1),
        _ => month(words, at)?,
    };
    let next = past_dash(words, next);
    if words.lower(next) != "quarter" || last_month % 3 != 2 {
        return None;
    }
    Some(in_year(words, at, last_month - 2, 3, next + 1))
}

/// Reads `Q2 2022`, `2Q23`, `Q2’23`, `2022 Q2`, `2022-Q2`, `H1`, `1H24`.
fn coded(words: &Words<'_>, at: usize) -> Option<Reading> {
    if let Some(found) = year(words, at) {
        let code_at = past_dash(words, at + 1);
        let (first, count, rest) = code(words.lower(code_at))?;
        return rest.is_empty().then(|| Reading {
            first: at,
            last: code_at,
            expr: months(first, count, Year::Stated(found)),
        });
    }
    if words.kind(at)? == TokenKind::Number {
        // `2Q23`: the number touches the letter; turn it round.
        let digit = words.lower(at);
        let letter = words.lower(at + 1);
        if digit.len() != 1 || !words.joined(at) || !letter.starts_with(['q', 'h']) {
            return None;
        }
        let turned = format!("{}{digit}{}", &letter[..1], &letter[1..]);
        return with_code(words, at, at + 1, &turned);
    }
    with_code(words, at, at, words.lower(at))
}

fn with_code(words: &Words<'_>, at: usize, last: usize, spelling: &str) -> Option<Reading> {
    let (first, count, rest) = code(spelling)?;
    if rest.is_empty() {
        let dash = words.kind(last + 1) == Some(TokenKind::Dash) && code(words.lower(last + 2)).is_some();
        if dash || words.lower(last + 1) == "and" && code(words.lower(last + 2)).is_some() {
            // `Q1-Q3`: from the first to the last.
            let (end, length, _) = code(words.lower(last + 2))?;
            let count = (end + length).checked_sub(first).filter(|n| *n > 0)?;
            return Some(in_year(words, at, first, count, last + 3));
        }
        return Some(in_year(words, at, first, count, last + 1));
    }
    let year: i32 = rest.parse().ok()?;
    let year = if rest.len() == 2 { super::calendar::century(year) } else { year };
    ((1900..=2100).contains(&year)).then(|| Reading {
        first: at,
        last,
        expr: months(first, count, Year::Stated(year)),
    })
}

/// Reads `q2`, `h1` and what follows it in the same token: first month, length, rest.
fn code(spelling: &str) -> Option<(u8, u8, &str)> {
    let (length, most) = match spelling.as_bytes().first()? {
        b'q' => (3, b'4'),
        b'h' => (6, b'2'),
        _ => return None,
    };
    let digit = spelling.as_bytes().get(1).filter(|d| (b'1'..=most).contains(d))?;
    Some(((digit - b'1') * length, length, &spelling[2..]))
}

/// Reads `the third and fourth quarters`, `the first and second quarters of 2023`.
fn two_quarters(words: &Words<'_>, at: usize) -> Option<Reading> {
    let (first, next) = place(words, at, 4)?;
    if !matches!(words.lower(next), "and" | "to") {
        return None;
    }
    let (second, next) = place(words, next + 1, 4)?;
    if words.lower(next) != "quarters" || second <= first {
        return None;
    }
    Some(in_year(words, at, (first - 1) * 3, (second - first + 1) * 3, next + 1))
}

/// Reads `second quarter of 2022`, `first-half`, `first eight months of last year`, `last two months of 2021`.
fn ordinal_part(words: &Words<'_>, at: usize) -> Option<Reading> {
    let last_of = words.lower(at) == "last";
    let (nth, next) = if last_of { (0, at + 1) } else { place(words, at, 4)? };
    let next = past_dash(words, next);
    let unit = words.lower(next);
    // `for a second quarter running`, `the third month in a row`.
    let before = at.checked_sub(1).map_or("", |i| words.lower(i));
    let after = (words.lower(next + 1), words.lower(next + 2));
    if before == "a" || after.0 == "running" || after == ("in", "a") {
        return None;
    }
    if last_of {
        // `the last quarter of 2019`; without a year it is the one before publication.
        let (length, after) = match unit {
            "quarter" => (3, next + 1),
            "half" => (6, next + 1),
            _ => (count(words, next).filter(|n| *n <= 11 && words.lower(next + 1) == "months")?, next + 2),
        };
        let reading = in_year(words, at, 12 - length, length, after);
        return (reading.last >= after && words.lower(after) == "of").then_some(reading);
    }
    match unit {
        "quarter" | "quarters" => Some(in_year(words, at, (nth - 1) * 3, 3, next + 1)),
        "half" if nth <= 2 => {
            let skip = usize::from(words.lower(next + 1) == "-" && words.lower(next + 2) == "year") * 2;
            Some(in_year(words, at, (nth - 1) * 6, 6, next + 1 + skip))
        }
        _ if nth == 1 => {
            let number = count(words, next).filter(|n| *n <= 12)?;
            match words.lower(next + 1) {
                "months" => Some(in_year(words, at, 0, number, next + 2)),
                "quarters" if number <= 4 => Some(in_year(words, at, 0, number * 3, next + 2)),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Reads a run by its last month: `nine months to September`, `the year to March 2025`, `quarter ended June 30`,
/// `the fiscal year that ended in June`.
fn ending_run(words: &Words<'_>, at: usize) -> Option<Reading> {
    let (length, next) = match words.lower(at) {
        "year" => (12, at + 1),
        "quarter" => (3, at + 1),
        "half" => (6, at + 1),
        "fiscal" | "financial" | "business" | "marketing" if words.lower(at + 1) == "year" => (12, at + 2),
        _ => (count(words, at).filter(|n| (2..=24).contains(n) && words.lower(at + 1) == "months")?, at + 2),
    };
    let mut next = next + usize::from(matches!(words.lower(next), "that" | "which" | ","));
    let link = words.lower(next);
    if !matches!(link, "to" | "through" | "until" | "ended" | "ending" | "ends" | "till") {
        return None;
    }
    next += 1;
    next += usize::from(matches!(words.lower(next), "in" | "on" | "with"));
    // `the year to end-March`, `the year ended 31 March 2024`.
    if words.lower(next) == "end" {
        next = past_dash(words, next + 1);
    }
    if words.kind(next) == Some(TokenKind::Number) && month(words, next + 1).is_some() {
        next += 1;
    }
    let (end, mut next) = month(words, next)?;
    if day_number(words, next) {
        next += 1;
        next += usize::from(words.lower(next) == "," && year(words, next + 1).is_some());
    }
    let (found, next) = year_after(words, next);
    let begin = i32::from(end) + 1 - i32::from(length);
    let expr = match found {
        Year::Stated(year) => TimeExpr::Stated(Period::months(year * 12 + begin, u16::from(length))),
        Year::Hint(hint) => {
            // The year pointed at is that of the last month; a run that began the year before starts in that one.
            let wraps = begin < 0;
            let year = match hint {
                YearHint::FromPublished(n) if wraps => YearHint::FromPublished(n - 1),
                YearHint::FromPrevious(n) if wraps => YearHint::FromPrevious(n - 1),
                other => other,
            };
            TimeExpr::Part { first: begin.rem_euclid(12) as u8, count: length, year }
        }
    };
    Some(Reading { first: at, last: next - 1, expr })
}

/// Reads several years by their last: `the five years to 2022`, `the decade to 2020`.
fn ending_years(words: &Words<'_>, at: usize) -> Option<Reading> {
    let (length, next) = match words.lower(at) {
        "decade" => (10, at + 1),
        _ => (count(words, at).filter(|n| *n >= 2 && words.lower(at + 1) == "years")?, at + 2),
    };
    if !matches!(words.lower(next), "to" | "through" | "until" | "ended" | "ending" | "till") {
        return None;
    }
    let last = year(words, next + 1)?;
    let first = last + 1 - i32::from(length);
    let period = Period::months(first * 12, u16::from(length) * 12);
    Some(Reading { first: at, last: next + 1, expr: TimeExpr::Stated(period) })
}

/// A day of the month at `at`: 1 to 31 in digits, no unit behind.
pub(super) fn day_number(words: &Words<'_>, at: usize) -> bool {
    words.kind(at) == Some(TokenKind::Number)
        && words.lower(at).len() <= 2
        && words.lower(at).parse::<u8>().is_ok_and(|d| (1..=31).contains(&d))
        && !matches!(words.lower(at + 1), "%" | "percent" | "per" | "million" | "billion" | "pc" | "pct")
}

/// Reads `over nine months`, `in six months`: from January, as customs and statistics offices say.
fn some_months(words: &Words<'_>, at: usize) -> Option<Reading> {
    if !matches!(words.lower(at), "in" | "over" | "for") {
        return None;
    }
    let length = count(words, at + 1).filter(|n| (2..=11).contains(n) && words.lower(at + 2) == "months")?;
    let (year, next) = year_after(words, at + 3);
    let named = matches!(year, Year::Stated(_));
    let nine = matches!(length, 9 | 11) || length == 6;
    let time_before =
        at >= 1 && matches!(words.lower(at - 1), "time" | "drop" | "rise" | "level" | "high" | "low");
    (named || nine && !time_before && words.lower(at) == "over").then(|| Reading {
        first: at + 1,
        last: next - 1,
        expr: months(0, length, year),
    })
}
