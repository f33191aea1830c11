//! Products, their words, and the customs codes that hold them.
//!
//! `products.csv` holds the tree, `product_words.csv` the phrases of news prose, `product_hs.csv` the codes. A
//! product's ranges of one edition are read together: beef is 0201 and 0202, both exact.

use super::table::{Index, Row, read};
use super::unknown;
use crate::error::{Error, Result};
use std::cmp::Reverse;
use std::sync::LazyLock;

const PRODUCTS: &str = include_str!("data/products.csv");
const WORDS: &str = include_str!("data/product_words.csv");
const CODES: &str = include_str!("data/product_hs.csv");

/// How a customs code fits a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum HsFit {
    /// The code is the product.
    Exact,
    /// The code holds only a part of the product.
    Narrower,
    /// The code holds more than the product.
    Broader,
}

/// A range of codes of one edition that holds a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductHs {
    /// Edition: 1992, 1996, 2002, 2007, 2012, 2017, 2022.
    pub edition: u16,
    /// First code, text.
    pub from: String,
    /// Last code, text, same length; equal to `from` for one code.
    pub to: String,
    /// How it fits. Exact: all of it is the product, and the exact ranges of the edition together are the whole
    /// product. Broader: it holds other goods too. Narrower: the product goes beyond all its ranges.
    pub fit: HsFit,
}

impl ProductHs {
    /// Returns how `code` fits the product, as far as this range tells; `None` when they do not meet.
    fn fit_of(&self, code: &str) -> Option<HsFit> {
        if code.is_empty() || !code.is_ascii() {
            return None;
        }
        if code.len() < self.from.len() {
            let ends = (&self.from[..code.len()], &self.to[..code.len()]);
            return (ends.0 <= code && code <= ends.1).then_some(HsFit::Broader);
        }
        let stem = &code[..self.from.len()];
        if stem < self.from.as_str() || stem > self.to.as_str() {
            return None;
        }
        let whole_range = code.len() == self.from.len() && self.from == self.to;
        Some(if self.fit == HsFit::Exact && !whole_range { HsFit::Narrower } else { self.fit })
    }
}

/// A product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    /// Key: `passenger-cars`.
    pub key: String,
    /// Label: `Passenger cars`.
    pub label: String,
    /// The product that contains it.
    pub parent: Option<String>,
    /// Phrases of news prose for it, most usual first, singular and plural: `new car`, `new cars`, `cars`.
    pub synonyms: Vec<String>,
    /// Phrases that mean it only where the text already speaks of its kind: `search`, `chips`, `apps`.
    pub weak_synonyms: Vec<String>,
    /// Customs codes by edition; empty for services.
    pub hs: Vec<ProductHs>,
}

impl Product {
    /// Returns how `code` fits the product in an edition, or in the edition where it fits best.
    ///
    /// One of several exact ranges holds a part of the product only, so it is narrower.
    fn fit_of(&self, edition: Option<u16>, code: &str) -> Option<(HsFit, usize)> {
        let ranges = self.hs.iter().filter(|hs| edition.is_none_or(|wanted| wanted == hs.edition));
        let fits = ranges.filter_map(|hs| {
            let fit = hs.fit_of(code)?;
            let parts = self.hs.iter().filter(|other| other.edition == hs.edition).count();
            let fit = if fit == HsFit::Exact && parts > 1 { HsFit::Narrower } else { fit };
            Some((fit, hs.from.len()))
        });
        fits.min_by_key(|&(fit, length)| (fit, Reverse(length)))
    }
}

/// The table of products.
#[derive(Debug)]
pub struct Products {
    all: Vec<Product>,
    keys: Index,
    names: Index,
}

/// Returns the table, loaded once.
pub fn products() -> &'static Products {
    static PRODUCTS: LazyLock<Products> = LazyLock::new(Products::load);
    &PRODUCTS
}

impl Products {
    fn load() -> Self {
        let all: Vec<Product> = read(PRODUCTS, product);
        let mut keys = Index::default();
        for (position, product) in all.iter().enumerate() {
            keys.add(&product.key, position);
        }
        let mut table = Self { all, keys, names: Index::default() };
        table.add_words();
        table.add_codes();
        table.index_names();
        table
    }

    fn add_words(&mut self) {
        read(WORDS, |row| {
            let product = self.named(row);
            let words = if row.flag("weak") { &mut product.weak_synonyms } else { &mut product.synonyms };
            words.push(row.cell("text").to_owned());
        });
    }

    fn add_codes(&mut self) {
        read(CODES, |row| self.named(row).hs.push(range(row)));
    }

    fn index_names(&mut self) {
        for (position, product) in self.all.iter().enumerate() {
            let words = product.synonyms.iter().chain(&product.weak_synonyms);
            for name in [&product.key, &product.label].into_iter().chain(words) {
                self.names.add(name, position);
            }
        }
    }

    /// Returns the product that a row of another table speaks of.
    fn named(&mut self, row: Row) -> &mut Product {
        let key = row.cell("product");
        let position = self.position(key).unwrap_or_else(|| panic!("no product `{key}`"));
        &mut self.all[position]
    }

    fn position(&self, key: &str) -> Option<usize> {
        self.keys.get(key).first().copied().filter(|&position| self.all[position].key == key)
    }

    /// Returns all products in table order.
    pub fn all(&self) -> &[Product] {
        &self.all
    }

    /// Returns the product with this key.
    pub fn get(&self, key: &str) -> Option<&Product> {
        self.position(key).map(|position| &self.all[position])
    }

    /// Finds what a person typed: a key, label or synonym, whatever its case.
    ///
    /// # Errors
    /// [`crate::Error::Unknown`] with close names, [`crate::Error::Ambiguous`] with the candidates.
    pub fn find(&self, name: &str) -> Result<&Product> {
        match self.names.get(name) {
            [] => Err(unknown("product", name, self.all.iter().flat_map(spellings))),
            [one] => Ok(&self.all[*one]),
            several => {
                let candidates = several.iter().map(|&position| self.all[position].key.clone()).collect();
                Err(Error::Ambiguous { what: "product", name: name.to_owned(), candidates })
            }
        }
    }

    /// Returns the products that a customs code meets, nearest fit first; `edition` `None` asks all editions.
    ///
    /// Codes compare by their leading digits. Against cars (8703, exact), 8703 is exact, 870380 narrower and 87
    /// broader. Against a product that is only a part of its range (SUVs in 8703), codes inside are broader too,
    /// for they may hold other goods. Equal fits: the longer code of the table first, then table order.
    pub fn by_hs(&self, edition: Option<u16>, code: &str) -> Vec<(&Product, HsFit)> {
        let fits = self.all.iter().filter_map(|product| Some((product, product.fit_of(edition, code)?)));
        let mut found: Vec<_> = fits.collect();
        found.sort_by_key(|&(_, (fit, length))| (fit, Reverse(length)));
        found.into_iter().map(|(product, (fit, _))| (product, fit)).collect()
    }

    /// Returns whether `inner` is `outer` or lies inside it, by the parent chain.
    pub fn is_within(&self, inner: &str, outer: &str) -> bool {
        let mut at = Some(inner);
        while let Some(key) = at {
            if key == outer {
                return true;
            }
            at = self.get(key).and_then(|product| product.parent.as_deref());
        }
        false
    }
}

fn product(row: Row) -> Product {
    Product {
        key: row.cell("key").to_owned(),
        label: row.cell("label").to_owned(),
        parent: row.optional("parent"),
        synonyms: Vec::new(),
        weak_synonyms: Vec::new(),
        hs: Vec::new(),
    }
}

fn range(row: Row) -> ProductHs {
    let fit = match row.cell("fit") {
        "exact" => HsFit::Exact,
        "broader" => HsFit::Broader,
        "narrower" => HsFit::Narrower,
        other => panic!("expected exact, broader or narrower, found `{other}`"),
    };
    let edition = row.cell("edition").parse().expect("an edition is a year");
    ProductHs { edition, from: row.cell("from").to_owned(), to: row.cell("to").to_owned(), fit }
}

/// Returns what a person may have meant to type for a product.
fn spellings(product: &Product) -> impl Iterator<Item = &str> {
    [&product.key, &product.label].into_iter().chain(&product.synonyms).map(String::as_str)
}

#[cfg(test)]
#[path = "products_tests.rs"]
mod tests;
