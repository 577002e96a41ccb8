//! Reads a template with all that it extends, includes and imports, as its engine finds and
//! joins them.
//!
//! Each engine has a reader, which makes the same tree of its syntax. What is done with
//! the tree is the same for all: the innermost definition of a block, a macro's body where it is
//! called, conditions as groups of a [`Source`].

mod budget;
mod call;
#[cfg(feature = "templates")]
mod choice;
mod error;
mod expression;
mod files;
mod filter;
#[cfg(feature = "templates")]
mod handlebars;
mod heritage;
#[cfg(feature = "templates")]
mod jinja;
mod joins;
mod loaded;
mod locals;
#[cfg(feature = "templates")]
mod more;
#[cfg(feature = "templates")]
mod request;
#[cfg(feature = "templates")]
mod ructe;
#[cfg(feature = "templates")]
mod rust;
#[cfg(feature = "templates")]
mod sailfish;
#[cfg(test)]
#[cfg(feature = "templates")]
mod tests;
pub(crate) mod tree;
mod value;
mod walk;

use std::path::PathBuf;

use crate::form::Place;
use crate::source::Source;

pub use error::{Engine, Error};
pub use files::{Disk, Files};
pub(crate) use filter::is_escaped_format;
pub(crate) use loaded::{Dialect, Parsed, Text, line, line_ends, load};
#[cfg(feature = "templates")]
pub use request::{Delimiters, Request, read, read_text};
pub(crate) use walk::source;

/// A template that was read.
#[derive(Debug)]
pub struct Read {
    /// What it renders. Places name files as they are seen from a directory that the
    /// caller chooses: `templates/home.html`. What is written in askama's `source = "…"` has
    /// no file: there the place's file is empty, and line 1 is the line on which the text begins.
    pub source: Source,
    /// Every file that was read, sorted: with one of them changed, the template is another.
    pub files: Vec<PathBuf>,
    /// What could not be followed, in the order in which it is rendered. Askama has none: what
    /// cannot be followed does not compile.
    pub gaps: Vec<Gap>,
}

/// What of a template could not be followed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Gap {
    /// Where it stands.
    pub place: Place,
    /// Why, in a sentence without capital and full stop.
    pub why: String,
}
