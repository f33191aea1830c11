//! Has it come to pass? Words that make a value a forecast or a target.

use super::phrases::Phrases;
use super::tokens::{TokenKind, Words};
use super::values::Value;
use crate::model::Status;
use std::sync::LazyLock;

static CUES: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(include_str!("data/status_words.txt")));

/// Returns the status that the words around a value give it.
///
/// A cue counts in the clause of the value: before it, back to a semicolon or to a stop in the line of thought (a value in
/// between that is followed by `from`, `up from`, `but` …), or after it up to the next comma or `and`. `from 13 %` is the level
/// that already is, whatever is aimed at.
pub(crate) fn status(words: &Words<'_>, value: &Value) -> Status {
    let (first, last) = value.tokens;
    if first > 0 && matches!(words.lower(first - 1), "from") {
        return Status::Actual;
    }
    let clause = clause(words, first, last);
    let mut found = Status::Actual;
    let mut at = clause.start;
    while at < clause.end {
        let Some((key, end)) = CUES.starting(words, at) else {
            at += 1;
            continue;
        };
        // Capitals inside a sentence are a month or a name: May, Target.
        let name = at > 0 && words.text[words.tokens[at].start..].starts_with(char::is_uppercase);
        if end < clause.end && !name {
            found = match (key, found) {
                ("target", _) => Status::Target,
                ("forecast", Status::Actual) => Status::Forecast,
                (_, found) => found,
            };
        }
        at = end + 1;
    }
    found
}

/// Returns the tokens of the value's clause.
fn clause(words: &Words<'_>, first: usize, last: usize) -> std::ops::Range<usize> {
    let hard = |at: usize| {
        matches!(words.lower(at), ";" | "(" | ")" | ":")
            || matches!(
                words.lower(at),
                "but"
                    | "whereas"
                    | "while"
                    | "when"
                    | "although"
                    | "though"
                    | "compared"
                    | "versus"
                    | "against"
            )
            || words.lower(at) == ","
                && matches!(words.lower(at + 1), "and" | "which" | "where" | "who" | "up" | "down" | "after")
            || words.kind(at) == Some(TokenKind::Dash) && !words.joined(at)
    };
    let start = (0..first).rev().find(|at| hard(*at)).map_or(0, |at| at + 1);
    let end = (last + 1..words.len())
        .find(|at| hard(*at) || matches!(words.lower(*at), "," | "and"))
        .unwrap_or(words.len());
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::values::values;

    #[track_caller]
    fn reads(text: &str, expected: &[Status]) {
        let words = Words::read(text, 0..text.len());
        let found: Vec<Status> = values(&words).iter().map(|value| status(&words, value)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn aims_and_expectations_are_told_from_facts() {
        reads("Thailand aims to make 30% of its cars electric by 2030.", &[Status::Target]);
        reads("The share is set to exceed 40% in 2030.", &[Status::Forecast]);
        reads("The share was 40% in May.", &[Status::Actual]);
        reads(
            "India aims to raise gas to 15 per cent by 2030 from 6 per cent.",
            &[Status::Target, Status::Actual],
        );
        reads("Exports were 12%, but they will reach 20% next year.", &[Status::Actual, Status::Forecast]);
    }
}
