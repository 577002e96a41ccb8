//! What README.md, CONTRIBUTING.md and the guide say, held against what is there: files,
//! headings, commands, rules.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a panic fails the test, also in helper functions"
)]

mod commands;
mod links;
mod markdown;
mod rules;

use std::fs;
use std::path::{Path, PathBuf};

/// The top of the repository.
fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// The folder of the guide.
const GUIDE: &str = "runtime/docs";

/// What the guide's pages name for rustdoc, in place of files.
const RUSTDOC_LINKS: &str = "runtime/docs/rustdoc-links.md";

/// The pages of the guide.
fn guide() -> Vec<PathBuf> {
    let files = fs::read_dir(repository().join(GUIDE)).unwrap();
    let mut files: Vec<_> = files.map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "md"));
    files.retain(|file| !file.ends_with(RUSTDOC_LINKS));
    files.sort();
    files
}

/// All pages that people read on the way into the project.
fn pages() -> Vec<PathBuf> {
    let others = [
        "README.md",
        "CONTRIBUTING.md",
        "runtime/FORMAT.md",
        "checker/LEDGER.md",
        "checker/pipelines/README.md",
    ];
    let mut pages = guide();
    pages.extend(others.map(|file| repository().join(file)));
    pages
}

fn read(page: &Path) -> String {
    fs::read_to_string(page).unwrap_or_else(|error| panic!("{}: {error}", page.display()))
}

/// A page's name in messages.
fn name(page: &Path) -> String {
    let name = page.strip_prefix(repository()).unwrap_or(page);
    name.display().to_string()
}
