//! Replaces files, all or none: every new text stands beside its file before the
//! first one takes its place.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use tempfile::TempPath;

use super::StampError;

/// Replaces each file by its text.
pub(super) fn replace_all(files: &[(PathBuf, String)]) -> Result<(), StampError> {
    let prepared = files.iter().map(|(path, text)| {
        prepare(path, text).map_err(|error| StampError::Prepare {
            path: path.clone(),
            error,
        })
    });
    let prepared = prepared.collect::<Result<Vec<TempPath>, _>>()?;
    for (done, ((path, _), new)) in files.iter().zip(prepared).enumerate() {
        new.persist(path).map_err(|error| StampError::Replace {
            path: path.clone(),
            error: error.error,
            done,
            all: files.len(),
        })?;
    }
    Ok(())
}

/// Writes the text beside its file, with that one's permissions. It is gone if
/// nobody puts it in the file's place.
fn prepare(path: &Path, text: &str) -> io::Result<TempPath> {
    let permissions = fs::metadata(path)?.permissions();
    if permissions.readonly() {
        return Err(io::Error::new(
            io::ErrorKind::PermissionDenied,
            "it is read-only",
        ));
    }
    let mut file = tempfile::Builder::new()
        .prefix(".coexist-stamp")
        .tempfile_in(path.parent().unwrap_or(Path::new(".")))?;
    file.write_all(text.as_bytes())?;
    file.as_file().set_permissions(permissions)?;
    file.as_file().sync_all()?;
    // Closed: a workspace may have more files than a process may have open.
    Ok(file.into_temp_path())
}
