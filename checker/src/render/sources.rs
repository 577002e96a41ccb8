//! The sources of the app, if they are there.

use std::path::{Component, Path, PathBuf};

use crate::support::bounded_file;

/// The size of the largest file that is read, in bytes.
const LARGEST: u64 = 1 << 20;

/// The folders of the files that records name. A file is read when a report is rendered,
/// and only if it is in one of the folders.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    folders: Vec<PathBuf>,
}

impl Sources {
    /// No sources: places are named without excerpts.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// The sources at a folder: in the folder itself, and in those above it that have a
    /// `Cargo.toml`, one of which is that of the workspace.
    #[must_use]
    pub fn around(folder: &Path) -> Self {
        let above = folder.ancestors().skip(1);
        let above = above.filter(|folder| folder.join("Cargo.toml").is_file());
        let folders = std::iter::once(folder).chain(above);
        Self {
            folders: folders.map(Path::to_owned).collect(),
        }
    }

    /// The sources at the current folder, if there is one.
    #[must_use]
    pub fn from_current_folder() -> Self {
        let folder = std::env::current_dir().ok();
        folder.map_or_else(Self::none, |folder| Self::around(&folder))
    }

    /// The text of a file that a record names, if there is such a file.
    pub(super) fn read(&self, file: &str) -> Option<String> {
        let file = Path::new(file);
        // A build must not choose which other files are read.
        let is_below = |part: Component<'_>| matches!(part, Component::Normal(_));
        if !file.components().all(is_below) {
            return None;
        }
        self.folders.iter().find_map(|folder| {
            let path = folder.join(file);
            String::from_utf8(bounded_file::read(&path, LARGEST).ok()?).ok()
        })
    }
}
