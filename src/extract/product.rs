//! What is counted: the candidates of the product and what speaks for each.

use super::context::{Context, Decided, last_taken};
use super::gate::measure;
use super::linear::Features;
use super::mentions::{Kind, parent};
use super::opinions::{chance, coarse, level, steps};
use super::paths::{amount, how_many, relate};
use super::roles::Candidate;
use crate::model::{Basis, Subject, SubjectKind};
use crate::reference::{brands, products};

/// A product key with its features.
#[derive(Debug, Clone)]
pub(crate) struct ProductCandidate {
    pub key: String,
    pub features: Features,
    /// Item of the nearest mention in the sentence.
    item: Option<usize>,
}

/// Builds the candidates for a value whose subject and market are settled.
pub(crate) fn product_candidates(
    ctx: &Context<'_>,
    s: usize,
    v: usize,
    subject: &Candidate,
    market: &Subject,
    history: &[Decided],
) -> Vec<ProductCandidate> {
    let sent = &ctx.reading.sents[s];
    let vi = sent.value_item(v).unwrap_or(0);
    let what = measure(sent.values[v].measure);
    let mut out: Vec<ProductCandidate> = Vec::new();
    let mut add = |key: &str, item: Option<usize>, how: &str, extra: &[&str]| {
        let at = out.iter().position(|c| c.key == key).unwrap_or_else(|| {
            out.push(ProductCandidate { key: key.to_owned(), features: Features::default(), item: None });
            out.len() - 1
        });
        let c = &mut out[at];
        c.features.add(&["C", what, how]);
        for e in extra {
            c.features.add(&["C", what, how, e]);
        }
        if let Some(mi) = item
            && c.item.is_none_or(|old| mi.abs_diff(vi) < old.abs_diff(vi))
        {
            c.item = Some(mi);
        }
    };
    for (m, mention) in sent.mentions.iter().enumerate() {
        let Some(key) = &mention.product else { continue };
        let mi = sent.mention_item(m);
        let own = subject.item.is_some() && subject.item == mi;
        let kind = if mention.kind == Kind::Segment { "seg" } else { "prod" };
        add(key, mi, "here", &[kind, if own { "subject" } else { "-" }]);
        let phrase = sent.words.text[mention.span.0..mention.span.1].to_lowercase().replace('-', " ");
        add(key, mi, "phrase", &[&phrase]);
        let following = mi.and_then(|i| super::paths::next(sent, i)).map_or("</s>", |i| sent.word(i));
        add(key, mi, "phrase+1", &[following]);
        if let Some(up) = parent(key) {
            add(&up, None, "parent-here", &[if own { "subject" } else { "-" }, &phrase]);
        }
        if matches!(phrase.as_str(), "diesel" | "petrol" | "gasoline") {
            add("oil-products", mi, "fuel-word", &[&phrase]);
        }
    }
    let number = sent.number.unwrap_or(0);
    for other in ctx.reading.sents[..s].iter().rev() {
        let (origin, back) = match other.number {
            None => ("title", "title"),
            Some(n) if number - n == 1 => ("before", "1"),
            Some(n) if number - n <= 3 => ("before", "3"),
            Some(_) => ("before", "far"),
        };
        for (m, mention) in other.mentions.iter().enumerate() {
            let Some(key) = &mention.product else { continue };
            let order = other.mentions[..m].iter().filter(|o| o.product.is_some()).count();
            let phrase = other.words.text[mention.span.0..mention.span.1].to_lowercase().replace('-', " ");
            add(key, None, origin, &[back, &format!("{back}{}", amount(order.min(2))), &phrase]);
            if matches!(phrase.as_str(), "diesel" | "petrol" | "gasoline") {
                add("oil-products", None, "fuel-word-away", &[&phrase]);
            }
            if let Some(up) = parent(key) {
                add(&up, None, "parent-away", &[origin, &phrase]);
            }
        }
    }
    if let Some(last) = last_taken(history) {
        let near = if last.sent == s { "here" } else { "away" };
        let same = if last.market == *market { "same-market" } else { "other-market" };
        let kin = if last.subject.kind == subject.subject.kind { "same-kind" } else { "other-kind" };
        add(&last.product, None, "last", &[near, same, kin, measure(last.measure)]);
        if let (SubjectKind::Product, Some(key)) = (last.subject.kind, &last.subject.id) {
            add(key, None, "last-subject", &[near, same, kin]);
        }
        if let Some(up) = parent(&last.product) {
            add(&up, None, "parent-last", &[near]);
        }
    }
    let maker = subject.subject.id.as_deref().and_then(|id| brands().get(id));
    if let Some(brand) = maker {
        for (n, key) in brand.makes.iter().take(3).enumerate() {
            add(key, None, "makes", &[amount(n)]);
        }
    }
    if let Some(key) = &subject.product
        && let Some(up) = parent(key)
    {
        add(&up, None, "parent-subject", &[key]);
    }
    add("all-goods", None, "default", &[]);
    if let Some(brand) = maker {
        // Where the sentence names goods that the maker makes, only they and their kin are meant, nothing from elsewhere.
        let kin = |a: &str, b: &str| products().is_within(a, b) || products().is_within(b, a);
        let own: Vec<String> = out
            .iter()
            .filter(|c| {
                c.item.is_some() && brand.makes.iter().any(|m| kin(m, &c.key) || parent(m) == parent(&c.key))
            })
            .map(|c| c.key.clone())
            .collect();
        if !own.is_empty() {
            out.retain(|c| c.item.is_some() || own.iter().any(|key| kin(key, &c.key)));
        }
    }
    if let Some(opinion) = ctx.opinions.and_then(|o| o.of(s, v)) {
        for c in &mut out {
            let own = chance(&opinion.product, &c.key);
            // A parent is likelier where its parts are.
            let inside: f64 = opinion
                .product
                .iter()
                .filter(|(key, _)| **key != c.key && products().is_within(key, &c.key))
                .map(|(_, p)| p)
                .sum();
            steps(&mut c.features, &["C", "encoder"], own);
            steps(&mut c.features, &["C", "encoder-inside"], inside);
            c.features.add(&["C", "encoder", coarse(own), coarse(inside)]);
        }
    }
    for c in &mut out {
        settle(c, ctx, s, vi, what, subject, maker.map(|b| b.makes.as_slice()), market, history);
    }
    out
}

#[expect(clippy::too_many_arguments, reason = "one call site")]
fn settle(
    c: &mut ProductCandidate,
    ctx: &Context<'_>,
    s: usize,
    vi: usize,
    what: &str,
    subject: &Candidate,
    makes: Option<&[String]>,
    market: &Subject,
    history: &[Decided],
) {
    let last = last_taken(history);
    let sent = &ctx.reading.sents[s];
    let f = &mut c.features;
    let yes = |b: bool| if b { "y" } else { "n" };
    let here = how_many(sent, &["PROD", "SEG"]);
    match c.item {
        Some(mi) => {
            relate(f, "C.here", sent, vi, mi);
            f.add(&["C", "first", yes((0..mi).all(|i| !matches!(sent.label(i), "PROD" | "SEG")))]);
        }
        None => f.add(&["C", "away", "products-here", here]),
    }
    f.add(&["C", "key", &c.key]);
    f.add(&["C", "key", &c.key, what]);
    // Statistics of some countries count cars with light trucks, others apart; the article's goods tell too.
    if let Some(id) = &market.id {
        f.add(&["C", "key", &c.key, "market", id]);
    }
    for other in &ctx.goods {
        f.add(&["C", "key", &c.key, "among", other]);
    }
    // `Light vehicles` say more than `vehicles`, and phones are smartphones where both are named.
    for (text, _) in ctx.wordings.iter().filter(|(_, key)| *key == c.key) {
        f.add(&["C", "key", &c.key, "worded", text]);
    }
    let kin = |other: &str| products().is_within(other, &c.key) || products().is_within(&c.key, other);
    let family: Vec<&str> = ctx.goods.iter().map(String::as_str).filter(|other| kin(other)).take(4).collect();
    f.add(&["C", "key", &c.key, "family", &family.join(" ")]);
    for item in &sent.items {
        if item.label.starts_with("basis") {
            f.add(&["C", "key-basis", &c.key, item.label]);
        }
    }
    f.add(&["C", "kind", subject.kind.label(), &c.key]);
    f.add(&["C", "subject-kind", subject.subject.kind.as_str(), &c.key]);
    let kept = last.map_or("first", |last| {
        if last.product == c.key {
            "same"
        } else if products().is_within(&c.key, &last.product) {
            "narrower"
        } else if products().is_within(&last.product, &c.key) {
            "wider"
        } else {
            "other"
        }
    });
    for word in
        ["them", "those", "segment", "category", "total", "overall", "these", "whole", "such", "trade"]
    {
        if (0..sent.words.len()).any(|t| sent.words.lower(t) == word) {
            f.add(&["C", "anaphor", word, kept, yes(c.item.is_some())]);
        }
    }
    if let Some(makes) = makes {
        let fits = makes.contains(&c.key);
        let wider = makes.iter().any(|m| products().is_within(m, &c.key) || products().is_within(&c.key, m));
        f.add(&["C", "makes", yes(fits), yes(wider)]);
        f.add(&["C", "makes", yes(fits), yes(wider), yes(c.item.is_some())]);
    }
    if let Some(own) = &subject.product {
        let place = if *own == c.key {
            "own"
        } else if products().is_within(own, &c.key) {
            "around"
        } else if products().is_within(&c.key, own) {
            "inside"
        } else {
            "apart"
        };
        f.add(&["C", "subject-product", place]);
        f.add(&["C", "subject-product", place, yes(c.item.is_some())]);
        f.add(&["C", "subject-product", own, &c.key]);
    }
    if let Some(last) = last {
        let kept = if last.product == c.key {
            "same"
        } else if products().is_within(&c.key, &last.product) {
            "narrower"
        } else if products().is_within(&last.product, &c.key) {
            "wider"
        } else {
            "other"
        };
        let near = if last.sent == s { "here" } else { "away" };
        f.add(&["C", "kept", kept, near]);
        f.add(&["C", "kept", kept, near, yes(c.item.is_some()), here]);
        let of_market = if last.market == *market { "same" } else { "other" };
        f.add(&["C", "kept", kept, near, "market", of_market]);
    }
    if let Some(beliefs) = ctx.beliefs {
        let part = beliefs.part(s, vi, |b| b.product == c.key);
        let there = beliefs.part_of(ctx, s, vi, |b| b.product == c.key);
        let kin = beliefs.part(s, vi, |b| b.product == c.key && b.market == *market);
        f.add(&["C", "believed", part]);
        f.add(&["C", "believed-there", there, yes(c.item.is_some())]);
        f.add(&["C", "believed-kin", kin]);
        f.add(&["C", "believed", part, yes(c.item.is_some()), here]);
    }
    let taken = || history.iter().filter(|d| d.taken);
    let before = taken().filter(|d| d.product == c.key).count();
    let opened = taken().next().map_or("-", |d| yes(d.product == c.key));
    let mut kin = taken().filter(|d| d.market == *market && d.subject.kind == subject.subject.kind);
    let kindred = kin.next_back().map_or("-", |d| yes(d.product == c.key));
    f.add(&["C", "before", amount(before.min(3)), opened, yes(c.item.is_some())]);
    f.add(&["C", "kindred", kindred, yes(c.item.is_some()), here]);
    let count = ctx
        .reading
        .sents
        .iter()
        .flat_map(|t| &t.mentions)
        .filter(|m| m.product.as_deref() == Some(c.key.as_str()))
        .count();
    let title = ctx.reading.sents.iter().any(|t| {
        t.number.is_none() && t.mentions.iter().any(|m| m.product.as_deref() == Some(c.key.as_str()))
    });
    f.add(&["C", "count", amount(count.min(4)), "title", yes(title)]);
}

/// Returns the features that tell the basis apart; the caller adds the basis itself.
pub(crate) fn basis_cues(
    ctx: &Context<'_>,
    s: usize,
    v: usize,
    subject: &Candidate,
    market: &Candidate,
    product: &str,
    history: &[Decided],
) -> Vec<String> {
    let sent = &ctx.reading.sents[s];
    let vi = sent.value_item(v).unwrap_or(0);
    let mut out = vec![
        "bias".to_owned(),
        format!("product {product}"),
        format!("kinds {} {}", subject.kind.label(), market.subject.is_world()),
        format!("near {}", super::roles::nearest_basis(sent, vi)),
        format!("near {} {}", super::roles::nearest_basis(sent, vi), subject.kind.label()),
    ];
    for (i, item) in sent.items.iter().enumerate() {
        if item.label.starts_with("basis")
            || matches!(
                item.label,
                "supply" | "receive" | "market" | "make" | "own" | "makeadj" | "from" | "go"
            )
        {
            let side = if i < vi { "<" } else { ">" };
            out.push(format!("has {}", item.label));
            out.push(format!("has {side} {} {}", item.label, amount(i.abs_diff(vi))));
            out.push(format!("word {}", sent.word(i)));
            out.push(format!("word {} {}", sent.word(i), subject.kind.label()));
        }
    }
    let mut doc: Vec<&str> = ctx
        .reading
        .sents
        .iter()
        .flat_map(|t| &t.items)
        .map(|i| i.label)
        .filter(|l| l.starts_with("basis"))
        .collect();
    doc.sort_unstable();
    doc.dedup();
    out.extend(doc.iter().map(|l| format!("doc {l}")));
    if let Some(last) = last_taken(history) {
        let near = if last.sent == s { "here" } else { "away" };
        out.push(format!("last {} {near}", last.basis));
        out.push(format!("last {} {near} {}", last.basis, super::roles::nearest_basis(sent, vi)));
        let alike = (last.product == product, last.subject.kind == subject.subject.kind);
        out.push(format!("last {} {alike:?}", last.basis));
        out.push(format!("last {} {}", last.basis, last.market == market.subject));
    }
    out
}

/// Returns the candidates of the basis; `chances` are the encoder's, in the order of `Basis::ALL`.
pub(crate) fn basis_candidates(cues: &[String], chances: Option<&[f64]>) -> Vec<Features> {
    Basis::ALL
        .iter()
        .enumerate()
        .map(|(at, basis)| {
            let mut f = Features::default();
            if let Some(chance) = chances.and_then(|all| all.get(at)) {
                steps(&mut f, &["B", "encoder"], *chance);
                f.add(&["B", basis.as_str(), "encoder", level(*chance)]);
            }
            for cue in cues {
                f.add(&["B", basis.as_str(), cue]);
            }
            f
        })
        .collect()
}
