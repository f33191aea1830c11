//! Charts of small answers made by hand.

mod files;
mod looks;
mod specs;

use super::{ChartOptions, ChartSpec, Marks, Series, from_answer};
use crate::error::Result;
use crate::model::{
    Answer, AnswerRow, Basis, Denominator, Evidence, Period, Qualifier, Status, Subject, SubjectKind, Unit,
};

/// A computed share of Russia's imports of passenger cars, counted in units.
fn computed(subject: &str, period: &str, share: f64) -> AnswerRow {
    let id = match subject {
        "China" => "CHN",
        "Japan" => "JPN",
        _ => "",
    };
    AnswerRow {
        period: Some(period.parse().expect("a period")),
        market: Subject::new(SubjectKind::Country, "Russia", "RUS"),
        subject: Subject::new(SubjectKind::Country, subject, id),
        product: "passenger-cars".to_owned(),
        basis: Basis::Imports,
        unit: Unit::Units,
        evidence: Evidence::Computed,
        share_pct: Some(share),
        share_max_pct: None,
        qualifier: Qualifier::Exact,
        rank: None,
        of: None,
        amount: Some(share * 10.0),
        total: Some(1000.0),
        amount_unit: "items".to_owned(),
        denominator: Denominator::World,
        coverage_pct: Some(100.0),
        status: Status::Actual,
        counted_by: Some("UN Comtrade".to_owned()),
        id: format!("c:{subject}/{period}"),
        flags: Vec::new(),
    }
}

/// A share of the same that somebody states.
fn stated(subject: &str, period: &str, share: f64, counter: &str) -> AnswerRow {
    AnswerRow {
        evidence: Evidence::Stated,
        denominator: Denominator::Published,
        amount: None,
        total: None,
        amount_unit: String::new(),
        coverage_pct: None,
        counted_by: (!counter.is_empty()).then(|| counter.to_owned()),
        id: format!("{subject}/{period}/{share}"),
        ..computed(subject, period, share)
    }
}

fn answer(rows: Vec<AnswerRow>) -> Answer {
    Answer { rows, notes: Vec::new() }
}

fn spec_of(rows: Vec<AnswerRow>) -> Result<ChartSpec> {
    from_answer(&answer(rows), &ChartOptions::default())
}

fn spec(rows: Vec<AnswerRow>) -> ChartSpec {
    spec_of(rows).expect("something to draw")
}

fn series(spec: &ChartSpec) -> &[Series] {
    match &spec.marks {
        Marks::Lines { series, .. } => series,
        Marks::Bars { .. } => panic!("expected lines, found bars"),
    }
}

/// China's and Japan's quarters of a year.
fn year() -> Vec<AnswerRow> {
    let quarters = |subject: &'static str, shares: [f64; 4]| {
        shares.into_iter().zip(1..).map(move |(share, q)| computed(subject, &format!("2022-Q{q}"), share))
    };
    quarters("China", [21.7, 80.6, 71.4, 66.04]).chain(quarters("Japan", [24.0, 7.1, 6.0, 5.96])).collect()
}

/// Ranked origins of one year, with a residual.
fn origins() -> Vec<AnswerRow> {
    let mut rest = computed("Areas nes", "2022", 12.5);
    rest.subject.kind = SubjectKind::Residual;
    let named = [("Germany", 4.05), ("China", 58.3), ("Japan", 8.8), ("Belarus", 9.65)];
    std::iter::once(rest).chain(named.map(|(name, share)| computed(name, "2022", share))).collect()
}
