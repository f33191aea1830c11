//! One SQLite file: open, migrate, write, read.
//!
//! One input is one transaction and one [`Batch`]: an interrupted import leaves the file as it was, the same bytes twice
//! change nothing, and any batch can be undone (R46). A value that a later release replaces is kept beside it (R31).
//! Questions are not answered here: the query stage reads through its own statements.

mod backup;
mod batch;
mod decisions;
mod failure;
mod intern;
mod log;
mod migrate;
#[cfg(test)]
mod model_tests;
mod open;
mod packed;
mod read;
mod runs;
mod spans;
#[cfg(test)]
mod testing;
mod transaction;
mod undo;
mod verify;
mod write_articles;
mod write_cells;
mod write_figures;
mod write_observations;
mod write_table;

pub use batch::{Batch, BatchMeta, Outcome};
pub use decisions::{Decision, Verdict};
pub use write_table::TableSource;

use rusqlite::Connection;
use std::path::{Path, PathBuf};

/// The database.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    path: PathBuf,
}

impl Store {
    /// Returns the connection, for the statements of the query stage.
    pub(crate) fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Returns the file; `:memory:` when there is none.
    pub fn path(&self) -> &Path {
        &self.path
    }
}
