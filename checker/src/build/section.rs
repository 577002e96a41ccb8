//! Finds the section with the records in a program of any format.

use std::io::{Read, Seek};

use coexist::format::SECTION;
use object::read::{ReadCache, ReadRef};
use object::{FileKind, Object as _, ObjectSection as _};

use super::BuildError;

/// The most bytes of a section, or of a wasm module, that are read: 1 GiB, two
/// million records.
const LIMIT: u64 = 1 << 30;

/// The bytes of the section, or what stands in their place.
#[derive(Debug)]
pub enum FoundSection {
    /// The bytes; in a universal Mach-O, those of each architecture.
    Bytes(Vec<Vec<u8>>),
    /// The file is not a program.
    NotAProgram,
}

/// Reads the section out of a program: its headers and the section, nothing else.
pub fn find_section(file: impl Read + Seek) -> Result<FoundSection, BuildError> {
    let cache = ReadCache::new(file);
    let Ok(kind) = FileKind::parse(&cache) else { return Ok(FoundSection::NotAProgram) };
    let Some(name) = program(kind) else { return Ok(FoundSection::NotAProgram) };
    let damaged = |error| BuildError::Program(name, error);
    let sections = match kind {
        FileKind::MachOFat32 => {
            let fat = object::read::macho::MachOFatFile32::parse(&cache).map_err(damaged)?;
            let slices = fat.arches().iter().map(object::read::macho::FatArch::file_range);
            slices.map(|(at, size)| in_range(&cache, name, at, size)).collect::<Result<Vec<_>, _>>()?
        }
        FileKind::MachOFat64 => {
            let fat = object::read::macho::MachOFatFile64::parse(&cache).map_err(damaged)?;
            let slices = fat.arches().iter().map(object::read::macho::FatArch::file_range);
            slices.map(|(at, size)| in_range(&cache, name, at, size)).collect::<Result<Vec<_>, _>>()?
        }
        FileKind::Wasm => {
            // A module is read as a whole: it has no table of its sections.
            let bytes = ReadRef::len(&cache).unwrap_or(u64::MAX);
            if bytes > LIMIT {
                return Err(BuildError::TooLarge { what: "wasm module", bytes, limit: LIMIT });
            }
            vec![in_one(name, &cache)?]
        }
        _ => vec![in_one(name, &cache)?],
    };
    Ok(FoundSection::Bytes(sections))
}

fn in_range<R: Read + Seek>(
    cache: &ReadCache<R>,
    name: &'static str,
    at: u64,
    size: u64,
) -> Result<Vec<u8>, BuildError> {
    in_one(name, cache.range(at, size))
}

fn in_one<'d>(name: &'static str, data: impl ReadRef<'d>) -> Result<Vec<u8>, BuildError> {
    let damaged = |error| BuildError::Program(name, error);
    let program = object::File::parse(data).map_err(damaged)?;
    let section = program.section_by_name(SECTION).ok_or(BuildError::NoSection)?;
    let bytes = section.size();
    if bytes > LIMIT {
        return Err(BuildError::TooLarge { what: "section `.coexist`", bytes, limit: LIMIT });
    }
    Ok(section.data().map_err(damaged)?.to_vec())
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
