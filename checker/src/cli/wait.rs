//! Waits until a candidate may pass, and shows on standard error how long that is.

use std::io::{self, IsTerminal as _, Write as _};
use std::thread;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::exit::Failure;
use crate::ledger::{LedgerError, StoreError};
use crate::render::gate::{length, wait};

/// How often the ledger is asked again: something may be deployed or retired meanwhile.
const ASK: Duration = Duration::from_secs(30);

/// How often a line is written where nobody sees it change: a log.
const SAY: Duration = Duration::from_secs(5 * 60);

/// How often in a row the ledger may fail to answer.
const FAILURES: u32 = 3;

/// The columns of the line on a terminal.
const WIDTH: usize = 79;

/// A wait, from its first line to its end. What cannot be written is nobody's loss.
pub(super) struct Waiting {
    is_terminal: bool,
    /// Until when, as it was said last, and when that was.
    said: Option<(Timestamp, Instant)>,
    failures: u32,
}

impl Waiting {
    pub(super) fn new() -> Self {
        Self {
            is_terminal: io::stderr().is_terminal(),
            said: None,
            failures: 0,
        }
    }

    /// Waits until that time, or until the ledger is to be asked again.
    pub(super) fn until(&mut self, end: Timestamp) {
        self.failures = 0;
        let asked = Instant::now();
        loop {
            let left = wait(Timestamp::now(), end);
            if left.is_zero() || asked.elapsed() >= ASK {
                return;
            }
            self.say(end, left);
            thread::sleep(left.min(Duration::from_secs(1)));
        }
    }

    /// The ledger did not answer: waits, and lets it be asked again, but not for ever.
    pub(super) fn failed(&mut self, failure: Failure) -> Result<(), Failure> {
        use LedgerError::Store;
        use StoreError::{Failed, Timeout};
        self.failures += 1;
        let may_pass = matches!(
            failure,
            Failure::Ledger(Store(Failed { .. } | Timeout { .. }))
        );
        if !may_pass || self.failures >= FAILURES {
            return Err(failure);
        }
        self.clear();
        let seconds = ASK.as_secs();
        let line = format!("coexist: {failure}. It is asked again in {seconds} s");
        let _closed = writeln!(io::stderr().lock(), "{line}");
        thread::sleep(ASK);
        Ok(())
    }

    fn say(&mut self, end: Timestamp, left: Duration) {
        let is_known = self
            .said
            .is_some_and(|(said, at)| said == end && at.elapsed() < SAY);
        if is_known && !self.is_terminal {
            return;
        }
        let left = length(left);
        let mut stderr = io::stderr().lock();
        let _closed = if self.is_terminal {
            let line = format!("waiting until {end}, for {left} (Ctrl-C ends it)");
            write!(stderr, "\r{line:WIDTH$}").and_then(|()| stderr.flush())
        } else {
            writeln!(stderr, "coexist: waiting until {end}, for {left}")
        };
        self.said = Some((end, Instant::now()));
    }

    /// Takes the line off the terminal.
    fn clear(&self) {
        if self.is_terminal && self.said.is_some() {
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
