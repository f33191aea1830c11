//! Products, their words, and the customs codes that hold them.

use super::unknown;
use crate::error::Result;
use std::sync::LazyLock;

/// How a customs code fits a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HsFit {
    /// The code is the product.
    Exact,
    /// The code holds more than the product.
    Broader,
    /// The code holds only a part of the product.
    Narrower,
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
    /// How it fits.
    pub fit: HsFit,
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
    /// Customs codes by edition; empty for services.
    pub hs: Vec<ProductHs>,
}

/// The table of products.
#[derive(Debug)]
pub struct Products {
    all: Vec<Product>,
}

/// Returns the table, loaded once.
pub fn products() -> &'static Products {
    static PRODUCTS: LazyLock<Products> = LazyLock::new(|| Products { all: Vec::new() });
    &PRODUCTS
}

impl Products {
    /// Returns all products in table order.
    pub fn all(&self) -> &[Product] {
        &self.all
    }

    /// Returns the product with this key.
    pub fn get(&self, key: &str) -> Option<&Product> {
        self.all.iter().find(|product| product.key == key)
    }

    /// Finds what a person typed: a key, label or synonym.
    ///
    /// # Errors
    /// [`crate::Error::Unknown`] with close keys, [`crate::Error::Ambiguous`] with the candidates.
    pub fn find(&self, name: &str) -> Result<&Product> {
        Err(unknown("product", name, self.all.iter().map(|product| product.key.as_str())))
    }

    /// Returns the products that a customs code holds, nearest fit first; `edition` `None` asks all editions.
    pub fn by_hs(&self, _edition: Option<u16>, _code: &str) -> Vec<(&Product, HsFit)> {
        Vec::new()
    }

    /// Returns whether `inner` is `outer` or lies inside it, by the parent chain.
    pub fn is_within(&self, inner: &str, outer: &str) -> bool {
        inner == outer
            || self
                .get(inner)
                .and_then(|p| p.parent.as_deref())
                .is_some_and(|parent| self.is_within(parent, outer))
    }
}
