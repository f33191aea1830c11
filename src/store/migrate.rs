//! Recognises the file and brings its schema up to date.

use super::failure::refused;
use crate::error::{Error, Result};
use crate::sql::MIGRATIONS;
use rusqlite::{Connection, TransactionBehavior};
use std::path::Path;

/// `TRDS`, the mark in the header of our files.
const APPLICATION_ID: i64 = 1_414_677_587;

const READ: &str = "read the database's header";
const MIGRATE: &str = "bring the schema up to date";

/// Reads something, so that a file that cannot be read says so now.
pub(super) fn probe(connection: &Connection) -> Result<()> {
    number(connection, "SELECT count(*) FROM sqlite_schema").map(|_| ())
}

/// Returns the schema's version, 0 for an empty file.
///
/// # Errors
/// [`Error::Database`] when the file is of another program or of a newer version of this one.
pub(super) fn check(connection: &Connection, path: &Path) -> Result<usize> {
    let objects = number(connection, "SELECT count(*) FROM sqlite_schema")?;
    let mark = number(connection, "PRAGMA application_id")?;
    let version = number(connection, "PRAGMA user_version")?;
    let known = MIGRATIONS.len();
    if mark != APPLICATION_ID && (mark != 0 || objects > 0) {
        return Err(refused(path, "this database belongs to another program; it was left as it is"));
    }
    match usize::try_from(version) {
        Ok(version) if version <= known => Ok(version),
        _ => Err(refused(
            path,
            format!(
                "this database has schema {version}, this program knows schemas up to {known}: a newer version of it made the file"
            ),
        )),
    }
}

/// Refuses a schema that only a writer could bring up to date.
pub(super) fn check_current(version: usize, path: &Path) -> Result<()> {
    let known = MIGRATIONS.len();
    match version {
        0 => Err(refused(path, "this file is empty; nothing was ingested into it")),
        _ if version < known => Err(refused(
            path,
            format!(
                "this database has the older schema {version}, this program reads schema {known}: the next ingest brings it up to date"
            ),
        )),
        _ => Ok(()),
    }
}

/// Applies the steps that are missing, all of them or none.
pub(super) fn apply(connection: &mut Connection) -> Result<()> {
    if number(connection, "PRAGMA user_version")? == MIGRATIONS.len() as i64 {
        return Ok(());
    }
    apply_steps(connection, MIGRATIONS).map_err(Error::store(MIGRATE))
}

fn apply_steps(connection: &mut Connection, steps: &[&str]) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Read again under the lock: another process may have done it meanwhile.
    let done: i64 = transaction.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    for step in steps.iter().skip(usize::try_from(done).unwrap_or(usize::MAX)) {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", steps.len() as i64)?;
    transaction.commit()
}

fn number(connection: &Connection, sql: &str) -> Result<i64> {
    connection.query_row(sql, [], |row| row.get(0)).map_err(Error::store(READ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_that_fails_leaves_nothing() {
        let mut db = Connection::open_in_memory().expect("memory");
        assert!(apply_steps(&mut db, &["CREATE TABLE a (x)", "CREATE TABLE a (x)"]).is_err());
        assert_eq!(number(&db, "SELECT count(*) FROM sqlite_schema").expect("read"), 0);
        assert_eq!(number(&db, "PRAGMA user_version").expect("read"), 0);
    }

    #[test]
    fn only_missing_steps_run() {
        let mut db = Connection::open_in_memory().expect("memory");
        apply_steps(&mut db, &["CREATE TABLE a (x)"]).expect("first");
        apply_steps(&mut db, &["CREATE TABLE a (x)", "CREATE TABLE b (x)"]).expect("second");
        assert_eq!(number(&db, "PRAGMA user_version").expect("read"), 2);
        assert_eq!(number(&db, "SELECT count(*) FROM b").expect("made"), 0);
    }

    #[test]
    fn figures_of_an_older_file_are_accepted_ones() {
        let mut db = Connection::open_in_memory().expect("memory");
        apply_steps(&mut db, &MIGRATIONS[..1]).expect("the first schema");
        db.execute_batch(
            "INSERT INTO batch (batch_id, path, sha256, bytes, kind, recorded_at, tool_version, status)
               VALUES (1, 'a', 'x', 1, 'text', '2022-12-01', '0', 'done');
             INSERT INTO entity VALUES (1, 'country/CHN', 'country', 'China', 'CHN');
             INSERT INTO figure (batch_id, line, measure, value, qualifier, subject_id, market_id, product, basis, unit, status,
                 quote, span_start, span_end, rule, confidence)
               VALUES (1, 1, 'share', 5, 'exact', 1, 1, 'wine', 'sales', 'units', 'actual', 'x', 0, 1, 'r', 0.2)",
        )
        .expect("filled");
        apply_steps(&mut db, MIGRATIONS).expect("brought up to date");
        let state: String =
            db.query_row("SELECT state FROM shares", [], |row| row.get(0)).expect("one figure");
        assert_eq!(state, "accepted");
    }

    #[test]
    fn an_older_schema_is_refused_to_readers_with_both_numbers() {
        let told = check_current(MIGRATIONS.len(), Path::new("a.db"));
        assert!(told.is_ok());
        let told = check_current(0, Path::new("a.db")).expect_err("empty").to_string();
        assert!(told.contains("empty"), "{told}");
    }

    #[test]
    fn rows_of_the_first_schema_are_the_same_in_the_second() {
        let mut db = Connection::open_in_memory().expect("memory");
        apply_steps(&mut db, &MIGRATIONS[..1]).expect("the first schema");
        db.execute_batch(
            "INSERT INTO entity VALUES (1, 'a', 'country', 'Russia', 'RUS'), (2, 'b', 'country', 'China', 'CHN'), (524287, 'c', 'brand', 'Haval', NULL);
             INSERT INTO commodity VALUES (1, 'HS2022', '8703', 'Cars'), (1048575, 'product', 'passenger-cars', '');
             INSERT INTO dataset VALUES (3, 'x', 'X', '', 'USD', 'CIF', 0, 0, 0);
             INSERT INTO batch (batch_id, path, sha256, bytes, kind, recorded_at, tool_version, status) VALUES (5, 'a.csv', '0', 1, 'table', '', '', 'done');
             INSERT INTO observation VALUES
               (3, 1, 1, 0, 20220612, 2, 0, 5.5, NULL, NULL, '', 'E', 5, 2),
               (3, 1, 1, 0, 20220612, 2, 4, 1, 2, 3, 'items', '', 5, 3),
               (3, 1, 1048575, 11, 22001299, 524287, 1, NULL, -1.25, 7, 'l', 'PE', 5, 4),
               (3, 1, 1, 0, 20220712, 2, 0, 6, NULL, NULL, '', '', 5, 5);",
        )
        .expect("rows");
        let rows = |db: &Connection| -> Vec<String> {
            let sql = "SELECT json_array(dataset_id, market_id, commodity_id, basis, period_code, subject_id, role, value, weight_kg,
                         quantity, quantity_unit, flags, batch_id, line) FROM observation ORDER BY line";
            let mut statement = db.prepare(sql).expect("valid");
            let rows = statement.query_map([], |row| row.get(0)).expect("runs");
            rows.collect::<rusqlite::Result<_>>().expect("text")
        };
        let before = rows(&db);
        assert_eq!(before.len(), 4);
        apply_steps(&mut db, MIGRATIONS).expect("the second");
        assert_eq!(rows(&db), before);
        assert_eq!(number(&db, "SELECT count(*) FROM block").expect("counted"), 4);
    }
}
