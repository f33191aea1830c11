//! Goods that no table names: fuels with the vehicles they drive, and plain words that stand where a holder stands.

use super::lexicon::Lexicon;
use super::mentions::{Kind, Mention};
use super::reading::Sent;
use super::tokens::{TokenKind, Words};
use super::values::{FUNCTION_WORDS, Value, ValueForm};
use crate::model::{Measure, Subject, SubjectKind};

/// The fuels by the key of their cars, as other vehicles are called by them.
const FUELS: &[(&str, &str)] = &[
    ("electric-cars", "electric"),
    ("battery-electric-cars", "electric"),
    ("hybrid-cars", "hybrid"),
    ("plug-in-hybrids", "plug-in hybrid"),
    ("petrol-cars", "petrol"),
    ("diesel-cars", "diesel"),
];

/// Vehicles that are no cars, as their parts are called.
const VEHICLES: &[(&str, &str)] = &[
    ("buses", "buses"),
    ("trucks", "trucks"),
    ("commercial-vehicles", "vans"),
    ("motorcycles", "motorcycles"),
];

/// Returns the fuel that a mention names by an adjective alone: `diesel`, `battery-electric`, `hybrids`.
fn fuel(words: &Words<'_>, mention: &Mention) -> Option<&'static str> {
    let id = mention.subject.id.as_deref()?;
    let alone = mention.kind == Kind::Segment
        || mention.kind == Kind::Product && ALONE.contains(&words.lower(mention.last));
    FUELS.iter().find(|(key, _)| alone && *key == id).map(|(_, fuel)| *fuel)
}

/// Last words of names of cars that do not say cars.
const ALONE: &[&str] = &[
    "electric",
    "electrics",
    "hybrid",
    "hybrids",
    "diesel",
    "diesels",
    "petrol",
    "gasoline",
    "plug-in",
    "plug-ins",
];

/// Returns what vehicles that are no cars a mention names, all of them or a part.
fn vehicles(words: &Words<'_>, mention: &Mention) -> Option<&'static str> {
    let goods = matches!(mention.kind, Kind::Product | Kind::Segment) && fuel(words, mention).is_none();
    let key = mention.product.as_deref().filter(|_| goods)?;
    VEHICLES.iter().find(|(product, _)| *product == key).map(|(_, name)| *name)
}

/// Makes a fuel the part of these vehicles that it drives.
fn drive(mention: &mut Mention, fuel: &str, vehicles: &str, product: Option<String>) {
    mention.subject = Subject::new(SubjectKind::Product, &format!("{fuel} {vehicles}"), "");
    mention.product = product;
    mention.longer = None;
}

/// Joins fuels with the vehicles right after them: `diesel trucks`, `an electric bus`.
pub(crate) fn join_fuels(words: &Words<'_>, found: &mut Vec<Mention>) {
    let mut at = 0;
    while at + 1 < found.len() {
        let next = found[at].last + 1;
        let apart = found[at + 1].first - found[at].last;
        let joined = apart == 1 || apart == 2 && words.kind(next) == Some(TokenKind::Dash);
        if let (true, Some(fuel), Some(vehicles)) =
            (joined, fuel(words, &found[at]), vehicles(words, &found[at + 1]))
        {
            let goods = found.remove(at + 1);
            let mention = &mut found[at];
            mention.last = goods.last;
            mention.span.1 = goods.span.1;
            mention.kind = Kind::Segment;
            drive(mention, fuel, vehicles, goods.product);
        }
        at += 1;
    }
}

/// Reads `diesel` in an article about buses as diesel buses: a fuel alone drives the vehicles that are spoken of, those
/// named after it in its sentence (`battery-electric and hybrid buses`) or else those named last.
pub(crate) fn drive_fuels(sents: &mut [Sent<'_>]) {
    let mut last: Option<(&'static str, Option<String>)> = None;
    for sent in sents {
        for at in 0..sent.mentions.len() {
            let mention = &sent.mentions[at];
            let Some(fuel) = fuel(&sent.words, mention) else {
                if let Some(vehicles) = vehicles(&sent.words, mention) {
                    last = Some((vehicles, mention.product.clone()));
                } else if mention.kind == Kind::Product && mention.product.as_deref().is_some_and(on_wheels) {
                    last = None;
                }
                continue;
            };
            let after = sent.mentions[at + 1..].iter().take_while(|m| {
                let between = mention.last + 1..m.first;
                let list = |t: usize| matches!(sent.words.lower(t), "," | "and" | "or" | "-" | "(" | ")");
                between
                    .clone()
                    .all(|t| list(t) || sent.mentions[at..].iter().any(|m| m.first <= t && t <= m.last))
            });
            let driven = after
                .filter_map(|m| vehicles(&sent.words, m).map(|name| (name, m.product.clone())))
                .next()
                .or_else(|| last.clone());
            if let Some((vehicles, product)) = driven {
                drive(&mut sent.mentions[at], fuel, vehicles, product);
            }
        }
    }
}

fn on_wheels(product: &str) -> bool {
    matches!(product, "passenger-cars" | "vehicles" | "used-cars" | "electric-cars" | "suvs")
}

/// Gives goods the name they bear in the text where that is not the one of their product: `salmon` is seafood, and
/// `basic smartwatches` are smartwatches, but a part of them may be meant.
pub(crate) fn name_goods(words: &Words<'_>, used: &[bool], lexicon: &Lexicon, found: &mut [Mention]) {
    for mention in found.iter_mut().filter(|m| m.kind == Kind::Product) {
        let first = (0..mention.first).rev().take(2).take_while(|at| plain(words, *at, used, lexicon)).last();
        let (start, end) = words.span(first.unwrap_or(mention.first), mention.last);
        let name = words.text[start..end].to_lowercase();
        let own = mention.subject.id.as_deref().map(|key| key.replace('-', " "));
        if own.as_deref() != Some(&name) {
            mention.longer = Some(Subject::new(SubjectKind::Product, &name, ""));
        }
    }
}

/// At most so many words name goods.
const LONGEST: usize = 4;

/// Adds the plain words that stand where a holder stands and that nothing else took: `flowers made up 40% of exports`,
/// `debit cards (12%)`, `60% of them were flowers`.
pub(crate) fn plain_goods(
    words: &Words<'_>,
    values: &[Value],
    used: &mut [bool],
    lexicon: &Lexicon,
    found: &mut Vec<Mention>,
) {
    for value in values {
        let change = matches!(value.form, ValueForm::Points | ValueForm::Signed);
        if value.measure != Measure::Share || change {
            continue;
        }
        let run = before(words, value.tokens.0, used, lexicon)
            .or_else(|| after(words, value.tokens.1, used, lexicon));
        if let Some((first, last)) = run {
            used[first..=last].fill(true);
            let (start, end) = words.span(first, last);
            let subject = Subject::new(SubjectKind::Product, &words.text[start..end].to_lowercase(), "");
            found.push(Mention::plain(words, Kind::Goods, (first, last), subject));
        }
    }
}

/// `R made up V`, `R accounted for V`, `R (V)`.
fn before(words: &Words<'_>, value: usize, used: &[bool], lexicon: &Lexicon) -> Option<(usize, usize)> {
    let mut at = value.checked_sub(1)?;
    if words.lower(at) == "(" {
        return run_back(words, at.checked_sub(1)?, used, lexicon);
    }
    let step = |at: usize| at.checked_sub(1);
    while lexicon.is(words.lower(at), "det") || HEDGES.contains(&words.lower(at)) {
        at = step(at)?;
    }
    if words.lower(at) == "for" {
        at = step(at).filter(|at| lexicon.is(words.lower(*at), "account"))?;
    } else if words.lower(at) == "up" {
        at = step(at).filter(|at| lexicon.is(words.lower(*at), "make"))?;
    } else if !lexicon.is(words.lower(at), "account") {
        return None;
    }
    at = step(at)?;
    while ADVERBS.contains(&words.lower(at)) {
        at = step(at)?;
    }
    run_back(words, at, used, lexicon)
}

/// `V of its exports were R.`
fn after(words: &Words<'_>, value: usize, used: &[bool], lexicon: &Lexicon) -> Option<(usize, usize)> {
    let stop = |at: usize| {
        matches!(words.lower(at), "." | "," | ";" | ":" | "" | "and" | "while") || used_at(used, at)
    };
    let verb = (value + 1..(value + 10).min(words.len()))
        .take_while(|at| !stop(*at))
        .find(|at| matches!(words.lower(*at), "was" | "were" | "is" | "are"))?;
    let first = verb + 1;
    let last = (first..words.len()).take_while(|at| plain(words, *at, used, lexicon)).take(LONGEST).last()?;
    let ends = last + 1 >= words.len() || matches!(words.lower(last + 1), "." | "," | ";" | "and");
    (ends && words.lower(last).ends_with('s')).then_some((first, last))
}

fn used_at(used: &[bool], at: usize) -> bool {
    used.get(at).copied().unwrap_or(true)
}

/// Returns the run of plain words that ends at `last`.
fn run_back(words: &Words<'_>, last: usize, used: &[bool], lexicon: &Lexicon) -> Option<(usize, usize)> {
    let first = (0..=last).rev().take(LONGEST).take_while(|at| plain(words, *at, used, lexicon)).last()?;
    let name = words.lower(last);
    (name.len() > 2 && !name.ends_with("ly") && !name.ends_with("ing")).then_some((first, last))
}

/// Words that no class and no other reading has; a capital only at the front of the sentence.
fn plain(words: &Words<'_>, at: usize, used: &[bool], lexicon: &Lexicon) -> bool {
    let lower = words.lower(at);
    let token = words.tokens[at];
    let small = !words.text[token.start..token.end].starts_with(char::is_uppercase);
    let known =
        !lexicon.classes(lower).is_empty() || FUNCTION_WORDS.contains(lower) || NO_GOODS.contains(&lower);
    token.kind == TokenKind::Word && !used_at(used, at) && (small || at == 0) && !known
}

/// Words before a value that say how exact it is.
const HEDGES: &[&str] = &[
    "about", "around", "nearly", "almost", "some", "over", "than", "more", "less", "just", "only", "roughly",
    "well",
];

/// Words between a holder and its verb.
const ADVERBS: &[&str] =
    &["also", "now", "still", "already", "only", "alone", "together", "then", "has", "have", "had"];

/// Words that stand where goods stand and are none.
const NO_GOODS: &[&str] = &[
    "it",
    "they",
    "he",
    "she",
    "we",
    "he",
    "i",
    "you",
    "one",
    "two",
    "three",
    "four",
    "rest",
    "latter",
    "former",
    "segment",
    "duo",
    "trio",
    "pair",
    "respondents",
    "people",
    "households",
    "consumers",
    "customers",
    "voters",
    "adults",
    "which",
    "figure",
    "number",
    "total",
    "amount",
    "increase",
    "growth",
    "drop",
    "decline",
    "rise",
    "not",
    "very",
    "up",
    "down",
    "yet",
    "ever",
    "never",
    "himself",
    "itself",
    "themselves",
    "units",
    "unit",
    "points",
];

#[cfg(test)]
mod tests {
    use crate::extract::mentions::Kind;
    use crate::extract::reading::Reader;
    use crate::model::Article;

    /// The goods that the sentences name, as holders of a part, with their product.
    fn goods(text: &str) -> Vec<String> {
        let article = Article { text: text.to_owned(), ..Article::default() };
        let reading = Reader::new().read(&article);
        let mentions = reading.sents.iter().flat_map(|s| &s.mentions);
        mentions
            .filter(|m| matches!(m.kind, Kind::Product | Kind::Segment | Kind::Goods))
            .map(|m| format!("{} ({})", m.subject.name, m.product.as_deref().unwrap_or("-")))
            .collect()
    }

    #[test]
    fn a_fuel_drives_the_vehicles_named_with_it_or_last() {
        assert_eq!(goods("Diesel trucks had 95% of sales."), ["diesel trucks (trucks)"]);
        assert_eq!(
            goods("Battery-electric and hybrid buses made up 10% of registrations."),
            ["electric buses (buses)", "hybrid buses (buses)"]
        );
        assert_eq!(
            goods("Bus sales rose. Diesel had 62% of the market, hybrids 7%."),
            ["buses (buses)", "diesel buses (buses)", "hybrid buses (buses)"]
        );
        // Cars named later take the fuels back.
        assert_eq!(
            goods("Bus sales rose. Of new cars, diesel had 9%."),
            ["buses (buses)", "passenger-cars (passenger-cars)", "diesel-cars (passenger-cars)"]
        );
    }

    #[test]
    fn plain_words_where_a_holder_stands_are_goods() {
        assert_eq!(goods("In June paper lanterns accounted for 40% of spending."), ["paper lanterns (-)"]);
        assert_eq!(goods("Kites made up more than 30% of the region's exports."), ["kites (-)"]);
        assert_eq!(goods("Last year 60% of what it exported was velvet ribbons."), ["velvet ribbons (-)"]);
        assert!(goods("It accounted for 12%, and the rest made up 88%.").is_empty());
        assert!(goods("Prices rose quickly (12%) and fell by 3 percentage points.").is_empty());
    }

    #[test]
    fn goods_keep_the_name_of_the_text_beside_their_product() {
        let text = "Basic smartwatches made up 34% of smartwatches, smartwatches the rest.";
        let article = Article { text: text.to_owned(), ..Article::default() };
        let reading = Reader::new().read(&article);
        let longer: Vec<_> =
            reading.sents[0].mentions.iter().map(|m| m.longer.as_ref().map(|s| s.name.as_str())).collect();
        assert_eq!(longer, [Some("basic smartwatches"), None, None]);
    }
}
