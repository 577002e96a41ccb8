//! Why a build cannot be read: one variant per cause, each with what to do.

use std::io;

#[cfg(feature = "cli")]
use super::image::error::ImageError;
use crate::registry::Invalid;
use crate::registry::snapshot::SnapshotError;

/// What the programs read, and the guard does not.
#[cfg(feature = "cli")]
const NO_LAYOUT: &str = " and not an OCI layout (`oci-layout`, `index.json`) of an image";
#[cfg(feature = "cli")]
const AN_IMAGE: &str = ", an image (what `docker save` writes, or an OCI layout)";
#[cfg(not(feature = "cli"))]
const NO_LAYOUT: &str = "";
#[cfg(not(feature = "cli"))]
const AN_IMAGE: &str = "";

/// Why a build cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The file does not exist, or cannot be read.
    #[error("cannot read it: {0}")]
    Io(#[from] io::Error),
    /// It is a directory.
    #[error(
        "this is a directory{}. Name a program in it, or a `.json` snapshot",
        NO_LAYOUT
    )]
    Directory,
    /// It is larger than any build.
    #[error("the {what} has {bytes} bytes, and at most {limit} are read. Is this the right file?")]
    TooLarge {
        /// The file, or the section.
        what: &'static str,
        /// How many bytes it has.
        bytes: u64,
        /// The most that is read.
        limit: u64,
    },
    /// It is not a build of any kind.
    #[error(
        "this is neither a program (ELF, Mach-O, PE, wasm){} nor a snapshot, which `coexist \
         inspect PROGRAM --format json` prints",
        AN_IMAGE
    )]
    Unknown,
    /// It begins like a program.
    #[error("this begins like a program ({0}) but is damaged: {1}. Build or copy it again")]
    Program(&'static str, object::Error),
    /// A program without the section.
    #[error(
        "this program has no annotations: there is no section `.coexist` in it. Either nothing in \
         it is annotated, or no code names the crate that is, or the section was removed \
         (`objcopy -R`, `wasm-strip`)"
    )]
    NoSection,
    /// A program with an empty section.
    #[error("this program has no annotated handler or form: an empty registry is never compatible")]
    EmptySection,
    /// A section that ends after the end of the file.
    #[error("the file ends within its section `.coexist`. Build or copy the program again")]
    SectionOutOfFile,
    /// The section does not hold whole records.
    #[error(transparent)]
    Damaged(#[from] DamagedSection),
    /// A record of a format that is not known yet.
    #[error(
        "a record in it is of format {found}, this version reads up to {known}: update \
         coexist-checker"
    )]
    NewerRecord {
        /// The number that it states.
        found: u64,
        /// The greatest number that is read.
        known: u32,
    },
    /// A record that is not what the macros write.
    #[error("record {number} in its section `.coexist` cannot be read: {message}")]
    Record {
        /// Counted from 1, in the section's order.
        number: usize,
        /// What is wrong.
        message: String,
    },
    /// More items of one name than are compared.
    #[error(
        "of its handlers or forms, more than {limit} that differ are called `{name}`: so many \
         cannot be told apart"
    )]
    Namesakes {
        /// The name, and the place in the sources.
        name: String,
        /// The most that are compared.
        limit: usize,
    },
    /// Sections that share bytes.
    #[error(
        "its sections `.coexist` overlap at byte {0} of the file, which no linker writes. Build or \
         copy the program again"
    )]
    Overlap(u64),
    /// More architectures than a universal program has.
    #[error(
        "this universal Mach-O is for {found} architectures, more than the {limit} that are read"
    )]
    Architectures {
        /// How many it states.
        found: usize,
        /// The most that are read.
        limit: usize,
    },
    /// A snapshot in another encoding.
    #[error(
        "this is text in {0}, and a snapshot is UTF-8 without a byte order mark: write it with \
         `coexist inspect PROGRAM --format json --output FILE`"
    )]
    Encoding(&'static str),
    /// It is a pipe or a device that is not read.
    #[error("this is {0}: name a file, or a pipe that the shell makes, as in `<(…)`")]
    Kind(&'static str),
    /// Programs of an image are left out, and it is not one.
    #[error(
        "this is not an image: `--without-program`, `--old-without-program` and \
         `--new-without-program` leave out programs of images"
    )]
    NoImage,
    /// Its release is unknown.
    #[error(transparent)]
    Release(#[from] NoRelease),
    /// An item of it is not valid.
    #[error("its records are not valid: {0}")]
    Invalid(#[from] Invalid),
    /// It is an image that cannot be read.
    #[cfg(feature = "cli")]
    #[error(transparent)]
    Image(#[from] ImageError),
    /// It is a snapshot that cannot be read.
    #[error("this snapshot cannot be read: {0}")]
    Snapshot(#[from] SnapshotError),
}

/// Why a section is not a sequence of records.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum DamagedSection {
    /// Bytes where a record should begin.
    #[error("its section `.coexist` is damaged: no record begins at byte {at}")]
    NoRecord {
        /// The byte's offset in the section.
        at: u64,
    },
    /// The section ends within a record.
    #[error(
        "its section `.coexist` is cut short: the record at byte {at} needs {missing} bytes more. \
         Build or copy the program again"
    )]
    CutShort {
        /// Where the record begins.
        at: u64,
        /// How many bytes are missing.
        missing: u64,
    },
}

/// Why the release of a build is unknown.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoRelease {
    /// No `release!()`, and crates of several versions.
    #[error(
        "it does not state its release: its annotations come from {0}. Put \
         `coexist::release!();` into `main.rs`, or state it with `--release`, `--old-release` or `--new-release`"
    )]
    Disagree(String),
    /// Several `release!()` that say different things.
    #[error("it states its release more than once: {0}. Keep the one in `main.rs`")]
    Several(String),
}
