//! How far a long import is: rows, rows a second, share done, time left. On a terminal's stderr only.

use indicatif::{HumanCount, ProgressBar, ProgressStyle};
use std::sync::{Arc, Mutex, PoisonError};
use tradeshare::pipeline::{Progress, Step};

/// Reading takes about this share of the time, in thousandths; writing the rest.
const READING: u64 = 500;

/// The bar of the file that is being read.
#[derive(Clone)]
pub(super) struct Bar {
    quiet: bool,
    bar: Arc<Mutex<Option<ProgressBar>>>,
}

impl Bar {
    pub(super) fn new(quiet: bool) -> Self {
        Self { quiet, bar: Arc::default() }
    }

    /// Returns what moves the bar.
    pub(super) fn progress(&self) -> Progress {
        let own = self.clone();
        Progress::new(move |step| own.step(step))
    }

    /// Takes the bar away.
    pub(super) fn end(&self) {
        if let Some(bar) = self.bar.lock().unwrap_or_else(PoisonError::into_inner).take() {
            bar.finish_and_clear();
        }
    }

    fn step(&self, step: Step) {
        let mut held = self.bar.lock().unwrap_or_else(PoisonError::into_inner);
        let bar = held.get_or_insert_with(|| bar(self.quiet));
        let (at, rows, what) = place(step);
        bar.set_position(at);
        let seconds = bar.elapsed().as_secs_f64().max(0.001);
        let rate = HumanCount((rows as f64 / seconds) as u64);
        bar.set_message(format!("{} rows {what}, {rate} a second", HumanCount(rows)));
    }
}

fn bar(quiet: bool) -> ProgressBar {
    if quiet {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{percent:>3} % {bar:30} {eta} left  {wide_msg}")
        .expect("the template is constant and valid");
    ProgressBar::new(1000).with_style(style)
}

/// Returns thousandths done, rows, and what was done to them.
fn place(step: Step) -> (u64, u64, &'static str) {
    match step {
        Step::Reading { rows, bytes, of } => (bytes * READING / of.max(1), rows, "read"),
        Step::Writing { rows, of } => (READING + rows * (1000 - READING) / of.max(1), rows, "written"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_goes_from_nothing_to_all() {
        assert_eq!(place(Step::Reading { rows: 0, bytes: 0, of: 10 }), (0, 0, "read"));
        assert_eq!(place(Step::Reading { rows: 5, bytes: 10, of: 10 }).0, READING);
        assert_eq!(place(Step::Writing { rows: 0, of: 8 }).0, READING);
        assert_eq!(place(Step::Writing { rows: 8, of: 8 }), (1000, 8, "written"));
    }
}
