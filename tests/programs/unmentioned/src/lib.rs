//! A library that the program depends on and does not mention: rustc leaves it out.
#![forbid(unsafe_code)]

/// Pays.
#[coexist::handler(POST "/pay", since = "1.0.0")]
pub fn pay() {}
