//! Words of a flow to the basis and the role that go with them.

use super::profile::{Flow, Profile};
use crate::error::{Error, Result};
use crate::model::Basis;
use std::path::Path;

/// What a flow word means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    /// A total of its own.
    Basis(Basis),
    /// Inside another row, as re-exports are in exports (R8).
    Memo(Basis),
    /// Not wanted.
    Skip,
}

const WORDS: &[(&str, Direction)] = &[
    ("import", Direction::Basis(Basis::Imports)),
    ("imports", Direction::Basis(Basis::Imports)),
    ("m", Direction::Basis(Basis::Imports)),
    ("export", Direction::Basis(Basis::Exports)),
    ("exports", Direction::Basis(Basis::Exports)),
    ("x", Direction::Basis(Basis::Exports)),
    ("re-export", Direction::Memo(Basis::Exports)),
    ("re-exports", Direction::Memo(Basis::Exports)),
    ("rx", Direction::Memo(Basis::Exports)),
    ("re-import", Direction::Memo(Basis::Imports)),
    ("re-imports", Direction::Memo(Basis::Imports)),
    ("rm", Direction::Memo(Basis::Imports)),
];

/// Flow words of a table.
#[derive(Debug)]
pub(super) struct FlowReader {
    pub column: Option<usize>,
    constant: Direction,
    words: Vec<(String, Direction)>,
}

impl FlowReader {
    /// # Errors
    /// [`Error::Input`] when a word's meaning is none.
    pub(super) fn new(name: &Path, profile: &Profile, column: Option<usize>) -> Result<Self> {
        let Flow { basis, words, .. } = &profile.flow;
        let mut known = Vec::new();
        for (word, meaning) in words {
            let direction = meaning_of(meaning).ok_or_else(|| Error::Input {
                path: name.to_owned(),
                reason: format!(
                    "{}: flow word `{word}`: expected a basis such as imports, `memo` and a basis, or skip, found `{meaning}`",
                    profile.name
                ),
            })?;
            known.push((word.to_lowercase(), direction));
        }
        let constant = Direction::Basis(basis.unwrap_or(Basis::Unspecified));
        Ok(Self { column, constant, words: known })
    }

    /// Takes a word that the file's name says for all rows; `false` for a word nobody knows.
    pub(super) fn say(&mut self, word: &str) -> bool {
        let said = self.read(Some(word));
        self.constant = said.unwrap_or(self.constant);
        said.is_some()
    }

    /// Takes the basis of all rows.
    pub(super) fn set(&mut self, basis: Basis) {
        self.constant = Direction::Basis(basis);
    }

    /// Reads the cell; `None` for a word nobody knows.
    pub(super) fn read(&self, cell: Option<&str>) -> Option<Direction> {
        let Some(cell) = cell else { return Some(self.constant) };
        let own = self
            .words
            .iter()
            .find(|(word, _)| {
                word.eq_ignore_ascii_case(cell) || (!cell.is_ascii() && *word == cell.to_lowercase())
            })
            .map(|(_, direction)| *direction);
        if self.words.is_empty() { common(cell) } else { own }
    }
}

/// Reads a meaning of a flow word: `imports`, `memo exports`, `skip`.
pub(super) fn meaning_of(text: &str) -> Option<Direction> {
    match text.split_once(' ') {
        Some(("memo", basis)) => basis.parse().ok().map(Direction::Memo),
        None if text == "skip" => Some(Direction::Skip),
        _ => text.parse().ok().map(Direction::Basis),
    }
}

/// Says whether the word is one that tables of trade use for a flow.
pub(super) fn is_word(word: &str) -> bool {
    word.len() > 1 && common(word).is_some() || matches!(word, "M" | "X")
}

/// Returns the meaning of a common word as a mapping writes it.
pub(super) fn common_meaning(word: &str) -> &'static str {
    match common(word) {
        Some(Direction::Basis(Basis::Exports)) => "exports",
        Some(Direction::Basis(_)) => "imports",
        Some(Direction::Memo(Basis::Exports)) => "memo exports",
        Some(Direction::Memo(_)) => "memo imports",
        _ => "skip",
    }
}

fn common(word: &str) -> Option<Direction> {
    WORDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(word)).map(|(_, direction)| *direction)
}
