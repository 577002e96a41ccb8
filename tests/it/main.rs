//! What shows only on really built programs.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "so a test fails, in its helpers, too"
)]

mod guard;
mod html;
mod pages;
mod patterns;
mod records;
#[cfg(all(unix, feature = "roll"))]
mod roll;
mod story;
