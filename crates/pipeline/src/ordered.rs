//! A parallel map that keeps order and bounds what is in flight.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Condvar, Mutex, PoisonError};

/// How many items may be read but not yet handed over, per thread: enough to keep the workers busy
/// while one item is slow, little enough to hold in memory.
const WINDOW_PER_THREAD: usize = 16;

/// Runs `produce` on a thread of its own, `work` on `threads` others, and `consume` here, in the order
/// of production. Each thread makes itself what it works with by `worker`. `consume` may break off; the producer is then told so at its next item.
pub fn map<I: Send, O: Send, W>(
    threads: usize,
    produce: impl FnOnce(&mut dyn FnMut(I) -> ControlFlow<()>) + Send,
    worker: impl Fn() -> W + Sync,
    work: impl Fn(&W, I) -> O + Sync,
    consume: &mut dyn FnMut(O) -> ControlFlow<()>,
) {
    let threads = threads.max(1);
    let gate = Gate::new(threads * WINDOW_PER_THREAD);
    let (to_workers, items) = sync_channel::<(usize, I)>(threads);
    let items = Mutex::new(items);
    let (to_consumer, results) = sync_channel::<(usize, O)>(threads);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let to_workers = to_workers;
            let mut next = 0;
            produce(&mut |item| {
                if gate.enter(next).is_break() || to_workers.send((next, item)).is_err() {
                    return ControlFlow::Break(());
                }
                next += 1;
                ControlFlow::Continue(())
            });
        });
        for _ in 0..threads {
            let to_consumer = to_consumer.clone();
            let (items, worker, work) = (&items, &worker, &work);
            scope.spawn(move || {
                let worker = worker();
                while let Some((index, item)) = receive(items) {
                    if to_consumer.send((index, work(&worker, item))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(to_consumer);
        let mut waiting: BTreeMap<usize, O> = BTreeMap::new();
        let mut next = 0;
        'all: for (index, result) in &results {
            waiting.insert(index, result);
            while let Some(result) = waiting.remove(&next) {
                next += 1;
                gate.done(next);
                if consume(result).is_break() {
                    gate.close();
                    break 'all;
                }
            }
        }
        gate.close();
        // Lets workers that still hold a result go.
        drop(results);
        while receive(&items).is_some() {}
    });
}

fn receive<I>(items: &Mutex<Receiver<I>>) -> Option<I> {
    items.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

/// Holds the producer back while too much is in flight.
struct Gate {
    window: usize,
    state: Mutex<(usize, bool)>,
    changed: Condvar,
}

impl Gate {
    fn new(window: usize) -> Self {
        Self { window, state: Mutex::new((0, false)), changed: Condvar::new() }
    }

    /// Waits until item `index` may enter; breaks if nobody wants it any more.
    fn enter(&self, index: usize) -> ControlFlow<()> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        while index >= state.0 + self.window && !state.1 {
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        if state.1 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    fn done(&self, count: usize) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).0 = count;
        self.changed.notify_all();
    }

    fn close(&self) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).1 = true;
        self.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn squares(threads: usize, count: usize, stop_after: usize) -> Vec<usize> {
        let mut seen = Vec::new();
        map(
            threads,
            |emit| {
                for i in 0..count {
                    if emit(i).is_break() {
                        break;
                    }
                }
            },
            || (),
            |(), i| {
                // The first items are the slowest, so that order has to be restored.
                if i % 7 == 0 {
                    std::thread::sleep(std::time::Duration::from_millis(2));
                }
                i * i
            },
            &mut |o| {
                seen.push(o);
                if seen.len() == stop_after { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            },
        );
        seen
    }

    #[test]
    fn order_is_that_of_production_on_any_number_of_threads() {
        let expected: Vec<usize> = (0..300).map(|i| i * i).collect();
        for threads in [1, 2, 5] {
            assert_eq!(squares(threads, 300, usize::MAX), expected);
        }
    }

    #[test]
    fn breaking_off_ends_everything() {
        assert_eq!(squares(3, 1_000_000, 5), vec![0, 1, 4, 9, 16]);
    }
}
