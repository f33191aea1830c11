//! Names the tables know, found in a sentence by one pass over its bytes.
//!
//! Places with their adjectives, brands, companies, platforms, products, sources. The sentence is compared in lower
//! case with hyphens as blanks; both keep every byte where it was. Whether a name needs its capital is decided after.

use crate::model::{Subject, SubjectKind};
use crate::reference::{NameForm, brands, places, products, sources};
use daachorse::{DoubleArrayAhoCorasick, DoubleArrayAhoCorasickBuilder};
use std::collections::BTreeMap;

/// What a name stands for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Thing {
    /// A place; `adjective` for `Russian`, `Russians`.
    Place { subject: Subject, adjective: bool },
    /// A brand, company or platform, by its place in the table.
    Maker(usize),
    /// A product key.
    Product(String),
    /// Part of a product that has no key of its own, or that is named by an adjective alone: the product around it, and
    /// the key of the part where it has one, or the name it is better known by.
    Segment { product: String, key: String, name: String },
    /// A source, by its place in the table.
    Source(usize),
}

/// One name with all it may stand for.
#[derive(Debug)]
struct Name {
    /// The spelling with its capitals.
    text: String,
    things: Vec<(Thing, bool)>,
}

/// A name in a text: bytes `start..end` of what was searched.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NameHit<'a> {
    pub start: usize,
    pub end: usize,
    /// What it may stand for, and whether other words are spelt alike.
    pub things: &'a [(Thing, bool)],
}

/// The automaton over all names.
pub(crate) struct Names {
    automaton: DoubleArrayAhoCorasick<u32>,
    names: Vec<Name>,
}

impl std::fmt::Debug for Names {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Names({})", self.names.len())
    }
}

/// Returns the form in which names are compared; every byte stays where it was.
fn compared(text: &str) -> String {
    text.chars().map(|c| if c == '-' { ' ' } else { c.to_ascii_lowercase() }).collect()
}

impl Names {
    pub fn new() -> Self {
        let mut found: BTreeMap<String, Name> = BTreeMap::new();
        let mut add = |text: &str, thing: Thing, doubtful: bool| {
            let text = text.trim();
            if text.len() < 2 {
                return;
            }
            let mut spellings = vec![text.to_owned()];
            if text.contains('\'') {
                spellings.push(text.replace('\'', "’"));
            }
            for spelling in spellings {
                let name = found
                    .entry(compared(&spelling))
                    .or_insert_with(|| Name { text: spelling, things: Vec::new() });
                if !name.things.iter().any(|(have, _)| *have == thing) {
                    name.things.push((thing.clone(), doubtful));
                }
            }
        };
        for place in places().all() {
            if place.kind == SubjectKind::Residual {
                continue;
            }
            for name in &place.names {
                let adjective = matches!(name.form, NameForm::Adjective | NameForm::Demonym);
                add(&name.text, Thing::Place { subject: place.subject(), adjective }, name.ambiguous);
            }
        }
        for (at, brand) in brands().all().iter().enumerate() {
            add(&brand.name, Thing::Maker(at), brand.common_word);
            for alias in &brand.aliases {
                add(alias, Thing::Maker(at), brand.common_word);
            }
        }
        for product in products().all() {
            for phrase in product.synonyms.iter().chain([&product.label]) {
                add(phrase, Thing::Product(product.key.clone()), false);
            }
        }
        for line in include_str!("data/segments.csv").lines().skip(1) {
            let mut cells = line.split(',');
            let (Some(phrase), Some(product)) = (cells.next(), cells.next()) else { continue };
            let mut cell = || cells.next().unwrap_or_default().to_owned();
            let (key, name) = (cell(), cell());
            add(phrase, Thing::Segment { product: product.to_owned(), key, name }, false);
        }
        for (at, source) in sources().all().iter().enumerate() {
            add(&source.name, Thing::Source(at), false);
            for alias in &source.aliases {
                add(alias, Thing::Source(at), false);
            }
        }
        if found.is_empty() {
            found.insert("\0".to_owned(), Name { text: "\0".to_owned(), things: Vec::new() });
        }
        let patterns: Vec<(String, u32)> =
            found.keys().enumerate().map(|(at, key)| (key.clone(), at as u32)).collect();
        let automaton = DoubleArrayAhoCorasickBuilder::new()
            .build_with_values(patterns)
            .expect("the names are distinct and not empty");
        Self { automaton, names: found.into_values().collect() }
    }

    /// Returns the names in `text`, not overlapping, the longest first where several begin at one place.
    pub fn find(&self, text: &str) -> Vec<NameHit<'_>> {
        let lower = compared(text);
        let mut hits: Vec<NameHit<'_>> = self
            .automaton
            .find_overlapping_iter(&lower)
            .filter_map(|hit| {
                let name = &self.names[hit.value() as usize];
                let end = border_after(text, hit.end(), &name.things)?;
                let fits = starts_word(text, hit.start()) && cased(&text[hit.start()..hit.end()], name);
                fits.then_some(NameHit { start: hit.start(), end, things: &name.things })
            })
            .collect();
        hits.sort_by(|a, b| a.start.cmp(&b.start).then(b.end.cmp(&a.end)));
        let mut until = 0;
        hits.retain(|hit| {
            let keep = hit.start >= until;
            if keep {
                until = hit.end;
            }
            keep
        });
        hits
    }
}

fn starts_word(text: &str, at: usize) -> bool {
    text[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric())
}

/// Returns where the name ends when a word ends there, a plural `s` allowed for makers.
fn border_after(text: &str, at: usize, things: &[(Thing, bool)]) -> Option<usize> {
    let mut rest = text[at..].chars();
    let next = rest.next();
    if next.is_none_or(|c| !c.is_alphanumeric()) {
        return Some(at);
    }
    let plural = next == Some('s') && rest.next().is_none_or(|c| !c.is_alphanumeric());
    let maker = things.iter().any(|(thing, _)| matches!(thing, Thing::Maker(_)));
    (plural && maker).then_some(at + 1)
}

/// Returns whether the capitals allow the name: a proper name needs one where its table spelling has one.
fn cased(found: &str, name: &Name) -> bool {
    if name.things.iter().any(|(thing, _)| matches!(thing, Thing::Product(_) | Thing::Segment { .. })) {
        return true;
    }
    if name.text.len() <= 3 {
        // `US`, `UK`, `EU`, `LG` against `us`: short names are compared letter by letter.
        let upper = name.text.chars().filter(|c| c.is_uppercase()).count();
        if upper > 1 {
            return found == name.text;
        }
    }
    let capital = name.text.chars().any(char::is_uppercase);
    // Brands like `vivo` and `realme` write themselves small.
    let small = name.text.len() >= 4
        && name.things.iter().any(|(thing, doubtful)| matches!(thing, Thing::Maker(_)) && !doubtful);
    small || !capital || found.chars().any(char::is_uppercase)
}
