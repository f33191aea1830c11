//! Names of countries in other languages than English, for tables that ministries write in their own.

use crate::reference::{Place, fold, places};
use std::collections::HashMap;
use std::sync::LazyLock;

const NAMES: &str = include_str!("names.csv");

/// Finds the country of a name in German, French, Spanish, Portuguese, Italian, Dutch, Polish, Russian, Turkish, Chinese,
/// Japanese or Korean. Names that two countries share are none.
pub(super) fn find(name: &str) -> Option<&'static Place> {
    static INDEX: LazyLock<HashMap<String, Option<&str>>> = LazyLock::new(|| {
        let mut index: HashMap<String, Option<&str>> = HashMap::new();
        for line in NAMES.lines().skip(1) {
            let Some((id, name)) = line.split_once(',') else { continue };
            let name = fold(name.trim_matches('"'));
            index.entry(name).and_modify(|known| *known = known.filter(|one| *one == id)).or_insert(Some(id));
        }
        index
    });
    places().get((*INDEX.get(&fold(name))?)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_are_known_in_the_languages_of_the_files() {
        for (name, id) in [
            ("Südkorea", "KOR"),
            ("Países Baixos", "NLD"),
            ("Nueva Zelanda", "NZL"),
            ("韩国", "KOR"),
            ("大韓民国", "KOR"),
            ("미국", "USA"),
            ("中国台湾", "TWN"),
            ("アメリカ合衆国", "USA"),
            ("ГЕРМАНИЯ", "DEU"),
            ("Corée du Sud", "KOR"),
        ] {
            assert_eq!(find(name).map(|place| place.id.as_str()), Some(id), "{name}");
        }
        assert!(find("Haval").is_none() && find("").is_none());
    }

    #[test]
    fn every_line_names_a_known_place() {
        for line in NAMES.lines().skip(1) {
            let (id, name) = line.split_once(',').expect("two cells");
            assert!(places().get(id).is_some() && !fold(name).is_empty(), "{line}");
        }
    }
}
