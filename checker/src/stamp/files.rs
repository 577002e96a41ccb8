//! Finds the sources of a workspace: every `.rs` file in the directories of its
//! members.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use cargo_metadata::Metadata;

use super::StampError;

/// The files, sorted.
///
/// Ignores build output, hidden files, and packages outside of the workspace. Also
/// ignores symbolic links: their targets are found anyway, or are outside.
pub(super) fn of_members(metadata: &Metadata) -> Result<Vec<PathBuf>, StampError> {
    let mut files = Vec::new();
    for package in &metadata.packages {
        let folder = package.manifest_path.as_std_path().parent();
        let folder = folder.unwrap_or(Path::new("."));
        collect(folder, &mut files)?;
    }
    files.sort();
    Ok(files)
}

/// Walks a directory of a member. A package in it is another member, which has a walk
/// of its own, or none.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), StampError> {
    let unreadable = |error: io::Error| StampError::Read {
        path: folder.to_owned(),
        error,
    };
    let has_manifest = folder.join("Cargo.toml").is_file();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let kind = entry.file_type().map_err(unreadable)?;
        let (path, name) = (entry.path(), entry.file_name());
        if kind.is_file() && path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        } else if kind.is_dir() {
            let is_hidden = name.as_encoded_bytes().starts_with(b".");
            // Cargo marks the directory that it builds in, whatever its name.
            let is_built =
                (has_manifest && name == "target") || path.join("CACHEDIR.TAG").is_file();
            let is_package = path.join("Cargo.toml").is_file();
            if !is_hidden && !is_built && !is_package {
                collect(&path, files)?;
            }
        }
    }
    Ok(())
}
