//! What the named patterns read without any model, to measure what a model adds.

use super::learn::{Passage, Trainer, same_market, same_subject};
use super::reading::{Piece, Sent};
use super::roles::firings;
use crate::model::{Measure, Subject};

/// How figures read compare with figures wanted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Figures read.
    pub told: usize,
    /// Those of them with the right value, subject and market.
    pub right: usize,
    /// Figures wanted.
    pub wanted: usize,
}

impl Trainer {
    /// Reads a passage by patterns alone: the first that fires at a value names its subject and market; where it names
    /// no market, that of the figure before holds. Optional figures count for nothing.
    pub fn by_patterns(&self, passage: &Passage) -> Tally {
        let reading = self.reader().read(&passage.article);
        let mut tally =
            Tally { wanted: passage.figures.iter().filter(|a| !a.optional).count(), ..Tally::default() };
        let mut used = vec![false; passage.figures.len()];
        let mut last: Option<Subject> = None;
        for sent in &reading.sents {
            for (v, value) in sent.values.iter().enumerate() {
                let Some(item) = sent.asked(v) else { continue };
                let Some(fired) = firings(sent, item).first() else { continue };
                let market = match fired.market.and_then(|at| named(sent, at)) {
                    Some(market) => Some(market),
                    None if fired.world => Some(Subject::world()),
                    None => last.clone(),
                };
                let (Some(subject), Some(market)) = (named(sent, fired.subject), market) else { continue };
                let near = if value.measure == Measure::Rank { 0.05 } else { 0.51 };
                let hit = passage.figures.iter().enumerate().find(|(n, a)| {
                    !used[*n]
                        && a.measure == value.measure
                        && (a.value - value.value).abs() <= near
                        && same_subject(&a.subject, &subject)
                        && same_market(&a.market, &market)
                });
                let optional = hit.is_some_and(|(_, a)| a.optional);
                if let Some((n, _)) = hit {
                    used[n] = true;
                }
                tally.told += usize::from(!optional);
                tally.right += usize::from(hit.is_some() && !optional);
                last = Some(market);
            }
        }
        tally
    }
}

fn named(sent: &Sent<'_>, item: usize) -> Option<Subject> {
    match sent.items.get(item)?.piece {
        Piece::Mention(m) => Some(sent.mentions[m].subject.clone()),
        _ => None,
    }
}
