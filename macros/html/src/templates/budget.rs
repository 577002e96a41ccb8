//! How much may be read for one template: templates that use each other can render far
//! more than they hold, or can be nested without end.

use super::error::Error;
use crate::form::Place;

/// The most bytes that a file may have.
pub(crate) const FILE: u64 = 4 << 20;

/// The most bytes that all files of a template may have.
pub(crate) const FILES: u64 = 16 << 20;

/// The most bytes that a template may render, its expressions as they are written. Each
/// node counts as a few.
pub(crate) const RENDERED: usize = 8 << 20;

/// How deep the nodes of templates may be nested, through includes, blocks and macros.
pub(crate) const DEPTH: usize = 128;

/// What a node costs that renders nothing.
const NODE: usize = 8;

/// What is left of the limits.
#[derive(Debug)]
pub(crate) struct Budget {
    bytes: usize,
    depth: usize,
}

impl Budget {
    /// The budget of a template.
    pub(crate) fn new() -> Self {
        Self {
            bytes: RENDERED,
            depth: DEPTH,
        }
    }

    /// Takes a node, and these bytes that it renders.
    ///
    /// # Errors
    ///
    /// The template renders too much; `at` says where.
    pub(crate) fn spend(&mut self, bytes: usize, at: impl FnOnce() -> Place) -> Result<(), Error> {
        match self.bytes.checked_sub(bytes.saturating_add(NODE)) {
            Some(left) => {
                self.bytes = left;
                Ok(())
            }
            None => Err(Error::TooLarge { at: at() }),
        }
    }

    /// Goes one level deeper.
    ///
    /// # Errors
    ///
    /// The nodes are nested too deeply; `at` says where.
    pub(crate) fn enter(&mut self, at: impl FnOnce() -> Place) -> Result<(), Error> {
        match self.depth.checked_sub(1) {
            Some(left) => {
                self.depth = left;
                Ok(())
            }
            None => Err(Error::TooDeep { at: at() }),
        }
    }

    /// Goes back one level.
    pub(crate) fn leave(&mut self) {
        self.depth += 1;
    }
}
