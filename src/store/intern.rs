//! Names to numbers: an entity, commodity or dataset is kept once and keeps its first name.

use crate::error::{Error, Result};
use crate::model::{Commodity, Dataset, Subject};
use crate::sql;
use rusqlite::{Connection, named_params};
use std::collections::HashMap;
use std::path::Path;

const KEEP: &str = "keep a name";

/// Remembers the numbers of the entities of one input.
#[derive(Debug, Default)]
pub(super) struct Entities {
    known: HashMap<String, i64>,
}

impl Entities {
    /// Returns the entity's number, adding it when it is new.
    pub(super) fn id(&mut self, db: &Connection, subject: &Subject) -> Result<i64> {
        let key = subject.key();
        if let Some(id) = self.known.get(&key) {
            return Ok(*id);
        }
        let id = entity(db, subject, &key).map_err(Error::store(KEEP))?;
        self.known.insert(key, id);
        Ok(id)
    }
}

fn entity(db: &Connection, subject: &Subject, key: &str) -> rusqlite::Result<i64> {
    db.prepare_cached(sql::ENTITY_ADD)?.execute(named_params! {
        ":key": key,
        ":kind": subject.kind.as_str(),
        ":name": subject.name,
        ":ref_id": subject.id,
    })?;
    db.prepare_cached(sql::ENTITY_ID)?.query_row(named_params! { ":key": key }, |row| row.get(0))
}

/// Returns the commodity's number, adding it when it is new.
pub(super) fn commodity(db: &Connection, commodity: &Commodity) -> Result<i64> {
    let add = || -> rusqlite::Result<i64> {
        db.prepare_cached(sql::COMMODITY_ADD)?.execute(named_params! {
            ":scheme": commodity.scheme,
            ":code": commodity.code,
            ":title": commodity.title,
        })?;
        db.prepare_cached(sql::COMMODITY_ID)?
            .query_row(named_params! { ":scheme": commodity.scheme, ":code": commodity.code }, |row| {
                row.get(0)
            })
    };
    add().map_err(Error::store(KEEP))
}

/// Returns the dataset's number, adding it when it is new.
///
/// # Errors
/// [`Error::Input`] when the file contradicts what all rows of the dataset share: money of two currencies, CIF and FOB,
/// or reconciled and reported rows must not stand under one key.
pub(super) fn dataset(db: &Connection, path: &str, dataset: &Dataset) -> Result<i64> {
    let add = || -> rusqlite::Result<(i64, String, String, bool)> {
        db.prepare_cached(sql::DATASET_ADD)?.execute(named_params! {
            ":key": dataset.key,
            ":name": dataset.name,
            ":source": dataset.source,
            ":currency": dataset.currency,
            ":valuation": dataset.valuation,
            ":exhaustive": dataset.exhaustive,
            ":reconciled": dataset.reconciled,
            ":selection": dataset.selection,
        })?;
        db.prepare_cached(sql::DATASET_GET)?.query_row(named_params! { ":key": dataset.key }, |row| {
            Ok((row.get("dataset_id")?, row.get("currency")?, row.get("valuation")?, row.get("reconciled")?))
        })
    };
    let (id, currency, valuation, reconciled) = add().map_err(Error::store(KEEP))?;
    let differs = if !dataset.currency.is_empty() && dataset.currency != currency {
        Some((currency, dataset.currency.clone()))
    } else if dataset.valuation != valuation {
        Some((valuation, dataset.valuation.clone()))
    } else if dataset.reconciled != reconciled {
        Some((says(reconciled).to_owned(), says(dataset.reconciled).to_owned()))
    } else {
        None
    };
    match differs {
        None => Ok(id),
        Some((kept, new)) => Err(Error::Input {
            path: Path::new(path).to_owned(),
            reason: format!(
                "dataset `{}` is kept as {kept}, this file is {new}: file it under another dataset",
                dataset.key
            ),
        }),
    }
}

fn says(reconciled: bool) -> &'static str {
    if reconciled { "reconciled between both sides" } else { "reported by one side" }
}
