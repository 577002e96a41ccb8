//! Endpoints: path patterns, and which handler a router would choose.

mod pattern;
mod router;

pub use pattern::{Pattern, PatternError, Segment};
pub use router::{Outcome, Router};
