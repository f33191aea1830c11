//! A whole and consistent copy, while others read and write.

use super::Store;
use super::failure::{in_words, refused};
use crate::error::{Error, Result};
use std::fs::File;
use std::path::{Path, PathBuf};

impl Store {
    /// Copies the file, whole and consistent, under another name; the copy is compact.
    ///
    /// It is written beside its place and moved there when it is whole and on the disk.
    ///
    /// # Errors
    /// [`Error::Database`] when the target exists or cannot be written.
    pub fn backup(&self, to: &Path) -> Result<()> {
        if to.symlink_metadata().is_ok() {
            return Err(refused(to, "this file exists; a backup overwrites nothing"));
        }
        let part = beside(to);
        if part.symlink_metadata().is_ok() {
            return Err(refused(&part, "this file is left from a backup that did not end; remove it first"));
        }
        let result =
            self.copy(&part).and_then(|()| std::fs::rename(&part, to).map_err(Error::io("write", to)));
        if result.is_err() {
            // The first error is the one that matters; a part that cannot be removed is named by the next try.
            let _ = std::fs::remove_file(&part);
        }
        result
    }

    fn copy(&self, part: &Path) -> Result<()> {
        let name = part.to_str().ok_or_else(|| refused(part, "the name of this file is not Unicode"))?;
        self.connection
            .execute("VACUUM INTO ?1", [name])
            .map_err(Error::store("copy the database"))
            .map_err(|e| in_words(part, e))?;
        File::open(part).and_then(|file| file.sync_all()).map_err(Error::io("write", part))
    }
}

fn beside(to: &Path) -> PathBuf {
    let mut name = to.as_os_str().to_owned();
    name.push(".part");
    PathBuf::from(name)
}

#[cfg(test)]
mod tests {
    use crate::error::Error;
    use crate::store::Store;
    use crate::store::testing;

    #[test]
    fn a_backup_holds_the_same_and_overwrites_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.db");
        testing::filled(&path);
        let copy = folder.path().join("copy.db");
        let store = Store::open_read_only(&path).expect("reads");
        store.backup(&copy).expect("copied");
        let other = Store::open(&copy).expect("the copy is a database of ours");
        assert_eq!(other.batches().expect("read"), store.batches().expect("read"));
        other.verify().expect("whole");
        assert!(matches!(store.backup(&copy), Err(Error::Database { .. })));
        assert!(matches!(store.backup(&path), Err(Error::Database { .. })), "nor itself");
    }

    #[test]
    fn a_backup_into_no_folder_fails_and_leaves_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::in_memory().expect("opens");
        assert!(store.backup(&folder.path().join("no/copy.db")).is_err());
        assert_eq!(std::fs::read_dir(folder.path()).expect("readable").count(), 0);
    }
}
