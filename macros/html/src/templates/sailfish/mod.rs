//! Templates of sailfish.
//!
//! What is torn is a gap, and never an error: whether a template is valid is for its engine
//! to say.

mod code;
mod frames;
mod parse;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::error::{Engine, Error};
use super::loaded::{Dialect, Parsed};
use super::request::Request;
use crate::form::Place;

/// Sailfish, as an app uses it.
pub(super) struct Sailfish<'r> {
    request: &'r Request<'r>,
    /// `<%` and `%>`.
    tags: (String, String),
}

impl<'r> Sailfish<'r> {
    pub(super) fn new(request: &'r Request<'r>) -> Self {
        let stated = request.delimiters.and_then(|delimiters| {
            let start = delimiters.block_start.as_deref()?;
            start.strip_prefix('<')?.chars().next()
        });
        let delimiter = stated.unwrap_or('%');
        Self {
            request,
            tags: (format!("<{delimiter}"), format!("{delimiter}>")),
        }
    }
}

impl Dialect for Sailfish<'_> {
    fn engine(&self) -> Engine {
        Engine::Sailfish
    }

    /// What a template includes stands beside it, or, with a slash before it, in the folder.
    fn candidates(&self, name: &str, beside: Option<&Path>) -> Vec<PathBuf> {
        match (beside.and_then(Path::parent), name.strip_prefix('/')) {
            (Some(folder), None) => vec![folder.join(name)],
            (_, stripped) => self
                .request
                .candidates(stripped.unwrap_or(name), &[".stpl"]),
        }
    }

    fn folders(&self, beside: Option<&Path>) -> Vec<PathBuf> {
        match beside.and_then(Path::parent) {
            Some(folder) => vec![folder.to_path_buf()],
            None => self.request.folders.to_vec(),
        }
    }

    fn page<'t>(&self, text: &'t str) -> &'t str {
        text.strip_suffix('\n').unwrap_or(text)
    }

    fn parse(&self, text: &Arc<str>, place: &Place) -> Result<Parsed, Error> {
        Ok(Parsed {
            nodes: parse::nodes(text, &self.tags, place)?,
            ..Parsed::default()
        })
    }

    fn escapes(&self, _name: &str, _path: &Path) -> bool {
        self.request.escapes.unwrap_or(true)
    }

    fn ends(&self) -> [String; 2] {
        [self.tags.1.clone(), self.tags.1.clone()]
    }
}
