//! What a person sees while a long table is read: rows, rows a second, the part done, the time left.

use std::io::{IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use tradeshare::ingest::Progress;

/// Inputs below this size are read before anybody could read a line about it.
const LONG: usize = 16 << 20;

/// A line on standard error that is kept up to date until it is dropped.
pub(super) struct Line {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Line {
    /// Begins the line of an input; there is none for short inputs and with `--quiet`.
    ///
    /// On a terminal it is written over twice a second, elsewhere a new one is added every ten seconds.
    pub(super) fn begin(name: &str, bytes: usize, progress: &Arc<Progress>, quiet: bool) -> Option<Self> {
        if quiet || bytes < LONG {
            return None;
        }
        progress.start(0);
        let stop = Arc::new(AtomicBool::new(false));
        let (ended, progress, name) = (Arc::clone(&stop), Arc::clone(progress), name.to_owned());
        let thread = std::thread::spawn(move || {
            let terminal = std::io::stderr().is_terminal();
            let every = Duration::from_millis(if terminal { 500 } else { 10_000 });
            let (began, mut written) = (Instant::now(), Instant::now());
            while !ended.load(Ordering::Relaxed) {
                std::thread::park_timeout(Duration::from_millis(100));
                if written.elapsed() < every {
                    continue;
                }
                written = Instant::now();
                let text = said(&name, progress.rows(), progress.part(), began.elapsed());
                // A line that cannot be written is no reason to stop reading.
                let _ = if terminal {
                    write!(std::io::stderr(), "\r\x1b[K{text}")
                } else {
                    writeln!(std::io::stderr(), "{text}")
                };
            }
            if terminal {
                let _ = write!(std::io::stderr(), "\r\x1b[K");
            }
        });
        Some(Self { stop, thread: Some(thread) })
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            thread.thread().unpark();
            // A thread that panicked has nothing more to write.
            let _ = thread.join();
        }
    }
}

fn said(name: &str, rows: u64, part: f64, elapsed: Duration) -> String {
    let seconds = elapsed.as_secs_f64();
    if part >= 0.999 {
        return format!("{name}: {} rows read, storing", grouped(rows));
    }
    if rows == 0 || part <= 0.0 {
        return format!("{name}: opening");
    }
    let left = seconds / part - seconds;
    let speed = (rows as f64 / seconds) as u64;
    format!(
        "{name}: {} rows, {} rows/s, {:.0} % done, {left:.0} s left",
        grouped(rows),
        grouped(speed),
        part * 100.0
    )
}

/// Writes a number with commas between thousands.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_says_rows_speed_part_and_time() {
        let after = Duration::from_secs(10);
        assert_eq!(
            said("x.csv", 1_200_000, 0.25, after),
            "x.csv: 1,200,000 rows, 120,000 rows/s, 25 % done, 30 s left"
        );
        assert_eq!(said("x.csv", 4_800_000, 1.0, after), "x.csv: 4,800,000 rows read, storing");
        assert_eq!(said("x.csv", 0, 0.0, after), "x.csv: opening");
    }
}
