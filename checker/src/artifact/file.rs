//! Tells programs, snapshots and images apart, by what they hold, not by their names.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

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

/// Reads the build at `path`: a program, a snapshot, or with the feature `cli` an image.
/// `stated` is the version that a flag of the user's gives it.
pub fn open(path: &Path, stated: Option<&Version>) -> Result<Registry, BuildError> {
    let metadata = fs::metadata(path)?;
    if metadata.is_dir() {
        #[cfg(feature = "cli")]
        if let Some(registry) = image::in_folder(path, stated)? {
            return Ok(registry);
        }
        return Err(BuildError::Directory);
    }
    let mut file = File::open(path)?;
    if !metadata.is_file() {
        // A pipe has no end to seek to, so it cannot hold a program.
        return snapshot_from(&mut file, Vec::new(), stated);
    }
    if let Some(sections) = find_sections(&file)? {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        return read_records(&file, &sections, &name, stated);
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
    snapshot_from(
        &mut file,
        begins_as_json.ok_or(BuildError::Unknown)?,
        stated,
    )
}

/// Reads two builds, side by side.
pub fn open_pair(
    old: (&Path, Option<&Version>),
    new: (&Path, Option<&Version>),
) -> [Result<Registry, BuildError>; 2] {
    let (old, new) = both(|| open(old.0, old.1), || open(new.0, new.1));
    [old, new]
}

/// Reads a program, and where its items come from.
pub fn open_linked(path: &Path) -> Result<(Registry, Vec<Linked>), BuildError> {
    let registry = open(path, None)?;
    let file = File::open(path)?;
    let sections = find_sections(&file)?.unwrap_or_default();
    Ok((registry, read_linked(&file, &sections)?))
}

/// The first bytes of the file, if they are white space and a brace.
fn begins_as_json(file: &mut File) -> io::Result<Option<Vec<u8>>> {
    let mut head = Vec::new();
    file.take(4096).read_to_end(&mut head)?;
    let first = head.iter().find(|byte| !byte.is_ascii_whitespace());
    Ok((first == Some(&b'{')).then_some(head))
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
