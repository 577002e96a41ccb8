//! What releases and levels are called.

use crate::model::{Level, Report};
use crate::registry::Release;

/// The names of the two releases: their versions, if these differ.
pub(super) fn labels(report: &Report<'_>) -> [String; 2] {
    let (old, new) = (&report.old().release, &report.new.release);
    match report.turned {
        Some(turn) if old == new => turn.labels(&new.version),
        _ => Release::labels(old, new),
    }
}

/// The name of a level, as compilers name it.
pub(super) fn level_name(level: Level) -> &'static str {
    match level {
        Level::Deny => "error",
        Level::Warn => "warning",
        Level::Note => "note",
    }
}
