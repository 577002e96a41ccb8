//! Templates of minijinja and of tera: one reader, which takes what both take.
//!
//! What it does not know, or what is torn, is a gap, and never an error: whether a template
//! is valid is for its engine to say.

mod definitions;
mod expression;
mod frames;
mod lexer;
mod statements;
mod tokens;
mod words;

use std::cell::OnceCell;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::error::{Engine, Error};
use super::loaded::{Dialect, Parsed};
use super::request::{Delimiters, Request};
use crate::form::Place;
use lexer::Syntax;

/// What names of templates leave out where a framework gives them: Rocket does.
const ENDINGS: [&str; 8] = [
    ".html.tera",
    ".tera",
    ".html.j2",
    ".j2",
    ".html",
    ".jinja",
    ".html.jinja",
    ".jinja2",
];

/// The endings for which tera escapes.
const TERA: [&str; 3] = [".html", ".htm", ".xml"];

/// The endings for which it does so in Rocket, where names are without them.
const ROCKET: [&str; 3] = [".html.tera", ".htm.tera", ".xml.tera"];

/// An engine of this family, as an app uses it.
pub(super) struct Jinja<'r> {
    request: &'r Request<'r>,
    engine: Engine,
    syntax: Syntax,
    /// Whether tera escapes what is put into the template.
    escapes: OnceCell<bool>,
}

impl<'r> Jinja<'r> {
    pub(super) fn new(request: &'r Request<'r>) -> Self {
        let own = Delimiters::default();
        let stated = request.delimiters.unwrap_or(&own);
        let pair = |start: &Option<String>, end: &Option<String>, own: (&str, &str)| {
            let stated = |stated: &Option<String>, own: &str| {
                let stated = stated.clone().filter(|stated| !stated.is_empty());
                stated.unwrap_or_else(|| own.to_owned())
            };
            (stated(start, own.0), stated(end, own.1))
        };
        Self {
            request,
            engine: request.engine,
            escapes: OnceCell::new(),
            syntax: Syntax {
                block: pair(&stated.block_start, &stated.block_end, ("{%", "%}")),
                expr: pair(&stated.expr_start, &stated.expr_end, ("{{", "}}")),
                comment: pair(&stated.comment_start, &stated.comment_end, ("{#", "#}")),
            },
        }
    }
}

impl Dialect for Jinja<'_> {
    fn engine(&self) -> Engine {
        self.engine
    }

    fn candidates(&self, name: &str, _beside: Option<&Path>) -> Vec<PathBuf> {
        self.request.candidates(name, &ENDINGS)
    }

    fn folders(&self, _beside: Option<&Path>) -> Vec<PathBuf> {
        self.request.folders.to_vec()
    }

    fn page<'t>(&self, text: &'t str) -> &'t str {
        match self.engine {
            Engine::Minijinja => text.strip_suffix('\n').unwrap_or(text),
            _ => text,
        }
    }

    fn parse(&self, text: &Arc<str>, place: &Place) -> Result<Parsed, Error> {
        statements::parse(text, self, place)
    }

    fn escapes(&self, name: &str, path: &Path) -> bool {
        if let Some(escapes) = self.request.escapes {
            return escapes;
        }
        if self.engine == Engine::Tera {
            // The template that is rendered decides for all that it uses.
            let is_named_so = TERA.iter().any(|end| name.ends_with(end));
            let path = path.to_string_lossy();
            let mut endings = TERA.iter().chain(&ROCKET);
            let is_html = !path.ends_with(name) && endings.any(|end| path.ends_with(end));
            return *self.escapes.get_or_init(|| is_named_so || is_html);
        }
        // A framework gives names without an ending.
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        let name = if name.contains('.') { name } else { &file };
        let mut stripped = [".j2", ".jinja2", ".jinja"].into_iter();
        let stripped = stripped.find_map(|end| name.strip_suffix(end));
        let ending = stripped.unwrap_or(name).rsplit('.').next();
        matches!(ending, Some("html" | "htm" | "xml"))
    }

    fn components(&self) -> &[String] {
        self.request.components
    }

    fn ends(&self) -> [String; 2] {
        [self.syntax.expr.1.clone(), self.syntax.block.1.clone()]
    }
}
