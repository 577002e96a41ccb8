//! The history as JSON, for programs. The format has a number; the keys are described in
//! `schema/history.schema.json`.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value;

use super::History;
use crate::support;

/// The number of the format.
pub const FORMAT: u32 = 1;

#[derive(Serialize)]
struct Written<'a> {
    format: u32,
    app: &'a str,
    releases: Vec<WrittenRelease<'a>>,
}

#[derive(Serialize)]
struct WrittenRelease<'a> {
    from: Option<&'a str>,
    to: &'a str,
    commit: &'a str,
    date: &'a str,
    verdict: &'static str,
    /// How many places were seen and not read.
    unread: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<&'a str>,
    findings: &'a [Value],
}

/// Writes the history, indented, with a newline at its end.
///
/// # Errors
///
/// If `to` cannot be written.
pub fn history(history: &History, to: &mut dyn Write) -> io::Result<()> {
    let releases = history.rows.iter().map(|row| WrittenRelease {
        from: row.from.as_deref(),
        to: &row.to,
        commit: &row.commit,
        date: &row.date,
        verdict: row.told.name(),
        unread: row.unread,
        why: row.why.as_deref(),
        findings: &row.findings,
    });
    let written = Written {
        format: FORMAT,
        app: &history.app,
        releases: releases.collect(),
    };
    support::json::write(&written, to)
}
