//! The largest image that is read: what an image is bounded by, whatever a few packed bytes
//! claim to hold.

/// The most bytes that the layers of one image unpack to.
pub(super) const UNPACKED_LIMIT: u64 = 32 << 30;

/// How many times its own size a packed archive may unpack to, and how much any may. What
/// it unpacks to is written to a temporary file. Programs and text pack to a half or a fifth.
const EXPANSION: u64 = 50;
const EXPANSION_FLOOR: u64 = 64 << 20;

/// The most bytes that an archive of that size unpacks to.
pub(super) fn archive_limit(packed: u64) -> u64 {
    packed
        .saturating_mul(EXPANSION)
        .clamp(EXPANSION_FLOOR, UNPACKED_LIMIT)
}

/// The most bytes of the headers before one file: its path and attributes. `tar`
/// holds them in memory.
pub(super) const HEADER_LIMIT: u64 = 1 << 20;

/// The most bytes of paths and of link targets that are kept.
pub(super) const PATHS_LIMIT: usize = 256 << 20;

/// The most bytes of paths that lead over links, counted once for each link.
pub(super) const FOLLOWED_LIMIT: usize = 64 << 20;

/// The most bytes of one program.
pub(super) const PROGRAM_LIMIT: u64 = 4 << 30;
