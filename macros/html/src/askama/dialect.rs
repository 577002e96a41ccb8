//! Where askama looks for a template, and what it makes of its text.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::config::{Config, Delimiters};
use super::parse::parse;
use super::template::Template;
use crate::form::Place;
use crate::templates::error::{Engine, Error};
use crate::templates::filter::is_escaped_format;
use crate::templates::loaded::{Dialect, Parsed};
#[cfg(feature = "templates")]
use crate::templates::request::Request;

/// Askama, with one template's arguments and its configuration.
pub(crate) struct Askama<'a> {
    folders: &'a [PathBuf],
    syntax: Cow<'a, Delimiters>,
    /// Whether values are escaped.
    html: bool,
}

impl<'a> Askama<'a> {
    pub(super) fn new(template: &'a Template, config: &'a Config) -> Result<Self, Error> {
        let extension = match &template.path {
            Some(path) => Path::new(path).extension().map(|ext| ext.to_string_lossy()),
            None => template.ext.as_deref().map(Into::into),
        };
        let extension = extension.unwrap_or_default();
        Ok(Self {
            folders: &config.folders,
            syntax: Cow::Borrowed(config.syntax(template.syntax.as_deref())?),
            html: is_escaped_format(template.escape.as_deref().unwrap_or(&extension)),
        })
    }
}

#[cfg(feature = "templates")]
impl<'r> Askama<'r> {
    /// The engine, as somebody states it who knows neither attribute nor configuration.
    pub(crate) fn of(request: &'r Request<'r>) -> Self {
        let stated = request.delimiters.cloned().unwrap_or_default();
        let extension = Path::new(request.name).extension().unwrap_or_default();
        let escapes = is_escaped_format(&extension.to_string_lossy());
        Self {
            folders: request.folders,
            syntax: Cow::Owned(Delimiters {
                name: String::new(),
                block_start: stated.block_start,
                block_end: stated.block_end,
                expr_start: stated.expr_start,
                expr_end: stated.expr_end,
                comment_start: stated.comment_start,
                comment_end: stated.comment_end,
            }),
            html: request.escapes.unwrap_or(escapes),
        }
    }
}

impl Dialect for Askama<'_> {
    fn engine(&self) -> Engine {
        Engine::Askama
    }

    fn candidates(&self, name: &str, beside: Option<&Path>) -> Vec<PathBuf> {
        let folders = self.folders(beside);
        folders.iter().map(|folder| folder.join(name)).collect()
    }

    /// Beside the file that asks, then those of the configuration.
    fn folders(&self, beside: Option<&Path>) -> Vec<PathBuf> {
        let beside = beside.and_then(Path::parent).map(Path::to_path_buf);
        let mut folders = self.folders.to_vec();
        if let Some(beside) = beside {
            folders.retain(|folder| *folder != beside);
            folders.insert(0, beside);
        }
        folders
    }

    /// The end of the last line is not part of the page.
    fn page<'t>(&self, text: &'t str) -> &'t str {
        text.strip_suffix('\n').unwrap_or(text)
    }

    fn parse(&self, text: &Arc<str>, place: &Place) -> Result<Parsed, Error> {
        Ok(Parsed {
            nodes: parse(text, &place.file, &self.syntax)?,
            ..Parsed::default()
        })
    }

    fn escapes(&self, _name: &str, _path: &Path) -> bool {
        self.html
    }

    fn ends(&self) -> [String; 2] {
        let end = |stated: &Option<String>, own: &str| stated.clone().unwrap_or(own.to_owned());
        let Delimiters {
            expr_end,
            block_end,
            ..
        } = &*self.syntax;
        [end(expr_end, "}}"), end(block_end, "%}")]
    }
}
