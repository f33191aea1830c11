//! What the log and the counts say.

use super::failure::in_words;
use super::{Batch, Store, log};
use crate::error::{Error, Result};
use crate::model::Reject;
use crate::sql;
use rusqlite::{OptionalExtension, Row, named_params};
use std::collections::BTreeSet;

const READ: &str = "read the log of imports";

impl Store {
    /// Returns the batch that holds an input with this hash.
    ///
    /// # Errors
    /// [`Error::Store`] when the database answers with an error; so all below.
    pub fn held(&self, sha256: &str) -> Result<Option<i64>> {
        log::held(&self.connection, sha256).map_err(|e| in_words(&self.path, e))
    }

    /// Returns the hashes of all inputs the file holds.
    ///
    /// # Errors
    /// As [`Store::held`].
    pub fn all_held(&self) -> Result<BTreeSet<String>> {
        let list = || -> rusqlite::Result<BTreeSet<String>> {
            let mut statement = self.connection.prepare_cached(sql::ALL_HELD)?;
            statement.query_map([], |row| row.get("sha256"))?.collect()
        };
        list().map_err(Error::store(READ)).map_err(|e| in_words(&self.path, e))
    }

    /// Returns the log, oldest first.
    ///
    /// # Errors
    /// As [`Store::held`].
    pub fn batches(&self) -> Result<Vec<Batch>> {
        let list = || -> rusqlite::Result<Vec<Batch>> {
            self.connection().prepare_cached(sql::BATCH_LIST)?.query_map([], batch)?.collect()
        };
        list().map_err(Error::store(READ)).map_err(|e| in_words(&self.path, e))
    }

    /// Returns what an input left out, in its order.
    ///
    /// # Errors
    /// As [`Store::held`]; [`Error::Unknown`] when there is no such batch.
    pub fn rejects(&self, batch: i64) -> Result<Vec<Reject>> {
        self.batch_row(batch)?;
        let list = || -> rusqlite::Result<Vec<Reject>> {
            let mut statement = self.connection.prepare_cached(sql::REJECT_LIST)?;
            statement.query_map(named_params! { ":batch": batch }, reject)?.collect()
        };
        list().map_err(Error::store(READ)).map_err(|e| in_words(&self.path, e))
    }

    /// Returns whether the batch is undone, and its dataset.
    pub(super) fn batch_row(&self, batch: i64) -> Result<(bool, Option<i64>)> {
        let get = || {
            self.connection
                .prepare_cached(sql::BATCH_GET)?
                .query_row(named_params! { ":batch": batch }, |row| {
                    Ok((row.get::<_, String>("status")? == "undone", row.get("dataset_id")?))
                })
                .optional()
        };
        get()
            .map_err(Error::store(READ))
            .map_err(|e| in_words(&self.path, e))?
            .ok_or_else(|| Error::Unknown { what: "batch", name: batch.to_string(), closest: Vec::new() })
    }

    /// Returns counts of what is kept, and the schema's version.
    ///
    /// # Errors
    /// As [`Store::held`].
    pub fn info(&self) -> Result<Vec<(&'static str, i64)>> {
        const WORDS: [(&str, &str); 13] = [
            ("inputs", "batches"),
            ("inputs undone", "undone"),
            ("documents", "documents"),
            ("figures", "figures"),
            ("figures that wait for review", "waiting"),
            ("figures with a later release", "superseded"),
            ("counted amounts", "observations"),
            ("amounts with a later release", "older"),
            ("countries, brands and other holders", "entities"),
            ("commodities", "commodities"),
            ("datasets", "datasets"),
            ("rows left out", "rejects"),
            ("bytes", "bytes"),
        ];
        let count = || -> rusqlite::Result<Vec<(&'static str, i64)>> {
            let version = self.connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
            let mut counts = vec![("schema", version)];
            self.connection.prepare_cached(sql::INFO)?.query_row([], |row| {
                for (word, column) in WORDS {
                    counts.push((word, row.get(column)?));
                }
                Ok(())
            })?;
            Ok(counts)
        };
        count().map_err(Error::store("count what is kept")).map_err(|e| in_words(&self.path, e))
    }
}

fn batch(row: &Row<'_>) -> rusqlite::Result<Batch> {
    let count = |column: &str| row.get::<_, i64>(column).map(i64::unsigned_abs);
    Ok(Batch {
        id: row.get("batch_id")?,
        status: row.get("status")?,
        kind: row.get("kind")?,
        path: row.get("path")?,
        released: row.get::<_, Option<String>>("released")?.and_then(|day| day.parse().ok()),
        recorded_at: row.get("recorded_at")?,
        documents: count("documents")?,
        figures: count("figures")?,
        added: count("added")?,
        changed: count("changed")?,
        same: count("same")?,
        rejected: count("rejected")?,
    })
}

fn reject(row: &Row<'_>) -> rusqlite::Result<Reject> {
    Ok(Reject {
        line: row.get::<_, i64>("line")?.unsigned_abs(),
        column: row.get("column_name")?,
        reason: row.get("reason")?,
        raw: row.get("raw")?,
    })
}
