//! Tables of phrases, matched against the tokens of a sentence.
//!
//! A table is text: one `key: phrase` a line, `#` begins a comment line. In a phrase `a|b` is either word, `..` up to six
//! tokens of any kind. Hyphens between words need not be written: `best selling` also matches `best-selling`.

use super::tokens::{TokenKind, Words};
use std::collections::HashMap;

/// Tokens that `..` may stand for.
const GAP: usize = 6;

#[derive(Debug)]
enum Piece {
    OneOf(Vec<&'static str>),
    Gap,
}

#[derive(Debug)]
struct Phrase {
    key: &'static str,
    pieces: Vec<Piece>,
}

/// A compiled table; look-ups cost the phrases that share the first or last word.
#[derive(Debug, Default)]
pub(crate) struct Phrases {
    phrases: Vec<Phrase>,
    by_first: Index,
    by_last: Index,
}

/// Phrases by a word. Most words begin none, so first byte and length are asked before the map is.
#[derive(Debug)]
struct Index {
    phrases: HashMap<&'static str, Vec<usize>>,
    lengths: [u32; 256],
}

impl Default for Index {
    fn default() -> Self {
        Self { phrases: HashMap::new(), lengths: [0; 256] }
    }
}

impl Index {
    fn add(&mut self, word: &'static str, phrase: usize) {
        if let Some(first) = word.bytes().next() {
            self.lengths[usize::from(first)] |= 1 << word.len().min(31);
        }
        self.phrases.entry(word).or_default().push(phrase);
    }

    fn get(&self, word: &str) -> Option<&Vec<usize>> {
        let first = word.bytes().next()?;
        let may = self.lengths[usize::from(first)] & (1 << word.len().min(31)) != 0;
        may.then(|| self.phrases.get(word)).flatten()
    }
}

impl Phrases {
    /// Compiles a table. Lines are written by us, so a wrong one is a fault of the program and is skipped.
    pub fn new(table: &'static str) -> Self {
        let mut compiled = Self::default();
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let Some((key, words)) = line.split_once(':') else { continue };
            let pieces: Vec<Piece> = words
                .split_whitespace()
                .map(|w| if w == ".." { Piece::Gap } else { Piece::OneOf(w.split('|').collect()) })
                .collect();
            let at = compiled.phrases.len();
            for (piece, index) in
                [(pieces.first(), &mut compiled.by_first), (pieces.last(), &mut compiled.by_last)]
            {
                if let Some(Piece::OneOf(words)) = piece {
                    words.iter().for_each(|word| index.add(word, at));
                }
            }
            compiled.phrases.push(Phrase { key: key.trim(), pieces });
        }
        compiled
    }

    /// Returns key and last token of the longest phrase that begins at token `at`.
    pub fn starting(&self, words: &Words<'_>, at: usize) -> Option<(&'static str, usize)> {
        let ends = |i: &usize| {
            forward(words, at, &self.phrases[*i].pieces).map(|end| (self.phrases[*i].key, end - 1))
        };
        self.by_first.get(words.lower(at))?.iter().filter_map(ends).max_by_key(|(_, end)| *end)
    }

    /// Returns key and first token of the longest phrase that ends at token `at`; phrases with gaps are not tried.
    pub fn ending(&self, words: &Words<'_>, at: usize) -> Option<(&'static str, usize)> {
        let starts = |i: &usize| {
            backward(words, at, &self.phrases[*i].pieces).map(|start| (self.phrases[*i].key, start))
        };
        self.by_last.get(words.lower(at))?.iter().filter_map(starts).min_by_key(|(_, start)| *start)
    }
}

/// Returns the token after the match of all `pieces` from `at`.
fn forward(words: &Words<'_>, at: usize, pieces: &[Piece]) -> Option<usize> {
    let Some((piece, rest)) = pieces.split_first() else { return Some(at) };
    match piece {
        Piece::Gap => (at..=at + GAP).find_map(|at| forward(words, at, rest)),
        Piece::OneOf(options) => {
            if at >= words.len() {
                return None;
            }
            if !options.contains(&words.lower(at)) {
                return None;
            }
            let next = at + 1;
            // The hyphen after this word belongs to the phrase when more of it follows.
            let hyphen = !rest.is_empty() && words.kind(next) == Some(TokenKind::Dash) && words.joined(at);
            forward(words, next, rest).or_else(|| hyphen.then(|| forward(words, next + 1, rest)).flatten())
        }
    }
}

/// Returns the first token of the match of all `pieces` that ends with `at`.
fn backward(words: &Words<'_>, at: usize, pieces: &[Piece]) -> Option<usize> {
    let mut end = at + 1;
    for (i, piece) in pieces.iter().rev().enumerate() {
        let Piece::OneOf(options) = piece else { return None };
        if i > 0 && end > 0 && words.kind(end - 1) == Some(TokenKind::Dash) {
            end -= 1;
        }
        end = end.checked_sub(1)?;
        if !options.contains(&words.lower(end)) {
            return None;
        }
    }
    Some(end)
}

/// Returns the words of a plain list file: one or several a line, `#` begins a comment line.
pub(crate) fn word_list(table: &'static str) -> std::collections::HashSet<&'static str> {
    table.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_match_over_hyphens_and_gaps_and_backwards() {
        let table = Phrases::new("# note\na: best selling\nb: nobody .. more|most than\nc: just over");
        let text = "Nobody has sold more best-selling cars, just over";
        let words = Words::read(text, 0..text.len());
        assert_eq!(table.starting(&words, 4), Some(("a", 6)));
        assert_eq!(table.starting(&words, 0), None);
        assert_eq!(table.ending(&words, words.len() - 1), Some(("c", words.len() - 2)));
        assert_eq!(table.ending(&words, 2), None);
        let text = "nobody sold more than";
        assert_eq!(table.starting(&Words::read(text, 0..text.len()), 0), Some(("b", 3)));
    }
}
