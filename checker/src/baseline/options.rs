//! What to build: which program, and with which flags of cargo.

use std::path::PathBuf;

/// What to build, of the working tree and of the revision.
#[derive(Debug, Default)]
pub(crate) struct Options {
    /// The `Cargo.toml` that is given.
    pub(crate) manifest: Option<PathBuf>,
    /// The package that is given.
    pub(crate) package: Option<String>,
    /// The program that is given.
    pub(crate) bin: Option<String>,
    /// Flags that are passed on to cargo.
    pub(crate) flags: Vec<String>,
}
