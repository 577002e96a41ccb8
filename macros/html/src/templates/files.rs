//! Where the files of templates are read from, and how a path among them is written.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Component, Path, PathBuf};

use super::budget::FILE;

/// The files that templates are read from: a folder on disk, or a revision of a repository.
pub trait Files {
    /// The text of the file at a path without `.` and `..`; `None`: there is no such file.
    ///
    /// # Errors
    ///
    /// It is there, but cannot be read, in words: it is no file, or not in UTF-8.
    fn read(&self, path: &Path) -> Result<Option<String>, String>;

    /// The directories that a pattern with `*` means, as `dirs` of `askama.toml` may have it.
    fn folders(&self, pattern: &Path) -> Vec<PathBuf>;
}

/// The files on disk: regular ones, of which no more is read than a template may have.
#[derive(Clone, Copy, Debug, Default)]
pub struct Disk;

impl Files for Disk {
    fn read(&self, path: &Path) -> Result<Option<String>, String> {
        match on_disk(path) {
            Ok(text) => Ok(Some(text)),
            Err(error) if is_nowhere(&error) => Ok(None),
            Err(error) => Err(error.to_string()),
        }
    }

    fn folders(&self, pattern: &Path) -> Vec<PathBuf> {
        let found = pattern
            .to_str()
            .and_then(|pattern| glob::glob(pattern).ok());
        let found = found.into_iter().flatten().flatten();
        found.filter(|path| path.is_dir()).collect()
    }
}

fn on_disk(path: &Path) -> io::Result<String> {
    // To open a named pipe would wait for someone who writes to it.
    let metadata = fs::metadata(path)?;
    if !metadata.is_file() && !metadata.is_dir() {
        return Err(io::Error::other("it is not a regular file"));
    }
    let mut text = String::new();
    let mut limited = File::open(path)?.take(FILE + 1);
    limited.read_to_string(&mut text)?;
    Ok(text)
}

/// Whether there is no such file.
fn is_nowhere(error: &io::Error) -> bool {
    let kind = error.kind();
    matches!(kind, io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// The path without `.`, and without `..` where that is known.
pub(crate) fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir
                if matches!(plain.components().next_back(), Some(Component::Normal(_))) =>
            {
                plain.pop();
            }
            component => plain.push(component),
        }
    }
    plain
}
