//! Templates of ructe.
//!
//! What is torn is a gap, and never an error, but for the head: whether a template is valid
//! is for its engine to say.

mod head;
mod parse;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::error::{Engine, Error};
use super::loaded::{Dialect, Parsed};
use super::request::Request;
use crate::form::Place;

/// Ructe, as an app uses it.
pub(super) struct Ructe<'r>(pub(super) &'r Request<'r>);

impl Dialect for Ructe<'_> {
    fn engine(&self) -> Engine {
        Engine::Ructe
    }

    /// A name is the path of a function, as it is used: `home_html`, `templates::a::home_html`,
    /// `super::home_html`.
    fn candidates(&self, name: &str, beside: Option<&Path>) -> Vec<PathBuf> {
        if name.contains('.') {
            return self.0.candidates(name, &[]);
        }
        if let Some(file) = self.0.names.get(name) {
            return vec![file.clone()];
        }
        let mut path: Vec<&str> = name.split("::").map(str::trim).collect();
        let function = path.pop().unwrap_or_default();
        let mut files = Vec::new();
        if let Some((stem, ending)) = function.rsplit_once('_') {
            files.push(format!("{stem}.rs.{ending}"));
        }
        // Before version 0.9, functions were named without the ending.
        let endings = ["html", "svg", "xml", "txt"].iter();
        files.extend(endings.map(|ending| format!("{function}.rs.{ending}")));
        let is_relative = path
            .first()
            .is_none_or(|first| matches!(*first, "super" | "self"));
        let mut folders = self.0.folders.to_vec();
        if let Some(templates) = path.iter().position(|part| *part == "templates") {
            path.drain(..=templates);
        } else if is_relative && let Some(mut folder) = beside.and_then(Path::parent) {
            let outwards = path
                .iter()
                .take_while(|part| matches!(**part, "super" | "self"));
            let outwards = outwards.count();
            path.drain(..outwards);
            for _ in 1..outwards {
                folder = folder.parent().unwrap_or(folder);
            }
            folders.insert(0, folder.to_path_buf());
        }
        path.retain(|part| !matches!(*part, "crate" | "super" | "self"));
        let below: PathBuf = path.iter().collect();
        let folders = folders.iter().map(|folder| folder.join(&below));
        folders
            .flat_map(|folder| files.iter().map(move |file| folder.join(file)))
            .collect()
    }

    fn folders(&self, _beside: Option<&Path>) -> Vec<PathBuf> {
        self.0.folders.to_vec()
    }

    fn page<'t>(&self, text: &'t str) -> &'t str {
        text
    }

    fn parse(&self, text: &Arc<str>, place: &Place) -> Result<Parsed, Error> {
        parse::parse(text, place)
    }

    fn escapes(&self, _name: &str, _path: &Path) -> bool {
        self.0.escapes.unwrap_or(true)
    }

    fn ends(&self) -> [String; 2] {
        ["\n".to_owned(), "\n".to_owned()]
    }
}
