//! The one owner of the record's format: its number, its frame, its section.
//!
#![doc = include_str!("../FORMAT.md")]

/// The greatest number of a format that this version writes: a record that format 1 can
/// say is written in that. A reader takes every number up to its own.
pub const FORMAT: u32 = 2;

/// What each record in the section begins with: bytes that no text holds.
pub const MAGIC: [u8; 16] = *b"\xFFcoexist\xFErecord\n";

/// Bytes before a record's JSON: the magic, and the JSON's length in bytes as a
/// little-endian `u32`.
pub const HEADER: usize = MAGIC.len() + size_of::<u32>();

/// The section's name in ELF, PE and wasm. Mach-O calls it `__DATA,__coexist`.
pub const SECTION: &str = ".coexist";

/// How the JSON of a record of format 1 begins: with the number of its format.
#[doc(hidden)]
pub const OPENING: &str = "{\"format\":1,";

/// How the JSON of a record begins that has a key which came with format 2.
#[doc(hidden)]
pub const OPENING_2: &str = "{\"format\":2,";
