//! Asks cargo for the members of a workspace, and their directories.

use std::collections::HashSet;
use std::path::Path;

use cargo_metadata::{Metadata, MetadataCommand, Package, PackageId};

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

/// The members of a workspace.
pub(crate) fn members(metadata: &Metadata) -> Vec<&Package> {
    packages(metadata, &metadata.workspace_members)
}

/// The members that cargo takes if none is named.
pub(crate) fn default_members(metadata: &Metadata) -> Vec<&Package> {
    packages(metadata, &metadata.workspace_default_members)
}

/// The packages with these IDs. The functions of `cargo_metadata` compare each package with
/// each ID: that grows with the square of the workspace.
fn packages<'a>(metadata: &'a Metadata, ids: &[PackageId]) -> Vec<&'a Package> {
    let ids: HashSet<&PackageId> = ids.iter().collect();
    let packages = metadata.packages.iter();
    packages
        .filter(|package| ids.contains(&package.id))
        .collect()
}
