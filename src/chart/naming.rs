//! Names at the ends of lines: they say what sets lines apart, and no more.

use super::select::Entity;
use super::series::Group;
use super::words;
use crate::model::{AnswerRow, Basis, Evidence, Status, Unit};
use std::collections::{BTreeMap, BTreeSet};

/// What names must say so that no two lines of a chart are confused.
pub(super) struct Names {
    entities: usize,
    measures: usize,
    bases: bool,
    units: bool,
    /// The measure that most lines have; where holders differ it needs no word.
    usual: Option<(Evidence, Basis, Unit)>,
    /// Measures of an entity that several counters state.
    counters: BTreeSet<(String, Basis, Unit)>,
}

fn measure(row: &AnswerRow) -> (Evidence, Basis, Unit) {
    (row.evidence, row.basis, row.unit)
}

impl Names {
    pub(super) fn of(groups: &[Group<'_>]) -> Self {
        let mut counts: BTreeMap<(Evidence, Basis, Unit), usize> = BTreeMap::new();
        let mut stated: BTreeMap<(String, Basis, Unit), BTreeSet<Option<&str>>> = BTreeMap::new();
        for g in groups {
            let row = g.rows[0];
            *counts.entry(measure(row)).or_default() += 1;
            if row.evidence == Evidence::Stated {
                let counter = row.counted_by.as_deref();
                stated.entry((g.entity.clone(), row.basis, row.unit)).or_default().insert(counter);
            }
        }
        let distinct = |f: &dyn Fn(&AnswerRow) -> String| {
            groups.iter().map(|g| f(g.rows[0])).collect::<BTreeSet<_>>().len()
        };
        Self {
            entities: groups.iter().map(|g| g.entity.as_str()).collect::<BTreeSet<_>>().len(),
            measures: counts.len(),
            bases: distinct(&|row| row.basis.to_string()) > 1,
            units: distinct(&|row| row.unit.to_string()) > 1,
            usual: counts
                .into_iter()
                .max_by_key(|(m, count)| (*count, std::cmp::Reverse(*m)))
                .map(|(m, _)| m),
            counters: stated
                .into_iter()
                .filter(|(_, counters)| counters.len() > 1)
                .map(|(key, _)| key)
                .collect(),
        }
    }

    /// Returns the name of a line.
    pub(super) fn label(&self, g: &Group<'_>, entity: Entity) -> String {
        let row = g.rows[0];
        let mut parts = Vec::new();
        let several = self.counters.contains(&(g.entity.clone(), row.basis, row.unit));
        let apart = self.measures > 1 && (self.entities == 1 || self.usual != Some(measure(row)));
        if self.entities > 1 || !(apart || several && row.evidence == Evidence::Stated) {
            parts.push(words::entity(row, entity));
        }
        if apart {
            parts.push(words::measure(row, self.bases, self.units));
        }
        if several && row.evidence == Evidence::Stated {
            parts.push(row.counted_by.as_deref().map_or("counter not named".to_owned(), words::clean));
        }
        if row.status != Status::Actual {
            parts.push(row.status.to_string());
        }
        parts.join(", ")
    }
}
