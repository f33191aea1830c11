//! The form in which names of places are compared.

use crate::reference::fold;

/// Folds a name and levels what sources write in several ways: `and`, `&`, `the`, `St.`, `Rep.`, `U.S.`, `Isds`.
///
/// A plus sign is kept as a word, since OPEC+ is not OPEC.
pub(super) fn key(name: &str) -> String {
    let folded = if name.contains('+') { fold(&name.replace('+', " plus ")) } else { fold(name) };
    let mut out = String::with_capacity(folded.len());
    let mut after_letter = false;
    for word in folded.split(' ') {
        let word = level(word);
        if word.is_empty() {
            continue;
        }
        let letter = word.chars().nth(1).is_none();
        // `U.S.` folds to `u s`, which is `us`.
        if !(out.is_empty() || letter && after_letter) {
            out.push(' ');
        }
        out.push_str(word);
        after_letter = letter;
    }
    // `The` alone names nothing but must not equal every other empty name.
    if out.is_empty() { folded } else { out }
}

fn level(word: &str) -> &str {
    match word {
        "the" | "and" => "",
        "st" | "ste" => "saint",
        "rep" => "republic",
        "dem" => "democratic",
        "fmr" => "former",
        "utd" => "united",
        "is" | "isl" | "isld" | "isds" | "isd" | "island" => "islands",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn spellings_of_one_name_share_a_key() {
        assert_eq!(key("Trinidad and Tobago"), key("Trinidad & Tobago"));
        assert_eq!(key("The Gambia"), key("Gambia"));
        assert_eq!(key("U.S."), key("US"));
        assert_eq!(key("St. Lucia"), key("Saint Lucia"));
        assert_eq!(key("Cook Isds"), key("Cook Islands"));
    }

    #[test]
    fn other_names_do_not() {
        assert_ne!(key("OPEC+"), key("OPEC"));
        assert_ne!(key("Dem. Rep. of Korea"), key("Rep. of Korea"));
        assert_ne!(key("the"), key("and"));
    }
}
