//! Which rows make up a market: its own, those of a group's members, those of the whole world.

use super::beside::{self, Larger};
use super::codes::Code;
use super::db::{self, Data, Names, Which};
use super::row::Row;
use super::series::{Made, Series};
use super::words;
use crate::error::Result;
use crate::model::{Basis, Period, Role, Subject, SubjectKind};
use crate::store::Store;
use std::collections::{BTreeMap, BTreeSet};

/// Which markets are asked for.
#[derive(Debug, Clone)]
pub(super) enum Markets {
    /// Every market of the file.
    All,
    /// The world.
    World(Vec<i64>),
    /// Whoever the file lists.
    Listed,
    /// A group or region, with the numbers of its own rows, should it have any.
    Group(Subject, Vec<i64>),
    /// One market under these numbers.
    One(Vec<i64>),
}

impl Markets {
    /// Resolves the market of a question.
    pub(super) fn of(market: Option<&Subject>, names: &Names) -> Self {
        let Some(market) = market else { return Self::All };
        let ids = names.ids(market);
        match market.kind {
            _ if market.is_world() => Self::World(ids),
            SubjectKind::Group if *market == words::listed() => Self::Listed,
            SubjectKind::Region => Self::Group(market.clone(), ids),
            _ => Self::One(ids),
        }
    }
}

/// Reads the series of a product in a dataset.
pub(super) fn read(
    store: &Store,
    data: &Data,
    markets: &Markets,
    names: &Names,
    codes: &[Code],
    period: Option<&Period>,
) -> Result<Vec<Series>> {
    let get = |which| db::rows(store, data, which, codes, period);
    let mut found = Vec::new();
    match markets {
        Markets::All => found.extend(direct(data, names, get(Which::AllMarkets)?)),
        Markets::One(ids) => {
            for id in ids {
                found.extend(direct(data, names, get(Which::Market(*id))?));
                if data.reconciled {
                    found.extend(derived(data, names, *id, &get(Which::Subject(*id))?));
                }
            }
        }
        Markets::Group(group, ids) => {
            for id in ids {
                found.extend(direct(data, names, get(Which::Market(*id))?));
            }
            let have: BTreeSet<Basis> = found.iter().map(|series| series.basis).collect();
            let rows = get(Which::AllMarkets)?;
            found.extend(beside::series(names, &rows, &Larger::Group(group, ids)));
            let rows = rows.into_iter().filter(|row| !have.contains(&row.basis)).collect();
            found.extend(of_group(data, names, group, rows));
        }
        Markets::Listed => {
            found.extend(beside::series(names, &get(Which::AllMarkets)?, &Larger::Listed));
        }
        Markets::World(ids) => {
            for id in ids {
                found.extend(direct(data, names, get(Which::Market(*id))?));
            }
            let have: BTreeSet<Basis> = found.iter().map(|series| series.basis).collect();
            let rows = get(Which::AllMarkets)?;
            if data.reconciled {
                let more = all_markets(data, names, &rows);
                found.extend(more.into_iter().filter(|series| !have.contains(&series.basis)));
            } else {
                found.extend(beside::series(names, &rows, &Larger::World(ids)));
            }
        }
    }
    Ok(found)
}

pub(super) fn grouped<K: Ord>(rows: Vec<Row>, key: impl Fn(&Row) -> K) -> BTreeMap<K, Vec<Row>> {
    let mut groups: BTreeMap<K, Vec<Row>> = BTreeMap::new();
    for row in rows {
        groups.entry(key(&row)).or_default().push(row);
    }
    groups
}

fn direct(data: &Data, names: &Names, rows: Vec<Row>) -> Vec<Series> {
    grouped(rows, |row| (row.market, row.basis))
        .into_iter()
        .map(|((market, basis), rows)| Series {
            market: names.get(market),
            market_word: market.to_string(),
            basis,
            made: Made::Direct,
            exhaustive: data.exhaustive,
            rows,
        })
        .collect()
}

/// Returns the role of a market that has become a holder.
pub(super) fn as_holder(names: &Names, market: i64) -> Role {
    match names.kind(market) {
        Some(SubjectKind::Residual) => Role::Residual,
        Some(SubjectKind::Region) => Role::Subtotal,
        _ => Role::Part,
    }
}

/// Returns rows with the market as holder; rows that are already inside others, and those of groups, stay away.
fn turned(names: &Names, rows: &[Row], basis: Basis) -> Vec<Row> {
    rows.iter()
        .filter(|row| matches!(row.role, Role::Part | Role::Residual))
        .map(|row| Row { subject: row.market, role: as_holder(names, row.market), basis, ..row.clone() })
        .filter(|row| row.role != Role::Subtotal)
        .collect()
}

fn derived(data: &Data, names: &Names, market: i64, rows: &[Row]) -> Option<Series> {
    let rows = turned(names, rows, Basis::Exports);
    (!rows.is_empty()).then(|| Series {
        market: names.get(market),
        market_word: market.to_string(),
        basis: Basis::Exports,
        made: Made::Derived,
        exhaustive: data.exhaustive,
        rows,
    })
}

fn all_markets(data: &Data, names: &Names, rows: &[Row]) -> Vec<Series> {
    let imports: Vec<Row> = rows
        .iter()
        .filter(|row| row.basis == Basis::Imports && as_holder(names, row.market) != Role::Subtotal)
        .cloned()
        .collect();
    let exports = imports
        .iter()
        .filter(|row| matches!(row.role, Role::Part | Role::Residual))
        .map(|row| Row { basis: Basis::Exports, ..row.clone() })
        .collect();
    [(Basis::Imports, turned(names, &imports, Basis::Imports)), (Basis::Exports, exports)]
        .into_iter()
        .filter(|(_, rows): &(Basis, Vec<Row>)| !rows.is_empty())
        .map(|(basis, rows)| Series {
            market: Subject::world(),
            market_word: "w".to_owned(),
            basis,
            made: Made::AllMarkets,
            exhaustive: data.exhaustive,
            rows,
        })
        .collect()
}

fn of_group(data: &Data, names: &Names, group: &Subject, rows: Vec<Row>) -> Vec<Series> {
    let rows = rows
        .into_iter()
        .filter(|row| !matches!(names.kind(row.market), Some(SubjectKind::Region | SubjectKind::Subnational)))
        .collect();
    grouped(rows, |row| row.basis)
        .into_iter()
        .map(|(basis, rows)| Series {
            market: group.clone(),
            market_word: format!("g={}", group.id.as_deref().unwrap_or_default()),
            basis,
            made: Made::Members,
            exhaustive: data.exhaustive,
            rows,
        })
        .collect()
}
