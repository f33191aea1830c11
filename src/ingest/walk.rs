//! Which files a person meant, and their bytes.

use super::packed::{self, Unpacked, unpack};
use crate::error::{Error, Result};
use std::io::Read;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// Endings of files that are read when a folder is named; a file that is named itself is always read.
const ENDINGS: &[&str] = &[
    "txt", "text", "md", "markdown", "html", "htm", "xhtml", "json", "jsonl", "ndjson", "csv", "tsv", "tab",
    "dat", "gz", "zst", "zip",
];

/// The files found below the given paths.
#[derive(Debug, Default)]
pub struct Found {
    /// Files to read, in a fixed order.
    pub files: Vec<PathBuf>,
    /// Paths that are not there and folders that cannot be read.
    pub problems: Vec<Error>,
    /// Files in folders that no reader takes, by their ending.
    pub skipped: Vec<PathBuf>,
}

/// Finds the files: a file is itself, a folder all inputs below it in the order of their names, hidden ones left out.
pub fn walk(paths: &[PathBuf]) -> Found {
    let mut found = Found::default();
    for path in paths {
        if path.is_dir() {
            folder(path, &mut found);
        } else {
            match std::fs::metadata(path) {
                Ok(_) => found.files.push(path.clone()),
                Err(source) => found.problems.push(Error::Io { action: "read", path: path.clone(), source }),
            }
        }
    }
    found
}

fn folder(path: &Path, found: &mut Found) {
    let visible = |name: &std::ffi::OsStr| !name.to_string_lossy().starts_with('.');
    let entries = WalkDir::new(path)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || visible(entry.file_name()));
    for entry in entries {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) if is_input(entry.path()) => found.files.push(entry.into_path()),
            Ok(entry) => found.skipped.push(entry.into_path()),
            Err(error) => {
                let path = error.path().unwrap_or(path).to_owned();
                found.problems.push(Error::Io { action: "read", path, source: error.into() });
            }
        }
    }
}

pub(super) fn is_input(path: &Path) -> bool {
    path.extension()
        .and_then(|e| e.to_str())
        .is_some_and(|e| ENDINGS.contains(&e.to_ascii_lowercase().as_str()))
}

/// Reads a file and unpacks it; an archive gives its files one by one.
///
/// # Errors
/// [`Error::Io`] when it cannot be read, [`Error::Input`] when it holds more than 4 GiB or cannot be unpacked.
pub fn open(path: &Path) -> Result<Unpacked> {
    let file = std::fs::File::open(path).map_err(Error::io("read", path))?;
    unpack(path, packed::read_all(file, path)?)
}

/// Says whether a file is an archive that [`open`] gives file by file.
pub fn is_archive(path: &Path) -> bool {
    let mut start = [0; packed::ZIP.len()];
    let read = std::fs::File::open(path).and_then(|mut file| file.read_exact(&mut start));
    read.is_ok() && start == packed::ZIP
}

/// Reads a file, unpacked; of an archive its only file.
///
/// # Errors
/// As [`open`], and [`Error::Input`] for an archive of several files.
pub fn load(path: &Path) -> Result<Vec<u8>> {
    match open(path)? {
        Unpacked::One(bytes) => Ok(bytes),
        Unpacked::Archive(mut archive) => match (archive.next(), archive.next()) {
            (Some((_, bytes)), None) => bytes,
            _ => Err(Error::Input {
                path: path.to_owned(),
                reason: "expected one input, found an archive of several".to_owned(),
            }),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn a_folder_gives_its_inputs_in_order_and_names_what_it_leaves() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["b.csv", "a.txt", ".hidden.txt", "c.pdf"] {
            std::fs::write(folder.path().join(name), "x").expect("written");
        }
        let found = walk(&[folder.path().to_owned(), folder.path().join("missing.txt")]);
        let names = |paths: &[PathBuf]| -> Vec<String> {
            paths.iter().map(|p| p.file_name().expect("a name").to_string_lossy().into_owned()).collect()
        };
        assert_eq!(names(&found.files), ["a.txt", "b.csv"]);
        assert_eq!(names(&found.skipped), ["c.pdf"]);
        assert_eq!(found.problems.len(), 1);
        assert!(found.problems[0].to_string().contains("missing.txt"));
    }

    #[test]
    fn gzip_is_unpacked_whatever_the_name() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("rows.csv");
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        packer.write_all(b"a,b\n1,2\n").expect("packed");
        std::fs::write(&path, packer.finish().expect("packed")).expect("written");
        assert_eq!(load(&path).expect("loaded"), b"a,b\n1,2\n");
    }
}
