//! Brands, companies and platforms: home country, owner, what they make.
//!
//! A brand that its owner also uses as company name (`Samsung`, `Samsung Electronics`) is one entry, under the
//! name that news prints. A part with figures of its own (`Maruti Suzuki` of Suzuki) is an entry with an owner.

use super::table::{Index, Row, read};
use super::unknown;
use crate::error::{Error, Result};
use crate::model::{Subject, SubjectKind};
use std::sync::LazyLock;

const BRANDS: &str = include_str!("data/brands.csv");

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
    keys: Index,
    names: Index,
}

/// Returns the table, loaded once.
pub fn brands() -> &'static Brands {
    static BRANDS: LazyLock<Brands> = LazyLock::new(Brands::load);
    &BRANDS
}

impl Brands {
    fn load() -> Self {
        let all: Vec<Brand> = read(BRANDS, brand);
        let (mut keys, mut names) = (Index::default(), Index::default());
        for (position, brand) in all.iter().enumerate() {
            keys.add(&brand.key, position);
            for name in [&brand.key, &brand.name].into_iter().chain(&brand.aliases) {
                names.add(name, position);
            }
        }
        Self { all, keys, names }
    }

    /// Returns all brands in table order.
    pub fn all(&self) -> &[Brand] {
        &self.all
    }

    /// Returns the brand with this key.
    pub fn get(&self, key: &str) -> Option<&Brand> {
        let brand = self.keys.get(key).first().map(|&position| &self.all[position])?;
        (brand.key == key).then_some(brand)
    }

    /// Finds what a person typed or a file writes: key, name or alias, whatever its case.
    ///
    /// # Errors
    /// [`crate::Error::Unknown`] with close names, [`crate::Error::Ambiguous`] with the candidates.
    pub fn find(&self, name: &str) -> Result<&Brand> {
        match self.names.get(name) {
            [] => Err(unknown("brand", name, self.all.iter().map(|brand| brand.name.as_str()))),
            [one] => Ok(&self.all[*one]),
            several => {
                let candidates = several.iter().map(|&position| self.all[position].name.clone()).collect();
                Err(Error::Ambiguous { what: "brand", name: name.to_owned(), candidates })
            }
        }
    }
}

fn brand(row: Row) -> Brand {
    let kind = match row.cell("kind") {
        "brand" => SubjectKind::Brand,
        "company" => SubjectKind::Company,
        "platform" => SubjectKind::Platform,
        other => panic!("expected brand, company or platform, found `{other}`"),
    };
    Brand {
        key: row.cell("key").to_owned(),
        name: row.cell("name").to_owned(),
        kind,
        home: row.optional("home"),
        owner: row.optional("owner"),
        makes: row.list("makes"),
        aliases: row.list("aliases"),
        common_word: row.flag("common_word"),
    }
}

#[cfg(test)]
#[path = "brands_tests.rs"]
mod tests;
