//! What the program knows without reading anything: places, groups, products, brands, sources.
//!
//! Each table is a CSV beside the code with a `.source.toml` (producer, licence, dates); `places`, `products`,
//! `brands` and `sources` load it once and answer look-ups. Unknown names are an error with suggestions,
//! names of several things an error with the candidates.

mod brands;
mod places;
mod products;
mod sources;
mod table;

pub use brands::{Brand, Brands, brands};
pub use places::{NameForm, Place, PlaceName, Places, Scheme, places};
pub use products::{HsFit, Product, ProductHs, Products, products};
pub use sources::{Source, Sources, sources};

use crate::error::Error;

/// Folds a name for comparison: lower case, diacritics off, punctuation to single blanks.
///
/// ```
/// assert_eq!(tradeshare::reference::fold("Côte  d’Ivoire"), "cote d ivoire");
/// ```
pub fn fold(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        let folded = plain(c);
        if folded.chars().all(char::is_alphanumeric) {
            out.extend(folded.chars().flat_map(char::to_lowercase));
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Returns the letter without its diacritics, for the Latin letters that place and brand names use.
fn plain(c: char) -> String {
    const PAIRS: &[(&str, &str)] = &[
        ("ÀÁÂÃÄÅĀĂĄ", "A"),
        ("àáâãäåāăą", "a"),
        ("ÇĆČ", "C"),
        ("çćč", "c"),
        ("ĎĐ", "D"),
        ("ďđ", "d"),
        ("ÈÉÊËĒĖĘĚ", "E"),
        ("èéêëēėęě", "e"),
        ("Ğ", "G"),
        ("ğ", "g"),
        ("ÌÍÎÏĪİ", "I"),
        ("ìíîïīı", "i"),
        ("Ł", "L"),
        ("ł", "l"),
        ("ÑŃŇ", "N"),
        ("ñńň", "n"),
        ("ÒÓÔÕÖØŌŐ", "O"),
        ("òóôõöøōő", "o"),
        ("ŘŔ", "R"),
        ("řŕ", "r"),
        ("ŚŞŠȘ", "S"),
        ("śşšș", "s"),
        ("ŢŤȚ", "T"),
        ("ţťț", "t"),
        ("ÙÚÛÜŪŮŰ", "U"),
        ("ùúûüūůű", "u"),
        ("ÝŸ", "Y"),
        ("ýÿ", "y"),
        ("ŹŻŽ", "Z"),
        ("źżž", "z"),
        ("Æ", "AE"),
        ("æ", "ae"),
        ("Œ", "OE"),
        ("œ", "oe"),
        ("ß", "ss"),
    ];
    PAIRS.iter().find(|(from, _)| from.contains(c)).map_or_else(|| c.to_string(), |(_, to)| (*to).to_owned())
}

/// Builds the error for a name nobody has, with up to three close names.
fn unknown<'a>(what: &'static str, name: &str, known: impl Iterator<Item = &'a str>) -> Error {
    let wanted = fold(name);
    let mut scored: Vec<(f64, &str)> = known
        .map(|candidate| (strsim::jaro_winkler(&wanted, &fold(candidate)), candidate))
        .filter(|(score, _)| *score >= 0.85)
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    scored.dedup_by(|a, b| a.1 == b.1);
    let closest = scored.into_iter().take(3).map(|(_, candidate)| candidate.to_owned()).collect();
    Error::Unknown { what, name: name.to_owned(), closest }
}
