//! Tables to rows with roles, through profiles that are data.

use crate::error::{Error, Result};
use crate::model::{Period, Subject, TableReading};
use std::path::Path;

/// What a caller may say about a table that does not say it itself.
#[derive(Debug, Default)]
pub struct TableOptions {
    /// Columns, units and roles of a table of an unknown shape.
    pub mapping: Option<Mapping>,
    /// Text encoding, by its WHATWG label.
    pub encoding: Option<String>,
    /// Market, where no column names it.
    pub market: Option<Subject>,
    /// Product key, where no column names it.
    pub product: Option<String>,
    /// Period, where no column names it.
    pub period: Option<Period>,
    /// Dataset key to file the rows under.
    pub dataset: Option<String>,
}

/// A mapping file: which column is what.
#[derive(Debug)]
pub struct Mapping {}

impl Mapping {
    /// Reads a mapping file.
    ///
    /// # Errors
    /// [`Error::Line`] for a wrong key or value.
    pub fn from_toml(path: &Path, _text: &str) -> Result<Self> {
        Err(Error::Input { path: path.to_owned(), reason: "mappings are not read yet".to_owned() })
    }
}

/// Reads a table.
///
/// # Errors
/// [`Error::Input`] when no profile and no mapping fits it.
pub fn read(name: &Path, _bytes: &[u8], _options: &TableOptions) -> Result<TableReading> {
    Err(Error::Input { path: name.to_owned(), reason: "no profile fits this table".to_owned() })
}

/// Writes a mapping for a table of an unknown shape, with what could be guessed and comments on the rest.
///
/// # Errors
/// [`Error::Input`] when the bytes are not a table.
pub fn suggest_mapping(name: &Path, _bytes: &[u8]) -> Result<String> {
    Err(Error::Input { path: name.to_owned(), reason: "this is not a table".to_owned() })
}

/// Says whether the first bytes of an input are rows of columns rather than prose.
pub fn looks_like_table(_name: &Path, _head: &[u8]) -> bool {
    false
}
