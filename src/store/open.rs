//! Opens the file, or says in plain words why not.

use super::Store;
use super::failure::{in_words, refused};
use super::migrate;
use crate::error::{Error, Result};
use rusqlite::{Connection, OpenFlags};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long a second writer waits for the first.
const PATIENCE: Duration = Duration::from_secs(5);

const OPEN: &str = "open the database";

impl Store {
    /// Opens the file for writing, creating and migrating it as needed.
    ///
    /// # Errors
    /// [`Error::Database`] when it is foreign, newer, damaged, read-only or locked.
    pub fn open(path: &Path) -> Result<Self> {
        Self::open_within(path, PATIENCE)
    }

    pub(super) fn open_within(path: &Path, patience: Duration) -> Result<Self> {
        check_writable(path)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        let open = || -> Result<Connection> {
            let mut connection = connect(path, flags, patience)?;
            if connection.is_readonly("main").map_err(Error::store(OPEN))? {
                return Err(refused(path, "this database is read-only: the file cannot be written"));
            }
            // The check comes before anything is written: a foreign file is left exactly as it is.
            migrate::check(&connection, path)?;
            write_ahead(&connection)?;
            migrate::apply(&mut connection)?;
            Ok(connection)
        };
        let connection = open().map_err(|e| in_words(path, e))?;
        Ok(Self { connection, path: path.to_owned() })
    }

    /// Opens the file for reading; a read-only file in a read-only folder will do.
    ///
    /// # Errors
    /// As [`Store::open`]; also when it has an older schema, which only a command that writes can bring up to date.
    pub fn open_read_only(path: &Path) -> Result<Self> {
        let found = std::fs::metadata(path).map_err(Error::io("open", path))?;
        if found.is_dir() {
            return Err(refused(path, "this is a folder, not a database file"));
        }
        let open = || -> Result<Connection> {
            let connection = readable(path)?;
            let version = migrate::check(&connection, path)?;
            migrate::check_current(version, path)?;
            Ok(connection)
        };
        let connection = open().map_err(|e| in_words(path, e))?;
        Ok(Self { connection, path: path.to_owned() })
    }

    /// Makes a store that is gone when dropped.
    ///
    /// # Errors
    /// [`Error::Store`] when the schema cannot be made.
    pub fn in_memory() -> Result<Self> {
        let mut connection = Connection::open_in_memory().map_err(Error::store("open a store in memory"))?;
        settle(&connection, PATIENCE).map_err(Error::store(OPEN))?;
        migrate::apply(&mut connection)?;
        Ok(Self { connection, path: PathBuf::from(":memory:") })
    }
}

/// Says what SQLite would only call "unable to open database file".
fn check_writable(path: &Path) -> Result<()> {
    match std::fs::metadata(path) {
        Ok(found) if found.is_dir() => Err(refused(path, "this is a folder, not a database file")),
        Ok(found) if found.permissions().readonly() => {
            Err(refused(path, "this database is read-only: the file cannot be written"))
        }
        Ok(_) => Ok(()),
        Err(_) => match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() && !folder.is_dir() => {
                Err(refused(path, format!("there is no folder {} to make it in", folder.display())))
            }
            _ => Ok(()),
        },
    }
}

fn connect(name: impl AsRef<Path>, flags: OpenFlags, patience: Duration) -> Result<Connection> {
    let connection = Connection::open_with_flags(name, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)
        .map_err(Error::store(OPEN))?;
    settle(&connection, patience).map_err(Error::store(OPEN))?;
    Ok(connection)
}

fn settle(connection: &Connection, patience: Duration) -> rusqlite::Result<()> {
    connection.busy_timeout(patience)?;
    connection.set_prepared_statement_cache_capacity(128);
    connection.execute_batch(
        "PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536; PRAGMA trusted_schema = OFF;",
    )
}

/// Switches to the write-ahead log, which lets many read while one writes. Where the file system cannot, the old way stays.
fn write_ahead(connection: &Connection) -> Result<()> {
    match connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get::<_, String>(0)) {
        Err(e) if e.sqlite_error_code() == Some(rusqlite::ErrorCode::DatabaseBusy) => {
            Err(Error::store(OPEN)(e))
        }
        _ => Ok(()),
    }
}

/// Opens for reading. Beside a write-ahead log SQLite wants to make a file; where the folder forbids it, the database
/// is read as one that nobody changes, which is true as long as no log with changes lies beside it.
fn readable(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
    let plain = connect(path, flags, PATIENCE).and_then(|connection| {
        migrate::probe(&connection)?;
        Ok(connection)
    });
    let needs_folder = |e: &Error| match e {
        Error::Store { source, .. } => matches!(
            source.sqlite_error_code(),
            Some(rusqlite::ErrorCode::CannotOpen | rusqlite::ErrorCode::ReadOnly)
        ),
        _ => false,
    };
    match plain {
        Err(e) if needs_folder(&e) => {
            let mut log = path.as_os_str().to_owned();
            log.push("-wal");
            if std::fs::metadata(&log).is_ok_and(|found| found.len() > 0) {
                return Err(refused(
                    path,
                    "the file ending in -wal beside it holds changes that cannot be read in a read-only folder",
                ));
            }
            let uri = format!("file:{}?immutable=1", escaped(path)?);
            connect(uri, flags | OpenFlags::SQLITE_OPEN_URI, PATIENCE)
        }
        other => other,
    }
}

/// Writes a path as SQLite reads it in a URI.
fn escaped(path: &Path) -> Result<String> {
    let text = path.to_str().ok_or_else(|| refused(path, "the name of this file is not Unicode"))?;
    Ok(text.replace('%', "%25").replace('?', "%3f").replace('#', "%23"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sql::MIGRATIONS;
    use crate::store::testing;

    fn reason(result: Result<Store>) -> String {
        match result {
            Ok(_) => "opened".to_owned(),
            Err(Error::Database { reason, .. }) => reason,
            Err(other) => format!("another error: {other}"),
        }
    }

    #[test]
    fn a_new_file_says_whose_it_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.db");
        let store = Store::open(&path).expect("opens");
        let pragma = |name: &str| -> i64 {
            store.connection.query_row(&format!("PRAGMA {name}"), [], |r| r.get(0)).expect("a number")
        };
        assert_eq!(pragma("application_id"), 1_414_677_587);
        assert_eq!(pragma("user_version"), MIGRATIONS.len() as i64);
        assert_eq!(pragma("foreign_keys"), 1);
        let mode: String =
            store.connection.query_row("PRAGMA journal_mode", [], |r| r.get(0)).expect("a mode");
        assert_eq!(mode, "wal");
        drop(store);
        assert!(Store::open(&path).is_ok(), "it opens again");
        assert!(Store::open_read_only(&path).is_ok());
    }

    #[test]
    fn a_newer_file_is_refused_with_both_numbers() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.db");
        drop(Store::open(&path).expect("opens"));
        Connection::open(&path).expect("opens").pragma_update(None, "user_version", 99).expect("set");
        for text in [reason(Store::open(&path)), reason(Store::open_read_only(&path))] {
            assert!(text.contains("99") && text.contains(&MIGRATIONS.len().to_string()), "{text}");
        }
    }

    #[test]
    fn a_foreign_file_is_refused_and_left_as_it_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("b.db");
        let other = Connection::open(&path).expect("opens");
        other.execute_batch("CREATE TABLE cat (name TEXT)").expect("made");
        drop(other);
        let before = std::fs::read(&path).expect("readable");
        assert!(reason(Store::open(&path)).contains("another program"));
        assert!(reason(Store::open_read_only(&path)).contains("another program"));
        assert_eq!(std::fs::read(&path).expect("readable"), before);
    }

    #[test]
    fn a_file_with_a_foreign_mark_is_refused_even_when_empty() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("b.db");
        Connection::open(&path).expect("opens").pragma_update(None, "application_id", 7).expect("set");
        assert!(reason(Store::open(&path)).contains("another program"));
    }

    #[test]
    fn text_folders_and_missing_folders_are_told_apart() {
        let folder = tempfile::tempdir().expect("a folder");
        let text = folder.path().join("notes.db");
        std::fs::write(&text, "Dear reader, this is no database. ".repeat(100)).expect("written");
        assert!(reason(Store::open(&text)).contains("not a SQLite database"));
        assert!(reason(Store::open_read_only(&text)).contains("not a SQLite database"));
        assert!(reason(Store::open(folder.path())).contains("folder"));
        assert!(reason(Store::open_read_only(folder.path())).contains("folder"));
        assert!(reason(Store::open(&folder.path().join("no/a.db"))).contains("no folder"));
        let empty = folder.path().join("empty.db");
        std::fs::write(&empty, "").expect("written");
        assert!(reason(Store::open_read_only(&empty)).contains("empty"));
        assert!(Store::open(&empty).is_ok(), "an empty file becomes a database");
    }

    #[test]
    fn a_file_without_write_permission_is_read_but_not_written() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.db");
        testing::filled(&path);
        let set = |path: &Path, readonly: bool| {
            let mut permissions = std::fs::metadata(path).expect("there").permissions();
            permissions.set_readonly(readonly);
            std::fs::set_permissions(path, permissions).expect("set");
        };
        set(&path, true);
        set(folder.path(), true);
        assert!(reason(Store::open(&path)).contains("read-only"));
        let store = Store::open_read_only(&path).expect("reads");
        assert_eq!(store.batches().expect("listed").len(), 1);
        drop(store);
        set(folder.path(), false);
    }

    #[test]
    fn a_store_that_reads_does_not_write() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.db");
        testing::filled(&path);
        let mut store = Store::open_read_only(&path).expect("reads");
        assert!(matches!(store.undo(1), Err(Error::Database { .. })));
    }

    #[test]
    fn a_locked_file_is_refused_after_the_wait() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.db");
        testing::filled(&path);
        let other = Connection::open(&path).expect("opens");
        other.execute_batch("BEGIN IMMEDIATE").expect("locked");
        let wait = Duration::from_millis(20);
        let mut store = Store::open_within(&path, wait).expect("a current file opens beside a writer");
        let told = store.undo(1).expect_err("the other holds the lock").to_string();
        assert!(told.contains("another process is writing"), "{told}");
        assert!(Store::open_read_only(&path).is_ok(), "readers are not kept out");
        other.execute_batch("ROLLBACK").expect("released");
        store.undo(1).expect("now it can");
    }

    #[test]
    fn a_new_file_locked_by_another_is_refused_after_the_wait() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.db");
        let other = Connection::open(&path).expect("opens");
        other.execute_batch("BEGIN EXCLUSIVE").expect("locked");
        let text = reason(Store::open_within(&path, Duration::from_millis(20)));
        assert!(text.contains("another process is writing"), "{text}");
    }

    #[test]
    fn names_are_escaped_for_the_uri() {
        assert_eq!(escaped(Path::new("/a b/50%?#.db")).expect("Unicode"), "/a b/50%25%3f%23.db");
    }
}
