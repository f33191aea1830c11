//! A table too large to be held: one thread reads it, another keeps what was read.

use super::ingest::{Dated, IngestOptions, Ingested, refuse_many};
use crate::error::{Error, Result};
use crate::ingest::table::{TableStream, preview};
use crate::ingest::{Kind, Large};
use crate::model::{Settled, TableEnd, TableRows};
use crate::store::{Outcome, Store, TableSource};
use std::fmt;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, sync_channel};

/// Pieces that may wait to be kept.
const WAITING: usize = 4;

/// How far a large table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Rows and bytes that were read, of so many bytes.
    Reading {
        /// Rows so far.
        rows: u64,
        /// Bytes so far.
        bytes: u64,
        /// All bytes.
        of: u64,
    },
    /// Rows that were written, of so many.
    Writing {
        /// Rows so far.
        rows: u64,
        /// All rows.
        of: u64,
    },
}

/// Somebody who is told how far a large table is.
#[derive(Clone)]
pub struct Progress(Arc<dyn Fn(Step) + Send + Sync>);

impl Progress {
    /// Calls `tell` some times a second.
    pub fn new(tell: impl Fn(Step) + Send + Sync + 'static) -> Self {
        Self(Arc::new(tell))
    }
}

impl fmt::Debug for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Progress")
    }
}

/// Ingests the file; `None` when it must be read whole.
pub(super) fn ingest(
    store: Option<&mut Store>,
    file: &Large,
    options: &IngestOptions,
    dated: &Dated,
) -> Result<Option<Ingested>> {
    let mut done = Ingested::begun(file.path(), file.sha256(), Kind::Table);
    let store = store.filter(|_| !options.dry_run);
    if let Some(store) = &store
        && let Some(batch) = store.held(file.sha256())?
    {
        done.outcome = Some(Outcome::AlreadyHeld { batch });
        return Ok(Some(done));
    }
    let Some(stream) = TableStream::open(file, &options.table)? else { return Ok(None) };
    let head = stream.head.clone();
    done.recognised(&head.profile, &head.encoding, head.delimiter, &head.columns);
    let end = match store {
        None => look(stream, file, options, &mut done)?,
        Some(store) => {
            let meta = done.meta(Kind::Table, file.bytes(), options, dated);
            let (outcome, end) = std::thread::scope(|scope| {
                let (sender, receiver) = sync_channel(WAITING);
                let reader = scope.spawn(move || read(stream, &sender));
                let mut source = Source { receiver, reader: Some(reader), file, options, rows: 0 };
                store.ingest_pieces(&meta, &head, &mut source)
            })?;
            done.outcome = Some(outcome);
            end
        }
    };
    done.records = end.records;
    done.figures = end.figures.into_iter().map(|(_, figure)| figure).collect();
    done.rejects = end.rejects;
    done.notes = end.notes;
    Ok(Some(done))
}

/// Looks the table through and keeps nothing.
fn look(
    mut stream: TableStream<'_>,
    file: &Large,
    options: &IngestOptions,
    done: &mut Ingested,
) -> Result<TableEnd> {
    let mut first = true;
    while let Some(rows) = stream.next_rows()? {
        if first {
            done.reading.extend(preview(&stream.shown(rows)));
        }
        first = false;
        let (rows, bytes) = (stream.counts().0, stream.bytes_read());
        tell(options, Step::Reading { rows, bytes, of: file.bytes() });
    }
    let mut end = stream.end(&Settled::default())?;
    refuse_many(&end.rejects, options, file.path())?;
    end.notes.push(
        "rows that contradict each other are looked for when a table of this size is kept, not in a dry run"
            .to_owned(),
    );
    Ok(end)
}

fn tell(options: &IngestOptions, step: Step) {
    if let Some(Progress(tell)) = &options.progress {
        tell(step);
    }
}

/// Rows with the number of bytes and of bad rows so far.
type Piece = Result<(TableRows, u64, u64)>;

/// Reads all rows; ends early when nobody takes them any more.
fn read<'p>(mut stream: TableStream<'p>, sender: &std::sync::mpsc::SyncSender<Piece>) -> TableStream<'p> {
    loop {
        let piece = match stream.next_rows() {
            Ok(None) => return stream,
            Ok(Some(rows)) => Ok((rows, stream.bytes_read(), stream.counts().1)),
            Err(error) => Err(error),
        };
        let failed = piece.is_err();
        if sender.send(piece).is_err() || failed {
            return stream;
        }
    }
}

/// The store's side of the two threads.
struct Source<'scope, 'a> {
    receiver: Receiver<Piece>,
    reader: Option<std::thread::ScopedJoinHandle<'scope, TableStream<'a>>>,
    file: &'a Large,
    options: &'a IngestOptions,
    rows: u64,
}

impl Source<'_, '_> {
    fn broken(&self) -> Error {
        Error::Input {
            path: self.file.path().to_owned(),
            reason: "reading it ended with a fault of this program".to_owned(),
        }
    }
}

impl TableSource for Source<'_, '_> {
    fn next_rows(&mut self) -> Result<Option<TableRows>> {
        let Ok(piece) = self.receiver.recv() else { return Ok(None) };
        let (rows, bytes, rejects) = piece?;
        if self.options.max_rejects.is_some_and(|most| rejects > most)
            && let Some(stream) = self.reader.take()
        {
            // The thread ends when it finds that nobody takes the rows any more.
            let (_, closed) = sync_channel(0);
            drop(std::mem::replace(&mut self.receiver, closed));
            let stream = stream.join().map_err(|_| self.broken())?;
            refuse_many(stream.rejects(), self.options, self.file.path())?;
        }
        self.rows += rows.observations.len() as u64;
        tell(self.options, Step::Reading { rows: self.rows, bytes, of: self.file.bytes() });
        Ok(Some(rows))
    }

    fn written(&mut self, rows: u64, of: u64) {
        tell(self.options, Step::Writing { rows, of });
    }

    fn end(&mut self, settled: &Settled) -> Result<TableEnd> {
        let stream = self.reader.take().ok_or_else(|| self.broken())?.join().map_err(|_| self.broken())?;
        let end = stream.end(settled)?;
        refuse_many(&end.rejects, self.options, self.file.path())?;
        Ok(end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::{IngestOptions, ingest_bytes};
    use std::path::{Path, PathBuf};

    fn dated() -> Dated {
        Dated { recorded_at: "2026-01-01T00:00:00Z".to_owned(), tool_version: "test".to_owned() }
    }

    fn lines(store: &Store, sql: &str) -> Vec<String> {
        let mut statement = store.connection().prepare(sql).expect("valid");
        let rows = statement.query_map([], |row| row.get(0)).expect("runs");
        rows.collect::<rusqlite::Result<_>>().expect("text")
    }

    /// Returns everything a file became.
    fn kept(store: &Store) -> Vec<String> {
        [
            "SELECT json_array(dataset, market, basis, scheme, code, commodity, period, subject, subject_kind, role, value,
               weight_kg, quantity, quantity_unit, flags, line) FROM trade ORDER BY 1",
            "SELECT json_array(market, product, basis, unit, period, subject, value, quote, line) FROM shares ORDER BY 1",
            "SELECT json_array(seq, line, column_name, reason, raw) FROM reject ORDER BY seq",
            "SELECT json_array(added, changed, same, rejected, figures, encoding, profile, sha256) FROM batch",
        ]
        .into_iter()
        .flat_map(|sql| lines(store, sql))
        .collect()
    }

    fn options() -> IngestOptions {
        IngestOptions { kind: Some(Kind::Table), ..IngestOptions::default() }
    }

    /// Reads a file whole and in pieces of these sizes; returns how many were read in pieces.
    fn compare(path: &Path, blocks: &[usize]) -> usize {
        let bytes = std::fs::read(path).expect("readable");
        let mut whole = Store::in_memory().expect("opens");
        let extractor = crate::extract::Extractor::new();
        let right = ingest_bytes(Some(&mut whole), &extractor, path, &bytes, &options(), &dated());
        let mut read = 0;
        for block in blocks {
            let mut store = Store::in_memory().expect("opens");
            let file = Large::with_block(path, *block).expect("read");
            let found = ingest(Some(&mut store), &file, &options(), &dated());
            match (&right, found) {
                (_, Ok(None)) => {}
                (Ok(right), Ok(Some(found))) => {
                    read += 1;
                    assert_eq!(kept(&store), kept(&whole), "{} in blocks of {block}", path.display());
                    assert_eq!(found.notes, right.notes, "{} in blocks of {block}", path.display());
                    assert_eq!((found.records, found.reading), (right.records, right.reading.clone()));
                }
                (Err(right), Err(found)) => assert_eq!(found.to_string(), right.to_string()),
                (right, found) => panic!("{}: {right:?} {found:?}", path.display()),
            }
        }
        read
    }

    #[test]
    fn pieces_make_the_same_of_every_table_as_the_whole() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/tables");
        let mut files: Vec<PathBuf> =
            std::fs::read_dir(folder).expect("there").map(|entry| entry.expect("readable").path()).collect();
        files.sort();
        let plain =
            |path: &PathBuf| path.extension().is_some_and(|ending| ending == "csv" || ending == "dat");
        let read: usize =
            files.iter().filter(|path| plain(path)).map(|path| compare(path, &[64, 1000])).sum();
        assert!(read > 20, "{read} were read in pieces");
    }

    fn table(rows: &str) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("BACI_HS17_Y2021_V202301.csv");
        std::fs::write(&path, format!("t,i,j,k,v,q\n{rows}")).expect("written");
        (folder, path)
    }

    #[test]
    fn rows_of_one_cell_are_settled_across_pieces() {
        let far: String = (1..400).map(|at| format!("2021,156,643,{:06},1,1\n", 10_000 + at)).collect();
        let (_folder, path) = table(&format!(
            "2021,156,643,870323,5.5,1\n2021,276,643,870323,7,1\n2021,392,643,870323,8,NA\n{far}\
             2021,276,643,870323,9,1\n2021,156,643,870323,5.5,1\n2021,410,643,870323,x,1\n"
        ));
        assert_eq!(compare(&path, &[128, 4096, 1 << 20]), 3);
        let mut store = Store::in_memory().expect("opens");
        let file = Large::with_block(&path, 256).expect("read");
        let done = ingest(Some(&mut store), &file, &options(), &dated()).expect("kept").expect("in pieces");
        let lines: Vec<u64> = done.rejects.iter().map(|reject| reject.line).collect();
        assert_eq!(lines, [3, 404, 406], "the two that contradict each other, and the bad one");
        assert!(done.rejects[0].reason.contains("line 404") && done.rejects[1].reason.contains("line 3"));
        assert_eq!(done.rejects[1].raw, "2021,276,643,870323,9,1");
    }

    #[test]
    fn too_many_bad_rows_stop_a_file_and_leave_nothing() {
        let bad: String = (0..500).map(|at| format!("2021,156,643,{:06},x,1\n", 10_000 + at)).collect();
        let (_folder, path) = table(&format!("2021,156,643,870323,5,1\n{bad}"));
        let mut store = Store::in_memory().expect("opens");
        let file = Large::with_block(&path, 256).expect("read");
        let few = IngestOptions { max_rejects: Some(3), ..options() };
        let told = ingest(Some(&mut store), &file, &few, &dated()).expect_err("refused").to_string();
        assert!(told.contains("more than the 3 allowed") && told.contains("line 3"), "{told}");
        assert!(store.batches().expect("read").is_empty());
        assert_eq!(lines(&store, "SELECT cell FROM cell"), Vec::<String>::new());
        ingest(Some(&mut store), &file, &options(), &dated()).expect("kept").expect("in pieces");
        assert_eq!(store.batches().expect("read")[0].rejected, 500);
    }

    #[test]
    fn a_dry_run_keeps_nothing_and_progress_is_told() {
        let rows: String = (0..300).map(|at| format!("2021,156,643,{:06},1,1\n", 10_000 + at)).collect();
        let (_folder, path) = table(&rows);
        let file = Large::with_block(&path, 512).expect("read");
        let steps = Arc::new(std::sync::Mutex::new(Vec::new()));
        let own = Arc::clone(&steps);
        let progress = Progress::new(move |step| own.lock().expect("no panic").push(step));
        let told = IngestOptions { progress: Some(progress), dry_run: true, ..options() };
        let mut store = Store::in_memory().expect("opens");
        let done = ingest(Some(&mut store), &file, &told, &dated()).expect("read").expect("in pieces");
        assert_eq!((done.records, done.outcome), (300, None));
        assert!(done.reading.iter().any(|line| line.contains("010000")), "{:?}", done.reading);
        assert!(store.batches().expect("read").is_empty());
        let steps = steps.lock().expect("no panic");
        let of = file.bytes();
        assert_eq!(steps.last(), Some(&Step::Reading { rows: 300, bytes: of, of }));
    }
}
