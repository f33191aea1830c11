//! Words of supplementary units.

/// A unit's name here, the words for it, and how many of it one of the word is.
const UNITS: &[(&str, f64, &[&str])] = &[
    ("", 0.0, &["", "n/a", "na", "-1", "1", "no quantity", "none"]),
    (
        "items",
        1.0,
        &[
            "items",
            "u",
            "5",
            "number of items",
            "units",
            "unit",
            "number",
            "no",
            "pcs",
            "pieces",
            "piece",
            "vehicles",
            "cars",
            "st",
            "stk",
            "stück",
            "台",
            "辆",
            "个",
            "件",
            "只",
            "шт",
        ],
    ),
    ("items", 1000.0, &["1000u", "9", "thousands of items", "thousand items", "千个"]),
    ("items", 12.0, &["12u", "11", "dozen of items", "dozens of items", "dozen", "dz"]),
    ("pairs", 1.0, &["2u", "6", "number of pairs", "pairs", "pair", "pa", "pr", "双"]),
    ("packs", 1.0, &["u (jeu/pack)", "10", "number of packages", "packages"]),
    ("kg", 1.0, &["kg", "8", "weight in kilograms", "kilograms", "kilogram", "kgs", "千克", "公斤"]),
    ("kg", 1000.0, &["t", "tonnes", "tonne", "metric tons", "mt", "tons", "吨"]),
    ("kg", 100.0, &["100 kg", "100kg", "quintal"]),
    ("l", 1.0, &["l", "7", "volume in litres", "litres", "liters", "litre", "升"]),
    ("l", 1000.0, &["1000 l", "1000l", "kl"]),
    ("m2", 1.0, &["m2", "m²", "2", "area in square metres", "square metres", "平方米"]),
    (
        "m3",
        1.0,
        &["m3", "m³", "12", "volume in cubic meters", "volume in cubic metres", "cubic metres", "立方米"],
    ),
    ("m", 1.0, &["m", "4", "length in meters", "length in metres", "metres", "米"]),
    ("kwh", 1000.0, &["1000 kwh", "3", "electrical energy in thousands of kilowatt-hours", "mwh"]),
    ("carat", 1.0, &["carat", "13", "weight in carats", "carats", "ct"]),
];

/// Returns the unit and the factor of a word; the unit is empty when the word says there is no quantity, and `None` when
/// nobody knows the word.
pub(super) fn find(word: &str) -> Option<(&'static str, f64)> {
    let word = word.trim().to_lowercase();
    UNITS
        .iter()
        .find(|(_, _, words)| words.contains(&word.as_str()))
        .map(|(unit, factor, _)| (*unit, *factor))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_codes_of_a_unit_are_one() {
        assert_eq!(find("Number of items"), find("u"));
        assert_eq!(find("12u"), Some(("items", 12.0)));
        assert_eq!(find("No Quantity"), Some(("", 0.0)));
        assert_eq!(find("furlongs"), None);
    }

    #[test]
    fn no_word_is_listed_twice() {
        let mut words: Vec<&str> = UNITS.iter().flat_map(|(_, _, words)| words.iter().copied()).collect();
        let all = words.len();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), all);
    }
}
