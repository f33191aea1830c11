//! Brands, companies and platforms: home country, owner, what they make.

use super::unknown;
use crate::error::Result;
use crate::model::{Subject, SubjectKind};
use std::sync::LazyLock;

/// A brand, company or platform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brand {
    /// Key: `xiaomi`.
    pub key: String,
    /// Name as figures print it.
    pub name: String,
    /// Brand, Company or Platform.
    pub kind: SubjectKind,
    /// Home country, alpha-3.
    pub home: Option<String>,
    /// Key of the owner.
    pub owner: Option<String>,
    /// Product keys it makes or sells, most important first.
    pub makes: Vec<String>,
    /// Further spellings, `Samsung Electronics`.
    pub aliases: Vec<String>,
    /// Whether the name is also an ordinary word or place (`Apple`, `Seat`, `Visa`): prose needs its capital letter and context.
    pub common_word: bool,
}

impl Brand {
    /// Returns the brand as subject of a figure.
    pub fn subject(&self) -> Subject {
        Subject::new(self.kind, &self.name, &self.key)
    }
}

/// The table of brands.
#[derive(Debug)]
pub struct Brands {
    all: Vec<Brand>,
}

/// Returns the table, loaded once.
pub fn brands() -> &'static Brands {
    static BRANDS: LazyLock<Brands> = LazyLock::new(|| Brands { all: Vec::new() });
    &BRANDS
}

impl Brands {
    /// Returns all brands in table order.
    pub fn all(&self) -> &[Brand] {
        &self.all
    }

    /// Returns the brand with this key.
    pub fn get(&self, key: &str) -> Option<&Brand> {
        self.all.iter().find(|brand| brand.key == key)
    }

    /// Finds what a person typed or a file writes: key, name or alias, whatever its case.
    ///
    /// # Errors
    /// [`crate::Error::Unknown`] with close names.
    pub fn find(&self, name: &str) -> Result<&Brand> {
        Err(unknown("brand", name, self.all.iter().map(|brand| brand.name.as_str())))
    }
}
