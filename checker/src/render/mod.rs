//! Prints reports and registries. One renderer a file; each writes to a writer
//! that is passed in, and gives the same bytes for the same input.

#[cfg(feature = "cli")]
pub mod audit;
#[cfg(feature = "cli")]
mod fingerprint;
#[cfg(feature = "cli")]
pub mod formats;
pub mod gate;
mod groups;
#[cfg(feature = "cli")]
pub mod html;
pub mod inspect;
#[cfg(feature = "cli")]
pub mod ledger;
#[cfg(feature = "cli")]
mod message;
#[cfg(feature = "cli")]
mod number;
mod places;
pub mod plan;
#[cfg(feature = "cli")]
pub mod simulate;
#[cfg(feature = "cli")]
pub mod simulate_json;
mod sources;
#[cfg(feature = "cli")]
pub mod stamp;
mod style;
mod summary;
pub mod text;
mod waived;

#[cfg(feature = "cli")]
pub use simulate::Simulation;
pub use sources::Sources;

use crate::model::{Level, Report};

/// How many places of findings that are folded are named; the others are counted.
const PLACES: usize = 6;

/// How many releases that are out are shown with a finding; the others are counted.
const RELEASES: usize = 3;

pub(crate) fn plural(count: usize, word: &str) -> String {
    if count == 1 {
        format!("1 {word}")
    } else {
        format!("{count} {word}s")
    }
}

/// The one line that says what is decided.
#[cfg(feature = "cli")]
pub(crate) fn verdict(report: &Report<'_>) -> String {
    summary::line(report)
}

/// What the two releases are called: by version, if these tell them apart.
fn labels(report: &Report<'_>) -> [String; 2] {
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

/// What a level is called where people read it.
fn level_name(level: Level) -> &'static str {
    match level {
        Level::Deny => "error",
        Level::Warn => "warning",
        Level::Note => "note",
    }
}
