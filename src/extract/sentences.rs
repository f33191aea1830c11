//! Text to paragraphs and sentences.

use super::phrases::word_list;
use std::collections::HashSet;
use std::sync::LazyLock;

/// One sentence: bytes `start..end` of the text, without the space around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sentence {
    pub start: usize,
    pub end: usize,
    /// Number of the paragraph in the text, from 0.
    pub paragraph: usize,
    /// Number of the sentence in its paragraph, from 0.
    pub index_in_paragraph: usize,
}

impl Sentence {
    /// Returns the bytes of the sentence.
    pub fn range(&self) -> std::ops::Range<usize> {
        self.start..self.end
    }
}

/// Bytes after which a sentence is cut at the next best place whatever it holds, so that work stays linear.
const LONGEST: usize = 1_000;

/// Cuts the whole text. A sentence never crosses a newline and is never longer than a thousand bytes.
pub(crate) fn sentences(text: &str) -> Vec<Sentence> {
    let mut found = Vec::new();
    let (mut start, mut paragraph) = (0, 0);
    for end in memchr::memchr2_iter(b'\n', b'\r', text.as_bytes()).chain([text.len()]) {
        let before = found.len();
        cut(text, start, end, paragraph, &mut found);
        paragraph += usize::from(found.len() > before);
        start = end + 1;
    }
    found
}

/// Cuts one paragraph, `text[from..to]`.
fn cut(text: &str, from: usize, to: usize, paragraph: usize, found: &mut Vec<Sentence>) {
    let first = found.len();
    let mut start = from;
    let mut push = |start: usize, end: usize| {
        let piece = &text[start..end];
        let start = start + piece.len() - piece.trim_start().len();
        let end = end - (piece.len() - piece.trim_end().len());
        if start < end {
            let index_in_paragraph = found.len() - first;
            found.push(Sentence { start, end, paragraph, index_in_paragraph });
        }
    };
    let stops = memchr::memchr3_iter(b'.', b'!', b'?', &text.as_bytes()[from..to]).map(|at| from + at);
    for stop in stops.filter_map(|at| sentence_end(text, from, at, to)).chain([to]) {
        if stop <= start {
            continue;
        }
        while stop - start > LONGEST {
            let border = soft_border(text, start, start + LONGEST);
            push(start, border);
            start = border;
        }
        push(start, stop);
        start = stop;
    }
}

/// Returns where the sentence with the stop at `at` ends, or `None` when it goes on.
fn sentence_end(text: &str, from: usize, at: usize, to: usize) -> Option<usize> {
    let rest = &text[at + 1..to];
    // Of a run of stops only the last may end it; at most four closing marks follow, so that work stays linear.
    if rest.starts_with(['.', '!', '?']) {
        return None;
    }
    let closers = rest.chars().take(4).take_while(|c| matches!(c, '"' | '\'' | '”' | '’' | ')' | ']' | '»'));
    let after = &rest[closers.map(char::len_utf8).sum::<usize>()..];
    if !after.is_empty() && !after.starts_with(char::is_whitespace) {
        return None;
    }
    let next = after.trim_start();
    if next.starts_with(char::is_lowercase) {
        return None;
    }
    let ends =
        text.as_bytes()[at] != b'.' || after.len() < rest.len() || !is_abbreviation(text, from, at, next);
    ends.then_some(to - after.len())
}

/// Returns whether the word before the stop at `at` is one that takes a stop without ending the sentence.
fn is_abbreviation(text: &str, from: usize, at: usize, next: &str) -> bool {
    let window = &text.as_bytes()[at.saturating_sub(8).max(from)..at];
    let length = window.iter().rev().take_while(|b| b.is_ascii_alphabetic() || **b == b'.').count();
    if length == 0 || length > 6 {
        return false;
    }
    let word = text[at - length..at].to_ascii_lowercase();
    // An initial: `J. Smith`. A lone letter at the end of a sentence is rarer.
    if word.len() == 1 && text.as_bytes()[at - 1].is_ascii_uppercase() && !next.is_empty() && word != "i" {
        return true;
    }
    if ABBREVIATIONS.contains(word.as_str()) {
        // `no.` ends "the answer was no." but not "No. 1".
        return word != "no" && word != "nos" || next.starts_with(|c: char| c.is_ascii_digit());
    }
    ABBREVIATIONS.contains(format!("+{word}").as_str()) && !begins_sentence(next)
}

static ABBREVIATIONS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| word_list(include_str!("data/abbreviations.txt")));
static STARTERS: LazyLock<HashSet<&str>> = LazyLock::new(|| word_list(include_str!("data/starters.txt")));

fn begins_sentence(next: &str) -> bool {
    let word = next.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    STARTERS.contains(word.to_lowercase().as_str())
}

/// Returns the last space before `limit`, else the last character border, never `start`.
fn soft_border(text: &str, start: usize, limit: usize) -> usize {
    let limit = (start + 4..=limit).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(limit);
    text[start..limit].rfind(' ').filter(|at| *at > 0).map_or(limit, |at| start + at)
}

/// Returns the indices of the sentences in which a trigger begins, ascending; `hits` are ascending too.
pub(crate) fn triggered(sentences: &[Sentence], hits: &[usize]) -> Vec<usize> {
    let mut hits = hits.iter().copied().peekable();
    let holds = |sentence: &Sentence| {
        while hits.next_if(|hit| *hit < sentence.start).is_some() {}
        hits.peek().is_some_and(|hit| *hit < sentence.end)
    };
    let mut holds = holds;
    (0..sentences.len()).filter(|at| holds(&sentences[*at])).collect()
}

/// Sentences without a trigger that may go on with the numbers of the one before: `Then came Samsung at 12.6`.
const FOLLOWERS: usize = 6;

/// Returns the indices of the sentences to read: those with a trigger, and those with a digit that follow one closely.
pub(crate) fn worth_reading(text: &str, sentences: &[Sentence], hits: &[usize]) -> Vec<usize> {
    let with_trigger = triggered(sentences, hits);
    let mut found = Vec::with_capacity(with_trigger.len());
    for (nth, &at) in with_trigger.iter().enumerate() {
        found.push(at);
        let stop = with_trigger.get(nth + 1).map_or(sentences.len(), |next| *next).min(at + 1 + FOLLOWERS);
        let digits = |at: &usize| text[sentences[*at].range()].bytes().any(|b| b.is_ascii_digit());
        found.extend((at + 1..stop).take_while(digits));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn cuts(text: &str, expected: &[&str]) {
        let found: Vec<&str> = sentences(text).iter().map(|s| &text[s.range()]).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn stops_and_newlines_end_sentences() {
        cuts(
            "It rose. Then it fell!\nNew line\n\n“Yes.” He left? Yes",
            &["It rose.", "Then it fell!", "New line", "“Yes.”", "He left?", "Yes"],
        );
    }

    #[test]
    fn abbreviations_numbers_and_initials_do_not() {
        cuts("The U.S. took 18.3 percent.", &["The U.S. took 18.3 percent."]);
        cuts("It is No. 1 in the U.S. The rest follows.", &["It is No. 1 in the U.S.", "The rest follows."]);
        cuts("Apple Inc. and J. Smith vs. Sony.", &["Apple Inc. and J. Smith vs. Sony."]);
        cuts("Was it so? No. It was not.", &["Was it so?", "No.", "It was not."]);
        cuts("Yahoo! said so... and left.", &["Yahoo! said so... and left."]);
    }

    #[test]
    fn paragraphs_are_counted_without_the_empty_ones() {
        let found = sentences("A b. C d.\n\nE f.");
        let places: Vec<_> = found.iter().map(|s| (s.paragraph, s.index_in_paragraph)).collect();
        assert_eq!(places, [(0, 0), (0, 1), (1, 0)]);
    }

    #[test]
    fn text_without_a_stop_is_cut_all_the_same() {
        let found = sentences(&"слово ".repeat(50_000)).len();
        assert!(found > 100, "{found}");
        assert!(sentences(&"é".repeat(100_000)).len() > 50);
    }

    #[test]
    fn only_sentences_with_a_trigger_are_named() {
        let cut = sentences("Nothing. Here 5%. Nothing. And 6%.");
        assert_eq!(triggered(&cut, &[14, 31]), [1, 3]);
        assert_eq!(triggered(&cut, &[]), [0; 0]);
    }

    #[test]
    fn sentences_with_digits_right_after_a_trigger_are_read_too() {
        let text = "A 5%.\nB 4.3 3.1\nC 2.2\nNo number.\nD 4";
        assert_eq!(worth_reading(text, &sentences(text), &[3]), [0, 1, 2]);
    }
}
