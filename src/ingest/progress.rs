//! How far the reading of a long table is: counters that a reader raises and a caller looks at from another thread.

use std::sync::atomic::{AtomicU64, Ordering};

/// Rows read, and bytes of how many.
///
/// ```
/// use tradeshare::ingest::Progress;
///
/// let progress = Progress::default();
/// progress.start(2000);
/// progress.reached(10, 500);
/// assert_eq!((progress.rows(), progress.part()), (10, 0.25));
/// ```
#[derive(Debug, Default)]
pub struct Progress {
    rows: AtomicU64,
    bytes: AtomicU64,
    of: AtomicU64,
}

impl Progress {
    /// Begins an input of so many bytes.
    pub fn start(&self, bytes: u64) {
        self.rows.store(0, Ordering::Relaxed);
        self.bytes.store(0, Ordering::Relaxed);
        self.of.store(bytes, Ordering::Relaxed);
    }

    /// Says how many rows and bytes are read.
    pub fn reached(&self, rows: u64, bytes: u64) {
        self.rows.store(rows, Ordering::Relaxed);
        self.bytes.store(bytes, Ordering::Relaxed);
    }

    /// Returns how many rows are read.
    pub fn rows(&self) -> u64 {
        self.rows.load(Ordering::Relaxed)
    }

    /// Returns the part of the input that is read, 0 to 1; 0 before its size is known.
    pub fn part(&self) -> f64 {
        let of = self.of.load(Ordering::Relaxed);
        if of == 0 { 0.0 } else { (self.bytes.load(Ordering::Relaxed) as f64 / of as f64).min(1.0) }
    }
}
