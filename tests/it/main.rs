//! What shows only on really built programs.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a panic fails the test, also in helper functions"
)]

mod guard;
mod html;
mod pages;
mod patterns;
mod records;
#[cfg(all(unix, feature = "roll"))]
mod roll;
mod scan;
mod story;
