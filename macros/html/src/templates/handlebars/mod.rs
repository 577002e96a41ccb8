//! Templates of handlebars.
//!
//! What it does not know, or what is torn, is a gap, and never an error: whether a template
//! is valid is for its engine to say.

mod frames;
mod lexer;
mod statements;
mod words;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::error::{Engine, Error};
use super::loaded::{Dialect, Parsed};
use super::request::Request;
use crate::form::Place;

/// What the names of templates leave out.
const ENDINGS: [&str; 6] = [
    ".hbs",
    ".handlebars",
    ".html.hbs",
    ".html.handlebars",
    ".html",
    ".htm",
];

/// Handlebars, as an app uses it.
pub(super) struct Handlebars<'r>(pub(super) &'r Request<'r>);

impl Dialect for Handlebars<'_> {
    fn engine(&self) -> Engine {
        Engine::Handlebars
    }

    fn candidates(&self, name: &str, _beside: Option<&Path>) -> Vec<PathBuf> {
        self.0.candidates(name, &ENDINGS)
    }

    fn folders(&self, _beside: Option<&Path>) -> Vec<PathBuf> {
        self.0.folders.to_vec()
    }

    fn page<'t>(&self, text: &'t str) -> &'t str {
        text
    }

    fn parse(&self, text: &Arc<str>, place: &Place) -> Result<Parsed, Error> {
        Ok(Parsed {
            nodes: statements::nodes(text, place)?,
            ..Parsed::default()
        })
    }

    fn escapes(&self, _name: &str, _path: &Path) -> bool {
        self.0.escapes.unwrap_or(true)
    }

    fn ends(&self) -> [String; 2] {
        ["}}".to_owned(), "}}".to_owned()]
    }
}
