//! Counts the steps of a judgement, and ends one that takes too many.
//!
//! A build may come from somebody who wants the check to hang. So a judgement has a budget of
//! steps: not of time, so that it ends in the same place on every machine. Code whose number of
//! steps may grow with the square of the input counts them, and returns early when the budget
//! is used up, whatever it returns then: [`within_budget`] drops it and returns an error.
//!
//! Steps are counted for each thread. [`parallel`](super::parallel) adds those of other threads.

use std::cell::{Cell, RefCell};

/// How many steps a judgement may take. 100,000 handlers with a form for each take less than
/// 10 million, as a test of `judge` shows.
pub(crate) const MAX_STEPS: u64 = 500_000_000;

/// The budget of code that is not part of a judgement.
const NO_LIMIT: u64 = u64::MAX;

thread_local! {
    /// The steps of this thread.
    static TAKEN: Cell<u64> = const { Cell::new(0) };
    /// The number of steps at which the budget of the running judgement is used up.
    static LIMIT: Cell<u64> = const { Cell::new(NO_LIMIT) };
    /// What was judged when the budget was used up.
    static PLACE: RefCell<Option<Place>> = const { RefCell::new(None) };
}

/// The judgement takes too many steps.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the judgement takes more than {MAX_STEPS} steps, which is far more than an ordinary app \
     needs. It was stopped at {}", place.as_ref().map_or_else(
        || "no single form: all of them take too many together".to_owned(), Place::to_string
    )
)]
pub struct TooManySteps {
    place: Option<Place>,
}

/// A form, and an endpoint that it sends to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// The form's id.
    pub(crate) form: String,
    pub(crate) method: String,
    pub(crate) path: String,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { form, method, path } = self;
        write!(
            f,
            "the form `{form}`, which sends {method} {path}: check how many handlers, forms and \
             fields this endpoint has"
        )
    }
}

/// Counts steps.
pub(crate) fn count(steps: usize) {
    TAKEN.set(TAKEN.get().saturating_add(steps as u64));
}

/// Whether the budget is used up. Then code returns early, and what it returns is dropped.
pub(crate) fn is_used_up() -> bool {
    TAKEN.get() > LIMIT.get()
}

/// Whether the budget is used up. If it has just been used up, notes the form and the endpoint
/// that are judged.
pub(crate) fn is_used_up_at(form: &str, [method, path]: [&str; 2]) -> bool {
    let is_used_up = is_used_up();
    if is_used_up {
        PLACE.with_borrow_mut(|place| {
            place.get_or_insert_with(|| Place {
                form: form.to_owned(),
                method: method.to_owned(),
                path: path.to_owned(),
            });
        });
    }
    is_used_up
}

/// Runs a judgement, or a part of one: the budget is that of the whole judgement.
pub(crate) fn within_budget<T>(run: impl FnOnce() -> T) -> Result<T, TooManySteps> {
    if LIMIT.get() != NO_LIMIT {
        let result = run();
        return if is_used_up() {
            let place = PLACE.with_borrow(Clone::clone);
            Err(TooManySteps { place })
        } else {
            Ok(result)
        };
    }
    within(MAX_STEPS, run)
}

/// Runs a judgement with a budget of its own.
fn within<T>(budget: u64, run: impl FnOnce() -> T) -> Result<T, TooManySteps> {
    let _restored = Restored(State::take());
    LIMIT.set(budget);
    let result = run();
    if is_used_up() {
        let place = PLACE.take();
        return Err(TooManySteps { place });
    }
    Ok(result)
}

/// Runs a judgement with a small budget.
#[cfg(test)]
pub(crate) fn with_limit<T>(budget: u64, run: impl FnOnce() -> T) -> T {
    let _restored = Restored(State::take());
    LIMIT.set(budget);
    run()
}

/// What is counted in a thread.
struct State {
    taken: u64,
    limit: u64,
    place: Option<Place>,
}

impl State {
    /// Takes the state of this thread, which then counts from 0, without a limit.
    fn take() -> Self {
        Self {
            taken: TAKEN.replace(0),
            limit: LIMIT.replace(NO_LIMIT),
            place: PLACE.take(),
        }
    }

    fn put(&mut self) {
        TAKEN.set(self.taken);
        LIMIT.set(self.limit);
        PLACE.set(self.place.take());
    }
}

/// Puts the state of this thread back, also after a panic, and adds the steps that were taken
/// meanwhile.
struct Restored(State);

impl Drop for Restored {
    fn drop(&mut self) {
        self.0.taken = self.0.taken.saturating_add(TAKEN.get());
        self.0.put();
    }
}

/// The budget of this thread, for work that is done in another one, or item by item.
#[derive(Clone, Copy)]
pub(crate) struct Budget {
    taken: u64,
    limit: u64,
}

/// The steps that a part of the work took.
pub(crate) struct Spent {
    steps: u64,
    place: Option<Place>,
}

impl Budget {
    /// What this thread has left.
    pub(crate) fn current() -> Self {
        Self {
            taken: TAKEN.get(),
            limit: LIMIT.get(),
        }
    }

    /// Does a part of the work. Each part may take all that is left, so that it ends in the
    /// same place, whichever thread does it, and after which other part.
    pub(crate) fn spend<T>(self, work: impl FnOnce() -> T) -> (T, Spent) {
        let mut before = State::take();
        TAKEN.set(self.taken);
        LIMIT.set(self.limit);
        let result = work();
        let spent = Spent {
            steps: TAKEN.get().saturating_sub(self.taken),
            place: PLACE.take(),
        };
        before.put();
        (result, spent)
    }
}

impl Spent {
    /// Adds the steps to those of this thread.
    pub(crate) fn add(self) {
        TAKEN.set(TAKEN.get().saturating_add(self.steps));
        if let Some(place) = self.place {
            PLACE.with_borrow_mut(|known| known.get_or_insert(place).clone());
        }
    }
}

/// Doubling the input at most about doubles the steps.
#[cfg(test)]
#[track_caller]
pub(crate) fn assert_linear<T>(size: usize, input: &dyn Fn(usize) -> T, run: impl Fn(&T)) {
    let [once, twice] = [size, 2 * size].map(|size| {
        let input = input(size);
        measure(|| run(&input))
    });
    assert!(once >= size, "only {once} steps are counted for {size}");
    // 5/2 is 2.5.
    assert!(2 * twice <= 5 * once, "{once} steps grow to {twice}");
}

/// How many steps of this thread `run` takes.
#[cfg(test)]
pub(crate) fn measure(run: impl FnOnce()) -> usize {
    let ((), steps) = counting(run);
    usize::try_from(steps).unwrap_or(usize::MAX)
}

/// What comes of `run`, and how many steps of judgements it takes.
pub fn counting<T>(run: impl FnOnce() -> T) -> (T, u64) {
    let before = TAKEN.get();
    let result = run();
    (result, TAKEN.get() - before)
}
