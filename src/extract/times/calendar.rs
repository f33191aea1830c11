//! The small pieces of times: year numbers, month names, and the year that may follow a month or quarter.

use super::YearHint;
use crate::extract::tokens::{TokenKind, Words};
use crate::extract::values::numbers::{ordinal, small};

/// The year of a part: stated, or only pointed at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Year {
    Stated(i32),
    Hint(YearHint),
}

/// Reads a four-digit year from 1900 to 2100 at `at`; no letter may touch it, no sign may make it money.
pub(super) fn year(words: &Words<'_>, at: usize) -> Option<i32> {
    if words.kind(at)? != TokenKind::Number || words.lower(at).len() != 4 {
        return None;
    }
    let touched =
        words.joined(at) && matches!(words.kind(at + 1), Some(TokenKind::Word | TokenKind::Percent));
    let priced = at > 0 && words.joined(at - 1) && matches!(words.lower(at - 1), "$" | "€" | "£" | "#");
    let number = words.lower(at).parse().ok().filter(|y| (1900..=2100).contains(y));
    number.filter(|_| !touched && !priced)
}

/// Reads a year of two digits behind an apostrophe at `at`: `’23`. Returns it and the token after it.
fn short_year(words: &Words<'_>, at: usize) -> Option<(i32, usize)> {
    let mark = words.kind(at)? == TokenKind::Quote && words.joined(at);
    let digits = words.lower(at + 1);
    (mark && digits.len() == 2).then(|| digits.parse::<i32>().ok()).flatten().map(|y| (century(y), at + 2))
}

/// Returns the year that two digits mean: 70 to 99 lie in the last century.
pub(super) fn century(two: i32) -> i32 {
    if two >= 70 { 1900 + two } else { 2000 + two }
}

/// Reads the year after a month or quarter: `2022`, `of 2022`, `’22`, `, 2022`, `last year`, `of the year before`.
/// Returns it and the token after it; no year at all is an open hint.
pub(super) fn year_after(words: &Words<'_>, at: usize) -> (Year, usize) {
    if let Some((year, next)) = short_year(words, at) {
        return (Year::Stated(year), next);
    }
    let skip = usize::from(matches!(words.lower(at), "of" | "in" | "," | "-" | "/"));
    for at in [at, at + skip] {
        if let Some(found) = year(words, at) {
            return (Year::Stated(found), at + 1);
        }
    }
    let pointed = |at: usize| -> Option<(i32, bool, usize)> {
        let (first, second, third) = (words.lower(at), words.lower(at + 1), words.lower(at + 2));
        match (first, second, third) {
            ("last", "year", _) => Some((-1, true, at + 2)),
            ("this", "year", _) => Some((0, true, at + 2)),
            ("next", "year", _) => Some((1, true, at + 2)),
            ("the", "current" | "present", "year") => Some((0, true, at + 3)),
            ("the", "previous" | "prior" | "preceding", "year") => Some((-1, false, at + 3)),
            ("the" | "a", "year", "before" | "earlier" | "ago") => Some((-1, false, at + 3)),
            ("the", "following", "year") => Some((1, false, at + 3)),
            ("that" | "the", "same", "year") => Some((0, false, at + 3)),
            ("that", "year", _) => Some((0, false, at + 2)),
            _ => None,
        }
    };
    let of = usize::from(matches!(words.lower(at), "of" | "in"));
    if let Some((years, published, next)) = pointed(at).or_else(|| pointed(at + of)) {
        let hint = if published { YearHint::FromPublished(years) } else { YearHint::FromPrevious(years) };
        return (Year::Hint(hint), next);
    }
    // `the first half of the year` says no more than `the first half`.
    if words.lower(at) == "of" && words.lower(at + 1) == "the" && words.lower(at + 2) == "year" {
        return (Year::Hint(YearHint::None), at + 3);
    }
    (Year::Hint(YearHint::None), at)
}

/// Reads a month name at `at`, 0 for January. It is written with a capital; `may` and `march` are verbs without.
pub(super) fn month(words: &Words<'_>, at: usize) -> Option<(u8, usize)> {
    if words.kind(at)? != TokenKind::Word {
        return None;
    }
    let token = words.tokens[at];
    if !words.text[token.start..].starts_with(char::is_uppercase) {
        return None;
    }
    let month = super::month(words.lower(at))?;
    // At the front of a sentence `May` and `March` can be anything.
    let doubtful = matches!(words.lower(at), "may" | "march" | "mar" | "jun" | "sep" | "dec" | "jan");
    if doubtful && at == 0 && words.kind(1) == Some(TokenKind::Word) {
        return None;
    }
    let dotted = words.lower(at).len() < 5 && words.lower(at + 1) == "." && words.joined(at);
    Some((month, at + 1 + usize::from(dotted)))
}

/// Reads a whole number up to a hundred in digits or words at `at`.
pub(super) fn count(words: &Words<'_>, at: usize) -> Option<u8> {
    match words.kind(at)? {
        TokenKind::Number => words.lower(at).parse().ok().filter(|n| (1..=100).contains(n)),
        TokenKind::Word => small(words.lower(at)).filter(|n| *n >= 1).map(|n| n as u8),
        _ => None,
    }
}

/// Reads `first` … `fourth`, `1st` … and the words for the ends of a year. Returns the place and the token after it.
pub(super) fn place(words: &Words<'_>, at: usize, last: u8) -> Option<(u8, usize)> {
    match words.lower(at) {
        "opening" => Some((1, at + 1)),
        "closing" | "final" => Some((last, at + 1)),
        _ => ordinal(words, at)
            .filter(|(n, _)| (1..=u32::from(last)).contains(n))
            .map(|(n, next)| (n as u8, next)),
    }
}

/// Skips one hyphen.
pub(super) fn past_dash(words: &Words<'_>, at: usize) -> usize {
    at + usize::from(words.kind(at) == Some(TokenKind::Dash))
}
