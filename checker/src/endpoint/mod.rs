//! Endpoints: path patterns, and which handler a router would choose.

mod pattern;
mod router;

pub use pattern::{Pattern, PatternError, Segment};
pub use router::{Outcome, Router};

/// A path without the names of its parameters; one that is no pattern stays.
pub(crate) fn unnamed(path: &str) -> String {
    Pattern::parse(path).map_or_else(|_| path.to_owned(), |pattern| pattern.unnamed())
}
