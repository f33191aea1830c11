//! Works on several items at once and hands out the results in the order of the items.

use std::any::Any;
use std::collections::{BTreeMap, VecDeque};
use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Mutex, PoisonError, mpsc};
use std::thread;

/// Items under way for each worker: enough that none waits, few enough that memory does not grow with their number.
const AHEAD: usize = 4;

/// Bytes under way beyond which no further item is taken up.
const MOST_BYTES: usize = 64 << 20;

/// Runs `work` over the items on all cores and gives each result to `take`, in order, on the calling thread, where
/// the items are made too. `size` tells an item's bytes: few items are under way at a time, and few bytes.
///
/// Results do not depend on the number of cores. After an error of `take` nothing more is taken up.
///
/// # Errors
/// The first error of `take`.
pub(super) fn in_order<T: Send, R: Send, E>(
    mut items: impl Iterator<Item = T>,
    size: impl Fn(&T) -> usize,
    work: impl Fn(T) -> R + Sync,
    mut take: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let workers = thread::available_parallelism().map_or(1, NonZero::get);
    if workers == 1 {
        return items.try_for_each(|item| take(work(item)));
    }
    let (jobs, queue) = mpsc::channel::<(usize, T)>();
    let queue = Mutex::new(queue);
    let (results, finished) = mpsc::channel::<(usize, Result<R, Box<dyn Any + Send>>)>();
    thread::scope(|scope| {
        // Inside, so that an early return closes the queue and lets the workers end.
        let jobs = jobs;
        for _ in 0..workers {
            let (results, queue, work) = (results.clone(), &queue, &work);
            scope.spawn(move || {
                loop {
                    let job = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
                    let Ok((number, item)) = job else { break };
                    let result = catch_unwind(AssertUnwindSafe(|| work(item)));
                    if results.send((number, result)).is_err() {
                        break;
                    }
                }
            });
        }
        let mut sizes: VecDeque<usize> = VecDeque::new();
        let mut early = BTreeMap::new();
        let (mut started, mut next, mut under_way) = (0, 0, 0);
        loop {
            while sizes.is_empty() || (sizes.len() < AHEAD * workers && under_way < MOST_BYTES) {
                let Some(item) = items.next() else { break };
                sizes.push_back(size(&item));
                under_way += size(&item);
                jobs.send((started, item)).expect("the queue lives as long as this scope");
                started += 1;
            }
            let Some(bytes) = sizes.pop_front() else { return Ok(()) };
            let result = loop {
                if let Some(result) = early.remove(&next) {
                    break result;
                }
                let (number, result) = finished.recv().expect("workers live as long as the queue");
                early.insert(number, result);
            };
            (next, under_way) = (next + 1, under_way - bytes);
            take(result.unwrap_or_else(|panic| resume_unwind(panic)))?;
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    #[test]
    fn results_come_in_order_whatever_takes_longest() {
        let mut taken = Vec::new();
        let work = |n: u64| {
            thread::sleep(Duration::from_micros(500 * (n % 5)));
            n * n
        };
        let done: Result<(), ()> = in_order(
            0..100,
            |_| 1,
            work,
            |square| {
                taken.push(square);
                Ok(())
            },
        );
        assert_eq!(done, Ok(()));
        assert_eq!(taken, (0..100).map(|n| n * n).collect::<Vec<u64>>());
    }

    #[test]
    fn an_error_stops_the_rest_and_few_items_are_ahead() {
        let made = AtomicUsize::new(0);
        let items = (0..1_000_000).inspect(|_| {
            made.fetch_add(1, Ordering::Relaxed);
        });
        let stop = |n| if n == 10 { Err("ten") } else { Ok(()) };
        assert_eq!(in_order(items, |_| 0, |n: u32| n, stop), Err("ten"));
        let most = 11 + AHEAD * thread::available_parallelism().map_or(1, NonZero::get);
        assert!(made.load(Ordering::Relaxed) <= most);
    }

    #[test]
    fn large_items_go_one_by_one() {
        let under_way = AtomicUsize::new(0);
        let most = AtomicUsize::new(0);
        let items = (0..8).inspect(|_| {
            most.fetch_max(under_way.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        });
        let done: Result<(), ()> = in_order(
            items,
            |_| MOST_BYTES,
            |n: u32| n,
            |_| {
                under_way.fetch_sub(1, Ordering::SeqCst);
                Ok(())
            },
        );
        assert_eq!((done, most.into_inner()), (Ok(()), 1));
    }

    #[test]
    #[should_panic(expected = "item 3")]
    fn a_panic_is_the_callers() {
        let work = |n: u32| assert!(n != 3, "item {n}");
        let _: Result<(), ()> = in_order(0..10, |_| 0, work, Ok);
    }
}
