//! Tells programs, snapshots and images apart by their contents.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use semver::Version;

use super::error::BuildError;
use super::gather::{Linked, read_linked, read_records};
#[cfg(feature = "cli")]
use super::image;
use super::section::find_sections;
use crate::registry::{Registry, snapshot};
use crate::support::parallel::both;

/// The most bytes of a snapshot that are read: 2 GiB, four million items.
const SNAPSHOT_LIMIT: u64 = 2 << 30;

/// What a user states of a build, in addition to its path.
#[derive(Clone, Copy, Debug, Default)]
pub struct Stated<'a> {
    /// The version that overrides that of the build.
    pub version: Option<&'a Version>,
    /// The programs of an image that are left out, by their paths in the image. A build of
    /// another kind has none.
    pub without: &'a [PathBuf],
}

/// Reads the build at `path`: a program, a snapshot, or with the feature `cli` an image.
/// `version` overrides that of the build.
pub fn open(path: &Path, version: Option<&Version>) -> Result<Registry, BuildError> {
    let without = &[];
    open_stated(path, Stated { version, without })
}

/// Reads the build at `path`, of which a user states this.
pub fn open_stated(path: &Path, stated: Stated<'_>) -> Result<Registry, BuildError> {
    let metadata = fs::metadata(path)?;
    if metadata.is_dir() {
        #[cfg(feature = "cli")]
        if let Some(registry) = image::in_folder(path, stated)? {
            return Ok(registry);
        }
        return Err(BuildError::Directory);
    }
    let Stated { version, without } = stated;
    let has_no_programs = || match without {
        [] => Ok(()),
        _ => Err(BuildError::NoImage),
    };
    if let Some(kind) = unreadable_kind(path, &metadata) {
        return Err(BuildError::Kind(kind));
    }
    let mut file = File::open(path)?;
    if !metadata.is_file() {
        // A pipe has no end to seek to, so it cannot hold a program.
        has_no_programs()?;
        return snapshot_from(&mut file, Vec::new(), version);
    }
    if let Some(sections) = find_sections(&file)? {
        has_no_programs()?;
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        return read_records(&file, &sections, &name, version);
    }
    io::Seek::rewind(&mut file)?;
    let begins_as_json = begins_as_json(&mut file)?;
    if begins_as_json.is_some() && metadata.len() > SNAPSHOT_LIMIT {
        let (bytes, limit) = (metadata.len(), SNAPSHOT_LIMIT);
        return Err(BuildError::TooLarge {
            what: "file",
            bytes,
            limit,
        });
    }
    #[cfg(feature = "cli")]
    if begins_as_json.is_none()
        && let Some(registry) = image::in_archive(file.try_clone()?, stated)?
    {
        return Ok(registry);
    }
    let begin = begins_as_json.ok_or(BuildError::Unknown)?;
    has_no_programs()?;
    snapshot_from(&mut file, begin, version)
}

/// Reads two builds at the same time.
pub fn open_pair(
    old: (&Path, Stated<'_>),
    new: (&Path, Stated<'_>),
) -> [Result<Registry, BuildError>; 2] {
    let (old, new) = both(|| open_stated(old.0, old.1), || open_stated(new.0, new.1));
    [old, new]
}

/// Reads a program, and where its items come from.
pub fn open_linked(path: &Path) -> Result<(Registry, Vec<Linked>), BuildError> {
    let registry = open(path, None)?;
    let file = File::open(path)?;
    let sections = find_sections(&file)?.unwrap_or_default();
    Ok((registry, read_linked(&file, &sections)?))
}

/// What the file is, if reading it may never end: a device, or a pipe in a directory, which may
/// have no writer. Standard input, or a pipe that the shell makes, has a writer.
#[cfg(unix)]
fn unreadable_kind(path: &Path, metadata: &fs::Metadata) -> Option<&'static str> {
    use std::os::unix::fs::FileTypeExt as _;

    let kind = metadata.file_type();
    let is_open_file = || {
        let real = fs::canonicalize(path);
        // A pipe without a name has no such path.
        real.is_err() || path.starts_with("/dev/fd") || path.starts_with("/dev/stdin")
    };
    if kind.is_char_device() || kind.is_block_device() {
        Some("a device")
    } else if kind.is_socket() {
        Some("a socket")
    } else if kind.is_fifo() && !is_open_file() {
        Some("a named pipe")
    } else {
        None
    }
}

#[cfg(not(unix))]
fn unreadable_kind(_path: &Path, _metadata: &fs::Metadata) -> Option<&'static str> {
    None
}

/// The first bytes of the file, if they are white space and a brace.
fn begins_as_json(file: &mut File) -> Result<Option<Vec<u8>>, BuildError> {
    let mut head = Vec::new();
    file.take(4096).read_to_end(&mut head)?;
    if let Some(encoding) = other_encoding(&head) {
        return Err(BuildError::Encoding(encoding));
    }
    let first = head.iter().find(|byte| !byte.is_ascii_whitespace());
    Ok((first == Some(&b'{')).then_some(head))
}

/// The encoding of a text that begins with a brace, if it is not plain UTF-8: some shells
/// write another one.
fn other_encoding(head: &[u8]) -> Option<&'static str> {
    let begins = |mark: &[u8], unit: usize| {
        let rest = head.strip_prefix(mark);
        let mut bytes = rest.into_iter().flatten().filter(|byte| **byte != 0);
        let first = bytes.find(|byte| !byte.is_ascii_whitespace());
        first == Some(&b'{') && (unit == 1 || head.iter().take(8).any(|byte| *byte == 0))
    };
    if begins(b"\xEF\xBB\xBF", 1) {
        Some("UTF-8 with a byte order mark")
    } else if begins(b"\xFF\xFE", 2) || begins(b"\xFE\xFF", 2) || begins(b"", 2) {
        Some("UTF-16")
    } else {
        None
    }
}

fn snapshot_from(
    file: &mut File,
    mut json: Vec<u8>,
    stated: Option<&Version>,
) -> Result<Registry, BuildError> {
    if json.is_empty() {
        json = begins_as_json(file)?.ok_or(BuildError::Unknown)?;
    }
    file.take(SNAPSHOT_LIMIT + 1).read_to_end(&mut json)?;
    let bytes = json.len() as u64;
    if bytes > SNAPSHOT_LIMIT {
        return Err(BuildError::TooLarge {
            what: "snapshot",
            bytes,
            limit: SNAPSHOT_LIMIT,
        });
    }
    let mut registry = snapshot::read(&json)?;
    if let Some(version) = stated {
        registry.release.version = version.clone();
    }
    Ok(registry)
}
