//! Which template is read: its engine, its name, and where its engine looks for it.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use super::error::Engine;
use super::files::Files;

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
