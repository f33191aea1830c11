//! Which rows of an answer go into one chart, and what is said about the others.
//!
//! One chart shows shares that a reader may compare. So it keeps, in this order: one product and one market, unless that is what the rows
//! differ by; one unit; one basis, unless a single holder is followed over time (then the bases are labelled apart); and for bars one
//! kind of evidence and one period. Kept is always the value with the most rows; ties go to units before value before the rest,
//! computed before stated, the later period before the earlier.

use super::ChartKind;
use super::words;
use crate::error::{Error, Result};
use crate::model::{AnswerRow, Evidence, Period, Status, SubjectKind, Unit};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// What the marks of a chart differ by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Entity {
    Subject,
    Market,
    Product,
}

/// The rows of one chart.
pub(super) struct Selection<'a> {
    pub lines: bool,
    pub entity: Entity,
    pub rows: Vec<&'a AnswerRow>,
    /// For bars: the same a year or, failing that, a period before, to compare with.
    pub earlier: Vec<&'a AnswerRow>,
    /// Descriptions of what is not drawn, with the number of rows.
    pub left_out: Vec<(String, usize)>,
}

impl<'a> Selection<'a> {
    /// Keeps the rows whose key is the best one: most rows, then the smallest key.
    fn keep<K: Ord + Clone>(
        &mut self,
        key: impl Fn(&AnswerRow) -> K,
        describe: impl Fn(&AnswerRow) -> String,
    ) {
        let mut counts: BTreeMap<K, usize> = BTreeMap::new();
        for row in &self.rows {
            *counts.entry(key(row)).or_default() += 1;
        }
        let best = counts.into_iter().min_by_key(|(key, count)| (Reverse(*count), key.clone()));
        if let Some((best, _)) = best {
            self.keep_if(|row| key(row) == best, describe);
        }
    }

    fn keep_if(&mut self, keep: impl Fn(&AnswerRow) -> bool, describe: impl Fn(&AnswerRow) -> String) {
        let (kept, dropped): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.rows).into_iter().partition(|row| keep(row));
        self.rows = kept;
        for row in dropped {
            let what = describe(row);
            match self.left_out.iter_mut().find(|(known, _)| *known == what) {
                Some((_, count)) => *count += 1,
                None => self.left_out.push((what, 1)),
            }
        }
    }

    /// Forgets that rows were left out, for they are drawn after all.
    fn take_back(&mut self, what: &str, rows: usize) {
        for (known, count) in &mut self.left_out {
            if known == what {
                *count = count.saturating_sub(rows);
            }
        }
        self.left_out.retain(|(_, count)| *count > 0);
    }

    fn count<K: Ord>(&self, key: impl Fn(&AnswerRow) -> K) -> usize {
        self.rows.iter().map(|row| key(row)).collect::<BTreeSet<K>>().len()
    }
}

/// Chooses the rows of a chart.
///
/// # Errors
/// [`Error::Chart`] when nothing can be drawn.
pub(super) fn select(rows: &[AnswerRow], kind: ChartKind) -> Result<Selection<'_>> {
    if rows.is_empty() {
        return Err(Error::Chart { reason: "the answer has no rows".to_owned() });
    }
    // A row without a share is a gap in a line, not a thing left out; ranks are said by the query.
    let shares: Vec<&AnswerRow> = rows.iter().filter(|row| is_share(row)).collect();
    if shares.is_empty() {
        let ranks = rows.iter().any(|row| row.rank.is_some());
        let reason = if ranks {
            "the answer holds ranks without shares"
        } else {
            "no row of the answer has a known share"
        };
        return Err(Error::Chart { reason: reason.to_owned() });
    }
    let ranks = rows.iter().filter(|row| row.share_pct.is_none() && row.rank.is_some()).count();
    let left_out = if ranks > 0 { vec![("rank without share".to_owned(), ranks)] } else { Vec::new() };
    let mut chosen =
        Selection { lines: false, entity: Entity::Subject, rows: shares, earlier: Vec::new(), left_out };
    choose_total(&mut chosen);
    chosen.lines = match kind {
        ChartKind::Lines => true,
        ChartKind::Bars => false,
        ChartKind::Auto => {
            let actual = chosen.rows.iter().filter(|row| row.status == Status::Actual);
            actual.filter_map(|row| row.period).collect::<BTreeSet<Period>>().len() > 1
        }
    };
    if chosen.lines {
        choose_lines(&mut chosen)?;
    } else {
        choose_bars(&mut chosen);
    }
    Ok(chosen)
}

/// Fixes product, market and unit.
fn choose_total(chosen: &mut Selection<'_>) {
    let subjects = chosen.count(|row| row.subject.key());
    let markets = chosen.count(|row| row.market.key());
    if subjects > 1 || markets > 1 {
        chosen.keep(|row| row.product.clone(), |row| format!("share of {}", words::product(&row.product)));
    }
    if chosen.count(|row| row.subject.key()) > 1 {
        chosen
            .keep(|row| row.market.key(), |row| format!("share of the market {}", words::name(&row.market)));
    }
    chosen.entity = if chosen.count(|row| row.subject.key()) > 1 {
        Entity::Subject
    } else if chosen.count(|row| row.market.key()) > 1 {
        Entity::Market
    } else if chosen.count(|row| row.product.clone()) > 1 {
        Entity::Product
    } else {
        Entity::Subject
    };
    // `Unit` is ordered units, value, weight …, so that ties fall to units.
    chosen.keep(
        |row| row.unit,
        |row| match row.unit {
            Unit::Unspecified => "share without a unit".to_owned(),
            unit => format!("share by {unit}"),
        },
    );
}

/// Returns whether the row has a part of a whole; rounding may carry a whole a little over 100.
fn is_share(row: &AnswerRow) -> bool {
    let part = |share: f64| (0.0..=100.5).contains(&share);
    row.share_pct.is_some_and(part) && row.share_max_pct.is_none_or(part)
}

/// Keeps what may stand beside each other over time.
fn choose_lines(chosen: &mut Selection<'_>) -> Result<()> {
    chosen.keep_if(|row| row.period.is_some(), |_| "figure without a period".to_owned());
    if chosen.rows.is_empty() {
        return Err(Error::Chart {
            reason: "no share has a period, so there is no line over time".to_owned(),
        });
    }
    if chosen.count(|row| entity_key(row, chosen.entity)) > 1 {
        chosen.keep(|row| row.basis, |row| format!("share of {}", row.basis));
    }
    Ok(())
}

/// Keeps the figures of one period that were counted alike.
fn choose_bars(chosen: &mut Selection<'_>) {
    chosen.keep(|row| row.status, |row| row.status.to_string());
    chosen.keep(|row| row.basis, |row| format!("share of {}", row.basis));
    chosen.keep(
        |row| Reverse(row.evidence),
        |row| match row.evidence {
            Evidence::Stated => "figure stated".to_owned(),
            Evidence::Computed => "share computed".to_owned(),
        },
    );
    let all = chosen.rows.clone();
    chosen.keep(|row| Reverse(row.period), of_period);
    let before = chosen.rows.first().and_then(|row| row.period).and_then(|period| comparison(&period, &all));
    if let Some(before) = before {
        chosen.earlier = all.into_iter().filter(|row| row.period == Some(before)).collect();
        chosen.take_back(OTHER_PERIODS, chosen.earlier.len());
    }
}

const OTHER_PERIODS: &str = "share of other periods";

fn of_period(row: &AnswerRow) -> String {
    match &row.period {
        Some(_) => OTHER_PERIODS.to_owned(),
        None => "figure without a period".to_owned(),
    }
}

/// Returns the period to compare with: the same a year before, else the one just before, if the answer has it.
fn comparison(period: &Period, rows: &[&AnswerRow]) -> Option<Period> {
    let (first, count) = period.month_run()?;
    let candidates = [period.shift_years(-1), Period::months(first - i32::from(count), count)];
    candidates.into_iter().find(|before| rows.iter().any(|row| row.period == Some(*before)))
}

/// Returns the key of what the marks of a chart differ by.
pub(super) fn entity_key(row: &AnswerRow, entity: Entity) -> String {
    match entity {
        Entity::Subject => row.subject.key(),
        Entity::Market => row.market.key(),
        Entity::Product => format!("product/{}", row.product),
    }
}

/// Returns whether the row is a statistical rest, which is never ranked nor in the focus (R3).
pub(super) fn is_residual(row: &AnswerRow) -> bool {
    row.subject.kind == SubjectKind::Residual
}
