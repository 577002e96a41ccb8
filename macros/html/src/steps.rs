//! Counts the steps that reading a page takes, and ends what takes too many.
//!
//! Whatever a page holds, reading it takes time in proportion to its size: what could
//! take more is counted here, and a limit that grows with the page ends it. What is
//! not known then is left open, never guessed.

use std::cell::Cell;

/// The steps that a page may take whatever its size: far more than any real page.
const BASE: u64 = 4_000_000;

/// The steps that each byte of the page adds.
const PER_BYTE: u64 = 32;

/// The steps of a page so far.
///
/// A step is about as much work as to look at one element that is open, or to compare
/// two conditions.
#[derive(Debug, Default)]
pub(crate) struct Steps {
    taken: Cell<u64>,
    limit: u64,
    is_exhausted: Cell<bool>,
}

impl Steps {
    /// The steps of a page with this many bytes.
    pub(crate) fn new(bytes: usize) -> Self {
        Self {
            limit: BASE.saturating_add(PER_BYTE.saturating_mul(bytes as u64)),
            ..Self::default()
        }
    }

    /// Counts these steps. Returns whether there are steps left.
    pub(crate) fn spend(&self, steps: usize) -> bool {
        let taken = self.taken.get().saturating_add(steps as u64);
        self.taken.set(taken);
        if taken > self.limit {
            self.exhaust();
        }
        !self.is_exhausted()
    }

    /// Gives up: the page is too complex, however many steps are left.
    pub(crate) fn exhaust(&self) {
        self.is_exhausted.set(true);
    }

    /// Whether no steps are left.
    pub(crate) fn is_exhausted(&self) -> bool {
        self.is_exhausted.get()
    }

    /// How many steps were taken.
    pub(crate) fn taken(&self) -> u64 {
        self.taken.get()
    }
}
