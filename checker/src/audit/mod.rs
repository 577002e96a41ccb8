//! Audits a workspace: which of its handlers and pages are annotated, and which are
//! not yet.
//!
//! `collect` walks the sources. It asks `route` which routes an expression or an
//! attribute registers, and `page` what an item's HTML can send; `resolve` finds the
//! function that a registration names.
//!
//! It neither compiles nor compares anything: what an annotation says is the business of the
//! macros, and whether two builds can coexist that of [`judge`](crate::judge).

mod collect;
mod handler;
mod html;
mod page;
mod resolve;
mod test_code;

use std::path::{Path, PathBuf};

use cargo_metadata::{Metadata, Package, Target};

use crate::workspace::manifest;

/// What was found in the sources of a workspace.
#[derive(Debug, Default)]
pub struct Audit {
    /// Handlers, by their places: one for each route that a function is registered
    /// for.
    pub handlers: Vec<Item>,
    /// Items whose HTML sends requests, by their places.
    pub pages: Vec<Item>,
}

/// A handler or a page.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Item {
    /// The file, seen from the workspace.
    pub file: PathBuf,
    /// The line, from 1.
    pub line: usize,
    /// Of a handler, the route: `POST /imports`.
    pub route: Option<String>,
    /// The name of the Rust item; `None`: it has none.
    pub name: Option<String>,
    /// Whether it is annotated.
    pub state: State,
}

/// Whether an item is annotated.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// It is annotated.
    Annotated,
    /// It could be annotated.
    Open {
        /// What it sends, of a page: `1 form, 2 links`.
        sends: Option<String>,
    },
    /// It cannot be annotated as it is written.
    NotAnnotatable {
        /// Why, and what to do.
        advice: String,
    },
    /// Its template cannot be read, so what it sends is unknown.
    Unreadable {
        /// Why it cannot be read.
        reason: String,
    },
}

/// How many there are, and how many of them are annotated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// How many are annotated.
    pub annotated: usize,
    /// How many there are.
    pub found: usize,
}

impl Audit {
    /// The handlers, counted.
    #[must_use]
    pub fn count_handlers(&self) -> Count {
        Count::new(&self.handlers)
    }

    /// The pages, counted.
    #[must_use]
    pub fn count_pages(&self) -> Count {
        Count::new(&self.pages)
    }

    /// How many of a hundred are annotated, rounded down: 100 means all. `None`: there
    /// is nothing to annotate.
    #[must_use]
    pub fn percent(&self) -> Option<usize> {
        let (handlers, pages) = (self.count_handlers(), self.count_pages());
        let annotated = handlers.annotated + pages.annotated;
        (100 * annotated).checked_div(handlers.found + pages.found)
    }
}

impl Count {
    fn new(items: &[Item]) -> Self {
        let annotated = items.iter().filter(|item| item.state == State::Annotated);
        Self {
            annotated: annotated.count(),
            found: items.len(),
        }
    }
}

/// Why a workspace cannot be audited. Each text names the file.
#[derive(Debug, thiserror::Error)]
pub enum AuditError {
    /// Cargo cannot read the workspace.
    #[error("{0}")]
    Workspace(String),
    /// A source file cannot be read or parsed.
    #[error("{0}")]
    Source(String),
}

/// Audits the workspace of the package at `manifest`, or in the current directory: the
/// libraries and programs of its members. Tests, examples and benchmarks are
/// ignored.
///
/// # Errors
///
/// If a source cannot be read. There is no partial audit.
pub fn audit(manifest: Option<&Path>) -> Result<Audit, AuditError> {
    let metadata = manifest::metadata(manifest).map_err(AuditError::Workspace)?;
    let mut collected = collect::Collected::default();
    for package in &metadata.packages {
        let folder = package.manifest_path.as_std_path().parent();
        let folder = folder.unwrap_or(Path::new("."));
        for target in roots(package) {
            let root = target.src_path.as_std_path();
            collect::in_crate(root, &target.name, folder, &mut collected)
                .map_err(AuditError::Source)?;
        }
    }
    let mut audit = Audit {
        handlers: handler::items(&collected),
        pages: collected.pages,
    };
    finish(&mut audit.handlers, &metadata);
    finish(&mut audit.pages, &metadata);
    Ok(audit)
}

/// The crates of a package that may end up in an app.
fn roots(package: &Package) -> impl Iterator<Item = &Target> {
    package.targets.iter().filter(|target| {
        !target.is_test()
            && !target.is_example()
            && !target.is_bench()
            && !target.is_custom_build()
            && !target.is_proc_macro()
    })
}

/// Brings items into order, each once: a file may belong to two crates.
fn finish(items: &mut Vec<Item>, metadata: &Metadata) {
    let root = metadata.workspace_root.as_std_path();
    for item in &mut *items {
        if let Ok(file) = item.file.strip_prefix(root) {
            item.file = file.to_owned();
        }
    }
    items.sort();
    items.dedup();
}
