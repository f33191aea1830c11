//! Words of headers and titles, in the languages that tables come in: what they say a column or a table holds.

use super::known;
use crate::model::{Basis, SubjectKind};
use crate::reference::{fold, places, products};
use serde::Deserialize;
use std::sync::LazyLock;

/// What a header cell says its column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Says {
    Year,
    Month,
    Quarter,
    Period,
    /// Whose total it is.
    Market,
    /// The other side of the trade.
    Partner,
    Place,
    Brand,
    Commodity,
    Flow,
    Unit,
    Share,
    Weight,
    Value,
    Quantity,
}

/// The lists of words.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    header: Vec<HeaderWords>,
    basis: Vec<BasisWords>,
    currency: Vec<CurrencyWords>,
    scale: Vec<ScaleWords>,
}

#[derive(Debug, Deserialize)]
struct HeaderWords {
    says: Says,
    words: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct BasisWords {
    basis: Basis,
    words: Vec<String>,
}

/// Marks of money and their ISO 4217 code.
#[derive(Debug, Deserialize)]
struct CurrencyWords {
    code: String,
    words: Vec<String>,
}

/// Words for a power of ten.
#[derive(Debug, Deserialize)]
struct ScaleWords {
    factor: f64,
    words: Vec<String>,
}

fn lists() -> &'static Lists {
    static LISTS: LazyLock<Lists> = LazyLock::new(|| {
        toml::from_str(include_str!("hints.toml")).expect("the compiled-in lists are tested")
    });
    &LISTS
}

/// Says whether a header cell has a word for it.
pub(super) fn says(header: &str, what: Says) -> bool {
    let folded = fold(header);
    let money = what == Says::Value && header.contains(['€', '$', '£', '¥']);
    let percent = what == Says::Share && header.contains('%');
    money
        || percent
        || lists()
            .header
            .iter()
            .any(|list| list.says == what && list.words.iter().any(|word| holds(&folded, word)))
}

/// Says whether the folded text has the word: by itself, or inside another when it is long or not Latin.
fn holds(folded: &str, word: &str) -> bool {
    let long = word.chars().count() > 3 || !word.is_ascii();
    folded.split(' ').any(|one| one == word) || (long && folded.contains(word))
}

/// Says whether the folded text has the word by itself.
fn has_word(folded: &str, word: &str) -> bool {
    format!(" {folded} ").contains(&format!(" {word} ")) || (!word.is_ascii() && folded.contains(word))
}

/// Returns which total a title speaks of, and the word that says so.
pub(super) fn basis(text: &str) -> Option<(Basis, &'static str)> {
    let folded = fold(text);
    lists().basis.iter().find_map(|list| {
        let word = list.words.iter().find(|word| has_word(&folded, word))?;
        Some((list.basis, word.as_str()))
    })
}

/// Returns the currency that a header or title names.
pub(super) fn currency(text: &str) -> Option<&'static str> {
    let (folded, lower) = (fold(text), text.to_lowercase());
    let named = |word: &str| {
        if word.chars().all(char::is_alphabetic) { has_word(&folded, word) } else { lower.contains(word) }
    };
    let list = lists().currency.iter().find(|list| list.words.iter().any(|word| named(word)))?;
    Some(&list.code)
}

/// Returns the power of ten that a header or title names.
pub(super) fn scale(text: &str) -> Option<f64> {
    let folded = fold(text);
    let list = lists().scale.iter().find(|list| list.words.iter().any(|word| has_word(&folded, word)))?;
    Some(list.factor)
}

/// Returns how many kilograms one of the header's unit is: `(t)` a thousand.
pub(super) fn kilograms(header: &str) -> Option<f64> {
    let folded = fold(header);
    let any = |words: &[&str]| words.iter().any(|word| has_word(&folded, word));
    let one = if any(&["kg", "kgs", "kilogram", "kilograms", "千克"]) {
        1.0
    } else if any(&["t", "tonne", "tonnes", "tonnen", "tons", "mt", "toneladas", "тонн", "吨"]) {
        1000.0
    } else {
        return None;
    };
    Some(one * scale(header).unwrap_or(1.0))
}

/// Returns `FOB` or `CIF` when the text says it.
pub(super) fn valuation(text: &str) -> Option<&'static str> {
    let folded = fold(text);
    ["FOB", "CIF"].into_iter().find(|word| has_word(&folded, &word.to_lowercase()))
}

/// Returns the country or group that a title names, where it names just one.
pub(super) fn place(text: &str) -> Option<&'static crate::reference::Place> {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|w| !w.is_empty()).collect();
    let mut found: Option<&crate::reference::Place> = None;
    let mut at = 0;
    while at < words.len() {
        let longest = (1..=4.min(words.len() - at)).rev().find_map(|length| {
            let name = words[at..at + length].join(" ");
            if !(name.starts_with(char::is_uppercase) && name.len() > 3 && known::place(&name)) {
                return None;
            }
            let place = places().find(&name).ok().or_else(|| super::names::find(&name));
            let place = place.filter(|place| place.kind != SubjectKind::Residual);
            place.map(|place| (length, place))
        });
        match longest {
            Some((_, other)) if found.is_some_and(|found| found.id != other.id) => return None,
            Some((length, place)) => {
                found = Some(place);
                at += length;
            }
            None => at += 1,
        }
    }
    found
}

/// Returns the key of the product that a title names, by its longest words.
pub(super) fn product(text: &str) -> Option<&'static str> {
    let words: Vec<String> = fold(text).split(' ').map(str::to_owned).collect();
    (1..=4.min(words.len())).rev().find_map(|length| {
        words.windows(length).find_map(|window| {
            let name = window.join(" ");
            // `Exports` is a flow here, whatever it may be elsewhere.
            let product = (name.len() > 2 && known::product(&name) && basis(&name).is_none())
                .then(|| products().find(&name).ok())??;
            Some(product.key.as_str())
        })
    })
}

/// Returns the one year that a title names.
pub(super) fn year(text: &str) -> Option<i32> {
    let mut years = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|digits| digits.len() == 4)
        .filter_map(|digits| digits.parse().ok())
        .filter(|year| (1950..=2060).contains(year));
    let first = years.next()?;
    years.all(|year| year == first).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_written_as_it_is_compared() {
        let lists = lists();
        let words = lists.header.iter().flat_map(|list| &list.words);
        let words = words.chain(lists.basis.iter().flat_map(|list| &list.words));
        for word in words.chain(lists.scale.iter().flat_map(|list| &list.words)) {
            assert_eq!(*word, fold(word));
        }
    }

    #[test]
    fn headers_say_what_they_hold_in_several_languages() {
        for (header, what) in [
            ("Warennummer", Says::Commodity),
            ("Ursprungsland", Says::Partner),
            ("Jahr", Says::Year),
            ("Stück", Says::Quantity),
            ("Gewicht in kg", Says::Weight),
            ("FOB value (USD thousand)", Says::Value),
            ("Valeur (€)", Says::Value),
            ("Marque", Says::Brand),
            ("Share 2023 %", Says::Share),
            ("Год", Says::Year),
            ("国名", Says::Place),
        ] {
            assert!(says(header, what), "{header} {what:?}");
        }
        // Not a word of these, though the letters are there.
        assert!(!says("Plan", Says::Year) && !says("Handset", Says::Place) && !says("Busses", Says::Value));
    }

    #[test]
    fn titles_say_basis_unit_place_product_and_year() {
        let title = "New passenger car registrations by brand, Serbia, 2023";
        assert_eq!(basis(title).map(|(basis, _)| basis), Some(Basis::Registrations));
        assert_eq!(place(title).map(|place| place.id.as_str()), Some("SRB"));
        assert_eq!(product(title), Some("passenger-cars"));
        assert_eq!(year(title), Some(2023));
        assert_eq!(
            (currency("Thousands of US dollars"), scale("Thousands of US dollars")),
            (Some("USD"), Some(1e3))
        );
        assert_eq!((currency("Wert in Mio. €"), scale("Wert in Mio. €")), (Some("EUR"), Some(1e6)));
        assert_eq!(
            (kilograms("Weight (t)"), kilograms("1 000 kg"), kilograms("Item")),
            (Some(1e3), Some(1e3), None)
        );
        assert_eq!(year("from 2019 to 2023"), None);
        assert!(place("Trade of China with Russia").is_none(), "two are none");
        assert!(place("Unknown").is_none() && place("Other imports").is_none());
    }
}
