//! Endpoints: which handler of a build a router would choose for a request.
//!
//! Whether that handler accepts what is sent is the business of [`model`](crate::model).

mod router;

pub use crate::registry::pattern::{Pattern, PatternError, Segment};
pub(crate) use router::declared;
pub use router::{Outcome, Router};

/// A path without the names of its parameters; one that is not a pattern stays as it is.
pub(crate) fn unnamed(path: &str) -> String {
    Pattern::parse(path).map_or_else(|_| path.to_owned(), |pattern| pattern.unnamed())
}
