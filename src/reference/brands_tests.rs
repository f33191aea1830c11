//! What must hold in the table of brands, and what its look-ups answer.

use super::*;
use crate::reference::products;
use std::collections::HashSet;

fn key_of(name: &str) -> &str {
    &brands().find(name).unwrap_or_else(|error| panic!("{error}")).key
}

#[test]
fn keys_are_unique_and_spelled_like_keys() {
    let mut seen = HashSet::new();
    for brand in brands().all() {
        let spelled = brand.key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        assert!(spelled && !brand.key.is_empty(), "`{}`", brand.key);
        assert!(seen.insert(&brand.key), "`{}` twice", brand.key);
    }
}

#[test]
fn each_name_and_alias_resolves_to_one_brand() {
    assert!(brands().names.shared().is_empty(), "{:?}", brands().names.shared());
}

#[test]
fn homes_owners_and_makes_are_what_they_should_be() {
    for brand in brands().all() {
        let home = brand.home.as_deref().unwrap_or("XXX");
        assert!(
            home.len() == 3 && home.bytes().all(|b| b.is_ascii_uppercase()),
            "{}: home `{home}`",
            brand.key
        );
        for product in &brand.makes {
            assert!(products().get(product).is_some(), "{}: no product `{product}`", brand.key);
        }
        assert!(!brand.makes.is_empty(), "{} makes nothing", brand.key);
    }
}

#[test]
fn owners_exist_and_nobody_owns_itself() {
    for brand in brands().all() {
        let mut at = brand;
        let mut steps = 0;
        while let Some(owner) = &at.owner {
            at = brands().get(owner).unwrap_or_else(|| panic!("{}: no owner `{owner}`", at.key));
            steps += 1;
            assert!(steps < 6, "{} owns itself", brand.key);
        }
    }
}

#[test]
fn the_table_is_wide() {
    assert!(brands().all().len() >= 800, "{} brands", brands().all().len());
}

#[test]
fn a_person_finds_brands_by_key_name_and_alias() {
    assert_eq!(key_of("Samsung Electronics"), "samsung");
    assert_eq!(key_of("škoda"), "skoda");
    assert_eq!(key_of("SKODA"), "skoda");
    assert_eq!(key_of("IE"), "internet-explorer");
    assert_eq!(key_of("AWS"), "aws");
    assert_eq!(key_of("VW"), "volkswagen");
    assert_eq!(brands().get("redmi").and_then(|brand| brand.owner.as_deref()), Some("xiaomi"));
}

#[test]
fn an_unknown_brand_is_an_error_with_close_ones() {
    let Err(Error::Unknown { closest, .. }) = brands().find("Xiomi") else { panic!("nobody has it") };
    assert!(closest.contains(&"Xiaomi".to_owned()), "{closest:?}");
    assert!(brands().find("").is_err());
}

#[test]
fn ordinary_words_are_marked() {
    for word in ["Apple", "Seat", "Visa", "Orange", "Target", "Gap", "Shell", "Honor", "Meta", "Great Wall"] {
        assert!(brands().find(word).is_ok_and(|brand| brand.common_word), "{word}");
    }
    assert!(!brands().find("Xiaomi").is_ok_and(|brand| brand.common_word));
}
