//! One value told of several: `A and B had 9% each`, `A, B and C, in that order, lead`, `it ranks first in X and Y`.

use super::decode::Roles;
use super::paths::is_verb;
use super::reading::{Piece, Sent};
use super::roles::runs;
use crate::model::{Measure, Subject};

/// A holder, a market and what is to be added to the value: later names of an ordered list stand further down.
type Told = (Subject, Subject, f64);

/// Returns of whom and of what markets the value is told, when it is told of several.
pub(crate) fn spread(sent: &Sent<'_>, value: usize, roles: &Roles) -> Option<Vec<Told>> {
    let vi = sent.value_item(value)?;
    let rank = sent.values[value].measure == Measure::Rank;
    let market = &roles.market.subject;
    if let Some(members) = roles.subject.item.and_then(|at| members(sent, at)) {
        let one = |(n, subject): (usize, &Subject)| (subject.clone(), market.clone(), n as f64);
        if rank && in_order(sent) && sent.values.iter().filter(|v| v.measure == Measure::Rank).count() == 1 {
            return Some(members.iter().enumerate().map(one).collect());
        }
        if !rank && each(sent, vi, members.len()) {
            return Some(members.iter().map(|subject| (subject.clone(), market.clone(), 0.0)).collect());
        }
    }
    let markets = roles.market.item.filter(|_| rank).map(|at| places(sent, at))?;
    let subject = &roles.subject.subject;
    let several = markets.len() > 1 && !markets.contains(subject);
    several.then(|| markets.into_iter().map(|market| (subject.clone(), market, 0.0)).collect())
}

/// Returns the names of the list `A, B and C` that holds the item.
fn members(sent: &Sent<'_>, at: usize) -> Option<Vec<Subject>> {
    let (_, first, last) = runs(sent).into_iter().find(|(_, first, last)| {
        let item = |m: usize| sent.mention_item(m).unwrap_or(usize::MAX);
        item(*first) <= at && at <= item(*last)
    })?;
    Some(sent.mentions[first..=last].iter().map(|m| m.subject.clone()).collect())
}

/// `each`, `apiece`, `both` near the value, or `tied`; `each` may stand between the names and their verb.
fn each(sent: &Sent<'_>, vi: usize, members: usize) -> bool {
    let end = (vi + 4).min(sent.items.len());
    let said = |word: &str| match word {
        "each" | "apiece" => true,
        "both" | "tied" => members == 2,
        _ => false,
    };
    (vi.saturating_sub(6)..end).any(|i| said(sent.word(i)) || sent.label(i) == "each")
}

/// `in that order`, `in this order`, `in descending order`.
fn in_order(sent: &Sent<'_>) -> bool {
    let words = &sent.words;
    (2..words.len()).any(|at| {
        words.lower(at) == "order"
            && words.lower(at - 2) == "in"
            && matches!(words.lower(at - 1), "that" | "this" | "descending")
    })
}

/// Returns the places listed with the one at `at`: `in the Netherlands (31.8%), the UK (31.6%) and Poland`.
fn places(sent: &Sent<'_>, at: usize) -> Vec<Subject> {
    let place = |i: usize| match sent.items[i].piece {
        Piece::Mention(m) if sent.mentions[m].is_place() && !sent.mentions[m].subject.is_world() => {
            Some(sent.mentions[m].subject.clone())
        }
        _ => None,
    };
    let mut found: Vec<Subject> = place(at).into_iter().collect();
    // The list must begin with the place of the figure: what stands before it was chosen against.
    let mut list = false;
    let mut next = at + 1;
    while next < sent.items.len() && !found.is_empty() {
        match (sent.word(next), sent.label(next)) {
            ("," | "and" | "&", _) => list = true,
            ("(", _) if matches!(sent.label(next + 1), "VAL" | "LOOSE") && sent.word(next + 2) == ")" => {
                next += 2;
            }
            ("the" | "in" | "both", _) => {}
            _ => match place(next) {
                // `first in Chile, and Peru is …` begins something else.
                Some(other) if list && !is_verb(sent.label(next + 1)) => {
                    found.push(other);
                    list = false;
                }
                _ => break,
            },
        }
        next += 1;
    }
    found
}
