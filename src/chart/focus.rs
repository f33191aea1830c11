//! What stands out in a chart: the caller's choice, else the largest.

use super::select::{Entity, is_residual};
use super::series::{Group, last};
use super::words;
use crate::error::{Error, Result};
use crate::model::{AnswerRow, Status};
use crate::reference::fold;
use std::collections::BTreeSet;

/// Returns the key of what stands out: the caller's choice, else the largest latest actual value that somebody holds.
pub(super) fn of_lines(groups: &[Group<'_>], entity: Entity, highlight: Option<&str>) -> Result<String> {
    if let Some(wanted) = highlight {
        return find(groups.iter().map(|g| (g.rows[0], g.entity.as_str())), entity, wanted);
    }
    let held = |g: &&Group<'_>| !is_residual(g.rows[0]) && g.rows[0].status == Status::Actual;
    let pool: Vec<&Group<'_>> = groups.iter().filter(held).collect();
    let pool = if pool.is_empty() { groups.iter().collect() } else { pool };
    // The latest value counts: a line that ended years ago is not the largest today.
    let latest = |g: &Group<'_>| g.rows.last().and_then(|row| row.period);
    let best = pool.into_iter().max_by(|a, b| {
        latest(a)
            .cmp(&latest(b))
            .then_with(|| last(a).total_cmp(&last(b)))
            .then_with(|| b.entity.cmp(&a.entity))
    });
    Ok(best.map(|g| g.entity.clone()).unwrap_or_default())
}

/// Finds the caller's name or code among the entities.
pub(super) fn find<'a>(
    entities: impl Iterator<Item = (&'a AnswerRow, &'a str)> + Clone,
    entity: Entity,
    wanted: &str,
) -> Result<String> {
    let names = |row: &AnswerRow| words::entity(row, entity);
    let code = |key: &str| key.split_once('/').map_or(key.to_owned(), |(_, id)| id.to_owned());
    entities
        .clone()
        .find(|(row, key)| fold(&names(row)) == fold(wanted) || code(key).eq_ignore_ascii_case(wanted))
        .map(|(_, key)| key.to_owned())
        .ok_or_else(|| {
            let known: BTreeSet<String> = entities.map(|(row, _)| names(row)).collect();
            Error::Unknown {
                what: "series",
                name: wanted.to_owned(),
                closest: known.into_iter().take(5).collect(),
            }
        })
}
