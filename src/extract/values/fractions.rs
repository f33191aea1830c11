//! Parts in words: `a third`, `four fifths`, `half`, `one in four`, `nine out of ten`, `every third`.

use super::numbers::{self, ordinal, small};
use super::{Reading, ValueForm, lists};
use crate::extract::tokens::{TokenKind, Words};
use crate::model::round_half_away;

/// Reads a part that begins at token `at`.
pub(super) fn fraction(words: &Words<'_>, at: usize) -> Option<Reading> {
    half(words, at)
        .or_else(|| of_denominator(words, at))
        .or_else(|| every_nth(words, at))
        .or_else(|| in_every(words, at))
        .or_else(|| one_in_five(words, at))
        .or_else(|| slashed(words, at))
        .map(|(last, part)| Reading {
            form: ValueForm::Fraction,
            ..Reading::share(at, last, round_half_away(100.0 * part, 1), None)
        })
}

fn previous<'a>(words: &'a Words<'_>, at: usize) -> &'a str {
    at.checked_sub(1).map_or("", |i| words.lower(i))
}

/// Reads `half`, but not `the first half`, `half a million`, `half-year`, `cut in half`.
fn half(words: &Words<'_>, at: usize) -> Option<(usize, f64)> {
    if words.lower(at) != "half" {
        return None;
    }
    let (before, after) = (previous(words, at), words.lower(at + 1));
    let and_a_half = before == "a" && at >= 2 && words.lower(at - 2) == "and";
    let in_half = before == "in" && !matches!(after, "of" | "the");
    let joined = words.kind(at + 1) == Some(TokenKind::Dash) && words.joined(at)
        || at > 0 && words.kind(at - 1) == Some(TokenKind::Dash) && words.joined(at - 1);
    let another = lists::BEFORE_HALF.contains(before) || lists::AFTER_HALF.contains(after);
    (!another && !and_a_half && !in_half && !joined).then_some((at, 0.5))
}

/// Reads `a third`, `one-fifth`, `three quarters`, `nine-tenths`.
fn of_denominator(words: &Words<'_>, at: usize) -> Option<(usize, f64)> {
    let count =
        if words.lower(at) == "a" { 1 } else { small(words.lower(at)).filter(|n| (1..=19).contains(n))? };
    let hyphen = words.kind(at + 1) == Some(TokenKind::Dash);
    let last = at + 1 + usize::from(hyphen);
    let word = words.lower(last);
    let singular = word.strip_suffix('s').unwrap_or(word);
    if (count == 1) != (singular == word) {
        return None;
    }
    let parts = match singular {
        "half" if count == 1 && previous(words, at) != "and" => return half(words, last),
        "quarter" => 4,
        "second" => return None,
        _ => ordinal_word(words, last, singular)?,
    };
    let before = previous(words, at);
    let counts_time =
        matches!(before, "first" | "last" | "past" | "previous" | "next" | "all" | "consecutive" | "every");
    (count < parts && !counts_time && stands_alone(words, last, singular))
        .then(|| (last, f64::from(count) / f64::from(parts)))
}

/// Returns the denominator of `third`, `fifth` … `twentieth`.
fn ordinal_word(words: &Words<'_>, at: usize, singular: &str) -> Option<u32> {
    if words.kind(at) != Some(TokenKind::Word) {
        return None;
    }
    numbers::ordinal_word(singular).filter(|n| *n >= 3)
}

/// Returns whether a part is meant by the word at `at`: `a third of`, but not `a third plant`, `a quarter earlier`.
fn stands_alone(words: &Words<'_>, at: usize, singular: &str) -> bool {
    let next = words.lower(at + 1);
    // `a third more` is a change, `a quarter of a century` a time.
    if matches!(
        next,
        "more"
            | "less"
            | "higher"
            | "lower"
            | "cheaper"
            | "bigger"
            | "smaller"
            | "larger"
            | "faster"
            | "fewer"
    ) || matches!(next, "ago" | "earlier" | "later" | "before" | "after" | "to" if singular == "quarter")
        || next == "in" && words.lower(at + 2) == "which"
        || next == "of"
            && matches!(words.lower(at + 2), "a")
            && matches!(
                words.lower(at + 3),
                "century" | "million" | "billion" | "mile" | "year" | "percent" | "percentage" | "point"
            )
    {
        return false;
    }
    if singular == "quarter" || words.lower(at).ends_with('s') {
        return !lists::NOT_COUNTED.contains(next);
    }
    words.kind(at + 1) != Some(TokenKind::Word) && words.kind(at + 1) != Some(TokenKind::Dash)
        || lists::FUNCTION_WORDS.contains(next)
}

/// Reads `every third phone`.
fn every_nth(words: &Words<'_>, at: usize) -> Option<(usize, f64)> {
    if words.lower(at) != "every" {
        return None;
    }
    let (n, next) = if words.lower(at + 1) == "other" { return None } else { ordinal(words, at + 1)? };
    let counts = words.kind(next) == Some(TokenKind::Word) && !lists::NOT_COUNTED.contains(words.lower(next));
    ((2..=20).contains(&n) && counts).then(|| (next - 1, 1.0 / f64::from(n)))
}

/// Reads `one in four`, `nine out of ten`, `seven in every ten`, `eight of every ten`, `four chips in five`.
fn in_every(words: &Words<'_>, at: usize) -> Option<(usize, f64)> {
    let count = count(words, at)?;
    for link in at + 1..=at + 4 {
        if words.kind(link) != Some(TokenKind::Word) {
            return None;
        }
        if let Some((last, total, firm)) = total_after(words, link) {
            let gap = link - at - 1;
            let next = words.lower(last + 1);
            let alone = words.kind(last + 1) != Some(TokenKind::Word) || lists::FUNCTION_WORDS.contains(next);
            let fits = count < total && !lists::NOT_COUNTED.contains(next) && (firm || gap == 0 || alone);
            return fits.then(|| (last, f64::from(count) / f64::from(total)));
        }
    }
    None
}

/// Reads `one-in-five`.
fn one_in_five(words: &Words<'_>, at: usize) -> Option<(usize, f64)> {
    let hyphen = |at: usize| words.kind(at) == Some(TokenKind::Dash) && words.joined(at);
    if !hyphen(at + 1) || words.lower(at + 2) != "in" || !hyphen(at + 3) {
        return None;
    }
    let (part, total) = (small(words.lower(at))?, small(words.lower(at + 4))?);
    (0 < part && part < total).then(|| (at + 4, f64::from(part) / f64::from(total)))
}

/// Reads `2/3 of`; a score or a date is not followed by `of`.
fn slashed(words: &Words<'_>, at: usize) -> Option<(usize, f64)> {
    if words.lower(at + 1) != "/" || words.lower(at + 3) != "of" || !words.joined(at) || !words.joined(at + 1)
    {
        return None;
    }
    let (part, total): (u32, u32) = (words.lower(at).parse().ok()?, words.lower(at + 2).parse().ok()?);
    (0 < part && part < total && total <= 20).then(|| (at + 2, f64::from(part) / f64::from(total)))
}

/// Reads the `in four` of `one in four` at `at`: last token, total, and whether the words allow nothing else.
fn total_after(words: &Words<'_>, at: usize) -> Option<(usize, u32, bool)> {
    let (next, out) = match (words.lower(at), words.lower(at + 1)) {
        ("out", "of") => (at + 2, true),
        ("in" | "of" | "from", _) => (at + 1, false),
        _ => return None,
    };
    let every = matches!(words.lower(next), "every" | "each");
    if words.lower(at) != "in" && !out && !every {
        return None;
    }
    let at = next + usize::from(every);
    count(words, at).filter(|n| *n >= 2).map(|total| (at, total, out || every))
}

/// Returns a whole number up to a hundred, in words or digits.
fn count(words: &Words<'_>, at: usize) -> Option<u32> {
    match words.kind(at)? {
        TokenKind::Number if !words.joined(at) || words.kind(at + 1) == Some(TokenKind::Mark) => {
            words.lower(at).parse().ok().filter(|n| (1..=100).contains(n))
        }
        TokenKind::Word => match words.lower(at) {
            "twenty" => Some(20),
            "hundred" => Some(100),
            word => small(word).filter(|n| *n >= 1),
        },
        _ => None,
    }
}
