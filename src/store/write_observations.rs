//! Counted amounts on their way into the file: numbered, sorted, settled, and held against what is there.

use super::BatchMeta;
use super::intern::{self, Entities};
use super::log::Tally;
use super::packed::{MOST_BLOCKS, MOST_COMMODITIES, MOST_ENTITIES, Marks, Packed, cell};
use super::runs::Sorter;
use super::spans::{Span, Spans, Words};
use super::write_cells::Writer;
use crate::error::{Error, Result};
use crate::model::{Amounts, Commodity, Meeting, Observation, Period, Settled, Subject};
use rusqlite::Connection;
use std::collections::HashSet;
use std::path::Path;

pub(super) const KEEP: &str = "keep the rows";

/// Rows between two words on how far it is.
const TELL: u64 = 1 << 16;

/// Where the rows of an input go.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) dataset: i64,
    pub(super) batch: i64,
}

/// The rows of one input, taken piece by piece and written when all are there.
pub(super) struct Loader<'a> {
    db: &'a Connection,
    meta: &'a BatchMeta,
    place: Place,
    /// Whether rows of one cell are details of it.
    adds: bool,
    /// Numbers of the reading's entities and commodities.
    subjects: Vec<i64>,
    goods: Vec<i64>,
    spans: Spans,
    units: Words,
    flags: Words,
    /// Code of the period of the row before, as most rows have the same.
    period: Option<(Period, i64)>,
    sorter: Sorter,
}

impl<'a> Loader<'a> {
    pub(super) fn new(db: &'a Connection, meta: &'a BatchMeta, place: Place, adds: bool) -> Self {
        Self {
            db,
            meta,
            place,
            adds,
            subjects: Vec::new(),
            goods: Vec::new(),
            spans: Spans::new(place.dataset),
            units: Words::new(Packed::MOST_UNITS),
            flags: Words::new(Packed::MOST_FLAGS),
            period: None,
            sorter: Sorter::default(),
        }
    }

    /// Takes names that rows point to, in the order in which they are counted.
    pub(super) fn names(
        &mut self,
        subjects: &[Subject],
        goods: &[Commodity],
        entities: &mut Entities,
    ) -> Result<()> {
        for subject in subjects {
            let id = entities.id(self.db, subject)?;
            self.fits(id, MOST_ENTITIES, "countries, makes and other names")?;
            self.subjects.push(id);
        }
        for commodity in goods {
            let id = intern::commodity(self.db, commodity)?;
            self.fits(id, MOST_COMMODITIES, "commodity codes")?;
            self.goods.push(id);
        }
        Ok(())
    }

    fn fits(&self, id: i64, most: i64, what: &str) -> Result<()> {
        if id <= most {
            return Ok(());
        }
        let reason = format!("with it the file would hold more than {most} {what}: use another file");
        Err(Error::Input { path: Path::new(&self.meta.path).to_owned(), reason })
    }

    /// Takes rows; `lost` are the lines of holders without a code.
    pub(super) fn rows(&mut self, rows: &[Observation], lost: &HashSet<u64>) -> Result<()> {
        for row in rows {
            let packed = self.pack(row, lost)?;
            self.sorter.push(self.db, packed).map_err(Error::store(KEEP))?;
        }
        Ok(())
    }

    fn pack(&mut self, row: &Observation, lost: &HashSet<u64>) -> Result<Packed> {
        let bad = |reason: &str| line_error(self.meta, row.line, reason.to_owned());
        let get = |list: &[i64], at: u32| {
            list.get(at as usize).copied().ok_or_else(|| bad("a name of this row is not in the table's list"))
        };
        let market = get(&self.subjects, row.market)?;
        let subject = get(&self.subjects, row.subject)?;
        let commodity = get(&self.goods, row.commodity)?;
        let amounts = Amounts { value: row.value, weight_kg: row.weight_kg, quantity: row.quantity };
        if [row.value, row.weight_kg, row.quantity].iter().flatten().any(|amount| !amount.is_finite()) {
            return Err(bad("an amount of this row is not a finite number"));
        }
        if row.line >= Packed::MOST_LINES {
            return Err(bad("this line is too far down: split the file"));
        }
        let period = match self.period {
            Some((period, code)) if period == row.period => code,
            _ => {
                let code = row.period.code().ok_or_else(|| {
                    bad(&format!("expected a period of 1 to 99 whole months, found `{}`", row.period))
                })?;
                self.period = Some((row.period, code));
                code
            }
        };
        let many = |what: &str| line_error(self.meta, row.line, format!("too many different {what}"));
        let unit = self.units.number(&row.quantity_unit).ok_or_else(|| many("units"))?;
        let flags = self.flags.number(&row.flags).ok_or_else(|| many("status letters"))?;
        let span = self.spans.number(Span { market, basis: row.basis as i64, period });
        if span as i64 > MOST_BLOCKS {
            return Err(many("markets and periods"));
        }
        let marks = Marks { unit, flags, lost: lost.contains(&row.line) };
        Ok(Packed::new(cell(span as i64, commodity, subject, row.role as i64), row.line, marks, &amounts))
    }

    /// Writes all rows and returns what was found out about rows of one cell; rows that contradict each other are not
    /// written. `told` learns now and then how many of how many rows are through.
    pub(super) fn write(self, tally: &mut Tally, told: &mut dyn FnMut(u64, u64)) -> Result<Settled> {
        let mut settled = Settled::default();
        let run = || -> rusqlite::Result<()> {
            let (mut through, all) = (0, self.sorter.taken());
            let mut rows = self.sorter.merged(self.db)?;
            let mut writer = Writer::new(self.db, self.meta, self.place, self.spans, self.units, self.flags)?;
            let mut one_cell = OneCell::default();
            while let Some(row) = rows.next()? {
                if through % TELL == 0 {
                    told(through, all);
                }
                through += 1;
                if one_cell.rows.first().is_some_and(|first| first.key != row.key) {
                    writer.take(one_cell.rows(), tally)?;
                    one_cell.rows.clear();
                    one_cell.gone.clear();
                }
                one_cell.add(row, self.adds, &mut writer.flags, &mut settled);
            }
            writer.take(one_cell.rows(), tally)?;
            writer.finish(tally)
        };
        run().map_err(Error::store(KEEP))?;
        Ok(settled)
    }
}

/// The rows of one cell, whatever their unit; rarely more than one.
#[derive(Debug, Default)]
struct OneCell {
    rows: Vec<Packed>,
    /// Places of rows that contradict another: later ones are still held against them.
    gone: Vec<usize>,
}

impl OneCell {
    fn add(&mut self, row: Packed, adds: bool, flags: &mut Words, settled: &mut Settled) {
        let unit = row.marks().unit;
        let place = self.rows.iter().position(|held| held.marks().unit == unit).or(if self.rows.is_empty() {
            None
        } else {
            Some(0)
        });
        let Some(place) = place else {
            self.rows.push(row);
            return;
        };
        let held = &mut self.rows[place];
        let (one, other) = (held.marks(), row.marks());
        let meeting =
            held.amounts().meet(&row.amounts(), one.unit == other.unit, adds, one.lost && other.lost);
        settled.count(meeting, held.line(), row.line());
        match meeting {
            Meeting::Same => {}
            Meeting::Detail | Meeting::Lost => {
                held.set(&held.amounts().plus(&row.amounts()));
                // Several lines were added up, of which the row names the first.
                held.mark(Marks { flags: flags.with(one.flags, "+"), ..one });
            }
            Meeting::Joined => {
                let unit = if held.amounts().quantity.is_some() { one.unit } else { other.unit };
                let flags = flags.joined(one.flags, other.flags);
                held.set(&held.amounts().or(&row.amounts()));
                held.mark(Marks { unit, flags, lost: one.lost });
            }
            Meeting::Apart => self.rows.push(row),
            Meeting::Clash => self.gone.push(place),
        }
    }

    /// Returns the rows that stand.
    fn rows(&mut self) -> &[Packed] {
        if !self.gone.is_empty() {
            let mut at = 0;
            self.rows.retain(|_| {
                at += 1;
                !self.gone.contains(&(at - 1))
            });
        }
        &self.rows
    }
}

pub(super) fn line_error(meta: &BatchMeta, line: u64, reason: String) -> Error {
    Error::Line { path: Path::new(&meta.path).to_owned(), line, reason }
}
