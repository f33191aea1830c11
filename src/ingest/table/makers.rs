//! What a table of brands is about, by what most of its brands make.

use crate::reference::brands;
use std::collections::BTreeMap;

/// Returns the product that most of the named brands make; `None` unless at least two, and more than half of those known, do.
///
/// Versions count as their brand: `Chrome 31.0` is Chrome here.
pub(super) fn product_of(names: &[String]) -> Option<String> {
    let mut makers: BTreeMap<&str, usize> = BTreeMap::new();
    let mut known = 0;
    for name in names {
        let Some(brand) = find(name) else { continue };
        known += 1;
        for product in &brand.makes {
            *makers.entry(product).or_default() += 1;
        }
    }
    let (product, count) =
        makers.into_iter().max_by_key(|(product, count)| (*count, std::cmp::Reverse(*product)))?;
    (count >= 2 && count * 2 > known).then(|| product.to_owned())
}

fn find(name: &str) -> Option<&'static crate::reference::Brand> {
    let without_version = || {
        let (brand, version) = name.trim().rsplit_once(' ')?;
        version.starts_with(|c: char| c.is_ascii_digit()).then(|| brands().find(brand).ok())?
    };
    brands().find(name.trim()).ok().or_else(without_version)
}
