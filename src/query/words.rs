//! Words to a question: `China in Russia of passenger-cars`, any part of it, `in` and `of` in any order.
//!
//! Names hold such words themselves (`Republic of Korea`), so every way to read the links is tried and the one whose
//! parts are all known wins.

use crate::error::{Error, Result};
use crate::model::{Basis, Question, Subject, SubjectKind};
use crate::reference::{Brand, Place, brands, fold, places, products};

/// Turns words such as `China in Russia of passenger-cars` into a question.
///
/// A market is a place, group or `World`; a product is a key, its words or `hs:CODE`; a subject is a place, brand,
/// company, platform or product. A subject that no table knows is kept as a brand without id, because figures
/// may name it. A word for the total may follow any part: `Germany imports of crude oil`.
///
/// ```
/// let question = tradeshare::query::parse(&["in Thailand of hs:8542".to_owned()])?;
/// assert_eq!(question.market.map(|market| market.key()).as_deref(), Some("country/THA"));
/// assert_eq!(question.product.as_deref(), Some("hs:8542"));
/// # Ok::<(), tradeshare::Error>(())
/// ```
///
/// # Errors
/// [`Error::Unknown`] for markets and products and [`Error::Ambiguous`] for any name, with suggestions.
pub fn parse(words: &[String]) -> Result<Question> {
    let words: Vec<&str> = words.iter().flat_map(|word| word.split_whitespace()).collect();
    if words.is_empty() {
        return Ok(Question::default());
    }
    let mut best: Option<Reading> = None;
    for parts in readings(&words) {
        let reading = read(&parts);
        let doubts = reading.doubts();
        if best.as_ref().is_none_or(|best| doubts < best.doubts()) {
            best = Some(reading);
        }
        if doubts == 0 {
            break;
        }
    }
    best.map_or_else(|| Err(no_reading(&words)), |reading| reading.question)
}

fn no_reading(words: &[&str]) -> Error {
    Error::Value { expected: "SUBJECT in MARKET of PRODUCT", found: words.join(" ") }
}

/// The words of each part, empty where there is none.
#[derive(Debug, Default, Clone, PartialEq)]
struct Parts {
    subject: String,
    market: String,
    product: String,
}

/// Returns every way to read `in` and `of`, those with more links first and, among them, the earlier links first.
fn readings(words: &[&str]) -> Vec<Parts> {
    let at = |link: &str| -> Vec<Option<usize>> {
        let found = (0..words.len()).filter(|i| words[*i].eq_ignore_ascii_case(link));
        found.map(Some).chain([None]).collect()
    };
    let mut all = Vec::new();
    for place in at("in") {
        for product in at("of") {
            let mut links: Vec<usize> = place.into_iter().chain(product).collect();
            links.sort_unstable();
            let end = |link: usize| links.iter().copied().find(|other| *other > link).unwrap_or(words.len());
            let part = |link: Option<usize>| link.map(|link| words[link + 1..end(link)].join(" "));
            let (market, product_words) = (part(place), part(product));
            if market.as_deref() == Some("") || product_words.as_deref() == Some("") {
                continue;
            }
            let subject = words[..links.first().copied().unwrap_or(words.len())].join(" ");
            let parts = Parts {
                subject,
                market: market.unwrap_or_default(),
                product: product_words.unwrap_or_default(),
            };
            all.push((links.len(), parts));
        }
    }
    all.sort_by_key(|(links, _)| std::cmp::Reverse(*links));
    all.into_iter().map(|(_, parts)| parts).collect()
}

/// A question as one way of reading gives it.
struct Reading {
    question: Result<Question>,
    unknown_subject: bool,
}

impl Reading {
    /// Returns how doubtful it is: every part known, a new subject, an error, a new subject that swallowed a link.
    fn doubts(&self) -> u8 {
        match (&self.question, self.unknown_subject) {
            (Ok(_), false) => 0,
            (Ok(question), true) => {
                let name = question.subject.as_ref().map_or("", |subject| subject.name.as_str());
                let swallowed =
                    name.split(' ').any(|word| ["in", "of"].contains(&word.to_lowercase().as_str()));
                if swallowed { 3 } else { 1 }
            }
            (Err(_), _) => 2,
        }
    }
}

fn read(parts: &Parts) -> Reading {
    let mut question = Question::default();
    let mut unknown_subject = false;
    let outcome = (|| {
        let mut basis = None;
        if !parts.market.is_empty() {
            question.market = Some(with_basis(&parts.market, &mut basis, market)?);
        }
        if !parts.product.is_empty() {
            question.product = Some(with_basis(&parts.product, &mut basis, product)?);
        }
        if !parts.subject.is_empty() {
            if parts.market.is_empty() && parts.product.is_empty() && parts.subject.starts_with("hs:") {
                question.product = Some(product(&parts.subject)?);
            } else {
                let found = with_basis(&parts.subject, &mut basis, subject)?;
                unknown_subject = found.id.is_none();
                question.subject = Some(found);
            }
        }
        question.basis = basis;
        Ok(())
    })();
    Reading { question: outcome.map(|()| question), unknown_subject }
}

/// Resolves a part as it stands, else without a word for the total at its end.
fn with_basis<T: Known>(
    text: &str,
    basis: &mut Option<Basis>,
    find: impl Fn(&str) -> Result<T>,
) -> Result<T> {
    let found = find(text);
    if found.as_ref().is_ok_and(Known::known) {
        return found;
    }
    if let Some((name, word)) = text.rsplit_once(' ')
        && let Ok(named) = word.to_lowercase().parse::<Basis>()
        && let Ok(shorter) = find(name)
    {
        *basis = Some(named);
        return Ok(shorter);
    }
    found
}

/// Whether a name was found in a table.
trait Known {
    fn known(&self) -> bool;
}

impl Known for Subject {
    fn known(&self) -> bool {
        self.id.is_some()
    }
}

impl Known for String {
    fn known(&self) -> bool {
        true
    }
}

/// Returns the text without `the` before it or `'s` after it.
fn bare(text: &str) -> &str {
    let text = text.get(..4).filter(|start| start.eq_ignore_ascii_case("the ")).map_or(text, |_| &text[4..]);
    text.strip_suffix("'s").or_else(|| text.strip_suffix("’s")).unwrap_or(text)
}

/// Words for the market that is whoever a file lists.
const LISTED: &[&str] =
    &["those listed", "listed countries", "listed reporters", "listed exporters", "listed importers"];

/// Returns the market that is whoever a file lists: no world, and its shares say so.
pub(super) fn listed() -> Subject {
    Subject::new(SubjectKind::Group, "listed reporters", "LISTED")
}

pub(super) fn market(text: &str) -> Result<Subject> {
    if LISTED.contains(&fold(bare(text)).as_str()) {
        return Ok(listed());
    }
    match places().find(text) {
        Err(Error::Unknown { .. }) if bare(text) != text => places().find(bare(text)),
        found => found,
    }
    .map(Place::subject)
}

pub(super) fn product(text: &str) -> Result<String> {
    if let Some(start) = text.get(..10).filter(|start| start.eq_ignore_ascii_case("indicator:")) {
        let code = text[start.len()..].trim_start();
        // A word for the total at the end is no part of the code; `with_basis` takes it off.
        let last = code.rsplit(' ').next().unwrap_or_default().to_lowercase();
        if code.is_empty() || (last.len() < code.len() && last.parse::<Basis>().is_ok()) {
            return Err(Error::Value { expected: "indicator: and a code", found: text.to_owned() });
        }
        return Ok(format!("indicator:{code}"));
    }
    if let Some(code) = hs_code(text) {
        return Ok(format!("hs:{code}"));
    }
    if text.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("hs:")) {
        return Err(Error::Value { expected: "hs: and 2 to 10 digits, or hs:TOTAL", found: text.to_owned() });
    }
    match products().find(text) {
        Err(Error::Unknown { .. }) if bare(text) != text => products().find(bare(text)),
        found => found,
    }
    .map(|product| product.key.clone())
}

/// Reads `hs:8703`, `HS 8703`, `8703`, `8703.80`; the code is text, so zeros in front stay.
fn hs_code(text: &str) -> Option<String> {
    let rest = match text.split_at_checked(2) {
        Some((start, rest)) if start.eq_ignore_ascii_case("hs") => rest.trim_start_matches([':', ' ']),
        _ => text,
    };
    if rest.len() < text.len() && rest.eq_ignore_ascii_case("total") {
        return Some("TOTAL".to_owned());
    }
    let code: String = rest.chars().filter(|c| *c != '.').collect();
    ((2..=10).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_digit())).then_some(code)
}

/// Finds a subject. A brand that shares its letters with a country's code (`MG`, `GM`) is the brand, one that shares
/// a country's name (`Jordan`) is the country.
pub(super) fn subject(text: &str) -> Result<Subject> {
    let place = match places().find(text) {
        Err(Error::Unknown { .. }) if bare(text) != text => places().find(bare(text)),
        found => found,
    };
    if let Ok(place) = &place
        && is_named(place, text)
    {
        return Ok(place.subject());
    }
    match (place, brands().find(text).map(Brand::subject)) {
        (_, Ok(brand)) => Ok(brand),
        (Ok(place), Err(_)) => Ok(place.subject()),
        (Err(Error::Ambiguous { what, name, candidates }), Err(_)) => {
            Err(Error::Ambiguous { what, name, candidates })
        }
        (Err(_), Err(Error::Ambiguous { what, name, candidates })) => {
            Err(Error::Ambiguous { what, name, candidates })
        }
        (Err(_), Err(_)) => match products().find(text) {
            Ok(product) => Ok(Subject::new(SubjectKind::Product, &product.label, &product.key)),
            Err(error @ Error::Ambiguous { .. }) => Err(error),
            Err(_) => Ok(Subject::new(SubjectKind::Brand, text, "")),
        },
    }
}

/// Returns whether a place bears this name, rather than this code or abbreviation.
fn is_named(place: &Place, text: &str) -> bool {
    let wanted = fold(bare(text));
    place.names.iter().any(|name| name.text.len() > 3 && fold(&name.text) == wanted)
}

/// Returns names of the reference tables that are spelled like this one.
pub(super) fn close_names(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for found in [brands().find(text).err(), places().find(text).err(), products().find(text).err()] {
        if let Some(Error::Unknown { closest, .. }) = found {
            names.extend(closest);
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(text: &str) -> Result<Question> {
        parse(&[text.to_owned()])
    }

    fn shown(text: &str) -> String {
        match asked(text) {
            Err(error) => error.to_string(),
            Ok(question) => {
                let key = |subject: Option<Subject>| subject.map_or("-".to_owned(), |subject| subject.key());
                let product = question.product.unwrap_or("-".to_owned());
                format!("{} | {} | {product}", key(question.subject), key(question.market))
            }
        }
    }

    #[test]
    fn every_way_to_read_the_links_is_tried() {
        let words: Vec<&str> = "Republic of Korea in Isle of Man of cars".split(' ').collect();
        let all = readings(&words);
        assert!(all.contains(&Parts {
            subject: "Republic of Korea".to_owned(),
            market: "Isle of Man".to_owned(),
            product: "cars".to_owned()
        }));
        assert!(readings(&["in"]).iter().all(|parts| parts.market.is_empty() && parts.subject == "in"));
    }

    #[test]
    fn any_part_may_be_missing_and_the_order_is_free() {
        assert_eq!(shown("China in Russia of passenger-cars"), "country/CHN | country/RUS | passenger-cars");
        assert_eq!(shown("China of passenger-cars in Russia"), "country/CHN | country/RUS | passenger-cars");
        assert_eq!(shown("in Thailand of hs:8542"), "- | country/THA | hs:8542");
        assert_eq!(shown("of palm-oil"), "- | - | palm-oil");
        assert_eq!(shown("Chinese"), "country/CHN | - | -");
        assert_eq!(shown("hs:8703"), "- | - | hs:8703");
    }

    #[test]
    fn names_of_several_words_and_links_in_names_are_read() {
        assert_eq!(
            shown("Papua New Guinea in United Kingdom of palm-oil"),
            "country/PNG | country/GBR | palm-oil"
        );
        assert_eq!(shown("South Korea in the EU of hs:8703"), "country/KOR | region/EU | hs:8703");
        assert_eq!(
            shown("Republic of Korea in Isle of Man of crude oil"),
            "country/KOR | country/IMN | crude-oil"
        );
        assert_eq!(
            shown("electric cars in Norway of passenger-cars"),
            "product/electric-cars | country/NOR | passenger-cars"
        );
    }

    #[test]
    fn a_subject_no_table_knows_is_kept_and_other_parts_are_not() {
        assert_eq!(shown("Chrome 30.0 in World of browsers"), "brand/?Chrome 30.0 | region/WLD | browsers");
        assert_eq!(shown("Zorgauto in Russia"), "brand/?Zorgauto | country/RUS | -");
        let Err(Error::Unknown { what, closest, .. }) = asked("China in Russa of passenger-cars") else {
            panic!("the market is unknown");
        };
        assert_eq!((what, closest.contains(&"Russia".to_owned())), ("place", true));
        assert!(matches!(
            asked("China in Russia of unobtainium"),
            Err(Error::Unknown { what: "product", .. })
        ));
    }

    #[test]
    fn a_name_of_several_places_is_asked_back() {
        for text in ["Georgia in Russia of wine", "China in Congo", "China in Georgia"] {
            assert!(matches!(asked(text), Err(Error::Ambiguous { .. })), "{text}: {}", shown(text));
        }
    }

    #[test]
    fn brands_go_before_codes_and_places_before_brands() {
        assert!(shown("Apple in World of mobile-phones").ends_with("/apple | region/WLD | mobile-phones"));
        assert!(shown("MG in Russia").starts_with("brand/mg |"), "{}", shown("MG in Russia"));
        assert!(shown("Jordan in Iraq").starts_with("country/JOR |"));
    }

    #[test]
    fn a_word_for_the_total_may_follow() {
        let question = asked("China in Germany imports of passenger-cars").expect("a question");
        assert_eq!(question.basis, Some(Basis::Imports));
        assert!(asked("Iraq in India's crude oil").is_err(), "a market is not a product");
    }

    #[test]
    fn customs_codes_are_text() {
        assert_eq!(hs_code("hs:0805").as_deref(), Some("0805"));
        assert_eq!(hs_code("HS 8703.80").as_deref(), Some("870380"));
        assert_eq!(hs_code("8542").as_deref(), Some("8542"));
        assert_eq!(hs_code("hs:TOTAL").as_deref(), Some("TOTAL"));
        assert_eq!(hs_code("hs:8"), None);
        assert_eq!(hs_code("cars"), None);
        assert!(product("hs:87x3").is_err());
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

        #[test]
        fn any_words_are_a_question_or_an_error(text in "(hs:?|in|of|the|\\PC{0,6}| ){0,6}") {
            let _ = asked(&text);
        }
    }

    #[test]
    fn words_of_other_scripts_are_no_trouble() {
        for text in ["of éé", "éé in éé of éé", "hé", "of hs:é", "中国 in 俄罗斯 of 汽车"] {
            assert!(asked(text).is_err() || asked(text).is_ok_and(|q| q.subject.is_some()), "{text}");
        }
    }

    #[test]
    fn no_words_ask_for_everything() {
        assert_eq!(parse(&[]).expect("a question"), Question::default());
    }
}
