//! What comes of reading a template.

use std::path::PathBuf;

use crate::form::Place;
use crate::source::Source;

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
