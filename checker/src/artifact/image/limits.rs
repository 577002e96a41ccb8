//! The largest image that is read: what an image is bounded by, whatever a few packed bytes
//! claim to hold.

/// The most bytes that the layers of one image unpack to.
pub(super) const UNPACKED_LIMIT: u64 = 32 << 30;

/// The most bytes of the headers before one file: its path and attributes. `tar`
/// holds them in memory.
pub(super) const HEADER_LIMIT: u64 = 1 << 20;

/// The most bytes of paths and of link targets that are kept.
pub(super) const PATHS_LIMIT: usize = 256 << 20;

/// The most bytes of one program.
pub(super) const PROGRAM_LIMIT: u64 = 4 << 30;
