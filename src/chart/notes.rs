//! The small print: what the marks mean, what is missing, who counted.

use super::bars::{Bars, UNKNOWN};
use super::select::Selection;
use super::series::Lines;
use super::spec::Series;
use super::{value, words};
use crate::model::{AnswerRow, Denominator, Evidence, Qualifier, Status, SubjectKind, share_text};
use std::collections::BTreeSet;

/// Remarks of a line chart.
pub(super) fn of_lines(lines: &Lines<'_>, chosen: &Selection<'_>) -> Vec<String> {
    let rows: Vec<&AnswerRow> = lines.groups.iter().flat_map(|g| g.rows.iter().copied()).collect();
    let any = |test: &dyn Fn(&AnswerRow) -> bool| rows.iter().any(|row| test(row));
    let mut keys = Vec::new();
    let (stated, computed) =
        (any(&|r| r.evidence == Evidence::Stated), any(&|r| r.evidence == Evidence::Computed));
    match (stated, computed) {
        (true, true) => keys
            .push("Dots: stated by a source; lines without dots: computed from counted amounts".to_owned()),
        (true, false) => keys.push("Dots: shares as stated by a source".to_owned()),
        _ => {}
    }
    let loose = [
        (any(&|r| r.qualifier == Qualifier::About), "about"),
        (any(&|r| r.qualifier == Qualifier::Over), "more than"),
        (any(&|r| r.qualifier == Qualifier::Under), "less than"),
        (any(&|r| value::range(r).is_some()), "middle of a range"),
        (any(&value::soft), "provisional, estimated or partial"),
        (any(&value::unreviewed), "not yet reviewed"),
        (any(&|r| r.status != Status::Actual), "forecast or target"),
    ];
    let loose: Vec<&str> = loose.into_iter().filter(|(used, _)| *used).map(|(_, word)| word).collect();
    if !loose.is_empty() {
        keys.push(format!("hollow: {}", loose.join(", ")));
    }
    let dashed = |series: &Series| series.status != Status::Actual && series.points.iter().any(|p| p.joined);
    if lines.series.iter().any(dashed) {
        keys.push("dashed: forecast or target".to_owned());
    }
    let mut notes = sentence(&keys.join("; "));
    let broken = lines
        .series
        .iter()
        .any(|s| s.evidence == Evidence::Computed && s.points.iter().skip(1).any(|p| !p.joined));
    match (lines.gaps.is_empty(), broken) {
        (false, _) => {
            let spans: Vec<String> = lines.gaps.iter().take(3).map(|(a, b)| words::span(a, b)).collect();
            let more = lines.gaps.len().saturating_sub(3);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            notes.push(format!("Shaded: no computed share for {}{more}.", spans.join(", ")));
        }
        (true, true) => notes.push("A break in a line is a time without a figure.".to_owned()),
        _ => {}
    }
    if lines.dropped > 0 {
        notes.push(format!("{} smaller series not drawn.", lines.dropped));
    }
    notes.extend(left_out(chosen));
    notes
}

/// Remarks of a bar chart.
pub(super) fn of_bars(bars: &Bars<'_>, chosen: &Selection<'_>) -> Vec<String> {
    let mut notes = Vec::new();
    let ranges = bars.rows.iter().any(|row| value::range(row).is_some());
    match (bars.conflicts, ranges) {
        (true, _) => notes.push(
            "Whiskers: lowest and highest figure found for the same period; the bar is the firmest one."
                .to_owned(),
        ),
        (false, true) => {
            notes.push("Whiskers: both ends of a stated range; the bar ends in its middle.".to_owned());
        }
        _ => {}
    }
    if bars.rows.iter().any(|row| row.qualifier == Qualifier::About) {
        notes.push("≈ stated as about.".to_owned());
    }
    if bars.rows.iter().any(|row| value::soft(row)) {
        notes.push("Some figures are provisional, estimated or partial.".to_owned());
    }
    if bars.rows.iter().any(|row| value::unreviewed(row)) {
        notes.push("Some figures are not yet reviewed.".to_owned());
    }
    if bars.dropped > 0 {
        notes.push(format!("{} more bars not drawn.", bars.dropped));
    }
    notes.extend(rest(bars));
    if bars.bars.iter().any(|bar| bar.before.as_deref() == Some(UNKNOWN)) {
        notes.push(format!("{UNKNOWN} no figure for that period."));
    }
    notes.extend(left_out(chosen));
    notes
}

/// Says what the bars add up to, where they are parts of one total: computed, of one total, no groups among countries.
fn rest(bars: &Bars<'_>) -> Option<String> {
    let first = bars.rows.first()?;
    let parts = bars.rows.iter().all(|row| {
        let single =
            matches!(row.subject.kind, SubjectKind::Residual) || row.subject.kind == first.subject.kind;
        let plain = !matches!(row.subject.kind, SubjectKind::Region | SubjectKind::Group);
        let same = row.market == first.market && row.product == first.product && row.total == first.total;
        single && plain && same && row.evidence == Evidence::Computed && row.total.is_some()
    });
    let sum: f64 = bars.rows.iter().filter_map(|row| row.share_pct).sum();
    (parts && bars.rows.len() > 1 && sum <= 99.95).then(|| {
        let rest = share_text(100.0 - sum, 1);
        format!(
            "The bars add up to {}% of {}; the other {rest}% is not shown.",
            share_text(sum, 1),
            words::denominator(first.denominator)
        )
    })
}

/// Says what was not drawn, so that nobody takes the chart for the whole answer.
fn left_out(chosen: &Selection<'_>) -> Option<String> {
    let said: Vec<String> = chosen
        .left_out
        .iter()
        .take(3)
        .map(
            |(what, count)| {
                if *count == 1 { format!("1 {what}") } else { format!("{count} {}", plural(what)) }
            },
        )
        .collect();
    let more: usize = chosen.left_out.iter().skip(3).map(|(_, count)| count).sum();
    let more = if more > 0 { format!(" and {more} others") } else { String::new() };
    (!said.is_empty()).then(|| format!("Not drawn: {}{more}.", said.join(", ")))
}

/// Makes the first word plural: `share of sales` to `shares of sales`.
fn plural(what: &str) -> String {
    let (first, rest) = what.split_once(' ').unwrap_or((what, ""));
    format!("{first}s {rest}").trim_end().to_owned()
}

fn sentence(text: &str) -> Vec<String> {
    let upper: String =
        text.chars().take(1).flat_map(char::to_uppercase).chain(text.chars().skip(1)).collect();
    if upper.is_empty() { Vec::new() } else { vec![format!("{upper}.")] }
}

/// Names who counted, how many figures there are, and what the shares are parts of.
pub(super) fn source(rows: &[&AnswerRow]) -> String {
    let counters: BTreeSet<String> =
        rows.iter().filter_map(|row| row.counted_by.as_deref()).map(words::clean).collect();
    let mut names: Vec<String> = counters.into_iter().filter(|name| !name.is_empty()).collect();
    let more = names.len().saturating_sub(4);
    names.truncate(4);
    if more > 0 {
        names.push(format!("{more} more"));
    }
    let who = if names.is_empty() { "not named".to_owned() } else { names.join(", ") };
    let count = |evidence: Evidence| rows.iter().filter(|row| row.evidence == evidence).count();
    let mut parts = Vec::new();
    match count(Evidence::Stated) {
        0 => {}
        1 => parts.push("1 figure stated".to_owned()),
        n => parts.push(format!("{n} figures stated")),
    }
    match count(Evidence::Computed) {
        0 => {}
        n => parts.push(format!(
            "{n} {} computed{}{}",
            if n == 1 { "share" } else { "shares" },
            out_of(rows),
            coverage(rows)
        )),
    }
    format!("Source: {who}; {}. Chart: tradeshare.", parts.join(", "))
}

fn out_of(rows: &[&AnswerRow]) -> String {
    let computed = rows.iter().filter(|row| row.evidence == Evidence::Computed);
    let kinds: Vec<Denominator> =
        [Denominator::World, Denominator::PartnerSum, Denominator::ReporterSum, Denominator::Published]
            .into_iter()
            .filter(|kind| computed.clone().any(|row| row.denominator == *kind))
            .collect();
    let kinds: Vec<&str> = kinds.into_iter().map(words::denominator).collect();
    format!(" as part of {}", kinds.join(" or "))
}

/// Says how much of the reported total the listed partners cover, when it is not all of it.
fn coverage(rows: &[&AnswerRow]) -> String {
    let covered =
        rows.iter().filter(|row| row.evidence == Evidence::Computed).filter_map(|row| row.coverage_pct);
    let (low, high) = covered.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), c| (a.min(c), b.max(c)));
    let (low_text, high_text) = (share_text(low, 1), share_text(high, 1));
    match () {
        () if !low.is_finite() || low_text == "100.0" && high_text == "100.0" => String::new(),
        () if low_text == high_text => format!(" (listed partners: {low_text}% of it)"),
        () => format!(" (listed partners: {low_text}–{high_text}% of it)"),
    }
}
