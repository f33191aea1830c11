//! Numbers in digits and in words.

use crate::extract::tokens::{TokenKind, Words};

/// A number and the token after it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Number {
    pub value: f64,
    pub next: usize,
    /// Decimal places written; `None` for words.
    pub decimals: Option<u8>,
}

/// Reads a number that begins at token `at`: `1,234.5`, `17,1`, `eighty-one`, `two and a half`, `a hundred`.
pub(crate) fn number(words: &Words<'_>, at: usize) -> Option<Number> {
    match words.kind(at)? {
        TokenKind::Number => digits(words.lower(at)).map(|(value, decimals)| Number {
            value,
            next: at + 1,
            decimals: Some(decimals),
        }),
        TokenKind::Word => in_words(words, at),
        _ => None,
    }
    .map(|number| with_half(words, number))
}

/// Reads digits. A comma before exactly three digits groups thousands, else it is the decimal mark.
fn digits(text: &str) -> Option<(f64, u8)> {
    let groups = text.contains(',')
        && !text.starts_with("0,")
        && text.split('.').next()?.split(',').skip(1).all(|group| group.len() == 3);
    let plain = if groups { text.replace(',', "") } else { text.replace(',', ".") };
    let decimals = plain.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    // Two decimal marks, as in 12.05.2022: a date or a version.
    Some((plain.parse().ok()?, u8::try_from(decimals).ok()?))
}

fn in_words(words: &Words<'_>, at: usize) -> Option<Number> {
    let found = |value: u32, next| Some(Number { value: f64::from(value), next, decimals: None });
    let word = words.lower(at);
    if let Some(tens) = tens(word) {
        let unit_at = at + if words.kind(at + 1) == Some(TokenKind::Dash) { 2 } else { 1 };
        return match small(words.lower(unit_at)) {
            Some(unit @ 1..=9) => found(tens + unit, unit_at + 1),
            _ => found(tens, at + 1),
        };
    }
    if word == "hundred" {
        return found(100, at + 1);
    }
    if matches!(word, "a" | "one") && words.lower(at + 1) == "hundred" {
        return found(100, at + 2);
    }
    found(small(word)?, at + 1)
}

/// Adds the half of `two and a half`.
fn with_half(words: &Words<'_>, number: Number) -> Number {
    let half = (0..3).all(|i| words.lower(number.next + i) == ["and", "a", "half"][i]);
    if half { Number { value: number.value + 0.5, next: number.next + 3, ..number } } else { number }
}

/// Returns the number of a word from zero to nineteen.
pub(crate) fn small(word: &str) -> Option<u32> {
    Some(match word {
        "zero" => 0,
        "one" => 1,
        "two" => 2,
        "three" => 3,
        "four" => 4,
        "five" => 5,
        "six" => 6,
        "seven" => 7,
        "eight" => 8,
        "nine" => 9,
        "ten" => 10,
        "eleven" => 11,
        "twelve" => 12,
        "thirteen" => 13,
        "fourteen" => 14,
        "fifteen" => 15,
        "sixteen" => 16,
        "seventeen" => 17,
        "eighteen" => 18,
        "nineteen" => 19,
        _ => return None,
    })
}

fn tens(word: &str) -> Option<u32> {
    Some(match word {
        "twenty" => 20,
        "thirty" => 30,
        "forty" => 40,
        "fifty" => 50,
        "sixty" => 60,
        "seventy" => 70,
        "eighty" => 80,
        "ninety" => 90,
        _ => return None,
    })
}

/// Returns the number of an ordinal word from first to twentieth.
pub(crate) fn ordinal_word(word: &str) -> Option<u32> {
    Some(match word {
        "first" => 1,
        "second" => 2,
        "third" => 3,
        "fourth" => 4,
        "fifth" => 5,
        "sixth" => 6,
        "seventh" => 7,
        "eighth" => 8,
        "ninth" => 9,
        "tenth" => 10,
        "eleventh" => 11,
        "twelfth" => 12,
        "thirteenth" => 13,
        "fourteenth" => 14,
        "fifteenth" => 15,
        "sixteenth" => 16,
        "seventeenth" => 17,
        "eighteenth" => 18,
        "nineteenth" => 19,
        "twentieth" => 20,
        _ => return None,
    })
}

/// Reads an ordinal at `at`: `third`, `11th`. Returns it and the token after it.
pub(crate) fn ordinal(words: &Words<'_>, at: usize) -> Option<(u32, usize)> {
    if words.kind(at)? == TokenKind::Number {
        let ending = matches!(words.lower(at + 1), "st" | "nd" | "rd" | "th") && words.joined(at);
        return ending.then(|| words.lower(at).parse().ok()).flatten().map(|n| (n, at + 2));
    }
    ordinal_word(words.lower(at)).map(|n| (n, at + 1))
}
