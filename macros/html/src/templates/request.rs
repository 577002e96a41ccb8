//! Which template is read: its engine, its name, and where its engine looks for it.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use super::error::{Engine, Error};
use super::files::Files;
use super::handlebars::Handlebars;
use super::jinja::Jinja;
use super::loaded::{Dialect, Text, load};
use super::outcome::Read;
use super::ructe::Ructe;
use super::sailfish::Sailfish;
use super::walk::source;
use crate::askama::Askama;
use crate::form::Place;

/// The template of a name, as its engine finds it.
#[derive(Clone, Copy)]
pub struct Request<'r> {
    /// What renders it.
    pub engine: Engine,
    /// Its name, as the app says it: `pages/home.html`, `home`; for ructe `home_html` or
    /// `pages::home_html`.
    pub name: &'r str,
    /// The directories of the templates, which are tried in order.
    pub folders: &'r [PathBuf],
    /// Names that the app gives to single files: `add_template_file("home", …)`. They count
    /// before the folders.
    pub names: &'r BTreeMap<String, PathBuf>,
    /// The names of all templates in which components of tera 2 may stand.
    pub components: &'r [String],
    /// The delimiters, if the app states others than the engine's own.
    pub delimiters: Option<&'r Delimiters>,
    /// Whether values are escaped, if the app states it; `None`: as the engine does.
    pub escapes: Option<bool>,
    /// The directory from which places name the files.
    pub root: &'r Path,
    /// Where the files are.
    pub files: &'r dyn Files,
}

impl Request<'_> {
    /// The files that a name may mean; the names of files may leave out one of the endings.
    pub(super) fn candidates(&self, name: &str, endings: &[&str]) -> Vec<PathBuf> {
        if let Some(file) = self.names.get(name) {
            return vec![file.clone()];
        }
        // No engine leaves its folders.
        let is_plain = |component| matches!(component, Component::Normal(_) | Component::CurDir);
        let is_known = !name.is_empty() && Path::new(name).components().all(is_plain);
        let has_ending = Path::new(name).extension().is_some();
        let mut candidates = Vec::new();
        for folder in self.folders.iter().filter(|_| is_known) {
            let own = folder.join(name);
            let endings = endings
                .iter()
                .map(|ending| folder.join(format!("{name}{ending}")));
            if has_ending {
                candidates.push(own);
                candidates.extend(endings);
            } else {
                candidates.extend(endings);
                candidates.push(own);
            }
        }
        candidates
    }
}

/// What begins and ends the tags of a template; what is left out is the engine's own. Sailfish has
/// one character: `<` and that character, as `block_start`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Delimiters {
    /// `{%`.
    pub block_start: Option<String>,
    /// `%}`.
    pub block_end: Option<String>,
    /// `{{`.
    pub expr_start: Option<String>,
    /// `}}`.
    pub expr_end: Option<String>,
    /// `{#`.
    pub comment_start: Option<String>,
    /// `#}`.
    pub comment_end: Option<String>,
}

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
