//! Reads the files of templates: regular files of a limited size.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;

use super::budget::FILE;
use super::error::Error;

/// The text of a file.
///
/// # Errors
///
/// The file is missing, is not a regular file, is too large, or is not UTF-8.
pub(super) fn read_file(file: &Path) -> Result<String, Error> {
    let unreadable = |cause| Error::Unreadable {
        file: file.to_path_buf(),
        cause,
    };
    // To open a named pipe would wait for someone who writes to it.
    let metadata = fs::metadata(file).map_err(unreadable)?;
    if !metadata.is_file() && !metadata.is_dir() {
        let cause = io::Error::new(io::ErrorKind::InvalidInput, "it is not a regular file");
        return Err(unreadable(cause));
    }
    let mut text = String::new();
    let open = File::open(file).map_err(unreadable)?;
    let mut limited = open.take(FILE + 1);
    limited.read_to_string(&mut text).map_err(unreadable)?;
    if text.len() as u64 > FILE {
        let file = file.to_path_buf();
        return Err(Error::LargeFile { file });
    }
    Ok(text)
}
