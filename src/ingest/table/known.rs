//! Whether a word is a known name at all: asked of every cell of an unknown table, where a search for what it may have
//! meant would take too long.

use super::names;
use crate::reference::{brands, fold, places, products};
use std::collections::HashSet;
use std::sync::LazyLock;

/// Says whether it is a name of a place, in any language of the lists.
pub(super) fn place(name: &str) -> bool {
    static NAMES: LazyLock<HashSet<String>> = LazyLock::new(|| {
        let names = places().all().iter().flat_map(|place| place.names.iter().map(|name| fold(&name.text)));
        names.chain(["world".to_owned()]).collect()
    });
    NAMES.contains(&fold(name)) || names::find(name).is_some()
}

/// Says whether it is a name of a brand.
pub(super) fn brand(name: &str) -> bool {
    static NAMES: LazyLock<HashSet<String>> = LazyLock::new(|| {
        let brands = brands().all().iter();
        brands.flat_map(|brand| brand.aliases.iter().chain([&brand.name]).map(|name| fold(name))).collect()
    });
    NAMES.contains(&fold(name))
}

/// Says whether it is a word for a product.
pub(super) fn product(name: &str) -> bool {
    static NAMES: LazyLock<HashSet<String>> = LazyLock::new(|| {
        let words = products().all().iter().flat_map(|product| {
            let weak = product.weak_synonyms.iter();
            product.synonyms.iter().chain(weak).chain([&product.key, &product.label]).map(|word| fold(word))
        });
        words.collect()
    });
    NAMES.contains(&fold(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_as_the_tables_have_them() {
        assert!(
            place("Serbia") && place("Südkorea") && place("WORLD") && !place("Haval") && !place("Atlantis")
        );
        assert!(brand("Haval") && brand("VW") && !brand("Serbia of old"));
        assert!(product("passenger-cars") && product("Wheat") && !product("goodness"));
    }
}
