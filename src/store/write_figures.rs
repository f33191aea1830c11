//! Stated figures, of an article's sentence or of a table's cell.

use super::intern::Entities;
use super::log::Tally;
use crate::error::{Error, Result};
use crate::model::{Figure, FigureState};
use crate::sql;
use jiff::civil::Date;
use rusqlite::{Connection, Row, named_params};

const KEEP: &str = "keep a figure";

/// Where a figure stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) batch: i64,
    pub(super) document: Option<i64>,
    pub(super) line: Option<u64>,
    pub(super) state: FigureState,
    /// The batch with the later release, when this figure arrives late.
    pub(super) superseded_by: Option<i64>,
}

/// Where a table's figure stands, and when its publisher put it out.
#[derive(Debug, Clone, Copy)]
pub(super) struct TableCell {
    pub(super) dataset: i64,
    pub(super) batch: i64,
    pub(super) line: u64,
    pub(super) released: Option<Date>,
}

/// Keeps a figure and returns its number.
pub(super) fn keep_figure(
    db: &Connection,
    place: Place,
    figure: &Figure,
    entities: &mut Entities,
) -> Result<i64> {
    let (subject, market) = (entities.id(db, &figure.subject)?, entities.id(db, &figure.market)?);
    let add = || {
        let parameters = named_params! {
            ":batch": place.batch,
            ":document": place.document,
            ":line": place.line.map(|line| line as i64),
            ":measure": figure.measure.as_str(),
            ":value": figure.value,
            ":value_max": figure.value_max,
            ":qualifier": figure.qualifier.as_str(),
            ":subject": subject,
            ":market": market,
            ":product": figure.product,
            ":basis": figure.basis.as_str(),
            ":unit": figure.unit.as_str(),
            ":period": figure.period.map(|period| period.to_string()),
            ":period_from": figure.period.map(|period| period.first_day().to_string()),
            ":period_to": figure.period.map(|period| period.last_day().to_string()),
            ":attribution": figure.attribution,
            ":status": figure.status.as_str(),
            ":quote": figure.quote,
            ":span_start": figure.span.0 as i64,
            ":span_end": figure.span.1 as i64,
            ":rule": figure.rule,
            ":confidence": figure.confidence,
            ":confidence_full": figure.confidence_full,
            ":state": place.state.as_str(),
            ":superseded_by": place.superseded_by,
        };
        db.prepare_cached(sql::FIGURE_ADD)?.query_row(parameters, |row| row.get("figure_id"))
    };
    add().map_err(Error::store(KEEP))
}

/// Keeps a table's figure unless an earlier file of the dataset states the same in its cell; of two values the later
/// release stands.
pub(super) fn keep_table_figure(
    db: &Connection,
    cell: &TableCell,
    figure: &Figure,
    entities: &mut Entities,
    tally: &mut Tally,
) -> Result<()> {
    let (subject, market) = (entities.id(db, &figure.subject)?, entities.id(db, &figure.market)?);
    let there = || -> rusqlite::Result<Vec<Stated>> {
        let mut statement = db.prepare_cached(sql::FIGURE_CELL)?;
        let parameters = named_params! {
            ":dataset": cell.dataset,
            ":batch": cell.batch,
            ":market": market,
            ":subject": subject,
            ":product": figure.product,
            ":basis": figure.basis.as_str(),
            ":unit": figure.unit.as_str(),
            ":measure": figure.measure.as_str(),
            ":status": figure.status.as_str(),
            ":period": figure.period.map(|period| period.to_string()),
            ":period_from": figure.period.map(|period| period.first_day().to_string()),
        };
        statement.query_map(parameters, stated)?.collect()
    };
    let there = there().map_err(Error::store(KEEP))?;
    if let Some(twin) = there.iter().find(|old| old.says_the_same(figure)) {
        tally.same(twin.batch);
        return Ok(());
    }
    let released = cell.released.map(|day| day.to_string());
    let later =
        there.iter().find(|old| released.as_ref().zip(old.released.as_ref()).is_some_and(|(a, b)| a < b));
    let superseded_by = later.map(|old| old.batch);
    match later {
        Some(later) => tally.older(later.batch),
        None => {
            for old in &there {
                supersede(db, old.figure, cell.batch)?;
                tally.changed(old.batch);
            }
        }
    }
    tally.figures += 1;
    let state = FigureState::Accepted;
    let place = Place { batch: cell.batch, document: None, line: Some(cell.line), state, superseded_by };
    keep_figure(db, place, figure, entities).map(|_| ())
}

fn supersede(db: &Connection, figure: i64, batch: i64) -> Result<()> {
    let mark = || {
        db.prepare_cached(sql::FIGURE_SUPERSEDE)?
            .execute(named_params! { ":figure": figure, ":batch": batch })
    };
    mark().map(|_| ()).map_err(Error::store(KEEP))
}

/// What an earlier file states in a cell.
#[derive(Debug)]
struct Stated {
    figure: i64,
    batch: i64,
    value: f64,
    value_max: Option<f64>,
    qualifier: String,
    released: Option<String>,
}

impl Stated {
    fn says_the_same(&self, figure: &Figure) -> bool {
        (self.value, self.value_max, self.qualifier.as_str())
            == (figure.value, figure.value_max, figure.qualifier.as_str())
    }
}

fn stated(row: &Row<'_>) -> rusqlite::Result<Stated> {
    Ok(Stated {
        figure: row.get("figure_id")?,
        batch: row.get("batch_id")?,
        value: row.get("value")?,
        value_max: row.get("value_max")?,
        qualifier: row.get("qualifier")?,
        released: row.get("released")?,
    })
}
