//! The directory of the old sources, and what they expect beside their repository: path
//! dependencies outside of it, such as `../shared`.

use std::collections::HashSet;
use std::fs;
use std::hash::BuildHasher as _;
use std::io;
use std::path::{Component, Path, PathBuf};

use cargo_metadata::Metadata;

use super::error::RevisionError;
use crate::workspace::manifest;

/// A directory in which the repository has the same path as on this machine, so that what is
/// beside the repository can be linked beside the old sources.
#[derive(Debug)]
pub(super) struct Mirror {
    /// The directory of the cache.
    cache: PathBuf,
    folder: PathBuf,
    /// The repository's directory.
    root: PathBuf,
}

impl Mirror {
    /// The mirror for the repository at `root`, in the directory of the cache.
    pub(super) fn new(cache: &Path, root: &Path) -> Self {
        let hash = foldhash::quality::FixedState::default().hash_one(root);
        // Above `target/package`, where `cargo package` builds, cargo does not look for a
        // workspace: it would find that of the working tree.
        let folder = cache.join(format!("{hash:016x}")).join("target/package");
        Self {
            cache: cache.to_owned(),
            folder,
            root: root.to_owned(),
        }
    }

    /// The directory of the repository's old sources.
    pub(super) fn source(&self) -> PathBuf {
        let mut source = self.folder.clone();
        source.extend(names(&self.root));
        source
    }

    /// Fails if a symbolic link leads from the cache to the old sources: what is in their
    /// directory will be overwritten, and what else is there deleted.
    pub(super) fn is_apart(&self) -> Result<(), RevisionError> {
        let source = self.source();
        let within = source.ancestors();
        let mut within = within.take_while(|path| *path != self.cache);
        match within.find(|path| path.is_symlink()) {
            None => Ok(()),
            Some(link) => Err(RevisionError::io(link)(io::Error::other(
                "this is a symbolic link to another directory, which would be overwritten. Remove the link",
            ))),
        }
    }

    /// Links the path dependencies outside of the repository, and their own, into the mirror.
    /// Returns whether there are any.
    pub(super) fn link(&self, metadata: &Metadata) -> Result<bool, RevisionError> {
        let source = self.source();
        let mut outside = outside(metadata, &source);
        let mut known: HashSet<PathBuf> = outside.iter().cloned().collect();
        let mut next = 0;
        while next < outside.len() {
            let path = outside[next].clone();
            next += 1;
            if let Ok(within) = path.strip_prefix(&self.folder) {
                self.link_one(within)?;
            }
            // If it cannot be read, cargo will report that.
            if let Ok(theirs) = manifest::metadata(Some(&path.join("Cargo.toml"))) {
                for path in self::outside(&theirs, &source) {
                    if known.insert(path.clone()) {
                        outside.push(path);
                    }
                }
            }
        }
        Ok(!outside.is_empty())
    }

    /// Links the first directory on the way to the package that does not contain the
    /// repository.
    fn link_one(&self, within: &Path) -> Result<(), RevisionError> {
        let (mut link, mut real) = (self.folder.clone(), beginning(&self.root));
        let mut to_root = names(&self.root);
        for name in names(within) {
            link.push(name);
            real.push(name);
            if to_root.next() != Some(name) {
                break;
            }
        }
        if !real.is_dir() || fs::symlink_metadata(&link).is_ok() || self.source().starts_with(&link)
        {
            return Ok(());
        }
        #[cfg(unix)]
        let linked = std::os::unix::fs::symlink(&real, &link);
        #[cfg(windows)]
        let linked = std::os::windows::fs::symlink_dir(&real, &link);
        linked.map_err(RevisionError::io(&link))
    }
}

/// The path dependencies that are not in the old sources.
fn outside(metadata: &Metadata, source: &Path) -> Vec<PathBuf> {
    let dependencies = metadata
        .packages
        .iter()
        .flat_map(|package| &package.dependencies);
    let paths = dependencies.filter_map(|dependency| dependency.path.as_ref());
    let mut outside: Vec<PathBuf> = paths
        .map(|path| path.as_std_path().to_owned())
        .filter(|path| !path.starts_with(source))
        .collect();
    outside.sort();
    outside.dedup();
    outside
}

/// The names in a path.
fn names(path: &Path) -> impl Iterator<Item = &std::ffi::OsStr> {
    path.components().filter_map(|component| match component {
        Component::Normal(name) => Some(name),
        _ => None,
    })
}

/// The part of a path before the names.
fn beginning(path: &Path) -> PathBuf {
    let before = |component: &Component<'_>| !matches!(component, Component::Normal(_));
    path.components().take_while(before).collect()
}
