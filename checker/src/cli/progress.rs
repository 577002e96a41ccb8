//! Shows on standard error, if it is a terminal, how far a long computation is.

use std::io::{self, IsTerminal as _, Write as _};
use std::time::{Duration, Instant};

/// What is done within this time shows no progress bar.
const PATIENCE: Duration = Duration::from_millis(500);

/// The columns of the bar.
const WIDTH: u64 = 40;

/// A progress bar. It ignores errors of standard error.
pub(super) struct Progress {
    what: &'static str,
    total: u64,
    begun: Option<Instant>,
    percent: Option<u64>,
}

impl Progress {
    /// A bar for `total` items, none of which is done: `what` is being done.
    pub(super) fn new(what: &'static str, total: u64) -> Self {
        Self {
            what,
            total: total.max(1),
            begun: io::stderr().is_terminal().then(Instant::now),
            percent: None,
        }
    }

    /// Shows that so many items are done.
    pub(super) fn update(&mut self, done: u64) {
        if self.begun.is_none_or(|begun| begun.elapsed() < PATIENCE) {
            return;
        }
        let part = |parts: u64| {
            let done = u128::from(done) * u128::from(parts) / u128::from(self.total);
            u64::try_from(done).unwrap_or(parts)
        };
        let percent = part(100);
        if self.percent != Some(percent) {
            self.percent = Some(percent);
            let bar = "#".repeat(usize::try_from(part(WIDTH)).unwrap_or_default());
            let mut stderr = io::stderr().lock();
            let _closed = write!(stderr, "\r{} [{bar:<40}] {percent:>3}%", self.what)
                .and_then(|()| stderr.flush());
        }
    }

    /// Removes the bar from the terminal.
    pub(super) fn clear(self) {
        if self.percent.is_some() {
            let mut stderr = io::stderr().lock();
            let _closed = write!(stderr, "\r{:79}\r", "").and_then(|()| stderr.flush());
        }
    }
}
