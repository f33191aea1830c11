//! Who may hold the part, and whose total it may be: the candidates of both roles and what speaks for each.

use super::context::{Context, Decided, last_taken};
use super::gate::measure;
use super::linear::Features;
use super::mentions::{Kind, Mention};
use super::opinions::{chance, coarse, level, steps};
use super::paths::{amount, between, bones, how_many, relate};
use super::reading::{REACH, Sent};
use crate::model::{Subject, SubjectKind};
use crate::reference::{brands, places, sources};

/// One candidate of a role.
#[derive(Debug, Clone)]
pub(crate) struct Candidate {
    pub subject: Subject,
    pub kind: Kind,
    /// Item in the sentence of the value; `None` when carried from elsewhere.
    pub item: Option<usize>,
    /// Where it comes from, for features and explanations: `here`, `before`, `title`, `last`, `world`.
    pub origin: &'static str,
    /// Product that a product subject is part of or is.
    pub product: Option<String>,
    /// Home of a maker, alpha-3.
    pub home: Option<String>,
    /// Key of the shorter name of which this is the longer form; the encoder knows only the shorter.
    pub longer_of: Option<String>,
    /// What the encoder gives it, where there is one.
    pub chance: Option<f64>,
    pub features: Features,
}

/// At most so many candidates a role.
const SUBJECTS: usize = 18;
const MARKETS: usize = 14;

/// The candidates of subject and market with the features of each pair.
#[derive(Debug)]
pub(crate) struct Pairs {
    pub subjects: Vec<Candidate>,
    pub markets: Vec<Candidate>,
    /// At `i * markets.len() + j`.
    pub pairs: Vec<Features>,
}

/// Builds the candidates for value `v` of sentence `s`.
pub(crate) fn pairs(ctx: &Context<'_>, s: usize, v: usize, history: &[Decided]) -> Pairs {
    let sent = &ctx.reading.sents[s];
    let vi = sent.value_item(v).unwrap_or(0);
    let what = measure(sent.values[v].measure);
    let mut subjects = here(ctx, s, vi, what, history, true);
    subjects.extend(carried(ctx, s, vi, what, history, true, &subjects));
    subjects.truncate(SUBJECTS);
    let mut markets = here(ctx, s, vi, what, history, false);
    markets.push(world(ctx, s, vi, what, history));
    markets.extend(carried(ctx, s, vi, what, history, false, &markets));
    markets.extend(implied(ctx, s, vi, what, history, &markets));
    markets.truncate(MARKETS);
    if let Some(opinion) = ctx.opinions.and_then(|o| o.of(s, v)) {
        for (candidates, role, chances) in
            [(&mut subjects, "S", &opinion.subject), (&mut markets, "M", &opinion.market)]
        {
            for c in candidates.iter_mut() {
                let shorter = c.longer_of.as_deref().map_or(0.0, |key| chance(chances, key));
                let p = chance(chances, &c.subject.key()) + shorter;
                let (head, kind) = (format!("{role}.{what}"), kind_label(c));
                steps(&mut c.features, &[role, "encoder"], p);
                c.features.add(&[&head, "encoder", kind, level(p)]);
                c.features.add(&[&head, "encoder", c.origin, coarse(p)]);
                c.chance = Some(p);
            }
        }
    }
    let last = last_taken(history);
    let mut pairs = Vec::with_capacity(subjects.len() * markets.len());
    for subject in &subjects {
        for market in &markets {
            pairs.push(pair(ctx, s, vi, what, subject, market, last));
        }
    }
    Pairs { subjects, markets, pairs }
}

/// Returns the countries that are only implied: of the sources, and homes of the makers.
fn implied(
    ctx: &Context<'_>,
    s: usize,
    vi: usize,
    what: &str,
    history: &[Decided],
    have: &[Candidate],
) -> Vec<Candidate> {
    let mut out: Vec<Candidate> = Vec::new();
    let mentions = || ctx.reading.sents.iter().flat_map(|t| &t.mentions);
    let counted =
        mentions().filter_map(|m| sources().all()[m.source?].country.as_deref()).map(|id| (id, "source"));
    let homes = mentions().filter_map(|m| brands().all()[m.maker?].home.as_deref()).map(|id| (id, "home"));
    for (id, origin) in counted.chain(homes) {
        let Some(place) = places().get(id) else { continue };
        let subject = place.subject();
        if out.len() >= 3 || have.iter().chain(&out).any(|c| c.subject == subject) {
            continue;
        }
        let mut c = Candidate {
            subject,
            kind: Kind::Place,
            item: None,
            origin,
            product: None,
            home: None,
            longer_of: None,
            chance: None,
            features: Features::default(),
        };
        let anaphor = anaphors(&ctx.reading.sents[s]);
        finish_carried(&mut c, ctx, s, vi, what, "M", history, &anaphor, have);
        let any = mentions().any(|m| matches!(m.kind, Kind::Place | Kind::World));
        let makers =
            mentions().filter(|m| m.maker.is_some_and(|at| brands().all()[at].home.as_deref() == Some(id)));
        c.features.add(&[
            "M.implied",
            origin,
            if any { "places" } else { "none" },
            amount(makers.count().min(4)),
        ]);
        out.push(c);
    }
    out
}

fn usable(mention: &Mention, as_subject: bool) -> bool {
    if mention.bound {
        return false;
    }
    if as_subject { !matches!(mention.kind, Kind::World) } else { mention.is_place() }
}

fn candidate(mention: &Mention, origin: &'static str) -> Candidate {
    let home = mention.maker.and_then(|at| brands().all()[at].home.clone());
    Candidate {
        subject: mention.subject.clone(),
        kind: mention.kind,
        item: None,
        origin,
        product: mention.product.clone(),
        home,
        longer_of: None,
        chance: None,
        features: Features::default(),
    }
}

/// Returns the candidates that stand in the sentence itself.
fn here(
    ctx: &Context<'_>,
    s: usize,
    vi: usize,
    what: &str,
    history: &[Decided],
    as_subject: bool,
) -> Vec<Candidate> {
    let sent = &ctx.reading.sents[s];
    let role = if as_subject { "S" } else { "M" };
    let mut out = Vec::new();
    for (m, mi) in nearest(sent, vi, as_subject) {
        let mention = &sent.mentions[m];
        let mut c = candidate(mention, "here");
        c.item = Some(mi);
        describe(&mut c, ctx, s, vi, mi, role, what, history);
        let longer = mention.longer.as_ref().filter(|_| as_subject || mention.is_place());
        if let Some(longer) = longer {
            let mut long = c.clone();
            long.subject = longer.clone();
            long.longer_of = Some(c.subject.key());
            if mention.is_place() {
                // A country is judged by what the article says of the country.
                long.features = Features::default();
                describe(&mut long, ctx, s, vi, mi, role, what, history);
            }
            for (form, f) in [("longer", &mut long.features), ("shorter", &mut c.features)] {
                if mention.kind == Kind::Product {
                    f.add(&["S", form, "goods"]);
                    name_of_goods(f, form, ctx, s, mention, longer);
                } else if mention.is_place() {
                    let before = super::paths::previous(sent, mi).map_or("<s>", |i| sent.label(i));
                    f.add(&[role, form, "capital"]);
                    f.add(&[role, form, "capital", before]);
                    f.add(&[role, form, "capital", "+1", sent.label(mi + 1)]);
                } else {
                    f.add(&["S", form]);
                    f.add(&["S", form, sent.word(mi + 1)]);
                    f.add(&["S", form, sent.label(mi + 2)]);
                }
            }
            out.push(long);
        }
        out.push(c);
    }
    if as_subject {
        for (name, first, last) in runs(sent) {
            let mut c = candidate(&sent.mentions[first], "here");
            c.kind = Kind::Group;
            c.subject = Subject::new(SubjectKind::Group, &name, "");
            c.product = None;
            c.home = None;
            let near = |m: usize| sent.mention_item(m).unwrap_or(0);
            // The end that is nearer to the value stands for the run.
            let mi = if near(last) < vi { near(last) } else { near(first) };
            c.item = Some(mi);
            describe(&mut c, ctx, s, vi, mi, role, what, history);
            let head = format!("{role}.{what}.GROUP");
            c.features.add(&[&head, "together", how_many(sent, &["together"])]);
            c.features.add(&[&head, "each", how_many(sent, &["each", "respectively"])]);
            let values = sent.items.iter().filter(|i| i.label == "VAL").count();
            c.features.add(&[&head, "values", amount(values.min(3)), "members", amount(last - first)]);
            out.push(c);
        }
    }
    // Nearest first, so that the cut of long lists loses the far ones.
    out.sort_by_key(|c| c.item.map_or(usize::MAX, |i| i.abs_diff(vi)));
    out
}

/// What tells whether goods are meant as a part under their own name or as the product: the words, whether more words than
/// the table knows, whether something else in the article bears the same key.
fn name_of_goods(
    f: &mut Features,
    form: &str,
    ctx: &Context<'_>,
    s: usize,
    mention: &Mention,
    longer: &Subject,
) {
    let key = mention.product.as_deref().unwrap_or("");
    let words = longer.name.split(' ').count();
    let known = mention.last + 1 - mention.first;
    let more = if words > known { "more" } else { "same" };
    let twins = |t: &Sent<'_>| {
        t.mentions
            .iter()
            .filter(|m| m.product.as_deref() == Some(key) && m.longer.as_ref() != Some(longer))
            .count()
    };
    let here = amount(twins(&ctx.reading.sents[s]).min(2));
    let all = amount(ctx.reading.sents.iter().map(twins).sum::<usize>().min(3));
    f.add(&["S", form, "goods", more, here, all]);
    f.add(&["S", form, "goods", more, here]);
    f.add(&["S", form, "goods-name", &longer.name]);
    f.add(&["S", form, "goods-key", key, more]);
}

/// Returns the runs `A and B`, `A, B and C` of mentions of one sort: name, first and last mention.
pub(crate) fn runs(sent: &Sent<'_>) -> Vec<(String, usize, usize)> {
    let sort = |m: &Mention| match m.kind {
        Kind::Place | Kind::Nationality => 1,
        Kind::Maker | Kind::Name => 2,
        Kind::Product | Kind::Segment | Kind::Goods => 3,
        _ => 0,
    };
    let mut out = Vec::new();
    let mut at = 0;
    while at < sent.mentions.len() {
        let kind = sort(&sent.mentions[at]);
        let mut last = at;
        let mut closed = false;
        while kind > 0 && !closed && last + 1 < sent.mentions.len() && sort(&sent.mentions[last + 1]) == kind
        {
            let (Some(a), Some(b)) = (sent.mention_item(last), sent.mention_item(last + 1)) else { break };
            let words: Vec<&str> = (a + 1..b).map(|i| sent.word(i)).filter(|w| *w != "the").collect();
            match words.as_slice() {
                [","] => last += 1,
                ["and" | "&" | "or"] | [",", "and"] => {
                    last += 1;
                    closed = true;
                }
                _ => break,
            }
        }
        if closed {
            let names: Vec<&str> = sent.mentions[at..=last].iter().map(|m| m.subject.name.as_str()).collect();
            // Goods keep the words of the text: `petrol and diesel cars`.
            let fuels: Option<Vec<&str>> = sent.mentions[at..=last]
                .iter()
                .map(|m| m.subject.id.as_deref()?.strip_suffix("-cars"))
                .collect();
            let name = if let Some(fuels) = fuels {
                // `petrol and diesel` are cars too.
                format!("{} and {} cars", fuels[..fuels.len() - 1].join(", "), fuels[fuels.len() - 1])
            } else if kind == 3 {
                sent.words.text[sent.mentions[at].span.0..sent.mentions[last].span.1].to_lowercase()
            } else {
                format!("{} and {}", names[..names.len() - 1].join(", "), names[names.len() - 1])
            };
            out.push((name, at, last));
        }
        at = last + 1;
    }
    out
}

fn kind_label(c: &Candidate) -> &'static str {
    match (c.kind, c.subject.kind) {
        (Kind::Place, SubjectKind::Region) => "REGION",
        (Kind::Place, SubjectKind::Subnational) => "CITY",
        (Kind::Maker, SubjectKind::Platform) => "PLATFORM",
        (kind, _) => kind.label(),
    }
}

#[expect(clippy::too_many_arguments, reason = "one call site a role; a struct would only rename them")]
fn describe(
    c: &mut Candidate,
    ctx: &Context<'_>,
    s: usize,
    vi: usize,
    mi: usize,
    role: &str,
    what: &str,
    history: &[Decided],
) {
    let sent = &ctx.reading.sents[s];
    let kind = kind_label(c);
    let head = format!("{role}.{what}.{kind}");
    let loose = format!("{role}.{what}.any");
    let f = &mut c.features;
    f.add(&[&head, "here"]);
    relate(f, &head, sent, vi, mi);
    relate(f, &loose, sent, vi, mi);
    list_index(f, &head, sent, vi, mi);
    record(f, &head, ctx, s, vi, &c.subject, history, Some(mi));
    f.add(&[&head, "of-kind", how_many(sent, &[sent.label(mi)])]);
    f.add(&[
        &head,
        "places",
        how_many(sent, &["PLACE", "NAT"]),
        "makers",
        how_many(sent, &["MAKER", "NAME"]),
    ]);
    if what == "rank" {
        let raw = sent.words.text
            [sent.words.tokens[sent.items[vi].first].start..sent.words.tokens[sent.items[vi].last].end]
            .to_lowercase();
        let side = if mi < vi { "<" } else { ">" };
        f.add(&[&head, "rankword", side, &raw]);
        f.add(&[&loose, "rankword", side, &raw]);
        let next = super::paths::next(sent, vi).map_or("</s>", |i| sent.word(i)).to_owned();
        f.add(&[&head, "rankword+1", side, &raw, &next]);
        f.add(&[&head, "rank+1", side, &next]);
    }
}

/// `A, B and C held 13, 7 and 5 %`: the place in the row of names against that in the row of values.
fn list_index(f: &mut Features, head: &str, sent: &Sent<'_>, vi: usize, mi: usize) {
    let own = sent.label(mi);
    let label = sent.label(vi);
    let run = |at: usize, label: &str| -> (usize, usize) {
        // Bounds of the row of equal labels joined by commas and `and`.
        let joined = |i: usize| {
            let l = sent.label(i);
            l == label || matches!(l, "," | "and" | "det" | "%")
        };
        let mut low = at;
        while low > 0 && joined(low - 1) {
            low -= 1;
        }
        let mut high = at;
        while high + 1 < sent.items.len() && joined(high + 1) {
            high += 1;
        }
        let count = |a: usize, b: usize| (a..b).filter(|&i| sent.label(i) == label).count();
        (count(low, at), count(low, high + 1))
    };
    let (value_at, values) = run(vi, label);
    let (mention_at, mentions) = run(mi, own);
    if values > 1 && mentions > 1 {
        let same = if value_at == mention_at { "same" } else { "other" };
        let even = if values == mentions { "even" } else { "uneven" };
        f.add(&[head, "list", same, even]);
        f.add(&[
            head,
            "list",
            same,
            even,
            if mi < vi { "<" } else { ">" },
            how_many(sent, &["respectively"]),
        ]);
        f.add(&["list", label, same, even]);
        f.add(&["list", label, same, even, if mi < vi { "<" } else { ">" }]);
    } else {
        f.add(&[
            head,
            "list",
            if values > 1 { "values" } else { "-" },
            if mentions > 1 { "names" } else { "-" },
        ]);
    }
    // Nearest value on either side: does the name stand with another value?
    let gap = |a: usize, b: usize| a.abs_diff(b);
    let nearer = sent
        .items
        .iter()
        .enumerate()
        .filter(|(i, item)| item.label == label && *i != vi && gap(*i, mi) < gap(vi, mi));
    f.add(&[head, "nearer", amount(nearer.count().min(3)), if mi < vi { "<" } else { ">" }]);
    let nth = |a: usize, l: &str| (0..a).filter(|&i| sent.label(i) == l).count();
    let diff = nth(vi, label) as isize - nth(mi, own) as isize;
    f.add(&[
        head,
        "nth",
        match diff {
            0 => "0",
            1 => "1",
            -1 => "-1",
            _ => "x",
        },
        if mi < vi { "<" } else { ">" },
    ]);
}

/// What the candidate was before: holder or market of figures, in the title, often named.
#[expect(clippy::too_many_arguments, reason = "see describe")]
fn record(
    f: &mut Features,
    head: &str,
    ctx: &Context<'_>,
    s: usize,
    vi: usize,
    subject: &Subject,
    history: &[Decided],
    mi: Option<usize>,
) {
    let place = if mi.is_some() { "here" } else { "away" };
    if let Some(last) = last_taken(history) {
        let same_sentence = last.sent == s;
        let near = if same_sentence {
            "same-sentence"
        } else if ctx.reading.sents[last.sent].paragraph != ctx.reading.sents[s].paragraph {
            "other-paragraph"
        } else if last.sent + 1 == s {
            "next-sentence"
        } else {
            "far"
        };
        let was = match (last.subject == *subject, last.market == *subject) {
            (true, _) => "subject",
            (_, true) => "market",
            _ => "neither",
        };
        f.add(&[head, place, "last", was, near]);
        f.add(&[head, place, "last", was, near, measure(last.measure)]);
        if same_sentence {
            let path = between(&ctx.reading.sents[s], last.item, vi);
            if path.len() <= 6 {
                f.add(&[head, place, "last", was, "path", &path.join(" ")]);
            }
            f.add(&[head, place, "last", was, "bones", &bones(&path).join(" ")]);
            if let Some(mi) = mi {
                let order = if mi < last.item.min(vi) {
                    "before"
                } else if mi > last.item.max(vi) {
                    "after"
                } else {
                    "between"
                };
                f.add(&[head, "last", was, order, if last.item < vi { "<" } else { ">" }]);
            }
        }
        let opened = history.iter().find(|d| d.taken);
        let first = opened.map_or("-", |d| {
            if d.subject == *subject {
                "subject"
            } else if d.market == *subject {
                "market"
            } else {
                "neither"
            }
        });
        f.add(&[head, place, "first-figure", first, near]);
        let held = history.iter().filter(|d| d.taken && d.subject == *subject).count();
        let market = history.iter().filter(|d| d.taken && d.market == *subject).count();
        f.add(&[head, place, "held", amount(held.min(2)), "market", amount(market.min(2))]);
        let here = history
            .iter()
            .any(|d| d.taken && d.sent == s && d.subject == *subject && d.measure == measure_at(ctx, s, vi));
        f.add(&[head, place, "held-here", if here { "y" } else { "n" }]);
    } else {
        f.add(&[head, place, "last", "none"]);
    }
    if let Some(beliefs) = ctx.beliefs {
        let held = beliefs.part(s, vi, |b| b.subject == *subject);
        let market = beliefs.part(s, vi, |b| b.market == *subject);
        f.add(&[head, place, "believed", held, market]);
        f.add(&[head, "believed-market", market]);
        f.add(&[head, "believed-subject", held]);
        f.add(&[
            head,
            place,
            "believed-market",
            market,
            if history.iter().any(|d| d.taken) { "later" } else { "first" },
        ]);
        let paragraph = beliefs.part_of(ctx, s, vi, |b| b.market == *subject);
        f.add(&[head, place, "believed-paragraph", paragraph]);
    }
    let key = subject.key();
    let count = ctx.reading.count(&key);
    let title = ctx
        .reading
        .sents
        .first()
        .is_some_and(|t| t.number.is_none() && t.mentions.iter().any(|m| m.subject == *subject));
    f.add(&[head, place, "title", if title { "y" } else { "n" }]);
    f.add(&[head, place, "count", amount(count.min(4))]);
}

/// Names of earlier sentences that are tried for one value.
const MOST_CARRIED: usize = 24;

/// Names of a sentence that are tried for one value.
const NEAREST: usize = 16;

/// Returns the usable mentions with their items, in the order of the text: those nearest to the value.
fn nearest(sent: &Sent<'_>, vi: usize, as_subject: bool) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = (0..sent.mentions.len())
        .filter(|m| usable(&sent.mentions[*m], as_subject))
        .filter_map(|m| Some((m, sent.mention_item(m)?)))
        .filter(|(_, item)| item.abs_diff(vi) <= REACH)
        .collect();
    found.sort_by_key(|(_, item)| item.abs_diff(vi));
    found.truncate(NEAREST);
    found.sort_unstable();
    found
}

/// How many of the earlier sentences a name may be carried from.
const BACK: usize = 40;

/// Returns the candidates from earlier sentences, the title and earlier figures.
fn carried(
    ctx: &Context<'_>,
    s: usize,
    vi: usize,
    what: &str,
    history: &[Decided],
    as_subject: bool,
    have: &[Candidate],
) -> Vec<Candidate> {
    let role = if as_subject { "S" } else { "M" };
    let sent = &ctx.reading.sents[s];
    let mut out: Vec<Candidate> = Vec::new();
    let mut sources: Vec<(usize, &'static str)> = Vec::new();
    let number = sent.number.unwrap_or(0);
    for (at, other) in ctx.reading.sents.iter().enumerate().take(s).rev().take(BACK) {
        let Some(n) = other.number else { continue };
        let back = number - n;
        let origin = match back {
            1 => "before1",
            2 => "before2",
            3 => "before3",
            _ if other.paragraph == 0 || out.len() < 4 => "far",
            _ => continue,
        };
        sources.push((at, origin));
    }
    if let Some(at) = ctx.reading.sents.iter().position(|t| t.number.is_none()) {
        sources.push((at, "title"));
    }
    let anaphor = anaphors(sent);
    if let Some(last) = last_taken(history) {
        let subject = if as_subject { &last.subject } else { &last.market };
        if !have.iter().any(|c| c.subject == *subject && c.origin != "here") {
            let mut c = Candidate {
                subject: subject.clone(),
                kind: kind_of(subject),
                item: None,
                origin: "last",
                product: None,
                home: None,
                longer_of: None,
                chance: None,
                features: Features::default(),
            };
            if c.subject.kind == SubjectKind::Product {
                c.product = c.subject.id.clone();
            }
            finish_carried(&mut c, ctx, s, vi, what, role, history, &anaphor, have);
            out.push(c);
        }
    }
    let collective = sent.items.iter().any(|i| i.label == "together");
    for (at, origin) in sources {
        let other = &ctx.reading.sents[at];
        if as_subject && collective && at + 3 > s {
            for (name, first, last) in runs(other) {
                let mut c = candidate(&other.mentions[first], origin);
                c.kind = Kind::Group;
                c.subject = Subject::new(SubjectKind::Group, &name, "");
                (c.product, c.home) = (None, None);
                c.features.add(&["S", what, "GROUP", "carried", amount(last - first)]);
                finish_carried(&mut c, ctx, s, vi, what, role, history, &anaphor, have);
                out.push(c);
            }
        }
        for (m, mention) in other.mentions.iter().enumerate() {
            if !usable(mention, as_subject) || (as_subject && matches!(mention.kind, Kind::Source)) {
                continue;
            }
            let twin = |c: &Candidate| c.subject == mention.subject;
            if out.len() >= MOST_CARRIED || have.iter().any(twin) || out.iter().any(twin) {
                continue;
            }
            let mut c = candidate(mention, origin);
            let order = other.mentions[..m].iter().filter(|o| o.kind == mention.kind).count();
            let head = format!("{role}.{what}.{}", kind_label(&c));
            c.features.add(&[&head, origin, "order", amount(order.min(3))]);
            let mi = other.mention_item(m).unwrap_or(0);
            let before = super::paths::previous(other, mi).map_or("<s>", |i| other.label(i));
            let after = super::paths::next(other, mi).map_or("</s>", |i| other.label(i));
            c.features.add(&[&head, origin, "m-1", before]);
            c.features.add(&[&head, origin, "m+1", after]);
            c.features.add(&[&head, "carried", "m-1+1", before, after]);
            let (did, done) = (trade(other, mi), trade_asked(sent, vi));
            c.features.add(&[role, "carried-trade", did, done]);
            c.features.add(&[&head, "carried-trade", origin, did, done]);
            finish_carried(&mut c, ctx, s, vi, what, role, history, &anaphor, have);
            out.push(c);
        }
    }
    out
}

/// Returns what a name does in its own sentence, by the first word after it that tells: `China imported`, `Peru’s exports`.
fn trade<'s>(sent: &'s Sent<'_>, mi: usize) -> &'s str {
    let tells = |i: &usize| TRADE.contains(&sent.label(*i));
    let end = sent.items.len().min(mi + 9);
    let found = (mi + 1..end).find(tells).or_else(|| (mi.saturating_sub(6)..mi).rev().find(tells));
    found.map_or("-", |i| sent.label(i))
}

/// Returns the word nearest to a value that tells what its holder does: `the largest supplier`, `buys 12%`.
fn trade_asked<'s>(sent: &'s Sent<'_>, vi: usize) -> &'s str {
    let role = |i: &usize| ROLE_WORDS.contains(&sent.word(*i)) || TRADE.contains(&sent.label(*i));
    let near = (0..sent.items.len()).filter(role).min_by_key(|i| i.abs_diff(vi));
    match near {
        Some(i) if ROLE_WORDS.contains(&sent.word(i)) => sent.word(i),
        Some(i) => sent.label(i),
        None => "-",
    }
}

/// Labels of words that tell which way goods go.
const TRADE: &[&str] = &[
    "receive",
    "supply",
    "go",
    "from",
    "basis.imports",
    "basis.exports",
    "basis.sales",
    "basis.registrations",
    "basis.production",
    "basis.consumption",
    "basis.usage",
];

/// Nouns for those at the other end of a trade.
const ROLE_WORDS: &[&str] = &[
    "supplier",
    "suppliers",
    "source",
    "origin",
    "provider",
    "buyer",
    "buyers",
    "customer",
    "customers",
    "destination",
    "importer",
    "importers",
    "exporter",
    "exporters",
    "market",
    "producer",
    "partner",
];

#[expect(clippy::too_many_arguments, reason = "see describe")]
fn finish_carried(
    c: &mut Candidate,
    ctx: &Context<'_>,
    s: usize,
    vi: usize,
    what: &str,
    role: &str,
    history: &[Decided],
    anaphor: &str,
    have: &[Candidate],
) {
    let head = format!("{role}.{what}.{}", kind_label(c));
    let loose = format!("{role}.{what}.any");
    let sort = |k: Kind| matches!(k, Kind::Place | Kind::Nationality | Kind::World);
    let rivals = have.iter().filter(|o| o.origin == "here" && sort(o.kind) == sort(c.kind)).count();
    for h in [&head, &loose] {
        c.features.add(&[h, "carried", c.origin]);
        c.features.add(&[h, "carried", c.origin, "rivals", amount(rivals.min(3))]);
        c.features.add(&[h, "carried", c.origin, anaphor]);
        c.features.add(&[h, "carried", "rivals", amount(rivals.min(3)), anaphor]);
    }
    record(&mut c.features, &head, ctx, s, vi, &c.subject, history, None);
    record(&mut c.features, &loose, ctx, s, vi, &c.subject, history, None);
}

fn kind_of(subject: &Subject) -> Kind {
    match subject.kind {
        SubjectKind::Country | SubjectKind::Subnational | SubjectKind::Residual => Kind::Place,
        SubjectKind::Region if subject.id.as_deref().is_some_and(|id| id.starts_with("WLD")) => Kind::World,
        SubjectKind::Region => Kind::Place,
        SubjectKind::Brand | SubjectKind::Company | SubjectKind::Platform => {
            if subject.id.is_some() {
                Kind::Maker
            } else {
                Kind::Name
            }
        }
        SubjectKind::Product => {
            if subject.id.is_some() {
                Kind::Product
            } else {
                Kind::Segment
            }
        }
        SubjectKind::Group => Kind::Group,
    }
}

/// Which words of the sentence point back.
fn anaphors(sent: &Sent<'_>) -> String {
    let mut out = Vec::new();
    for (word, name) in [
        ("its", "its"),
        ("it", "it"),
        ("there", "there"),
        ("their", "their"),
        ("they", "they"),
        ("domestic", "domestic"),
        ("country", "country"),
        ("bloc", "country"),
        ("island", "country"),
        ("continent", "country"),
        ("region", "country"),
        ("state", "country"),
        ("firm", "company"),
        ("maker", "company"),
        ("manufacturer", "company"),
        ("group", "company"),
        ("carmaker", "company"),
        ("giant", "company"),
        ("company", "company"),
        ("brand", "brand"),
    ] {
        if (0..sent.words.len()).any(|t| sent.words.lower(t) == word) {
            out.push(name);
        }
    }
    out.truncate(2);
    out.join("+")
}

/// The world is always a candidate: most wordings leave it out.
fn world(ctx: &Context<'_>, s: usize, vi: usize, what: &str, history: &[Decided]) -> Candidate {
    let sent = &ctx.reading.sents[s];
    let mut c = Candidate {
        subject: Subject::world(),
        kind: Kind::World,
        item: None,
        origin: "world",
        product: None,
        home: None,
        longer_of: None,
        chance: None,
        features: Features::default(),
    };
    let head = format!("M.{what}.world");
    let f = &mut c.features;
    f.add(&[&head, "bias"]);
    let said = sent.items.iter().any(|i| i.label == "WORLD");
    let title =
        ctx.reading.sents.iter().any(|t| t.number.is_none() && t.items.iter().any(|i| i.label == "WORLD"));
    let anywhere = ctx.flags.contains(&"WORLD");
    let yes = |b: bool| if b { "y" } else { "n" };
    f.add(&[&head, "said", yes(said), yes(title), yes(anywhere)]);
    f.add(&[&head, "places-here", how_many(sent, &["PLACE"]), how_many(sent, &["NAT"])]);
    f.add(&[&head, "said-places", yes(said), how_many(sent, &["PLACE", "NAT"])]);
    let anyplace = ctx.reading.sents.iter().any(|t| t.mentions.iter().any(|m| m.kind == Kind::Place));
    f.add(&[&head, "any-place", yes(anyplace), yes(anywhere)]);
    record(f, &head, ctx, s, vi, &Subject::world(), history, None);
    for item in &sent.items {
        if item.label.starts_with("basis") || matches!(item.label, "domestic" | "there") {
            f.add(&[&head, "has", item.label]);
        }
    }
    for key in ctx.reading.sents.iter().flat_map(|t| &t.mentions).filter_map(|m| m.product.as_deref()).take(3)
    {
        f.add(&[&head, "product", key]);
    }
    c
}

/// Features of a pair: who stands where, and what stands between.
fn pair(
    ctx: &Context<'_>,
    s: usize,
    vi: usize,
    what: &str,
    subject: &Candidate,
    market: &Candidate,
    last: Option<&Decided>,
) -> Features {
    let sent = &ctx.reading.sents[s];
    let head = format!("P.{what}");
    let (sk, mk) = (kind_label(subject), kind_label(market));
    let mut f = Features::default();
    f.add(&[&head, "kinds", sk, mk]);
    if let (Some(a), Some(b)) = (subject.chance, market.chance) {
        f.add(&[&head, "encoder", coarse(a), coarse(b)]);
    }
    if subject.subject == market.subject {
        f.add(&[&head, "same", sk]);
        for word in ["domestic", "make"] {
            f.add(&[&head, "same", word, how_many(sent, &[word])]);
        }
    }
    for firing in firings(sent, vi) {
        let subject_fits = subject.item == Some(firing.subject);
        let market_fits = match firing.market {
            Some(item) => market.item == Some(item),
            None => firing.world && market.subject.is_world(),
        };
        let settles = firing.market.is_some() || firing.world;
        let verdict = match (subject_fits, market_fits, settles) {
            (true, true, true) => "both",
            (true, _, false) => "subject",
            (true, false, true) => "subject-not-market",
            (false, true, true) => "market-not-subject",
            _ => "neither",
        };
        f.add(&["rule", firing.name, verdict]);
        if settles {
            f.add(&["rule", what, verdict]);
            if market.item == Some(firing.subject) && firing.market.is_some_and(|m| subject.item == Some(m)) {
                f.add(&["rule", "turned"]);
                f.add(&["rule", "turned", firing.name]);
            }
        } else if subject_fits {
            f.add(&["rule", firing.name, sk]);
        }
    }
    let where_ = |c: &Candidate| match c.item {
        Some(i) if i < vi => "<",
        Some(_) => ">",
        None => c.origin,
    };
    f.add(&[&head, "where", where_(subject), where_(market)]);
    f.add(&[&head, "where", sk, where_(subject), mk, where_(market)]);
    if let (Some(home), Some(id)) = (&subject.home, &market.subject.id) {
        f.add(&[&head, "home", if home == id { "y" } else { "n" }, where_(market)]);
    }
    let cue = nearest_basis(sent, vi);
    f.add(&[&head, "basis", cue, sk, mk, where_(subject), where_(market)]);
    f.add(&[&head, "basis", cue, sk, if market.subject.is_world() { "world" } else { "place" }]);
    if let (Some(a), Some(b)) = (subject.item, market.item) {
        if a == b {
            f.add(&[&head, "one-item"]);
        }
        let mut marks = [(vi, "V"), (a, "S"), (b, "M")];
        marks.sort();
        let order = format!("{}{}{}", marks[0].1, marks[1].1, marks[2].1);
        f.add(&[&head, "order", &order, sk, mk]);
        f.add(&[&head, "order", &order, cue, sk, mk]);
        let path1 = between(sent, marks[0].0, marks[1].0);
        let path2 = between(sent, marks[1].0, marks[2].0);
        if path1.len() + path2.len() <= 10 {
            f.add(&[&head, "full", &order, &path1.join(" "), "|", &path2.join(" ")]);
        }
        let (bones1, bones2) = (bones(&path1), bones(&path2));
        if bones1.len() + bones2.len() <= 9 {
            f.add(&[&head, "bones", &order, &bones1.join(" "), "|", &bones2.join(" ")]);
        }
        let short = between(sent, a, b);
        if short.len() <= 4 {
            f.add(&[&head, "link", if a < b { "SM" } else { "MS" }, sk, mk, &short.join(" ")]);
        }
        let prep = |i: usize| super::paths::previous(sent, i).map_or("<s>", |p| sent.label(p));
        let after = |i: usize| super::paths::next(sent, i).map_or("</s>", |p| sent.label(p));
        f.add(&[&head, "preps", &order, prep(a), prep(b)]);
        f.add(&[&head, "afters", &order, after(a), after(b)]);
        let verbs: Vec<&str> =
            between(sent, marks[0].0, marks[2].0).into_iter().filter(|l| super::paths::is_verb(l)).collect();
        f.add(&[&head, "verbs", &order, &verbs.join(" ")]);
        f.add(&[&head, "verbs", &order, cue, verbs.first().unwrap_or(&"")]);
    }
    if let Some(last) = last {
        let same = |a: bool, b: bool| match (a, b) {
            (true, true) => "both",
            (true, false) => "subject",
            (false, true) => "market",
            _ => "neither",
        };
        let kept = same(last.subject == subject.subject, last.market == market.subject);
        let near = if last.sent == s { "here" } else { "away" };
        f.add(&[&head, "kept", kept, near, measure(last.measure)]);
        let turned = last.subject == market.subject && last.market == subject.subject;
        let new_paragraph = ctx.reading.sents[last.sent].paragraph != sent.paragraph;
        f.add(&[&head, "kept", kept, if new_paragraph { "new-paragraph" } else { "same" }]);
        if turned {
            f.add(&[&head, "turned"]);
        }
        if last.sent == s {
            let path = between(sent, last.item, vi);
            f.add(&[&head, "kept", kept, &bones(&path).join(" ")]);
            if path.len() <= 5 {
                f.add(&[&head, "kept-full", kept, &path.join(" ")]);
            }
        }
        let kind = |s: &Subject| s.kind.as_str();
        f.add(&[
            &head,
            "kind-kept",
            if kind(&last.subject) == kind(&subject.subject) { "y" } else { "n" },
            near,
        ]);
    }
    f
}

/// Returns the nearest word that tells the basis, before or after the value.
pub(crate) fn nearest_basis(sent: &Sent<'_>, vi: usize) -> &'static str {
    sent.items
        .iter()
        .enumerate()
        .filter(|(_, item)| item.label.starts_with("basis") || matches!(item.label, "market"))
        .min_by_key(|(i, _)| (i.abs_diff(vi), usize::from(*i < vi)))
        .map_or("none", |(_, item)| item.label)
}

/// Returns the patterns that fire at an item that is a value.
pub(crate) fn firings<'s>(sent: &'s Sent<'_>, vi: usize) -> &'s [super::patterns::Firing] {
    match sent.items.get(vi).map(|item| item.piece) {
        Some(super::reading::Piece::Value(v)) => sent.firings.get(v).map_or(&[], Vec::as_slice),
        _ => &[],
    }
}

fn measure_at(ctx: &Context<'_>, s: usize, vi: usize) -> crate::model::Measure {
    match ctx.reading.sents[s].items.get(vi).map(|item| item.piece) {
        Some(super::reading::Piece::Value(v)) => ctx.reading.sents[s].values[v].measure,
        _ => crate::model::Measure::Share,
    }
}
