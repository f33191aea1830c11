//! Tables too large to be held: read in pieces that end where a record does.
//!
//! What is decided by looking at the whole file is decided first, in one pass over its bytes: whether it is UTF-8, and its hash.
//! Star schemas, Eurostat's TSV and code lists are read whole, for they are put together before their rows are.

use super::frame::{LONGEST_LINE, Records};
use super::rows::RowReader;
use super::{Begun, TableOptions, begin, clash, decode, refuse_hopeless, shape_of, star, tsv, unknown_names};
use crate::error::{Error, Result};
use crate::ingest::pieces::{Large, Pieces};
use crate::model::{Reject, Settled, TableEnd, TableHead, TableReading, TableRows};
use std::path::PathBuf;

/// More bad rows than this and the table was mistaken; each is kept with its raw text.
const MOST_REJECTS: usize = 100_000;

/// A table on its way, piece by piece.
pub struct TableStream<'p> {
    name: PathBuf,
    /// What is known before the rows.
    pub head: TableHead,
    notes: Vec<String>,
    file: Large,
    pieces: Pieces,
    reader: RowReader<'p>,
    delimiter: u8,
    /// Bytes above the rows.
    body: usize,
    /// Names handed over.
    told: (usize, usize),
}

impl<'p> TableStream<'p> {
    /// Reads what is above the rows; `None` when this table must be read whole.
    ///
    /// # Errors
    /// As [`super::read`].
    pub fn open(file: &Large, options: &'p TableOptions) -> Result<Option<Self>> {
        let name = file.path();
        let mapped = options.mapping.as_ref().map(|mapping| &mapping.profile);
        let stated = mapped.and_then(|profile| profile.read.encoding.as_deref());
        let encoding = decode::decode(name, file.sample(), options, stated)?.encoding;
        let mut pieces = file.pieces(&encoding)?;
        let text = pieces.peek()?;
        if star::is_star(text) || tsv::spread(name, text).is_some() {
            return Ok(None);
        }
        let shape = shape_of(name, text, mapped)?;
        if shape.profile.list.is_some() {
            return Ok(None);
        }
        let Begun { mut reader, mut head, notes } = begin(name, text, &shape, options)?;
        reader.look_up_headers(shape.preamble + 1);
        head.encoding = encoding;
        Ok(Some(Self {
            name: name.to_owned(),
            head,
            notes,
            file: file.clone(),
            pieces,
            reader,
            delimiter: shape.delimiter,
            body: shape.body,
            told: (0, 0),
        }))
    }

    /// Returns the next rows; `None` after the last.
    ///
    /// # Errors
    /// [`Error::Io`] when the file cannot be read on, [`Error::Input`] when it does not decode, has an endless line or more than
    /// 100,000 bad rows.
    pub fn next_rows(&mut self) -> Result<Option<TableRows>> {
        let Some(piece) = self.pieces.next(self.delimiter, LONGEST_LINE)? else { return Ok(None) };
        let from = if piece.before == 0 { self.body } else { 0 };
        let records =
            Records::new(piece.text, from, self.delimiter).piece(piece.line, piece.before, piece.open);
        self.reader.piece(records);
        let rejects = &self.reader.read.rejects;
        if rejects.len() > MOST_REJECTS {
            let first = &rejects[0];
            let reason = format!(
                "more than {MOST_REJECTS} rows could not be read; the first is line {}: {}",
                first.line, first.reason
            );
            return Err(Error::Input { path: self.name.clone(), reason });
        }
        let (entities, commodities) = (&self.reader.entities.list, &self.reader.commodities.list);
        let told = std::mem::replace(&mut self.told, (entities.len(), commodities.len()));
        Ok(Some(TableRows {
            entities: entities[told.0..].to_vec(),
            commodities: commodities[told.1..].to_vec(),
            observations: std::mem::take(&mut self.reader.read.observations),
            lost: std::mem::take(&mut self.reader.lost),
        }))
    }

    /// Returns how many bytes of the unpacked file were read.
    pub fn bytes_read(&self) -> u64 {
        self.pieces.bytes_read()
    }

    /// Returns how many records and how many bad ones were read.
    pub fn counts(&self) -> (u64, u64) {
        (self.reader.read.records, self.reader.read.rejects.len() as u64)
    }

    /// Returns the bad rows so far.
    pub fn rejects(&self) -> &[Reject] {
        &self.reader.read.rejects
    }

    /// Returns what is left when the rows are through and settled. Lines of rows that contradict each other are read once more,
    /// for the proof.
    ///
    /// # Errors
    /// As [`Self::next_rows`]; [`Error::Input`] when not one row could be read.
    pub fn end(mut self, settled: &Settled) -> Result<TableEnd> {
        let mut read = self.reader.end();
        refuse_hopeless(&self.name, read.records, &read.rejects)?;
        let mut clashes = clash::told(settled);
        let in_figures = clash::settle_figures(&mut read.figures);
        clashes.lines.extend(in_figures.lines);
        clashes.notes.extend(in_figures.notes);
        if !clashes.lines.is_empty() {
            read.rejects.extend(self.contradicted(&clashes)?);
            read.rejects.sort_by_key(|reject| reject.line);
        }
        let mut notes = self.notes;
        notes.extend(read.notes);
        notes.extend(clashes.notes);
        notes.extend(self.reader.entities.remarks.iter().cloned());
        notes.extend(unknown_names(&self.reader.entities));
        Ok(TableEnd { records: read.records, figures: read.figures, rejects: read.rejects, notes })
    }

    fn contradicted(&self, clashes: &clash::Clashes) -> Result<Vec<Reject>> {
        if clashes.lines.len() > MOST_REJECTS {
            let (line, reason) = clashes.lines.iter().next().expect("there are many");
            let reason = format!(
                "more than {MOST_REJECTS} rows contradict another; the first is line {line}: {reason}"
            );
            return Err(Error::Input { path: self.name.clone(), reason });
        }
        let mut pieces = self.file.pieces(&self.head.encoding)?;
        let mut rejects = Vec::new();
        while let Some(piece) = pieces.next(self.delimiter, LONGEST_LINE)? {
            let from = if piece.before == 0 { self.body } else { 0 };
            let records =
                Records::new(piece.text, from, self.delimiter).piece(piece.line, piece.before, piece.open);
            rejects.extend(clash::rejects(records, &clashes.lines));
        }
        Ok(rejects)
    }

    /// Returns a reading of these rows alone, to be shown.
    pub fn shown(&self, rows: TableRows) -> TableReading {
        let head = self.head.clone();
        TableReading {
            profile: head.profile,
            encoding: head.encoding,
            delimiter: head.delimiter,
            columns: head.columns,
            dataset: head.dataset,
            records: self.reader.read.records,
            entities: rows.entities,
            commodities: rows.commodities,
            observations: rows.observations,
            figures: Vec::new(),
            rejects: Vec::new(),
            notes: Vec::new(),
        }
    }
}

impl std::fmt::Debug for TableStream<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TableStream")
            .field("name", &self.name)
            .field("head", &self.head)
            .finish_non_exhaustive()
    }
}
