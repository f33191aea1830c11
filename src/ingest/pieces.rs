//! Large files in pieces of text that end where a record does.

use super::packed;
use crate::error::{Error, Result};
use encoding_rs::{Decoder, Encoding};
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Files from this size on are read in pieces, packed ones from an eighth of it.
const LARGE: u64 = 32 << 20;

/// Bytes that are read at once: few enough that a piece's rows pass from one core to the other through its cache.
const BLOCK: usize = 256 << 10;

/// Bytes of the head by which the file is recognised.
const HEAD: usize = 256 << 10;

/// Longest record, when a quote is opened and not closed; then the piece ends inside it.
const LONGEST_RECORD: usize = 16 << 20;

/// A file too large to be held, looked through once.
#[derive(Debug, Clone)]
pub struct Large {
    path: PathBuf,
    packed: bool,
    block: usize,
    sample: Vec<u8>,
    sha256: String,
    bytes: u64,
}

impl Large {
    /// Looks a file through; `None` when it is small, or packed in a way that is unpacked whole.
    ///
    /// # Errors
    /// [`Error::Io`] when it cannot be read, [`Error::Input`] when it grows beyond all measure as it is unpacked.
    pub fn open(path: &Path) -> Result<Option<Self>> {
        let size = std::fs::metadata(path).map_err(Error::io("read", path))?.len();
        let mut start = [0; 4];
        if size < LARGE / 8 {
            return Ok(None);
        }
        File::open(path).and_then(|mut file| file.read_exact(&mut start)).map_err(Error::io("read", path))?;
        let gzip = start.starts_with(packed::GZIP);
        if packed::is_other(&start) || (!gzip && size < LARGE) {
            return Ok(None);
        }
        Self::look_through(path, gzip, BLOCK).map(Some)
    }

    /// Takes any file, in blocks of so many bytes.
    #[cfg(test)]
    pub(crate) fn with_block(path: &Path, block: usize) -> Result<Self> {
        Self::look_through(path, false, block)
    }

    fn look_through(path: &Path, packed: bool, block: usize) -> Result<Self> {
        let mut large = Self {
            path: path.to_owned(),
            packed,
            block,
            sample: Vec::new(),
            sha256: String::new(),
            bytes: 0,
        };
        let size = std::fs::metadata(path).map_err(Error::io("read", path))?.len();
        let mut reader = large.reader()?;
        let mut hash = Sha256::new();
        let mut utf8 = Utf8::default();
        let mut odd_line = None;
        let mut bytes = vec![0; block.max(16)];
        loop {
            let read = reader.read(&mut bytes).map_err(Error::io("read", path))?;
            let bytes = &bytes[..read];
            if bytes.is_empty() {
                break;
            }
            hash.update(bytes);
            large.bytes += read as u64;
            if packed && packed::is_bomb(large.bytes, size) {
                let reason =
                    format!("unpacked it is more than {} MB: too much for its size", large.bytes >> 20);
                return Err(Error::Input { path: path.to_owned(), reason });
            }
            let room = HEAD.saturating_sub(large.sample.len());
            large.sample.extend_from_slice(&bytes[..read.min(room)]);
            if let Some(odd) = utf8.look(bytes) {
                odd_line = Some(odd.to_vec());
            }
        }
        large.end_sample(odd_line);
        large.sha256 = hash.finalize().iter().fold(String::new(), |mut out, byte| {
            write!(out, "{byte:02x}").expect("writing to a string cannot fail");
            out
        });
        Ok(large)
    }

    /// Ends the sample where a line does, and adds the bytes by which the encoding is told from UTF-8.
    fn end_sample(&mut self, odd_line: Option<Vec<u8>>) {
        let head = &self.sample[..self.sample.len().min(512)];
        let wide = head.contains(&0) || head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]);
        if wide {
            self.sample.truncate(self.sample.len() & !1);
            return;
        }
        if self.bytes > self.sample.len() as u64
            && let Some(end) = memchr::memrchr(b'\n', &self.sample)
        {
            self.sample.truncate(end + 1);
        }
        // Where the head is UTF-8, it is the odd line that tells.
        if let Some(odd) = odd_line
            && std::str::from_utf8(&self.sample).is_ok()
        {
            self.sample.extend_from_slice(&odd);
        }
    }

    fn reader(&self) -> Result<Box<dyn Read + Send>> {
        let file = File::open(&self.path).map_err(Error::io("read", &self.path))?;
        Ok(if self.packed {
            Box::new(flate2::read::MultiGzDecoder::new(std::io::BufReader::with_capacity(1 << 16, file)))
        } else {
            Box::new(file)
        })
    }

    /// Returns the file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns the first bytes, and, where the file is not UTF-8, those that are not.
    pub fn sample(&self) -> &[u8] {
        &self.sample
    }

    /// Returns the hash of the unpacked bytes, hexadecimal.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// Returns the number of unpacked bytes.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Begins to read text of this encoding.
    pub(super) fn pieces(&self, encoding: &str) -> Result<Pieces> {
        let encoding = Encoding::for_label(encoding.as_bytes()).unwrap_or(encoding_rs::UTF_8);
        Ok(Pieces {
            path: self.path.clone(),
            reader: self.reader()?,
            encoding,
            decoder: encoding.new_decoder_with_bom_removal(),
            block: vec![0; self.block],
            text: String::new(),
            used: 0,
            line: 1,
            before: 0,
            bytes: 0,
            ended: false,
        })
    }
}

/// Looks for bytes that are not UTF-8, across blocks.
#[derive(Debug, Default)]
struct Utf8 {
    /// An unfinished character at the end of the block before.
    carry: Vec<u8>,
    found: bool,
}

impl Utf8 {
    /// Returns the first bytes that are not UTF-8, once.
    fn look<'b>(&mut self, bytes: &'b [u8]) -> Option<&'b [u8]> {
        if self.found {
            return None;
        }
        let mut rest = bytes;
        while !self.carry.is_empty() && !rest.is_empty() {
            self.carry.push(rest[0]);
            rest = &rest[1..];
            match std::str::from_utf8(&self.carry) {
                Ok(_) => self.carry.clear(),
                Err(error) if error.error_len().is_none() => {}
                Err(_) => return self.tell(bytes, 0),
            }
        }
        match std::str::from_utf8(rest) {
            Ok(_) => None,
            Err(error) if error.error_len().is_none() => {
                self.carry = rest[error.valid_up_to()..].to_vec();
                None
            }
            Err(error) => self.tell(bytes, bytes.len() - rest.len() + error.valid_up_to()),
        }
    }

    fn tell<'b>(&mut self, bytes: &'b [u8], at: usize) -> Option<&'b [u8]> {
        self.found = true;
        let from = memchr::memrchr(b'\n', &bytes[..at]).map_or(0, |end| end + 1);
        let to = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |end| at + end);
        Some(&bytes[from..to])
    }
}

/// A file as pieces of text.
pub(super) struct Pieces {
    path: PathBuf,
    reader: Box<dyn Read + Send>,
    encoding: &'static Encoding,
    decoder: Decoder,
    block: Vec<u8>,
    text: String,
    /// Bytes of the text that were handed out.
    used: usize,
    /// Line and place of the text in the whole.
    line: u64,
    before: usize,
    bytes: u64,
    ended: bool,
}

/// Whole records, and where they stand.
pub(super) struct Piece<'a> {
    pub text: &'a str,
    pub line: u64,
    pub before: usize,
    /// Whether it may end inside a record: at the end of the file, or when a quote is not closed for long.
    pub open: bool,
}

impl Pieces {
    pub(super) fn bytes_read(&self) -> u64 {
        self.bytes
    }

    /// Returns the beginning of the text without using it up.
    pub(super) fn peek(&mut self) -> Result<&str> {
        while self.text.len() < HEAD && !self.ended {
            self.fill()?;
        }
        let end = memchr::memrchr(b'\n', self.text.as_bytes()).filter(|_| !self.ended);
        Ok(&self.text[..end.map_or(self.text.len(), |end| end + 1)])
    }

    /// Returns the next records.
    pub(super) fn next(&mut self, delimiter: u8, longest_line: usize) -> Result<Option<Piece<'_>>> {
        let gone = &self.text.as_bytes()[..self.used];
        self.line += memchr::memchr_iter(b'\n', gone).count() as u64;
        self.before += self.used;
        self.text.drain(..self.used);
        self.used = 0;
        let mut scan = Scan::default();
        loop {
            if !self.ended {
                self.fill()?;
            }
            scan.look(self.text.as_bytes(), delimiter);
            if self.ended {
                self.used = self.text.len();
                break;
            }
            self.used = scan.end;
            let rest = self.text.len() - scan.line_end.max(scan.end);
            if rest > longest_line {
                let line = self.line
                    + memchr::memchr_iter(b'\n', &self.text.as_bytes()[..scan.line_end]).count() as u64;
                let reason = format!(
                    "line {line} is longer than {} MB: the file is damaged or no table, and nothing of it is read",
                    longest_line >> 20
                );
                return Err(Error::Input { path: self.path.clone(), reason });
            }
            if self.used == 0 && self.text.len() > LONGEST_RECORD {
                self.used = scan.line_end;
                let (text, line, before) = (&self.text[..self.used], self.line, self.before);
                return Ok(Some(Piece { text, line, before, open: true }));
            }
            if self.used > 0 {
                break;
            }
        }
        if self.used == 0 {
            return Ok(None);
        }
        let (text, line, before) = (&self.text[..self.used], self.line, self.before);
        Ok(Some(Piece { text, line, before, open: self.ended }))
    }

    fn fill(&mut self) -> Result<()> {
        let mut read = 0;
        while read < self.block.len() && !self.ended {
            let more = self.reader.read(&mut self.block[read..]).map_err(Error::io("read", &self.path))?;
            self.ended = more == 0;
            read += more;
        }
        self.bytes += read as u64;
        let mut bytes = &self.block[..read];
        loop {
            let most = self.decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(bytes.len() * 3 + 16);
            self.text.reserve(most);
            let (result, used, broken) = self.decoder.decode_to_string(bytes, &mut self.text, self.ended);
            if broken {
                let reason = format!("it does not decode as {}", self.encoding.name());
                return Err(Error::Input { path: self.path.clone(), reason });
            }
            bytes = &bytes[used..];
            if result == encoding_rs::CoderResult::InputEmpty {
                return Ok(());
            }
        }
    }
}

/// Finds where records end, as the reader of records does it.
#[derive(Debug, Default)]
struct Scan {
    /// Bytes looked at.
    at: usize,
    state: State,
    /// The byte after the last whole record, and after the last line.
    end: usize,
    line_end: usize,
}

#[derive(Debug, Default, Clone, Copy, PartialEq)]
enum State {
    #[default]
    Start,
    Bare,
    Quoted,
    /// Behind a quote inside a quoted cell: its end, or the first half of a quote that is meant.
    Quote,
}

impl Scan {
    fn look(&mut self, text: &[u8], delimiter: u8) {
        let new = &text[self.at..];
        let last_line = memchr::memrchr(b'\n', new).map(|at| self.at + at + 1);
        self.line_end = last_line.unwrap_or(self.line_end);
        if matches!(self.state, State::Start | State::Bare) && memchr::memchr(b'"', new).is_none() {
            self.end = last_line.unwrap_or(self.end);
            self.state = match new.last() {
                Some(b'\n' | b'\r') => State::Start,
                Some(last) if *last == delimiter => State::Start,
                Some(_) => State::Bare,
                None => self.state,
            };
        } else {
            for (at, byte) in new.iter().enumerate() {
                self.state = match (self.state, *byte) {
                    (State::Quoted, b'"') => State::Quote,
                    (State::Quoted, _) | (State::Start | State::Quote, b'"') => State::Quoted,
                    (_, b'\n') => {
                        self.end = self.at + at + 1;
                        State::Start
                    }
                    (_, b'\r') => State::Start,
                    (_, byte) if byte == delimiter => State::Start,
                    _ => State::Bare,
                };
            }
        }
        self.at = text.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(bytes: &[u8], block: usize) -> (Vec<(u64, usize, String)>, Large) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.csv");
        std::fs::write(&path, bytes).expect("written");
        let large = Large::with_block(&path, block).expect("read");
        let mut pieces = large.pieces("utf-8").expect("opened");
        let mut all = Vec::new();
        while let Some(piece) = pieces.next(b',', 1000).expect("cut") {
            all.push((piece.line, piece.before, piece.text.to_owned()));
        }
        (all, large)
    }

    #[test]
    fn pieces_end_where_records_do_and_lose_nothing() {
        let text = "t,i\r\n1,\"a\nb\"\"c\n\"\n\n2,5\" pipe\n3,\"x\"\n4,ü\n5,\"\"\n";
        for block in 1..40 {
            let (pieces, large) = cut(text.as_bytes(), block);
            let whole: String = pieces.iter().map(|(_, _, text)| text.as_str()).collect();
            assert_eq!(whole, text, "{block}");
            assert_eq!(large.bytes(), text.len() as u64);
            for (line, before, piece) in &pieces {
                assert_eq!(*line, 1 + text[..*before].matches('\n').count() as u64, "{block}");
                assert!(!piece.starts_with("b\""), "{block}: a quoted cell is cut");
            }
            assert!(block > 15 || pieces.len() > 2, "{block}: {pieces:?}");
        }
    }

    #[test]
    fn a_line_without_end_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.csv");
        std::fs::write(&path, format!("a,b\n1,2\n{}", "x".repeat(5000))).expect("written");
        let mut pieces = Large::with_block(&path, 100).expect("read").pieces("utf-8").expect("opened");
        pieces.next(b',', 1000).expect("the first lines").expect("are there");
        let told = pieces.next(b',', 1000).map(|_| ()).expect_err("too long").to_string();
        assert!(told.contains("line 3 is longer"), "{told}");
    }

    #[test]
    fn bytes_that_are_not_utf_8_are_found_across_blocks() {
        for block in 1..6 {
            let (_, large) = cut("a,ü€𝄞\nb,ß\n".as_bytes(), block.max(4));
            assert!(std::str::from_utf8(large.sample()).is_ok());
            let mut utf8 = Utf8::default();
            let bytes = b"a,\xc3\xbc\nT\xfcrkiye,\n";
            let found: Vec<&[u8]> = bytes.chunks(block).filter_map(|bytes| utf8.look(bytes)).collect();
            assert_eq!(found.len(), 1, "{block}");
        }
    }
}
