//! Mentions: who and what a sentence names, known or not.

use super::goods::{join_fuels, name_goods, plain_goods};
use super::lexicon::Lexicon;
use super::names::{NameHit, Names, Thing};
use super::reading::Sent;
use super::tokens::{TokenKind, Words};
use super::values::Value;
use crate::model::{Subject, SubjectKind};
use crate::reference::{brands, places, products};
use std::collections::HashMap;
use std::sync::LazyLock;

/// What a mention is, as the features call it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Kind {
    /// `Russia`.
    Place,
    /// `Russian`.
    Nationality,
    /// `global`, `worldwide`.
    World,
    /// A brand, company or platform of the table.
    Maker,
    /// A product key.
    Product,
    /// Part of a product without a key: `electric vans`, `wind power`.
    Segment,
    /// Who counts or relays.
    Source,
    /// Capitalised words that no table knows.
    Name,
    /// Plain words that stand where a holder stands: `flowers`.
    Goods,
    /// Several named together.
    Group,
}

impl Kind {
    /// Returns the label of features and explanations.
    pub fn label(self) -> &'static str {
        match self {
            Self::Place => "PLACE",
            Self::Nationality => "NAT",
            Self::World => "WORLD",
            Self::Maker => "MAKER",
            Self::Product => "PROD",
            Self::Segment => "SEG",
            Self::Source => "SOURCE",
            Self::Name => "NAME",
            Self::Goods => "GOODS",
            Self::Group => "GROUP",
        }
    }
}

/// One mention of a sentence.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Mention {
    pub kind: Kind,
    /// Indices of its first and last token.
    pub first: usize,
    pub last: usize,
    /// Bytes of the text.
    pub span: (usize, usize),
    /// What it is as the holder of a part, or as a market when it is a place.
    pub subject: Subject,
    /// The product it names or belongs to.
    pub product: Option<String>,
    /// Place of a maker in the table of brands.
    pub maker: Option<usize>,
    /// Place of a source in the table of sources, when one bears this name.
    pub source: Option<usize>,
    /// Whether it only says where a maker is from: `Motorola of the US`, `China's Xiaomi`.
    pub bound: bool,
    /// What it may stand for instead: the name with the capitalised words after it (`Samsung SDI` at `Samsung`), goods as
    /// the text calls them, the country of which it is the capital (`Moscow’s oil`).
    pub longer: Option<Subject>,
}

impl Mention {
    /// Returns whether it can be a market.
    pub fn is_place(&self) -> bool {
        matches!(self.kind, Kind::Place | Kind::Nationality | Kind::World)
    }
}

/// Finds the mentions of sentences.
#[derive(Debug)]
pub(crate) struct Mentioner {
    names: Names,
}

impl Mentioner {
    pub fn new() -> Self {
        Self { names: Names::new() }
    }

    /// Returns the tokens of names that hold a number: `Windows 11`, `PlayStation 5`.
    pub fn numbered(&self, words: &Words<'_>) -> Vec<(usize, usize)> {
        let (Some(head), Some(tail)) = (words.tokens.first(), words.tokens.last()) else { return Vec::new() };
        let text = &words.text[head.start..tail.end];
        let hits = self.names.find(text).into_iter().filter(|hit| {
            let maker = hit.things.iter().any(|(thing, _)| matches!(thing, Thing::Maker(_)));
            maker && text[hit.start..hit.end].bytes().any(|b| b.is_ascii_digit())
        });
        hits.map(|hit| {
            let (start, end) = (hit.start + head.start, hit.end + head.start);
            let first = words.tokens.partition_point(|t| t.end <= start);
            (first, words.tokens.partition_point(|t| t.start < end).saturating_sub(1))
        })
        .collect()
    }

    /// Returns the mentions of a sentence in the order of the text, not overlapping.
    ///
    /// `taken` says which tokens are `values` or times; `seen` the capitalised words the article has inside sentences.
    pub fn mentions(
        &self,
        words: &Words<'_>,
        values: &[Value],
        taken: &[bool],
        lexicon: &Lexicon,
        seen: &Seen,
    ) -> Vec<Mention> {
        let mut found = Vec::new();
        let mut used = taken.to_vec();
        let (Some(head), Some(tail)) = (words.tokens.first(), words.tokens.last()) else { return found };
        let base = head.start;
        for hit in self.names.find(&words.text[base..tail.end]) {
            let (start, end) = (hit.start + base, hit.end + base);
            let first = words.tokens.partition_point(|t| t.end <= start);
            let last = words.tokens.partition_point(|t| t.start < end);
            if first >= last || used[first..last].contains(&true) {
                continue;
            }
            if let Some(mention) = named(words, &hit, (first, last - 1), lexicon, seen) {
                used[first..=mention.last].fill(true);
                found.push(mention);
            }
        }
        for (at, used) in used.iter_mut().enumerate() {
            if !*used && lexicon.is(words.lower(at), "global") {
                *used = true;
                found.push(Mention::plain(words, Kind::World, (at, at), Subject::world()));
            }
        }
        unknown_names(words, &mut used, lexicon, seen, &mut found);
        plain_goods(words, values, &mut used, lexicon, &mut found);
        found.sort_by_key(|m| m.first);
        join_fuels(words, &mut found);
        name_goods(words, &used, lexicon, &mut found);
        if !seen.title {
            drop_dateline(words, lexicon, &mut found);
        }
        lengthen(words, &mut found);
        bind(words, &mut found);
        without_china(words, &mut found);
        found
    }
}

impl Mention {
    pub fn plain(words: &Words<'_>, kind: Kind, (first, last): (usize, usize), subject: Subject) -> Self {
        let span = words.span(first, last);
        Self {
            kind,
            first,
            last,
            span,
            subject,
            product: None,
            maker: None,
            source: None,
            bound: false,
            longer: None,
        }
    }
}

/// What the name of a capital may stand for, by the key of the city.
static CAPITALS: LazyLock<HashMap<&'static str, Subject>> = LazyLock::new(|| {
    let lines = include_str!("data/capitals.csv").lines().skip(1).filter_map(|line| line.split_once(','));
    lines.filter_map(|(city, country)| Some((city, places().get(country)?.subject()))).collect()
});

/// Chooses what a known name stands for here.
fn named(
    words: &Words<'_>,
    hit: &NameHit<'_>,
    tokens: (usize, usize),
    lexicon: &Lexicon,
    seen: &Seen,
) -> Option<Mention> {
    let text = &words.text[words.span(tokens.0, tokens.1).0..words.span(tokens.0, tokens.1).1];
    let capital = text.chars().any(char::is_uppercase);
    let source = hit.things.iter().find_map(|(t, _)| match t {
        Thing::Source(at) => Some(*at),
        _ => None,
    });
    let pick = |wanted: fn(&Thing) -> bool| hit.things.iter().find(|(t, _)| wanted(t));
    let maker = pick(|t| matches!(t, Thing::Maker(_)));
    let place = pick(|t| matches!(t, Thing::Place { .. }));
    // In an article about power, `solar` is where it comes from and not the panels.
    let energy = pick(|t| matches!(t, Thing::Segment { product, .. } if product == "electricity"));
    let product = energy
        .filter(|_| seen.power)
        .or_else(|| pick(|t| matches!(t, Thing::Product(_))))
        .or_else(|| pick(|t| matches!(t, Thing::Segment { .. })));
    let chosen = if capital && tokens.0 > 0 {
        maker.filter(|(_, doubtful)| !doubtful || place.is_none()).or(place).or(product)
    } else if capital {
        let firm = maker.filter(|(_, doubtful)| !doubtful || firm_at_front(words, tokens, lexicon, seen));
        firm.filter(|(_, doubtful)| !doubtful).or(place).or(firm).or(product)
    } else {
        product.or(place).or(maker.filter(|(_, doubtful)| !doubtful))
    };
    let mut mention = match chosen {
        Some((Thing::Place { subject, adjective }, _)) => {
            let kind = if subject.is_world() {
                Kind::World
            } else if *adjective {
                Kind::Nationality
            } else {
                Kind::Place
            };
            let mut mention = Mention::plain(words, kind, tokens, subject.clone());
            mention.longer = subject.id.as_deref().and_then(|id| CAPITALS.get(id)).cloned();
            mention
        }
        Some((Thing::Maker(at), _)) => {
            let brand = &brands().all()[*at];
            let mut mention = Mention::plain(words, Kind::Maker, tokens, brand.subject());
            mention.maker = Some(*at);
            mention
        }
        Some((Thing::Product(key), _)) => {
            let subject = Subject::new(SubjectKind::Product, key, key);
            let goods = (tokens.0, without_total(words, tokens, lexicon));
            let mut mention = Mention::plain(words, Kind::Product, goods, subject);
            mention.product = Some(key.clone());
            mention
        }
        Some((Thing::Segment { product, key, name }, _)) => {
            let name = match (key.as_str(), name.as_str()) {
                ("", "") => text.to_lowercase(),
                ("", name) => name.to_owned(),
                (key, _) => key.to_owned(),
            };
            let kind = if name.contains(" and ") { SubjectKind::Group } else { SubjectKind::Product };
            let mut mention = Mention::plain(words, Kind::Segment, tokens, Subject::new(kind, &name, key));
            mention.product = Some(product.clone());
            mention
        }
        _ if source.is_some() && capital => {
            Mention::plain(words, Kind::Source, tokens, Subject::new(SubjectKind::Company, text, ""))
        }
        _ => return None,
    };
    mention.source = source;
    Some(mention)
}

/// Returns the last word of a product's name that names goods: `exports` in `chip exports` says which total is meant.
fn without_total(words: &Words<'_>, (first, last): (usize, usize), lexicon: &Lexicon) -> usize {
    let total = |at: usize| {
        let main = lexicon.classes(words.lower(at)).first();
        main.is_some_and(|class| class.starts_with("basis") || *class == "market")
    };
    (first + 1..=last).rev().find(|at| !total(*at)).unwrap_or(first)
}

/// A common word with a capital at the front of a sentence is a maker when it acts like one or was seen as one.
fn firm_at_front(words: &Words<'_>, tokens: (usize, usize), lexicon: &Lexicon, seen: &Seen) -> bool {
    let next = words.lower(tokens.1 + 1);
    let acts = [
        "hold", "account", "be", "remain", "lead", "follow", "up", "down", "supply", "from", "and", "with",
        "go",
    ];
    let verb =
        next.ends_with("ed") || matches!(next, "also" | "still" | "again" | "," | ":" | "-" | "at" | "on");
    verb || matches!(next, "will" | "would" | "could" | "may" | "might")
        || words.kind(tokens.1 + 1) == Some(TokenKind::Possessive)
        || next == "("
        || acts.iter().any(|class| lexicon.is(next, class))
        || seen.inside(words, tokens.0)
}

/// Capitalised words that the article has elsewhere than at the front of a sentence.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    /// Whether the title is read.
    pub title: bool,
    words: std::collections::HashSet<String>,
    /// Whether it is about electricity.
    power: bool,
    /// Whether it is about vehicles.
    cars: bool,
}

impl Seen {
    /// Notes the capitalised words of a sentence, its first left out.
    pub fn note(&mut self, words: &Words<'_>) {
        for at in 0..words.len() {
            match words.lower(at) {
                "electricity" | "power" | "grid" | "renewables" => self.power = true,
                "car" | "cars" | "vehicle" | "vehicles" | "registrations" | "buses" => self.cars = true,
                _ => {}
            }
        }
        for at in 1..words.len() {
            let token = words.tokens[at];
            let text = &words.text[token.start..token.end];
            if token.kind == TokenKind::Word && text.starts_with(char::is_uppercase) {
                self.words.insert(text.to_owned());
            }
        }
    }

    fn inside(&self, words: &Words<'_>, at: usize) -> bool {
        let token = words.tokens[at];
        self.words.contains(&words.text[token.start..token.end])
    }
}

/// A city before the first sentence (`MUNICH -`, `CAIRO, March 9 —`) is where the news was written, not a market.
fn drop_dateline(words: &Words<'_>, lexicon: &Lexicon, found: &mut Vec<Mention>) {
    let Some(first) = found.first() else { return };
    let text = &words.text[first.span.0..first.span.1];
    let dashed = |at: usize| words.kind(at) == Some(TokenKind::Dash) && !words.joined(at - 1);
    let loud = text.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase) && text.len() > 3;
    let quiet = lexicon.classes(words.lower(first.last + 1)).is_empty();
    let opens = first.first == 0 && first.is_place() && words.tokens[0].start < 4;
    let marked =
        (first.last + 1..first.last + 6).any(dashed) || matches!(words.lower(first.last + 1), ":" | "(");
    if opens && quiet && marked && (loud || first.subject.kind == SubjectKind::Subnational) {
        found.remove(0);
    }
}

/// Marks the places that only say where somebody is from: `Motorola of the US`, `China's Xiaomi`, `Seoul-based`,
/// `the Korean company`, `the South American country`.
fn bind(words: &Words<'_>, found: &mut [Mention]) {
    for at in 0..found.len() {
        let (before, rest) = found.split_at_mut(at);
        let Some((place, after)) = rest.split_first_mut() else { continue };
        if !place.is_place() {
            continue;
        }
        let next = words.lower(place.last + 1);
        let dashed = words.kind(place.last + 1) == Some(TokenKind::Dash);
        let based = next == "based" || dashed && words.lower(place.last + 2) == "based";
        let the = place.first > 0 && words.lower(place.first - 1) == "the";
        let told = the && place.kind == Kind::Nationality && FIRMS.contains(&next);
        let maker = |m: &Mention| m.maker.is_some() && m.subject.kind != SubjectKind::Platform;
        let of = before.last().is_some_and(|m| {
            let between: Vec<&str> = (m.last + 1..place.first).map(|t| words.lower(t)).collect();
            maker(m) && matches!(between.as_slice(), ["of"] | ["of", "the"])
        });
        let owned = after.first().is_some_and(|m| {
            let gap = m.first - place.last - 1;
            let possessive = gap == 1 && words.kind(place.last + 1) == Some(TokenKind::Possessive);
            maker(m) && (possessive || (gap == 0 && place.kind == Kind::Nationality))
        });
        place.bound = based || told || of || owned;
    }
}

/// Nouns for one firm or country, which a nationality describes.
const FIRMS: &[&str] = &[
    "company",
    "firm",
    "maker",
    "manufacturer",
    "group",
    "brand",
    "carmaker",
    "automaker",
    "giant",
    "vendor",
    "operator",
    "producer",
    "supplier",
    "country",
    "nation",
    "island",
    "chipmaker",
    "conglomerate",
    "rival",
    "newcomer",
];

/// Joins a maker and the unknown name right after it; the two may be one: `LG Energy Solution`.
fn lengthen(words: &Words<'_>, found: &mut [Mention]) {
    for at in 1..found.len() {
        let (before, after) = found.split_at_mut(at);
        let (maker, name) = (&mut before[at - 1], &after[0]);
        if maker.kind == Kind::Maker && name.kind == Kind::Name && name.first == maker.last + 1 {
            let text = &words.text[maker.span.0..name.span.1];
            maker.longer = Some(Subject::new(SubjectKind::Company, text, ""));
        }
    }
}

/// Adds runs of capitalised words that nothing else took.
fn unknown_names(
    words: &Words<'_>,
    used: &mut [bool],
    lexicon: &Lexicon,
    seen: &Seen,
    found: &mut Vec<Mention>,
) {
    let capital = |at: usize| {
        let token = words.tokens[at];
        token.kind == TokenKind::Word && words.text[token.start..token.end].starts_with(char::is_uppercase)
    };
    for mention in found.iter_mut().filter(|m| m.kind == Kind::Maker) {
        // `Windows 11`, `iPhone 16`.
        let next = mention.last + 1;
        if next < words.len()
            && !used[next]
            && words.kind(next) == Some(TokenKind::Number)
            && !value_follows(words, next)
        {
            let text = &words.text[mention.span.0..words.tokens[next].end];
            mention.longer = Some(Subject::new(mention.subject.kind, text, ""));
        }
    }
    let mut at = 0;
    while at < words.len() {
        let text = || &words.text[words.tokens[at].start..words.tokens[at].end];
        // `11.5M`, `5G`: a letter stuck to a number counts or measures.
        let stuck = at > 0 && words.joined(at - 1) && words.kind(at - 1) == Some(TokenKind::Number);
        let plain = used[at] || stuck || !capital(at) || NOT_NAMES.contains(&words.lower(at));
        if plain || (front(words, at) && !name_at_front(words, at, text(), lexicon, seen)) {
            at += 1;
            continue;
        }
        let mut last = at;
        while last + 1 < words.len() {
            let next = last + 1;
            let joins = !used[next] && words.joined(last) && words.kind(next) == Some(TokenKind::Dash);
            let and = words.lower(next) == "&";
            if !used[next]
                && (capital(next)
                    || (next > 0
                        && words.kind(next) == Some(TokenKind::Number)
                        && !value_follows(words, next)))
            {
                last = next;
            } else if (joins || and) && next + 1 < words.len() && !used[next + 1] && capital(next + 1) {
                last = next + 1;
            } else {
                break;
            }
        }
        let (start, end) = words.span(at, last);
        let subject = Subject::new(kind_of_name(words, at, last, lexicon), &words.text[start..end], "");
        found.push(Mention::plain(words, Kind::Name, (at, last), subject));
        used[at..=last].fill(true);
        at = last + 1;
    }
}

/// A number belongs to a name (`iPhone 16`) unless it counts something.
fn value_follows(words: &Words<'_>, at: usize) -> bool {
    let short = words.tokens[at].end - words.tokens[at].start <= 2;
    let next = words.lower(at + 1);
    !short || matches!(words.kind(at + 1), Some(TokenKind::Percent | TokenKind::Word)) && next != "and"
}

/// Words that open a sentence or stand in titles and are no names.
const NOT_NAMES: &[&str] = &[
    "i",
    "the",
    "a",
    "an",
    "in",
    "on",
    "at",
    "of",
    "for",
    "by",
    "q1",
    "q2",
    "q3",
    "q4",
    "h1",
    "h2",
    "mr",
    "ms",
    "dr",
    "according",
    "source",
    "sources",
    "yoy",
    "y/y",
    "ceo",
    "suv",
    "suvs",
    "ev",
    "evs",
    "lng",
    "us",
    "figures",
    "data",
    "percent",
    "share",
    "market",
];

fn front(words: &Words<'_>, at: usize) -> bool {
    at == 0
        || matches!(words.kind(at - 1), Some(TokenKind::Quote))
        || matches!(words.lower(at - 1), ":" | "•" | "*" | "." | "?")
}

fn name_at_front(words: &Words<'_>, at: usize, text: &str, lexicon: &Lexicon, seen: &Seen) -> bool {
    let mixed = text.chars().skip(1).any(char::is_uppercase) || text.chars().any(|c| c.is_ascii_digit());
    if mixed || seen.inside(words, at) {
        return true;
    }
    if !lexicon.classes(words.lower(at)).is_empty() {
        return false;
    }
    let next = words.lower(at + 1);
    words.kind(at + 1) == Some(TokenKind::Possessive)
        || next == "("
        || next == "'s"
        || ["hold", "account", "be", "remain", "say"].iter().any(|class| lexicon.is(next, class))
            && text.len() > 4
}

/// Cue words tell a maker from a platform; a name alone is a brand.
fn kind_of_name(words: &Words<'_>, first: usize, last: usize, lexicon: &Lexicon) -> SubjectKind {
    let near = |at: usize| words.lower(at);
    let before = first.checked_sub(1).map_or("", near);
    let company = ["group", "operator", "company", "producer", "firm", "lender", "retailer", "corp", "inc"];
    if company.contains(&before) || company.contains(&near(last + 1)) || lexicon.is(near(last), "own") {
        SubjectKind::Company
    } else {
        SubjectKind::Brand
    }
}

/// `outside China`, `excluding China`: the rest of the world as a market.
fn without_china(words: &Words<'_>, found: &mut [Mention]) {
    let Some(rest) = places().get("WLD-CHN") else { return };
    for mention in found.iter_mut() {
        let mut before = mention.first;
        while before > 0 && matches!(words.lower(before - 1), "mainland" | "of" | "the") {
            before -= 1;
        }
        let outside = before > 0 && matches!(words.lower(before - 1), "outside" | "excluding" | "ex");
        if outside && mention.subject.id.as_deref() == Some("CHN") {
            mention.kind = Kind::World;
            mention.subject = rest.subject();
        }
    }
}

/// Reads the short forms of names as the names: `Hero` is Hero MotoCorp where the article names no other Hero, and
/// `Mahindra` the firm of the group that it names in full.
pub(crate) fn join_short_forms(sents: &mut [Sent<'_>]) {
    join_kin(sents);
    let is_name = |m: &Mention| matches!(m.kind, Kind::Name | Kind::Maker);
    let mut first_words: HashMap<String, Option<(Subject, Option<usize>)>> = HashMap::new();
    for (sent, mention) in sents.iter().flat_map(|s| s.mentions.iter().map(move |m| (s, m))) {
        let words: Vec<&str> = sent.words.text[mention.span.0..mention.span.1].split_whitespace().collect();
        if !is_name(mention) || words.len() < 2 || words[0].chars().count() < 3 {
            continue;
        }
        let one = (mention.subject.clone(), mention.maker);
        first_words
            .entry(words[0].to_owned())
            .and_modify(|have| {
                if have.as_ref().is_some_and(|(subject, _)| *subject != one.0) {
                    *have = None;
                }
            })
            .or_insert(Some(one));
    }
    for sent in sents {
        let text = sent.words.text;
        for mention in sent.mentions.iter_mut().filter(|m| m.kind == Kind::Name) {
            if let Some(Some((subject, maker))) = first_words.get(&text[mention.span.0..mention.span.1]) {
                mention.subject = subject.clone();
                mention.maker = *maker;
            }
        }
    }
}

/// Reads a maker as the one of its family whose name holds its name, when the article names just one and
/// both mainly make the same.
fn join_kin(sents: &mut [Sent<'_>]) {
    let mut named: Vec<usize> = sents.iter().flat_map(|s| &s.mentions).filter_map(|m| m.maker).collect();
    named.sort_unstable();
    named.dedup();
    let all = brands().all();
    let kin = |short: usize| {
        let a = &all[short];
        let fits = |long: &&usize| {
            let b = &all[**long];
            let owned = b.owner.as_deref() == Some(&a.key) || a.owner.as_deref() == Some(&b.key);
            let inside = b.name != a.name && b.name.split(' ').any(|word| word == a.name);
            owned && inside && a.makes.first() == b.makes.first()
        };
        let mut longer = named.iter().filter(fits);
        longer.next().filter(|_| longer.next().is_none()).copied()
    };
    let map: HashMap<usize, usize> = named.iter().filter_map(|&at| Some((at, kin(at)?))).collect();
    for mention in sents.iter_mut().flat_map(|s| &mut s.mentions) {
        if let Some(&long) = mention.maker.and_then(|at| map.get(&at)) {
            mention.subject = all[long].subject();
            mention.maker = Some(long);
        }
    }
}

/// Returns the broadest product that holds `key` below everything: `electric-cars` gives `passenger-cars`.
pub(crate) fn parent(key: &str) -> Option<String> {
    products().get(key).and_then(|product| product.parent.clone())
}
