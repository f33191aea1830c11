//! What an answer says, in sentences made from its rows.

use super::words;
use crate::chart::words::{denominator, owned_total, period, product, whose};
use crate::model::{AnswerRow, Evidence, SubjectKind};

/// Says in one sentence what a row states or shows.
pub(super) fn sentence(row: &AnswerRow) -> Option<String> {
    let total = owned_total(&row.market, row.basis, &product(&row.product));
    let when = row.period.map_or(String::new(), |when| format!(" in {}", period(&when)));
    let mark = words::unreviewed(row).map_or(String::new(), |word| format!(" ({word})"));
    let subject = &row.subject.name;
    match (words::share(row), row.rank, row.evidence) {
        (Some(share), _, Evidence::Stated) => {
            let by = row.counted_by.as_deref().unwrap_or("A source");
            Some(format!("{by} put {} share of {total}{when} at {share} %{mark}.", whose(&row.subject)))
        }
        (Some(share), _, Evidence::Computed) => {
            let (amount, all) = (words::amount(row.amount?), words::amount(row.total?));
            let by = row.counted_by.as_deref().map_or(String::new(), |by| format!(" by the rows of “{by}”,"));
            Some(format!(
                "{subject} held {share} % of {total}{when}: {amount} of {all} {},{by} measured against {}.",
                row.amount_unit,
                denominator(row.denominator)
            ))
        }
        (None, Some(rank), _) => {
            let by = row.counted_by.as_deref().map_or(String::new(), |by| format!(", says {by}"));
            Some(format!("{subject} was number {rank} in {total}{when}{by}{mark}."))
        }
        (None, None, _) => None,
    }
}

/// Chooses the rows worth a sentence: of each kind of evidence the latest period's first named subject.
pub(super) fn worth_saying(rows: &[AnswerRow]) -> Vec<&AnswerRow> {
    let mut chosen: Vec<&AnswerRow> = Vec::new();
    for evidence in [Evidence::Stated, Evidence::Computed] {
        let of_kind = || {
            rows.iter().filter(|row| row.evidence == evidence && row.subject.kind != SubjectKind::Residual)
        };
        let latest = of_kind()
            .filter(|row| row.share_pct.is_some() || row.rank.is_some())
            .filter_map(|row| row.period)
            .max();
        let best = of_kind()
            .filter(|row| row.period == latest)
            .max_by(|a, b| a.share_pct.unwrap_or(-1.0).total_cmp(&b.share_pct.unwrap_or(-1.0)));
        chosen.extend(best);
    }
    chosen
}
