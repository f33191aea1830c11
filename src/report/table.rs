//! The rows of an answer as a table: what all rows share stands once, in the caption.

use super::words;
use crate::chart::words::{denominator, owned_total, product};
use crate::model::{AnswerRow, Evidence, share_text};

/// Heads of the columns, and whether they hold numbers.
const HEADS: [(&str, bool); 7] = [
    ("Period", false),
    ("Who", false),
    ("Share, %", true),
    ("Rank", false),
    ("In", false),
    ("Amount of total", true),
    ("Evidence", false),
];

/// A table as printed.
#[derive(Debug, Default)]
pub struct Table {
    /// What all rows share.
    pub caption: String,
    /// Heads of the columns in use; `true` for numbers, which stand to the right.
    pub heads: Vec<(&'static str, bool)>,
    /// The cells of each row and the number of its footnote.
    pub rows: Vec<(Vec<String>, usize)>,
}

impl Table {
    /// Lays out rows; `footnote` numbers the proof of each.
    pub(super) fn new(rows: &[AnswerRow], mut footnote: impl FnMut(&AnswerRow) -> usize) -> Self {
        let cells: Vec<[String; HEADS.len()]> = rows.iter().map(cells).collect();
        let Some(first) = cells.first() else { return Self::default() };
        let shared = |column: usize| cells.len() > 1 && cells.iter().all(|row| row[column] == first[column]);
        // A reader looks for who, when and how much even where it does not change.
        let fixed = |column: usize| matches!(HEADS[column].0, "Period" | "Who" | "Share, %");
        let (moved, kept): (Vec<usize>, Vec<usize>) =
            (0..HEADS.len()).partition(|column| shared(*column) && !fixed(*column));
        let kept: Vec<usize> =
            kept.into_iter().filter(|column| cells.iter().any(|row| !row[*column].is_empty())).collect();
        let common: Vec<&str> =
            moved.iter().map(|column| first[*column].as_str()).filter(|text| !text.is_empty()).collect();
        let keep = |row: &[String; HEADS.len()]| kept.iter().map(|column| row[*column].clone()).collect();
        Self {
            caption: common.join("; "),
            heads: kept.iter().map(|column| HEADS[*column]).collect(),
            rows: rows.iter().zip(&cells).map(|(row, cells)| (keep(cells), footnote(row))).collect(),
        }
    }
}

fn cells(row: &AnswerRow) -> [String; HEADS.len()] {
    let unit = words::unit(row.unit);
    let total = owned_total(&row.market, row.basis, &product(&row.product));
    [
        row.period.map_or_else(|| "not settled".to_owned(), |period| period.to_string()),
        row.subject.name.clone(),
        words::share(row).unwrap_or_default(),
        match (row.rank, row.of) {
            (Some(rank), Some(of)) => format!("{rank} of {of}"),
            (Some(rank), None) => rank.to_string(),
            _ => String::new(),
        },
        if unit.is_empty() { total } else { format!("{total}, {unit}") },
        match (row.amount, row.total) {
            (Some(amount), Some(total)) => {
                format!("{} of {} {}", words::amount(amount), words::amount(total), row.amount_unit)
            }
            _ => String::new(),
        },
        evidence(row),
    ]
}

/// Says who states the share, or from what it was computed and against what.
fn evidence(row: &AnswerRow) -> String {
    let mark = words::unreviewed(row).map_or(String::new(), |word| format!(", {word}"));
    match (row.evidence, row.counted_by.as_deref()) {
        (Evidence::Stated, Some(by)) => format!("stated by {by}{mark}"),
        (Evidence::Stated, None) => format!("stated{mark}"),
        (Evidence::Computed, by) => {
            let against = denominator(row.denominator);
            let coverage =
                row.coverage_pct.map_or(String::new(), |pct| format!(", coverage {} %", share_text(pct, 1)));
            format!("computed from “{}”, against {against}{coverage}", by.unwrap_or("rows"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Basis, Denominator, Qualifier, Status, Subject, SubjectKind, Unit};

    fn row(period: &str, share: f64, amount: f64) -> AnswerRow {
        AnswerRow {
            period: Some(period.parse().expect("a period")),
            market: Subject::new(SubjectKind::Country, "Russia", "RUS"),
            subject: Subject::new(SubjectKind::Country, "China", "CHN"),
            product: "passenger-cars".to_owned(),
            basis: Basis::Imports,
            unit: Unit::Units,
            evidence: Evidence::Computed,
            share_pct: Some(share),
            share_max_pct: None,
            qualifier: Qualifier::Exact,
            rank: Some(1),
            of: Some(4),
            amount: Some(amount),
            total: Some(10_000.0),
            amount_unit: "items".to_owned(),
            denominator: Denominator::World,
            coverage_pct: Some(100.0),
            status: Status::Actual,
            counted_by: Some("A file".to_owned()),
            id: period.to_owned(),
            flags: Vec::new(),
        }
    }

    #[test]
    fn what_all_rows_share_stands_once() {
        let rows = [row("2022-Q1", 20.66, 2066.0), row("2022-Q2", 80.6, 8060.0)];
        let mut notes = 0;
        let table = Table::new(&rows, |_| {
            notes += 1;
            notes
        });
        let heads: Vec<&str> = table.heads.iter().map(|(head, _)| *head).collect();
        assert_eq!(heads, ["Period", "Who", "Share, %", "Amount of total"]);
        assert_eq!(table.rows[0].0, ["2022-Q1", "China", "20.7", "2,066 of 10,000 items"]);
        assert_eq!(table.rows[1].1, 2);
        assert!(table.caption.contains("Russia’s imports of"), "{}", table.caption);
        assert!(table.caption.contains("coverage 100.0 %"));
    }

    #[test]
    fn one_row_keeps_all_it_says() {
        let table = Table::new(&[row("2022-Q1", 20.66, 2066.0)], |_| 1);
        assert!(table.caption.is_empty());
        assert_eq!(table.heads.len(), HEADS.len());
        assert!(Table::new(&[], |_| 1).rows.is_empty());
    }
}
