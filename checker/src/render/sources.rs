//! The sources of the app, where they are at hand.

use std::path::{Component, Path, PathBuf};

use crate::support::bounded_file;

/// The largest file that is looked into, in bytes.
const LARGEST: u64 = 1 << 20;

/// Where the files are that records name. They are read when a report is rendered,
/// and only if they lie below one of its folders.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    folders: Vec<PathBuf>,
}

impl Sources {
    /// No sources: places are named, and nothing of them is shown.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// The sources at a folder: its own, and those of the workspace around it, which
    /// is in one of the folders above that have a `Cargo.toml`.
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

    /// The text of a file that a record names.
    pub(super) fn read(&self, file: &str) -> Option<String> {
        let file = Path::new(file);
        // A build that is looked at must not choose what else is read.
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
