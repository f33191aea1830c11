//! One figure a fact: repeats inside an article are told once.

use crate::model::{Figure, Measure, Qualifier};

/// Drops repeats: the same subject, market, product and period with the same value, or its rounded twin.
///
/// The more exact one stays, at its own place; of equals the earlier.
pub(crate) fn merge(figures: Vec<Figure>) -> Vec<Figure> {
    let mut kept: Vec<Figure> = Vec::new();
    for figure in figures {
        let twin = kept.iter().position(|other| same_fact(other, &figure) && same_value(other, &figure));
        match twin {
            Some(at) if firmness(&figure) > firmness(&kept[at]) => kept[at] = figure,
            Some(_) => {}
            None => kept.push(figure),
        }
    }
    kept.sort_by_key(|figure| figure.span);
    kept
}

fn same_fact(a: &Figure, b: &Figure) -> bool {
    a.measure == b.measure
        && a.subject == b.subject
        && a.market == b.market
        && a.product == b.product
        && a.status == b.status
        && (a.period == b.period || a.period.is_none() || b.period.is_none())
}

/// Equal, or one written in words or with `about` and the other within its rounding.
fn same_value(a: &Figure, b: &Figure) -> bool {
    let gap = (a.value - b.value).abs();
    if a.measure == Measure::Rank || a.value_max.is_some() || b.value_max.is_some() {
        return gap < 1e-9 && a.value_max == b.value_max;
    }
    let loose = |f: &Figure| f.qualifier != Qualifier::Exact || !f.quote.bytes().any(|c| c.is_ascii_digit());
    let near = a.span.0.abs_diff(b.span.0) < 160;
    gap < 1e-9 || (near && (loose(a) != loose(b)) && gap <= 3.0)
}

fn firmness(figure: &Figure) -> (bool, bool) {
    (figure.quote.bytes().any(|c| c.is_ascii_digit()), figure.qualifier == Qualifier::Exact)
}

/// What contradicts something else in its article is never surer than this: a person decides.
const DOUBTED: f64 = 0.5;

/// Two values of one cell cannot both be right: both are doubted.
pub(crate) fn check_conflicts(figures: &mut [Figure]) {
    let conflict = |a: &Figure, b: &Figure| {
        let cell = (a.measure, a.basis, a.unit, a.period, a.status)
            == (b.measure, b.basis, b.unit, b.period, b.status);
        let of = a.subject == b.subject && a.market == b.market && a.product == b.product;
        cell && of && a.period.is_some() && !same_value(a, b)
    };
    let doubted: Vec<bool> = figures.iter().map(|a| figures.iter().any(|b| conflict(a, b))).collect();
    for (figure, doubted) in figures.iter_mut().zip(doubted) {
        if doubted {
            figure.confidence_full = figure.confidence_full.min(DOUBTED);
        }
    }
}

/// Doubts lists whose exact shares add up to more than a whole: their figures lose part of their confidence.
pub(crate) fn check_sums(figures: &mut [Figure]) {
    let keys: Vec<_> = figures
        .iter()
        .map(|f| (f.market.key(), f.product.clone(), f.basis, f.unit, f.period, f.subject.kind))
        .collect();
    let over: Vec<bool> = keys
        .iter()
        .map(|key| {
            let mut subjects = Vec::new();
            let mut sum = 0.0;
            for (other, figure) in keys.iter().zip(figures.iter()) {
                if other == key && figure.measure == Measure::Share && !subjects.contains(&&figure.subject) {
                    subjects.push(&figure.subject);
                    sum += figure.value;
                }
            }
            subjects.len() > 1 && sum > 103.0
        })
        .collect();
    for (figure, over) in figures.iter_mut().zip(over) {
        if over && figure.measure == Measure::Share {
            figure.confidence *= 0.8;
            figure.confidence_full = figure.confidence_full.min(DOUBTED);
        }
    }
}
