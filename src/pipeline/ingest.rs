//! Reads one input, extracts its figures, and keeps everything in one transaction.

use super::large::{self, Progress};
use super::many::{Extracted, extracted};
use crate::error::{Error, Result};
use crate::extract::{Calibration, Extractor};
use crate::ingest::article::ArticleOptions;
use crate::ingest::table::{self, TableOptions};
use crate::ingest::{Kind, Large, detect, load};
use crate::model::{Article, Figure, Reject};
use crate::store::{BatchMeta, Outcome, Store};
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::path::Path;

/// What a caller may say about inputs that do not say it themselves.
#[derive(Debug, Default)]
pub struct IngestOptions {
    /// For articles: date, address, publisher, language.
    pub article: ArticleOptions,
    /// For tables: mapping, encoding, market, product, period.
    pub table: TableOptions,
    /// Reads the input as this kind, whatever it looks like.
    pub kind: Option<Kind>,
    /// Day on which the publisher put the table out: its vintage (R31).
    pub released: Option<jiff::civil::Date>,
    /// Refuses the whole input when more rows than this are bad.
    pub max_rejects: Option<u64>,
    /// Accepts figures of articles from this confidence on, instead of the fitted one; the others wait for review.
    pub accept: Option<f64>,
    /// Keeps nothing; the store is not asked.
    pub dry_run: bool,
    /// Learns how far a large table is.
    pub progress: Option<Progress>,
}

impl IngestOptions {
    /// Returns the confidence from which on figures of articles are accepted.
    pub(super) fn accepted(&self) -> f64 {
        self.accept.unwrap_or_else(|| Calibration::built_in().accept)
    }
}

/// When it happens and by which program: the library reads no clock.
#[derive(Debug, Clone)]
pub struct Dated {
    /// Time of the import, ISO 8601 in UTC.
    pub recorded_at: String,
    /// Version of the program.
    pub tool_version: String,
}

/// What one input turned out to be, and what became of it.
#[derive(Debug)]
pub struct Ingested {
    /// Name of the input.
    pub path: String,
    /// SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
    /// What it was recognised as, in words.
    pub kind: String,
    /// How it was read: encoding, columns.
    pub reading: Vec<String>,
    /// Number of articles or data records read.
    pub records: u64,
    /// What is in the file now; `None` after a dry run.
    pub outcome: Option<Outcome>,
    /// Figures found in articles or read from tables of shares.
    pub figures: Vec<Figure>,
    /// Rows or lines left out, with reasons.
    pub rejects: Vec<Reject>,
    /// Remarks for the reader.
    pub notes: Vec<String>,
}

impl Ingested {
    /// An input of which no more is known than what it is.
    pub(super) fn begun(name: &Path, sha256: &str, kind: Kind) -> Self {
        Self {
            path: name.display().to_string(),
            sha256: sha256.to_owned(),
            kind: kind.to_string(),
            reading: Vec::new(),
            records: 0,
            outcome: None,
            figures: Vec::new(),
            rejects: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Says how a table was recognised.
    pub(super) fn recognised(&mut self, profile: &str, encoding: &str, delimiter: char, columns: &[String]) {
        self.kind = format!("table ({profile})");
        self.reading.push(format!("{encoding}, `{}` between columns", visible(delimiter)));
        self.reading.extend(columns.iter().cloned());
    }

    /// Returns what is kept about an import of so many bytes of this kind.
    pub(super) fn meta(&self, kind: Kind, bytes: u64, options: &IngestOptions, dated: &Dated) -> BatchMeta {
        BatchMeta {
            path: self.path.clone(),
            sha256: self.sha256.clone(),
            bytes,
            kind: kind.to_string(),
            recorded_at: dated.recorded_at.clone(),
            released: options.released,
            tool_version: dated.tool_version.clone(),
            accept: options.accepted(),
        }
    }
}

/// Ingests a file. A large table is read piece by piece, in bounded memory.
///
/// # Errors
/// [`Error::Io`] and [`Error::Input`] when it cannot be read, [`Error::Database`] and [`Error::Store`] when it cannot be kept.
pub fn ingest_path(
    mut store: Option<&mut Store>,
    extractor: &Extractor,
    path: &Path,
    options: &IngestOptions,
    dated: &Dated,
) -> Result<Ingested> {
    if let Some(file) = large_table(path, options)?
        && let Some(done) = large::ingest(store.as_deref_mut(), &file, options, dated)?
    {
        return Ok(done);
    }
    ingest_bytes(store, extractor, path, &load(path)?, options, dated)
}

/// Returns a table that is too large to be held; `None` when the file is small or no table.
pub(super) fn large_table(path: &Path, options: &IngestOptions) -> Result<Option<Large>> {
    let Some(file) = Large::open(path)? else { return Ok(None) };
    let kind = kind_of(path, file.sample(), options)?;
    Ok(Some(file).filter(|_| kind == Kind::Table))
}

/// Ingests bytes under a name. The same bytes twice are a no-op that says so.
///
/// # Errors
/// As [`ingest_path`].
pub fn ingest_bytes(
    store: Option<&mut Store>,
    extractor: &Extractor,
    name: &Path,
    bytes: &[u8],
    options: &IngestOptions,
    dated: &Dated,
) -> Result<Ingested> {
    let read = |kind| extracted(extractor, name, bytes, kind, options);
    ingest_read(store, name, bytes, &sha256(bytes), read, options, dated)
}

/// Returns the SHA-256 of an input, hexadecimal.
pub(super) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Returns what an input is, by the caller's word or its own looks.
pub(super) fn kind_of(name: &Path, bytes: &[u8], options: &IngestOptions) -> Result<Kind> {
    match options.kind {
        Some(kind) => Ok(kind),
        None => detect(name, bytes),
    }
}

/// Ingests bytes whose hash is known; `read` reads and extracts them when they are articles.
pub(super) fn ingest_read(
    store: Option<&mut Store>,
    name: &Path,
    bytes: &[u8],
    sha256: &str,
    read: impl FnOnce(Kind) -> Result<Extracted>,
    options: &IngestOptions,
    dated: &Dated,
) -> Result<Ingested> {
    let kind = kind_of(name, bytes, options)?;
    let mut done = Ingested::begun(name, sha256, kind);
    if let (Some(store), false) = (&store, options.dry_run)
        && let Some(batch) = store.held(sha256)?
    {
        done.outcome = Some(Outcome::AlreadyHeld { batch });
        return Ok(done);
    }
    let meta = done.meta(kind, bytes.len() as u64, options, dated);
    if kind == Kind::Table {
        // Names of a star schema's codes stand beside a file; bytes that came another way have no folder.
        let folder = name.parent().filter(|_| name.is_file());
        let reading = table::read_beside(name, bytes, &options.table, folder)?;
        refuse_many(&reading.rejects, options, name)?;
        done.recognised(&reading.profile, &reading.encoding, reading.delimiter, &reading.columns);
        if options.dry_run {
            done.reading.extend(table::preview(&reading));
        }
        done.records = reading.records;
        done.notes.clone_from(&reading.notes);
        done.figures = reading.figures.iter().map(|(_, figure)| figure.clone()).collect();
        if let (Some(store), false) = (store, options.dry_run) {
            done.outcome = Some(store.ingest_table(&meta, &reading)?);
        }
        done.rejects = reading.rejects;
    } else {
        let read = read(kind)?;
        refuse_many(&read.rejects, options, name)?;
        done.reading.push(read.encoding);
        done.records = read.found.len() as u64;
        done.notes = read.notes;
        done.figures = read.found.iter().flat_map(|(_, figures)| figures.iter().cloned()).collect();
        if let (Some(store), false) = (store, options.dry_run) {
            done.outcome = Some(store.ingest_articles(&meta, &read.found, &read.rejects)?);
        }
        done.rejects = read.rejects;
    }
    Ok(done)
}

pub(super) fn notes_on(article: &Article, extractor: &Extractor) -> Vec<String> {
    let mut notes: Vec<String> = extractor.note(article).into_iter().collect();
    if article.published.is_none() {
        notes.push(format!(
            "{}: no publication date found, so \"last year\" and the like stay without a period",
            article.id
        ));
    }
    notes
}

pub(super) fn refuse_many(rejects: &[Reject], options: &IngestOptions, name: &Path) -> Result<()> {
    match options.max_rejects {
        Some(limit) if rejects.len() as u64 > limit => Err(Error::Input {
            path: name.to_owned(),
            reason: format!(
                "{} rows could not be read, more than the {limit} allowed; the first is line {}: {}",
                rejects.len(),
                rejects[0].line,
                rejects[0].reason
            ),
        }),
        _ => Ok(()),
    }
}

fn visible(delimiter: char) -> String {
    if delimiter == '\t' { "tab".to_owned() } else { delimiter.to_string() }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        write!(out, "{byte:02x}").expect("writing to a string cannot fail");
        out
    })
}

/// Says in one line what an input was and what became of it.
pub fn summary(done: &Ingested) -> String {
    let kind = &done.kind;
    let figures = done.figures.len();
    let what = match &done.outcome {
        Some(Outcome::AlreadyHeld { batch }) => {
            return format!(
                "{}: batch {batch} already holds this input (sha256 {}…): nothing to do",
                done.path,
                &done.sha256[..12]
            );
        }
        None => format!(
            "{} records, {figures} figures, {} left out; nothing kept",
            done.records,
            done.rejects.len()
        ),
        Some(Outcome::Stored { batch, documents, figures, waiting, added, changed, same, rejected }) => {
            let mut parts = Vec::new();
            for (number, one, many) in [
                (*documents, "document", "documents"),
                (*figures, "figure", "figures"),
                (*waiting, "to review", "to review"),
                (*added, "row added", "rows added"),
                (*changed, "changed", "changed"),
                (*same, "the same as before", "the same as before"),
            ] {
                if number > 0 {
                    parts.push(format!("{number} {}", if number == 1 { one } else { many }));
                }
            }
            parts.push(format!("{rejected} left out"));
            format!("batch {batch}: {}", parts.join(", "))
        }
    };
    format!("{}: {kind}: {what}", done.path)
}
