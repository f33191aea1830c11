//! Is this value a part of a market, a place in its order, or something else?

use super::context::{Context, Decided};
use super::linear::Features;
use super::opinions::steps;
use super::paths::{amount, between, bones, how_many, next, previous};
use super::reading::{Piece, Sent};
use super::values::ValueForm;
use crate::model::Measure;

/// Returns the features of the question whether value `v` of sentence `s` belongs to a figure.
pub(crate) fn gate_features(ctx: &Context<'_>, s: usize, v: usize, history: &[Decided]) -> Features {
    let sent = &ctx.reading.sents[s];
    let value = &sent.values[v];
    let head = if value.measure == Measure::Share { "G.share" } else { "G.rank" };
    let mut f = Features::default();
    f.add(&[head, "bias"]);
    let Some(vi) = sent.value_item(v) else { return f };
    f.add(&[head, "form", form(value.form)]);
    if value.measure == Measure::Rank {
        let (start, end) = value.number_span;
        let word = sent.words.text[start..end].to_lowercase();
        f.add(&[head, "rank-word", &word]);
        f.add(&[head, "rank-word+1", &word, next(sent, vi).map_or("</s>", |i| sent.word(i))]);
        f.add(&[head, "rank-word-1", &word, previous(sent, vi).map_or("<s>", |i| sent.word(i))]);
    }
    let size = match value.value {
        x if x > 100.0 => ">100",
        x if x >= 100.0 => "100",
        x if x >= 50.0 => "50",
        x if x >= 10.0 => "10",
        _ => "<10",
    };
    f.add(&[head, "size", size, if value.decimals.unwrap_or(0) > 0 { "d" } else { "i" }]);
    words_around(&mut f, head, sent, vi);
    typed_around(&mut f, head, sent, vi);
    of_phrase(&mut f, head, sent, vi);
    sentence(&mut f, head, ctx, s);
    past(&mut f, head, ctx, s, vi, history);
    nearest(&mut f, head, sent, vi);
    for firing in super::roles::firings(sent, vi) {
        f.add(&[head, "rule", firing.name]);
        f.add(&[head, "rule", firing.name, sent.label(firing.subject)]);
    }
    if let Some(opinion) = ctx.opinions.and_then(|o| o.of(s, v)) {
        steps(&mut f, &[head, "encoder"], opinion.gate);
        steps(&mut f, &["G", "encoder"], opinion.gate);
    }
    if let Some(beliefs) = ctx.beliefs {
        let value_at = |i: &usize| matches!(sent.items[*i].piece, Piece::Value(_));
        let before = (0..vi).rev().find(value_at).map_or("none", |i| beliefs.gate(s, i));
        let after = (vi + 1..sent.items.len()).find(value_at).map_or("none", |i| beliefs.gate(s, i));
        let (own, mood) = (beliefs.gate(s, vi), beliefs.mood(s, vi));
        f.add(&[head, "believed", own]);
        f.add(&[head, "believed", own, mood]);
        f.add(&[head, "mood", mood]);
        f.add(&[head, "around", before, after]);
        f.add(&[head, "around", before, own, after]);
        f.add(&[head, "after", after]);
    }
    f
}

/// Which mention stands next on either side, and what stands between.
fn nearest(f: &mut Features, head: &str, sent: &Sent<'_>, vi: usize) {
    let named = |i: &usize| matches!(sent.items[*i].piece, Piece::Mention(_));
    let left = (0..vi).rev().find(named);
    let right = (vi + 1..sent.items.len()).find(named);
    for (side, at) in [("<", left), (">", right)] {
        let Some(at) = at else {
            f.add(&[head, "nearest", side, "none"]);
            continue;
        };
        let path = bones(&between(sent, vi, at));
        f.add(&[head, "nearest", side, sent.label(at)]);
        if path.len() <= 5 {
            f.add(&[head, "nearest", side, sent.label(at), &path.join(" ")]);
        }
    }
    let kinds = (left.map_or("-", |i| sent.label(i)), right.map_or("-", |i| sent.label(i)));
    f.add(&[head, "nearest-both", kinds.0, kinds.1]);
}

pub(crate) fn form(form: ValueForm) -> &'static str {
    match form {
        ValueForm::Percent => "percent",
        ValueForm::PercentWord => "percent-word",
        ValueForm::Fraction => "fraction",
        ValueForm::BareNumber => "bare",
        ValueForm::RankWord => "rank-word",
        ValueForm::Ordinal => "ordinal",
        ValueForm::Points => "points",
        ValueForm::LooseNumber => "loose",
        ValueForm::Signed => "signed",
    }
}

fn words_around(f: &mut Features, head: &str, sent: &Sent<'_>, vi: usize) {
    let word = |offset: isize| -> &str {
        let at = vi as isize + offset;
        if at < 0 { "<s>" } else { sent.word(at as usize) }
    };
    for offset in 1..=5_isize {
        for signed in [-offset, offset] {
            let side = if signed < 0 { "-" } else { "+" };
            f.add(&[head, "w", side, amount(offset as usize), word(signed)]);
            f.add(&[head, "bag", side, word(signed)]);
        }
    }
    f.add(&[head, "w-2-1", word(-2), word(-1)]);
    f.add(&[head, "w+1+2", word(1), word(2)]);
    f.add(&[head, "w+1+2+3", word(1), word(2), word(3)]);
    f.add(&[head, "w-3-2-1", word(-3), word(-2), word(-1)]);
    f.add(&[head, "w-1+1", word(-1), word(1)]);
}

fn typed_around(f: &mut Features, head: &str, sent: &Sent<'_>, vi: usize) {
    let left = between(sent, 0, vi);
    let right = between(sent, vi, sent.items.len().saturating_sub(1).max(vi));
    for n in 1..=5 {
        let start = left.len().saturating_sub(n);
        f.add(&[head, "t-", &left[start..].join(" ")]);
        f.add(&[head, "t+", &right[..right.len().min(n)].join(" ")]);
    }
    let (bare_left, bare_right) = (bones(&left), bones(&right));
    for n in 2..=3 {
        let start = bare_left.len().saturating_sub(n);
        let (l, r) = (bare_left[start..].join(" "), bare_right[..bare_right.len().min(n)].join(" "));
        f.add(&[head, "b-", &l]);
        f.add(&[head, "b+", &r]);
        f.add(&[head, "b-+", &l, &r]);
    }
    let verb = |label: &&&str| super::paths::is_verb(label);
    f.add(&[head, "verb-", left.iter().rev().find(verb).unwrap_or(&"")]);
    f.add(&[head, "verb+", right.iter().find(verb).unwrap_or(&"")]);
    f.add(&[
        head,
        "verb-+",
        left.iter().rev().find(verb).unwrap_or(&""),
        right.iter().find(verb).unwrap_or(&""),
    ]);
    let noun = |label: &&&str| {
        label.chars().all(char::is_uppercase)
            || label.starts_with("basis")
            || matches!(**label, "share" | "rate" | "price" | "own" | "stock" | "market")
    };
    f.add(&[head, "noun-", left.iter().rev().find(noun).unwrap_or(&"")]);
    f.add(&[head, "noun+", right.iter().find(noun).unwrap_or(&"")]);
}

/// What the value is a part of: the words after `of` up to the next verb or comma.
fn of_phrase(f: &mut Features, head: &str, sent: &Sent<'_>, vi: usize) {
    let Some(of) = next(sent, vi).filter(|&i| sent.word(i) == "of") else { return };
    let mut seen = 0;
    for at in of + 1..sent.items.len() {
        let label = sent.label(at);
        if matches!(label, "," | ";" | "." | "(" | ")" | "VAL") || (seen > 0 && super::paths::is_verb(label))
        {
            break;
        }
        f.add(&[head, "of", label]);
        f.add(&[head, "ofw", sent.word(at)]);
        seen += 1;
        if seen > 7 {
            break;
        }
    }
    let first: Vec<&str> = (of + 1..(of + 4).min(sent.items.len())).map(|i| sent.word(i)).collect();
    f.add(&[head, "of3", &first.join(" ")]);
}

fn sentence(f: &mut Features, head: &str, ctx: &Context<'_>, s: usize) {
    let sent = &ctx.reading.sents[s];
    for item in &sent.items {
        match item.piece {
            Piece::Word(_) if !matches!(item.label, "w" | "det" | "NUM") => f.add(&[head, "has", item.label]),
            Piece::Mention(_) => f.add(&[head, "has", item.label]),
            _ => {}
        }
    }
    for label in ["PLACE", "MAKER", "PROD", "VAL", "NAME", "RANK", "POINTS"] {
        f.add(&[head, "n", label, how_many(sent, &[label])]);
    }
    for word in &ctx.telling {
        f.add(&[head, "doc-word", word]);
    }
    for flag in &ctx.flags {
        f.add(&[head, "doc", flag]);
    }
    if s > 0 {
        for item in &ctx.reading.sents[s - 1].items {
            if matches!(item.label, "share" | "rate" | "market" | "stock" | "VAL" | "PROD" | "lead")
                || item.label.starts_with("basis")
            {
                f.add(&[head, "before-has", item.label]);
            }
        }
    }
}

/// What became of the values before: a list of shares goes on being one.
fn past(f: &mut Features, head: &str, ctx: &Context<'_>, s: usize, vi: usize, history: &[Decided]) {
    let sent = &ctx.reading.sents[s];
    let here = history.iter().rev().find(|d| d.sent == s);
    match here {
        Some(last) => {
            let path = between(sent, last.item, vi);
            f.add(&[head, "prev", if last.taken { "yes" } else { "no" }, measure(last.measure)]);
            if path.len() <= 6 {
                f.add(&[head, "prev-path", if last.taken { "yes" } else { "no" }, &path.join(" ")]);
            }
            f.add(&[head, "prev-bones", if last.taken { "yes" } else { "no" }, &bones(&path).join(" ")]);
        }
        None => f.add(&[head, "prev", "none"]),
    }
    let earlier = history.iter().filter(|d| d.sent != s);
    let (yes, no) = earlier.fold((0, 0), |(y, n), d| if d.taken { (y + 1, n) } else { (y, n + 1) });
    f.add(&[head, "earlier", amount(yes), if no > 0 { "some-not" } else { "all" }]);
}

pub(crate) fn measure(measure: Measure) -> &'static str {
    match measure {
        Measure::Share => "share",
        Measure::Rank => "rank",
    }
}
