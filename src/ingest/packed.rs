//! Packed inputs: gzip, zstd and ZIP, by their first bytes, unpacked within bounds.
//!
//! The path of a file inside an archive is only ever shown: nothing is written, and no other file is looked for there.

use crate::error::{Error, Result};
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

/// Most bytes one input may have, packed or unpacked.
const MOST_BYTES: u64 = 4 << 30;

/// Up to here no packed input is suspect, however well it is packed.
const HARMLESS: u64 = 256 << 20;

/// Tables shrink to a tenth, the most regular ones to a fiftieth; what grows more is a bomb.
const MOST_GROWTH: u64 = 100;

/// Most files that an archive may hold.
const MOST_FILES: usize = 10_000;

pub(super) const GZIP: &[u8] = &[0x1f, 0x8b];
const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];
pub(super) const ZIP: &[u8] = b"PK\x03\x04";

/// An input as it came out of its packing.
#[derive(Debug)]
pub enum Unpacked {
    /// One input.
    One(Vec<u8>),
    /// An archive of several.
    Archive(Archive),
}

/// The inputs inside a ZIP archive, one at a time: names for people, and bytes.
#[derive(Debug)]
pub struct Archive {
    name: PathBuf,
    zip: zip::ZipArchive<Cursor<Vec<u8>>>,
    /// Places of the files that a reader takes, last first.
    left: Vec<usize>,
    packed: u64,
    unpacked: u64,
    /// Names of the files that no reader takes.
    pub skipped: Vec<String>,
}

/// Unpacks gzip, zstd and ZIP; other bytes come back as they are.
///
/// # Errors
/// [`Error::Input`] when the packed data are broken, grow beyond all measure, or are a workbook.
///
/// ```
/// use std::path::Path;
/// use tradeshare::ingest::{Unpacked, unpack};
///
/// let plain = unpack(Path::new("x.csv"), b"a,b\n".to_vec())?;
/// assert!(matches!(plain, Unpacked::One(bytes) if bytes == b"a,b\n"));
/// # Ok::<(), tradeshare::Error>(())
/// ```
pub fn unpack(name: &Path, bytes: Vec<u8>) -> Result<Unpacked> {
    if bytes.starts_with(ZIP) {
        return Archive::open(name, bytes).map(Unpacked::Archive);
    }
    unpack_one(name, bytes).map(Unpacked::One)
}

/// Unpacks gzip and zstd.
pub(super) fn unpack_one(name: &Path, bytes: Vec<u8>) -> Result<Vec<u8>> {
    let packed = bytes.len() as u64;
    if bytes.starts_with(GZIP) {
        let reader = flate2::read::MultiGzDecoder::new(bytes.as_slice());
        return bounded(reader, name, packed, 0, "gzip");
    }
    if bytes.starts_with(ZSTD) {
        let mut rest = bytes.as_slice();
        let mut all = Vec::new();
        // Frames may follow each other, as when files are joined.
        while !rest.is_empty() {
            let reader = ruzstd::decoding::StreamingDecoder::new(&mut rest)
                .map_err(|error| bad(name, format!("the zstd data are broken: {error}")))?;
            let frame = bounded(reader, name, packed, all.len() as u64, "zstd")?;
            all.extend(frame);
        }
        return Ok(all);
    }
    Ok(bytes)
}

/// Says whether the first bytes are of a packing that is unpacked whole.
pub(super) fn is_other(start: &[u8]) -> bool {
    start.starts_with(ZSTD) || start.starts_with(ZIP)
}

/// Says whether so many unpacked bytes are too many for so many packed ones.
pub(super) fn is_bomb(unpacked: u64, packed: u64) -> bool {
    unpacked > HARMLESS && unpacked > packed.saturating_mul(MOST_GROWTH)
}

/// Says what the first bytes hold unpacked; `None` when they are not packed or cannot be read.
pub(super) fn peek(head: &[u8], most: usize) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    // The head ends in the middle of the packed data: what came before the error counts.
    if head.starts_with(GZIP) {
        let _ = flate2::read::GzDecoder::new(head).take(most as u64).read_to_end(&mut out);
    } else if head.starts_with(ZSTD) {
        let _ = ruzstd::decoding::StreamingDecoder::new(head).ok()?.take(most as u64).read_to_end(&mut out);
    } else {
        return None;
    }
    Some(out)
}

impl Archive {
    fn open(name: &Path, bytes: Vec<u8>) -> Result<Self> {
        let packed = bytes.len() as u64;
        let zip = zip::ZipArchive::new(Cursor::new(bytes))
            .map_err(|error| bad(name, format!("the ZIP archive is broken: {error}")))?;
        if zip.len() > MOST_FILES {
            return Err(bad(name, format!("the archive holds {} files; unpack it first", zip.len())));
        }
        let names: Vec<String> = (0..zip.len()).map(|at| name_inside(&zip, at)).collect();
        if names.iter().any(|name| matches!(name.as_str(), "[Content_Types].xml" | "mimetype")) {
            let reason =
                "expected text or a table, found a spreadsheet workbook or document; save the sheet as CSV";
            return Err(bad(name, reason.to_owned()));
        }
        let mut archive =
            Self { name: name.to_owned(), zip, left: Vec::new(), packed, unpacked: 0, skipped: Vec::new() };
        for (at, name) in names.iter().enumerate().rev() {
            let hidden = name.split(['/', '\\']).any(|part| {
                part == "__MACOSX" || part.starts_with('.') && !part.trim_matches('.').is_empty()
            });
            if name.ends_with('/') || hidden {
                continue;
            }
            if super::walk::is_input(Path::new(name)) {
                archive.left.push(at);
            } else {
                archive.skipped.push(shown(name, at));
            }
        }
        archive.skipped.reverse();
        if archive.left.is_empty() {
            let some = archive.skipped.iter().take(3).map(|name| format!("`{name}`")).collect::<Vec<_>>();
            let holds = if some.is_empty() { "nothing".to_owned() } else { some.join(", ") };
            return Err(bad(name, format!("expected a table or text in the archive, found {holds}")));
        }
        Ok(archive)
    }

    fn read(&mut self, at: usize, path: &Path) -> Result<Vec<u8>> {
        let broken = |error: zip::result::ZipError| bad(path, format!("it cannot be unpacked: {error}"));
        let file = self.zip.by_index(at).map_err(broken)?;
        let bytes = bounded(file, path, self.packed, self.unpacked, "ZIP")?;
        self.unpacked += bytes.len() as u64;
        if bytes.starts_with(ZIP) {
            return Err(bad(path, "an archive inside an archive; unpack it first".to_owned()));
        }
        unpack_one(path, bytes)
    }
}

impl Iterator for Archive {
    type Item = (PathBuf, Result<Vec<u8>>);

    fn next(&mut self) -> Option<Self::Item> {
        let at = self.left.pop()?;
        let inside = name_inside(&self.zip, at);
        let path = self.name.join(shown(&inside, at));
        let bytes = self.read(at, &path);
        Some((path, bytes))
    }
}

fn name_inside(zip: &zip::ZipArchive<Cursor<Vec<u8>>>, at: usize) -> String {
    zip.name_for_index(at).and_then(std::result::Result::ok).map(|name| name.to_string()).unwrap_or_default()
}

/// Returns the last part of a path inside an archive: for people, and for what a file's name tells of its table.
fn shown(inside: &str, at: usize) -> String {
    let last = inside.rsplit(['/', '\\', ':']).next().unwrap_or_default();
    let name: String = last.chars().filter(|c| !c.is_control()).take(200).collect();
    if name.trim_matches('.').trim().is_empty() { format!("file {}", at + 1) } else { name }
}

/// Reads all bytes of a file or stream, as they are.
///
/// # Errors
/// [`Error::Io`] when it cannot be read, [`Error::Input`] when it holds more than 4 GiB or a line that nobody wrote.
pub fn read_all(mut reader: impl Read, name: &Path) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut watch = LongLine::default();
    while reader.by_ref().take(1 << 20).read_to_end(&mut bytes).map_err(Error::io("read", name))? > 0 {
        if bytes.len() as u64 > MOST_BYTES {
            return Err(bad(name, "more than 4 GiB of data in one input; split it".to_owned()));
        }
        if ![GZIP, ZSTD, ZIP].iter().any(|magic| bytes.starts_with(magic)) {
            watch.look(&bytes, name)?;
        }
    }
    Ok(bytes)
}

/// Watches for a line that no table and no text has, before it fills the memory.
#[derive(Default)]
struct LongLine {
    /// Bytes looked at.
    seen: usize,
    /// Bytes since the last line end.
    since: usize,
}

impl LongLine {
    const MOST: usize = 64 << 20;

    fn look(&mut self, bytes: &[u8], name: &Path) -> Result<()> {
        let new = &bytes[self.seen..];
        self.since = memchr::memrchr(b'\n', new).map_or(self.since + new.len(), |at| new.len() - at);
        self.seen = bytes.len();
        if self.since <= Self::MOST {
            return Ok(());
        }
        let line = memchr::memchr_iter(b'\n', bytes).count() + 1;
        let reason = format!(
            "line {line} is longer than {} MB: the file is damaged or no text, and nothing of it is read",
            Self::MOST >> 20
        );
        Err(bad(name, reason))
    }
}

/// Reads all, while it grows no more than tables do; `before` is what the input gave already.
fn bounded(mut reader: impl Read, name: &Path, packed: u64, before: u64, kind: &str) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut watch = LongLine::default();
    loop {
        let read = reader
            .by_ref()
            .take(1 << 20)
            .read_to_end(&mut bytes)
            .map_err(|error| bad(name, format!("the {kind} data are broken: {error}")))?;
        let all = before + bytes.len() as u64;
        if all > MOST_BYTES {
            return Err(bad(name, "unpacked it is larger than 4 GiB; split it".to_owned()));
        }
        if all > HARMLESS && all / MOST_GROWTH > packed {
            let reason = format!(
                "unpacked it grows more than {MOST_GROWTH} times, to over {} MB: this is no table that somebody packed",
                all / 1_000_000
            );
            return Err(bad(name, reason));
        }
        watch.look(&bytes, name)?;
        if read == 0 {
            return Ok(bytes);
        }
    }
}

fn bad(name: &Path, reason: String) -> Error {
    Error::Input { path: name.to_owned(), reason }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            writer.start_file(*name, zip::write::SimpleFileOptions::default()).expect("begun");
            writer.write_all(bytes).expect("written");
        }
        writer.finish().expect("finished").into_inner()
    }

    fn gzipped(bytes: &[u8]) -> Vec<u8> {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packer.write_all(bytes).expect("packed");
        packer.finish().expect("packed")
    }

    fn zstd(bytes: &[u8]) -> Vec<u8> {
        ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
    }

    fn members(bytes: Vec<u8>) -> Vec<(String, String)> {
        match unpack(Path::new("a.zip"), bytes) {
            Ok(Unpacked::Archive(archive)) => archive
                .map(|(path, bytes)| {
                    let text = bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
                    (path.display().to_string(), text.unwrap_or_else(|error| error.to_string()))
                })
                .collect(),
            Ok(Unpacked::One(_)) => panic!("no archive"),
            Err(error) => vec![("error".to_owned(), error.to_string())],
        }
    }

    #[test]
    fn each_packing_is_known_by_its_first_bytes() {
        for packed in [gzipped(b"a,b\n1,2\n"), zstd(b"a,b\n1,2\n"), b"a,b\n1,2\n".to_vec()] {
            assert_eq!(unpack_one(Path::new("x"), packed).expect("unpacked"), b"a,b\n1,2\n");
        }
        let twice = [zstd(b"a,b\n"), zstd(b"1,2\n")].concat();
        assert_eq!(unpack_one(Path::new("x"), twice).expect("unpacked"), b"a,b\n1,2\n");
        assert_eq!(peek(&zstd(b"a,b\n1,2\n"), 64).as_deref(), Some(b"a,b\n1,2\n".as_slice()));
    }

    #[test]
    fn an_archive_gives_its_inputs_and_names_the_others() {
        let bytes = zipped(&[
            ("folder/b.csv", b"b"),
            ("__MACOSX/folder/._b.csv", b"x"),
            ("a.csv.gz", &gzipped(b"a")),
            ("picture.png", b"x"),
        ]);
        let Ok(Unpacked::Archive(archive)) = unpack(Path::new("a.zip"), bytes.clone()) else { panic!("one") };
        assert_eq!(archive.skipped, ["picture.png"]);
        assert_eq!(
            members(bytes),
            [("a.zip/b.csv".to_owned(), "b".to_owned()), ("a.zip/a.csv.gz".to_owned(), "a".to_owned())]
        );
    }

    #[test]
    fn a_path_inside_an_archive_leads_nowhere() {
        let bytes = zipped(&[("../../etc/passwd.csv", b"1"), ("/root/x.csv", b"2"), ("C:\\y.csv", b"3")]);
        let names: Vec<String> = members(bytes).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["a.zip/passwd.csv", "a.zip/x.csv", "a.zip/y.csv"]);
    }

    #[test]
    fn bombs_workbooks_and_broken_data_are_refused_in_words() {
        let zeros = b"0,0\n".repeat(75 << 20);
        let bomb = gzipped(&zeros);
        assert!(bomb.len() < 2 << 20);
        let error = unpack_one(Path::new("x.gz"), bomb).expect_err("a bomb").to_string();
        assert!(error.contains("grows more than 100 times"), "{error}");
        let error = members(zipped(&[("x.csv", &zeros)]))[0].1.clone();
        assert!(error.contains("grows more than 100 times"), "{error}");
        let error = members(zipped(&[("[Content_Types].xml", b"<x/>"), ("xl/sheet.csv", b"1")]))[0].1.clone();
        assert!(error.contains("save the sheet as CSV"), "{error}");
        let line =
            unpack_one(Path::new("x.gz"), gzipped(&vec![b'0'; 65 << 20])).expect_err("a line").to_string();
        assert_eq!(
            line,
            "x.gz: line 1 is longer than 64 MB: the file is damaged or no text, and nothing of it is read"
        );
        let whole = zipped(&[("x.csv", b"a,b\n")]);
        assert!(members(whole[..whole.len() - 5].to_vec())[0].1.contains("broken"));
        let nested = members(zipped(&[("y.zip", &zipped(&[("x.csv", b"a")]))]));
        assert!(nested[0].1.contains("archive inside an archive"), "{nested:?}");
        assert!(unpack_one(Path::new("x"), zstd(b"abcabc")[..6].to_vec()).is_err());
    }
}
