//! Small numbers for what many rows share: markets with basis and period, units, status letters.

use std::collections::HashMap;

/// One market, basis and period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Span {
    pub(super) market: i64,
    pub(super) basis: i64,
    pub(super) period: i64,
}

/// The spans of one input, in the order in which they are met.
#[derive(Debug)]
pub(super) struct Spans {
    pub(super) dataset: i64,
    pub(super) list: Vec<Span>,
    known: HashMap<Span, usize>,
    last: usize,
}

impl Spans {
    pub(super) fn new(dataset: i64) -> Self {
        Self { dataset, list: Vec::new(), known: HashMap::new(), last: 0 }
    }

    pub(super) fn number(&mut self, span: Span) -> usize {
        if self.list.get(self.last) != Some(&span) {
            let next = self.list.len();
            self.last = *self.known.entry(span).or_insert(next);
            if self.last == next {
                self.list.push(span);
            }
        }
        self.last
    }
}

/// The different short texts of a column. There are few.
#[derive(Debug)]
pub(super) struct Words {
    list: Vec<String>,
    most: usize,
    last: usize,
}

impl Words {
    pub(super) fn new(most: usize) -> Self {
        Self { list: vec![String::new()], most, last: 0 }
    }

    /// Returns the word's number, 0 for the empty one; `None` when there are too many.
    pub(super) fn number(&mut self, word: &str) -> Option<usize> {
        if word.is_empty() {
            return Some(0);
        }
        if self.list[self.last] != word {
            self.last = match self.list.iter().position(|known| known == word) {
                Some(at) => at,
                None if self.list.len() == self.most => return None,
                None => {
                    self.list.push(word.to_owned());
                    self.list.len() - 1
                }
            };
        }
        Some(self.last)
    }

    pub(super) fn word(&self, number: usize) -> &str {
        &self.list[number]
    }

    /// Returns the number of the letters of both words; of the first when there are too many.
    pub(super) fn joined(&mut self, one: usize, other: usize) -> usize {
        if one == other || other == 0 {
            return one;
        }
        let more = self.list[other].clone();
        self.with(one, &more)
    }

    /// Returns the number of a word with these letters added, each once.
    pub(super) fn with(&mut self, word: usize, letters: &str) -> usize {
        let mut all = self.list[word].clone();
        all.extend(letters.chars().filter(|letter| !self.list[word].contains(*letter)));
        self.number(&all).unwrap_or(word)
    }
}
