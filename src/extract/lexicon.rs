//! What common words do in a sentence that states a share: hold, supply, come from, rise, tax.

use std::collections::HashMap;

/// Classes of words, from `data/lexicon.csv`; a word may be in several.
#[derive(Debug)]
pub(crate) struct Lexicon {
    classes: HashMap<&'static str, Vec<&'static str>>,
}

impl Lexicon {
    pub fn new() -> Self {
        let mut classes: HashMap<&'static str, Vec<&'static str>> = HashMap::new();
        for line in include_str!("data/lexicon.csv").lines().skip(1) {
            let Some((class, words)) = line.split_once(',') else { continue };
            for word in words.split(' ') {
                classes.entry(word).or_default().push(class);
            }
        }
        Self { classes }
    }

    /// Returns the classes of a lower-case word; the first is its main one.
    pub fn classes(&self, word: &str) -> &[&'static str] {
        self.classes.get(word).map_or(&[], Vec::as_slice)
    }

    /// Returns whether a lower-case word is in a class.
    pub fn is(&self, word: &str, class: &str) -> bool {
        self.classes(word).contains(&class)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_their_classes_and_others_have_none() {
        let lexicon = Lexicon::new();
        assert!(lexicon.is("accounted", "account"));
        assert!(lexicon.is("registrations", "basis.registrations"));
        assert!(lexicon.is("made", "make") && lexicon.is("made", "basis.production"));
        assert!(lexicon.classes("umbrella").is_empty());
    }
}
