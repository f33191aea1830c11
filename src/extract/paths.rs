//! How two pieces of a sentence stand to each other, as features.

use super::linear::Features;
use super::reading::{Item, Piece, Sent};

/// Returns the labels between two items, from left to right: no articles or quotes, runs of other words as one `w`.
pub(crate) fn between(sent: &Sent<'_>, a: usize, b: usize) -> Vec<&'static str> {
    let (low, high) = (a.min(b), a.max(b));
    let mut out: Vec<&'static str> = Vec::new();
    for item in &sent.items[(low + 1).min(high)..high] {
        let skip = matches!(item.label, "det" | "QUOTE") || (item.label == "w" && out.last() == Some(&"w"));
        if !skip {
            out.push(item.label);
        }
    }
    out
}

/// Keeps what carries grammar: prepositions, verbs, values and marks.
pub(crate) fn bones(path: &[&'static str]) -> Vec<&'static str> {
    path.iter()
        .copied()
        .filter(|label| {
            !matches!(
                *label,
                "w" | "TIME"
                    | "PROD"
                    | "NAT"
                    | "PLACE"
                    | "MAKER"
                    | "NAME"
                    | "SEG"
                    | "GOODS"
                    | "SOURCE"
                    | "NUM"
                    | "LOOSE"
                    | "WORLD"
                    | "brandnoun"
            )
        })
        .collect()
}

/// Returns whether a label is a verb's.
pub(crate) fn is_verb(label: &str) -> bool {
    matches!(
        label,
        "hold"
            | "account"
            | "make"
            | "supply"
            | "receive"
            | "from"
            | "rely"
            | "go"
            | "up"
            | "down"
            | "be"
            | "remain"
            | "lead"
            | "say"
            | "follow"
    )
}

/// Returns the nearest item before `at` that is not an article.
pub(crate) fn previous(sent: &Sent<'_>, at: usize) -> Option<usize> {
    (0..at).rev().find(|&i| !matches!(sent.items[i].label, "det" | "QUOTE"))
}

/// Returns the nearest item after `at` that is not an article.
pub(crate) fn next(sent: &Sent<'_>, at: usize) -> Option<usize> {
    (at + 1..sent.items.len()).find(|&i| !matches!(sent.items[i].label, "det" | "QUOTE"))
}

fn bucket(n: usize) -> &'static str {
    match n {
        0 => "0",
        1 => "1",
        2 => "2",
        3 => "3",
        4 | 5 => "5",
        6..=9 => "9",
        _ => "+",
    }
}

fn label_at(sent: &Sent<'_>, at: Option<usize>) -> &'static str {
    at.map_or("</s>", |i| sent.label(i))
}

fn word_at<'s>(sent: &'s Sent<'_>, at: Option<usize>) -> &'s str {
    at.map_or("</s>", |i| sent.word(i))
}

/// Adds how candidate item `mi` stands to value item `vi`. `head` names the role, measure and kind.
pub(crate) fn relate(f: &mut Features, head: &str, sent: &Sent<'_>, vi: usize, mi: usize) {
    let side = if mi < vi { "<" } else { ">" };
    let path = between(sent, vi, mi);
    let bare = bones(&path);
    f.add(&[head, side]);
    f.add(&[head, side, "n", bucket(path.len())]);
    if path.len() <= 7 {
        f.add(&[head, side, "path", &path.join(" ")]);
    }
    if bare.len() <= 6 {
        f.add(&[head, side, "bones", &bare.join(" ")]);
    }
    if path.len() <= 3 {
        let (low, high) = (vi.min(mi), vi.max(mi));
        let raw: Vec<&str> = (low + 1..high).map(|i| sent.word(i)).collect();
        f.add(&[head, side, "raw", &raw.join(" ")]);
    }
    // The ends of the path.
    let (at_value, at_mention) = if side == "<" {
        (
            path.iter().rev().take(2).copied().collect::<Vec<_>>(),
            path.iter().take(2).copied().collect::<Vec<_>>(),
        )
    } else {
        (path.iter().take(2).copied().collect(), path.iter().rev().take(2).copied().collect())
    };
    f.add(&[head, side, "ends", &at_value.join(" "), &at_mention.join(" ")]);
    f.add(&[head, side, "vend", &at_value.join(" ")]);
    f.add(&[head, side, "mend", &at_mention.join(" ")]);
    let (before, after) = (previous(sent, mi), next(sent, mi));
    let (bl, al) = (label_at(sent, before), label_at(sent, after));
    f.add(&[head, side, "m-1", bl]);
    f.add(&[head, side, "m+1", al]);
    f.add(&[head, side, "m-1+1", bl, al]);
    f.add(&[head, side, "wm-1", word_at(sent, before)]);
    f.add(&[head, side, "wm+1", word_at(sent, after)]);
    let after2 = after.and_then(|a| next(sent, a));
    f.add(&[head, side, "m+1+2", al, label_at(sent, after2)]);
    f.add(&[head, side, "wm+1+2", word_at(sent, after), word_at(sent, after2)]);
    let before2 = before.and_then(|b| previous(sent, b));
    f.add(&[head, side, "m-2-1", label_at(sent, before2), bl]);
    let (vb, va) = (label_at(sent, previous(sent, vi)), label_at(sent, next(sent, vi)));
    f.add(&[head, side, "v-1+1", vb, va]);
    f.add(&[head, side, "v+1 m-1", va, bl]);
    f.add(&[head, side, "v-1 m+1", vb, al]);
    // What lies between.
    let (low, high) = (vi.min(mi), vi.max(mi));
    let inside = &sent.items[(low + 1).min(high)..high];
    let count = |label: &str| inside.iter().filter(|item| item.label == label).count();
    let own = sent.items[mi].label;
    f.add(&[head, side, "same-between", bucket(count(own))]);
    f.add(&[head, side, "values-between", bucket(count("VAL").min(2)), bucket(count("RANK").min(2))]);
    f.add(&[head, side, "others", bucket(count(own)), bucket((count("VAL") + count("RANK")).min(2))]);
    let breaks = match (count(";") > 0, count(",") > 0, count("while") + count("and") > 0) {
        (true, _, _) => ";",
        (_, true, true) => ",and",
        (_, true, _) => ",",
        (_, _, true) => "and",
        _ => "none",
    };
    f.add(&[head, side, "breaks", breaks, bucket((count("VAL") + count("RANK")).min(2))]);
    let bracket = (count("("), count(")"));
    f.add(&[head, side, "brackets", bucket(bracket.0), bucket(bracket.1)]);
    let verbs: Vec<&str> = inside.iter().map(|item| item.label).filter(|l| is_verb(l)).collect();
    f.add(&[
        head,
        side,
        "verbs",
        bucket(verbs.len().min(3)),
        verbs.first().unwrap_or(&""),
        verbs.last().unwrap_or(&""),
    ]);
    if side == ">" && path.first() == Some(&"of") && verbs.is_empty() && count(",") == 0 && count("VAL") == 0
    {
        f.add(&[head, "in-of", bl, al]);
        f.add(&[head, "in-of"]);
    }
    let rank = inside_rank(sent, mi);
    f.add(&[head, side, "order", bucket(rank)]);
    let alone = sent.items.iter().filter(|item| item.label == own).count() == 1;
    f.add(&[head, side, "alone", if alone { "y" } else { "n" }]);
}

/// Returns how many mentions stand before an item.
fn inside_rank(sent: &Sent<'_>, at: usize) -> usize {
    sent.items[..at].iter().filter(|Item { piece, .. }| matches!(piece, Piece::Mention(_))).count().min(4)
}

/// Returns how many labels of a kind the sentence has, as a word.
pub(crate) fn how_many(sent: &Sent<'_>, labels: &[&str]) -> &'static str {
    bucket(sent.items.iter().filter(|item| labels.contains(&item.label)).count().min(3))
}

/// Returns a count as a word.
pub(crate) fn amount(n: usize) -> &'static str {
    bucket(n)
}
