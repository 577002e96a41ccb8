//! What a scan has seen and cannot read: each place, with the reason.

use std::cell::RefCell;
use std::path::{Path, PathBuf};

/// A place that a scan has seen and cannot read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Gap {
    /// The file, relative to the workspace.
    pub file: PathBuf,
    /// The line, from 1.
    pub line: usize,
    /// What is there, and why it is not read.
    pub why: String,
    /// Whether it may be a route.
    pub is_route: bool,
}

impl Gap {
    pub(crate) fn new(file: &Path, line: usize, why: impl Into<String>) -> Self {
        Self {
            file: file.to_owned(),
            line,
            why: why.into(),
            is_route: false,
        }
    }

    /// The same of what may be a route.
    pub(crate) fn of_route(file: &Path, line: usize, why: impl Into<String>) -> Self {
        Self {
            is_route: true,
            ..Self::new(file, line, why)
        }
    }
}

/// The gaps that have been found so far.
#[derive(Default)]
pub(crate) struct Gaps(RefCell<Vec<Gap>>);

impl Gaps {
    pub(crate) fn push(&self, gap: Gap) {
        self.0.borrow_mut().push(gap);
    }

    /// All of them, in the order of their places.
    pub(crate) fn sorted(&self) -> Vec<Gap> {
        let mut gaps = self.0.borrow().clone();
        gaps.sort();
        gaps.dedup();
        gaps
    }
}
