//! A ledger in a directory, for a repository or a disk.
//!
//! A text is written to a temporary file beside its place, synced, and renamed; then the
//! directory is synced. A writer holds a lock, which ends with its process.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use fs4::{FileExt, TryLockError};

use super::format::{REGISTRIES, size_limit};
use super::listing::environment_key;
use super::store::{Listed, ListedKind, Store, StoreError, Stored};
use crate::support::{atomic_file, bounded_file};

/// The file that writers lock. It is never read, and not kept in a repository.
pub(super) const LOCK: &str = ".lock";

/// How long a writer waits for the lock.
const PATIENCE: Duration = Duration::from_secs(30);

/// What files that are being written begin with.
const PART: &str = ".part-";

/// What is not to be kept in a repository.
const IGNORE: &str = "# What coexist needs while it writes.\n/.lock\n.part-*\n";

/// A ledger's directory.
#[derive(Debug)]
pub struct Folder(PathBuf);

impl Folder {
    /// The directory of that path, whether it is there or not.
    #[must_use]
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    fn path(&self, key: &str) -> PathBuf {
        key.split('/')
            .fold(self.0.clone(), |path, part| path.join(part))
    }

    fn failed(&self, key: &str, error: &impl ToString) -> StoreError {
        StoreError::Failed {
            place: self.path(key).display().to_string(),
            what: error.to_string(),
        }
    }

    /// Waits for the lock, for a limited time. Dropping the file releases it.
    fn lock(&self) -> Result<File, StoreError> {
        let failed = |error: io::Error| self.failed(LOCK, &error);
        // Opening a link would create a file elsewhere, and opening a pipe would wait.
        if fs::symlink_metadata(self.0.join(LOCK)).is_ok_and(|metadata| !metadata.is_file()) {
            return Err(self.failed(LOCK, &"it is not a regular file: remove it"));
        }
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(self.0.join(LOCK))
            .map_err(failed)?;
        let begun = Instant::now();
        loop {
            match FileExt::try_lock(&file) {
                Ok(()) => return Ok(file),
                Err(TryLockError::Error(error)) => return Err(failed(error)),
                Err(TryLockError::WouldBlock) if begun.elapsed() < PATIENCE => {
                    thread::sleep(Duration::from_millis(10));
                }
                Err(TryLockError::WouldBlock) => {
                    return Err(StoreError::Locked {
                        place: self.path(LOCK).display().to_string(),
                        after: PATIENCE,
                    });
                }
            }
        }
    }

    fn put(&self, key: &str, text: &str, is_new: bool) -> Result<bool, StoreError> {
        let path = self.path(key);
        let folder = path.parent().unwrap_or(&self.0);
        let put = make_folder(folder).and_then(|()| put(&path, text, is_new));
        put.map_err(|error| self.failed(key, &error))
    }
}

impl Store for Folder {
    fn place(&self) -> String {
        self.0.display().to_string()
    }

    fn make(&self) -> Result<(), StoreError> {
        if self.0.is_file() {
            return Err(StoreError::Failed {
                place: self.place(),
                what: "this is a file, but a ledger is a directory".to_owned(),
            });
        }
        let made = fs::create_dir_all(&self.0).and_then(|()| {
            let ignore = self.0.join(".gitignore");
            if ignore.exists() {
                return Ok(());
            }
            put(&ignore, IGNORE, true).map(|_| ())
        });
        made.map_err(|error| self.failed(".gitignore", &error))
    }

    fn read(&self, key: &str) -> Result<Option<Stored>, StoreError> {
        match bounded_file::read(&self.path(key), size_limit(key)) {
            Ok(bytes) => Ok(Some(Stored { bytes, tag: None })),
            Err(error) if error.is_absent() => Ok(None),
            Err(error) => Err(self.failed(key, &error)),
        }
    }

    fn create(&self, key: &str, text: &str) -> Result<bool, StoreError> {
        let _lock = self.lock()?;
        self.put(key, text, true)
    }

    fn replace(&self, key: &str, text: &str, read: &Stored) -> Result<bool, StoreError> {
        let _lock = self.lock()?;
        let is_there = self.read(key)?.is_some_and(|now| now.bytes == read.bytes);
        if is_there {
            self.put(key, text, false)?;
        }
        Ok(is_there)
    }

    fn write(&self, key: &str, text: &str) -> Result<(), StoreError> {
        let _lock = self.lock()?;
        self.put(key, text, false).map(|_| ())
    }

    fn list(&self, folder: &str) -> Result<Vec<Listed>, StoreError> {
        let path = self.path(folder);
        let entries = match fs::read_dir(&path) {
            Ok(entries) => entries,
            Err(error) if is_absent(&error) => return Ok(Vec::new()),
            Err(error) => return Err(self.failed(folder, &error)),
        };
        let files = entries.filter_map(|entry| listed(folder, entry).transpose());
        let mut files: Vec<Listed> = files
            .collect::<io::Result<_>>()
            .map_err(|error| self.failed(folder, &error))?;
        files.sort_by(|one, other| one.key.cmp(&other.key));
        Ok(files)
    }

    fn folders(&self) -> Result<Vec<String>, StoreError> {
        let folders = fs::read_dir(&self.0).and_then(|entries| {
            let names = entries.filter_map(|entry| folder_name(entry).transpose());
            names.collect::<io::Result<Vec<String>>>()
        });
        let mut folders = folders.map_err(|error| self.failed("", &error))?;
        folders.sort();
        Ok(folders)
    }

    fn remove(&self, key: &str) -> Result<(), StoreError> {
        let _lock = self.lock()?;
        let path = self.path(key);
        let folder = path.parent().unwrap_or(&self.0);
        if folder != self.0 && is_link(folder) || is_link(&path) {
            return Err(self.failed(key, &"nothing is removed through a symbolic link"));
        }
        let removed = match fs::remove_file(&path) {
            Err(error) if is_absent(&error) => Ok(()),
            Err(error) => Err(error),
            Ok(()) => sync_folder(folder),
        };
        removed.map_err(|error| self.failed(key, &error))
    }

    fn sweep(&self, age: Duration) -> Result<(), StoreError> {
        let _lock = self.lock()?;
        // A ledger may be beside other directories, which are none of its business.
        let is_own =
            |folder: &String| folder == REGISTRIES || self.path(&environment_key(folder)).is_file();
        let mut folders = self.folders()?;
        folders.retain(is_own);
        folders.push(String::new());
        let swept = folders.iter().try_for_each(|folder| {
            let (is_below, folder) = (!folder.is_empty(), self.path(folder));
            if is_below && is_link(&folder) {
                return Ok(());
            }
            for entry in fs::read_dir(&folder)? {
                let path = old_part(entry, age)?;
                path.map_or(Ok(()), fs::remove_file)?;
            }
            Ok(())
        });
        swept.map_err(|error: io::Error| self.failed("", &error))
    }
}

/// A file that was being written, so long ago that its writer is gone.
fn old_part(entry: io::Result<fs::DirEntry>, age: Duration) -> io::Result<Option<PathBuf>> {
    let entry = entry?;
    if !entry.file_name().to_string_lossy().starts_with(PART) {
        return Ok(None);
    }
    let metadata = entry.metadata()?;
    let written = metadata.modified()?.elapsed();
    let is_old = metadata.is_file() && written.is_ok_and(|written| written > age);
    Ok(is_old.then(|| entry.path()))
}

fn is_link(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink())
}

/// Whether the error says that the file does not exist, or its directory is a file.
fn is_absent(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

/// What is in the directory; `None`: it is hidden, as what is being written.
fn listed(folder: &str, entry: io::Result<fs::DirEntry>) -> io::Result<Option<Listed>> {
    let entry = entry?;
    let name = entry.file_name();
    let name = name.to_string_lossy();
    if name.starts_with('.') {
        return Ok(None);
    }
    let metadata = entry.metadata()?;
    let is_link = metadata.is_symlink();
    let leads_to_file = || match fs::metadata(entry.path()) {
        Ok(metadata) => Ok(metadata.is_file()),
        // A link to nothing is an error when it is read.
        Err(error) if is_absent(&error) => Ok(true),
        Err(error) => Err(error),
    };
    let kind = if metadata.is_file() {
        ListedKind::File
    } else if is_link && leads_to_file()? {
        ListedKind::Link
    } else {
        ListedKind::Other
    };
    Ok(Some(Listed {
        key: format!("{folder}/{name}"),
        // A clock that was set back since makes it new.
        age: metadata.modified()?.elapsed().unwrap_or(Duration::ZERO),
        kind,
    }))
}

fn folder_name(entry: io::Result<fs::DirEntry>) -> io::Result<Option<String>> {
    let entry = entry?;
    let name = entry.file_name().into_string().ok();
    // A link to a directory counts as one.
    let is_folder = fs::metadata(entry.path()).is_ok_and(|metadata| metadata.is_dir());
    Ok(name.filter(|name| is_folder && !name.starts_with('.')))
}

/// Creates a directory of the ledger, so that it exists even after a crash.
fn make_folder(folder: &Path) -> io::Result<()> {
    match fs::create_dir(folder) {
        Ok(()) => sync_folder(folder.parent().unwrap_or(folder)),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error),
    }
}

/// Puts a text in its place; `false`: `is_new`, and there is one already.
fn put(path: &Path, text: &str, is_new: bool) -> io::Result<bool> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let file = atomic_file::written(path, PART, text.as_bytes())?;
    let put = if is_new {
        file.persist_noclobber(path)
    } else {
        file.persist(path)
    };
    match put {
        Ok(_) => sync_folder(folder).map(|()| true),
        Err(error) if is_new && error.error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error.error),
    }
}

/// Syncs the names in a directory. Windows has no such call, and needs none.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}
