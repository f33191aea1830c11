//! How firmly a number is meant: `nearly`, `more than`, `or so`.

use crate::extract::phrases::Phrases;
use crate::extract::tokens::{TokenKind, Words};
use crate::model::Qualifier;
use std::sync::LazyLock;

static BEFORE: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::new(include_str!("../data/qualifiers_before.txt")));
static AFTER: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::new(include_str!("../data/qualifiers_after.txt")));

/// Returns the qualifier that ends right before token `first`, and its first token.
pub(crate) fn before(words: &Words<'_>, first: usize) -> Option<(Qualifier, usize)> {
    let (key, start) = BEFORE.ending(words, first.checked_sub(1)?)?;
    Some((key.parse().ok()?, start))
}

/// Returns the qualifier that begins at token `next`, and its last token.
pub(crate) fn after(words: &Words<'_>, next: usize) -> Option<(Qualifier, usize)> {
    // `40%-plus`
    let next =
        next + usize::from(words.kind(next) == Some(TokenKind::Dash) && words.lower(next + 1) == "plus");
    let (key, end) = AFTER.starting(words, next)?;
    Some((key.parse().ok()?, end))
}
