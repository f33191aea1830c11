//! Shares, amounts and units in the words of a page; names, totals and periods are those of the charts.

use crate::model::{AnswerRow, Evidence, Qualifier, Unit, round_half_away, share_text};

/// Prints a row's share: as stated, or computed and rounded once to one decimal (R29).
pub(super) fn share(row: &AnswerRow) -> Option<String> {
    let value = row.share_pct?;
    let number = |value: f64| match row.evidence {
        Evidence::Stated => value.to_string(),
        Evidence::Computed => share_text(value, 1),
    };
    let text = match row.share_max_pct {
        Some(max) => format!("{}–{}", number(value), number(max)),
        None => number(value),
    };
    Some(match row.qualifier {
        Qualifier::Exact | Qualifier::Range => text,
        Qualifier::About => format!("about {text}"),
        Qualifier::Over => format!("over {text}"),
        Qualifier::Under => format!("under {text}"),
    })
}

/// Says that a figure was read without much certainty and that nobody has looked at it yet.
pub(super) fn unreviewed(row: &AnswerRow) -> Option<&'static str> {
    row.flags.iter().any(|flag| flag == "unreviewed").then_some("not yet reviewed")
}

/// Prints an amount in whole units with thousands apart.
pub(super) fn amount(value: f64) -> String {
    let whole = format!("{:.0}", round_half_away(value, 0));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole.as_str()), |digits| ("-", digits));
    let mut out = sign.to_owned();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Names what is counted; empty where the source does not say.
pub(super) fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Unspecified => "",
        Unit::Units => "by units",
        Unit::Value => "by value",
        Unit::Weight => "by weight",
        Unit::Energy => "by energy",
        Unit::Brands => "by number of brands",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_have_their_thousands_apart() {
        for (value, text) in
            [(0.0, "0"), (999.5, "1,000"), (10_000.0, "10,000"), (-1_234_567.0, "-1,234,567")]
        {
            assert_eq!(amount(value), text);
        }
    }
}
