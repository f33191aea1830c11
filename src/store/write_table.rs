//! A table in one transaction: its rows, its stated shares, its rejects.

use super::log::{self, TableFacts, Tally};
use super::write_figures::{TableCell, keep_table_figure};
use super::write_observations::{Loader, Place, line_error};
use super::{BatchMeta, Outcome, Store, intern};
use crate::error::Result;
use crate::model::{Settled, TableEnd, TableHead, TableReading, TableRows};
use rusqlite::Connection;
use std::collections::HashSet;

impl Store {
    /// Keeps a table in one transaction.
    ///
    /// A cell that is there already with the same amounts stays and counts as `same`. With other amounts the later release
    /// stands and the other is kept as an older value: the new one counts as `changed` when it is the later, as `same` when
    /// the file holds a later one. Without a release day on both sides the later import is the later release.
    ///
    /// # Errors
    /// As [`Store::held`]; [`crate::Error::Line`] when two rows give one cell different amounts or an amount is no number;
    /// [`crate::Error::Input`] when the dataset is kept in another currency or valuation. Nothing is kept then.
    pub fn ingest_table(&mut self, meta: &BatchMeta, reading: &TableReading) -> Result<Outcome> {
        self.write_rows("keep the table", |db| keep_table(db, meta, reading))
    }
}

/// A table on its way to [`Store::ingest_pieces`].
pub trait TableSource {
    /// Returns the next rows; `None` after the last.
    ///
    /// # Errors
    /// When the table cannot be read on: nothing of it is kept then.
    fn next_rows(&mut self) -> Result<Option<TableRows>>;

    /// Learns how many of how many rows are written.
    fn written(&mut self, rows: u64, of: u64);

    /// Returns what is left of the table when its rows are through and settled.
    ///
    /// # Errors
    /// As [`Self::next_rows`].
    fn end(&mut self, settled: &Settled) -> Result<TableEnd>;
}

impl Store {
    /// Keeps a table that comes piece by piece in one transaction, as [`Store::ingest_table`] does, in bounded memory.
    /// Rows of one cell are settled here; those that contradict each other are left out and told to the source.
    ///
    /// # Errors
    /// As [`Store::ingest_table`], and those of the source.
    pub fn ingest_pieces(
        &mut self,
        meta: &BatchMeta,
        head: &TableHead,
        source: &mut dyn TableSource,
    ) -> Result<(Outcome, TableEnd)> {
        self.write_many_rows("keep the table", |db| keep_pieces(db, meta, head, source))
    }
}

fn keep_pieces(
    db: &Connection,
    meta: &BatchMeta,
    head: &TableHead,
    source: &mut dyn TableSource,
) -> Result<(Outcome, TableEnd)> {
    if let Some(batch) = log::held(db, &meta.sha256)? {
        return Ok((Outcome::AlreadyHeld { batch }, TableEnd::default()));
    }
    let dataset = intern::dataset(db, &meta.path, &head.dataset)?;
    let facts =
        TableFacts { profile: Some(&head.profile), encoding: Some(&head.encoding), dataset: Some(dataset) };
    let batch = log::begin(db, meta, facts)?;
    let mut entities = intern::Entities::default();
    let mut tally = Tally::default();
    let mut loader = Loader::new(db, meta, Place { dataset, batch }, head.adds);
    while let Some(rows) = source.next_rows()? {
        loader.names(&rows.entities, &rows.commodities, &mut entities)?;
        loader.rows(&rows.observations, &rows.lost)?;
    }
    let settled = loader.write(&mut tally, &mut |rows, of| source.written(rows, of))?;
    let end = source.end(&settled)?;
    for (line, figure) in &end.figures {
        let cell = TableCell { dataset, batch, line: *line, released: meta.released };
        keep_table_figure(db, &cell, figure, &mut entities, &mut tally)?;
    }
    let outcome = log::finish(db, batch, &tally, &end.rejects)?;
    Ok((outcome, end))
}

/// Writes the table inside the caller's transaction.
pub(super) fn keep_table(db: &Connection, meta: &BatchMeta, reading: &TableReading) -> Result<Outcome> {
    if let Some(batch) = log::held(db, &meta.sha256)? {
        return Ok(Outcome::AlreadyHeld { batch });
    }
    let dataset = intern::dataset(db, &meta.path, &reading.dataset)?;
    let facts = TableFacts {
        profile: Some(&reading.profile),
        encoding: Some(&reading.encoding),
        dataset: Some(dataset),
    };
    let batch = log::begin(db, meta, facts)?;
    let mut entities = intern::Entities::default();
    let mut tally = Tally::default();
    let mut loader = Loader::new(db, meta, Place { dataset, batch }, false);
    loader.names(&reading.entities, &reading.commodities, &mut entities)?;
    loader.rows(&reading.observations, &HashSet::new())?;
    let settled = loader.write(&mut tally, &mut |_, _| {})?;
    if let Some((first, second)) = settled.clashes.first() {
        let reason = format!("line {first} gives another number for the same cell: one cell, two rows");
        return Err(line_error(meta, *second, reason));
    }
    for (line, figure) in &reading.figures {
        let cell = TableCell { dataset, batch, line: *line, released: meta.released };
        keep_table_figure(db, &cell, figure, &mut entities, &mut tally)?;
    }
    log::finish(db, batch, &tally, &reading.rejects)
}

#[cfg(test)]
mod tests {
    use crate::error::Error;
    use crate::model::{Basis, Role};
    use crate::store::testing::{cells, figure, meta, row, stored, table};
    use crate::store::{Outcome, Store};

    #[test]
    fn the_same_bytes_twice_change_nothing() {
        let mut store = Store::in_memory().expect("opens");
        let reading = table(vec![row("CHN", 3690.0), row("JPN", 950.0)]);
        assert_eq!(stored(store.ingest_table(&meta("a.csv"), &reading)), (0, 2, 0, 0));
        let again = store.ingest_table(&meta("a.csv"), &reading).expect("kept");
        assert_eq!(again, Outcome::AlreadyHeld { batch: 1 });
        assert_eq!(store.held("hash of a.csv").expect("read"), Some(1));
        assert_eq!(store.held("hash of b.csv").expect("read"), None);
        assert_eq!(store.batches().expect("read").len(), 1);
    }

    #[test]
    fn the_same_cells_in_another_order_are_the_same() {
        let mut store = Store::in_memory().expect("opens");
        store.ingest_table(&meta("a.csv"), &table(vec![row("CHN", 1.0), row("JPN", 2.0)])).expect("kept");
        let turned = table(vec![row("JPN", 2.0), row("CHN", 1.0)]);
        assert_eq!(stored(store.ingest_table(&meta("b.csv"), &turned)), (0, 0, 0, 2));
        assert_eq!(cells(&store), [("CHN".to_owned(), Some(1.0)), ("JPN".to_owned(), Some(2.0))]);
    }

    #[test]
    fn a_corrected_cell_keeps_its_old_value() {
        let mut store = Store::in_memory().expect("opens");
        let mut first = meta("july.csv");
        first.released = Some(jiff::civil::date(2022, 7, 20));
        let mut second = meta("october.csv");
        second.released = Some(jiff::civil::date(2022, 10, 20));
        store.ingest_table(&first, &table(vec![row("CHN", 3690.0), row("JPN", 950.0)])).expect("kept");
        let corrected = table(vec![row("CHN", 3960.0), row("JPN", 950.0)]);
        assert_eq!(stored(store.ingest_table(&second, &corrected)), (0, 0, 1, 1));
        assert_eq!(cells(&store)[0], ("CHN".to_owned(), Some(3960.0)));
        let old: (f64, i64, i64) = store
            .connection()
            .query_row("SELECT value, batch_id, replaced_by FROM observation_old", [], |r| {
                Ok((r.get(0)?, r.get(1)?, r.get(2)?))
            })
            .expect("one old value");
        assert_eq!(old, (3690.0, 1, 2));
    }

    #[test]
    fn an_older_release_does_not_replace_a_later_one() {
        let mut store = Store::in_memory().expect("opens");
        let mut later = meta("october.csv");
        later.released = Some(jiff::civil::date(2022, 10, 20));
        let mut earlier = meta("july.csv");
        earlier.released = Some(jiff::civil::date(2022, 7, 20));
        store.ingest_table(&later, &table(vec![row("CHN", 3960.0)])).expect("kept");
        assert_eq!(stored(store.ingest_table(&earlier, &table(vec![row("CHN", 3690.0)]))), (0, 0, 0, 1));
        assert_eq!(cells(&store), [("CHN".to_owned(), Some(3960.0))]);
        let old: (f64, i64, i64) = store
            .connection()
            .query_row("SELECT value, batch_id, replaced_by FROM observation_old", [], |r| {
                Ok((r.get(0)?, r.get(1)?, r.get(2)?))
            })
            .expect("the older value is kept");
        assert_eq!(old, (3690.0, 2, 1));
    }

    #[test]
    fn unknown_and_zero_are_different_amounts() {
        let mut store = Store::in_memory().expect("opens");
        let mut unknown = row("CHN", 0.0);
        unknown.1.value = None;
        store.ingest_table(&meta("a.csv"), &table(vec![unknown])).expect("kept");
        assert_eq!(cells(&store), [("CHN".to_owned(), None)]);
        assert_eq!(stored(store.ingest_table(&meta("b.csv"), &table(vec![row("CHN", 0.0)]))), (0, 0, 1, 0));
    }

    #[test]
    fn a_part_that_becomes_a_subtotal_is_not_kept_twice() {
        let mut store = Store::in_memory().expect("opens");
        store.ingest_table(&meta("a.csv"), &table(vec![row("CHN", 5.0)])).expect("kept");
        let mut coarser = row("CHN", 5.0);
        coarser.1.role = Role::Subtotal;
        assert_eq!(stored(store.ingest_table(&meta("b.csv"), &table(vec![coarser]))), (0, 0, 1, 0));
        assert_eq!(cells(&store).len(), 1);
    }

    #[test]
    fn money_is_not_doubled_when_a_quantity_gets_its_unit_later() {
        let mut store = Store::in_memory().expect("opens");
        store.ingest_table(&meta("a.csv"), &table(vec![row("CHN", 5.0)])).expect("kept");
        let mut counted = row("CHN", 5.0);
        counted.1.quantity = Some(7.0);
        counted.1.quantity_unit = "items".to_owned();
        assert_eq!(stored(store.ingest_table(&meta("b.csv"), &table(vec![counted]))), (0, 0, 1, 0));
        assert_eq!(cells(&store).len(), 1);
    }

    #[test]
    fn a_memo_beside_a_part_is_another_cell() {
        let mut store = Store::in_memory().expect("opens");
        let mut memo = row("CHN", 4.0);
        memo.1.role = Role::Memo;
        let reading = table(vec![row("CHN", 5.0), memo]);
        assert_eq!(stored(store.ingest_table(&meta("a.csv"), &reading)), (0, 2, 0, 0));
        assert_eq!(stored(store.ingest_table(&meta("b.csv"), &reading)), (0, 0, 0, 2));
    }

    #[test]
    fn two_rows_of_one_cell_refuse_the_whole_input() {
        let mut store = Store::in_memory().expect("opens");
        let reading = table(vec![row("JPN", 1.0), row("CHN", 1.0), row("CHN", 2.0)]);
        let told = store.ingest_table(&meta("a.csv"), &reading).expect_err("one cell twice");
        assert!(matches!(&told, Error::Line { line: 4, .. }), "{told}");
        assert!(told.to_string().contains("line 3"), "{told}");
        assert!(store.batches().expect("read").is_empty(), "nothing is kept");
        assert!(cells(&store).is_empty());
    }

    #[test]
    fn an_amount_that_is_no_number_and_a_day_are_refused() {
        let mut store = Store::in_memory().expect("opens");
        let told = store.ingest_table(&meta("a.csv"), &table(vec![row("CHN", f64::NAN)]));
        assert!(matches!(told, Err(Error::Line { line: 2, .. })), "{told:?}");
        let mut day = row("CHN", 1.0);
        day.1.period = "2022-06-15".parse().expect("a day");
        assert!(matches!(store.ingest_table(&meta("a.csv"), &table(vec![day])), Err(Error::Line { .. })));
    }

    #[test]
    fn one_dataset_holds_one_currency() {
        let mut store = Store::in_memory().expect("opens");
        store.ingest_table(&meta("a.csv"), &table(vec![row("CHN", 1.0)])).expect("kept");
        let mut euros = table(vec![row("JPN", 1.0)]);
        euros.dataset.currency = "EUR".to_owned();
        let told = store.ingest_table(&meta("b.csv"), &euros).expect_err("another currency").to_string();
        assert!(told.contains("USD") && told.contains("EUR"), "{told}");
        assert_eq!(cells(&store).len(), 1);
    }

    #[test]
    fn names_stay_the_first_ones() {
        let mut store = Store::in_memory().expect("opens");
        store.ingest_table(&meta("a.csv"), &table(vec![row("CHN", 1.0)])).expect("kept");
        let mut renamed = table(vec![row("CHN", 2.0)]);
        renamed.entities[1].name = "P.R. China".to_owned();
        store.ingest_table(&meta("b.csv"), &renamed).expect("kept");
        let name: String = store
            .connection()
            .query_row("SELECT name FROM entity WHERE key = 'country/CHN'", [], |r| r.get(0))
            .expect("there");
        assert_eq!(name, "CHN");
    }

    #[test]
    fn a_transaction_that_does_not_end_leaves_the_file_as_before() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.db");
        let mut store = Store::open(&path).expect("opens");
        store.ingest_table(&meta("a.csv"), &table(vec![row("CHN", 1.0)])).expect("kept");
        let before = store.info().expect("counted");
        let transaction = store.connection.transaction().expect("begun");
        super::keep_table(&transaction, &meta("b.csv"), &table(vec![row("CHN", 2.0), row("JPN", 1.0)]))
            .expect("written");
        drop(transaction);
        drop(store);
        let mut store = Store::open(&path).expect("opens");
        assert_eq!(store.info().expect("counted")[1..12], before[1..12]);
        assert_eq!(cells(&store), [("CHN".to_owned(), Some(1.0))]);
        let again = store.ingest_table(&meta("b.csv"), &table(vec![row("CHN", 2.0), row("JPN", 1.0)]));
        assert_eq!(stored(again), (0, 1, 1, 0), "running it again completes it");
    }

    #[test]
    fn rejects_keep_their_order_and_an_empty_table_its_batch() {
        let mut store = Store::in_memory().expect("opens");
        let mut reading = table(Vec::new());
        for (line, reason) in [(9, "second"), (2, "first in the file")] {
            reading.rejects.push(crate::model::Reject {
                line,
                column: "qty".to_owned(),
                reason: reason.to_owned(),
                raw: "a;b".to_owned(),
            });
        }
        assert_eq!(stored(store.ingest_table(&meta("a.csv"), &reading)), (0, 0, 0, 0));
        assert_eq!(store.batches().expect("read")[0].rejected, 2);
        assert_eq!(store.rejects(1).expect("read"), reading.rejects);
        assert!(matches!(store.rejects(7), Err(Error::Unknown { .. })));
    }

    #[test]
    fn a_stated_share_is_kept_once_and_its_correction_replaces_it() {
        let mut store = Store::in_memory().expect("opens");
        let share = |value: f64, period: &str| {
            let mut reading = table(Vec::new());
            reading.figures = vec![(2, figure(value, period))];
            reading
        };
        store.ingest_table(&meta("a.csv"), &share(27.4, "2024-01")).expect("kept");
        let mut both = share(27.4, "2024-01");
        both.figures.push((3, figure(28.0, "2024-02")));
        let outcome = store.ingest_table(&meta("b.csv"), &both).expect("kept");
        assert!(matches!(outcome, Outcome::Stored { figures: 1, same: 1, changed: 0, .. }), "{outcome:?}");
        let outcome = store.ingest_table(&meta("c.csv"), &share(27.9, "2024-01")).expect("kept");
        assert!(matches!(outcome, Outcome::Stored { figures: 1, changed: 1, same: 0, .. }), "{outcome:?}");
        let standing = |store: &Store| -> Vec<f64> {
            let mut rows =
                store.connection().prepare("SELECT value FROM shares ORDER BY period").expect("valid");
            rows.query_map([], |r| r.get(0)).expect("runs").collect::<Result<_, _>>().expect("numbers")
        };
        assert_eq!(standing(&store), [27.9, 28.0]);
        store.undo(3).expect("undone");
        assert_eq!(standing(&store), [27.4, 28.0]);
    }

    #[test]
    fn the_codes_of_the_file_are_those_of_the_program() {
        let store = Store::in_memory().expect("opens");
        for (code, basis) in Basis::ALL.iter().enumerate() {
            let name: String = store
                .connection()
                .query_row("SELECT name FROM basis WHERE code = ?1", [code as i64], |r| r.get(0))
                .expect("there");
            assert_eq!((name.as_str(), *basis as usize), (basis.as_str(), code));
        }
        let roles: i64 =
            store.connection().query_row("SELECT count(*) FROM role", [], |r| r.get(0)).expect("read");
        assert!((0..roles).all(|code| Role::from_code(code).is_some()) && Role::from_code(roles).is_none());
    }

    #[test]
    fn the_view_prints_periods_as_the_program_does() {
        let mut store = Store::in_memory().expect("opens");
        let periods = [
            "2022",
            "2022-H1",
            "2022-H2",
            "2022-Q1",
            "2022-Q4",
            "2022-06",
            "2023-01/2023-08",
            "2022-04/2023-03",
            "2021-12/2022-02",
            "2022-11/2022-12",
            "2022-07/2023-06",
        ];
        let rows = periods.iter().map(|period| {
            let mut row = row("CHN", 1.0);
            row.1.period = period.parse().expect("a period");
            row
        });
        store.ingest_table(&meta("a.csv"), &table(rows.collect())).expect("kept");
        let mut view = store.connection().prepare("SELECT period FROM trade ORDER BY line").expect("valid");
        let printed: Vec<String> =
            view.query_map([], |r| r.get(0)).expect("runs").collect::<Result<_, _>>().expect("text");
        assert_eq!(printed, periods);
    }
}
