//! Numbers without a sign of their own: `20, 18 and 14 percent`, `Samsung 21%, Apple 19`.

use super::numbers::number;
use super::{Reading, ValueForm, lists};
use crate::extract::tokens::{TokenKind, Words};

/// Reads a number up to a hundred that nothing follows which it could count.
pub(super) fn loose(words: &Words<'_>, at: usize) -> Option<Reading> {
    let found = number(words, at)?;
    if found.value > 100.0 || !ends(words, found.next) || !begins(words, at) {
        return None;
    }
    let bracketed =
        at.checked_sub(1).is_some_and(|i| words.lower(i) == "(") && words.lower(found.next) == ")";
    if found.decimals.is_none() && !bracketed {
        return None;
    }
    Some(Reading {
        form: ValueForm::LooseNumber,
        ..Reading::share(at, found.next - 1, found.value, found.decimals)
    })
}

/// Returns whether what follows at `next` is not what the number counts.
fn ends(words: &Words<'_>, next: usize) -> bool {
    match words.kind(next) {
        // `1 May` is a day, `20 may` is not.
        Some(TokenKind::Word) => {
            let capital = words.text[words.tokens[next].start..].starts_with(char::is_uppercase);
            let dated = capital && crate::extract::times::is_month(words.lower(next));
            !dated && !words.joined(next - 1) && lists::FUNCTION_WORDS.contains(words.lower(next))
        }
        Some(TokenKind::Percent | TokenKind::Possessive) => false,
        // `3/4`: a score or a date.
        Some(TokenKind::Mark) if words.lower(next) == "/" => !words.joined(next),
        // `12-year run`, `3-nanometre`.
        Some(TokenKind::Dash) => words.kind(next + 1) != Some(TokenKind::Word) || !words.joined(next),
        _ => true,
    }
}

/// Returns whether what stands before does not make it money, a number of something, a date or a part of a name.
fn begins(words: &Words<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return true };
    match words.kind(before) {
        Some(TokenKind::Mark) => {
            // `Jan. 29`, and the rest of `RM1,000`.
            let dated = words.lower(before) == "."
                && before > 0
                && crate::extract::times::is_month(words.lower(before - 1));
            let cut_off = words.lower(before) == "," && words.joined(before);
            !dated
                && !cut_off
                && (!matches!(words.lower(before), "$" | "€" | "£" | "¥" | "#" | "₹" | "/" | ":" | "+" | ".")
                    || !words.joined(before))
        }
        Some(TokenKind::Dash) => !words.joined(before) || before > 0 && percent_like(words, before - 1),
        Some(TokenKind::Quote) => !words.joined(before),
        Some(TokenKind::Word) => {
            !words.joined(before)
                && !crate::extract::times::is_month(words.lower(before))
                && !NUMBERED.contains(&words.lower(before))
        }
        _ => true,
    }
}

/// Words that a number after them counts off: `Model 3`, `the top 10`.
const NUMBERED: &[&str] = &[
    "model",
    "series",
    "note",
    "iphone",
    "pixel",
    "mate",
    "class",
    "type",
    "tier",
    "level",
    "version",
    "phase",
    "top",
    "chapter",
    "article",
    "section",
    "page",
    "no",
    "number",
    "euro",
    "g",
    "galaxy",
    "playstation",
    "ps",
    "xbox",
];

/// The 67 of `67–20`, but not the 2018 of `2018–22`.
fn percent_like(words: &Words<'_>, at: usize) -> bool {
    words.kind(at) == Some(TokenKind::Number) && number(words, at).is_some_and(|n| n.value <= 100.0)
}

/// Turns loose numbers that are listed together with a percent into bare ones: the sign stands for all of them.
pub(super) fn join_lists(words: &Words<'_>, readings: &mut [Reading]) {
    for at in (1..readings.len()).rev() {
        let (left, right) = (&readings[at - 1], &readings[at]);
        let signed =
            matches!(right.form, ValueForm::Percent | ValueForm::PercentWord | ValueForm::BareNumber);
        let between = left.last + 1..right.qualified_first(words);
        let listed = !between.is_empty()
            && between.len() <= 2
            && between.clone().all(|i| matches!(words.lower(i), "," | "and" | "or" | "to" | "&" | "/" | ";"));
        if signed && listed && left.form == ValueForm::LooseNumber {
            readings[at - 1].form = ValueForm::BareNumber;
        }
    }
}
