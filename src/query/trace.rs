//! From the id of a computed share back to the rows that it was divided from.

use super::block::Pile;
use super::codes::{self, Code, Wanted};
use super::db::{self, Data, Names};
use super::markets::{Markets, read};
use super::row::{Counted, Row};
use super::series::{Cutter, Outcome, Series};
use super::share::{Split, Terms, split};
use crate::error::{Error, Result};
use crate::model::{Basis, Period, Subject, SubjectKind};
use crate::reference::{brands, places};
use crate::store::Store;
use std::collections::BTreeSet;

/// The parts of a cell id: `c:DATASET:MARKET:CODES:BASIS:PERIOD:SUBJECT:UNIT`, then `:net` without re-exports.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct CellId {
    dataset: i64,
    market: String,
    codes: Vec<i64>,
    basis: Basis,
    period: Period,
    subject: String,
    counted: Counted,
    net: bool,
}

impl CellId {
    /// Reads an id; `None` when it is none.
    pub(super) fn parse(id: &str) -> Option<Self> {
        let parts: Vec<&str> = id.strip_prefix("c:")?.split(':').collect();
        let net = parts.len() == 8 && parts[7] == "net";
        if parts.len() != 7 && !net {
            return None;
        }
        Some(Self {
            dataset: parts[0].parse().ok()?,
            market: parts[1].to_owned(),
            codes: parts[2].split('+').map(str::parse).collect::<std::result::Result<_, _>>().ok()?,
            basis: parts[3].parse().ok()?,
            period: parts[4].parse().ok()?,
            subject: parts[5].to_owned(),
            counted: Counted::from_word(parts[6])?,
            net,
        })
    }
}

/// A row with the sign it has in its sum.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Term {
    /// 1 when added, -1 when taken off.
    pub(super) sign: f64,
    /// Its amount; `None` when the row states none and left the sum.
    pub(super) amount: Option<f64>,
    /// The row.
    pub(super) row: Row,
}

/// A computed share, taken apart.
#[derive(Debug)]
pub(super) struct Trace {
    pub(super) data: Data,
    pub(super) market: Subject,
    pub(super) subject: Subject,
    pub(super) codes: Vec<Code>,
    pub(super) basis: Basis,
    pub(super) period: Period,
    pub(super) counted: Counted,
    pub(super) split: Split,
    pub(super) numerator: Vec<Term>,
    pub(super) denominator: Vec<Term>,
}

/// Recomputes a cell and keeps the rows.
pub(super) fn trace(store: &Store, names: &Names, id: &str) -> Result<Trace> {
    let gone = || Error::Unknown { what: "id", name: id.to_owned(), closest: Vec::new() };
    let cell = CellId::parse(id).ok_or_else(gone)?;
    let data = db::datasets(store)?.into_iter().find(|data| data.id == cell.dataset).ok_or_else(gone)?;
    let mut found_codes = Vec::new();
    for code in &cell.codes {
        found_codes.push(db::code_with(store, *code)?.ok_or_else(gone)?);
    }
    let wanted = codes::only(String::new(), &found_codes);
    let markets = markets_of(&cell, names).ok_or_else(gone)?;
    let series = read(store, &data, &markets, names, &found_codes, Some(&cell.period))?;
    let series = series
        .into_iter()
        .find(|s| s.basis == cell.basis && s.market_word == cell.market)
        .ok_or_else(gone)?;
    taken_apart(&cell, names, data, &series, &wanted, &found_codes).ok_or_else(gone)
}

fn markets_of(cell: &CellId, names: &Names) -> Option<Markets> {
    if cell.market == "w" {
        return Some(Markets::World(names.ids(&Subject::world())));
    }
    if cell.market == "l" {
        return Some(Markets::Listed);
    }
    if let Some(group) = cell.market.strip_prefix("b=") {
        let group = places().get(group)?.subject();
        let own = names.ids(&group);
        return Some(Markets::Group(group, own));
    }
    if let Some(group) = cell.market.strip_prefix("g=") {
        return Some(Markets::Group(places().get(group)?.subject(), Vec::new()));
    }
    let id: i64 = cell.market.parse().ok()?;
    names.kind(id).map(|_| Markets::One(vec![id]))
}

fn taken_apart(
    cell: &CellId,
    names: &Names,
    data: Data,
    series: &Series,
    wanted: &Wanted,
    codes: &[Code],
) -> Option<Trace> {
    let cutter = Cutter { wanted, codes, names, net: cell.net };
    let Outcome::Whole(found) = series.at(&cell.period, cutter) else { return None };
    let block = &found.block;
    // The answer was given once; here its rows are shown whatever the guards say now.
    let terms = Terms { selection: false, min_coverage_pct: 0.0 };
    let split = split(block, &cell.counted, terms).ok()?;
    let plants = cell.subject.strip_prefix("p=").map(|word| match brands().get(word) {
        Some(brand) => brand.subject(),
        None => Subject::new(SubjectKind::Brand, word, ""),
    });
    let (subject, pile) = match cell.subject.strip_prefix("g=") {
        None if plants.is_some() => {
            let subject = plants?;
            let members = names.plants(&subject);
            (subject, block.together(&members, true))
        }
        Some(group) => {
            let keys: BTreeSet<&str> =
                db::members(group, &cell.period).into_iter().map(|place| place.id.as_str()).collect();
            (places().get(group)?.subject(), block.together(&names.places(&keys), series.exhaustive))
        }
        None => {
            let id: i64 = cell.subject.parse().ok()?;
            let pile =
                block.parts.get(&id).or_else(|| block.residuals.get(&id)).or_else(|| block.groups.get(&id));
            let whole = block.total.as_ref().filter(|_| names.get(id).is_world());
            (names.get(id), pile.or(whole).cloned().unwrap_or_default())
        }
    };
    let lists = |pile: &Pile<'_>| {
        let signed = |rows: &[&Row], sign| {
            let term = |row: &&Row| Term { sign, amount: cell.counted.of(row), row: (**row).clone() };
            rows.iter().map(term).collect::<Vec<_>>()
        };
        let mut all = signed(&pile.plus, 1.0);
        all.extend(signed(&pile.minus, -1.0));
        all
    };
    let reported = split.denominator == crate::model::Denominator::World;
    let denominator = match &block.total {
        Some(total) if reported => lists(total),
        _ => block.additive().flat_map(lists).collect(),
    };
    Some(Trace {
        data,
        market: series.market.clone(),
        subject,
        codes: codes.to_vec(),
        basis: cell.basis,
        period: cell.period,
        counted: cell.counted.clone(),
        numerator: lists(&pile),
        denominator,
        split,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cell_ids_are_read_back() {
        let cell = CellId::parse("c:1:2:3+4:imports:2022-Q2:7:q=items").expect("an id");
        assert_eq!((cell.codes, cell.counted), (vec![3, 4], Counted::Quantity("items".to_owned())));
        assert!(CellId::parse("c:1:w:3:exports:2023-01/2023-08:g=EU:value:net").expect("an id").net);
        for id in [
            "c:1:2:3:imports:2022-Q2:7",
            "c:1:2:x:imports:2022-Q2:7:value",
            "12",
            "c:1:2:3:imports:2022:7:money",
        ] {
            assert_eq!(CellId::parse(id), None, "{id}");
        }
    }
}
