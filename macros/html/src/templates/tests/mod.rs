//! What is read out of templates, beside what their engines make of them.

mod garbage;
mod handlebars;
mod jinja;
mod limits;
mod minijinja;
mod random;
mod rendered;
mod requests;
mod ructe;
mod sailfish;
mod tera;
mod tera_2;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::{Delimiters, Engine, Error, Files, Read, Request};
use crate::form::Place;
use crate::testing::shown;

/// Files in memory, below `/app`.
struct Folder(BTreeMap<PathBuf, String>);

impl Folder {
    fn new(files: &[(&str, &str)]) -> Self {
        let path = |path: &str| Path::new("/app").join(path);
        let files = files
            .iter()
            .map(|(name, text)| (path(name), (*text).to_owned()));
        Self(files.collect())
    }
}

impl Files for Folder {
    fn read(&self, path: &Path) -> Result<Option<String>, String> {
        Ok(self.0.get(path).cloned())
    }

    fn folders(&self, _pattern: &Path) -> Vec<PathBuf> {
        Vec::new()
    }
}

/// Reads a template in `/app/templates`. The other files are there, too.
fn read_page(engine: Engine, name: &str, files: &[(&str, &str)]) -> Result<Read, Error> {
    read_with(engine, name, files, None)
}

fn read_with(
    engine: Engine,
    name: &str,
    files: &[(&str, &str)],
    delimiters: Option<&Delimiters>,
) -> Result<Read, Error> {
    let inside: Vec<(String, &str)> = files
        .iter()
        .map(|(path, text)| (format!("templates/{path}"), *text))
        .collect();
    let inside: Vec<(&str, &str)> = inside.iter().map(|(path, text)| (&**path, *text)).collect();
    super::read(&Request {
        engine,
        name,
        folders: &[PathBuf::from("/app/templates")],
        names: &BTreeMap::new(),
        components: &[],
        delimiters,
        escapes: None,
        root: Path::new("/app"),
        files: &Folder::new(&inside),
    })
}

/// The pieces of a template without files.
fn pieces(engine: Engine, text: &str) -> String {
    let read = read_page(engine, "page.html", &[("page.html", text)]).unwrap();
    let gaps: Vec<String> = read.gaps.iter().map(gap).collect();
    format!("{}{}", shown(&read.source), gaps.concat())
}

/// ` [line 1: why]`
fn gap(gap: &super::Gap) -> String {
    let Place { file, line } = &gap.place;
    let file = file.strip_prefix("templates/").unwrap_or(file);
    format!(" [{file}:{line} {}]", gap.why)
}
