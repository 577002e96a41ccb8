//! Finds the section with the records in a program of any format.

use std::io::{Read, Seek, SeekFrom};

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
pub fn find_section(mut file: impl Read + Seek) -> Result<FoundSection, BuildError> {
    let ranges = match find_place(&mut file)? {
        Place::Ranges(ranges) => ranges,
        Place::Read(section) => return Ok(FoundSection::Bytes(vec![section])),
        Place::NotAProgram => return Ok(FoundSection::NotAProgram),
    };
    let sections = ranges.into_iter().map(|(at, bytes)| {
        if bytes > LIMIT {
            return Err(BuildError::TooLarge {
                what: "section `.coexist`",
                bytes,
                limit: LIMIT,
            });
        }
        // What a damaged header claims is not allocated before it is there.
        if at.saturating_add(bytes) > file.seek(SeekFrom::End(0))? {
            return Err(BuildError::SectionOutOfFile);
        }
        file.seek(SeekFrom::Start(at))?;
        let mut section = Vec::with_capacity(usize::try_from(bytes).unwrap_or_default());
        file.by_ref().take(bytes).read_to_end(&mut section)?;
        Ok(section)
    });
    sections.collect::<Result<_, _>>().map(FoundSection::Bytes)
}

/// Where the section is.
enum Place {
    /// In the file, for each architecture: offset and size in bytes.
    Ranges(Vec<(u64, u64)>),
    /// Here: it had to be read to be found.
    Read(Vec<u8>),
    NotAProgram,
}

fn find_place(file: &mut (impl Read + Seek)) -> Result<Place, BuildError> {
    use object::read::macho::{MachOFatFile32, MachOFatFile64};
    let cache = ReadCache::new(file);
    let Ok(kind) = FileKind::parse(&cache) else {
        return Ok(Place::NotAProgram);
    };
    let Some(name) = program(kind) else {
        return Ok(Place::NotAProgram);
    };
    let damaged = |error| BuildError::Program(name, error);
    let slices: Vec<(u64, u64)> = match kind {
        FileKind::MachOFat32 => {
            let fat = MachOFatFile32::parse(&cache).map_err(damaged)?;
            fat.arches()
                .iter()
                .map(object::read::macho::FatArch::file_range)
                .collect()
        }
        FileKind::MachOFat64 => {
            let fat = MachOFatFile64::parse(&cache).map_err(damaged)?;
            fat.arches()
                .iter()
                .map(object::read::macho::FatArch::file_range)
                .collect()
        }
        FileKind::Wasm => {
            // A module is read as a whole: it has no table of its sections.
            let bytes = ReadRef::len(&cache).unwrap_or(u64::MAX);
            if bytes > LIMIT {
                return Err(BuildError::TooLarge {
                    what: "wasm module",
                    bytes,
                    limit: LIMIT,
                });
            }
            let module = object::File::parse(&cache).map_err(damaged)?;
            let section = module
                .section_by_name(SECTION)
                .ok_or(BuildError::NoSection)?;
            return Ok(Place::Read(section.data().map_err(damaged)?.to_vec()));
        }
        _ => return Ok(Place::Ranges(vec![range(name, &cache, 0)?])),
    };
    let ranges = slices
        .into_iter()
        .map(|(at, size)| range(name, cache.range(at, size), at));
    ranges.collect::<Result<_, _>>().map(Place::Ranges)
}

/// Where the section is in a program that begins at byte `base` of the file.
fn range<'d>(
    name: &'static str,
    program: impl ReadRef<'d>,
    base: u64,
) -> Result<(u64, u64), BuildError> {
    let program = object::File::parse(program).map_err(|error| BuildError::Program(name, error))?;
    let section = program
        .section_by_name(SECTION)
        .ok_or(BuildError::NoSection)?;
    // A section without bytes in the file has no records either.
    let (at, size) = section.file_range().unwrap_or_default();
    Ok((base.saturating_add(at), size))
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
