//! Many inputs: read and extracted on all cores, handed out and kept one after another in their order.
//!
//! Memory does not grow with their number: few are under way at a time. An input of many articles is cut into pieces.

use super::ingest::{Dated, IngestOptions, Ingested, ingest_read, kind_of, large_table, notes_on, sha256};
use super::large;
use super::parallel::in_order;
use crate::error::{Error, Result};
use crate::extract::Extractor;
use crate::ingest::article::{pieces, read_articles, read_piece};
use crate::ingest::{Kind, Large, load};
use crate::model::{Article, Figure, Reject};
use crate::store::Store;
use std::path::{Path, PathBuf};

/// Something to read.
#[derive(Debug)]
pub enum Input {
    /// A file, read when its turn comes.
    File(PathBuf),
    /// Bytes under a name, such as those of standard input.
    Bytes(PathBuf, Vec<u8>),
    /// What could not be read, reported when its turn comes.
    Unread(PathBuf, Error),
}

impl Input {
    /// Returns its name and its bytes, or why they cannot be read.
    pub fn load(self) -> (PathBuf, Result<Vec<u8>>) {
        match self {
            Self::File(path) => {
                let bytes = load(&path);
                (path, bytes)
            }
            Self::Bytes(name, bytes) => (name, Ok(bytes)),
            Self::Unread(name, error) => (name, Err(error)),
        }
    }
}

/// Articles of an input, or of a piece of a long one, with what was made of each.
#[derive(Debug)]
pub struct ReadArticles<R> {
    /// The articles, in the order of the input.
    pub articles: Vec<(Article, R)>,
    /// Lines that could not be read.
    pub rejects: Vec<Reject>,
    /// Remarks for the reader.
    pub notes: Vec<String>,
}

/// Reads the articles of many inputs and runs `read` over each article, on all cores. `each` gets the results in the order of the
/// inputs, a long input in several pieces.
///
/// # Errors
/// The first error of `each`; inputs that cannot be read are handed to it.
pub fn extract_many<R: Send, E>(
    inputs: impl Iterator<Item = Input>,
    options: &IngestOptions,
    read: impl Fn(&Article) -> R + Sync,
    each: impl FnMut(&Path, Result<ReadArticles<R>>) -> std::result::Result<(), E>,
) -> std::result::Result<(), E> {
    let mut each = each;
    let parts = inputs.flat_map(|input| {
        let (name, bytes) = input.load();
        match bytes.and_then(|bytes| Ok((prose(&name, &bytes, options)?, bytes))) {
            Ok((kind, bytes)) => cut(name, kind, bytes),
            Err(error) => vec![(name, Err(error))],
        }
    });
    let work = |(name, part): (PathBuf, Result<Part>)| {
        let read = part.and_then(|part| part.read(&name, options, &read));
        (name, read)
    };
    let size = |(_, part): &(PathBuf, Result<Part>)| part.as_ref().map_or(0, |part| part.bytes.len());
    in_order(parts, size, work, |(name, read)| each(&name, read))
}

/// Returns what an input of prose is.
fn prose(name: &Path, bytes: &[u8], options: &IngestOptions) -> Result<Kind> {
    match kind_of(name, bytes, options)? {
        Kind::Table => Err(Error::Input {
            path: name.to_owned(),
            reason: "this is a table of rows, not prose: `ingest` reads it".to_owned(),
        }),
        kind => Ok(kind),
    }
}

/// A piece of an input, or all of it.
#[derive(Debug)]
struct Part {
    kind: Kind,
    bytes: Vec<u8>,
    /// Number of its first line, for a piece of several.
    first_line: Option<u64>,
}

fn cut(name: PathBuf, kind: Kind, bytes: Vec<u8>) -> Vec<(PathBuf, Result<Part>)> {
    let pieces = pieces(&bytes, kind);
    if pieces.len() < 2 {
        return vec![(name, Ok(Part { kind, bytes, first_line: None }))];
    }
    let part = |(line, bytes): (u64, &[u8])| {
        (name.clone(), Ok(Part { kind, bytes: bytes.to_vec(), first_line: Some(line) }))
    };
    pieces.into_iter().map(part).collect()
}

impl Part {
    fn read<R>(
        &self,
        name: &Path,
        options: &IngestOptions,
        read: &impl Fn(&Article) -> R,
    ) -> Result<ReadArticles<R>> {
        let reading = match self.first_line {
            None => read_articles(name, &self.bytes, self.kind, &options.article)?,
            Some(line) => read_piece(name, &self.bytes, self.kind, &options.article, line)?,
        };
        let (rejects, notes) = (reading.rejects, reading.notes);
        let articles = reading.articles.into_iter().map(|article| {
            let made = read(&article);
            (article, made)
        });
        Ok(ReadArticles { articles: articles.collect(), rejects, notes })
    }
}

/// The articles of an input with their figures.
#[derive(Debug, Default)]
pub(super) struct Extracted {
    pub(super) found: Vec<(Article, Vec<Figure>)>,
    pub(super) rejects: Vec<Reject>,
    pub(super) notes: Vec<String>,
    pub(super) encoding: String,
}

/// Reads an input of articles and extracts their figures; a long one on all cores.
pub(super) fn extracted(
    extractor: &Extractor,
    name: &Path,
    bytes: &[u8],
    kind: Kind,
    options: &IngestOptions,
) -> Result<Extracted> {
    let pieces = pieces(bytes, kind);
    if pieces.len() < 2 {
        let reading = read_articles(name, bytes, kind, &options.article)?;
        return Ok(figures_of(extractor, reading));
    }
    let mut all = Extracted::default();
    let work = |(line, bytes)| {
        let reading = read_piece(name, bytes, kind, &options.article, line)?;
        Ok(figures_of(extractor, reading))
    };
    in_order(
        pieces.into_iter(),
        |(_, bytes)| bytes.len(),
        work,
        |part: Result<Extracted>| -> Result<()> {
            let part = part?;
            all.found.extend(part.found);
            all.rejects.extend(part.rejects);
            all.notes.extend(part.notes);
            all.encoding = part.encoding;
            Ok(())
        },
    )?;
    Ok(all)
}

fn figures_of(extractor: &Extractor, reading: crate::ingest::article::ArticleReading) -> Extracted {
    let mut notes = reading.notes;
    let mut found = Vec::with_capacity(reading.articles.len());
    for article in reading.articles {
        notes.extend(notes_on(&article, extractor));
        let figures = extractor.figures(&article);
        found.push((article, figures));
    }
    Extracted { found, rejects: reading.rejects, notes, encoding: reading.encoding }
}

/// An input on its way into the file.
enum Taken {
    Held(Vec<u8>),
    /// A table that is read as it is kept.
    Large(Large),
}

/// An input whose turn comes.
enum Prepared {
    Held {
        bytes: Vec<u8>,
        sha256: String,
        /// Articles that were read ahead; tables, long inputs and those the file holds already wait for their turn.
        ahead: Option<Result<Extracted>>,
    },
    Large(Large),
}

/// Loads an input unless it is a large table.
fn taken(input: Input, options: &IngestOptions) -> (PathBuf, Result<Taken>) {
    if let Input::File(path) = &input {
        match large_table(path, options) {
            Ok(None) => {}
            Ok(Some(file)) => return (path.clone(), Ok(Taken::Large(file))),
            Err(error) => return (path.clone(), Err(error)),
        }
    }
    let (name, bytes) = input.load();
    (name, bytes.map(Taken::Held))
}

/// Ingests many inputs: articles are read and extracted on all cores, everything is kept one after another in the order of the
/// inputs, each in a transaction of its own. `each` gets what became of each, with its bytes as far as they could be read.
///
/// # Errors
/// The first error of `each`, which is handed every input that cannot be read or kept.
pub fn ingest_many<E>(
    store: Option<&mut Store>,
    extractor: &Extractor,
    inputs: impl Iterator<Item = Input>,
    options: &IngestOptions,
    dated: &Dated,
    mut each: impl FnMut(&Path, &[u8], Result<Ingested>) -> std::result::Result<(), E>,
) -> std::result::Result<(), E> {
    let mut store = store;
    // What is held now is known before any work; what comes twice in this run is found when its turn comes.
    let held = match &store {
        Some(store) if !options.dry_run => store.all_held(),
        _ => Ok(Default::default()),
    };
    let held = match held {
        Ok(held) => held,
        Err(error) => return each(Path::new(""), &[], Err(error)),
    };
    let prepare = |name: &Path, bytes: Vec<u8>| {
        let sha256 = sha256(&bytes);
        let ahead = match kind_of(name, &bytes, options) {
            Ok(kind) if kind != Kind::Table && !held.contains(&sha256) && pieces(&bytes, kind).len() < 2 => {
                Some(extracted(extractor, name, &bytes, kind, options))
            }
            _ => None,
        };
        Prepared::Held { bytes, sha256, ahead }
    };
    let work = |(name, taken): (PathBuf, Result<Taken>)| {
        let prepared = taken.map(|taken| match taken {
            Taken::Held(bytes) => prepare(&name, bytes),
            Taken::Large(file) => Prepared::Large(file),
        });
        (name, prepared)
    };
    let size = |(_, taken): &(PathBuf, Result<Taken>)| match taken {
        Ok(Taken::Held(bytes)) => bytes.len(),
        _ => 0,
    };
    in_order(inputs.map(|input| taken(input, options)), size, work, |(name, prepared)| {
        let (bytes, sha256, ahead) = match prepared {
            Err(error) => return each(&name, &[], Err(error)),
            Ok(Prepared::Held { bytes, sha256, ahead }) => (bytes, sha256, ahead),
            Ok(Prepared::Large(file)) => {
                match large::ingest(store.as_deref_mut(), &file, options, dated) {
                    // What is not recognised is read whole, to say more of it.
                    Ok(None) | Err(Error::UnknownShape { .. }) => {}
                    Ok(Some(done)) => return each(&name, &[], Ok(done)),
                    Err(error) => return each(&name, &[], Err(error)),
                }
                match load(&name) {
                    Err(error) => return each(&name, &[], Err(error)),
                    Ok(bytes) => (bytes, file.sha256().to_owned(), None),
                }
            }
        };
        let read = |kind| ahead.unwrap_or_else(|| extracted(extractor, &name, &bytes, kind, options));
        let done = ingest_read(store.as_deref_mut(), &name, &bytes, &sha256, read, options, dated);
        each(&name, &bytes, done)
    })
}
