//! Asks cargo for the members of a workspace, and their directories.

use std::path::Path;

use cargo_metadata::{Metadata, MetadataCommand};

use crate::support::text::one_line;

/// The workspace of the package at `manifest`, or in the current directory.
///
/// Without dependencies: that needs neither the network nor the lock file.
pub(crate) fn metadata(manifest: Option<&Path>) -> Result<Metadata, String> {
    let mut command = MetadataCommand::new();
    command.no_deps();
    if let Some(manifest) = manifest {
        command.manifest_path(manifest);
    }
    command.exec().map_err(|error| {
        let error = one_line(&error.to_string());
        match manifest {
            Some(manifest) => format!("{}: {error}", manifest.display()),
            None => error,
        }
    })
}
