//! What speaks for a period wherever it was read: how the value is compared with others, and how long before
//! publication the period ended.

use crate::extract::context::{Context, Decided};
use crate::extract::linear::Features;
use crate::extract::paths::{next, previous};
use crate::extract::reading::Sent;
use crate::model::{Measure, Period, Subject};

/// The roles of the figure whose period is asked.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Figured<'a> {
    pub measure: Measure,
    pub subject: &'a Subject,
    pub market: &'a Subject,
    pub product: &'a str,
}

impl Figured<'_> {
    fn is_twin(&self, measure: Measure, subject: &Subject, market: &Subject, product: &str) -> bool {
        measure == self.measure
            && product == self.product
            && subject.key() == self.subject.key()
            && market.key() == self.market.key()
    }
}

/// The figures of the same subject in the same market: one of them cannot have the period of another.
#[derive(Debug)]
pub(super) struct Twins {
    /// Periods of those before, the latest first, and whether they stand in the sentence.
    before: Vec<(Option<Period>, bool)>,
    /// Periods of those behind in the sentence, as a first reading saw them.
    behind: Vec<Option<Period>>,
}

impl Twins {
    pub fn new(ctx: &Context<'_>, s: usize, vi: usize, figure: Figured<'_>, history: &[Decided]) -> Self {
        let is_twin = |d: &&Decided| d.taken && figure.is_twin(d.measure, &d.subject, &d.market, &d.product);
        let before = history.iter().rev().filter(is_twin).take(4).map(|d| (d.period, d.sent == s)).collect();
        let behind = ctx.beliefs.map_or_else(Vec::new, |beliefs| {
            let rest = beliefs.all.iter().filter(|b| b.sent == s && b.item > vi && b.weight > 0.0);
            rest.filter(|b| figure.is_twin(b.measure, &b.subject, &b.market, &b.product))
                .map(|b| b.period)
                .take(2)
                .collect()
        });
        Self { before, behind }
    }

    /// Adds how a period stands to those of the twins.
    pub fn mark(&self, f: &mut Features, period: Option<Period>, stance: &str, origin: &str) {
        let Some(&(first, here)) = self.before.first() else {
            f.add(&["T.twin", "none", stance, origin]);
            if let Some(&behind) = self.behind.first() {
                f.add(&["T.twin", "behind", against(period, behind)]);
                f.add(&["T.twin", "behind", against(period, behind), stance]);
            }
            return;
        };
        let near = if here { "here" } else { "away" };
        let same = period.is_some() && self.before.iter().any(|(p, _)| *p == period);
        f.add(&["T.twin", near, against(period, first)]);
        f.add(&["T.twin", near, against(period, first), stance]);
        f.add(&["T.twin", near, against(period, first), stance, origin]);
        f.add(&["T.twin", near, if same { "taken" } else { "free" }]);
        f.add(&["T.twin", near, if same { "taken" } else { "free" }, stance, origin]);
    }
}

/// Returns how one period stands to another.
pub(super) fn against(period: Option<Period>, other: Option<Period>) -> &'static str {
    let (Some(a), Some(b)) = (period, other) else { return "unknown" };
    if a == b {
        return "same";
    }
    if a == b.shift_years(-1) {
        return "year-before";
    }
    let run = |p: Period| p.month_run().map(|(first, count)| (first, i32::from(count)));
    match (run(a), run(b)) {
        (Some((x, n)), Some((y, m))) if n == m && x + n == y => "one-before",
        (Some((x, n)), Some((y, m))) if n == m && y + m == x => "one-after",
        _ if a.contains(&b) => "around",
        _ if b.contains(&a) => "inside",
        _ if a.last_day() < b.first_day() => "before",
        _ if a.first_day() > b.last_day() => "after",
        _ => "across",
    }
}

/// Returns how a value is compared with the one beside it: `from 27% to 32%`, `against 14.1%`, `6.8% (5.5%)`.
pub(super) fn stance(sent: &Sent<'_>, vi: usize) -> &'static str {
    let before = previous(sent, vi);
    let after = next(sent, vi);
    let value = |at: Option<usize>| at.is_some_and(|i| matches!(sent.label(i), "VAL" | "RANK"));
    let word = |at: Option<usize>| at.map_or("", |i| sent.word(i));
    let (b, a) = (word(before), word(after));
    let value_next = value(after.and_then(|i| next(sent, i)));
    let value_last = value(before.and_then(|i| previous(sent, i)));
    match b {
        "from" if a == "to" && value_next => "from-to",
        "to" if value_last => "then-to",
        "from" if value_last || value_next => "from",
        "from" => "from-alone",
        "to" if a == "from" => "to-from",
        "to" => "to",
        "versus" | "vs" | "against" | "than" | "with" if value_last => "than",
        "versus" | "vs" | "against" | "than" => "than-away",
        "(" if value_last => "bracket",
        _ => "-",
    }
}

/// Adds how long before publication a period ended, with its length.
pub(super) fn gap(
    f: &mut Features,
    ctx: &Context<'_>,
    period: Option<Period>,
    origin: &str,
    length: &str,
    ahead: bool,
) {
    let (Some(published), Some(period)) = (ctx.article.published, period) else { return };
    let months = |d: jiff::civil::Date| i32::from(d.year()) * 12 + i32::from(d.month());
    let gap = match months(published) - months(period.last_day()) {
        i32::MIN..=-1 => "ahead",
        0 if period.last_day() > published => "running",
        0 => "now",
        1 => "1",
        2 => "2",
        3 => "3",
        4..=6 => "6",
        7..=12 => "12",
        13..=24 => "24",
        _ => "far",
    };
    let ahead = if ahead { "ahead" } else { "-" };
    f.add(&["T.gap", length, gap, ahead]);
    f.add(&["T.gap", length, gap, origin, ahead]);
}
