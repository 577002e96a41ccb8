//! The pipelines of `checker/pipelines`: what is copied out of there is valid, and its
//! shell does with the exit statuses of `coexist` what is said beside it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a panic fails the test, also in helper functions"
)]
#![cfg(unix)]

mod github;
mod gitlab;
mod helm;
mod kubernetes;
mod pinned;
mod sandbox;
mod schemas;

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

/// The text of one of the pipelines' files.
#[track_caller]
fn text(file: &str) -> String {
    let path: PathBuf = [env!("CARGO_MANIFEST_DIR"), "pipelines", file]
        .iter()
        .collect();
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A YAML text, with its anchors resolved.
#[track_caller]
fn yaml(text: &str) -> Value {
    serde_saphyr::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}
