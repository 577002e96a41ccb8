//! The sources of the app, if they are there.

use std::path::{Component, Path, PathBuf};

use crate::support::{bounded_file, visible};

/// The size of the largest file that is read, in bytes.
const LARGEST: u64 = 1 << 20;

/// The directories of the files that records name. A file is read when a report is rendered,
/// and only if it is a regular file in one of the directories and, wherever links lead, in the
/// repository.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    folders: Vec<PathBuf>,
    /// The top of the repository, without links; `None`: nothing is read.
    root: Option<PathBuf>,
}

impl Sources {
    /// No sources: places are named without excerpts.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// The sources at a directory: in the directory itself, and in those above it that have a
    /// `Cargo.toml`, one of which is that of the workspace.
    #[must_use]
    pub fn around(folder: &Path) -> Self {
        let above = folder.ancestors().skip(1);
        let above = above.filter(|folder| folder.join("Cargo.toml").is_file());
        let folders: Vec<&Path> = std::iter::once(folder).chain(above).collect();
        let repository = folder
            .ancestors()
            .find(|folder| folder.join(".git").exists());
        let root = repository.or(folders.last().copied());
        Self {
            root: root.and_then(|root| root.canonicalize().ok()),
            folders: folders.into_iter().map(Path::to_owned).collect(),
        }
    }

    /// The sources at the current directory, if there is one.
    #[must_use]
    pub fn from_current_folder() -> Self {
        let folder = std::env::current_dir().ok();
        folder.map_or_else(Self::none, |folder| Self::around(&folder))
    }

    /// The text of a file that a record names, if there is such a file.
    pub(super) fn read(&self, file: &str) -> Option<String> {
        let file = Path::new(file);
        if !is_below(file) {
            return None;
        }
        let root = self.root.as_ref()?;
        self.folders.iter().find_map(|folder| {
            let path = folder.join(file).canonicalize().ok()?;
            if !is_below(path.strip_prefix(root).ok()?) {
                return None;
            }
            let text = String::from_utf8(bounded_file::read(&path, LARGEST).ok()?).ok()?;
            // Each becomes a character of one column, as a letter has it.
            let is_hidden = |c| visible::is_escaped(c) && !matches!(c, '\n' | '\r' | '\t');
            Some(text.replace(is_hidden, "\u{FFFD}"))
        })
    }
}

/// Whether a path leads to what is below, and not into the data of git, which may have
/// secrets. A build must not choose which other files are read.
fn is_below(file: &Path) -> bool {
    file.components()
        .all(|part| matches!(part, Component::Normal(name) if name != ".git"))
}
