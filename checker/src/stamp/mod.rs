//! Stamps a workspace: writes the version of a release into its sources, wherever
//! an annotation says `since = "next"`.
//!
//! `placeholder` finds the places in one source, `files` the sources, and `write`
//! replaces them, all or none.
//!
//! It does not choose the version, and changes nothing but sources: manifests stay as they are.

mod files;
mod placeholder;
mod write;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use semver::Version;

use crate::registry::NEXT;
use crate::workspace::manifest;

/// What was stamped.
#[derive(Debug)]
pub struct Stamped {
    /// The version that was written.
    pub version: Version,
    /// The files in which it was, each with how often, sorted.
    pub files: Vec<(PathBuf, usize)>,
    /// Files that hold the word, but are not UTF-8: no compiler takes them for Rust,
    /// and they are left as they are.
    pub not_text: Vec<PathBuf>,
}

/// Why nothing, or not everything, was stamped.
#[derive(Debug, thiserror::Error)]
pub enum StampError {
    /// Cargo does not know the workspace.
    #[error("{0}")]
    Workspace(String),
    /// A file or directory cannot be read.
    #[error("{}: cannot read it: {error}. Nothing is written", path.display())]
    Read {
        /// The file or directory.
        path: PathBuf,
        /// The cause.
        error: io::Error,
    },
    /// A file is not Rust, down to its quotes and brackets.
    #[error(
        "{}:{line}: this is not Rust: a quote or a bracket is not closed, or a token is invalid. \
         Nothing is written", path.display()
    )]
    NotRust {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
    },
    /// The new text of a file cannot be written to a file beside it.
    #[error("{}: cannot write it: {error}. Nothing is written", path.display())]
    Prepare {
        /// The file.
        path: PathBuf,
        /// The cause.
        error: io::Error,
    },
    /// A file cannot be replaced, although its new text stands beside it.
    #[error(
        "{}: cannot replace it: {error}. {done} of {all} files are stamped; run it again for the \
         others", path.display()
    )]
    Replace {
        /// The file.
        path: PathBuf,
        /// The cause.
        error: io::Error,
        /// The number of files that were already replaced.
        done: usize,
        /// The number of files to replace.
        all: usize,
    },
}

/// Stamps the workspace of the package at `manifest`, or in the current directory.
///
/// # Errors
///
/// If a file cannot be read, or is not Rust. Then no file is written.
pub fn stamp(manifest: Option<&Path>, version: &Version) -> Result<Stamped, StampError> {
    let metadata = manifest::metadata(manifest).map_err(StampError::Workspace)?;
    let root = metadata.workspace_root.as_std_path();
    let mut stamped = Stamped {
        version: version.clone(),
        files: Vec::new(),
        not_text: Vec::new(),
    };
    let mut prepared = Vec::new();
    for file in files::of_members(&metadata)? {
        let bytes = fs::read(&file).map_err(|error| StampError::Read {
            path: file.clone(),
            error,
        })?;
        // Most files hold nothing of the kind, and need no closer look.
        if !bytes
            .windows(NEXT.len())
            .any(|word| word == NEXT.as_bytes())
        {
            continue;
        }
        let shown = file.strip_prefix(root).unwrap_or(&file).to_owned();
        let Ok(text) = String::from_utf8(bytes) else {
            stamped.not_text.push(shown);
            continue;
        };
        let places = placeholder::find(&text).map_err(|line| StampError::NotRust {
            path: shown.clone(),
            line,
        })?;
        if !places.is_empty() {
            stamped.files.push((shown, places.len()));
            prepared.push((file, placeholder::replace(text, &places, version)));
        }
    }
    write::replace_all(&prepared)?;
    Ok(stamped)
}
