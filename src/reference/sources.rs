//! Statistical sources and agencies: who counts, who relays.

use super::unknown;
use crate::error::Result;
use std::sync::LazyLock;

/// A producer or relay of numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Key: `autostat`.
    pub key: String,
    /// Name as figures print it.
    pub name: String,
    /// customs, statistics, market-research, news, think-tank, company, association, aggregator, other.
    pub kind: String,
    /// 1 is the body that counts, 5 repeats others.
    pub tier: u8,
    /// Country, alpha-3, where it has one.
    pub country: Option<String>,
    /// Further spellings: `AEB` for Association of European Businesses.
    pub aliases: Vec<String>,
    /// What it counts or leaves out, for footers.
    pub note: String,
}

/// The table of sources.
#[derive(Debug)]
pub struct Sources {
    all: Vec<Source>,
}

/// Returns the table, loaded once.
pub fn sources() -> &'static Sources {
    static SOURCES: LazyLock<Sources> = LazyLock::new(|| Sources { all: Vec::new() });
    &SOURCES
}

impl Sources {
    /// Returns all sources in table order.
    pub fn all(&self) -> &[Source] {
        &self.all
    }

    /// Returns the source with this key.
    pub fn get(&self, key: &str) -> Option<&Source> {
        self.all.iter().find(|source| source.key == key)
    }

    /// Finds what a text or person writes: key, name or alias.
    ///
    /// # Errors
    /// [`crate::Error::Unknown`] with close names.
    pub fn find(&self, name: &str) -> Result<&Source> {
        Err(unknown("source", name, self.all.iter().map(|source| source.name.as_str())))
    }
}
