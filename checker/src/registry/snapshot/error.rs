//! Which formats of a snapshot can be read, and why one cannot.

use crate::registry::Invalid;
use crate::support::visible::escaped;

/// The greatest number of a format that is written: a registry that format 1 can say is
/// written in that. Every number up to it is read.
pub const FORMAT: u32 = 2;

/// Why a snapshot cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum SnapshotError {
    /// It is not JSON, or not this JSON.
    #[error("{}{message}", if at.is_empty() { String::new() } else { format!("at {at}: ") })]
    Json {
        /// The way from the top to the value that is wrong; empty: the top.
        at: String,
        /// What is wrong, with line and column.
        message: String,
    },
    /// A newer version wrote it.
    #[error("it is of format {found}, this version reads up to {FORMAT}: update coexist-checker")]
    Newer {
        /// The number that it states.
        found: u64,
    },
    /// Its items make no sense.
    #[error(transparent)]
    Invalid(#[from] Invalid),
}

/// There is no format of that number, or not yet.
pub(super) fn wrong_format(found: u64) -> SnapshotError {
    if found > u64::from(FORMAT) {
        return SnapshotError::Newer { found };
    }
    wrong(
        "format",
        &format!("there is no format {found}: expected 1 or {FORMAT}"),
    )
}

/// What is wrong, and on the way to which value.
pub(super) fn wrong(at: &str, message: &dyn std::fmt::Display) -> SnapshotError {
    SnapshotError::Json {
        at: escaped(at).into_owned(),
        message: escaped(&message.to_string()).into_owned(),
    }
}
