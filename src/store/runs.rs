//! Rows in the order of their cells, however many: runs that memory holds are sorted and merged; more of them are put
//! into a temporary table first, which SQLite keeps in a file of its own.

use super::packed::Packed;
use crate::sql;
use rusqlite::{Connection, OptionalExtension, named_params};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;

/// Rows of a run.
const RUN: usize = 1 << 20;

/// Runs that memory holds.
const HELD: usize = 6;

/// Rows of a piece of a run that is put away: 64 KiB.
const PIECE: usize = (64 << 10) / Packed::BYTES;

/// Numbers of pieces in a run; a run has fewer.
const PIECES: i64 = 1 << 20;

/// Takes rows in any order.
#[derive(Debug)]
pub(super) struct Sorter {
    rows: Vec<Packed>,
    held: Vec<Vec<Packed>>,
    put_away: i64,
    taken: u64,
    run: usize,
    most: usize,
}

impl Default for Sorter {
    fn default() -> Self {
        Self::with(RUN, HELD)
    }
}

impl Sorter {
    /// Runs of so many rows, so many of them in memory.
    pub(super) fn with(run: usize, most: usize) -> Self {
        Self { rows: Vec::new(), held: Vec::new(), put_away: 0, taken: 0, run, most }
    }

    pub(super) fn push(&mut self, db: &Connection, row: Packed) -> rusqlite::Result<()> {
        self.rows.push(row);
        self.taken += 1;
        if self.rows.len() < self.run { Ok(()) } else { self.end_run(db) }
    }

    /// Returns how many rows were taken.
    pub(super) fn taken(&self) -> u64 {
        self.taken
    }

    fn end_run(&mut self, db: &Connection) -> rusqlite::Result<()> {
        let mut run = std::mem::take(&mut self.rows);
        run.sort_unstable_by_key(Packed::order);
        self.held.push(run);
        if self.held.len() > self.most {
            for run in std::mem::take(&mut self.held) {
                put_away(db, self.put_away, &run)?;
                self.put_away += 1;
            }
        }
        self.rows.reserve(self.run);
        Ok(())
    }

    /// Returns the rows in order.
    pub(super) fn merged(mut self, db: &Connection) -> rusqlite::Result<Merged<'_>> {
        if !self.rows.is_empty() {
            self.end_run(db)?;
        }
        self.rows = Vec::new();
        let held = self.held.into_iter().map(|rows| Run { rows, at: 0, next_piece: None });
        let away =
            (0..self.put_away).map(|run| Run { rows: Vec::new(), at: 0, next_piece: Some(run * PIECES) });
        let mut merged = Merged { db, runs: held.chain(away).collect(), heads: BinaryHeap::new() };
        for run in 0..merged.runs.len() {
            if let Some(row) = merged.runs[run].next(db)? {
                merged.heads.push(Reverse(Head { row, run }));
            }
        }
        Ok(merged)
    }
}

fn put_away(db: &Connection, run: i64, rows: &[Packed]) -> rusqlite::Result<()> {
    if run == 0 {
        db.execute_batch(sql::RUN_TABLE)?;
        db.execute_batch(sql::RUN_CLEAR)?;
    }
    let mut add = db.prepare_cached(sql::RUN_ADD)?;
    let mut bytes = Vec::with_capacity(PIECE * Packed::BYTES);
    for (piece, rows) in rows.chunks(PIECE).enumerate() {
        bytes.clear();
        for row in rows {
            bytes.extend_from_slice(&row.to_bytes());
        }
        add.execute(named_params! { ":part": run * PIECES + piece as i64, ":rows": bytes })?;
    }
    Ok(())
}

/// One sorted run; `next_piece` is the piece to be read when the rows are through.
#[derive(Debug)]
struct Run {
    rows: Vec<Packed>,
    at: usize,
    next_piece: Option<i64>,
}

impl Run {
    fn next(&mut self, db: &Connection) -> rusqlite::Result<Option<Packed>> {
        if self.at == self.rows.len() {
            self.rows.clear();
            self.at = 0;
            let Some(part) = self.next_piece else {
                // The memory of a run that is through is given back.
                self.rows = Vec::new();
                return Ok(None);
            };
            let mut get = db.prepare_cached(sql::RUN_GET)?;
            let read = |row: &rusqlite::Row<'_>| {
                let bytes = row.get_ref("rows")?.as_blob()?;
                self.rows.extend(bytes.chunks_exact(Packed::BYTES).map(Packed::from_bytes));
                Ok(())
            };
            let found = get.query_row(named_params! { ":part": part }, read).optional()?;
            self.next_piece = found.map(|()| part + 1);
        }
        let row = self.rows.get(self.at).copied();
        self.at += usize::from(row.is_some());
        Ok(row)
    }
}

/// The first row of a run.
#[derive(Debug)]
struct Head {
    row: Packed,
    run: usize,
}

impl Ord for Head {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.row.order(), self.run).cmp(&(other.row.order(), other.run))
    }
}

impl PartialOrd for Head {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Head {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Head {}

/// All rows in order.
#[derive(Debug)]
pub(super) struct Merged<'a> {
    db: &'a Connection,
    runs: Vec<Run>,
    heads: BinaryHeap<Reverse<Head>>,
}

impl Merged<'_> {
    pub(super) fn next(&mut self) -> rusqlite::Result<Option<Packed>> {
        let Some(mut head) = self.heads.peek_mut() else { return Ok(None) };
        let row = head.0.row;
        match self.runs[head.0.run].next(self.db)? {
            Some(next) => head.0.row = next,
            None => {
                PeekMut::pop(head);
            }
        }
        Ok(Some(row))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Amounts;
    use crate::store::packed::Marks;

    #[test]
    fn rows_come_in_order_however_many_runs_there_are() {
        let db = Connection::open_in_memory().expect("memory");
        let row = |at: i64| {
            let amounts = Amounts { value: Some(at as f64), ..Amounts::default() };
            // Every key twice, far apart, so that the lines decide.
            Packed::new(at * 7919 % 5003, at as u64, Marks { unit: 0, flags: 0, lost: false }, &amounts)
        };
        let mut right: Vec<Packed> = (0..10_006).map(row).collect();
        right.sort_by_key(|row| (row.key, row.line()));
        for (run, most) in [(1 << 20, 6), (1000, 20), (1000, 2), (2501, 0), (5003, 1)] {
            let mut sorter = Sorter::with(run, most);
            for at in 0..10_006 {
                sorter.push(&db, row(at)).expect("kept");
            }
            let mut merged = sorter.merged(&db).expect("merges");
            let mut found = Vec::new();
            while let Some(row) = merged.next().expect("reads") {
                found.push(row.order());
            }
            assert!(
                found == right.iter().map(Packed::order).collect::<Vec<_>>(),
                "runs of {run}, {most} held"
            );
        }
    }
}
