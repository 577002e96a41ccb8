//! Finds the section with the records in a program of any format.

use std::io::{BufReader, Read, Seek, SeekFrom, Take};

use coexist::format::SECTION;
use object::read::{ReadCache, ReadRef};
use object::{FileKind, Object as _, ObjectSection as _};

use super::error::BuildError;
use super::frames::Frames;

/// The most bytes of a section, or of a wasm module, that are read: 1 GiB, two
/// million records.
pub(super) const LIMIT: u64 = 1 << 30;

/// Bytes of a section that are read at once.
const CHUNK: usize = 256 << 10;

/// Where a program's records are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Section {
    /// The first byte in the file.
    pub at: u64,
    /// How many bytes.
    pub size: u64,
}

impl Section {
    /// Begins to read the records.
    pub fn frames<F: Read + Seek>(
        self,
        mut file: F,
    ) -> Result<Frames<BufReader<Take<F>>>, BuildError> {
        file.seek(SeekFrom::Start(self.at))?;
        let section = BufReader::with_capacity(CHUNK, file.take(self.size));
        Ok(Frames::new(section, self.size))
    }
}

/// Finds the sections of a program, by its headers alone: one, or in a universal
/// Mach-O one for each architecture. `None` if the file is not a program.
pub fn find_sections(mut file: impl Read + Seek) -> Result<Option<Vec<Section>>, BuildError> {
    let length = file.seek(SeekFrom::End(0))?;
    let cache = ReadCache::new(file);
    let Ok(kind) = FileKind::parse(&cache) else {
        return Ok(None);
    };
    let Some(name) = program(kind) else {
        return Ok(None);
    };
    let sections = in_kind(kind, name, &cache, length)?;
    for section in &sections {
        if section.size > LIMIT {
            let (bytes, limit) = (section.size, LIMIT);
            return Err(BuildError::TooLarge {
                what: "section `.coexist`",
                bytes,
                limit,
            });
        }
        if section.at.saturating_add(section.size) > length {
            return Err(BuildError::SectionOutOfFile);
        }
    }
    Ok(Some(sections))
}

/// Whether a file with these first bytes may be a program: 16 are enough.
#[cfg(feature = "cli")]
pub(super) fn begins_like_program(head: &[u8]) -> bool {
    matches!(
        head,
        [0x7F, b'E', b'L', b'F', ..]
            | [0xFE, 0xED, 0xFA, 0xCE | 0xCF, ..]
            | [0xCE | 0xCF, 0xFA, 0xED, 0xFE, ..]
            | [0xCA, 0xFE, 0xBA, 0xBE | 0xBF, ..]
            | [b'M', b'Z', ..]
            | [0, b'a', b's', b'm', ..]
    )
}

fn in_kind<R: Read + Seek>(
    kind: FileKind,
    name: &'static str,
    cache: &ReadCache<R>,
    length: u64,
) -> Result<Vec<Section>, BuildError> {
    use object::read::macho::{FatArch, MachOFatFile32, MachOFatFile64};
    let damaged = |error| BuildError::Program(name, error);
    let slices: Vec<(u64, u64)> = match kind {
        FileKind::MachOFat32 => {
            let fat = MachOFatFile32::parse(cache).map_err(damaged)?;
            fat.arches().iter().map(FatArch::file_range).collect()
        }
        FileKind::MachOFat64 => {
            let fat = MachOFatFile64::parse(cache).map_err(damaged)?;
            fat.arches().iter().map(FatArch::file_range).collect()
        }
        // A module is read as a whole: it has no table of its sections.
        FileKind::Wasm if length > LIMIT => {
            return Err(BuildError::TooLarge {
                what: "wasm module",
                bytes: length,
                limit: LIMIT,
            });
        }
        _ => return Ok(vec![in_one(name, cache, 0)?]),
    };
    let sections = slices
        .into_iter()
        .map(|(at, size)| in_one(name, cache.range(at, size), at));
    sections.collect()
}

/// The section of a program that begins at byte `base` of the file.
fn in_one<'d>(
    name: &'static str,
    program: impl ReadRef<'d>,
    base: u64,
) -> Result<Section, BuildError> {
    let file = object::File::parse(program).map_err(|error| BuildError::Program(name, error))?;
    let section = file.section_by_name(SECTION).ok_or(BuildError::NoSection)?;
    // A section without bytes in the file has no records either.
    let (at, end_or_size) = section.file_range().unwrap_or_default();
    // Of a wasm section, `object` gives the end in place of the size.
    let size = match file {
        object::File::Wasm(_) => end_or_size.saturating_sub(at),
        _ => end_or_size,
    };
    Ok(Section {
        at: base.saturating_add(at),
        size,
    })
}

/// What people call the format, if it is one of programs.
fn program(kind: FileKind) -> Option<&'static str> {
    match kind {
        FileKind::Elf32 | FileKind::Elf64 => Some("ELF"),
        FileKind::MachO32 | FileKind::MachO64 => Some("Mach-O"),
        FileKind::MachOFat32 | FileKind::MachOFat64 => Some("universal Mach-O"),
        FileKind::Pe32 | FileKind::Pe64 => Some("PE"),
        FileKind::Wasm => Some("wasm"),
        _ => None,
    }
}
