//! The one owner of the record's format: its number, its frame, its section.
//!
#![doc = include_str!("../FORMAT.md")]

/// The number of the format that this version writes. A reader takes every
/// number up to its own.
pub const FORMAT: u32 = 1;

/// What each record in the section begins with: bytes that no text holds.
pub const MAGIC: [u8; 16] = *b"\xFFcoexist\xFErecord\n";

/// Bytes before a record's JSON: the magic, and the JSON's length in bytes as a
/// little-endian `u32`.
pub const HEADER: usize = MAGIC.len() + size_of::<u32>();

/// The section's name in ELF, PE and wasm. Mach-O calls it `__DATA,__coexist`.
pub const SECTION: &str = ".coexist";

/// How the JSON of each record begins: with the number of its format.
#[doc(hidden)]
pub const OPENING: &str = "{\"format\":1,";
