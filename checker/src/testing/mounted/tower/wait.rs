//! Waits for a future on the thread that asks, whether it is one of a runtime or not.

use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::{Duration, Instant};

use tokio::task::unconstrained;

/// Wakes a thread that is parked.
struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// What the future gives, if it does within this time. A runtime of another thread may
/// have to do the work that it waits for.
pub(super) fn wait<F: Future>(future: F, patience: Duration) -> Option<F::Output> {
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    // In a task tokio counts how much is done, and from some number on lets all wait
    // until the task gives way, which this one does not.
    let mut future = pin!(unconstrained(future));
    let end = Instant::now() + patience;
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return Some(output);
        }
        thread::park_timeout(end.checked_duration_since(Instant::now())?);
    }
}

#[cfg(test)]
mod tests {
    use std::future::{pending, poll_fn, ready};
    use std::task::Poll;
    use std::thread;
    use std::time::Duration;

    use super::wait;

    const LONG: Duration = Duration::from_secs(60);

    #[test]
    fn what_is_there_is_given_without_patience() {
        assert_eq!(wait(ready(7), Duration::ZERO), Some(7));
    }

    #[test]
    fn what_another_thread_does_is_waited_for() {
        let mut worker = None;
        let future = poll_fn(|context| {
            if worker.is_some() {
                return Poll::Ready(7);
            }
            let waker = context.waker().clone();
            worker = Some(thread::spawn(|| waker.wake()));
            Poll::Pending
        });
        assert_eq!(wait(future, LONG), Some(7));
    }

    #[test]
    fn patience_has_an_end() {
        assert_eq!(wait(pending::<()>(), Duration::from_millis(10)), None);
    }

    #[test]
    fn a_task_may_do_as_much_as_it_takes() {
        let runtime = tokio::runtime::Builder::new_current_thread().build();
        let much = async {
            for _ in 0..1000 {
                tokio::task::consume_budget().await;
            }
        };
        let done = runtime.unwrap().block_on(async { wait(much, LONG) });
        assert_eq!(done, Some(()));
    }
}
