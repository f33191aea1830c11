//! What the reader must know beside the numbers: each remark once, with the number of its rule.

use std::collections::BTreeMap;

/// Most remarks of one rule that begin alike; the rest is counted.
const MOST_ALIKE: usize = 5;

/// Remarks in the order in which they came up.
#[derive(Debug, Default)]
pub(super) struct Notes {
    lines: Vec<String>,
    /// Number of remarks of each rule and beginning.
    alike: BTreeMap<(String, String), usize>,
}

impl Notes {
    /// Adds a remark of a rule, unless it is there already. Of many that begin alike a few are kept and all are counted.
    pub(super) fn add(&mut self, rule: &str, text: impl AsRef<str>) {
        let text = text.as_ref();
        let line = format!("{text} ({rule})");
        if self.lines.contains(&line) {
            return;
        }
        let beginning = text.split_once(':').map_or(text, |(beginning, _)| beginning);
        let count = self.alike.entry((rule.to_owned(), beginning.to_owned())).or_default();
        *count += 1;
        if *count <= MOST_ALIKE {
            self.lines.push(line);
        }
    }

    /// Returns the remarks.
    pub(super) fn into_lines(mut self) -> Vec<String> {
        for ((rule, beginning), count) in self.alike {
            if count > MOST_ALIKE {
                self.lines.push(format!("{beginning}: {} more like this ({rule})", count - MOST_ALIKE));
            }
        }
        self.lines
    }
}

/// Joins words as prose lists them: `a`, `a and b`, `a, b and c`; more than `most` end in a count.
pub(super) fn list(words: &[String], most: usize) -> String {
    if words.len() > most {
        return format!("{} and {} more", words[..most].join(", "), words.len() - most);
    }
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remark_is_said_once() {
        let mut notes = Notes::default();
        notes.add("R2", "coverage 95 %");
        notes.add("R2", "coverage 95 %");
        notes.add("R2", "coverage 70 %");
        assert_eq!(notes.into_lines(), ["coverage 95 % (R2)", "coverage 70 % (R2)"]);
    }

    #[test]
    fn many_remarks_alike_are_counted() {
        let mut notes = Notes::default();
        for year in 2000..2020 {
            notes.add("R2", format!("left out: {year}"));
        }
        notes.add("R2", "denominator: sum");
        let lines = notes.into_lines();
        assert_eq!(lines.len(), 7);
        assert_eq!(lines[5..], ["denominator: sum (R2)", "left out: 15 more like this (R2)"]);
    }

    #[test]
    fn lists_read_as_prose() {
        let words: Vec<String> = ["a", "b", "c"].map(String::from).to_vec();
        assert_eq!(list(&words[..1], 5), "a");
        assert_eq!(list(&words, 5), "a, b and c");
        assert_eq!(list(&words, 2), "a, b and 1 more");
    }
}
