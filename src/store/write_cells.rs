//! Sorted rows into the file: new ones are appended, others are held against what is there (R31).

use super::BatchMeta;
use super::log::Tally;
use super::packed::{Packed, cells_of};
use super::spans::{Span, Spans, Words};
use super::write_observations::Place;
use crate::model::{Amounts, Role};
use crate::sql;
use rusqlite::{CachedStatement, Connection, Row, ToSql, named_params};

/// Rows of the statement that adds many.
const MANY: usize = 16;

/// What the file holds in a cell.
#[derive(Debug)]
struct Stored {
    /// The whole key; the block in it is of this unit.
    cell: i64,
    subject: i64,
    role: i64,
    unit: usize,
    amounts: Amounts,
    flags: usize,
    batch: i64,
    line: i64,
    released: Option<String>,
}

/// The blocks of the span that is being written.
#[derive(Debug, Default)]
struct Blocks {
    /// Unit and number.
    list: Vec<(usize, i64)>,
    /// Those that were there before: their cells are compared.
    stored: Vec<(usize, i64)>,
}

/// The statements of one table, prepared once, and where it stands.
pub(super) struct Writer<'a> {
    db: &'a Connection,
    place: Place,
    released: Option<String>,
    spans: Spans,
    units: Words,
    pub(super) flags: Words,
    add: CachedStatement<'a>,
    add_many: CachedStatement<'a>,
    /// Cells to be added with the rows they come from; all with these status letters.
    waiting: Vec<(i64, Packed)>,
    flags_waiting: usize,
    span: Option<usize>,
    blocks: Blocks,
    /// Rows of one span and commodity that must be compared.
    group: Vec<Packed>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(
        db: &'a Connection,
        meta: &BatchMeta,
        place: Place,
        spans: Spans,
        units: Words,
        flags: Words,
    ) -> rusqlite::Result<Self> {
        let mut add = db.prepare_cached(sql::CELL_ADD)?;
        let mut add_many = db.prepare_cached(sql::CELL_ADD_MANY)?;
        for statement in [&mut add, &mut add_many] {
            statement.raw_bind_parameter(2, place.batch)?;
        }
        Ok(Self {
            db,
            place,
            released: meta.released.map(|day| day.to_string()),
            spans,
            units,
            flags,
            add,
            add_many,
            waiting: Vec::with_capacity(MANY),
            flags_waiting: usize::MAX,
            span: None,
            blocks: Blocks::default(),
            group: Vec::new(),
        })
    }

    /// Takes the rows of one cell, which differ in their unit; cells come in order.
    pub(super) fn take(&mut self, rows: &[Packed], tally: &mut Tally) -> rusqlite::Result<()> {
        for row in rows {
            if self.span != Some(row.span()) {
                self.compare(tally)?;
                self.enter(row.span())?;
            }
            if self.blocks.stored.is_empty() {
                self.insert(row)?;
                tally.added += 1;
                continue;
            }
            if self.group.first().is_some_and(|first| first.commodity() != row.commodity()) {
                self.compare(tally)?;
            }
            self.group.push(*row);
        }
        Ok(())
    }

    pub(super) fn finish(mut self, tally: &mut Tally) -> rusqlite::Result<()> {
        self.compare(tally)?;
        self.add_waiting()
    }

    fn enter(&mut self, span: usize) -> rusqlite::Result<()> {
        self.span = Some(span);
        let Span { market, basis, period } = self.spans.list[span];
        let parameters = named_params! {
            ":dataset": self.spans.dataset, ":market": market, ":basis": basis, ":period_code": period,
        };
        let mut list = self.db.prepare_cached(sql::BLOCK_LIST)?;
        let mut rows = list.query(parameters)?;
        self.blocks = Blocks::default();
        while let Some(row) = rows.next()? {
            let unit = row.get_ref("quantity_unit")?.as_str()?;
            // A unit that finds no number is none of the table's: its cells cannot be meant.
            if let Some(unit) = self.units.number(unit) {
                self.blocks.list.push((unit, row.get("block_id")?));
            }
        }
        self.blocks.stored = self.blocks.list.clone();
        Ok(())
    }

    /// Returns the block of the span and unit, making it when there is none.
    fn block(&mut self, span: usize, unit: usize) -> rusqlite::Result<i64> {
        if let Some((_, block)) = self.blocks.list.iter().find(|(known, _)| *known == unit) {
            return Ok(*block);
        }
        let Span { market, basis, period } = self.spans.list[span];
        let parameters = named_params! {
            ":dataset": self.spans.dataset, ":market": market, ":basis": basis, ":period_code": period,
            ":quantity_unit": self.units.word(unit),
        };
        let block = self.db.prepare_cached(sql::BLOCK_ADD)?.query_row(parameters, |row| row.get(0))?;
        self.blocks.list.push((unit, block));
        Ok(block)
    }

    /// Adds a row, together with the next ones.
    fn insert(&mut self, row: &Packed) -> rusqlite::Result<()> {
        let marks = row.marks();
        let block = self.block(row.span(), marks.unit)?;
        if marks.flags != self.flags_waiting {
            self.add_waiting()?;
            self.flags_waiting = marks.flags;
            for statement in [&mut self.add, &mut self.add_many] {
                statement.raw_bind_parameter(1, self.flags.word(marks.flags))?;
            }
        }
        self.waiting.push((row.cell(block), *row));
        if self.waiting.len() < MANY { Ok(()) } else { self.add_waiting() }
    }

    fn add_waiting(&mut self) -> rusqlite::Result<()> {
        if self.waiting.len() == MANY {
            for (at, (cell, row)) in self.waiting.iter().enumerate() {
                bind(&mut self.add_many, at, *cell, row)?;
            }
            self.add_many.raw_execute()?;
        } else {
            for (cell, row) in &self.waiting {
                bind(&mut self.add, 0, *cell, row)?;
                self.add.raw_execute()?;
            }
        }
        self.waiting.clear();
        Ok(())
    }

    /// Holds the rows of one span and commodity against what is there.
    fn compare(&mut self, tally: &mut Tally) -> rusqlite::Result<()> {
        let Some(first) = self.group.first() else { return Ok(()) };
        let first = *first;
        self.add_waiting()?;
        let mut there = self.stored(first.commodity())?;
        let rows = std::mem::take(&mut self.group);
        for row in &rows {
            let Some(found) = counterpart(row, &rows, &there).map(|at| there.swap_remove(at)) else {
                self.insert(row)?;
                tally.added += 1;
                continue;
            };
            if found.says_the_same(row) {
                tally.same(found.batch);
            } else if self.released.as_ref().zip(found.released.as_ref()).is_some_and(|(new, old)| new < old)
            {
                self.set_aside(row, &Stored::from_row(row, self.place.batch), found.batch)?;
                tally.older(found.batch);
            } else {
                self.set_aside(row, &found, self.place.batch)?;
                self.db.prepare_cached(sql::CELL_REMOVE)?.execute(named_params! { ":cell": found.cell })?;
                self.insert(row)?;
                tally.changed(found.batch);
            }
        }
        self.group = rows;
        self.group.clear();
        Ok(())
    }

    fn stored(&mut self, commodity: i64) -> rusqlite::Result<Vec<Stored>> {
        let mut found = Vec::new();
        let mut list = self.db.prepare_cached(sql::CELL_LIST)?;
        for (unit, block) in &self.blocks.stored {
            let (from, to) = cells_of(*block, commodity);
            let mut rows = list.query(named_params! { ":from_cell": from, ":to_cell": to })?;
            while let Some(row) = rows.next()? {
                found.push(stored(row, *unit, &mut self.flags)?);
            }
        }
        Ok(found)
    }

    /// Keeps an older value of the cell that `row` is in.
    fn set_aside(&mut self, row: &Packed, old: &Stored, replaced_by: i64) -> rusqlite::Result<()> {
        let Span { market, basis, period } = self.spans.list[row.span()];
        let parameters: [(&str, &dyn ToSql); 15] = [
            (":dataset", &self.spans.dataset),
            (":market", &market),
            (":commodity", &row.commodity()),
            (":basis", &basis),
            (":period_code", &period),
            (":subject", &old.subject),
            (":role", &old.role),
            (":value", &old.amounts.value),
            (":weight_kg", &old.amounts.weight_kg),
            (":quantity", &old.amounts.quantity),
            (":quantity_unit", &self.units.word(old.unit)),
            (":flags", &self.flags.word(old.flags)),
            (":batch", &old.batch),
            (":line", &old.line),
            (":replaced_by", &replaced_by),
        ];
        self.db.prepare_cached(sql::OBSERVATION_OLD_ADD)?.execute(&parameters)?;
        Ok(())
    }
}

/// Binds a row to its place in a statement that adds one or many.
fn bind(add: &mut CachedStatement<'_>, at: usize, cell: i64, row: &Packed) -> rusqlite::Result<()> {
    let (first, amounts) = (3 + 5 * at, row.amounts());
    add.raw_bind_parameter(first, cell)?;
    add.raw_bind_parameter(first + 1, amounts.value)?;
    add.raw_bind_parameter(first + 2, amounts.weight_kg)?;
    add.raw_bind_parameter(first + 3, row.line() as i64)?;
    add.raw_bind_parameter(first + 4, amounts.quantity)
}

impl Stored {
    fn from_row(row: &Packed, batch: i64) -> Self {
        let marks = row.marks();
        Self {
            cell: 0,
            subject: row.subject(),
            role: row.role(),
            unit: marks.unit,
            amounts: row.amounts(),
            flags: marks.flags,
            batch,
            line: row.line() as i64,
            released: None,
        }
    }

    fn has_key(&self, row: &Packed) -> bool {
        (self.subject, self.role, self.unit) == (row.subject(), row.role(), row.marks().unit)
    }

    /// Whether nothing that the row says is new: the flags are part of it (a provisional value that became final).
    fn says_the_same(&self, row: &Packed) -> bool {
        self.has_key(row) && self.amounts == row.amounts() && self.flags == row.marks().flags
    }
}

/// Finds the stored row that the incoming one repeats or corrects.
///
/// Usually it has the same key. Two kinds of correction change the key, and keeping both rows would count the money twice:
/// a part that became a sub-total because finer codes arrived (or back), and a quantity that got its unit.
fn counterpart(row: &Packed, rows: &[Packed], there: &[Stored]) -> Option<usize> {
    let unit = row.marks().unit;
    there.iter().position(|old| old.has_key(row)).or_else(|| {
        there.iter().position(|old| {
            old.subject == row.subject()
                && alike(old.role, row.role())
                && (old.unit == unit
                    || (old.unit == 0 || unit == 0) && old.amounts.value.and(row.amounts().value).is_some())
                && !rows.iter().any(|other| old.has_key(other))
        })
    })
}

fn alike(a: i64, b: i64) -> bool {
    let movable = |role| role == Role::Part as i64 || role == Role::Subtotal as i64;
    a == b || movable(a) && movable(b)
}

fn stored(row: &Row<'_>, unit: usize, flags: &mut Words) -> rusqlite::Result<Stored> {
    let cell: i64 = row.get("cell")?;
    Ok(Stored {
        cell,
        subject: cell >> 3 & super::packed::MOST_ENTITIES,
        role: cell & 7,
        unit,
        amounts: Amounts {
            value: row.get("value")?,
            weight_kg: row.get("weight_kg")?,
            quantity: row.get("quantity")?,
        },
        flags: flags.number(row.get_ref("flags")?.as_str()?).unwrap_or_default(),
        batch: row.get("batch_id")?,
        line: row.get("line")?,
        released: row.get("released")?,
    })
}
