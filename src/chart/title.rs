//! Titles and subtitles, filled from the rows. They never claim more than the rows say.

use super::select::Entity;
use super::series::Lines;
use super::{value, words};
use crate::model::{AnswerRow, Basis, Denominator, Evidence, Period, Status};
use std::collections::BTreeSet;

/// Writes the finding of lines: the last value of what stands out, and how far it came from its first.
pub(super) fn of_lines(lines: &Lines<'_>) -> String {
    let Some(group) = lines.groups.first() else { return String::new() };
    let (first, last) = (group.rows[0], group.rows[group.rows.len() - 1]);
    let mut title = statement(last);
    let apart = first.period != last.period;
    if apart && value::comparable(first) && value::comparable(last) && last.status == Status::Actual {
        let when = when(first.period.as_ref());
        let (before, now) = (shown(first), shown(last));
        title.push_str(&match now.total_cmp(&before) {
            std::cmp::Ordering::Greater => format!(", up from {}{when}", value::long(first)),
            std::cmp::Ordering::Less => format!(", down from {}{when}", value::long(first)),
            std::cmp::Ordering::Equal => format!(", the same as{when}"),
        });
    }
    title
}

/// The value as printed: two values that print alike are not called up or down.
fn shown(row: &AnswerRow) -> f64 {
    let share = row.share_pct.unwrap_or(0.0);
    if row.evidence == Evidence::Computed { crate::model::round_half_away(share, 1) } else { share }
}

/// Writes the finding of bars: the one that stands out, and the next or the largest beside it.
pub(super) fn of_bars(rows: &[&AnswerRow], main: usize, entity: Entity) -> String {
    let Some(row) = rows.get(main) else { return String::new() };
    let other = if main == 0 { rows.get(1) } else { rows.first() };
    let mut title = match entity {
        Entity::Market if main == 0 && rows.len() > 1 => format!("Of the markets shown, {}", most(row)),
        _ => statement(row),
    };
    let Some(other) = other.filter(|other| value::comparable(other) && value::comparable(row)) else {
        return title;
    };
    let them = match entity {
        Entity::Subject => words::name(&other.subject),
        Entity::Market => words::name(&other.market),
        Entity::Product => words::product(&other.product),
    };
    let with = value::long(other);
    title.push_str(&match shown(row).total_cmp(&shown(other)) {
        std::cmp::Ordering::Greater => format!(", ahead of {them} with {with}"),
        std::cmp::Ordering::Less => format!(", behind {them} with {with}"),
        std::cmp::Ordering::Equal => format!(", level with {them}"),
    });
    title
}

/// Writes one row as a sentence: `China supplied 80.6% of Russia’s imports of passenger cars in Q2 2022`.
pub(super) fn statement(row: &AnswerRow) -> String {
    let total = words::owned_total(&row.market, row.basis, &words::product(&row.product));
    let who = words::name(&row.subject);
    let share = value::long(row);
    let when = when(row.period.as_ref());
    let sentence = match row.status {
        Status::Actual => format!("{who} {} {share} of {total}{when}", verb(row)),
        Status::Forecast => format!("Forecast: {who} at {share} of {total}{when}"),
        Status::Target => format!("Target: {who} at {share} of {total}{when}"),
    };
    upper_first(&sentence)
}

/// Writes where a holder has its largest share of those drawn.
fn most(row: &AnswerRow) -> String {
    let total = words::total_of(row.basis, &words::product(&row.product));
    let (who, where_to) = (words::name(&row.subject), words::name(&row.market));
    format!(
        "{who} had its largest share in {where_to}: {} of {total}{}",
        value::long(row),
        when(row.period.as_ref())
    )
}

/// Suppliers supply imports, buyers take exports; in a world total it is the other way round.
fn verb(row: &AnswerRow) -> &'static str {
    match (row.basis, row.market.is_world()) {
        (Basis::Imports, false) | (Basis::Exports, true) => "supplied",
        (Basis::Exports, false) | (Basis::Imports, true) => "took",
        _ => "held",
    }
}

fn when(period: Option<&Period>) -> String {
    let Some(period) = period else { return String::new() };
    let text = words::period(period);
    if period.month_run().is_none() {
        return format!(" on {text}");
    }
    match text.split_once(" – ") {
        Some((from, to)) => format!(" from {from} to {to}"),
        None => format!(" in {text}"),
    }
}

fn upper_first(text: &str) -> String {
    text.chars().take(1).flat_map(char::to_uppercase).chain(text.chars().skip(1)).collect()
}

/// Writes measure, place, unit, time and denominator.
pub(super) fn subtitle(rows: &[&AnswerRow], entity: Entity, lines: bool) -> String {
    let Some(row) = rows.first() else { return String::new() };
    let one = |same: &dyn Fn(&AnswerRow) -> bool| rows.iter().all(|row| same(row));
    let product =
        if entity == Entity::Product { "each product".to_owned() } else { words::product(&row.product) };
    let total = if one(&|r| r.basis == row.basis) {
        let total = match entity {
            Entity::Market => format!("each market’s {}", words::total_of(row.basis, &product)),
            _ => words::owned_total(&row.market, row.basis, &product),
        };
        format!("{total}{}", denominator(rows))
    } else {
        several_totals(rows, &product)
    };
    let holder = match entity {
        Entity::Subject if one(&|r| r.subject == row.subject) => {
            format!("{} share", words::whose(&row.subject))
        }
        Entity::Subject => "Share".to_owned(),
        Entity::Market | Entity::Product => format!("{} share", words::whose(&row.subject)),
    };
    let unit = if one(&|r| r.unit == row.unit) {
        format!("% of {}", words::unit(row.unit, amount_unit(rows))).replace("% of unit not", "%, unit not")
    } else {
        "%".to_owned()
    };
    let mut parts = vec![format!("{} of {total}", upper_first(&holder)), unit];
    parts.extend(time(rows, lines));
    parts.join(", ")
}

/// Names the bases of a chart that has several: they are drawn side by side, never as one.
fn several_totals(rows: &[&AnswerRow], product: &str) -> String {
    let bases: BTreeSet<Basis> = rows.iter().map(|row| row.basis).collect();
    let word = |basis: Basis| match basis {
        Basis::Unspecified => "an unnamed total".to_owned(),
        basis => basis.to_string(),
    };
    let bases: Vec<String> = bases.into_iter().map(word).collect();
    let market = &rows[0].market;
    let place = if market.is_world() { "the world".to_owned() } else { words::name(market) };
    format!("{product} in {place}, of {}", bases.join(" and of "))
}

/// Names the denominator when every row has the same (R2).
fn denominator(rows: &[&AnswerRow]) -> &'static str {
    let first = rows[0].denominator;
    if rows.iter().any(|row| row.denominator != first) {
        return "";
    }
    match first {
        Denominator::World => " (reported total)",
        Denominator::PartnerSum => " (sum of listed partners)",
        Denominator::ReporterSum => " (sum of reporters)",
        Denominator::Published => "",
    }
}

fn amount_unit<'a>(rows: &[&'a AnswerRow]) -> &'a str {
    let mut units =
        rows.iter().filter(|row| row.evidence == Evidence::Computed).map(|row| row.amount_unit.as_str());
    let first = units.next().unwrap_or("");
    if units.all(|unit| unit == first) { first } else { "" }
}

fn time(rows: &[&AnswerRow], lines: bool) -> Vec<String> {
    let mut periods: Vec<Period> = rows.iter().filter_map(|row| row.period).collect();
    periods.sort();
    let (Some(first), Some(last)) = (periods.first(), periods.iter().max_by_key(|p| p.last_day())) else {
        return vec!["period not stated".to_owned()];
    };
    let mut parts = Vec::new();
    let lengths = |n: u16| periods.iter().all(|p| p.month_run().is_some_and(|(_, count)| count == n));
    if lines && first != last {
        let word = [(1, "monthly"), (3, "quarterly"), (6, "half-yearly"), (12, "yearly")];
        parts.extend(word.into_iter().find(|(n, _)| lengths(*n)).map(|(_, word)| word.to_owned()));
    }
    parts.push(words::span(first, last));
    parts
}
