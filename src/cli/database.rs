//! Which database file a command uses.

use super::Common;
use anyhow::{Context, Result};
use std::path::PathBuf;
use tradeshare::store::Store;

const NAME: &str = "tradeshare.db";

/// Returns the database: the flag or variable, `tradeshare.db` here, the one in the account's data folder, or a new one here.
pub(super) fn path(common: &Common) -> PathBuf {
    if let Some(path) = &common.db {
        return path.clone();
    }
    let here = PathBuf::from(NAME);
    if here.exists() {
        return here;
    }
    account_folder().map(|folder| folder.join(NAME)).filter(|path| path.exists()).unwrap_or(here)
}

fn account_folder() -> Option<PathBuf> {
    let data = std::env::var_os("XDG_DATA_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".local/share")))?;
    Some(data.join("tradeshare"))
}

/// Opens it for writing, creating it when it is not there.
pub(super) fn open(common: &Common) -> Result<Store> {
    Ok(Store::open(&path(common))?)
}

/// Opens it for reading; it must be there.
pub(super) fn read(common: &Common) -> Result<Store> {
    let path = path(common);
    if !path.exists() {
        return Err(tradeshare::Error::Database {
            path,
            reason: "no such database; `tradeshare ingest FILE` makes one".to_owned(),
        }
        .into());
    }
    Store::open_read_only(&path).context("cannot read the database")
}
