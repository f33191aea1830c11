//! Numbers, periods and products in the words of a page.

use crate::model::{
    AnswerRow, Basis, Denominator, Evidence, Period, Qualifier, Unit, round_half_away, share_text,
};
use crate::reference::products;

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

/// Names a period as prose does: `the second quarter of 2022`, `June 2022`.
pub(super) fn period(period: &Period) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    const QUARTERS: [&str; 4] = ["first", "second", "third", "fourth"];
    let Some((first, count)) = period.month_run() else { return period.to_string() };
    let (year, month) = (first.div_euclid(12), first.rem_euclid(12) as usize);
    match (count, month) {
        (1, _) => format!("{} {year}", MONTHS[month]),
        (3, 0 | 3 | 6 | 9) => format!("the {} quarter of {year}", QUARTERS[month / 3]),
        (6, 0 | 6) => format!("the {} half of {year}", QUARTERS[month / 6]),
        (12, 0) => year.to_string(),
        _ => {
            let last = first + i32::from(count) - 1;
            let (last_year, last_month) = (last.div_euclid(12), last.rem_euclid(12) as usize);
            if last_year == year {
                format!("{} to {} {year}", MONTHS[month], MONTHS[last_month])
            } else {
                format!("{} {year} to {} {last_year}", MONTHS[month], MONTHS[last_month])
            }
        }
    }
}

/// Names a product as prose does: `passenger cars`, `goods of HS 8542`.
pub(super) fn product(key: &str) -> String {
    match key.split_once(':') {
        Some(("hs", code)) => format!("goods of HS {code}"),
        _ => products().get(key).map_or_else(|| key.to_owned(), |product| lower_first(&product.label)),
    }
}

/// `Passenger cars` to `passenger cars`; `LNG` and `DRAM` stay.
fn lower_first(label: &str) -> String {
    let mut chars = label.chars();
    match (chars.next(), chars.next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain(label.chars().skip(1)).collect()
        }
        _ => label.to_owned(),
    }
}

/// Names the total that a row is part of: `Russia’s imports of passenger cars`, `the world market for smartphones`.
pub(super) fn total(row: &AnswerRow) -> String {
    let goods = product(&row.product);
    let whose = if row.market.is_world() { "the world’s".to_owned() } else { possessive(&row.market.name) };
    match row.basis {
        Basis::Unspecified => format!("{whose} market for {goods}"),
        Basis::Usage => format!("{whose} use of {goods}"),
        Basis::Installed => format!("{whose} installed {goods}"),
        Basis::Revenue => format!("{whose} revenue from {goods}"),
        Basis::Capacity => format!("{whose} capacity for {goods}"),
        counted => format!("{whose} {counted} of {goods}"),
    }
}

/// `Russia’s`, `the United States’`.
pub(super) fn possessive(name: &str) -> String {
    let article = ["United ", "European Union", "Netherlands", "Philippines"]
        .iter()
        .any(|start| name.starts_with(start));
    let the = if article { "the " } else { "" };
    if name.ends_with('s') { format!("{the}{name}’") } else { format!("{the}{name}’s") }
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

/// Names the denominator.
pub(super) fn denominator(denominator: Denominator) -> &'static str {
    match denominator {
        Denominator::World => "the reported total",
        Denominator::PartnerSum => "the sum of the listed partners",
        Denominator::ReporterSum => "the sum of the reporters",
        Denominator::Published => "as published",
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

    #[test]
    fn periods_read_as_prose() {
        for (code, text) in [
            ("2022-Q2", "the second quarter of 2022"),
            ("2022-H2", "the second half of 2022"),
            ("2022-06", "June 2022"),
            ("2022", "2022"),
            ("2023-01/2023-08", "January to August 2023"),
            ("2022-04/2023-03", "April 2022 to March 2023"),
            ("2022-06-15", "2022-06-15"),
        ] {
            assert_eq!(period(&code.parse().expect("valid")), text);
        }
    }
}
