//! Version 2 of a crate that is in the program twice.
#![forbid(unsafe_code)]

/// Has another path in version 1.
#[coexist::handler(GET "/versions/new", since = "1.0.0")]
pub fn same() {}
