//! Reads the files of one layer, and finds the programs among them.

use std::borrow::Cow;
use std::io::{self, Read, Seek as _};

use coexist::format::MAGIC;
use tar::{Archive, Entry, EntryType};
use tempfile::SpooledTempFile;

use super::error::{ImageError, shown};
use super::limits::PROGRAM_LIMIT;
use super::meter::Meter;
use super::path::{clean, join, split};
use super::spool::{self, CopyError};
use super::tree::Tree;
use crate::artifact::error::BuildError;
use crate::artifact::gather::Gathered;
use crate::artifact::section::{LIMIT, begins_like_program, find_sections};

/// The most bytes of a program that are held in memory; a larger one is written to a
/// temporary file.
const IN_MEMORY: usize = 16 << 20;

/// Bytes that are searched at once.
const CHUNK: u64 = 64 << 10;

/// The records of a program; or why they cannot be read, which matters only if no
/// later layer hides it.
pub(super) type Program = Result<Gathered, BuildError>;

/// How much has been read.
#[derive(Debug, Default)]
pub(super) struct Looked {
    pub(super) files: u64,
    pub(super) programs: u64,
    /// The bytes of all sections with records.
    sections: u64,
}

/// Why a layer was not read to its end.
pub(super) enum Stopped {
    /// Its bytes are not a tar.
    Unreadable(io::Error),
    Image(ImageError),
}

impl From<io::Error> for Stopped {
    fn from(error: io::Error) -> Self {
        Self::Unreadable(error)
    }
}

impl From<ImageError> for Stopped {
    fn from(error: ImageError) -> Self {
        Self::Image(error)
    }
}

/// Applies the layer `name` to the tree. Its bytes are read through `meter`.
pub(super) fn put_on(
    tree: &mut Tree<Program>,
    name: &str,
    layer: impl Read,
    meter: &Meter,
    looked: &mut Looked,
) -> Result<(), Stopped> {
    tree.begin_layer();
    let mut archive = Archive::new(layer);
    let mut entries = archive.entries()?;
    while let Some(entry) = meter.header(|| entries.next()) {
        let mut entry = entry?;
        let path = clean(&entry.path_bytes());
        let target = entry.link_name_bytes().map(Cow::into_owned);
        if let Some(hidden) = hidden(&path) {
            match hidden {
                Hidden::File(path) => tree.white_out(&path),
                Hidden::Inside(folder) => tree.white_out_inside(folder),
                Hidden::Nothing => {}
            }
            continue;
        }
        if is_sparse(&mut entry)? {
            return Err(Stopped::Image(ImageError::Sparse {
                layer: shown(name.as_bytes()),
                file: shown(&path),
            }));
        }
        match (entry.header().entry_type(), target) {
            (EntryType::Regular | EntryType::Continuous, _) => {
                looked.files += 1;
                let size = entry.size();
                let mut bytes = Counted {
                    inner: &mut entry,
                    read: 0,
                };
                let program = program(&mut bytes, size, looked)?;
                // Otherwise these bytes would count for the limit of the next header.
                io::copy(&mut bytes, &mut io::sink())?;
                if bytes.read < size {
                    return Err(Stopped::Image(ImageError::LayerCutShort {
                        layer: shown(name.as_bytes()),
                        file: shown(&path),
                    }));
                }
                tree.file(&path, program)?;
            }
            (EntryType::Symlink, Some(target)) => tree.link(&path, &target)?,
            (EntryType::Link, Some(target)) => tree.hard_link(&path, &target)?,
            (EntryType::Directory, _) => tree.folder(&path),
            (EntryType::XGlobalHeader, _) => {}
            // A device or a pipe replaces a file as any other entry does.
            _ => tree.file(&path, None)?,
        }
    }
    Ok(())
}

/// Whether the tar holds a file without its holes, in either of GNU's ways.
fn is_sparse<R: Read>(entry: &mut Entry<'_, R>) -> io::Result<bool> {
    if entry.header().entry_type() == EntryType::GNUSparse {
        return Ok(true);
    }
    let mut attributes = entry.pax_extensions()?.into_iter().flatten().flatten();
    Ok(attributes.any(|attribute| attribute.key_bytes().starts_with(b"GNU.sparse.")))
}

/// What a file of this name hides in the layers below.
enum Hidden<'p> {
    File(Vec<u8>),
    Inside(&'p [u8]),
    /// A mark of an old file system's own.
    Nothing,
}

fn hidden(path: &[u8]) -> Option<Hidden<'_>> {
    let (folder, name) = split(path);
    let hidden = name.strip_prefix(b".wh.")?;
    Some(match hidden {
        b".wh..opq" => Hidden::Inside(folder),
        b"" => Hidden::Nothing,
        hidden if hidden.starts_with(b".wh.") => Hidden::Nothing,
        hidden => Hidden::File(join(folder, hidden)),
    })
}

/// The records of a file, if it is a program that has some.
fn program(
    bytes: &mut impl Read,
    size: u64,
    looked: &mut Looked,
) -> Result<Option<Program>, Stopped> {
    let mut head = Vec::new();
    bytes.take(16).read_to_end(&mut head)?;
    if !begins_like_program(&head) {
        return Ok(None);
    }
    looked.programs += 1;
    if size > PROGRAM_LIMIT {
        return Ok(Some(Err(BuildError::TooLarge {
            what: "program",
            bytes: size,
            limit: PROGRAM_LIMIT,
        })));
    }
    let mut file = SpooledTempFile::new(IN_MEMORY);
    spool::copy(head.chain(bytes), &mut file).map_err(|error| match error {
        CopyError::Read(error) => Stopped::Unreadable(error),
        CopyError::Write(error) => Stopped::Image(ImageError::Temporary { error }),
    })?;
    let sections = match find_sections(&mut file) {
        Ok(Some(sections)) => sections,
        // An image may have a program's debug information in a file of its own, whose
        // section is empty.
        Ok(None) | Err(BuildError::NoSection) => return Ok(None),
        // Other files begin like a program: a class file of Java, test data of a linker.
        Err(BuildError::Program(..)) if !has_records(&mut file)? => return Ok(None),
        Err(error) => return Ok(Some(Err(error))),
    };
    looked.sections += sections.iter().map(|section| section.size).sum::<u64>();
    if looked.sections > LIMIT {
        return Ok(Some(Err(BuildError::TooLarge {
            what: "sections `.coexist` of all programs",
            bytes: looked.sections,
            limit: LIMIT,
        })));
    }
    Ok(match Gathered::read(&mut file, &sections) {
        Ok(records) if records.is_empty() => None,
        read => Some(read),
    })
}

/// Whether a record begins anywhere in the file.
fn has_records(file: &mut SpooledTempFile) -> io::Result<bool> {
    let mut window = Vec::new();
    file.rewind()?;
    while file.take(CHUNK).read_to_end(&mut window)? > 0 {
        if window.windows(MAGIC.len()).any(|bytes| bytes == MAGIC) {
            return Ok(true);
        }
        // The magic may begin in one chunk and end in the next.
        window.drain(..window.len().saturating_sub(MAGIC.len() - 1));
    }
    Ok(false)
}

/// Counts what is read.
struct Counted<R> {
    inner: R,
    read: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.read += read as u64;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::{CHUNK, MAGIC, SpooledTempFile, has_records};

    #[test]
    fn a_record_is_found_wherever_it_begins() {
        let chunk = usize::try_from(CHUNK).unwrap();
        for before in [0, 1, chunk - 5, chunk, 2 * chunk - MAGIC.len() + 1] {
            let mut file = SpooledTempFile::new(0);
            file.write_all(&vec![0; before]).unwrap();
            file.write_all(&MAGIC[..MAGIC.len() - 1]).unwrap();
            assert!(!has_records(&mut file).unwrap(), "{before}");
            file.write_all(&MAGIC[MAGIC.len() - 1..]).unwrap();
            assert!(has_records(&mut file).unwrap(), "{before}");
        }
    }
}
