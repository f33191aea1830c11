//! Which sentences are worth reading: one pass over the bytes for the literals every figure needs one of.

use aho_corasick::{AhoCorasick, AhoCorasickKind};

/// The automaton over `data/triggers.txt`; built once.
#[derive(Debug)]
pub(crate) struct Triggers {
    automaton: AhoCorasick,
}

impl Triggers {
    pub fn new() -> Self {
        let literals =
            include_str!("data/triggers.txt").lines().filter(|l| !l.is_empty() && !l.starts_with('#'));
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .kind(Some(AhoCorasickKind::DFA))
            .build(literals)
            .expect("the literals are few and short");
        Self { automaton }
    }

    /// Says whether there is any literal; stops at the first.
    pub fn any(&self, text: &str) -> bool {
        self.automaton.is_match(text)
    }

    /// Returns the first bytes of the literals found, ascending.
    pub fn hits(&self, text: &str) -> Vec<usize> {
        self.automaton.find_iter(text).map(|hit| hit.start()).collect()
    }
}
