//! An audit as JSON.

use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;

use super::note;
use crate::audit::{Audit, Count, Item, Place, State};
use crate::support::{self, visible};

/// The number of the JSON's format.
pub const FORMAT: u32 = 1;

#[derive(Serialize)]
struct Written<'a> {
    format: u32,
    percent: Option<usize>,
    handlers: WrittenKind<'a>,
    pages: WrittenKind<'a>,
    /// Seen, and not read.
    not_read: Vec<WrittenPlace<'a>>,
    /// What scripts may send.
    possible_requests: Vec<WrittenPlace<'a>>,
}

#[derive(Serialize)]
struct WrittenPlace<'a> {
    file: String,
    line: usize,
    note: &'a str,
}

#[derive(Serialize)]
struct WrittenKind<'a> {
    annotated: usize,
    found: usize,
    missing: Vec<WrittenItem<'a>>,
}

#[derive(Serialize)]
struct WrittenItem<'a> {
    file: String,
    line: usize,
    route: Option<&'a str>,
    item: Option<&'a str>,
    state: &'static str,
    note: Option<&'a str>,
}

/// Writes the audit as JSON, indented, with a newline at its end.
pub fn audit(audit: &Audit, to: &mut dyn Write) -> io::Result<()> {
    let written = Written {
        format: FORMAT,
        percent: audit.percent(),
        handlers: kind(&audit.handlers, audit.count_handlers()),
        pages: kind(&audit.pages, audit.count_pages()),
        not_read: places(&audit.gaps),
        possible_requests: places(&audit.requests),
    };
    support::json::write(&written, to)
}

fn places(places: &[Place]) -> Vec<WrittenPlace<'_>> {
    let written = places.iter().map(|place| WrittenPlace {
        file: shown(&place.file),
        line: place.line,
        note: &place.what,
    });
    written.collect()
}

fn shown(file: &Path) -> String {
    visible::path(file)
}

fn kind(items: &[Item], Count { annotated, found }: Count) -> WrittenKind<'_> {
    let missing = items.iter().filter_map(|item| {
        let state = match item.state {
            State::Annotated => return None,
            State::Open { .. } => "open",
            State::NotAnnotatable { .. } => "not-annotatable",
            State::Unreadable { .. } => "unreadable",
        };
        Some(WrittenItem {
            file: shown(&item.file),
            line: item.line,
            route: item.route.as_deref(),
            item: item.name.as_deref(),
            state,
            note: note(item).map(String::as_str),
        })
    });
    WrittenKind {
        annotated,
        found,
        missing: missing.collect(),
    }
}
