//! What the reader must know beside the numbers: each remark once, with the number of its rule.

/// Remarks in the order in which they came up.
#[derive(Debug, Default)]
pub(super) struct Notes {
    lines: Vec<String>,
}

impl Notes {
    /// Adds a remark of a rule, unless it is there already.
    pub(super) fn add(&mut self, rule: &str, text: impl AsRef<str>) {
        let line = format!("{} ({rule})", text.as_ref());
        if !self.lines.contains(&line) {
            self.lines.push(line);
        }
    }

    /// Returns the remarks.
    pub(super) fn into_lines(self) -> Vec<String> {
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
    fn lists_read_as_prose() {
        let words: Vec<String> = ["a", "b", "c"].map(String::from).to_vec();
        assert_eq!(list(&words[..1], 5), "a");
        assert_eq!(list(&words, 5), "a, b and c");
        assert_eq!(list(&words, 2), "a, b and 1 more");
    }
}
