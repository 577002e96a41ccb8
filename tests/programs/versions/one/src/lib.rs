//! Version 1 of a crate that is in the program twice.
#![forbid(unsafe_code)]

/// Has another path in version 2.
#[coexist::handler(GET "/versions", since = "1.0.0")]
pub fn same() {}
