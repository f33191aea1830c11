//! What must hold in the table of products, and what its look-ups answer.

use super::*;
use crate::reference::fold;
use std::collections::{HashMap, HashSet};

const EDITIONS: [u16; 7] = [1992, 1996, 2002, 2007, 2012, 2017, 2022];

fn key_of(name: &str) -> &str {
    &products().find(name).unwrap_or_else(|error| panic!("{error}")).key
}

fn fit(edition: u16, code: &str, key: &str) -> Option<HsFit> {
    let found = products().by_hs(Some(edition), code);
    found.into_iter().find(|(product, _)| product.key == key).map(|(_, fit)| fit)
}

#[test]
fn keys_are_unique_and_parents_exist_without_cycle() {
    let keys: HashSet<&str> = products().all().iter().map(|product| product.key.as_str()).collect();
    assert_eq!(keys.len(), products().all().len());
    for product in products().all() {
        let mut seen = HashSet::new();
        let mut at = product;
        while let Some(parent) = &at.parent {
            assert!(seen.insert(parent), "{} lies in itself", product.key);
            at = products().get(parent).unwrap_or_else(|| panic!("{}: no parent `{parent}`", at.key));
        }
    }
}

#[test]
fn each_word_belongs_to_one_product() {
    assert!(products().names.shared().is_empty(), "{:?}", products().names.shared());
}

#[test]
fn every_product_has_words_and_none_twice() {
    for product in products().all() {
        assert!(product.synonyms.len() >= 3, "{} has {:?}", product.key, product.synonyms);
        let mut seen = HashSet::new();
        for word in product.synonyms.iter().chain(&product.weak_synonyms) {
            assert!(
                word.chars().all(|c| c.is_alphanumeric() || " -/&'.".contains(c)),
                "{}: `{word}`",
                product.key
            );
            assert!(seen.insert(fold(word)), "{}: `{word}` twice", product.key);
        }
    }
}

#[test]
fn customs_ranges_are_well_formed() {
    for product in products().all() {
        for hs in &product.hs {
            let range = format!("{} {} {}-{}", product.key, hs.edition, hs.from, hs.to);
            assert!(EDITIONS.contains(&hs.edition), "{range}");
            assert!(hs.from.len() == hs.to.len() && hs.from <= hs.to, "{range}");
            let digits = matches!(hs.from.len(), 2 | 4 | 6) && hs.from.bytes().all(|b| b.is_ascii_digit());
            assert!(digits || hs.from == "TOTAL", "{range}");
        }
    }
}

#[test]
fn ranges_of_a_product_and_edition_do_not_overlap() {
    for product in products().all() {
        let mut ranges: HashMap<u16, Vec<&ProductHs>> = HashMap::new();
        for hs in &product.hs {
            for other in ranges.entry(hs.edition).or_default().iter() {
                let clear = hs.from > other.to || hs.to < other.from;
                let nested = hs.from.starts_with(&other.from) || other.from.starts_with(&hs.from);
                assert!(clear && !nested, "{} {}: {} and {}", product.key, hs.edition, hs.from, other.from);
            }
            ranges.entry(hs.edition).or_default().push(hs);
        }
    }
}

#[test]
fn a_person_finds_products_by_key_label_and_word() {
    assert_eq!(key_of("passenger-cars"), "passenger-cars");
    assert_eq!(key_of("Passenger Cars"), "passenger-cars");
    assert_eq!(key_of("cars"), "passenger-cars");
    assert_eq!(key_of("EVs"), "electric-cars");
    assert_eq!(key_of("oil"), "crude-oil");
    assert_eq!(key_of("rare earth magnets"), "rare-earth-magnets");
    assert_eq!(key_of("lorries"), "trucks");
    assert_eq!(key_of("aluminum"), "aluminium");
}

#[test]
fn an_unknown_product_is_an_error_with_close_ones() {
    let Err(Error::Unknown { closest, .. }) = products().find("smartfones") else { panic!("nobody has it") };
    assert!(closest.iter().any(|name| name == "smartphones"), "{closest:?}");
    assert!(products().find("").is_err());
    assert!(products().get("Passenger Cars").is_none());
}

#[test]
fn weak_words_are_kept_apart() {
    let search = products().get("search-engines").expect("a product");
    assert!(search.weak_synonyms.iter().any(|word| word == "search"));
    assert!(!search.synonyms.iter().any(|word| word == "search"));
}

#[test]
fn products_nest_by_the_parent_chain() {
    assert!(products().is_within("battery-electric-cars", "vehicles"));
    assert!(products().is_within("trucks", "trucks"));
    assert!(!products().is_within("vehicles", "passenger-cars"));
    assert!(!products().is_within("no-such-thing", "vehicles"));
}

#[test]
fn codes_meet_products_nearest_first() {
    let nearest = |code| products().by_hs(Some(2022), code)[0];
    assert_eq!((nearest("8703").0.key.as_str(), nearest("8703").1), ("passenger-cars", HsFit::Exact));
    assert_eq!(
        (nearest("870380").0.key.as_str(), nearest("870380").1),
        ("battery-electric-cars", HsFit::Exact)
    );
    assert_eq!(fit(2022, "870380", "electric-cars"), Some(HsFit::Narrower));
    assert_eq!(fit(2022, "870380", "passenger-cars"), Some(HsFit::Narrower));
    assert_eq!(fit(2022, "87", "passenger-cars"), Some(HsFit::Broader));
    assert_eq!(fit(2022, "870380", "suvs"), Some(HsFit::Broader));
    assert_eq!(fit(2022, "870380", "trucks"), None);
    assert_eq!(fit(2022, "0201", "beef"), Some(HsFit::Narrower));
    assert_eq!(fit(2022, "TOTAL", "all-goods"), Some(HsFit::Exact));
    assert!(products().by_hs(Some(2022), "").is_empty());
    assert!(products().by_hs(Some(2022), "é").is_empty());
}

#[test]
fn the_edition_is_part_of_the_code() {
    assert_eq!(fit(2022, "851713", "smartphones"), Some(HsFit::Exact));
    assert_eq!(fit(2017, "851713", "smartphones"), None);
    assert_eq!(fit(2017, "851712", "smartphones"), Some(HsFit::Broader));
    assert_eq!(fit(2017, "854140", "solar-panels"), Some(HsFit::Broader));
    // 8524 was recorded media until 2002 and is display modules since 2022.
    assert_eq!(fit(2002, "8524", "displays"), None);
    assert_eq!(fit(2022, "8524", "displays"), Some(HsFit::Exact));
    assert_eq!(fit(2012, "870380", "battery-electric-cars"), None);
    assert_eq!(fit(1996, "811291", "gallium"), Some(HsFit::Broader));
    let any = products().by_hs(None, "851712");
    assert_eq!((any[0].0.key.as_str(), any[0].1), ("mobile-phones", HsFit::Exact));
}
