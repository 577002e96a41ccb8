//! What is read out of directories of templates.

mod errors;
mod joined;
mod limits;
mod markup;
mod older;
mod pieces;
mod rendered;

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::{Error, Read, Template, read};
use crate::testing::shown;

/// A package with these files.
fn package(files: &[(&str, &str)]) -> TempDir {
    let package = TempDir::new().unwrap();
    for (path, text) in files {
        let file = package.path().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    package
}

/// The attribute `#[template(path = …)]`.
fn path(path: &str) -> Template {
    Template {
        path: Some(path.to_owned()),
        ..Template::default()
    }
}

/// The attribute `#[template(source = …, ext = "html")]`.
fn source(source: &str) -> Template {
    Template {
        source: Some(source.to_owned()),
        ext: Some("html".to_owned()),
        ..Template::default()
    }
}

/// The pieces of a template without files.
fn pieces(text: &str) -> String {
    shown(&read(&source(text), Path::new("/nowhere")).unwrap().source)
}

/// The template `page.html` of a package with these files.
fn page(files: &[(&str, &str)]) -> Result<Read, Error> {
    read(&path("page.html"), package(files).path())
}
