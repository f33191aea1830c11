//! Counted amounts, in the order of the table's key and held against what is there.

use super::BatchMeta;
use super::intern::{self, Entities};
use super::log::Tally;
use crate::error::{Error, Result};
use crate::model::{Observation, Role, TableReading};
use crate::sql;
use rusqlite::{CachedStatement, Connection, Row, ToSql, named_params, params};
use std::path::Path;

const KEEP: &str = "keep the rows";

/// From this many rows on it may pay to build the second index anew.
const BULK: usize = 20_000;

/// Market, commodity, basis, period: what is read and compared at once.
type Block = (i64, i64, i64, i64);

/// A row with the numbers of its names, in the order of the clustered key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Cell<'a> {
    block: Block,
    subject: i64,
    role: i64,
    unit: &'a str,
    /// Place in the reading; last, so that of two rows of one cell the first comes first.
    index: usize,
}

/// What the file holds in a cell.
#[derive(Debug)]
struct Stored {
    subject: i64,
    role: i64,
    unit: String,
    value: Option<f64>,
    weight_kg: Option<f64>,
    quantity: Option<f64>,
    flags: String,
    batch: i64,
    line: i64,
    released: Option<String>,
}

/// Keeps the observations of a reading; `place` is dataset and batch.
pub(super) fn keep(
    db: &Connection,
    meta: &BatchMeta,
    reading: &TableReading,
    place: (i64, i64),
    entities: &mut Entities,
    tally: &mut Tally,
) -> Result<()> {
    if reading.observations.is_empty() {
        return Ok(());
    }
    let cells = sorted(db, meta, reading, entities)?;
    let bulk = is_bulk(db, cells.len()).map_err(Error::store(KEEP))?;
    if bulk {
        db.execute_batch(sql::OBSERVATION_INDEX_DROP).map_err(Error::store(KEEP))?;
    }
    write(db, meta, reading, place, &cells, tally).map_err(Error::store(KEEP))?;
    if bulk {
        db.execute_batch(sql::OBSERVATION_INDEX_ADD.trim_end()).map_err(Error::store("index the rows"))?;
    }
    Ok(())
}

/// Returns whether building the second index anew is cheaper than adding each row to it: the rows come in the order of
/// the key, which scatters them over the index, while a build sorts first.
fn is_bulk(db: &Connection, rows: usize) -> rusqlite::Result<bool> {
    if rows < BULK {
        return Ok(false);
    }
    let held: i64 = db.prepare_cached(sql::OBSERVATION_ESTIMATE)?.query_row([], |row| row.get("rows"))?;
    Ok(rows as i64 >= held / 2)
}

fn write(
    db: &Connection,
    meta: &BatchMeta,
    reading: &TableReading,
    place: (i64, i64),
    cells: &[Cell<'_>],
    tally: &mut Tally,
) -> rusqlite::Result<()> {
    let mut writer = Writer::new(db, meta, reading, place)?;
    cells.chunk_by(|a, b| a.block == b.block).try_for_each(|block| writer.keep_block(block, tally))
}

/// Returns the rows in the order of the key, each checked.
fn sorted<'a>(
    db: &Connection,
    meta: &BatchMeta,
    reading: &'a TableReading,
    entities: &mut Entities,
) -> Result<Vec<Cell<'a>>> {
    let subjects: Vec<i64> = reading.entities.iter().map(|e| entities.id(db, e)).collect::<Result<_>>()?;
    let goods: Vec<i64> =
        reading.commodities.iter().map(|c| intern::commodity(db, c)).collect::<Result<_>>()?;
    let mut cells = Vec::with_capacity(reading.observations.len());
    for (index, o) in reading.observations.iter().enumerate() {
        let bad = |reason: &str| line_error(meta, o.line, reason.to_owned());
        let get = |list: &[i64], at: u32| {
            list.get(at as usize).copied().ok_or_else(|| bad("a name of this row is not in the table's list"))
        };
        let period = o.period.code().ok_or_else(|| {
            bad(&format!("expected a period of 1 to 99 whole months, found `{}`", o.period))
        })?;
        if [o.value, o.weight_kg, o.quantity].iter().flatten().any(|amount| !amount.is_finite()) {
            return Err(bad("an amount of this row is not a finite number"));
        }
        cells.push(Cell {
            block: (get(&subjects, o.market)?, get(&goods, o.commodity)?, o.basis as i64, period),
            subject: get(&subjects, o.subject)?,
            role: o.role as i64,
            unit: &o.quantity_unit,
            index,
        });
    }
    cells.sort_unstable();
    match cells.windows(2).find(|pair| pair[0].is_cell_of(&pair[1])) {
        Some(pair) => Err(claimed_twice(meta, reading, pair[0].index, pair[1].index)),
        None => Ok(cells),
    }
}

impl Cell<'_> {
    fn is_cell_of(&self, other: &Self) -> bool {
        (self.block, self.subject, self.role, self.unit)
            == (other.block, other.subject, other.role, other.unit)
    }
}

fn claimed_twice(meta: &BatchMeta, reading: &TableReading, first: usize, second: usize) -> Error {
    let o = &reading.observations[second];
    let name = |at: u32| reading.entities[at as usize].name.as_str();
    line_error(
        meta,
        o.line,
        format!(
            "line {} already gives {} in {}, {} {} {}: one cell, two rows",
            reading.observations[first].line,
            name(o.subject),
            name(o.market),
            o.basis,
            reading.commodities[o.commodity as usize].code,
            o.period,
        ),
    )
}

fn line_error(meta: &BatchMeta, line: u64, reason: String) -> Error {
    Error::Line { path: Path::new(&meta.path).to_owned(), line, reason }
}

/// The statements of one table, prepared once.
struct Writer<'a> {
    reading: &'a TableReading,
    dataset: i64,
    batch: i64,
    released: Option<String>,
    add: CachedStatement<'a>,
    add_old: CachedStatement<'a>,
    remove: CachedStatement<'a>,
    /// `None` while the dataset has no rows: then there is nothing to compare with.
    read: Option<CachedStatement<'a>>,
}

impl<'a> Writer<'a> {
    fn new(
        db: &'a Connection,
        meta: &BatchMeta,
        reading: &'a TableReading,
        (dataset, batch): (i64, i64),
    ) -> rusqlite::Result<Self> {
        let any: bool = db
            .prepare_cached(sql::OBSERVATION_ANY)?
            .query_row(named_params! { ":dataset": dataset }, |row| row.get("found"))?;
        Ok(Self {
            reading,
            dataset,
            batch,
            released: meta.released.map(|day| day.to_string()),
            add: db.prepare_cached(sql::OBSERVATION_ADD)?,
            add_old: db.prepare_cached(sql::OBSERVATION_OLD_ADD)?,
            remove: db.prepare_cached(sql::OBSERVATION_REMOVE)?,
            read: any.then(|| db.prepare_cached(sql::OBSERVATION_BLOCK)).transpose()?,
        })
    }

    fn keep_block(&mut self, cells: &[Cell<'_>], tally: &mut Tally) -> rusqlite::Result<()> {
        let mut there = self.stored(cells[0].block)?;
        for cell in cells {
            let reading = self.reading;
            let row = &reading.observations[cell.index];
            let Some(found) = counterpart(cell, row, cells, &there).map(|at| there.swap_remove(at)) else {
                self.insert(cell, row)?;
                tally.added += 1;
                continue;
            };
            if found.says_the_same(cell, row) {
                tally.same(found.batch);
            } else if self.released.as_ref().zip(found.released.as_ref()).is_some_and(|(new, old)| new < old)
            {
                self.set_aside(cell.block, &Stored::from_row(cell, row, self.batch), found.batch)?;
                tally.older(found.batch);
            } else {
                self.set_aside(cell.block, &found, self.batch)?;
                self.take_out(cell.block, &found)?;
                self.insert(cell, row)?;
                tally.changed(found.batch);
            }
        }
        Ok(())
    }

    fn stored(&mut self, block: Block) -> rusqlite::Result<Vec<Stored>> {
        let Some(read) = &mut self.read else { return Ok(Vec::new()) };
        let (market, commodity, basis, period) = block;
        let parameters = named_params! {
            ":dataset": self.dataset, ":market": market, ":commodity": commodity, ":basis": basis, ":period_code": period,
        };
        read.query_map(parameters, stored)?.collect()
    }

    fn insert(&mut self, cell: &Cell<'_>, row: &Observation) -> rusqlite::Result<()> {
        let (market, commodity, basis, period) = cell.block;
        let line = row.line as i64;
        self.add.execute(params![
            self.dataset,
            market,
            commodity,
            basis,
            period,
            cell.subject,
            cell.role,
            row.value,
            row.weight_kg,
            row.quantity,
            cell.unit,
            row.flags,
            self.batch,
            line,
        ])?;
        Ok(())
    }

    fn set_aside(&mut self, block: Block, old: &Stored, replaced_by: i64) -> rusqlite::Result<()> {
        let (market, commodity, basis, period) = block;
        let all: [&dyn ToSql; 15] = [
            &self.dataset,
            &market,
            &commodity,
            &basis,
            &period,
            &old.subject,
            &old.role,
            &old.value,
            &old.weight_kg,
            &old.quantity,
            &old.unit,
            &old.flags,
            &old.batch,
            &old.line,
            &replaced_by,
        ];
        self.add_old.execute(all)?;
        Ok(())
    }

    fn take_out(&mut self, block: Block, old: &Stored) -> rusqlite::Result<()> {
        let (market, commodity, basis, period) = block;
        self.remove.execute(named_params! {
            ":dataset": self.dataset, ":market": market, ":commodity": commodity, ":basis": basis, ":period_code": period,
            ":subject": old.subject, ":role": old.role, ":quantity_unit": old.unit,
        })?;
        Ok(())
    }
}

impl Stored {
    fn from_row(cell: &Cell<'_>, row: &Observation, batch: i64) -> Self {
        Self {
            subject: cell.subject,
            role: cell.role,
            unit: cell.unit.to_owned(),
            value: row.value,
            weight_kg: row.weight_kg,
            quantity: row.quantity,
            flags: row.flags.clone(),
            batch,
            line: row.line as i64,
            released: None,
        }
    }

    fn has_key(&self, cell: &Cell<'_>) -> bool {
        (self.subject, self.role, self.unit.as_str()) == (cell.subject, cell.role, cell.unit)
    }

    /// Whether nothing that the row says is new: the flags are part of it (a provisional value that became final).
    fn says_the_same(&self, cell: &Cell<'_>, row: &Observation) -> bool {
        self.has_key(cell)
            && (self.value, self.weight_kg, self.quantity) == (row.value, row.weight_kg, row.quantity)
            && self.flags == row.flags
    }
}

/// Finds the stored row that the incoming one repeats or corrects.
///
/// Usually it has the same key. Two kinds of correction change the key, and keeping both rows would count the money twice:
/// a part that became a sub-total because finer codes arrived (or back), and a quantity that got its unit.
fn counterpart(cell: &Cell<'_>, row: &Observation, cells: &[Cell<'_>], there: &[Stored]) -> Option<usize> {
    there.iter().position(|old| old.has_key(cell)).or_else(|| {
        there.iter().position(|old| {
            old.subject == cell.subject
                && alike(old.role, cell.role)
                && (old.unit == cell.unit
                    || (old.unit.is_empty() || cell.unit.is_empty()) && old.value.and(row.value).is_some())
                && !cells.iter().any(|other| old.has_key(other))
        })
    })
}

fn alike(a: i64, b: i64) -> bool {
    let movable = |role| role == Role::Part as i64 || role == Role::Subtotal as i64;
    a == b || movable(a) && movable(b)
}

fn stored(row: &Row<'_>) -> rusqlite::Result<Stored> {
    Ok(Stored {
        subject: row.get("subject_id")?,
        role: row.get("role")?,
        unit: row.get("quantity_unit")?,
        value: row.get("value")?,
        weight_kg: row.get("weight_kg")?,
        quantity: row.get("quantity")?,
        flags: row.get("flags")?,
        batch: row.get("batch_id")?,
        line: row.get("line")?,
        released: row.get("released")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;
    use crate::store::testing::{meta, row, stored, table};

    #[test]
    fn a_bulk_load_leaves_the_schema_as_it_was() {
        let mut store = Store::in_memory().expect("opens");
        let index = |store: &Store| -> String {
            let sql = "SELECT sql FROM sqlite_schema WHERE name = 'observation_subject'";
            store.connection().query_row(sql, [], |r| r.get(0)).expect("the index is there")
        };
        let before = index(&store);
        let mut rows = vec![row("CHN", 1.0); BULK];
        for (at, (_, row)) in rows.iter_mut().enumerate() {
            row.period = crate::model::Period::month(1000 + at as i32 / 12, 1 + at as i32 % 12);
        }
        let reading = table(rows);
        assert!(is_bulk(store.connection(), BULK).expect("asked"));
        assert_eq!(stored(store.ingest_table(&meta("a.csv"), &reading)), (0, BULK as u64, 0, 0));
        assert_eq!(index(&store), before);
        assert_eq!(stored(store.ingest_table(&meta("b.csv"), &reading)), (0, 0, 0, BULK as u64));
        store.verify().expect("whole");
    }
}
