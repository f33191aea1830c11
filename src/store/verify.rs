//! Holds the file against itself: pages, foreign keys, texts, quotes.

use super::Store;
use super::failure::{in_words, refused};
use super::write_articles::hash;
use crate::error::{Error, Result};
use crate::sql;
use rusqlite::{Connection, named_params};

const VERIFY: &str = "verify the database";

/// How many faults are named; the rest is counted.
const NAMED: usize = 5;

impl Store {
    /// Checks pages, foreign keys, the texts against their hashes and the quotes of all figures against the texts.
    ///
    /// # Errors
    /// [`Error::Database`] naming what is broken.
    pub fn verify(&self) -> Result<()> {
        let faults = faults(&self.connection).map_err(Error::store(VERIFY));
        let faults = faults.map_err(|e| in_words(&self.path, e))?;
        if faults.is_empty() {
            return Ok(());
        }
        let mut reason = faults.iter().take(NAMED).cloned().collect::<Vec<_>>().join("; ");
        if faults.len() > NAMED {
            reason.push_str(&format!("; and {} more", faults.len() - NAMED));
        }
        Err(refused(&self.path, reason))
    }
}

fn faults(db: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut found = pages(db)?;
    found.extend(foreign_keys(db)?);
    found.extend(cells(db)?);
    found.extend(undone_rows(db)?);
    found.extend(quotes(db)?);
    Ok(found)
}

fn pages(db: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut statement = db.prepare("PRAGMA integrity_check")?;
    let lines: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(lines.into_iter().filter(|line| line != "ok").collect())
}

fn foreign_keys(db: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut statement = db.prepare("PRAGMA foreign_key_check")?;
    statement
        .query_map([], |row| {
            let (table, parent): (String, String) = (row.get("table")?, row.get("parent")?);
            Ok(format!("a row of {table} points to a {parent} that is not there"))
        })?
        .collect()
}

/// The key of a cell holds numbers that SQLite does not look up.
fn cells(db: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut statement = db.prepare_cached(sql::VERIFY_CELLS)?;
    statement
        .query_map([], |row| {
            let (cell, parent): (i64, String) = (row.get("cell")?, row.get("parent")?);
            Ok(format!("cell {cell} points to a {parent} that is not there"))
        })?
        .collect()
}

fn undone_rows(db: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut statement = db.prepare_cached(sql::VERIFY_UNDONE)?;
    let rows: Vec<(i64, i64)> = statement
        .query_map([], |row| Ok((row.get("batch_id")?, row.get("found")?)))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(rows
        .into_iter()
        .filter(|(_, found)| *found > 0)
        .map(|(batch, found)| format!("batch {batch} is undone, yet {found} of its rows are here"))
        .collect())
}

fn quotes(db: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut found = Vec::new();
    let mut documents = db.prepare_cached(sql::VERIFY_DOCUMENTS)?;
    let mut figures = db.prepare_cached(sql::VERIFY_FIGURES)?;
    let mut rows = documents.query([])?;
    while let Some(row) = rows.next()? {
        let document: i64 = row.get("document_id")?;
        let text: String = row.get("text")?;
        if hash(&text) != row.get::<_, String>("sha256")? {
            found.push(format!("the text of document {document} is not the one that was read"));
        }
        let mut rows = figures.query(named_params! { ":document": document })?;
        while let Some(row) = rows.next()? {
            let (start, end): (i64, i64) = (row.get("span_start")?, row.get("span_end")?);
            let span = usize::try_from(start).ok().zip(usize::try_from(end).ok());
            let quote: String = row.get("quote")?;
            if span.and_then(|(start, end)| text.get(start..end)) != Some(&quote) {
                let figure: i64 = row.get("figure_id")?;
                found
                    .push(format!("the quote of figure {figure} is not in document {document} at its place"));
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use crate::store::Store;
    use crate::store::testing::{article, meta, row, table};

    fn after(damage: &str) -> String {
        let mut store = Store::in_memory().expect("opens");
        store.ingest_articles(&meta("a.txt"), &[article("a", 81)], &[]).expect("kept");
        store.ingest_table(&meta("a.csv"), &table(vec![row("CHN", 1.0)])).expect("kept");
        store.verify().expect("whole before");
        store.connection().execute_batch(damage).expect("damaged");
        store.verify().expect_err("broken").to_string()
    }

    #[test]
    fn a_tampered_quote_is_found() {
        let told = after("UPDATE figure SET quote = replace(quote, '81', '18')");
        assert!(told.contains("quote of figure 1"), "{told}");
    }

    #[test]
    fn a_moved_span_is_found() {
        assert!(after("UPDATE figure SET span_end = 99999").contains("quote of figure 1"));
    }

    #[test]
    fn a_tampered_text_is_found() {
        assert!(after("UPDATE document SET text = text || ' '").contains("text of document 1"));
    }

    #[test]
    fn a_row_without_its_entity_is_found() {
        let told = after("PRAGMA foreign_keys = OFF; DELETE FROM entity WHERE key = 'country/CHN'");
        assert!(told.contains("points to a entity"), "{told}");
    }

    #[test]
    fn a_row_of_an_undone_batch_is_found() {
        assert!(after("UPDATE batch SET status = 'undone' WHERE batch_id = 2").contains("batch 2 is undone"));
    }
}
