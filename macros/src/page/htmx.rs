//! Which htmx the pages of this package run, as its `Cargo.toml` states it.

use std::collections::HashMap;
use std::ffi::OsString;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use coexist_html::{Htmx, Source};

use super::html_forms::Shown;

/// What the packages state that this process has seen, by their folders: it is read once.
static STATED: Mutex<Option<HashMap<OsString, Result<Htmx, String>>>> = Mutex::new(None);

impl Shown {
    /// Adds what this HTML can send. Where the page runs another htmx than the package
    /// states, it is noted.
    pub(super) fn read(&mut self, source: Source) {
        if Htmx::matters_to(&source) {
            // Cargo does not look at this part of the file itself.
            self.files.push(Path::new(&package()).join("Cargo.toml"));
        }
        let stated = stated();
        let htmx = stated.clone().unwrap_or_default();
        if let Err(message) = stated {
            self.wrong_htmx = Some(message);
        } else if let Some((other, place)) = htmx.other_in(&source) {
            let (this, other) = (htmx.major(), other.major());
            let line = place.line;
            let at = match place.file.as_str() {
                "" => String::new(),
                file => format!(" ({file}:{line})"),
            };
            self.wrong_htmx = Some(format!(
                "this page loads htmx {other}{at}, and is read as one of htmx {this}: write `htmx = \
                 {other}` under `[package.metadata.coexist]` in Cargo.toml"
            ));
        }
        self.forms.extend(super::forms(source.with_htmx(htmx)));
    }
}

fn stated() -> Result<Htmx, String> {
    let folder = package();
    let mut known = STATED.lock().unwrap_or_else(PoisonError::into_inner);
    let stated = known
        .get_or_insert_default()
        .entry(folder)
        .or_insert_with_key(|folder| Htmx::of_package(Path::new(folder)));
    stated.clone()
}

/// The folder of the package.
fn package() -> OsString {
    std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()
}
