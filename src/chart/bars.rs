//! Rows of one period to ranked bars.

use super::select::{Selection, entity_key, is_residual};
use super::spec::Bar;
use super::style::Ink;
use super::{focus, value, words};
use crate::error::Result;
use crate::model::{AnswerRow, Qualifier};
use std::collections::BTreeMap;

/// More bars than this do not fit a page; the smallest are left out and counted.
const MOST: usize = 40;

/// Stands for a value of the earlier period that nobody gives: it is not zero.
pub(super) const UNKNOWN: &str = "–";

/// Bars and the rows behind them.
pub(super) struct Bars<'a> {
    pub bars: Vec<Bar>,
    /// The row whose value each bar shows, in the same order.
    pub rows: Vec<&'a AnswerRow>,
    /// Bars beyond [`MOST`].
    pub dropped: usize,
    /// Whether a holder has several figures, shown as whiskers.
    pub conflicts: bool,
}

/// Makes the bars: largest first, residuals last, ties by name.
///
/// # Errors
/// [`crate::Error::Unknown`] when no bar has the name to stand out.
pub(super) fn bars<'a>(chosen: &Selection<'a>, highlight: Option<&str>) -> Result<Bars<'a>> {
    let mut by_entity: BTreeMap<String, Vec<&AnswerRow>> = BTreeMap::new();
    for row in &chosen.rows {
        by_entity.entry(entity_key(row, chosen.entity)).or_default().push(row);
    }
    let mut sets: Vec<(String, Vec<&AnswerRow>)> = by_entity.into_iter().collect();
    for (_, rows) in &mut sets {
        rows.sort_by_key(|row| firmness(row));
    }
    let size = |rows: &[&AnswerRow]| value::place(rows[0]).unwrap_or(0.0);
    sets.sort_by(|(_, a), (_, b)| {
        let by_name = words::entity(a[0], chosen.entity).cmp(&words::entity(b[0], chosen.entity));
        is_rest(a[0]).cmp(&is_rest(b[0])).then(size(b).total_cmp(&size(a))).then(by_name)
    });
    let main = match highlight {
        Some(wanted) => {
            focus::find(sets.iter().map(|(key, rows)| (rows[0], key.as_str())), chosen.entity, wanted)?
        }
        None => sets.first().map(|(key, _)| key.clone()).unwrap_or_default(),
    };
    let dropped = sets.len().saturating_sub(MOST);
    sets.truncate(MOST);
    let said = |row: &AnswerRow| (row.share_pct, row.share_max_pct);
    let conflicts = sets.iter().any(|(_, rows)| rows.iter().any(|row| said(row) != said(rows[0])));
    let bars = sets.iter().map(|(key, rows)| bar(key, rows, chosen, *key == main)).collect();
    Ok(Bars { bars, rows: sets.iter().map(|(_, rows)| rows[0]).collect(), dropped, conflicts })
}

/// Exact before about before a bound before a range (R33); the answer's order decides the rest.
fn firmness(row: &AnswerRow) -> u8 {
    match row.qualifier {
        Qualifier::Exact => 0,
        Qualifier::About => 1,
        Qualifier::Over | Qualifier::Under => 2,
        Qualifier::Range => 3,
    }
}

/// Returns whether the row is the rest that nobody holds by name, as tables call it.
fn is_rest(row: &AnswerRow) -> bool {
    is_residual(row)
        || matches!(
            row.subject.name.to_lowercase().as_str(),
            "other" | "others" | "all other" | "all others" | "rest"
        )
}

fn bar(key: &str, rows: &[&AnswerRow], chosen: &Selection<'_>, strong: bool) -> Bar {
    let row = rows[0];
    let ends = rows.iter().flat_map(|row| match value::range(row) {
        Some((low, high)) => vec![low, high],
        None => row.share_pct.into_iter().collect(),
    });
    let (low, high) = ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| (a.min(v), b.max(v)));
    let ink = match (strong, is_rest(row)) {
        (true, _) => Ink::of(key),
        (false, true) => Ink::Pale,
        (false, false) => Ink::Grey,
    };
    let earlier = chosen.earlier.iter().filter(|row| entity_key(row, chosen.entity) == key);
    let before = earlier.min_by_key(|row| firmness(row)).map_or(UNKNOWN.to_owned(), |row| value::short(row));
    Bar {
        before: (!chosen.earlier.is_empty()).then_some(before),
        label: words::entity(row, chosen.entity),
        value: value::short(row),
        share_pct: value::place(row).unwrap_or(0.0),
        range_pct: (low < high).then_some((low, high)),
        ink,
        strong,
    }
}
