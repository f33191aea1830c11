//! Positions: `No. 2`, `second-largest`, `came third`, and the words whose meaning is the top.

use super::numbers::{number, ordinal};
use super::{Reading, ValueForm, lists};
use crate::extract::phrases::Phrases;
use crate::extract::tokens::{TokenKind, Words};
use std::sync::LazyLock;

static RANK_WORDS: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(include_str!("../data/rank_words.txt")));
static NOT_RANKS: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(include_str!("../data/rank_not.txt")));

/// What a reader made of the words at a place.
pub(super) enum Found {
    Rank(Reading),
    /// Words that are no rank, up to this token: nothing inside them may be read as one.
    Not(usize),
}

/// Reads a position that begins at token `at`.
pub(super) fn rank(words: &Words<'_>, at: usize) -> Option<Found> {
    if let Some(reading) = numbered(words, at).or_else(|| ordinal_rank(words, at)) {
        return Some(Found::Rank(reading));
    }
    // The `ahead` of `day-ahead` is a part of a word.
    if at >= 2
        && words.kind(at - 1) == Some(TokenKind::Dash)
        && words.joined(at - 1)
        && !superlative(words.lower(at))
    {
        return None;
    }
    let not = NOT_RANKS.starting(words, at).map(|(_, last)| last);
    let (key, last) = RANK_WORDS.starting(words, at).unzip();
    match (last, not) {
        (None, not) => not.map(Found::Not),
        (Some(last), Some(not)) if not >= last => Some(Found::Not(not)),
        (Some(last), _) if one_of_several(words, at) || counted_instead(words, at, last) => {
            Some(Found::Not(last))
        }
        (Some(last), _) => {
            let place = key?.parse().ok()?;
            Some(Found::Rank(Reading::rank(at, last, place, ValueForm::RankWord)))
        }
    }
}

/// Reads `No. 1`, `number two`, `#3`.
fn numbered(words: &Words<'_>, at: usize) -> Option<Reading> {
    let number_at = match words.lower(at) {
        "no" | "nos" if words.lower(at + 1) == "." => at + 2,
        "no" | "number" | "#" | "№" => at + 1,
        _ => return None,
    };
    // "no one" and "no two" are not positions.
    if words.lower(at) == "no" && words.kind(number_at) != Some(TokenKind::Number) {
        return None;
    }
    let place = number(words, number_at)?;
    let whole = place.value.fract() == 0.0 && (1.0..=200.0).contains(&place.value);
    whole.then(|| Reading::rank(at, place.next - 1, place.value, ValueForm::Ordinal))
}

/// Reads `second-largest`, `third place`, `fourth- and fifth-largest`, `came third with`.
fn ordinal_rank(words: &Words<'_>, at: usize) -> Option<Reading> {
    let (place, next) = ordinal(words, at)?;
    let found = |last| Some(Reading::rank(at, last, f64::from(place), ValueForm::Ordinal));
    let hyphen = words.kind(next) == Some(TokenKind::Dash);
    let word_at = next + usize::from(hyphen);
    if superlative(words.lower(word_at))
        && let Some((_, last)) = RANK_WORDS.starting(words, word_at)
    {
        return found(last);
    }
    if matches!(
        words.lower(word_at),
        "place" | "placed" | "ranked" | "ranking" | "rank" | "spot" | "position" | "slot" | "highest"
    ) {
        return found(word_at);
    }
    let before = at.checked_sub(1).map_or("", |i| words.lower(i));
    if matches!(before, "every" | "per" | "a") || names_time(words, at, next) {
        return None;
    }
    let after = words.lower(word_at);
    let ranked = matches!(
        before,
        "rank"
            | "ranks"
            | "ranked"
            | "ranking"
            | "came"
            | "comes"
            | "coming"
            | "finish"
            | "finished"
            | "finishing"
            | "finishes"
            | "placed"
            | "placing"
            | "stayed"
    );
    let ends = match words.kind(word_at) {
        None => true,
        Some(TokenKind::Word) if ranked => !lists::NOT_COUNTED.contains(after),
        Some(TokenKind::Word) if hyphen => matches!(after, "and" | "or"),
        Some(TokenKind::Word) => lists::FUNCTION_WORDS.contains(after),
        Some(TokenKind::Possessive | TokenKind::Number) => false,
        Some(_) => true,
    };
    let at_first = place == 1 && matches!(before, "at" | "when");
    (ends && !at_first && !leads_a_clause(words, at, word_at)).then(|| found(next - 1)).flatten()
}

/// `in the second, output fell`, `on the 9th`, `the second and third quarters`.
fn names_time(words: &Words<'_>, at: usize, next: usize) -> bool {
    let in_the = at >= 2
        && words.lower(at - 1) == "the"
        && matches!(words.lower(at - 2), "in" | "of" | "for" | "during" | "on");
    let second = next + 1 + usize::from(words.kind(next) == Some(TokenKind::Dash));
    let with_more = matches!(words.lower(second - 1), "and" | "or" | "to")
        && ordinal(words, second).is_some_and(|(_, after)| lists::NOT_COUNTED.contains(words.lower(after)));
    in_the || with_more
}

/// `First, the market fell`: the word that counts arguments.
fn leads_a_clause(words: &Words<'_>, at: usize, next: usize) -> bool {
    at == 0 && words.lower(next) == ","
}

fn superlative(word: &str) -> bool {
    matches!(
        word,
        "largest"
            | "biggest"
            | "greatest"
            | "most"
            | "best"
            | "leading"
            | "top"
            | "main"
            | "bestselling"
            | "highest"
    )
}

/// `one of the world's largest`, `among the biggest`: several are meant.
fn one_of_several(words: &Words<'_>, at: usize) -> bool {
    let window = at.saturating_sub(7)..at;
    window.clone().any(|i| {
        words.lower(i) == "among" && i + 4 >= at && words.lower(i + 1) == "the"
            || matches!(words.lower(i), "one" | "some" | "two" | "three" | "many")
                && words.lower(i + 1) == "of"
                && i + 1 < at
                && (i + 2..at).all(|k| words.kind(k) != Some(TokenKind::Mark))
    })
}

/// `the three largest`, `largest in years`, `topped 20%`, `the biggest fall`.
fn counted_instead(words: &Words<'_>, at: usize, last: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |i| words.lower(i));
    let several =
        matches!(before, "two" | "three" | "four" | "five" | "six" | "seven" | "eight" | "nine" | "ten")
            || at > 0 && words.kind(at - 1) == Some(TokenKind::Number) && superlative(words.lower(at));
    let next = words.lower(last + 1);
    let passes = matches!(words.lower(at), "topped" | "tops" | "top" | "topping")
        && words.kind(last + 1) == Some(TokenKind::Number);
    several || passes || matches!(next, "since" | "ever")
}
