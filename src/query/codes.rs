//! Which customs codes a question means, and which of the codes in a file make up its product.

use crate::model::Question;
use crate::reference::{HsFit, products};
use std::collections::{BTreeMap, BTreeSet};

/// Schemes of customs codes, the latest edition first; `HS` is an edition the file does not say.
const HS: [&str; 8] = ["HS2022", "HS2017", "HS2012", "HS2007", "HS2002", "HS1996", "HS1992", "HS"];

/// Scheme of our own product keys.
const OWN: &str = "product";

/// Scheme of measures that are no product, by the file's own codes: `NY.GDP.MKTP.CD`.
const INDICATOR: &str = "indicator";

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

/// Codes from one to another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Range {
    from: String,
    /// Last code, as long as the first.
    to: String,
    fit: HsFit,
}

impl Range {
    fn of(code: &str) -> Self {
        Self { from: code.to_owned(), to: code.to_owned(), fit: HsFit::Exact }
    }

    /// Returns whether a code is in the range or below one that is.
    fn holds(&self, code: &str) -> bool {
        code.get(..self.from.len())
            .is_some_and(|start| (self.from.as_str()..=self.to.as_str()).contains(&start))
    }
}

/// The codes of a product in one classification.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Set {
    /// `HS2022`, `product`, or `HS` for every edition.
    scheme: String,
    ranges: Vec<Range>,
}

impl Set {
    /// A file that does not say its edition may mean any.
    fn applies(&self, scheme: &str) -> bool {
        let customs = self.scheme.starts_with("HS") && scheme.starts_with("HS");
        self.scheme == scheme || (customs && (self.scheme == "HS" || scheme == "HS"))
    }
}

/// A product as a question names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wanted {
    /// Product key or `hs:CODE`, for the answer.
    pub(super) label: String,
    /// Its codes in each classification, the latest edition first.
    sets: Vec<Set>,
}

/// Returns what the question's product means in the classifications; `None` without a product.
pub(super) fn wanted(question: &Question) -> Option<Wanted> {
    let label = question.product.clone()?;
    if let Some(code) = label.strip_prefix("hs:") {
        let sets = vec![Set { scheme: "HS".to_owned(), ranges: vec![Range::of(code)] }];
        return Some(Wanted { label, sets });
    }
    if let Some(code) = label.strip_prefix("indicator:") {
        let sets = vec![Set { scheme: INDICATOR.to_owned(), ranges: vec![Range::of(code)] }];
        return Some(Wanted { label, sets });
    }
    let mut editions: BTreeMap<u16, Vec<Range>> = BTreeMap::new();
    for hs in products().get(&label).map_or(&[][..], |product| &product.hs) {
        let range = Range { from: hs.from.clone(), to: hs.to.clone(), fit: hs.fit };
        editions.entry(hs.edition).or_default().push(range);
    }
    let customs = editions.into_iter().rev();
    let customs = customs.map(|(edition, ranges)| Set { scheme: format!("HS{edition}"), ranges });
    let own = Set { scheme: OWN.to_owned(), ranges: vec![Range::of(&label)] };
    Some(Wanted { sets: std::iter::once(own).chain(customs).collect(), label })
}

/// Returns how an answer names a code: our own key, or `hs:CODE` whatever the edition.
pub(super) fn label(code: &Code) -> String {
    match code.scheme.as_str() {
        INDICATOR => format!("indicator:{}", code.code),
        scheme if scheme.starts_with("HS") => format!("hs:{}", code.code),
        _ => code.code.clone(),
    }
}

/// Returns the product that is exactly these codes.
pub(super) fn only(label: String, codes: &[Code]) -> Wanted {
    let mut schemes: BTreeMap<&str, Vec<Range>> = BTreeMap::new();
    for code in codes {
        schemes.entry(&code.scheme).or_default().push(Range::of(&code.code));
    }
    let set = |(scheme, ranges): (&str, Vec<Range>)| Set { scheme: scheme.to_owned(), ranges };
    Wanted { label, sets: schemes.into_iter().map(set).collect() }
}

impl Wanted {
    /// Returns where to look in the file: scheme, first code, and the first text after the last code.
    pub(super) fn look_ups(&self) -> BTreeSet<(String, String, String)> {
        let mut found = BTreeSet::new();
        for set in &self.sets {
            for scheme in HS.iter().chain([&OWN, &INDICATOR]).filter(|scheme| set.applies(scheme)) {
                // Codes are digits or capital letters, keys small ones; a tilde sorts after them all.
                let end = |range: &Range| format!("{}~", range.to);
                if *scheme == INDICATOR {
                    // Files write such codes in any case; there are few.
                    found.insert(((*scheme).to_owned(), String::new(), char::MAX.to_string()));
                    continue;
                }
                found.extend(set.ranges.iter().map(|r| ((*scheme).to_owned(), r.from.clone(), end(r))));
            }
        }
        found
    }

    /// Returns whether a code is the product or a part of it in its own classification.
    pub(super) fn holds(&self, code: &Code) -> bool {
        self.sets.iter().filter(|set| set.applies(&code.scheme)).any(|set| {
            let inside = |range: &Range| match code.scheme.as_str() {
                OWN => code.code == range.from,
                INDICATOR => code.code.eq_ignore_ascii_case(&range.from),
                _ => range.holds(&code.code),
            };
            set.ranges.iter().any(inside)
        })
    }
}

/// The codes of one block that make up a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chosen {
    /// Codes to add; none contains another (R5).
    pub(super) codes: Vec<Code>,
    /// Whether finer codes stand for a wanted one, which may not be all of it.
    pub(super) from_finer: bool,
    /// Wanted codes of which the block has nothing.
    pub(super) missing: Vec<String>,
    /// How well the wanted codes fit the product.
    pub(super) fit: HsFit,
    /// Further editions in the block, left aside (R7).
    pub(super) other_editions: Vec<String>,
}

/// Chooses among the codes for which a block has rows; `None` when the product has none there.
///
/// Our own product key goes first, then the latest edition. A code goes before the finer ones below it, so that no
/// money is counted twice (R5). Where the file does not say its edition, the edition whose codes fit best is meant.
pub(super) fn choose(wanted: &Wanted, present: &[&Code]) -> Option<Chosen> {
    let rank = |code: &Code| HS.iter().position(|scheme| *scheme == code.scheme).map_or(0, |at| at + 1);
    let best = present.iter().map(|code| rank(code)).min()?;
    let (kept, other): (Vec<&Code>, Vec<&Code>) = present.iter().partition(|code| rank(code) == best);
    let scheme = &kept.first()?.scheme;
    let other_editions: BTreeSet<String> = other.into_iter().map(|code| code.scheme.clone()).collect();
    let mut found = wanted
        .sets
        .iter()
        .filter(|set| set.applies(scheme))
        .filter_map(|set| from_set(set, &kept))
        .min_by_key(|chosen| (chosen.fit, !chosen.missing.is_empty(), chosen.from_finer))?;
    found.other_editions = other_editions.into_iter().collect();
    Some(found)
}

fn from_set(set: &Set, kept: &[&Code]) -> Option<Chosen> {
    let own = !set.scheme.starts_with("HS");
    let inside: Vec<&Code> = kept
        .iter()
        .filter(|code| {
            set.ranges.iter().any(|range| {
                if own { range.from.eq_ignore_ascii_case(&code.code) } else { range.holds(&code.code) }
            })
        })
        .copied()
        .collect();
    let below = |code: &Code| {
        !own && inside.iter().any(|top| top.code.len() < code.code.len() && code.code.starts_with(&top.code))
    };
    let codes: Vec<Code> = inside.iter().filter(|code| !below(code)).map(|code| (*code).clone()).collect();
    let fit = set.ranges.iter().map(|range| range.fit).max()?;
    let mut missing = BTreeSet::new();
    for range in &set.ranges {
        // What lies between the ends is not known here, the ends themselves are codes.
        for end in [&range.from, &range.to] {
            let is = |code: &Code| {
                if own { code.code.eq_ignore_ascii_case(end) } else { code.code.starts_with(end.as_str()) }
            };
            if !codes.iter().any(is) {
                missing.insert(end.clone());
            }
        }
    }
    let from_finer = !own && codes.iter().any(|code| is_finer(set, code));
    (!codes.is_empty()).then(|| Chosen {
        codes,
        from_finer,
        missing: missing.into_iter().collect(),
        fit,
        other_editions: Vec::new(),
    })
}

/// Returns whether a code is longer than the wanted one by more than zeros: 270900 is all of 2709, 870380 is not all of 8703.
fn is_finer(set: &Set, code: &Code) -> bool {
    let longer = |range: &Range| code.code[range.from.len()..].bytes().any(|digit| digit != b'0');
    set.ranges.iter().any(|range| range.holds(&code.code) && longer(range))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(id: i64, scheme: &str, code: &str) -> Code {
        Code { id, scheme: scheme.to_owned(), code: code.to_owned() }
    }

    fn asked(text: &str) -> Wanted {
        wanted(&Question { product: Some(text.to_owned()), ..Question::default() }).expect("a product")
    }

    fn chosen(wanted: &Wanted, present: &[Code]) -> Chosen {
        choose(wanted, &present.iter().collect::<Vec<_>>()).expect("codes")
    }

    fn texts(chosen: &Chosen) -> Vec<&str> {
        chosen.codes.iter().map(|code| code.code.as_str()).collect()
    }

    #[test]
    fn one_level_a_sum() {
        // R5: 87, 8703 and 870380 hold the same money three times.
        let present = [code(1, "HS2022", "8703"), code(2, "HS2022", "870323"), code(3, "HS2022", "870380")];
        let found = chosen(&asked("hs:8703"), &present);
        assert_eq!((texts(&found), found.from_finer), (vec!["8703"], false));
        let found = chosen(&asked("hs:8703"), &present[1..]);
        assert_eq!((texts(&found), found.from_finer), (vec!["870323", "870380"], true));
    }

    #[test]
    fn crude_oil_is_the_same_with_two_zeros_more() {
        let found = chosen(&asked("hs:2709"), &[code(1, "HS2017", "2709"), code(2, "HS2017", "270900")]);
        assert_eq!(texts(&found), ["2709"]);
        let found = chosen(&asked("crude-oil"), &[code(2, "HS", "270900")]);
        assert_eq!((texts(&found), found.from_finer, found.missing.len()), (vec!["270900"], false, 0));
    }

    #[test]
    fn two_editions_are_not_added() {
        let found = chosen(&asked("hs:8542"), &[code(1, "HS2012", "8542"), code(2, "HS2022", "8542")]);
        assert_eq!(found.codes, [code(2, "HS2022", "8542")]);
        assert_eq!(found.other_editions, ["HS2012"]);
    }

    #[test]
    fn a_code_is_a_prefix_not_a_number() {
        let wanted = asked("hs:0805");
        assert!(wanted.holds(&code(1, "HS2022", "080510")));
        assert!(!wanted.holds(&code(1, "HS2022", "8051")));
        assert!(!wanted.holds(&code(1, "HS2022", "08")));
        assert!(!wanted.holds(&code(1, "product", "0805")));
        assert!(!asked("wine").holds(&code(1, "product", "wines")));
    }

    #[test]
    fn a_file_without_edition_means_the_codes_that_fit_best() {
        // Older editions have only 8703 for electric cars; a file that has 870360 and 870380 is not of those.
        let present = [code(1, "HS", "8703"), code(2, "HS", "870360"), code(3, "HS", "870380")];
        let found = chosen(&asked("electric-cars"), &present);
        assert_eq!((texts(&found), found.fit), (vec!["870360", "870380"], HsFit::Exact));
        let found = chosen(&asked("electric-cars"), &present[..1]);
        assert_eq!((texts(&found), found.fit), (vec!["8703"], HsFit::Broader));
        let old = [code(1, "HS2012", "8703")];
        assert_eq!(chosen(&asked("electric-cars"), &old).fit, HsFit::Broader);
        let new = [code(1, "HS2022", "8703")];
        assert_eq!(choose(&asked("electric-cars"), &[&new[0]]), None);
    }

    #[test]
    fn a_code_that_is_not_there_is_told() {
        // Beef is 0201 and 0202.
        let found = chosen(&asked("beef"), &[code(1, "HS2022", "0201")]);
        assert_eq!((texts(&found), &found.missing[..]), (vec!["0201"], &["0202".to_owned()][..]));
    }
}
