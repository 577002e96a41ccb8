//! Finds the section with the records in a program of any format.

use std::io::{BufReader, Read, Seek, SeekFrom, Take};

use coexist::format::SECTION;
use object::read::macho::FatArch;
use object::read::{ReadCache, ReadRef};
use object::{BinaryFormat, FileKind, Object as _, ObjectSection as _};

use super::error::BuildError;
use super::frames::Frames;

/// The most bytes of a section, or of a wasm module, that are read: 1 GiB, two
/// million records.
pub(super) const LIMIT: u64 = 1 << 30;

/// The name of the section in a Mach-O, whose names have another form.
const MACH_O_SECTION: &str = "__coexist";

/// The most architectures of a universal Mach-O; Apple has made about twenty.
const ARCHITECTURES: usize = 64;

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

/// Finds the sections of a program, by its headers alone, in the order of their bytes: mostly
/// one, or in a universal Mach-O one for each architecture. `None` if the file is not a
/// program.
pub fn find_sections(mut file: impl Read + Seek) -> Result<Option<Vec<Section>>, BuildError> {
    let length = file.seek(SeekFrom::End(0))?;
    let cache = ReadCache::new(file);
    let Ok(kind) = FileKind::parse(&cache) else {
        return Ok(None);
    };
    let Some(name) = program(kind) else {
        return Ok(None);
    };
    let mut sections = in_kind(kind, name, &cache, length)?;
    sections.sort_by_key(|section| (section.at, section.size));
    // Two architectures, or two headers, may name the same bytes.
    sections.dedup();
    let mut end = 0;
    let mut total: u64 = 0;
    for section in &sections {
        total = total.saturating_add(section.size);
        if total > LIMIT {
            let (bytes, limit) = (total, LIMIT);
            return Err(BuildError::TooLarge {
                what: "section `.coexist`",
                bytes,
                limit,
            });
        }
        if section.at.saturating_add(section.size) > length {
            return Err(BuildError::SectionOutOfFile);
        }
        if section.size > 0 && section.at < end {
            return Err(BuildError::Overlap(section.at));
        }
        end = end.max(section.at + section.size);
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
    use object::read::macho::{MachOFatFile32, MachOFatFile64};
    let damaged = |error| BuildError::Program(name, error);
    let mut slices: Vec<(u64, u64)> = match kind {
        FileKind::MachOFat32 => {
            let fat = MachOFatFile32::parse(cache).map_err(damaged)?;
            slices(fat.arches())?
        }
        FileKind::MachOFat64 => {
            let fat = MachOFatFile64::parse(cache).map_err(damaged)?;
            slices(fat.arches())?
        }
        // A module is read as a whole: it has no table of its sections.
        FileKind::Wasm if length > LIMIT => {
            return Err(BuildError::TooLarge {
                what: "wasm module",
                bytes: length,
                limit: LIMIT,
            });
        }
        _ => return in_one(name, cache, 0),
    };
    // Two architectures may share one slice.
    slices.sort_unstable();
    slices.dedup();
    let mut sections = Vec::new();
    for (at, size) in slices {
        sections.extend(in_one(name, cache.range(at, size), at)?);
    }
    Ok(sections)
}

/// Where the programs for the architectures of a universal Mach-O are.
fn slices(architectures: &[impl FatArch]) -> Result<Vec<(u64, u64)>, BuildError> {
    if architectures.len() > ARCHITECTURES {
        return Err(BuildError::Architectures {
            found: architectures.len(),
            limit: ARCHITECTURES,
        });
    }
    Ok(architectures.iter().map(FatArch::file_range).collect())
}

/// The sections of a program that begins at byte `base` of the file: mostly one, but an
/// object or a module may have several of the name.
fn in_one<'d>(
    name: &'static str,
    program: impl ReadRef<'d>,
    base: u64,
) -> Result<Vec<Section>, BuildError> {
    let damaged = |error| BuildError::Program(name, error);
    let file = object::File::parse(program).map_err(damaged)?;
    let wanted = match file.format() {
        BinaryFormat::MachO => MACH_O_SECTION,
        _ => SECTION,
    };
    let mut sections = Vec::new();
    for section in file.sections() {
        // One whose name cannot be read is not ours.
        if section.name_bytes() != Ok(wanted.as_bytes()) {
            continue;
        }
        // A section without bytes in the file has no records either.
        let (at, end_or_size) = section.file_range().unwrap_or_default();
        // Of a wasm section, `object` gives the end in place of the size.
        let size = match file {
            object::File::Wasm(_) => end_or_size.saturating_sub(at),
            _ => end_or_size,
        };
        sections.push(Section {
            at: base.saturating_add(at),
            size,
        });
    }
    if sections.is_empty() {
        return Err(BuildError::NoSection);
    }
    Ok(sections)
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
