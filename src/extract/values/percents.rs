//! Percents, ranges of percents, and percentage points.

use super::numbers::{Number, number};
use super::{Reading, ValueForm};
use crate::extract::tokens::{TokenKind, Words};

/// What stands behind a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Percent,
    Points,
}

/// Reads a percent, a range of percents or points whose number begins at token `at`.
pub(super) fn percent(words: &Words<'_>, at: usize) -> Option<Reading> {
    if let Some(reading) = half_a_percent(words, at) {
        return Some(reading);
    }
    let low = number(words, at)?;
    if let Some(reading) = range(words, at, low) {
        return Some(reading);
    }
    let (next, unit) = unit(words, low.next)?;
    Some(Reading {
        form: form(words, at, low, unit),
        ..Reading::share(at, next - 1, low.value, low.decimals)
    })
}

fn form(words: &Words<'_>, at: usize, number: Number, unit: Unit) -> ValueForm {
    match unit {
        Unit::Points => ValueForm::Points,
        Unit::Percent if signed(words, at) => ValueForm::Signed,
        Unit::Percent if number.decimals.is_none() => ValueForm::PercentWord,
        Unit::Percent => ValueForm::Percent,
    }
}

/// Returns whether a plus or minus touches the number at `at` and nothing touches the sign: `(+7%)`, `, -8.4%`.
fn signed(words: &Words<'_>, at: usize) -> bool {
    let Some(sign) = at.checked_sub(1).filter(|sign| words.joined(*sign)) else { return false };
    let free = sign == 0 || !words.joined(sign - 1) || words.lower(sign - 1) == "(";
    free && matches!(words.lower(sign), "+" | "-" | "−" | "–" | "±")
}

fn half_a_percent(words: &Words<'_>, at: usize) -> Option<Reading> {
    if words.lower(at) != "half" || !matches!(words.lower(at + 1), "a" | "of" | "one") {
        return None;
    }
    let skip = if words.lower(at + 1) == "of" { 3 } else { 2 };
    let (next, unit) = unit(words, at + skip)?;
    let form = if unit == Unit::Points { ValueForm::Points } else { ValueForm::PercentWord };
    Some(Reading { form, ..Reading::share(at, next - 1, 0.5, None) })
}

/// Reads `25-30%`, `25% – 30%`, `35 to 40 percent`, `four or five percent`, `between 65% and 70%`.
fn range(words: &Words<'_>, at: usize, low: Number) -> Option<Reading> {
    let low_unit = unit(words, low.next);
    let mut joint = low_unit.map_or(low.next, |(next, _)| next);
    let before = at.checked_sub(1).map_or("", |i| words.lower(i));
    let joins = match words.lower(joint) {
        _ if words.kind(joint) == Some(TokenKind::Dash) => true,
        // `from 24 to 32 percent` and `rose 24% to 32%` are two values.
        "to" => low_unit.is_none() && before != "from",
        "or" => low_unit.is_none(),
        "and" => before == "between",
        _ => false,
    };
    joint += 1;
    let high = joins.then(|| number(words, joint)).flatten()?;
    let (next, high_unit) = unit(words, high.next)?;
    if low.value >= high.value || low_unit.is_some_and(|(_, unit)| unit != high_unit) {
        return None;
    }
    let form = form(words, at, low, high_unit);
    let decimals = low.decimals.max(high.decimals);
    Some(Reading { value_max: Some(high.value), form, ..Reading::share(at, next - 1, low.value, decimals) })
}

/// Reads a percent sign or word, or a word for points, at `at`; returns the token after it.
fn unit(words: &Words<'_>, at: usize) -> Option<(usize, Unit)> {
    let at = if words.kind(at) == Some(TokenKind::Dash) && words.kind(at + 1) == Some(TokenKind::Word) {
        at + 1
    } else {
        at
    };
    let percent_end = match words.lower(at) {
        _ if words.kind(at) == Some(TokenKind::Percent) => at + 1,
        "percent" | "percents" | "pct" | "pc" | "p.c." | "percentage" => at + 1,
        "per" if matches!(words.lower(at + 1), "cent" | "cents") => at + 2,
        "per" if words.kind(at + 1) == Some(TokenKind::Dash) && words.lower(at + 2) == "cent" => at + 3,
        "points" | "point" | "pp" | "pps" | "ppt" | "ppts" | "p.p." | "p.p" | "pts" | "pt" | "bps" | "bp" => {
            return Some((at + 1, Unit::Points));
        }
        "basis" if matches!(words.lower(at + 1), "points" | "point") => return Some((at + 2, Unit::Points)),
        _ => return None,
    };
    let points_at = percent_end + usize::from(words.kind(percent_end) == Some(TokenKind::Dash));
    if matches!(words.lower(points_at), "points" | "point" | "pts" | "pt") {
        return Some((points_at + 1, Unit::Points));
    }
    (words.lower(at) != "percentage").then_some((percent_end, Unit::Percent))
}
