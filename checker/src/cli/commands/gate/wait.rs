//! Waits until a candidate may pass, and shows on standard error how long that takes.

use std::io::{self, IsTerminal as _, Write as _};
use std::thread;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use crate::cli::failure::Failure;
use crate::cli::output::complain;
use crate::ledger::{LedgerError, StoreError};
use crate::render::gate::{length, wait};
use crate::support::clock;

/// How often the ledger is read again: something may be deployed or retired meanwhile.
const READ_INTERVAL: Duration = Duration::from_secs(30);

/// How often a line is written to standard error that is not a terminal, such as a log.
const LOG_INTERVAL: Duration = Duration::from_secs(5 * 60);

/// After how many failures in a row the ledger is not asked again.
const MAX_FAILURES: u32 = 3;

/// The width of the line on a terminal, in columns.
const WIDTH: usize = 79;

/// A wait, from its first line to its end. It ignores errors of standard error.
pub(super) struct Waiting {
    is_terminal: bool,
    /// The end of the wait as it was last shown, and when that was.
    shown: Option<(Timestamp, Instant)>,
    failures: u32,
}

impl Waiting {
    pub(super) fn new() -> Self {
        Self {
            is_terminal: io::stderr().is_terminal(),
            shown: None,
            failures: 0,
        }
    }

    /// Waits until that time, or until the ledger is to be read again.
    pub(super) fn until(&mut self, end: Timestamp) -> Result<(), Failure> {
        self.failures = 0;
        let begun = Instant::now();
        loop {
            let left = wait(clock::now()?, end);
            if left.is_zero() || begun.elapsed() >= READ_INTERVAL {
                return Ok(());
            }
            self.show(end, left);
            thread::sleep(left.min(Duration::from_secs(1)));
        }
    }

    /// Waits after the ledger could not be read, so that it is read again; gives the failure
    /// back if it does not pass, or after too many failures.
    pub(super) fn failed(&mut self, failure: Failure) -> Result<(), Failure> {
        use LedgerError::Store;
        use StoreError::{Failed, Timeout};
        self.failures += 1;
        let may_pass = matches!(
            failure,
            Failure::Ledger(Store(Failed { .. } | Timeout { .. }))
        );
        if !may_pass || self.failures >= MAX_FAILURES {
            return Err(failure);
        }
        self.clear();
        let seconds = READ_INTERVAL.as_secs();
        complain(&format!(
            "coexist: {}. Trying again in {seconds} s",
            failure.shown()
        ));
        thread::sleep(READ_INTERVAL);
        Ok(())
    }

    fn show(&mut self, end: Timestamp, left: Duration) {
        let is_known = self
            .shown
            .is_some_and(|(shown, at)| shown == end && at.elapsed() < LOG_INTERVAL);
        if is_known && !self.is_terminal {
            return;
        }
        let left = length(left);
        let mut stderr = io::stderr().lock();
        let _closed = if self.is_terminal {
            let line = format!("waiting until {end}, for {left} (Ctrl-C stops)");
            write!(stderr, "\r{line:WIDTH$}").and_then(|()| stderr.flush())
        } else {
            writeln!(stderr, "coexist: waiting until {end}, for {left}")
        };
        self.shown = Some((end, Instant::now()));
    }

    /// Removes the line from the terminal.
    fn clear(&self) {
        if self.is_terminal && self.shown.is_some() {
            let mut stderr = io::stderr().lock();
            let _closed = write!(stderr, "\r{:WIDTH$}\r", "").and_then(|()| stderr.flush());
        }
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.clear();
    }
}
