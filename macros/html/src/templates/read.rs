//! Reads a template with the reader of its engine.

use std::path::Path;

use super::error::{Engine, Error};
use super::handlebars::Handlebars;
use super::jinja::Jinja;
use super::loaded::{Dialect, Text, load};
use super::outcome::Read;
use super::request::Request;
use super::ructe::Ructe;
use super::sailfish::Sailfish;
use super::walk::source;
use crate::askama::Askama;
use crate::form::Place;

/// Reads a template that is a file.
///
/// # Errors
///
/// There is no such template; a file is larger than 4 MiB; the templates are nested too
/// deeply, or render more than 8 MiB. What else cannot be read is a [`Gap`](super::Gap).
pub fn read(request: &Request<'_>) -> Result<Read, Error> {
    read_with(request, None)
}

/// Reads a template that is a text in another file: a literal in a source. `place`: where
/// the text begins. The request's name is the one under which the app registers it.
///
/// # Errors
///
/// As [`read`].
pub fn read_text(request: &Request<'_>, text: &str, place: Place) -> Result<Read, Error> {
    read_with(request, Some(Text { text, place }))
}

fn read_with(request: &Request<'_>, text: Option<Text<'_>>) -> Result<Read, Error> {
    let dialect: Box<dyn Dialect + '_> = match request.engine {
        Engine::Minijinja | Engine::Tera => Box::new(Jinja::new(request)),
        Engine::Handlebars => Box::new(Handlebars(request)),
        Engine::Ructe => Box::new(Ructe(request)),
        Engine::Sailfish => Box::new(Sailfish::new(request)),
        Engine::Askama => Box::new(Askama::of(request)),
    };
    let loaded = load(&*dialect, request.files, request.root, request.name, text)?;
    let (source, gaps) = source(&loaded, None, &[])?;
    Ok(Read {
        source,
        files: loaded.paths().map(Path::to_path_buf).collect(),
        gaps,
    })
}
