//! The words of titles, subtitles and labels: periods, products, places, bases, units.

use super::select::Entity;
use crate::model::{AnswerRow, Basis, Denominator, Evidence, Period, Subject, Unit};
use crate::reference::products;

/// Removes what would break a line of text or turn its direction; text comes from articles.
pub(super) fn clean(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    let plain: String =
        text.chars().filter(|c| !turns(*c)).map(|c| if c.is_control() { ' ' } else { c }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

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

/// Writes a period for readers: `2022`, `Q2 2022`, `June 2022`, `15 June 2022`, `January–August 2023`.
pub(crate) fn period(period: &Period) -> String {
    let month = |index: i32| MONTHS[index.rem_euclid(12) as usize];
    let Some((first, count)) = period.month_run() else {
        let day = period.first_day();
        return format!("{} {} {}", day.day(), month(i32::from(day.month()) - 1), day.year());
    };
    let (year, start) = (first.div_euclid(12), first.rem_euclid(12));
    match (count, start) {
        (12, 0) => year.to_string(),
        (6, 0 | 6) => format!("H{} {year}", start / 6 + 1),
        (3, 0 | 3 | 6 | 9) => format!("Q{} {year}", start / 3 + 1),
        (1, _) => format!("{} {year}", month(first)),
        _ => {
            let last = first + i32::from(count) - 1;
            let to = last.div_euclid(12);
            match (start, last.rem_euclid(12)) {
                (0, 11) => format!("{year}–{to}"),
                _ if year == to => format!("{}–{} {year}", month(first), month(last)),
                _ => format!("{} {year} – {} {to}", month(first), month(last)),
            }
        }
    }
}

/// Writes the span of two periods: `Q1 2022 – Q4 2022`, `Jan 2021 – Nov 2022`, or the one when they are the same.
pub(super) fn span(first: &Period, last: &Period) -> String {
    if first == last {
        return period(first);
    }
    let short = |p: &Period| match p.month_run() {
        Some((month, 1)) => {
            format!("{} {}", &MONTHS[month.rem_euclid(12) as usize][..3], month.div_euclid(12))
        }
        _ => period(p),
    };
    format!("{} – {}", short(first), short(last))
}

/// Writes a product for the middle of a sentence: `passenger cars`, `goods of HS 8703`.
pub(crate) fn product(key: &str) -> String {
    if let Some(code) = key.strip_prefix("hs:") {
        return if code.eq_ignore_ascii_case("total") {
            "all goods".to_owned()
        } else {
            format!("goods of HS {code}")
        };
    }
    match products().all().iter().find(|product| product.key == key) {
        Some(product) => lower_first(&product.label),
        None if key.is_empty() => "goods".to_owned(),
        None => clean(&key.replace('-', " ")),
    }
}

/// Lowers the first letter of an ordinary word, not of `LCD panels`.
fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().chain(text.chars().skip(1)).collect()
        }
        _ => text.to_owned(),
    }
}

/// Names that a sentence gives an article.
const WITH_ARTICLE: [&str; 18] = [
    "United States",
    "United Kingdom",
    "United Arab Emirates",
    "Netherlands",
    "Philippines",
    "Bahamas",
    "Gambia",
    "Maldives",
    "Solomon Islands",
    "Marshall Islands",
    "European Union",
    "EU",
    "EU-27",
    "Eurozone",
    "Euro area",
    "Dominican Republic",
    "Central African Republic",
    "Czech Republic",
];

/// Writes a name for the middle of a sentence: `the United States`.
pub(super) fn name(subject: &Subject) -> String {
    let name = clean(&subject.name);
    if WITH_ARTICLE.contains(&name.as_str()) { format!("the {name}") } else { name }
}

/// Writes whose: `Russia’s`, `the Philippines’`.
pub(crate) fn whose(subject: &Subject) -> String {
    let name = name(subject);
    if name.ends_with('s') { format!("{name}’") } else { format!("{name}’s") }
}

/// Writes a basis with its product: `imports of passenger cars`.
pub(super) fn total_of(basis: Basis, product: &str) -> String {
    match basis {
        Basis::Imports => format!("imports of {product}"),
        Basis::Exports => format!("exports of {product}"),
        Basis::Sales => format!("sales of {product}"),
        Basis::Registrations => format!("new registrations of {product}"),
        Basis::Shipments => format!("shipments of {product}"),
        Basis::Production => format!("production of {product}"),
        Basis::Revenue => format!("revenue from {product}"),
        Basis::Usage => format!("usage of {product}"),
        Basis::Installed => format!("installed base of {product}"),
        Basis::Capacity => format!("capacity for {product}"),
        Basis::Consumption => format!("consumption of {product}"),
        Basis::Unspecified => format!("market for {product}"),
    }
}

/// Writes the total with its owner: `Russia’s imports of passenger cars`, `world exports of LCD panels`.
pub(crate) fn owned_total(market: &Subject, basis: Basis, product: &str) -> String {
    let total = total_of(basis, product);
    if market.is_world() { format!("world {total}") } else { format!("{} {total}", whose(market)) }
}

/// Writes what is counted: `units`, `value (USD)`.
pub(super) fn unit(unit: Unit, amount_unit: &str) -> String {
    match unit {
        Unit::Unspecified => "unit not stated".to_owned(),
        Unit::Value | Unit::Weight | Unit::Energy if !amount_unit.is_empty() => {
            format!("{unit} ({})", clean(amount_unit))
        }
        _ => unit.to_string(),
    }
}

/// Writes the denominator of computed shares for the middle of a sentence (R2).
pub(crate) fn denominator(denominator: Denominator) -> &'static str {
    match denominator {
        Denominator::World => "the reported total",
        Denominator::PartnerSum => "the sum over listed partners",
        Denominator::ReporterSum => "the sum over reporters",
        Denominator::Published => "the total as published",
    }
}

/// Names what a row measures, for labels and for what was left out: `customs, imports, by units`.
pub(super) fn measure(row: &AnswerRow, basis: bool, unit: bool) -> String {
    let mut out = match row.evidence {
        Evidence::Stated => "stated",
        Evidence::Computed if matches!(row.basis, Basis::Imports | Basis::Exports) => "customs",
        Evidence::Computed => "computed",
    }
    .to_owned();
    if basis {
        out.push_str(", ");
        out.push_str(if row.basis == Basis::Unspecified { "basis not stated" } else { row.basis.as_str() });
    }
    if unit {
        out.push_str(&if row.unit == Unit::Unspecified {
            ", unit not stated".to_owned()
        } else {
            format!(", by {}", row.unit)
        });
    }
    out
}

/// Returns the name of what the marks of a chart differ by.
pub(super) fn entity(row: &AnswerRow, entity: Entity) -> String {
    match entity {
        Entity::Subject => clean(&row.subject.name),
        Entity::Market => clean(&row.market.name),
        Entity::Product => {
            let text = product(&row.product);
            text.chars().take(1).flat_map(char::to_uppercase).chain(text.chars().skip(1)).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::SubjectKind;

    #[test]
    fn periods_read_as_people_write_them() {
        for (code, text) in [
            ("2022", "2022"),
            ("2022-H2", "H2 2022"),
            ("2022-Q2", "Q2 2022"),
            ("2022-06", "June 2022"),
            ("2022-06-15", "15 June 2022"),
            ("2023-01/2023-08", "January–August 2023"),
            ("2022-04/2023-03", "April 2022 – March 2023"),
            ("2019..2023", "2019–2023"),
        ] {
            assert_eq!(period(&code.parse().expect("a period")), text);
        }
    }

    #[test]
    fn spans_of_months_are_short() {
        let of = |a: &str, b: &str| span(&a.parse().expect("a period"), &b.parse().expect("a period"));
        assert_eq!(of("2021-01", "2022-11"), "Jan 2021 – Nov 2022");
        assert_eq!(of("2021-Q1", "2022-Q2"), "Q1 2021 – Q2 2022");
        assert_eq!(of("2021", "2021"), "2021");
    }

    #[test]
    fn names_take_their_article_and_their_apostrophe() {
        let owner = |name: &str| whose(&Subject::new(SubjectKind::Country, name, ""));
        assert_eq!(owner("Russia"), "Russia’s");
        assert_eq!(owner("Philippines"), "the Philippines’");
        assert_eq!(owner("United Kingdom"), "the United Kingdom’s");
        assert_eq!(owned_total(&Subject::world(), Basis::Exports, "cars"), "world exports of cars");
    }

    #[test]
    fn products_without_an_entry_are_still_words() {
        assert_eq!(product("hs:8703"), "goods of HS 8703");
        assert_eq!(product("hs:TOTAL"), "all goods");
        assert_eq!(product("no-such-thing"), "no such thing");
        assert_eq!(lower_first("LCD panels"), "LCD panels");
        assert_eq!(lower_first("Passenger cars"), "passenger cars");
    }

    #[test]
    fn control_characters_and_turned_text_are_cleaned() {
        assert_eq!(clean("China\u{202e}\n\t evil\u{1b}[0m"), "China evil [0m");
    }
}
