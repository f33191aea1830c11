//! Takes an import back (R46).

use super::Store;
use crate::error::{Error, Result};
use crate::sql;
use rusqlite::{Connection, named_params};

const UNDO: &str = "undo the import";

impl Store {
    /// Takes an import back; what it changed gets its old value again. Its line in the log stays, marked `undone`.
    ///
    /// # Errors
    /// As [`Store::rejects`]; [`Error::Refused`] (R46) when a later batch built on it or it is undone already.
    pub fn undo(&mut self, batch: i64) -> Result<()> {
        let (undone, dataset) = self.batch_row(batch)?;
        if undone {
            return Err(refused(format!("batch {batch} is undone already"), Vec::new()));
        }
        self.write(UNDO, |db| {
            // Asked under the lock: another process may be adding to the file.
            let later = later(db, batch).map_err(Error::store(UNDO))?;
            if !later.is_empty() {
                return Err(built_on(batch, &later));
            }
            take_back(db, batch, dataset).map_err(Error::store(UNDO))
        })
    }
}

/// Returns the batches that count on this one, newest first, and how many of its cells each changed and found the same.
fn later(db: &Connection, batch: i64) -> rusqlite::Result<Vec<(i64, i64, i64)>> {
    db.prepare_cached(sql::BUILT_ON_LATER)?
        .query_map(named_params! { ":batch": batch }, |row| {
            Ok((row.get("batch_id")?, row.get("changed")?, row.get("same")?))
        })?
        .collect()
}

fn built_on(batch: i64, later: &[(i64, i64, i64)]) -> Error {
    let cells = |count: i64| if count == 1 { "1 cell".to_owned() } else { format!("{count} cells") };
    let says = later.iter().map(|(id, changed, same)| match (*changed, *same) {
        (0, 1) => format!("batch {id} relies on a cell or article of batch {batch}"),
        (0, same) => format!("batch {id} relies on {same} cells or articles of batch {batch}"),
        (changed, 0) => format!("batch {id} changed {} of batch {batch}", cells(changed)),
        (changed, same) => {
            format!("batch {id} changed {} of batch {batch} and relies on {same} more", cells(changed))
        }
    });
    let reason = says.collect::<Vec<_>>().join("; ");
    refused(reason, later.iter().map(|(id, ..)| format!("batch undo {id}")).collect())
}

fn refused(reason: String, try_instead: Vec<String>) -> Error {
    Error::Refused { rule: "R46", reason, try_instead }
}

fn take_back(db: &Connection, batch: i64, dataset: Option<i64>) -> rusqlite::Result<()> {
    let run = |sql: &str| db.prepare_cached(sql)?.execute(named_params! { ":batch": batch });
    if let Some(dataset) = dataset {
        db.prepare_cached(sql::UNDO_OBSERVATIONS)?
            .execute(named_params! { ":batch": batch, ":dataset": dataset })?;
        run(sql::UNDO_RESTORE)?;
        run(sql::UNDO_OLD)?;
    }
    run(sql::UNDO_FIGURES)?;
    run(sql::UNDO_SUPERSEDED)?;
    run(sql::UNDO_DOCUMENTS)?;
    run(sql::UNDO_BUILT_ON)?;
    run(sql::UNDO_BATCH)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::error::Error;
    use crate::model::Role;
    use crate::store::Store;
    use crate::store::testing::{cells, meta, row, stored, table};

    fn two_releases() -> Store {
        let mut store = Store::in_memory().expect("opens");
        store
            .ingest_table(&meta("a.csv"), &table(vec![row("CHN", 3690.0), row("JPN", 950.0)]))
            .expect("kept");
        store.ingest_table(&meta("b.csv"), &table(vec![row("CHN", 3960.0), row("DEU", 1.0)])).expect("kept");
        store
    }

    #[test]
    fn undo_restores_what_was_changed_and_removes_what_was_added() {
        let mut store = two_releases();
        store.undo(2).expect("undone");
        assert_eq!(cells(&store), [("CHN".to_owned(), Some(3690.0)), ("JPN".to_owned(), Some(950.0))]);
        let left: i64 = store
            .connection()
            .query_row("SELECT count(*) FROM observation_old", [], |r| r.get(0))
            .expect("counted");
        assert_eq!(left, 0);
        assert_eq!(store.batches().expect("read")[1].status, "undone");
        store.verify().expect("whole");
    }

    #[test]
    fn undo_of_a_batch_that_a_later_one_changed_is_refused() {
        let mut store = two_releases();
        match store.undo(1) {
            Err(Error::Refused { rule: "R46", reason, try_instead }) => {
                assert_eq!(reason, "batch 2 changed 1 cell of batch 1");
                assert_eq!(try_instead, ["batch undo 2"]);
            }
            other => panic!("expected a refusal, found {other:?}"),
        }
        store.undo(2).expect("the later one first");
        store.undo(1).expect("then the earlier one");
        assert!(cells(&store).is_empty());
    }

    #[test]
    fn undo_of_a_batch_whose_cells_a_later_one_repeats_is_refused() {
        let mut store = Store::in_memory().expect("opens");
        store.ingest_table(&meta("a.csv"), &table(vec![row("CHN", 1.0)])).expect("kept");
        store.ingest_table(&meta("b.csv"), &table(vec![row("CHN", 1.0), row("JPN", 1.0)])).expect("kept");
        assert!(matches!(store.undo(1), Err(Error::Refused { .. })), "else the cell of batch 2 would vanish");
    }

    #[test]
    fn an_input_can_come_again_after_undo() {
        let mut store = two_releases();
        store.undo(2).expect("undone");
        let again = store.ingest_table(&meta("b.csv"), &table(vec![row("CHN", 3960.0), row("DEU", 1.0)]));
        assert_eq!(stored(again), (0, 1, 1, 0));
        assert!(matches!(store.undo(2), Err(Error::Refused { .. })), "undone is undone");
        assert!(matches!(store.undo(9), Err(Error::Unknown { .. })));
        store.undo(3).expect("undone");
    }

    #[test]
    fn undo_puts_a_part_back_that_had_become_a_subtotal() {
        let mut store = Store::in_memory().expect("opens");
        store.ingest_table(&meta("a.csv"), &table(vec![row("CHN", 5.0)])).expect("kept");
        let mut coarser = row("CHN", 5.0);
        coarser.1.role = Role::Subtotal;
        store.ingest_table(&meta("b.csv"), &table(vec![coarser])).expect("kept");
        store.undo(2).expect("undone");
        let role: i64 =
            store.connection().query_row("SELECT role FROM observation", [], |r| r.get(0)).expect("one row");
        assert_eq!(role, Role::Part as i64);
    }

    #[test]
    fn undo_of_a_late_arrival_leaves_the_later_release() {
        let mut store = Store::in_memory().expect("opens");
        let mut later = meta("b.csv");
        later.released = Some(jiff::civil::date(2022, 10, 20));
        let mut earlier = meta("a.csv");
        earlier.released = Some(jiff::civil::date(2022, 7, 20));
        store.ingest_table(&later, &table(vec![row("CHN", 2.0)])).expect("kept");
        store.ingest_table(&earlier, &table(vec![row("CHN", 1.0)])).expect("kept");
        store.undo(2).expect("undone");
        assert_eq!(cells(&store), [("CHN".to_owned(), Some(2.0))]);
        store.undo(1).expect("undone");
        assert!(cells(&store).is_empty());
    }
}
