//! Audits a workspace: which of its handlers and pages are annotated, and which are
//! not yet.
//!
//! `scan` reads the sources; this brings together what it finds in the programs, and says what can
//! be done about each item.
//!
//! It neither compiles nor compares anything: what an annotation says is the business of the
//! macros, and whether two builds can coexist that of [`judge`](crate::judge).

mod handlers;

use std::path::{Path, PathBuf};

use crate::scan::survey::{Survey, survey};
use crate::scan::{ScanError, workspace_of};

/// What was found in the sources of a workspace.
#[derive(Debug, Default)]
pub struct Audit {
    /// Handlers, by their places: one for each route that a function is registered
    /// for.
    pub handlers: Vec<Item>,
    /// Items whose HTML sends requests, by their places.
    pub pages: Vec<Item>,
    /// Places that were seen and not read: there may be handlers or pages.
    pub gaps: Vec<Place>,
    /// Requests that scripts may send.
    pub requests: Vec<Place>,
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

/// Something else that was seen.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file, seen from the workspace.
    pub file: PathBuf,
    /// The line, from 1.
    pub line: usize,
    /// What is there.
    pub what: String,
}

/// Whether an item is annotated.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// It is annotated.
    Annotated,
    /// It could be annotated.
    Open {
        /// Of a page, what it sends: `1 form, 2 links`; of a handler, what its annotation lacks.
        note: Option<String>,
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

    /// How many of a hundred are annotated, rounded down: 100 means all, and that nothing else was
    /// seen. `None`: there is nothing to annotate.
    #[must_use]
    pub fn percent(&self) -> Option<usize> {
        let (handlers, pages) = (self.count_handlers(), self.count_pages());
        let annotated = handlers.annotated + pages.annotated;
        let percent = (100 * annotated).checked_div(handlers.found + pages.found);
        if self.gaps.is_empty() && self.requests.is_empty() {
            return percent;
        }
        // What was not read may be a handler or a page without an annotation.
        Some(percent.unwrap_or_default().min(99))
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

/// Audits the workspace of the package at `manifest`, or in the current directory: the
/// programs of its members, and the libraries that none of them uses. Tests, examples and
/// benchmarks are ignored. A file that cannot be read is a gap.
///
/// # Errors
///
/// If a manifest cannot be read.
pub fn audit(manifest: Option<&Path>) -> Result<Audit, ScanError> {
    let surveys = survey(&workspace_of(manifest)?)?;
    let mut audit = Audit {
        handlers: handlers::items(&surveys),
        pages: pages(&surveys),
        gaps: Vec::new(),
        requests: Vec::new(),
    };
    for survey in surveys {
        let gaps = survey.gaps.into_iter().map(|gap| Place {
            file: gap.file,
            line: gap.line,
            what: gap.why,
        });
        audit.gaps.extend(gaps);
        let requests = survey.requests.into_iter().map(|request| Place {
            file: request.file,
            line: request.line,
            what: request.call,
        });
        audit.requests.extend(requests);
    }
    // A file may belong to two programs.
    audit.gaps.sort();
    audit.gaps.dedup();
    audit.requests.sort();
    audit.requests.dedup();
    Ok(audit)
}

fn pages(surveys: &[Survey]) -> Vec<Item> {
    let pages = surveys.iter().flat_map(|survey| &survey.pages);
    let items = pages.map(|page| Item {
        file: page.file.clone(),
        line: page.line,
        route: None,
        name: Some(page.name.clone()),
        state: match &page.sends {
            _ if page.is_annotated => State::Annotated,
            Err(reason) => State::Unreadable {
                reason: reason.clone(),
            },
            Ok(sends) if page.is_made => State::NotAnnotatable {
                advice: format!("{sends}, made by a macro: write the function out"),
            },
            Ok(sends) => State::Open {
                note: Some(sends.to_string()),
            },
        },
    });
    let mut items: Vec<Item> = items.collect();
    items.sort();
    items.dedup();
    items
}
