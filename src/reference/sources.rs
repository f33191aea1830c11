//! Statistical sources and agencies: who counts, who relays.

use super::table::{Row, read};
use super::{fold, unknown};
use crate::error::Result;
use std::collections::HashMap;
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
    keys: HashMap<String, usize>,
    /// Folded keys, names and aliases.
    names: HashMap<String, usize>,
}

/// Returns the table, loaded once.
pub fn sources() -> &'static Sources {
    static SOURCES: LazyLock<Sources> = LazyLock::new(load);
    &SOURCES
}

impl Sources {
    /// Returns all sources in table order.
    pub fn all(&self) -> &[Source] {
        &self.all
    }

    /// Returns the source with this key.
    pub fn get(&self, key: &str) -> Option<&Source> {
        self.keys.get(key).map(|&at| &self.all[at])
    }

    /// Finds what a text or person writes: key, name or alias, whatever its case.
    ///
    /// ```
    /// use tradeshare::reference::sources;
    ///
    /// assert_eq!(sources().find("Chinese customs")?.key, "china-customs");
    /// # Ok::<(), tradeshare::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`crate::Error::Unknown`] with close names.
    pub fn find(&self, name: &str) -> Result<&Source> {
        match self.names.get(&plain(name)) {
            Some(&at) => Ok(&self.all[at]),
            None => Err(unknown("source", name, self.all.iter().map(|source| source.name.as_str()))),
        }
    }
}

/// Folds the name and drops the article: `the World Bank`.
fn plain(name: &str) -> String {
    let folded = fold(name);
    folded.strip_prefix("the ").map(str::to_owned).unwrap_or(folded)
}

fn load() -> Sources {
    let all = read(include_str!("data/sources.csv"), source);
    let mut keys = HashMap::new();
    let mut names = HashMap::new();
    for (at, source) in all.iter().enumerate() {
        keys.insert(source.key.clone(), at);
        for name in source.aliases.iter().chain([&source.key, &source.name]) {
            names.insert(plain(name), at);
        }
    }
    Sources { all, keys, names }
}

fn source(row: Row) -> Source {
    Source {
        key: row.cell("key").to_owned(),
        name: row.cell("name").to_owned(),
        kind: row.cell("kind").to_owned(),
        tier: row.cell("tier").parse().expect("sources.csv: tier is a digit"),
        country: row.optional("country"),
        aliases: row.list("aliases"),
        note: row.cell("note").to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{plain, sources};
    use crate::error::Error;
    use crate::reference::places;
    use std::collections::BTreeMap;

    #[test]
    fn keys_are_unique_and_fields_hold_what_they_promise() {
        const KINDS: &str =
            "customs statistics market-research news think-tank company association aggregator other";
        for source in sources().all() {
            assert!(KINDS.split(' ').any(|kind| kind == source.kind), "{}: {}", source.key, source.kind);
            assert!((1..=5).contains(&source.tier), "{}", source.key);
            assert!(source.country.as_deref().is_none_or(|id| places().get(id).is_some()), "{}", source.key);
            assert_eq!(sources().get(&source.key), Some(source));
        }
        assert_eq!(sources().keys.len(), sources().all().len());
    }

    #[test]
    fn every_name_is_of_one_source() {
        let mut bearers = BTreeMap::new();
        for source in sources().all() {
            for name in source.aliases.iter().chain([&source.key, &source.name]) {
                let first = bearers.entry(plain(name)).or_insert(&source.key);
                assert_eq!(*first, &source.key, "{name}");
            }
        }
    }

    #[test]
    fn names_as_texts_write_them() {
        for (name, key) in [
            ("IDC", "idc"),
            ("International Data Corp.", "idc"),
            ("Avtostat", "autostat"),
            ("General Administration of Customs", "china-customs"),
            ("the World Bank", "world-bank"),
            ("u.s. geological survey", "usgs"),
            ("Dell\u{2019}Oro Group", "delloro"),
            ("AEB", "aeb"),
            ("UN Comtrade", "un-comtrade"),
        ] {
            assert_eq!(sources().find(name).map(|source| source.key.as_str()).ok(), Some(key), "{name}");
        }
    }

    #[test]
    fn an_unknown_source_gets_close_names() {
        let Err(Error::Unknown { closest, .. }) = sources().find("Bloomburg") else { panic!("misspelled") };
        assert_eq!(closest.first().map(String::as_str), Some("Bloomberg"));
        assert!(sources().find("").is_err());
        assert!(sources().find("customs").is_err(), "whose customs is not said");
    }

    #[test]
    fn who_counts_stands_before_who_relays() {
        let tier = |key| sources().get(key).map(|source| source.tier);
        assert_eq!((tier("china-customs"), tier("reuters")), (Some(1), Some(5)));
    }
}
