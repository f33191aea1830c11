//! Who is named as the origin of a number: who counted, not who relays.

use super::context::Context;
use super::mentions::Kind;
use super::reading::{Piece, Sent};

/// Returns the origin for a value in sentence `s`: of its sentence, else of the nearest sentence before in the
/// paragraph, else of the nearest after, else of any before.
pub(crate) fn attribution(ctx: &Context<'_>, s: usize) -> Option<String> {
    let sents = &ctx.reading.sents;
    let paragraph = sents[s].paragraph;
    let body = |at: &usize| sents[*at].number.is_some();
    let before = (0..s).rev().filter(body);
    let after = (s + 1..sents.len()).filter(body);
    std::iter::once(s)
        .chain(before.clone().filter(|&at| sents[at].paragraph == paragraph))
        .chain(after.filter(|&at| sents[at].paragraph == paragraph).take(2))
        .chain(before)
        .find_map(|at| origin(&sents[at]))
}

/// Returns the origin a sentence names.
fn origin(sent: &Sent<'_>) -> Option<String> {
    let named = |at: usize| -> Option<String> {
        let Piece::Mention(m) = sent.items.get(at)?.piece else { return None };
        let mention = &sent.mentions[m];
        let fits =
            mention.source.is_some() || matches!(mention.kind, Kind::Source | Kind::Name | Kind::Maker);
        fits.then(|| sent.words.text[mention.span.0..mention.span.1].to_owned())
    };
    // `citing X`, `according to X` before `X said`: the relay says, the origin is cited.
    for strong in [true, false] {
        for at in 0..sent.items.len() {
            let word = sent.word(at);
            let opens = match word {
                "citing" | "cited" | "quoting" => strong,
                "to" => strong && at > 0 && sent.word(at - 1) == "according",
                "by" => {
                    strong
                        && at > 0
                        && matches!(sent.word(at - 1), "compiled" | "published" | "released" | "reported")
                }
                "from" => {
                    strong
                        && at > 0
                        && matches!(
                            sent.word(at - 1),
                            "data" | "figures" | "statistics" | "report" | "numbers"
                        )
                }
                "source" | "sources" => strong,
                _ => false,
            };
            if opens && let Some(name) = (at + 1..(at + 5).min(sent.items.len())).find_map(named) {
                return Some(name);
            }
            if strong {
                continue;
            }
            if let Some(name) = named(at) {
                let next = super::paths::next(sent, at).unwrap_or(usize::MAX);
                let says = |i: usize| {
                    sent.label(i) == "say"
                        && !matches!(sent.word(i), "report" | "reports" | "analyst" | "analysts")
                };
                let data = [
                    "data",
                    "figures",
                    "report",
                    "analyst",
                    "analysts",
                    "statistics",
                    "numbers",
                    "research",
                    "survey",
                    "estimates",
                    "estimate",
                    "'s",
                    "’s",
                ];
                let two = next != usize::MAX
                    && data.contains(&sent.word(next))
                    && (next + 1..(next + 4).min(sent.items.len())).any(says);
                if next != usize::MAX && (says(next) || two) {
                    return Some(name);
                }
                if at > 0 && matches!(sent.word(at - 1), "says" | "said" | "reports" | "reckons") {
                    return Some(name);
                }
                if sent.items.get(at).is_some_and(|i| i.label == "SOURCE") {
                    return Some(name);
                }
            }
        }
    }
    None
}
