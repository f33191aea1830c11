//! Which customs codes a question means, and which of the codes in a file make up its product.

use crate::model::Question;
use crate::reference::{HsFit, products};
use std::collections::BTreeSet;

/// Schemes of customs codes, the latest edition first; `HS` is an edition the file does not say.
const HS: [&str; 8] = ["HS2022", "HS2017", "HS2012", "HS2007", "HS2002", "HS1996", "HS1992", "HS"];

/// A code of the database.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Code {
    /// Number in the database.
    pub(super) id: i64,
    /// Classification and edition.
    pub(super) scheme: String,
    /// The code.
    pub(super) code: String,
}

/// Codes from one to another, in one classification.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Range {
    /// Classification and edition.
    pub(super) scheme: String,
    /// First code.
    pub(super) from: String,
    /// Last code, as long as the first.
    pub(super) to: String,
}

impl Range {
    /// Returns whether a code is in the range or below one that is.
    pub(super) fn holds(&self, code: &Code) -> bool {
        code.scheme == self.scheme
            && code
                .code
                .get(..self.from.len())
                .is_some_and(|start| (self.from.as_str()..=self.to.as_str()).contains(&start))
    }

    /// Returns the first text after every code of the range.
    pub(super) fn end(&self) -> String {
        // Codes are digits or capital letters; a tilde sorts after both.
        format!("{}~", self.to)
    }
}

/// A product as a question names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wanted {
    /// Product key or `hs:CODE`, for the answer.
    pub(super) label: String,
    /// Where its rows are; empty when every code of a market is meant.
    pub(super) ranges: Vec<Range>,
    /// Whether its customs codes hold more than the product.
    pub(super) broader: bool,
    /// Whether its customs codes hold only a part of it.
    pub(super) narrower: bool,
}

/// Returns what the question's product means in the classifications; `None` without a product.
pub(super) fn wanted(question: &Question) -> Option<Wanted> {
    let label = question.product.clone()?;
    let mut wanted = Wanted { label: label.clone(), ranges: Vec::new(), broader: false, narrower: false };
    if let Some(code) = label.strip_prefix("hs:") {
        let range = |scheme: &&str| Range {
            scheme: (*scheme).to_owned(),
            from: code.to_owned(),
            to: code.to_owned(),
        };
        wanted.ranges = HS.iter().map(range).collect();
        return Some(wanted);
    }
    wanted.ranges.push(Range { scheme: "product".to_owned(), from: label.clone(), to: label.clone() });
    let mut ranges = BTreeSet::new();
    for hs in products().get(&label).map_or(&[][..], |product| &product.hs) {
        for scheme in [format!("HS{}", hs.edition), "HS".to_owned()] {
            ranges.insert(Range { scheme, from: hs.from.clone(), to: hs.to.clone() });
        }
        wanted.broader |= hs.fit == HsFit::Broader;
        wanted.narrower |= hs.fit == HsFit::Narrower;
    }
    wanted.ranges.extend(ranges);
    Some(wanted)
}

/// Returns how an answer names a code: our own key, or `hs:CODE` whatever the edition.
pub(super) fn label(code: &Code) -> String {
    if code.scheme.starts_with("HS") { format!("hs:{}", code.code) } else { code.code.clone() }
}

/// Returns the product that is exactly these codes.
pub(super) fn only(label: String, codes: &[Code]) -> Wanted {
    let range =
        |code: &Code| Range { scheme: code.scheme.clone(), from: code.code.clone(), to: code.code.clone() };
    Wanted { label, ranges: codes.iter().map(range).collect(), broader: false, narrower: false }
}

/// The codes of one block that make up a product.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Chosen {
    /// Codes to add; none contains another (R5).
    pub(super) codes: Vec<Code>,
    /// Whether a wanted code is missing and finer ones stand for it, which may not be all of it.
    pub(super) from_finer: bool,
    /// Further editions in the block, left aside (R7).
    pub(super) other_editions: Vec<String>,
}

/// Chooses among the codes for which a block has rows.
///
/// Our own product key goes first, then the latest edition. A code goes before the finer ones below it, so that no
/// money is counted twice (R5).
pub(super) fn choose(wanted: &Wanted, present: &[&Code]) -> Chosen {
    let rank = |code: &Code| HS.iter().position(|scheme| *scheme == code.scheme).map_or(0, |at| at + 1);
    let Some(best) = present.iter().map(|code| rank(code)).min() else { return Chosen::default() };
    let (kept, other): (Vec<&Code>, Vec<&Code>) = present.iter().partition(|code| rank(code) == best);
    let codes: Vec<Code> = kept
        .iter()
        .filter(|code| {
            code.scheme == "product"
                || !kept
                    .iter()
                    .any(|top| top.code.len() < code.code.len() && code.code.starts_with(&top.code))
        })
        .map(|code| (*code).clone())
        .collect();
    let from_finer = codes.iter().any(|code| is_finer(wanted, code));
    let other_editions: BTreeSet<String> = other.into_iter().map(|code| code.scheme.clone()).collect();
    Chosen { codes, from_finer, other_editions: other_editions.into_iter().collect() }
}

/// Returns whether a code is longer than the wanted one by more than zeros: 270900 is all of 2709, 870380 is not all of 8703.
fn is_finer(wanted: &Wanted, code: &Code) -> bool {
    code.scheme != "product"
        && wanted.ranges.iter().any(|range| {
            range.holds(code) && code.code[range.from.len()..].bytes().any(|digit| digit != b'0')
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(id: i64, scheme: &str, code: &str) -> Code {
        Code { id, scheme: scheme.to_owned(), code: code.to_owned() }
    }

    fn hs(text: &str) -> Wanted {
        wanted(&Question { product: Some(text.to_owned()), ..Question::default() }).expect("a product")
    }

    fn chosen(wanted: &Wanted, present: &[Code]) -> Chosen {
        choose(wanted, &present.iter().collect::<Vec<_>>())
    }

    fn texts(chosen: &Chosen) -> Vec<&str> {
        chosen.codes.iter().map(|code| code.code.as_str()).collect()
    }

    #[test]
    fn one_level_a_sum() {
        // R5: 87, 8703 and 870380 hold the same money three times.
        let present = [code(1, "HS2022", "8703"), code(2, "HS2022", "870323"), code(3, "HS2022", "870380")];
        let found = chosen(&hs("hs:8703"), &present);
        assert_eq!((texts(&found), found.from_finer), (vec!["8703"], false));
        let found = chosen(&hs("hs:8703"), &present[1..]);
        assert_eq!((texts(&found), found.from_finer), (vec!["870323", "870380"], true));
    }

    #[test]
    fn crude_oil_is_the_same_with_two_zeros_more() {
        let found = chosen(&hs("hs:2709"), &[code(1, "HS2017", "2709"), code(2, "HS2017", "270900")]);
        assert_eq!(texts(&found), ["2709"]);
        let found = chosen(&hs("hs:2709"), &[code(2, "HS", "270900")]);
        assert_eq!((texts(&found), found.from_finer), (vec!["270900"], false));
    }

    #[test]
    fn two_editions_are_not_added() {
        let found = chosen(&hs("hs:8542"), &[code(1, "HS2012", "8542"), code(2, "HS2022", "8542")]);
        assert_eq!(found.codes, [code(2, "HS2022", "8542")]);
        assert_eq!(found.other_editions, ["HS2012"]);
    }

    #[test]
    fn a_code_is_a_prefix_not_a_number() {
        let range = &hs("hs:0805").ranges[0];
        assert!(range.holds(&code(1, "HS2022", "080510")));
        assert!(!range.holds(&code(1, "HS2022", "8051")));
        assert!(!range.holds(&code(1, "HS2017", "0805")));
        assert!(!range.holds(&code(1, "HS2022", "08")));
    }
}
