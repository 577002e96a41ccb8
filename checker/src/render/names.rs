//! What releases and levels are called.

use crate::model::{Level, Report};

/// The names of the two releases: their versions, if these differ.
pub(super) fn labels(report: &Report<'_>) -> [String; 2] {
    let (old, new) = (&report.old().release, &report.new.release);
    if old.version == new.version {
        [
            format!("{} (old)", old.version),
            format!("{} (new)", new.version),
        ]
    } else {
        [old.version.to_string(), new.version.to_string()]
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
