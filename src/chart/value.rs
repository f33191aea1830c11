//! A share as text: rounded once, as firm as it is.

use crate::model::{AnswerRow, Evidence, Qualifier, share_text};

/// Writes a percentage: computed ones with one decimal, stated ones as written.
///
/// What is not nothing is not printed as 0, and what is not all not as 100.
pub(super) fn percent(share: f64, evidence: Evidence) -> String {
    if evidence == Evidence::Stated {
        return format!("{share}%");
    }
    let text = share_text(share, 1);
    match text.as_str() {
        "0.0" if share > 0.0 => "<0.1%".to_owned(),
        "0.0" => "0%".to_owned(),
        "100.0" if share < 100.0 => ">99.9%".to_owned(),
        "100.0" => "100%".to_owned(),
        _ => format!("{text}%"),
    }
}

/// Returns both ends of a stated range.
pub(super) fn range(row: &AnswerRow) -> Option<(f64, f64)> {
    row.share_pct.zip(row.share_max_pct).filter(|(low, high)| low < high)
}

/// Returns where a row is drawn: its share, or the middle of its range (R36).
pub(super) fn place(row: &AnswerRow) -> Option<f64> {
    range(row).map(|(low, high)| f64::midpoint(low, high)).or(row.share_pct)
}

/// Writes a row's share for a label: `80.6%`, `≈30%`, `>80%`, `25–28%`.
pub(super) fn short(row: &AnswerRow) -> String {
    let Some(share) = row.share_pct else { return "not known".to_owned() };
    if let Some((low, high)) = range(row) {
        let low = percent(low, row.evidence);
        return format!("{}–{}", low.trim_end_matches('%'), percent(high, row.evidence));
    }
    let text = percent(share, row.evidence);
    let mark = match row.qualifier {
        Qualifier::Exact | Qualifier::Range => "",
        Qualifier::About => "≈",
        Qualifier::Over => ">",
        Qualifier::Under => "<",
    };
    format!("{mark}{text}")
}

/// Writes a row's share for a sentence: `about 30%`, `more than 80%`, `25% to 28%`.
pub(super) fn long(row: &AnswerRow) -> String {
    let Some(share) = row.share_pct else { return "an unknown part".to_owned() };
    if let Some((low, high)) = range(row) {
        return format!("{} to {}", percent(low, row.evidence), percent(high, row.evidence));
    }
    let text = percent(share, row.evidence).replace('<', "less than ").replace('>', "more than ");
    match row.qualifier {
        Qualifier::Exact | Qualifier::Range => text,
        Qualifier::About => format!("about {text}"),
        Qualifier::Over => format!("more than {text}"),
        Qualifier::Under => format!("less than {text}"),
    }
}

/// Returns whether the number may be compared with another: over, under and ranges only bound it.
pub(super) fn comparable(row: &AnswerRow) -> bool {
    matches!(row.qualifier, Qualifier::Exact | Qualifier::About) && range(row).is_none()
}

/// Returns whether the mark is hollow: not exactly stated, provisional, estimated, partial or unreviewed.
pub(super) fn hollow(row: &AnswerRow) -> bool {
    row.qualifier != Qualifier::Exact || range(row).is_some() || soft(row) || unreviewed(row)
}

/// Returns whether the row's figure was read without much certainty and nobody has looked at it yet.
pub(super) fn unreviewed(row: &AnswerRow) -> bool {
    row.flags.iter().any(|flag| flag == "unreviewed")
}

/// Returns whether the row's flags say that the number may still change or was not counted in full.
pub(super) fn soft(row: &AnswerRow) -> bool {
    row.flags.iter().any(|flag| {
        matches!(flag.as_str(), "P" | "E")
            || ["provisional", "estimated", "partial", "mean of shares"]
                .iter()
                .any(|word| flag.contains(word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn something_is_not_nothing_and_nearly_all_is_not_all() {
        let computed = |share| percent(share, Evidence::Computed);
        assert_eq!(computed(80.6), "80.6%");
        assert_eq!(computed(0.04), "<0.1%");
        assert_eq!(computed(0.0), "0%");
        assert_eq!(computed(99.96), ">99.9%");
        assert_eq!(computed(100.0), "100%");
        assert_eq!(percent(81.0, Evidence::Stated), "81%");
        assert_eq!(percent(31.3, Evidence::Stated), "31.3%");
    }
}
