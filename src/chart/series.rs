//! Rows to lines: what may be joined, what is named how, what stands out.

use super::calendar;
use super::naming::Names;
use super::select::{Entity, Selection, entity_key};
use super::spec::{Point, Series};
use super::style::{HUES, Ink};
use super::{focus, value};
use crate::error::Result;
use crate::model::{AnswerRow, Basis, Evidence, Period, Status, Unit};
use std::collections::{BTreeMap, BTreeSet};

/// More lines than this are a thicket; the smallest are left out and counted.
const MOST: usize = 24;

/// Rows of one line, in the order of time.
pub(super) struct Group<'a> {
    pub rows: Vec<&'a AnswerRow>,
    /// Rows that say once more what one of `rows` says: two articles with one counter's number.
    pub repeats: Vec<&'a AnswerRow>,
    pub entity: String,
}

/// Never joined: other `series_key`s, forecasts and actual values, and stated figures of different counters.
type Key = ((Evidence, Basis, Unit, String, String, String), Status, Option<String>);

fn key(row: &AnswerRow) -> Key {
    let counter = if row.evidence == Evidence::Stated { row.counted_by.clone() } else { None };
    (row.series_key(), row.status, counter)
}

/// What was made of the rows.
pub(super) struct Lines<'a> {
    pub series: Vec<Series>,
    /// The rows behind each series, in the same order.
    pub groups: Vec<Group<'a>>,
    pub gaps: Vec<(Period, Period)>,
    /// Series beyond [`MOST`].
    pub dropped: usize,
}

/// Makes the lines of the chosen rows.
///
/// # Errors
/// [`crate::Error::Unknown`] when no series has the name to stand out.
pub(super) fn lines<'a>(chosen: &Selection<'a>, highlight: Option<&str>) -> Result<Lines<'a>> {
    let mut groups = group(chosen);
    let main = focus::of_lines(&groups, chosen.entity, highlight)?;
    // The one that stands out, then its other measures, then by size.
    let rank = |g: &Group<'_>| {
        let first = g.rows[0];
        let status = first.status != Status::Actual;
        (g.entity != main, status, first.evidence == Evidence::Stated && g.entity == main)
    };
    groups.sort_by(|a, b| {
        rank(a)
            .cmp(&rank(b))
            .then_with(|| last(b).total_cmp(&last(a)))
            .then_with(|| key(a.rows[0]).cmp(&key(b.rows[0])))
    });
    let dropped = groups.len().saturating_sub(MOST);
    groups.truncate(MOST);
    let names = Names::of(&groups);
    let mut series: Vec<Series> =
        groups.iter().map(|g| one(g, &names, chosen.entity, g.entity == main)).collect();
    colour(&mut series, &groups, &main);
    let gaps = gaps(&groups);
    Ok(Lines { series, groups, gaps, dropped })
}

fn group<'a>(chosen: &Selection<'a>) -> Vec<Group<'a>> {
    let mut by_key: BTreeMap<Key, Vec<&AnswerRow>> = BTreeMap::new();
    for row in &chosen.rows {
        by_key.entry(key(row)).or_default().push(row);
    }
    by_key.into_values().map(|rows| one_line(rows, chosen.entity)).collect()
}

fn one_line(mut rows: Vec<&AnswerRow>, entity: Entity) -> Group<'_> {
    let share = |row: &AnswerRow| value::place(row).unwrap_or(0.0);
    rows.sort_by(|a, b| a.period.cmp(&b.period).then(share(a).total_cmp(&share(b))));
    let said = |row: &AnswerRow| (row.period, row.share_pct, row.share_max_pct, row.qualifier);
    let mut group = Group { entity: entity_key(rows[0], entity), rows: Vec::new(), repeats: Vec::new() };
    for row in rows {
        let again = group.rows.last().is_some_and(|last| said(last) == said(row));
        if again { group.repeats.push(row) } else { group.rows.push(row) }
    }
    group
}

/// Returns the last value of a line.
pub(super) fn last(group: &Group<'_>) -> f64 {
    group.rows.last().and_then(|row| value::place(row)).unwrap_or(0.0)
}

fn one(g: &Group<'_>, names: &Names, entity: Entity, strong: bool) -> Series {
    let row = g.rows[0];
    let points = points(&g.rows);
    Series {
        label: names.label(g, entity),
        ink: Ink::Grey,
        strong,
        evidence: row.evidence,
        status: row.status,
        peak: if strong { peak(&g.rows) } else { None },
        points,
    }
}

fn points(rows: &[&AnswerRow]) -> Vec<Point> {
    let mut points: Vec<Point> = Vec::with_capacity(rows.len());
    for (i, row) in rows.iter().enumerate() {
        let (Some(period), Some(share_pct)) = (row.period, value::place(row)) else { continue };
        let joined = i > 0 && joins(rows, i);
        points.push(Point {
            period,
            value: value::short(row),
            share_pct,
            range_pct: value::range(row),
            hollow: value::hollow(row),
            joined,
        });
    }
    points
}

/// Returns whether row `i` goes on from the row before: next in time, of the same length, one figure each that is more than a bound,
/// and, if stated, by a named counter.
fn joins(rows: &[&AnswerRow], i: usize) -> bool {
    let (before, row) = (rows[i - 1], rows[i]);
    let (Some(a), Some(b)) = (before.period, row.period) else { return false };
    let alone = |at: usize| {
        let same = |j: Option<usize>| {
            j.and_then(|j| rows.get(j)).is_some_and(|other| other.period == rows[at].period)
        };
        !same(at.checked_sub(1)) && !same(Some(at + 1))
    };
    let length = |p: &Period| p.month_run().map_or(0, |(_, count)| count);
    let named = row.evidence == Evidence::Computed || row.counted_by.is_some();
    let next = a.last_day().tomorrow().is_ok_and(|day| day == b.first_day());
    let numbers = value::comparable(before) && value::comparable(row);
    named && numbers && next && length(&a) == length(&b) && alone(i - 1) && alone(i)
}

/// Returns the highest computed value when it lies inside the line and a point above both ends.
fn peak(rows: &[&AnswerRow]) -> Option<(usize, String)> {
    let values: Vec<f64> = rows.iter().filter_map(|row| row.share_pct).collect();
    let firm = rows.iter().all(|row| row.evidence == Evidence::Computed && row.status == Status::Actual);
    let top = (0..values.len()).rev().max_by(|a, b| values[*a].total_cmp(&values[*b]))?;
    let ends = values.first()?.max(*values.last()?);
    (firm && values.len() == rows.len() && values[top] >= ends + 1.0).then(|| {
        (
            top,
            format!(
                "peak {}, {}",
                value::short(rows[top]),
                super::words::period(&rows[top].period.expect("lines have periods"))
            ),
        )
    })
}

/// Gives colours: the entity's own to what stands out, the next hues to its other bases, grey to the rest.
fn colour(series: &mut [Series], groups: &[Group<'_>], main: &str) {
    let own = Ink::of(main);
    let mut bases: Vec<(Basis, Unit)> = Vec::new();
    for (series, g) in series.iter_mut().zip(groups) {
        if g.entity != main {
            continue;
        }
        let basis = (g.rows[0].basis, g.rows[0].unit);
        let place = bases.iter().position(|known| *known == basis).unwrap_or_else(|| {
            bases.push(basis);
            bases.len() - 1
        });
        let others = HUES.into_iter().filter(|ink| *ink != own);
        series.ink = std::iter::once(own).chain(others).nth(place).unwrap_or(Ink::Slate);
    }
}

/// Returns the spans between first and last period in which no computed line has a figure.
fn gaps(groups: &[Group<'_>]) -> Vec<(Period, Period)> {
    let computed = groups.iter().flat_map(|g| &g.rows).filter(|row| row.evidence == Evidence::Computed);
    let periods: BTreeSet<Period> = computed.filter_map(|row| row.period).collect();
    let mut gaps = Vec::new();
    let mut end: Option<Period> = None;
    for period in periods {
        if let Some(before) = end {
            let (_, covered) = calendar::span(&before);
            let (from, _) = calendar::span(&period);
            let whole = |months: f64| months.fract() == 0.0 && months >= 1.0;
            if from > covered && whole(from - covered) && before.month_run().is_some() {
                let length = before.month_run().map_or(1, |(_, count)| i32::from(count));
                let first = Period::months(covered as i32, length as u16);
                let last = Period::months(from as i32 - length, length as u16);
                gaps.push(if first <= last { (first, last) } else { (first, first) });
            }
            end = Some(if calendar::span(&period).1 > covered { period } else { before });
        } else {
            end = Some(period);
        }
    }
    gaps
}
