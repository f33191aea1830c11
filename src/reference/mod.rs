//! What the program knows without reading anything: places, groups, products, brands, sources.
//!
//! Each table is a CSV beside the code with a `.source.toml` (producer, licence, dates); `places`, `products`,
//! `brands` and `sources` load it once and answer look-ups. Unknown names are an error with suggestions,
//! names of several things an error with the candidates.

mod brands;
mod fold;
mod places;
mod products;
mod sources;
mod table;

pub use brands::{Brand, Brands, brands};
pub use fold::fold;
pub use places::{NameForm, Place, PlaceName, Places, Scheme, places};
pub use products::{HsFit, Product, ProductHs, Products, products};
pub use sources::{Source, Sources, sources};

use crate::error::Error;

/// Builds the error for a name nobody has, with up to three close names.
fn unknown<'a>(what: &'static str, name: &str, known: impl Iterator<Item = &'a str>) -> Error {
    let mut close = closest(&fold(name), known.map(|candidate| (candidate, fold(candidate))));
    close.dedup();
    let closest = close.into_iter().take(3).map(str::to_owned).collect();
    Error::Unknown { what, name: name.to_owned(), closest }
}

/// Returns the candidates whose folded text is close to the wanted one, closest first, then in their order.
fn closest<T: Ord>(wanted: &str, known: impl Iterator<Item = (T, String)>) -> Vec<T> {
    let mut scored: Vec<(f64, T)> = known
        .map(|(candidate, folded)| (strsim::jaro_winkler(wanted, &folded), candidate))
        .filter(|(score, _)| *score >= 0.85)
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    scored.into_iter().map(|(_, candidate)| candidate).collect()
}
