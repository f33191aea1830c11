//! The row of a batch: begun before the first row of the input, counted at the end.

use super::{BatchMeta, Outcome};
use crate::error::{Error, Result};
use crate::model::Reject;
use crate::sql;
use rusqlite::{Connection, OptionalExtension, named_params};
use std::collections::BTreeMap;

const LOG: &str = "write the log of imports";

/// What became of the parts of an input so far.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) documents: u64,
    pub(super) figures: u64,
    /// Of `figures`: those that wait for review.
    pub(super) waiting: u64,
    pub(super) added: u64,
    pub(super) changed: u64,
    pub(super) same: u64,
    /// Of `same`: cells where the file holds a later release.
    pub(super) older: u64,
    /// Earlier batches this one counts on: cells changed and found the same.
    built_on: BTreeMap<i64, (u64, u64)>,
}

impl Tally {
    /// Notes a cell of an earlier batch that has another value now.
    pub(super) fn changed(&mut self, of: i64) {
        self.changed += 1;
        self.built_on.entry(of).or_default().0 += 1;
    }

    /// Notes a cell or document of an earlier batch that stays.
    pub(super) fn same(&mut self, of: i64) {
        self.same += 1;
        self.built_on.entry(of).or_default().1 += 1;
    }

    /// Notes a cell that stays because its batch is the later release.
    pub(super) fn older(&mut self, than: i64) {
        self.older += 1;
        self.same(than);
    }
}

/// Where a table's rows come from and how it was read; all `None` for articles.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct TableFacts<'a> {
    pub(super) profile: Option<&'a str>,
    pub(super) encoding: Option<&'a str>,
    pub(super) dataset: Option<i64>,
}

/// Returns the batch that holds an input with this hash.
pub(super) fn held(db: &Connection, sha256: &str) -> Result<Option<i64>> {
    let find = || {
        db.prepare_cached(sql::HELD)?
            .query_row(named_params! { ":sha256": sha256 }, |row| row.get(0))
            .optional()
    };
    find().map_err(Error::store("look for the input"))
}

/// Begins the batch and returns its number.
pub(super) fn begin(db: &Connection, meta: &BatchMeta, table: TableFacts<'_>) -> Result<i64> {
    let add = || {
        db.prepare_cached(sql::BATCH_ADD)?.query_row(
            named_params! {
                ":path": meta.path,
                ":sha256": meta.sha256,
                ":bytes": meta.bytes as i64,
                ":kind": meta.kind,
                ":profile": table.profile,
                ":encoding": table.encoding,
                ":dataset": table.dataset,
                ":released": meta.released.map(|day| day.to_string()),
                ":recorded_at": meta.recorded_at,
                ":tool_version": meta.tool_version,
            },
            |row| row.get(0),
        )
    };
    add().map_err(Error::store(LOG))
}

/// Keeps the rejects and the counts.
pub(super) fn finish(db: &Connection, batch: i64, tally: &Tally, rejects: &[Reject]) -> Result<Outcome> {
    let write = || -> rusqlite::Result<()> {
        let mut add = db.prepare_cached(sql::REJECT_ADD)?;
        for (index, reject) in rejects.iter().enumerate() {
            add.execute(named_params! {
                ":batch": batch,
                ":seq": index as i64 + 1,
                ":line": reject.line as i64,
                ":column_name": reject.column,
                ":reason": reject.reason,
                ":raw": reject.raw,
            })?;
        }
        let mut add = db.prepare_cached(sql::BUILT_ON_ADD)?;
        for (on_batch, (changed, same)) in &tally.built_on {
            add.execute(named_params! {
                ":batch": batch, ":on_batch": on_batch, ":changed": *changed as i64, ":same": *same as i64,
            })?;
        }
        db.prepare_cached(sql::BATCH_COUNTS)?.execute(named_params! {
            ":batch": batch,
            ":documents": tally.documents as i64,
            ":figures": tally.figures as i64,
            ":added": tally.added as i64,
            ":changed": tally.changed as i64,
            ":same": tally.same as i64,
            ":older": tally.older as i64,
            ":rejected": rejects.len() as i64,
        })?;
        Ok(())
    };
    write().map_err(Error::store(LOG))?;
    Ok(Outcome::Stored {
        batch,
        documents: tally.documents,
        figures: tally.figures,
        waiting: tally.waiting,
        added: tally.added,
        changed: tally.changed,
        same: tally.same,
        rejected: rejects.len() as u64,
    })
}
