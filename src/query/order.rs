//! The order of an answer's rows, its largest holders, its latest periods.

use crate::model::{AnswerRow, Status};
use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BTreeSet};

/// Sorts by market, product, basis, unit, evidence, period, then rank or share, then name.
pub(super) fn sort(rows: &mut [AnswerRow]) {
    rows.sort_by(|a, b| {
        let key = |row: &AnswerRow| {
            (
                row.market.name.clone(),
                row.product.clone(),
                row.basis,
                row.unit,
                row.evidence,
                row.period,
                row.counted_by.clone(),
            )
        };
        key(a)
            .cmp(&key(b))
            .then_with(|| rank_then_share(a, b))
            .then_with(|| a.subject.name.cmp(&b.subject.name))
            .then_with(|| number(&a.id).cmp(&number(&b.id)))
            .then_with(|| a.id.cmp(&b.id))
    });
}

/// Figure ids in the order of numbers, so that 9 stands before 10.
fn number(id: &str) -> u64 {
    id.parse().unwrap_or(u64::MAX)
}

/// Ranked rows by rank, then the others by share, largest first; unknown shares last.
fn rank_then_share(a: &AnswerRow, b: &AnswerRow) -> Ordering {
    let rank = |row: &AnswerRow| row.rank.unwrap_or(u32::MAX);
    let share = |row: &AnswerRow| row.share_pct.unwrap_or(-1.0);
    rank(a).cmp(&rank(b)).then_with(|| share(b).total_cmp(&share(a)))
}

/// Keeps the largest `top` holders of each market, period and counter; residuals are nobody (R3) and leave.
pub(super) fn keep_top(rows: &mut Vec<AnswerRow>, top: usize) {
    rows.retain(|row| row.subject.kind != crate::model::SubjectKind::Residual);
    let mut groups: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        let key = (
            row.market.key(),
            row.product.clone(),
            row.basis,
            row.unit,
            row.evidence,
            row.period,
            row.counted_by.clone(),
        );
        groups.entry(key).or_default().push(at);
    }
    let mut kept = BTreeSet::new();
    for mut group in groups.into_values() {
        group.sort_by(|a, b| rank_then_share(&rows[*a], &rows[*b]));
        let last = group.get(top.saturating_sub(1)).and_then(|at| rows[*at].rank);
        kept.extend(group.iter().enumerate().filter_map(|(position, at)| {
            // Ties for the last place all stay (R26).
            let tied = last.is_some() && rows[*at].rank == last;
            (position < top || (top > 0 && tied)).then_some(*at)
        }));
    }
    let mut at = 0;
    rows.retain(|_| {
        at += 1;
        kept.contains(&(at - 1))
    });
}

/// Keeps the latest period of each line; what has not come to pass is never the latest (R37).
pub(super) fn keep_latest(rows: &mut Vec<AnswerRow>) {
    rows.retain(|row| row.status == Status::Actual && row.period.is_some());
    let key = |row: &AnswerRow| (row.series_key(), row.counted_by.clone());
    let end = |row: &AnswerRow| row.period.map(|period| (period.last_day(), Reverse(period)));
    let mut latest = BTreeMap::new();
    for row in rows.iter() {
        let entry = latest.entry(key(row)).or_insert_with(|| end(row));
        *entry = (*entry).max(end(row));
    }
    rows.retain(|row| latest.get(&key(row)).is_some_and(|last| last.map(|l| l.0) == end(row).map(|e| e.0)));
}
