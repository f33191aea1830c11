//! All or nothing, for everything that writes.

use super::Store;
use super::failure::in_words;
use crate::error::{Error, Result};
use crate::sql;
use rusqlite::{Connection, TransactionBehavior};

impl Store {
    /// Runs `work` in one transaction, which is kept when it succeeds and leaves no trace when it fails.
    ///
    /// The write lock is taken at the start, so that what `work` reads is still so when it writes.
    pub(super) fn write<T>(
        &mut self,
        action: &'static str,
        work: impl FnOnce(&Connection) -> Result<T>,
    ) -> Result<T> {
        let run = |connection: &mut Connection| -> Result<T> {
            let transaction = connection
                .transaction_with_behavior(TransactionBehavior::Immediate)
                .map_err(Error::store(action))?;
            let done = work(&transaction)?;
            transaction.commit().map_err(Error::store(action))?;
            Ok(done)
        };
        run(&mut self.connection).map_err(|e| in_words(&self.path, e))
    }

    /// Runs `work` as [`Store::write`] does, for many rows: SQLite does not look up what each points to.
    ///
    /// Their numbers come from tables that the same transaction has read or filled; `verify` looks all of them up.
    pub(super) fn write_rows<T>(
        &mut self,
        action: &'static str,
        work: impl FnOnce(&Connection) -> Result<T>,
    ) -> Result<T> {
        let look_up = |connection: &Connection, on: bool| {
            connection.pragma_update(None, "foreign_keys", on).map_err(Error::store(action))
        };
        look_up(&self.connection, false)?;
        let done = self.write(action, work);
        look_up(&self.connection, true)?;
        done
    }

    /// Runs `work` as [`Store::write_rows`] does, for so many rows that a file that holds nothing yet is better written at
    /// once: with the log beside it, every page would be written twice. Nobody reads a file that holds nothing.
    pub(super) fn write_many_rows<T>(
        &mut self,
        action: &'static str,
        work: impl FnOnce(&Connection) -> Result<T>,
    ) -> Result<T> {
        let first = self.is_new();
        if first {
            self.journal("TRUNCATE");
        }
        let done = self.write_rows(action, work);
        if first {
            self.journal("WAL");
        }
        done
    }

    fn is_new(&self) -> bool {
        self.connection.query_row(sql::IS_NEW, [], |row| row.get("new")).unwrap_or(false)
    }

    /// Switches how a transaction is made safe. Where another process has the file open, the old way stays.
    fn journal(&self, mode: &str) {
        let _ = self.connection.pragma_update(None, "journal_mode", mode);
    }
}
