//! The option that says which workspace, of the commands that read sources.

use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub(super) struct ManifestArgs {
    /// Path to the `Cargo.toml` of the workspace, or of a package in it [default: the
    /// nearest one, from the current directory upwards]
    #[arg(long, value_name = "FILE")]
    manifest_path: Option<PathBuf>,
}

impl ManifestArgs {
    /// The path that is given.
    pub(super) fn path(&self) -> Option<&Path> {
        self.manifest_path.as_deref()
    }
}
