//! Paths as git and cargo write them.

use std::path::{Path, PathBuf};

use super::error::RevisionError;

/// The path without symbolic links. On Windows it has the short form: git and cargo do not
/// read the long one, `\\?\C:\`.
pub(super) fn real_path(path: &Path) -> Result<PathBuf, RevisionError> {
    let real = path.canonicalize().map_err(RevisionError::io(path))?;
    let short = real.to_str().and_then(|real| real.strip_prefix(r"\\?\"));
    let short = short.filter(|short| !short.starts_with("UNC"));
    Ok(short.map(PathBuf::from).unwrap_or(real))
}
