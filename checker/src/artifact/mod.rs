//! Reads a BUILD, as a user names it on the command line, into a registry: a program, a
//! snapshot or a container image. It says what the build declares; whether that is good is
//! for `judge`, and which file is meant is for `cli`. Nothing in a build is ever run.
//!
//! `file` tells the kinds apart, `section` finds the sections with records, `frames` splits
//! one into records, `record` reads a record (`plain` faster, if it is as the macros write
//! it), `distinct` drops what is linked twice, and `gather` makes a registry of them. `image`
//! does so with all programs in a container image. A build may come from an untrusted source:
//! all that is read is bounded.

mod distinct;
mod error;
mod file;
mod frames;
mod gather;
#[cfg(feature = "cli")]
mod image;
mod plain;
mod record;
mod section;

pub use error::{BuildError, DamagedSection, NoRelease};
pub use file::{Stated, open, open_linked, open_pair, open_stated};
pub use frames::Frames;
pub use gather::{Linked, read_linked, read_records, read_running};
#[cfg(feature = "cli")]
pub use image::error::ImageError;
#[doc(hidden)]
pub use record::is_plain;
pub use section::{Section, find_sections};
