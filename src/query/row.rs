//! A counted row as shares need it, and the unit in which it is read.

use crate::model::{Basis, Period, Role, Unit};

/// One row of the observations. Numbers of entities, codes and batches are the database's.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    /// Whose total.
    pub(super) market: i64,
    /// Who holds it.
    pub(super) subject: i64,
    /// What.
    pub(super) commodity: i64,
    /// Which total.
    pub(super) basis: Basis,
    /// When.
    pub(super) period: Period,
    /// What it is to the sum.
    pub(super) role: Role,
    /// Money.
    pub(super) value: Option<f64>,
    /// Kilograms.
    pub(super) weight_kg: Option<f64>,
    /// Pieces, litres, pairs …
    pub(super) quantity: Option<f64>,
    /// Unit of `quantity`; empty without one.
    pub(super) quantity_unit: String,
    /// Status letters.
    pub(super) flags: String,
    /// Input it came with.
    pub(super) batch: i64,
    /// Line of that input.
    pub(super) line: i64,
}

/// What is counted: shares in different units are different numbers (R1).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Counted {
    /// Supplementary quantity in this unit.
    Quantity(String),
    /// Money.
    Value,
    /// Net weight.
    Weight,
}

impl Counted {
    /// Returns the amount a row states; `None` when it states none, which is not zero (R28).
    pub(super) fn of(&self, row: &Row) -> Option<f64> {
        match self {
            Self::Value => row.value,
            Self::Weight => row.weight_kg.or_else(|| row.quantity.filter(|_| row.quantity_unit == "kg")),
            Self::Quantity(unit) => row.quantity.filter(|_| row.quantity_unit == *unit),
        }
    }

    /// Returns the unit of an answer's share.
    pub(super) fn unit(&self) -> Unit {
        match self {
            Self::Value => Unit::Value,
            Self::Weight => Unit::Weight,
            Self::Quantity(unit) => match unit.as_str() {
                "kWh" | "MWh" | "GWh" | "TWh" | "TJ" | "GJ" => Unit::Energy,
                "l" | "m" | "m2" | "m3" | "carats" => Unit::Unspecified,
                _ => Unit::Units,
            },
        }
    }

    /// Returns the unit of the amounts; `currency` is the dataset's.
    pub(super) fn amount_unit(&self, currency: &str) -> String {
        match self {
            Self::Value => currency.to_owned(),
            Self::Weight => "kg".to_owned(),
            Self::Quantity(unit) => unit.clone(),
        }
    }

    /// Returns the word of a cell id.
    pub(super) fn word(&self) -> String {
        match self {
            Self::Value => "value".to_owned(),
            Self::Weight => "weight".to_owned(),
            Self::Quantity(unit) => format!("q={unit}"),
        }
    }

    /// Reads the word of a cell id.
    pub(super) fn from_word(word: &str) -> Option<Self> {
        match word {
            "value" => Some(Self::Value),
            "weight" => Some(Self::Weight),
            _ => word.strip_prefix("q=").map(|unit| Self::Quantity(unit.to_owned())),
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A row of a hand-made file: subject, role, value.
    pub(in crate::query) fn row(subject: i64, role: Role, value: impl Into<Option<f64>>) -> Row {
        Row {
            market: 643,
            subject,
            commodity: 1,
            basis: Basis::Imports,
            period: Period::year(2022),
            role,
            value: value.into(),
            weight_kg: None,
            quantity: None,
            quantity_unit: String::new(),
            flags: String::new(),
            batch: 1,
            line: 1,
        }
    }

    #[test]
    fn a_quantity_of_another_unit_is_no_amount() {
        let mut pairs = row(1, Role::Part, 5.0);
        pairs.quantity = Some(7.0);
        pairs.quantity_unit = "pairs".to_owned();
        assert_eq!(Counted::Quantity("items".to_owned()).of(&pairs), None);
        assert_eq!(Counted::Quantity("pairs".to_owned()).of(&pairs), Some(7.0));
        assert_eq!(Counted::Weight.of(&pairs), None);
    }

    #[test]
    fn words_of_ids_round_trip() {
        for counted in [Counted::Value, Counted::Weight, Counted::Quantity("items".to_owned())] {
            assert_eq!(Counted::from_word(&counted.word()), Some(counted));
        }
        assert_eq!(Counted::from_word("money"), None);
    }
}
