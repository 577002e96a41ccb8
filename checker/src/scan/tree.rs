//! The files that a scan reads: those of the working tree, or those of a revision.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

use crate::support::bounded_file;

/// The most bytes of a file: 16 MiB.
const MAX_BYTES: u64 = 16 << 20;

/// The text of a file.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    /// What names its contents, if that is known: two files of one id have one text.
    pub(crate) id: Option<String>,
    /// The text.
    pub(crate) text: String,
}

/// A folder with all that is in it. Paths are relative to it, and use no `.` and `..`.
pub(crate) trait Tree {
    /// Reads a file; `None`: there is none.
    ///
    /// # Errors
    ///
    /// If it cannot be read, is too large or is not UTF-8 text.
    fn read(&self, path: &Path) -> Result<Option<Text>, String>;

    /// What names the contents of a file, if that is known without reading it.
    fn id(&self, path: &Path) -> Option<String>;

    /// Whether there is such a file.
    fn is_file(&self, path: &Path) -> bool;

    /// The names of the files and folders in a folder, sorted.
    fn list(&self, folder: &Path) -> Vec<String>;
}

/// A path without `.`, and without what `..` takes back. `None`: it leads out of the tree.
pub(crate) fn normal(path: &Path) -> Option<PathBuf> {
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::Normal(name) => normal.push(name),
            Component::CurDir => {}
            Component::ParentDir => {
                if !normal.pop() {
                    return None;
                }
            }
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(normal)
}

/// The folder on the disk.
pub(crate) struct Disk {
    root: PathBuf,
}

impl Disk {
    pub(crate) fn new(root: &Path) -> Self {
        let root = root.to_owned();
        Self { root }
    }
}

impl Tree for Disk {
    fn read(&self, path: &Path) -> Result<Option<Text>, String> {
        match bounded_file::read(&self.root.join(path), MAX_BYTES) {
            Ok(bytes) => text(bytes, None).map(Some),
            Err(error) if error.is_absent() => Ok(None),
            Err(error) => Err(error.to_string()),
        }
    }

    fn id(&self, _: &Path) -> Option<String> {
        None
    }

    fn is_file(&self, path: &Path) -> bool {
        self.root.join(path).is_file()
    }

    fn list(&self, folder: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(self.root.join(folder));
        let entries = entries.into_iter().flatten().flatten();
        let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }
}

/// The folder of a revision: which files it has, and where their contents are.
pub(crate) struct Listed<'b> {
    files: BTreeMap<PathBuf, String>,
    folders: BTreeMap<PathBuf, BTreeSet<String>>,
    blobs: &'b dyn Blobs,
}

/// The contents of files, by the names of contents.
pub(crate) trait Blobs {
    /// Reads the contents of this name.
    ///
    /// # Errors
    ///
    /// If that fails, or they are too large.
    fn read(&self, id: &str) -> Result<Vec<u8>, String>;
}

impl<'b> Listed<'b> {
    /// A folder with these files: each with the name of its contents.
    pub(crate) fn new(files: BTreeMap<PathBuf, String>, blobs: &'b dyn Blobs) -> Self {
        let mut folders: BTreeMap<PathBuf, BTreeSet<String>> = BTreeMap::new();
        for file in files.keys() {
            let mut below = file.as_path();
            while let (Some(folder), Some(name)) = (below.parent(), below.file_name()) {
                let name = name.to_string_lossy().into_owned();
                if !folders.entry(folder.to_owned()).or_default().insert(name) {
                    break;
                }
                below = folder;
            }
        }
        Self {
            files,
            folders,
            blobs,
        }
    }
}

impl Tree for Listed<'_> {
    fn read(&self, path: &Path) -> Result<Option<Text>, String> {
        let Some(id) = self.files.get(path) else {
            return Ok(None);
        };
        text(self.blobs.read(id)?, Some(id.clone())).map(Some)
    }

    fn id(&self, path: &Path) -> Option<String> {
        self.files.get(path).cloned()
    }

    fn is_file(&self, path: &Path) -> bool {
        self.files.contains_key(path)
    }

    fn list(&self, folder: &Path) -> Vec<String> {
        let names = self.folders.get(folder);
        names.into_iter().flatten().cloned().collect()
    }
}

fn text(bytes: Vec<u8>, id: Option<String>) -> Result<Text, String> {
    let text = String::from_utf8(bytes).map_err(|_| "this is not UTF-8 text".to_owned())?;
    Ok(Text { id, text })
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::normal;

    #[test]
    fn a_path_that_leads_out_of_the_tree_has_no_normal_form() {
        for (path, expected) in [
            ("a/./b/../c", Some("a/c")),
            ("", Some("")),
            ("a/..", Some("")),
            ("../a", None),
            ("a/../../b", None),
            ("/a", None),
        ] {
            assert_eq!(
                normal(Path::new(path)),
                expected.map(PathBuf::from),
                "{path}"
            );
        }
    }
}
