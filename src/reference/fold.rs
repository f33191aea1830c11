//! Names made comparable: case, diacritics and punctuation off.

/// Folds a name for comparison: lower case, diacritics off, punctuation to single blanks.
///
/// Never fails: letters without a plain form stay as they are, a name of punctuation alone folds to nothing.
///
/// ```
/// use tradeshare::reference::fold;
///
/// assert_eq!(fold("Côte  d’Ivoire"), "cote d ivoire");
/// assert_eq!(fold(" Türkiye "), "turkiye");
/// ```
pub fn fold(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if c.is_ascii() {
            gap(&mut out);
        } else if let Some(plain) = plain(c) {
            out.push_str(plain);
        } else if is_mark(c) {
            // A decomposed accent: the letter before it already stands plain.
        } else if c.is_alphanumeric() {
            out.extend(c.to_lowercase().filter(|c| !is_mark(*c)));
        } else {
            gap(&mut out);
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Ends a word, once.
fn gap(out: &mut String) {
    if !out.is_empty() && !out.ends_with(' ') {
        out.push(' ');
    }
}

/// Returns whether the character only marks the letter before it: accents, joiners, soft hyphen, byte order mark.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// Returns the plain form of a Latin letter with a diacritic, in lower case.
fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'À'..='Å' | 'à'..='å' | 'Ā'..='ą' | 'Ǎ' | 'ǎ' | 'Ạ'..='ặ' => "a",
        'Ç' | 'ç' | 'Ć'..='č' => "c",
        'Ď'..='đ' | 'Ð' | 'ð' => "d",
        'È'..='Ë' | 'è'..='ë' | 'Ē'..='ě' | 'Ə' | 'ə' | 'Ẹ'..='ệ' => "e",
        'Ĝ'..='ģ' | 'Ǧ' | 'ǧ' => "g",
        'Ĥ'..='ħ' => "h",
        'Ì'..='Ï' | 'ì'..='ï' | 'Ĩ'..='ı' | 'Ỉ'..='ị' => "i",
        'Ĵ' | 'ĵ' => "j",
        'Ķ' | 'ķ' => "k",
        'Ĺ'..='ł' => "l",
        'Ñ' | 'ñ' | 'Ń'..='ň' => "n",
        'Ò'..='Ö' | 'Ø' | 'ò'..='ö' | 'ø' | 'Ō'..='ő' | 'Ơ' | 'ơ' | 'Ọ'..='ợ' => "o",
        'Ŕ'..='ř' => "r",
        'Ś'..='š' | 'Ș' | 'ș' => "s",
        'Ţ'..='ŧ' | 'Ț' | 'ț' => "t",
        'Ù'..='Ü' | 'ù'..='ü' | 'Ũ'..='ų' | 'Ư' | 'ư' | 'Ụ'..='ự' => "u",
        'Ŵ' | 'ŵ' => "w",
        'Ý' | 'ý' | 'ÿ' | 'Ŷ'..='Ÿ' | 'Ỳ'..='ỹ' => "y",
        'Ź'..='ž' => "z",
        'Æ' | 'æ' => "ae",
        'Œ' | 'œ' => "oe",
        'ß' | 'ẞ' => "ss",
        'Þ' | 'þ' => "th",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn case_diacritics_and_punctuation_fold_away() {
        for (written, folded) in [
            ("Türkiye", "turkiye"),
            ("Curaçao  ", "curacao"),
            ("Curac\u{327}ao", "curacao"),
            ("İstanbul", "istanbul"),
            ("Réunion", "reunion"),
            ("São Tomé & Príncipe", "sao tome principe"),
            ("Škoda", "skoda"),
            ("  \u{feff}Russia\t", "russia"),
            ("U.S.", "u s"),
            ("Viêt Nam", "viet nam"),
            ("Москва", "москва"),
            ("中国", "中国"),
            ("", ""),
            (" ... ", ""),
        ] {
            assert_eq!(fold(written), folded, "{written}");
        }
    }

    #[test]
    fn different_names_stay_different() {
        assert_ne!(fold("Niger"), fold("Nigeria"));
        assert_ne!(fold("Iran"), fold("Iraq"));
    }

    proptest::proptest! {
        #[test]
        fn folding_again_changes_nothing(name in "\\PC*") {
            let once = fold(&name);
            proptest::prop_assert_eq!(fold(&once), once);
        }
    }
}
