//! How far a long answer is, on a terminal's standard error.

use std::io::{self, IsTerminal as _, Write as _};
use std::time::{Duration, Instant};

/// What is done before this is not worth a word.
const PATIENCE: Duration = Duration::from_millis(500);

/// The columns of the bar.
const WIDTH: u64 = 40;

/// A bar. What cannot be written is nobody's loss.
pub(super) struct Progress {
    of: u64,
    begun: Option<Instant>,
    percent: Option<u64>,
}

impl Progress {
    /// Nothing is done yet, of so many.
    pub(super) fn new(of: u64) -> Self {
        Self {
            of: of.max(1),
            begun: io::stderr().is_terminal().then(Instant::now),
            percent: None,
        }
    }

    /// So many are done.
    pub(super) fn at(&mut self, done: u64) {
        if self.begun.is_none_or(|begun| begun.elapsed() < PATIENCE) {
            return;
        }
        let part = |parts: u64| {
            let done = u128::from(done) * u128::from(parts) / u128::from(self.of);
            u64::try_from(done).unwrap_or(parts)
        };
        let percent = part(100);
        if self.percent != Some(percent) {
            self.percent = Some(percent);
            let bar = "#".repeat(usize::try_from(part(WIDTH)).unwrap_or_default());
            let mut stderr = io::stderr().lock();
            let _closed = write!(stderr, "\rdrawing submissions [{bar:<40}] {percent:>3}%")
                .and_then(|()| stderr.flush());
        }
    }

    /// Takes the bar off the terminal.
    pub(super) fn clear(self) {
        if self.percent.is_some() {
            let mut stderr = io::stderr().lock();
            let _closed = write!(stderr, "\r{:79}\r", "").and_then(|()| stderr.flush());
        }
    }
}
