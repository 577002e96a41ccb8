//! Several things at once: there are two builds, two directions, many meetings.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::thread;

/// Does both, side by side.
pub(crate) fn both<A: Send, B>(
    one: impl FnOnce() -> A + Send,
    other: impl FnOnce() -> B,
) -> (A, B) {
    thread::scope(|scope| {
        let one = scope.spawn(one);
        let other = other();
        // A panic in there is a bug of ours, and goes on as one here.
        let one = one.join().unwrap_or_else(|panic| resume_unwind(panic));
        (one, other)
    })
}

/// Does the same with each, side by side as far as there are processors; what comes of
/// it is in the order of the items.
pub(crate) fn each<T: Sync, A: Send>(items: &[T], work: impl Fn(&T) -> A + Sync) -> Vec<A> {
    let processors = thread::available_parallelism().map_or(1, NonZero::get);
    let part = items.len().div_ceil(processors).max(1);
    let mut parts = items.chunks(part);
    let first = parts.next().unwrap_or_default();
    let do_all = |part: &[T]| part.iter().map(&work).collect::<Vec<A>>();
    thread::scope(|scope| {
        let others: Vec<_> = parts
            .map(|part| scope.spawn(move || do_all(part)))
            .collect();
        let mut done = do_all(first);
        for other in others {
            done.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        done
    })
}
