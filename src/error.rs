//! The one error type of the library.
//!
//! Messages say what, where and what was expected; advice about flags is the command line's business.

use std::path::PathBuf;

/// A shorthand for the library's results.
pub type Result<T> = std::result::Result<T, Error>;

/// Everything that can go wrong in the library.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
#[expect(missing_docs, reason = "the message names each field")]
pub enum Error {
    /// A value does not have the form its type promises.
    #[error("expected {expected}, found `{found}`")]
    Value { expected: &'static str, found: String },

    /// A file or stream could not be read or written.
    #[error("cannot {action} {}", path.display())]
    Io { action: &'static str, path: PathBuf, source: std::io::Error },

    /// An input as a whole is not what any reader accepts: empty, binary, an unknown shape.
    #[error("{}: {reason}", path.display())]
    Input { path: PathBuf, reason: String },

    /// A table has columns that no profile knows, and no mapping says what they are.
    #[error("{}: {reason}", path.display())]
    UnknownShape { path: PathBuf, reason: String },

    /// A place in an input does not hold what it should: a broken row, a bad JSON line, a wrong key in a spec.
    #[error("{}:{line}: {reason}", path.display())]
    Line { path: PathBuf, line: u64, reason: String },

    /// No entry of a reference table has this name or code.
    #[error("unknown {what} `{name}`")]
    Unknown { what: &'static str, name: String, closest: Vec<String> },

    /// Several entries of a reference table have this name.
    #[error("ambiguous {what} `{name}`: {}", candidates.join(", "))]
    Ambiguous { what: &'static str, name: String, candidates: Vec<String> },

    /// A rule of the method refuses the question; `rule` is its number in `docs/method.md`, such as `R16`.
    #[error("refused: {reason} ({rule})")]
    Refused { rule: &'static str, reason: String, try_instead: Vec<String> },

    /// The database answered with an error.
    #[error("failed to {action}")]
    Store { action: &'static str, source: rusqlite::Error },

    /// The database is not one this program may use: foreign, newer, damaged, read-only or locked.
    #[error("{}: {reason}", path.display())]
    Database { path: PathBuf, reason: String },

    /// A chart cannot be drawn honestly from what it was given.
    #[error("cannot draw the chart: {reason}")]
    Chart { reason: String },
}

impl Error {
    /// Returns the adapter that turns a database error into [`Error::Store`], for `map_err`.
    pub fn store(action: &'static str) -> impl FnOnce(rusqlite::Error) -> Self {
        move |source| Self::Store { action, source }
    }

    /// Returns the adapter that turns an I/O error into [`Error::Io`], for `map_err`.
    pub fn io(action: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { action, path, source }
    }
}
