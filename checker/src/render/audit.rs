//! An audit, for people and as JSON.

use std::io::{self, Write};

use serde::Serialize;

use super::style::{GOOD, STRONG, WARN};
use crate::audit::{Audit, Count, Item, State};

/// The number of the JSON's format.
pub const FORMAT: u32 = 1;

/// Writes what is not annotated, grouped, and one line that counts.
pub fn text(audit: &Audit, to: &mut dyn Write) -> io::Result<()> {
    let Some(percent) = audit.percent() else {
        return writeln!(
            to,
            "nothing to annotate: there is no route, no form and no template in the sources"
        );
    };
    let is_open = |item: &&Item| matches!(item.state, State::Open { .. });
    let is_odd = |item: &&Item| matches!(item.state, State::NotAnnotatable { .. });
    let is_unreadable = |item: &&Item| matches!(item.state, State::Unreadable { .. });
    let groups: [(&str, Vec<&Item>); 4] = [
        (
            "handlers without #[handler]",
            audit.handlers.iter().filter(is_open).collect(),
        ),
        (
            "handlers that cannot be annotated as they are",
            audit.handlers.iter().filter(is_odd).collect(),
        ),
        (
            "pages without #[form]",
            audit.pages.iter().filter(is_open).collect(),
        ),
        (
            "pages whose template cannot be read",
            audit.pages.iter().filter(is_unreadable).collect(),
        ),
    ];
    for (title, items) in groups {
        if items.is_empty() {
            continue;
        }
        writeln!(to, "{STRONG}{title}{STRONG:#} ({})", items.len())?;
        for item in items {
            self::item(item, to)?;
        }
        writeln!(to)?;
    }
    let style = if percent == 100 { GOOD } else { WARN };
    let of = |Count { annotated, found }| format!("{annotated} of {found}");
    writeln!(
        to,
        "{style}handlers {} · pages {} · {percent} %{style:#}",
        of(audit.count_handlers()),
        of(audit.count_pages()),
    )
}

fn item(item: &Item, to: &mut dyn Write) -> io::Result<()> {
    let place = format!("{}:{}", item.file.display(), item.line);
    let parts = [
        Some(&place),
        item.route.as_ref(),
        item.name.as_ref(),
        note(item),
    ];
    let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    let options = textwrap::Options::new(80)
        .initial_indent("  ")
        .subsequent_indent("      ")
        .break_words(false);
    for line in textwrap::wrap(&parts.join("  "), options) {
        writeln!(to, "{line}")?;
    }
    Ok(())
}

/// What there is to say of an item beside its place and its name.
fn note(item: &Item) -> Option<&String> {
    match &item.state {
        State::Annotated => None,
        State::Open { sends } => sends.as_ref(),
        State::NotAnnotatable { advice: note } | State::Unreadable { reason: note } => Some(note),
    }
}

#[derive(Serialize)]
struct Written<'a> {
    format: u32,
    percent: Option<usize>,
    handlers: WrittenKind<'a>,
    pages: WrittenKind<'a>,
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
pub fn json(audit: &Audit, to: &mut dyn Write) -> io::Result<()> {
    let written = Written {
        format: FORMAT,
        percent: audit.percent(),
        handlers: kind(&audit.handlers, audit.count_handlers()),
        pages: kind(&audit.pages, audit.count_pages()),
    };
    serde_json::to_writer_pretty(&mut *to, &written)?;
    writeln!(to)
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
            file: item.file.display().to_string(),
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
