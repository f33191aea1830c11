//! A correction in a person's words: `market=Russia`, `period=2022-Q2`.

use super::words;
use crate::error::{Error, Result};
use crate::model::{Figure, Measure, Qualifier};
use std::str::FromStr;

/// The fields of a figure that a person can correct; quote and place are the text's.
pub const FIELDS: [&str; 12] = [
    "subject",
    "market",
    "product",
    "basis",
    "unit",
    "period",
    "measure",
    "value",
    "value_max",
    "qualifier",
    "status",
    "attribution",
];

/// The word for nothing: `period=none`.
const NONE: &str = "none";

/// Returns the figure with changes, each a field and what is right there. `none` empties period, attribution and `value_max`.
///
/// # Errors
/// [`Error::Unknown`] for a field or name that is none, [`Error::Ambiguous`] for a name that is several, [`Error::Value`] for a
/// value that does not fit its field, or changes that change nothing.
pub fn corrected(figure: &Figure, changes: &[(String, String)]) -> Result<Figure> {
    let mut new = figure.clone();
    for (field, text) in changes {
        change(&mut new, field.trim(), text.trim())?;
    }
    check(&new)?;
    if new == *figure {
        return Err(Error::Value { expected: "a change", found: format!("what is there: {figure}") });
    }
    Ok(new)
}

fn change(figure: &mut Figure, field: &str, text: &str) -> Result<()> {
    match field {
        "subject" => figure.subject = words::subject(text)?,
        "market" => figure.market = words::market(text)?,
        "product" => figure.product = words::product(text)?,
        "basis" => figure.basis = text.parse()?,
        "unit" => figure.unit = text.parse()?,
        "period" => figure.period = optional(text)?,
        "measure" => figure.measure = text.parse()?,
        "value" => figure.value = number(text)?,
        "value_max" => {
            figure.value_max = if text == NONE { None } else { Some(number(text)?) };
            figure.qualifier = match (figure.value_max, figure.qualifier) {
                (Some(_), _) => Qualifier::Range,
                (None, Qualifier::Range) => Qualifier::Exact,
                (None, other) => other,
            };
        }
        "qualifier" => figure.qualifier = text.parse()?,
        "status" => figure.status = text.parse()?,
        "attribution" => figure.attribution = (text != NONE).then(|| text.to_owned()),
        _ => {
            let mut closest: Vec<(f64, &str)> =
                FIELDS.iter().map(|known| (strsim::jaro_winkler(known, field), *known)).collect();
            closest.sort_by(|a, b| b.0.total_cmp(&a.0));
            let closest = closest.into_iter().take(2).map(|(_, known)| known.to_owned()).collect();
            return Err(Error::Unknown { what: "field", name: field.to_owned(), closest });
        }
    }
    Ok(())
}

fn optional<T: FromStr<Err = Error>>(text: &str) -> Result<Option<T>> {
    if text == NONE { Ok(None) } else { text.parse().map(Some) }
}

fn number(text: &str) -> Result<f64> {
    let bare = text.trim_end_matches(['%', ' ']).trim_start_matches('#');
    let wrong = || Error::Value { expected: "a number such as 31.3", found: text.to_owned() };
    bare.parse::<f64>().ok().filter(|value| value.is_finite()).ok_or_else(wrong)
}

fn check(figure: &Figure) -> Result<()> {
    let wrong = |expected, found: f64| Err(Error::Value { expected, found: found.to_string() });
    match (figure.measure, figure.value_max) {
        (Measure::Rank, _) if figure.value < 1.0 || figure.value.fract() != 0.0 => {
            wrong("a rank, a whole number from 1", figure.value)
        }
        (Measure::Rank, Some(max)) => wrong("a rank without an upper end", max),
        (Measure::Share, _) if !(0.0..=100.0).contains(&figure.value) => {
            wrong("a share, 0 to 100 percent", figure.value)
        }
        (Measure::Share, Some(max)) if max <= figure.value || max > 100.0 => {
            wrong("an upper end above the value, up to 100 percent", max)
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Basis, Status, Subject, SubjectKind, Unit};

    fn figure() -> Figure {
        Figure {
            document: "a".to_owned(),
            measure: Measure::Share,
            value: 81.0,
            value_max: None,
            qualifier: Qualifier::Exact,
            subject: Subject::new(SubjectKind::Country, "China", "CHN"),
            market: Subject::new(SubjectKind::Country, "Belarus", "BLR"),
            product: "passenger-cars".to_owned(),
            basis: Basis::Sales,
            unit: Unit::Units,
            period: None,
            attribution: None,
            status: Status::Actual,
            quote: "81 percent".to_owned(),
            span: (0, 10),
            rule: "V of S".to_owned(),
            confidence: 0.7,
            confidence_full: 0.7,
        }
    }

    fn with(changes: &[(&str, &str)]) -> Result<Figure> {
        let changes: Vec<(String, String)> =
            changes.iter().map(|(field, text)| ((*field).to_owned(), (*text).to_owned())).collect();
        corrected(&figure(), &changes)
    }

    #[test]
    fn names_are_those_a_person_would_type() {
        let new = with(&[
            ("market", "Russian"),
            ("product", "phones"),
            ("period", "2022-Q2"),
            ("basis", "imports"),
        ])
        .expect("a correction");
        assert_eq!(new.market.key(), "country/RUS");
        assert_eq!((new.product.as_str(), new.basis), ("mobile-phones", Basis::Imports));
        assert_eq!(new.period.map(|p| p.to_string()).as_deref(), Some("2022-Q2"));
        assert_eq!((new.quote.as_str(), new.span), ("81 percent", (0, 10)));
    }

    #[test]
    fn a_range_has_two_ends_and_loses_them_together() {
        let range = with(&[("value", "25"), ("value_max", "28 %")]).expect("a range");
        assert_eq!((range.value, range.value_max, range.qualifier), (25.0, Some(28.0), Qualifier::Range));
        let back = corrected(&range, &[("value_max".to_owned(), "none".to_owned())]).expect("no range");
        assert_eq!((back.value_max, back.qualifier), (None, Qualifier::Exact));
    }

    #[test]
    fn what_cannot_be_is_refused() {
        for changes in [
            [("value", "130")],
            [("value", "-1")],
            [("value", "NaN")],
            [("value_max", "80")],
            [("basis", "sold")],
            [("period", "soon")],
            [("measure", "rank"); 1],
            [("market", "Belarus")],
        ] {
            let told = with(&changes);
            assert!(told.is_err() || changes[0].0 == "measure", "{changes:?}: {told:?}");
        }
        assert!(with(&[("measure", "rank"), ("value", "1.5")]).is_err());
        assert!(with(&[("market", "Congo")]).is_err_and(|e| matches!(e, Error::Ambiguous { .. })));
        let Err(Error::Unknown { what: "field", closest, .. }) = with(&[("markt", "Russia")]) else {
            panic!("the field is unknown")
        };
        assert_eq!(closest[0], "market");
    }
}
