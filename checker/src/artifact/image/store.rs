//! The files of an image by their names: in a directory, or in a tar.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Take};
use std::path::{Path, PathBuf};

use tar::{Archive, EntryType};

use super::error::{ImageError, shown};
use super::meter::{Meter, Metered};
use super::path::{clean, join, split};

/// The most files of a tar that may be an image: a layer is one to three of them.
const FILES_LIMIT: usize = 10_000;

/// The longest name in a tar that is looked at, and the longest that a link leads to.
const NAME_LIMIT: usize = 4096;

/// How many links are followed from one file of a tar to another.
const HOPS: usize = 8;

/// Where the files are.
pub(super) enum Store {
    Folder(PathBuf),
    Tar(File, HashMap<Vec<u8>, Place>),
}

/// Where a name leads in a tar.
pub(super) enum Place {
    File { at: u64, size: u64 },
    Link(Vec<u8>),
}

/// A file of the image. One is read at a time: those of a tar share its cursor.
pub(super) struct Stored {
    pub(super) bytes: Take<File>,
    pub(super) size: u64,
}

impl Stored {
    /// Compares the size that is stated, if one is, with that of the file.
    pub(super) fn check_size(&self, name: &str, stated: Option<u64>) -> Result<(), ImageError> {
        match stated {
            Some(stated) if stated != self.size => Err(ImageError::Size {
                name: shown(name.as_bytes()),
                stated,
                found: self.size,
            }),
            _ => Ok(()),
        }
    }
}

impl Store {
    /// A directory with the files of an image.
    pub(super) fn folder(path: &Path) -> Self {
        Self::Folder(path.to_owned())
    }

    /// The table of a tar's files. `None` if it cannot be an image: it is not a tar, or
    /// has too many files.
    pub(super) fn tar(mut file: File) -> Result<Option<Self>, ImageError> {
        if !begins_like_tar(&head(&mut file).map_err(ImageError::Archive)?) {
            return Ok(None);
        }
        let length = file.metadata().map_err(ImageError::Archive)?.len();
        let mut places = HashMap::new();
        let meter = Meter::new(u64::MAX);
        // The copies of a file share its offset.
        let mut archive = Archive::new(Metered::new(&file, &meter));
        let mut entries = archive.entries_with_seek().map_err(ImageError::Archive)?;
        while let Some(entry) = meter.header(|| entries.next()) {
            let entry = entry.map_err(ImageError::Archive)?;
            let name = clean(&entry.path_bytes());
            let target = entry.link_name_bytes();
            let place = match (entry.header().entry_type(), target) {
                (EntryType::Regular | EntryType::Continuous, _) => {
                    let (at, size) = (entry.raw_file_position(), entry.size());
                    if at.checked_add(size).is_none_or(|end| end > length) {
                        return Err(ImageError::CutShort(shown(&name)));
                    }
                    Place::File { at, size }
                }
                (EntryType::Symlink, Some(target)) => Place::Link(join(split(&name).0, &target)),
                (EntryType::Link, Some(target)) => Place::Link(clean(&target)),
                _ => continue,
            };
            let is_short = match &place {
                Place::File { .. } => name.len() <= NAME_LIMIT,
                Place::Link(target) => name.len().max(target.len()) <= NAME_LIMIT,
            };
            if !is_short {
                continue;
            }
            places.insert(name, place);
            if places.len() > FILES_LIMIT {
                return Ok(None);
            }
        }
        Ok(Some(Self::Tar(file, places)))
    }

    /// Whether there is a file of that name.
    pub(super) fn has(&self, name: &str) -> bool {
        match self {
            Self::Folder(folder) => inside(folder, name).is_file(),
            Self::Tar(..) => self.in_tar(name).is_some(),
        }
    }

    /// Opens a file.
    pub(super) fn open(&self, name: &str) -> Result<Stored, ImageError> {
        let failed = |error| ImageError::Io {
            name: shown(name.as_bytes()),
            error,
        };
        if !self.has(name) {
            return Err(ImageError::Missing(shown(name.as_bytes())));
        }
        match self {
            Self::Folder(folder) => {
                let file = File::open(inside(folder, name)).map_err(failed)?;
                let size = file.metadata().map_err(failed)?.len();
                let bytes = file.take(size);
                Ok(Stored { bytes, size })
            }
            Self::Tar(file, _) => {
                let (at, size) = self.in_tar(name).unwrap_or_default();
                let mut file = file.try_clone().map_err(failed)?;
                file.seek(SeekFrom::Start(at)).map_err(failed)?;
                let bytes = file.take(size);
                Ok(Stored { bytes, size })
            }
        }
    }

    fn in_tar(&self, name: &str) -> Option<(u64, u64)> {
        let Self::Tar(_, places) = self else {
            return None;
        };
        // `docker save` writes a layer once, and links to it where another image has it.
        let mut name = &clean(name.as_bytes());
        for _ in 0..HOPS {
            match places.get(name)? {
                Place::File { at, size } => return Some((*at, *size)),
                Place::Link(target) => name = target,
            }
        }
        None
    }
}

/// The path of a file in a directory: whatever its name is, it does not lead out of it.
fn inside(folder: &Path, name: &str) -> PathBuf {
    let name = clean(name.as_bytes());
    folder.join(&*String::from_utf8_lossy(&name))
}

/// How many first bytes tell what a file is.
pub(super) const HEAD: u64 = 512;

/// The first bytes of a file, which is rewound.
pub(super) fn head(file: &mut File) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    file.rewind()?;
    (&*file).take(HEAD).read_to_end(&mut head)?;
    file.rewind()?;
    Ok(head)
}

/// Whether there is the mark of a tar since POSIX, and of all that write images.
pub(super) fn begins_like_tar(head: &[u8]) -> bool {
    head.get(257..262) == Some(b"ustar")
}
