//! Several things at once: there are two builds, two directions, many meetings.
//!
//! The steps of all threads are counted as those of the thread that asks.

use std::io;
use std::num::NonZero;
use std::panic::resume_unwind;
use std::thread;

use super::steps::{Budget, Spent};

/// Does both, side by side.
pub(crate) fn both<A: Send, B>(
    one: impl FnOnce() -> A + Send,
    other: impl FnOnce() -> B,
) -> (A, B) {
    let budget = Budget::current();
    thread::scope(|scope| {
        let one = scope.spawn(move || budget.spend(one));
        let (other, others_steps) = budget.spend(other);
        // A panic in there is a bug of ours, and goes on as one here.
        let (one, steps) = one.join().unwrap_or_else(|panic| resume_unwind(panic));
        steps.add();
        others_steps.add();
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
    let budget = Budget::current();
    let do_one = |item: &T| budget.spend(|| work(item));
    let do_all = |part: &[T]| part.iter().map(do_one).collect::<Vec<(A, Spent)>>();
    let done = thread::scope(|scope| {
        let others: Vec<_> = parts
            .map(|part| scope.spawn(move || do_all(part)))
            .collect();
        let mut done = do_all(first);
        for other in others {
            done.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        done
    });
    let done = done.into_iter().map(|(result, steps)| {
        steps.add();
        result
    });
    done.collect()
}

/// The stack of a thread that recurses into what a stranger may have nested, in bytes. What
/// is not used of it costs nothing.
const DEEP_STACK: usize = 64 << 20;

/// Does work that recurses, on a stack that is large enough for the limits of what it reads.
///
/// # Errors
///
/// If no thread can be started.
pub(crate) fn deeply<T: Send>(work: impl FnOnce() -> T + Send) -> io::Result<T> {
    thread::scope(|scope| {
        let builder = thread::Builder::new().stack_size(DEEP_STACK);
        let thread = builder.spawn_scoped(scope, work)?;
        Ok(thread.join().unwrap_or_else(|panic| resume_unwind(panic)))
    })
}
