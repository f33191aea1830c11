//! Turns what SQLite answers into what a person can act on.

use crate::error::Error;
use rusqlite::ErrorCode;
use std::path::Path;

/// Returns the error as [`Error::Database`] when the file as a whole is the trouble, unchanged otherwise.
pub(super) fn in_words(path: &Path, error: Error) -> Error {
    let Error::Store { source, .. } = &error else { return error };
    match source.sqlite_error_code().and_then(reason) {
        Some(reason) => refused(path, reason),
        None => error,
    }
}

/// Makes the error of a file that cannot be used.
pub(super) fn refused(path: &Path, reason: impl Into<String>) -> Error {
    Error::Database { path: path.to_owned(), reason: reason.into() }
}

fn reason(code: ErrorCode) -> Option<&'static str> {
    Some(match code {
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => {
            "another process is writing to this database; try again when it is done"
        }
        ErrorCode::ReadOnly => "this database is read-only: the file or its folder cannot be written",
        ErrorCode::NotADatabase => "this is not a SQLite database",
        ErrorCode::DatabaseCorrupt => "this database is damaged; restore it from a backup",
        ErrorCode::DiskFull => "the disk is full; nothing was changed",
        ErrorCode::CannotOpen => "this file cannot be opened: the file or its folder does not allow it",
        ErrorCode::PermissionDenied => "access to this file is denied",
        ErrorCode::SystemIoFailure => "the disk answered with an error; nothing was changed",
        _ => return None,
    })
}
